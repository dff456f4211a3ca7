"""Calibration: how levels given to imaginary cases compare with their authors' and with one another.

Who scores first scores cases whose levels are settled; where readings differ is told criterion by
criterion, before it shows as movement (method, section 8). Levels are rungs: only their order counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from measures.judgement.agreement import Agreement, alpha

Case = tuple[str, str, str]
"""Rubric, vignette and criterion."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One person on one criterion.

    Args:
        asked: How many cases there were.
        given: How many they gave a level to.
        same, higher, lower: Of those, how many as the author, above and below.
        peers, peers_same: Pairs with a colleague's level for the same case, and how many of them agree.
    """

    person: str
    rubric: str
    criterion: str
    asked: int
    given: int
    same: int
    higher: int
    lower: int
    peers: int
    peers_same: int


def compare(expected: Mapping[Case, int], given: Mapping[str, Mapping[Case, int]]) -> tuple[Compared, ...]:
    """Return each person on each criterion, in the order of people and cases.

    Args:
        expected: The author's rung of every case.
        given: By person, the rung they gave; cases left open are left out.
    """
    criteria = dict.fromkeys((rubric, criterion) for rubric, _, criterion in expected)
    return tuple(
        _one(person, of, expected, given)
        for person in given
        for of in criteria
        if any((case[0], case[2]) == of for case in given[person])
    )


def _one(
    person: str, of: tuple[str, str], expected: Mapping[Case, int], given: Mapping[str, Mapping[Case, int]]
) -> Compared:
    cases = [case for case in expected if (case[0], case[2]) == of]
    mine = {case: given[person][case] for case in cases if case in given[person]}
    apart = [rung - expected[case] for case, rung in mine.items()]
    pairs = [
        rung == answers[case]
        for case, rung in mine.items()
        for other, answers in given.items()
        if other != person and case in answers
    ]
    return Compared(
        person=person,
        rubric=of[0],
        criterion=of[1],
        asked=len(cases),
        given=len(mine),
        same=sum(step == 0 for step in apart),
        higher=sum(step > 0 for step in apart),
        lower=sum(step < 0 for step in apart),
        peers=len(pairs),
        peers_same=sum(pairs),
    )


def among(expected: Mapping[Case, int], given: Mapping[str, Mapping[Case, int]], rubric: str) -> Agreement:
    """Return how far people agree with one another on the cases of a rubric, whatever the author says."""
    cases = [case for case in expected if case[0] == rubric]
    return alpha([[answers.get(case) for answers in given.values()] for case in cases])
