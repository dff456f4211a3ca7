"""The one door to openpyxl for reading: bytes that passed the gate in, plain cells out.

Only values are taken. Pictures, links, comments, styles and pivot tables are never opened, a
formula stays a formula, and a sheet that nobody asked for is left unread after its first row.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from measures.finding import Finding, Place, find
from measures.intake.workbook.gate import MOST_ROWS, refusal

if TYPE_CHECKING:
    from openpyxl.reader.excel import ExcelReader

DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError,
    SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl raises on parts that are XML but not what they should be; it names no error of its own."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    Args:
        value: A text, number, truth value or date; the text of a formula or of an error.
        kind: ``s`` text, ``n`` number, ``b`` truth value, ``d`` date, ``f`` formula, ``e`` error.
        format: The number format, of numbers and dates.
    """

    value: Any
    kind: str
    format: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet as it came back.

    Args:
        title: Its name.
        cells: Cells that hold something, by row and column, counted from 1.
        merged: Merged ranges: first row, first column, last row, last column.
        zero: The day that serial days are counted from.
    """

    title: str
    cells: Mapping[int, Mapping[int, Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    zero: date = date(1899, 12, 30)

    def text(self, row: int, column: int) -> str:
        """Return a cell as text, without the spaces around it."""
        cell = self.cells.get(row, {}).get(column)
        return "" if cell is None or cell.value is None else str(cell.value).strip()


def open_tabs(
    content: bytes, name: str, wanted: Callable[[str, str], bool] | None
) -> tuple[list[Tab], Finding | None]:
    """Return the sheets of a workbook, or the finding that says why it cannot be read.

    Args:
        content: The file's bytes.
        name: What findings call the file.
        wanted: Told a sheet's title and the text of its cell A1; says whether to read all of it.
            ``None`` reads every sheet.
    """
    refused = refusal(content, name)
    if refused is not None:
        return [], refused
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return list(_tabs(content, wanted)), None
        except DAMAGE:
            return [], find("W003", Place(name), problem="its parts do not make a workbook")


def _tabs(content: bytes, wanted: Callable[[str, str], bool] | None) -> Iterator[Tab]:
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet

    reader = ExcelReader(io.BytesIO(content), keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    formats = _formats(reader.wb)
    for sheet, relation in reader.parser.find_sheets():
        if "worksheet" in str(relation.Type) and relation.target in reader.valid_files:
            yield _tab(reader, str(sheet.name), str(relation.target), formats, wanted)


def _tab(
    reader: ExcelReader, title: str, part: str, formats: list[str], wanted: Callable[[str, str], bool] | None
) -> Tab:
    from measures.intake.workbook.sheetrows import SheetRows

    book: Any = reader.wb
    cells: dict[int, dict[int, Cell]] = {}
    asked = False
    with reader.archive.open(part) as source:
        parser = SheetRows(
            source, reader.shared_strings, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - where openpyxl keeps which styles are dates
        )  # fmt: skip
        for number, found in parser.parse():
            row = {cell["column"]: _cell(cell, formats) for cell in found if _holds(cell)}
            if row and number <= MOST_ROWS:
                cells.setdefault(number, {}).update(row)
            if not asked:
                asked = True
                first = row.get(1) if number == 1 else None
                if wanted and not wanted(title, str(first.value) if first else ""):
                    return Tab(title, cells)
        merged = tuple(_bounds(one) for one in getattr(parser.merged_cells, "mergeCell", None) or ())
    if not asked and wanted and not wanted(title, ""):
        return Tab(title, cells)
    return Tab(title, cells, merged, book.epoch.date())


def _holds(cell: Mapping[str, Any]) -> bool:
    return cell["value"] is not None and cell["value"] != ""


def _cell(cell: Mapping[str, Any], formats: list[str]) -> Cell:
    kind, value = cell["data_type"], cell["value"]
    if kind == "f":
        text = getattr(value, "text", None) or (value if isinstance(value, str) else "=")
        return Cell(text, "f")
    if kind in ("n", "d"):
        style = cell["style_id"]
        return Cell(value, kind, formats[style] if 0 <= style < len(formats) else "")
    return Cell(value, "s" if isinstance(value, str) and kind != "e" else kind)


def _formats(book: Any) -> list[str]:
    """Return the number format of each style."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    own = list(book._number_formats)  # noqa: SLF001 - the only place where openpyxl keeps them
    named = []
    for style in book._cell_styles:  # noqa: SLF001 - as above
        at = style.numFmtId - BUILTIN_FORMATS_MAX_SIZE
        named.append(own[at] if 0 <= at < len(own) else BUILTIN_FORMATS.get(style.numFmtId, ""))
    return named


def _bounds(merged: Any) -> tuple[int, int, int, int]:
    return merged.min_row, merged.min_col, merged.max_row, merged.max_col
