"""Quarters, fiscal starts, and dates that keep their precision."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.errors import PeriodError
from measures.period import Interval, Period, span

_PERIODS = st.builds(Period, st.integers(1900, 2999), st.integers(1, 4))
_DAYS = st.dates(date(1901, 1, 1), date(2998, 12, 31))
_MONTHS = st.integers(1, 12)


@given(_PERIODS)
def test_reads_what_it_writes(period: Period) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021",
        "2021Q0",
        "2021Q5",
        "2021q1",
        "2021-Q1",
        " 2021Q1",
        "2021Q1\n",
        "21Q1",
        "1899Q4",
        "3000Q1",
        "\u0662\u0660\u0662\u0661Q1",
    ],
)
def test_refuses_what_is_not_a_quarter(text: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        Period.parse(text)
    assert repr(text) in refusal.value.message
    assert refusal.value.remedy


@given(_PERIODS, st.integers(-400, 400))
def test_adding_and_subtracting_undo_each_other(period: Period, quarters: int) -> None:
    assert (period + quarters) - period == quarters
    assert period + quarters + -quarters == period


@given(_PERIODS, _PERIODS)
def test_order_is_that_of_time(one: Period, other: Period) -> None:
    assert (one < other) == (one.first_day() < other.first_day())
    assert (one >= other) == (one.first_day() >= other.first_day())


@given(_DAYS, _MONTHS)
def test_a_day_lies_in_its_own_quarter(day: date, year_starts: int) -> None:
    period = Period.containing(day, year_starts)
    assert period.first_day(year_starts) <= day <= period.last_day(year_starts)


@given(st.builds(Period, st.integers(1902, 2997), st.integers(1, 4)), _MONTHS)
def test_quarters_follow_each_other_without_a_gap(period: Period, year_starts: int) -> None:
    assert period.last_day(year_starts) + timedelta(days=1) == (period + 1).first_day(year_starts)
    assert (period + 4).first_day(year_starts) == period.first_day(year_starts).replace(
        year=period.year + 1
    ) or (year_starts != 1)


@pytest.mark.parametrize(
    ("day", "year_starts", "period"),
    [
        ("2021-01-01", 1, "2021Q1"),
        ("2020-12-31", 1, "2020Q4"),
        ("2020-10-01", 10, "2021Q1"),
        ("2020-09-30", 10, "2020Q4"),
        ("2021-01-01", 10, "2021Q2"),
        ("2021-04-01", 4, "2022Q1"),
        ("2021-03-31", 4, "2021Q4"),
        ("2021-03-21", 3, "2022Q1"),
    ],
)
def test_a_fiscal_year_is_named_for_the_year_it_ends_in(day: str, year_starts: int, period: str) -> None:
    assert str(Period.containing(date.fromisoformat(day), year_starts)) == period


def test_span_holds_both_ends() -> None:
    assert [str(period) for period in span(Period(2020, 3), Period(2021, 2))] == [
        "2020Q3",
        "2020Q4",
        "2021Q1",
        "2021Q2",
    ]
    assert span(Period(2021, 1), Period(2020, 4)) == ()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-02-18", "2021-02-18", "2021-02-18"),
        ("2021-02/2021-05-03", "2021-02-01", "2021-05-03"),
        ("2019/2021-02", "2019-01-01", "2021-02-28"),
    ],
)
def test_precision_becomes_width(text: str, start: str, end: str) -> None:
    interval = Interval.parse(text)
    assert (interval.start.isoformat(), interval.end.isoformat(), interval.text) == (start, end, text)
    assert interval.days() == (interval.end - interval.start).days + 1


@given(_DAYS, _DAYS)
def test_an_interval_of_two_days_covers_both(one: date, other: date) -> None:
    first, last = sorted((one, other))
    interval = Interval.parse(f"{first.isoformat()}/{last.isoformat()}")
    assert (interval.start, interval.end) == (first, last)


_NO_DATES = """
/ 2021/ /2021 2021-13 2021-02-30 2021-2 21-02 2022/2021 2021/2022/2023 0000 02/2021 2021-02-18T10:00
"""


@pytest.mark.parametrize("text", ["", "2021-02-18\n", *_NO_DATES.split()])
def test_refuses_what_is_not_a_date(text: str) -> None:
    with pytest.raises(PeriodError):
        Interval.parse(text)
