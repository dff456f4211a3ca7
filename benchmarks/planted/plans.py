"""Truths about the plan: whose ambition it is, what was promised, what depends on what."""

from __future__ import annotations

from typing import Any

from benchmarks.planted.clean import LADDER, WORKING, Draft, cells
from benchmarks.planted.places import anchor
from benchmarks.planted.signs import Signs


def a_cap_that_lowers(d: Draft) -> Signs:
    """What two milestones depend on fell below them, with evidence."""
    cell = d.any_of(cells("M-02"))
    for row in d.scores(cell):
        d.give(row, WORKING - 1)
    d.settlement(cell)["settled"] = LADDER[WORKING - 1]
    return {"cap lowers": ("M-01", "M-03"), "page down: new evidence": (anchor(cell),)}


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
    objective["resources"] = [{"date": "2023-10", "posts_needed": "4", "posts_filled": "1"}]
    return {"misaligned not-resourced": (str(objective["id"]),)}


def an_announcement_alone(d: Draft) -> Signs:
    """Announced by the mission; no office of the partner agreed."""
    objective = _objective(d)
    objective["announced"] = [{"date": "2023-05", "by": ["mission"], "text": {"en": "A new programme."}}]
    d.mission["actors"].append({"id": "mission", "side": "mission", "name": {"en": "Mission"}})
    return {"misaligned not-agreed": (str(objective["id"]),)}


def a_promise_overdue(d: Draft) -> Signs:
    """A promise fell due and nobody wrote what became of it."""
    made = {"id": "P-02", "text": {"en": "Posts by the autumn"}, "made": "2023-02", "due": "2023-09"}
    known = d.plan["promises"][0]
    d.plan["promises"].append({**{name: known[name] for name in ("objective", "by", "marking")}, **made})
    return {"promise overdue": ("P-02",), "page promise due": ("M-01",)}


def _objective(d: Draft) -> dict[str, Any]:
    found: dict[str, Any] = d.chance.choice(d.plan["objectives"])
    return found
