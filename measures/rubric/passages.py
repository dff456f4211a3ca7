"""A rubric as lint sees it: its English passages, each with its place, whether it is sound or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from measures.finding import Finding, find
from measures.rubric.document import Document, Path_

_WORD = re.compile(r"[a-z][a-z'/-]*|[0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """An English text of a level, and where it stands."""

    path: Path_
    text: str
    criterion: str
    level: str
    attribute: bool

    @property
    def words(self) -> list[str]:
        """Its words and numbers in lower case."""
        return _WORD.findall(self.text.lower())


@dataclass(frozen=True)
class Draft:
    """A rubric as written, sound or not."""

    document: Document

    @cached_property
    def criteria(self) -> list[tuple[Path_, dict[str, Any]]]:
        """Every criterion that is a map, with its path."""
        given = get(self.document.value, "criteria", list)
        return [(("criteria", at), found) for at, found in enumerate(given) if isinstance(found, dict)]

    @cached_property
    def steps(self) -> list[tuple[Path_, str, str, dict[str, Any]]]:
        """Path, criterion, level and map of every step, lowest level first."""
        return [
            ((*path, "levels", level), str(criterion.get("id", "")), level, step)
            for path, criterion in self.criteria
            for level, step in get(criterion, "levels", dict).items()
            if isinstance(step, dict)
        ]

    @cached_property
    def descriptors(self) -> list[Passage]:
        """The English descriptor of every step."""
        return [
            Passage((*path, "descriptor", "en"), text, criterion, level, attribute=False)
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

    def note(self, code: str, path: Path_, **fields: object) -> Finding:
        """Return a finding at a value."""
        return find(code, self.document.place(path), **fields)


def get(value: Any, key: str, kind: type) -> Any:
    """Return what stands under ``key`` when it is of ``kind``, else an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, kind) else kind()


def _english(texts: object) -> str:
    text = texts.get("en") if isinstance(texts, dict) else None
    return " ".join(text.split()) if isinstance(text, str) else ""
