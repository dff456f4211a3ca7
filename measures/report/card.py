"""The card of one rubric in one language: a frozen model with every word and number chosen.

A card is what an adviser prints and takes to a meeting: the ladder, each criterion with boxes
to tick, cases to try it on, and on a page of their own the answers that its author expects.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from measures.errors import RubricError
from measures.finding import one_of
from measures.report.cardprose import PROSE, Prose
from measures.rubric import NONE, Criterion, Rubric, Step, said
from measures.rubric.model import Cap, EvidenceRule, Expected, Source, Texts, Vignette

TICKED, EMPTY = "\N{BALLOT BOX WITH CHECK}", "\N{BALLOT BOX}"


@dataclass(frozen=True, slots=True)
class Rung:
    """A level of the ladder.

    Args:
        rise: Its place on the ladder from 0, which sets how high its stair is drawn.
        gate: Whether the sustainment gate stands before it.
    """

    id: str
    label: str
    rise: int
    gate: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A statement to tick; ``sustains`` says in a word which part of the gate it is, or nothing."""

    id: str
    text: str
    sustains: str


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """What a level takes, in words; the grade apart, since it runs left to right in any text."""

    before: str
    grade: str
    after: str


@dataclass(frozen=True, slots=True)
class LevelBlock:
    """One level of one criterion; the lowest has no boxes."""

    rung: Rung
    descriptor: str
    advisers: str
    boxes: tuple[Box, ...]
    evidence: EvidenceLine | None


@dataclass(frozen=True, slots=True)
class CriterionSheet:
    """One criterion, a page.

    Args:
        anchor: Id of its element.
        place: "Criterion 2 of 5".
        aspect: On paper, or in practice.
    """

    id: str
    anchor: str
    place: str
    title: str
    aspect: str
    essential: bool
    question: str
    levels: tuple[LevelBlock, ...]


@dataclass(frozen=True, slots=True)
class CapLine:
    """What the result cannot stand above: another rubric, and its one criterion unless empty."""

    rubric: str
    title: str
    criterion: str
    criterion_title: str
    reason: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """A conversion table: where it stands, which way that text runs, and the results it gives."""

    title: str
    source: str
    direction: str
    results: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The level that a case shows on one criterion.

    Args:
        marks: For each level above the lowest its label and a box for each of its statements.
    """

    criterion: str
    title: str
    rung: Rung
    marks: tuple[tuple[Rung, str], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Case:
    """An imaginary situation, and what the author of the rubric expects of who scores it."""

    id: str
    title: str
    situation: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A public instrument that informed the rubric; its title keeps its own direction."""

    title: str
    publisher: str
    direction: str
    note: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What the author declares changed since an earlier version; of one criterion unless empty."""

    since: str
    criterion: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything the card's template may see.

    Args:
        labels: Fixed words that the plain text of a rubric has too.
        name: The document's title.
        part: Says that this is one criterion of several; empty on a whole card.
        result: How the criteria become a result.
        table: The conversion table, when one gives the result.
        extends: The rubric whose criteria this one took over, or nothing.
        below, above: How many rungs lie below the gate, and how many from it up.
        software: What made the card.
    """

    language: str
    direction: str
    labels: Mapping[str, str]
    name: str
    id: str
    version: str
    digest: str
    title: str
    summary: str
    part: str
    result: str
    table: TableLine | None
    extends: str
    caps: tuple[CapLine, ...]
    validity: str
    ladder: tuple[Rung, ...]
    below: int
    above: int
    criteria: tuple[CriterionSheet, ...]
    cases: tuple[Case, ...]
    sources: tuple[Instrument, ...]
    changes: tuple[ChangeLine, ...]
    software: str


def build(
    rubric: Rubric,
    language: str,
    software: str,
    *,
    criterion: str = "",
    others: Mapping[str, Rubric] | None = None,
) -> Card:
    """Return the card of a rubric.

    Args:
        rubric: The rubric.
        language: Every text of the rubric stands in it, and :data:`PROSE` has its words.
        software: What makes the card, such as ``measures 0.1.0``.
        criterion: Show this criterion alone.
        others: Rubrics by id, whose titles name what caps this one.

    Raises:
        RubricError: The card cannot be made in that language, or there is no such criterion.
    """
    words = card_words(rubric, language)
    lines = (rubric.criterion(criterion),) if criterion else rubric.criteria
    alone = criterion and len(rubric.criteria) > 1
    ladder = _ladder(rubric, language)
    below = next(rung.rise for rung in ladder if rung.gate)
    return Card(
        language=language,
        direction=words.direction,
        labels=words.labels,
        name=words.heading(said(rubric.title, language)),
        id=rubric.id,
        version=rubric.version,
        digest=rubric.digest,
        title=said(rubric.title, language),
        summary=said(rubric.summary, language),
        part=words.part(len(rubric.criteria)) if alone else "",
        result=words.aggregation[rubric.aggregation],
        table=_table(rubric, language),
        extends=str(rubric.extends) if rubric.extends else "",
        caps=tuple(_cap(cap, language, others or {}) for cap in rubric.caps),
        validity=words.valid(rubric.validity),
        ladder=ladder,
        below=below,
        above=len(ladder) - below,
        criteria=tuple(_sheet(rubric, line, language, words, ladder) for line in lines),
        cases=tuple(_case(case, lines, language, ladder) for case in rubric.vignettes),
        sources=tuple(_instrument(source, language) for source in rubric.derives_from),
        changes=tuple(
            ChangeLine(
                f"{rubric.id}@{change.since}",
                change.criterion,
                words.changes[change.kind],
                said(change.note, language),
            )
            for change in rubric.changes
        ),
        software=software,
    )


