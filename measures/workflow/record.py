"""Recording: read, check, and append all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from measures import library
from measures.errors import MissionError, RubricError
from measures.finding import Finding, Place, errors_in, find, in_order
from measures.intake import Submission, read_folder
from measures.records import TABLES, MissionFile, Plan, Records, Row, Table, read_mission, read_plan
from measures.records.checks import check
from measures.records.tables import split
from measures.register import Custody, Draft, Entry, Head, Register, fingerprint
from measures.rubric import Rubric, join_ladders, read_shelf, to_plain
from measures.workflow.recorded import EDITION, Recorded, read_recorded

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


REGISTER_FILE = "register.db"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What recording did.

    Args:
        findings: Everything found; when one is an error nothing was written.
        added: How many entries were added, by kind.
        unchanged: How many rows and plan items the register held already.
        before, head: The register's head before and after.
    """

    findings: tuple[Finding, ...]
    added: Mapping[str, int]
    unchanged: int
    before: Head
    head: Head

    @property
    def refused(self) -> bool:
        """Whether errors kept everything from being written."""
        return bool(errors_in(self.findings))


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A submission as checked: the drafts it would become and what was found.

    Without a mission there are no records, and nothing further was checked.
    """

    records: Records | None
    drafts: list[Draft]
    findings: list[Finding]
    unchanged: int


def record(
    mission: Path,
    source: Path,
    *,
    at: str,
    actor: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Record a folder of tables and plans.

    Args:
        mission: The mission folder, where the register is.
        source: The folder to read; often the mission folder itself.
        at: The time, UTC, ``2021-04-02T09:30:00Z``.
        actor: Code of who records; may be left out when mission.yaml names one person only.
        dry_run: Check everything, write nothing.
        progress: Told how far it is.

    Raises:
        MissionError: There is no mission folder, or no single actor.
        RegisterError: The register cannot be read or appended to.
        StaleHeadError: Somebody else appended meanwhile; nothing was written.
    """
    if not mission.is_dir():
        raise MissionError(
            f"Expected a mission folder at {mission}, found none.", "Make one: measures new DIR."
        )
    tell = progress or silent
    tell("Reading", 0, 1)
    shelf = read_shelf(library.rubric_files(mission), library.table_files(mission))
    submission = read_folder(source, shelf, lambda name: tell(f"Reading {name}", 0, 1))
    path = mission / REGISTER_FILE
    with _look(path) as register:
        recorded = read_recorded(register)
        before = recorded.head if recorded else register.head()
    prepared = _prepare(submission, recorded, mission, tell)
    findings = in_order(prepared.findings)
    if prepared.records is None or errors_in(findings) or dry_run or not prepared.drafts:
        return Outcome(findings, {}, prepared.unchanged, before, before)
    who = recorder(prepared.records.mission, actor)
    total = len(prepared.drafts)
    with Register.open(path, create=True) as register:
        head = register.append(
            prepared.drafts, expect=before, at=at, actor=who[0], role=who[1],
            progress=lambda done: tell("Recording", done, total),
        )  # fmt: skip
    return Outcome(
        findings, Counter(draft.kind for draft in prepared.drafts), prepared.unchanged, before, head
    )


def _look(path: Path) -> Register:
    """Return the register to read; an empty one in memory where none was made yet.

    The file is made only once there is something sound to append.
    """
    if path.exists() or path.with_suffix(".head").exists():
        return Register.open(path, read_only=True)
    return Register.in_memory()


def recorder(mission: MissionFile, code: str) -> tuple[str, str]:
    """Return the code and role of who records.

    Args:
        mission: The mission.
        code: The code given; may be empty when the mission names one person only.

    Raises:
        MissionError: There is no such person, or more than one and no code.
    """
    codes = [person.code for person in mission.people]
    if not code and len(codes) == 1:
        code = codes[0]
    person = mission.person(code)
    if person is None:
        got = f"got {code!r}" if code else "got none"
        raise MissionError(
            f"Expected the code of who records, {got}.", f"Add --as CODE; known: {', '.join(codes)}."
        )
    return person.code, person.role


