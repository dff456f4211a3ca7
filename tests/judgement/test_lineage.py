"""Scores under two rubric versions: what joins them, and that nothing else does."""

from __future__ import annotations

import pytest

from measures.judgement.lineage import Link
from measures.judgement.quarter import Quarter
from measures.period import Period
from measures.records.plan import Former
from tests.judgement.tables import World, cell, milestone, moves, rubric

OLD_UNTIL = (Former("1.0", Period(2020, 4)),)
"""Version 1.0 holds to 2020Q4, 2.0 from 2021Q1."""

BOUND = (milestone(version="2.0", former=OLD_UNTIL),)
EVIDENCE = """
id  kind         origin   covers  first_hand
E1  documentary  order    2020-11 no
E2  physical     visitor  2020-11 yes
E3  documentary  minutes  2021-02 no
E4  physical     visitor  2021-02 yes
"""
CITED = """
id  assessment evidence shows bearing  role
C1  A1         E1       done  supports hoop
C2  A1         E2       done  supports hoop
C3  A2         E3       done  supports hoop
C4  A2         E4       done  supports hoop
C5  A3         E3       done  supports hoop
C6  A3         E4       done  supports hoop
"""
SCORES = "id period assessor rubric score | A1 2020Q4 ADV-01 small@1.0 {} | A2 2021Q1 ADV-01 small@2.0 {}"
BRIDGE = SCORES + " | A3 {} ADV-01 {} {}"

RECALIBRATED = ("Ended.", "Ended and in force.")
CLARIFIED = """
changes:
  - {since: "1.0", class: clarified, note: {en: Only said more plainly.}}
"""
REWORDED = ("Ended.", "Brought to its end.")


def world(
    scores: str, change: tuple[str, str] = RECALIBRATED, more: str = "", crosswalks: str = ""
) -> Quarter:
    later = rubric(version="2.0", change=change, more=more)
    found = World(scores, CITED, EVIDENCE, crosswalks=crosswalks, milestones=BOUND, rubrics=(rubric(), later))
    return found.judge()


def link(quarter: Quarter) -> Link | None:
    return quarter.links.get(("M-01", "law", "2021Q1"))


def kind(quarter: Quarter) -> str:
    found = link(quarter)
    return found.kind if found is not None else ""


def test_words_that_stayed_the_same_are_comparable() -> None:
    quarter = world(SCORES.format("said", "done"), change=("", ""))
    assert kind(quarter) == "comparable"
    assert moves(quarter) == [("law", "2020Q4", "2021Q1", "said", "done", "performance")]


def test_other_words_break_the_line_when_nobody_says_that_they_mean_the_same() -> None:
    quarter = world(SCORES.format("said", "done"), change=REWORDED)
    assert (kind(quarter), moves(quarter)[0][-1]) == ("broken", "definition")


def test_other_words_that_the_author_declares_to_mean_the_same_are_comparable() -> None:
    quarter = world(SCORES.format("said", "done"), change=REWORDED, more=CLARIFIED)
    found = link(quarter)
    assert found is not None
    assert (found.kind, found.change) == ("comparable", "clarified")
    assert moves(quarter) == [("law", "2020Q4", "2021Q1", "said", "done", "performance")]


def test_a_declaration_does_not_outweigh_what_is_computed() -> None:
    quarter = world(SCORES.format("said", "done"), change=RECALIBRATED, more=CLARIFIED)
    found = link(quarter)
    assert found is not None
    assert (found.kind, found.change) == ("broken", "recalibrated")


def test_the_same_level_under_words_that_cannot_be_compared_is_no_movement_and_still_a_break() -> None:
    quarter = world(SCORES.format("done", "done"))
    assert (kind(quarter), moves(quarter)) == ("broken", [])


@pytest.mark.parametrize(
    ("when", "version", "level", "movement"),
    [
        ("2021Q1", "small@1.0", "done", []),  # the old words say: it stayed where it was
        ("2021Q1", "small@1.0", "said", [("done", "said", "performance")]),
        ("2020Q4", "small@2.0", "said", [("said", "done", "performance")]),
    ],
    ids=[
        "later quarter, old words, no change",
        "later quarter, old words, a fall",
        "earlier quarter, new words",
    ],
)
def test_a_bridge_compares_like_with_like(
    when: str, version: str, level: str, movement: list[tuple[str, ...]]
) -> None:
    scores = BRIDGE.format("done", "done", when, version, level)
    cited = CITED.replace("A3         E3       done", f"A3         E3       {level}")
    if when == "2020Q4":
        cited = CITED.replace("A3         E3", "A3         E1").replace("A3         E4", "A3         E2")
    later = rubric(version="2.0", change=RECALIBRATED)
    found = World(scores, cited, EVIDENCE, milestones=BOUND, rubrics=(rubric(), later)).judge()
    assert kind(found) == "bridge"
    assert [move[3:] for move in moves(found)] == movement
    assert (cell(found)["low"], cell(found)["rubric"]) == ("done", "small@2.0"), (
        "a bridge never speaks itself"
    )
    assert cell(found, period="2020Q4")["low"] == "done"