def card_words(rubric: Rubric, language: str) -> Prose:
    """Return the words of the language that a card is asked for in.

    Raises:
        RubricError: Cards are not made in it, or the rubric lacks it for some of its texts.
    """
    if language not in PROSE:
        raise RubricError(
            f"Expected a language that cards are made in ({one_of(PROSE)}), got {language!r}.",
            "Without --format the rubric is shown as plain text.",
        )
    lacking = sum(not texts.get(language) for texts in _texts(rubric))
    if lacking:
        raise RubricError(
            f"Expected every text of {rubric.pin} in {language!r}, but {lacking} "
            f"{'is' if lacking == 1 else 'are'} in another language only.",
            "`measures rubric lint` names them.",
        )
    return PROSE[language]


def evidence_line(rule: EvidenceRule, words: Prose) -> EvidenceLine:
    """Return an evidence rule in words."""
    kinds = words.any_of([words.kinds[kind] for kind in rule.kinds])
    before = words.origins(rule.origins, rule.first_hand) + words.graded(kinds)
    source, truth = words.reliability[rule.reliability], words.credibility[rule.credibility]
    return EvidenceLine(before, rule.grade, words.fresh(source, truth, rule.fresh))


def _texts(rubric: Rubric) -> Iterator[Texts]:
    """Yield every text by language that a card prints."""
    yield from (rubric.title, rubric.summary)
    yield from (level.label for level in rubric.levels)
    yield from (source.note for source in rubric.derives_from)
    yield from (cap.reason for cap in rubric.caps)
    yield from (change.note for change in rubric.changes)
    for line in rubric.criteria:
        yield from (line.title, line.question)
        for step in line.steps:
            yield step.descriptor
            yield from (attribute.text for attribute in step.attributes)
    for case in rubric.vignettes:
        yield from (case.title, case.situation)
        yield from (expected.why for expected in case.expected)
    if rubric.table is not None:
        yield rubric.table.title
        yield from (level.label for level in rubric.table.results)


def _ladder(rubric: Rubric, language: str) -> tuple[Rung, ...]:
    return tuple(
        Rung(level.id, said(level.label, language), rise, level.id == rubric.sustainment)
        for rise, level in enumerate(rubric.levels)
    )


def _sheet(
    rubric: Rubric, line: Criterion, language: str, words: Prose, ladder: tuple[Rung, ...]
) -> CriterionSheet:
    return CriterionSheet(
        id=line.id,
        anchor=f"criterion-{line.id}",
        place=words.place(rubric.criteria.index(line) + 1, len(rubric.criteria)),
        title=said(line.title, language),
        aspect=words.aspect[line.aspect],
        essential=line.essential,
        question=said(line.question, language),
        levels=tuple(
            _level(step, rung, language, words) for step, rung in zip(line.steps, ladder, strict=True)
        ),
    )


def _level(step: Step, rung: Rung, language: str, words: Prose) -> LevelBlock:
    boxes = tuple(
        Box(item.id, said(item.text, language), words.sustains.get(item.sustains, ""))
        for item in step.attributes
    )
    # The lowest level asks for no evidence of its own unless its author says so.
    asks = step.level != NONE or step.evidence != EvidenceRule()
    return LevelBlock(
        rung=rung,
        descriptor=said(step.descriptor, language),
        advisers=words.advisers[step.advisers] if step.level != NONE else "",
        boxes=boxes,
        evidence=evidence_line(step.evidence, words) if asks else None,
    )


def _case(case: Vignette, lines: tuple[Criterion, ...], language: str, ladder: tuple[Rung, ...]) -> Case:
    expected = {item.criterion: item for item in case.expected}
    return Case(
        id=case.id,
        title=said(case.title, language),
        situation=said(case.situation, language),
        answers=tuple(
            _answer(line, expected[line.id], language, ladder) for line in lines if line.id in expected
        ),
    )


def _answer(line: Criterion, expected: Expected, language: str, ladder: tuple[Rung, ...]) -> Answer:
    marks = tuple(
        (rung, "".join(TICKED if item.id in expected.holds else EMPTY for item in step.attributes))
        for step, rung in zip(line.steps, ladder, strict=True)
        if step.attributes
    )
    reached = next(rung for rung in ladder if rung.id == expected.level)
    return Answer(line.id, said(line.title, language), reached, marks, said(expected.why, language))


def _cap(cap: Cap, language: str, others: Mapping[str, Rubric]) -> CapLine:
    other = others.get(cap.rubric)
    capping = [line for line in other.criteria if line.id == cap.criterion] if other else []
    return CapLine(
        rubric=cap.rubric,
        title=_only(other.title, language) if other else "",
        criterion=cap.criterion,
        criterion_title=_only(capping[0].title, language) if capping else "",
        reason=said(cap.reason, language),
    )


def _only(texts: Texts, language: str) -> str:
    """Return a text of another rubric, or nothing when it has none in this language."""
    return texts.get(language, "")


def _table(rubric: Rubric, language: str) -> TableLine | None:
    table = rubric.table
    if table is None:
        return None
    results = " · ".join(said(level.label, language) for level in table.results)
    return TableLine(said(table.title, language), table.source, direction(table.source), results)


def _instrument(source: Source, language: str) -> Instrument:
    return Instrument(source.title, source.publisher, direction(source.title), said(source.note, language))


def direction(text: str) -> str:
    """Return which way a text runs, by its first letter: ``ltr`` or ``rtl``."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"
