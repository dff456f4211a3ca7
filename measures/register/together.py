"""A long walk divided among processes, so that every core has something to do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise

from measures.errors import StoreError
from measures.register.chain import GENESIS_HEAD, Head
from measures.register.engine import Engine
from measures.register.location import Location
from measures.register.share import Range, Share
from measures.register.walk import Walk

Progress = Callable[[int], None]

PAYS = 200_000
"""Entries from which starting other processes pays."""

MOST = 8
"""Processes at most."""


def over(walk: Walk, engine: Engine, location: Location, progress: Progress | None = None) -> None:
    """Walk over all entries of a register, alone or with others.

    Args:
        walk: The walk, at its beginning.
        engine: The register, as of the moment to be verified.
        location: Where others open it.
        progress: Told how many entries were walked.
    """
    try:
        parts = ranges(engine, min(_cores(), MOST))
    except StoreError:  # the walk will say what is wrong
        parts = []
    if len(parts) > 1:
        _shared(walk, engine, location, parts, progress)
    walk.over(engine, progress)


def _shared(
    walk: Walk, engine: Engine, location: Location, parts: list[Range], progress: Progress | None
) -> None:
    own, whole = parts[0].upto, parts[-1].upto

    def of_all(done: int) -> None:
        if progress is not None:
            progress(done * whole // own)

    with _shares(location, parts[1:], walk) as shares:
        walk.over(engine, of_all, own)
        if walk.findings or engine.astray(0, own):
            return
        walk.indexed = own
        for share in shares:
            walked = share.result() if walk.head == share.part.start else None
            if walked is None or walked.head.size != share.part.upto:
                return
            walk.go_to(walked.head, walked.digests)
            walk.indexed = walked.head.size


def ranges(engine: Engine, processes: int) -> list[Range]:
    """Divide all entries among processes; into nothing where that does not pay or cannot be done."""
    last = engine.last()
    if last is None or last[0] < PAYS or processes < 2:
        return []
    borders = [last[0] * number // processes for number in range(1, processes + 1)]
    parts = [Range(GENESIS_HEAD, borders[0])]
    for first, upto in pairwise(borders):
        before = engine.found(first)
        if before is None or not isinstance(before[1], str):
            return []
        parts.append(Range(Head(first, before[1]), upto))
    return parts


@contextmanager
def _shares(location: Location, parts: list[Range], walk: Walk) -> Iterator[list[Share]]:
    shares: list[Share] = []
    try:
        with suppress(OSError):  # where no process is to be had this one walks on alone
            shares.extend(Share(location, part, walk.marks) for part in parts)
        yield shares
    finally:
        for share in shares:
            share.stop()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
