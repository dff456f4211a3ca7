"""A submission checked, and drafted as the entries it would become."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from measures.finding import Finding, Place, errors_in, find
from measures.intake import Submission
from measures.records import TABLES, MissionFile, Plan, Records, Row, Table, read_mission, read_plan
from measures.records.checks import check
from measures.records.indicators import answered_by
from measures.register import Custody, Draft, Entry, fingerprint
from measures.rubric import Rubric, to_plain
from measures.rubric.shelf import Key
from measures.workflow.against import against
from measures.workflow.custody import erased_again
from measures.workflow.declared import told
from measures.workflow.opening import KEY
from measures.workflow.recorded import Recorded


@dataclass(frozen=True, slots=True)
class Prepared:
    """A submission as checked: the drafts it would become and what was found.

    Without a mission there are no records, and nothing further was checked.
    """

    records: Records | None
    drafts: list[Draft]
    findings: list[Finding]
    unchanged: int


def prepare(
    submission: Submission, recorded: Recorded | None, folder: Path, tell: Callable[[str, int, int], None]
) -> Prepared:
    """Check a submission against itself, the rubrics and the register, and draft its entries.

    Args:
        submission: What was given.
        recorded: What the register holds; ``None`` when it holds nothing.
        folder: The mission folder, where evidence lies.
        tell: Told what is being done.
    """
    findings = list(submission.findings)
    mission = read_mission(submission.mission, findings) if submission.mission else None
    if mission is None and recorded is not None:
        mission = recorded.records.mission
    if mission is None:
        if submission.mission is None and not errors_in(findings):
            findings.append(find("F001", Place("mission.yaml"), name="mission.yaml"))
        return Prepared(None, [], findings, 0)
    if recorded is not None and mission.id != recorded.records.mission.id:
        place = submission.mission.place(("id",)) if submission.mission else Place("mission.yaml")
        kept = recorded.records.mission.id
        return Prepared(None, [], [*findings, find("C035", place, value=mission.id, recorded=kept)], 0)
    plan = _plan(submission, recorded, mission, findings)
    rubrics = _rubrics(submission, recorded, plan, findings)
    tell("Checking", 0, 1)
    tables, unchanged = _tables(submission, recorded, mission, findings)
    records = Records(mission, plan, rubrics, tables, _unread(submission.findings))
    findings += check(records)
    findings += against(records, recorded)
    findings += _declared(submission, recorded, rubrics)
    drafts, same = _plan_drafts(submission, recorded, records, findings)
    digests = {pin: rubric.digest for pin, rubric in rubrics.items()} if records.new("assessments") else {}
    for table in TABLES.values():
        for row in records.new(table.name):
            drafts.append(_draft(table, row, records, folder, findings, digests))
            findings += erased_again(row, drafts[-1], recorded.latest if recorded else {})
    return Prepared(records, drafts, findings, unchanged + same)


def _unread(findings: Sequence[Finding]) -> frozenset[str]:
    """Return the files that were not read to their end, so that nothing is missed for their sake."""
    return frozenset(
        finding.place.file
        for finding in findings
        if finding.code[0] == "F" or finding.code == "S001" or finding.place.file.startswith("rubrics/")
    )


def _plan(
    submission: Submission, recorded: Recorded | None, mission: MissionFile, findings: list[Finding]
) -> Plan:
    given = read_plan(submission.plan, findings, mission.markings) if submission.plan else Plan({}, {}, {})
    if recorded is None:
        return given
    kept = recorded.records.plan
    return Plan(
        {**kept.objectives, **given.objectives},
        {**kept.milestones, **given.milestones},
        {**kept.promises, **given.promises},
    )


def _rubrics(
    submission: Submission, recorded: Recorded | None, plan: Plan, findings: list[Finding]
) -> dict[tuple[str, str], Rubric]:
    """Return the rubrics that are in use or on record; the recorded words win over a changed file."""
    known = dict(submission.shelf.rubrics)
    asked: set[Key | None] = {(m.rubric, version) for m in plan.milestones.values() for version in m.versions}
    for row in submission.tables.get("crosswalks", ()):
        asked |= {(row["rubric"], row["before"]), (row["rubric"], row["after"])}
    kept = recorded.records.rubrics if recorded else {}
    held = recorded.records.by_id("indicators") if recorded else {}
    for row in submission.tables.get("indicators", ()):
        if row["id"] not in held:
            asked |= {answered_by(row["criterion"], plan, {**known, **kept})}
    if recorded is not None:
        asked |= set(recorded.records.rubrics)
    if recorded is not None:
        for key, rubric in recorded.records.rubrics.items():
            if key in asked and key in known and known[key].digest != rubric.digest:
                place = Place(submission.shelf.names[key])
                findings.append(find("R009", place, rubric=key[0], version=key[1], digest=rubric.digest[:12]))
            known[key] = rubric
    return {key: rubric for key, rubric in known.items() if key in asked}


def _declared(
    submission: Submission, recorded: Recorded | None, rubrics: Mapping[tuple[str, str], Rubric]
) -> Iterator[Finding]:
    """Yield what the authors of versions that are new here say too mildly of earlier ones, or not at all."""
    kept = recorded.records.rubrics if recorded else {}
    for key, rubric in rubrics.items():
        if key not in kept:
            yield from told(rubric, rubrics, Place(submission.shelf.names[key]))


def _tables(
    submission: Submission, recorded: Recorded | None, mission: MissionFile, findings: list[Finding]
) -> tuple[dict[str, list[Row]], int]:
    """Return every table, recorded rows first; rows that are recorded already are left out."""
    from measures.records.frames import check_shape
    from measures.records.schemas import MOST

    tables: dict[str, list[Row]] = {}
    unchanged = 0
    for table in TABLES.values():
        held = list(recorded.records.rows(table.name)) if recorded else []
        new, same = _new_rows(table, submission.tables.get(table.name, ()), held, findings)
        unchanged += same
        wrong = check_shape(table, new, mission.markings)
        findings += wrong
        unsound = {replace(finding.place, column=0) for finding in wrong}
        cut = len(wrong) >= MOST
        tables[table.name] = held + [
            replace(row, sound=False) if cut or replace(row.at, column=0) in unsound else row for row in new
        ]
    return tables, unchanged


def _new_rows(
    table: Table, given: Sequence[Row], held: Sequence[Row], findings: list[Finding]
) -> tuple[list[Row], int]:
    by_id = {row["id"]: row for row in held}
    new = []
    for row in given:
        old = by_id.get(row["id"])
        if old is None:
            new.append(row)
        elif any(old[column] != row[column] for column in table.header):
            what = table.kind.capitalize()
            findings.append(find("C019", row.place("id"), what=what, id=row["id"], seq=old.at.line))
    return new, len(given) - len(new)


def _plan_drafts(
    submission: Submission, recorded: Recorded | None, records: Records, findings: list[Finding]
) -> tuple[list[Draft], int]:
    """Return drafts for the mission, rubrics and plan items that differ from what is recorded."""
    drafts: list[Draft] = []
    same = 0
    for kind, ref, body, place in _plan_bodies(submission, records):
        old = recorded.latest.get((kind, ref)) if recorded else None
        if old is not None and dict(old.body) == body:
            same += 1
            continue
        if old is not None and not _says_why(old, body):
            findings.append(find("C020", place, what=kind.capitalize(), id=ref, seq=old.seq))
        drafts.append(Draft(kind, ref, body, str(place), supersedes=ref if old else ""))
    return drafts, same


def _says_why(old: Entry, body: Mapping[str, Any]) -> bool:
    return bool(body.get("change")) and body.get("change") != old.body.get("change")


def _plan_bodies(
    submission: Submission, records: Records
) -> Iterator[tuple[str, str, dict[str, Any], Place]]:
    if submission.mission is not None and isinstance(submission.mission.value, dict):
        said = {key: value for key, value in submission.mission.value.items() if key != KEY}
        yield "mission", records.mission.id, said, submission.mission.place()
    for rubric in records.rubrics.values():
        yield "rubric", f"{rubric.id}@{rubric.version}", to_plain(rubric), Place(f"rubrics/{rubric.id}.yaml")
    if submission.plan is None or not isinstance(submission.plan.value, dict):
        return
    for key, kind in (("objectives", "objective"), ("milestones", "milestone"), ("promises", "promise")):
        items = submission.plan.value.get(key)
        for position, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and item.get("id"):
                yield kind, str(item["id"]), item, submission.plan.place((key, position))


def _draft(
    table: Table,
    row: Row,
    records: Records,
    folder: Path,
    findings: list[Finding],
    digests: Mapping[Key, str],
) -> Draft:
    body = row.filled()
    if table.name == "assessments":
        rubric = records.rubric_of(row)
        if rubric is not None:
            digest = digests[rubric.id, rubric.version]
            body |= {"rubric": f"{rubric.id}@{rubric.version}", "rubric_digest": digest}
    if table.name == "indicators":
        body |= _screened(row, records)
    if row["custody"] == "vault" and row["file"]:
        taken = fingerprint(folder / "evidence", row["file"], row.place("file"))
        if isinstance(taken, Custody):
            body |= {"sha256": taken.sha256, "size": str(taken.size), "media": taken.media}
        else:
            findings.append(taken)
    return Draft(table.kind, row["id"], body, row.source or str(row.at), row["period"], row["supersedes"])


def _screened(row: Row, records: Records) -> dict[str, str]:
    """Return the verdict on a raw indicator, and the version of the rubric that answers instead."""
    from measures.judgement.screening import screen

    verdict = screen(row.filled())
    pins = {"verdict": verdict.word, "because": "; ".join(verdict.because)}
    key = answered_by(row["criterion"], records.plan, records.rubrics)
    if key is not None:
        pins["rubric"] = f"{key[0]}@{key[1]}"
    return {name: text for name, text in pins.items() if text}
