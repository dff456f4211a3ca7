"""What a milestone's page says, in whole sentences."""

# ruff: noqa: RUF001 - sentences are read whole, with their quotation marks

from __future__ import annotations

import pytest

from measures.period import Period
from measures.report import prose
from measures.report.claims import ClaimList
from measures.report.milestones import headline, milestone_page
from measures.report.results import tipping_claims
from measures.report.source import Source
from measures.workflow.mission import Mission

CONCERNS = {
    "none": ({}, ""),
    "one that is serious hides the lighter ones": (
        {"methods": "moderate", "adequacy": "serious"},
        "serious concern: adequacy",
    ),
    "several": ({"methods": "moderate", "adequacy": "moderate"}, "moderate concern: method, adequacy"),
    "all four": (
        dict.fromkeys(("methods", "coherence", "adequacy", "relevance"), "moderate"),
        "moderate concern on every count",
    ),
}


@pytest.mark.parametrize(("given", "words"), CONCERNS.values(), ids=CONCERNS)
def test_concerns_are_told_by_the_gravest(given: dict[str, str], words: str) -> None:
    assert prose.concerns(given) == words


def test_confidence_comes_with_its_reasons(source: Source) -> None:
    told = [source.confidence(stand) for stand in source.now if stand.state == "level"]
    assert told
    for words in told:
        assert "confidence" in words
        assert "concern" in words, "every level of the example was given with a concern"


def test_a_milestone_that_nobody_saw_says_since_when(source: Source) -> None:
    unseen = [m for m in source.milestones if not any(s.known for s in source.of(m.id))]
    words = {m.id: headline(source, m) for m in unseen}
    assert words["M-02"] == "Not known this quarter; nothing seen since 2018Q3"
    assert words["M-03"] == "Not known: never yet seen"


def test_what_was_last_seen_alike_is_told_together(source: Source) -> None:
    milestone = next(m for m in source.milestones if m.id == "M-02")
    text = " ".join(claim.text for part in milestone_page(source, milestone).narrative for claim in part)
    (last,) = [sentence for sentence in text.split(". ") if sentence.startswith("Last seen: ")]
    assert last.count("None of it in 2018Q3") == 1


def test_what_would_tip_a_result_is_told_step_by_step(example: Mission) -> None:
    now = "2023Q3"
    plan = example.plan.as_of(Period.parse(now))
    later = Source(example.judge(now), example.frames, plan, example.file, "en", ClaimList("hq", now))
    milestone = next(m for m in later.milestones if m.id == "M-04")
    (claim,) = tipping_claims(later, milestone)
    assert claim.text == (
        "The result hangs on one step: with ‘Supply by the record’ one level lower it would be None of it, "
        "with others higher; one level higher it would be Agreed."
    )
