"""The walk over all entries that verification makes: one pass, in flat memory.

Entries are compared a batch at a time with what they ought to be. In the batch that differs,
each entry is looked at again to say what exactly is wrong with it; the walk goes on from
there, so that one break is reported once and does not hide the next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from operator import attrgetter
from typing import Any

from measures import canonical
from measures.errors import StoreError
from measures.finding import Finding, Place, find
from measures.register.chain import GENESIS_HEAD, Head, canonical_lines
from measures.register.engine import Engine, RawRow

LISTED = 100
"""How many findings a walk lists; the rest is counted."""

_BATCH = 128
_COLUMNS = attrgetter("seq", "prev", "kind", "ref", "period")


class Walk:
    """A walk over the entries of one register.

    Args:
        file: Name of the register, for the place of findings.
        marks: Numbers of the entries whose digests are wanted afterwards.
        start: The head to go on from; the beginning when left out.
    """

    def __init__(self, file: str, marks: Collection[int] = (), start: Head = GENESIS_HEAD) -> None:
        self._file = file
        self.marks = frozenset(marks)
        self._seq = start.size
        self._prev = self._other = start.digest
        self._found: list[Finding] = []
        self._unlisted = 0
        self.indexed = start.size
        """Number up to which the look-up index was held against the entries too."""
        self.digests: dict[int, str] = {0: canonical.GENESIS}

    @property
    def head(self) -> Head:
        """How far the walk came, with the digest as stored."""
        return Head(self._seq, self._prev)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the walk found, in the order of the entries."""
        if not self._unlisted:
            return tuple(self._found)
        return (*self._found, find("V015", self._place(0), count=self._unlisted))

    def over(
        self, engine: Engine, progress: Callable[[int], None] | None = None, upto: int | None = None
    ) -> None:
        """Walk over every entry that the database still yields, up to number ``upto``."""
        problem = ""
        # A second, careful reading goes on where the first could not: it takes what is no text.
        for careful in (False, True):
            try:
                for rows in engine.batches(self._seq, upto, _BATCH, careful=careful):
                    self._take(rows)
                    if progress is not None:
                        progress(self._seq)
            except StoreError as error:
                problem = error.problem
            else:
                return
        self._add("V014", self._seq, problem=problem)

    def go_to(self, head: Head, digests: Mapping[int, str]) -> None:
        """Go on from ``head``: the entries up to there were walked elsewhere, and are sound."""
        self._seq, self._prev, self._other = head.size, head.digest, head.digest
        self.digests.update(digests)

    def _take(self, rows: Sequence[RawRow]) -> None:
        if not self._sound(rows):
            for seq, digest, kind, ref, period, content in rows:
                self._examine(seq, digest, (kind, ref, period), content)

    def _sound(self, rows: Sequence[RawRow]) -> bool:
        """Say whether a whole batch is as it should be, and if so go to its end."""
        seqs, digests, kinds, refs, periods, contents = zip(*rows, strict=True)
        if set(map(type, contents)) != {bytes} or canonical.sha256_of_each(contents) != list(digests):
            return False
        lines = canonical_lines(contents)
        if lines is None or seqs != tuple(range(self._seq + 1, self._seq + 1 + len(rows))):
            return False
        columns = zip(seqs, (self._prev, *digests[:-1]), kinds, refs, periods, strict=True)
        if list(map(_COLUMNS, lines)) != list(columns):
            return False
        for seq in self.marks.intersection(seqs):
            self.digests[seq] = digests[seq - seqs[0]]
        self._seq, self._prev, self._other = seqs[-1], digests[-1], digests[-1]
        return True

    def _examine(self, seq: int, digest: object, columns: tuple[object, ...], content: object) -> None:
        """Report what is wrong with one entry, if anything, and go on behind it."""
        gap = self._gap(seq)
        actual = canonical.sha256(content) if isinstance(content, bytes) else ""
        lines = canonical_lines([content]) if isinstance(content, bytes) else None
        if actual != digest:
            self._add("V001", seq)
        elif not lines:
            self._add("V007", seq)
        else:
            line = lines[0]
            known = gap or line.prev in (self._prev, self._other)
            if line.seq != seq or not known or seq <= self._seq:
                self._add("V002", seq, before=seq - 1)
            for name, stored in zip(("kind", "ref", "period"), columns, strict=True):
                if getattr(line, name) != stored:
                    self._add("V006", seq, column=name)
        if seq <= self._seq:  # before the first entry: no part of the chain
            return
        self._seq, self._prev, self._other = seq, str(digest), actual
        if seq in self.marks:
            self.digests[seq] = self._prev

    def _gap(self, seq: int) -> bool:
        """Report the entries missing before ``seq``; say whether there are any."""
        first = self._seq + 1
        for missing in range(first, min(seq, first + LISTED)):
            self._add("V003", missing)
        self._unlisted += max(0, seq - first - LISTED)
        return seq > first

    def _place(self, seq: int) -> Place:
        return Place(self._file, max(seq, 0))

    def _add(self, code: str, seq: int, **fields: Any) -> None:
        if len(self._found) < LISTED:
            self._found.append(find(code, self._place(seq), seq=seq, **fields))
        else:
            self._unlisted += 1
