"""Which rubric version a score is of, and across which versions scores may be compared.

A score means nothing without the version of the words it was scored against (method,
section 2). A trend line connects two quarters only when their versions are comparable on the
criterion, when one quarter was scored under both (a bridge), or when a declared crosswalk
maps the levels. Stored scores are never rescaled: a crosswalk and a bridge say what is
compared with what, and change nothing that stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from measures.judgement.rungs import levels, rungs
from measures.records.frames import lines
from measures.records.versions import read_level_map
from measures.rubric.change import Change, compare, worst
from measures.rubric.model import CHANGES, Rubric
from measures.rubric.shelf import version_order

_CELL = ["milestone", "criterion", "period"]


@dataclass(frozen=True, slots=True)
class Link:
    """How a score is joined to the last known one before it, of another rubric version.

    Args:
        kind: ``comparable``, ``bridge``, ``crosswalk``, or ``broken`` when nothing joins them.
        before, after: The versions, ``id@version``.
        change: Class of change between them, where both are on record.
        crosswalk: Id of the crosswalk.
        levels: What the crosswalk makes of each earlier level.
    """

    kind: Literal["comparable", "bridge", "crosswalk", "broken"]
    before: str
    after: str
    change: str = ""
    crosswalk: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)


class Lineage:
    """The versions of every rubric on record, and what joins them.

    Args:
        rubrics: Rubrics by id and version.
        crosswalks: Typed frame; superseded rows are left out.
    """

    def __init__(self, rubrics: Mapping[tuple[str, str], Rubric], crosswalks: pd.DataFrame) -> None:
        self._rubrics = rubrics
        columns = ("id", "rubric", "criterion", "before", "after", "map")
        self._crosswalks = lines(crosswalks[~crosswalks["superseded"]], *columns)
        self._changes: dict[tuple[str, str, str], Change] = {}
        self._links: dict[tuple[str, str, str], Link] = {}

    def rubric(self, pin: str) -> Rubric | None:
        """Return the rubric that ``id@version`` names, if it is on record."""
        name, _, version = pin.partition("@")
        return self._rubrics.get((name, version))

    def link(self, before: str, after: str, criterion: str) -> Link:
        """Return what joins scores on a criterion under two versions, ``id@version`` each."""
        key = before, after, criterion
        if key not in self._links:
            self._links[key] = self._find(before, after, criterion)
        return self._links[key]

    def change(self, rubric: str, old: str, new: str) -> Change:
        """Return what differs between two versions on record."""
        key = rubric, old, new
        if key not in self._changes:
            self._changes[key] = compare(self._rubrics[rubric, old], self._rubrics[rubric, new])
        return self._changes[key]

    def _find(self, before: str, after: str, criterion: str) -> Link:
        name, _, old = before.partition("@")
        other, _, new = after.partition("@")
        if name != other or (name, old) not in self._rubrics or (name, new) not in self._rubrics:
            return Link("broken", before, after)
        way = self._way(name, old, new, criterion)
        if way is not None:
            return Link("comparable", before, after, way)
        for found, rubric, only, earlier, later, cell in self._crosswalks:
            joins = rubric == name and only in ("", criterion)
            if not joins or (name, earlier) not in self._rubrics or (name, later) not in self._rubrics:
                continue
            first, last = self._way(name, old, earlier, criterion), self._way(name, later, new, criterion)
            if first is not None and last is not None:
                return Link("crosswalk", before, after, self._class(name, old, new, criterion), found,
                            read_level_map(cell))  # fmt: skip
        return Link("broken", before, after, self._class(name, old, new, criterion))

    def _class(self, name: str, old: str, new: str, criterion: str) -> str:
        change = self.change(name, *sorted((old, new), key=version_order))
        return change.criteria.get(criterion, CHANGES[-1]) or change.kind

    def _way(self, name: str, old: str, new: str, criterion: str) -> str | None:
        """Return the gravest class on a way of comparable steps between two versions, if there is one.

        Each step is from one version to a later one, as its author declares changes; a way may
        be gone in both directions.
        """
        reached = {old: ""}
        waiting = [old]
        while waiting:
            at = waiting.pop(0)
            if at == new:
                return reached[at]
            for key, version in self._rubrics:
                if key != name or version in reached:
                    continue
                change = self.change(name, *sorted((at, version), key=version_order))
                if change.comparable(criterion):
                    reached[version] = worst([reached[at], change.criteria.get(criterion, "")])
                    waiting.append(version)
        return None


def told_apart(scored: pd.DataFrame, bound: pd.Series[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the scores that speak for their cells, and those of a bridge.

    A cell is spoken for by scores under the version that holds for its quarter. Scores under
    another version bridge to it; where there are none under the one that holds, the newest
    other version speaks.

    Args:
        scored: Typed assessments, superseded ones included.
        bound: ``id@version`` that holds for the milestone and quarter of each row.

    Returns:
        The two frames, each with the column ``rubric`` filled in.
    """
    pin = scored["rubric"].where(scored["rubric"] != "", bound)
    here = scored.assign(rubric=pin)
    holds = pin == bound
    if bool(holds.all()):
        return here, here.iloc[:0]
    live = holds & ~scored["superseded"]
    cell = pd.MultiIndex.from_frame(here[_CELL].astype("str"))
    spoken = cell.isin(cell[live])
    other = ~holds & ~spoken
    newest: dict[tuple[str, ...], str] = {}
    for key, version in zip(cell[other], pin[other], strict=True):
        newest[key] = max(newest.get(key, version), version, key=version_order)
    speaks = holds | pd.Series(
        [
            not flag and newest.get(key) == version
            for key, version, flag in zip(cell, pin, spoken, strict=True)
        ],
        index=here.index,
    )
    return here[speaks], here[~speaks]


