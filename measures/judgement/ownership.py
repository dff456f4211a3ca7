"""How far an ambition is the host's own: signals for each objective, shares of the milestones.

Method, section 9: who asked; the host document it comes from; host money and posts committed;
a host decision; the partner's own score; concurrence with the wording. The shares are those of
SDG indicator 17.15.1, as counts: of our milestones how many stem from a host document, use the
host's own measure, rest on host evidence, are scored by the host too.

What nobody wrote down is ``unknown``, never ``no``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from measures.judgement.support import corrections
from measures.period import Period
from measures.records.commitments import Act, Resource
from measures.records.frames import lines
from measures.records.mission import MissionFile
from measures.records.plan import Objective, Plan

State = Literal["yes", "no", "unknown"]
SIGNALS = ("asked", "document", "money", "posts", "decision", "own-score", "concurrence")
SHARES = ("host-document", "host-measure", "host-evidence", "host-score")
Records = tuple[tuple[str, str], ...]
"""What a conclusion rests on: kind and id of each record."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign that an objective is the host's own.

    Args:
        name: One of :data:`SIGNALS`.
        state: ``unknown`` where nobody wrote it down.
        date: As of when, as precisely as it is known; empty where it has no date.
    """

    name: str
    state: State
    date: str
    records: Records


@dataclass(frozen=True, slots=True)
class Ownership:
    """The signals of one objective at the end of a quarter, by name.

    Args:
        asked: ``partner`` where only its actors proposed it, ``joint`` with others, else ``others``.
    """

    objective: str
    asked: Literal["partner", "joint", "others"]
    signals: Mapping[str, Signal]


@dataclass(frozen=True, slots=True)
class Share:
    """Of the milestones that owe scores, those of which something holds.

    Args:
        name: One of :data:`SHARES`.
        yes, no, unknown: Ids of milestones, in the order of the plan.
        records: What the ones under ``yes`` rest on.
    """

    name: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]
    records: Records = ()

    @property
    def of(self) -> int:
        """How many milestones there are."""
        return len(self.yes) + len(self.no) + len(self.unknown)


def ownerships(
    plan: Plan, assessments: pd.DataFrame, mission: MissionFile, period: Period
) -> dict[str, Ownership]:
    """Return the signals of each objective.

    Args:
        plan: The plan as the quarter knew it; see :meth:`measures.records.plan.Plan.as_of`.
        assessments: Typed frame.
        mission: The mission.
        period: The quarter.
    """
    partner = frozenset(actor.id for actor in mission.actors if actor.side == "partner")
    scored = _scored_by_host(assessments, period)
    own: dict[str, list[str]] = {}
    for milestone in plan.milestones.values():
        if milestone.owes(period):
            own.setdefault(milestone.objective, []).extend(scored.get(milestone.id, ()))
    return {
        name: _ownership(objective, partner, own.get(name)) for name, objective in plan.objectives.items()
    }


def _ownership(objective: Objective, partner: frozenset[str], own: list[str] | None) -> Ownership:
    given = objective.commitments
    theirs = [actor in partner for actor in objective.proposed_by]
    asked: Literal["partner", "joint", "others"] = "others"
    if any(theirs):
        asked = "partner" if all(theirs) else "joint"
    base = (("objective", objective.id),)
    document: State = "yes" if objective.host_document else "unknown"
    since = objective.host_since.text if objective.host_since and objective.host_document else ""
    scores: Records = tuple(("assessment", name) for name in own or ())
    hosts = [resource for resource in given.resources if resource.side == "partner"]
    signals = (
        Signal("asked", "yes" if any(theirs) else "no", "", base),
        Signal("document", document, since, base),
        _resource("money", hosts, lambda found: "yes" if found.money else "unknown", base),
        _resource("posts", hosts, _posts, base),
        _act("decision", given.decisions, partner, base),
        Signal("own-score", "unknown" if own is None else ("yes" if own else "no"), "", base + scores),
        _act("concurrence", given.concurrence, partner, base),
    )
    return Ownership(objective.id, asked, {signal.name: signal for signal in signals})


def _posts(found: Resource) -> State:
    if found.filled is None:
        return "unknown"
    return "yes" if found.filled else "no"


def _resource(
    name: str, given: Iterable[Resource], says: Callable[[Resource], State], base: Records
) -> Signal:
    """Return what the latest entry that says anything says: posts that were given back are no posts."""
    said = [(found, state) for found in given if (state := says(found)) != "unknown"]
    if not said:
        return Signal(name, "unknown", "", base)
    found, state = said[-1]
    return Signal(name, state, found.date.text, base + evidence(found.evidence))


def _act(name: str, acts: Iterable[Act], partner: Collection[str], base: Records) -> Signal:
    theirs = [act for act in acts if any(actor in partner for actor in act.by)]
    if not theirs:
        return Signal(name, "unknown", "", base)
    return Signal(name, "yes", theirs[-1].date.text, base + evidence(theirs[-1].evidence))


def evidence(items: Iterable[str]) -> Records:
    """Return evidence ids as records."""
    return tuple(("evidence", item) for item in items)


def shares(
    plan: Plan,
    frames: Mapping[str, pd.DataFrame],
    mission: MissionFile,
    milestones: Collection[str],
    period: Period,
) -> tuple[Share, ...]:
    """Return the shares of SDG indicator 17.15.1, in the order of :data:`SHARES`.

    A milestone rests on host evidence when a level scored this quarter cites, in its support, an
    item that a partner's actor was the first to say. Where no level is scored, or no actor's
    origins are told, that is not known.

    Args:
        plan: The plan as the quarter knew it.
        frames: Typed frames by table name.
        mission: The mission; its actors say which origins are theirs.
        milestones: Ids of those that owe scores this quarter.
        period: The quarter.
    """
    due = [milestone for name, milestone in plan.milestones.items() if name in milestones]
    named = {name for name, objective in plan.objectives.items() if objective.host_document}
    documents: dict[str, State] = {m.id: "yes" if m.objective in named else "unknown" for m in due}
    measure: dict[str, State] = {
        m.id: "yes" if m.host_measure == "yes" else ("no" if m.host_measure == "no" else "unknown")
        for m in due
    }
    rests, items = _host_evidence(frames, mission, period)
    scored = _scored_by_host(frames["assessments"], period)
    scores: Records = tuple(("assessment", name) for m in due for name in scored.get(m.id, ()))
    return (
        _share(
            "host-document", documents, tuple(("objective", m.objective) for m in due if m.objective in named)
        ),
        _share("host-measure", measure, ()),
        _share("host-evidence", {m.id: rests.get(m.id, "unknown") for m in due}, items),
        _share("host-score", {m.id: "yes" if scored.get(m.id) else "no" for m in due}, scores),
    )


def _share(name: str, states: Mapping[str, State], records: Records) -> Share:
    def those(state: State) -> tuple[str, ...]:
        return tuple(milestone for milestone, found in states.items() if found == state)

    return Share(name, those("yes"), those("no"), those("unknown"), tuple(dict.fromkeys(records)))


def _scored_by_host(assessments: pd.DataFrame, period: Period) -> dict[str, list[str]]:
    """Return the ids of the partner's own scores of a quarter, non-scores included, by milestone."""
    rows = assessments[~assessments["superseded"] & (assessments["period"].astype("str") == str(period))]
    found: dict[str, list[str]] = {}
    for name, milestone, role in sorted(lines(rows, "id", "milestone", "role")):
        if role == "partner":
            found.setdefault(milestone, []).append(name)
    return found


def _host_evidence(
    frames: Mapping[str, pd.DataFrame], mission: MissionFile, period: Period
) -> tuple[dict[str, State], Records]:
    """Return whether each milestone scored with a level rests on host evidence, and on which items."""
    partner = [actor for actor in mission.actors if actor.side == "partner"]
    latest = corrections(frames["evidence"])
    hosts = {
        name
        for name, origin in lines(frames["evidence"], "id", "origin")
        if any(actor.speaks(origin) for actor in partner)
    }
    if not hosts and not any(actor.origins for actor in partner):
        return {}, ()
    rows = frames["assessments"]
    rows = rows[~rows["superseded"] & rows["level"].notna() & (rows["period"].astype("str") == str(period))]
    of = dict(zip(rows["id"], rows["milestone"], strict=True))
    found: dict[str, State] = dict.fromkeys(of.values(), "no")
    items = []
    for assessment, named, bearing in lines(frames["citations"], "assessment", "evidence", "bearing"):
        item = latest.get(named, named)
        if assessment in of and bearing == "supports" and item in hosts:
            found[of[assessment]] = "yes"
            items.append(("evidence", item))
    return found, tuple(sorted(items))
