"""The Merkle tree over the entries: one hash for all of them, and short proofs about it.

RFC 6962, section 2.1: the hash of a leaf is SHA-256 over a zero byte and the content of the
entry, that of a node SHA-256 over a one byte and the two hashes below it. The left side of a
node holds the largest power of two that is smaller than the number of its leaves.

A proof is made in one pass over the leaves in flat memory. It consists of the hashes of a few
ranges of leaves that do not overlap, so :func:`over` reads each leaf once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice

from measures.errors import CheckpointError

HASH = 32
"""Number of bytes of a hash."""

Range = tuple[int, int]
"""Leaves from the first number up to, but not with, the second; counted from 0."""


def leaf(content: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + content).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows at its right; of the leaves it keeps only the hashes of whole subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, content: bytes) -> None:
        """Add the next leaf."""
        made = sha256(b"\x00" + content).digest()
        size = self.size
        while size & 1:
            made = sha256(b"\x01" + self._peaks.pop() + made).digest()
            size >>= 1
        self._peaks.append(made)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the tree as it is; that of an empty one is the SHA-256 of nothing."""
        if not self._peaks:
            return sha256().digest()
        made = self._peaks[-1]
        for left in reversed(self._peaks[:-1]):
            made = node(left, made)
        return made


def roots(contents: Iterable[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """Return the root at each of ``sizes``; a size beyond the last leaf is left out."""
    wanted = sorted(set(sizes))
    rest, tree, found = iter(contents), Tree(), {}
    for size in wanted:
        for content in islice(rest, size - tree.size):
            tree.add(content)
        if tree.size != size:
            break
        found[size] = tree.root()
    return found


def root(contents: Iterable[bytes]) -> bytes:
    """Return the root of a tree with these leaves."""
    tree = Tree()
    for content in contents:
        tree.add(content)
    return tree.root()


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Return the ranges whose hashes prove that leaf ``index`` is in the tree of ``size``, lowest first.

    Raises:
        CheckpointError: The tree has no such leaf.
    """
    if not 0 <= index < size:
        raise CheckpointError(f"Expected a leaf from 0 to {size - 1}, got {index}.")
    return list(_beside(index, 0, size))


def _beside(index: int, start: int, end: int) -> Iterator[Range]:
    if end - start == 1:
        return
    middle = start + _left(end - start)
    if index < middle:
        yield from _beside(index, start, middle)
        yield middle, end
    else:
        yield from _beside(index, middle, end)
        yield start, middle


def consistency_ranges(old: int, size: int) -> list[Range]:
    """Return the ranges whose hashes prove that the tree of ``size`` begins with that of ``old``.

    Raises:
        CheckpointError: ``old`` is not a size from 1 to ``size``.
    """
    if not 1 <= old <= size:
        raise CheckpointError(f"Expected a size from 1 to {size}, got {old}.")
    return list(_since(old, 0, size, whole=True))


def _since(old: int, start: int, end: int, *, whole: bool) -> Iterator[Range]:
    """Yield the ranges of the proof within one subtree; ``whole`` while it begins where the old tree did."""
    if old == end:
        if not whole:
            yield start, end
        return
    middle = start + _left(end - start)
    if old <= middle:
        yield from _since(old, start, middle, whole=whole)
        yield middle, end
    else:
        yield from _since(old, middle, end, whole=False)
        yield start, middle


def _left(size: int) -> int:
    """Return how many leaves the left side of a node with ``size`` leaves holds; size is 2 or more."""
    return 1 << (size - 1).bit_length() - 1


def over(contents: Iterable[bytes], ranges: Sequence[Range]) -> list[bytes]:
    """Return the hash of each range of leaves, in the order given; the ranges do not overlap.

    Raises:
        CheckpointError: There are fewer leaves than the ranges need.
    """
    rest, at, found = iter(contents), 0, {}
    for start, end in sorted(ranges):
        for _ in islice(rest, start - at):
            pass
        tree = Tree()
        for content in islice(rest, end - start):
            tree.add(content)
        if tree.size != end - start:
            raise CheckpointError(f"Expected {end} leaves, got fewer.")
        found[start, end] = tree.root()
        at = end
    return [found[one] for one in ranges]


def root_with(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Return the root that a proof of inclusion leads to; it proves something when that is the root.

    Args:
        leaf_hash: Hash of the leaf.
        index: Its number, from 0.
        size: How many leaves the tree has.
        proof: The hashes of the proof, lowest first.

    Raises:
        CheckpointError: The proof has another length than one for that leaf has.
    """
    ranges = inclusion_ranges(index, size)
    _fits(proof, len(ranges))
    made = leaf_hash
    for (start, _), other in zip(ranges, proof, strict=True):
        made = node(other, made) if start < index else node(made, other)
    return made


def roots_with(old: int, size: int, proof: Sequence[bytes], old_root: bytes) -> tuple[bytes, bytes]:
    """Return the two roots, old and new, that a proof of consistency leads to.

    Args:
        old: Size of the older tree, at least 1.
        size: Size of the newer one.
        proof: The hashes of the proof, in the order of RFC 6962.
        old_root: Root of the older tree; it is a part of the proof where that tree is whole in the newer.

    Raises:
        CheckpointError: The proof has another length than one for these sizes has.
    """
    ranges = consistency_ranges(old, size)
    _fits(proof, len(ranges))
    # The proof begins with the last whole part of the older tree, unless that is the older tree itself.
    first = 1 if ranges and old & (old - 1) else 0
    before = after = proof[0] if first else old_root
    for (start, _), other in zip(ranges[first:], proof[first:], strict=True):
        if start < old:
            before, after = node(other, before), node(other, after)
        else:
            after = node(after, other)
    return before, after


def _fits(proof: Sequence[bytes], length: int) -> None:
    if len(proof) != length or any(len(one) != HASH for one in proof):
        raise CheckpointError(
            f"Expected a proof of {length} hashes of {HASH} bytes each, got one of {len(proof)}.",
            "Ask for the proof again: measures checkpoint --inclusion ENTRY or --consistency OLD.",
        )
