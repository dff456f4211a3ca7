"""Whose word to take at which cells: what somebody decided about conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from measures.errors import WorkbookError
from measures.finding import Finding, Place, find
from measures.intake.workbook.merge import Side

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Area:
    """Cells that somebody named: a file (any when empty), a sheet, and a block of rows and columns."""

    text: str
    file: str
    sheet: str
    rows: range
    columns: range

    def holds(self, place: Place) -> bool:
        """Return whether a cell is among them."""
        return (
            self.file in ("", place.file)
            and self.sheet.casefold() == place.sheet.casefold()
            and place.line in self.rows
            and place.column in self.columns
        )


def areas(text: str) -> Iterator[Area]:
    """Yield the cells that a text names: ``Scores!D55``, ``a.xlsx!Scores!D5:D9``, several with commas.

    Raises:
        WorkbookError: A part is not of that form.
    """
    for part in filter(None, (one.strip() for one in text.split(","))):
        names, _, block = part.rpartition("!")
        file, _, sheet = names.rpartition("!")
        match = _AREA.fullmatch(block)
        if match is None or not sheet:
            raise WorkbookError(
                f"Expected cells such as Scores!D55 or Scores!D5:D9, got {part!r}.",
                "Copy the places as the findings print them.",
            )
        column, row = _number(match[1]), int(match[2])
        last = (_number(match[3]), int(match[4])) if match[3] else (column, row)
        yield Area(part, file, sheet.strip("'"), range(row, last[1] + 1), range(column, last[0] + 1))


def _number(name: str) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@dataclass(slots=True)
class Takes:
    """What somebody decided, asked cell by cell.

    Args:
        everywhere: Whose word to take at every conflict; ``None`` when cells are named.
        named: Cells and whose word to take there; the first that holds a cell counts.
        used: Which of ``named`` settled a conflict so far.
    """

    everywhere: Side | None = None
    named: Sequence[tuple[Area, Side]] = ()
    used: set[int] = field(default_factory=set)

    def __call__(self, place: Place) -> Side | None:
        """Return whose word to take at a cell where both sides changed."""
        for at, (area, side) in enumerate(self.named):
            if area.holds(place):
                self.used.add(at)
                return side
        return self.everywhere

    def idle(self, files: Iterable[str]) -> Iterator[Finding]:
        """Yield the cells that settled nothing.

        Args:
            files: What findings call the workbooks.
        """
        first = next(iter(files), "")
        for at, (area, _) in enumerate(self.named):
            if at not in self.used:
                place = Place(area.file or first, area.rows.start, area.columns.start, area.sheet)
                yield find("W034", place, cell=area.text)


def takes(sides: Sequence[Side], cells: Sequence[str]) -> Takes:
    """Return what a command line says: each side with its cells, in order.

    Args:
        sides: ``ours`` keeps the register's word, ``theirs`` takes the workbook's.
        cells: For each side its cells; none at all when one side is taken everywhere.

    Raises:
        WorkbookError: They do not go together, or cells are not of the form.
    """
    if not cells and len(sides) <= 1:
        return Takes(sides[0] if sides else None)
    if len(sides) != len(cells):
        raise WorkbookError(
            f"Expected cells for each side taken, got {len(sides)} of --take and {len(cells)} of --cells.",
            "Write --take theirs --cells Scores!D55 --take ours --cells Scores!D60.",
        )
    named = [(area, side) for side, text in zip(sides, cells, strict=True) for area in areas(text)]
    return Takes(None, tuple(named))
