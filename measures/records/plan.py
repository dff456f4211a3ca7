"""What a mission plans: the mission itself, objectives, milestones and promises.

These come from ``mission.yaml`` and ``plan.yaml`` and go to the register as the maps that
were written; the classes here are what is read from either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from measures.finding import Finding, Place
from measures.period import Interval, Period, span
from measures.rubric.document import Document
from measures.rubric.model import NONE, Texts
from measures.rubric.reading import Cursor, root

SIDES = ("partner", "mission", "headquarters", "other")
ROLES = ("adviser", "partner", "external")
PERSON_ROLES = (*ROLES, "moderator", "approver")
CAUSES = ("security", "access", "pandemic", "no-government", "staffing", "other")
DISPOSITIONS = ("active", "deferred", "abandoned", "superseded", "met")


@dataclass(frozen=True, slots=True)
class Actor:
    """An office or body that takes positions and makes promises."""

    id: str
    side: str
    name: Texts


@dataclass(frozen=True, slots=True)
class Person:
    """A role code and its post; the register knows no names."""

    code: str
    role: str
    post: Texts


@dataclass(frozen=True, slots=True)
class Disruption:
    """Quarters in which nobody could look, or only in part, with the outside cause."""

    id: str
    first: Period
    last: Period
    cause: str
    text: Texts
    evidence: tuple[str, ...]
    place: Place

    def covers(self, period: Period) -> bool:
        """Return whether ``period`` lies within it."""
        return self.first <= period <= self.last


@dataclass(frozen=True, slots=True)
class MissionFile:
    """What ``mission.yaml`` says.

    Args:
        first, last: The quarters the mission scores.
        year_starts: First month of its year, 1 to 12.
        markings: Who may see what, lowest first.
        demonstration: Made to show the product, scored by nobody in office.
    """

    id: str
    name: Texts
    partner: Texts
    notice: Texts
    demonstration: bool
    first: Period
    last: Period
    year_starts: int
    markings: tuple[str, ...]
    languages: tuple[str, ...]
    actors: tuple[Actor, ...]
    people: tuple[Person, ...]
    disruptions: tuple[Disruption, ...]

    @property
    def periods(self) -> tuple[Period, ...]:
        """Every quarter of the mission."""
        return span(self.first, self.last)

    def actor(self, actor: str) -> Actor | None:
        """Return an actor by id."""
        return next((found for found in self.actors if found.id == actor), None)

    def person(self, code: str) -> Person | None:
        """Return a person by code."""
        return next((found for found in self.people if found.code == code), None)


@dataclass(frozen=True, slots=True)
class Objective:
    """What the plan wants to change, and what became of the wish.

    Args:
        first: The quarter in which it was first on record; earlier reports leave it out.
    """

    id: str
    title: Texts
    proposed_by: tuple[str, ...]
    disposition: str
    disposition_since: Period | None
    reason: Texts
    host_document: Texts
    first: Period | None
    change: str
    place: Place

    def known_at(self, period: Period) -> bool:
        """Return whether the objective was on record by a quarter."""
        return self.first is None or self.first <= period

    def disposition_at(self, period: Period) -> str:
        """Return the disposition as of a quarter; before it changed the objective was active."""
        if self.disposition_since is not None and period < self.disposition_since:
            return "active"
        return self.disposition


@dataclass(frozen=True, slots=True)
class Milestone:
    """An objective's observable stop, bound to a rubric at one version."""

    id: str
    objective: str
    title: Texts
    rubric: str
    version: str
    first: Period
    baseline: Period | None
    target: str
    due: Period
    depends_on: tuple[str, ...]
    sustainment: Texts
    lead: str
    change: str
    place: Place


@dataclass(frozen=True, slots=True)
class Promise:
    """Something an actor said would be done by a date."""

    id: str
    objective: str
    by: tuple[str, ...]
    text: Texts
    made: Interval
    due: Interval | None
    evidence: tuple[str, ...]
    outcome: Texts
    outcome_date: Interval | None
    marking: str
    change: str
    place: Place


@dataclass(frozen=True, slots=True)
class Plan:
    """Objectives, milestones and promises, each by id in the order of the plan."""

    objectives: Mapping[str, Objective]
    milestones: Mapping[str, Milestone]
    promises: Mapping[str, Promise]


FALLBACK = Period(2000, 1)
"""Stands in for a quarter that could not be read, so that reading can go on."""

_TODAY = Interval.parse("2000")


def read_mission(document: Document, findings: list[Finding]) -> MissionFile | None:
    """Return what a mission document says, or ``None`` when it is no map."""
    top = root(document, findings, "mission.yaml")
    if top is None:
        return None
    top.only(
        "id",
        "name",
        "partner",
        "notice",
        "demonstration",
        "quarters",
        "markings",
        "languages",
        "actors",
        "people",
        "disruptions",
        "change",
    )
    quarters = top.down("quarters", "quarters")
    first = last = None
    starts = 1
    if quarters is not None:
        quarters.only("first", "last", "year_starts")
        first = _period(quarters, "first")
        last = _period(quarters, "last")
        starts = quarters.number("year_starts", 1, 12, default=1)
        if first and last and last < first:
            quarters.note("S005", "last", column="last", what=f"a quarter from {first} on", value=str(last))
    markings = top.words("markings", required=True)
    return MissionFile(
        id=top.id(),
        name=top.texts("name"),
        partner=top.texts("partner"),
        notice=top.texts("notice", required=False),
        demonstration=top.yes("demonstration"),
        first=first or FALLBACK,
        last=max(last or FALLBACK, first or FALLBACK),
        year_starts=starts,
        markings=markings,
        languages=top.words("languages", required=True),
        actors=tuple(_actor(cursor) for cursor in _unique(top, "actors", "id", "an actor")),
        people=tuple(_person(cursor) for cursor in _unique(top, "people", "code", "a person")),
        disruptions=tuple(
            _disruption(cursor) for cursor in _unique(top, "disruptions", "id", "a disruption", False)
        ),
    )


