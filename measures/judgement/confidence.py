"""How sure: the stated confidence, capped by what was cited, with the reasons.

The assessor states it by GRADE-CERQual's components. The engine caps it: one origin only,
at most moderate; nothing first-hand, at most moderate; nothing fresh, or nothing at all that
shows the level, at most low (method, section 5). It never raises it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from measures.judgement.lineage import Lineage
from measures.period import Period
from measures.records.frames import lines
from measures.records.tables import COMPONENTS, CONFIDENCE
from measures.rubric.model import Rubric


@dataclass(frozen=True, slots=True)
class Confidence:
    """A confidence with its reasons.

    Args:
        level: What may be told; empty where nothing was stated.
        stated: What the assessor stated.
        caps: Why it may not be told as stated.
        concerns: ``moderate`` or ``serious`` by component of GRADE-CERQual, those concerns alone.
    """

    level: str
    stated: str
    caps: tuple[str, ...]
    concerns: Mapping[str, str]


def confidence(
    stated: str, *, origins: int, first_hand: bool, stale: bool, concerns: Mapping[str, str] | None = None
) -> Confidence:
    """Return the confidence that may be told.

    Args:
        stated: ``high``, ``moderate``, ``low``, ``very-low``, or empty for a non-score.
        origins: Independent origins cited in support.
        first_hand: Whether one of them saw it itself.
        stale: Whether nothing cited is fresh enough for the level.
        concerns: Concern by CERQual component.
    """
    if stated not in CONFIDENCE:
        return Confidence("", "", (), {})
    caps: list[tuple[str, str]] = []
    if origins <= 1:
        caps.append(("moderate", "one origin only") if origins else ("low", "no origin in support"))
    if not first_hand:
        caps.append(("moderate", "nothing first-hand"))
    if stale:
        caps.append(("low", "nothing fresh enough"))
    lowest = min((CONFIDENCE.index(cap) for cap, _ in caps), default=len(CONFIDENCE) - 1)
    level = CONFIDENCE[min(CONFIDENCE.index(stated), lowest)]
    biting = tuple(reason for cap, reason in caps if CONFIDENCE.index(cap) < CONFIDENCE.index(stated))
    weighty = {
        component: concern
        for component in COMPONENTS
        if (concern := (concerns or {}).get(component, "none")) in ("moderate", "serious")
    }
    return Confidence(level, stated, biting, weighty)


def confidences(
    now: pd.DataFrame, scored: pd.DataFrame, supported: pd.DataFrame, lineage: Lineage, period: Period
) -> dict[str, Confidence]:
    """Return the confidence that may be told of each score that speaks for a cell of one quarter.

    Args:
        now: The standings of the quarter.
        scored: Typed assessments.
        supported: As :func:`measures.judgement.support.support` gives.
        lineage: The rubrics on record; what is fresh is told by the claimed level's evidence rule.
        period: The quarter.
    """
    speaks = now.loc[now["assessment"].isin(supported.index), "assessment"]
    columns = ("id", "rubric", "criterion", "level", "confidence", *COMPONENTS)
    rows = lines(scored[scored["id"].isin(speaks)], *columns)
    facts = supported.loc[[row[0] for row in rows], ["origins", "first_hand", "latest"]]
    found = {}
    for row, fact in zip(rows, facts.itertuples(index=False, name=None), strict=True):
        name, pin, criterion, level, stated, *concerns = row
        origins, first_hand, latest = fact
        fresh = _fresh(lineage.rubric(pin), criterion, level)
        stale = bool(fresh) and bool(pd.notna(latest)) and period.ordinal - int(latest) >= fresh
        found[name] = confidence(
            stated,
            origins=int(origins),
            first_hand=bool(first_hand),
            stale=stale,
            concerns=dict(zip(COMPONENTS, concerns, strict=True)),
        )
    return found


def _fresh(rubric: Rubric | None, criterion: str, level: str) -> int:
    """Return within how many quarters evidence of a level is fresh; 0 where the rubric does not say."""
    for line in rubric.criteria if rubric is not None else ():
        for step in line.steps:
            if (line.id, step.level) == (criterion, level):
                return step.evidence.fresh
    return 0
