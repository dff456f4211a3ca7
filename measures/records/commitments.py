"""What a plan says of commitment: means, announcements, agreements, decisions, changed targets.

All of it may be left out, and all of it is dated, so that the report of an old quarter shows
only what was on record by then (method, section 9).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeVar

from measures.period import Interval, Period
from measures.records.mission import FALLBACK, interval_of, period_of
from measures.rubric.model import Texts, said
from measures.rubric.reading import Cursor, parse_or_note

PAYERS = ("mission", "partner")
KNOWN = ("yes", "no", "unknown")
RETARGETED = ("target", "due", "title")
MOST_POSTS = 1_000_000
_UNDATED = Interval.parse("2000")


@dataclass(frozen=True, slots=True)
class Resource:
    """What one side had put in by a day.

    Args:
        side: ``mission`` for adviser posts and money, ``partner`` for the host's own.
        needed, filled: Posts; none where the number is not known.
        stated: Whether posts stood empty, where somebody said so without numbers.
        money: Money committed, in words with its source; empty where nothing is known.
    """

    date: Interval
    side: str
    needed: int | None
    filled: int | None
    stated: str
    money: Texts
    evidence: tuple[str, ...]

    @property
    def short(self) -> str:
        """Whether posts stood empty: ``yes``, ``no`` or ``unknown``."""
        if self.needed is None or self.filled is None:
            return self.stated
        return "yes" if self.filled < self.needed else "no"


@dataclass(frozen=True, slots=True)
class Act:
    """An announcement, an agreement, a concurrence or a decision: who did it, and when."""

    date: Interval
    by: tuple[str, ...]
    text: Texts
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retarget:
    """A target, a due quarter or a title that was changed openly.

    Args:
        what: ``target``, ``due`` or ``title``.
        first: The quarter from which the new one holds.
        old, new: Both wordings: a level's id, a quarter, or a text by language.
        partner_view: What the partner thinks of it, or that nobody asked.
        approved_by: A person's code or an actor.
        date: When it was decided.
    """

    what: str
    first: Period
    old: Texts
    new: Texts
    reason: Texts
    partner_view: Texts
    approved_by: str
    date: Interval


@dataclass(frozen=True, slots=True)
class Closing:
    """A milestone that is scored no more, decided openly.

    Args:
        until: The last quarter that owes scores.
        partner_view: What the partner thinks of it, or that nobody asked.
        approved_by: A person's code or an actor.
        date: When it was decided.
    """

    until: Period
    reason: Texts
    partner_view: Texts
    approved_by: str
    date: Interval


@dataclass(frozen=True, slots=True)
class Commitments:
    """Everything of the kind that a plan says of one objective, each list oldest first."""

    resources: tuple[Resource, ...] = ()
    announced: tuple[Act, ...] = ()
    agreed: tuple[Act, ...] = ()
    concurrence: tuple[Act, ...] = ()
    decisions: tuple[Act, ...] = ()

    @property
    def acts(self) -> tuple[Act, ...]:
        """Every announcement, agreement, concurrence and decision."""
        return (*self.announced, *self.agreed, *self.concurrence, *self.decisions)

    def by(self, day: date) -> Commitments:
        """Return what was on record on a day."""
        return Commitments(
            _until(self.resources, day),
            _until(self.announced, day),
            _until(self.agreed, day),
            _until(self.concurrence, day),
            _until(self.decisions, day),
        )

    def resting_on(self, evidence: Collection[str]) -> Commitments:
        """Return what does not rest on other evidence alone: the rest is withheld with it."""
        return Commitments(
            _seen(self.resources, evidence),
            _seen(self.announced, evidence),
            _seen(self.agreed, evidence),
            _seen(self.concurrence, evidence),
            _seen(self.decisions, evidence),
        )


Dated = TypeVar("Dated", Resource, Act)
NOTHING = Commitments()
KEYS = ("resources", "announced", "agreed", "concurrence", "host_decisions")
"""The keys of an objective that hold commitments."""


def _until(given: tuple[Dated, ...], day: date) -> tuple[Dated, ...]:
    return tuple(found for found in given if found.date.start <= day)


def _seen(given: tuple[Dated, ...], evidence: Collection[str]) -> tuple[Dated, ...]:
    return tuple(
        replace(found, evidence=kept)
        for found in given
        if (kept := tuple(item for item in found.evidence if item in evidence)) or not found.evidence
    )


def read_commitments(cursor: Cursor) -> Commitments:
    """Return the commitments that an objective's map describes."""
    return Commitments(
        resources=_oldest_first(
            _resource(at) for at in cursor.each("resources", "a resource", required=False)
        ),
        announced=_acts(cursor, "announced", "an announcement"),
        agreed=_acts(cursor, "agreed", "an agreement"),
        concurrence=_acts(cursor, "concurrence", "a concurrence"),
        decisions=_acts(cursor, "host_decisions", "a host decision"),
    )


