"""Scores under two rubric versions: what joins them, and that nothing else does."""

# ruff: noqa: E501 - the cases read as tables

from __future__ import annotations

from dataclasses import replace

import pytest

from measures.judgement.lineage import Lineage, Link
from measures.judgement.quarter import Quarter
from measures.period import Period
from measures.records.plan import Former
from measures.rubric.model import Level, Rubric
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
    at = cell(found)
    assert (at["low"], at["rubric"], at["assessment"]) == ("done", "small@2.0", "A2"), (
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


def later(version: str, text: str, *declared: tuple[str, str]) -> Rubric:
    """A version in which the last statement of ``done`` reads otherwise, with (since, class) declared."""
    lines = "".join(
        f'  - {{since: "{since}", class: {kind}, note: {{en: Noted.}}}}\n' for since, kind in declared
    )
    return rubric(version=version, change=("Ended.", text), more=f"changes:\n{lines}" if declared else "")


def between(
    *rubrics: Rubric, old: str = "1.0", new: str = "2.0", criterion: str = "law", rows: str = ""
) -> Link:
    """What joins two versions on a criterion."""
    lineage = Lineage(
        {(one.id, one.version): one for one in rubrics}, World(crosswalks=rows).frames["crosswalks"]
    )
    return lineage.link(f"small@{old}", f"small@{new}", criterion)


SAME = "Taken to its end."
WAYS = {
    "declared step by step": (
        (rubric(), later("1.1", SAME, ("1.0", "clarified")), later("2.0", "Closed.", ("1.1", "clarified"))),
        "comparable",
    ),
    "declared step by step, and broken by a word for the two themselves": (
        (
            rubric(),
            later("1.1", SAME, ("1.0", "clarified")),
            later("2.0", "Closed.", ("1.1", "clarified"), ("1.0", "recalibrated")),
        ),
        "broken",
    ),
    "each from a version before both": (
        (
            rubric(version="0.9", change=("Ended.", SAME)),
            rubric(),
            later("2.0", "Closed.", ("0.9", "clarified")),
        ),
        "broken",
    ),
    "each declared from a version before both": (
        (
            rubric(version="0.9", change=("Ended.", SAME)),
            later("1.0", "Ended.", ("0.9", "clarified")),
            later("2.0", "Closed.", ("0.9", "clarified")),
        ),
        "comparable",
    ),
    "through a version published afterwards": (
        (
            rubric(),
            later("2.0", "Closed."),
            later("3.0", SAME, ("1.0", "clarified"), ("2.0", "clarified")),
        ),
        "broken",
    ),
    "since a version that nobody has": ((rubric(), later("2.0", "Closed.", ("1.O", "clarified"))), "broken"),
    "an earlier version cannot speak of a later one": (
        (later("1.0", "Ended.", ("2.0", "clarified")), later("2.0", "Closed.")),
        "broken",
    ),
    "words put back": (
        (rubric(), later("1.1", "Ended and in force."), rubric(version="2.0")),
        "comparable",
    ),
    "a number split over two steps": (
        (
            rubric(change=("Ended.", "Two were ended.")),
            later("1.1", "They were ended.", ("1.0", "clarified")),
            later("2.0", "Three were ended.", ("1.1", "clarified")),
        ),
        "broken",
    ),
    "a translation put in the place of the words, and then other words": (
        (
            rubric(change=("{en: Ended.}", "{en: Ended., ar: انتهى.}")),
            rubric(version="1.1", change=("{en: Ended.}", "{ar: انتهى.}")),
            rubric(version="2.0", change=("{en: Ended.}", "{en: Begun., ar: انتهى.}")),
        ),
        "broken",
    ),
    "a criterion removed and taken up again": (
        (rubric("law", "staff"), rubric("staff", version="1.1"), rubric("law", "staff", version="2.0")),
        "comparable",
    ),
    "a criterion removed, and taken up again in other words": (
        (rubric("law", "staff"), rubric("staff", version="1.1"), later("2.0", SAME)),
        "broken",
    ),
    "a criterion under another id": ((rubric(), rubric("laws", version="2.0")), "broken"),
}


@pytest.mark.parametrize(("rubrics", "kind"), WAYS.values(), ids=WAYS)
def test_only_what_is_comparable_joins(rubrics: tuple[Rubric, ...], kind: str) -> None:
    assert between(*rubrics).kind == kind
    assert between(*reversed(rubrics)).kind == kind, "whatever the order in which they were read"
    assert between(*rubrics, old="2.0", new="1.0").kind == kind, "back to the earlier version too"


def test_versions_are_numbers_part_by_part() -> None:
    rubrics = (
        later("1.9", SAME),
        later("1.10", "Closed.", ("1.9", "clarified")),
        later("2.0", "Shut.", ("1.10", "clarified")),
    )
    assert between(*rubrics, old="1.9", new="1.10").kind == "comparable"
    assert between(*rubrics, old="1.9", new="2.0").kind == "comparable"


def test_what_broke_stays_broken_whatever_is_published_afterwards() -> None:
    before = World(
        SCORES.format("said", "done"),
        CITED,
        EVIDENCE,
        milestones=BOUND,
        rubrics=(rubric(), later("2.0", SAME)),
    )
    bridging = later("3.0", "Closed.", ("1.0", "clarified"), ("2.0", "clarified"))
    after = before.but(rubrics=(*before.rubrics, bridging))
    assert kind(before.judge()) == kind(after.judge()) == "broken"
    assert after.judge().stands.to_dict() == before.judge().stands.to_dict()
    assert moves(after.judge()) == moves(before.judge())


SHIFT = "none=none;said=done;done=done;lasting=lasting"
EVEN = "none=none;said=said;done=done;lasting=lasting"
HEAD = "id criterion before after map supersedes"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (f"{HEAD} | X1 - 1.0 2.0 {SHIFT} -", "X1"),
        (f"{HEAD} | X1 - 1.0 2.0 {SHIFT} - | X2 - 1.0 2.0 {EVEN} -", ""),
        (f"{HEAD} | X1 - 1.0 2.0 {SHIFT} - | X2 - 1.0 2.0 {SHIFT} -", "X1"),
        (f"{HEAD} | X1 - 1.0 2.0 {SHIFT} - | X2 law 1.0 2.0 {EVEN} -", "X2"),
        (f"{HEAD} | X1 law 1.0 2.0 {SHIFT} - | X2 law 1.0 2.0 {EVEN} -", ""),
        (f"{HEAD} | X1 law 1.0 2.0 {SHIFT} - | X2 law 1.0 2.0 {EVEN} X1", "X2"),
        (f"{HEAD} | X1 staff 1.0 2.0 {SHIFT} -", ""),
        (f"{HEAD} | X1 - 2.0 1.0 {SHIFT} -", ""),
        (f"{HEAD} | X1 - 1.0 1.5 {SHIFT} - | X2 - 1.5 2.0 {SHIFT} -", ""),
        (f"{HEAD} | X1 - 1.1 2.0 {SHIFT} -", "X1"),
        (f"{HEAD} | X1 - 1.1 2.0 {SHIFT} - | X2 - 1.0 2.0 {EVEN} -", "X2"),
        (f"{HEAD} | X1 - 0.5 2.0 {SHIFT} -", ""),
    ],
    ids=[
        "one for every criterion",
        "two that disagree join nothing",
        "two that agree",
        "one for the criterion goes before one for all",
        "two for the criterion that disagree",
        "a corrected one",
        "one for another criterion",
        "one the other way round",
        "two in a chain: nobody approved what they say together",
        "one from a version with the same words",
        "one between the two goes before one from a version with the same words",
        "one from a version that nobody has",
    ],
)
def test_a_crosswalk_speaks_for_what_it_names(rows: str, expected: str) -> None:
    rubrics = (
        rubric(),
        rubric(version="1.1"),
        later("1.5", "Shut down."),
        later("2.0", "Ended and in force."),
    )
    assert between(*rubrics, rows=rows).crosswalk == expected