def _prepare(submission: Submission, recorded: Recorded | None, folder: Path, tell: Progress) -> _Prepared:
    findings = list(submission.findings)
    mission = read_mission(submission.mission, findings) if submission.mission else None
    if mission is None and recorded is not None:
        mission = recorded.records.mission
    if mission is None:
        if submission.mission is None and not errors_in(findings):
            findings.append(find("F001", Place("mission.yaml"), name="mission.yaml"))
        return _Prepared(None, [], findings, 0)
    if recorded is not None and mission.id != recorded.records.mission.id:
        place = submission.mission.place(("id",)) if submission.mission else Place("mission.yaml")
        kept = recorded.records.mission.id
        return _Prepared(None, [], [*findings, find("C035", place, value=mission.id, recorded=kept)], 0)
    plan = _plan(submission, recorded, mission, findings)
    rubrics = _rubrics(submission, recorded, plan, findings)
    tell("Checking", 0, 1)
    tables, unchanged = _tables(submission, recorded, mission, findings)
    records = Records(mission, plan, rubrics, tables, _unread(submission.findings))
    findings += check(records)
    findings += _mission_covers(records)
    findings += _ladders_agree(records, recorded)
    findings += _versions_told(records, recorded)
    findings += _approvals_bind(records, recorded)
    drafts, same = _plan_drafts(submission, recorded, records, findings)
    for table in TABLES.values():
        for row in records.new(table.name):
            drafts.append(_draft(table, row, records, folder, findings))
    return _Prepared(records, drafts, findings, unchanged + same)


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
    asked = {(m.rubric, version) for m in plan.milestones.values() for version in m.versions}
    for row in submission.tables.get("crosswalks", ()):
        asked |= {(row["rubric"], row["before"]), (row["rubric"], row["after"])}
    if recorded is not None:
        asked |= set(recorded.records.rubrics)
    if recorded is not None:
        for key, rubric in recorded.records.rubrics.items():
            if key in asked and key in known and known[key].digest != rubric.digest:
                place = Place(submission.shelf.names[key])
                findings.append(find("R009", place, rubric=key[0], version=key[1], digest=rubric.digest[:12]))
            known[key] = rubric
    return {key: rubric for key, rubric in known.items() if key in asked}


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
        unsound = {finding.place.line for finding in wrong}
        cut = len(wrong) >= MOST
        tables[table.name] = held + [
            replace(row, sound=False) if cut or row.at.line in unsound else row for row in new
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
        yield "mission", records.mission.id, submission.mission.value, submission.mission.place()
    for rubric in records.rubrics.values():
        yield "rubric", f"{rubric.id}@{rubric.version}", to_plain(rubric), Place(f"rubrics/{rubric.id}.yaml")
    if submission.plan is None or not isinstance(submission.plan.value, dict):
        return
    for key, kind in (("objectives", "objective"), ("milestones", "milestone"), ("promises", "promise")):
        items = submission.plan.value.get(key)
        for position, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and item.get("id"):
                yield kind, str(item["id"]), item, submission.plan.place((key, position))


def _draft(table: Table, row: Row, records: Records, folder: Path, findings: list[Finding]) -> Draft:
    body = row.filled()
    if table.name == "assessments":
        rubric = records.rubric_of(row)
        if rubric is not None:
            body |= {"rubric": f"{rubric.id}@{rubric.version}", "rubric_digest": rubric.digest}
    if row["custody"] == "vault" and row["file"]:
        taken = fingerprint(folder / "evidence", row["file"], row.place("file"))
        if isinstance(taken, Custody):
            body |= {"sha256": taken.sha256, "size": str(taken.size)}
        else:
            findings.append(taken)
    return Draft(table.kind, row["id"], body, str(row.at), row["period"], row["supersedes"])


def _mission_covers(records: Records) -> Iterator[Finding]:
    """Markings, quarters and people that recorded rows name do not vanish from mission.yaml."""
    mission = records.mission
    known = {
        "marking": set(mission.markings),
        "period": {str(period) for period in mission.periods},
        "person": {person.code for person in mission.people},
        "actor": {actor.id for actor in mission.actors},
    }
    named: dict[tuple[str, str], list[str]] = {}
    for name, table in TABLES.items():
        for column in table.columns:
            what = column.to or column.form
            for row in records.rows(name) if what in known else ():
                for value in split(row[column.name]) if row.recorded else ():
                    named.setdefault((what, value), []).append(row["id"])
    for (what, value), rows in named.items():
        if value not in known[what]:
            yield find("C034", Place("mission.yaml"), what=what.capitalize(), value=value, count=len(rows),
                       first=rows[0])  # fmt: skip


def _versions_told(records: Records, recorded: Recorded | None) -> Iterator[Finding]:
    """A milestone bound to another version than before says until when the former one held."""
    kept = recorded.records.plan.milestones if recorded else {}
    for name, old in kept.items():
        new = records.plan.milestones[name]
        lost = [version for version in old.versions if version not in new.versions]
        if lost and new.rubric == old.rubric:
            yield find("C039", new.place, milestone=name, rubric=old.rubric, old=lost[-1], new=new.version)


def _ladders_agree(records: Records, recorded: Recorded | None) -> Iterator[Finding]:
    """The rubrics in use, former versions included, have ladders that fit into one order of levels."""
    kept = recorded.records.rubrics if recorded else {}
    joined: list[Rubric] = []
    for rubric in {**kept, **records.rubrics}.values():
        try:
            join_ladders([*joined, rubric])
        except RubricError:
            order = join_ladders(joined)
            shared = [level for level in rubric.ladder if level in order]
            x, y = next((x, y) for x, y in pairwise(shared) if order.index(x) > order.index(y))
            a = next((one.id for one in joined if {x, y} <= set(one.ladder)), "the others")
            yield find("R007", Place(f"rubrics/{rubric.id}.yaml"), a=a, b=rubric.id, x=x, y=y)
        else:
            joined.append(rubric)


def _approvals_bind(records: Records, recorded: Recorded | None) -> Iterator[Finding]:
    """An approval names the digest of the entry that stands now."""
    editions = {entry.ref: entry for entry in recorded.editions} if recorded else {}
    for row in records.new("approvals"):
        entry = recorded.latest.get((row["kind"], row["ref"])) if recorded else None
        if row["kind"] == EDITION:
            entry = editions.get(row["ref"])
        if entry is None:
            yield find(
                "C001",
                row.place("ref"),
                column="ref",
                value=row["ref"],
                what=f"recorded {row['kind']}",
                hint="",
            )
        elif entry.digest != row["digest"]:
            yield find(
                "C032",
                row.place("digest"),
                given=row["digest"][:12],
                what=row["kind"],
                ref=row["ref"],
                found=entry.digest[:12],
            )
