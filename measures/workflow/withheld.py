"""Which entries a reader may see up to a ceiling: default closed, and an entry whole or not at all.

The chain covers the whole of an entry, so nothing can be cut out of one. An entry is withheld

- when its marking lies above the ceiling, is unknown or missing;
- when another entry of the same record, or one that corrects it or that it corrects, is withheld:
  half of a record would tell something else than the whole;
- when it names a record above the ceiling by its id, or any withheld entry by its digest.

What bears no marking (the mission, plan items, rubrics, keys, erasures) every edition prints; it is
shown unless it names such a record.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from measures.errors import EditionError
from measures.finding import one_of
from measures.records.tables import TABLE_OF_KIND, Table
from measures.register import Entry
from measures.workflow.recorded import EDITION

UNMARKED = frozenset({"mission", "objective", "milestone", "rubric", "key", "erasure"})
"""Kinds that need no marking; anything else without one is withheld."""

_PLAIN = frozenset({"milestone", "objective", "person", "actor"})
"""Kinds whose ids are no secret at any ceiling."""

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/@-]*")
_PARTS = re.compile(r"[./@]")
_TELLING = re.compile(r"(?=.*[a-z])(?=.*[0-9])")


def up_to(ceiling: str, markings: Sequence[str]) -> tuple[str, ...]:
    """Return the markings that may be seen up to a ceiling; the lowest alone when none is given.

    Raises:
        EditionError: The ceiling is not a marking of the mission.
    """
    if not ceiling:
        return tuple(markings[:1])
    if ceiling not in markings:
        raise EditionError(
            f"Expected the ceiling to be a marking of the mission ({one_of(markings)}), got {ceiling!r}.",
            "Name one of them.",
        )
    return tuple(markings[: list(markings).index(ceiling) + 1])


def withheld(entries: Iterable[Entry], allowed: Collection[str]) -> frozenset[int]:
    """Return the numbers of the entries that may not be seen.

    Args:
        entries: Every entry, in order.
        allowed: The markings that may be seen.
    """
    found = _Found(entries, frozenset(allowed))
    waiting = [(seq, True) for seq in found.over]
    hidden = dict(waiting)
    while waiting:
        for seq, secret in found.drawn_in_by(*waiting.pop()):
            if secret > hidden.get(seq, -1):
                hidden[seq] = secret
                waiting.append((seq, secret))
    return frozenset(hidden)


class _Found:
    """Every entry, and which entries hang together."""

    def __init__(self, entries: Iterable[Entry], allowed: frozenset[str]) -> None:
        self.over: list[int] = []
        self._records: dict[tuple[str, str], list[int]] = {}
        self._record: dict[int, tuple[tuple[str, str], ...]] = {}
        self._own: dict[int, tuple[str, ...]] = {}
        self._naming: dict[str, list[int]] = {}
        self._digests: dict[int, str] = {}
        given = list(entries)
        for entry in given:
            self._place(entry, allowed)
        if self.over:
            known = {word for words in self._own.values() for word in words}
            for entry in given:
                for word in words_of(entry) & known:
                    self._naming.setdefault(word, []).append(entry.seq)

    def _place(self, entry: Entry, allowed: frozenset[str]) -> None:
        if entry.kind in UNMARKED and "marking" not in entry.body:
            return
        self._digests[entry.seq] = entry.digest
        if entry.body.get("marking") not in allowed:
            self.over.append(entry.seq)
        if entry.kind == EDITION:
            self._own[entry.seq] = (entry.digest,)
            return
        names = {entry.ref, entry.supersedes, str(entry.body.get("supersedes", ""))} - {""}
        self._record[entry.seq] = tuple((entry.kind, name) for name in sorted(names))
        for record in self._record[entry.seq]:
            self._records.setdefault(record, []).append(entry.seq)
        own = (entry.ref, entry.digest, str(entry.body.get("sha256", "")))
        self._own[entry.seq] = tuple(word.casefold() for word in own if word)

    def drawn_in_by(self, seq: int, secret: bool) -> Iterator[tuple[int, bool]]:
        """Yield the entries that go with a withheld one, and whether their ids are secret.

        Args:
            seq: Number of the entry.
            secret: Whether its own id is; one that is withheld for what it names may itself be named.
        """
        for record in self._record.get(seq, ()):
            yield from ((other, secret) for other in self._records[record])
        for word in self._own.get(seq, ()):
            if secret or word == self._digests[seq]:
                yield from ((other, False) for other in self._naming.get(word, ()))


def words_of(entry: Entry) -> frozenset[str]:
    """Return every word of an entry that could be the id or digest of a record, in lower case.

    A whole value may be any id. In prose an id must have a letter and a digit, so that a record
    called ``plan`` or ``7`` does not draw in whatever mentions a plan or a seven.
    """
    words = {entry.ref.casefold()} if entry.kind in UNMARKED else set()
    for value, whole in _texts(entry.body, TABLE_OF_KIND.get(entry.kind)):
        if whole:
            words |= {part.strip() for part in value.casefold().split(";")}
        words |= _in_prose(value)
    return frozenset(words - {""})


def _in_prose(text: str) -> set[str]:
    words: set[str] = set()
    for word in _WORD.findall(text.casefold()):
        words.update((word.rstrip("._/@-"), *_PARTS.split(word)))
    return {word for word in words if _TELLING.match(word)}


def _texts(body: Mapping[str, Any], table: Table | None) -> Iterator[tuple[str, bool]]:
    """Yield every text of a body, and whether the whole of it may be an id.

    A row of a table says itself which of its columns name other records.
    """
    if table is None:
        for value in body.values():
            yield from ((text, True) for text in _all(value))
        return
    naming = {
        column.name
        for column in (*table.columns, *table.pins)
        if column.form in {"id", "ids", "digest"} and column.to not in _PLAIN and column.name != "id"
    }
    for name, value in body.items():
        yield from ((text, name in naming) for text in _all(value))


def _all(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _all(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _all(item)
