"""A workbook as it is to be written: every word, width, rule and formula settled, no library yet.

Rows and columns count from 1, as the reader of a sheet counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST_HEIGHT = 400
"""Points; a row can be no higher than 409."""

_ROOM = 12.0
"""Letters of one point that fit into one character of column width."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, without its equals sign, and what it gives when the workbook is written."""

    text: str
    value: str = ""


Content = str | Formula


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells from column A on, the style of each, its height in points (0: as it comes)."""

    cells: tuple[Content, ...] = ()
    styles: tuple[str, ...] = ()
    height: float = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells."""

    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def absolute(self) -> str:
        """The block as formulas write it: ``$B$5:$B$9``."""
        first = f"${letters(self.column)}${self.row}"
        return f"{first}:${letters(self.last_column)}${self.last_row}"


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be typed into a block, and what is said when one of its cells is chosen.

    Args:
        source: Name or formula of the list to choose from; empty when any text may stand.
        formula: What must hold of what is typed; with ``{row}`` for nothing: it speaks of the first row.
        loose: Whether something that is not in the list is let through.
        prompt, stop: Title and message, when a cell is chosen and when something is refused.
    """

    area: Area
    source: str = ""
    formula: str = ""
    loose: bool = False
    prompt: tuple[str, str] = ("", "")
    stop: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Alert:
    """How a block's cells look while a formula, written for its first cell, holds."""

    area: Area
    formula: str
    style: str


@dataclass(frozen=True, slots=True)
class Paper:
    """How a page is printed: A4, fitted to so many sheets across.

    Args:
        rows: First and last row to repeat on every sheet.
        columns: First and last column to repeat; none when the first is 0.
        tall: How many sheets down at most; 0 for as many as it takes.
    """

    across: int = 1
    tall: int = 0
    landscape: bool = True
    rows: tuple[int, int] = (0, 0)
    columns: tuple[int, int] = (0, 0)
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet.

    Args:
        widths: Of columns from A on, in characters; 0 hides one.
        data: The block that can be sorted and filtered, its row of headings included.
        frozen: How many rows and columns stay in sight.
        area: What is printed.
        hidden: Whether the sheet is kept out of sight.
        tab: Colour of its tab.
    """

    name: str
    widths: tuple[float, ...]
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...] = ()
    alerts: tuple[Alert, ...] = ()
    data: Area | None = None
    frozen: tuple[int, int] = (0, 0)
    area: Area | None = None
    paper: Paper = Paper()
    hidden: bool = False
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A whole workbook.

    Args:
        names: Defined names and what each refers to.
        opens: Name of the page it opens on.
        made: When it was made, UTC, ``2021-04-02T09:30:00Z``; the only time in it.
    """

    title: str
    pages: tuple[Page, ...]
    names: Mapping[str, str]
    opens: str
    made: str
    rtl: bool


def letters(column: int) -> str:
    """Return the letters of a column: A for 1, AA for 27."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def quoted(text: str) -> str:
    """Return a text as formulas write it."""
    return '"' + text.replace('"', '""') + '"'


def on_sheet(name: str, reference: str) -> str:
    """Return a reference to another sheet's cells."""
    return "'" + name.replace("'", "''") + "'!" + reference


def height(cells: Iterable[tuple[str, float]], size: float, least: float, most: float = MOST_HEIGHT) -> float:
    """Return the height of a row in points at which each of its texts can be read.

    Args:
        cells: Each text, and the width of its column in characters.
        size: Of the letters, in points.
        least: No less than this.
        most: No more than this.
    """
    lines = 1
    for text, width in cells:
        room = max(int(width * _ROOM / size), 1)
        lines = max(lines, sum(max(-(-len(part) // room), 1) for part in text.split("\n")))
    return min(max(lines * size * 1.3 + 4, least), most)
