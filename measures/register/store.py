"""The register: entries appended all or none over the head that their author saw, and read back.

Nothing here changes or removes an entry, and the database refuses it too. Writing takes one
transaction; reading sees the register as of one moment and goes on while others append.
Each entry read is checked against its digest; the chain as a whole is checked by
:func:`measures.register.verify.verify`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from measures import canonical
from measures.errors import CanonicalError, RegisterError, StaleHeadError, StoreError
from measures.register import headfile, opening
from measures.register.chain import GENESIS_HEAD, Draft, Entry, Head, Sealed, head_after, seal, unseal
from measures.register.engine import Engine, Found, Row
from measures.register.location import Location
from measures.register.since import told
from measures.register.sqlite import Sqlite

_TOLD = 1000
"""How many entries are looked at to tell what was appended meanwhile."""


class Register:
    """An open register; use it as a context manager, or close it.

    Open one with :meth:`open` or :meth:`in_memory`.
    """

    def __init__(self, engine: Engine, head_file: Path | None, *, read_only: bool) -> None:
        self._engine = engine
        self._head_file = head_file
        self._read_only = read_only
        self._held = False

    @classmethod
    def open(cls, where: Location | Path | str, *, create: bool = False, read_only: bool = False) -> Register:
        """Open the register at ``where``.

        Args:
            where: The database file, the address of a PostgreSQL database, or either with its head file.
            create: Make an empty register when there is none.
            read_only: Promise not to append; works where nothing may be written.

        Raises:
            RegisterError: There is none, or it is not a register that this version reads.
        """
        location = Location.of(where)
        engine = opening.opened(location, create=create, read_only=read_only)
        return cls(engine, location.head_file, read_only=read_only)

    @classmethod
    def in_memory(cls) -> Register:
        """Return an empty register that is gone when it is closed."""
        return cls(Sqlite.in_memory(), None, read_only=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the register; closing twice does no harm."""
        self._engine.close()

    def head(self) -> Head:
        """Return the head as of now."""
        last = self._engine.last()
        return Head(*last[:2]) if last else GENESIS_HEAD

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep everybody else from appending until the block ends.

        What is appended within it stands together or, when the block is left by an error, not at all.
        """
        before = self.head()
        with self._engine.writing():
            self._held = True
            try:
                yield
            finally:
                self._held = False
        if self.head() != before:
            self.keep_head()

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
        sealed = seal(drafts, expect, at=at, actor=actor, role=role)
        return self._write(sealed, expect, progress)

    def take_over(self, sealed: Sequence[Sealed], *, expect: Head) -> Head:
        """Append entries that were sealed elsewhere; as :meth:`append`."""
        return self._write(tuple(sealed), expect, None)

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
        return map(self._unsealed, self._engine.chosen(self._bound(upto), kinds, refs))

    def entry(self, seq: int) -> Entry | None:
        """Return entry number ``seq``, or ``None`` when there is none."""
        found = self._engine.found(seq)
        return self._unsealed(found) if found else None

    def latest(self, kind: str, ref: str) -> Entry | None:
        """Return the last entry of ``kind`` on ``ref``, or ``None``."""
        found = self._engine.latest(kind, ref)
        return self._unsealed(found) if found else None

    def lines(self, upto: int | None = None, *, after: int = 0) -> Iterator[bytes]:
        """Return the JSON Lines export: the contents in order, each without its line feed.

        The SHA-256 of a line is the digest of the entry, and ``prev`` of the line after it.

        Args:
            upto: Number of the last entry; all of them when left out.
            after: Number of the entry before the first.
        """
        return self._engine.contents(after, self._bound(upto))

    def keep_head(self) -> None:
        """Bring the head file up to date, under the lock so that it never goes back.

        What was appended stands whether or not this succeeds. Whoever holds the lock
        meanwhile publishes a later head; a file left behind is caught up by the next append.
        """
        if self._head_file is not None:
            with suppress(OSError, StoreError), self._engine.writing():
                headfile.write(self._head_file, self._engine.name, self.head())

    def _bound(self, upto: int | None) -> int:
        size = self.head().size
        if upto is None:
            return size
        if not 0 <= upto <= size:
            raise RegisterError(
                f"Expected at most {size} entries in {self._engine.name}, got asked for {upto}."
            )
        return upto

    def _unsealed(self, found: Found) -> Entry:
        seq, digest, content = found
        try:
            entry = unseal(content)
        except CanonicalError:
            entry = None
        if entry is None or entry.digest != digest or entry.seq != seq:
            raise RegisterError(
                f"Expected entry {seq} of {self._engine.name} to match its digest, but it was altered.",
                "Run `measures verify`, and restore the register from a copy.",
            )
        return entry

    def _write(
        self, sealed: tuple[Sealed, ...], expect: Head, progress: Callable[[int], None] | None
    ) -> Head:
        if self._read_only:
            raise RegisterError(
                f"Expected {self._engine.name} open for writing, got it open for reading only."
            )
        with self._writing():
            found = self.head()
            if found != expect:
                raise StaleHeadError(str(expect), str(found), self._since(expect, found))
            self._check_before_writing(found)
            self._engine.insert(_rows(sealed, progress))
            self._check_written(sealed, expect)
        if sealed and not self._held:
            self.keep_head()
        return head_after(sealed, expect)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._held:
            yield
            return
        with self._engine.writing():
            yield

    def _since(self, expect: Head, found: Head) -> str:
        """Return what was appended after ``expect``, in words; empty when that head never was."""
        if not self._holds(expect) or expect.size >= found.size:
            return ""
        upto = min(found.size, expect.size + _TOLD)
        entries = [unseal(content) for content in self._engine.contents(expect.size, upto)]
        return told(entries, found.size - upto)

    def _holds(self, head: Head) -> bool:
        row = self._engine.found(head.size)
        return head == GENESIS_HEAD or (row is not None and row[1] == head.digest)

    def _check_before_writing(self, head: Head) -> None:
        """Refuse to build on a register that was altered: writing on would cover the traces."""
        last = self._engine.last()
        if last is not None:
            self._unsealed(last)
        kept = headfile.read(self._head_file) if self._head_file else None
        if kept is not None and kept != head and not self._holds(kept):
            raise RegisterError(
                f"Expected {self._engine.name} to hold what its head file says ({kept}), "
                f"but it ends at {head}.",
                "Run `measures verify`, and restore the register from a copy.",
            )

    def _check_written(self, sealed: tuple[Sealed, ...], head: Head) -> None:
        read = tuple(Sealed(*row) for row in self._engine.rows(head.size))
        if read != sealed or any(canonical.sha256(item.content) != item.digest for item in read):
            raise RegisterError(
                f"Expected {self._engine.name} to hold what was written, but it reads back otherwise."
            )


def _rows(sealed: Iterable[Sealed], progress: Callable[[int], None] | None) -> Iterator[Row]:
    for done, item in enumerate(sealed, start=1):
        yield item.seq, item.digest, item.kind, item.ref, item.period, item.content
        if progress is not None:
            progress(done)
