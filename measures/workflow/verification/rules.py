"""The rules across records, played again as of when each record was written.

The register is gone through in stretches, each beginning where the mission or its plan was
recorded anew: within one the plan is what it is at its end, as it was when the rows were written.
Rows before a stretch count as recorded, those in it as about to be. What a row refers to must stand
before it, or have come with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from measures.finding import CATALOGUE, Finding, Place, errors_in, find
from measures.records import TABLES, Records, Row
from measures.records.checks import check
from measures.records.revisions import GOALS, Written
from measures.records.rows import empty_tables
from measures.records.tables import TABLE_OF_KIND, split
from measures.register import GENESIS_HEAD, Entry
from measures.workflow.against import against
from measures.workflow.recorded import Recorded, records_of, row_of
from measures.workflow.verification.ground import Ground, Looked, listed
from measures.workflow.verification.shapes import misshapen

PLAN = frozenset({"mission", "rubric", "objective", "milestone", "promise"})
"""Kinds whose entries change what rows are judged by."""

_NEW = "entry"
"""The file name in the place of a row of the stretch that is judged; its line is the entry."""


@dataclass
class _Past:
    """What stood before a stretch, and grows by each."""

    latest: dict[tuple[str, str], Entry] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=empty_tables)

    def records(self) -> Records | None:
        """Return it as records."""
        return records_of(
            self.latest, self.written, {name: tuple(rows) for name, rows in self.tables.items()}
        )

    def markings(self) -> tuple[str, ...]:
        """Return the markings that the mission has by now."""
        body = next((entry.body for (kind, _), entry in self.latest.items() if kind == "mission"), {})
        given = body.get("markings")
        return tuple(str(word) for word in given) if isinstance(given, list) else ()


def rules(ground: Ground) -> Looked:
    """Run every rule across records over each stretch of the register."""
    findings: list[Finding] = []
    past = _Past()
    count = 0
    with ground.register() as register:
        for stretch in _stretches(register.entries(upto=ground.head.size)):
            count += 1
            findings += _judged(ground, past, stretch)
            ground.tell("Verifying rules", stretch[-1].seq, ground.head.size)
    states = f"{count} state{'s' if count != 1 else ''} of the plan"
    at = (f"rules across records, as of when they were written ({states})",) if count else ()
    return Looked(at, listed(findings, ground.place()))


def _stretches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield the entries in stretches: an append that changes the plan begins one."""
    stretch: list[Entry] = []
    for appended in _appends(entries):
        if stretch and any(entry.kind in PLAN for entry in appended):
            yield stretch
            stretch = []
        stretch += appended
    if stretch:
        yield stretch


def _appends(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield entries as they were appended: by one person, at one time, the plan before any rows."""
    appended: list[Entry] = []
    for entry in entries:
        last = appended[-1] if appended else entry
        again = entry.kind in PLAN and last.kind not in PLAN
        if again or (entry.at, entry.actor, entry.role) != (last.at, last.actor, last.role):
            yield appended
            appended = []
        appended.append(entry)
    if appended:
        yield appended


def _judged(ground: Ground, past: _Past, stretch: Sequence[Entry]) -> Iterator[Finding]:
    """Yield what breaks a rule in a stretch, and let it be part of the past."""
    before = past.records()
    yield from _silent_changes(ground, past.latest, stretch)
    yield from _references(ground, past, stretch)
    new = _take(past, stretch)
    now = past.records()
    if now is None:
        return
    tables = {name: (*now.rows(name)[: len(now.rows(name)) - len(new[name])], *new[name]) for name in TABLES}
    records = replace(now, tables=tables)
    found = [*check(records)]
    if before is not None:
        # Approvals are held against what stood at each of them, by a check of their own.
        kept = {**tables, "approvals": now.rows("approvals")}
        known = Recorded(before, {}, (), GENESIS_HEAD, GENESIS_HEAD)
        found += against(replace(records, tables=kept), known)
    for finding in errors_in(found):
        seq = finding.place.line if finding.place.file == _NEW else stretch[0].seq
        yield _broken(ground, seq, finding.code, finding.message)


def _take(past: _Past, stretch: Sequence[Entry]) -> dict[str, list[Row]]:
    """Let a stretch be part of the past, and return its rows as new ones."""
    new = empty_tables()
    for entry in stretch:
        past.latest[entry.kind, entry.ref] = entry
        if entry.kind in GOALS:
            past.written.append(Written(entry.kind, entry.ref, entry.seq, entry.at, entry.body))
        table = TABLE_OF_KIND.get(entry.kind)
        if table is not None:
            # A row that is no row breaks no rule: what is wrong with it is its shape.
            row = replace(row_of(entry), sound=not any(misshapen(table, entry.body, past.markings())))
            past.tables[table.name].append(row)
            new[table.name].append(replace(row, at=Place(_NEW, entry.seq)))
    return new


def _silent_changes(
    ground: Ground, latest: Mapping[tuple[str, str], Entry], stretch: Sequence[Entry]
) -> Iterator[Finding]:
    """Yield each item of the plan that changed without a reason of its own."""
    known = dict(latest)
    for entry in stretch:
        old = known.get((entry.kind, entry.ref))
        if entry.kind in PLAN - {"rubric"}:
            if old is not None and entry.body.get("change") in (None, "", old.body.get("change")):
                yield _broken(ground, entry.seq, "C020", CATALOGUE["C020"].title)
            known[entry.kind, entry.ref] = entry


def _references(ground: Ground, past: _Past, stretch: Sequence[Entry]) -> Iterator[Finding]:
    """Yield each row that names a row which came to the register only after it."""
    known = {(kind, ref) for kind, ref in past.latest if kind in TABLE_OF_KIND}
    for appended in _appends(stretch):
        known |= {(entry.kind, entry.ref) for entry in appended if entry.kind in TABLE_OF_KIND}
        for entry in appended:
            for kind, ref in _named(entry):
                if (kind, ref) not in known:
                    what = f"it names the {kind} {ref}, which was not recorded then"
                    yield _broken(ground, entry.seq, "C001", what)


def _named(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the rows that a row names: what it cites, and what it corrects."""
    table = TABLE_OF_KIND.get(entry.kind)
    for column in table.columns if table is not None else ():
        if column.to in TABLE_OF_KIND:
            for ref in split(str(entry.body.get(column.name, ""))):
                yield column.to, ref
    if table is not None and entry.supersedes:
        yield entry.kind, entry.supersedes


def _broken(ground: Ground, seq: int, code: str, problem: str) -> Finding:
    return find("V060", ground.place(seq), seq=seq, rule=code, problem=problem)
