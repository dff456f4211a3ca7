"""Verification: is this register whole, in order, and the one whose heads were kept?

Needs none of the heavy libraries. Findings are placed at ``register.db:7`` for entry 7,
which is also line 7 of the JSON Lines export. What was wrong with the file is a finding
too; no file, however damaged, raises.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from measures.errors import RegisterError
from measures.finding import Finding, Place, errors_in, find
from measures.register import database
from measures.register.chain import GENESIS_HEAD, Head
from measures.register.headfile import beside, head_file
from measures.register.walk import Walk

BUSY_SECONDS = 5.0
HEAD_FILE = "the head file"


@dataclass(frozen=True, slots=True)
class Verification:
    """What verification found.

    Args:
        size: Number of the last entry.
        head: The head as stored; to be relied on when ``sound``.
        findings: What is wrong, in the order of the entries; hints and warnings among them.
        checked: What was looked at, in words; empty when nothing could be.
    """

    size: int
    head: Head
    findings: tuple[Finding, ...]
    checked: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing that was checked speaks against the register."""
        return not errors_in(self.findings)


@dataclass(frozen=True, slots=True)
class _Kept:
    """The heads to hold the register against: the one beside it, and those brought along."""

    beside: Head | None
    damage: tuple[Finding, ...]
    heads: tuple[tuple[str, Head], ...]


def verify(
    path: Path | str,
    *,
    heads: Sequence[tuple[str, Head]] = (),
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Verify the register at ``path``.

    Args:
        path: The database file.
        heads: Heads held elsewhere, each with the name of where it was found.
        progress: Called now and then with the number of the entry just checked.
    """
    path = Path(path)
    # The head file is read first: an append meanwhile can only carry the register ahead of it.
    kept = _kept(path, heads)
    try:
        if not path.is_file():
            return _nothing(path, kept, "no file")
        with closing(database.connect(path, read_only=True, busy_seconds=BUSY_SECONDS)) as connection:
            connection.execute("BEGIN")  # one moment for all that follows
            what = database.stranger(connection)
            return _nothing(path, kept, what) if what else _verify(connection, path, kept, progress)
    except sqlite3.Error as error:
        return _nothing(path, kept, database.problem(error))


def _kept(path: Path, heads: Sequence[tuple[str, Head]]) -> _Kept:
    try:
        found = head_file(path)
    except RegisterError as error:
        return _Kept(None, (find("V011", Place(beside(path).name), problem=error.message),), tuple(heads))
    return _Kept(found, (), ((HEAD_FILE, found), *heads) if found else tuple(heads))


def _nothing(path: Path, kept: _Kept, what: str) -> Verification:
    return Verification(0, GENESIS_HEAD, (find("V010", Place(path.name), what=what), *kept.damage), ())


def _verify(
    connection: sqlite3.Connection, path: Path, kept: _Kept, progress: Callable[[int], None] | None
) -> Verification:
    guards = tuple(_guards(connection, Place(path.name)))
    walk = Walk(path.name, [head.size for _, head in kept.heads])
    walk.over(connection, progress)
    anchors = tuple(_anchors(walk, kept, path.name))
    return Verification(
        size=walk.head.size,
        head=walk.head,
        findings=(*guards, *walk.findings, *kept.damage, *anchors),
        checked=(
            f"digest, form, order and look-up columns of {walk.head.size} entries",
            "tables and guards of the database",
            *(f"head of {head.size} entries according to {source}" for source, head in kept.heads),
        ),
    )


def _guards(connection: sqlite3.Connection, place: Place) -> Iterator[Finding]:
    """Compare every table and trigger with the very SQL that made it."""
    found = database.objects(connection)
    expected = database.blueprint(database.layout(connection))
    for name, (what, sql) in expected.items():
        if found.get(name) != (what, sql):
            yield find("V008", place, what=what, name=name)
    for name in sorted(found.keys() - expected.keys()):
        yield find("V016", place, what=found[name][0], name=name)


def _anchors(walk: Walk, kept: _Kept, file: str) -> Iterator[Finding]:
    size = walk.head.size
    for source, head in kept.heads:
        found = walk.digests.get(head.size, "none")
        if head.size > size:
            place, cut = Place(file, size), {"size": size, "expected": str(head), "first": size + 1}
            yield find("V004", place, source=source, **cut)
        elif found != head.digest:
            place, other = Place(file, head.size), {"found": found, "expected": head.digest}
            yield find("V005", place, seq=head.size, source=source, **other)
    if kept.beside is None and not kept.damage and size:
        yield find("V009", Place(file))
    if kept.beside is not None and kept.beside.size < size:
        yield find("V012", Place(beside(Path(file)).name), kept=kept.beside.size, size=size)
