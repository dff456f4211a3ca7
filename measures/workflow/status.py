"""Status: what is owed, known and due in one quarter, for a lead who reads standing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from measures.period import Period
from measures.rubric import said
from measures.workflow.approvals import demanded
from measures.workflow.desk import Desk, desk

if TYPE_CHECKING:
    from measures.workflow.mission import Mission


@dataclass(frozen=True, slots=True)
class MilestoneStatus:
    """One milestone this quarter: how many of its criteria are in which state."""

    id: str
    title: str
    criteria: int
    borne_out: int
    claimed_only: int
    not_observed: int
    undecided: int
    owed: int
    due: str
    last_seen: str


@dataclass(frozen=True, slots=True)
class Status:
    """One quarter of a mission.

    Args:
        health: See :func:`measures.workflow.reportcard.health_of`.
        pace: See :func:`measures.workflow.reportcard.pace_of`.
        approvals: What waits for approval before print, and the approvals of the quarter that are void.
        desk: Who owes what, what came back with errors, what went stale, which promises fell due.
    """

    mission: str
    period: str
    size: int
    digest: str
    milestones: tuple[MilestoneStatus, ...]
    overdue: tuple[tuple[str, str, str], ...]
    owed: tuple[tuple[str, str], ...]
    ambition: dict[str, object]
    health: Mapping[str, Any]
    pace: Mapping[str, Any]
    approvals: Mapping[str, Any]
    desk: Desk


def latest_scored(mission: Mission) -> Period:
    """Return the last quarter anybody scored, or the mission's first."""
    rows = mission.recorded.records.rows("assessments")
    return max((Period.parse(row["period"]) for row in rows), default=mission.file.first)


def status(mission: Mission, period: str = "") -> Status:
    """Return the status of a quarter; of the last one scored when none is given.

    Raises:
        PeriodError: The mission has no such quarter.
    """
    from measures.workflow.ambition import ambition_of
    from measures.workflow.reportcard import health_of, pace_of

    quarter = mission.judge(period or latest_scored(mission))
    now = quarter.now
    plan = mission.plan.as_of(quarter.period, mission.file.year_starts)
    lines = []
    for name, milestone in mission.plan.milestones.items():
        mine = now[now["milestone"] == name]
        if mine.empty:
            continue
        level = mine["state"] == "level"
        lines.append(
            MilestoneStatus(
                id=name,
                title=said(milestone.title),
                criteria=len(mine),
                borne_out=int((level & mine["low"].notna()).sum()),
                claimed_only=int((level & mine["low"].isna()).sum()),
                not_observed=int((mine["state"] == "not-observed").sum()),
                undecided=int((mine["state"] == "insufficient-evidence").sum()),
                owed=int((mine["state"] == "no-entry").sum()),
                due=str(plan.milestones[name].due),
                last_seen=max(mine["last_period"], default=""),
            )
        )
    missing = now[now["state"] == "no-entry"]
    return Status(
        mission=said(mission.file.name),
        period=str(quarter.period),
        size=mission.head.size,
        digest=mission.head.digest,
        milestones=tuple(lines),
        overdue=tuple(
            (due.promise.id, due.promise.due.text if due.promise.due else "", said(due.promise.text))
            for due in quarter.promises
            if due.state == "overdue"
        ),
        owed=tuple(zip(missing["milestone"], missing["criterion"], strict=True)),
        ambition=ambition_of(quarter),
        health=health_of(quarter),
        pace=pace_of(quarter),
        approvals=_approvals(mission, str(quarter.period)),
        desk=desk(mission.folder, mission.file, mission.plan, quarter),
    )


def _approvals(mission: Mission, period: str) -> dict[str, Any]:
    void = [
        {"approval": one.id, "kind": one.kind, "ref": one.ref, "why": one.why}
        for one in mission.approvals.standings
        if one.state == "void" and mission.approvals.period(one) == period
    ]
    wanted = [one.ref for one in demanded(mission.approvals, period)]
    return {"wanted_before_print": wanted, "void": void}
