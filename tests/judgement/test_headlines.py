"""Which single score, one step off, would change a result or the quarter's headline."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from measures.judgement.headlines import Firmness
from measures.period import Period
from measures.records.plan import Former
from tests.judgement.seen import HEADER, card, line, seen
from tests.judgement.tables import milestone, rubric


def firm(*rows: str, **given: Any) -> Firmness:
    made = {"rubrics": (rubric("law", "deed"),), **given}
    return card(seen(HEADER + "\n".join(rows), **made)).firmness


def hinges(found: Firmness, what: Any) -> list[tuple[str, str, int]]:
    return [(hinge.criterion, hinge.period, hinge.direction) for hinge in found.of(what)]


MOVEMENTS = {
    "a rise of one step hangs on both its ends": (
        "2020Q4 said, 2021Q1 done", [("law", "2020Q4", 1), ("law", "2021Q1", -1)], 1, 0,
    ),
    "a fall of one step as well": (
        "2020Q4 done, 2021Q1 said", [("law", "2020Q4", -1), ("law", "2021Q1", 1)], 1, 0,
    ),
    "a rise of two steps stays a rise": ("2020Q4 none, 2021Q1 done", [], 1, 0),
    "what held is counted": ("2020Q4 said, 2021Q1 said", [], 0, 1),
    "what was first seen neither moved nor held": ("2021Q1 said", [], 0, 0),
    "a rise of an earlier quarter": ("2020Q3 said, 2020Q4 done", [], 0, 0),
    "what it moved from may lie far back": (
        "2020Q1 said, 2021Q1 done", [("law", "2020Q1", 1), ("law", "2021Q1", -1)], 1, 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("scores", "found", "moved", "held"), MOVEMENTS.values(), ids=MOVEMENTS)
def test_what_the_headline_hangs_on(
    scores: str, found: list[tuple[str, str, int]], moved: int, held: int
) -> None:
    told = firm(line(scores))
    assert (hinges(told, "movement"), told.moved, told.held) == (found, moved, held)


def test_a_correction_within_the_quarter_is_no_movement() -> None:
    rows = "id supersedes period score | A1 - 2020Q4 said | A2 - 2021Q1 done | A3 A2 2021Q1 said"
    found = card(seen(rows)).firmness
    assert (found.of("movement"), found.moved, found.held) == ((), 0, 1)


def test_a_change_of_definition_is_no_movement() -> None:
    rows = "period score rubric | 2020Q4 said small@1.0 | 2021Q1 done small@2.0"
    bound = replace(milestone(version="2.0"), former=(Former("1.0", Period(2020, 4)),))
    other = rubric(version="2.0", change=("grade: B2", "grade: A1"))
    told = seen(rows, milestones=(bound,), rubrics=(rubric(), other))
    assert list(told.judge().moves["cause"]) == ["definition"]
    assert hinges(card(told).firmness, "movement") == []
    assert card(told).firmness.moved == 0


def test_results_hang_on_the_criteria_that_tip_them() -> None:
    weakest = firm("M-01 law 2021Q1 said", "M-01 deed 2021Q1 lasting")
    assert hinges(weakest, "result") == [("law", "2021Q1", -1), ("law", "2021Q1", 1)]
    firm_one = firm("M-01 law 2021Q1 lasting", "M-01 deed 2021Q1 lasting")
    assert hinges(firm_one, "result") == [("deed", "2021Q1", -1), ("law", "2021Q1", -1)]
    no_result = firm(
        "M-01 law 2021Q1 said",
        "M-01 deed 2021Q1 lasting",
        rubrics=(rubric("law", "deed", aggregation="profile"),),
    )
    assert hinges(no_result, "result") == []


def test_off_by_one_step_a_movement_that_hangs_on_it_is_none() -> None:
    """The claim itself, tried: with the score one step lower, the quarter tells no rise."""
    assert firm(line("2020Q4 said, 2021Q1 said")).moved == 0
    assert firm(line("2020Q4 done, 2021Q1 done")).moved == 0
    assert firm(line("2020Q4 none, 2021Q1 said")).moved == 1
