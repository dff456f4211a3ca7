"""Which rubric version a score is of, and across which versions scores may be compared.

A score means nothing without the version of the words it was scored against (method,
section 2). A trend line connects two quarters only when their versions are comparable on the
criterion, when one quarter was scored under both (a bridge), or when a declared crosswalk
maps the levels. Stored scores are never rescaled: a crosswalk and a bridge say what is
compared with what, and change nothing that stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from measures.judgement.rungs import Whole, levels, rungs
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

    def ladder(self, pin: str) -> tuple[str, ...]:
        """Return the level ids of ``id@version``, lowest first; none where it is not on record."""
        rubric = self.rubric(pin)
        return rubric.ladder if rubric is not None else ()

    def steps(self, pin: str, before: int, after: int, order: Sequence[str]) -> int:
        """Return the rungs between two levels on the ladder of ``id@version``.

        Args:
            pin: The version.
            before: Place of the earlier level in ``order``.
            after: Place of the later one.
            order: Level ids of every rubric in use; it counts where the version lacks one of them.
        """
        own = self.ladder(pin)
        if order[before] in own and order[after] in own:
            return own.index(order[after]) - own.index(order[before])
        return after - before

    def link(self, before: str, after: str, criterion: str) -> Link:
        """Return what joins scores on a criterion under two versions, ``id@version`` each."""
        key = before, after, criterion
        if key not in self._links:
            self._links[key] = self._find(before, after, criterion)
        return self._links[key]

    def change(self, rubric: str, one: str, other: str) -> Change:
        """Return what differs between two versions on record, from the lower to the higher number."""
        old, new = sorted((one, other), key=version_order)
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
        change = self.change(name, old, new)
        kind = change.criteria.get(criterion, CHANGES[-1]) or change.kind
        maps = self._maps(name, old, new, criterion)
        if not maps or any(found[1] != maps[0][1] for found in maps):
            return Link("broken", before, after, kind)
        return Link("crosswalk", before, after, kind, *maps[0])

    def _maps(self, name: str, old: str, new: str, criterion: str) -> list[tuple[str, Mapping[str, str]]]:
        """Return id and level map of the crosswalks that speak for two versions, the nearest ones alone.

        One that names the criterion goes before one for every criterion, and one between the two
        versions before one between versions comparable with them. Crosswalks are not chained:
        nobody approved what two of them say together.
        """
        found = []
        for row, rubric, only, earlier, later, cell in self._crosswalks:
            if rubric != name or only not in ("", criterion):
                continue
            first = self._way(name, old, earlier, criterion)
            last = self._way(name, later, new, criterion)
            if first is not None and last is not None:
                nearness = bool(only), (earlier, later) == (old, new)
                found.append((nearness, row, read_level_map(cell)))
        nearest = max((nearness for nearness, _, _ in found), default=None)
        return [(row, levels) for nearness, row, levels in found if nearness == nearest]

    def _way(self, name: str, old: str, new: str, criterion: str) -> str | None:
        """Return the gravest class on a way of comparable steps between two versions, if there is one.

        Steps through other versions count only where nobody says whether words that differ between
        the two mean the same: they never outweigh what is computed or declared of the two. No step
        leads through a version later than both, so that what broke stays broken whatever is
        published afterwards.
        """
        if not {(name, old), (name, new)} <= set(self._rubrics):
            return None
        if old == new:
            return ""
        direct = self.change(name, old, new)
        if direct.comparable(criterion) or criterion not in direct.unsaid:
            return direct.criteria[criterion] if direct.comparable(criterion) else None
        last = max(version_order(old), version_order(new))
        between = [
            version for key, version in self._rubrics if key == name and version_order(version) <= last
        ]
        reached = {old: ""}
        waiting = [old]
        while waiting and new not in reached:
            at = waiting.pop(0)
            for version in sorted(set(between) - set(reached), key=version_order):
                change = self.change(name, at, version)
                if change.comparable(criterion):
                    reached[version] = worst([reached[at], change.criteria[criterion]])
                    waiting.append(version)
        return reached.get(new)


def told_apart(scored: pd.DataFrame, bound: pd.Series[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the scores that speak for their cells, and those of a bridge.

    A cell is spoken for by scores under the version that holds for its quarter. Scores under
    another version bridge to it; where there are none under the one that holds, the newest
    other version speaks. What the partner scored silences nobody.

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
    cell = pd.MultiIndex.from_frame(here[_CELL].astype("str"))
    live, ours = ~scored["superseded"], scored["role"] != "partner"
    silenced = np.where(ours, cell.isin(cell[holds & live & ours]), cell.isin(cell[holds & live]))
    waiting = ~holds & ~silenced
    newest: dict[tuple[str, ...], str] = {}
    for voices in (waiting & live & ours, waiting):
        found: dict[tuple[str, ...], str] = {}
        for key, version in zip(cell[voices], pin[voices], strict=True):
            found[key] = max(found.get(key, version), version, key=version_order)
        newest = {**found, **newest}
    chosen = np.array([newest.get(key) == version for key, version in zip(cell, pin, strict=True)])
    speaks = holds | (waiting & chosen)
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
        version (missing when there is no earlier level), ``told_by``, the assessment that
        ``to_level`` comes from, and ``steps``, how many rungs of their ladder lie between the two;
        and the links by milestone, criterion and quarter. Across a broken link the levels are
        those that stand, to be shown and not compared.
    """
    out, links = _joined(stands, bridges, lineage)
    return out.assign(steps=_steps(out, lineage)), links


