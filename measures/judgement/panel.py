"""Adviser, partner and external scores side by side, how far they agree, and where they do not.

The columns are never merged: the difference between them is information, and the list of
disagreements is the agenda of moderation (method, section 8). Levels of two ladders have no
order among each other, so agreement is measured on each ladder by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from measures.judgement.agreement import Agreement, Bootstrap, alpha
from measures.judgement.lineage import Lineage
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
class Scale:
    """How raters agree on one ladder.

    Args:
        ladder: Its level ids, lowest first.
        rubrics: Ids of the rubrics that have it and were scored.
        now: Agreement of all raters this quarter.
        so_far: Agreement of all raters over every quarter up to this one.
        pairs: Agreement by pair of roles over every quarter, pairs that share no unit left out.
    """

    ladder: tuple[str, ...]
    rubrics: tuple[str, ...]
    now: Agreement
    so_far: Agreement
    pairs: Mapping[tuple[str, str], Agreement]


@dataclass(frozen=True, slots=True)
class Panel:
    """How raters compare in one quarter.

    Args:
        beside: One row per criterion that anybody gave a level: ``milestone``, ``criterion``,
            ``period``, and for each role its level (the lowest and the highest where several
            of one role differ, joined by ``to``), empty where it gave none.
        scales: Agreement on each ladder that was scored so far; the one of most ratings first.
        disagreements: Of this quarter, widest first.
    """

    beside: pd.DataFrame
    scales: tuple[Scale, ...]
    disagreements: tuple[Disagreement, ...]


def panel(
    scored: pd.DataFrame,
    moderations: pd.DataFrame,
    period: str,
    lineage: Lineage,
    bootstrap: Bootstrap | None = None,
) -> Panel:
    """Return how raters compare.

    Args:
        scored: Typed assessments up to the quarter, under the version that held for each;
            superseded rows and non-scores are left out.
        moderations: Typed frame up to the quarter.
        period: The quarter.
        lineage: The versions on record, which say what ladder a score is on.
        bootstrap: How to draw the intervals of agreement.
    """
    live = scored[~scored["superseded"] & scored["level"].notna()]
    live = live.assign(period=live["period"].astype("str"))
    live = live.sort_values(["entry", "id"]).drop_duplicates([*_CELL, "assessor"], keep="last")
    live, ladders = _on_ladders(live, lineage)
    scales = [
        _scale(live[live["ladder"] == at], ladder, period, bootstrap) for at, ladder in enumerate(ladders)
    ]
    scales.sort(key=lambda scale: (-scale.so_far.ratings, scale.rubrics))
    now = live[live["period"] == period]
    return Panel(_beside(now), tuple(scales), _disagreements(now, moderations))


def _on_ladders(live: pd.DataFrame, lineage: Lineage) -> tuple[pd.DataFrame, list[tuple[str, ...]]]:
    """Return the rows with ``ladder``, the place of their ladder in the list beside, and ``rung`` on it."""
    order = tuple(live["level"].cat.categories)
    pin, pins = pd.factorize(live["rubric"])
    by_pin = [lineage.ladder(name) or order for name in pins.tolist()]
    ladders = list(dict.fromkeys(by_pin))
    at = np.array([ladders.index(ladder) for ladder in by_pin], dtype=np.int64)[pin]
    places = [[ladder.index(level) if level in ladder else -1 for level in order] for ladder in ladders]
    rung = np.array(places, dtype=np.int64).reshape(-1, len(order))[at, rungs(live["level"])]
    return live.assign(ladder=at, rung=rung), ladders


def _scale(rows: pd.DataFrame, ladder: tuple[str, ...], period: str, bootstrap: Bootstrap | None) -> Scale:
    """Return how raters agree on the ladder that all of these rows are on."""
    pairs = {}
    for pair in combinations(ROLES, 2):
        two = rows[rows["role"].isin(pair)]
        both = two[two.groupby(_CELL)["role"].transform("nunique") == len(pair)]
        if len(both):
            pairs[pair] = _agreement(both, bootstrap)
    rubrics = sorted({pin.partition("@")[0] for pin in rows["rubric"].unique()})
    now = _agreement(rows[rows["period"] == period], bootstrap)
    return Scale(ladder, tuple(rubrics), now, _agreement(rows, bootstrap), pairs)


def _agreement(rows: pd.DataFrame, bootstrap: Bootstrap | None) -> Agreement:
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
