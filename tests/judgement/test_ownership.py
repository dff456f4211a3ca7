"""Signals of ownership and the shares of SDG indicator 17.15.1."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.judgement import Share, ownerships, shares
from measures.judgement.ownership import SHARES
from measures.period import Interval, Period
from measures.records.commitments import Act, Commitments, Resource
from measures.records.mission import Actor, MissionFile
from measures.records.plan import Milestone, Objective, Plan
from measures.records.tables import TABLES
from tests.judgement.tables import FIRST, frame, milestone, mission, objective

QUARTER = Period(2021, 1)


def act(date: str, *by: str, evidence: str = "") -> Act:
    return Act(Interval.parse(date), by, {}, (evidence,) if evidence else ())


def resource(
    date: str, side: str, *, filled: int | None = None, needed: int | None = None, money: str = ""
) -> Resource:
    return Resource(
        Interval.parse(date), side, needed, filled, "unknown", {"en": money} if money else {}, ("E1",)
    )


def plan(given: Objective, *stops: Milestone) -> Plan:
    return Plan({given.id: given}, {stop.id: stop for stop in stops}, {}).as_of(QUARTER)


def states(given: Objective, assessments: str = "", *stops: Milestone) -> dict[str, str]:
    rows = frame("assessments", assessments or "id score")
    found = ownerships(plan(given, *stops), rows, mission(), QUARTER)["O-01"]
    return {name: signal.state for name, signal in found.signals.items()}


PLAIN = objective()
COMMITTED = {
    "decided by the minister": (Commitments(decisions=(act("2021-02", "minister"),)), "decision", "yes"),
    "decided on the last day": (Commitments(decisions=(act("2021-03-31", "minister"),)), "decision", "yes"),
    "decided a day later": (Commitments(decisions=(act("2021-04-01", "minister"),)), "decision", "unknown"),
    "decided by the advisers": (Commitments(decisions=(act("2021-02", "advisers"),)), "decision", "unknown"),
    "decided by both": (Commitments(decisions=(act("2021-02", "advisers", "minister"),)), "decision", "yes"),
    "the wording concurred in": (Commitments(concurrence=(act("2020", "parliament"),)), "concurrence", "yes"),
    "host posts filled": (Commitments((resource("2021-01", "partner", filled=2),)), "posts", "yes"),
    "host posts, none of them filled": (
        Commitments((resource("2021-01", "partner", filled=0, needed=4),)), "posts", "no",
    ),
    "host posts needed, filled by nobody knows how many": (
        Commitments((resource("2021-01", "partner", needed=4),)), "posts", "unknown",
    ),
    "host posts given back": (
        Commitments((resource("2020", "partner", filled=3), resource("2021-02", "partner", filled=0))),
        "posts", "no",
    ),
    "adviser posts are not the host's": (
        Commitments((resource("2021-01", "mission", filled=2),)), "posts", "unknown",
    ),
    "host money": (Commitments((resource("2021-01", "partner", money="A budget line"),)), "money", "yes"),
    "the mission's money": (
        Commitments((resource("2021-01", "mission", money="A grant"),)), "money", "unknown",
    ),
    "an announcement is no decision": (
        Commitments(announced=(act("2021-02", "minister"),)), "decision", "unknown",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("commitments", "signal", "state"), COMMITTED.values(), ids=COMMITTED)
def test_what_the_host_has_put_in(commitments: Commitments, signal: str, state: str) -> None:
    assert states(replace(PLAIN, commitments=commitments))[signal] == state


@pytest.mark.parametrize(
    ("proposed_by", "asked", "state"),
    [
        (("minister",), "partner", "yes"),
        (("minister", "parliament"), "partner", "yes"),
        (("advisers", "minister"), "joint", "yes"),
        (("advisers",), "others", "no"),
        (("nobody-known",), "others", "no"),
    ],
)
def test_who_asked(proposed_by: tuple[str, ...], asked: str, state: str) -> None:
    given = plan(replace(PLAIN, proposed_by=proposed_by))
    found = ownerships(given, frame("assessments", "id score"), mission(), QUARTER)["O-01"]
    assert (found.asked, found.signals["asked"].state) == (asked, state)


@pytest.mark.parametrize(
    ("since", "state"), [("", "yes"), ("2021-03-31", "yes"), ("2021", "yes"), ("2021-04-01", "unknown")]
)
def test_a_host_document_counts_from_when_it_is_there(since: str, state: str) -> None:
    given = replace(
        PLAIN, host_document={"en": "A strategy"}, host_since=Interval.parse(since) if since else None
    )
    assert states(given)["document"] == state


def test_nothing_written_down_is_not_known_and_never_no() -> None:
    assert states(PLAIN) == {
        "asked": "yes", "document": "unknown", "money": "unknown", "posts": "unknown",
        "decision": "unknown", "own-score": "unknown", "concurrence": "unknown",
    }  # fmt: skip


OWN = {
    "scored by the partner": ("A1 said PAR-01", "yes"),
    "the partner says that it could not look": ("A1 not-observed PAR-01", "yes"),
    "scored by the adviser": ("A1 said ADV-01", "no"),
}


@pytest.mark.parametrize(("row", "state"), OWN.values(), ids=OWN)
def test_the_partners_own_score(row: str, state: str) -> None:
    assert states(PLAIN, f"id score assessor | {row}", milestone())["own-score"] == state


def test_the_partners_score_of_another_quarter_is_not_of_this_one() -> None:
    rows = "id score assessor period | A1 said PAR-01 2020Q4"
    assert states(PLAIN, rows, milestone())["own-score"] == "no"


def test_a_score_that_was_corrected_does_not_count_twice() -> None:
    rows = "id score assessor supersedes reason | A1 said PAR-01 - - | A2 done PAR-01 A1 Later"
    found = ownerships(plan(PLAIN, milestone()), frame("assessments", rows), mission(), QUARTER)
    assert found["O-01"].signals["own-score"].records == (("objective", "O-01"), ("assessment", "A2"))


def test_a_milestone_that_owes_nothing_yet_asks_for_no_score() -> None:
    assert states(PLAIN, "", milestone(first=QUARTER + 1))["own-score"] == "unknown"


HOST = Actor("ministry", "partner", {}, ("gov-mod",))
ADVISERS = Actor("advisers", "mission", {}, ("allied-pa",))
TOLD = replace(mission(), actors=(HOST, ADVISERS))


def frames(**tables: str) -> dict[str, pd.DataFrame]:
    return {name: frame(name, tables.get(name, "")) for name in TABLES}


def share(name: str, given: dict[str, pd.DataFrame], of: Plan, told: MissionFile = TOLD) -> Share:
    return next(one for one in shares(of, given, told, of.milestones, QUARTER) if one.name == name)


SCORED = "id score | A1 said"
RESTS = {
    "a release of the ministry": (SCORED, "gov-mod-2021-02", "supports", "yes"),
    "its own id": (SCORED, "ministry", "supports", "yes"),
    "another body whose name begins alike": (SCORED, "gov-models", "supports", "no"),
    "the mission's own release": (SCORED, "allied-pa-1", "supports", "no"),
    "cited against the level": (SCORED, "gov-mod-2021-02", "contradicts", "no"),
    "looked, and it did not decide": (
        "id score | A1 insufficient-evidence", "gov-mod-2021-02", "supports", "unknown",
    ),
    "scored in another quarter": (
        "id score period | A1 said 2020Q4", "gov-mod-2021-02", "supports", "unknown",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("assessments", "origin", "bearing", "state"), RESTS.values(), ids=RESTS)
def test_which_milestones_rest_on_host_evidence(
    assessments: str, origin: str, bearing: str, state: str
) -> None:
    given = frames(
        assessments=assessments,
        evidence=f"id origin | E1 {origin}",
        citations=f"id assessment evidence shows bearing | C1 A1 E1 said {bearing}",
    )
    found = share("host-evidence", given, plan(PLAIN, milestone()))
    assert {"yes": found.yes, "no": found.no, "unknown": found.unknown}[state] == ("M-01",)


def test_an_item_put_right_counts_by_its_correction() -> None:
    given = frames(
        assessments=SCORED,
        evidence="id origin supersedes reason | E1 a-blog - - | E2 gov-mod-1 E1 Origin",
        citations="id assessment evidence shows | C1 A1 E1 said",
    )
    found = share("host-evidence", given, plan(PLAIN, milestone()))
    assert (found.yes, found.records) == (("M-01",), (("evidence", "E2"),))


def test_where_no_origin_is_told_to_be_the_hosts_nobody_can_tell() -> None:
    given = frames(
        assessments=SCORED,
        evidence="id origin | E1 a-blog",
        citations="id assessment evidence shows | C1 A1 E1 said",
    )
    nobody = replace(TOLD, actors=(Actor("ministry", "partner", {}), ADVISERS))
    assert share("host-evidence", given, plan(PLAIN, milestone()), nobody).unknown == ("M-01",)


def test_the_other_shares() -> None:
    stops = (
        replace(milestone("M-01"), host_measure="yes"),
        replace(milestone("M-02"), host_measure="no"),
        replace(milestone("M-03"), objective="O-02"),
    )
    given = Plan(
        {"O-01": replace(PLAIN, host_document={"en": "A strategy"}), "O-02": objective("O-02")},
        {stop.id: stop for stop in stops},
        {},
    )
    rows = frames(assessments="id score assessor milestone | A1 said PAR-01 M-02 | A2 said ADV-01 M-03")
    found = {one.name: one for one in shares(given, rows, TOLD, given.milestones, QUARTER)}
    assert tuple(found) == SHARES
    assert {name: (one.yes, one.no, one.unknown) for name, one in found.items()} == {
        "host-document": (("M-01", "M-02"), (), ("M-03",)),
        "host-measure": (("M-01",), ("M-02",), ("M-03",)),
        "host-evidence": ((), ("M-02", "M-03"), ("M-01",)),
        "host-score": (("M-02",), ("M-01", "M-03"), ()),
    }
    assert {one.of for one in found.values()} == {3}
    assert found["host-score"].records == (("assessment", "A1"),)


def test_only_milestones_that_owe_scores_are_counted() -> None:
    given = plan(PLAIN, milestone("M-01"), milestone("M-02", first=FIRST + 7))
    found = shares(given, frames(), TOLD, ["M-01"], QUARTER)
    assert {one.of for one in found} == {1}


@given(st.permutations(range(4)))
def test_the_order_of_rows_changes_no_share(order: list[int]) -> None:
    rows = ["A1 said PAR-01 M-01", "A2 said ADV-01 M-01", "A3 done PAR-01 M-02", "A4 said ADV-01 M-02"]
    of = plan(PLAIN, milestone("M-01"), milestone("M-02"))
    header = "id score assessor milestone | "

    def found(rows: list[str]) -> tuple[Share, ...]:
        table = frames(assessments=header + " | ".join(rows))
        return shares(of, table, TOLD, of.milestones, QUARTER)

    assert found([rows[at] for at in order]) == found(rows)
