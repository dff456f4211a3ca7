"""Raw indicators: which are retired, which can be repaired, and what a figure must carry to be kept."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pandas as pd
import pytest

from measures.judgement.complaints import COMPLAINTS, read_complaints
from measures.judgement.indicators import indicators, screen_frame
from measures.judgement.screening import (
    FACTS,
    QUESTIONS,
    RULES,
    VERDICTS,
    Verdict,
    answer,
    of_record,
    says_something,
    screen,
)
from measures.period import Period
from measures.records import tables as record_tables
from measures.records.tables import INDICATORS
from tests.judgement.tables import World, frame

WHOLE = {
    "value": "30", "unit": "percent", "numerator": "12", "denominator": "40", "counted_by": "the payroll office",
    "date": "2021-03", "denominator_stable": "yes", "delivered": "yes", "measures": "change",
    "demanded": "yes", "demanded_by": "minister", "path": "M-01",
}  # fmt: skip
"""A figure that carries everything (method, section 1)."""

KEPT: dict[str, tuple[dict[str, str], str]] = {
    "everything is told": ({}, ""),
    "a count of effort, told as such": ({"measures": "output"}, "It counts effort."),
    "the partner's own figure, of work that is not ours": ({"delivered": "no"}, "The mission does not deliver it."),
    "nobody asked, but it speaks of a change": ({"demanded": "no", "demanded_by": ""}, "No office of the partner asked for it."),
    "an office is named, and yes left out": ({"demanded": ""}, ""),
    "a count and no percentage": ({"value": "12", "unit": "posts"}, ""),
    "a base in the figure itself": ({"value": "12 of 40", "unit": "posts", "numerator": "", "denominator": ""}, ""),
    "a base with words around it": ({"numerator": "about 12", "denominator": "up to 40"}, ""),
    "rounded": ({"value": "29.6"}, ""),
}  # fmt: skip

RETIRED: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "not delivered and not asked for": ({"delivered": "no", "demanded": "no"}, ("nobodys-work",)),
    "not delivered, of an unknown whole": ({"delivered": "no", "denominator": ""}, ("no-fraction",)),
    "the share trained in human rights": (
        {"delivered": "no", "demanded": "no", "numerator": "", "denominator": "", "value": ""}, ("nobodys-work", "no-fraction")),
    "a mission declares itself ready": ({"measures": "status"}, ("donor-status",)),
    "a tally whose object changes": ({"measures": "output", "denominator_stable": "no"}, ("drifting-effort",)),
    "a bare tally": ({"measures": "output", "numerator": "", "path": ""}, ("bare-effort",)),
    "a tally that nobody wanted and that leads nowhere": ({"measures": "output", "demanded": "no", "path": ""}, ("unwanted-effort",)),
}  # fmt: skip

REPAIRABLE: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "nobody says whether it is delivered": ({"delivered": ""}, ("say whether the mission delivers it",)),
    "unknown is an answer that says nothing": ({"delivered": "unknown"}, ("say whether the mission delivers it",)),
    "a word that is none": ({"delivered": "maybe"}, ("say whether the mission delivers it",)),
    "no numerator": ({"numerator": ""}, ("give the numerator and the denominator",)),
    "no denominator": ({"denominator": ""}, ("give the numerator and the denominator",)),
    "a denominator of nothing": ({"denominator": "0"}, ("give the numerator and the denominator",)),
    "a dash for a denominator": ({"denominator": "-"}, ("give the numerator and the denominator",)),
    "not known for a denominator": ({"denominator": "Not known"}, ("give the numerator and the denominator",)),
    "nobody counted": ({"counted_by": ""}, ("name who counted the denominator",)),
    "no date": ({"date": ""}, ("date the count",)),
    "another whole each time": ({"denominator_stable": "no"}, ("fix what is counted and count again",)),
    "perhaps another whole each time": ({"denominator_stable": ""}, ("show that what is counted stays the same",)),
    "effort or change": ({"measures": ""}, ("say whether it counts what was delivered or what changed",)),
    "nobody asked the partner": ({"demanded": "", "demanded_by": ""}, ("ask the partner, and name the office that answered",)),
    "somebody at the partner's": ({"demanded_by": ""}, ("name the office of the partner that asked",)),
    "no path": ({"path": ""}, ("name the milestone that it leads to",)),
    "a percentage that its count does not give": ({"value": "35"}, ("correct the percentage, or its count",)),
    "the same with a sign": ({"value": "35 %", "unit": ""}, ("correct the percentage, or its count",)),
    "thousands": ({"value": "35", "numerator": "1,200", "denominator": "4 000"}, ("correct the percentage, or its count",)),
    "a tally on a path, of an unknown whole": ({"measures": "output", "numerator": ""}, ("give the numerator and the denominator",)),
    "a figure with of in it that is no count": ({"value": "26 of NATO and 2 partners", "unit": "nations", "numerator": ""}, ("give the numerator and the denominator",)),
    "two things": ({"date": "", "path": ""}, ("date the count", "name the milestone that it leads to")),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "note"), KEPT.values(), ids=KEPT.keys())
def test_a_figure_that_carries_everything_is_kept_as_context(changed: dict[str, str], note: str) -> None:
    verdict = screen({**WHOLE, **changed})
    assert (verdict.said, verdict.reason, verdict.repairs) == ("keep as context", note, ())


@pytest.mark.parametrize(("changed", "rules"), RETIRED.values(), ids=RETIRED.keys())
def test_a_figure_that_no_counting_can_mend_is_retired(
    changed: dict[str, str], rules: tuple[str, ...]
) -> None:
    verdict = screen({**WHOLE, **changed})
    assert (verdict.said, verdict.because, verdict.repairs) == ("retire", rules, ())
    assert verdict.reason


@pytest.mark.parametrize(("changed", "repairs"), REPAIRABLE.values(), ids=REPAIRABLE.keys())
def test_what_would_repair_a_figure_is_named(changed: dict[str, str], repairs: tuple[str, ...]) -> None:
    verdict = screen({**WHOLE, **changed})
    assert (verdict.said, verdict.repairs) == ("repair", repairs)


def test_nothing_known_is_a_long_list_of_repairs_and_no_verdict_on_the_figure() -> None:
    verdict = screen({})
    assert verdict.word == "repair"
    assert len(verdict.repairs) == 8


def test_a_fact_is_told_once_however_many_rules_rest_on_it() -> None:
    verdict = screen({"delivered": "no", "demanded": "no"})
    assert verdict.reason == (
        "The mission does not deliver it, there is no known whole to count it against and no office of the "
        "partner asked for it."
    )


ANSWERS = {
    "delivered": ("yes", "no", "unknown"),
    "base": ("yes", "no"),
    "counted": ("yes", "no"),
    "dated": ("yes", "no"),
    "stable": ("yes", "no", "unknown"),
    "measures": ("change", "output", "status", "unknown"),
    "demand": ("yes", "no", "unknown", "unnamed"),
    "path": ("yes", "no"),
    "sum": ("yes", "no", "unknown"),
}
BEST = {question: words[0] for question, words in ANSWERS.items()}
CELLS: dict[str, dict[str, dict[str, str]]] = {
    "delivered": {"no": {"delivered": "no"}, "unknown": {"delivered": ""}},
    "base": {"no": {"numerator": "", "denominator": ""}},
    "counted": {"no": {"counted_by": ""}},
    "dated": {"no": {"date": ""}},
    "stable": {"no": {"denominator_stable": "no"}, "unknown": {"denominator_stable": ""}},
    "measures": {word: {"measures": word} for word in ("output", "status", "unknown")},
    "demand": {"no": {"demanded": "no"}, "unknown": {"demanded": "", "demanded_by": ""}, "unnamed": {"demanded_by": ""}},
    "path": {"no": {"path": ""}},
    "sum": {"no": {"value": "99"}, "unknown": {"unit": "posts"}},
}  # fmt: skip


def rows() -> Iterator[dict[str, str]]:
    """Every row there can be: a row for each combination of answers."""
    for chosen in product(*ANSWERS.values()):
        row = dict(WHOLE)
        for question, word in zip(ANSWERS, chosen, strict=True):
            row |= CELLS[question].get(word, {})
        yield row


ALL = [(answer(row), screen(row)) for row in rows()]
RANK = {word: rank for rank, word in enumerate(VERDICTS)}


def by_answers(answers: dict[str, str]) -> Verdict:
    """The verdict on the row that has these answers."""
    row = dict(WHOLE)
    for question, word in answers.items():
        row |= CELLS[question].get(word, {})
    return screen(row)


def test_the_rows_have_every_answer_there_is() -> None:
    assert set(ANSWERS) == set(QUESTIONS)
    for question, words in ANSWERS.items():
        assert {answers[question] for answers, _ in ALL} == set(words)


def test_a_figure_is_kept_only_when_everything_is_told() -> None:
    """What method, section 1 asks of a raw percentage; unknown is never taken for a yes."""
    for answers, verdict in ALL:
        if verdict.word == "keep-as-context":
            assert (answers["base"], answers["counted"], answers["dated"], answers["path"]) == ("yes",) * 4
            assert answers["stable"] == "yes"
            assert answers["delivered"] in ("yes", "no")
            assert answers["demand"] in ("yes", "no")
            assert answers["measures"] in ("output", "change")
            assert answers["sum"] != "no"


def test_the_best_answer_to_a_question_never_makes_a_verdict_worse() -> None:
    for answers, verdict in ALL:
        for question, best in BEST.items():
            better = by_answers({**answers, question: best})
            assert RANK[better.word] >= RANK[verdict.word], (answers, question)


def test_what_is_named_as_repair_is_enough() -> None:
    """Answer well what the repairs ask for, and the figure may be kept."""
    mended = {rule.id: next(iter(rule.when)) for rule in RULES if rule.effect == "repair"}
    for answers, verdict in ALL:
        if verdict.word == "repair":
            answered = {mended[name]: BEST[mended[name]] for name in verdict.because}
            assert by_answers({**answers, **answered}).word == "keep-as-context", answers


def test_no_repair_that_is_named_can_be_left_out() -> None:
    mended = {rule.id: next(iter(rule.when)) for rule in RULES if rule.effect == "repair"}
    for answers, verdict in ALL:
        if verdict.word == "repair" and len(verdict.because) > 1:
            for left in verdict.because:
                answered = {mended[name]: BEST[mended[name]] for name in verdict.because if name != left}
                assert by_answers({**answers, **answered}).word != "keep-as-context", (answers, left)


def test_what_is_retired_stays_retired_however_well_it_is_counted() -> None:
    counted = {"counted": "yes", "dated": "yes", "sum": "yes"}
    for answers, verdict in ALL:
        if verdict.word == "retire":
            assert by_answers({**answers, **counted}).word == "retire", answers


def test_every_rule_decides_somewhere_and_says_why() -> None:
    assert {name for _, verdict in ALL for name in verdict.because} == {rule.id for rule in RULES}
    for rule in RULES:
        assert all(pair in FACTS for pair in rule.when.items()), rule.id
        assert rule.reason.endswith(".")
        assert bool(rule.repair) is (rule.effect == "repair")
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_the_verdicts_are_those_that_the_register_keeps() -> None:
    assert tuple(VERDICTS) == record_tables.VERDICTS
    assert next(column for column in INDICATORS.pins if column.name == "verdict").allowed == tuple(VERDICTS)


def test_a_recorded_verdict_stands_even_when_the_row_would_be_judged_otherwise() -> None:
    row = {**WHOLE, "verdict": "retire", "because": "donor-status; bare-effort"}
    verdict = of_record(row)
    assert (verdict.word, verdict.because) == ("retire", ("donor-status", "bare-effort"))
    assert verdict.reason.startswith(
        "It counts effort, it is the donor's statement about itself, there is no"
    )
    assert verdict.first_reason == "It is the donor's statement about itself."


def test_a_row_without_a_verdict_is_screened_when_it_is_read() -> None:
    assert of_record(WHOLE) == screen(WHOLE)
    assert of_record({**WHOLE, "verdict": "retire", "because": "a-rule-of-another-day"}).first_reason == ""


@pytest.mark.parametrize(
    "text", ["", "-", "\u2013", "?", "n/a", "N/A", "none", "Unknown", "not known", "(no value published)"]
)
def test_a_mark_for_nothing_says_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["0", "no", "1 of 14", "none of the 40 posts", "unknown to the ministry"])
def test_anything_else_says_something(text: str) -> None:
    assert says_something(text)


CASE = {
    "L-01": ("activity not delivered; unknown denominator; no partner demand", "retire"),
    "L-02": ("counts output, not change; no partner demand", "retire"),
    "L-03": ("unknown denominator; definition drifts", "repair"),
    "L-08": ("counts output, not change; can only rise", "retire"),
    "L-10": ("donor-side status; no partner demand", "retire"),
    "L-12": ("counts output, not change; unit of account disputed", "retire"),
    "L-14": ("composite of counts; moves without institutional cause", "retire"),
    "L-15": ("reporting load; repeats status", "retire"),
    "L-17": ("definition drifts", "repair"),
    "L-18": ("counts output, not change; rolled-up ratings by the adviser", "retire"),
}  # fmt: skip


@pytest.mark.parametrize(("complaints", "verdict"), CASE.values(), ids=CASE.keys())
def test_complaints_of_an_older_list_are_answers(complaints: str, verdict: str) -> None:
    cells, unread = read_complaints(complaints)
    assert unread == ()
    assert screen(cells).word == verdict


def test_a_complaint_that_nobody_understands_is_handed_back() -> None:
    assert read_complaints("Counts Output; smells of paint; ") == (
        {"measures": "output"},
        ("smells of paint",),
    )
    assert read_complaints("") == ({}, ())


def test_of_two_complaints_about_one_thing_the_graver_is_kept() -> None:
    assert read_complaints("counts output, not change; donor-side status")[0] == {"measures": "status"}


def test_complaints_fill_columns_of_the_table() -> None:
    for _, column, cell in COMPLAINTS:
        allowed = INDICATORS.column(column).allowed
        assert not allowed or cell in allowed


TABLE = """
id    date           numerator denominator counted_by denominator_stable delivered measures demanded demanded_by path supersedes
I-1   2020-12        -         -           -          -                  no        -        no       -           -    -
I-2   2021-02/2021-05 12       40          office     yes                yes       change   yes      minister    M-01 -
I-3   2021-07-01     -         -           -          -                  -         output   -        -           -    -
I-4   2021-04        12        40          office     yes                yes       change   yes      minister    M-01 I-1
"""


def test_a_whole_frame_is_screened_at_once() -> None:
    given = frame("indicators", TABLE)
    found = screen_frame(given)
    assert list(found["verdict"]) == ["retire", "keep-as-context", "retire", "keep-as-context"]
    assert found.index.equals(given.index)
    assert found["because"].iloc[0] == "nobodys-work; no-fraction"
    assert found["verdict"].max() == "keep-as-context"
    assert {str(dtype) for dtype in found[["because", "repairs"]].dtypes} == {"str"}
    assert screen_frame(given.iloc[:0]).empty


def test_only_what_was_on_record_by_a_day_is_told_oldest_first() -> None:
    given = frame("indicators", TABLE)

    def known(period: str) -> list[str]:
        return [found.id for found in indicators(given, Period.parse(period).last_day())]

    assert known("2020Q3") == []
    assert known("2020Q4") == ["I-1"]
    assert known("2021Q1") == ["I-1", "I-2"]
    assert known("2021Q2") == ["I-2", "I-4"], "I-4 corrects I-1"
    assert known("2021Q3") == ["I-2", "I-4", "I-3"]


def test_a_quarter_knows_the_figures_of_its_time() -> None:
    world = World()
    frames = {**world.frames, "indicators": frame("indicators", TABLE)}
    assert [found.id for found in world.judge("2021Q1", frames).indicators] == ["I-1", "I-2"]


def test_the_criterion_of_a_figure_is_pinned_to_a_version() -> None:
    rows = [
        {"id": "I-1", "criterion": "small/law", "rubric": "small@1.0"},
        {"id": "I-2", "criterion": "small/law"},
        {"id": "I-3"},
    ]
    found = indicators(frame("indicators", rows), pd.Timestamp("2022-01-01").date())
    assert [figure.criterion for figure in found] == ["small@1.0/law", "small/law", ""]
