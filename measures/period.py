"""Quarters, and dates that keep their precision.

A *period* is a quarter, written ``2021Q1``. A mission may count quarters from its own
first month (a fiscal year that starts in October): ``2021Q1`` is then October to December
of 2020, as fiscal years are named for the year they end in. A *date* keeps the precision
it was given with: ``2021``, ``2021-02`` or ``2021-02-18``; an *interval* is two dates
joined by ``/``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, total_ordering

from measures.errors import PeriodError

_PERIOD = re.compile(r"([0-9]{4})Q([1-4])")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One quarter.

    Args:
        year: The year the quarter is named for, 1900 to 2999.
        quarter: 1 to 4.
    """

    year: int
    quarter: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2021Q1``.

        Raises:
            PeriodError: The text is not of that form.
        """
        return _quarter(text)

    @property
    def ordinal(self) -> int:
        """Quarters since year 0, for arithmetic."""
        return self.year * 4 + self.quarter - 1

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Period:
        """Return the period with that ordinal."""
        return cls(ordinal // 4, ordinal % 4 + 1)

    @classmethod
    def containing(cls, day: date, year_starts: int = 1) -> Period:
        """Return the period a day lies in."""
        months = day.year * 12 + day.month - 1 - (year_starts - 1)
        quarter = cls.from_ordinal(months // 3)
        return quarter if year_starts == 1 else quarter + 4

    def __add__(self, quarters: int) -> Period:
        return Period.from_ordinal(self.ordinal + quarters)

    def __sub__(self, other: Period) -> int:
        """Return how many quarters ``self`` lies after ``other``."""
        return self.ordinal - other.ordinal

    def __lt__(self, other: Period) -> bool:
        return self.ordinal < other.ordinal

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}"

    def first_day(self, year_starts: int = 1) -> date:
        """Return the first day, for quarters counted from month ``year_starts``."""
        months = self.ordinal * 3 + (year_starts - 1) - (0 if year_starts == 1 else 12)
        return date(months // 12, months % 12 + 1, 1)

    def last_day(self, year_starts: int = 1) -> date:
        """Return the last day, for quarters counted from month ``year_starts``."""
        return (self + 1).first_day(year_starts) - timedelta(days=1)


@lru_cache(maxsize=1_024)
def _quarter(text: str) -> Period:
    """Return the quarter of a text; kept, because tables hold the same few a thousand times."""
    match = _PERIOD.fullmatch(text)
    if match is None or not 1900 <= int(match[1]) <= 2999:
        raise PeriodError(
            f"Expected a quarter such as 2021Q1, got {text!r}.", "Write the year, Q and 1 to 4."
        )
    return Period(int(match[1]), int(match[2]))


def span(first: Period, last: Period) -> tuple[Period, ...]:
    """Return every period from ``first`` to ``last``, both included."""
    return tuple(Period.from_ordinal(ordinal) for ordinal in range(first.ordinal, last.ordinal + 1))


@dataclass(frozen=True, slots=True)
class Interval:
    """The days a dated text covers, both ends included.

    ``2021-02`` covers 1 to 28 February 2021: precision becomes width, never a guess.
    """

    start: date
    end: date
    text: str

    @classmethod
    def parse(cls, text: str) -> Interval:
        """Read ``2021``, ``2021-02``, ``2021-02-18`` or two of these joined by ``/``.

        Raises:
            PeriodError: The text is not a date, or the interval ends before it starts.
        """
        first, slash, last = text.partition("/")
        start, _ = _bounds(first, text)
        _, end = _bounds(last if slash else first, text)
        if end < start:
            raise PeriodError(
                f"Expected an interval that ends after it starts, got {text!r}.", "Swap its two dates."
            )
        return cls(start, end, text)

    def days(self) -> int:
        """Return the number of days covered, at least 1."""
        return (self.end - self.start).days + 1


def _bounds(text: str, whole: str) -> tuple[date, date]:
    match = _DATE.fullmatch(text)
    if match is None:
        raise PeriodError(
            f"Expected a date such as 2021, 2021-02 or 2021-02-18, got {whole!r}.",
            "Write year, month and day with dashes; leave out what is not known.",
        )
    year, month, day = int(match[1]), match[2], match[3]
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, int(month), 1), date(year, int(month), calendar.monthrange(year, int(month))[1])
        exact = date(year, int(month), int(day))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise PeriodError(
            f"Expected a day that exists, got {whole!r}.", "Check the month and the day."
        ) from error
    return exact, exact
