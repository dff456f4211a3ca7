"""The gate: a level holds when all its statements, and all of every level below, hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from measures.records.answers import read_answers
from measures.records.frames import lines
from measures.rubric.model import Criterion, Rubric


def gate(criterion: Criterion, answers: Mapping[str, str]) -> str:
    """Return the highest level whose attributes, and all below, are answered ``yes``.

    Args:
        criterion: The criterion.
        answers: ``yes``, ``no`` or ``unknown`` by attribute id; one not given is unknown.

    An attribute that is not ``yes`` stops the climb whatever holds above it: level 1 yes,
    level 2 partly, 3 to 5 yes gives level 1 (WHO SPAR, annex 2).
    """
    reached = criterion.steps[0].level
    for step in criterion.steps[1:]:
        if any(answers.get(attribute.id) != "yes" for attribute in step.attributes):
            break
        reached = step.level
    return reached


def reached(levels: Sequence[Any]) -> int:
    """Return how many levels hold, of a scale given as plain answers.

    Args:
        levels: The answers to the statements of each level, lowest level first: a list, or one
            answer alone. ``yes`` and ``True`` hold; ``no``, ``partially``, ``None``, an empty
            text or anything else does not.

    Level 1 yes, level 2 partly, 3 to 5 yes gives 1; level 2 without an answer gives 1 too (WHO
    SPAR, annex 2). A level without any statement holds when those below it do.
    """
    for number, answers in enumerate(levels):
        given = answers if isinstance(answers, list | tuple) else [answers]
        if not all(answer is True or str(answer).strip().casefold() == "yes" for answer in given):
            return number
    return len(levels)


def unanswered(assessments: pd.DataFrame, rubrics: Mapping[str, Rubric]) -> frozenset[str]:
    """Return the assessments that claim a level without a yes to each statement up to it.

    The rubric gates: a level holds when all its attributes, and all of those below, hold. An
    assessor who answers none claims them by implication; an auditor should know which.
    """
    known: dict[tuple[str, ...], bool] = {}
    short = set()
    for name, *claim in lines(assessments, "id", "milestone", "criterion", "level", "attributes"):
        key = tuple(claim)
        if key not in known:
            known[key] = _falls_short(rubrics.get(key[0]), *key[1:])
        if known[key]:
            short.add(name)
    return frozenset(short)


def _falls_short(rubric: Rubric | None, criterion: str, level: str, cell: str) -> bool:
    """Return whether the answers in a cell reach less than a level; not where there is no such level."""
    found = [line for line in rubric.criteria if line.id == criterion] if rubric else []
    if rubric is None or not found or level not in rubric.ladder:
        return False
    return rubric.rung(gate(found[0], read_answers(cell)[0])) < rubric.rung(level)
