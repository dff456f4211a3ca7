"""What the report card is read from: the cells of every quarter, and who and what stands behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from measures.judgement.aggregation import NOT_APPLICABLE, Tipping
from measures.judgement.cells import Cell, Move, Row, Score, moves, rows, scores
from measures.judgement.churn import Churn, churn
from measures.judgement.lineage import Lineage, Link
from measures.judgement.rotation import Rotation, raters, rotation
from measures.period import Period, span
from measures.records.frames import lines
from measures.records.mission import MissionFile
from measures.records.plan import Plan
from measures.rubric.model import Rubric

TRAIL = 8
"""Quarters over which a count is shown, the present one included."""


@dataclass(frozen=True)
class Ground:
    """One quarter judged, and the records it was judged from.

    Args:
        plan: The plan as the quarter knew it.
        rubrics: Rubric by milestone that has begun, at the version that holds this quarter.
        links: How scores of two versions are joined, by cell.
        stands: As :func:`measures.judgement.lineage.linked` gives.
        supported: As :func:`measures.judgement.support.support` gives, with ``unanswered``.
        moves: As :func:`measures.judgement.movement.movements` gives.
        tipping: By milestone, each step that would change its result.
        scored: Typed assessments up to the quarter, under the versions that held.
        approved: Ids with an approval that still binds.
    """

    period: Period
    mission: MissionFile
    plan: Plan
    rubrics: Mapping[str, Rubric]
    lineage: Lineage
    links: Mapping[Cell, Link]
    stands: pd.DataFrame
    supported: pd.DataFrame
    moves: pd.DataFrame
    tipping: Mapping[str, Sequence[Tipping]]
    scored: pd.DataFrame
    citations: pd.DataFrame
    moderations: pd.DataFrame
    approved: frozenset[str]

    @cached_property
    def by(self) -> dict[Cell, dict[str, str]]:
        """Who gave a level to each cell, the partner's left out: role by assessor."""
        return raters(self.scores)

    @cached_property
    def rotation(self) -> Rotation:
        """Who scored after whom."""
        return rotation(self.rows, self.by, self.links)

    @cached_property
    def churn(self) -> Churn:
        """What became of the goals."""
        return churn(self.plan, self.known_in, self.mission.first, self.period)

    @cached_property
    def quarters(self) -> tuple[Period, ...]:
        """The last quarters of the mission up to this one, at most :data:`TRAIL`."""
        return span(max(self.mission.first, self.period + (1 - TRAIL)), self.period)

    @cached_property
    def rows(self) -> list[Row]:
        """Every cell up to the quarter, oldest first.

        What does not apply on one assessor's word alone is not known; see
        :func:`measures.judgement.quarter.judge`.
        """
        return [
            row._replace(state="insufficient-evidence")
            if row.state == NOT_APPLICABLE and not row.moderation and row.assessment not in self.approved
            else row
            for row in rows(self.stands)
        ]

    @cached_property
    def moved(self) -> list[Move]:
        """Every movement between quarters, oldest first."""
        return moves(self.moves)

    @cached_property
    def scores(self) -> list[Score]:
        """Every score that gives a level and was not corrected."""
        return scores(self.scored)

    @cached_property
    def known_in(self) -> set[tuple[str, str]]:
        """Milestone and quarter wherever some criterion was known."""
        return {(row.milestone, row.period) for row in self.rows if row.known}

    @cached_property
    def window(self) -> list[Row]:
        """The cells of the last quarters."""
        first = str(self.quarters[0])
        return [row for row in self.rows if row.period >= first]

    @cached_property
    def moderators(self) -> dict[str, str]:
        """Who settled, by moderation."""
        return {row[0]: row[1] for row in lines(self.moderations, "id", "moderator")}

    @cached_property
    def cited(self) -> set[Cell]:
        """The cells for which something is cited, by others than the partner."""
        ids = set(self.citations["assessment"].tolist())
        return {score.cell for score in self.scores if score.role != "partner" and score.id in ids}

    @cached_property
    def apart(self) -> set[Cell]:
        """The cells to which raters of any role gave different levels."""
        first: dict[Cell, str] = {}
        return {
            cell for score in self.scores if first.setdefault(cell := score.cell, score.level) != score.level
        }

    @cached_property
    def unanswered(self) -> set[str]:
        """The assessments that leave a statement of their level without a yes."""
        return set(self.supported.index[self.supported["unanswered"]].tolist())

    @cached_property
    def first_hand(self) -> set[str]:
        """The assessments that cite something first-hand for the level that may be told."""
        return set(self.supported.index[self.supported["first_hand"]].tolist())

    @cached_property
    def blind(self) -> set[tuple[str, str]]:
        """Milestone and quarter where somebody could not look at a criterion."""
        return {(row.milestone, row.period) for row in self.rows if row.state == "not-observed"}

    def words(self, pin: str, milestone: str) -> Rubric:
        """Return the rubric that ``id@version`` names; else the one that holds for the milestone."""
        return self.lineage.rubric(pin) or self.rubrics[milestone]

    def sustained(self, row: Row) -> bool:
        """Return whether a cell is known to stand at or above the level that lasts without advisers."""
        rubric = self.words(row.rubric, row.milestone)
        ladder = rubric.ladder
        return row.known and row.low in ladder and ladder.index(row.low) >= ladder.index(rubric.sustainment)

    @cached_property
    def standing(self) -> dict[Cell, bool]:
        """By cell of the last quarters that applies, whether it is sustained."""
        return {row.cell: self.sustained(row) for row in self.window if row.state != NOT_APPLICABLE}
