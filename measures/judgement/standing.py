"""Where every criterion stands in every quarter: claimed, supported, settled, or not known.

One row per milestone, criterion and quarter in which a score is owed. The *standing* level
is the settled one where somebody settled it; else the claimed level, but never above what
the evidence supports. Claimed and supported stay beside it, so nothing is lowered silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from measures.period import Period, span
from measures.records.plan import Milestone
from measures.rubric.model import Rubric

STATES = ("level", "not-observed", "insufficient-evidence", "not-applicable", "no-entry")


def cells(milestones: Mapping[str, Milestone], rubrics: Mapping[str, Rubric], last: Period) -> pd.DataFrame:
    """Return every score owed up to ``last``: milestone, criterion, period (text), in plan order."""
    rows = [
        (milestone.id, criterion.id, str(period))
        for milestone in milestones.values()
        if milestone.id in rubrics
        for criterion in rubrics[milestone.id].criteria
        for period in span(milestone.first, last)
    ]
    return pd.DataFrame(rows, columns=["milestone", "criterion", "period"]).astype("str")


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
        - ``assessment``, ``assessor``, ``cause``, ``confidence``, ``rubric``
        - ``claimed``, ``supported``, ``settled``, ``partner``: ordered levels, missing when none
        - ``low``, ``high``: range of the standing level; the same where it is known
        - ``raters``: how many assessments other than the partner's there are
        - ``moderation``: id of the moderation that settled it, else empty
    """
    dtype = assessments["level"].dtype
    live = assessments[~assessments["superseded"]]
    live = live.assign(period=live["period"].astype("str"))
    own = live[live["role"] != "partner"]
    cell = ["milestone", "criterion", "period"]
    latest = own.drop_duplicates(cell, keep="last").set_index(cell)
    out = owed.set_index(cell)
    out["assessment"] = latest["id"].reindex(out.index).fillna("").astype("str")
    for column in ("assessor", "rubric"):
        out[column] = latest[column].reindex(out.index).fillna("").astype("str")
    for column in ("cause", "confidence"):
        out[column] = latest[column].reindex(out.index)
    state = latest["non_score"].astype("str").where(latest["non_score"].notna(), "level")
    out["state"] = state.reindex(out.index).fillna("no-entry").astype("str")
    out["claimed"] = latest["level"].reindex(out.index)
    out["supported"] = supported["supported"].reindex(out["assessment"]).to_numpy()
    out["supported"] = out["supported"].astype(dtype)
    partner = live[live["role"] == "partner"].drop_duplicates(cell, keep="last").set_index(cell)
    out["partner"] = partner["level"].reindex(out.index).astype(dtype)
    out["raters"] = own.groupby(cell).size().reindex(out.index).fillna(0).astype("int64")
    _settle(out, moderations, dtype)
    _range(out, own, supported, dtype)
    return out.reset_index()


def _settle(out: pd.DataFrame, moderations: pd.DataFrame, dtype: pd.CategoricalDtype) -> None:
    live = moderations[~moderations["superseded"]]
    live = live.assign(period=live["period"].astype("str"))
    last = live.drop_duplicates(["milestone", "criterion", "period"], keep="last")
    last = last.set_index(["milestone", "criterion", "period"])
    out["moderation"] = last["id"].reindex(out.index).fillna("").astype("str")
    out["settled"] = last["level"].reindex(out.index).astype(dtype)
    spoken = last["non_score"].astype("str").where(last["non_score"].notna(), "level").reindex(out.index)
    out["state"] = spoken.where(spoken.notna(), out["state"]).astype("str")


def _range(out: pd.DataFrame, own: pd.DataFrame, supported: pd.DataFrame, dtype: pd.CategoricalDtype) -> None:
    """Set ``low`` and ``high``: the settled level, else the span of what raters claim and evidence bears."""
    borne = own.assign(code=own["level"].cat.codes.astype("int64"))
    limit = supported["supported"].cat.codes.reindex(borne["id"]).fillna(-1).astype("int64")
    borne["code"] = borne["code"].clip(upper=pd.Series(limit.to_numpy(), index=borne.index))
    borne = borne[borne["level"].notna()]
    spread = (
        borne.groupby(["milestone", "criterion", "period"])["code"].agg(["min", "max"]).reindex(out.index)
    )
    settled = out["settled"].cat.codes
    for name, column in (("low", "min"), ("high", "max")):
        codes = spread[column].fillna(-1).astype("int64").mask(out["state"] != "level", -1)
        codes = settled.astype("int64").where(out["moderation"] != "", codes)
        out[name] = pd.Categorical.from_codes(codes, dtype=dtype)


def last_seen(stands: pd.DataFrame, periods: Sequence[str]) -> pd.DataFrame:
    """Return ``stands`` with ``last_level`` and ``last_period``: what was last known before each quarter.

    The last level is shown as last seen; it is never carried forward as current.
    """
    order = {period: position for position, period in enumerate(periods)}
    sorted_ = stands.assign(_at=stands["period"].map(order)).sort_values(
        ["milestone", "criterion", "_at"], kind="stable"
    )
    known = sorted_["low"].notna()
    key = [sorted_["milestone"], sorted_["criterion"]]
    codes = sorted_["low"].cat.codes.astype("float64").where(known)
    before = codes.groupby(key).ffill().groupby(key).shift(1)
    when = sorted_["_at"].astype("float64").where(known).groupby(key).ffill().groupby(key).shift(1)
    sorted_["last_level"] = pd.Categorical.from_codes(
        before.fillna(-1).astype("int64"), dtype=stands["low"].dtype
    )
    sorted_["last_period"] = [periods[int(at)] if at == at else "" for at in when]
    sorted_["age"] = (sorted_["_at"] - when).fillna(0).astype("int64")
    return sorted_.drop(columns="_at").sort_index()
