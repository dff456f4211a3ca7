"""An adviser's workbook as written: keys, baseline, lists, formulas, protection, print."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from measures import canonical
from measures.intake.workbook.layout import (
    BASELINE,
    BASELINE_HEADER,
    EVIDENCE,
    FIRST_ROW,
    HEADER_ROW,
    META,
    META_KEYS,
    SCORES,
    SHEETS,
    meant,
)
from measures.records.mission import CAUSES
from measures.workflow.mission import Mission
from tests.workflow import tiny
from tests.workflow.sheets import book, content, opened, page_of, rows, sees


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Mission:
    return opened(tmp_path_factory.mktemp("mission"), sees("mission"))


@pytest.fixture(scope="module")
def made(mission: Mission) -> Workbook:
    return book(mission, "2022Q1")


def test_the_same_register_gives_the_same_bytes(mission: Mission) -> None:
    assert content(mission, "2022Q1") == content(mission, "2022Q1")
    assert content(mission, "2022Q1") != content(mission, "2022Q2")


def test_every_sheet_says_which_it_is_and_keeps_its_keys(made: Workbook) -> None:
    for sheet in SHEETS["quarter"]:
        page = page_of(made, sheet)
        assert tuple(cell.value for cell in page[1][1:]) == sheet.keys
        assert page.row_dimensions[1].hidden
        assert page.column_dimensions["A"].hidden
        keys = [row["key"] for row in rows(made, sheet)]
        assert len(set(keys)) == len(keys)
        assert all(keys)


def test_hidden_sheets_are_out_of_reach_of_a_right_click(made: Workbook) -> None:
    assert [page.title for page in made if page.sheet_state == "visible"] == [
        "Guide", "Scores", "Citations", "Evidence", "Engagements", "Positions", "Rubrics",
    ]  # fmt: skip
    assert {page.sheet_state for page in made if page.title.startswith("_")} == {"veryHidden"}
    assert made.active is not None
    assert made.active.title == "Scores"


def test_the_workbook_says_whose_it_is_and_what_it_was_made_from(mission: Mission, made: Workbook) -> None:
    told = {row[0]: row[1] for row in made[META].iter_rows(values_only=True)}
    assert tuple(told)[: len(META_KEYS)] == META_KEYS
    expected = {
        "mission": "tiny",
        "period": "2022Q1",
        "assessor": "ADV-01",
        "role": "adviser",
        "marking": "mission",
        "head": f"{mission.head.size}:{mission.head.digest}",
        "rubric/planning@1.0": mission.rubrics["planning", "1.0"].digest,
    }
    assert expected.items() <= told.items()


def test_the_baseline_holds_what_stands_in_every_cell_that_may_be_filled_in(mission: Mission) -> None:
    made = book(mission, "2021Q2")
    lines = [tuple(str(cell) for cell in row) for row in made[BASELINE].iter_rows(values_only=True)]
    assert lines[0] == BASELINE_HEADER
    kept = {line[:3]: line[3] for line in lines[1:]}
    seen = {
        (sheet.key, row["key"], column.key): row[column.key]
        for sheet in SHEETS["quarter"]
        for row in rows(made, sheet)
        for column in sheet.columns
        if column.fill == "fill" and row[column.key]
    }
    assert kept == seen
    told = {row[0]: row[1] for row in made[META].iter_rows(values_only=True)}
    assert told["baseline"] == canonical.digest(
        [dict(zip(BASELINE_HEADER, line, strict=True)) for line in lines[1:]]
    )


def test_what_people_wrote_never_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    edit: tiny.Edit = (
        "evidence.csv",
        "E-01,Order 7,Ministry",
        'E-01,=HYPERLINK("http://example.org"),@SUM(1)'.replace('"', "'"),
    )
    link: tiny.Edit = (
        "evidence.csv",
        "The Kestrel order names an office.",
        "https://example.org/a#b is named.",
    )
    raw = content(opened(tmp_path, sees("mission"), edit, link), "2021Q2")
    made = openpyxl.load_workbook(io.BytesIO(raw))
    evidence = rows(made, EVIDENCE)[0]
    assert evidence["title"] == "=HYPERLINK('http://example.org')"
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        assert not any("rels" in name and b"hyperlink" in parts.read(name) for name in parts.namelist())
        sheet = parts.read("xl/worksheets/sheet4.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower()


def _named(made: Workbook) -> dict[str, str]:
    return {name: found.attr_text for name, found in made.defined_names.items()}


def test_formulas_and_lists_name_only_what_is_there(made: Workbook) -> None:
    names = _named(made)
    assert all(re.fullmatch(r"'[^']+'!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+", text) for text in names.values())
    for page in made:
        for line in page.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    assert isinstance(cell.value, str), "an array formula"
                    assert "_xlfn" not in cell.value
                    for name in re.findall(r"\b(texts_\w+|cited|evidence_\w+)\b", cell.value):
                        assert name in names
        for rule in page.data_validations.dataValidation:
            if rule.type == "list":
                assert str(rule.formula1).removeprefix("=") in names


def test_the_list_of_levels_offers_ids_with_labels_and_non_scores_with_causes(made: Workbook) -> None:
    sheet, _, area = _named(made)["list_ladder_1"].rpartition("!")
    offered = [str(cell.value) for (cell,) in made[sheet.strip("'")][area.replace("$", "")]]
    assert offered[:4] == [
        "none · None of it",
        "asked · Asked for",
        "shared · Done with advisers",
        "own · Done alone",
    ]
    assert [meant(text) for text in offered[4:]] == [
        *(f"not-observed/{cause}" for cause in CAUSES),
        "insufficient-evidence",
        "not-applicable",
    ]  # fmt: skip


def test_a_long_title_is_cut_between_words_in_a_list(tmp_path: Path) -> None:
    title = "Order 7 on the planning directorate, its posts, its budget and its calendar"
    made = book(opened(tmp_path, sees("mission"), ("evidence.csv", "Order 7,", f'"{title}",')), "2021Q2")
    sheet, _, area = _named(made)["list_evidence"].rpartition("!")
    first = made[sheet.strip("'")][area.replace("$", "")][0][0].value
    assert first == "E-01 · Order 7 on the planning directorate, its posts, its budget…"


def test_rows_of_rubrics_with_other_ladders_choose_from_their_own(tmp_path: Path) -> None:
    other = tiny.RUBRIC.replace("id: planning", "id: budget").replace("Done alone", "By itself")
    edit: tiny.Edit = ("plan.yaml", "    title: {en: A plan that is used}\n    rubric: planning",
                       "    title: {en: A plan that is used}\n    rubric: budget")  # fmt: skip
    made = book(
        opened(tmp_path, sees("mission"), ("rubrics/budget.yaml", "", other), edit),
        "2022Q1",
        milestones=("all",),
    )
    assert [row["ladder"] for row in rows(made, SCORES)] == ["list_ladder_1", "list_ladder_2"]
    rules = [rule for rule in made["Scores"].data_validations.dataValidation if rule.type == "list"]
    column = f"{SCORES.at('ladder')}"
    assert any(str(rule.formula1).startswith("INDIRECT(") for rule in rules), column


def test_protected_sheets_can_still_be_sorted_filtered_and_resized(made: Workbook) -> None:
    for sheet in SHEETS["quarter"]:
        page = page_of(made, sheet)
        guard = page.protection
        assert guard.sheet
        assert not guard.password
        assert not any((guard.sort, guard.autoFilter, guard.formatColumns, guard.formatRows))
        assert page.cell(HEADER_ROW, 2).protection.locked
        last = FIRST_ROW + len(rows(made, sheet)) - 1
        assert (
            str(page.auto_filter.ref) == f"A{HEADER_ROW}:{page.cell(last, len(sheet.columns) + 1).coordinate}"
        )
        for line in page.iter_rows(min_row=FIRST_ROW):
            assert not any(cell.protection.locked for cell in line), (
                "a locked cell keeps the rows from being sorted"
            )


def test_cells_to_fill_in_are_texts_so_that_nothing_turns_into_a_date(made: Workbook) -> None:
    for sheet in SHEETS["quarter"]:
        page = page_of(made, sheet)
        for line in page.iter_rows(min_row=FIRST_ROW):
            for cell, column in zip(line[1:], sheet.columns, strict=True):
                assert column.formula or cell.number_format == "@", cell.coordinate


def test_typing_over_a_cell_for_reading_is_refused(made: Workbook) -> None:
    for sheet in SHEETS["quarter"]:
        page = page_of(made, sheet)
        guarded = {
            column
            for rule in page.data_validations.dataValidation
            if rule.type == "custom" and rule.formula1 == "FALSE()" and rule.showErrorMessage
            for area in rule.sqref.ranges
            for column in range(area.min_col, area.max_col + 1)
        }
        assert guarded == {sheet.at(column.key) for column in sheet.columns if column.fill == "read"}


def test_every_sheet_is_set_up_for_print(made: Workbook) -> None:
    for sheet in SHEETS["quarter"]:
        page = page_of(made, sheet)
        assert page.page_setup.orientation == "landscape"
        assert page.sheet_properties.pageSetUpPr is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToWidth in (None, 1, 2)
        assert page.page_setup.fitToHeight == 0
        assert page.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
        assert page.freeze_panes is not None
        assert page.oddFooter is not None
        assert "mission" in str(page.oddFooter.center.text)


def test_arabic_sheets_run_from_right_to_left(mission: Mission) -> None:
    made = book(mission, "2021Q2", language="ar")
    shown = [page for page in made if page.sheet_state == "visible"]
    assert [page.title for page in shown][1] == "التقييمات"
    assert all(page.sheet_view.rightToLeft for page in shown)
    assert rows(made, SCORES)[0]["confidence"] == "moderate · متوسطة"
    assert {row[0]: row[1] for row in made[META].iter_rows(values_only=True)}["language"] == "ar"


def test_the_full_words_of_the_rubric_can_be_read_and_printed(made: Workbook) -> None:
    text = "\n".join(str(cell) for row in made["Rubrics"].iter_rows(values_only=True) for cell in row if cell)
    for step in (
        "No plan.",
        "The ministry writes it each year.",
        "A second one was written. [plan-repeated]",
    ):
        assert step in text
    assert "Without advisers." in text
