"""Rubrics to look at: the shelf's and the mission's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from measures import library
from measures.errors import RubricError
from measures.finding import Finding, did_you_mean, in_order, one_of
from measures.report.card import evidence_line
from measures.report.cardprose import PROSE, Prose
from measures.rubric import NONE, Criterion, Known, Rubric, Shelf, Step, lint, read_document, read_shelf, said
from measures.rubric.model import Vignette
from measures.rubric.read import from_document


def shelf(mission: Path | None = None) -> Shelf:
    """Return every rubric that can be read, the product's and the mission's own."""
    return read_shelf(library.rubric_files(mission), library.table_files(mission))


def one_rubric(name: str, mission: Path | None = None) -> Rubric:
    """Return a rubric; see :func:`pick`.

    Args:
        name: Its id, for the newest version; or ``id@version``.
        mission: The mission folder whose own rubrics count too.
    """
    return pick(shelf(mission), name)


def pick(found: Shelf, name: str) -> Rubric:
    """Return a rubric of a shelf by its id, for the newest version, or by ``id@version``.

    Raises:
        RubricError: There is none of that id or version.
    """
    named, _, version = name.partition("@")
    if version and (named, version) in found.rubrics:
        return found.rubrics[named, version]
    newest = found.newest()
    if not version and named in newest:
        return newest[named]
    known = [f"{key[0]}@{key[1]}" for key in found.rubrics] if version else list(newest)
    raise RubricError(f"Expected a rubric ({one_of(known, 30)}), got {name!r}.{did_you_mean(name, known)}")


def language_of(rubric: Rubric, asked: str = "") -> str:
    """Return the language to show a rubric in: the one asked for, else English, else its first.

    Raises:
        RubricError: The rubric has no text in the language asked for.
    """
    known = rubric.languages
    if asked and asked not in known:
        raise RubricError(
            f"Expected a language of {rubric.pin} ({one_of(known)}), got {asked!r}.", "Correct --language."
        )
    return asked or ("en" if "en" in known else known[0])


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
    words = PROSE.get(language, PROSE["en"])
    chosen = (rubric.criterion(criterion),) if criterion else rubric.criteria
    yield f"{said(rubric.title, language)}  {rubric.id} {rubric.version}"
    yield f"sha256 {rubric.digest}"
    yield said(rubric.summary, language)
    table = f" {said(rubric.table.title, language)} ({rubric.table.id})." if rubric.table else ""
    yield f"{rubric.aggregation}: {words.aggregation[rubric.aggregation]}{table}"
    yield words.valid(rubric.validity)
    for cap in rubric.caps:
        by = f"{cap.rubric}#{cap.criterion}" if cap.criterion else cap.rubric
        yield f"{words.labels['capped']} {by}: {said(cap.reason, language)}"
    if rubric.extends:
        yield f"{words.labels['extends']} {rubric.extends}"
    for line in chosen:
        yield from _criterion(rubric, line, words, language)
    if not criterion:
        yield from _annexes(rubric, words, language)


def _annexes(rubric: Rubric, words: Prose, language: str) -> Iterator[str]:
    """Yield what stands beside the criteria: cases, sources, declared changes; the answers last."""
    heading = words.labels
    sources = [
        f"  {source.title}, {source.publisher}: {said(source.note, language)}"
        for source in rubric.derives_from
    ]
    changes = [
        f"  {heading['since']} {change.since}{f' ({change.criterion})' if change.criterion else ''}, "
        f"{words.changes[change.kind]}: {said(change.note, language)}"
        for change in rubric.changes
    ]
    cases = [
        text
        for case in rubric.vignettes
        for text in (f"  {said(case.title, language)}  {case.id}", f"      {said(case.situation, language)}")
    ]
    answers = [text for case in rubric.vignettes for text in _answers(rubric, case, language)]
    parts = {"cases": cases, "sources": sources, "changes": changes, "answers": answers}
    for name, texts in parts.items():
        if texts:
            yield from ("", heading[name], *texts)


def _answers(rubric: Rubric, case: Vignette, language: str) -> Iterator[str]:
    yield f"  {said(case.title, language)}"
    for answer in case.expected:
        title = said(rubric.criterion(answer.criterion).title, language)
        level = f"{rubric.label(answer.level, language)} ({answer.level})"
        yield f"      {title}: {level}. {said(answer.why, language)}"


def _criterion(rubric: Rubric, criterion: Criterion, words: Prose, language: str) -> Iterator[str]:
    marks = [words.aspect[criterion.aspect], *([words.labels["essential"]] if criterion.essential else [])]
    yield ""
    yield f"{said(criterion.title, language)}  {criterion.id} ({' · '.join(marks)})"
    yield f"  {said(criterion.question, language)}"
    for number, step in enumerate(criterion.steps):
        if step.level == rubric.sustainment:
            yield f"  -- {words.labels['gate']}. {words.labels['gate_words']}"
        yield f"  {number} {rubric.label(step.level, language)} ({step.level})"
        yield f"      {said(step.descriptor, language)}"
        yield from _step(step, words, language)


def _step(step: Step, words: Prose, language: str) -> Iterator[str]:
    if step.level == NONE:
        return
    for attribute in step.attributes:
        gate = f" [{words.sustains[attribute.sustains]}]" if attribute.sustains else ""
        yield f"      - {said(attribute.text, language)}{gate}  ({attribute.id})"
    takes = evidence_line(step.evidence, words)
    yield f"      {words.labels['evidence']}: {takes.before} {takes.grade} {takes.after}"
    yield f"      {words.advisers[step.advisers]}."
