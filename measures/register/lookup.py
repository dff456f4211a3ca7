"""The look-up file: which entries name an id, so that a trace need not read the whole register.

It is derived, and may be deleted and made again. Nothing is believed for standing in it: whatever
it yields is a number of an entry, and the entry is read from the register. What it can do is
leave something out; who has to rule that out reads the register anew (``Lookup.open(None, …)``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from measures.errors import CanonicalError, RegisterError
from measures.records.links import links
from measures.register import database
from measures.register.chain import GENESIS_HEAD, Head, Line, read
from measures.register.store import Register

_T = TypeVar("_T", int, str)
SUFFIX = ".lookup"
_LAYOUT = 2
"""Raised whenever what is looked up changes; a file of another layout is made again."""
_BATCH = 20_000
_PREFIX = 13
"""Digits of a digest that are kept, as a number."""
_NEAR = 400
_TABLES = (
    "CREATE TABLE named (id TEXT, own INT, seq INT, kind TEXT, PRIMARY KEY (id, own, seq)) WITHOUT ROWID",
    "CREATE TABLE sealed (prefix INTEGER, seq INTEGER, PRIMARY KEY (prefix, seq)) WITHOUT ROWID",
    "CREATE TABLE covers (seq INTEGER NOT NULL, digest TEXT NOT NULL)",
)


class Lookup:
    """The look-up file of one register, brought up to its head; use it as a context manager."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(
        cls, path: Path | None, register: Register, progress: Callable[[int, int], None] | None = None
    ) -> Lookup:
        """Open the look-up file at ``path`` and add what was appended since.

        Args:
            path: The file; made when missing, and again when it is damaged or of another
                register. ``None`` reads the whole register and keeps nothing; so does a folder
                that may not be written.
            register: The register, open.
            progress: Told how many entries were read, and how many there are to read.
        """
        for attempt in (path, path, None) if path is not None else (None,):
            try:
                return cls._opened(attempt, register, progress)
            except sqlite3.Error:
                if attempt is None:
                    raise
                with suppress(OSError):
                    attempt.unlink()
        raise AssertionError("memory is always there")

    @classmethod
    def _opened(
        cls, path: Path | None, register: Register, progress: Callable[[int, int], None] | None
    ) -> Lookup:
        timeout = database.BUSY_SECONDS
        connection = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=timeout)
        try:
            _bring_forward(connection, register, progress)
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def about(self, name: str) -> list[int]:
        """Return the numbers of the entries that say something of ``name``, oldest first."""
        return self._asked("SELECT seq FROM named WHERE id = ? AND own = 1 ORDER BY seq", (name,), int)

    def naming(self, name: str, most: int, kind: str = "") -> list[int]:
        """Return the numbers of the entries of other records that name ``name``, oldest first.

        Args:
            name: The id.
            most: How many to return at most.
            kind: Only entries of this kind; of any when empty.
        """
        query = "SELECT seq FROM named WHERE id = ?1 AND own = 0 AND ?2 IN ('', kind) ORDER BY seq LIMIT ?3"
        return self._asked(query, (name, kind, most), int)

    def below(self, name: str) -> list[str]:
        """Return the ids that go on behind ``name`` and a stroke, such as a milestone's criteria."""
        query = "SELECT DISTINCT id FROM named WHERE id > ? AND id < ?"
        return self._asked(query, (f"{name}/", f"{name}0"), str)

    def sealed(self, digits: str) -> list[int]:
        """Return the numbers of the entries whose digest may begin with ``digits``."""
        first = int(digits[:_PREFIX].ljust(_PREFIX, "0"), 16)
        last = int(digits[:_PREFIX].ljust(_PREFIX, "f"), 16)
        query = "SELECT seq FROM sealed WHERE prefix BETWEEN ? AND ? ORDER BY seq LIMIT 100"
        return self._asked(query, (first, last), int)

    def near(self, name: str) -> list[str]:
        """Return some ids that stand close to ``name`` in the order of the alphabet; quarters are none."""
        found: list[str] = []
        for start in dict.fromkeys((name, name.upper(), name.capitalize(), name[:2], name[:2].upper())):
            for query in (
                "SELECT DISTINCT id FROM named WHERE id >= ? ORDER BY id LIMIT ?",
                "SELECT DISTINCT id FROM named WHERE id < ? ORDER BY id DESC LIMIT ?",
            ):
                found += self._asked(query, (start, _NEAR), str)
        return sorted({text for text in found if "|" not in text})

    def _asked(self, query: str, values: tuple[str | int, ...], of: type[_T]) -> list[_T]:
        """Return the only column of what is asked for.

        Raises:
            RegisterError: The file turns out to be damaged, or holds values of another type.
        """
        try:
            found = [value for (value,) in self._connection.execute(query, values)]
        except sqlite3.Error as error:
            raise _unsound(database.problem(error)) from error
        if not all(isinstance(value, of) for value in found):
            raise _unsound("one with other values in it")
        return found