def test_the_way_back_needs_a_crosswalk_of_its_own() -> None:
    """A plan that returns to the earlier version meets the same break."""
    back = milestone(version="1.0", former=(Former("2.0", Period(2020, 4)),))
    scores = SCORES.replace("small@1.0", "small@X").replace("small@2.0", "small@1.0").replace("@X", "@2.0")
    found = World(
        scores.format("said", "done"), CITED, EVIDENCE, milestones=(back,),
        rubrics=(rubric(), later("2.0", "Ended and in force.")), crosswalks=CROSSWALK.format("-"),
    )  # fmt: skip
    assert kind(found.judge()) == "broken"
    backward = f"{HEAD} | X1 - 2.0 1.0 {SHIFT} -"
    assert kind(found.but(crosswalks=backward).judge()) == "crosswalk"


BRIDGES = {
    "by the same assessor": ("A3 2021Q1 ADV-01 - small@1.0 done -", "bridge"),
    "by another assessor": ("A3 2021Q1 ADV-02 - small@1.0 done -", "bridge"),
    "by the partner only": ("A3 2021Q1 PAR-01 - small@1.0 done -", "broken"),
    "by two who differ": ("A3 2021Q1 ADV-01 - small@1.0 done - | A4 2021Q1 EXT-01 - small@1.0 said -", "broken"),
    "by two who agree": ("A3 2021Q1 ADV-01 - small@1.0 done - | A4 2021Q1 EXT-01 - small@1.0 done -", "bridge"),
    "superseded by one that gives no level": (
        "A3 2021Q1 ADV-01 - small@1.0 done - | A4 2021Q1 ADV-01 - small@1.0 insufficient-evidence A3", "broken",
    ),
    "superseded by one that gives a level": (
        "A3 2021Q1 ADV-01 - small@1.0 insufficient-evidence - | A4 2021Q1 ADV-01 - small@1.0 done A3", "bridge",
    ),
    "under a version with the same words as the earlier one": ("A3 2021Q1 ADV-01 - small@1.1 done -", "bridge"),
    "under a version that nobody has": ("A3 2021Q1 ADV-01 - small@0.9 done -", "broken"),
    "of another milestone": ("A3 2021Q1 ADV-01 M-02 small@1.0 done -", "broken"),
    "in a quarter between": ("A3 2020Q3 ADV-01 - small@2.0 done -", "broken"),
}  # fmt: skip
TWO_QUARTERS = """
id period assessor milestone rubric score supersedes
A1 2020Q4 ADV-01 M-01 small@1.0 said -
A2 2021Q1 ADV-01 M-01 small@2.0 done -
"""


