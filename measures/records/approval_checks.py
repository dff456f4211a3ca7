"""Rules of approval: a second pair of eyes, of somebody whom the mission lets approve (method, section 8)."""

from __future__ import annotations

from collections.abc import Iterator

from measures.finding import Finding, find, one_of
from measures.records.rows import Records, Row


def others_approve(records: Records) -> Iterator[Finding]:
    """Nobody approves what they scored or settled, nor the settlement of their own score."""
    assessments, moderations = records.by_id("assessments"), records.by_id("moderations")
    approvals = records.new("approvals")
    scored = _scored(records) if approvals else {}
    for row in approvals:
        approver, place = row["approver"], row.place("approver")
        given = assessments.get(row["ref"]) if row["kind"] == "assessment" else None
        settled = moderations.get(row["ref"]) if row["kind"] == "moderation" else None
        if settled is not None and settled["moderator"] == approver:
            yield find("C060", place, approver=approver, ref=row["ref"])
        elif (given is not None and given["assessor"] == approver) or (
            settled is not None and approver in scored.get(_cell(settled), ())
        ):
            yield find("C037", place, approver=approver, ref=row["ref"])


def approvers_may(records: Records) -> Iterator[Finding]:
    """Records are approved in the roles that ``four_eyes`` of mission.yaml names."""
    for row in records.new("approvals"):
        yield from _may(records, row["kind"], row)
    for row in records.new("crosswalks"):
        yield from _may(records, "crosswalk", row)


def _may(records: Records, kind: str, row: Row) -> Iterator[Finding]:
    allowed = records.mission.approval_of(kind).by
    person = records.mission.person(row["approver"])
    if allowed and person is not None and person.role not in allowed:
        yield find("C061", row.place("approver"), approver=person.code, role=person.role, kind=kind,
                   allowed=one_of(allowed))  # fmt: skip


def _scored(records: Records) -> dict[tuple[str, ...], set[str]]:
    """Return who scored each criterion of a milestone in a quarter."""
    found: dict[tuple[str, ...], set[str]] = {}
    for row in records.rows("assessments"):
        found.setdefault(_cell(row), set()).add(row["assessor"])
    return found


def _cell(row: Row) -> tuple[str, ...]:
    return row["milestone"], row["criterion"], row["period"]
