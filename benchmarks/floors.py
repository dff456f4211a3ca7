"""Plain NumPy over integer codes: the least that support and roll-up have to do.

Ids are positions already, words are numbers, evidence rules are one table. Nothing is joined, no
text is read, nothing says what is missing. It is what the product's result is compared with, in
time and, level by level, in value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.records.tables import BLOCKING
from measures.rubric import Rubric
from measures.rubric.model import CREDIBILITY, EVIDENCE_KINDS, RELIABILITY

Whole = npt.NDArray[np.int64]
_TESTIMONIAL = EVIDENCE_KINDS.index("testimonial")


@dataclass(frozen=True, slots=True)
class Codes:
    """Citations as numbers, sorted by score and origin; ``rules`` by score, level and condition.

    The conditions of a rule are: asked, origins, kinds as bits, reliability, credibility, first-hand,
    freshness in quarters.
    """

    score: Whole
    origin: Whole
    shows: Whole
    kind: Whole
    reliability: Whole
    credibility: Whole
    first_hand: npt.NDArray[np.bool_]
    supports: npt.NDArray[np.bool_]
    blocks: npt.NDArray[np.bool_]
    age: Whole
    rules: Whole
    scores: int


def supported(codes: Codes) -> Whole:
    """Return the level supported for each score, -1 for none of them."""
    count, at = codes.scores, codes.score
    found = np.full(count, -1, dtype=np.int64)
    climbing = np.ones(count, dtype=bool)
    for level in range(codes.rules.shape[1]):
        asked, origins, kinds, reliability, credibility, first_hand, fresh = codes.rules[:, level].T
        counts = codes.supports & (codes.shows >= level) & (codes.age < fresh[at])
        counts &= (codes.reliability <= reliability[at]) & (codes.credibility <= credibility[at])
        mine, origin = at[counts], codes.origin[counts]
        new = np.ones(len(mine), dtype=bool)
        new[1:] = (mine[1:] != mine[:-1]) | (origin[1:] != origin[:-1])
        kind = codes.kind[counts]
        holds = np.bincount(mine[new], minlength=count) >= origins
        holds &= np.bincount(mine[kind != _TESTIMONIAL], minlength=count) > 0
        holds &= np.bincount(mine[kinds[mine] >> kind & 1 > 0], minlength=count) > 0
        holds &= (first_hand == 0) | (np.bincount(mine[codes.first_hand[counts]], minlength=count) > 0)
        holds &= np.bincount(at[codes.blocks & (codes.shows <= level)], minlength=count) == 0
        holds &= asked > 0
        if level:
            climbing &= holds | (asked == 0)
            holds &= climbing
        found[holds] = level
    return found


def weakest(cell: Whole, code: Whole, size: int, top: int) -> tuple[Whole, Whole, Whole]:
    """Return the lowest and highest weakest link of each cell, and how many codes are not known."""
    lower, upper = np.full(size, top), np.full(size, top)
    np.minimum.at(lower, cell, np.where(code < 0, 0, code))
    np.minimum.at(upper, cell, np.where(code < 0, top, code))
    return lower, upper, np.bincount(cell[code < 0], minlength=size)


def codes(frames: Mapping[str, pd.DataFrame], rubrics: Mapping[str, Rubric]) -> Codes:
    """Return typed frames as numbers; rubrics by milestone. None of the records corrects another."""
    scored, citations, evidence = (frames[name] for name in ("assessments", "citations", "evidence"))
    score = pd.Index(scored["id"]).get_indexer(citations["assessment"])
    item = pd.Index(evidence["id"]).get_indexer(citations["evidence"])
    origin = pd.factorize(evidence["origin"])[0][item]
    ends = evidence["covers_end"].dt.year.to_numpy() * 4 + evidence["covers_end"].dt.quarter.to_numpy() - 1
    periods = scored["period"].astype("str")
    quarter = periods.str[:4].astype("int64").to_numpy() * 4 + periods.str[5].astype("int64").to_numpy() - 1
    columns: dict[str, npt.NDArray[Any]] = {
        "score": score,
        "origin": origin,
        "shows": citations["shows"].cat.codes.to_numpy().astype(np.int64),
        "kind": evidence["kind"].cat.codes.to_numpy().astype(np.int64)[item],
        "reliability": evidence["reliability"].cat.codes.to_numpy().astype(np.int64)[item],
        "credibility": evidence["credibility"].cat.codes.to_numpy().astype(np.int64)[item],
        "first_hand": evidence["first_hand"].to_numpy()[item],
        "supports": (citations["bearing"] == "supports").to_numpy(),
        "blocks": ((citations["bearing"] == "contradicts") & citations["role"].isin(BLOCKING)).to_numpy(),
        "age": quarter[score] - ends[item],
    }
    order = np.lexsort((origin, score))
    ladder = list(scored["level"].cat.categories)
    lines = {
        (name, criterion.id): _rules(criterion.steps, ladder)
        for name, rubric in rubrics.items()
        for criterion in rubric.criteria
    }
    rules = np.array([lines[key] for key in zip(scored["milestone"], scored["criterion"], strict=True)])
    return Codes(**{name: column[order] for name, column in columns.items()}, rules=rules, scores=len(scored))


def _rules(steps: Any, ladder: list[str]) -> Whole:
    table = np.zeros((len(ladder), 7), dtype=np.int64)
    for step in steps:
        rule = step.evidence
        kinds = sum(1 << EVIDENCE_KINDS.index(kind) for kind in rule.kinds)
        grade = RELIABILITY.index(rule.reliability), CREDIBILITY.index(rule.credibility)
        table[ladder.index(step.level)] = (1, rule.origins, kinds, *grade, rule.first_hand, rule.fresh)
    return table
