"""Where effort and demand part, and where both stand: findings of method, section 9.

``without-demand``  pursued although nobody of the partner is known to want it
``not-resourced``   demanded, and the adviser posts for it stand empty
``not-agreed``      announced, and no agreement of the partner is on record

Each holds for objectives that are pursued: one that was deferred or given up asks for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from measures.judgement.demand import Demand
from measures.judgement.lineage import Link
from measures.judgement.ownership import Records, evidence
from measures.period import Period
from measures.records.commitments import Act, Resource
from measures.records.frames import lines
from measures.records.mission import MissionFile
from measures.records.plan import Objective, Plan

KINDS = ("without-demand", "not-resourced", "not-agreed")
WANTED = ("demanded", "accepted")
_QUARTERS = 4
_A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Misalignment:
    """One finding about an objective.

    Args:
        kind: One of :data:`KINDS`.
        words: What parts, as far as the kind does not say it: ``pursued although refused``.
        date: As of when; empty where it has no date.
        filled, needed: Adviser posts, where both numbers are known.
        records: What it rests on, kind and id of each; the objective first.
    """

    objective: str
    kind: str
    words: str
    date: str
    records: Records
    filled: int | None = None
    needed: int | None = None


def misaligned(objective: Objective, word: str, period: Period) -> str:
    """Return how effort and demand disagree for an objective, or an empty text.

    Pursued without demand; or refused and still pursued (method, section 9).
    """
    if objective.disposition_at(period) != "active":
        return ""
    return {
        "refused": "pursued although refused",
        "contested": "pursued while contested",
        "unknown": "pursued without a known wish of the partner",
    }.get(word, "")


def misalignments(
    plan: Plan, demands: Mapping[str, Demand], mission: MissionFile, period: Period
) -> tuple[Misalignment, ...]:
    """Return what is misaligned at the end of a quarter, by kind, then in the order of the plan.

    Args:
        plan: The plan as the quarter knew it; see :meth:`measures.records.plan.Plan.as_of`.
        demands: The partner's position on each objective.
        mission: The mission.
        period: The quarter.
    """
    partner = {actor.id for actor in mission.actors if actor.side == "partner"}
    day = period.last_day(mission.year_starts)
    found: list[Misalignment] = []
    for name, objective in plan.objectives.items():
        if not objective.known_at(period) or objective.disposition_at(period) != "active":
            continue
        found += _without_demand(objective, demands[name], period)
        found += _not_resourced(objective, demands[name], day)
        if unagreed(objective, partner):
            last = objective.commitments.announced[-1]
            base = (("objective", name), *evidence(last.evidence))
            found.append(Misalignment(name, "not-agreed", "", last.date.text, base))
    return tuple(sorted(found, key=lambda one: KINDS.index(one.kind)))


def _without_demand(objective: Objective, demand: Demand, period: Period) -> list[Misalignment]:
    words = misaligned(objective, demand.word, period)
    if not words:
        return []
    last = demand.now[-1].date if demand.now else ""
    return [Misalignment(objective.id, "without-demand", words, last, _positions(objective, demand))]


def _positions(objective: Objective, demand: Demand) -> Records:
    stances = [(("position", stance.position), *evidence(stance.evidence)) for stance in demand.now]
    return (("objective", objective.id), *(record for group in stances for record in group))


def _not_resourced(objective: Objective, demand: Demand, day: date) -> list[Misalignment]:
    """Return a finding where the partner demands and the posts last known, within a year, stood empty."""
    found = posts(objective)
    if demand.word != "demanded" or found is None or found.short != "yes" or _old(found, day):
        return []
    base = (*_positions(objective, demand), *evidence(found.evidence))
    return [
        Misalignment(
            objective.id, "not-resourced", "", found.date.text, base, filled=found.filled, needed=found.needed
        )
    ]


def posts(objective: Objective) -> Resource | None:
    """Return what was last said of the adviser posts for an objective, whatever its age."""
    said = [
        resource
        for resource in objective.commitments.resources
        if resource.side == "mission" and resource.short != "unknown"
    ]
    return said[-1] if said else None


def _old(found: Resource, day: date) -> bool:
    return found.date.end < day - _A_YEAR


def unagreed(objective: Objective, partner: Collection[str]) -> bool:
    """Return whether an objective was announced and no actor of the partner agreed to it.

    A stance is not an agreement: an office may demand what no one was asked to agree to. An
    agreement of any date answers every announcement; a refusal after it is a position.
    """
    given = objective.commitments
    return bool(given.announced) and not any(_theirs(act, partner) for act in given.agreed)


def _theirs(act: Act, partner: Collection[str]) -> bool:
    return any(actor in partner for actor in act.by)


@dataclass(frozen=True, slots=True)
class Quadrant:
    """The objectives pursued of which the partner wants something and something moves, or not.

    Args:
        demand: ``wanted`` (demanded or accepted), ``unwanted`` (contested or refused) or ``unknown``.
        progress: ``up``, ``still`` or ``unknown``.
        objectives: Their ids, in the order of the plan.
    """

    demand: str
    progress: str
    objectives: tuple[str, ...]


DEMANDS = ("wanted", "unwanted", "unknown")
PROGRESS = ("up", "still", "unknown")


def quadrants(
    plan: Plan,
    demands: Mapping[str, Demand],
    stands: pd.DataFrame,
    moves: pd.DataFrame,
    links: Mapping[tuple[str, str, str], Link],
    period: Period,
) -> tuple[Quadrant, ...]:
    """Return the nine cells of demand and progress, empty ones included.

    Progress is a movement upward, with new evidence about the time since, within the last four
    quarters. It is ``still`` where a level could be compared with an earlier one in that time and
    none rose so; ``unknown`` where nothing could be compared, or no milestone serves the objective.

    Args:
        plan: The plan as the quarter knew it.
        demands: The partner's position on each objective.
        stands: As :func:`measures.judgement.lineage.linked` gives.
        moves: As :func:`measures.judgement.movement.movements` gives.
        links: As :func:`measures.judgement.lineage.linked` gives.
        period: The quarter.
    """
    served: dict[str, list[str]] = {}
    for milestone in plan.milestones.values():
        if not milestone.over(period):
            served.setdefault(milestone.objective, []).append(milestone.id)
    up, compared = _rose(moves, period), _compared(stands, links, period)
    cells: dict[tuple[str, str], list[str]] = {(one, other): [] for one in DEMANDS for other in PROGRESS}
    for name, objective in plan.objectives.items():
        if objective.known_at(period) and objective.disposition_at(period) == "active":
            progress = _progress(served.get(name, ()), up, compared)
            cells[_wanted(demands[name].word), progress].append(name)
    return tuple(Quadrant(one, other, tuple(names)) for (one, other), names in cells.items())


def _wanted(word: str) -> str:
    if word == "unknown":
        return "unknown"
    return "wanted" if word in WANTED else "unwanted"


def _progress(milestones: Sequence[str], up: Collection[str], compared: Collection[str]) -> str:
    if any(name in up for name in milestones):
        return "up"
    return "still" if any(name in compared for name in milestones) else "unknown"


def _window(period: Period) -> list[str]:
    return [str(period + -back) for back in range(_QUARTERS)]


def _rose(moves: pd.DataFrame, period: Period) -> frozenset[str]:
    """Return the milestones of which a criterion rose by what the institution did."""
    rows = moves[(moves["cause"] == "performance") & (moves["steps"] > 0)]
    return frozenset(rows.loc[rows["period"].isin(_window(period)), "milestone"])


def _compared(
    stands: pd.DataFrame, links: Mapping[tuple[str, str, str], Link], period: Period
) -> frozenset[str]:
    """Return the milestones of which a level of the window has an earlier one to be compared with."""
    broken = {cell for cell, link in links.items() if link.kind == "broken"}
    rows = stands[stands["period"].isin(_window(period))]
    columns = ("milestone", "criterion", "period", "low", "high", "last_level")
    return frozenset(
        milestone
        for milestone, criterion, when, low, high, last in lines(rows, *columns)
        if low and low == high and last and (milestone, criterion, when) not in broken
    )
