"""The shelf: every rubric reads without a finding and keeps the method's rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from measures.library import rubric_files, table_files
from measures.rubric import NONE, Criterion, Rubric, dump, join_ladders, parse_rubric, read_shelf, to_plain
from measures.rubric.model import SUSTAINS

READ = read_shelf(rubric_files(), table_files())
SHELF = {key[0]: rubric for key, rubric in READ.rubrics.items()}
CRITERIA = [(rubric, criterion) for rubric in SHELF.values() for criterion in rubric.criteria]
ARABIC = re.compile("[\u0621-\u064a]")
each_rubric = pytest.mark.parametrize("rubric", SHELF.values(), ids=SHELF.keys())
each_criterion = pytest.mark.parametrize(
    ("rubric", "criterion"), CRITERIA, ids=[f"{rubric.id}/{criterion.id}" for rubric, criterion in CRITERIA]
)


def test_the_shelf_reads_without_findings() -> None:
    assert READ.findings == ()
    assert len(SHELF) == len(rubric_files()) >= 8


@each_rubric
def test_a_rubric_lies_under_its_own_name(rubric: Rubric) -> None:
    assert READ.names[rubric.id, rubric.version] == f"rubrics/{rubric.id}.yaml"


@each_rubric
def test_what_is_written_and_what_is_done_are_told_apart(rubric: Rubric) -> None:
    assert {criterion.aspect for criterion in rubric.criteria} == {"de-jure", "de-facto"}
    assert 3 <= len(rubric.criteria) <= 5


@each_rubric
def test_a_rubric_says_where_it_comes_from(rubric: Rubric) -> None:
    assert rubric.derives_from
    assert all(source.title and source.publisher and source.note for source in rubric.derives_from)


@each_rubric
def test_two_situations_or_more_are_worked(rubric: Rubric) -> None:
    """Each shows every criterion, and the situations differ on each of them or nothing is learned."""
    assert len(rubric.vignettes) >= 2
    for vignette in rubric.vignettes:
        assert 80 <= len(vignette.situation["en"].split()) <= 180, vignette.id
        assert len(vignette.expected) == len(rubric.criteria)
    reached = {tuple(found.level for found in vignette.expected) for vignette in rubric.vignettes}
    assert len(reached) == len(rubric.vignettes)


@each_rubric
def test_a_trap_is_set_in_some_situation(rubric: Rubric) -> None:
    """A statement holds above the level reached: the gate stops all the same (WHO SPAR, annex 2)."""
    held_down = [
        found.criterion
        for vignette in rubric.vignettes
        for found in vignette.expected
        for step in rubric.criterion(found.criterion).steps[rubric.rung(found.level) + 1 :]
        if {attribute.id for attribute in step.attributes} & set(found.holds)
    ]
    assert held_down


@each_rubric
def test_every_text_stands_in_english_and_arabic(rubric: Rubric) -> None:
    texts = list(texts_of(to_plain(rubric)))
    assert len(texts) > 60
    for path, text in texts:
        assert set(text) == {"en", "ar"}, path
        assert re.search("[a-z]", text["en"]), path
        assert not ARABIC.search(text["en"]), path
        assert ARABIC.search(text["ar"]), path


def texts_of(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every text by language, and every note, which a source could give in one language alone."""
    if isinstance(value, dict):
        if "en" in value or "ar" in value:
            yield path, value
            return
        for key, below in value.items():
            if key == "note" and isinstance(below, str):
                yield f"{path}/{key}", {"": below}
            yield from texts_of(below, f"{path}/{key}")
    elif isinstance(value, list):
        for at, below in enumerate(value):
            yield from texts_of(below, f"{path}/{at}")


@each_rubric
def test_writing_and_reading_give_the_same_digest(rubric: Rubric) -> None:
    again, findings = parse_rubric(dump(to_plain(rubric)))
    assert findings == []
    assert again == rubric
    assert again is not None
    assert again.digest == rubric.digest


def test_the_shelf_shares_one_ladder() -> None:
    assert join_ladders(SHELF.values()) == ("none", "voiced", "agreed", "working", "self-run", "embedded")


@each_criterion
def test_a_criterion_describes_every_level_once(rubric: Rubric, criterion: Criterion) -> None:
    assert tuple(step.level for step in criterion.steps) == rubric.ladder
    descriptors = [step.descriptor["en"] for step in criterion.steps]
    assert len(set(descriptors)) == len(descriptors)


@each_criterion
def test_the_institution_staffs_funds_and_repeats_it_alone(rubric: Rubric, criterion: Criterion) -> None:
    gate = rubric.rung(rubric.sustainment)
    assert {attribute.sustains for attribute in criterion.steps[gate].attributes} >= set(SUSTAINS)
    assert all(step.advisers == "none" for step in criterion.steps[gate:])
    leaning = [("leading", "alongside", "on-request", "none").index(s.advisers) for s in criterion.steps[1:]]
    assert leaning == sorted(leaning), "higher levels never lean more on advisers"


@each_criterion
def test_higher_levels_take_at_least_as_much_evidence(rubric: Rubric, criterion: Criterion) -> None:
    rules = [step.evidence for step in criterion.steps if step.level != NONE]
    assert [rule.origins for rule in rules] == sorted(rule.origins for rule in rules)
    assert [rule.grade[0] for rule in rules] == sorted((rule.grade[0] for rule in rules), reverse=True)
    assert [rule.grade[1] for rule in rules] == sorted((rule.grade[1] for rule in rules), reverse=True)
    assert all(set(rule.kinds) - {"testimonial"} for rule in rules), "testimony alone never suffices"


@each_criterion
def test_every_level_is_one_to_three_yes_or_no_statements(rubric: Rubric, criterion: Criterion) -> None:
    for step in criterion.steps:
        assert (step.level == NONE) == (not step.attributes)
        assert len(step.attributes) <= 4
        assert all(attribute.text["en"].endswith(".") for attribute in step.attributes)
