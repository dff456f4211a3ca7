"""Churn: goals added, dropped, re-worded and re-targeted, and what they can be compared with.

Almost all milestones of one ministry were changed within two years, so that nothing could be
compared with its beginning (SIGAR 19-03). Changing a goal is legitimate when it is open (method,
section 9); that it happened, how often, and whether a baseline was left, is reported.

Two things are read. The plan dates some changes itself: when an objective came on record, when
its disposition changed, when a milestone was closed, and the changes of target, due quarter and
title that were decided openly. Anything else is told from the entries of the register: a goal that
was written again in other words was changed in the quarter in which it was written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from measures.period import Period
from measures.records.plan import Milestone, Objective, Plan
from measures.records.revisions import Revision
from measures.rubric.model import said

Kind = Literal["added", "dropped", "reworded", "retargeted", "revised"]
KINDS: tuple[Kind, ...] = ("added", "dropped", "reworded", "retargeted", "revised")
"""What may happen to a goal; ``revised`` is everything that leaves its words and its target alone."""

GIVEN_UP = ("abandoned", "superseded", "deferred")
"""Dispositions of a goal that is no longer pursued; ``met`` is none of them."""

_FIELDS: dict[str, Kind] = {
    "title": "reworded",
    "target": "retargeted",
    "due": "retargeted",
    "baseline": "retargeted",
    "rubric": "retargeted",
    "objective": "retargeted",
}
_NO_GOAL = {
    "change", "retargets", "closed", "disposition", "disposition_since", "from",
    "resources", "announced", "agreed", "concurrence", "host_decisions",
}  # fmt: skip
"""Keys that say why, or what happened around a goal, and are no part of it."""


class Change(NamedTuple):
    """One thing that happened to one goal.

    Args:
        goal: ``objective`` or ``milestone``.
        ref: Its id.
        period: The quarter in which it holds, or in which it was recorded.
        kind: One of :data:`KINDS`.
        key: The key of the plan that changed; empty when the goal was added.
        before, after: What stood there; empty where nothing did.
        entry: The entry that tells it; 0 when the plan dates it itself.
    """

    goal: str
    ref: str
    period: str
    kind: Kind
    key: str
    before: str
    after: str
    entry: int


@dataclass(frozen=True, slots=True)
class Churn:
    """What became of the goals up to a quarter.

    Args:
        goals: Objectives and milestones on record by then.
        changes: Oldest quarter first.
        unbased: Milestones without a baseline: none is named, or nothing was known in it.
        milestones: How many milestones are open.
        writings: At how many different times goals were recorded; 0 when no register was read.
    """

    goals: int
    changes: tuple[Change, ...]
    unbased: tuple[str, ...]
    milestones: int
    writings: int

    def at(self, period: str) -> tuple[Change, ...]:
        """Return the changes of one quarter."""
        return tuple(change for change in self.changes if change.period == period)

    def count(self, kind: Kind) -> int:
        """Return how many goals were changed in that way."""
        return len({change[:2] for change in self.changes if change.kind == kind})

    @property
    def touched(self) -> int:
        """How many goals were added, dropped, re-worded or re-targeted."""
        return len({change[:2] for change in self.changes if change.kind != "revised"})

    @property
    def by_key(self) -> Mapping[str, int]:
        """How often each key of the plan was written anew."""
        return Counter(change.key for change in self.changes if change.key)


def churn(plan: Plan, known_in: Collection[tuple[str, str]], first: Period, period: Period) -> Churn:
    """Return what became of the goals up to a quarter.

    Args:
        plan: The plan as the quarter knew it, with its revisions.
        known_in: Milestone and quarter wherever some criterion was known.
        first: The first quarter of the mission; what was there by then was not added.
        period: The quarter; what came later is left out.
    """
    objectives = [found for found in plan.objectives.values() if found.known_at(period)]
    milestones = [found for found in plan.milestones.values() if found.first <= period]
    open_ = [found for found in milestones if found.owes(period)]
    known = {("objective", found.id) for found in objectives} | {
        ("milestone", found.id) for found in milestones
    }
    declared = [*_declared(objectives, milestones), *_came(objectives, first)]
    told = {(*change[:2], change.kind, change.key, change.before) for change in declared}
    added = {change[:2] for change in declared if change.kind == "added"}
    recorded = [
        change
        for change in _recorded(plan.revisions)
        if change[:2] in known
        and (*change[:2], change.kind, change.key, change.before) not in told
        and not (change.kind == "added" and (change[:2] in added or _dated(plan, change)))
    ]
    found = {change for change in (*declared, *recorded) if change.period <= str(period)}
    return Churn(
        goals=len(known),
        changes=tuple(sorted(found, key=lambda change: (change.period, change[:2], change.kind, change.key))),
        unbased=unbased(open_, known_in, period),
        milestones=len(open_),
        writings=len({revision.at for revision in plan.revisions}),
    )


def unbased(
    milestones: Iterable[Milestone], known_in: Collection[tuple[str, str]], period: Period
) -> tuple[str, ...]:
    """Return the milestones without a baseline as of a quarter.

    A baseline is a quarter that the plan names and in which some criterion was known. One that is
    still to come is a baseline too.
    """
    return tuple(
        found.id
        for found in milestones
        if found.baseline is None
        or (found.baseline <= period and (found.id, str(found.baseline)) not in known_in)
    )


def _dated(plan: Plan, change: Change) -> bool:
    """Return whether the plan itself says from when on an objective was on record."""
    objective = plan.objectives.get(change.ref) if change.goal == "objective" else None
    return objective is not None and objective.first is not None


def _came(objectives: Iterable[Objective], first: Period) -> Iterator[Change]:
    """Yield the objectives that the plan says came after the mission's first quarter."""
    for found in objectives:
        if found.first is not None and found.first > first:
            yield Change("objective", found.id, str(found.first), "added", "", "", "", 0)


