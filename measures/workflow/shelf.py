"""Rubrics to look at: the shelf's and the mission's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from measures import library
from measures.errors import RubricError
from measures.finding import Finding, did_you_mean, one_of
from measures.rubric import NONE, Criterion, Rubric, Step, read_rubric, said


def rubrics(mission: Path | None = None) -> tuple[list[Rubric], list[Finding]]:
    """Return every rubric that can be read, by file name, and what is wrong with the others."""
    found, wrong = [], []
    for path in library.rubric_files(mission).values():
        rubric, findings = read_rubric(path, f"rubrics/{path.name}")
        wrong += findings
        if rubric is not None:
            found.append(rubric)
    return found, wrong


def one_rubric(name: str, mission: Path | None = None) -> Rubric:
    """Return a rubric by id.

    Raises:
        RubricError: There is none of that id.
    """
    found, _ = rubrics(mission)
    for rubric in found:
        if rubric.id == name:
            return rubric
    known = [rubric.id for rubric in found]
    raise RubricError(f"Expected a rubric ({one_of(known)}), got {name!r}.{did_you_mean(name, known)}")


def rubric_lines(rubric: Rubric, criterion: str = "", language: str = "en") -> Iterator[str]:
    """Yield a rubric as plain lines of text.

    Raises:
        RubricError: There is no such criterion.
    """
    chosen = (rubric.criterion(criterion),) if criterion else rubric.criteria
    yield f"{said(rubric.title, language)}  {rubric.id} {rubric.version}"
    yield f"sha256 {rubric.digest}"
    yield said(rubric.summary, language)
    stale = f"stale after {rubric.validity} quarters"
    yield f"Aggregation {rubric.aggregation}; {stale}; sustainment from {rubric.sustainment}."
    for line in chosen:
        yield from _criterion(rubric, line, language)
    if not criterion:
        yield ""
        yield "Derived from"
        for source in rubric.derives_from:
            yield f"  {source.title}, {source.publisher}: {source.note}"


def _criterion(rubric: Rubric, criterion: Criterion, language: str) -> Iterator[str]:
    aspect = {"de-jure": "on paper", "de-facto": "in practice"}[criterion.aspect]
    yield ""
    yield f"{said(criterion.title, language)}  {criterion.id} ({aspect})"
    yield f"  {said(criterion.question, language)}"
    for number, step in enumerate(criterion.steps):
        yield f"  {number} {rubric.label(step.level, language)} ({step.level})"
        yield f"      {said(step.descriptor, language)}"
        yield from _step(step, language)


def _step(step: Step, language: str) -> Iterator[str]:
    if step.level == NONE:
        return
    for attribute in step.attributes:
        gate = f" [{attribute.sustains}]" if attribute.sustains else ""
        yield f"      - {said(attribute.text, language)}{gate}  ({attribute.id})"
    rule = step.evidence
    hand = ", something first-hand" if rule.first_hand else ""
    yield (
        f"      Evidence: {rule.origins} origin{'s' if rule.origins > 1 else ''}, {' or '.join(rule.kinds)}, "
        f"at least {rule.grade}, within {rule.fresh} quarters{hand}. Advisers: {step.advisers}."
    )
