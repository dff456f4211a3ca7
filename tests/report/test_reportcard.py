"""The mission's own report card and pace, as the report says them."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from measures.judgement.auditors import SOURCES
from measures.judgement.churn import Change, Churn
from measures.judgement.headlines import Firmness, Hinge
from measures.judgement.pace import Domain, Need, Pace, Stretch
from measures.judgement.rotation import Handover, Pair, Rotation
from measures.library import shelf
from measures.period import Period
from measures.report.html import render
from measures.report.model import Paragraph, Report
from measures.report.pace import pace_claims, pace_rows, pace_words
from measures.report.reportcard import churn_words, headline_words, question_lines, rotation_words
from measures.report.source import Source
from measures.workflow.mission import Mission
from tests.report.test_claims import report_of

NOW = "2021Q1"
M, C = "M-08", "demand"


@pytest.fixture(scope="module")
def report(example: Mission) -> Report:
    return report_of(example, NOW)


def planted(source: Source, **parts: Any) -> Source:
    """The same quarter with parts of its report card put in."""
    card = replace(source.quarter.report_card, **parts)
    return replace(source, quarter=replace(source.quarter, report_card=card))


def text(paragraph: Paragraph) -> str:
    return " ".join(claim.text for claim in paragraph)


# --- the twelve questions ----------------------------------------------------------------------


def test_the_twelve_stand_in_order_with_their_counts_and_sources(example: Mission, report: Report) -> None:
    asked = example.judge(NOW).report_card.questions
    told = report.questions
    assert [line.number for line in told] == list(range(1, 13))
    assert [line.source for line in told] == list(SOURCES.values())
    assert [(line.count, line.of, line.trail) for line in told] == [
        (len(question.items), question.of, question.trail) for question in asked
    ]


def test_a_question_says_what_was_counted_only_where_something_was(report: Report) -> None:
    for line in report.questions:
        assert bool(line.explanation) == (line.count > 0 or line.number == 12)
        assert bool(line.items) == (line.count > 0)


def test_what_averages_are_made_is_answered_with_the_reason_why_none_can_be(report: Report) -> None:
    line = report.questions[-1]
    assert (line.count, {count for _, count in line.trail}) == (0, {0})
    assert "cannot be" in line.explanation


def test_what_a_milestone_lacks_is_told_by_what_is_lacking(report: Report) -> None:
    words = [words for words, _ in report.questions[8].items]
    assert any(re.fullmatch(r"no baseline: (M-[0-9]{2}(, | and )?)+", line) for line in words)


def test_a_withheld_score_is_counted_where_its_quarter_is(source: Source) -> None:
    plain = question_lines(source)[6]
    cell = next(s for s in source.now if s.state == "level")
    gone = source.quarter.stands.copy()
    at = (
        (gone["milestone"] == cell.milestone)
        & (gone["criterion"] == cell.criterion)
        & (gone["period"] == NOW)
    )
    gone.loc[at, "state"] = "no-entry"
    hidden = replace(
        source,
        quarter=replace(source.quarter, stands=gone),
        withheld=frozenset({(cell.milestone, cell.criterion, NOW)}),
    )
    line = question_lines(hidden)[6]
    assert (line.count, line.trail[-1]) == (plain.count + 1, (NOW, plain.count + 1))
    assert line.items[0][1] == f"milestone-{cell.milestone}"


def test_the_page_prints_questions_raters_goals_and_the_working_list_once(report: Report) -> None:
    page = render(report, "hq/report.html", shelf("templates"))
    section = page.partition('<section class="health"')[2].partition("</section>")[0]
    for line in report.questions:
        assert section.count(line.title) == 1
    told = [line.title for line in report.health if line.told]
    assert told == ["Not approved", "Statements left unanswered"]
    assert not any(f"<b>{title}." in section for title in told)
    for words in ("Raters", "Goals", "What the headline hangs on", "How far those who scored agree"):
        assert f"<h3>{words}</h3>" in section


# --- raters ------------------------------------------------------------------------------------


def pair(*, steps: int, changed: bool) -> Pair:
    return Pair(M, C, "2020Q4", NOW, steps, changed)


def test_with_one_rater_nothing_can_have_jumped(source: Source, report: Report) -> None:
    assert text(report.raters).startswith("One person gave every level so far")
    nobody = planted(source, rotation=Rotation((), (), 0))
    assert text(rotation_words(nobody)).startswith("Nobody has given a level so far")


def test_levels_that_moved_with_and_without_a_change_of_rater_are_counted(source: Source) -> None:
    pairs = [pair(steps=1, changed=True)] * 2 + [pair(steps=0, changed=True)]
    pairs += [pair(steps=-1, changed=False)] + [pair(steps=0, changed=False)] * 4
    words = text(rotation_words(planted(source, rotation=Rotation(tuple(pairs), (), 3))))
    assert words == (
        "Three people gave levels so far. Of three levels given by somebody else than the one before, "
        "two moved; of five given by the same, one moved."
    )


def test_raters_who_never_took_over_are_said_so(source: Source) -> None:
    found = planted(source, rotation=Rotation((pair(steps=1, changed=False),), (), 2))
    assert text(rotation_words(found)) == (
        "Two people gave levels so far. No level was given by somebody else than the one before it."
    )


def test_a_handover_with_a_jump_is_told_for_its_milestone(source: Source) -> None:
    jumped = Handover(M, NOW, (C, "access"), ((C, 2), ("access", -1)))
    calm = Handover("M-06", NOW, ("integrity-rules",), ())
    pairs = (pair(steps=2, changed=True),)
    words = text(rotation_words(planted(source, rotation=Rotation(pairs, (calm, jumped), 2))))
    assert "M-08: the rater changed and two levels jumped at once: " in words
    assert "(up two) and " in words
    assert "(down one)." in words
    assert "M-06" not in words


# --- goals -------------------------------------------------------------------------------------


def goal(ref: str, kind: Any, after: str = "", key: str = "disposition", period: str = NOW) -> Change:
    return Change("objective" if ref[0] == "O" else "milestone", ref, period, kind, key, "", after, 0)


def test_the_example_was_written_down_at_one_time_and_the_report_says_so(report: Report) -> None:
    words = text(report.goals)
    assert "All were written down at one time; " in words
    assert re.match(r"Of [0-9]+ goals on record, [0-9a-z]+ came after the first quarter, ", words)
    assert "O-01, O-02 and O-22 were given up" in words


def test_what_happened_to_which_goal_this_quarter(source: Source) -> None:
    changes = (
        goal("O-02", "dropped", "superseded"),
        goal("O-05", "added", key=""),
        goal("M-01", "retargeted", key="due"),
        goal("M-01", "retargeted", key="target"),
        goal("M-02", "revised", key="lead"),
        goal("O-03", "dropped", "abandoned", period="2020Q4"),
    )
    words = text(churn_words(planted(source, churn=Churn(9, changes, (), 3, 4))))
    assert words == (
        "Of nine goals on record, one came after the first quarter, two were given up, closed, replaced or "
        "put off, none was re-worded and one was given another target, day or baseline. "
        "This quarter O-02 was replaced; O-05 came on record; M-01 was given another target, day or baseline."
    )


# --- the headline ------------------------------------------------------------------------------


def hinge(period: str, direction: int) -> Hinge:
    return Hinge("movement", M, C, period, direction)


def test_a_rise_that_hangs_on_one_step_is_told_with_both_its_ends(source: Source) -> None:
    firm = Firmness((hinge(NOW, -1), hinge("2020Q4", 1)), 1, 0)
    assert text(headline_words(planted(source, firmness=firm))) == (
        "\N{LEFT SINGLE QUOTATION MARK}Demand for the advice\N{RIGHT SINGLE QUOTATION MARK} would not be told "
        "as risen had it been scored one step lower in 2021Q1 or one step higher in 2020Q4."
    )


def test_a_fall_that_hangs_on_one_step(source: Source) -> None:
    firm = Firmness((hinge(NOW, 1), hinge("2020Q4", -1)), 1, 0)
    words = text(headline_words(planted(source, firmness=firm)))
    assert "told as fallen had it been scored one step higher in 2021Q1 or one step lower in 2020Q4" in words


def test_what_held_would_move_with_one_step(source: Source) -> None:
    words = text(headline_words(planted(source, firmness=Firmness((), 0, 1))))
    assert words == (
        "The headline tells of no movement. Had the one level that held been scored one step off, "
        "the page would tell of a movement."
    )
    two = text(headline_words(planted(source, firmness=Firmness((), 2, 3))))
    assert two.startswith("No movement of the headline hangs on a single step. Had any of the three levels")


def test_with_nothing_to_compare_nothing_hangs(source: Source) -> None:
    assert headline_words(planted(source, firmness=Firmness((), 0, 0))) == ()


def test_many_movements_are_counted_and_not_listed(source: Source) -> None:
    names = ("law", "deed", "money", "staff", "plan")
    hinges = tuple(Hinge("movement", M, name, NOW, -1) for name in names)
    words = text(headline_words(planted(source, firmness=Firmness(hinges, 6, 0))))
    assert (
        words == "5 of 6 movements are of one step and would not be told if either score were one step off."
    )


# --- pace --------------------------------------------------------------------------------------


def stretch(*steps: int, **given: Any) -> Stretch:
    needs = tuple(
        Need(name, "voiced", count)
        for name, count in zip(("demand", "access", "plan-agreed"), steps, strict=False)
    )
    facts = {"left": 4, "unknown": (), "most": 1, "together": 3, "state": "beyond", **given}
    return Stretch(M, "advisory-relationship", "working", Period(2021, 4), needs=needs, **facts)


def told(source: Source, found: Stretch) -> str:
    pace = Pace(source.quarter.report_card.pace.domains, {M: found})
    return text(tuple(pace_claims(planted(source, pace=pace), source.plan.milestones[M])))


ARITHMETIC = {
    "more on one criterion than ever": (
        stretch(2, 2, 2),
        (
            "That takes two levels on three criteria in four quarters; the most any criterion in this domain has "
            "been seen to climb here in four quarters is one level."
        ),
    ),
    "levels of different size, and starts that are not known": (
        stretch(3, 1, unknown=("partner-lead",)),
        (
            "That takes three levels on one criterion and one level on one criterion in four quarters; the most any "
            "criterion in this domain has been seen to climb here in four quarters is one level. Where the other "
            "criterion would start from is not known."
        ),
    ),
    "no more on one, but more in all": (
        stretch(1, 1, 1, together=2, left=1, unknown=("a", "b")),
        (
            "That takes one level on three criteria in one quarter; the most the criteria of one milestone in this "
            "domain have been seen to climb here in one quarter is two levels in all. Where the other two criteria "
            "would start from is not known."
        ),
    ),
    "nothing ever climbed": (
        stretch(1, most=0, together=0),
        (
            "That takes one level on one criterion in four quarters; in this domain the institution has not been "
            "seen to climb at all."
        ),
    ),
    "within what was seen": (stretch(1, state="within"), ""),
    "the start is not known": (stretch(state="unknown"), ""),
    "the day has come": (stretch(2, left=0, state="due"), ""),
}


@pytest.mark.parametrize(("found", "words"), ARITHMETIC.values(), ids=ARITHMETIC)
def test_a_flag_shows_its_arithmetic_and_nothing_else_is_flagged(
    source: Source, found: Stretch, words: str
) -> None:
    assert told(source, found) == words


def test_the_section_says_of_which_nothing_can_be_told(source: Source) -> None:
    states = {
        "M-01": "beyond",
        "M-02": "within",
        "M-03": "unknown",
        "M-05": "unknown",
        "M-06": "no-precedent",
    }
    found = {name: replace(stretch(1, state=state), milestone=name) for name, state in states.items()}
    words = text(pace_words(planted(source, pace=Pace({}, found))))
    assert words == (
        "M-01 asks for more, in the time left, than was ever seen to be climbed in its domain. "
        "M-02 asks for no more than was climbed here before. "
        "In the domain of M-06 no criterion was ever known twice, so no pace is known. "
        "Where M-03 and M-05 would start from is not known, so what is still needed cannot be told."
    )
    over = {M: stretch(2, left=0, state="due")}
    assert text(pace_words(planted(source, pace=Pace({}, over)))).startswith(
        "No milestone short of its target"
    )


YEARS = {
    "none": ({}, "none with both ends known"),
    "one span": ({0: 1}, "nothing in the one there is"),
    "all alike": ({1: 3}, "one level in all three"),
    "the most frequent first": (
        {-1: 1, 0: 6, 2: 2},
        "of nine, nothing in six, two levels in two and a fall of one in one",
    ),
}


@pytest.mark.parametrize(("years", "words"), YEARS.values(), ids=YEARS)
def test_spans_of_a_year_are_told_as_counts(source: Source, years: dict[int, int], words: str) -> None:
    domain = Domain("advisory-relationship", 2, years, {})
    (row,) = pace_rows(planted(source, pace=Pace({domain.rubric: domain}, {})))
    assert (row.years, row.most, row.milestones) == (words, (0, 0), ("M-08",))


def test_a_domain_that_was_not_watched_has_no_row(source: Source) -> None:
    domain = Domain("advisory-relationship", 0, {}, {})
    assert pace_rows(planted(source, pace=Pace({domain.rubric: domain}, {}))) == ()


def test_the_example_flags_what_needs_more_than_was_ever_climbed(example: Mission, report: Report) -> None:
    beyond = [found.milestone for found in example.judge(NOW).report_card.pace.beyond]
    assert beyond == ["M-08"]
    flagged = [p.id for p in report.milestones if any("That takes" in text(said) for said in p.narrative)]
    assert flagged == beyond
    words = text(report.pace) + text(report.milestones[-1].narrative[-1])
    assert not re.search(r"%|per ?cent|expected|forecast|likely|probab|will ", words)
