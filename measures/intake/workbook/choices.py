"""What may be chosen in each column: lists of ids with their labels, kept on a hidden sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from measures.intake.workbook.given import Given, Question
from measures.intake.workbook.layout import LISTS, NEW, SEPARATOR, Sheet, score_id, shown
from measures.intake.workbook.pages import Area, Content, Formula, Line, Page, on_sheet, quoted
from measures.intake.workbook.words import Words
from measures.records.mission import CAUSES
from measures.records.tables import (
    BEARINGS,
    CONCERNS,
    CONFIDENCE,
    INITIATORS,
    NON_SCORES,
    PROBATIVE,
    STANCES,
)
from measures.rubric import Rubric, said
from measures.rubric.model import CREDIBILITY, EVIDENCE_KINDS, RELIABILITY

_LABEL = 60
"""Characters of a title in a list."""

WORD_LISTS: Mapping[str, Sequence[str]] = {
    "confidence": CONFIDENCE,
    "concerns": CONCERNS,
    "bearings": BEARINGS,
    "roles": PROBATIVE,
    "stances": STANCES,
    "initiators": INITIATORS,
    "kinds": EVIDENCE_KINDS,
    "reliability": RELIABILITY,
    "credibility": CREDIBILITY,
    "flag": ("yes", "no"),
    "seen": ("full-text", "excerpt"),
    "custody": ("held-elsewhere", "vault"),
}

ONE_OF: Mapping[tuple[str, str], str] = {
    **{("scores", column): "concerns" for column in ("methods", "coherence", "adequacy", "relevance")},
    **{(sheet, "marking"): "markings" for sheet in ("scores", "citations", "evidence", "engagements")},
    ("scores", "confidence"): "confidence",
    ("citations", "score"): "scores",
    ("citations", "evidence"): "evidence",
    ("citations", "bearing"): "bearings",
    ("citations", "role"): "roles",
    ("citations", "shows"): "levels",
    ("evidence", "kind"): "kinds",
    ("evidence", "reliability"): "reliability",
    ("evidence", "credibility"): "credibility",
    ("evidence", "own_claim"): "flag",
    ("evidence", "first_hand"): "flag",
    ("evidence", "seen"): "seen",
    ("evidence", "custody"): "custody",
    ("engagements", "initiated_by"): "initiators",
    ("positions", "objective"): "objectives",
    ("positions", "actor"): "actors",
    ("positions", "stance"): "stances",
    ("positions", "marking"): "markings",
}
"""Columns that hold one word of a list."""

SEVERAL_OF: Mapping[tuple[str, str], str] = {
    ("scores", "evidence"): "evidence",
    ("engagements", "actors"): "actors",
    ("engagements", "objectives"): "objectives",
    ("engagements", "evidence"): "evidence",
    ("positions", "evidence"): "evidence",
}
"""Columns that hold several ids; the list offers them, and more than one may be typed."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The lists of one workbook.

    Args:
        entries: By name of the list, what it offers, each ``id · label`` or a formula for it.
        ladders: By rubric pin, the name of the list of its levels.
        by_id: By name of the list, what each id is shown as.
    """

    entries: Mapping[str, Sequence[Content]]
    ladders: Mapping[str, str]
    by_id: Mapping[str, Mapping[str, str]]

    def cell(self, sheet: Sheet, column: str, value: str) -> str:
        """Return what a cell says for a value of the records."""
        named = ONE_OF.get((sheet.key, column))
        return self.by_id.get(named, {}).get(value, value) if named else value

    def score(self, question: Question, value: str) -> str:
        """Return what the cell of a score says."""
        return self.by_id[self.ladders[str(question.rubric.pin)]].get(value, value)

    @property
    def names(self) -> dict[str, str]:
        """The defined name of each list and the cells it refers to."""
        return {
            f"list_{name}": on_sheet(LISTS, Area(2, at, len(found) + 1, at).absolute)
            for at, (name, found) in enumerate(self.entries.items(), start=1)
        }

    def page(self) -> Page:
        """Return the hidden sheet that holds the lists, one a column."""
        names = tuple(self.entries)
        deep = max(len(found) for found in self.entries.values())
        lines = [Line(names, ("",) * len(names))]
        for at in range(deep):
            cells = tuple(found[at] if at < len(found) else "" for found in self.entries.values())
            lines.append(Line(cells, ("",) * len(cells)))
        return Page(LISTS, (), tuple(lines), hidden=True)


def choices(given: Given, words: Words) -> Choices:
    """Return the lists of a quarter's workbook."""
    language = given.owner.language
    ladders, entries = level_lists(given.rubrics, words, language)
    entries["levels"] = _levels(given.rubrics, language)
    for name, found in WORD_LISTS.items():
        entries[name] = {word: shown(word, words.choices[name][word]) for word in found}
    entries["markings"] = {word: word for word in given.markings}
    entries["scores"] = {
        q.key: shown(q.key, _short(said(q.criterion.title, language))) for q in given.questions
    }
    entries["objectives"] = {name: shown(name, _short(text)) for name, text in given.objectives.items()}
    entries["actors"] = {name: shown(name, _short(text)) for name, text in given.actors.items()}
    told: dict[str, Sequence[Content]] = {
        name: tuple(found.values()) for name, found in entries.items() if found
    }
    told["evidence"] = tuple(_items(given, words))
    return Choices(told, ladders, entries)


