"""Screening a file of raw indicators, and recording what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from measures import library
from measures.errors import MissionError
from measures.finding import Finding, did_you_mean, find, in_order
from measures.intake import Submission
from measures.intake.tables import read_table
from measures.judgement.complaints import read_complaints
from measures.judgement.proposals import Proposal, propose
from measures.judgement.screening import Verdict, says_something, screen
from measures.records import Row
from measures.records.frames import check_shape
from measures.records.indicators import criterion_fits
from measures.records.plan import Plan
from measures.records.tables import INDICATORS, Column, Table
from measures.rubric import Rubric, Shelf, read_shelf
from measures.workflow.opening import has_register, open_register
from measures.workflow.record import Outcome, Progress, record_submission, silent
from measures.workflow.recorded import read_recorded

ASKED = (
    "date",
    "delivered",
    "numerator",
    "denominator",
    "counted_by",
    "denominator_stable",
    "measures",
    "demanded",
    "demanded_by",
    "path",
    "criterion",
)
"""The columns that answer a question."""

_NO_PLAN = Plan({}, {}, {})


def _lenient(column: Column) -> Column:
    """Return a column of other people's lists: anything may be missing, and dates be of any form."""
    loose = replace(column, required=column.name == "indicator", to="")
    return loose if column.form == "word" else replace(loose, form="text")


LISTS = Table(
    "indicators",
    "indicator",
    (
        *(_lenient(column) for column in INDICATORS.columns),
        Column("why_it_fails", "text", "what others wrote against it, joined by semicolons"),
        Column("explanation", "text", "the same in a sentence"),
    ),
)
"""What may stand in a file to be screened: the columns of ``indicators``, and those of older lists."""


@dataclass(frozen=True, slots=True)
class Screened:
    """One indicator of a file.

    Args:
        row: Its cells in the columns of ``indicators``, with its place.
        verdict: What follows from them.
        criterion: The criterion named, ``rubric/criterion``; empty when none is, or it is not known.
        proposals: Criteria that might answer instead, where none is named.
        unread: What was written against it and is not understood.
    """

    row: Row
    verdict: Verdict
    criterion: str
    proposals: tuple[Proposal, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screening:
    """A file of indicators, screened.

    Args:
        lines: The indicators in the order of the file.
        missing: Columns of :data:`ASKED` that the file has not; taken as not known.
        complaints: Whether it has a column ``why_it_fails``.
        findings: What is wrong with the file.
    """

    lines: tuple[Screened, ...]
    missing: tuple[str, ...]
    complaints: bool
    findings: tuple[Finding, ...]


def screen_file(path: Path, mission: Path) -> Screening:
    """Screen a file of raw indicators.

    Args:
        path: The CSV file; any column but ``indicator`` may be missing.
        mission: The mission folder, for its rubrics and milestones; any folder when there is none.

    Raises:
        MissionError: The folder is not there.
        RegisterError: Its register cannot be read.
    """
    if not mission.is_dir():
        raise MissionError(f"Expected a mission folder at {mission}, found none.", "Correct --mission.")
    rows, findings = read_table(path, LISTS, str(path))
    findings += check_shape(LISTS, rows, ())
    shelf = read_shelf(library.rubric_files(mission), library.table_files(mission))
    plan = _plan(mission)
    lines = []
    for given in rows:
        row, unread = _ours(given)
        row, wrong = _known(row, plan, shelf)
        findings += wrong
        proposals = () if row["criterion"] else propose(row["indicator"], _rubrics(shelf, plan))
        lines.append(Screened(row, screen(row.filled()), row["criterion"], proposals, unread))
    header = rows[0].columns if rows else {}
    missing = tuple(column for column in ASKED if column not in header) if rows else ()
    return Screening(tuple(lines), missing, "why_it_fails" in header, in_order(findings))


def record_screened(
    screening: Screening,
    mission: Path,
    *,
    at: str,
    actor: str = "",
    marking: str = "",
    progress: Progress = silent,
) -> Outcome:
    """Record the indicators of a screened file, each with its verdict: all of them, or nothing.

    Args:
        screening: The file as screened.
        mission: The mission folder, recorded before.
        at: The time, UTC.
        actor: Code of who records.
        marking: Who may see the rows that bear no marking of their own.
        progress: Told how far it is.

    Raises:
        MissionError: Nothing is recorded in the folder, or there is no single actor.
        StaleHeadError: Somebody else appended meanwhile; nothing was written.
    """
    from measures.workflow.mission import open_mission

    open_mission(mission, at=at)
    rows = [_marked(line.row, marking) for line in screening.lines]
    shelf = read_shelf(library.rubric_files(mission), library.table_files(mission))
    submission = Submission(None, None, shelf, {INDICATORS.name: rows}, screening.findings)
    return record_submission(mission, submission, at=at, actor=actor, progress=progress)


def _marked(row: Row, marking: str) -> Row:
    return row if row["marking"] else replace(row, values={**row.values, "marking": marking})


def _ours(given: Row) -> tuple[Row, tuple[str, ...]]:
    """Return a row in the columns of ``indicators``, and the complaints that were not understood."""
    cells, unread = read_complaints(given["why_it_fails"])
    cells["reason"] = given["explanation"]
    values: dict[str, str] = {}
    for column in INDICATORS.header:
        own = given[column]
        cell = own if says_something(own) else cells.get(column, "")
        values[column] = cell if says_something(cell) else ""
    return replace(given, values=values), unread


def _known(row: Row, plan: Plan | None, shelf: Shelf) -> tuple[Row, list[Finding]]:
    """Return a row without a milestone or criterion that nobody knows, and what was found."""
    gone = {}
    findings = list(criterion_fits(row, plan or _NO_PLAN, shelf.rubrics))
    if findings:
        gone["criterion"] = ""
    if row["path"] and plan is not None and row["path"] not in plan.milestones:
        hint = did_you_mean(row["path"], plan.milestones)
        place = row.place("path")
        findings.append(find("C001", place, column="path", value=row["path"], what="milestone", hint=hint))
        gone["path"] = ""
    return replace(row, values={**row.values, **gone}), findings


def _plan(mission: Path) -> Plan | None:
    """Return the plan as last recorded; ``None`` where nothing is."""
    if not has_register(mission):
        return None
    with open_register(mission, read_only=True) as register:
        recorded = read_recorded(register)
    return recorded.records.plan if recorded else None


def _rubrics(shelf: Shelf, plan: Plan | None) -> Sequence[Rubric]:
    """Return the rubrics to propose from, those of the plan first."""
    used = {milestone.rubric for milestone in plan.milestones.values()} if plan else set()
    return sorted(shelf.newest().values(), key=lambda rubric: rubric.id not in used)
