"""Samples that anybody can draw again, and what may be concluded from one.

The items of a list are put into the order of the SHA-256 of ``SEED:ID``, and the first ones are
taken: no generator whose numbers change with a version, nothing that ``sha256sum`` and ``sort``
cannot do. In strata, the number drawn is shared out in proportion to their sizes, what is left over
going to the largest remainders (Hamilton), ties to the stratum that comes first by name.

The bound is exact for a finite list (hypergeometric, one-sided): the largest number of errors in
the whole list under which as few as were found would still have turned up in more than 5 of 100
samples. For a long list it goes over into the limit of Clopper and Pearson (1934), and without any
error found into the rule of three.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb, log, log1p

from measures import canonical
from measures.errors import MeasuresError

IN_A_HUNDRED = 5
"""In how many of a hundred samples a bound may fail."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the list that is drawn from, and the stratum it lies in."""

    id: str
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """One stratum: how many it holds, and how many of them are drawn."""

    stratum: str
    size: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample.

    Args:
        seed: What it was drawn with.
        digest: SHA-256 of :func:`listing`, the list that it was drawn from.
        size: How many items the list has.
        shares: Each stratum, by name.
        chosen: What was drawn, stratum by stratum, in the order of the draw.
    """

    seed: str
    digest: str
    size: int
    shares: tuple[Share, ...]
    chosen: tuple[Item, ...]

    @property
    def stratified(self) -> bool:
        """Whether there is more than one stratum."""
        return len(self.shares) > 1


def listing(items: Iterable[Item]) -> bytes:
    """Return a list as the file whose digest is printed: id, tab, stratum, a line each, by id."""
    return b"".join(sorted(f"{item.id}\t{item.stratum}\n".encode() for item in items))


def rank(seed: str, name: str) -> str:
    """Return what items are put in order by: the SHA-256 of ``SEED:ID``."""
    return canonical.sha256(f"{seed}:{name}".encode())


def draw(items: Sequence[Item], number: int, seed: str) -> Drawn:
    """Return a sample of a list; the order in which the list is given does not count.

    Args:
        items: The list; no id stands in it twice.
        number: How many to draw; all of them when there are fewer.
        seed: Any text.

    Raises:
        MeasuresError: The number is none, or an id stands twice.
    """
    if number < 1:
        raise MeasuresError(f"Expected to draw one item or more, got {number}.")
    if len({item.id for item in items}) != len(items):
        raise MeasuresError("Expected every item of the list once, got one twice.")
    sizes = Counter(item.stratum for item in items)
    shared = share_out(sizes, number)
    chosen: list[Item] = []
    for share in shared:
        within = sorted(
            (item for item in items if item.stratum == share.stratum), key=lambda item: rank(seed, item.id)
        )
        chosen += within[: share.drawn]
    return Drawn(seed, canonical.sha256(listing(items)), len(items), shared, tuple(chosen))


def share_out(sizes: Mapping[str, int], number: int) -> tuple[Share, ...]:
    """Return how many of ``number`` each stratum gets, in proportion to its size."""
    total = sum(sizes.values())
    number = min(number, total)
    whole = {name: divmod(number * size, total) for name, size in sizes.items()}
    left = number - sum(count for count, _ in whole.values())
    first = sorted(sizes, key=lambda name: (-whole[name][1], name))[:left]
    return tuple(Share(name, sizes[name], whole[name][0] + (name in first)) for name in sorted(sizes))


def most_errors(size: int, drawn: int, found: int) -> int:
    """Return how many errors a list may hold at most, given what a simple sample of it showed.

    Args:
        size: How many items the list has.
        drawn: How many of them were looked at.
        found: How many of those were wrong.

    Raises:
        MeasuresError: More were drawn than there are, or found than drawn.
    """
    if not 0 <= found <= drawn <= size:
        raise MeasuresError(f"Expected found ≤ drawn ≤ size, got {found}, {drawn}, {size}.")
    every = comb(size, drawn)
    low, high = found, size - (drawn - found)
    while low < high:
        middle = (low + high + 1) // 2
        few = sum(comb(middle, i) * comb(size - middle, drawn - i) for i in range(found + 1))
        if 100 * few > IN_A_HUNDRED * every:
            low = middle
        else:
            high = middle - 1
    return low


def most_unseen(shares: Sequence[Share]) -> int:
    """Return how many errors a list may hold at most when its stratified sample showed none.

    It is the worst case over how the errors may lie among the strata: all of a stratum that
    nothing was drawn from, then wherever they are least likely to be hit.
    """
    waiting = [(share.drawn / share.size, share.size, share.drawn) for share in shares if share.size]
    heapq.heapify(waiting)
    limit, chance, errors = log(IN_A_HUNDRED / 100), 0.0, 0
    while waiting:
        hit, left, drawn = heapq.heappop(waiting)
        if hit >= 1:
            break
        chance += log1p(-hit)
        if chance <= limit:
            break
        errors += 1
        if left > 1:
            heapq.heappush(waiting, (drawn / (left - 1), left - 1, drawn))
    return errors
