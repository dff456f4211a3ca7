"""Effort against demand: pursued without it, demanded without means, announced without agreement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from measures.judgement import demands, misaligned, misalignments, quadrants
from measures.judgement.misalignment import Misalignment
from measures.period import Interval, Period
from measures.records.commitments import Act, Commitments, Resource
from measures.records.plan import Objective, Plan
from tests.judgement.tables import World, frame, milestone, mission, objective

QUARTER = Period(2021, 1)


@pytest.mark.parametrize(
    ("disposition", "word", "words"),
    [
        ("active", "demanded", ""),
        ("active", "accepted", ""),
        ("active", "refused", "pursued although refused"),
        ("active", "contested", "pursued while contested"),
        ("active", "unknown", "pursued without a known wish of the partner"),
        ("abandoned", "refused", ""),
        ("met", "unknown", ""),
    ],
)
def test_effort_against_demand(disposition: str, word: str, words: str) -> None:
    assert misaligned(objective("O-01", disposition), word, QUARTER) == words


def test_an_objective_was_active_until_it_was_dropped() -> None:
    dropped = objective("O-01", "abandoned", QUARTER)
    assert misaligned(dropped, "refused", Period(2020, 4)) == "pursued although refused"
    assert misaligned(dropped, "refused", QUARTER) == ""


def act(date: str, *by: str) -> Act:
    return Act(Interval.parse(date), by, {}, (f"E-{date}",))


def posts(date: str, needed: int | None, filled: int | None, stated: str = "unknown") -> Resource:
    return Resource(Interval.parse(date), "mission", needed, filled, stated, {}, (f"E-{date}",))


def found(given: Objective, stances: str, period: Period = QUARTER) -> tuple[Misalignment, ...]:
    rows = frame("positions", "id actor stance date evidence" + (f" | {stances}" if stances else ""))
    plan = Plan({given.id: given}, {}, {}).as_of(period)
    return misalignments(plan, demands(plan.objectives, rows, mission(), period), mission(), period)


def kinds(given: Commitments, stances: str, period: Period = QUARTER) -> list[str]:
    return [one.kind for one in found(replace(objective(), commitments=given), stances, period)]


WISH, ASSENT, REFUSAL = (f"S1 minister {stance} 2021-01 E1" for stance in ("demanded", "accepted", "refused"))
CASES = {
    "demanded, and nothing is known of posts": (Commitments(), WISH, []),
    "demanded, posts filled": (Commitments((posts("2021-02", 4, 4),)), WISH, []),
    "demanded, more filled than needed": (Commitments((posts("2021-02", 4, 5),)), WISH, []),
    "demanded, one post empty": (Commitments((posts("2021-02", 4, 3),)), WISH, ["not-resourced"]),
    "demanded, empty posts of unknown number": (
        Commitments((posts("2021-02", None, None, "yes"),)), WISH, ["not-resourced"],
    ),
    "demanded, filled posts of unknown need": (Commitments((posts("2021-02", None, 3),)), WISH, []),
    "accepted is not demanded": (Commitments((posts("2021-02", 4, 3),)), ASSENT, []),
    "the posts were filled since": (
        Commitments((posts("2020-11", 4, 1), posts("2021-02", 4, 4))), WISH, [],
    ),
    "a later word that says nothing of posts does not fill them": (
        Commitments((posts("2020-11", 4, 1), posts("2021-02", None, None))), WISH, ["not-resourced"],
    ),
    "posts seen empty a year ago": (Commitments((posts("2020-03-31", 4, 1),)), WISH, ["not-resourced"]),
    "posts seen empty longer ago are not known now": (Commitments((posts("2020-03-29", 4, 1),)), WISH, []),
    "posts seen empty after the quarter": (Commitments((posts("2021-04-01", 4, 1),)), WISH, []),
    "the host's own posts are another thing": (
        Commitments((replace(posts("2021-02", 4, 1), side="partner"),)), WISH, [],
    ),
    "announced, nobody agreed": (Commitments(announced=(act("2021-02-18", "allies"),)), WISH, ["not-agreed"]),
    "announced and agreed": (
        Commitments(announced=(act("2021-02-18", "allies"),), agreed=(act("2021-03-31", "minister"),)),
        WISH, [],
    ),
    "agreed a day after the quarter": (
        Commitments(announced=(act("2021-02-18", "allies"),), agreed=(act("2021-04-01", "minister"),)),
        WISH, ["not-agreed"],
    ),
    "agreed by the advisers alone": (
        Commitments(announced=(act("2021-02-18", "allies"),), agreed=(act("2021-03", "advisers"),)),
        WISH, ["not-agreed"],
    ),
    "agreed before it was announced": (
        Commitments(announced=(act("2021-02-18", "allies"),), agreed=(act("2020", "minister"),)), WISH, [],
    ),
    "concurrence with the wording is no agreement": (
        Commitments(announced=(act("2021-02-18", "allies"),), concurrence=(act("2021-03", "minister"),)),
        WISH, ["not-agreed"],
    ),
    "announced after the quarter": (Commitments(announced=(act("2021-04-01", "allies"),)), WISH, []),
    "agreed, and never announced": (Commitments(agreed=(act("2021-03", "minister"),)), WISH, []),
    "all at once": (
        Commitments((posts("2021-02", 4, 3),), announced=(act("2021-02-18", "allies"),)),
        REFUSAL, ["without-demand", "not-agreed"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "stances", "expected"), CASES.values(), ids=CASES)
def test_what_is_misaligned(given: Commitments, stances: str, expected: list[str]) -> None:
    assert kinds(given, stances) == expected


def test_a_finding_names_the_records_it_rests_on() -> None:
    given = replace(
        objective(),
        commitments=Commitments((posts("2021-02", 7, 2),), announced=(act("2021-02-18", "allies"),)),
    )
    means, agreement = found(given, WISH)
    assert (means.date, means.filled, means.needed) == ("2021-02", 2, 7)
    assert means.records == (
        ("objective", "O-01"), ("position", "S1"), ("evidence", "E1"), ("evidence", "E-2021-02"),
    )  # fmt: skip
    assert (agreement.date, agreement.records) == (
        "2021-02-18",
        (("objective", "O-01"), ("evidence", "E-2021-02-18")),
    )
    (demand,) = found(objective(), REFUSAL)
    assert (demand.words, demand.date) == ("pursued although refused", "2021-01")
    assert demand.records == (("objective", "O-01"), ("position", "S1"), ("evidence", "E1"))


@pytest.mark.parametrize("disposition", ["deferred", "abandoned", "superseded", "met"])
def test_what_is_no_longer_pursued_is_not_misaligned(disposition: str) -> None:
    dropped = replace(
        objective("O-01", disposition, QUARTER),
        commitments=Commitments((posts("2020-11", 4, 3),), announced=(act("2020-11", "allies"),)),
    )
    assert [one.kind for one in found(dropped, WISH, Period(2020, 4))] == ["without-demand", "not-agreed"]
    assert found(dropped, WISH) == ()


# What is scored on M-01 by quarter, and where O-01 then lies in 2021Q3. Evidence for done takes two origins.
EVIDENCE = """
id   origin  covers
E19  mod     2020-02
E21  mod     2021-02
E22  press   2021-02
E23  mod     2021-08
E24  press   2021-08
"""
CITED = """
id   assessment  evidence  shows
C19  A20         E19       said
C21  A21         E21       done
C22  A21         E22       done
C23  A23         E23       done
C24  A23         E24       done
C25  A24         E23       said
"""
PROGRESS = {
    "never scored": ("", "unknown"),
    "seen for the first time": ("A21 2021Q1 done", "unknown"),
    "risen within a year": ("A20 2020Q1 said | A21 2021Q1 done", "up"),
    "risen in this quarter": ("A20 2020Q1 said | A23 2021Q3 done", "up"),
    "seen again where it was": ("A20 2020Q1 said | A24 2021Q3 said", "still"),
    "fallen": ("A21 2021Q1 done | A24 2021Q3 said", "still"),
    "not seen within a year": ("A20 2020Q1 said", "unknown"),
    "scored after the quarter": ("A20 2020Q1 said | A25 2021Q4 done", "unknown"),
}


@pytest.mark.parametrize(("rows", "progress"), PROGRESS.values(), ids=PROGRESS)
def test_progress_of_an_objective(rows: str, progress: str) -> None:
    world = World(
        assessments="id period score" + (f" | {rows}" if rows else ""), evidence=EVIDENCE, citations=CITED,
        positions=f"id actor stance date evidence | {WISH}",
    )  # fmt: skip
    cells = world.judge("2021Q3").ambition.quadrants
    assert [(cell.demand, cell.progress) for cell in cells if cell.objectives] == [("wanted", progress)]


def test_a_rise_of_which_only_the_knowledge_is_new_is_no_progress() -> None:
    world = World(
        assessments="id period score | A20 2020Q1 said | A22 2020Q4 done",
        evidence="id origin covers | E1 mod 2020-02 | E2 mod 2020-03 | E3 press 2020-03",
        citations="id assessment evidence shows | C1 A20 E1 said | C2 A22 E2 done | C3 A22 E3 done",
        positions=f"id actor stance date evidence | {WISH}",
    )
    quarter = world.judge("2021Q3")
    assert quarter.moves["cause"].tolist() == ["knowledge"]
    cells = [(cell.demand, cell.progress) for cell in quarter.ambition.quadrants if cell.objectives]
    assert cells == [("wanted", "still")]


def test_every_cell_of_the_quadrant_is_told_and_each_objective_once() -> None:
    stances = """
    id  actor     stance    date  objective
    S1  minister  demanded  2021  O-1
    S2  minister  refused   2021  O-2
    S3  minister  accepted  2021  O-4
    """
    objectives = {
        name: objective(name, "deferred" if name == "O-4" else "active")
        for name in ("O-1", "O-2", "O-3", "O-4")
    }
    world = World()
    quarter = world.judge("2021Q1")
    plan = Plan(objectives, {"M-01": replace(milestone(), objective="O-1")}, {})
    wishes = demands(objectives, frame("positions", stances), mission(), QUARTER)
    cells = quadrants(plan, wishes, quarter.stands, quarter.moves, quarter.links, QUARTER)
    assert len({(cell.demand, cell.progress) for cell in cells}) == 9
    assert {(cell.demand, *cell.objectives) for cell in cells if cell.objectives} == {
        ("wanted", "O-1"), ("unwanted", "O-2"), ("unknown", "O-3"),
    }  # fmt: skip
