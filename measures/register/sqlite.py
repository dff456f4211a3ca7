"""A register in an SQLite file or in memory, as an engine."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from measures import canonical
from measures.register import database
from measures.register.engine import Found, Objects, RawRow, Row

_LOWEST = -(2**63)
_HIGHEST = 2**63 - 1
_FOUND = "SELECT seq, digest, content FROM entry"
_INSERT = "INSERT INTO entry (seq, digest, kind, ref, period, content) VALUES (?, ?, ?, ?, ?, ?)"
_ROWS = "SELECT seq, digest, kind, ref, period, content FROM entry WHERE seq BETWEEN ? AND ? ORDER BY seq"
_HAS_INDEX = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = 'entry_by_ref'"
_IN_INDEX = "SELECT count(*) FROM entry INDEXED BY entry_by_ref"
_LOOKED_UP = """
SELECT count(*) FROM entry AS kept NOT INDEXED CROSS JOIN entry AS found INDEXED BY entry_by_ref
ON found.ref = kept.ref AND found.kind = kept.kind AND found.seq = kept.seq
WHERE kept.seq BETWEEN ? AND ?
"""


class Sqlite:
    """An open SQLite database; see :class:`measures.register.engine.Engine`."""

    guarded = "tables, guards and look-up index of the database"

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self.name = name

    @classmethod
    def open(cls, path: Path, *, read_only: bool, busy_seconds: float | None = None) -> Sqlite:
        """Open the file at ``path``, whatever is in it."""
        patience = {} if busy_seconds is None else {"busy_seconds": busy_seconds}
        with database.in_words(path.name):
            return cls(database.connect(path, read_only=read_only, **patience), path.name)

    @classmethod
    def in_memory(cls) -> Sqlite:
        """Return an empty register that is gone when it is closed."""
        return cls(database.memory(), "memory")

    def close(self) -> None:
        """Close the connection."""
        with database.in_words(self.name):
            self._connection.close()

    def bring_forward(self) -> None:
        """Bring an older layout up to the present one."""
        with database.in_words(self.name):
            database.bring_forward(self._connection)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Begin a transaction in which nobody else writes."""
        with database.in_words(self.name), database.transaction(self._connection):
            yield

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Read as of one moment."""
        with database.in_words(self.name):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):  # nothing was written, and a damaged file may refuse
                self._connection.execute("ROLLBACK")

    def last(self) -> Found | None:
        """Return the last entry."""
        return self._one(f"{_FOUND} ORDER BY seq DESC LIMIT 1", ())

    def found(self, seq: int) -> Found | None:
        """Return entry number ``seq``."""
        return self._one(f"{_FOUND} WHERE seq = ?", (seq,)) if seq < _HIGHEST else None

    def latest(self, kind: str, ref: str) -> Found | None:
        """Return the last entry of ``kind`` on ``ref``."""
        return self._one(f"{_FOUND} WHERE kind = ? AND ref = ? ORDER BY seq DESC LIMIT 1", (kind, ref))

    def chosen(
        self, upto: int, kinds: Collection[str] | None, refs: Collection[str] | None
    ) -> Iterator[Found]:
        """Return entries up to a number in order, of these kinds and on these refs."""
        terms, values = [], []
        for column, words in (("kind", kinds), ("ref", refs)):
            if words is not None:
                terms.append(f"AND {column} IN (SELECT value FROM json_each(?))")  # noqa: S608 - two words of ours
                values.append(canonical.encode(sorted(words)).decode())
        # The sign keeps the planner from walking through all entries in order to find a few.
        sign = "+" if terms else ""
        query = f"{_FOUND} WHERE {sign}seq <= ? {' '.join(terms)} ORDER BY {sign}seq"
        with database.in_words(self.name):
            # To delegate would close the cursor when reading is broken off, and fail where the register
            # was closed before.
            for found in self._connection.execute(query, (upto, *values)):  # noqa: UP028 - as said
                yield found

    def contents(self, after: int, upto: int) -> Iterator[bytes]:
        """Return the contents of the entries after ``after``, up to ``upto``."""
        query = "SELECT content FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq"
        with database.in_words(self.name):
            for (content,) in self._connection.execute(query, (after, upto)):
                yield content

    def rows(self, after: int) -> Iterator[Row]:
        """Return the rows after ``after``."""
        with database.in_words(self.name):
            for row in self._connection.execute(_ROWS, (after + 1, _HIGHEST)):  # noqa: UP028 - as above
                yield row

    def insert(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        with database.in_words(self.name):
            self._connection.executemany(_INSERT, rows)

    def batches(
        self, after: int, upto: int | None, size: int, *, careful: bool
    ) -> Iterator[Sequence[RawRow]]:
        """Return rows as they lie, ``size`` at a time."""
        # Bytes that are no text stop a plain reading, and what was fetched with them is lost.
        self._connection.text_factory = _lenient if careful else str
        first = after + 1 if after else _LOWEST
        try:
            with database.in_words(self.name):
                cursor = self._connection.execute(_ROWS, (first, _HIGHEST if upto is None else upto))
                while rows := cursor.fetchmany(1 if careful else size):
                    yield rows
        finally:
            self._connection.text_factory = str

    def stranger(self) -> str:
        """Return what the file is when it is not a register."""
        with database.in_words(self.name):
            return database.stranger(self._connection)

    def objects(self) -> Objects:
        """Return every table, trigger, index and view."""
        with database.in_words(self.name):
            return database.objects(self._connection)

    def blueprint(self) -> Objects:
        """Return what the scripts make of an empty file."""
        with database.in_words(self.name):
            return database.blueprint(database.layout(self._connection))

    def astray(self, after: int, upto: int) -> str:
        """Look every entry up as a reader would, and count what the index holds in all.

        Each found by its own key, and no more of them than there are entries: then nothing can hide.
        """
        with database.in_words(self.name):
            if not self._connection.execute(_HAS_INDEX).fetchone():
                return ""  # of the first layout; or gone, which the guards tell
            (found,) = self._connection.execute(_LOOKED_UP, (after + 1, upto)).fetchone()
            (held,) = self._connection.execute(_IN_INDEX).fetchone()
            (last,) = self._connection.execute("SELECT max(seq) FROM entry").fetchone()
        if found != upto - after:
            return f"{upto - after - found} of {upto - after} entries cannot be found by it"
        return "" if held == (last or 0) else f"it names {held} entries and there are {last or 0}"

    def powers(self) -> tuple[tuple[str, str], ...]:
        """Return nobody: a file knows no roles."""
        return ()

    def _one(self, query: str, values: tuple[int | str, ...]) -> Found | None:
        with database.in_words(self.name):
            row: Found | None = self._connection.execute(query, values).fetchone()
            return row


def _lenient(text: bytes) -> str:
    return text.decode("utf-8", errors="replace")
