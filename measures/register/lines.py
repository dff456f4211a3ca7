"""A register as JSON Lines: line *n* is the content of entry *n*, byte for byte.

A file that comes in is somebody's file. It is read in flat memory, nothing in it is believed
before the whole chain was followed, and either all of it is taken into an empty register or
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from measures import canonical
from measures.errors import RegisterError
from measures.finding import Finding, Place, find
from measures.register.chain import GENESIS_HEAD, Head, Line, Sealed, canonical_lines
from measures.register.store import Register

LONGEST = 16 * 2**20
"""Most bytes of a line; the longest entries, of published editions, have some hundred thousand."""

LISTED = 20
"""How many findings are listed; the rest is counted."""

_BATCH = 128
_TOGETHER = 2**20
"""Bytes after which a batch of lines is full."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Scan:
    """What a file of lines holds.

    Args:
        head: The head of the whole, to be relied on when there are no findings.
        findings: What is wrong with it.
        digests: The digests of the lines that were asked for, by number.
    """

    head: Head
    findings: tuple[Finding, ...]
    digests: dict[int, str]


def scan(path: Path, marks: Collection[int] = (), progress: Progress | None = None) -> Scan:
    """Follow the chain through a file of lines.

    Args:
        path: The file.
        marks: Numbers of the lines whose digests are wanted.
        progress: Told the number of the line just read.

    Raises:
        RegisterError: It is no plain file, or cannot be read.
    """
    chain = _Chain(path.name, frozenset(marks))
    for batch in _batches(path):
        chain.take(batch)
        if progress is not None:
            progress(chain.head.size)
    findings = chain.findings
    if chain.head == GENESIS_HEAD:
        findings.append(find("V022", Place(path.name)))
    if chain.unlisted:
        findings.append(find("V015", Place(path.name), count=chain.unlisted))
    return Scan(chain.head, tuple(findings), chain.digests)


def take(path: Path, register: Register, scanned: Head, progress: Progress | None = None) -> None:
    """Append every line of a sound file to an empty register, all or none.

    Args:
        path: The file.
        register: The register, empty.
        scanned: The head that :func:`scan` found.
        progress: Told the number of the line just taken.

    Raises:
        RegisterError: The file is no longer the one scanned, or the register is not empty.
    """
    head = GENESIS_HEAD
    with register.held():
        for batch in _batches(path):
            lines = canonical_lines(batch)
            if lines is None or any(len(content) > LONGEST for content in batch):
                raise _changed(path)
            sealed = tuple(map(_sealed, batch, lines))
            head = register.take_over(sealed, expect=head)
            if progress is not None:
                progress(head.size)
        if head != scanned:
            raise _changed(path)


def write(register: Register, out: Callable[[bytes], object], progress: Progress | None = None) -> Head:
    """Write every line of a register, and return the head of what was written.

    Args:
        register: The register.
        out: Takes bytes.
        progress: Told the number of the line just written.
    """
    size, digest = 0, canonical.GENESIS
    for size, content in enumerate(register.lines(), start=1):
        out(content + b"\n")
        if progress is not None and not size % _BATCH:
            progress(size)
        digest = canonical.sha256(content)
    return Head(size, digest)


@dataclass(slots=True)
class _Chain:
    """The chain as far as it was followed."""

    name: str
    marks: frozenset[int]
    head: Head = GENESIS_HEAD
    findings: list[Finding] = field(default_factory=list)
    digests: dict[int, str] = field(default_factory=lambda: {0: canonical.GENESIS})
    unlisted: int = 0
    before: int | None = 0
    """The number that the line before gives itself; ``None`` when that line is none."""

    def take(self, batch: Sequence[bytes]) -> None:
        """Go on over some lines."""
        lines = canonical_lines(batch) if all(len(content) <= LONGEST for content in batch) else None
        for number, content in enumerate(batch):
            known = [lines[number]] if lines else None
            self._take(content, known or (canonical_lines([content]) if len(content) <= LONGEST else None))

    def _take(self, content: bytes, lines: list[Line] | None) -> None:
        seq, digest = self.head.size + 1, canonical.sha256(content)
        if len(content) > LONGEST:
            self._add("V019", seq, most=LONGEST)
        elif not lines:
            self._add("V018", seq)
        elif self.before is not None and (lines[0].seq, lines[0].prev) != (self.before + 1, self.head.digest):
            self._add("V020", seq, before=seq - 1)
        self.before = lines[0].seq if lines else None
        self.head = Head(seq, digest)
        if seq in self.marks:
            self.digests[seq] = digest

    def _add(self, code: str, line: int, **fields: object) -> None:
        if len(self.findings) < LISTED:
            self.findings.append(find(code, Place(self.name, line), line=line, **fields))
        else:
            self.unlisted += 1


def _sealed(content: bytes, line: Line) -> Sealed:
    return Sealed(line.seq, canonical.sha256(content), line.kind, line.ref, line.period, content)


def _batches(path: Path) -> Iterator[list[bytes]]:
    """Yield the lines of a file without their line feeds; one that is too long ends it."""
    if not path.is_file():
        raise RegisterError(f"Expected a file of JSON Lines at {path}, found none.", "Check the path.")
    try:
        with path.open("rb") as file:
            batch: list[bytes] = []
            size = 0
            while line := file.readline(LONGEST + 2):
                batch.append(line.removesuffix(b"\n"))
                size += len(line)
                if len(batch) == _BATCH or size > _TOGETHER:
                    yield batch
                    batch, size = [], 0
                if len(line) > LONGEST + 1:
                    break
            if batch:
                yield batch
    except OSError as error:
        raise RegisterError(
            f"Expected to read {path}, but {error.strerror}.", "Check the file and its rights."
        ) from error


def _changed(path: Path) -> RegisterError:
    return RegisterError(
        f"Expected {path.name} to stay as it is while it is imported, but it changed.",
        "Nothing was written. Import it again when nobody writes to it.",
    )
