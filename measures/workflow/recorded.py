"""The register as records: what was said, as of a head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from measures.errors import MissionError
from measures.finding import Finding, Place
from measures.records import REGISTER, Records, Row, read_mission
from measures.records.mission import MissionFile
from measures.records.plan import (
    Milestone,
    Objective,
    Plan,
    Promise,
    at_entry,
    read_milestone,
    read_objective,
    read_promise,
)
from measures.records.revisions import GOALS, Written, revisions
from measures.records.rows import empty_tables
from measures.records.tables import TABLE_OF_KIND
from measures.register import GENESIS_HEAD, Entry, Head, Register
from measures.rubric import Rubric, from_plain
from measures.rubric.document import Document

EDITION = "edition"
"""Kind of the entries that reports leave; a report is made from the head before them."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Everything the register holds, as of a head.

    Args:
        records: The records; plan items as last revised, with the revisions of every goal.
        latest: The latest entry of each kind and ref, editions left out.
        editions: Edition entries, oldest first.
        head: The head of the register.
        content_head: The head before any edition entries that follow it: what reports print.
    """

    records: Records
    latest: Mapping[tuple[str, str], Entry]
    editions: tuple[Entry, ...]
    head: Head
    content_head: Head


def read_recorded(register: Register, until: int = 0) -> Recorded | None:
    """Return what a register holds, or ``None`` when it holds no mission yet.

    Args:
        register: The register.
        until: Number of the last entry to read; 0 for all of them.
    """
    latest: dict[tuple[str, str], Entry] = {}
    editions: list[Entry] = []
    written: list[Written] = []
    tables = empty_tables()
    head = content_head = GENESIS_HEAD
    for entry in register.entries():
        if until and entry.seq > until:
            break
        head = Head(entry.seq, entry.digest)
        if entry.kind == EDITION:
            editions.append(entry)
            continue
        content_head = head
        latest[entry.kind, entry.ref] = entry
        if entry.kind in GOALS:
            written.append(Written(entry.kind, entry.ref, entry.seq, entry.at, entry.body))
        table = TABLE_OF_KIND.get(entry.kind)
        if table is not None:
            tables[table.name].append(row_of(entry))
    records = records_of(latest, written, tables)
    return Recorded(records, latest, tuple(editions), head, content_head) if records else None


def records_of(
    latest: Mapping[tuple[str, str], Entry], written: Iterable[Written], tables: Mapping[str, Sequence[Row]]
) -> Records | None:
    """Return the records that entries amount to, or ``None`` when none of them describes a mission.

    Args:
        latest: The latest entry of each kind and ref.
        written: Every entry of a goal, in order.
        tables: The rows of each table.

    Raises:
        MissionError: The mission's entry describes none.
    """
    mission = next((entry for (kind, _), entry in latest.items() if kind == "mission"), None)
    if mission is None:
        return None
    findings: list[Finding] = []
    described = read_mission(Document(REGISTER, dict(mission.body)), findings)
    if described is None:
        raise MissionError(
            "Expected the register to describe its mission, got something else.", "Run measures verify."
        )
    plan = replace(_plan(latest, described), revisions=revisions(written, described.year_starts))
    return Records(described, plan, _rubrics(latest), tables)


def row_of(entry: Entry) -> Row:
    """Return the row that an entry of a table kind holds."""
    values = {column: str(text) for column, text in entry.body.items()}
    return Row(Place(REGISTER, entry.seq), {}, values, source=entry.source)


def _plan(latest: Mapping[tuple[str, str], Entry], mission: MissionFile) -> Plan:
    objectives: dict[str, Objective] = {}
    milestones: dict[str, Milestone] = {}
    promises: dict[str, Promise] = {}
    for (kind, ref), entry in latest.items():
        if kind == "objective":
            objectives[ref] = read_objective(at_entry(REGISTER, entry.body))
        elif kind == "milestone":
            milestones[ref] = read_milestone(at_entry(REGISTER, entry.body))
        elif kind == "promise":
            promises[ref] = read_promise(at_entry(REGISTER, entry.body), mission.markings)
    return Plan(objectives, milestones, promises)


def _rubrics(latest: Mapping[tuple[str, str], Entry]) -> dict[tuple[str, str], Rubric]:
    found = {}
    for (kind, _), entry in latest.items():
        rubric = from_plain(dict(entry.body)) if kind == "rubric" else None
        if rubric is not None:
            found[rubric.id, rubric.version] = rubric
    return found