@pytest.mark.parametrize(("rows", "expected"), BRIDGES.values(), ids=BRIDGES)
def test_a_bridge_needs_one_level_under_each_version(rows: str, expected: str) -> None:
    rows = "\n".join(
        line.replace(" - small", " M-01 small") if " M-02 " not in line else line
        for line in rows.split(" | ")
    )
    cited = CITED + "C7 A4 E3 done supports hoop\nC8 A4 E4 done supports hoop\n"
    found = World(
        TWO_QUARTERS + rows.strip(), cited, EVIDENCE, milestones=(*BOUND, milestone("M-02")),
        rubrics=(rubric(), rubric(version="1.1"), later("2.0", "Ended and in force.")),
    )  # fmt: skip
    assert kind(found.judge()) == expected


def test_what_was_settled_is_settled_in_the_words_that_hold() -> None:
    """The assessor still had the old form; the moderator settles by the version the plan names."""
    scores = SCORES.format("done", "done").replace("2021Q1 ADV-01 small@2.0", "2021Q1 ADV-01 small@1.0")
    settled = "id period settled | N1 2021Q1 said"
    quarter = World(
        scores, CITED, EVIDENCE, settled, milestones=BOUND, rubrics=(rubric(), later("2.0", SAME))
    ).judge()
    assert (cell(quarter)["low"], cell(quarter)["rubric"]) == ("said", "small@2.0")
    assert kind(quarter) == "broken"
    assert moves(quarter) == [("law", "2020Q4", "2021Q1", "done", "said", "definition")]


def test_a_moderator_settles_no_bridge() -> None:
    rows = BRIDGE.format("done", "done", "2021Q1", "small@1.0", "done") + " | A4 2021Q1 EXT-01 small@1.0 said"
    cited = CITED + "C7 A4 E3 done supports hoop\nC8 A4 E4 done supports hoop\n"
    found = World(
        rows, cited, EVIDENCE, "id settled | N1 done", milestones=BOUND,
        rubrics=(rubric(), later("2.0", "Ended and in force.")),
    )  # fmt: skip
    assert kind(found.judge()) == "broken"


def test_a_break_is_a_change_of_definition_even_where_somebody_scored_twice_in_the_old_words() -> None:
    """Raters differ on the bridge, so it joins nothing, and no pair of old scores may explain the step."""
    rows = BRIDGE.format("said", "done", "2021Q1", "small@1.0", "done") + " | A4 2021Q1 EXT-01 small@1.0 said"
    cited = CITED + "C7 A4 E3 done supports hoop\nC8 A4 E4 done supports hoop\n"
    found = World(
        rows, cited, EVIDENCE, milestones=BOUND, rubrics=(rubric(), later("2.0", "Ended and in force."))
    )
    assert moves(found.judge()) == [("law", "2020Q4", "2021Q1", "said", "done", "definition")]


def test_a_break_without_any_score_is_a_change_of_definition() -> None:
    found = World(
        SCORES.format("said", "done").split(" | A2")[0], CITED, EVIDENCE, "id settled | N1 done",
        milestones=BOUND, rubrics=(rubric(), later("2.0", SAME)),
    )  # fmt: skip
    assert moves(found.judge()) == [("law", "2020Q4", "2021Q1", "said", "done", "definition")]


