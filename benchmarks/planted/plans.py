"""Truths about the plan: whose ambition it is, what was promised, what depends on what."""

from __future__ import annotations

from typing import Any

from benchmarks.planted.clean import LADDER, LAST, PERIODS, WORKING, Draft, cells
from benchmarks.planted.places import anchor, at, rising
from benchmarks.planted.signs import Signs


def a_cap_that_lowers(d: Draft) -> Signs:
    """What two milestones depend on fell below them, with evidence."""
    cell = d.any_of(cells("M-02"))
    for row in d.scores(cell):
        d.give(row, WORKING - 1)
    d.settlement(cell)["settled"] = LADDER[WORKING - 1]
    return {
        "cap lowers": ("M-01", "M-03"),
        "auditors without-support": at(*cells("M-03")),
        "pace beyond": ("M-02",),
        "page down: new evidence": (anchor(cell),),
    }


def an_undemanded_objective(d: Draft) -> Signs:
    """Pursued, and no office of the partner was ever heard on it."""
    name = str(_objective(d)["id"])
    d.tables["positions"] = [row for row in d.tables["positions"] if row["objective"] != name]
    return {"misaligned without-demand": (name,)}


def a_refused_objective(d: Draft) -> Signs:
    """Pursued although the minister's latest position refuses it."""
    name = str(_objective(d)["id"])
    last = [row for row in d.tables["positions"] if row["objective"] == name][-1]
    last.update(stance="refused", reason="Another office has the task.")
    return {"misaligned without-demand": (name,), "page demand": (name,)}


def posts_that_stand_empty(d: Draft) -> Signs:
    """Demanded by the partner; one of four adviser posts is filled."""
    objective = _objective(d)
    objective["resources"].append({"date": "2023-10", "posts_needed": "4", "posts_filled": "1"})
    name = str(objective["id"])
    return {"misaligned not-resourced": (name,), "page demand": (name,)}


def an_announcement_alone(d: Draft) -> Signs:
    """Announced by the mission; no office of the partner agreed."""
    objective = _objective(d)
    objective["announced"] = [{"date": "2023-05", "by": ["mission"], "text": {"en": "A new programme."}}]
    d.mission["actors"].append({"id": "mission", "side": "mission", "name": {"en": "Mission"}})
    name = str(objective["id"])
    return {"misaligned not-agreed": (name,), "page demand": (name,)}


def a_promise_overdue(d: Draft) -> Signs:
    """A promise fell due and nobody wrote what became of it."""
    made = {"id": "P-02", "text": {"en": "Posts by the autumn"}, "made": "2023-02", "due": "2023-09"}
    known = d.plan["promises"][0]
    d.plan["promises"].append({**{name: known[name] for name in ("objective", "by", "marking")}, **made})
    return {"promise overdue": ("P-02",), "page promise due": ("M-01",)}


def a_target_beyond_the_pace(d: Draft) -> Signs:
    """A criterion is to climb two levels in one quarter, where none ever climbed more than one."""
    cell = rising(d)
    for period in PERIODS:
        then = cell.at(period)
        if d.level(then) == WORKING:
            for row in d.scores(then):
                d.give(row, WORKING - 1)
            d.settlement(then)["settled"] = LADDER[WORKING - 1]
    d.milestone(cell.milestone).update(due=str(LAST + 1), target="kept")
    return {"pace beyond": (cell.milestone,), "page next": (cell.milestone,)}


def a_lowered_target(d: Draft) -> Signs:
    """A target was lowered openly, with a reason, the partner's view and an approver."""
    milestone = d.milestone("M-01")
    milestone["target"] = "working"
    milestone["retargets"] = [
        {
            "what": "target", "from": str(LAST), "old": "kept", "new": "working", "date": "2023-11",
            "reason": {"en": "Posts were cut in the budget."}, "approved_by": "APP-01",
            "partner_view": {"en": "The minister asked for it."},
        }
    ]  # fmt: skip
    return {"churn retargeted": (str(milestone["id"]),)}


def a_moved_goal_without_a_baseline(d: Draft) -> Signs:
    """The same, and no quarter was ever named to compare with."""
    found = a_lowered_target(d)
    name = found["churn retargeted"][0]
    del d.milestone(name)["baseline"]
    return {
        "auditors goal-churn": (f"milestone/{name}",),
        "auditors not-written-down": (f"milestone/{name}/baseline",),
        **found,
    }


def nothing_the_host_puts_in(d: Draft) -> Signs:
    """Nobody wrote down which posts or money the host itself gives to an objective."""
    objective = _objective(d)
    del objective["resources"]
    name = next(one["id"] for one in d.plan["milestones"] if one["objective"] == objective["id"])
    return {"auditors not-written-down": (f"milestone/{name}/capacity",)}


def a_tally(d: Draft) -> Signs:
    """Headquarters asks for a figure of effort, against no whole, that leads to no milestone."""
    d.tables["indicators"].append(
        {
            "id": "I-01", "indicator": "Officers trained", "value": "1200", "unit": "persons",
            "reported_by": "Headquarters", "date": "2023-11", "delivered": "yes", "measures": "output",
            "marking": "mission",
        }
    )  # fmt: skip
    return {"figure retire": ("I-01",)}


def _objective(d: Draft) -> dict[str, Any]:
    found: dict[str, Any] = d.chance.choice(d.plan["objectives"])
    return found
