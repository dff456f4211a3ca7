"""What was known of each criterion before a quarter, in the words of an adviser's workbook."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from measures.intake.workbook.words import Words
from measures.judgement.quarter import Quarter
from measures.records.frames import lines
from measures.rubric import Rubric

_COLUMNS = ("milestone", "criterion", "state", "moderation", "settled", "low", "high", "claimed")
Cell = tuple[str, str]
"""Milestone and criterion."""


def before(
    quarter: Quarter, withheld: Collection[tuple[str, str, str]], words: Words, language: str
) -> dict[Cell, str]:
    """Return what is said of each criterion of a quarter.

    Args:
        quarter: The quarter, judged on what the adviser may see.
        withheld: Milestone, criterion and quarter of each score that they may not see.
        words: The workbook's words.
        language: Of the workbook.
    """
    last = str(quarter.period + (-1))
    stands = quarter.stands
    then = {row[:2]: row[2:] for row in lines(stands[stands["period"] == last], *_COLUMNS)}
    told = {}
    for milestone, criterion, level, seen in lines(
        quarter.now, "milestone", "criterion", "last_level", "last_period"
    ):
        cell = milestone, criterion
        rubric = quarter.rubrics[milestone]
        said = _standing(then.get(cell, ()), last, rubric, words, language)
        hidden = (*cell, last) in withheld
        if hidden and not said:
            said = words.phrases["withheld"].format(period=last)
        if level and seen != last:
            more = words.phrases["seen"].format(level=_label(rubric, level, language), period=seen)
            said = f"{said}\n{more}" if said else more
        told[cell] = said or words.phrases["never"]
    return told


def _standing(row: tuple[str, ...], period: str, rubric: Rubric, words: Words, language: str) -> str:
    """Return where a criterion stood in the quarter before, nothing where nobody spoke."""
    if not row or row[0] == "no-entry":
        return ""
    state, moderation, settled, low, high, claimed = row
    phrases: Mapping[str, str] = words.phrases
    if state != "level":
        return phrases["said"].format(words=words.choices["non_scores"][state], period=period)
    if moderation and settled:
        return phrases["settled"].format(level=_label(rubric, settled, language), period=period)
    if not low:
        return phrases["not_borne"].format(level=_label(rubric, claimed, language), period=period)
    if low == high:
        return phrases["given"].format(level=_label(rubric, low, language), period=period)
    return phrases["range"].format(
        low=_label(rubric, low, language), high=_label(rubric, high, language), period=period
    )


def _label(rubric: Rubric, level: str, language: str) -> str:
    return rubric.label(level, language) if level in rubric.ladder else level
