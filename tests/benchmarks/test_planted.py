"""Truths planted into a sound mission are found where they must show, and nothing else is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.planted import clean
from benchmarks.planted.claims import a_reprinted_source
from benchmarks.planted.planting import SEED, expected, page, plant
from benchmarks.planted.signs import Signs, signs
from benchmarks.planted.truths import TRUTHS, Truth
from benchmarks.planted.writing import write
from measures.finding import Finding
from measures.judgement.auditors import SOURCES
from measures.period import Period
from measures.workflow.mission import Mission, open_mission
from tests.docs.blocks import DOCS


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mission, Sequence[Finding]]:
    """The mission without a truth, and what recording it found."""
    folder = tmp_path_factory.mktemp("sound") / "mission"
    found = write(folder, clean.draft(SEED))
    return open_mission(folder), found


@pytest.mark.parametrize("period", clean.PERIODS, ids=str)
def test_nothing_is_found_in_a_mission_with_nothing_wrong_in_any_quarter(
    sound: tuple[Mission, Sequence[Finding]], period: Period
) -> None:
    assert signs(*sound, period, at_rest=False) == {}


def test_the_mission_with_nothing_wrong_moves_both_ways(
    sound: tuple[Mission, Sequence[Finding]],
) -> None:
    quarter = sound[0].judge(clean.LAST)
    assert {"performance"} == set(quarter.moves["cause"])
    assert (quarter.moves["steps"] > 0).any()
    assert (quarter.moves["steps"] < 0).any()
    assert quarter.stands["state"].eq("level").all()


@pytest.mark.parametrize("seed", [2, 3])
def test_nothing_is_found_whatever_the_seed(tmp_path: Path, seed: int) -> None:
    assert plant(tmp_path / "mission", seed).does == {}


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.name)
def test_a_truth_is_found_where_it_shows_and_nothing_else_is(truth: Truth, tmp_path: Path) -> None:
    shown = plant(tmp_path / "mission", SEED, truth)
    assert shown.must, "a truth that leaves no sign cannot be found"
    assert dict(shown.does) == dict(shown.must)


def test_three_prints_of_one_release_show_what_one_shows(tmp_path: Path) -> None:
    def alone(draft: clean.Draft) -> Signs:
        return a_reprinted_source(draft, copies=1)

    shown = plant(tmp_path / "mission", SEED, Truth(alone))
    assert dict(shown.does) == dict(shown.must)


def test_every_line_of_the_health_page_is_raised_by_some_truth(
    sound: tuple[Mission, Sequence[Finding]],
) -> None:
    lines = {line.code for line in sound[0].judge(clean.LAST).health}
    raised = {name.removeprefix("health ") for truth in TRUTHS for name in expected(truth, SEED)}
    assert lines <= raised, "plant a truth for it in benchmarks/truths.py"


def test_every_question_of_the_auditors_is_raised_by_some_truth() -> None:
    raised = {name.removeprefix("auditors ") for truth in TRUTHS for name in expected(truth, SEED)}
    assert set(SOURCES) - raised == {"averaged"}, "no method averages, so that one cannot be planted"


def test_the_page_of_planted_truths_is_what_they_leave() -> None:
    made = page({truth: expected(truth, SEED) for truth in TRUTHS})
    committed = (DOCS / "explanation" / "planted.md").read_text(encoding="utf-8")
    assert committed == made, "run: python -m benchmarks.planted > docs/explanation/planted.md"
