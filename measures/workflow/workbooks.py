"""Recording workbooks that came back: all of it, or nothing, or the clean rows by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from measures.errors import MissionError, StaleHeadError
from measures.finding import Finding, errors_in, find, in_order
from measures.intake import Submission
from measures.intake.workbook.back import Back, Given, read_back
from measures.intake.workbook.entries import entries
from measures.intake.workbook.gate import MOST_BYTES
from measures.intake.workbook.merge import Edit, Take, heading, merge, same
from measures.intake.workbook.meta import Meta
from measures.intake.workbook.takes import Takes
from measures.intake.workbook.today import Today, today
from measures.records import Records, Row
from measures.register import Draft, Register
from measures.rubric.document import read_bytes
from measures.workflow.custody import take_in
from measures.workflow.opening import has_register, open_register
from measures.workflow.prepare import prepare
from measures.workflow.record import Outcome, Progress, recorder, silent
from measures.workflow.recorded import Recorded, read_recorded
from measures.workflow.resting import resting
from measures.workflow.workbook_checks import author_of, belongs, vocabulary_of

PATTERN = "*.xlsx"


@dataclass(frozen=True, slots=True)
class Workbook:
    """One workbook that came back.

    Args:
        name: What findings call it.
        path: Where it is.
        content: Its bytes; empty when it could not be read.
        assessor, period: Whose it is; empty when that cannot be told.
        language: Of its sheets.
        rows: How many of its rows say something.
        findings: What was found in it.
    """

    name: str
    path: Path
    content: bytes
    assessor: str
    period: str
    language: str
    rows: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not recorded though the rest was: where it stands, what it is, and why."""

    place: str
    what: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """What recording workbooks did.

    Args:
        outcome: What was recorded and found.
        workbooks: Each workbook, in the order given.
        left: What was left out, when clean rows alone were asked for.
    """

    outcome: Outcome
    workbooks: tuple[Workbook, ...]
    left: tuple[Left, ...]

    @property
    def refused(self) -> bool:
        """Whether errors kept something from being recorded."""
        return self.outcome.refused


def workbook_files(given: Iterable[Path]) -> list[Path]:
    """Return the workbooks meant: files, and those in folders, by name; lock files of Excel left out."""
    found: list[Path] = []
    for path in given:
        inside = sorted(path.glob(PATTERN)) if path.is_dir() else [path]
        found += [one for one in inside if not one.name.startswith(("~$", "."))]
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Recording:
    """How workbooks are to be recorded.

    Args:
        at: The time, UTC.
        actor: Code of who records.
        dry_run: Check everything, write nothing.
        partial: Record the rows without errors, and say which were left.
        take: Whose word to take where the workbook and the register both changed.
        tell: Told how far it is.
    """

    at: str
    actor: str = ""
    dry_run: bool = False
    partial: bool = False
    take: Takes = field(default_factory=Takes)
    tell: Progress = silent


TRIES = 3
"""How often workbooks are merged anew because somebody else appended meanwhile."""


def record_workbooks(mission: Path, files: Sequence[Path], how: Recording) -> Returned:
    """Record workbooks that came back, in one transaction.

    Args:
        mission: The mission folder.
        files: The workbooks.
        how: What to do with them.

    Raises:
        MissionError: There is no recorded mission, or no single actor.
        RegisterError: The register cannot be read or appended to.
        StaleHeadError: Others appended each time before this could be.
    """
    if not has_register(mission):
        raise MissionError(
            f"Expected a recorded mission in {mission}, found no register.",
            "A workbook is made from one: measures record, then measures workbook.",
        )
    for _ in range(TRIES - 1):
        try:
            return _tried(mission, files, how)
        except StaleHeadError:
            how.tell("Merging again", 0, 1)
    return _tried(mission, files, how)


def _tried(mission: Path, files: Sequence[Path], how: Recording) -> Returned:
    with open_register(mission, read_only=True) as register, resting():
        recorded = read_recorded(register)
        if recorded is None:
            raise MissionError(
                f"Expected a recorded mission in {mission}, found an empty register.",
                "Record the plan first: measures record.",
            )
        came = []
        for number, (path, name) in enumerate(_named(files)):
            how.tell(f"Reading {name}", number, len(files))
            came.append(_read(path, name, recorded.records, register))
    with resting():
        drawn = _draw(came, recorded.records, how.take)
        idle = tuple(how.take.idle(one.name for one in came))
        drawn = replace(drawn, findings=(*drawn.findings, *idle))
        settled = _prepare(drawn, recorded, mission, how)
    outcome = Outcome(settled.findings, {}, drawn.unchanged, recorded.head, recorded.head)
    if settled.drafts and not how.dry_run and (how.partial or not outcome.refused):
        outcome = _append(mission, settled.drafts, outcome, recorded, how)
    return Returned(outcome, tuple(_told(one, outcome.findings) for one in came), settled.left)


