"""Goals added, dropped, re-worded and re-targeted, from what the plan dates and from what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from measures.judgement.churn import Churn, churn
from measures.period import Interval, Period
from measures.records.commitments import Retarget
from measures.records.plan import Milestone, Objective, Plan
from measures.records.revisions import Written, revisions
from tests.judgement.tables import FIRST, milestone, objective

NOW = Period(2021, 1)
OBJECTIVE = {"id": "O-01", "title": {"en": "Planning"}, "disposition": "active"}
MILESTONE = {"id": "M-01", "title": {"en": "A plan"}, "target": "done", "due": "2021Q4", "baseline": "2020Q1"}
TABLE = {"objective": OBJECTIVE, "milestone": MILESTONE}


def written(*entries: tuple[str, str, Mapping[str, Any]]) -> list[Written]:
    """Entries from ``("2021-02-01", "milestone", changes)``; the id is the one in the body."""
    stood: dict[str, dict[str, Any]] = {}
    found = []
    for number, (day, kind, changes) in enumerate(entries, start=1):
        stood[kind] = {**stood.get(kind, TABLE.get(kind, {})), **changes}
        found.append(Written(kind, str(stood[kind].get("id", "")), number, f"{day}T12:00:00Z", stood[kind]))
    return found


def told(
    *entries: tuple[str, str, Mapping[str, Any]],
    objectives: tuple[Objective, ...] = (objective(),),
    milestones: tuple[Milestone, ...] = (milestone(),),
    known_in: tuple[tuple[str, str], ...] = (),
    period: Period = NOW,
) -> Churn:
    plan = Plan(
        {found.id: found for found in objectives},
        {found.id: found for found in milestones},
        {},
        revisions(written(*entries)),
    )
    return churn(plan, set(known_in), FIRST, period)


def changes(found: Churn) -> list[tuple[str, ...]]:
    return [(c.ref, c.period, c.kind, c.key, c.before, c.after) for c in found.changes]


START: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("2020-01-10", "objective", {}),
    ("2020-01-10", "milestone", {}),
)

# What was recorded after the start, and what it says happened.
RECORDED = {
    "nothing": ((), []),
    "other words": (
        ((("2021-02-01", "milestone", {"title": {"en": "A better plan"}})),),
        [("M-01", "2021Q1", "reworded", "title", "A plan", "A better plan")],
    ),
    "another target and another day": (
        (("2020-08-01", "milestone", {"target": "said", "due": "2022Q2"}),),
        [
            ("M-01", "2020Q3", "retargeted", "due", "2021Q4", "2022Q2"),
            ("M-01", "2020Q3", "retargeted", "target", "done", "said"),
        ],
    ),
    "another baseline": (
        (("2020-08-01", "milestone", {"baseline": "2020Q3"}),),
        [("M-01", "2020Q3", "retargeted", "baseline", "2020Q1", "2020Q3")],
    ),
    "twice": (
        (("2020-05-01", "milestone", {"target": "said"}), ("2020-08-01", "milestone", {"target": "done"})),
        [
            ("M-01", "2020Q2", "retargeted", "target", "done", "said"),
            ("M-01", "2020Q3", "retargeted", "target", "said", "done"),
        ],
    ),
    "a goal that came later": (
        (("2020-08-01", "milestone", {"id": "M-02"}),),
        [("M-02", "2020Q3", "added", "", "", "")],
    ),
    "something around the goal": (
        (("2020-08-01", "milestone", {"lead": "ADV-02"}),),
        [("M-01", "2020Q3", "revised", "lead", "", "ADV-02")],
    ),
    "given up, in a quarter the plan names": (
        (("2021-02-01", "objective", {"disposition": "abandoned", "disposition_since": "2020Q4"}),),
        [("O-01", "2020Q4", "dropped", "disposition", "", "abandoned")],
    ),
    "given up, without a quarter": (
        (("2021-02-01", "objective", {"disposition": "deferred"}),),
        [("O-01", "2021Q1", "dropped", "disposition", "", "deferred")],
    ),
    "re-worded when it was given up already": (
        (
            ("2020-05-01", "objective", {"disposition": "deferred"}),
            ("2020-08-01", "objective", {"title": {"en": "Plans"}}),
        ),
        [
            ("O-01", "2020Q2", "dropped", "disposition", "", "deferred"),
            ("O-01", "2020Q3", "reworded", "title", "Planning", "Plans"),
        ],
    ),
    "reached": ((("2021-02-01", "objective", {"disposition": "met"}),), []),
    "only the reason was written": ((("2021-02-01", "objective", {"change": "A comma."}),), []),
    "after the quarter": ((("2021-04-01", "milestone", {"target": "said"}),), []),
}  # fmt: skip


@pytest.mark.parametrize(("entries", "found"), RECORDED.values(), ids=RECORDED)
def test_what_was_recorded_is_told_in_the_quarter_in_which_it_was(
    entries: tuple[tuple[str, str, Mapping[str, Any]], ...], found: list[tuple[str, ...]]
) -> None:
    both = (milestone(), milestone("M-02"))
    assert changes(told(*START, *entries, milestones=both)) == found


def test_a_mission_year_decides_the_quarter() -> None:
    found = revisions(written(*START, ("2020-10-05", "milestone", {"target": "said"})), year_starts=10)
    assert [str(revision.period) for revision in found] == ["2020Q2", "2020Q2", "2021Q1"]
    assert [revision.first for revision in found] == [True, True, False]
    assert found[2].changed == ("target",)


def retarget(what: str, old: str, new: str, first: str = "2020Q4") -> Retarget:
    return Retarget(
        what, Period.parse(first), {"en": old}, {"en": new}, {"en": "Why."}, {"en": "Nobody asked."},
        "MOD-01", Interval.parse("2020-11"),
    )  # fmt: skip


def test_what_the_plan_dates_itself_needs_no_register() -> None:
    late = replace(objective("O-02"), first=Period(2020, 3))
    gone = replace(objective("O-01"), disposition="superseded", disposition_since=Period(2020, 4))
    moved = replace(milestone(), retargets=(retarget("due", "2021Q2", "2021Q4"),))
    found = told(objectives=(gone, late), milestones=(moved,))
    assert changes(found) == [
        ("O-02", "2020Q3", "added", "", "", ""),
        ("M-01", "2020Q4", "retargeted", "due", "2021Q2", "2021Q4"),
        ("O-01", "2020Q4", "dropped", "disposition", "", "superseded"),
    ]
    assert (found.goals, found.touched, found.writings) == (3, 3, 0)


def test_what_was_there_from_the_first_quarter_was_not_added() -> None:
    assert changes(told(objectives=(replace(objective(), first=FIRST),))) == []


def test_what_comes_later_is_not_on_record_yet() -> None:
    later = replace(objective("O-02"), first=Period(2021, 2))
    found = told(objectives=(objective(), later), milestones=(milestone(first=Period(2021, 2)),))
    assert (found.goals, found.milestones, changes(found)) == (1, 0, [])


def test_a_change_that_was_decided_openly_and_recorded_counts_once() -> None:
    moved = replace(milestone(), retargets=(retarget("target", "done", "said"),))
    entry = ("2021-02-01", "milestone", {"target": "said", "retargets": [{"what": "target"}]})
    assert changes(told(*START, entry, milestones=(moved,))) == [
        ("M-01", "2020Q4", "retargeted", "target", "done", "said")
    ]


def test_a_goal_that_the_plan_dates_and_that_was_recorded_later_was_added_when_the_plan_says() -> None:
    entry = ("2021-02-01", "objective", {"id": "O-02", "from": "2020Q3"})
    dated = (objective(), replace(objective("O-02"), first=Period(2020, 3)))
    assert changes(told(*START, entry, objectives=dated)) == [("O-02", "2020Q3", "added", "", "", "")]


def test_counts_are_of_goals_and_of_keys() -> None:
    entries = (
        ("2020-05-01", "milestone", {"target": "said", "lead": "ADV-02"}),
        ("2020-08-01", "milestone", {"target": "done"}),
        ("2020-08-02", "milestone", {"title": {"en": "Another plan"}}),
    )
    found = told(*START, *entries)
    assert (found.count("retargeted"), found.count("reworded"), found.count("dropped")) == (1, 1, 0)
    assert (found.touched, found.goals) == (1, 2)
    assert dict(found.by_key) == {"lead": 1, "target": 2, "title": 1}
    assert [change.kind for change in found.at("2020Q3")] == ["retargeted", "reworded"]
    assert found.writings == 4
    assert told(*START).writings == 1


BASELINES = {
    "none is named": (None, (), True),
    "named and known": ("2020Q2", (("M-01", "2020Q2"),), False),
    "named and nothing was known": ("2020Q2", (("M-01", "2020Q3"),), True),
    "known in this quarter": ("2021Q1", (("M-01", "2021Q1"),), False),
    "still to come": ("2021Q2", (), False),
}


@pytest.mark.parametrize(("named", "known", "without"), BASELINES.values(), ids=BASELINES)
def test_milestones_without_a_baseline(
    named: str | None, known: tuple[tuple[str, str], ...], without: bool
) -> None:
    made = replace(milestone(), baseline=Period.parse(named) if named else None)
    assert told(milestones=(made,), known_in=known).unbased == (("M-01",) if without else ())


def test_entries_of_other_kinds_are_no_goals() -> None:
    assert revisions([Written("mission", "small", 1, "2020-01-01T00:00:00Z", {"id": "small"})]) == ()
