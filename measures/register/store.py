"""The register: entries appended all or none over the head that their author saw, and read back.

Nothing here changes or removes an entry, and the database refuses it too. Writing takes one
transaction; reading sees the register as of one moment and goes on while others append.
Each entry read is checked against its digest; the chain as a whole is checked by
:func:`measures.register.verify.verify`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from measures import canonical
from measures.errors import CanonicalError, RegisterError, StaleHeadError
from measures.register import database, headfile
from measures.register.chain import GENESIS_HEAD, Draft, Entry, Head, Sealed, head_after, seal, unseal

_LAST = "SELECT seq, digest, content FROM entry ORDER BY seq DESC LIMIT 1"
_INSERT = "INSERT INTO entry (seq, digest, kind, ref, period, content) VALUES (?, ?, ?, ?, ?, ?)"
_CHOSEN = """
SELECT seq, digest, content FROM entry
WHERE seq <= ?1
    AND (?2 IS NULL OR kind IN (SELECT value FROM json_each(?2)))
    AND (?3 IS NULL OR ref IN (SELECT value FROM json_each(?3)))
ORDER BY seq
"""
_WRITTEN = "SELECT seq, digest, kind, ref, period, content FROM entry WHERE seq > ? ORDER BY seq"


class Register:
    """An open register; use it as a context manager, or close it.

    Open one with :meth:`open` or :meth:`in_memory`.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None, *, read_only: bool) -> None:
        self._connection = connection
        self._path = path
        self._read_only = read_only
        self._name = path.name if path else "memory"

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, read_only: bool = False) -> Register:
        """Open the register at ``path``.

        Args:
            path: The database file.
            create: Make an empty register when there is no file.
            read_only: Promise not to append; works in a folder that may not be written.

        Raises:
            RegisterError: There is no file, or it is not a register that this version reads.
        """
        path = Path(path)
        if not path.exists():
            _make(path, create=create)
        with database.in_words(path.name):
            connection = database.connect(path, read_only=read_only)
            try:
                what = database.stranger(connection)
                if not what and not read_only:
                    database.bring_forward(connection)
            except sqlite3.Error:
                connection.close()
                raise
        if what:
            connection.close()
            raise RegisterError(
                f"Expected a register at {path.name}, got {what}.",
                "Restore it from a copy, or name another file.",
            )
        return cls(connection, path, read_only=read_only)

    @classmethod
    def in_memory(cls) -> Register:
        """Return an empty register that is gone when it is closed."""
        return cls(database.memory(), None, read_only=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the register; closing twice does no harm."""
        with database.in_words(self._name):
            self._connection.close()

    def head(self) -> Head:
        """Return the head as of now."""
        with database.in_words(self._name):
            return self._head()

    def append(
        self,
        drafts: Sequence[Draft],
        *,
        expect: Head,
        at: str,
        actor: str,
        role: str,
        progress: Callable[[int], None] | None = None,
    ) -> Head:
        """Append ``drafts`` in order, all of them or none, and return the new head.

        Args:
            drafts: What is to be appended; nothing is written when there is none.
            expect: The head that the drafts were prepared on.
            at: The time of the append, given by the front.
            actor: Who appends, a role code.
            role: The actor's role.
            progress: Called with the number of entries written so far.

        Raises:
            StaleHeadError: The register has another head than expected.
            CanonicalError: A body has no canonical form.
            RegisterError: The register cannot be written, or is not what its head file says.
        """
        if self._read_only:
            raise RegisterError(f"Expected {self._name} open for writing, got it open for reading only.")
        sealed = seal(drafts, expect, at=at, actor=actor, role=role)
        with database.in_words(self._name), database.transaction(self._connection):
            found = self._head()
            if found != expect:
                raise StaleHeadError(str(expect), str(found))
            self._check_before_writing(found)
            self._connection.executemany(_INSERT, _rows(sealed, progress))
            self._check_written(sealed, expect)
        if sealed:
            self._publish()
        return head_after(sealed, expect)

    def entries(
        self,
        *,
        upto: int | None = None,
        kinds: Collection[str] | None = None,
        refs: Collection[str] | None = None,
    ) -> Iterator[Entry]:
        """Return entries in order, as of entry ``upto`` or of now.

        Args:
            upto: Number of the last entry to return.
            kinds: Only entries of these kinds.
            refs: Only entries that say something of these ids.

        Raises:
            RegisterError: ``upto`` lies beyond the head, or an entry was altered.
        """
        return self._read(_CHOSEN, (self._bound(upto), _listed(kinds), _listed(refs)))

    def entry(self, seq: int) -> Entry | None:
        """Return entry number ``seq``, or ``None`` when there is none."""
        return next(self._read("SELECT seq, digest, content FROM entry WHERE seq = ?", [seq]), None)

    def latest(self, kind: str, ref: str) -> Entry | None:
        """Return the last entry of ``kind`` on ``ref``, or ``None``.

        It looks from the end; for many ids at once read :meth:`entries` with ``refs``.
        """
        query = "SELECT seq, digest, content FROM entry WHERE kind = ? AND ref = ? ORDER BY seq DESC LIMIT 1"
        return next(self._read(query, [kind, ref]), None)

    def lines(self, upto: int | None = None, *, after: int = 0) -> Iterator[bytes]:
        """Return the JSON Lines export: the contents in order, each without its line feed.

        The SHA-256 of a line is the digest of the entry, and ``prev`` of the line after it.

        Args:
            upto: Number of the last entry; all of them when left out.
            after: Number of the entry before the first.
        """
        bound = self._bound(upto)
        return self._contents(after, bound)

    def _contents(self, after: int, bound: int) -> Iterator[bytes]:
        with database.in_words(self._name):
            for (content,) in self._connection.execute(
                "SELECT content FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq", (after, bound)
            ):
                yield content

    def _bound(self, upto: int | None) -> int:
        size = self.head().size
        if upto is None:
            return size
        if not 0 <= upto <= size:
            raise RegisterError(f"Expected at most {size} entries in {self._name}, got asked for {upto}.")
        return upto

    def _read(self, query: str, values: Sequence[str | int | None]) -> Iterator[Entry]:
        with database.in_words(self._name):
            for seq, digest, content in self._connection.execute(query, values):
                yield self._unsealed(seq, digest, content)

    def _unsealed(self, seq: int, digest: str, content: bytes) -> Entry:
        try:
            entry = unseal(content)
        except CanonicalError:
            entry = None
        if entry is None or entry.digest != digest or entry.seq != seq:
            raise RegisterError(
                f"Expected entry {seq} of {self._name} to match its digest, but it was altered.",
                "Run `measures verify`, and restore the register from a copy.",
            )
        return entry

    def _head(self) -> Head:
        row = self._connection.execute("SELECT seq, digest FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
        return Head(*row) if row else GENESIS_HEAD

    def _check_before_writing(self, head: Head) -> None:
        """Refuse to build on a register that was altered: writing on would cover the traces."""
        row = self._connection.execute(_LAST).fetchone()
        if row is not None:
            self._unsealed(*row)
        kept = headfile.head_file(self._path) if self._path else None
        if kept is None or kept == head:
            return
        row = self._connection.execute("SELECT digest FROM entry WHERE seq = ?", (kept.size,)).fetchone()
        if kept != GENESIS_HEAD and (row is None or row[0] != kept.digest):
            raise RegisterError(
                f"Expected {self._name} to hold what its head file says ({kept}), but it ends at {head}.",
                "Run `measures verify`, and restore the register from a copy.",
            )

    def _check_written(self, sealed: tuple[Sealed, ...], head: Head) -> None:
        rows = self._connection.execute(_WRITTEN, (head.size,))
        read = tuple(Sealed(*row) for row in rows)
        if read != sealed or any(canonical.sha256(item.content) != item.digest for item in read):
            raise RegisterError(
                f"Expected {self._name} to hold what was written, but it reads back otherwise."
            )

    def _publish(self) -> None:
        """Bring the head file up to date, under the lock so that it never goes back.

        What was appended stands whether or not this succeeds. Whoever holds the lock
        meanwhile publishes a later head; a file left behind is caught up by the next append.
        """
        if self._path is not None:
            with suppress(OSError, sqlite3.OperationalError), database.transaction(self._connection):
                headfile.write(self._path, self._head())


def _listed(words: Collection[str] | None) -> str | None:
    return None if words is None else canonical.encode(sorted(words)).decode()


def _make(path: Path, *, create: bool) -> None:
    kept = headfile.head_file(path)
    if kept is not None:
        if path.exists():  # somebody else made it, and appended, since the caller looked
            return
        raise RegisterError(
            f"Expected {path.name} beside its head file, which says {kept.size} entries, found no file.",
            "Restore the register from a copy.",
        )
    if not create:
        raise RegisterError(f"Expected a register at {path.name}, found no file.", "Record something first.")
    try:
        with database.in_words(path.name):
            database.create(path)
    except OSError as error:
        raise RegisterError(
            f"Expected to make {path.name}, but {error.strerror}.",
            "Check that the folder exists and may be written.",
        ) from error


def _rows(
    sealed: tuple[Sealed, ...], progress: Callable[[int], None] | None
) -> Iterator[tuple[int, str, str, str, str, bytes]]:
    for done, item in enumerate(sealed, start=1):
        yield item.seq, item.digest, item.kind, item.ref, item.period, item.content
        if progress is not None:
            progress(done)
