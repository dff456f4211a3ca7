"""Who claims a level without saying yes to each of its statements."""

from __future__ import annotations

import pytest

from measures.judgement import unanswered
from tests.judgement.tables import World

CASES = {
    "nothing answered": ("", True),
    "a statement answered no": ("said-1=no", True),
    "a statement left unknown": ("said-1=unknown", True),
}


@pytest.mark.parametrize(("answers", "short"), CASES.values(), ids=CASES)
def test_a_level_whose_statements_are_open_is_listed(answers: str, short: bool) -> None:
    world = World(f"id score attributes | A1 said {answers or '-'}")
    quarter = world.judge()
    assert bool(quarter.supported.loc["A1", "unanswered"]) is short
    assert any(line.code == "unanswered" and line.items for line in quarter.health) is short


def test_a_level_with_every_statement_answered_yes_is_not_listed() -> None:
    plain = World("id score | A1 said").judge()
    rubric = next(iter(plain.rubrics.values()))
    criterion = rubric.criteria[0]
    yes = ";".join(f"{attribute.id}=yes" for attribute in criterion.step("said").attributes)
    quarter = World(f"id score attributes | A1 said {yes}").judge()
    assert not quarter.supported.loc["A1", "unanswered"]


def test_a_non_score_claims_nothing() -> None:
    quarter = World("id score | A1 insufficient-evidence").judge()
    frame = quarter.supported
    assert frame.empty
    frames = World("id score | A1 insufficient-evidence").frames
    assert unanswered(frames["assessments"], quarter.rubrics) == frozenset()