def level_lists(
    rubrics: Iterable[Rubric], words: Words, language: str
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the name of each rubric's list of scores, and the lists; equal ladders share one."""
    names: dict[tuple[str, ...], str] = {}
    ladders: dict[str, str] = {}
    entries: dict[str, dict[str, str]] = {}
    for rubric in rubrics:
        levels = {level.id: shown(level.id, said(level.label, language)) for level in rubric.levels}
        name = names.setdefault(tuple(levels.values()), f"ladder_{len(names) + 1}")
        ladders[str(rubric.pin)] = name
        entries[name] = {**levels, **non_scores(words)}
    return ladders, entries


def non_scores(words: Words) -> dict[str, str]:
    """Return what may be said instead of a level, with its cause, by what it means."""
    labels, causes = words.choices["non_scores"], words.choices["causes"]
    found = {}
    for word in NON_SCORES:
        for cause in CAUSES if word == "not-observed" else ("",):
            name = score_id(word, cause)
            found[name] = shown(name, f"{labels[word]}: {causes[cause]}" if cause else labels[word])
    return found


def _levels(rubrics: Iterable[Rubric], language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for rubric in rubrics:
        for level in rubric.levels:
            found.setdefault(level.id, shown(level.id, said(level.label, language)))
    return found


def _items(given: Given, words: Words) -> Iterator[Content]:
    """Yield an entry for each item of evidence; that of a new one follows the title typed for it.

    It is found by its id, because the rows of the sheet may be sorted.
    """
    for row in given.recorded["evidence"]:
        yield shown(row["id"], _short(row["title"]))
    for name in given.fresh["evidence"]:
        title = f"INDEX(evidence_titles,MATCH({quoted(name)},evidence_ids,0))"
        empty = f"{name}{SEPARATOR}{words.phrases['new_row']}"
        typed = f'{quoted(name + SEPARATOR)}&SUBSTITUTE(LEFT({title},{_LABEL}),";",",")'
        yield Formula(f'IF(IFERROR({title},"")="",{quoted(empty)},{typed})', empty)


def _short(text: str) -> str:
    """Return a title as a list shows it, cut between words."""
    return text if len(text) <= _LABEL else f"{text[:_LABEL].rpartition(' ')[0] or text[:_LABEL]}…"


def new_key(name: str) -> str:
    """Return the key of a row that is written empty."""
    return f"{NEW}{name}"
