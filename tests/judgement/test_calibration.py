"""Calibration: counts of readings as their author's, above and below, and as colleagues'."""

from __future__ import annotations

import pytest

from measures.judgement.calibration import Case, among, compare

A, B, C = ("plan", "coast", "text"), ("plan", "hills", "text"), ("plan", "coast", "use")
AUTHOR = {A: 2, B: 1, C: 3}

READINGS: dict[
    str, tuple[dict[str, dict[Case, int]], list[tuple[str, str, int, int, int, int, int, int, int]]]
] = {
    "all as its author": (
        {"X": {A: 2, B: 1, C: 3}},
        [("X", "text", 2, 2, 2, 0, 0, 0, 0), ("X", "use", 1, 1, 1, 0, 0, 0, 0)],
    ),
    "one above, one below": (
        {"X": {A: 4, B: 0}},
        [("X", "text", 2, 2, 0, 1, 1, 0, 0)],
    ),
    "a case left open counts for nothing": (
        {"X": {B: 1}},
        [("X", "text", 2, 1, 1, 0, 0, 0, 0)],
    ),
    "colleagues agree with each other, not with the author": (
        {"X": {A: 3}, "Y": {A: 3}},
        [("X", "text", 2, 1, 0, 1, 0, 1, 1), ("Y", "text", 2, 1, 0, 1, 0, 1, 1)],
    ),
    "only cases that both answered are compared": (
        {"X": {A: 2, B: 1}, "Y": {A: 1}},
        [("X", "text", 2, 2, 2, 0, 0, 1, 0), ("Y", "text", 2, 1, 0, 0, 1, 1, 0)],
    ),
    "who answered nothing has no line": ({"X": {}}, []),
}


@pytest.mark.parametrize(("given", "expected"), READINGS.values(), ids=READINGS.keys())
def test_each_person_on_each_criterion(
    given: dict[str, dict[Case, int]], expected: list[tuple[str, str, int, int, int, int, int, int, int]]
) -> None:
    found = [
        (line.person, line.criterion, line.asked, line.given, line.same, line.higher, line.lower, line.peers,
         line.peers_same)
        for line in compare(AUTHOR, given)
    ]  # fmt: skip
    assert found == expected


def test_agreement_among_people_leaves_the_author_out() -> None:
    both = {"X": {A: 3, B: 0, C: 1}, "Y": {A: 3, B: 0, C: 1}}
    found = among(AUTHOR, both, "plan")
    assert (found.alpha, found.exact, found.units, found.raters) == (1.0, 3, 3, 2)
    assert among(AUTHOR, {"X": both["X"]}, "plan").alpha is None
    assert among(AUTHOR, both, "another").alpha is None
