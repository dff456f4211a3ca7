"""What the author of a new rubric version says of earlier ones, held against the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from measures.finding import Finding, Place, find
from measures.rubric import Rubric
from measures.rubric.change import Change, compare
from measures.rubric.shelf import version_order


def since_newest(rubric: Rubric, known: Mapping[tuple[str, str], Rubric]) -> Change | None:
    """Return what changed since the newest earlier version, if there is one."""
    now = version_order(rubric.version)
    earlier = [r for (name, _), r in known.items() if name == rubric.id and version_order(r.version) < now]
    newest = max(earlier, key=lambda found: version_order(found.version), default=None)
    return compare(newest, rubric) if newest is not None else None


def told(rubric: Rubric, known: Mapping[tuple[str, str], Rubric], place: Place) -> Iterator[Finding]:
    """Yield what an author declares too mildly, and what nobody says of the newest earlier version.

    Args:
        rubric: The new version.
        known: The versions there are.
        place: Where findings point.
    """
    spoken = {declared.since for declared in rubric.changes}
    for (name, version), found in known.items():
        change = compare(found, rubric) if name == rubric.id and version in spoken else None
        for declared, gravest in change.understated if change is not None else ():
            yield find("R017", place, new=str(rubric.pin), old=version, declared=declared.kind,
                       what=named(gravest.criterion, gravest.what), least=gravest.least)  # fmt: skip
    latest = since_newest(rubric, known)
    if latest is None:
        return
    for silent in latest.undeclared:
        yield find("R018", place, new=str(rubric.pin), old=latest.old.version,
                   what=named(silent.criterion, silent.what), presumed=silent.presumed)  # fmt: skip


def named(criterion: str, what: str) -> str:
    """Return what differs, with the criterion that it belongs to."""
    return f"{criterion}, {what}" if criterion else what
