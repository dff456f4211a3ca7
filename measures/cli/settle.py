"""The command that settles: an agenda to answer in the terminal, or as a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from measures.cli import output
from measures.cli.options import (
    QUARTER,
    actor_option,
    json_option,
    mission_folder,
    mission_option,
    now,
    quiet_option,
)

if TYPE_CHECKING:
    from measures.workflow.record import Outcome
    from measures.workflow.settle import Decision, Question

_LEAST = 20
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--period", type=QUARTER, required=True, help="The quarter to settle, such as 2021Q1.")
@mission_option
@actor_option
@click.option("--out", type=_FILE, default=None, help="Write the agenda to this CSV file and ask nothing.")
@click.option("--take", type=_FILE, default=None, help="Record the decisions filled in to this agenda file.")
@json_option
@quiet_option
@click.pass_context
def settle(
    ctx: click.Context,
    period: str,
    mission: Path | None,
    actor: str,
    out: Path | None,
    take: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Settle what raters differ on, or what no evidence carries.

    Goes through the agenda of a quarter: who gave what and why, what the evidence supports, and
    asks for the level, the reason and the dissent. Nobody settles what they scored.

    With --out the agenda goes to a file; filled in, it comes back with --take.
    """
    from measures.workflow import settle as verbs
    from measures.workflow.mission import open_mission

    folder = mission_folder(mission)
    if take is not None:
        rows, findings = verbs.read_agenda(take)
        _finish(
            ctx, verbs.settle(folder, rows, findings, at=now(), actor=actor), quiet=quiet, as_json=as_json
        )
        return
    asked = verbs.questions(open_mission(folder, at=now()), period)
    if out is not None:
        verbs.write_agenda(out, asked, actor)
        output.say(f"{out} ({len(asked)} to settle)")
    elif as_json:
        output.as_json([verbs.to_dict(question) for question in asked])
    elif not asked:
        output.say(f"Nothing to settle in {period}: every level is settled, or borne out and undisputed.")
    elif not _somebody_there():
        _list(asked)
        output.say("To settle from a file: --out FILE, fill it in, --take FILE.")
    else:
        _ask(ctx, folder, period, actor, asked)
    ctx.exit(0)


def _somebody_there() -> bool:
    """Return whether there is a terminal to ask."""
    return sys.stdin.isatty()


def _list(asked: Sequence[Question]) -> None:
    rows = [
        (
            f"{q.item.milestone} {q.title}",
            " / ".join(score for *_, score in q.item.given),
            q.item.supported,
            q.why,
        )
        for q in asked
    ]
    output.table("", ("What", "Given", "Supported", "Why"), rows)


def _ask(ctx: click.Context, folder: Path, period: str, actor: str, asked: Sequence[Question]) -> None:
    """Go through the agenda; what was decided is kept in a file when it is broken off."""
    from measures.workflow import settle as verbs
    from measures.workflow.mission import open_mission
    from measures.workflow.record import recorder

    who = recorder(open_mission(folder).file, actor)[0]
    done: list[Decision] = []
    try:
        for number, question in enumerate(asked, start=1):
            if who in question.scored_by:
                output.say(
                    f"\n{number} of {len(asked)}  {question.title}: you scored it, somebody else settles it."
                )
                continue
            _show(number, len(asked), question)
            decision = _decision(question)
            if decision is not None:
                done.append(decision)
        if not done or not click.confirm(f"\nRecord {len(done)} settled as {who}?", default=True):
            raise click.Abort
    except (click.Abort, EOFError):
        if done:
            kept = Path(f"agenda-{period}.csv")
            verbs.write_agenda(kept, asked, who, done)
            output.say(f"\nNothing was recorded. What you decided is in {kept}; go on with --take {kept}.")
        else:
            output.say("\nNothing was recorded.")
        return
    rows = verbs.decided_rows(done, who)
    _finish(ctx, verbs.settle(folder, rows, at=now(), actor=who), quiet=False, as_json=False)


def _show(number: int, count: int, question: Question) -> None:
    item = question.item
    output.say(
        f"\n{number} of {count}  {item.milestone}  {question.title}  ({item.criterion}, {item.period})"
    )
    output.say(f"  On the agenda because {question.why}.")
    for name, who, role, score in item.given:
        label = question.rubric.label(score) if score in question.rubric.ladder else score
        rationale, lacks = question.rationales[name]
        output.say(f"  {who} ({role}, {name}): {label}")
        output.say(f"      {rationale}")
        if lacks:
            output.say(f"      Why not the next: {lacks}")
    if item.before[0]:
        before = item.before[0]
        label = question.rubric.label(before) if before in question.rubric.ladder else before
        output.say(f"  Last known: {label} in {item.before[1]}")
    for rung, level in enumerate(question.rubric.levels):
        marks = [
            word for word, at in (("claimed", item.claimed), ("supported", item.supported)) if at == level.id
        ]
        note = f"  <- {', '.join(marks)}" if marks else ""
        output.say(f"    {rung} {question.rubric.label(level.id)}{note}")


def _decision(question: Question) -> Decision | None:
    """Ask for one decision; ``None`` to leave it for later."""
    from measures.finding import one_of
    from measures.records.tables import NON_SCORES
    from measures.workflow.settle import Decision

    ladder = question.rubric.ladder
    while True:
        given = click.prompt(
            "  Level (its number, a non-score, Enter to leave it, q to stop)", default="", show_default=False
        )
        if given == "q":
            raise click.Abort
        if not given:
            return None
        settled = ladder[int(given)] if given.isdecimal() and int(given) < len(ladder) else given
        if settled in ladder or settled in NON_SCORES:
            break
        output.say(
            f"  Expected a number from 0 to {len(ladder) - 1}, or {one_of(NON_SCORES)}, got {given!r}."
        )
    while True:
        reason = click.prompt("  Reason", default="", show_default=False)
        if len(reason) >= _LEAST:
            break
        output.say(
            f"  The reason is printed and read by auditors: at least {_LEAST} characters, got {len(reason)}."
        )
    others = [f"{who} gave {score}" for _, who, _, score in question.item.given if score != settled]
    hint = f" ({'; '.join(others)})" if others else ""
    dissent = click.prompt(
        f"  Dissent to keep on record{hint}, Enter for none", default="", show_default=False
    )
    return Decision(question, settled, reason, dissent)


def _finish(ctx: click.Context, outcome: Outcome, *, quiet: bool, as_json: bool) -> None:
    if as_json:
        output.as_json(
            {
                "settled": outcome.added.get("moderation", 0),
                "unchanged": outcome.unchanged,
                "head": str(outcome.head),
                "findings": [finding.to_dict() for finding in outcome.findings],
            }
        )
    else:
        output.findings(outcome.findings)
        count = outcome.added.get("moderation", 0)
        if outcome.refused:
            output.say("Nothing was recorded.")
        elif not quiet:
            output.say(f"Settled {count}." if count else "Nothing new to settle.")
    ctx.exit(1 if outcome.refused else 0)
