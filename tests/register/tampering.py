"""A simulator of hands that reach into a register past the product.

Each knob changes the database the way somebody with SQLite at hand would: guards dropped,
the change made, guards put back. What cannot be told from the file afterwards is then left
to verification.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measures import canonical
from measures.register import Draft, Entry, Head, Register
from measures.register.note import PublicKey

AT = "2021-04-02T09:30:00Z"
_INSERT = "INSERT INTO entry (seq, digest, kind, ref, period, content) VALUES (?, ?, ?, ?, ?, ?)"
_COLUMNS = ("seq", "digest", "kind", "ref", "period", "content")
Row = tuple[int, str, str, str, str, bytes]


def drafts(count: int, first: int = 1) -> list[Draft]:
    """Return drafts as different as records are: languages, line breaks, lists, empty texts."""
    texts = (
        "The order was signed.",
        "Two sessions, one led by the ministry — minutes seen.",
        "الخطة\nوالتدريب",  # noqa: RUF001 - Arabic is meant
        "",
    )
    return [
        Draft(
            kind=("assessment", "evidence", "position")[number % 3],
            ref=f"R-{number:03}",
            body={"id": f"R-{number:03}", "text": texts[number % 4], "list": [number, None, {"yes": True}]},
            source=f"assessments.csv:{number + 1}",
            period=("2021Q1", "")[number % 2],
            supersedes="" if number % 5 else f"R-{number - 1:03}",
        )
        for number in range(first, first + count)
    ]


def mission_draft(name: str) -> Draft:
    """Return the entry that says whose register it is."""
    return Draft("mission", name, {"id": name}, "mission.yaml")


def key_draft(key: PublicKey, state: str) -> Draft:
    """Return an entry that puts a key in use or retires it."""
    return Draft("key", key.id.hex(), {"vkey": key.vkey, "state": state, "reason": ""}, "measures key")


def draft_of(entry: Entry) -> Draft:
    """Return the draft that an entry was made from."""
    return Draft(entry.kind, entry.ref, entry.body, entry.source, entry.period, entry.supersedes)


def append(
    register: Register, said: list[Draft], expect: Head, progress: Callable[[int], None] | None = None
) -> Head:
    """Append as the same adviser at the same time, so that registers can be compared."""
    return register.append(said, expect=expect, at=AT, actor="PRJ-01", role="adviser", progress=progress)


def made(path: Path, count: int) -> Head:
    """Make a register of ``count`` entries at ``path``, appended in two goes."""
    with Register.open(path, create=True) as register:
        for part in (drafts(count // 2), drafts(count - count // 2, count // 2 + 1)):
            append(register, part, register.head())
        return register.head()


@contextmanager
def by_hand(path: Path, *, guards_back: bool = True) -> Iterator[sqlite3.Connection]:
    """Open the database without its guards; put them back as they were, or leave them off."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    try:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in guards if guards_back else ():
            connection.execute(sql)
    finally:
        connection.close()


def rows(connection: sqlite3.Connection) -> list[Row]:
    """Return all rows as they are stored."""
    return connection.execute(
        "SELECT seq, digest, kind, ref, period, content FROM entry ORDER BY seq"
    ).fetchall()


def rewrite(path: Path, change: Callable[[list[Row]], list[Row]]) -> None:
    """Replace all rows by what ``change`` makes of them."""
    with by_hand(path) as connection:
        changed = change(rows(connection))
        connection.execute("DELETE FROM entry")
        connection.executemany(_INSERT, changed)


def flip(path: Path, seq: int, at: int, column: str = "content", bit: int = 1) -> None:
    """Flip a bit of byte ``at`` in what is stored of one entry."""

    def change(stored: list[Row]) -> list[Row]:
        row: list[Any] = list(stored[seq - 1])
        index = _COLUMNS.index(column)
        text = isinstance(row[index], str)
        raw = bytearray(row[index].encode() if text else row[index])
        raw[at] ^= bit
        row[index] = raw.decode() if text else bytes(raw)
        stored[seq - 1] = (row[0], row[1], row[2], row[3], row[4], row[5])
        return stored

    rewrite(path, change)


def drop(path: Path, *seqs: int) -> None:
    """Remove entries."""
    rewrite(path, lambda stored: [row for row in stored if row[0] not in seqs])


def swap(path: Path, one: int, other: int, *, digests: bool = True) -> None:
    """Let two entries change places, with their digests or without."""

    def change(stored: list[Row]) -> list[Row]:
        a, b = stored[one - 1], stored[other - 1]
        stored[one - 1] = (a[0], (b if digests else a)[1], *b[2:])
        stored[other - 1] = (b[0], (a if digests else b)[1], *a[2:])
        return stored

    rewrite(path, change)


def insert(path: Path, seq: int) -> None:
    """Put a new entry before entry ``seq``, well made and chained, and number the rest anew."""

    def change(stored: list[Row]) -> list[Row]:
        prev = stored[seq - 2][1] if seq > 1 else canonical.GENESIS
        forged = altered(stored[seq - 1], prev=prev, ref="R-forged")
        return [*stored[: seq - 1], forged, *((row[0] + 1, *row[1:]) for row in stored[seq - 1 :])]

    rewrite(path, change)


def rechain(path: Path, seq: int, said: Mapping[str, Any] | None = None) -> None:
    """Change entry ``seq`` and make every digest after it anew: a chain without a break.

    Args:
        path: The database file.
        seq: The entry that is changed.
        said: What it says from now on.
    """
    forged = {"id": "forged"} if said is None else said

    def change(stored: list[Row]) -> list[Row]:
        prev = stored[seq - 2][1] if seq > 1 else canonical.GENESIS
        for index in range(seq - 1, len(stored)):
            body = forged if index == seq - 1 else None
            stored[index] = altered(stored[index], prev=prev, body=body)
            prev = stored[index][1]
        return stored

    rewrite(path, change)


def altered(row: Row, *, body: Mapping[str, Any] | None = None, **fields: Any) -> Row:
    """Return a row with fields of its content changed and everything else made to match."""
    content = canonical.decode(row[5]) | fields | ({} if body is None else {"body": body})
    raw = canonical.encode(content)
    return (row[0], canonical.sha256(raw), content["kind"], content["ref"], content["period"], raw)
