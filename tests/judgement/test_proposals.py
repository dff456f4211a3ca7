"""Proposals of a criterion: made from shared words, few, and none where there are none."""

from __future__ import annotations

import pytest

from measures.judgement.proposals import MOST, propose
from measures.rubric.model import Rubric
from measures.rubric.read import parse_rubric
from tests.judgement.tables import CRITERION, RUBRIC


def rubric(name: str, title: str, **criteria: str) -> Rubric:
    """A rubric of these titles and questions, ``Title: Question?``."""
    text = RUBRIC.format(version="1.0", aggregation="profile")
    text = text.replace("id: small", f"id: {name}").replace("{en: Small}", f"{{en: {title}}}")
    for criterion, words in criteria.items():
        heading, _, question = words.partition(": ")
        one = CRITERION.format(id=criterion).replace(
            f"title: {{en: {criterion}}}", f"title: {{en: {heading}}}"
        )
        text += one.replace("Is it so?", question)
    read, findings = parse_rubric(text)
    assert read is not None, [finding.message for finding in findings]
    return read


SHELF = (
    rubric(
        "rights",
        "Legal and human-rights compliance",
        orders="Rules and orders: What do the texts say about prisoners?",
        detention="Detention as practised: What happens to people whom the army holds?",
    ),
    rubric(
        "education",
        "Military education",
        faculty="Teaching by the own faculty: Do instructors prepared by advisers go on to teach?",
        graduates="Use made of graduates: Are graduates posted where their course is needed?",
    ),
    rubric("upkeep", "Maintenance", work="Maintenance as done: Do mechanics repair the vehicles?"),
)

PROPOSED = {
    "a word of a criterion's title": ("Number of faculty reached", ["education/faculty"], ("faculty",)),
    "only the nearest": ("Military faculty", ["education/faculty"], ("military", "faculty")),
    "another form of the word": ("Classes that graduated", ["education/graduates"], ("graduated",)),
    "words of a rubric's title": (
        "Share of security forces trained in human rights",
        ["rights/orders", "rights/detention"],
        ("human", "rights"),
    ),
    "two words of a question": (
        "Vehicles that mechanics returned",
        ["upkeep/work"],
        ("vehicles", "mechanics"),
    ),
    "title before question": ("Instructors for maintenance", ["upkeep/work"], ("maintenance",)),
    "one word of a question is not enough": ("Instructors qualified", [], ()),
    "no word in common": ("Nations contributing to the mission", [], ()),
    "only words that stand everywhere": ("Number of officers and units of the ministry", [], ()),
    "no words": ("", [], ()),
    "another script": ("عدد المدربين", [], ()),
}


@pytest.mark.parametrize(("indicator", "criteria", "words"), PROPOSED.values(), ids=PROPOSED.keys())
def test_the_criteria_nearest_in_words_are_proposed(
    indicator: str, criteria: list[str], words: tuple[str, ...]
) -> None:
    found = propose(indicator, SHELF)
    assert [proposal.criterion for proposal in found] == criteria
    assert {proposal.words for proposal in found} <= {words}


def test_a_proposal_says_what_it_proposes() -> None:
    (found,) = propose("Number of faculty reached", SHELF)
    assert found.title == "Military education: Teaching by the own faculty"


def test_no_more_than_a_handful_is_proposed() -> None:
    many = rubric("many", "Radios", **{f"c{n}": f"Thing {n}: Is it so?" for n in range(9)})
    assert len(propose("Radios handed over", [many])) == MOST


def test_the_first_rubric_comes_first_when_two_are_as_near() -> None:
    both = [rubric(name, "Radios", one="Thing: Is it so?") for name in ("later", "earlier")]
    assert [p.criterion for p in propose("Radios handed over", both)] == ["later/one", "earlier/one"]
