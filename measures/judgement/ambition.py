"""Whose ambition it is, judged whole: what a quarter says of ownership, waits and misalignment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from measures.judgement.demand import Demand
from measures.judgement.leadtime import LeadTime, by_agreement, lead_times
from measures.judgement.lineage import Link
from measures.judgement.misalignment import Misalignment, Quadrant, misalignments, quadrants
from measures.judgement.ownership import Ownership, Share, ownerships, shares
from measures.period import Period
from measures.records.mission import MissionFile
from measures.records.plan import Plan


@dataclass(frozen=True, slots=True)
class Ambition:
    """What a quarter says of whose ambition the plan is (method, section 9).

    Args:
        ownership: Signals of each objective.
        shares: Of SDG indicator 17.15.1.
        waits: Lead time of each objective.
        agreement: Lead time ``with`` agreement, ``without`` it, and where that is ``unknown``.
        misaligned: Findings, by kind.
        quadrants: Demand and progress of what is pursued.
    """

    ownership: Mapping[str, Ownership]
    shares: tuple[Share, ...]
    waits: Mapping[str, LeadTime]
    agreement: Mapping[str, LeadTime]
    misaligned: tuple[Misalignment, ...]
    quadrants: tuple[Quadrant, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was judged before: where criteria stand, what moved, what joins versions.

    Args:
        milestones: Ids of those that owe scores this quarter.
    """

    milestones: Collection[str]
    stands: pd.DataFrame
    moves: pd.DataFrame
    links: Mapping[tuple[str, str, str], Link]


def ambition(
    plan: Plan,
    frames: Mapping[str, pd.DataFrame],
    mission: MissionFile,
    demands: Mapping[str, Demand],
    seen: Seen,
    period: Period,
) -> Ambition:
    """Return whose ambition the plan is, as far as the end of a quarter knows.

    Args:
        plan: The plan as the quarter knew it; see :meth:`measures.records.plan.Plan.as_of`.
        frames: Typed frames by table name.
        mission: The mission.
        demands: The partner's position on each objective.
        seen: What was judged before.
        period: The quarter.
    """
    words = {name: demand.word for name, demand in demands.items()}
    starts = mission.year_starts
    return Ambition(
        ownership=ownerships(plan, frames["assessments"], mission, period),
        shares=shares(plan, frames, mission, seen.milestones, period),
        waits=lead_times(frames["engagements"], plan.objectives, period, starts),
        agreement=by_agreement(frames["engagements"], words, period, starts),
        misaligned=misalignments(plan, demands, mission, period),
        quadrants=quadrants(plan, demands, seen.stands, seen.moves, seen.links, period),
    )