def test_a_bridge_that_does_not_say_a_level_joins_nothing() -> None:
    quarter = world(BRIDGE.format("said", "done", "2021Q1", "small@1.0", "insufficient-evidence"))
    assert kind(quarter) == "broken"


CROSSWALK = "id criterion map | X1 {} none=none;said=done;done=done;lasting=lasting"


@pytest.mark.parametrize(
    ("only", "expected"), [("-", "crosswalk"), ("law", "crosswalk"), ("other", "broken")], ids=str
)
def test_a_crosswalk_maps_the_earlier_level(only: str, expected: str) -> None:
    quarter = world(SCORES.format("said", "done"), crosswalks=CROSSWALK.format(only))
    assert kind(quarter) == expected
    moved = [] if expected == "crosswalk" else [("law", "2020Q4", "2021Q1", "said", "done", "definition")]
    assert moves(quarter) == moved, "said under 1.0 is what 2.0 calls done"


def test_a_crosswalk_rescales_no_stored_score() -> None:
    quarter = world(SCORES.format("said", "done"), crosswalks=CROSSWALK.format("-"))
    assert cell(quarter, period="2020Q4")["low"] == "said"
    assert cell(quarter)["last_level"] == "said"
    assert cell(quarter)["from_level"] == "done"


def test_a_superseded_crosswalk_joins_nothing() -> None:
    rows = (
        "id map supersedes | X1 none=none;said=said;done=done;lasting=lasting - "
        "| X2 none=none;said=done;done=done;lasting=lasting X1"
    )
    quarter = world(SCORES.format("said", "done"), crosswalks=rows)
    found = link(quarter)
    assert found is not None
    assert found.crosswalk == "X2"


def test_each_quarter_owes_what_its_version_asks() -> None:
    later = rubric("law", "staff", version="2.0")
    quarter = World(milestones=BOUND, rubrics=(rubric(), later)).judge()
    owed = quarter.stands[["criterion", "period"]].itertuples(index=False, name=None)
    assert [pair for pair in owed if pair[1] in ("2020Q4", "2021Q1")] == [
        ("law", "2021Q1"),
        ("staff", "2021Q1"),
        ("law", "2020Q4"),
    ]


def test_an_added_criterion_leaves_the_others_comparable_and_the_result_not() -> None:
    scores = SCORES.format("said", "done")
    later = rubric("law", "staff", version="2.0")
    quarter = World(scores, CITED, EVIDENCE, milestones=BOUND, rubrics=(rubric(), later)).judge()
    assert kind(quarter) == "comparable"
    change = quarter.lineage.change("small", "1.0", "2.0")
    assert (change.kind, change.criteria["law"]) == ("restructured", "")


def test_an_old_quarter_is_judged_by_the_version_that_held_then() -> None:
    later = rubric("law", "staff", version="2.0", change=RECALIBRATED)
    alone = World(SCORES.format("done", "done"), CITED, EVIDENCE).but(milestones=(milestone(version="1.0"),))
    after = alone.but(milestones=BOUND, rubrics=(rubric(), later))
    then, now = alone.judge("2020Q4"), after.judge("2020Q4")
    assert now.rubrics["M-01"].version == "1.0"
    assert now.results == then.results
    assert now.stands.to_dict() == then.stands.to_dict()


def test_versions_join_through_a_version_between_them() -> None:
    first = rubric()
    second = rubric(version="1.1", change=REWORDED, more=CLARIFIED)
    third = rubric(
        version="2.0", change=("Ended.", "Taken to its end."), more=CLARIFIED.replace('"1.0"', '"1.1"')
    )
    found = World(
        SCORES.format("said", "done"), CITED, EVIDENCE, milestones=BOUND, rubrics=(first, second, third)
    )
    assert kind(found.judge()) == "comparable"
    assert kind(found.but(rubrics=(first, third)).judge()) == "broken"


def test_a_version_nobody_recorded_is_joined_to_nothing() -> None:
    scores = SCORES.format("said", "done").replace("small@1.0", "small@0.9")
    assert kind(world(scores, change=("", ""))) == "broken"
