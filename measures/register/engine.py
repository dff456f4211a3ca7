"""What keeps entries: the few things a register asks of SQLite or PostgreSQL.

An engine stores rows and finds them again. It knows nothing of drafts, and of the chain only
what its own guards enforce; what it says goes through :class:`measures.register.store.Register`
and :mod:`measures.register.verify`, which judge it the same way whichever engine it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = tuple[int, str, str, str, str, bytes]
"""Number, digest, kind, ref, period and content of an entry."""

Found = tuple[int, str, bytes]
"""Number, digest and content of an entry."""

RawRow = tuple[int, Any, Any, Any, Any, Any]
"""A row as it lies there, whatever somebody made of it."""

Objects = dict[str, tuple[str, str]]
"""Tables, indexes, triggers and the like by name: what each is, and how it was made."""


class Engine(Protocol):
    """A connection to where entries are kept.

    Every method raises :class:`measures.errors.StoreError` when the database does not answer as
    it should.
    """

    name: str
    """What the register is called in messages."""

    guarded: str
    """What verification looks at beside the entries, in words."""

    def close(self) -> None:
        """Close the connection; closing twice does no harm."""

    def writing(self) -> AbstractContextManager[None]:
        """Begin a transaction in which nobody else appends; undo it when the block is left by an error."""

    def moment(self) -> AbstractContextManager[None]:
        """Read within the block as of one moment."""

    def last(self) -> Found | None:
        """Return the last entry."""

    def found(self, seq: int) -> Found | None:
        """Return entry number ``seq``."""

    def latest(self, kind: str, ref: str) -> Found | None:
        """Return the last entry of ``kind`` on ``ref``."""

    def chosen(
        self, upto: int, kinds: Collection[str] | None, refs: Collection[str] | None
    ) -> Iterator[Found]:
        """Return entries up to a number in order, of these kinds and on these refs."""

    def contents(self, after: int, upto: int) -> Iterator[bytes]:
        """Return the contents of the entries after ``after``, up to ``upto``, in order."""

    def rows(self, after: int) -> Iterator[Row]:
        """Return the rows after ``after`` in order."""

    def insert(self, rows: Iterable[Row]) -> None:
        """Add rows; only within :meth:`writing`."""

    def batches(
        self, after: int, upto: int | None, size: int, *, careful: bool
    ) -> Iterator[Sequence[RawRow]]:
        """Return rows as they lie, in order and ``size`` at a time, for verification.

        Args:
            after: Number of the row before the first; 0 for the very first, whatever its number.
            upto: Number of the last row; all of them when ``None``.
            size: Rows to return at a time.
            careful: Take what is no text as it is rather than fail; one row at a time.
        """

    def stranger(self) -> str:
        """Return what the database is when it is not a register, else an empty text."""

    def objects(self) -> Objects:
        """Return everything that the database holds beside the entries."""

    def blueprint(self) -> Objects:
        """Return what :meth:`objects` ought to return."""

    def astray(self, after: int, upto: int) -> str:
        """Return how the look-up index differs from entries that are in sequence; empty when it does not.

        Args:
            after: Number of the entry before the first to be looked up.
            upto: Number of the last one.
        """

    def powers(self) -> tuple[tuple[str, str], ...]:
        """Return who else may do more than append and read, and what."""