def read_plan(document: Document, findings: list[Finding], markings: tuple[str, ...]) -> Plan:
    """Return what a plan document says."""
    top = root(document, findings, "plan.yaml")
    if top is None:
        return Plan({}, {}, {})
    top.only("objectives", "milestones", "promises")
    return Plan(
        {o.id: o for o in (read_objective(c) for c in _unique(top, "objectives", "id", "an objective"))},
        {m.id: m for m in (read_milestone(c) for c in _unique(top, "milestones", "id", "a milestone"))},
        {
            p.id: p
            for p in (read_promise(c, markings) for c in _unique(top, "promises", "id", "a promise", False))
        },
    )


def read_objective(cursor: Cursor) -> Objective:
    """Return the objective a map describes."""
    cursor.only(
        "id",
        "title",
        "proposed_by",
        "disposition",
        "disposition_since",
        "reason",
        "host_document",
        "from",
        "change",
    )
    disposition = cursor.word("disposition", DISPOSITIONS, default="active")
    return Objective(
        id=cursor.id(),
        title=cursor.texts("title"),
        proposed_by=cursor.words("proposed_by", required=True),
        disposition=disposition,
        disposition_since=_period(cursor, "disposition_since", required=False),
        reason=cursor.texts("reason", required=disposition != "active", what="why it is no longer active"),
        host_document=cursor.texts("host_document", required=False),
        first=_period(cursor, "from", required=False),
        change=cursor.text("change", required=False),
        place=cursor.place(),
    )


def read_milestone(cursor: Cursor) -> Milestone:
    """Return the milestone a map describes."""
    cursor.only(
        "id",
        "objective",
        "title",
        "rubric",
        "version",
        "from",
        "baseline",
        "target",
        "due",
        "depends_on",
        "sustainment",
        "lead",
        "change",
    )
    first = _period(cursor, "from") or FALLBACK
    return Milestone(
        id=cursor.id(),
        objective=cursor.text("objective"),
        title=cursor.texts("title"),
        rubric=cursor.text("rubric"),
        version=cursor.text("version"),
        first=first,
        baseline=_period(cursor, "baseline", required=False),
        target=cursor.text("target", what="the level to reach") or NONE,
        due=_period(cursor, "due") or first,
        depends_on=cursor.words("depends_on"),
        sustainment=cursor.texts(
            "sustainment", what="who staffs and pays for it afterwards, or that nobody has said"
        ),
        lead=cursor.text("lead", required=False),
        change=cursor.text("change", required=False),
        place=cursor.place(),
    )


def read_promise(cursor: Cursor, markings: tuple[str, ...]) -> Promise:
    """Return the promise a map describes."""
    cursor.only(
        "id",
        "objective",
        "by",
        "text",
        "made",
        "due",
        "evidence",
        "outcome",
        "outcome_date",
        "marking",
        "change",
    )
    return Promise(
        id=cursor.id(),
        objective=cursor.text("objective"),
        by=cursor.words("by", required=True),
        text=cursor.texts("text"),
        made=_interval(cursor, "made") or _TODAY,
        due=_interval(cursor, "due", required=False),
        evidence=cursor.words("evidence"),
        outcome=cursor.texts("outcome", required=False),
        outcome_date=_interval(cursor, "outcome_date", required=False),
        marking=cursor.word("marking", markings, default=markings[-1] if markings else ""),
        change=cursor.text("change", required=False),
        place=cursor.place(),
    )


def at_entry(name: str, body: Mapping[str, Any]) -> Cursor:
    """Return a cursor at a map that the register kept; findings about it go nowhere."""
    return Cursor(Document(name, dict(body)), (), [], name)


def _actor(cursor: Cursor) -> Actor:
    cursor.only("id", "side", "name")
    return Actor(cursor.id(), cursor.word("side", SIDES, default="other"), cursor.texts("name"))


def _person(cursor: Cursor) -> Person:
    cursor.only("code", "role", "post")
    return Person(
        cursor.id("code"), cursor.word("role", PERSON_ROLES, default="adviser"), cursor.texts("post")
    )


def _disruption(cursor: Cursor) -> Disruption:
    cursor.only("id", "from", "to", "cause", "text", "evidence")
    first = _period(cursor, "from") or FALLBACK
    last = _period(cursor, "to") or first
    if last < first:
        cursor.note("S005", "to", column="to", what=f"a quarter from {first} on", value=str(last))
    return Disruption(
        id=cursor.id(),
        first=first,
        last=max(first, last),
        cause=cursor.word("cause", CAUSES, default="other"),
        text=cursor.texts("text"),
        evidence=cursor.words("evidence"),
        place=cursor.place(),
    )


def _period(cursor: Cursor, key: str, *, required: bool = True) -> Period | None:
    return cursor.parsed(key, Period.parse, "a quarter such as 2021Q1", required=required)


def _interval(cursor: Cursor, key: str, *, required: bool = True) -> Interval | None:
    return cursor.parsed(key, Interval.parse, "a date such as 2021-02", required=required)


def _unique(top: Cursor, key: str, name: str, what: str, required: bool = True) -> list[Cursor]:
    kept: dict[str, Cursor] = {}
    for cursor in top.each(key, what, required=required):
        value = cursor.text(name)
        if value and value in kept:
            cursor.note("S007", name, what=f"{what.rsplit(maxsplit=1)[-1]} {name}", value=value)
        elif value:
            kept[value] = cursor
    return list(kept.values())
