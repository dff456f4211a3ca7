"""The workbook in a spreadsheet program: formulas follow the choice, and saving again loses nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from measures.intake.workbook.layout import EVIDENCE, FIRST_ROW, SCORES, SHEETS
from tests.workflow.sheets import book, opened, page_of, rows, sees

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed here"),
]


def saved_again(made: Workbook, folder: Path) -> Workbook:
    """Return a workbook after LibreOffice opened it, worked it out and saved it."""
    made.save(folder / "in.xlsx")
    out = folder / "out"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", out, folder / "in.xlsx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return openpyxl.load_workbook(out / "in.xlsx", data_only=True)


def put(made: Workbook, row: int, **cells: str) -> None:
    page = page_of(made, SCORES)
    for column, text in cells.items():
        page.cell(FIRST_ROW + row, SCORES.at(column)).value = text


@pytest.fixture(scope="module")
def worked_out(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    folder = tmp_path_factory.mktemp("office")
    made = book(opened(folder / "mission", sees("mission")), "2022Q1", milestones=("all",))
    put(made, 0, score="shared · Done with advisers", rationale="Too short.")
    put(
        made,
        1,
        score="own",
        rationale="The ministry wrote its second plan by itself and the budget paid.",
        confidence="high",
        methods="none",
        coherence="none",
        adequacy="minor",
        relevance="none",
        evidence="E-01",
    )
    page = page_of(made, EVIDENCE)
    page.cell(FIRST_ROW + 2, EVIDENCE.at("title")).value = "Minutes; second part"
    return saved_again(made, folder)


def test_what_a_level_means_appears_as_it_is_chosen(worked_out: Workbook) -> None:
    first, second = rows(worked_out, SCORES)
    assert first["descriptor"] == "One was written with advisers."
    assert first["next"] == "Done alone: The ministry writes it each year."
    assert second["descriptor"] == "The ministry writes it each year."
    assert second["next"] == "This is the highest level."


def test_what_is_missing_is_named_as_the_row_is_filled_in(worked_out: Workbook) -> None:
    first, second = rows(worked_out, SCORES)
    assert first["missing"] == "What was seen. Why not the next. Confidence. Concerns. Evidence."
    assert second["missing"] == "Complete"
    assert page_of(worked_out, SCORES).cell(2, SCORES.at("score")).value == "1 of 2 complete"


def test_a_new_item_is_offered_by_the_title_just_typed(worked_out: Workbook) -> None:
    at = next(cell.column for cell in worked_out["_lists"][1] if cell.value == "evidence")
    offered = [
        str(cell.value) for (cell,) in worked_out["_lists"].iter_rows(min_row=2, min_col=at, max_col=at)
    ]
    assert offered[0] == "E-01 · Order 7"
    assert offered[2] == "E-ADV-01-2022Q1-01 · Minutes, second part"
    assert offered[3] == "E-ADV-01-2022Q1-02 · new"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_saving_again_changes_no_cell(tmp_path: Path, language: str) -> None:
    given = opened(tmp_path / "mission", sees("mission"))
    before = book(given, "2021Q2", language=language)
    after = saved_again(book(given, "2021Q2", language=language), tmp_path)
    for sheet in SHEETS["quarter"]:
        fills = [column.key for column in sheet.columns if not column.formula]
        was = [{key: row[key] for key in ("key", *fills)} for row in rows(before, sheet)]
        assert [{key: row[key] for key in ("key", *fills)} for row in rows(after, sheet)] == was
    assert after["_meta"].sheet_state != "visible"
