"""Rules about references: every id names a record that exists, and no dependency is a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from measures.finding import Finding, Place, did_you_mean, find, one_of
from measures.records.rows import Records
from measures.records.tables import TABLES, split
from measures.rubric.model import Rubric

_HINTS = 100
"""Near words are looked for this often; a table of wrong ids would take hours otherwise."""


def plan_refers(records: Records) -> Iterator[Finding]:
    """Ids in the plan are known: actors, objectives, rubrics at their version, levels, people, evidence."""
    known = Known(records)
    for objective in records.plan.objectives.values():
        yield from known.check(objective.proposed_by, objective.place, "proposed_by", "actor")
    for milestone in records.plan.milestones.values():
        at = milestone.place
        yield from known.check((milestone.objective,), at, "objective", "objective")
        yield from known.check(milestone.depends_on, at, "depends_on", "milestone")
        yield from known.check((milestone.lead,), at, "lead", "person")
        rubric = records.rubrics.get((milestone.rubric, milestone.version))
        if rubric is not None and milestone.target not in rubric.ladder:
            yield off_ladder(at, milestone.target, rubric)
        if rubric is None and f"rubrics/{milestone.rubric}.yaml" not in records.unread:
            names = [f"{name} {version}" for name, version in records.rubrics]
            asked = f"{milestone.rubric} {milestone.version}"
            hint = did_you_mean(asked, names)
            yield find("C001", at, column="rubric", value=asked, what="rubric", hint=hint)
    for promise in records.plan.promises.values():
        yield from known.check((promise.objective,), promise.place, "objective", "objective")
        yield from known.check(promise.by, promise.place, "by", "actor")
        yield from known.check(promise.evidence, promise.place, "evidence", "evidence")
    for disruption in records.mission.disruptions:
        yield from known.check(disruption.evidence, disruption.place, "evidence", "evidence")


def comments_answer_something(records: Records) -> Iterator[Finding]:
    """A comment answers a score, a moderation or another comment, and comes from a known office or person."""
    known = {name for table in ("assessments", "moderations", "comments") for name in records.by_id(table)}
    voices = {actor.id for actor in records.mission.actors} | {p.code for p in records.mission.people}
    for row in records.new("comments"):
        for column, names, what in (("to", known, "record to comment on"), ("by", voices, "actor or person")):
            if row[column] not in names:
                hint = did_you_mean(row[column], names)
                yield find("C001", row.place(column), column=column, value=row[column], what=what, hint=hint)


def dependencies_end(records: Records) -> Iterator[Finding]:
    """Milestones do not depend on themselves, by whatever way round."""
    milestones = records.plan.milestones
    for start in milestones:
        way: dict[str, str] = {}
        waiting = [(start, step) for step in milestones[start].depends_on]
        while waiting:
            before, step = waiting.pop()
            if step == start:
                circle = {start}
                while before != start:
                    circle.add(before)
                    before = way[before]
                yield find("C027", milestones[start].place, cycle=all_of(sorted(circle)))
                return
            if step in milestones and step not in way:
                way[step] = before
                waiting += [(step, further) for further in milestones[step].depends_on]


def ids_known(records: Records) -> Iterator[Finding]:
    """Every id in a table names a record that exists."""
    known = Known(records)
    for name, table in TABLES.items():
        for column in table.columns:
            if not column.to:
                continue
            for row in records.new(name):
                given = split(row[column.name]) if column.form == "ids" else [row[column.name]]
                yield from known.check(given, row.place(column.name), column.name, column.to)


class Known:
    """The ids there are, by the kind of record they name, and how the unknown ones are told."""

    def __init__(self, records: Records) -> None:
        plan, mission, unread = records.plan, records.mission, records.unread
        self._ids: dict[str, set[str]] = {
            "actor": {actor.id for actor in mission.actors},
            "person": {person.code for person in mission.people},
        }
        if "plan.yaml" not in unread:
            self._ids |= {"milestone": set(plan.milestones), "objective": set(plan.objectives)}
        for name in ("evidence", "assessments"):
            if TABLES[name].file not in unread:
                self._ids[TABLES[name].kind] = set(records.by_id(name))
        self._hints: dict[tuple[str, str], str] = {}

    def check(self, given: Iterable[str], place: Place, column: str, kind: str) -> Iterator[Finding]:
        """Return a finding for each id that names nothing of its kind."""
        ids = self._ids.get(kind)
        for value in given:
            if value and ids is not None and value not in ids:
                hint = self._hint(value, kind, ids)
                yield find("C001", place, column=column, value=value, what=kind, hint=hint)

    def _hint(self, value: str, kind: str, ids: set[str]) -> str:
        if (kind, value) not in self._hints and len(self._hints) < _HINTS:
            self._hints[kind, value] = did_you_mean(value, ids)
        return self._hints.get((kind, value), "")


def all_of(words: Sequence[str]) -> str:
    """Return words for a message: ``a, b and c``."""
    return one_of(words).replace(" or ", " and ")


def off_ladder(place: Place, level: str, rubric: Rubric) -> Finding:
    """Return the finding that a level is not one of the rubric's."""
    hint = did_you_mean(level, rubric.ladder)
    return find(
        "C002",
        place,
        value=level,
        rubric=rubric.id,
        version=rubric.version,
        hint=hint,
        allowed=one_of(rubric.ladder),
    )
