"""The commands about rubric versions: diff and publish."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from measures.cli import output
from measures.cli.options import actor_option, json_option, mission_folder, mission_option, now, quiet_option

if TYPE_CHECKING:
    from measures.rubric.change import Change, Difference


@click.command("diff")
@click.argument("old")
@click.argument("new")
@mission_option
@json_option
def rubric_diff(old: str, new: str, mission: Path | None, as_json: bool) -> None:
    """Show what changed between two versions of a rubric.

    Each difference has its class, which says whether scores may be compared. OLD and NEW are
    files, ids or id@version: in the mission's register, in its folder, or on the shelf.
    """
    from measures.workflow.versions import diff

    change = diff(old, new, mission_folder(mission))
    if as_json:
        output.as_json(_plain(change))
    else:
        _show(change)


@click.command("publish")
@click.argument("names", nargs=-1)
@mission_option
@actor_option
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@json_option
@quiet_option
@click.pass_context
def rubric_publish(
    ctx: click.Context,
    names: tuple[str, ...],
    mission: Path | None,
    actor: str,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Freeze rubrics in the register: a version keeps its words.

    From then on the same version with other words is refused. NAMES are ids, id@version or
    files; without any, every rubric of the mission's own folder. What lint calls an error is
    refused, since words once frozen stay; its warnings are shown.
    """
    from measures.workflow.versions import freeze

    folder = mission_folder(mission)
    done = freeze(names, folder, at=now(), actor=actor, dry_run=dry_run)
    if as_json:
        output.as_json(
            {
                "published": [] if done.refused or dry_run else list(done.added),
                "unchanged": list(done.unchanged),
                "changes": [_plain(change) for change in done.changes],
                "findings": [finding.to_dict() for finding in done.findings],
                "head": f"{done.head.size}:{done.head.digest}",
            }
        )
    else:
        output.findings(done.findings, folder)
        if not quiet:
            for change in done.changes:
                output.say(_first_line(change))
            _told(done.added, done.unchanged, refused=done.refused, dry_run=dry_run)
    ctx.exit(1 if done.refused else 0)


def _told(added: Sequence[str], unchanged: Sequence[str], *, refused: bool, dry_run: bool) -> None:
    verb = "Refused" if refused else ("Would publish" if dry_run else "Published")
    for pin in added:
        output.say(f"{verb} {pin}")
    for pin in unchanged:
        output.say(f"Unchanged {pin}")
    if refused:
        output.say("Nothing was published.")


_MILD = {
    "": "Nothing differs.",
    "editorial": "Scores under the two may be compared.",
    "clarified": "Scores under the two may be compared, with a note.",
}


def _first_line(change: Change) -> str:
    """Return what changed in one line: the class, and which lines break."""
    line = f"{change.old} to {change.new.version}: {change.kind or 'the same words'}."
    if change.kind in _MILD:
        return f"{line} {_MILD[change.kind]}"
    broken = [name for name in change.criteria if not change.comparable(name)]
    lines = f"Lines break on {', '.join(broken)}" if broken else "No line of a criterion breaks"
    return f"{line} {lines}; results may not be compared."


def _show(change: Change) -> None:
    from measures.rubric import said
    from measures.workflow.declared import named

    output.say(_first_line(change))
    for declared in change.declared:
        about = f" on {declared.criterion}" if declared.criterion else ""
        output.say(f"Declared{about}: {declared.kind}. {said(declared.note)}")
    for declared, found in change.understated:
        what = named(found.criterion, found.what)
        output.say(f"Declared {declared.kind}, which counts for nothing: {what} is {found.least}.")
    whole = [found for found in change.differences if not found.criterion]
    if whole:
        output.say("\nThe rubric as a whole")
        _differences(whole)
    for criterion, own in change.criteria.items():
        mine = [found for found in change.differences if found.criterion == criterion]
        compared = "may be compared" if change.comparable(criterion) else "may not be compared"
        if mine or not change.comparable(criterion):
            output.say(f"\n{criterion}: {own or 'the same words'}; its levels {compared}")
            _differences(mine)


def _differences(found: list[Difference]) -> None:
    from measures.rubric.wording import words_changed

    if found:
        output.side_by_side(
            [(f"{one.what}\n{one.kind}", words_changed(one.before, one.after)) for one in found]
        )


def _plain(change: Change) -> dict[str, Any]:
    return {
        "old": str(change.old),
        "new": str(change.new),
        "class": change.kind,
        "criteria": {
            name: {"class": kind, "comparable": change.comparable(name)}
            for name, kind in change.criteria.items()
        },
        "declared": [
            {"since": d.since, "class": d.kind, "criterion": d.criterion, "note": dict(d.note)}
            for d in change.declared
        ],
        "understated": [
            {"class": d.kind, "criterion": d.criterion, "what": found.what, "least": found.least}
            for d, found in change.understated
        ],
        "differences": [
            {
                "criterion": d.criterion,
                "what": d.what,
                "before": d.before,
                "after": d.after,
                "least": d.least,
                "presumed": d.presumed,
                "class": d.kind,
                "bears_on": d.bears,
            }
            for d in change.differences
        ],
    }
