"""The command that screens raw indicators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from measures.cli import output
from measures.cli.options import actor_option, json_option, mission_folder, mission_option, now, quiet_option

if TYPE_CHECKING:
    from measures.records import Row
    from measures.workflow.record import Outcome
    from measures.workflow.screen import Screened, Screening


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@mission_option
@click.option("--record", "keep", is_flag=True, help="Record the indicators, each with its verdict.")
@actor_option
@click.option(
    "--marking", default="", metavar="WORD", help="With --record: who may see rows that bear no marking."
)
@json_option
@quiet_option
@click.pass_context
def screen(
    ctx: click.Context,
    file: Path,
    mission: Path | None,
    keep: bool,
    actor: str,
    marking: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Say which raw figures to retire, repair or keep.

    FILE is a table with a column `indicator`; every other column may be missing, and counts as not
    known. Where no criterion is named that answers the question behind a figure, some are proposed
    by shared words. Older lists with a column `why_it_fails` are read too.

    Example: measures screen indicators.csv --mission my-mission
    """
    from measures.workflow.screen import record_screened, screen_file

    home = mission_folder(mission)
    found = screen_file(file, home)
    outcome = None
    if keep:
        with output.progress(quiet=quiet or as_json) as tell:
            outcome = record_screened(found, home, at=now(), actor=actor, marking=marking, progress=tell)
    findings = outcome.findings if outcome else found.findings
    if as_json:
        output.as_json(_plain(found, outcome))
    else:
        if not quiet:
            _show(found)
        output.findings(findings)
        _told(outcome, quiet=quiet)
    ctx.exit(1 if any(finding.severity == "error" for finding in findings) else 0)


_HEADER = ("Indicator", "Verdict", "Delivered", "Base", "Same base", "Counts", "Asked for", "Path")
_ANSWERS = ("delivered", "base", "stable", "measures", "demand", "path")


def _show(found: Screening) -> None:
    rows = [
        (
            _name(line),
            line.verdict.said,
            *(line.verdict.answers[question] for question in _ANSWERS[:-1]),
            line.row["path"] or "none",
        )
        for line in found.lines
    ]
    if not rows:
        output.say("No indicator stands in the file.")
        return
    output.table("", _HEADER, rows)
    for line in found.lines:
        _explain(line)
    if found.missing:
        but = ", but for what why_it_fails says" if found.complaints else ""
        output.say(f"Not in the file, so taken as not known{but}: {', '.join(found.missing)}.")


def _explain(line: Screened) -> None:
    output.say(_name(line) + _figure(line.row))
    if line.verdict.repairs:
        output.say(f"  Repair: {'; '.join(line.verdict.repairs)}.")
    else:
        output.say(f"  {line.verdict.said.capitalize()}. {line.verdict.reason}".rstrip())
    if line.criterion:
        output.say(f"  The question behind it is answered by {line.criterion}.")
    elif line.proposals:
        output.say("  Perhaps answered by (a proposal, from shared words; nobody has decided it):")
        for proposal in line.proposals:
            words = ", ".join(proposal.words)
            output.say(f"    {proposal.criterion}  {proposal.title} ({words})")
    else:
        output.say("  No criterion is named, and none shares its words.")
    for complaint in line.unread:
        output.say(f"  Not understood, and left out: {complaint}")
    output.say()


def _figure(row: Row) -> str:
    """Return a figure with its unit and its count, as far as they are told."""
    figure = f": {row['value']} {row['unit']}".rstrip() if row["value"] else ""
    if row["numerator"] and row["denominator"]:
        figure += f"{',' if figure else ':'} {row['numerator']} of {row['denominator']}"
    return figure


def _name(line: Screened) -> str:
    return f"{line.row['id'] or f'line {line.row.at.line}'} {line.row['indicator']}"


def _told(outcome: Outcome | None, *, quiet: bool) -> None:
    if outcome is None:
        return
    if outcome.refused:
        output.say("Nothing was recorded.")
    elif not quiet:
        added = ", ".join(f"{number} {kind}" for kind, number in outcome.added.items())
        output.say(f"Recorded {added}." if added else "Nothing new to record.")
        output.say(f"Register head {outcome.head}")


def _plain(found: Screening, outcome: Outcome | None) -> dict[str, Any]:
    findings = outcome.findings if outcome else found.findings
    made: dict[str, Any] = {
        "indicators": [_line(line) for line in found.lines],
        "not_in_the_file": list(found.missing),
        "findings": [finding.to_dict() for finding in findings],
    }
    if outcome is not None:
        made |= {
            "recorded": dict(outcome.added),
            "unchanged": outcome.unchanged,
            "head": str(outcome.head),
        }
    return made


def _line(line: Screened) -> dict[str, Any]:
    return {
        "id": line.row["id"],
        "line": line.row.at.line,
        "indicator": line.row["indicator"],
        "value": line.row["value"],
        "unit": line.row["unit"],
        "verdict": line.verdict.word,
        "answers": dict(line.verdict.answers),
        "rules": [
            {"id": rule.id, "reason": rule.reason, "repair": rule.repair} for rule in line.verdict.rules
        ],
        "criterion": line.criterion,
        "proposals": [
            {"criterion": p.criterion, "title": p.title, "words": list(p.words)} for p in line.proposals
        ],
        "not_understood": list(line.unread),
    }
