"""What moved, criterion by criterion, and why: every movement carries exactly one cause.

The rules are those of method, section 7, tried in this order:

``definition``   the rubric version changed and the two are not comparable
``correction``   an earlier score of the same quarter was superseded, nothing new was seen
``assessor``     another assessor, and no new evidence that speaks of this quarter
``knowledge``    new evidence, but it speaks of a state that already held before
``performance``  new evidence, speaking of the time since the last score
``unexplained``  none of these: a finding, never progress

Evidence is new when no item of the same origin about the same interval was cited before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from measures.judgement.support import cited_items
from measures.period import Period

Cause = Literal["definition", "correction", "assessor", "knowledge", "performance", "unexplained"]
CAUSES: tuple[Cause, ...] = (
    "definition",
    "correction",
    "assessor",
    "knowledge",
    "performance",
    "unexplained",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a score rested on.

    Args:
        assessment: Its id.
        assessor: Who scored.
        rubric: Rubric and version, ``id@version``.
        period: The quarter scored.
        items: Origin, text of the interval, and last day covered, for every item cited.
    """

    assessment: str
    assessor: str
    rubric: str
    period: Period
    items: frozenset[tuple[str, str, date]]


def cause(before: Seen, now: Seen, *, year_starts: int = 1, comparable: bool = True) -> Cause:
    """Return why a level differs between two scores of one criterion.

    Args:
        before: The earlier score, or the one that was superseded.
        now: The later score.
        year_starts: First month of the mission's year.
        comparable: Whether the two rubric versions are comparable, when they differ.
    """
    if before.rubric != now.rubric and not comparable:
        return "definition"
    known = {(origin, covers) for origin, covers, _ in before.items}
    new = [item for item in now.items if (item[0], item[1]) not in known]
    held_until = before.period.last_day(year_starts)
    same_quarter = before.period == now.period
    if same_quarter and not new:
        return "correction"
    if same_quarter:
        held_until = (before.period + -1).last_day(year_starts)
    speaks = any(last > held_until for _, _, last in new)
    if before.assessor != now.assessor and not speaks:
        return "assessor"
    if new:
        return "performance" if speaks else "knowledge"
    return "unexplained"


def movements(
    stands: pd.DataFrame,
    assessments: pd.DataFrame,
    citations: pd.DataFrame,
    evidence: pd.DataFrame,
    year_starts: int = 1,
) -> pd.DataFrame:
    """Return every change of a standing level, and every correction within a quarter.

    Args:
        stands: As :func:`measures.judgement.standing.last_seen` gives.
        assessments, citations, evidence: Typed frames.
        year_starts: First month of the mission's year.

    Returns:
        One row per movement: ``milestone``, ``criterion``, ``from_period``, ``period``,
        ``before``, ``after`` (levels), ``steps`` (rungs, negative for a fall), ``cause``,
        ``assessment`` and ``earlier`` (their ids). Quarters without a level lie between
        ``from_period`` and ``period`` when they differ by more than one.
    """
    seen = _seen(assessments, citations, evidence)
    by_cell = {
        (row.milestone, row.criterion, row.period): row.assessment
        for row in stands[["milestone", "criterion", "period", "assessment"]].itertuples(index=False)
    }
    known = stands[stands["low"].notna() & (stands["last_period"] != "")]
    steps = known["low"].cat.codes.astype("int64") - known["last_level"].cat.codes.astype("int64")
    changed = known.assign(steps=steps)[steps != 0]
    rows = []
    for row in changed.itertuples(index=False):
        earlier = by_cell.get((row.milestone, row.criterion, row.last_period), "")
        rows.append(_row(row, str(row.last_level), str(row.low), int(row.steps), earlier, seen, year_starts))
    rows += _corrections(stands, assessments, seen, year_starts)
    columns = ["milestone", "criterion", "from_period", "period", "before", "after", "steps", "cause",
               "assessment", "earlier"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype({name: "str" for name in columns if name != "steps"})


def _row(
    row: object, before: str, after: str, steps: int, earlier: str, seen: Mapping[str, Seen], year_starts: int
) -> tuple[object, ...]:
    now = seen.get(getattr(row, "assessment"))  # noqa: B009 - a row of itertuples has no static fields
    then = seen.get(earlier)
    why: Cause = cause(then, now, year_starts=year_starts, comparable=then.rubric == now.rubric) if then and now else (
        "unexplained"
    )  # fmt: skip
    fields = ("milestone", "criterion", "last_period", "period")
    return (
        *(getattr(row, name) for name in fields),
        before,
        after,
        steps,
        why,
        row.assessment,
        earlier,
    )


def _corrections(
    stands: pd.DataFrame, assessments: pd.DataFrame, seen: Mapping[str, Seen], year_starts: int
) -> list[tuple[object, ...]]:
    """Return a row for each superseded score whose level differs from the one that stands now."""
    owed = set(zip(stands["milestone"], stands["criterion"], stands["period"], strict=True))
    levels = assessments.set_index("id")["level"]
    rows: list[tuple[object, ...]] = []
    for row in assessments[assessments["supersedes"] != ""].itertuples(index=False):
        cell = (row.milestone, row.criterion, str(row.period))
        old, new = levels.get(row.supersedes), row.level
        if cell not in owed or old is None or pd.isna(old) or pd.isna(new) or old == new:
            continue
        ladder = list(levels.cat.categories)
        steps = ladder.index(new) - ladder.index(old)
        why = cause(seen[row.supersedes], seen[row.id], year_starts=year_starts)
        rows.append(
            (row.milestone, row.criterion, cell[2], cell[2], old, new, steps, why, row.id, row.supersedes)
        )
    return rows


def _seen(assessments: pd.DataFrame, citations: pd.DataFrame, evidence: pd.DataFrame) -> dict[str, Seen]:
    cited = cited_items(citations, evidence)
    items: dict[str, set[tuple[str, str, date]]] = {}
    for assessment, origin, covers, end in zip(
        cited["assessment"], cited["origin"], cited["covers"], cited["covers_end"], strict=True
    ):
        items.setdefault(assessment, set()).add((origin, covers, end.date()))
    return {
        row.id: Seen(
            row.id, row.assessor, row.rubric, Period.parse(str(row.period)), frozenset(items.get(row.id, ()))
        )
        for row in assessments[["id", "assessor", "rubric", "period"]].itertuples(index=False)
    }
