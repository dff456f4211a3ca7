#!/usr/bin/env python
"""Many writers at one register, and writers killed in the midst of their work.

    python benchmarks/endurance.py                     full sizes, both stores; some minutes
    python benchmarks/endurance.py --quick             small sizes, to see that it works
    python benchmarks/endurance.py --only sqlite       one store

Every writer tells what it was told was written. In the end all of it must be there, in whole
submissions and one unbroken chain; otherwise it stops with status 1. For PostgreSQL a cluster of
its own is made, which syncs to the disk, and removed again.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from measures.errors import StaleHeadError, StoreError
from measures.register import Draft, Location, Register, verify

AT = "2024-01-15T09:00:00Z"
SEED = 20240115
PART = 3
"""Entries of a submission."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything."""

    writers: int
    submissions: int
    kills: int
    at_once: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a run showed.

    Args:
        entries: How many entries there are in the end.
        acknowledged: How many submissions writers were told were written.
        unacknowledged: How many more are there: written, and their writers killed before they knew.
        refused: How many appends were refused because somebody else was first.
        seconds: How long it took.
    """

    entries: int
    acknowledged: int
    unacknowledged: int
    refused: int
    seconds: float


def submission(writer: int, number: int) -> list[Draft]:
    """Return the drafts of one submission; their refs tell whose it is."""
    return [
        Draft(
            "evidence",
            f"W{writer}/{number}/{part}",
            {"text": "The order was signed."},
            f"evidence.csv:{part}",
        )
        for part in range(PART)
    ]


def write(place: Location, writer: int, numbers: range, told: int) -> None:
    """Append submissions one by one, each over the head as it is, and tell each that was acknowledged."""
    with Register.open(place, create=True) as register:
        for number in numbers:
            refused = 0
            while True:
                try:
                    register.append(
                        submission(writer, number),
                        expect=register.head(),
                        at=AT,
                        actor=f"W-{writer:02}",
                        role="adviser",
                    )
                    break
                except StaleHeadError:
                    refused += 1
            os.write(told, f"{writer} {number} {refused}\n".encode())


def child(work: Callable[[], None]) -> int:
    """Run ``work`` in a process of its own and return its id; it ends with 1 when that fails."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def together(place: Location, writers: int, submissions: int) -> Told:
    """Let writers append at once until each is done."""
    begun = time.perf_counter()
    with _ear() as (told, heard):
        children = [child(_writing(place, writer, range(submissions), told)) for writer in range(writers)]
        for process in children:
            if os.waitpid(process, 0)[1] != 0:
                raise SystemExit("A writer failed.")
        acknowledged = heard()
    if len(acknowledged) != writers * submissions:
        raise SystemExit(f"Expected {writers * submissions} submissions told, got {len(acknowledged)}.")
    return _checked(place, acknowledged, 0, time.perf_counter() - begun)


def killed(place: Location, kills: int, at_once: int, seed: int = SEED) -> Told:
    """Keep some writers appending, and kill one at a random moment, again and again; each is replaced."""
    begun, moments = time.perf_counter(), random.Random(seed)  # noqa: S311 - no secret
    Register.open(place, create=True).close()
    with _ear() as (told, heard):
        running = [child(_writing(place, writer, range(10**9), told)) for writer in range(at_once)]
        try:
            for number in range(kills):
                time.sleep(moments.uniform(0.0, 0.1))
                victim = moments.randrange(at_once)
                _kill(running[victim])
                running[victim] = child(_writing(place, at_once + number, range(10**9), told))
        finally:
            for process in running:
                _kill(process)
        acknowledged = heard()
    return _checked(place, acknowledged, kills + at_once, time.perf_counter() - begun)


def _kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _writing(place: Location, writer: int, numbers: range, told: int) -> Callable[[], None]:
    return lambda: write(place, writer, numbers, told)


