"""A rubric as lint sees it: its English passages, each with its place, whether it is sound or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from measures.finding import Finding, find
from measures.rubric.document import Document, Path_

_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)+|[^\W_]+(?:['/-][^\W_]+)*")
_SAME = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-", "\u2044": "/"}
    | dict.fromkeys(("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"), "")
)
"""Characters that look like another one, or like nothing: a word is found however it was typed."""


@dataclass(frozen=True)
class Passage:
    """An English text, and where it stands."""

    path: Path_
    text: str
    criterion: str = ""
    level: str = ""
    attribute: bool = False

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words and numbers in lower case."""
        return words_of(self.text.lower())


@dataclass(frozen=True)
class Draft:
    """A rubric as written, sound or not."""

    document: Document

    @cached_property
    def criteria(self) -> list[tuple[Path_, dict[str, Any]]]:
        """Every criterion that is a map, with its path."""
        return list(_maps(self.document.value, "criteria"))

    @cached_property
    def steps(self) -> list[tuple[Path_, str, str, dict[str, Any]]]:
        """Path, criterion, level and map of every step, lowest level first where the ladder is known."""
        order = {
            str(level.get("id")): at for at, (_, level) in enumerate(_maps(self.document.value, "levels"))
        }
        return [
            ((*path, "levels", level), str(criterion.get("id", "")), level, step)
            for path, criterion in self.criteria
            for level, step in sorted(
                get(criterion, "levels", dict).items(), key=lambda found: order.get(found[0], len(order))
            )
            if isinstance(step, dict)
        ]

    @cached_property
    def descriptors(self) -> list[Passage]:
        """The English descriptor of every step."""
        return [
            Passage((*path, "descriptor", "en"), text, criterion, level)
            for path, criterion, level, step in self.steps
            if (text := _english(step.get("descriptor")))
        ]

    @cached_property
    def attributes(self) -> list[Passage]:
        """The English text of every attribute."""
        return [
            Passage((*path, "attributes", at, "text", "en"), text, criterion, level, attribute=True)
            for path, criterion, level, step in self.steps
            for at, found in enumerate(get(step, "attributes", list))
            if isinstance(found, dict) and (text := _english(found.get("text")))
        ]

    @cached_property
    def passages(self) -> list[Passage]:
        """Descriptors and attributes."""
        return self.descriptors + self.attributes

    @cached_property
    def labels(self) -> list[Passage]:
        """The English label of every level."""
        return [
            Passage((*path, "label", "en"), text, level=str(level.get("id", "")))
            for path, level in _maps(self.document.value, "levels")
            if (text := _english(level.get("label")))
        ]

    @cached_property
    def questions(self) -> list[Passage]:
        """The English question of every criterion."""
        return [
            Passage((*path, "question", "en"), text, str(criterion.get("id", "")))
            for path, criterion in self.criteria
            if (text := _english(criterion.get("question")))
        ]

    def note(self, code: str, path: Path_, **fields: object) -> Finding:
        """Return a finding at a value."""
        return find(code, self.document.place(path), **fields)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text: ``half-year``, ``ministry's`` and ``1,200`` are one each."""
    return tuple(_WORD.findall(text))


def get(value: Any, key: str, kind: type) -> Any:
    """Return what stands under ``key`` when it is of ``kind``, else an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, kind) else kind()


def _maps(value: Any, key: str) -> Iterator[tuple[Path_, dict[str, Any]]]:
    for at, found in enumerate(get(value, key, list)):
        if isinstance(found, dict):
            yield (key, at), found


def _english(texts: object) -> str:
    text = texts.get("en") if isinstance(texts, dict) else None
    if not isinstance(text, str):
        return ""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SAME).split())
