"""What the writer and the reader of a workbook share: sheets, columns, keys and how a cell speaks.

A sheet that is filled in keeps its own mark in A1, the key of each column in hidden row 1 and the
key of each row in hidden column A, so that it is known again however it was renamed, sorted or
turned about. What stood in each cell when the workbook was written is on the hidden sheet
``_baseline``; whose workbook it is and what it was made from on ``_meta``.

A cell of a drop-down says ``id · label``; only the id counts (:func:`meant`). A score says a level
or a non-score, the cause with it: ``not-observed/access`` (:func:`score_id`, :func:`score_parts`).

Evidence is cited in two ways that add up. An id in the column ``evidence`` of Scores is a plain
citation (:data:`PLAIN`): it supports the level given and says no more. A row of Citations says
everything. A citation already recorded stands in Scores where it is a plain one, else in Citations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from measures import canonical

Fill = Literal["read", "fill"]

FORMAT = "measures-workbook"
TEMPLATE = "1"
"""Version of this layout; a workbook of another one is refused."""

LANGUAGES = ("en", "ar")
KINDS = ("quarter", "calibration")

MARK = "measures:"
"""Cell A1 of a sheet that is read back holds this and the sheet's key."""

KEY_ROW = 1
TITLE_ROW = 2
NOTE_ROW = 3
HEADER_ROW = 4
FIRST_ROW = 5
"""Rows from 1: hidden keys, title, what to do, headers, and the first row of data."""

NEW = "new/"
"""How the key of a row begins that was written empty; the id it is to have follows."""

META, BASELINE, LISTS, TEXTS = "_meta", "_baseline", "_lists", "_texts"
"""Hidden sheets: whose it is, what was written, what may be chosen, and the rubrics' words."""

BASELINE_HEADER = ("sheet", "row", "column", "value")
"""Sheet key, row key, column key, and the cell's text; cells written empty are left out."""

SEPARATOR = " · "
"""Between the id and the label of a choice."""

PLAIN = {"bearing": "supports", "role": "straw-in-the-wind", "locator": "", "note": ""}
"""What a citation says that is given by its id alone; it shows the level given and bears its marking."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Args:
        key: What stands in row 1; for a column of a table of records, the table's own name for it.
        fill: Whether the adviser fills it in or only reads it.
        width: In characters; 0 for a column that is not shown.
        needed: Whether a row that says anything has to say this.
        formula: Whether a formula stands in it, which is never read back.
    """

    key: str
    fill: Fill
    width: float
    needed: bool = False
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet that is read back.

    Args:
        key: What follows :data:`MARK` in A1, and names the sheet in the baseline.
        table: The table of records its rows become; empty for scores of a calibration.
        columns: In order; the first stands in column B.
        spare: How many empty rows are written below what is there.
    """

    key: str
    table: str
    columns: tuple[Column, ...]
    spare: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """Column keys in order."""
        return tuple(column.key for column in self.columns)

    def column(self, key: str) -> Column:
        """Return a column by key."""
        return next(column for column in self.columns if column.key == key)

    def at(self, key: str) -> int:
        """Return the position of a column, from 1; A is the column of row keys."""
        return self.keys.index(key) + 2


def _read(key: str, width: float, *, formula: bool = False) -> Column:
    return Column(key, "read", width, formula=formula)


def _fill(key: str, width: float) -> Column:
    return Column(key, "fill", width)


def _need(key: str, width: float) -> Column:
    return Column(key, "fill", width, needed=True)


SCORES = Sheet(
    "scores",
    "assessments",
    (
        _read("milestone", 10),
        _read("title", 20),
        _read("criterion", 15),
        _read("question", 27),
        _read("before", 15),
        _need("score", 19),
        _read("descriptor", 40, formula=True),
        _read("next", 40, formula=True),
        _need("rationale", 40),
        _fill("why_not_next", 32),
        _fill("confidence", 12),
        _fill("methods", 12),
        _fill("coherence", 12),
        _fill("adequacy", 12),
        _fill("relevance", 12),
        _fill("evidence", 20),
        _read("missing", 15, formula=True),
        _fill("attributes", 20),
        _need("marking", 11),
        _fill("reason", 22),
        _read("found", 0, formula=True),
        _read("kind", 0, formula=True),
        _read("ladder", 0),
    ),
)
"""Row key: ``milestone/criterion`` (:func:`score_key`). ``reason`` says why an earlier score is corrected."""

CITATIONS = Sheet(
    "citations",
    "citations",
    (
        _read("id", 20),
        _need("score", 30),
        _need("evidence", 34),
        _fill("locator", 22),
        _need("bearing", 16),
        _need("role", 24),
        _need("shows", 22),
        _fill("note", 40),
        _need("marking", 12),
    ),
    spare=60,
)
"""``score`` holds the row key of a row of Scores, in place of the table's ``assessment``."""

