"""Verification: is this register whole, in order, and the one whose heads were kept?

One pass over the entries, in flat memory and without any of the heavy libraries. The pass
is written twice on purpose: a few comparisons that every sound entry passes, and, for the
entry that does not, a look at what exactly is wrong with it. Findings are placed at
``register.db:7`` for entry 7, which is also line 7 of the JSON Lines export.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measures import canonical
from measures.errors import CanonicalError, RegisterError
from measures.finding import Finding, Place, find
from measures.register import database
from measures.register.chain import GENESIS_HEAD, Head, Line, is_canonical, read
from measures.register.headfile import beside, head_file

BUSY_SECONDS = 5.0
LISTED = 100
_STEP = 2048
_ROWS = "SELECT seq, digest, kind, ref, period, content FROM entry WHERE seq > ? ORDER BY seq"
_Row = tuple[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Verification:
    """What verification found.

    Args:
        size: Number of the last entry.
        head: The head as read; what a report may print when there are no errors.
        findings: What is wrong, in the order of the entries; hints and warnings among them.
        checked: What was looked at, in words.
    """

    size: int
    head: Head
    findings: tuple[Finding, ...]
    checked: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing that was checked speaks against the register."""
        return not any(finding.severity == "error" for finding in self.findings)


def verify(
    path: Path | str,
    *,
    heads: Sequence[tuple[str, Head]] = (),
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Verify the register at ``path``.

    Args:
        path: The database file.
        heads: Heads held elsewhere, each with the name of where it was found.
        progress: Called now and then with the number of the entry just checked.
    """
    path = Path(path)
    place = Place(path.name)
    # The head file is read first: an append meanwhile can only carry the register ahead of it.
    try:
        kept, findings = head_file(path), []
    except RegisterError as error:
        kept, findings = None, [find("V011", Place(beside(path).name), problem=error.message)]
    known = ([("the head file", kept)] if kept else []) + list(heads)
    if not path.exists():
        return _nothing(findings, find("V010", place, what="no file"))
    try:
        connection = database.connect(path, read_only=True, busy_seconds=BUSY_SECONDS)
    except sqlite3.Error as error:
        return _nothing(findings, find("V010", place, what=database.problem(error)))
    try:
        return _verify(connection, place, known, findings, progress)
    except sqlite3.Error as error:
        return _nothing(findings, find("V010", place, what=database.problem(error)))
    finally:
        connection.close()


def _nothing(findings: Sequence[Finding], last: Finding) -> Verification:
    return Verification(0, GENESIS_HEAD, (*findings, last), ())


def _verify(
    connection: sqlite3.Connection,
    place: Place,
    known: Sequence[tuple[str, Head]],
    findings: Sequence[Finding],
    progress: Callable[[int], None] | None,
) -> Verification:
    connection.execute("BEGIN")  # one moment for all that follows
    what = database.stranger(connection)
    if what:
        return _nothing(findings, find("V010", place, what=what))
    guards = list(_guards(connection, place))
    walk = _Walk(place)
    walk.over(connection, progress)
    head = walk.head
    anchored = [
        finding for source, one in known for finding in _anchor(connection, place, head, source, one)
    ]
    if head.size and not beside_known(known, findings):
        anchored.append(find("V009", place))
    elif known and known[0][0] == "the head file" and known[0][1].size < head.size:
        anchored.append(find("V012", place, kept=known[0][1].size, size=head.size))
    return Verification(
        size=head.size,
        head=head,
        findings=(*findings, *guards, *walk.findings(), *anchored),
        checked=(
            f"digest, canonical form, order and look-up columns of {head.size} entries",
            "tables and guards of the database",
            *(f"the head of {one.size} entries according to {source}" for source, one in known),
        ),
    )
