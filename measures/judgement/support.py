"""Which level the cited evidence supports, and what is missing for the one claimed.

Level k of a criterion is supported when, for k and every level below it above ``none``,
the citations that support a level at least as high meet that level's evidence rule: one
non-testimonial item at least (testimony alone never suffices: GAGAS 8.90-8.96), the
number of independent origins, one of the kinds, something first-hand where asked; only
items at or above the rule's grade and fresh enough count (method, sections 2 to 4). A
contradicting hoop or smoking gun blocks the level it speaks against and all above;
a hundred straws do not (process tracing). It does so at any grade and age: whoever cites
it has said that it decides, and to be wrong on that side raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from unicodedata import normalize

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.judgement.rungs import Flags, Whole, levels, rungs
from measures.period import Period
from measures.records.tables import BLOCKING
from measures.rubric.model import CREDIBILITY, EVIDENCE_KINDS, RELIABILITY, Criterion, Rubric

CONDITIONS = ("non_testimonial", "origins", "kinds", "first_hand", "unblocked")
"""What a level needs, in the order in which a shortfall is told."""

_TESTIMONIAL = EVIDENCE_KINDS.index("testimonial")
_UNKNOWN_GRADE = 5
"""Position of F and of 6: they mean unknown, so no minimum is ever met by them."""


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
        speaks against the claimed level or one below), ``missing`` (what the claimed level
        lacks, words of :data:`CONDITIONS` joined by ``; ``); and about the items of known grade
        that show at least the level that may be told, which is the claimed one as far as it
        is supported: ``origins`` (how many independent ones), ``first_hand`` (whether one saw
        it itself) and ``latest`` (ordinal of the last quarter any of them reaches, missing
        when there is none).
    """
    scored = assessments[assessments["level"].notna()]
    ids = pd.Index(scored["id"], name="assessment")
    claimed = rungs(scored["level"])
    cited = _cited(ids, scored, citations, evidence, year_starts)
    supported, short = _climb(cited, _rules(scored, rubrics), claimed)
    told = np.where(supported < 0, claimed, np.minimum(claimed, supported))
    words = np.array([
        "; ".join(name for bit, name in enumerate(CONDITIONS) if code >> bit & 1)
        for code in range(2 ** len(CONDITIONS))
    ])  # fmt: skip
    bits = np.where(supported >= claimed, 0, short)
    return pd.DataFrame(
        {
            "claimed": levels(claimed, scored["level"]).array,
            "supported": levels(supported, scored["level"]).array,
            "blocked": short >> CONDITIONS.index("unblocked") & 1 > 0,
            "missing": pd.Series(words[bits], index=ids, dtype="str"),
            **_facts(cited, told),
        },
        index=ids,
    )


@dataclass(frozen=True, slots=True)
class _Cited:
    """Citations as arrays, sorted by assessment and origin; ``at`` is the assessment's position."""

    at: Whole
    origin: Whole
    shows: Whole
    kind: Whole
    reliability: Whole
    credibility: Whole
    first_hand: Flags
    supports: Flags
    blocks: Flags
    ends: Whole
    age: Whole


def _cited(
    ids: pd.Index[Any],
    scored: pd.DataFrame,
    citations: pd.DataFrame,
    evidence: pd.DataFrame,
    year_starts: int,
) -> _Cited:
    """Return the citations of ``scored`` whose item does not speak of later days only."""
    cited, items, item = _joined(citations, evidence)
    at = ids.get_indexer(pd.Index(cited["assessment"]))
    quarter = np.array(
        [Period.parse(text).ordinal for text in scored["period"].cat.categories], dtype="int64"
    )
    period = np.append(quarter[scored["period"].cat.codes], -1)[at]
    starts, ends = (
        _quarter(items[name], year_starts).to_numpy().astype(np.int64)
        for name in ("covers_start", "covers_end")
    )
    origin, origins = pd.factorize(items["origin"])
    order = np.flatnonzero((at >= 0) & (starts[item] <= period))
    order = order[np.argsort(at[order] * len(origins) + origin[item[order]], kind="stable")]
    item = item[order]
    blocks = (cited["bearing"] == "contradicts") & cited["role"].isin(BLOCKING)
    return _Cited(
        at=at[order].astype("int64"),
        origin=origin[item].astype("int64"),
        shows=rungs(cited["shows"])[order],
        kind=rungs(items["kind"])[item],
        reliability=rungs(items["reliability"])[item],
        credibility=rungs(items["credibility"])[item],
        first_hand=items["first_hand"].to_numpy()[item],
        supports=(cited["bearing"] == "supports").to_numpy()[order],
        blocks=blocks.to_numpy()[order],
        ends=ends[item],
        age=period[order] - ends[item],
    )