def _append(
    mission: Path, drafts: Sequence[Draft], outcome: Outcome, recorded: Recorded, how: Recording
) -> Outcome:
    """Take in the evidence files and append the drafts, all of them or none."""
    who = recorder(recorded.records.mission, how.actor)
    if of_files := take_in(mission, drafts):
        return replace(outcome, findings=in_order([*outcome.findings, *of_files]))
    with open_register(mission) as register:
        head = register.append(
            drafts, expect=outcome.before, at=how.at, actor=who[0], role=who[1],
            progress=lambda done: how.tell("Recording", done, len(drafts)),
        )  # fmt: skip
    return replace(outcome, added=Counter(draft.kind for draft in drafts), head=head)


def _named(files: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return each file with what findings call it: its name, or the whole path where names repeat."""
    names = [path.name for path in files]
    return [(path, path.name if names.count(path.name) == 1 else path.as_posix()) for path in files]


@dataclass(frozen=True, slots=True)
class _Came:
    """A workbook as read, before anything is merged."""

    path: Path
    name: str
    content: bytes
    back: Back


def _read(path: Path, name: str, records: Records, register: Register) -> _Came:
    content = read_bytes(path, name, MOST_BYTES)
    if isinstance(content, Finding):
        return _Came(path, name, b"", Back(name, None, {}, (), (content,)))
    back = read_back(content, name, vocabulary_of(records))
    if back.meta is not None:
        wrong = tuple(belongs(back.meta, name, records, register))
        if wrong:
            back = replace(back, rows=(), findings=(*back.findings, *wrong))
    return _Came(path, name, content, back)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What the workbooks come to: rows of the tables, findings, and how many rows say nothing new."""

    tables: Mapping[str, list[Row]]
    findings: tuple[Finding, ...]
    unchanged: int


def _draw(came: Sequence[_Came], records: Records, take: Take) -> _Drawn:
    findings = [finding for one in came for finding in one.back.findings]
    tables: dict[str, list[Row]] = {}
    groups: dict[tuple[str, str], list[tuple[_Came, Meta]]] = {}
    said = 0
    for one in came:
        if one.back.meta is not None and one.back.rows:
            groups.setdefault((one.back.meta.assessor, one.back.meta.period), []).append((one, one.back.meta))
    for (assessor, period), members in groups.items():
        now = today(records, assessor, period)
        edits, found = _edits([one.back for one, _ in members], now, take)
        findings += found
        author, wrong = author_of([(one.name, meta) for one, meta in members], records, edits)
        findings += wrong
        given = [row for one, _ in members for row in one.back.rows]
        made = entries(edits, given, now, author)
        findings += made.findings
        said += sum(_says_what_stands(row, now) for row in given) - len(edits)
        for name, rows in made.tables.items():
            tables.setdefault(name, []).extend(rows)
    return _Drawn(tables, tuple(findings), max(said, 0))


def _says_what_stands(row: Given, now: Today) -> bool:
    return (row.sheet, row.key.removeprefix("new/")) in now.rows


def _edits(backs: Sequence[Back], now: Today, take: Take) -> tuple[list[Edit], list[Finding]]:
    """Return the edits of all workbooks of one assessor and quarter; what two say must agree."""
    found: dict[tuple[str, str], Edit] = {}
    findings: list[Finding] = []
    for back in backs:
        edits, conflicts = merge(back, now, take)
        findings += conflicts
        for edit in edits:
            key, row = (edit.row.sheet, edit.row.key), edit.row
            first = found.setdefault(key, edit)
            if first is edit:
                continue
            apart = [c for c in edit.changed | first.changed if not same(c, edit.cells[c], first.cells[c])]
            for column in sorted(apart):
                place, other = row.place(column), str(first.row.place(column))
                value = edit.cells[column]
                findings.append(
                    find(
                        "W019",
                        place,
                        column=heading(row.sheet, column),
                        row=row.key,
                        value=value,
                        other=other,
                    )
                )
            found[key] = replace(first, refused=first.refused | set(apart))
    return list(found.values()), findings


@dataclass(frozen=True, slots=True)
class _Settled:
    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]
    left: tuple[Left, ...]


