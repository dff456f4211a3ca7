"""What moderation has to look at: the criteria of a quarter where somebody should decide, and why.

Moderation settles a level with a reason and the dissent on record, by someone who is not the
assessor (method, section 8). It is called for where raters differ, where more is claimed than
the evidence supports or a contradiction is unanswered, where a level moved and nothing
explains it or only the rater changed, and where something is said not to apply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from measures.judgement.aggregation import NOT_APPLICABLE
from measures.judgement.panel import Panel
from measures.records.frames import lines

WHY = (
    "raters-differ",
    "contradicted",
    "claimed-above-support",
    "unexplained",
    "changed-rater",
    "not-applicable",
)
"""Why a criterion is on the agenda, the most pressing first."""

_CELL = ("milestone", "criterion", "period")


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion to settle.

    Args:
        why: Words of :data:`WHY`, the most pressing first.
        given: Assessment, rater, role and level or non-score, as each gave it.
        claimed: The level that speaks for the cell; empty when none does.
        supported: The level the evidence supports; empty when it supports none.
        before: The level last known before, and its quarter; empty when there is none.
        apart: Rungs between the ratings.
    """

    milestone: str
    criterion: str
    period: str
    why: tuple[str, ...]
    given: tuple[tuple[str, str, str, str], ...]
    claimed: str
    supported: str
    before: tuple[str, str]
    apart: int


def agenda(
    now: pd.DataFrame,
    scored: pd.DataFrame,
    supported: pd.DataFrame,
    moves: pd.DataFrame,
    panel: Panel,
    approved: frozenset[str] = frozenset(),
) -> tuple[Item, ...]:
    """Return what nobody has settled and somebody should, the most pressing first.

    Args:
        now: The standings of the quarter, as :func:`measures.judgement.lineage.linked` gives.
        scored: Typed assessments; superseded rows and other quarters are left out.
        supported: As :func:`measures.judgement.support.support` gives.
        moves: As :func:`measures.judgement.movement.movements` gives.
        panel: How the raters of the quarter compare.
        approved: Ids with an approval that still binds.
    """
    period = str(now["period"].iloc[0]) if len(now) else ""
    apart = {(one.milestone, one.criterion): one.apart for one in panel.disagreements}
    here = moves[(moves["period"] == period) & (moves["from_period"] != period)]
    causes = {(m, c): cause for m, c, cause in lines(here, "milestone", "criterion", "cause")}
    blocked = set(supported.index[supported["blocked"]])
    given = _given(scored, period)
    ladder = list(now["low"].cat.categories)
    found = []
    columns = (*_CELL, "state", "assessment", "claimed", "supported", "last_level", "last_period")
    for row in lines(now[now["moderation"] == ""], *columns):
        milestone, criterion, quarter, state, assessment, claimed, shown, level, seen = row
        key = milestone, criterion
        holds = {
            "raters-differ": key in apart,
            "contradicted": assessment in blocked,
            "claimed-above-support": state == "level" and claimed != _lower(claimed, shown, ladder),
            "unexplained": causes.get(key) == "unexplained",
            "changed-rater": causes.get(key) == "assessor",
            "not-applicable": state == NOT_APPLICABLE and assessment not in approved,
        }
        why = tuple(word for word in WHY if holds[word])
        if why:
            found.append(
                Item(milestone, criterion, quarter, why, given.get(key, ()), claimed, shown, (level, seen),
                     apart.get(key, 0))
            )  # fmt: skip
    return tuple(sorted(found, key=lambda item: (WHY.index(item.why[0]), -item.apart)))


def _lower(claimed: str, supported: str, ladder: Sequence[str]) -> str:
    """Return the lower of the level claimed and the level supported; empty when none is supported."""
    return min(claimed, supported, key=ladder.index) if supported else ""


def _given(
    scored: pd.DataFrame, period: str
) -> Mapping[tuple[str, str], tuple[tuple[str, str, str, str], ...]]:
    live = scored[~scored["superseded"] & (scored["period"].astype("str") == period)]
    live = live.sort_values(["entry", "id"])
    found: dict[tuple[str, str], list[tuple[str, str, str, str]]] = {}
    columns = ("milestone", "criterion", "id", "assessor", "role", "level", "non_score")
    for milestone, criterion, name, assessor, role, level, other in lines(live, *columns):
        found.setdefault((milestone, criterion), []).append((name, assessor, role, level or other))
    return {key: tuple(rows) for key, rows in found.items()}
