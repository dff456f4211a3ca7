"""The commands about rubric versions: diff and publish."""

from __future__ import annotations

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

    Each change has its class, which says whether scores may be compared. OLD and NEW are files, or a
    rubric as id@version: of the shelf, of the mission folder, or frozen in its register.
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

    The same version with other words is refused from then on. NAMES are ids, id@version or files;
    without any, every rubric of the mission's own folder.
    """
    from measures.workflow.versions import freeze

    done = freeze(names, mission_folder(mission), at=now(), actor=actor, dry_run=dry_run)
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
        output.findings(done.findings)
        if not quiet:
            _told(done.changes)
            verb = "Refused" if done.refused else ("Would publish" if dry_run else "Published")
            for pin in done.added:
                output.say(f"{verb} {pin}")
            for pin in done.unchanged:
                output.say(f"Unchanged {pin}")
    ctx.exit(1 if done.refused else 0)


def _told(changes: tuple[Change, ...]) -> None:
    for change in changes:
        output.say(f"{change.old} to {change.new.version}: {change.kind or 'the same words'}")


def _show(change: Change) -> None:
    kind = change.kind or "the same words"
    output.say(f"{change.old} to {change.new.version}: {kind}. {_MEANS[change.kind]}")
    for declared in change.declared:
        about = f" on {declared.criterion}" if declared.criterion else ""
        output.say(f"Declared{about}: {declared.kind}. {declared.note.get('en', '')}")
    for declared in change.understated:
        output.say(f"The words make it graver than the declared {declared.kind}.")
    whole = [found for found in change.differences if not found.criterion]
    if whole:
        output.say("\nThe rubric as a whole")
        _differences(change, whole)
    for criterion, own in change.criteria.items():
        mine = [found for found in change.differences if found.criterion == criterion]
        compared = "may be compared" if change.comparable(criterion) else "may not be compared"
        if mine or not change.comparable(criterion):
            output.say(f"\n{criterion}: {own or 'the same words'}; its levels {compared}")
            _differences(change, mine)


_MEANS = {
    "": "Nothing differs.",
    "editorial": "Scores under the two may be compared.",
    "clarified": "Scores under the two may be compared, with a note.",
    "recalibrated": "Where it says so below, scores under the two may not be compared.",
    "restructured": "Results under the two may not be compared; criteria where it says so below.",
}


def _differences(change: Change, found: list[Difference]) -> None:
    from measures.rubric.change import words_changed

    output.side_by_side(
        [(f"{one.what}\n{change.counts_as(one)}", words_changed(one.before, one.after)) for one in found]
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
        "understated": [d.kind for d in change.understated],
        "differences": [
            {
                "criterion": d.criterion,
                "what": d.what,
                "before": d.before,
                "after": d.after,
                "least": d.least,
                "presumed": d.presumed,
                "class": change.counts_as(d),
                "bears_on": "result" if d.result else "levels",
            }
            for d in change.differences
        ],
    }
