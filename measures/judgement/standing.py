"""Where every criterion stands in every quarter: claimed, supported, settled, or not known.

One row per milestone, criterion and quarter in which a score is owed. The *standing* level
is the settled one where somebody settled it; else the claimed level, but never above what
the evidence supports. Claimed and supported stay beside it, so nothing is lowered silently.

Several assessors may score one criterion. Whoever gave a level is not silenced by one who
could not look; where their levels differ and nobody settled them, the standing is a range
and no level is known. The order in which they were read plays no part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from measures.judgement.rungs import levels, rungs
from measures.period import Period, span
from measures.records.plan import Milestone
from measures.rubric.model import Rubric

STATES = ("level", "not-observed", "insufficient-evidence", "not-applicable", "no-entry")

_CELL = ["milestone", "criterion", "period"]
_WEIGHT = {"not-applicable": 0, "not-observed": 1, "insufficient-evidence": 2}
"""Who looked outweighs who could not; what does not apply needs all assessors to say so."""


def cells(
    milestones: Mapping[str, Milestone],
    rubrics: Mapping[tuple[str, str], Rubric],
    last: Period,
    first: Period | None = None,
) -> pd.DataFrame:
    """Return every score owed up to ``last``, in plan order.

    What a quarter owes follows from the rubric version that held for it; a closed milestone owes
    nothing after the quarter it closed with.

    Args:
        milestones: The plan's, by id.
        rubrics: Rubrics by id and version.
        last: The last quarter.
        first: The mission's first quarter; before it nothing is owed.

    Returns:
        Columns ``milestone``, ``criterion``, ``period`` (texts) and ``bound``, the version
        that held, ``id@version``.
    """
    rows = [
        (milestone.id, criterion.id, str(period), f"{rubric.id}@{rubric.version}")
        for milestone in milestones.values()
        for rubric, periods in _spans(milestone, rubrics, last, first)
        for criterion in rubric.criteria
        for period in periods
    ]
    return pd.DataFrame(rows, columns=[*_CELL, "bound"]).astype("str")


def _spans(
    milestone: Milestone,
    rubrics: Mapping[tuple[str, str], Rubric],
    last: Period,
    first: Period | None,
) -> Iterator[tuple[Rubric, list[Period]]]:
    """Yield each rubric a milestone was bound to, with the quarters it held for; the present one first.

    The present one comes first so that its order of criteria is the order of the rows.
    """
    held: dict[str, list[Period]] = {version: [] for version in reversed(milestone.versions)}
    until = min(last, milestone.closed.until) if milestone.closed else last
    for period in span(max(milestone.first, first or milestone.first), until):
        held[milestone.version_at(period)].append(period)
    for version, periods in held.items():
        rubric = rubrics.get((milestone.rubric, version))
        if rubric is not None and periods:
            yield rubric, periods


def standing(
    owed: pd.DataFrame,
    assessments: pd.DataFrame,
    supported: pd.DataFrame,
    moderations: pd.DataFrame,
) -> pd.DataFrame:
    """Return where each owed score stands.

    Args:
        owed: As :func:`cells` gives.
        assessments: Typed frame; superseded rows are left out.
        supported: As :func:`measures.judgement.support.support` gives.
        moderations: Typed frame; superseded rows are left out.

    Returns:
        ``owed`` with these columns added:

        - ``state``: one of :data:`STATES`; ``no-entry`` when nobody wrote anything
        - ``assessment``, ``assessor``, ``cause``, ``confidence``, ``rubric``: of the assessment
          that speaks for the cell, which is the highest claim when there are several, and
          of equal claims one that is contradicted: what is wrong with a claim never hides
          behind a second opinion; ``rubric`` is the version that held where there is none, and
          where somebody settled it
        - ``claimed``, ``supported``, ``settled``, ``partner``: ordered levels, missing when none
        - ``low``, ``high``: range of the standing level; the same where it is known, both
          missing where nothing claimed is borne out
        - ``raters``: how many assessors other than the partner's gave a level
        - ``moderation``: id of the moderation that settled it, else empty
    """
    live = assessments[~assessments["superseded"]].assign(period=lambda rows: rows["period"].astype("str"))
    ranked = _ranked(live[live["role"] != "partner"], supported)
    out = _beside(owed, ranked.drop_duplicates(_CELL, keep="last"), {
        "id": "assessment", "assessor": "assessor", "rubric": "rubric", "cause": "cause",
        "confidence": "confidence", "state": "state", "level": "claimed", "limit": "supported",
    })  # fmt: skip
    out["state"] = out["state"].fillna("no-entry").astype("str")
    out["supported"] = levels(out["supported"], assessments["level"])
    partner = live[(live["role"] == "partner") & live["level"].notna()].sort_values(["entry", "id"])
    out = _beside(out, partner.drop_duplicates(_CELL, keep="last"), {"level": "partner"})
    out = _beside(out, _spread(ranked), {"raters": "raters", "min": "min", "max": "max"})
    out["raters"] = out["raters"].fillna(0).astype("int64")
    out = _settle(out, moderations)
    for name, column in (("low", "min"), ("high", "max")):
        open_ = levels(out[column].where(out["state"] == "level"), assessments["level"])
        out[name] = open_.where(out["moderation"] == "", out["settled"])
    for name in ("assessment", "assessor"):
        out[name] = out[name].fillna("").astype("str")
    out["rubric"] = out["rubric"].where(out["moderation"] == "").fillna(owed["bound"]).astype("str")
    return out.drop(columns=["min", "max"])


def _beside(out: pd.DataFrame, rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return ``out`` with columns of ``rows``, at most one a cell, under the names given."""
    chosen = rows[[*_CELL, *names]].rename(columns=dict(names))
    return out.merge(chosen, on=_CELL, how="left")


