"""The returned copy: the adviser's own workbook with the cells marked and a sheet that leads to each.

The other door to openpyxl: a file that passed the gate is opened whole and saved again, so that
everything in it that the library knows stays as it was. The copy can be mended, sent in again and
marked again: old marks are taken off first.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from measures.finding import Finding
from measures.intake.workbook.door_in import DAMAGE
from measures.intake.workbook.gate import refusal
from measures.intake.workbook.layout import MARK

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

FINDINGS = "findings"
"""Mark of the sheet of findings; it is written anew each time and never read."""

HEADS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "sheet": "Findings",
        "title": "What to mend before this workbook can be recorded",
        "where": "Where",
        "severity": "How grave",
        "code": "Code",
        "what": "What was found",
        "do": "What to do",
        "error": "error",
        "warning": "warning",
        "hint": "hint",
    },
    "ar": {
        "sheet": "الملاحظات",
        "title": "ما ينبغي تصحيحه قبل تسجيل هذا الملف",
        "where": "الموضع",
        "severity": "الدرجة",
        "code": "الرمز",
        "what": "ما وُجد",
        "do": "ما العمل",
        "error": "خطأ",
        "warning": "تنبيه",
        "hint": "إشارة",
    },
}
"""Words of the sheet of findings, by language; the findings themselves speak English."""

_AUTHOR = "measures"
_COLOURS = {"error": "FFF4B6B0", "warning": "FFFBE3B5", "hint": "FFD6E6F2"}
_WIDTHS = (3, 24, 12, 9, 62, 62)
_FONT = "Arial"
_MOST = 2_000
"""So many findings are marked and listed; who has more needs a fresh workbook."""


def returned_copy(content: bytes, findings: Sequence[Finding], language: str, made: str) -> bytes | None:
    """Return a copy of a workbook with its findings marked; ``None`` when it cannot be opened.

    Args:
        content: The workbook as it came back.
        findings: What was found in it, in order.
        language: Of the workbook's sheets.
        made: When the copy is made, UTC.
    """
    from openpyxl import load_workbook

    if refusal(content, "") is not None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(content), keep_links=False)
            _unmark(book)
            for finding in findings[:_MOST]:
                _mark(book, finding)
            _list(book, findings[:_MOST], HEADS.get(language, HEADS["en"]), rtl=language == "ar")
            book.properties.modified = datetime.fromisoformat(made).replace(tzinfo=None)
            if book.calculation is not None:
                book.calculation.fullCalcOnLoad = True
            out = io.BytesIO()
            book.save(out)
        except DAMAGE:
            return None
    return out.getvalue()


def _unmark(book: Workbook) -> None:
    """Take off what an earlier copy was marked with."""
    from openpyxl.styles import PatternFill

    for sheet in list(book.worksheets):
        if sheet.cell(1, 1).value == f"{MARK}{FINDINGS}":
            book.remove(sheet)
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == _AUTHOR:
                    cell.comment = None
                    cell.fill = PatternFill()


def _mark(book: Workbook, finding: Finding) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    place = finding.place
    if place.sheet not in book.sheetnames or not (place.line and place.column):
        return
    cell: Any = book[place.sheet].cell(place.line, place.column)
    if isinstance(cell, MergedCell):
        return
    said = f"{finding.code}: {finding.message}\n{finding.remedy}"
    if cell.comment is not None and cell.comment.author == _AUTHOR:
        said = f"{cell.comment.text}\n\n{said}"
    else:
        cell.fill = PatternFill("solid", start_color=_COLOURS[finding.severity])
    note = Comment(said, _AUTHOR, height=160, width=340)
    cell.comment = note


def _list(book: Workbook, findings: Sequence[Finding], heads: Mapping[str, str], *, rtl: bool) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet: Any = book.create_sheet(_free(book, heads["sheet"]), 0)
    sheet.sheet_view.rightToLeft = rtl
    sheet.sheet_view.showGridLines = False
    sheet.cell(1, 1, f"{MARK}{FINDINGS}")
    sheet.row_dimensions[1].hidden = True
    sheet.cell(2, 2, heads["title"]).font = Font(name=_FONT, bold=True, size=14, color="FF12485C")
    wrap = Alignment(wrap_text=True, vertical="top")
    for at, name in enumerate(("where", "severity", "code", "what", "do"), start=2):
        head = sheet.cell(4, at, heads[name])
        head.font, head.alignment = Font(name=_FONT, bold=True, size=10, color="FFFFFFFF"), wrap
        head.fill = PatternFill("solid", start_color="FF12485C")
    for number, finding in enumerate(findings, start=5):
        where = _where(finding)
        texts = (where, heads[finding.severity], finding.code, finding.message, finding.remedy)
        for at, text in enumerate(texts, start=2):
            cell = sheet.cell(number, at)
            cell.value, cell.data_type, cell.alignment = text, "s", wrap
            cell.font = Font(name=_FONT, size=10)
        sheet.cell(number, 3).fill = PatternFill("solid", start_color=_COLOURS[finding.severity])
        lines = max(-(-len(text) // (_WIDTHS[4] - 4)) for text in (finding.message, finding.remedy))
        sheet.row_dimensions[number].height = 13 * lines + 4
        if finding.place.sheet in book.sheetnames and finding.place.line:
            _link(sheet.cell(number, 2), finding)
    for at, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions["ABCDEF"[at - 1]].width = width
    sheet.freeze_panes = "A5"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_properties.tabColor = "FFC0392B"
    for other in book.worksheets:
        other.sheet_view.tabSelected = False
    book.active = 0


def _where(finding: Finding) -> str:
    place = finding.place
    return "!".join(part for part in (place.sheet, place.cell) if part) or place.file


def _link(cell: Any, finding: Finding) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    name = finding.place.sheet.replace("'", "''")
    target = f"'{name}'!{finding.place.cell}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, display=str(cell.value))
    cell.font = Font(name=_FONT, size=10, color="FF0B5394", underline="single")


def _free(book: Workbook, name: str) -> str:
    """Return a name that no sheet of the workbook has yet."""
    taken = {title.casefold() for title in book.sheetnames}
    names = (name, *(f"{name} {number}" for number in range(2, 100)))
    return next(one for one in names if one.casefold() not in taken)
