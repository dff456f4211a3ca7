"""How the plan came to be what it is: every entry of an objective or a milestone, and what it changed.

The register keeps each wording. When the mission recorded it is told as one of the mission's
own quarters, because that is how goals and scores are spoken of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from measures.period import Period

GOALS = ("objective", "milestone")
"""Kinds of entries that hold a goal."""


class Written(NamedTuple):
    """An entry of the plan as the register holds it; ``at`` is its time, ``2021-04-02T09:30:00Z``."""

    kind: str
    ref: str
    entry: int
    at: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Revision:
    """An objective or a milestone as it was recorded once.

    Args:
        kind: ``objective`` or ``milestone``.
        ref: Its id.
        entry: Number of the entry in the register.
        at: When that was, as the register has it.
        period: The quarter of the mission in which that was.
        before: What stood before; empty when it is the first entry of the goal.
        after: What stands from then on.
    """

    kind: str
    ref: str
    entry: int
    at: str
    period: Period
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def first(self) -> bool:
        """Whether nothing stood before."""
        return not self.before

    @property
    def changed(self) -> tuple[str, ...]:
        """The keys that do not hold what they held before, in the order of the alphabet."""
        keys = self.before.keys() | self.after.keys()
        return tuple(sorted(key for key in keys if self.before.get(key) != self.after.get(key)))


def revisions(written: Iterable[Written], year_starts: int = 1) -> tuple[Revision, ...]:
    """Return the revisions of every goal, oldest entry first.

    Args:
        written: Entries in the order of the register; those of other kinds are left out.
        year_starts: First month of the mission's year.
    """
    stood: dict[tuple[str, str], Mapping[str, Any]] = {}
    found = []
    for entry in written:
        if entry.kind not in GOALS:
            continue
        key = entry.kind, entry.ref
        period = Period.containing(date.fromisoformat(entry.at[:10]), year_starts)
        found.append(Revision(*entry[:4], period, stood.get(key, {}), entry.body))
        stood[key] = entry.body
    return tuple(found)