def _ranked(own: pd.DataFrame, supported: pd.DataFrame) -> pd.DataFrame:
    """Return assessments, the one that speaks for its cell last, with ``state``, ``limit`` and ``borne``.

    What one assessor cites bears on the claim of another about the same cell, unless a
    contradiction that this other one cited speaks against it.
    """
    codes = rungs(own["level"])
    place = supported.index.get_indexer(pd.Index(own["id"]))
    limit = np.append(rungs(supported["supported"]), -1)[place]
    blocked = np.append(supported["blocked"].to_numpy(dtype="bool"), False)[place]
    state = own["non_score"].astype("str").fillna("level")
    ranked = own.assign(state=state, code=codes, limit=limit, blocked=blocked)
    ranked["weight"] = ranked["state"].map(_WEIGHT).fillna(3).astype("int64")
    best = ranked.groupby(_CELL)["limit"].transform("max").to_numpy(dtype="int64")
    ranked["borne"] = np.minimum(codes, np.where(blocked, limit, best))
    return ranked.sort_values(["weight", "code", "blocked", "limit", "entry", "id"])


def _spread(ranked: pd.DataFrame) -> pd.DataFrame:
    """Return how many assessors gave a level in each cell, and the span of what is borne out."""
    claims = ranked[ranked["state"] == "level"]
    found = claims.groupby(_CELL).agg(
        raters=("assessor", "nunique"), min=("borne", "min"), max=("borne", "max")
    )
    return found.reset_index()


def _settle(out: pd.DataFrame, moderations: pd.DataFrame) -> pd.DataFrame:
    live = moderations[~moderations["superseded"]].sort_values(["entry", "id"])
    live = live.assign(
        period=live["period"].astype("str"), spoken=live["non_score"].astype("str").fillna("level")
    )
    last = live.drop_duplicates(_CELL, keep="last")
    out = _beside(out, last, {"id": "moderation", "level": "settled", "spoken": "spoken"})
    out["moderation"] = out["moderation"].fillna("").astype("str")
    out["state"] = out["spoken"].where(out["moderation"] != "", out["state"]).astype("str")
    return out.drop(columns="spoken")


def last_seen(stands: pd.DataFrame, periods: Sequence[str]) -> pd.DataFrame:
    """Return ``stands`` with what was last known before each quarter.

    Args:
        stands: As :func:`standing` gives.
        periods: Every quarter in ``stands``, in order.

    Returns:
        ``stands`` with ``last_level``, ``last_period`` (empty when never seen), ``last_rubric``
        (the version it was scored against) and ``age`` in quarters. A range is no known level.
        The last level is shown as last seen; it is never carried forward as current.
    """
    order = {period: position for position, period in enumerate(periods)}
    at = stands["period"].map(order).astype("int64")
    placed = pd.DataFrame({"milestone": stands["milestone"], "criterion": stands["criterion"], "at": at})
    placed["level"] = rungs(stands["low"])
    known = (placed["level"] >= 0) & (stands["low"] == stands["high"])
    placed["seen"] = at.where(known)
    pins, versions = pd.factorize(stands["rubric"])
    placed["pin"] = pd.Series(pins, index=stands.index).where(known)
    placed["level"] = placed["level"].where(known)
    placed = placed.sort_values(["milestone", "criterion", "at"])
    key = ["milestone", "criterion"]
    told = ["seen", "level", "pin"]
    placed[told] = placed.groupby(key)[told].ffill()
    before = placed.groupby(key)[told].shift(1).reindex(stands.index)
    names = pd.Series([*periods, ""], dtype="str")
    seen = before["seen"].fillna(-1).astype("int64")
    pin = before["pin"].fillna(-1).astype("int64").to_numpy()
    named = pd.Series([*versions, ""], dtype="str")
    return stands.assign(
        last_level=levels(before["level"], stands["low"]),
        last_period=pd.Series(names.array[seen.to_numpy()], index=stands.index),
        last_rubric=pd.Series(named.array[pin], index=stands.index),
        age=(at - seen).where(seen >= 0, 0),
    )
