"""A share of a long walk, in a process of its own: a range of entries, walked while others walk the rest.

The process is started as ``python -m measures.register``, is told what to do in a line of
JSON and answers with one. Nothing rests on its being there: what comes back is only taken when
nothing was wrong, and whoever asked walks the range again otherwise, to say what is.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass

from measures.errors import RegisterError
from measures.register import opening
from measures.register.chain import Head
from measures.register.location import Location
from measures.register.walk import Walk


@dataclass(frozen=True, slots=True)
class Range:
    """Entries to be walked.

    Args:
        start: The head before the first of them, as stored.
        upto: Number of the last.
    """

    start: Head
    upto: int


@dataclass(frozen=True, slots=True)
class Walked:
    """A range in which nothing was wrong.

    Args:
        head: The head at its end.
        digests: Digests of the entries asked for.
    """

    head: Head
    digests: dict[int, str]


class Share:
    """A range being walked by another process."""

    def __init__(self, location: Location, part: Range, marks: Collection[int]) -> None:
        self.part = part
        task = {
            "store": str(location.store),
            "start": str(part.start),
            "upto": part.upto,
            "marks": [mark for mark in marks if part.start.size < mark <= part.upto],
        }
        # -P: a folder that happens to hold a `measures` of its own is not asked.
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, this module
            [sys.executable, "-P", "-m", __package__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        with suppress(OSError):
            self._process.stdin.write(json.dumps(task).encode())
            self._process.stdin.close()

    def result(self) -> Walked | None:
        """Wait for the end; return ``None`` when anything was wrong, with the entries or the process."""
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        with self._process.stdout as pipe:
            said = pipe.read()
        if self._process.wait() != 0:
            return None
        try:
            answer = json.loads(said)
            digests = {int(seq): str(digest) for seq, digest in answer["digests"].items()}
            return Walked(Head.parse(answer["head"]), digests)
        except (ValueError, KeyError, TypeError, AttributeError, RegisterError):
            return None

    def stop(self) -> None:
        """Let it go; stopping twice does no harm."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def walk_share(task: dict[str, object]) -> dict[str, object] | None:
    """Walk the range that a task names; return ``None`` when anything is wrong with it."""
    store, start = str(task["store"]), Head.parse(str(task["start"]))
    marks, upto = task["marks"], task["upto"]
    if not isinstance(marks, list) or not isinstance(upto, int):
        return None
    location = Location.of(store)
    walk = Walk(location.name, marks, start)
    with closing(opening.looked_at(location)) as engine, engine.moment():
        walk.over(engine, upto=upto)
        if walk.findings or engine.astray(start.size, upto):
            return None
    return {"head": str(walk.head), "digests": walk.digests}


def main() -> int:
    """Walk the share that standard input tells of, and answer; the exit status is 0 when all is sound."""
    try:
        answer = walk_share(json.loads(sys.stdin.buffer.read()))
    except RegisterError:
        return 1
    if answer is None:
        return 1
    sys.stdout.write(json.dumps(answer))
    return 0
