"""Who scored a criterion before, and what was cited for it: what the cause of a movement is told from.

Only criteria that moved or were corrected are looked up; the rest of a mission stays in its frames.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from measures.judgement.rungs import Flags
from measures.judgement.support import cited_items

Item = tuple[str, str, date]
"""Origin, text of the interval, last day covered."""

Cell = tuple[str, str, str]
"""Milestone, criterion and quarter."""

_CRITERION = ["milestone", "criterion"]


class Change(NamedTuple):
    """A level that differs from an earlier one of the same criterion.

    Args:
        before, after: The levels, as places in the order of the frame.
        steps: Rungs of their own ladder climbed; negative for a fall.
    """

    milestone: str
    criterion: str
    from_period: str
    period: str
    before: int
    after: int
    assessment: str
    earlier: str
    steps: int


class Score(NamedTuple):
    """An assessment as far as movement needs it; ``rung`` is -1 for a non-score."""

    id: str
    milestone: str
    criterion: str
    period: str
    assessor: str
    rubric: str
    supersedes: str
    superseded: bool
    partner: bool
    rung: int


class Use(NamedTuple):
    """An item cited for a criterion, and what for; ``first`` is when it was first cited for it."""

    milestone: str
    criterion: str
    period: str
    assessment: str
    item: Item
    first: str
    starts: date
    supports: bool
    shows: int

    def bears(self, change: Change) -> bool:
        """Return whether it speaks for a change: of more for a rise, of less or against for a fall."""
        if change.steps > 0:
            return self.supports and self.shows > change.before
        return self.shows < change.before if self.supports else self.shows <= change.before


@dataclass(frozen=True, slots=True)
class History:
    """The scores that are compared, oldest entry first, and what was cited where something moved.

    ``standing`` and ``uses`` are by milestone, criterion and quarter.
    """

    scores: Mapping[str, Score]
    standing: Mapping[Cell, tuple[Score, ...]]
    uses: Mapping[Cell, tuple[Use, ...]]

    def pair(self, change: Change) -> tuple[Score | None, Score | None]:
        """Return the earlier and the later score to compare: of one assessor where there are such."""
        of = change.milestone, change.criterion
        pairs = [
            (then, now)
            for now in self.standing.get((*of, change.period), ())
            for then in self.standing.get((*of, change.from_period), ())
            if then.assessor == now.assessor
        ]
        for then, now in pairs:  # two scores under one version where a quarter has both
            if then.rubric == now.rubric:
                return then, now
        return pairs[0] if pairs else (self.scores.get(change.earlier), self.scores.get(change.assessment))

    def known(self, change: Change) -> frozenset[Item]:
        """Return what is cited now and had been cited for the criterion by the time of the earlier score."""
        uses = self.uses.get((change.milestone, change.criterion, change.period), ())
        if change.from_period != change.period:
            return frozenset(use.item for use in uses if use.first <= change.from_period)
        before = self._corrected(change.assessment)
        return frozenset(use.item for use in uses if use.first < change.period or use.assessment in before)

    def cited(self, change: Change, end: date) -> frozenset[Item]:
        """Return what is cited for a change, items that speak only of days after ``end`` left out."""
        within = change.from_period == change.period
        cell = (change.milestone, change.criterion, change.period)
        by = {change.assessment} | (
            {score.id for score in self.standing.get(cell, ())} if not within else set()
        )
        return frozenset(
            use.item
            for use in self.uses.get(cell, ())
            if use.assessment in by and use.starts <= end and use.bears(change)
        )

    def _corrected(self, name: str) -> set[str]:
        """Return the ids that an assessment corrects, directly or through another."""
        found: set[str] = set()
        while name in self.scores and (earlier := self.scores[name].supersedes) and earlier not in found:
            found.add(earlier)
            name = earlier
        return found


def changes(stands: pd.DataFrame) -> list[Change]:
    """Return every change from one known level to the next known one, in the order of ``stands``.

    Args:
        stands: As :func:`measures.judgement.lineage.linked` gives.
    """
    before = stands["from_level"].cat.codes.astype("int64")
    after = stands["to_level"].cat.codes.astype("int64")
    known = stands["low"].notna() & (stands["low"] == stands["high"]) & (stands["last_period"] != "")
    here = stands[known & (before != after)]
    key = [*_CRITERION, "period"]
    spoke = stands.set_index(key)["assessment"]
    then = pd.MultiIndex.from_frame(here[[*_CRITERION, "last_period"]], names=key)
    columns = (
        here["milestone"],
        here["criterion"],
        here["last_period"],
        here["period"],
        before[here.index],
        after[here.index],
        here["told_by"],
        spoke.reindex(then),
        here["steps"],
    )
    return [Change(*row) for row in _rows(*columns)]


def corrections_within(history: History, steps: Callable[[str, tuple[int, int]], int]) -> list[Change]:
    """Return a change for every score that corrects one of another level, oldest entry first.

    One that supersedes a score under another rubric version corrects no level: there is none
    that both speak of.

    Args:
        history: Who scored what.
        steps: Rungs between two places in the order of the frame, by the words of ``id@version``.
    """
    found = []
    for score in history.scores.values():
        old = history.scores.get(score.supersedes)
        if old is None or old[1:4] != score[1:4] or len({old.rubric, score.rubric} - {""}) > 1:
            continue
        if min(old.rung, score.rung) < 0 or old.rung == score.rung:
            continue
        ends = old.rung, score.rung
        found.append(Change(*score[1:4], score.period, *ends, score.id, old.id, steps(score.rubric, ends)))
    return found


def history(
    stands: pd.DataFrame,
    moved: Collection[Change],
    assessments: pd.DataFrame,
    citations: pd.DataFrame,
    evidence: pd.DataFrame,
) -> History:
    """Return the history of the criteria that moved, and of those with a correction.

    Args:
        stands: As :func:`measures.judgement.standing.standing` gives: the scores owed.
        moved: As :func:`changes` gives.
        assessments: Typed frame.
        citations: Typed frame.
        evidence: Typed frame.
    """
    corrected = assessments.loc[assessments["supersedes"] != "", [*_CRITERION, "period"]].astype("str")
    cells = {(change.milestone, change.criterion, change.period) for change in moved}
    cells |= set(corrected.itertuples(index=False, name=None))
    compared = cells | {(change.milestone, change.criterion, change.from_period) for change in moved}
    wanted = {cell[:2] for cell in cells} & set(_rows(stands["milestone"], stands["criterion"]))
    of = _rows(assessments["milestone"], assessments["criterion"])
    rows = assessments[_among(of, wanted)].sort_values(["entry", "id"])
    at = _rows(rows["milestone"], rows["criterion"], rows["period"].astype("str"))
    scores = {score.id: score for score in _scores(rows[_among(at, compared)])}
    standing: dict[Cell, list[Score]] = {}
    for score in scores.values():
        if not (score.superseded or score.partner or score.rung < 0):
            standing.setdefault(score[1:4], []).append(score)
    uses: dict[Cell, list[Use]] = {}
    told = [score.id for score in scores.values() if score[1:4] in cells]
    for use in _uses(rows, told, citations, evidence):
        uses.setdefault(use[:3], []).append(use)
    return History(
        scores,
        {cell: tuple(found) for cell, found in standing.items()},
        {cell: tuple(found) for cell, found in uses.items()},
    )


def _scores(rows: pd.DataFrame) -> Iterable[Score]:
    columns = (
        rows["id"],
        rows["milestone"],
        rows["criterion"],
        rows["period"].astype("str"),
        rows["assessor"],
        rows["rubric"],
        rows["supersedes"],
        rows["superseded"],
        rows["role"] == "partner",
        rows["level"].cat.codes.astype("int64"),
    )
    return (Score(*row) for row in _rows(*columns))


def _uses(
    rows: pd.DataFrame, told: Sequence[str], citations: pd.DataFrame, evidence: pd.DataFrame
) -> Iterable[Use]:
    """Return what some scores cite, each with the quarter of its first citation for the criterion."""
    mine = citations[citations["assessment"].isin(rows["id"])]
    scored = rows[["id", *_CRITERION, "period"]].rename(columns={"id": "assessment"})
    cited = cited_items(mine, evidence).merge(scored, on="assessment")
    quarters = cited["period"].cat.categories.astype("str")
    keys = [cited[name] for name in (*_CRITERION, "origin", "covers")]
    first = cited["period"].cat.codes.groupby(keys).transform("min").to_numpy()
    cited = cited.assign(first=quarters.take(first), period=cited["period"].astype("str"))
    cited = cited[cited["assessment"].isin(told)]
    items = list(_rows(cited["origin"], cited["covers"], cited["covers_end"].dt.date))
    columns = (
        cited["milestone"],
        cited["criterion"],
        cited["period"],
        cited["assessment"],
        pd.Series(items, index=cited.index, dtype="object"),
        cited["first"],
        cited["covers_start"].dt.date,
        cited["bearing"] == "supports",
        cited["shows"].cat.codes.astype("int64"),
    )
    return (Use(*row) for row in _rows(*columns))


def _among(keys: Iterable[tuple[str, ...]], wanted: Collection[tuple[str, ...]]) -> Flags:
    return np.array([key in wanted for key in keys], dtype=np.bool_)


def _rows(*columns: pd.Series[Any]) -> Iterator[tuple[Any, ...]]:
    """Return columns row by row; as lists they are read many times faster than one cell at a time."""
    return zip(*(column.tolist() for column in columns), strict=True)
