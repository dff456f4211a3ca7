"""Which level the cited evidence supports, and what is missing for the one claimed.

Level k of a criterion is supported when, for k and every level below it above ``none``,
the citations that support a level at least as high meet that level's evidence rule: one
non-testimonial item at least (testimony alone never suffices: GAGAS 8.90-8.96), the
number of independent origins, one of the kinds, something first-hand where asked; only
items at or above the rule's grade and fresh enough count (method, sections 2 to 4). A
contradicting hoop or smoking gun blocks the level it speaks against and all above;
a hundred straws do not (process tracing).
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from measures.period import Period
from measures.records.tables import BLOCKING
from measures.rubric.model import NONE, Criterion, Rubric

CONDITIONS = ("non_testimonial", "origins", "kinds", "first_hand", "unblocked")
"""What a level needs, in the order in which a shortfall is told."""


def gate(criterion: Criterion, answers: Mapping[str, str]) -> str:
    """Return the highest level whose attributes, and all below, are answered ``yes``.

    Args:
        criterion: The criterion.
        answers: ``yes``, ``no`` or ``unknown`` by attribute id; one not given is unknown.

    An attribute that is not ``yes`` stops the climb whatever holds above it: level 1 yes,
    level 2 partly, 3 to 5 yes gives level 1 (WHO SPAR, annex 2).
    """
    reached = criterion.steps[0].level
    for step in criterion.steps[1:]:
        if any(answers.get(attribute.id) != "yes" for attribute in step.attributes):
            break
        reached = step.level
    return reached


def support(
    assessments: pd.DataFrame,
    citations: pd.DataFrame,
    evidence: pd.DataFrame,
    rubrics: Mapping[str, Rubric],
    year_starts: int = 1,
) -> pd.DataFrame:
    """Return what is supported for every assessment that claims a level.

    Args:
        assessments: Typed frame; rows without a level are left out.
        citations: Typed frame.
        evidence: Typed frame; a superseded item counts as the item that corrects it.
        rubrics: Rubric by milestone id.
        year_starts: First month of the mission's year.

    Returns:
        A frame indexed by assessment id with ``claimed`` and ``supported`` (ordered
        categories, ``supported`` missing when nothing is), ``blocked`` (a contradiction
        stopped it), and ``missing`` (what the claimed level lacks, words of
        :data:`CONDITIONS` joined by ``; ``), ``origins`` (independent origins that
        support it at all), ``first_hand``, ``stale_only`` (supporting items exist, none fresh).
    """
    ladder = assessments["level"].cat.categories
    scored = assessments[assessments["level"].notna()]
    judged = _conditions(scored, citations, evidence, rubrics, year_starts)
    out = pd.DataFrame(
        {"claimed": scored["level"].to_numpy()}, index=pd.Index(scored["id"], name="assessment")
    )
    out["claimed"] = out["claimed"].astype(assessments["level"].dtype)
    held = judged[judged["holds"]].groupby("assessment")["level"].max()
    codes = held.reindex(out.index)
    out["supported"] = pd.Categorical.from_codes(
        codes.fillna(-1).astype("int64"), dtype=assessments["level"].dtype
    )
    at_claim = _at_claim(judged, out, {level: code for code, level in enumerate(ladder)})
    out["blocked"] = at_claim["blocked"].reindex(out.index).fillna(value=False).astype("bool")
    out["missing"] = at_claim["missing"].reindex(out.index).fillna("non_testimonial; origins").astype("str")
    out.loc[out["supported"] >= out["claimed"], "missing"] = ""
    facts = _facts(scored, citations, evidence, year_starts)
    for column in ("origins", "first_hand", "latest"):
        out[column] = facts[column].reindex(out.index)
    out["origins"] = out["origins"].fillna(0).astype("int64")
    out["first_hand"] = out["first_hand"].fillna(value=False).astype("bool")
    return out


def _conditions(
    scored: pd.DataFrame,
    citations: pd.DataFrame,
    evidence: pd.DataFrame,
    rubrics: Mapping[str, Rubric],
    year_starts: int,
) -> pd.DataFrame:
    """Return one row per assessment and level with each condition and whether the level holds."""
    rules = _rules(rubrics, list(scored["level"].cat.categories))
    levels = scored[["id", "milestone", "criterion", "period"]].merge(rules, on=["milestone", "criterion"])
    levels = levels.rename(columns={"id": "assessment"})
    cited = cited_items(citations, evidence)
    cited = cited.assign(shows=cited["shows"].cat.codes, ends=_quarter(cited["covers_end"], year_starts))
    pairs = levels.merge(cited, on="assessment", how="inner", suffixes=("", "_item"))
    pairs["at"] = pairs["period"].map(lambda text: Period.parse(str(text)).ordinal).astype("int64")
    counts = (
        (pairs["bearing"] == "supports")
        & (pairs["shows"] >= pairs["level"])
        & (pairs["reliability"].astype("str") <= pairs["least_reliability"])
        & (pairs["credibility"].astype("str") <= pairs["least_credibility"])
        & (pairs["at"] - pairs["ends"] < pairs["fresh"])
    )
    blocks = (
        (pairs["bearing"] == "contradicts")
        & pairs["role"].isin(BLOCKING)
        & (pairs["shows"] <= pairs["level"])
    )
    key = ["assessment", "level"]
    counted = pairs[counts]
    levels = levels.set_index(key)
    levels["non_testimonial"] = _any(counted, counted["kind"] != "testimonial", key, levels.index)
    levels["kinds"] = _any(counted, _kind_fits(counted), key, levels.index)
    levels["first_hand"] = (
        _any(counted, counted["first_hand"], key, levels.index) | ~levels["wants_first_hand"]
    )
    found = counted.groupby(key)["origin"].nunique().reindex(levels.index).fillna(0)
    levels["origins"] = found >= levels["least_origins"]
    levels["unblocked"] = ~_any(pairs, blocks, key, levels.index)
    levels["meets"] = levels[list(CONDITIONS)].all(axis="columns")
    levels = levels.sort_index()
    above = levels.index.get_level_values("level") > 0
    climbing = levels["meets"].where(above, other=True).groupby(level="assessment").cummin().astype("bool")
    levels["holds"] = climbing & levels["meets"]
    return levels.reset_index()


def cited_items(citations: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Return citations joined to the items they cite, corrected items in place of superseded ones."""
    columns = [
        "id", "kind", "origin", "covers", "covers_start", "covers_end", "reliability", "credibility", "first_hand",
    ]  # fmt: skip
    items = evidence[columns].rename(columns={"id": "item"})
    cited = citations[["id", "assessment", "evidence", "bearing", "role", "shows"]].copy()
    cited["item"] = cited["evidence"].replace(corrections(evidence))
    return cited.merge(items, on="item", how="inner")


