"""Percentages in prose: whole, or a finding.

A percentage may stand in a text only with its numerator and denominator, with who counted, and with
the date (method, section 1). All of it stands in one sentence, so that whoever quotes the figure
takes its base along::

    Of its posts 30 % are filled (12 of 40, payroll count of the directorate, March 2021).

What is looked for is form: two numbers that give the percentage, a year, and a word that names a
record or a speaker, or the id of an item of evidence. Whether the source is right is for the reader
to judge; that there is one is for this rule.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from measures.finding import Finding, Place, find
from measures.records.references import all_of
from measures.records.rows import REGISTER, Records

COUNT = "the numerator and denominator that give it"
SOURCE = "who counted"
DATE = "the date"

PROSE: dict[str, tuple[str, ...]] = {
    "assessments": ("rationale", "why_not_next", "reason"),
    "moderations": ("reason", "dissent"),
    "citations": ("note",),
    "engagements": ("subject", "outcome"),
    "positions": ("reason",),
    "crosswalks": ("reason",),
    "comments": ("text", "reason"),
    "approvals": ("reason",),
    "indicators": ("reason",),
}
"""The columns of one's own prose. A summary of evidence is left out: it tells what somebody else wrote."""

_SIGN = r"(?:%|٪|per ?cent(?:age points?)?\b|pct\b)"
_PERCENT = re.compile(rf"(?:(?<![0-9.,])([0-9]{{1,9}}(?:[.,][0-9]{{1,6}})?))?\s{{0,3}}{_SIGN}", re.IGNORECASE)
_PART = re.compile(r"\b([0-9])[ -](third|fifth|tenth)s? of\b", re.IGNORECASE)
_PARTS = {"third": 3, "fifth": 5, "tenth": 10}

_NUMBER = r"(?<![0-9.,])([0-9]{1,3}(?:[,. \u00a0\u202f][0-9]{3}){1,3}(?![0-9])|[0-9]{1,9}(?![0-9]))"
_WORDS = r"(?:\s[^\W\d][^\s,;:()]{0,30}){0,4}?"
_COUNTS = (
    re.compile(rf"{_NUMBER}{_WORDS}\s(?:of|من){_WORDS}\s{_NUMBER}", re.IGNORECASE),
    re.compile(rf"{_NUMBER}\s?/\s?{_NUMBER}"),
)
_BASE_FIRST = re.compile(rf"\bof{_WORDS}\s{_NUMBER}{_WORDS},?\s{_NUMBER}", re.IGNORECASE)

_SENTENCE = re.compile(r"(?<=[.!?؟])\s+(?=[\"'(\[]?[A-ZÀ-Þ\u0600-\u06ff])|\n+")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_NAMED = re.compile(
    r"\b(?:according to|source|counted|counts?|headcount|payroll|pay list|registers?|roster|roll|lists?|"
    r"ledger|records?|returns?|census|survey|inventory|database|audit(?:ors?)?|inspect(?:ion|ors?)|budget|"
    r"reports?|reported|statement|minutes|letter|announced|stated|states|said|says|told|writes|wrote)\b"
    r"|حسب|وفق|كشف|سجل|تقرير|قائمة|إحصاء|مصدر",
    re.IGNORECASE,
)
_ID = re.compile(r"[A-Za-z][A-Za-z0-9._/@-]{1,40}")

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety hundred"
_VALUES = {word: value for value, word in enumerate(_SMALL.split(), start=1)} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
_SPELT = re.compile(
    rf"\b(?:({_TENS.replace(' ', '|')})-)?({'|'.join(_VALUES)})\b",
    re.IGNORECASE,
)


class _Count(NamedTuple):
    """So many of so many, as a sentence gives it."""

    share: float
    text: str


def percentages_are_whole(records: Records) -> Iterator[Finding]:
    """A percentage in prose carries numerator, denominator, source and date, or is left out."""
    evidence = {row["id"] for row in records.rows("evidence")}
    for name, columns in PROSE.items():
        for row in records.new(name):
            for column in columns:
                yield from _naked(row[column], column, row.place(column), evidence)
    for text, column, place in _plan_texts(records):
        if place.file != REGISTER:
            yield from _naked(text, column, place, evidence)


def lacking(text: str, evidence: Collection[str] = ()) -> tuple[str, ...]:
    """Return what the percentages of a text lack, in words; empty where nothing is lacking.

    Args:
        text: Prose.
        evidence: Ids of items of evidence; one of them names the source.
    """
    found = {part for sentence in _SENTENCE.split(text) for part in _lacking(sentence, evidence)}
    return tuple(part for part in (COUNT, SOURCE, DATE) if part in found)


def _naked(text: str, column: str, place: Place, evidence: Collection[str]) -> Iterator[Finding]:
    parts = lacking(text, evidence)
    if parts:
        yield find("C026", place, column=column, missing=all_of(parts))


def _plan_texts(records: Records) -> Iterator[tuple[str, str, Place]]:
    """Yield every text of the plan and of the disruptions, with its key and the place of its item."""
    plan = records.plan
    items: tuple[Any, ...] = (*plan.objectives.values(), *plan.milestones.values(), *plan.promises.values())
    for item in (*items, *records.mission.disruptions):
        for column, text in _texts(item):
            yield text, column, item.place


def _texts(item: Any) -> Iterator[tuple[str, str]]:
    """Yield the texts of a plan item, and of what stands in it, with the key of each."""
    for part in fields(item):
        value = getattr(item, part.name)
        if isinstance(value, str):
            yield part.name, value
        elif isinstance(value, Mapping):
            yield from ((part.name, text) for text in value.values())
        for inner in value if isinstance(value, tuple) else (value,):
            if is_dataclass(inner):
                yield from _texts(inner)


def _lacking(sentence: str, evidence: Collection[str]) -> Iterator[str]:
    sentence = _SPELT.sub(_digits, sentence)
    shares = [_value(found[1]) for found in _PERCENT.finditer(sentence)]
    shares += [round(100 * int(found[1]) / _PARTS[found[2].lower()]) for found in _PART.finditer(sentence)]
    if not shares:
        return
    rest = _PERCENT.sub(";", sentence)
    counts = list(_counts(rest))
    for share in shares:
        given = next((count for count in counts if _gives(count, share)), None)
        if given is None:
            yield COUNT
        else:
            rest = rest.replace(given.text, " ")
    if not _NAMED.search(rest) and not set(_ID.findall(rest)) & set(evidence):
        yield SOURCE
    if not _YEAR.search(rest):
        yield DATE


def _digits(spelt: re.Match[str]) -> str:
    tens = _VALUES[spelt[1].lower()] if spelt[1] else 0
    return str(tens + _VALUES[spelt[2].lower()])


def _value(digits: str | None) -> float | None:
    """Return a percentage's value; ``None`` where no number stands before the sign."""
    return float(digits.replace(",", ".")) if digits else None


def _counts(sentence: str) -> Iterator[_Count]:
    for pattern in _COUNTS:
        for found in pattern.finditer(sentence):
            yield from _count(found[1], found[2], found[0])
    for found in _BASE_FIRST.finditer(sentence):
        yield from _count(found[2], found[1], found[0])


def _count(part: str, whole: str, text: str) -> Iterator[_Count]:
    numerator, denominator = (int(re.sub(r"[^0-9]", "", number)) for number in (part, whole))
    if 0 < denominator >= numerator:
        yield _Count(100 * numerator / denominator, text)


def _gives(count: _Count, share: float | None) -> bool:
    """Return whether a count gives a percentage, within a point, or a tenth where it has decimals."""
    return share is None or abs(count.share - share) <= (1 if share == int(share) else 0.1)
