"""The command that approves: what waits is shown with its digest, then signed, all of it or part."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from measures.cli import output
from measures.cli.options import actor_option, json_option, mission_folder, mission_option, now, quiet_option

if TYPE_CHECKING:
    from measures.records import Row
    from measures.workflow.approvals import Waiting
    from measures.workflow.approve import Decision
    from measures.workflow.mission import Mission
    from measures.workflow.record import Outcome

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("refs", nargs=-1, metavar="[REF]...")
@click.option("--period", "-p", default="", metavar="QUARTER", help="The quarter; the last one scored.")
@mission_option
@actor_option
@click.option("--refuse", is_flag=True, help="Record that it is refused; give the --reason.")
@click.option("--reason", default="", metavar="TEXT", help="Why, to be kept with the decision.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--out", type=_FILE, default=None, help="Write what waits to this CSV file and ask nothing.")
@click.option("--take", type=_FILE, default=None, help="Record the decisions filled in to such a file.")
@json_option
@quiet_option
@click.pass_context
def approve(
    ctx: click.Context,
    refs: tuple[str, ...],
    period: str,
    mission: Path | None,
    actor: str,
    refuse: bool,
    reason: str,
    yes: bool,
    out: Path | None,
    take: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Approve scores, settled levels and editions as they stand.

    Without REF, everything of a quarter that waits. It is shown first: what it is, its digest,
    and how many entries it rests on. Nobody approves what they scored or settled themselves.

    An approval is void as soon as anything under it changes; what it covered is listed here
    again, with what changed.
    """
    from measures.workflow import approve as verbs
    from measures.workflow.mission import open_mission

    folder = mission_folder(mission)
    if take is not None:
        rows, findings = verbs.read_decided(take)
        _finish(
            ctx, verbs.approve(folder, rows, findings, at=now(), actor=actor), quiet=quiet, as_json=as_json
        )
    if refuse and not reason:
        raise click.UsageError("--refuse needs --reason.")
    opened = open_mission(folder, at=now())
    found = verbs.pending(opened, period if refs else period or _last(opened), refs)
    if out is not None:
        verbs.write_pending(out, opened, found, actor)
        output.say(f"{out} ({len(found)} to decide)")
    elif as_json and not (yes and found):
        output.as_json([verbs.to_dict(one) for one in found])
    elif not found:
        output.say(f"Nothing waits for approval in {period or _last(opened)}.")
    else:
        word: Decision = "refused" if refuse else "approved"
        rows, who = _decide(opened, found, actor, word, reason, named=bool(refs), yes=yes, show=not as_json)
        if rows:
            made = verbs.approve(folder, rows, at=now(), actor=who)
            _finish(ctx, made, quiet=quiet, as_json=as_json)
    ctx.exit(0)


def _last(opened: Mission) -> str:
    from measures.workflow.status import latest_scored

    return str(latest_scored(opened))


def _decide(
    opened: Mission,
    found: list[Waiting],
    actor: str,
    decision: Decision,
    reason: str,
    *,
    named: bool,
    yes: bool,
    show: bool,
) -> tuple[list[Row], str]:
    """Show what waits and ask; return the approvals to record, none when nothing was decided."""
    from measures.workflow import approve as verbs
    from measures.workflow.record import recorder

    who = recorder(opened.file, actor)[0] if actor or yes else ""
    chosen = found if named else [one for one in found if not verbs.theirs(opened, one, who)]
    if show:
        _list(opened, found, who)
    if not who or not (yes or sys.stdin.isatty()):
        output.say("To approve: --as CODE, and --yes when nobody is there to be asked; or --out FILE.")
        return [], who
    if not chosen:
        output.say(f"None of it is for {who} to approve.")
        return [], who
    verb = "Refuse" if decision == "refused" else "Approve"
    if not yes and not click.confirm(f"{verb} {_all(chosen, found)} as {who}?", default=False):
        output.say("Nothing was recorded.")
        return [], who
    return verbs.decided(opened, chosen, who, decision, reason), who


def _all(chosen: list[Waiting], found: list[Waiting]) -> str:
    return f"all {len(found)}" if len(chosen) == len(found) > 1 else f"{len(chosen)} of {len(found)}"


def _list(opened: Mission, found: list[Waiting], who: str) -> None:
    from measures.workflow.approve import theirs

    rows = [
        (
            f"{one.ref}  {one.title}",
            one.entry.digest[:12],
            str(one.under),
            (theirs(opened, one, who) if who else "") or one.why,
        )
        for one in found
    ]
    output.table("", ("Record", "Digest", "Rests on", "What"), rows, right=("Rests on",))


def _finish(ctx: click.Context, outcome: Outcome, *, quiet: bool, as_json: bool) -> None:
    count = outcome.added.get("approval", 0)
    if as_json:
        output.as_json(
            {
                "recorded": count,
                "unchanged": outcome.unchanged,
                "head": str(outcome.head),
                "findings": [finding.to_dict() for finding in outcome.findings],
            }
        )
    else:
        output.findings(outcome.findings)
        if outcome.refused:
            output.say("Nothing was recorded.")
        elif not quiet:
            decisions = "decision" if count == 1 else "decisions"
            output.say(f"Recorded {count} {decisions}." if count else "Nothing new to record.")
    ctx.exit(1 if outcome.refused else 0)
