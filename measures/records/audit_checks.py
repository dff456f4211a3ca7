"""Rules about audits: who may audit what, and what a finding has to say."""

from __future__ import annotations

from collections.abc import Iterator

from measures.finding import Finding, find
from measures.records.references import off_ladder
from measures.records.rows import Records, Row
from measures.records.tables import AUDITORS, NON_SCORES, REMARK_LEAST


def audits_fit(records: Records) -> Iterator[Finding]:
    """An auditor is one, has no part in what they look at, and grounds a disagreement."""
    for row in records.new("audits"):
        person = records.mission.person(row["auditor"])
        if person is not None and person.role not in AUDITORS:
            yield find("A001", row.place("auditor"), auditor=person.code, role=person.role)
        if row["auditor"] in _hands_in(records, row):
            yield find("A002", row.place("auditor"), auditor=row["auditor"], ref=row["ref"])
        yield from _says_enough(row)
        yield from _level_fits(records, row)


def _hands_in(records: Records, row: Row) -> set[str]:
    """Return the codes of whoever scored, settled or approved what is audited."""
    if row["kind"] != "assessment":
        return set()
    score = records.by_id("assessments").get(row["ref"])
    hands = {score["assessor"]} if score else set()
    for name, column in (("moderations", "moderator"), ("approvals", "approver")):
        for other in records.rows(name):
            same = score is not None and all(
                other[cell] == score[cell] for cell in ("milestone", "criterion", "period")
            )
            if other["ref"] == row["ref"] or (name == "moderations" and same):
                hands.add(other[column])
    return hands


def _says_enough(row: Row) -> Iterator[Finding]:
    finding, found = row["finding"], row["found"]
    blind = row["blind"] == "yes"
    if blind and finding not in ("rescored", "cannot-tell"):
        yield find(
            "A005", row.place("finding"), expected="rescored or cannot-tell, as it was blind", got=finding
        )
    elif not blind and finding == "rescored":
        yield find("A005", row.place("finding"), expected="agrees, disagrees or cannot-tell", got=finding)
    elif finding == "rescored" and not found:
        yield find("A005", row.place("found"), expected="the level found", got="an empty cell")
    elif finding in ("agrees", "cannot-tell") and found:
        yield find("A005", row.place("found"), expected=f"no level with {finding}", got=found)
    if finding == "disagrees" and len(row["remark"]) < REMARK_LEAST:
        got = f"{len(row['remark'])} characters" if row["remark"] else "an empty cell"
        yield find("A004", row.place("remark"), ref=row["ref"], limit=REMARK_LEAST, got=got)


def _level_fits(records: Records, row: Row) -> Iterator[Finding]:
    if not row["found"]:
        return
    if row["kind"] != "assessment":
        yield find("A006", row.place("found"), level=row["found"])
        return
    score = records.by_id("assessments").get(row["ref"])
    rubric = records.rubric_of(score) if score else None
    if rubric is not None and row["found"] not in (*rubric.ladder, *NON_SCORES):
        yield off_ladder(row.place("found"), row["found"], rubric)
