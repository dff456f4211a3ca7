"""Tracing in a long register: the look-up file made once, and what a trace takes then.

Scores, evidence and citations of a made-up mission, three citations to a score, each item cited again
by later scores; 5,000 criteria over 40 quarters.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from measures.register import GENESIS_HEAD, Draft, Register
from measures.workflow.trace import reading, trace
from measures.workflow.trace_reader import LOOKUP_FILE

if TYPE_CHECKING:
    from benchmarks.cases import Case

AT = "2024-01-15T09:00:00Z"
_SAID = "The order was signed and its first paragraph names the office, its posts and its budget. " * 2
_GROUP = 5
_PART = 20_000


def drafts(first: int, count: int, chance: Random) -> Iterator[Draft]:
    """Yield groups of an item, a score and three citations, from number ``first`` on."""
    graded = {"reliability": "B", "credibility": "2", "covers": "2021-05", "kind": "documentary"}
    for at in range(first, first + count, _GROUP):
        item, score = f"E-{at}", f"A-{at}"
        period = f"20{10 + at % 10}Q{1 + at // 25_000 % 4}"
        said = {"milestone": f"M-{at // _GROUP % 5_000}", "criterion": "plan", "period": period}
        yield Draft(
            "evidence", item, {"id": item, "title": "An order", "summary": _SAID, **graded}, "evidence"
        )
        yield Draft(
            "assessment", score, {"id": score, **said, "score": "agreed", "rationale": _SAID}, "scores"
        )
        for number in range(3):
            old = chance.randrange(at // _GROUP + 1) * _GROUP + 1 if number else at
            cited = {"assessment": score, "evidence": f"E-{old}", "bearing": "supports", "shows": "agreed"}
            yield Draft("citation", f"C-{at}-{number}", {"id": f"C-{at}-{number}", **cited}, "citations")


def write(folder: Path, size: int) -> Path:
    """Make a mission folder whose register has about so many entries."""
    folder.mkdir()
    chance = Random(1)  # noqa: S311 - made-up data, no secret
    with Register.open(folder / "register.db", create=True) as register:
        head = GENESIS_HEAD
        while head.size < size:
            part = list(drafts(head.size + 1, min(_PART, size - head.size), chance))
            head = register.append(part, expect=head, at=AT, actor="ADV-01", role="adviser")
    return folder


def cases(folder: Path, rows: int) -> list[Case]:
    """Return the cases of a register of ``rows`` entries.

    Args:
        folder: A folder that is made.
        rows: How many entries.
    """
    from benchmarks.cases import Case

    mission = write(folder, rows)
    lookup = mission / LOOKUP_FILE
    middle = rows // 2 // _GROUP * _GROUP + 1

    def made() -> None:
        with reading(mission):
            pass

    def traced(ref: str) -> None:
        with reading(mission) as reader:
            found = trace(reader, ref)
        if not (found.below or found.above):
            raise SystemExit("Nothing was found.")

    asked = {"a score": f"A-{middle}", "an item, both ways": "E-1", "an entry": str(middle)}
    return [
        Case(f"the look-up file of {rows:,} entries, made once", made, runs=1,
             before=lambda: lookup.unlink(missing_ok=True), per=rows, unit="entry"),
        *(
            Case(f"trace {what} among {rows:,} entries", partial(traced, ref))
            for what, ref in asked.items()
        ),
    ]  # fmt: skip
