"""What each column of each sheet asks for, from the tables of records and the workbook's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from measures.intake.workbook.cells import Ask, fold
from measures.intake.workbook.layout import LANGUAGES, SHEETS, Sheet
from measures.intake.workbook.words import words
from measures.records.tables import NON_SCORES, TABLES, Column

_LISTS = {
    "confidence": "confidence", "methods": "concerns", "coherence": "concerns", "adequacy": "concerns",
    "relevance": "concerns", "bearing": "bearings", "role": "roles", "stance": "stances",
    "initiated_by": "initiators", "kind": "kinds", "reliability": "reliability",
    "credibility": "credibility", "own_claim": "flag", "first_hand": "flag", "seen": "seen",
    "custody": "custody",
}  # fmt: skip
"""Which list of the workbook's words a column of choices uses."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a mission may name in a workbook.

    Args:
        levels: Level ids of every rubric in use, with their labels in any language.
        markings: Its markings.
        named: By kind (``actor``, ``objective``), ids and what else they are called.
        criteria: Ids of criteria by their folded titles.
        scores: The row key of every score that the plan may ever ask for.
    """

    levels: Mapping[str, tuple[str, ...]]
    markings: tuple[str, ...]
    named: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    criteria: Mapping[str, str] = field(default_factory=dict)
    scores: frozenset[str] = frozenset()


def asks(vocabulary: Vocabulary) -> dict[tuple[str, str], Ask]:
    """Return what is asked, by sheet key and column key, of every column that is filled in."""
    made = {}
    for sheet in (sheet for sheets in SHEETS.values() for sheet in sheets):
        for column in sheet.columns:
            if column.fill == "fill":
                made[sheet.key, column.key] = _ask(sheet, column.key, vocabulary)
    return made


def _ask(sheet: Sheet, key: str, vocabulary: Vocabulary) -> Ask:
    name = words("en").sheets[sheet.key].columns[key][0]
    if (sheet.key, key) == ("scores", "evidence"):
        return Ask(name, "ids")
    if (sheet.key, key) == ("citations", "score"):
        return Ask(name, "id")
    column = TABLES[sheet.table or "assessments"].column(key)
    if column.form in ("score", "level"):
        known = {**vocabulary.levels}
        if column.form == "score":
            known |= {word: _said("non_scores", word) for word in NON_SCORES}
        return Ask(name, column.form, tuple(known), by_label(known))
    if column.form == "marking":
        return Ask(name, "marking", vocabulary.markings)
    if column.form in ("word", "flag"):
        return _of_list(name, column)
    if column.to in vocabulary.named:
        return Ask(name, column.form, (), by_label(vocabulary.named[column.to]))
    return Ask(name, column.form)


def _of_list(name: str, column: Column) -> Ask:
    allowed = column.allowed or ("yes", "no")
    known = {word: _said(_LISTS[column.name], word) for word in allowed}
    return Ask(name, column.form, allowed, by_label(known))


def _said(name: str, word: str) -> tuple[str, ...]:
    """Return the labels of a word in every language of the workbook."""
    return tuple(words(language).choices[name].get(word, word) for language in LANGUAGES)


def by_label(known: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return words by their folded labels; a label of two words is nobody's."""
    found: dict[str, set[str]] = {}
    for word, labels in known.items():
        for label in (word, *labels):
            found.setdefault(fold(label), set()).add(word)
    return {label: min(meant) for label, meant in found.items() if len(meant) == 1 and label}