def _unsound(got: str) -> RegisterError:
    return RegisterError(
        f"Expected a sound look-up file beside the register, got {got}.",
        "Delete register.lookup, which is then made again.",
    )


def _bring_forward(
    connection: sqlite3.Connection, register: Register, progress: Callable[[int, int], None] | None
) -> None:
    head = register.head()
    connection.execute("PRAGMA synchronous = OFF")
    with database.transaction(connection):
        covered = _covered(connection, register)
        if covered == head:
            return
        # Sorted before it is stored: a tree that grows at random places is slow.
        connection.execute("CREATE TEMP TABLE fresh (id TEXT, own INTEGER, seq INTEGER, kind TEXT)")
        connection.execute("CREATE TEMP TABLE marks (prefix INTEGER, seq INTEGER)")
        total, done = head.size - covered.size, 0
        for batch in _batches(register.lines(head.size, after=covered.size)):
            connection.executemany(
                "INSERT INTO fresh VALUES (?, ?, ?, ?)", chain.from_iterable(map(_named, batch))
            )
            marks = ((line.prev, line.seq - 1) for line in batch if line.seq - 1 > covered.size)
            connection.executemany("INSERT INTO marks VALUES (?, ?)", map(_mark, marks))
            done += len(batch)
            if progress is not None:
                progress(done, total)
        connection.execute("INSERT INTO marks VALUES (?, ?)", _mark((head.digest, head.size)))
        connection.execute("INSERT INTO named SELECT DISTINCT * FROM fresh ORDER BY id, own, seq")
        connection.execute("INSERT INTO sealed SELECT prefix, seq FROM marks ORDER BY prefix, seq")
        connection.execute("DROP TABLE fresh")
        connection.execute("DROP TABLE marks")
        connection.execute("DELETE FROM covers")
        connection.execute("INSERT INTO covers VALUES (?, ?)", (head.size, head.digest))


def _covered(connection: sqlite3.Connection, register: Register) -> Head:
    """Return how far the file goes; one that is of no use here is emptied."""
    layout = connection.execute("PRAGMA user_version").fetchone()[0]
    if layout == _LAYOUT:
        query = "SELECT seq, digest FROM covers WHERE typeof(seq) = 'integer' AND typeof(digest) = 'text'"
        rows = connection.execute(query).fetchall()
        if len(rows) == 1:
            covered = Head(*rows[0])
            entry = register.entry(covered.size)
            if entry is not None and entry.digest == covered.digest:
                return covered
    for table in ("named", "sealed", "covers"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {_LAYOUT}")
    return GENESIS_HEAD


def _batches(contents: Iterator[bytes]) -> Iterator[list[Line]]:
    try:
        while batch := list(map(read, islice(contents, _BATCH))):
            yield batch
    except CanonicalError as error:
        raise RegisterError(
            "Expected a register of entries, found one that was altered and cannot be read.",
            "Run `measures verify`, and restore the register from a copy.",
        ) from error


def _named(line: Line) -> Iterator[tuple[str, int, int, str]]:
    yield line.ref, 1, line.seq, line.kind
    for link in links(line.kind, line.body, line.supersedes):
        yield link.id, 0, line.seq, line.kind


def _mark(sealed: tuple[str, int]) -> tuple[int, int]:
    """Return the beginning of a digest as a number; an entry names the digest of the one before it."""
    digest, seq = sealed
    return int(digest[:_PREFIX], 16), seq