def _prepare(drawn: _Drawn, recorded: Recorded, mission: Path, how: Recording) -> _Settled:
    """Check what was drawn; with ``partial``, again without what has errors until nothing has."""
    tables: Mapping[str, list[Row]] = drawn.tables
    said: list[Finding] = list(drawn.findings)
    left: dict[tuple[str, str], Left] = {}
    while True:
        prepared = prepare(Submission.of_rows(tables), recorded, mission, how.tell)
        new = _unspoken(prepared.findings, said)
        wrong = _units_with_errors(tables, [*said, *new]) if how.partial else {}
        if not wrong:
            break
        said += errors_in(new)
        left |= {unit: found for unit, found in wrong.items() if unit not in left}
        tables = {
            name: [row for row in rows if unit_of(name, row) not in wrong] for name, rows in tables.items()
        }
    stuck = bool(errors_in(new)) if how.partial else False
    if how.partial:
        left |= {(one.place, ""): one for one in _without_rows([*said, *new], left.values())}
    return _Settled(() if stuck else tuple(prepared.drafts), in_order([*said, *new]), tuple(left.values()))


def _unspoken(found: Iterable[Finding], said: Sequence[Finding]) -> list[Finding]:
    """Return the findings about cells of which no error was found yet: one error a cell is enough."""
    spoken, known = {finding.place for finding in errors_in(said)}, set(said)
    return [one for one in dict.fromkeys(found) if one.place not in spoken and one not in known]


def unit_of(table: str, row: Row) -> tuple[str, str]:
    """Return what a row is recorded with or not at all: a score goes with its citations."""
    if table == "citations":
        return "assessments", row["assessment"]
    return table, row["id"]


def _units_with_errors(
    tables: Mapping[str, list[Row]], findings: Sequence[Finding]
) -> dict[tuple[str, str], Left]:
    """Return the units with an error in one of their rows, sheets or files, and those with a refused cell."""
    wrong: dict[tuple[str, str, int], set[str]] = {}
    for finding in errors_in(findings):
        place = finding.place
        whole = finding.code in ("W015", "W016")
        wrong.setdefault((place.file, place.sheet, 0 if whole else place.line), set()).add(finding.code)
    found: dict[tuple[str, str], Left] = {}
    for name, rows in tables.items():
        for row in rows:
            at = row.at
            asked = ((at.file, at.sheet, at.line), (at.file, at.sheet, 0), (at.file, "", 0))
            codes = sorted(set().union(*(wrong.get(one, set()) for one in asked)))
            if codes or not row.sound:
                unit = unit_of(name, row)
                before = found.get(unit)
                codes = sorted({*codes, *(before.codes if before else ())})
                found[unit] = Left(
                    before.place if before else str(at),
                    before.what if before else _what(name, row),
                    tuple(codes),
                )
    return found


def _without_rows(findings: Sequence[Finding], left: Iterable[Left]) -> Iterator[Left]:
    """Yield the places with errors that no row came of, so that nothing is left without being named."""
    named = {_line(one.place) for one in left}
    codes: dict[str, set[str]] = {}
    for finding in errors_in(findings):
        if _line(str(finding.place)) not in named:
            codes.setdefault(str(finding.place), set()).add(finding.code)
    for place, found in codes.items():
        yield Left(place, "not read", tuple(sorted(found)))


def _line(place: str) -> str:
    """Return a place without its column."""
    names, _, cell = place.rpartition("!")
    return f"{names}!{cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"


def _what(table: str, row: Row) -> str:
    if table == "assessments":
        return f"{row['milestone']}/{row['criterion']}"
    return row["assessment"] if table == "citations" else row["id"]


def _told(one: _Came, findings: Sequence[Finding]) -> Workbook:
    meta = one.back.meta
    mine = tuple(finding for finding in findings if finding.place.file == one.name)
    return Workbook(
        one.name, one.path, one.content,
        meta.assessor if meta else "", meta.period if meta else "", meta.language if meta else "en",
        len(one.back.rows), mine,
    )  # fmt: skip
