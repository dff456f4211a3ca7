"""Rules between what is submitted and what the register holds already."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from measures.errors import RubricError
from measures.finding import Finding, Place, find
from measures.period import Period
from measures.records import TABLES, Records, Row
from measures.records.commitment_checks import targets_told
from measures.records.plan import Milestone
from measures.records.rows import superseded
from measures.records.tables import split
from measures.rubric import Rubric, join_ladders
from measures.workflow.audit_ground import audits_bind
from measures.workflow.basis import Ground, basis, since, told
from measures.workflow.recorded import Recorded


def against(records: Records, recorded: Recorded | None) -> Iterator[Finding]:
    """Yield every finding of these rules."""
    yield from _mission_covers(records)
    yield from _ladders_agree(records, recorded)
    yield from _versions_told(records, recorded)
    yield from _scores_kept(records, recorded)
    yield from targets_told(recorded.records.plan, records.plan) if recorded else ()
    yield from _approvals_bind(records, recorded)
    yield from audits_bind(records, recorded)


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


def _scores_kept(records: Records, recorded: Recorded | None) -> Iterator[Finding]:
    """What was scored stays asked for: no new binding reaches back over it and hides it."""
    rows = recorded.records.rows("assessments") if recorded else ()
    kept = recorded.records.plan.milestones if recorded else {}
    gone = superseded(rows)
    lost: dict[str, list[Row]] = {}
    for row in rows:
        old, new = (plan.get(row["milestone"]) for plan in (kept, records.plan.milestones))
        if old is None or new is None or row["id"] in gone:
            continue
        asked = old.rubric == new.rubric and _asks(records, new, row)
        if not asked and _asks(records, old, row):
            lost.setdefault(row["milestone"], []).append(row)
    for name, found in lost.items():
        row, place = found[0], records.plan.milestones[name].place
        yield find("C046", place, id=row["id"], criterion=row["criterion"], milestone=name,
                   pin=row["rubric"], period=row["period"], count=len(found))  # fmt: skip


def _asks(records: Records, milestone: Milestone, row: Row) -> bool:
    """Return whether a plan owes a score on the criterion of a row in its quarter."""
    period = Period.parse(row["period"])
    rubric = records.rubrics.get((milestone.rubric, milestone.version_at(period)))
    if rubric is None or not milestone.owes(period):
        return False
    return row["criterion"] in {criterion.id for criterion in rubric.criteria}


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
    """An approval names the digest of the entry that stands now, and of all that it rests on."""
    rows = records.new("approvals")
    ground = Ground([*recorded.latest.values(), *recorded.editions] if recorded and rows else ())
    for row in rows:
        entry = ground.named(row["kind"], row["ref"])
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
        elif row["basis"] and row["basis"] != basis(ground.under(row["kind"], row["ref"])):
            given = since(ground, row["kind"], row["ref"], row["basis"])
            why = told(given or (), row["kind"], row["ref"]) or "it never rested on that"
            yield find("C062", row.place("basis"), ref=row["ref"], why=why)