EVIDENCE = Sheet(
    "evidence",
    "evidence",
    (
        _read("id", 20),
        _need("title", 36),
        _need("publisher", 24),
        _fill("url", 26),
        _need("kind", 16),
        _need("origin", 20),
        _fill("happened", 12),
        _fill("published", 12),
        _need("covers", 22),
        _need("summary", 48),
        _need("reliability", 20),
        _need("credibility", 20),
        _need("own_claim", 10),
        _need("first_hand", 10),
        _fill("language", 9),
        _fill("seen", 12),
        _need("marking", 12),
        _need("custody", 16),
        _fill("holder", 20),
        _fill("file", 20),
    ),
    spare=40,
)
"""Rows that are recorded already are there to be read and cited, not to be changed."""

ENGAGEMENTS = Sheet(
    "engagements",
    "engagements",
    (
        _read("id", 20),
        _fill("requested", 12),
        _fill("held", 22),
        _need("counterpart", 32),
        _fill("actors", 30),
        _need("subject", 36),
        _fill("outcome", 36),
        _need("initiated_by", 16),
        _fill("objectives", 20),
        _fill("evidence", 20),
        _need("marking", 12),
    ),
    spare=30,
)

POSITIONS = Sheet(
    "positions",
    "positions",
    (
        _read("id", 20),
        _need("objective", 36),
        _need("actor", 32),
        _need("date", 12),
        _need("stance", 18),
        _fill("reason", 48),
        _fill("evidence", 20),
        _need("marking", 12),
    ),
    spare=30,
)

CASES = Sheet(
    "cases",
    "",
    (
        _read("vignette", 16),
        _read("situation", 64),
        _read("criterion", 17),
        _read("question", 24),
        _need("score", 19),
        _read("descriptor", 36, formula=True),
        _read("next", 36, formula=True),
        _need("rationale", 36),
        _read("found", 0, formula=True),
        _read("ladder", 0),
    ),
)
"""Calibration; row key: ``rubric/vignette/criterion``."""

SHEETS: Mapping[str, tuple[Sheet, ...]] = {
    "quarter": (SCORES, CITATIONS, EVIDENCE, ENGAGEMENTS, POSITIONS),
    "calibration": (CASES,),
}
"""The sheets that are read back, by kind of workbook. Guide and Rubrics are there to be read."""

META_KEYS = (
    "format",
    "template",
    "kind",
    "mission",
    "period",
    "assessor",
    "role",
    "language",
    "marking",
    "head",
    "baseline",
)
"""Keys of ``_meta`` in column A, values in B; a line ``rubric/<id>@<version>`` with the digest follows each.

``marking`` is the highest the assessor may see, ``head`` the register's head as ``size:digest``,
``baseline`` the digest of the rows of the baseline sheet (:func:`baseline_digest`).
"""


def baseline_digest(rows: Iterable[Sequence[str]]) -> str:
    """Return the digest of the baseline's rows, in their order, without the header."""
    return canonical.digest([dict(zip(BASELINE_HEADER, row, strict=True)) for row in rows])


def shown(word: str, label: str) -> str:
    """Return a choice as its cell says it: the id, and the label where that says more."""
    plain = label.replace(";", ",").strip()
    return word if not plain or plain.casefold() == word.casefold() else f"{word}{SEPARATOR}{plain}"


def meant(cell: str) -> str:
    """Return the id that a choice means, whatever stands behind it."""
    return cell.partition(SEPARATOR.strip())[0].strip()


def meant_each(cell: str) -> str:
    """Return the ids that a cell of several means, as tables write them: ``a; b``."""
    return "; ".join(found for found in (meant(part) for part in cell.split(";")) if found)


def score_key(milestone: str, criterion: str) -> str:
    """Return the row key of a score."""
    return f"{milestone}/{criterion}"


def score_id(score: str, cause: str = "") -> str:
    """Return what a score's cell means: a level, a non-score, or one with its cause."""
    return f"{score}/{cause}" if cause else score


def score_parts(text: str) -> tuple[str, str]:
    """Return the score and the cause that a score's cell means."""
    score, _, cause = text.partition("/")
    return score.strip(), cause.strip()