def corrections(frame: pd.DataFrame) -> dict[str, str]:
    """Return the latest correction of each superseded id."""
    step = {old: new for new, old in zip(frame["id"], frame["supersedes"], strict=True) if old}
    latest: dict[str, str] = {}
    for old in step:
        new, seen = old, {old}
        while new in step and step[new] not in seen:
            new = step[new]
            seen.add(new)
        latest[old] = new
    return latest


def _rules(rubrics: Mapping[str, Rubric], ladder: list[str]) -> pd.DataFrame:
    rows = []
    for milestone, rubric in rubrics.items():
        for criterion in rubric.criteria:
            for step in criterion.steps:
                rule = step.evidence
                rows.append({
                    "milestone": milestone,
                    "criterion": criterion.id,
                    "level": ladder.index(step.level),
                    "least_origins": rule.origins,
                    "wanted_kinds": "|".join(rule.kinds) if step.level != NONE else "documentary|physical|analytical",
                    "least_reliability": rule.reliability,
                    "least_credibility": rule.credibility,
                    "wants_first_hand": rule.first_hand,
                    "fresh": rule.fresh,
                })  # fmt: skip
    columns = {
        "milestone": "str", "criterion": "str", "level": "int64", "least_origins": "int64", "wanted_kinds": "str",
        "least_reliability": "str", "least_credibility": "str", "wants_first_hand": "bool", "fresh": "int64",
    }  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def _kind_fits(pairs: pd.DataFrame) -> pd.Series:
    fits = [
        kind in wanted.split("|") for kind, wanted in zip(pairs["kind"], pairs["wanted_kinds"], strict=True)
    ]
    return pd.Series(fits, index=pairs.index, dtype="bool")


def _any(rows: pd.DataFrame, mask: pd.Series, key: list[str], index: pd.Index) -> pd.Series:
    hits = rows.loc[mask.astype("bool").to_numpy(), key].drop_duplicates()
    return pd.Series(index.isin(pd.MultiIndex.from_frame(hits)), index=index)


def _quarter(days: pd.Series, year_starts: int) -> pd.Series:
    """Return the ordinal of the quarter each day lies in, as :class:`measures.period.Period` counts."""
    months = days.dt.year * 12 + days.dt.month - 1 - (year_starts - 1)
    return (months // 3 + (0 if year_starts == 1 else 4)).fillna(-1).astype("int64")


def _at_claim(judged: pd.DataFrame, out: pd.DataFrame, codes: Mapping[str, int]) -> pd.DataFrame:
    """Return, for each assessment, what is missing at or below the claimed level."""
    claimed = out["claimed"].map(codes).astype("int64")
    upto = judged[judged["level"] <= judged["assessment"].map(claimed)]
    upto = upto[(upto["level"] > 0) | (upto["assessment"].map(claimed) == 0)]
    short = ~upto[list(CONDITIONS)]
    short = short.groupby(upto["assessment"]).any()
    words = short.apply(lambda row: "; ".join(name for name in CONDITIONS if row[name]), axis="columns")
    return pd.DataFrame({"blocked": short["unblocked"], "missing": words.astype("str")})


def _facts(
    scored: pd.DataFrame, citations: pd.DataFrame, evidence: pd.DataFrame, year_starts: int
) -> pd.DataFrame:
    """Return origins, first-hand and the quarter of the latest item, over all supporting citations."""
    cited = cited_items(citations, evidence)
    cited = cited[(cited["bearing"] == "supports") & cited["assessment"].isin(scored["id"])]
    cited = cited.assign(ends=_quarter(cited["covers_end"], year_starts))
    groups = cited.groupby("assessment")
    return pd.DataFrame({
        "origins": groups["origin"].nunique(),
        "first_hand": groups["first_hand"].any(),
        "latest": groups["ends"].max(),
    })  # fmt: skip
