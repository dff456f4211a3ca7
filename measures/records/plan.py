"""What a mission plans: objectives, milestones and promises.

They come from ``plan.yaml`` and go to the register as the maps that were written; the
classes here are what is read from either.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from measures.finding import Finding, Place
from measures.period import Interval, Period
from measures.records.commitments import (
    KEYS,
    KNOWN,
    NOTHING,
    Closing,
    Commitments,
    Retarget,
    read_closing,
    read_commitments,
    read_retargets,
    wording_at,
)
from measures.records.mission import FALLBACK, interval_of, period_of, unique
from measures.records.revisions import Revision
from measures.rubric.document import Document
from measures.rubric.model import NONE, Texts, said
from measures.rubric.reading import Cursor, root

DISPOSITIONS = ("active", "deferred", "abandoned", "superseded", "met")


@dataclass(frozen=True, slots=True)
class Objective:
    """What the plan wants to change, and what became of the wish.

    Args:
        first: The quarter in which it was first on record; earlier reports leave it out.
        host_since: From when there is a host document; from the first when empty.
        retargets: Changes of its title.
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
    host_since: Interval | None = None
    commitments: Commitments = NOTHING
    retargets: tuple[Retarget, ...] = ()

    def known_at(self, period: Period) -> bool:
        """Return whether the objective was on record by a quarter."""
        return self.first is None or self.first <= period

    def disposition_at(self, period: Period) -> str:
        """Return the disposition as of a quarter; before it changed the objective was active."""
        if self.disposition_since is not None and period < self.disposition_since:
            return "active"
        return self.disposition

    def as_of(self, period: Period, day: date) -> Objective:
        """Return the objective as it was on record in a quarter that ended on ``day``."""
        unheard = self.host_since is not None and self.host_since.start > day
        return replace(
            self,
            title=wording_at(self.retargets, "title", self.title, period),
            host_document={} if unheard else self.host_document,
            commitments=self.commitments.by(day),
            retargets=_told(self.retargets, day),
        )

    def resting_on(self, evidence: Collection[str]) -> Objective:
        """Return the objective without the commitments that rest on other evidence alone."""
        return replace(self, commitments=self.commitments.resting_on(evidence))


@dataclass(frozen=True, slots=True)
class Former:
    """A rubric version that a milestone was scored against up to a quarter."""

    version: str
    until: Period


@dataclass(frozen=True, slots=True)
class Milestone:
    """An objective's observable stop, bound to a rubric at one version.

    Args:
        version: The version that scores are given against now.
        former: Versions that held before, oldest first.
        host_measure: Whether the host itself measures by it: yes, no or unknown.
        retargets: Changes of its target, its due quarter or its title.
        closed: How it was closed; ``None`` while it is open.
    """

    id: str
    objective: str
    title: Texts
    rubric: str
    version: str
    former: tuple[Former, ...]
    first: Period
    baseline: Period | None
    target: str
    due: Period
    depends_on: tuple[str, ...]
    sustainment: Texts
    lead: str
    change: str
    place: Place
    host_measure: str = "unknown"
    retargets: tuple[Retarget, ...] = ()
    closed: Closing | None = None

    @property
    def afterwards(self) -> bool:
        """Whether the plan says who carries it on; one that begins with ``Nobody has said`` does not."""
        return bool(self.sustainment) and not said(self.sustainment).casefold().startswith("nobody has said")

    def over(self, period: Period) -> bool:
        """Return whether it was closed before a quarter."""
        return self.closed is not None and self.closed.until < period

    def owes(self, period: Period) -> bool:
        """Return whether scores of a quarter are owed: it has begun, and was not closed before."""
        return self.first <= period and not self.over(period)

    def version_at(self, period: Period) -> str:
        """Return the rubric version that scores of a quarter are given against."""
        return next((found.version for found in self.former if period <= found.until), self.version)

    @property
    def versions(self) -> tuple[str, ...]:
        """Every version it was ever bound to, the present one last."""
        return (*(found.version for found in self.former), self.version)

    def as_of(self, period: Period, day: date) -> Milestone:
        """Return the milestone with the target, due quarter and title that held in a quarter."""
        changes = self.retargets
        due = said(wording_at(changes, "due", {"en": str(self.due)}, period))
        return replace(
            self,
            title=wording_at(changes, "title", self.title, period),
            target=said(wording_at(changes, "target", {"en": self.target}, period)),
            due=Period.parse(due),
            retargets=_told(changes, day),
            closed=self.closed if self.closed is not None and self.closed.date.start <= day else None,
        )


