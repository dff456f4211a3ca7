"""Rows of the frozen report model that need nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One of the twelve questions of auditors with its answer.

    Args:
        source: The report in which it was a finding about another mission.
        base: What it is counted among.
        items: What was counted, each with where it is shown; empty where nowhere.
        trail: The count in each of the last quarters, this one last.
    """

    number: int
    title: str
    source: str
    count: int
    of: int
    base: str
    explanation: str
    items: tuple[tuple[str, str], ...]
    trail: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PaceRow:
    """What was climbed before in one domain.

    Args:
        watched: How many criteria were known in two quarters at least.
        most: The most levels that one criterion climbed within one quarter, and within a year.
        years: Over how many spans of a year so much was climbed, in words.
    """

    title: str
    milestones: tuple[str, ...]
    watched: int
    most: tuple[int, ...]
    years: str
