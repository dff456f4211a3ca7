"""The frames of a quarter as rows of text, read once: what the report card goes through cell by cell."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import pandas as pd

Cell = tuple[str, str, str]
"""Milestone, criterion and quarter."""


class Row(NamedTuple):
    """A row of the standing frame; empty where a cell is missing."""

    milestone: str
    criterion: str
    period: str
    state: str
    assessment: str
    rubric: str
    low: str
    high: str
    confidence: str
    moderation: str
    last_level: str
    last_period: str
    last_rubric: str
    age: int
    steps: int

    @property
    def cell(self) -> Cell:
        """Milestone, criterion and quarter."""
        return self.milestone, self.criterion, self.period

    @property
    def of(self) -> tuple[str, str]:
        """Milestone and criterion."""
        return self.milestone, self.criterion

    @property
    def level(self) -> bool:
        """Whether anybody gave a level."""
        return self.state == "level"

    @property
    def known(self) -> bool:
        """Whether the standing level is one level."""
        return bool(self.low) and self.low == self.high

    @property
    def compared(self) -> bool:
        """Whether it is known and was known before."""
        return self.known and bool(self.last_period)


class Move(NamedTuple):
    """A movement between two quarters; corrections within one are left out."""

    milestone: str
    criterion: str
    from_period: str
    period: str
    before: str
    after: str
    cause: str
    steps: int

    @property
    def cell(self) -> Cell:
        """Milestone, criterion and quarter."""
        return self.milestone, self.criterion, self.period


class Score(NamedTuple):
    """A score that gives a level and was not corrected."""

    id: str
    milestone: str
    criterion: str
    period: str
    assessor: str
    role: str
    level: str

    @property
    def cell(self) -> Cell:
        """Milestone, criterion and quarter."""
        return self.milestone, self.criterion, self.period


def rows(stands: pd.DataFrame) -> list[Row]:
    """Return the rows of the standing frame, oldest quarter first.

    Args:
        stands: As :func:`measures.judgement.lineage.linked` gives.
    """
    return sorted(
        (Row(*row) for row in _texts(stands, Row._fields, ("age", "steps"))), key=lambda row: row.period
    )


def moves(frame: pd.DataFrame) -> list[Move]:
    """Return the movements between quarters, oldest first.

    Args:
        frame: As :func:`measures.judgement.movement.movements` gives.
    """
    found = (Move(*row) for row in _texts(frame, Move._fields, ("steps",)))
    return sorted((move for move in found if move.from_period != move.period), key=lambda move: move.period)


def scores(scored: pd.DataFrame) -> list[Score]:
    """Return the scores that give a level, those that were corrected left out.

    Args:
        scored: Typed assessments.
    """
    live = scored.loc[~scored["superseded"], list(Score._fields)]
    return [score for row in _texts(live, Score._fields) if (score := Score(*row)).level]


def _texts(frame: pd.DataFrame, columns: Collection[str], numbers: Collection[str] = ()) -> list[Any]:
    """Return the rows of some columns, missing texts as empty ones."""
    found = []
    for name in columns:
        values = frame[name].tolist()
        found.append(values if name in numbers else [v if isinstance(v, str) else "" for v in values])
    return list(zip(*found, strict=True))
