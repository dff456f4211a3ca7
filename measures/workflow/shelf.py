"""Rubrics to look at: the shelf's and the mission's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from measures import library
from measures.errors import RubricError
from measures.finding import Finding, did_you_mean, in_order, one_of
from measures.rubric import NONE, Criterion, Known, Rubric, Shelf, Step, lint, read_document, read_shelf, said
from measures.rubric.read import from_document


def shelf(mission: Path | None = None) -> Shelf:
    """Return every rubric that can be read, the product's and the mission's own."""
    return read_shelf(library.rubric_files(mission), library.table_files(mission))


def one_rubric(name: str, mission: Path | None = None) -> Rubric:
    """Return a rubric.

    Args:
        name: Its id, for the newest version; or ``id@version``.
        mission: The mission folder whose own rubrics count too.

    Raises:
        RubricError: There is none of that id or version.
    """
    found = shelf(mission)
    named, _, version = name.partition("@")
    if version and (named, version) in found.rubrics:
        return found.rubrics[named, version]
    newest = found.newest()
    if not version and named in newest:
        return newest[named]
    known = [f"{key[0]}@{key[1]}" for key in found.rubrics] if version else list(newest)
    raise RubricError(f"Expected a rubric ({one_of(known, 30)}), got {name!r}.{did_you_mean(name, known)}")


def lint_files(paths: Sequence[Path], mission: Path | None = None) -> tuple[list[str], tuple[Finding, ...]]:
    """Lint rubric files; without any, all that the mission could use.

    Args:
        paths: Files to lint; one that extends another rubric may extend any on the shelf.
        mission: The mission folder whose own rubrics count too.

    Returns:
        What the linted files are called, and everything found in them by place.
    """
    own = {path.resolve(): str(path) for path in paths}
    seen = shelf(mission)
    known = Known(seen.rubrics, seen.tables)
    names, findings = [], [] if paths else list(seen.findings)
    for path in paths or library.rubric_files(mission):
        name = own.get(path.resolve()) or f"rubrics/{path.name}"
        document, found = read_document(path, name)
        if paths:
            findings += from_document(document, found, known)[1]
        findings += lint(document)
        names.append(name)
    return names, in_order(findings)


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
            yield f"  {source.title}, {source.publisher}: {said(source.note, language)}"


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