def _steps(stands: pd.DataFrame, lineage: Lineage) -> Whole:
    """Return the rungs from ``from_level`` to ``to_level``, 0 where one is missing.

    Rungs are those of the version that holds, or else that held, if it has both levels. The order
    of the whole frame, in which levels of other ladders may lie between, is asked last.
    """
    before, after = rungs(stands["from_level"]), rungs(stands["to_level"])
    both = (before >= 0) & (after >= 0)
    steps = np.where(both, after - before, 0)
    order = tuple(stands["low"].cat.categories)
    for column in ("last_rubric", "rubric"):
        pins, names = pd.factorize(stands[column])
        for pin, name in enumerate(names.tolist()):
            own = lineage.ladder(name)
            if not own or own == order:
                continue
            place = np.array([own.index(one) if one in own else -1 for one in (*order, "")])
            rows = both & (pins == pin) & (place[before] >= 0) & (place[after] >= 0)
            steps[rows] = (place[after] - place[before])[rows]
    return steps


def _joined(
    stands: pd.DataFrame, bridges: pd.DataFrame, lineage: Lineage
) -> tuple[pd.DataFrame, dict[tuple[str, str, str], Link]]:
    """Return ``stands`` with the levels to compare and what they come from, and the links."""
    out = stands.assign(from_level=stands["last_level"], to_level=stands["low"], told_by=stands["assessment"])
    known = (stands["low"] == stands["high"]) & stands["low"].notna() & (stands["last_period"] != "")
    crossing = stands[known & (stands["last_rubric"] != stands["rubric"])]
    if crossing.empty:
        return out, {}
    bridged = _Bridges(bridges, lineage)
    links: dict[tuple[str, str, str], Link] = {}
    ladder = list(stands["low"].cat.categories)
    place = {level: rung for rung, level in enumerate(ladder)}
    before, after = rungs(out["from_level"]), rungs(out["to_level"])
    told = out["told_by"].to_numpy(dtype=object, copy=True)
    at = stands.index.get_indexer(crossing.index)
    columns = (*_CELL, "last_period", "last_rubric", "rubric", "last_level")
    for row, found in zip(at, lines(crossing, *columns), strict=True):
        milestone, criterion, period, then, old, new, was = found
        link = lineage.link(old, new, criterion)
        if link.kind != "comparable":
            now = bridged.level((milestone, criterion, period), old)
            earlier = bridged.level((milestone, criterion, then), new)
            if now is not None:
                link = Link("bridge", old, new, link.change)
                after[row], told[row] = place[now[0]], now[1]
            elif earlier is not None:
                link = Link("bridge", old, new, link.change)
                before[row] = place[earlier[0]]
            elif was in link.levels:
                before[row] = place[link.levels[was]]
            else:
                link = Link("broken", old, new, link.change)
        links[milestone, criterion, period] = link
    out["from_level"] = levels(before, stands["low"]).set_axis(out.index)
    out["to_level"] = levels(after, stands["low"]).set_axis(out.index)
    out["told_by"] = pd.Series(told, index=out.index).astype("str")
    return out, links


class _Bridges:
    """The levels that scores of a bridge give, by cell; where raters differ there is none."""

    def __init__(self, stands: pd.DataFrame, lineage: Lineage) -> None:
        self._lineage = lineage
        self._cells: dict[tuple[str, str, str], list[tuple[str, str, str]]] = {}
        for *cell, pin, low, high, assessment in lines(stands, *_CELL, "rubric", "low", "high", "assessment"):
            if low and low == high:
                self._cells.setdefault((cell[0], cell[1], cell[2]), []).append((pin, low, assessment))

    def level(self, cell: tuple[str, str, str], wanted: str) -> tuple[str, str] | None:
        """Return the level given under a version, or under one comparable with it, and the assessment."""
        found = self._cells.get(cell, [])
        for pin, low, assessment in sorted(found, key=lambda one: one[0] != wanted):
            if pin == wanted or self._lineage.link(pin, wanted, cell[1]).kind == "comparable":
                return low, assessment
        return None
