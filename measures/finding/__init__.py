"""Findings: something wrong or notable about data, with a code, a place and a remedy.

The modules beside this one, an area each, are the only place where a finding's words stand; the page
``docs/reference/findings.md`` is generated from it. A finding is a value: reading always
finishes and returns every finding, and the front decides what to print.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from measures.finding import audit, bundle, files, records, register, rubrics, workbook
from measures.finding.kind import SEVERITIES, Kind, Severity

__all__ = [
    "AREAS",
    "CATALOGUE",
    "SEVERITIES",
    "Finding",
    "Kind",
    "Place",
    "Severity",
    "did_you_mean",
    "errors_in",
    "find",
    "in_order",
    "letters",
    "one_of",
]

_CLIP = 80
_WORDS = 6
_WRITTEN = frozenset({"value", "key", "column", "path", "file"})
"""Fields that hold what stands in the file; prose there has slipped from another cell."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a finding is: a file, and a line and column counted from 1 (0 when not known).

    Within a workbook it names the sheet too, and reads as spreadsheets write it:
    ``ADV-07.xlsx!Scores!D55``.
    """

    file: str
    line: int = 0
    column: int = 0
    sheet: str = ""

    @property
    def cell(self) -> str:
        """The cell as spreadsheets name it, or the row when the column is not known."""
        if not self.line:
            return ""
        return f"{letters(self.column)}{self.line}" if self.column else f"{self.line}:{self.line}"

    def __str__(self) -> str:
        text = self.file
        if self.sheet:
            return "!".join(part for part in (text, self.sheet, self.cell) if part)
        if self.line:
            text += f":{self.line}"
            if self.column:
                text += f":{self.column}"
        return text


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, its words already made from its own fields."""

    code: str
    severity: Severity
    place: Place
    message: str
    remedy: str

    def to_dict(self) -> dict[str, str | int]:
        """Return the finding as plain values for JSON output."""
        within = {"sheet": self.place.sheet, "cell": self.place.cell} if self.place.sheet else {}
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "message": self.message,
            "remedy": self.remedy,
            **within,
        }


def letters(column: int) -> str:
    """Return how spreadsheets name a column, counted from 1: ``A``, ``Z``, ``AA``."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def find(code: str, place: Place, **fields: object) -> Finding:
    """Return the finding ``code`` at ``place``, its words filled in from ``fields``."""
    kind = CATALOGUE[code]
    words = {name: _clip(name, value) for name, value in fields.items()}
    return Finding(
        code=code,
        severity=kind.severity,
        place=place,
        message=kind.template.format(**words),
        remedy=kind.remedy.format(**words),
    )


def _clip(name: str, value: object) -> object:
    """Cut what somebody wrote: a finding points at a cell, it does not repeat confidential prose."""
    if not isinstance(value, str):
        return value
    if name in _WRITTEN and len(value.split()) > _WORDS:
        return f"… {len(value)} characters"
    return value[:_CLIP] + "…" if len(value) > _CLIP else value


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that stop recording."""
    return tuple(finding for finding in findings if finding.severity == "error")


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings by place, then code, without repeats."""
    return tuple(sorted(set(findings), key=_order))


def _order(finding: Finding) -> tuple[str, str, int, int, str, str]:
    place = finding.place
    return place.file, place.sheet, place.line, place.column, finding.code, finding.message


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Return `` Did you mean X?`` when ``given`` is near a known word, else an empty text.

    Case is left out of account, and an overlong text is near nothing.
    """
    if len(given) > _CLIP:
        return ""
    folded = {word.casefold(): word for word in sorted(set(known), reverse=True)}
    near = get_close_matches(given.casefold(), list(folded), n=1, cutoff=0.6)
    return f" Did you mean {folded[near[0]]!r}?" if near else ""


def one_of(words: Iterable[str], limit: int = 12) -> str:
    """Return allowed words for a message: ``a, b or c``; long lists are cut and say so."""
    given = list(words)
    if len(given) > limit:
        return ", ".join(given[:limit]) + f" or one of {len(given) - limit} more"
    if len(given) < 2:
        return "".join(given)
    return ", ".join(given[:-1]) + " or " + given[-1]


AREAS = (files, rubrics, records, register, audit, bundle, workbook)
"""The modules that hold the kinds of findings."""

CATALOGUE: dict[str, Kind] = {kind.code: kind for area in AREAS for kind in area.KINDS}
"""Every kind of finding by its code."""
