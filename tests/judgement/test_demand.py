"""Whose ambition it is: positions of partner actors, and promises."""

from __future__ import annotations

import pytest

from measures.judgement import demand, promises
from measures.period import Period
from tests.judgement.tables import frame, mission, promise

# Positions, and the partner's position in one word at the end of 2021Q1.
WORDS = {
    "nobody said anything": ("id actor stance date", "unknown"),
    "one demands": ("id actor stance date | S1 minister demanded 2020-05", "demanded"),
    "one demands, one accepts": (
        "id actor stance date | S1 minister demanded 2020 | S2 parliament accepted 2020", "demanded",
    ),
    "all refuse": ("id actor stance date | S1 minister refused 2020 | S2 parliament refused 2020", "refused"),
    "they differ": (
        "id actor stance date | S1 minister demanded 2020 | S2 parliament refused 2020", "contested",
    ),
    "the later stance of an actor is what it wants now": (
        "id actor stance date | S1 minister refused 2020-05 | S2 minister accepted 2020-11", "accepted",
    ),
    "whatever the order of the rows": (
        "id actor stance date | S2 minister accepted 2020-11 | S1 minister refused 2020-05", "accepted",
    ),
    "a month within a year is later than the year": (
        "id actor stance date | S2 minister refused 2020-12 | S9 minister accepted 2020", "refused",
    ),
    "a position after the quarter is not known yet": (
        "id actor stance date | S1 minister refused 2021-04-01", "unknown",
    ),
    "the last day of the quarter is in it": (
        "id actor stance date | S1 minister refused 2021-03-31", "refused",
    ),
    "an unknown stance does not speak": (
        "id actor stance date | S1 minister unknown 2021 | S2 parliament accepted 2020", "accepted",
    ),
    "a refusal of long ago does not outweigh a later request": (
        "id actor stance date | S1 parliament refused 2019-02 | S2 minister demanded 2020-08-17", "demanded",
    ),
    "a refusal within the year does": (
        "id actor stance date | S1 parliament refused 2020-02 | S2 minister demanded 2020-08-17", "contested",
    ),
    "the mission's own side has no say": ("id actor stance date | S1 advisers demanded 2020", "unknown"),
    "another objective": ("id actor stance date objective | S1 minister refused 2020 O-02", "unknown"),
}  # fmt: skip


@pytest.mark.parametrize(("positions", "word"), WORDS.values(), ids=WORDS)
def test_the_partners_position_in_a_word(positions: str, word: str) -> None:
    assert demand("O-01", frame("positions", positions), mission(), Period(2021, 1)).word == word


def test_the_history_is_kept_and_the_latest_stances_come_last() -> None:
    table = """
    id  actor       stance    date     evidence
    S1  minister    demanded  2020-02  -
    S2  parliament  refused   2020-05  E1;E2
    S3  minister    refused   2020-11  -
    """
    found = demand("O-01", frame("positions", table), mission(), Period(2021, 1))
    assert [stance.position for stance in found.history] == ["S1", "S2", "S3"]
    assert [(stance.actor, stance.stance) for stance in found.now] == [
        ("parliament", "refused"),
        ("minister", "refused"),
    ]
    assert found.history[1].evidence == ("E1", "E2")


def test_a_mission_year_decides_what_is_known_at_the_end_of_a_quarter() -> None:
    table = frame("positions", "id actor stance date | S1 minister refused 2021-01-15")
    assert demand("O-01", table, mission(), Period(2021, 1)).word == "refused"
    assert demand("O-01", table, mission(10), Period(2021, 1)).word == "unknown"  # October to December 2020


def test_promises_overdue_first_and_only_those_made() -> None:
    given = [
        promise("P-open", "2020-05", "2021-06"),
        promise("P-undated", "2020-05"),
        promise("P-heard", "2020-05", "2020-12", "Signed.", "2020-11"),
        promise("P-heard-later", "2020-05", "2021-02", "Signed.", "2021-05"),
        promise("P-overdue", "2020-05", "2020-12"),
        promise("P-future", "2021-04-01", "2021-12"),
    ]
    found = promises({said.id: said for said in given}, Period(2021, 1))
    assert [(due.promise.id, due.state) for due in found] == [
        ("P-overdue", "overdue"),
        ("P-heard-later", "overdue"),
        ("P-undated", "open"),
        ("P-open", "open"),
        ("P-heard", "heard"),
    ]
