"""The records: each of the shape of its kind, filed under its own name, once, by somebody known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from measures.finding import CATALOGUE, Finding, Place, errors_in, find
from measures.records import REGISTER, read_mission
from measures.records.cells import wrong
from measures.records.mission import MissionFile
from measures.records.plan import at_entry, read_milestone, read_objective, read_promise
from measures.records.tables import TABLE_OF_KIND, Table
from measures.register import Entry
from measures.rubric import from_plain
from measures.rubric.document import Document
from measures.workflow.custody import ERASURE
from measures.workflow.recorded import EDITION
from measures.workflow.signing import KEY
from measures.workflow.verification.ground import Ground, Looked, listed

_EVERY = 5_000
"""Progress is told each time so many entries were looked at."""

_KEYS: dict[str, frozenset[str]] = {
    EDITION: frozenset({"edition", "period", "head", "software", "html_sha256", "pdf_sha256", "claims"}),
    ERASURE: frozenset({"sha256", "size", "reason", "evidence"}),
    KEY: frozenset({"id", "vkey", "state"}),
}
"""What entries hold that are neither rows of a table nor part of the plan."""

_PLAN: dict[str, Callable[[Mapping[str, Any], MissionFile], tuple[Finding, ...]]] = {
    "objective": lambda body, _: _read(body, read_objective),
    "milestone": lambda body, _: _read(body, read_milestone),
    "promise": lambda body, mission: _read(body, lambda cursor: read_promise(cursor, mission.markings)),
}
_NAMED = frozenset({"mission", "objective", "milestone", "promise"})
"""Kinds whose entries may follow one another under one id, each the newer wording."""


def shapes(ground: Ground) -> Looked:
    """Judge the record of every entry by the rules for its kind, as they stand beside the tables."""
    findings: list[Finding] = []
    size = ground.head.size
    reader = _Reader(ground)
    with ground.register() as register:
        for entry in register.entries(upto=size):
            findings += reader.look(entry)
            if not entry.seq % _EVERY:
                ground.tell("Verifying records", entry.seq, size)
    at = (f"records of {size} entries: shape, names and who made them",) if size else ()
    return Looked(at, listed(findings, ground.place()))


class _Reader:
    """Reads entries in order and remembers what later ones are held against."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._mission: MissionFile | None = None
        self._first: dict[tuple[str, str], int] = {}
        self._at = ""

    def look(self, entry: Entry) -> Iterator[Finding]:
        """Yield what is wrong with an entry."""
        place = self._ground.place(entry.seq)
        for problem in self._problems(entry):
            yield find("V057", place, kind=entry.kind, ref=entry.ref, seq=entry.seq, problem=problem)
        if entry.kind not in TABLE_OF_KIND.keys() | _NAMED | _KEYS.keys() | {"rubric"}:
            yield find("V066", place, seq=entry.seq, kind=entry.kind)
        yield from self._filed(entry, place)
        yield from self._made(entry, place)
        if entry.at < self._at:
            yield find("V068", place, seq=entry.seq, at=entry.at, before=self._at)
        self._at = entry.at

    def _problems(self, entry: Entry) -> Iterator[str]:
        """Yield in words what in a record is not as its kind wants it; never what somebody wrote."""
        body, kind = entry.body, entry.kind
        if kind in TABLE_OF_KIND:
            markings = self._mission.markings if self._mission else ()
            yield from misshapen(TABLE_OF_KIND[kind], body, markings)
        elif kind == "mission":
            findings: list[Finding] = []
            self._mission = read_mission(Document(REGISTER, dict(body)), findings) or self._mission
            yield from _told(errors_in(findings))
        elif kind == "rubric":
            rubric = from_plain(dict(body))
            if rubric is None:
                yield "it is no rubric"
            elif str(rubric.pin) != entry.ref:
                yield f"it is the rubric {rubric.pin}"
        elif kind in _PLAN and self._mission is not None:
            yield from _told(errors_in(_PLAN[kind](body, self._mission)))
        elif kind in _KEYS:
            missing = sorted(_KEYS[kind] - body.keys())
            if missing:
                yield f"it lacks {', '.join(missing)}"

    def _filed(self, entry: Entry, place: Place) -> Iterator[Finding]:
        """Compare what an entry is filed under with its record; see that no record comes twice."""
        table = TABLE_OF_KIND.get(entry.kind)
        if table is not None or entry.kind in _NAMED:
            wanted = {"ref": "id"} | ({"period": "period", "supersedes": "supersedes"} if table else {})
            for column, key in wanted.items():
                found, expected = getattr(entry, column), str(entry.body.get(key, ""))
                if found != expected:
                    yield find("V058", place, seq=entry.seq, column=column, found=found, expected=expected)
        if table is not None or entry.kind in ("rubric", ERASURE):
            first = self._first.setdefault((entry.kind, entry.ref), entry.seq)
            if first != entry.seq:
                yield find("V059", place, kind=entry.kind, ref=entry.ref, seq=entry.seq, first=first)

    def _made(self, entry: Entry, place: Place) -> Iterator[Finding]:
        person = self._mission.person(entry.actor) if self._mission else None
        if self._mission is None or (person is not None and person.role == entry.role):
            return
        yield find("V067", place, seq=entry.seq, actor=entry.actor, role=entry.role)


def misshapen(table: Table, body: Mapping[str, Any], markings: tuple[str, ...]) -> Iterator[str]:
    """Yield in words what in the record of a row is not of the shape of its table.

    Args:
        table: The table.
        body: The record.
        markings: The mission's markings.
    """
    known = {column.name: column for column in (*table.columns, *table.pins)}
    for name in body.keys() - known.keys():
        yield f"it has the column {name}"
    for name, column in known.items():
        cell = body.get(name, "")
        if not isinstance(cell, str):
            yield f"{name} is no text"
        elif code := wrong(column, cell, markings):
            yield f"{name}, {code} {CATALOGUE[code].title}"


def _read(body: Mapping[str, Any], read: Callable[[Any], object]) -> tuple[Finding, ...]:
    cursor = at_entry(REGISTER, body)
    read(cursor)
    return tuple(cursor.findings)


def _told(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        yield f"{finding.code} {CATALOGUE[finding.code].title}"
