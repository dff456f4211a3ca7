"""What this institution climbed before, and which targets ask for more than that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.judgement.pace import Domain, Pace, Stretch
from measures.period import Period
from measures.records.plan import Former, Milestone
from tests.judgement.seen import HEADER, card, line, seen
from tests.judgement.tables import World, milestone, rubric


def aiming(name: str = "M-01", target: str = "lasting", due: str = "2021Q4", **more: Any) -> Milestone:
    return replace(milestone(name), target=target, due=Period.parse(due), **more)


def world(*rows: str, criteria: tuple[str, ...] = ("law",), **given: Any) -> World:
    made: dict[str, Any] = {"milestones": (aiming(),), "rubrics": (rubric(*criteria),), **given}
    return seen(HEADER + "\n".join(rows), **made)


def paced(told: World, period: str = "2021Q1") -> Pace:
    return card(told, period).pace


def domain(told: World, period: str = "2021Q1") -> Domain:
    return paced(told, period).domains["small"]


def stretch(told: World, period: str = "2021Q1") -> Stretch:
    return paced(told, period).milestones["M-01"]


# Scores of one criterion, and the most climbed within 1, 2, 4 and 8 quarters.
CLIMBED = {
    "one level from one quarter to the next": ("2020Q3 said, 2020Q4 done", (1, 1, 1, 1)),
    "two levels at once": ("2020Q3 said, 2020Q4 lasting", (2, 2, 2, 2)),
    "two rises, one after the other": ("2020Q2 none, 2020Q3 said, 2020Q4 done", (1, 2, 2, 2)),
    "two rises with a quarter between": ("2020Q2 none, 2020Q3 said, 2020Q4 said, 2021Q1 done", (1, 1, 2, 2)),
    "a rise somewhere in a year may have come at once": ("2020Q1 none, 2021Q1 done", (2, 2, 2, 2)),
    "two rises with gaps may have met": ("2020Q1 none, 2020Q3 said, 2021Q1 done", (1, 2, 2, 2)),
    "what fell back between is not climbed twice over": (
        "2020Q1 said, 2020Q2 done, 2020Q3 said, 2020Q4 done", (1, 1, 1, 1),
    ),
    "coming back up is climbing": ("2020Q2 said, 2020Q3 none, 2020Q4 done", (2, 2, 2, 2)),
    "a fall alone is no climb": ("2020Q3 done, 2020Q4 said", (0, 0, 0, 0)),
    "held": ("2020Q3 said, 2020Q4 said", (0, 0, 0, 0)),
    "known once only": ("2020Q3 said", (None, None, None, None)),
    "never known": ("2020Q3 not-observed, 2020Q4 not-observed", (None, None, None, None)),
}  # fmt: skip


@pytest.mark.parametrize(("scores", "most"), CLIMBED.values(), ids=CLIMBED)
def test_the_most_climbed_within_so_many_quarters(scores: str, most: tuple[int | None, ...]) -> None:
    found = domain(world(line(scores)))
    assert tuple(found.most(quarters) for quarters in (1, 2, 4, 8)) == most


def test_only_what_the_institution_did_is_climbed() -> None:
    rows = HEADER + line("2020Q3 said, 2020Q4 done")
    told = seen(rows, bare=("A2",), milestones=(aiming(),))
    assert told.judge().moves.empty  # nothing cited: nothing is borne out
    late = told.but(
        citations=[*told.citations, {"id": "C9", "assessment": "A2", "evidence": "order-A1", "shows": "done"},
                   {"id": "C8", "assessment": "A2", "evidence": "visit-A1", "shows": "done"}],
    )  # fmt: skip
    quarter = late.judge()
    assert list(quarter.moves["cause"]) == ["unexplained"]
    assert quarter.report_card.pace.domains["small"].most(4) == 0


def test_together_counts_what_the_criteria_of_one_milestone_climbed_in_one_window() -> None:
    rows = (
        line("2020Q2 none, 2020Q3 said, 2020Q4 done"),
        line("2020Q3 none, 2020Q4 said", "deed"),
        line("2020Q1 none, 2020Q2 said, 2020Q3 done, 2020Q4 lasting", milestone="M-02"),
    )
    found = domain(
        world(*rows, criteria=("law", "deed"), milestones=(aiming(), aiming("M-02"))),
    )
    assert [found.together(quarters) for quarters in (1, 2, 3)] == [2, 3, 3]
    assert [found.most(quarters) for quarters in (1, 2, 3)] == [1, 2, 3]


def test_what_fell_for_whatever_reason_is_not_climbed_a_second_time() -> None:
    told = world(line("2020Q1 said, 2020Q2 done, 2020Q3 said, 2020Q4 done"))
    assert not isinstance(told.citations, str)
    again = [  # the fall rests on what the level before rested on
        {**row, "evidence": row["evidence"].replace("A3", "A2"), "shows": "done"}
        if row["assessment"] == "A3" else row
        for row in told.citations
    ]  # fmt: skip
    quarter = told.but(citations=again).judge()
    assert list(quarter.moves["cause"]) == ["performance", "unexplained", "performance"]
    assert quarter.report_card.pace.domains["small"].most(8) == 1


@pytest.mark.parametrize("first", ["law", "deed"])
def test_what_was_climbed_in_other_quarters_is_not_climbed_together(first: str) -> None:
    second = "deed" if first == "law" else "law"
    rows = (line("2020Q1 none, 2020Q2 said", first), line("2020Q3 none, 2020Q4 said", second))
    found = domain(world(*rows, criteria=("law", "deed")))
    assert [found.together(quarters) for quarters in (1, 2, 3, 4)] == [1, 1, 2, 2]


YEARS = {
    "a year with a rise, two without": (
        "2020Q1 said, 2020Q2 said, 2020Q3 done, 2020Q4 done, 2021Q1 done, 2021Q3 done", {0: 1, 1: 1},
    ),
    "no two quarters lie a year apart": ("2020Q1 said, 2020Q2 done, 2021Q3 done", {}),
    "a year that ended lower": ("2020Q1 done, 2021Q1 said", {-1: 1}),
    "what lies between may be unknown": ("2020Q1 none, 2020Q3 not-observed, 2021Q1 done", {2: 1}),
}  # fmt: skip


@pytest.mark.parametrize(("scores", "years"), YEARS.values(), ids=YEARS)
def test_spans_of_a_year_are_counted_where_both_ends_are_known(scores: str, years: dict[int, int]) -> None:
    assert domain(world(line(scores)), "2021Q4").years == years


def test_the_usual_year_is_the_most_frequent_one_with_its_counts() -> None:
    found = domain(world(line("2020Q1 said, 2020Q2 said, 2021Q1 said, 2021Q2 done")), "2021Q2")
    assert found.years == {0: 1, 1: 1}
    assert found.usual == (1, 1, 2)
    assert domain(world(line("2020Q1 said"))).usual is None


# Scores of law, target and due quarter; at the end of 2021Q1: state, levels needed, quarters left, the most.
ASKED = {
    "more than was ever climbed": ("2020Q4 none, 2021Q1 said", "lasting", "2021Q2", ("beyond", 2, 1, 1)),
    "as much as was climbed": ("2020Q4 none, 2021Q1 said", "done", "2021Q2", ("within", 1, 1, 1)),
    "as much, in the time that it took": (
        "2020Q3 none, 2020Q4 said, 2021Q1 done", "lasting", "2021Q3", ("within", 1, 2, 2),
    ),
    "nothing ever rose here": ("2020Q4 said, 2021Q1 said", "done", "2021Q4", ("beyond", 1, 3, 0)),
    "nothing is known of what went before": ("2021Q1 said", "done", "2021Q4", ("no-precedent", 1, 3, None)),
    "where it starts from is not known": ("2020Q4 said", "done", "2021Q4", ("unknown", 0, 3, None)),
    "there already": ("2021Q1 done", "done", "2021Q4", ("reached", 0, 3, None)),
    "above it": ("2021Q1 lasting", "done", "2021Q4", ("reached", 0, 3, None)),
    "the quarter has come": ("2020Q4 none, 2021Q1 said", "lasting", "2021Q1", ("due", 2, 0, None)),
    "the quarter is past": ("2020Q4 none, 2021Q1 said", "lasting", "2020Q4", ("due", 2, -1, None)),
    "a level of no rubric that holds now": ("2021Q1 said", "graduated", "2021Q4", ("unknown", 0, 3, None)),
    "it does not apply": ("2021Q1 not-applicable", "done", "2021Q4", ("reached", 0, 3, None)),
}  # fmt: skip


@pytest.mark.parametrize(("scores", "target", "due", "found"), ASKED.values(), ids=ASKED)
def test_what_a_milestone_still_asks_for(
    scores: str, target: str, due: str, found: tuple[object, ...]
) -> None:
    made = world(line(scores), milestones=(aiming(target=target, due=due),), approved=frozenset({"A1"}))
    told = stretch(made)
    assert (told.state, told.highest, told.left, told.most) == found


def test_what_does_not_apply_on_one_persons_word_is_not_known() -> None:
    told = world(line("2021Q1 not-applicable"), milestones=(aiming(target="done"),))
    assert stretch(told).unknown == ("law",)


def test_many_criteria_at_once_may_be_beyond_although_one_is_not() -> None:
    rows = [line("2020Q4 none, 2021Q1 said"), line("2020Q4 said, 2021Q1 said", "deed")]
    told = stretch(world(*rows, criteria=("law", "deed"), milestones=(aiming(target="done", due="2021Q2"),)))
    assert (told.highest, told.most) == (1, 1)
    assert (told.whole, told.together, told.state) == (2, 1, "beyond")


def test_one_criterion_may_be_beyond_although_all_together_are_not() -> None:
    rows = [line("2020Q4 none, 2021Q1 said"), line("2020Q4 said, 2021Q1 done", "deed")]
    aim = aiming(target="lasting", due="2021Q2")
    told = stretch(world(*rows, line("2020Q4 done, 2021Q1 lasting", "money"),
                         criteria=("law", "deed", "money"), milestones=(aim,)))  # fmt: skip
    assert (told.whole, told.together) == (3, 3)
    assert (told.highest, told.most, told.state) == (2, 1, "beyond")


def test_a_start_that_is_not_known_is_said_and_the_rest_is_still_judged() -> None:
    rows = [line("2020Q4 none, 2021Q1 said"), line("2020Q4 said, 2021Q1 not-observed", "deed")]
    told = stretch(world(*rows, criteria=("law", "deed"), milestones=(aiming(due="2021Q2"),)))
    assert [(need.criterion, need.level, need.steps) for need in told.needs] == [("law", "said", 2)]
    assert (told.unknown, told.state) == (("deed",), "beyond")


def test_what_one_milestone_climbed_is_precedent_for_another_of_the_same_rubric() -> None:
    rows = [line("2020Q3 none, 2020Q4 done", milestone="M-02"), line("2020Q4 said, 2021Q1 said")]
    told = world(*rows, milestones=(aiming(due="2021Q2"), aiming("M-02")))
    assert (stretch(told).most, stretch(told).state) == (2, "within")


def test_a_break_of_the_rubric_is_not_climbed_across() -> None:
    other = rubric(version="2.0", change=("Ended.", "Ended and in force."))
    rows = "milestone criterion period score rubric\n"
    rows += "M-01 law 2020Q1 none small@1.0\nM-01 law 2020Q2 said small@1.0\n"
    rows += "M-01 law 2020Q3 done small@2.0\nM-01 law 2021Q1 lasting small@2.0"
    bound = replace(aiming(), version="2.0", former=(Former("1.0", Period.parse("2020Q2")),))
    told = seen(rows, milestones=(bound,), rubrics=(rubric(), other))
    quarter = told.judge()
    assert "definition" in set(quarter.moves["cause"])
    assert quarter.report_card.pace.domains["small"].most(8) == 1
    assert quarter.report_card.pace.domains["small"].years == {}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(("none", "said", "done", "lasting", "not-observed")), min_size=2, max_size=8))
def test_more_time_never_climbs_less_and_never_more_than_the_ladder(scores: list[str]) -> None:
    quarters = [str(Period(2020, 1) + at) for at in range(len(scores))]
    rows = line(", ".join(f"{quarter} {score}" for quarter, score in zip(quarters, scores, strict=True)))
    found = domain(world(rows), "2021Q4")
    most = [found.most(quarters) for quarters in range(1, 9)]
    if found.watched:
        known = [level for level in most if level is not None]
        assert known == sorted(known)
        assert max(known) <= 3
        assert most == [found.together(quarters) for quarters in range(1, 9)]
    else:
        assert set(most) == {None}
