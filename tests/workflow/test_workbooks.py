"""Workbooks that come back: what is recorded, what is refused, whose word is taken, what goes back."""

# ruff: noqa: E501 - rows of a table are not wrapped

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from measures.errors import WorkbookError
from measures.finding import Place
from measures.intake.workbook.layout import FIRST_ROW, NEW
from measures.intake.workbook.takes import takes
from measures.workflow.mission import open_mission
from measures.workflow.opening import open_register
from measures.workflow.returning import send_back, sent_back
from measures.workflow.workbook import Asked, make_workbook
from measures.workflow.workbooks import Recording, record_workbooks, workbook_files
from tests.workflow import tiny
from tests.workflow.workbook_cycle import (
    REASON,
    Said,
    codes,
    mission,
    put,
    row_of,
    rows_with,
    stands,
    take_back,
    typed,
    workbook,
)

LEVEL = {
    "score": "asked",
    "rationale": "A letter of the directorate asks for it; it was shown and is signed.",
    "why_not_next": "The next level asks for more than was shown.",
    "confidence": "moderate",
    "methods": "minor",
    "coherence": "none",
    "adequacy": "minor",
    "relevance": "none",
    "evidence": "E-01",
    "marking": "mission",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mission with a workbook sent out, and one scored row recorded from another copy of it."""
    folder = mission(tmp_path_factory.mktemp("made") / "mission")
    (folder.parent / "sent.xlsx").write_bytes(workbook(folder))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "mission")
    return tmp_path / "mission"


@pytest.fixture
def sent(made: Path) -> bytes:
    return (made.parent / "sent.xlsx").read_bytes()


def edited(content: bytes, edit: Any) -> bytes:
    book = load_workbook(io.BytesIO(content))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def size(folder: Path) -> int:
    with open_register(folder, read_only=True) as register:
        return register.head().size


def test_every_accepted_cell_is_kept_with_where_it_stood(folder: Path, sent: bytes) -> None:
    take_back(folder, typed(sent, {"M-01/plan": Said(LEVEL)}), name="ADV-01.xlsx")
    with open_register(folder, read_only=True) as register:
        *_, score, citation = register.entries()
    assert score.source == (
        "ADV-01.xlsx!Scores!G5 (score G5, rationale J5, why_not_next K5, confidence L5, methods M5, "
        "coherence N5, adequacy O5, relevance P5, marking T5)"
    )
    assert citation.source.startswith("ADV-01.xlsx!Scores!Q5 (")
    assert citation.body["assessment"] == score.ref


def test_a_new_citation_joins_the_score_that_stands(folder: Path, sent: bytes) -> None:
    take_back(folder, typed(sent, {"M-01/plan": Said(LEVEL)}))
    came = take_back(folder, typed(workbook(folder), {"M-01/plan": Said({"evidence": "E-01; E-02"})}))
    assert came.outcome.added == {"citation": 1}


def test_a_changed_score_supersedes_and_says_again_what_it_cites(folder: Path, sent: bytes) -> None:
    take_back(folder, typed(sent, {"M-01/plan": Said(LEVEL)}))
    again = typed(workbook(folder), {"M-01/plan": Said({"confidence": "high", "reason": REASON})})
    came = take_back(folder, again)
    assert came.outcome.added == {"assessment": 1, "citation": 1}
    cells, cited = stands(folder)["M-01/plan"]
    assert cells["confidence"] == "high"
    assert {content[0] for content in cited} == {"E-01"}


def _stale(folder: Path, sent: bytes) -> bytes:
    """Record one word for a row, and return another copy of its workbook that has another."""
    take_back(folder, typed(sent, {"M-01/plan": Said(LEVEL)}), name="copy.xlsx")
    other = {**LEVEL, "rationale": "The head of planning laid the draft on the table and spoke to it."}
    return typed(sent, {"M-01/plan": Said({**other, "reason": REASON})})


def test_an_edit_on_stale_ground_is_shown_with_all_three_values(folder: Path, sent: bytes) -> None:
    came = take_back(folder, _stale(folder, sent))
    (conflict,) = came.outcome.findings
    assert (conflict.code, str(conflict.place)) == ("W033", "back.xlsx!Scores!J5")
    assert conflict.message.startswith("What was seen was empty when the workbook was written")
    assert "'A letter of the directorate" in conflict.message
    assert "'The head of planning" in conflict.message
    assert "--take theirs --cells Scores!J5" in conflict.remedy
    assert not came.outcome.added


@pytest.mark.parametrize(
    ("side", "cells", "rationale"),
    [
        ("theirs", "Scores!J5", "The head of planning"),
        ("theirs", "", "The head of planning"),
        ("theirs", "back.xlsx!Scores!J4:J9", "The head of planning"),
        ("ours", "Scores!J5", "A letter"),
        ("ours", "", "A letter"),
    ],
)
def test_whose_word_is_taken(folder: Path, sent: bytes, side: Any, cells: str, rationale: str) -> None:
    take = takes([side], [cells] if cells else [])
    came = take_back(folder, _stale(folder, sent), Recording(tiny.AT, "ADV-01", take=take))
    assert not came.refused, codes(came)
    assert stands(folder)["M-01/plan"][0]["rationale"].startswith(rationale)


def test_a_rationale_written_for_another_level_is_on_stale_ground(folder: Path, sent: bytes) -> None:
    take_back(folder, typed(sent, {"M-01/plan": Said(LEVEL)}))
    second = workbook(folder)
    higher = Said({"score": "shared", "reason": REASON})
    assert not take_back(folder, typed(second, {"M-01/plan": higher})).refused
    came = take_back(folder, typed(second, {"M-01/plan": Said({"confidence": "high", "reason": REASON})}))
    assert codes(came) == [("W033", "back.xlsx!Scores!L5")]


def test_a_cell_that_settles_nothing_is_said(folder: Path, sent: bytes) -> None:
    take = takes(["theirs"], ["Scores!J5, Scores!J6"])
    came = take_back(folder, _stale(folder, sent), Recording(tiny.AT, "ADV-01", take=take))
    assert codes(came) == [("W034", "back.xlsx!Scores!J6")]
    assert came.outcome.added["assessment"] == 1


@pytest.mark.parametrize(
    ("sides", "cells"),
    [
        (["theirs"], ["J5"]),
        (["theirs"], ["Scores!5"]),
        (["theirs", "ours"], ["Scores!J5"]),
        ([], ["Scores!J5"]),
    ],
    ids=["no sheet", "no column", "a side without cells", "cells without a side"],
)
def test_cells_that_are_none_are_wrong_usage(sides: Any, cells: list[str]) -> None:
    with pytest.raises(WorkbookError):
        takes(sides, cells)


def test_each_side_holds_for_its_own_cells() -> None:
    take = takes(["theirs", "ours"], ["Scores!J5:K6", "'Scores'!$L$7"])
    asked = [Place("a.xlsx", row, column, "Scores") for row, column in ((5, 10), (6, 11), (7, 12), (7, 10))]
    assert [take(place) for place in asked] == ["theirs", "theirs", "ours", None]


def test_nothing_is_recorded_unless_all_is_well(folder: Path, sent: bytes) -> None:
    before = size(folder)
    broken = typed(sent, {"M-01/plan": Said(LEVEL), "M-01/staff": Said({**LEVEL, "rationale": "Seen."})})
    came = take_back(folder, broken)
    assert codes(came) == [("S006", "back.xlsx!Scores!J7")]
    assert size(folder) == before


def test_clean_rows_alone_are_recorded_and_the_rest_is_named(folder: Path, sent: bytes) -> None:
    said = {
        "M-01/plan": Said(LEVEL),
        "M-01/budget": Said({**LEVEL, "evidence": "E-ADV-01-2021Q3-01"}),
        "M-01/staff": Said({**LEVEL, "confidence": "rather"}),
    }

    def more(book: Workbook) -> None:
        row = rows_with(book, "evidence", NEW)[0]
        put(book, "evidence", row, "title", "Order without a summary")

    came = take_back(folder, edited(typed(sent, said), more), Recording(tiny.AT, "ADV-01", partial=True))
    assert came.outcome.added == {"assessment": 1, "citation": 1}
    assert list(stands(folder)) == ["M-01/plan"]
    left = {one.what: one.codes for one in came.left}
    assert left["M-01/staff"] == ("W032",)
    assert left["E-ADV-01-2021Q3-01"] == ("S003",)
    assert "C001" in left["M-01/budget"], "what cites something left is left as well"
    assert came.refused, "what was left is still a finding"


def test_a_dry_run_records_nothing(folder: Path, sent: bytes) -> None:
    before = size(folder)
    how = Recording(tiny.AT, "ADV-01", dry_run=True)
    came = take_back(folder, typed(sent, {"M-01/plan": Said(LEVEL)}), how)
    assert not came.refused
    assert size(folder) == before


def test_new_rows_of_every_sheet_are_recorded_and_can_be_cited_at_once(folder: Path, sent: bytes) -> None:
    def more(book: Workbook) -> None:
        rows: dict[str, dict[str, str]] = {
            "evidence": {"title": "Order 12", "publisher": "Ministry", "kind": "a paper", "origin": "ministry",
                         "covers": "18 شباط ٢٠٢١", "summary": "An order that names an office for planning.",
                         "reliability": "b", "credibility": "٢", "own_claim": "No", "first_hand": "نعم",
                         "custody": "kept by somebody else", "holder": "Ministry"},
            "engagements": {"held": "3.7.2021", "counterpart": "Office of the minister", "actors": "Minister of Defence",
                            "subject": "The plan", "initiated_by": "both sides", "objectives": "The ministry plans"},
            "positions": {"objective": "O-01", "actor": "minister", "date": "July 2021", "stance": "wants it"},
        }  # fmt: skip
        for sheet, cells in rows.items():
            row = rows_with(book, sheet, NEW)[0]
            for name, text in cells.items():
                put(book, sheet, row, name, text)

    back = edited(typed(sent, {"M-01/plan": Said({**LEVEL, "evidence": "E-ADV-01-2021Q3-01"})}), more)
    came = take_back(folder, back)
    assert not came.refused, came.outcome.findings
    assert came.outcome.added == {
        "evidence": 1, "assessment": 1, "citation": 1, "engagement": 1, "position": 1,
    }  # fmt: skip
    records = open_mission(folder).recorded.records
    item = records.by_id("evidence")["E-ADV-01-2021Q3-01"]
    assert (item["covers"], item["credibility"], item["first_hand"]) == ("2021-02-18", "2", "yes")
    meeting = records.rows("engagements")[-1]
    assert (meeting["held"], meeting["actors"], meeting["initiated_by"]) == (
        "2021-07-03",
        "minister",
        "joint",
    )
    assert not take_back(folder, back).outcome.added


def _messy(book: Workbook) -> None:
    """Rename, sort, turn about, hide, filter and add, as people do."""
    page: Any = book["Scores"]
    rows = [[page.cell(row, at).value for at in range(1, 24)] for row in (5, 6, 7)]
    for row, values in zip((5, 6, 7), reversed(rows), strict=True):
        for at, value in enumerate(values, start=1):
            page.cell(row, at).value = value
    page.move_range("J1:K8", cols=20)
    page.title = "scores FINAL (2)"
    page.column_dimensions["L"].hidden = True
    page.row_dimensions[6].hidden = True
    page.auto_filter.ref = None
    page.cell(4, 40).value = "My own remarks"
    page.cell(9, 5).value = None
    for at in range(2, 24):
        page.cell(12, at).value = page.cell(4, at).value
    notes: Any = book.create_sheet("Notes")
    notes["A1"] = "Ring the office again."
    book.move_sheet("Evidence", -2)


def test_a_mess_is_understood(folder: Path, sent: bytes) -> None:
    said = {
        "M-01/plan": Said(
            {**LEVEL, "score": "\u201cAsked for\u201d\u00a0", "confidence": " MODERATE ", "evidence": "E\u201101,E-02\u00a0",
             "rationale": f"{LEVEL['rationale']}\u00a0\r\n "}
        )
    }  # fmt: skip
    came = take_back(folder, edited(typed(sent, said), _messy))
    assert not came.refused, came.outcome.findings
    assert {code for code, _ in codes(came)} == {"W017", "W024"}
    cells, cited = stands(folder)["M-01/plan"]
    assert cells == {name: text for name, text in LEVEL.items() if name != "evidence"}
    assert {content[0] for content in cited} == {"E-01", "E-02"}


def test_a_sheet_whose_keys_were_deleted_is_known_by_its_headings(folder: Path, sent: bytes) -> None:
    def edit(book: Workbook) -> None:
        page: Any = book["Scores"]
        page.delete_cols(1)
        page.delete_rows(1)

    came = take_back(folder, edited(typed(sent, {"M-01/staff": Said(LEVEL)}), edit))
    assert not came.refused, came.outcome.findings
    assert list(stands(folder)) == ["M-01/staff"]


def test_an_arabic_workbook_comes_back(folder: Path) -> None:
    path = folder / "ar.xlsx"
    make_workbook(open_mission(folder), Asked("2021Q3", "ADV-01", language="ar"), path, at=tiny.AT)
    book = load_workbook(path)
    name = next(sheet.title for sheet in book.worksheets if sheet["A1"].value == "measures:scores")
    book[name].title = "Scores"
    for key, text in {**LEVEL, "confidence": "moderate · متوسطة"}.items():
        put(book, "scores", row_of(book, "scores", "M-01/plan"), key, text)
    book["Scores"].title = name
    out = io.BytesIO()
    book.save(out)
    came = take_back(folder, out.getvalue())
    assert not came.refused, came.outcome.findings
    assert list(stands(folder)) == ["M-01/plan"]


def test_two_workbooks_of_one_adviser_must_agree(folder: Path, sent: bytes) -> None:
    (folder / "a.xlsx").write_bytes(typed(sent, {"M-01/plan": Said(LEVEL), "M-01/staff": Said(LEVEL)}))
    (folder / "b.xlsx").write_bytes(typed(sent, {"M-01/plan": Said({**LEVEL, "confidence": "low"})}))
    files = [folder / "a.xlsx", folder / "b.xlsx"]
    came = record_workbooks(folder, files, Recording(tiny.AT, "ADV-01"))
    assert codes(came) == [("W019", "b.xlsx!Scores!L5")]
    (folder / "b.xlsx").write_bytes(typed(sent, {"M-01/plan": Said(LEVEL)}))
    came = record_workbooks(folder, files, Recording(tiny.AT, "ADV-01"))
    assert came.outcome.added == {"assessment": 2, "citation": 2}


def test_a_folder_gives_its_workbooks_and_no_lock_files(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.xlsx", "~$a.xlsx", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in workbook_files([tmp_path])] == ["a.xlsx", "b.xlsx"]


def test_the_returned_copy_marks_the_cells_and_leads_to_them(folder: Path, sent: bytes) -> None:
    broken = typed(sent, {"M-01/plan": Said({**LEVEL, "rationale": "Seen.", "confidence": "rather"})})
    came = take_back(folder, broken)
    (one,) = send_back(folder, came, tiny.AT)
    assert (one.errors, one.assessor, one.period) == (2, "ADV-01", "2021Q3")
    book = load_workbook(one.copy)
    page: Any = book["Scores"]
    assert "S006" in page["J5"].comment.text
    assert "W032" in page["L5"].comment.text
    assert page["J5"].fill.fgColor.rgb == "FFF4B6B0"
    assert page["G5"].comment is None
    front: Any = book.worksheets[0]
    assert [front.cell(row, 2).hyperlink.location for row in (5, 6)] == ["'Scores'!J5", "'Scores'!L5"]
    assert [found.file for found in sent_back(folder)] == ["back.xlsx"]


def test_a_mended_copy_is_recorded_and_nothing_is_out_any_more(folder: Path, sent: bytes) -> None:
    came = take_back(folder, typed(sent, {"M-01/plan": Said({**LEVEL, "rationale": "Seen."})}))
    (one,) = send_back(folder, came, tiny.AT)
    mended = typed(Path(one.copy).read_bytes(), {"M-01/plan": Said(LEVEL)})
    came = take_back(folder, mended, name="mended.xlsx")
    assert not came.outcome.findings
    assert came.outcome.added == {"assessment": 1, "citation": 1}
    assert send_back(folder, came, tiny.AT) == ()
    assert sent_back(folder) == ()


def test_a_copy_is_marked_anew_each_time(folder: Path, sent: bytes) -> None:
    came = take_back(folder, typed(sent, {"M-01/plan": Said({**LEVEL, "rationale": "Seen."})}))
    (one,) = send_back(folder, came, tiny.AT)
    again = typed(Path(one.copy).read_bytes(), {"M-01/plan": Said({**LEVEL, "evidence": ""})})
    (two,) = send_back(folder, take_back(folder, again), tiny.AT)
    book = load_workbook(two.copy)
    page: Any = book["Scores"]
    assert page["J5"].comment is None
    assert "C004" in page["G5"].comment.text
    assert sum(str(sheet["A1"].value) == "measures:findings" for sheet in book.worksheets) == 1


def test_saved_again_by_another_program_it_is_the_same(folder: Path, sent: bytes, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    for number, content in enumerate((sent, typed(sent, {"M-01/plan": Said(LEVEL)}))):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(content)
        home = (tmp_path / "profile").as_uri()
        command = [
            soffice,
            f"-env:UserInstallation={home}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
        ]
        subprocess.run(
            [*command, "--outdir", str(tmp_path / "saved"), str(path)],
            check=True,
            capture_output=True,
            timeout=120,
        )
    assert not take_back(folder, (tmp_path / "saved" / "0.xlsx").read_bytes()).outcome.findings
    came = take_back(folder, (tmp_path / "saved" / "1.xlsx").read_bytes())
    assert not came.outcome.findings
    assert came.outcome.added == {"assessment": 1, "citation": 1}
    assert stands(folder)["M-01/plan"][0]["rationale"] == LEVEL["rationale"]


def test_rows_stand_where_the_tests_say(sent: bytes) -> None:
    book = load_workbook(io.BytesIO(sent))
    assert row_of(book, "scores", "M-01/plan") == FIRST_ROW
