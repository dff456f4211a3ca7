"""What a report says of those who scored: never a number where there is none, never a name left out."""

# ruff: noqa: RUF001 - sentences are read whole, with their quotation marks

from __future__ import annotations

from dataclasses import replace

from measures.judgement.agreement import Agreement
from measures.judgement.panel import Scale
from measures.report.claims import ClaimList
from measures.report.raters import NOBODY, _measured, _now, agreement_words
from measures.report.source import Source


def made(state: str, alpha: float | None, exact: int, units: int, raters: int = 2) -> Agreement:
    low, high = (0.5, 0.9) if alpha is not None else (None, None)
    return Agreement(state, alpha, low, high, exact, units, raters, 2 * units, "ordinal")  # type: ignore[arg-type]


def test_one_rater_is_undefined_and_never_one() -> None:
    words = _now(made("undefined", None, 0, 0, raters=1))
    assert words == "One rater alone gave levels this quarter, so whether two would agree is undefined."


def on(*rubrics: str, now: Agreement) -> Scale:
    """Agreement on the ladder of some rubrics."""
    return Scale(("none", "done"), rubrics, now, now, {})


def said(source: Source, *scales: Scale) -> list[str]:
    """What a report says of some agreement and nothing else."""
    panel = replace(source.quarter.panel, scales=scales, disagreements=())
    found = replace(source, quarter=replace(source.quarter, panel=panel), claims=ClaimList("hq", "2021Q1"))
    return [claim.text for claim in agreement_words(found)]


def test_without_any_level_there_is_no_agreement_to_speak_of(source: Source) -> None:
    assert said(source)[0] == NOBODY
    assert said(source, on("logistics", now=made("undefined", None, 0, 0, raters=0)))[0] == NOBODY


def test_each_ladder_is_told_apart_and_none_is_compared_with_another(source: Source) -> None:
    one, other = made("estimated", 0.85, 3, 4), made("estimated", 0.2, 1, 4)
    known = source.quarter.rubrics["M-01"]
    first, second, third, *_ = said(source, on(known.id, now=one), on("depots", now=other))
    assert first.startswith("The rubrics scored so far have two different ladders.")
    assert second.startswith(f"On the ladder of ‘{known.title['en']}’: where two or more")
    assert "alpha for ordered levels is 0.85" in second
    assert third.startswith("On the ladder of ‘depots’: ")
    assert "0.20" in third


def test_one_ladder_needs_no_word_of_ladders(source: Source) -> None:
    assert "ladder" not in said(source, on("logistics", now=made("estimated", 0.85, 3, 4)))[0]


def test_raters_who_never_met_cannot_be_compared() -> None:
    assert "cannot be estimated" in _now(made("not-estimable", None, 0, 0))


def test_one_value_throughout_gives_the_exact_agreement_alone() -> None:
    words = _measured(made("not-estimable", None, 4, 4))
    assert "the same level on 4 of 4 criteria" in words
    assert "every level given was the same" in words
    assert "alpha" not in words


def test_alpha_comes_with_its_interval_and_what_it_bears() -> None:
    for value, words in ((0.85, "reliable"), (0.7, "tentative"), (0.2, "too little"), (-0.3, "\u22120.30")):
        assert words in _measured(made("estimated", value, 3, 4))
    assert "(0.50 to 0.90 in 95 of 100 resamples)" in _measured(made("estimated", 0.85, 3, 4))
    assert "they differ on the one criterion" in _measured(made("estimated", 0.1, 0, 1))


def test_who_gave_no_level_is_named(source: Source) -> None:
    beside = source.quarter.panel.beside
    by_all = beside.assign(adviser="working", partner="agreed", external="agreed")
    for frame, words in (
        (by_all.assign(partner=""), "No level from the partner."),
        (by_all.assign(partner="", external=""), "No level from the partner and outside observers."),
        (by_all, ""),
    ):
        panel = replace(source.quarter.panel, beside=frame)
        told = said(replace(source, quarter=replace(source.quarter, panel=panel)))
        assert [text for text in told if text.startswith("No level from")] == ([words] if words else [])


def test_where_nobody_commented_the_report_says_so(source: Source) -> None:
    assert said(source)[-1] == "Nobody has commented on a score."
