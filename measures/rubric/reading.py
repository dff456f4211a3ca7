"""Walks a document and notes everything that is wrong with it, in one pass.

A :class:`Cursor` points at one map of a document. Its methods return the value asked for,
or an empty stand-in after noting a finding, so that reading always reaches the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from measures.errors import MeasuresError
from measures.finding import Finding, Place, did_you_mean, find, one_of
from measures.rubric.document import Document, Path_, type_names

T = TypeVar("T")
Texts = dict[str, str]
"""A text by language code."""

ID = r"[A-Za-z0-9][A-Za-z0-9._/@-]{0,99}"
"""What an id looks like wherever one is given: a table can name it, and no cell is cut at it."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A map within a document.

    Args:
        document: The document being read.
        path: Where in it this cursor points.
        findings: Shared list that findings are added to.
        what: What this map is called in messages.
    """

    document: Document
    path: Path_
    findings: list[Finding]
    what: str

    @property
    def map(self) -> dict[str, Any]:
        """The map pointed at; empty when the document holds something else there."""
        value = self.document.value
        for step in self.path:
            value = value[step]
        return value if isinstance(value, dict) else {}

    def place(self, *steps: str | int) -> Place:
        """Return the place of a value below this map."""
        return self.document.place((*self.path, *steps))

    def note(self, code: str, *steps: str | int, **fields: object) -> None:
        """Note a finding at a value below this map."""
        self.findings.append(find(code, self.place(*steps), **fields))

    def only(self, *known: str) -> None:
        """Note every key that is not in ``known``."""
        for key in self.map:
            if key not in known:
                self.note("S009", key, key=key, where=self.what, hint=did_you_mean(key, known))

    def get(self, key: str, kind: type, *, required: bool, what: str) -> Any:
        """Return the value of ``key`` if it is of ``kind``, else ``None``."""
        value = self.map.get(key)
        if value is None or value == "":
            if required:
                self.note("S008", key, key=key, where=self.what, what=what)
            return None
        if not isinstance(value, kind):
            got = type_names.get(type(value), "something else")
            self.note("S010", key, where=f"{key} of {self.what}", what=type_names[kind], got=got)
            return None
        return value

    def text(self, key: str, *, required: bool = True, what: str = "a text") -> str:
        """Return a plain text, empty when absent."""
        return str(self.get(key, str, required=required, what=what) or "")

    def id(self, key: str = "id", *, required: bool = True, what: str = "a short id") -> str:
        """Return a text that may serve as an id, empty when absent."""
        value = self.text(key, required=required, what=what)
        if value and not re.fullmatch(ID, value):
            form = "letters, digits and . _ / @ -, beginning with a letter or digit"
            self.note("S005", key, column=key, what=form, value=value)
        return value

    def word(self, key: str, allowed: Sequence[str], *, required: bool = True, default: str = "") -> str:
        """Return a text that is one of ``allowed``, else ``default``."""
        value = self.text(key, required=required, what=one_of(allowed))
        if value and value not in allowed:
            self.note(
                "S004",
                key,
                column=key,
                allowed=one_of(allowed),
                value=value,
                hint=did_you_mean(value, allowed),
            )
            return default
        return value or default

    def parsed(self, key: str, parse: Callable[[str], T], what: str, *, required: bool = True) -> T | None:
        """Return what ``parse`` makes of a text; a ``ValueError`` or a named error is noted."""
        value = self.text(key, required=required, what=what)
        return parse_or_note(self, key, value, parse, what) if value else None

    def number(self, key: str, low: int, high: int, *, default: int | None = None) -> int:
        """Return a whole number between ``low`` and ``high``."""
        text = self.text(key, required=default is None, what=f"a whole number from {low} to {high}")
        if not text:
            return default if default is not None else low
        digits = text.isascii() and text.isdigit() and len(text) < 10
        if not (digits and low <= int(text) <= high):
            self.note("S005", key, column=key, what=f"a whole number from {low} to {high}", value=text)
            return low
        return int(text)

    def yes(self, key: str) -> bool:
        """Return whether a yes/no text says yes; absent means no."""
        return self.word(key, ("yes", "no"), required=False, default="no") == "yes"

    def texts(self, key: str, *, required: bool = True, what: str = "a text by language") -> Texts:
        """Return a text by language, such as ``{en: ...}``."""
        value = self.get(key, dict, required=required, what=what)
        given: Texts = {}
        for language, text in (value or {}).items():
            if not isinstance(text, str) or not text.strip():
                self.note(
                    "S010", key, language, where=f"{key}.{language}", what="a text", got="something else"
                )
            elif not _LANGUAGE.fullmatch(language):
                form = "a language code such as en"
                self.note("S005", key, language, column=f"a key of {key}", what=form, value=language)
            else:
                given[language] = " ".join(text.split())
        if value is not None and not value:
            self.note("S008", key, key="en", where=key, what=what)
        return given

    def plain_or_texts(self, key: str) -> Texts:
        """Return a text by language; a plain text is taken as English."""
        value = self.map.get(key)
        return {"en": " ".join(value.split())} if value and isinstance(value, str) else self.texts(key)

    def words(self, key: str, *, required: bool = False, allowed: Sequence[str] = ()) -> tuple[str, ...]:
        """Return a list of plain texts."""
        value = self.get(key, list, required=required, what="a list")
        if required and value == []:
            self.note("S008", key, key=key, where=self.what, what="at least one text in the list")
        kept: list[str] = []
        for position, item in enumerate(value or []):
            if not isinstance(item, str) or not item:
                self.note(
                    "S010",
                    key,
                    position,
                    where=f"{key} of {self.what}",
                    what="a list of texts",
                    got="another",
                )
            elif item in kept:
                self.note("S007", key, position, what=f"text in {key}", value=item)
            elif allowed and item not in allowed:
                hint = did_you_mean(item, allowed)
                self.note("S004", key, position, column=key, allowed=one_of(allowed), value=item, hint=hint)
            else:
                kept.append(item)
        return tuple(kept)

    def down(self, key: str, what: str, *, required: bool = True) -> Cursor | None:
        """Return a cursor at the map under ``key``."""
        if self.get(key, dict, required=required, what="a map") is None:
            return None
        return Cursor(self.document, (*self.path, key), self.findings, what)

    def each(self, key: str, what: str, *, required: bool = True) -> Iterator[Cursor]:
        """Yield a cursor at each map of the list under ``key``."""
        value = self.get(key, list, required=required, what="a list of maps")
        for position, item in enumerate(value or []):
            if isinstance(item, dict):
                yield Cursor(self.document, (*self.path, key, position), self.findings, what)
            else:
                self.note(
                    "S010", key, position, where=what, what="a map", got=type_names.get(type(item), "another")
                )


def parse_or_note(cursor: Cursor, key: str, value: str, parse: Callable[[str], T], what: str) -> T | None:
    """Return ``parse(value)``, or note that ``value`` is not ``what``."""
    try:
        return parse(value)
    except (ValueError, MeasuresError):
        cursor.note("S005", key, column=key, what=what, value=value)
        return None


def root(document: Document, findings: list[Finding], what: str) -> Cursor | None:
    """Return a cursor at the top of a document, or note that it is no map."""
    if document.value is None:
        return None
    if not isinstance(document.value, dict):
        got = type_names.get(type(document.value), "nothing")
        findings.append(find("S010", document.place(), where=what, what="a map", got=got))
        return None
    return Cursor(document, (), findings, what)
