"""What ``mission.yaml`` says: the mission, its quarters, markings, actors, people and disruptions."""

from __future__ import annotations

from dataclasses import dataclass

from measures.finding import Finding, Place
from measures.period import Interval, Period, span
from measures.rubric.document import Document
from measures.rubric.model import Texts
from measures.rubric.reading import Cursor, root

SIDES = ("partner", "mission", "headquarters", "other")
ROLES = ("adviser", "partner", "external")
PERSON_ROLES = (*ROLES, "moderator", "approver", "auditor")
CAUSES = ("security", "access", "pandemic", "no-government", "staffing", "other")

APPROVABLE = ("assessment", "moderation", "crosswalk", "edition")
"""Kinds of records that a second person may approve."""

FALLBACK = Period(2000, 1)
"""Stands in for a quarter that could not be read, so that reading can go on."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An office or body that takes positions and makes promises.

    Args:
        origins: How the origins of evidence begin that speak for it: ``iraq-mod`` for
            ``iraq-mod-2020-08``. Its own id is always one.
    """

    id: str
    side: str
    name: Texts
    origins: tuple[str, ...] = ()

    def speaks(self, origin: str) -> bool:
        """Return whether an origin of evidence is this actor's own."""
        return any(origin == name or origin.startswith(f"{name}-") for name in (self.id, *self.origins))


@dataclass(frozen=True, slots=True)
class Person:
    """A role code and its post; the register knows no names.

    Args:
        marking: The highest marking they may see in what is made for them alone; empty when not said.
    """

    code: str
    role: str
    post: Texts
    marking: str = ""


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
class FourEyes:
    """Who may approve records of a kind, and whether they must be before they are printed.

    Args:
        kind: One of :data:`APPROVABLE`.
        by: Roles of people; anybody but the author when empty.
        before_print: Whether an edition waits for the approvals of its quarter.
    """

    kind: str
    by: tuple[str, ...] = ()
    before_print: bool = False


@dataclass(frozen=True, slots=True)
class MissionFile:
    """What ``mission.yaml`` says.

    Args:
        first, last: The quarters the mission scores.
        year_starts: First month of its year, 1 to 12.
        markings: Who may see what, lowest first.
        demonstration: Made to show the product, scored by nobody in office.
        four_eyes: Rules of approval; kinds that it leaves out have none of their own.
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
    four_eyes: tuple[FourEyes, ...] = ()

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

    def approval_of(self, kind: str) -> FourEyes:
        """Return the rule of approval for a kind of records; one without demands when it has none."""
        return next((rule for rule in self.four_eyes if rule.kind == kind), FourEyes(kind))


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
        "four_eyes",
        "register",
        "change",
    )
    quarters = top.down("quarters", "quarters")
    first = last = None
    starts = 1
    if quarters is not None:
        quarters.only("first", "last", "year_starts")
        first = period_of(quarters, "first")
        last = period_of(quarters, "last")
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
        actors=tuple(_actor(cursor) for cursor in unique(top, "actors", "id", "an actor")),
        people=tuple(_person(cursor, markings) for cursor in unique(top, "people", "code", "a person")),
        disruptions=tuple(
            _disruption(cursor) for cursor in unique(top, "disruptions", "id", "a disruption", False)
        ),
        four_eyes=_four_eyes(top),
    )


def _four_eyes(top: Cursor) -> tuple[FourEyes, ...]:
    rules = top.down("four_eyes", "four_eyes", required=False)
    if rules is None:
        return ()
    rules.only(*APPROVABLE)
    found = []
    for kind in APPROVABLE:
        rule = rules.down(kind, f"the rule for {kind}", required=False)
        if rule is None:
            continue
        # An edition is approved once it is there: nothing of it can wait for that.
        rule.only("by", *(() if kind == "edition" else ("before_print",)))
        by = rule.words("by", allowed=PERSON_ROLES)
        found.append(FourEyes(kind, by, kind != "edition" and rule.yes("before_print")))
    return tuple(found)


def _actor(cursor: Cursor) -> Actor:
    cursor.only("id", "side", "name", "origins")
    side = cursor.word("side", SIDES, default="other")
    return Actor(cursor.id(), side, cursor.texts("name"), cursor.words("origins"))


def _person(cursor: Cursor, markings: tuple[str, ...]) -> Person:
    cursor.only("code", "role", "post", "marking")
    return Person(
        cursor.id("code"),
        cursor.word("role", PERSON_ROLES, default="adviser"),
        cursor.texts("post"),
        cursor.word("marking", markings, required=False),
    )


def _disruption(cursor: Cursor) -> Disruption:
    cursor.only("id", "from", "to", "cause", "text", "evidence")
    first = period_of(cursor, "from") or FALLBACK
    last = period_of(cursor, "to") or first
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


def period_of(cursor: Cursor, key: str, *, required: bool = True) -> Period | None:
    """Return the quarter under a key."""
    return cursor.parsed(key, Period.parse, "a quarter such as 2021Q1", required=required)


def interval_of(cursor: Cursor, key: str, *, required: bool = True) -> Interval | None:
    """Return the interval under a key."""
    return cursor.parsed(key, Interval.parse, "a date such as 2021-02", required=required)


def unique(top: Cursor, key: str, name: str, what: str, required: bool = True) -> list[Cursor]:
    """Return a cursor at each map of a list, those whose name stands already noted and left out."""
    kept: dict[str, Cursor] = {}
    for cursor in top.each(key, what, required=required):
        value = cursor.text(name)
        if value and value in kept:
            cursor.note("S007", name, what=f"{what.rsplit(maxsplit=1)[-1]} {name}", value=value)
        elif value:
            kept[value] = cursor
    return list(kept.values())