def linked(
    stands: pd.DataFrame, bridges: pd.DataFrame, lineage: Lineage
) -> tuple[pd.DataFrame, dict[tuple[str, str, str], Link]]:
    """Return what each known level is to be compared with, and each link across versions.

    Args:
        stands: As :func:`measures.judgement.standing.last_seen` gives.
        bridges: Standings of bridging scores, as :func:`measures.judgement.standing.standing` gives.
        lineage: What joins versions.

    Returns:
        ``stands`` with ``from_level`` and ``to_level``, the levels to compare, both of one
        version (missing when there is no earlier level), and ``told_by``, the assessment that
        ``to_level`` comes from; and the links by milestone, criterion and quarter. Across a
        broken link the levels are those that stand, to be shown and not compared.
    """
    out = stands.assign(from_level=stands["last_level"], to_level=stands["low"], told_by=stands["assessment"])
    known = (stands["low"] == stands["high"]) & stands["low"].notna() & (stands["last_period"] != "")
    crossing = stands[known & (stands["last_rubric"] != stands["rubric"])]
    if crossing.empty:
        return out, {}
    bridged = {
        (milestone, criterion, period, pin): (low, assessment)
        for milestone, criterion, period, pin, low, high, assessment in lines(
            bridges, *_CELL, "rubric", "low", "high", "assessment"
        )
        if low and low == high
    }
    links: dict[tuple[str, str, str], Link] = {}
    ladder = list(stands["low"].cat.categories)
    place = {level: rung for rung, level in enumerate(ladder)}
    before, after = rungs(out["from_level"]), rungs(out["to_level"])
    told = out["told_by"].to_numpy(dtype=object)
    at = stands.index.get_indexer(crossing.index)
    columns = (*_CELL, "last_period", "last_rubric", "rubric", "last_level", "low")
    for row, found in zip(at, lines(crossing, *columns), strict=True):
        milestone, criterion, period, then, old, new, was, level = found
        link = lineage.link(old, new, criterion)
        if link.kind != "comparable":
            now = bridged.get((milestone, criterion, period, old))
            earlier = bridged.get((milestone, criterion, then, new))
            if now is not None:
                link = Link("bridge", old, new, link.change)
                after[row], told[row] = place[now[0]], now[1]
            elif earlier is not None:
                link = Link("bridge", old, new, link.change)
                before[row] = place[earlier[0]]
            elif link.kind == "crosswalk" and was in link.levels:
                before[row], after[row] = place[link.levels[was]], place[level]
        links[milestone, criterion, period] = link
    out["from_level"] = levels(before, stands["low"]).set_axis(out.index)
    out["to_level"] = levels(after, stands["low"]).set_axis(out.index)
    out["told_by"] = pd.Series(told, index=out.index).astype("str")
    return out, links