def _resource(at: Cursor) -> Resource:
    at.only("date", "side", "posts_needed", "posts_filled", "posts_short", "money", "evidence")
    needed, filled = _posts(at, "posts_needed"), _posts(at, "posts_filled")
    stated = at.word("posts_short", KNOWN, required=False, default="unknown")
    if "posts_short" in at.map and needed is not None and filled is not None:
        what = "left out where both numbers stand"
        at.note("S005", "posts_short", column="posts_short", what=what, value=stated)
    if not any(key in at.map for key in ("posts_needed", "posts_filled", "posts_short", "money")):
        at.note("S008", key="posts_needed", where=at.what, what="posts, or money, or posts_short")
    return Resource(
        date=interval_of(at, "date") or _UNDATED,
        side=at.word("side", PAYERS, required=False, default="mission"),
        needed=needed,
        filled=filled,
        stated=stated,
        money=at.texts("money", required=False),
        evidence=at.words("evidence"),
    )


def _posts(at: Cursor, key: str) -> int | None:
    return at.number(key, 0, MOST_POSTS) if key in at.map else None


def _acts(cursor: Cursor, key: str, what: str) -> tuple[Act, ...]:
    return _oldest_first(_act(at) for at in cursor.each(key, what, required=False))


def _act(at: Cursor) -> Act:
    at.only("date", "by", "text", "evidence")
    return Act(
        date=interval_of(at, "date") or _UNDATED,
        by=at.words("by", required=True),
        text=at.texts("text", required=False),
        evidence=at.words("evidence"),
    )


def _oldest_first(given: Iterator[Dated]) -> tuple[Dated, ...]:
    """Return what began earlier first; a month goes before what is known of its later days."""
    return tuple(sorted(given, key=lambda found: (found.date.start, found.date.end)))


Kind = Literal["target", "due", "title"]


def read_retargets(cursor: Cursor, allowed: tuple[str, ...] = RETARGETED) -> tuple[Retarget, ...]:
    """Return the changes of target that a map describes, in the order they hold."""
    found: list[Retarget] = []
    for at in cursor.each("retargets", "a change of target", required=False):
        at.only("what", "from", "old", "new", "reason", "partner_view", "approved_by", "date")
        change = Retarget(
            what=at.word("what", allowed, required=False, default=allowed[0]),
            first=period_of(at, "from") or FALLBACK,
            old=at.plain_or_texts("old"),
            new=at.plain_or_texts("new"),
            reason=at.texts("reason", what="why it was changed"),
            partner_view=at.texts("partner_view", what="what the partner thinks of it, or that nobody asked"),
            approved_by=at.text("approved_by", what="the code or actor that approved it"),
            date=interval_of(at, "date") or _UNDATED,
        )
        _quarters(at, change)
        before = [earlier.first for earlier in found if earlier.what == change.what]
        if before and change.first <= before[-1]:
            what = f"a quarter after {before[-1]}"
            at.note("S005", "from", column="from", what=what, value=str(change.first))
        found.append(change)
    return tuple(found)


def read_closing(cursor: Cursor) -> Closing | None:
    """Return how a milestone was closed; ``None`` where it is open."""
    at = cursor.down("closed", "the closing of a milestone", required=False)
    if at is None:
        return None
    at.only("until", "reason", "partner_view", "approved_by", "date")
    return Closing(
        until=period_of(at, "until") or FALLBACK,
        reason=at.texts("reason", what="why it is scored no more"),
        partner_view=at.texts("partner_view", what="what the partner thinks of it, or that nobody asked"),
        approved_by=at.text("approved_by", what="the code or actor that approved it"),
        date=interval_of(at, "date") or _UNDATED,
    )


def _quarters(at: Cursor, change: Retarget) -> None:
    """Note a due quarter that is none."""
    for key, words in (("old", change.old), ("new", change.new)):
        if change.what == "due" and words:
            parse_or_note(at, key, said(words), Period.parse, "a quarter such as 2021Q1")


def wording_at(changes: tuple[Retarget, ...], what: Kind, now: Texts, period: Period) -> Texts:
    """Return a wording as it held in a quarter, from the one that holds now and its changes."""
    for change in changes:
        if change.what == what and change.first > period:
            return change.old
    return now
