"""Rotation: whether levels jump when somebody else does the scoring.

Advisers stay for half a year. A level that jumps on the day a new one scores it may be the
institution or may be the new eyes, and nobody can tell afterwards unless it was written down
(SIGAR 19-03; method, section 8).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from measures.judgement.cells import Cell, Row, Score
from measures.judgement.lineage import Link


class Pair(NamedTuple):
    """Two known levels of one criterion, one after the other.

    Args:
        steps: Rungs climbed, negative for a fall.
        changed: Nobody who scored it then scored it now.
    """

    milestone: str
    criterion: str
    from_period: str
    period: str
    steps: int
    changed: bool

    @property
    def cell(self) -> Cell:
        """Milestone, criterion and the later quarter."""
        return self.milestone, self.criterion, self.period


@dataclass(frozen=True, slots=True)
class Handover:
    """A milestone that somebody else scored than before, in one quarter.

    Args:
        criteria: Those whose rater changed since they were last known.
        jumped: Of these, each whose level moved, and by how many rungs.
    """

    milestone: str
    period: str
    criteria: tuple[str, ...]
    jumped: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Rotation:
    """Who scored what after whom, up to a quarter.

    Args:
        pairs: Each known level that has a comparable known level before it.
        handovers: By milestone and quarter, oldest quarter first.
        raters: How many people gave scores so far, the partner's left out.
    """

    pairs: tuple[Pair, ...]
    handovers: tuple[Handover, ...]
    raters: int

    def count(self, *, changed: bool, moved: bool) -> int:
        """Return how many pairs have the same rater or another, and moved or held."""
        return sum(pair.changed == changed and bool(pair.steps) == moved for pair in self.pairs)

    def at(self, period: str) -> tuple[Handover, ...]:
        """Return the handovers of one quarter."""
        return tuple(found for found in self.handovers if found.period == period)


def raters(scored: Iterable[Score]) -> dict[Cell, dict[str, str]]:
    """Return who gave a level to each cell, the partner's left out: role by assessor."""
    found: dict[Cell, dict[str, str]] = {}
    for score in scored:
        if score.role != "partner":
            found.setdefault(score.cell, {})[score.assessor] = score.role
    return found


def rotation(
    rows: Iterable[Row],
    by: Mapping[Cell, Collection[str]],
    links: Mapping[Cell, Link],
) -> Rotation:
    """Return who scored after whom.

    Two levels of one criterion are a pair when both are known, none is known between them, and
    the rubric did not break between them. The rater changed when nobody gave a level to both.
    A level that was settled without any score has no rater, and is in no pair.

    Args:
        rows: As :func:`measures.judgement.cells.rows` gives.
        by: As :func:`raters` gives.
        links: As :func:`measures.judgement.lineage.linked` gives.
    """
    found = []
    for row in rows:
        link = links.get(row.cell)
        if not row.compared or (link is not None and link.kind == "broken"):
            continue
        after, before = by.get(row.cell), by.get((*row.of, row.last_period))
        if after and before:
            changed = not set(after) & set(before)
            found.append(Pair(*row.of, row.last_period, row.period, row.steps, changed))
    people = {person for found in by.values() for person in found}
    return Rotation(tuple(found), _handovers(found), len(people))


def _handovers(pairs: Iterable[Pair]) -> tuple[Handover, ...]:
    found: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        if pair.changed:
            found.setdefault((pair.period, pair.milestone), []).append(pair)
    return tuple(
        Handover(
            milestone,
            period,
            tuple(pair.criterion for pair in of),
            tuple((pair.criterion, pair.steps) for pair in of if pair.steps),
        )
        for (period, milestone), of in sorted(found.items())
    )