def _told(changes: tuple[Retarget, ...], day: date) -> tuple[Retarget, ...]:
    return tuple(change for change in changes if change.date.start <= day)


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
    """Objectives, milestones and promises, each by id in the order of the plan.

    Args:
        revisions: How the goals came to be what they are, oldest first; none where no register
            was read.
    """

    objectives: Mapping[str, Objective]
    milestones: Mapping[str, Milestone]
    promises: Mapping[str, Promise]
    revisions: tuple[Revision, ...] = ()

    def as_of(self, period: Period, year_starts: int = 1) -> Plan:
        """Return the plan as a quarter knew it: later commitments and changed targets left out."""
        day = period.last_day(year_starts)
        return Plan(
            {name: found.as_of(period, day) for name, found in self.objectives.items()},
            {name: found.as_of(period, day) for name, found in self.milestones.items()},
            self.promises,
            self.revisions,
        )


_TODAY = Interval.parse("2000")


def read_plan(document: Document, findings: list[Finding], markings: tuple[str, ...]) -> Plan:
    """Return what a plan document says."""
    top = root(document, findings, "plan.yaml")
    if top is None:
        return Plan({}, {}, {})
    top.only("objectives", "milestones", "promises")
    return Plan(
        {o.id: o for o in (read_objective(c) for c in unique(top, "objectives", "id", "an objective"))},
        {m.id: m for m in (read_milestone(c) for c in unique(top, "milestones", "id", "a milestone"))},
        {
            p.id: p
            for p in (read_promise(c, markings) for c in unique(top, "promises", "id", "a promise", False))
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
        "host_document_since",
        "from",
        "change",
        "retargets",
        *KEYS,
    )
    disposition = cursor.word("disposition", DISPOSITIONS, default="active")
    return Objective(
        id=cursor.id(),
        title=cursor.texts("title"),
        proposed_by=cursor.words("proposed_by", required=True),
        disposition=disposition,
        disposition_since=period_of(cursor, "disposition_since", required=False),
        reason=cursor.texts("reason", required=disposition != "active", what="why it is no longer active"),
        host_document=cursor.texts("host_document", required=False),
        first=period_of(cursor, "from", required=False),
        change=cursor.text("change", required=False),
        place=cursor.place(),
        host_since=interval_of(cursor, "host_document_since", required=False),
        commitments=read_commitments(cursor),
        retargets=read_retargets(cursor, ("title",)),
    )


def read_milestone(cursor: Cursor) -> Milestone:
    """Return the milestone a map describes."""
    cursor.only(
        "id",
        "objective",
        "title",
        "rubric",
        "version",
        "former_versions",
        "from",
        "baseline",
        "target",
        "due",
        "depends_on",
        "sustainment",
        "lead",
        "host_measure",
        "retargets",
        "closed",
        "change",
    )
    first = period_of(cursor, "from") or FALLBACK
    return Milestone(
        id=cursor.id(),
        objective=cursor.text("objective"),
        title=cursor.texts("title"),
        rubric=cursor.text("rubric"),
        version=cursor.text("version"),
        former=_former(cursor),
        first=first,
        baseline=period_of(cursor, "baseline", required=False),
        target=cursor.text("target", what="the level to reach") or NONE,
        due=period_of(cursor, "due") or first,
        depends_on=cursor.words("depends_on"),
        sustainment=cursor.texts(
            "sustainment", what="who staffs and pays for it afterwards, or that nobody has said"
        ),
        lead=cursor.text("lead", required=False),
        change=cursor.text("change", required=False),
        place=cursor.place(),
        host_measure=cursor.word("host_measure", KNOWN, required=False, default="unknown"),
        retargets=read_retargets(cursor),
        closed=read_closing(cursor),
    )


def _former(cursor: Cursor) -> tuple[Former, ...]:
    found: list[Former] = []
    for at in unique(cursor, "former_versions", "version", "a former version", required=False):
        at.only("version", "until")
        until = period_of(at, "until") or FALLBACK
        if found and until <= found[-1].until:
            what = f"a quarter after {found[-1].until}"
            at.note("S005", "until", column="until", what=what, value=str(until))
        found.append(Former(at.text("version"), until))
    return tuple(found)


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
        made=interval_of(cursor, "made") or _TODAY,
        due=interval_of(cursor, "due", required=False),
        evidence=cursor.words("evidence"),
        outcome=cursor.texts("outcome", required=False),
        outcome_date=interval_of(cursor, "outcome_date", required=False),
        marking=cursor.word("marking", markings, default=markings[-1] if markings else ""),
        change=cursor.text("change", required=False),
        place=cursor.place(),
    )


def at_entry(name: str, body: Mapping[str, Any]) -> Cursor:
    """Return a cursor at a map that the register kept; findings about it go nowhere."""
    return Cursor(Document(name, dict(body)), (), [], name)
