"""Commitments and changed targets as a plan gives them, and what an old quarter knew of them."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

from pathlib import Path

import pytest

from measures.period import Period
from measures.records.commitments import Commitments
from measures.records.plan import Milestone, Objective, Plan, at_entry, read_milestone, read_objective
from tests.workflow.commitment_refusals import CHANGED, commits, lowered, retarget
from tests.workflow.tiny import Edit, recorded, spoil, told, write

RIGHT: dict[str, tuple[Edit, ...]] = {
    "posts needed and filled, by text or number": (commits("resources: [{date: 2021-03, posts_needed: 4, posts_filled: '0'}]"),),
    "posts short, no numbers known": (commits("resources: [{date: 2021-03, posts_short: 'yes', evidence: [E-01]}]"),),
    "one number known, short or not": (commits("resources: [{date: 2021, posts_filled: 3, posts_short: unknown}]"),),
    "money alone": (commits("resources: [{date: 2021, side: partner, money: {en: A budget line.}}]"),),
    "announced, agreed, concurred, decided": (
        commits(
            "announced: [{date: 2021-02-18, by: [minister]}], agreed: [{date: 2021-03, by: [minister], evidence: [E-01]}], "
            "concurrence: [{date: 2021, by: [minister]}], host_decisions: [{date: 2021-05, by: [minister], text: {en: Order 7.}}]"
        ),
    ),
    "a host document from a day": (commits("host_document: {en: A strategy.}, host_document_since: 2021-05"),),
    "a target lowered openly, from the start": (lowered(retarget()),),
    "lowered on the last day of the quarter": (lowered(retarget(date="2021-12-31")),),
    "lowered twice": (
        lowered(retarget(new="shared"), retarget(old="shared", new="asked", date="2022-02", **{"from": "2022Q1"}), target="asked"),
    ),
    "a due quarter put off openly": (
        lowered(retarget(what="due", old="2022Q2", new="2022Q3"), target="own", due="2022Q3"),
    ),
    "target and due quarter in one quarter": (
        lowered(retarget(), retarget(what="due", old="2022Q2", new="2022Q3"), due="2022Q3"),
    ),
    "approved by an actor": (lowered(retarget(approved_by="minister")),),
    "a host's own measure": (("plan.yaml", "    lead: ADV-01", "    lead: ADV-01\n    host_measure: 'yes'"),),
    "asked for and held on one day": (("engagements.csv", "2021-04-09", "2021-04-01"),),
    "asked for on a day of the month it was held in": (("engagements.csv", "2021-04-09", "2021-04"),),
}  # fmt: skip


@pytest.mark.parametrize("edits", RIGHT.values(), ids=RIGHT.keys())
def test_what_is_right_has_no_findings(tmp_path: Path, edits: tuple[Edit, ...]) -> None:
    assert told(recorded(write(tmp_path, edits))) == []


OPENLY: dict[str, Edit] = {
    "a target lowered": lowered(retarget(), more=CHANGED),
    "a due quarter put off": lowered(
        retarget(what="due", old="2022Q4", new="2022Q3"), target="own", due="2022Q3", more=CHANGED
    ),
    "nothing but the lead": lowered(target="own", more=CHANGED),
}


@pytest.mark.parametrize("edit", OPENLY.values(), ids=OPENLY)
def test_a_recorded_target_may_be_changed_openly(tmp_path: Path, edit: Edit) -> None:
    folder = write(tmp_path)
    assert not recorded(folder).refused
    spoil(folder, [edit])
    assert told(recorded(folder)) == []


def test_a_target_changed_a_second_time_needs_a_second_entry(tmp_path: Path) -> None:
    folder = write(tmp_path, [lowered(retarget())])
    assert not recorded(folder).refused
    spoil(folder, [("plan.yaml", "target: shared", "target: asked\n    change: even less")])
    assert told(recorded(folder)) == [("C042", "plan.yaml:4:5"), ("C043", "plan.yaml:4:5")]


def objective(**more: object) -> Objective:
    body = {"id": "O-01", "title": {"en": "Now"}, "proposed_by": ["minister"], **more}
    return read_objective(at_entry("register", body))


def milestone(**more: object) -> Milestone:
    body = {
        "id": "M-01",
        "title": {"en": "Now"},
        "target": "shared",
        "from": "2021Q1",
        "due": "2023Q4",
        **more,
    }
    return read_milestone(at_entry("register", body))


def plan(*items: Objective | Milestone) -> Plan:
    return Plan(
        {item.id: item for item in items if isinstance(item, Objective)},
        {item.id: item for item in items if isinstance(item, Milestone)},
        {},
    )


CHANGES = [
    {"what": "target", "from": "2022Q1", "old": "lasting", "new": "own", "date": "2021-12"},
    {"what": "target", "from": "2022Q3", "old": "own", "new": "shared", "date": "2022-08"},
    {"what": "due", "from": "2022Q3", "old": "2022Q4", "new": "2023Q4", "date": "2022-08"},
    {"what": "title", "from": "2022Q3", "old": {"en": "Then"}, "new": {"en": "Now"}, "date": "2022-08"},
]
THEN = {
    "2021Q3": ("lasting", "2022Q4", "Then", 0),
    "2021Q4": ("lasting", "2022Q4", "Then", 1),  # decided, and not in force yet
    "2022Q1": ("own", "2022Q4", "Then", 1),
    "2022Q2": ("own", "2022Q4", "Then", 1),
    "2022Q3": ("shared", "2023Q4", "Now", 4),
    "2023Q4": ("shared", "2023Q4", "Now", 4),
}


@pytest.mark.parametrize(("period", "expected"), THEN.items(), ids=THEN)
def test_a_quarter_knows_the_target_that_held_then(period: str, expected: tuple[str, str, str, int]) -> None:
    found = plan(milestone(retargets=CHANGES)).as_of(Period.parse(period)).milestones["M-01"]
    assert (found.target, str(found.due), found.title["en"], len(found.retargets)) == expected


def test_a_quarter_knows_the_commitments_of_its_last_day() -> None:
    given = objective(
        resources=[{"date": "2022-01", "posts_filled": "2"}, {"date": "2021-03-31", "posts_filled": "1"}],
        announced=[{"date": "2021-04-01", "by": ["minister"]}],
        agreed=[{"date": "2021", "by": ["minister"]}],
        host_document={"en": "A strategy"},
        host_document_since="2021-04",
        retargets=[{"from": "2022Q1", "old": "Then", "new": "Now", "date": "2022-01"}],
    )
    assert [found.filled for found in given.commitments.resources] == [1, 2]
    then = plan(given).as_of(Period(2021, 1)).objectives["O-01"]
    assert [found.filled for found in then.commitments.resources] == [1]
    assert (then.commitments.announced, len(then.commitments.agreed)) == ((), 1)
    assert (then.title, then.host_document) == ({"en": "Then"}, {})
    assert plan(given).as_of(Period(2022, 1)).objectives["O-01"].host_document == {"en": "A strategy"}


def test_a_mission_year_decides_which_day_is_the_last() -> None:
    given = plan(objective(announced=[{"date": "2021-01", "by": ["minister"]}]))
    assert given.as_of(Period(2021, 1)).objectives["O-01"].commitments.announced
    assert not given.as_of(Period(2021, 1), 10).objectives["O-01"].commitments.announced


def test_what_rests_on_withheld_evidence_alone_is_withheld() -> None:
    given = objective(
        announced=[{"date": "2021", "by": ["minister"], "evidence": ["E-1"]}],
        agreed=[{"date": "2021", "by": ["minister"], "evidence": ["E-1", "E-2"]}],
        host_decisions=[{"date": "2021", "by": ["minister"]}],
    ).commitments.resting_on({"E-2"})
    assert given.announced == ()
    assert [act.evidence for act in given.agreed] == [("E-2",)]
    assert [act.evidence for act in given.decisions] == [()]


def test_a_plan_that_says_nothing_commits_nobody() -> None:
    assert objective().commitments == Commitments()
    assert (milestone().host_measure, milestone().retargets) == ("unknown", ())
