"""How long a meeting takes to get: days from the request to the meeting, and open requests at their age.

With agreement a meeting is set within days, without it within months (method, section 9). So
the wait is a sign of whose ambition an objective is. The rules:

- A request counts in every quarter in which it was open: it was made by the quarter's end and no
  meeting was held before the quarter began.
- A request that was not met by the quarter's end counts at its age so far. A median that hangs on
  such a one is a least value.
- A date known to the month is any day of it, so a wait is a range of days. A meeting given as a
  span of days began on its first day.
- The middle of the waits is told, never a mean: one forgotten request would carry a mean away. Of an
  even number the middle is the range between the two in the middle.
- Meetings that the partner asked for are told apart: its own haste says nothing about our requests.
- Where no request has a date the wait is not logged; it is not zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from measures.period import Interval, Period
from measures.records.frames import lines
from measures.records.tables import split

_PARTNER = "partner"
_DAY = len("2021-02-18")


@dataclass(frozen=True, slots=True)
class Wait:
    """The days between a request and its meeting, as far as the dates tell.

    Args:
        least, most: The same number where both days are known.
        open: Not known to have been met by the end of the quarter.
    """

    engagement: str
    least: int
    most: int
    open: bool


@dataclass(frozen=True, slots=True)
class LeadTime:
    """The waits of a quarter for one objective, or for several.

    Args:
        waits: Requests made by others than the partner, shortest first.
        undated: Engagements of the quarter whose request has no date.
        theirs: Engagements of the quarter that the partner asked for.
    """

    waits: tuple[Wait, ...]
    undated: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def open(self) -> tuple[Wait, ...]:
        """The requests that are not known to have been met."""
        return tuple(wait for wait in self.waits if wait.open)

    @property
    def median(self) -> tuple[int, int] | None:
        """The least and most days that the middle wait may be; none where nothing is logged."""
        if not self.waits:
            return None
        least = sorted(wait.least for wait in self.waits)
        most = sorted(wait.most for wait in self.waits)
        return least[(len(least) - 1) // 2], most[len(most) // 2]

    @property
    def at_least(self) -> bool:
        """Whether the median may still grow: an open request is no older than it."""
        middle = self.median
        return middle is not None and any(wait.least <= middle[1] for wait in self.open)

    @property
    def state(self) -> str:
        """``logged``, ``not logged`` (meetings without request dates) or ``none``."""
        if self.waits:
            return "logged"
        return "not logged" if self.undated else "none"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One engagement, with dates read."""

    id: str
    requested: Interval | None
    held: Interval | None
    partner: bool
    objectives: tuple[str, ...]


def meetings(engagements: pd.DataFrame) -> tuple[Meeting, ...]:
    """Return the engagements of a typed frame."""
    rows = engagements[~engagements["superseded"]]
    columns = ("id", "requested", "held", "initiated_by", "objectives")
    return tuple(
        Meeting(name, _interval(requested), _began(held), by == _PARTNER, tuple(split(objectives)))
        for name, requested, held, by, objectives in lines(rows, *columns)
    )


def _interval(text: str) -> Interval | None:
    return Interval.parse(text) if text else None


def _began(text: str) -> Interval | None:
    """Return when a meeting began: the first day of a span of days, else any day it may have been."""
    first, slash, last = text.partition("/")
    return _interval(first if slash and len(first) == len(last) == _DAY else text)


def lead_time(given: Iterable[Meeting], period: Period, year_starts: int = 1) -> LeadTime:
    """Return the waits of a quarter over the meetings given.

    Args:
        given: Meetings, in any order.
        period: The quarter; what came after its last day is not known yet.
        year_starts: First month of the mission's year.
    """
    first, last = period.first_day(year_starts), period.last_day(year_starts)
    waits, undated, theirs = [], [], []
    for meeting in given:
        inside = meeting.held is not None and meeting.held.start <= last and meeting.held.end >= first
        if meeting.partner:
            if inside or _open_in(meeting, first, last):
                theirs.append(meeting.id)
        elif meeting.requested is None:
            if inside:
                undated.append(meeting.id)
        elif _open_in(meeting, first, last):
            waits.append(_wait(meeting, meeting.requested, last))
    waits.sort(key=lambda wait: (wait.least, wait.most, wait.engagement))
    return LeadTime(tuple(waits), tuple(sorted(undated)), tuple(sorted(theirs)))


def _open_in(meeting: Meeting, first: date, last: date) -> bool:
    """Return whether a request was made by the last day and not certainly met before the first."""
    if meeting.requested is None or meeting.requested.start > last:
        return False
    return meeting.held is None or meeting.held.end >= first


def _wait(meeting: Meeting, requested: Interval, last: date) -> Wait:
    """Return a wait as far as it had gone on the last day of a quarter."""
    held = meeting.held
    soonest, latest = (min(held.start, last), min(held.end, last)) if held else (last, last)
    asked = min(requested.end, latest)
    least = max(0, (soonest - asked).days)
    met = held is not None and held.end <= last
    return Wait(meeting.id, least, max(least, (latest - requested.start).days), not met)


def lead_times(
    engagements: pd.DataFrame, objectives: Collection[str], period: Period, year_starts: int = 1
) -> dict[str, LeadTime]:
    """Return the waits of a quarter for each objective; a meeting on two counts for both."""
    given = meetings(engagements)
    return {
        name: lead_time((found for found in given if name in found.objectives), period, year_starts)
        for name in objectives
    }


def by_agreement(
    engagements: pd.DataFrame, words: Mapping[str, str], period: Period, year_starts: int = 1
) -> dict[str, LeadTime]:
    """Return the waits of a quarter ``with`` agreement, ``without`` it, and where that is ``unknown``.

    A meeting is without agreement when the partner refuses or contests any objective it served;
    with it when the partner demands or accepts one of them. Each counts once.

    Args:
        engagements: Typed frame.
        words: The partner's position on each objective in one word.
        period: The quarter.
        year_starts: First month of the mission's year.
    """
    groups: dict[str, list[Meeting]] = {"with": [], "without": [], "unknown": []}
    for meeting in meetings(engagements):
        said = {words.get(objective, "unknown") for objective in meeting.objectives}
        if said & {"refused", "contested"}:
            groups["without"].append(meeting)
        else:
            groups["with" if said & {"demanded", "accepted"} else "unknown"].append(meeting)
    return {name: lead_time(given, period, year_starts) for name, given in groups.items()}


_COLUMNS = ("objective", "period", "requests", "open", "least", "most", "at_least", "undated", "state")


def lead_frame(
    engagements: pd.DataFrame, objectives: Collection[str], periods: Iterable[Period], year_starts: int = 1
) -> pd.DataFrame:
    """Return the lead time of each objective in each quarter, a row each.

    Returns:
        ``objective``, ``period``; ``requests`` and how many of them were ``open``; ``least`` and
        ``most`` days of the median, missing where nothing is logged; ``at_least`` where it may still
        grow; ``undated`` meetings; ``state`` as :attr:`LeadTime.state`.
    """
    given = meetings(engagements)
    rows = []
    for name in objectives:
        mine = [found for found in given if name in found.objectives]
        for period in periods:
            found = lead_time(mine, period, year_starts)
            least, most = found.median or (None, None)
            rows.append(
                (name, str(period), len(found.waits), len(found.open), least, most, found.at_least,
                 len(found.undated), found.state)
            )  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    numbers = dict.fromkeys(("requests", "open", "undated"), "int64")
    texts = dict.fromkeys(("objective", "period", "state"), "str")
    return frame.astype({**numbers, **texts, "least": "Int64", "most": "Int64", "at_least": "bool"})
