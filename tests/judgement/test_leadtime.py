"""Lead time: days from request to meeting, open requests at their age, and honest silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.judgement import LeadTime, lead_frame, lead_time, lead_times
from measures.judgement.leadtime import by_agreement, meetings
from measures.period import Period
from tests.judgement.tables import frame

QUARTER = Period(2021, 1)

# Engagements on O-01; the median of 2021Q1, whether it may still grow, and the state.
WAITS: dict[str, tuple[str, tuple[int, int] | None, bool, str]] = {
    "nobody met and nobody asked": ("", None, False, "none"),
    "met after nine days": ("G1 2021-02-01 2021-02-10 mission", (9, 9), False, "logged"),
    "met on the day": ("G1 2021-02-01 2021-02-01 mission", (0, 0), False, "logged"),
    "the middle of three, not the mean": (
        "G1 2021-01-04 2021-01-06 mission | G2 2021-01-04 2021-01-09 mission | G3 2020-01 2021-01-04 mission",
        (5, 5), False, "logged",
    ),
    "of two the range between them": (
        "G1 2021-01-04 2021-01-06 mission | G2 2021-01-04 2021-02-03 mission", (2, 30), False, "logged",
    ),
    "an open request at its age on the last day": ("G1 2021-01-01 - mission", (89, 89), True, "logged"),
    "a meeting after the quarter is not known yet": (
        "G1 2021-01-01 2021-04-01 mission", (89, 89), True, "logged",
    ),
    "the last day of the quarter is in it": ("G1 2021-03-01 2021-03-31 mission", (30, 30), False, "logged"),
    "a request of long ago is still open": ("G1 2019-03-31 - mission", (731, 731), True, "logged"),
    "an open request above the median cannot move it": (
        "G1 2021-01-04 2021-01-06 mission | G2 2021-01-04 2021-01-09 mission | G3 2020-01-04 - mission",
        (5, 5), False, "logged",
    ),
    "an open request below the median may": (
        "G1 2021-03-30 - mission | G2 2021-01-04 2021-01-09 mission | G3 2020-01-04 2021-01-04 mission",
        (5, 5), True, "logged",
    ),
    "a request met in an earlier quarter has had its say": (
        "G1 2020-12-01 2020-12-31 mission", None, False, "none",
    ),
    "a request of a later quarter is not made yet": ("G1 2021-04-01 - mission", None, False, "none"),
    "asked for in a month, met on a day": ("G1 2021-02 2021-03-10 mission", (10, 37), False, "logged"),
    "both within one month": ("G1 2021-02 2021-02 mission", (0, 27), False, "logged"),
    "met some day of the year: perhaps not yet": ("G1 2021-01-11 2021 mission", (0, 79), True, "logged"),
    "a workshop of four days began on the first": (
        "G1 2021-03-01 2021-03-08/2021-03-11 mission", (7, 7), False, "logged",
    ),
    "two months are any day of either": (
        "G1 2021-01-01 2021-01/2021-02 mission", (0, 58), False, "logged",
    ),
    "a meeting without a request date is not zero days": (
        "G1 - 2021-02-10 mission", None, False, "not logged",
    ),
    "one logged among many that are not": (
        "G1 - 2021-02-10 mission | G2 2021-02-01 2021-02-10 mission", (9, 9), False, "logged",
    ),
    "neither asked for nor held by any date": ("G1 - - mission", None, False, "none"),
    "the partner's own request says nothing about ours": (
        "G1 2021-02-01 2021-02-02 partner", None, False, "none",
    ),
    "a joint one does": ("G1 2021-02-01 2021-02-02 joint", (1, 1), False, "logged"),
}  # fmt: skip


def waits(rows: str, period: Period = QUARTER, year_starts: int = 1) -> LeadTime:
    """The lead time of engagements on O-01."""
    table = "id requested held initiated_by" + (f" | {rows}" if rows else "")
    return lead_time(meetings(frame("engagements", table)), period, year_starts)


@pytest.mark.parametrize(("rows", "median", "at_least", "state"), WAITS.values(), ids=WAITS)
def test_the_wait_for_a_meeting(
    rows: str, median: tuple[int, int] | None, at_least: bool, state: str
) -> None:
    found = waits(rows)
    assert (found.median, found.at_least, found.state) == (median, at_least, state)


def test_a_missions_year_decides_where_a_quarter_ends() -> None:
    """With a year from October, 2021Q1 is October to December 2020."""
    rows = "G1 2020-12-01 - mission"
    assert waits(rows).median == (120, 120)
    assert waits(rows, year_starts=10).median == (30, 30)


def test_what_the_partner_asked_for_is_told_apart() -> None:
    found = waits("G1 2021-02-01 2021-02-02 partner | G2 - 2021-02-03 partner | G3 - 2021-02-03 mission")
    assert (found.theirs, found.undated) == (("G1", "G2"), ("G3",))


TABLE = """
id  requested   held        initiated_by  objectives
G1  2021-01-04  2021-01-10  mission       O-01
G2  2021-01-04  2021-02-23  mission       O-01;O-02
G3  2020-11-01  -           headquarters  O-02
G4  -           2021-03-01  mission       O-03
G5  2021-03-01  2021-03-04  mission       -
"""


def test_a_meeting_on_two_objectives_counts_for_both() -> None:
    found = lead_times(frame("engagements", TABLE), ["O-01", "O-02", "O-03", "O-04"], QUARTER)
    assert {name: time.median for name, time in found.items()} == {
        "O-01": (6, 50), "O-02": (50, 150), "O-03": None, "O-04": None,
    }  # fmt: skip
    assert [found["O-03"].state, found["O-04"].state] == ["not logged", "none"]


def test_with_agreement_and_without_it() -> None:
    words = {"O-01": "accepted", "O-02": "refused", "O-03": "unknown"}
    found = by_agreement(frame("engagements", TABLE), words, QUARTER)
    assert {name: [wait.engagement for wait in time.waits] for name, time in found.items()} == {
        "with": ["G1"],
        "without": ["G2", "G3"],  # one refused objective is enough
        "unknown": ["G5"],
    }
    assert found["without"].median == (50, 150)


def test_a_row_for_each_objective_and_quarter() -> None:
    table = lead_frame(frame("engagements", TABLE), ["O-02", "O-03"], [Period(2020, 4), QUARTER])
    assert table[["objective", "period", "requests", "open", "state"]].to_numpy().tolist() == [
        ["O-02", "2020Q4", 1, 1, "logged"],
        ["O-02", "2021Q1", 2, 1, "logged"],
        ["O-03", "2020Q4", 0, 0, "none"],
        ["O-03", "2021Q1", 0, 0, "not logged"],
    ]
    assert table["least"].tolist()[:2] == [60, 50]
    assert table["least"].isna().tolist() == [False, False, True, True]


DAYS = st.dates(date(2019, 1, 1), date(2021, 3, 31))
REQUESTS = st.lists(DAYS, min_size=1, max_size=12)


def table_of(requests: list[date]) -> str:
    return " | ".join(f"G{number} {day} - mission" for number, day in enumerate(requests))


@given(REQUESTS)
def test_a_median_of_open_ages_never_falls_as_time_goes_on(requests: list[date]) -> None:
    medians = [waits(table_of(requests), QUARTER + later).median for later in range(6)]
    assert None not in medians
    assert medians == sorted(medians, key=lambda median: median or (0, 0))


@given(REQUESTS, st.data())
def test_an_older_request_never_lowers_the_median(requests: list[date], data: st.DataObject) -> None:
    before = waits(table_of(requests)).median
    at = data.draw(st.integers(0, len(requests) - 1))
    earlier = [*requests]
    earlier[at] -= timedelta(days=data.draw(st.integers(0, 365)))
    after = waits(table_of(earlier)).median
    assert before is not None
    assert after is not None
    assert after[0] >= before[0]
    assert after[1] >= before[1]


@given(st.permutations(range(len(TABLE.strip().splitlines()) - 1)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    header, *rows = TABLE.strip().splitlines()
    shuffled = "\n".join([header, *(rows[at] for at in order)])
    names = ["O-01", "O-02", "O-03"]
    assert lead_times(frame("engagements", shuffled), names, QUARTER) == lead_times(
        frame("engagements", TABLE), names, QUARTER
    )