def cited_items(citations: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Return citations joined to the items they cite, corrected items in place of superseded ones.

    A superseded item whose correction is not in ``evidence`` (it may be withheld) is worth
    nothing and left out. ``origin`` is told in one spelling, whatever its case and spacing.
    """
    cited, items, item = _joined(citations, evidence)
    beside = items.take(item).reset_index(drop=True)
    found: pd.DataFrame = cited.reset_index(drop=True).join(beside)
    return found


def _joined(citations: pd.DataFrame, evidence: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, Whole]:
    """Return the citations that have an item, the items, and the place of each citation's item."""
    columns = [
        "id", "kind", "origin", "covers", "covers_start", "covers_end", "reliability", "credibility",
        "first_hand",
    ]  # fmt: skip
    items = evidence.loc[~evidence["superseded"], columns].rename(columns={"id": "item"})
    cited = citations[["id", "assessment", "evidence", "bearing", "role", "shows"]]
    latest = corrections(evidence)
    named = [latest.get(name, name) for name in cited["evidence"].tolist()] if latest else cited["evidence"]
    at = pd.Index(items["item"]).get_indexer(pd.Index(named))
    there = at >= 0
    if not there.all():
        cited, at = cited[there], at[there]
    return cited, items.assign(origin=_spelt(items["origin"])), at


def _spelt(origins: pd.Series[str]) -> pd.Series[str]:
    """Return origins in one spelling, whatever their case, width and spacing."""
    codes, names = pd.factorize(origins)
    spelt = [" ".join(normalize("NFKC", name).casefold().split()) for name in names]
    return pd.Series(np.array(spelt, dtype="object")[codes], index=origins.index, dtype="str")


def corrections(frame: pd.DataFrame) -> dict[str, str]:
    """Return the latest correction of each superseded id."""
    taken = frame.loc[frame["supersedes"] != "", ["id", "supersedes"]]
    step = dict(zip(taken["supersedes"], taken["id"], strict=True))
    latest: dict[str, str] = {}
    for old in step:
        new, seen = old, {old}
        while new in step and step[new] not in seen:
            new = step[new]
            seen.add(new)
        latest[old] = new
    return latest


@dataclass(frozen=True, slots=True)
class _Rule:
    """The evidence rules of one level, one place per assessment; ``asked`` where there is one."""

    asked: Flags
    origins: Whole
    kinds: Whole
    reliability: Whole
    credibility: Whole
    first_hand: Flags
    fresh: Whole


_ASKED = len(fields(_Rule))


def _rules(scored: pd.DataFrame, rubrics: Mapping[str, Rubric]) -> Iterator[_Rule]:
    """Yield the rules of each level of the frame's ladder, lowest first."""
    ladder = list(scored["level"].cat.categories)
    criteria = {(name, line.id): line for name, rubric in rubrics.items() for line in rubric.criteria}
    asks = {key: _asks(line, ladder) for key, line in {id(line): line for line in criteria.values()}.items()}
    nothing = np.zeros((len(ladder), _ASKED), dtype="int64")  # the last line: no rubric
    table = np.array([*(asks[id(line)] for line in criteria.values()), nothing]).transpose(1, 2, 0)
    at = _line(scored, {pair: place for place, pair in enumerate(criteria)})
    for level in table:
        asked, origins, kinds, reliability, credibility, first_hand, fresh = level.take(at, axis=1)
        yield _Rule(asked > 0, origins, kinds, reliability, credibility, first_hand > 0, fresh)


def _line(scored: pd.DataFrame, known: Mapping[tuple[str, str], int]) -> Whole:
    """Return the place of each score's milestone and criterion, -1 where they are not known."""
    milestone, milestones = pd.factorize(scored["milestone"])
    criterion, criteria = pd.factorize(scored["criterion"])
    places = [[known.get((one, other), -1) for other in criteria.tolist()] for one in milestones.tolist()]
    if not places:
        return np.zeros(0, dtype="int64")
    return np.array(places, dtype="int64")[milestone, criterion]


def _asks(criterion: Criterion, ladder: Sequence[str]) -> Whole:
    """Return the evidence rules of a criterion as numbers, a row for each level of the frame's ladder."""
    table = np.zeros((len(ladder), _ASKED), dtype="int64")
    for step in criterion.steps:
        rule = step.evidence
        table[ladder.index(step.level)] = (
            1,
            rule.origins,
            sum(1 << EVIDENCE_KINDS.index(kind) for kind in rule.kinds),
            RELIABILITY.index(rule.reliability),
            CREDIBILITY.index(rule.credibility),
            rule.first_hand,
            rule.fresh,
        )
    return table


def _climb(cited: _Cited, rules: Iterator[_Rule], claimed: Whole) -> tuple[Whole, Whole]:
    """Return the level supported for each assessment, -1 for none of them, and what the claim lacks.

    What it lacks is a number whose bits are the places of :data:`CONDITIONS`.
    """
    size = len(claimed)
    blocked = _blocked_from(cited, size)
    able = _kept(cited, cited.supports & _known(cited))
    supported = np.full(size, -1, dtype="int64")
    short = np.zeros(size, dtype="int64")
    climbing = np.ones(size, dtype="bool")
    judged = np.zeros(size, dtype="bool")
    for level, rule in enumerate(rules):
        able = _kept(able, able.shows >= level)
        met = *_met(able, rule, size), blocked > level
        holds = np.logical_and.reduce([rule.asked, *met])
        if level > 0:
            climbing &= holds | ~rule.asked
            holds &= climbing
        supported[holds] = level
        within = rule.asked & ((claimed == level) if level == 0 else (claimed >= level))
        for bit, condition in enumerate(met):
            short |= (within & ~condition).astype(np.int64) << bit
        judged |= rule.asked
    short[~judged] |= 0b11
    return supported, short


def _met(able: _Cited, rule: _Rule, size: int) -> tuple[Flags, ...]:
    """Return, for each assessment, which of :data:`CONDITIONS` but the last its citations meet.

    Args:
        able: Supporting citations of known grade that show the level of the rule or a higher one.
        rule: What the level asks for.
        size: How many assessments there are.
    """
    counts = (
        (able.reliability <= rule.reliability[able.at])
        & (able.credibility <= rule.credibility[able.at])
        & (able.age < rule.fresh[able.at])
    )
    at, kind = able.at[counts], able.kind[counts]
    fits = (rule.kinds[at] >> np.maximum(kind, 0) & 1) > 0
    origins = np.bincount(at[_first(at, able.origin[counts])], minlength=size)
    return (
        _any(at[kind != _TESTIMONIAL], size),
        origins >= rule.origins,
        _any(at[fits], size),
        _any(at[able.first_hand[counts]], size) | ~rule.first_hand,
    )


def _known(cited: _Cited) -> Flags:
    """Return which citations have a known grade: no least is ever met by another."""
    reliability = (cited.reliability >= 0) & (cited.reliability < _UNKNOWN_GRADE)
    return reliability & (cited.credibility >= 0) & (cited.credibility < _UNKNOWN_GRADE)


def _kept(cited: _Cited, rows: Flags) -> _Cited:
    return _Cited(**{field.name: getattr(cited, field.name)[rows] for field in fields(_Cited)})


def _blocked_from(cited: _Cited, size: int) -> Whole:
    """Return the lowest level that a weighty contradiction speaks against, for each assessment."""
    lowest = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(lowest, cited.at[cited.blocks], cited.shows[cited.blocks])
    return lowest


def _any(at: Whole, size: int) -> Flags:
    """Return which assessments are named."""
    found = np.zeros(size, dtype=np.bool_)
    found[at] = True
    return found


def _first(at: Whole, origin: Whole) -> Flags:
    """Return which places of sorted pairs hold one that was not there before."""
    new = np.ones(len(at), dtype="bool")
    new[1:] = (at[1:] != at[:-1]) | (origin[1:] != origin[:-1])
    return new


def _quarter(days: pd.Series[Any], year_starts: int) -> pd.Series[int]:
    """Return the ordinal of the quarter each day lies in, as :class:`measures.period.Period` counts."""
    months = days.dt.year * 12 + days.dt.month - 1 - (year_starts - 1)
    quarters: pd.Series[int] = (months // 3 + (0 if year_starts == 1 else 4)).fillna(-1).astype("int64")
    return quarters


def _facts(cited: _Cited, told: Whole) -> dict[str, npt.NDArray[Any]]:
    """Return what the confidence in the level told is capped by: see :func:`support`."""
    size = len(told)
    about = cited.supports & (cited.shows >= told[cited.at]) & _known(cited)
    at = cited.at[about]
    latest = np.full(size, -1, dtype="int64")
    np.maximum.at(latest, at, cited.ends[about])
    return {
        "origins": np.bincount(at[_first(at, cited.origin[about])], minlength=size),
        "first_hand": _any(cited.at[about & cited.first_hand], size),
        "latest": np.where(latest < 0, np.nan, latest),
    }
