"""Adviser, partner and external scores side by side, how far they agree, and where they do not.

The columns are never merged: the difference between them is information, and the list of
disagreements is the agenda of moderation (method, section 8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from measures.judgement.agreement import Agreement, Bootstrap, alpha
from measures.judgement.rungs import rungs
from measures.records.frames import lines
from measures.records.mission import ROLES

_CELL = ["milestone", "criterion", "period"]


@dataclass(frozen=True, slots=True)
class Rating:
    """What one rater gave."""

    assessment: str
    assessor: str
    role: str
    level: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A criterion on which raters gave different levels in one quarter.

    Args:
        ratings: Every level given, lowest first.
        apart: Rungs between the lowest and the highest.
        moderation: Id of the moderation that settled it; empty while it is open.
    """

    milestone: str
    criterion: str
    period: str
    ratings: tuple[Rating, ...]
    apart: int
    moderation: str


@dataclass(frozen=True, slots=True)
class Panel:
    """How raters compare in one quarter.

    Args:
        beside: One row per criterion that anybody gave a level: ``milestone``, ``criterion``,
            ``period``, and for each role its level (the lowest and the highest where several
            of one role differ, joined by ``to``), empty where it gave none.
        now: Agreement of all raters this quarter.
        so_far: Agreement of all raters over every quarter up to this one.
        pairs: Agreement by pair of roles over every quarter, pairs that share no unit left out.
        disagreements: Of this quarter, widest first.
    """

    beside: pd.DataFrame
    now: Agreement
    so_far: Agreement
    pairs: Mapping[tuple[str, str], Agreement]
    disagreements: tuple[Disagreement, ...]


def panel(
    scored: pd.DataFrame,
    moderations: pd.DataFrame,
    period: str,
    bootstrap: Bootstrap | None = None,
) -> Panel:
    """Return how raters compare.

    Args:
        scored: Typed assessments up to the quarter, under the version that held for each;
            superseded rows and non-scores are left out.
        moderations: Typed frame up to the quarter.
        period: The quarter.
        bootstrap: How to draw the intervals of agreement.
    """
    live = scored[~scored["superseded"] & scored["level"].notna()]
    live = live.assign(period=live["period"].astype("str"), rung=rungs(live["level"]))
    live = live.sort_values(["entry", "id"]).drop_duplicates([*_CELL, "assessor"], keep="last")
    now = live[live["period"] == period]
    pairs = {}
    for one, other in combinations(ROLES, 2):
        found = _agreement(live[live["role"].isin((one, other))], bootstrap, of=(one, other))
        if found is not None:
            pairs[one, other] = found
    everybody = _agreement(now, bootstrap), _agreement(live, bootstrap)
    assert everybody[0] is not None  # noqa: S101 - only a pair of roles can be missing
    assert everybody[1] is not None  # noqa: S101
    return Panel(_beside(now), everybody[0], everybody[1], pairs, _disagreements(now, moderations))


def _agreement(
    rows: pd.DataFrame, bootstrap: Bootstrap | None, of: tuple[str, str] | None = None
) -> Agreement | None:
    """Return the agreement of raters; of two roles only on what both rated, ``None`` when that is nothing."""
    if of is not None:
        both = rows.groupby(_CELL)["role"].transform("nunique") == len(of)
        rows = rows[both]
        if rows.empty:
            return None
    cell = rows.groupby(_CELL, sort=False).ngroup().to_numpy()
    rater, raters = pd.factorize(rows["assessor"])
    table = np.full((int(cell.max()) + 1 if len(cell) else 0, len(raters)), np.nan)
    table[cell, rater] = rows["rung"].to_numpy(dtype=np.float64)
    return alpha(table, "ordinal", bootstrap)


def _beside(now: pd.DataFrame) -> pd.DataFrame:
    rows: dict[tuple[str, ...], dict[str, list[tuple[int, str]]]] = {}
    columns = (*_CELL, "role", "level", "rung")
    for milestone, criterion, period, role, level, rung in lines(now, *columns):
        of = rows.setdefault((milestone, criterion, period), {})
        of.setdefault(role, []).append((int(rung), level))
    made = [(*key, *(_span(of.get(role, [])) for role in ROLES)) for key, of in rows.items()]
    return pd.DataFrame(made, columns=[*_CELL, *ROLES]).astype("str")


def _span(given: list[tuple[int, str]]) -> str:
    if not given:
        return ""
    low, high = min(given)[1], max(given)[1]
    return low if low == high else f"{low} to {high}"


def _disagreements(now: pd.DataFrame, moderations: pd.DataFrame) -> tuple[Disagreement, ...]:
    settled = moderations[~moderations["superseded"]].sort_values(["entry", "id"])
    by = {key: name for *cell, name in lines(settled, *_CELL, "id") for key in (tuple(cell),)}
    apart = now.groupby(_CELL)["rung"].transform("max") - now.groupby(_CELL)["rung"].transform("min")
    rows = now.assign(apart=apart)[apart > 0].sort_values([*_CELL, "rung", "assessor"])
    found: dict[tuple[str, str, str], list[Rating]] = {}
    wide: dict[tuple[str, str, str], int] = {}
    columns = (*_CELL, "id", "assessor", "role", "level", "apart")
    for milestone, criterion, period, name, assessor, role, level, steps in lines(rows, *columns):
        key = milestone, criterion, period
        found.setdefault(key, []).append(Rating(name, assessor, role, level))
        wide[key] = int(steps)
    made = [Disagreement(*key, tuple(ratings), wide[key], by.get(key, "")) for key, ratings in found.items()]
    return tuple(sorted(made, key=lambda one: (-one.apart, one.milestone, one.criterion)))
