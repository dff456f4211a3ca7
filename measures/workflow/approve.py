"""Approving: what waits for a second pair of eyes, on the screen or as a file, and the decisions recorded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from measures.errors import MissionError
from measures.finding import Finding, Place, did_you_mean
from measures.intake import Submission, read_table
from measures.records import Row
from measures.records.tables import APPROVALS, Column, Table
from measures.workflow.approvals import Waiting, may_approve, waiting
from measures.workflow.files import plain_cell, write_whole
from measures.workflow.mission import Mission
from measures.workflow.record import Outcome, record_submission

Decision = Literal["approved", "refused"]

COMMAND = "measures approve"
"""Where entries that the command makes say that they come from."""

_CONTEXT = ("title", "why", "rests_on", "not_by")
_FILE = Table(
    "to-approve",
    "approval",
    (
        *(replace(column, required=False, least=0) for column in APPROVALS.columns),
        *(Column(name, "text", "for reading; left out when it is recorded") for name in _CONTEXT),
    ),
)


def pending(mission: Mission, period: str = "", refs: Sequence[str] = ()) -> list[Waiting]:
    """Return what waits for approval.

    Args:
        mission: The mission, as of the head it was opened at.
        period: The quarter; every one when empty.
        refs: Only these records, in this order; all that wait when empty.

    Raises:
        PeriodError: The mission has no such quarter.
        MissionError: One of ``refs`` does not wait for approval.
    """
    found = waiting(mission.approvals, str(mission.period(period)) if period else "")
    if not refs:
        return found
    known = {one.ref: one for one in found}
    for ref in refs:
        if ref not in known:
            raise MissionError(
                f"Expected a record that waits for approval, got {ref!r}.{did_you_mean(ref, known)}",
                _why_not(mission, ref),
            )
    return [known[ref] for ref in refs]


def _why_not(mission: Mission, ref: str) -> str:
    if ref in mission.approved():
        return "It is approved already, and nothing under it has changed since."
    return "See what waits: measures approve --period QUARTER."


def theirs(mission: Mission, one: Waiting, code: str) -> str:
    """Return why a person may not approve a record; empty when they may."""
    if code in one.authors:
        return "your own"
    if not may_approve(mission.file, one.entry.kind, code):
        return "not for your role"
    return ""


def to_dict(one: Waiting) -> dict[str, object]:
    """Return a record that waits as plain values for JSON output."""
    return {
        "kind": one.entry.kind,
        "ref": one.ref,
        "entry": one.entry.seq,
        "digest": one.entry.digest,
        "basis": one.basis,
        "rests_on": one.under,
        "title": one.title,
        "why": one.why,
        "wanted_before_print": one.demanded,
        "not_by": sorted(one.authors),
    }


def decided(
    mission: Mission, chosen: Iterable[Waiting], approver: str, decision: Decision, reason: str = ""
) -> list[Row]:
    """Return decisions as approvals to record.

    Args:
        mission: The mission, whose approvals have ids that are taken.
        chosen: What was decided on.
        approver: Code of who decides.
        decision: The same for each of them.
        reason: Why; may be empty.
    """
    taken = set(mission.recorded.records.by_id("approvals"))
    return [
        Row(Place(COMMAND, number), {}, _values(one, taken, approver, decision, reason))
        for number, one in enumerate(chosen, start=1)
    ]


def _values(one: Waiting, taken: set[str], approver: str, decision: str, reason: str) -> dict[str, str]:
    return {
        "id": _free(one.ref, taken),
        "kind": one.entry.kind,
        "ref": one.ref,
        "digest": one.entry.digest,
        "basis": one.basis,
        "approver": approver,
        "decision": decision,
        "reason": reason,
        "marking": one.marking,
    }


def _free(ref: str, taken: set[str]) -> str:
    """Return an id that no approval has, and take it."""
    name, number = f"V-{ref}"[:95], 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    taken.add(found)
    return found


def write_pending(path: Path, mission: Mission, found: Sequence[Waiting], approver: str) -> None:
    """Write what waits as a CSV file, to be decided on and taken back.

    Args:
        path: The file; written whole or not at all.
        mission: The mission.
        found: What waits.
        approver: Code of who decides; may be empty.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, [*APPROVALS.header, *_CONTEXT], lineterminator="\n")
    writer.writeheader()
    taken = set(mission.recorded.records.by_id("approvals"))
    for one in found:
        row = _values(one, taken, approver, "", "") | {
            "title": one.title,
            "why": one.why,
            "rests_on": f"{one.under} entries",
            "not_by": "; ".join(sorted(one.authors)),
        }
        writer.writerow({name: plain_cell(cell) for name, cell in row.items()})
    write_whole(path, text.getvalue().encode())


def read_decided(path: Path) -> tuple[list[Row], list[Finding]]:
    """Return the decided rows of such a file as approvals, with their places.

    Rows whose ``decision`` is empty are left for later.
    """
    rows, findings = read_table(path, _FILE, path.name)
    kept = [
        Row(row.at, row.columns, {name: row[name] for name in APPROVALS.header})
        for row in rows
        if row["decision"]
    ]
    return kept, findings


def approve(
    mission: Path, rows: Sequence[Row], findings: Sequence[Finding] = (), *, at: str, actor: str = ""
) -> Outcome:
    """Record approvals: all of them or none.

    Args:
        mission: The mission folder.
        rows: As :func:`decided` or :func:`read_decided` gives.
        findings: What was wrong with the file they came from.
        at: The time, UTC.
        actor: Code of who records; may be left out when mission.yaml names one person only.

    Raises:
        MissionError: There is no single actor.
        RegisterError: The register cannot be read or appended to.
        StaleHeadError: Somebody else appended meanwhile; nothing was written.
    """
    submission = Submission.of_rows({"approvals": rows}, findings)
    return record_submission(mission, submission, at=at, actor=actor)
