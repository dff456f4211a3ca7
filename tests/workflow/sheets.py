"""Workbooks as tests make and read them: found by their marks and keys, as the product finds them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from measures.intake.workbook.build import write_quarter
from measures.intake.workbook.layout import FIRST_ROW, MARK, Sheet
from measures.workflow.mission import Mission, open_mission
from measures.workflow.workbook import Asked, gather
from tests.workflow import tiny

AT = "2022-01-10T08:00:00Z"


def opened(folder: Path, *edits: tiny.Edit) -> Mission:
    tiny.write(folder, edits)
    assert not tiny.recorded(folder).refused
    return open_mission(folder)


def sees(marking: str) -> tiny.Edit:
    return (
        "mission.yaml",
        "{code: ADV-01, role: adviser, post: {en: Adviser}}",
        f"{{code: ADV-01, role: adviser, post: {{en: Adviser}}, marking: {marking}}}",
    )


STRANGER: tiny.Edit = (
    "mission.yaml",
    "  - {code: EXT-01,",
    "  - {code: EXT-02, role: external, post: {en: Another observer}}\n  - {code: EXT-01,",
)


def book(mission: Mission, period: str, assessor: str = "ADV-01", **asked: Any) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content(mission, period, assessor, **asked)))


def content(mission: Mission, period: str, assessor: str = "ADV-01", **asked: Any) -> bytes:
    return write_quarter(gather(mission, Asked(period, assessor, **asked), AT))


def page_of(made: Workbook, sheet: Sheet) -> Worksheet:
    """Return a sheet by its mark."""
    return next(page for page in made if page["A1"].value == f"{MARK}{sheet.key}")


def rows(made: Workbook, sheet: Sheet) -> list[dict[str, str]]:
    """Return the rows of a sheet by column key, found by its mark."""
    found = page_of(made, sheet)
    keys = ["key", *(cell.value for cell in found[1][1:])]
    return [
        {str(key): str(cell.value or "") for key, cell in zip(keys, line, strict=True)}
        for line in found.iter_rows(min_row=FIRST_ROW)
    ]
