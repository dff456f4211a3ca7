"""A register with holes: some entries are withheld, and what is left can still be proved.

Line *n* is entry *n*. Where it is shown, the line is the content of the entry, byte for byte. A
hole is ``{"seq":n}`` with at most two more keys, each there only where the proof needs it:

``digest``
    the digest of the entry, where the next line names it or a head ends there;
``node``
    height and hash of the largest whole subtree of the Merkle tree (RFC 6962) that ends there
    and in which every entry is withheld.

So the chain can be followed across the hole and the root computed at every head, and of the
entries inside the hole nothing is told but their number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from measures import canonical
from measures.errors import CanonicalError
from measures.finding import Finding, Place, find
from measures.register import merkle
from measures.register.chain import Head, Line, canonical_lines

LISTED = 100
"""How many findings are listed; the rest is counted."""

HIGHEST = 48
"""Height that no subtree reaches."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Hole:
    """A line whose entry is withheld.

    Args:
        seq: Number of the entry.
        digest: Its digest; empty where the proof does not need it.
        height: Height of the subtree that ends here; -1 when none does.
        node: The hash of that subtree.
    """

    seq: int
    digest: str = ""
    height: int = -1
    node: str = ""

    def line(self) -> bytes:
        """Return the line without its line feed."""
        said: dict[str, object] = {"seq": self.seq}
        if self.digest:
            said["digest"] = self.digest
        if self.node:
            said["node"] = [self.height, self.node]
        return canonical.encode(said)


def with_holes(
    contents: Iterable[bytes], hidden: Collection[int], heads: Collection[int] = ()
) -> Iterator[bytes]:
    """Return the lines of a register in which some entries are withheld.

    Args:
        contents: The contents of all entries, in order.
        hidden: Numbers of the entries that are withheld.
        heads: Sizes for which head and Merkle root must come out, besides the last.
    """
    run: list[bytes] = []
    seq = 0
    for seq, content in enumerate(contents, start=1):
        if seq in hidden:
            run.append(content)
            continue
        yield from _holes(run, seq - 1, heads)
        run = []
        yield content
    yield from _holes(run, seq, heads)


def _holes(run: Sequence[bytes], last: int, heads: Collection[int]) -> Iterator[bytes]:
    """Return the lines of a run of withheld entries that ends with entry ``last``."""
    start = last - len(run)
    nodes: dict[int, tuple[int, str]] = {}
    at = start
    for end in sorted({last, *(size for size in heads if start < size < last)}):
        while at < end:
            height = _height(at, end)
            leaves = [merkle.leaf(content) for content in run[at - start : at - start + (1 << height)]]
            at += 1 << height
            nodes[at] = height, _subtree(leaves).hex()
    for seq, content in enumerate(run, start=start + 1):
        digest = canonical.sha256(content) if seq == last or seq in heads else ""
        height, node = nodes.get(seq, (-1, ""))
        yield Hole(seq, digest, height, node).line()


def _height(at: int, end: int) -> int:
    """Return the height of the largest whole subtree from leaf ``at`` that does not pass ``end``."""
    height = (end - at).bit_length() - 1
    return min(height, (at & -at).bit_length() - 1) if at else height


def _subtree(leaves: list[bytes]) -> bytes:
    while len(leaves) > 1:
        leaves = [merkle.node(*pair) for pair in zip(leaves[::2], leaves[1::2], strict=True)]
    return leaves[0]


def read_hole(line: bytes) -> Hole | None:
    """Return the hole that a line stands for, or ``None`` when it is none in canonical form."""
    try:
        said = canonical.decode(line)
    except CanonicalError:
        return None
    if not isinstance(said, dict) or not said.keys() <= {"seq", "digest", "node"}:
        return None
    node = said.get("node", [-1, ""])
    if not isinstance(node, list) or len(node) != 2:
        return None
    hole = Hole(said.get("seq", 0), said.get("digest", ""), *node)
    return hole if _sound(hole) and hole.line() == line else None


def _sound(hole: Hole) -> bool:
    if type(hole.seq) is not int or type(hole.height) is not int or not 0 < hole.seq < 2**53:
        return False
    hashes: list[object] = [made for made in (hole.digest, hole.node) if made != ""]
    if not all(isinstance(made, str) and _DIGEST.fullmatch(made) for made in hashes):
        return False
    return not hole.node or (0 <= hole.height < HIGHEST and hole.seq % (1 << hole.height) == 0)


class Trail:
    """A walk along the lines of a register with holes; it is given each line in turn.

    Args:
        file: Name of the file, for the place of findings.
        marks: Sizes whose head and root are wanted.

    Attributes:
        digests: The digest of each wanted entry; empty where it is not told.
        roots: The root at each wanted size; empty where it does not come out.
        withheld: How many lines are holes.
    """

    def __init__(self, file: str, marks: Collection[int] = ()) -> None:
        self._file = file
        self._marks = frozenset(marks)
        self._size = 0
        self._prev = canonical.GENESIS
        self._peaks: list[tuple[int, bytes]] = []
        self._found: list[Finding] = []
        self._unlisted = 0
        self.digests: dict[int, str] = {}
        self.roots: dict[int, bytes] = {}
        self.withheld = 0

    @property
    def head(self) -> Head:
        """How far the walk came; the digest is empty inside a hole."""
        return Head(self._size, self._prev)

    @property
    def root(self) -> bytes:
        """The Merkle root of all lines so far; empty where it does not come out."""
        return _root(self._peaks) if sum(1 << height for height, _ in self._peaks) == self._size else b""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong, in the order of the lines."""
        if not self._unlisted:
            return tuple(self._found)
        return (*self._found, find("V015", Place(self._file), count=self._unlisted))

    def add(self, line: bytes) -> Line | None:
        """Go on to the next line; return its entry, or ``None`` when it shows none.

        Args:
            line: The line without its line feed.
        """
        self._size += 1
        lines = canonical_lines([line])
        hole = None if lines else read_hole(line)
        entry = lines[0] if lines else None
        if entry is not None:
            if entry.seq != self._size or entry.prev != self._prev:
                self._add("B009", seq=self._size)
            self._prev = canonical.sha256(line)
            self._push(0, merkle.leaf(line))
        elif hole is not None:
            self.withheld += 1
            if hole.seq != self._size:
                self._add("B009", seq=self._size)
            self._prev = hole.digest
            if hole.node:
                self._push(hole.height, bytes.fromhex(hole.node))
        else:
            self._add("B008", seq=self._size)
            self._prev = canonical.sha256(line)
        if self._size in self._marks:
            self.digests[self._size] = self._prev
            self.roots[self._size] = self.root
        return entry

    def _push(self, height: int, made: bytes) -> None:
        while self._peaks and self._peaks[-1][0] == height:
            made = merkle.node(self._peaks.pop()[1], made)
            height += 1
        self._peaks.append((height, made))

    def _add(self, code: str, **fields: object) -> None:
        if len(self._found) < LISTED:
            self._found.append(find(code, Place(self._file, self._size), **fields))
        else:
            self._unlisted += 1


def _root(peaks: Sequence[tuple[int, bytes]]) -> bytes:
    if not peaks:
        return merkle.Tree().root()
    made = peaks[-1][1]
    for _, left in reversed(peaks[:-1]):
        made = merkle.node(left, made)
    return made