@pytest.mark.parametrize(
    ("rows", "spoken"),
    [
        ("A2 2021Q1 ADV-01 small@1.0 done | A3 2021Q1 PAR-01 small@2.0 said", ("small@1.0", "done", "said")),
        ("A2 2021Q1 ADV-01 small@2.0 done | A3 2021Q1 PAR-01 small@1.0 said", ("small@2.0", "done", "")),
        ("A2 2021Q1 PAR-01 small@2.0 done | A3 2021Q1 PAR-02 small@1.0 said", ("small@2.0", "", "done")),
        ("A2 2021Q1 PAR-01 small@1.0 done", ("small@2.0", "", "done")),
        ("A2 2021Q1 ADV-01 small@1.0 done | A3 2021Q1 EXT-01 small@1.1 said", ("small@1.1", "said", "")),
    ],
    ids=[
        "the partner silences no adviser who had the old form",
        "a bridge by the partner",
        "of the partner's own scores, the one in the words that hold",
        "the partner alone, with the old form",
        "of two other versions the newer",
    ],
)
def test_who_speaks_for_a_quarter(rows: str, spoken: tuple[str, str, str]) -> None:
    cited = "\n".join(
        line for line in CITED.replace(" done ", " lasting ").splitlines() if "A1" not in line and line
    )
    found = World(
        f"id period assessor rubric score | {rows}", cited, EVIDENCE, milestones=BOUND,
        rubrics=(rubric(), rubric(version="1.1"), later("2.0", "Ended and in force.")),
    )  # fmt: skip
    at = cell(found.judge())
    assert (at["rubric"], at["claimed"], at["partner"]) == spoken


def test_a_score_superseded_under_other_words_is_no_correction_of_a_level() -> None:
    """The register may hold one from before versions were told apart: it compares nothing."""
    rows = """
    id period assessor rubric score supersedes reason
    A1 2021Q1 ADV-01 small@1.0 said - -
    A2 2021Q1 ADV-01 small@2.0 done A1 Sharper.
    """
    found = World(rows, CITED, EVIDENCE, milestones=BOUND, rubrics=(rubric(), later("2.0", SAME)))
    assert moves(found.judge()) == []
    assert cell(found.judge())["rubric"] == "small@2.0"


def test_a_score_from_before_versions_were_pinned_is_of_the_version_that_held() -> None:
    scores = SCORES.format("said", "done").replace("small@1.0", "-").replace("small@2.0", "-")
    quarter = world(scores)
    assert (cell(quarter, period="2020Q4")["rubric"], cell(quarter)["rubric"]) == ("small@1.0", "small@2.0")
    assert kind(quarter) == "broken"


def test_a_line_breaks_once_across_a_version_under_which_nobody_looked() -> None:
    bound = milestone(version="2.0", former=(Former("1.0", Period(2020, 2)), Former("1.5", Period(2020, 4))))
    scores = SCORES.format("said", "done").replace("2020Q4", "2020Q2")
    cited = CITED.replace("E1", "E5").replace("E2", "E6")
    older = EVIDENCE + "E5 documentary order 2020-05 no\nE6 physical visitor 2020-05 yes\n"
    found = World(
        scores, cited, older, milestones=(bound,),
        rubrics=(rubric(), later("1.5", "Shut down."), later("2.0", "Ended and in force.")),
    )  # fmt: skip
    assert [(key[2], one.before, one.after, one.kind) for key, one in found.judge().links.items()] == [
        ("2021Q1", "small@1.0", "small@2.0", "broken")
    ]


def test_steps_are_counted_on_the_ladder_of_the_rubric_alone() -> None:
    """Another rubric of the mission has two levels between these two; no criterion here stands on them."""
    ladder = ("none", "said", "begun", "halfway", "done", "lasting")
    other = replace(rubric(), id="other", levels=tuple(Level(name, {"en": name}) for name in ladder))
    scores = SCORES.format("said", "done").replace("A2 2021Q1 ADV-01", "A2 2021Q1 ADV-02")
    later = rubric(version="2.0")
    found = World(scores, CITED, EVIDENCE, milestones=BOUND, rubrics=(rubric(), later, other)).judge()
    assert list(found.stands["low"].cat.categories) == list(ladder)
    assert list(found.moves["steps"]) == [1]
    (handover,) = found.report_card.rotation.at("2021Q1")
    assert handover.jumped == (("law", 1),)