@contextlib.contextmanager
def _ear() -> Iterator[tuple[int, Callable[[], list[tuple[int, int, int]]]]]:
    """Yield what writers tell to, and what returns all that they told: writer, number, refusals."""
    with tempfile.NamedTemporaryFile() as file:
        told = os.open(file.name, os.O_WRONLY | os.O_APPEND)
        try:
            yield told, lambda: _read(Path(file.name))
        finally:
            os.close(told)


def _read(path: Path) -> list[tuple[int, int, int]]:
    lines = [line.split() for line in path.read_text(encoding="ascii").splitlines()]
    return [(int(writer), int(number), int(refused)) for writer, number, refused in lines]


def _checked(
    place: Location, acknowledged: list[tuple[int, int, int]], lost_words: int, seconds: float
) -> Told:
    """Hold the register against what was acknowledged.

    Args:
        place: The register.
        acknowledged: Writer, number and refusals of each submission told.
        lost_words: How many submissions may be there without having been told: one for each kill.
        seconds: How long it took.
    """
    found = verify(place)
    if any(item.severity == "error" for item in found.findings):
        raise SystemExit(f"The register is not whole: {found.findings[0]}")
    with Register.open(place, read_only=True) as register:
        refs = [entry.ref for entry in register.entries()]
    there: dict[tuple[int, int], None] = {}
    for start in range(0, len(refs), PART):
        owner = refs[start].rpartition("/")[0]
        if refs[start : start + PART] != [f"{owner}/{part}" for part in range(PART)]:
            raise SystemExit(f"A submission is not whole or not together: {refs[start : start + PART]}")
        writer, number = owner[1:].split("/")
        there[int(writer), int(number)] = None
    said = {(writer, number) for writer, number, _ in acknowledged}
    if missing := said - there.keys():
        raise SystemExit(f"Acknowledged and lost: {sorted(missing)[:5]}")
    if len(there) * PART != len(refs):
        raise SystemExit("A submission is there twice.")
    more = len(there) - len(said)
    if more > lost_words:
        raise SystemExit(f"{more} submissions are there that nobody was told of.")
    refused = sum(count for _, _, count in acknowledged)
    return Told(len(refs), len(said), more, refused, seconds)


@contextlib.contextmanager
def stores(only: str) -> Iterator[Iterator[tuple[str, Callable[[str], Location]]]]:
    """Yield each store by name with what makes a place for a register in it."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))

        def each() -> Iterator[tuple[str, Callable[[str], Location]]]:
            if only in ("", "sqlite"):
                yield "SQLite", lambda name: Location.of(folder / f"{name}.db")
            if only in ("", "postgresql"):
                import psycopg  # noqa: F401 - so that writers need not load it

                from tests.postgres import running

                cluster = stack.enter_context(running(durable=True))
                yield "PostgreSQL", lambda name: Location(cluster.new(), folder / f"{name}-server.head")

        yield each()


def main() -> None:
    """Run everything and print what it showed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="small sizes")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), default="", help="one store")
    given = parser.parse_args()
    with stores(given.only) as places:
        for name, place in places:
            kills = 200 if name == "SQLite" else 50
            sizes = Sizes(4, 20, 10, 3) if given.quick else Sizes(8, 500, kills, 8)
            try:
                told = together(place("together"), sizes.writers, sizes.submissions)
                _say(f"{name}: {sizes.writers} writers, {sizes.submissions} submissions each", told)
                told = killed(place("killed"), sizes.kills, sizes.at_once)
                _say(f"{name}: {sizes.kills} kills among {sizes.at_once} writers", told)
            except StoreError as error:
                raise SystemExit(f"{name}: {error.message}") from error


def _say(what: str, told: Told) -> None:
    print(
        f"{what}: whole, nothing lost; {told.acknowledged} submissions acknowledged, "
        f"{told.unacknowledged} more there, {told.entries} entries, {told.refused} refused and tried again, "
        f"{told.seconds:.1f} s",
        flush=True,
    )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
