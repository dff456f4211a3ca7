"""The report's own health: counts and lists of what an auditor would ask about first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from measures.rubric.model import Rubric


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what was counted, of how many, and the cells or records concerned.

    Args:
        code: Stable name of the line.
        items: Milestone, criterion and period of each; record ids for lines about records.
        of: The number they are counted among.
    """

    code: str
    items: tuple[tuple[str, ...], ...]
    of: int


def health(
    stands: pd.DataFrame,
    supported: pd.DataFrame,
    moves: pd.DataFrame,
    approved: frozenset[str],
    rubrics: Mapping[str, Rubric],
    period: str,
) -> tuple[Line, ...]:
    """Return the health of one quarter.

    Args:
        stands: As :func:`measures.judgement.standing.last_seen` gives.
        supported: As :func:`measures.judgement.support.support` gives, with ``unanswered``
            added: whether a statement of the level is without a yes.
        moves: As :func:`measures.judgement.movement.movements` gives.
        approved: Ids of assessments and moderations with an approval that still binds; a
            settled level is approved by the approval of its moderation.
        rubrics: Rubric by milestone.
        period: The quarter.
    """
    now = stands[stands["period"] == period]
    levels = now[now["state"] == "level"]
    limits = {name: rubric.validity for name, rubric in rubrics.items()}
    validity = now["milestone"].map(limits).astype("int64")
    told = levels["settled"].where(levels["moderation"] != "", levels["claimed"])
    above = levels[(told > levels["supported"]) | levels["supported"].isna()]
    signed = levels["moderation"].where(levels["moderation"] != "", levels["assessment"])
    blocked = supported.index[supported["blocked"]]
    open_ = supported.index[supported["unanswered"]]
    here = moves[moves["period"] == period]
    unknown_now = ~now["state"].isin(("level", "not-applicable")) & (now["last_period"] != "")
    stale = now[unknown_now & (now["age"] > validity)]
    return (
        Line("not-settled", _cells(levels[levels["moderation"] == ""]), len(levels)),
        Line("not-approved", _cells(levels[~signed.isin(list(approved))]), len(levels)),
        Line("claimed-above-support", _cells(above), len(levels)),
        Line(
            "unanswered",
            _cells(levels[levels["assessment"].isin(open_)]),
            len(levels),
        ),
        Line("contradicted", _cells(levels[levels["assessment"].isin(blocked)]), len(levels)),
        Line("not-observed", _cells(now[now["state"] == "not-observed"]), len(now)),
        Line("insufficient-evidence", _cells(now[now["state"] == "insufficient-evidence"]), len(now)),
        Line("owed", _cells(now[now["state"] == "no-entry"]), len(now)),
        Line("stale", _cells(stale), len(now)),
        Line("unexplained", _cells(here[here["cause"] == "unexplained"]), len(here)),
        Line("changed-rater", _cells(here[here["cause"] == "assessor"]), len(here)),
        Line("single-rater", _cells(levels[levels["raters"] + levels["partner"].notna() < 2]), len(levels)),
    )


def _cells(frame: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (str(row.milestone), str(row.criterion), str(row.period))
        for row in frame[["milestone", "criterion", "period"]].itertuples(index=False)
    )
