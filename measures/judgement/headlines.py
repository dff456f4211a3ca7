"""Sensitivity: which single score, if off by one step, would change a result or the quarter's headline.

A level is a judgement and may be one step off. What hangs on one such step is said, so that nobody
builds on it unawares (method, section 6). For results the steps are those of
:func:`measures.judgement.aggregation.sensitivity`; the headline tells what rose and what fell, so it
hangs on every movement of one step, at either of its two ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from measures.judgement.aggregation import Tipping
from measures.judgement.cells import Move, Row
from measures.judgement.rotation import Pair
from measures.rubric.model import Rubric


@dataclass(frozen=True, slots=True)
class Hinge:
    """One score on which something hangs.

    Args:
        what: ``result``: the result of the milestone; ``movement``: that the criterion moved.
        period: The quarter of the score.
        direction: 1 when the score would have to be one step higher, -1 for lower.
    """

    what: Literal["result", "movement"]
    milestone: str
    criterion: str
    period: str
    direction: int


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firmly a quarter stands.

    Args:
        hinges: Every single step that would change a result or a movement of the quarter.
        moved: How many criteria moved this quarter, changes of definition left out.
        held: How many stand where they stood before; each, one step off, would have moved.
    """

    hinges: tuple[Hinge, ...]
    moved: int
    held: int

    def of(self, what: Literal["result", "movement"]) -> tuple[Hinge, ...]:
        """Return the hinges of one sort."""
        return tuple(hinge for hinge in self.hinges if hinge.what == what)


def firmness(
    moves: Iterable[Move],
    pairs: Iterable[Pair],
    rows: Iterable[Row],
    tipping: Mapping[str, Sequence[Tipping]],
    rubrics: Mapping[str, Rubric],
    period: str,
) -> Firmness:
    """Return on which single scores a quarter hangs.

    Args:
        moves: As :func:`measures.judgement.cells.moves` gives.
        pairs: Levels that can be compared, see :class:`measures.judgement.rotation.Rotation`.
        rows: As :func:`measures.judgement.cells.rows` gives.
        tipping: By milestone, each step that would change its result.
        rubrics: Rubric by milestone.
        period: The quarter.
    """
    here = [move for move in moves if move.period == period and move.cause != "definition"]
    hinges = []
    for move in here:
        if abs(move.steps) == 1:
            of = move.milestone, move.criterion
            hinges.append(Hinge("movement", *of, period, -move.steps))
            hinges.append(Hinge("movement", *of, move.from_period, move.steps))
    stands = {row.of: row.low for row in rows if row.period == period}
    for milestone, found in tipping.items():
        rubric = rubrics[milestone]
        for step in found:
            criterion = rubric.criteria[step.position].id
            low = stands.get((milestone, criterion), "")
            if {low, step.to} <= set(rubric.ladder):
                way = 1 if rubric.rung(step.to) > rubric.rung(low) else -1
                hinges.append(Hinge("result", milestone, criterion, period, way))
    held = sum(pair.period == period and not pair.steps for pair in pairs)
    return Firmness(tuple(sorted(hinges, key=_order)), len(here), held)


def _order(hinge: Hinge) -> tuple[str, str, str, str, int]:
    return hinge.what, hinge.milestone, hinge.criterion, hinge.period, hinge.direction