def _declared(objectives: Sequence[Objective], milestones: Sequence[Milestone]) -> Iterator[Change]:
    """Yield what the plan dates itself."""
    for found in objectives:
        if found.disposition in GIVEN_UP and found.disposition_since is not None:
            since = str(found.disposition_since)
            yield Change("objective", found.id, since, "dropped", "disposition", "", found.disposition, 0)
    for milestone in milestones:
        if milestone.closed is not None:
            after = str(milestone.closed.until + 1)
            yield Change("milestone", milestone.id, after, "dropped", "closed", "", "closed", 0)
    for goal, items in (("objective", objectives), ("milestone", milestones)):
        for item in items:
            for change in item.retargets:
                words = said(change.old), said(change.new)
                yield Change(goal, item.id, str(change.first), _FIELDS[change.what], change.what, *words, 0)


def _recorded(revisions: Sequence[Revision]) -> Iterator[Change]:
    """Yield what the entries of the register tell; what the first recording brought was not added."""
    founding = min((revision.at for revision in revisions), default="")
    for revision in revisions:
        if revision.first:
            if revision.at != founding:
                yield _of(revision, "added", "", "", "")
            continue
        gone = _gone(revision)
        if gone is not None:
            yield gone
        for key in revision.changed:
            if key not in _NO_GOAL:
                words = _words(revision.before.get(key)), _words(revision.after.get(key))
                yield _of(revision, _FIELDS.get(key, "revised"), key, *words)


def _of(revision: Revision, kind: Kind, key: str, before: str, after: str) -> Change:
    return Change(revision.kind, revision.ref, str(revision.period), kind, key, before, after, revision.entry)


def _gone(revision: Revision) -> Change | None:
    """Return that an objective was dropped; in the quarter the plan says, else when it was recorded."""
    before = str(revision.before.get("disposition") or "active")
    after = str(revision.after.get("disposition") or "active")
    if after not in GIVEN_UP or after == before:
        return None
    since = str(revision.after.get("disposition_since") or revision.period)
    entry = 0 if revision.after.get("disposition_since") else revision.entry
    return Change(revision.kind, revision.ref, since, "dropped", "disposition", "", after, entry)


def _words(value: Any) -> str:
    """Return a value of the plan as text: texts in English where there is English."""
    if isinstance(value, Mapping):
        return said({str(key): str(text) for key, text in value.items()})
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    return "" if value is None else str(value)
