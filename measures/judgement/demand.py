"""Whose ambition it is: the partner's position per actor, and promises that fall due.

"The partner" is several actors and moves: positions are held per actor and dated, and a
later one does not erase an earlier. A disposition (abandoned, deferred) is not progress or
the want of it (method, section 9).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from measures.period import Interval, Period
from measures.records.frames import lines
from measures.records.mission import MissionFile
from measures.records.plan import Promise
from measures.records.tables import split


@dataclass(frozen=True, slots=True)
class Stance:
    """One actor's position on one objective, as of a date."""

    position: str
    actor: str
    stance: str
    date: str
    reason: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """How an objective stands with the partner at the end of a quarter.

    Args:
        word: demanded, accepted, contested, refused or unknown: in one word the latest stances
            of the partner's actors who spoke within a year of the last one to speak;
            ``contested`` when they differ in sign. An older stance stays in ``now``, but a
            refusal of long ago does not outweigh a later request.
        now: The latest stance of each partner actor, the oldest of them first.
        history: Every stance up to then, oldest first, whoever holds it.
    """

    objective: str
    word: str
    now: tuple[Stance, ...]
    history: tuple[Stance, ...]


_A_YEAR = timedelta(days=366)
_AGAINST = ("refused", "contested")


def demand(objective: str, positions: pd.DataFrame, mission: MissionFile, period: Period) -> Demand:
    """Return the partner's position on an objective as of the end of ``period``."""
    return demands([objective], positions, mission, period)[objective]


def demands(
    objectives: Collection[str], positions: pd.DataFrame, mission: MissionFile, period: Period
) -> dict[str, Demand]:
    """Return the partner's position on each objective as of the end of ``period``.

    A stance that began later replaces one that began earlier: a month replaces the year it lies in.
    """
    end = pd.Timestamp(period.last_day(mission.year_starts))
    rows = positions[~positions["superseded"] & (positions["date_start"] <= end)]
    rows = rows.sort_values(["date_start", "date_end", "id"], kind="stable")
    histories: dict[str, list[Stance]] = {name: [] for name in objectives}
    columns = ("objective", "id", "actor", "stance", "date", "reason", "evidence")
    for objective, position, actor, stance, when, reason, evidence in lines(rows, *columns):
        if objective in histories:
            said = Stance(position, actor, stance, when, reason, tuple(split(evidence)))
            histories[objective].append(said)
    partner = {actor.id for actor in mission.actors if actor.side == "partner"}
    return {name: _demand(name, history, partner) for name, history in histories.items()}


def _demand(objective: str, history: Sequence[Stance], partner: Collection[str]) -> Demand:
    latest: dict[str, Stance] = {}
    for stance in history:
        if stance.actor in partner:
            latest.pop(stance.actor, None)
            latest[stance.actor] = stance
    began = {actor: Interval.parse(stance.date).start for actor, stance in latest.items()}
    spoken = [began[actor] for actor, stance in latest.items() if stance.stance != "unknown"]
    since = max(spoken, default=date.min + _A_YEAR) - _A_YEAR
    current = [stance.stance for actor, stance in latest.items() if began[actor] >= since]
    now = tuple(latest.values())
    return Demand(objective, _word(current), now, tuple(history))


def _word(stances: Sequence[str]) -> str:
    known = [stance for stance in stances if stance != "unknown"]
    if not known:
        return "unknown"
    if any(stance in _AGAINST for stance in known):
        return "refused" if all(stance == "refused" for stance in known) else "contested"
    return "demanded" if "demanded" in known else "accepted"


@dataclass(frozen=True, slots=True)
class Due:
    """A promise as it stands at the end of a quarter: ``open``, ``overdue`` or ``heard``."""

    promise: Promise
    state: str


def promises(plan: Mapping[str, Promise], period: Period, year_starts: int = 1) -> tuple[Due, ...]:
    """Return the promises made up to the end of a quarter, overdue ones first.

    A promise whose date has passed without any record raises a question; it does not say
    that the promise was broken.
    """
    end = period.last_day(year_starts)
    found = [Due(promise, _state(promise, end)) for promise in plan.values() if promise.made.start <= end]
    order = {"overdue": 0, "open": 1, "heard": 2}
    return tuple(
        sorted(found, key=lambda due: (order[due.state], due.promise.due.end if due.promise.due else end))
    )


def _state(promise: Promise, end: date) -> str:
    if promise.outcome and (promise.outcome_date is None or promise.outcome_date.start <= end):
        return "heard"
    return "overdue" if promise.due is not None and promise.due.end <= end else "open"
