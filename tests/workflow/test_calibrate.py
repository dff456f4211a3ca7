"""Calibration: cases out without their answers, and back with what was made of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from measures.errors import MeasuresError
from measures.intake.workbook.layout import CASES, FIRST_ROW, META
from measures.rubric import Rubric, said
from measures.workflow.calibrate import calibrate
from measures.workflow.practice import make_practice
from measures.workflow.shelf import one_rubric
from tests.workflow.sheets import page_of, rows

AT = "2022-01-10T08:00:00Z"
FIRST = "doctrine/coast-ministry/doctrine-authority"


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "cases.xlsx"
    make_practice(["doctrine"], "ADV-07", path, at=AT)
    return path


@pytest.fixture(scope="module")
def doctrine() -> Rubric:
    return one_rubric("doctrine")


def expected(rubric: Rubric) -> dict[str, str]:
    return {
        f"{rubric.id}/{vignette.id}/{found.criterion}": found.level
        for vignette in rubric.vignettes
        for found in vignette.expected
    }


def answered(blank: Path, path: Path, levels: Mapping[str, str], who: str = "ADV-07") -> Path:
    """Fill in a workbook of cases as somebody would."""
    made = openpyxl.load_workbook(blank)
    page = page_of(made, CASES)
    for line in page.iter_rows(min_row=FIRST_ROW):
        if line[0].value in levels:
            page.cell(line[0].row or 0, CASES.at("score")).value = levels[str(line[0].value)]
    meta = next(line for line in made[META].iter_rows() if line[0].value == "assessor")
    made[META].cell(meta[0].row or 0, 2).value = who
    made.save(path)
    return path


def test_every_case_is_asked_and_no_answer_is_in_the_file(blank: Path, doctrine: Rubric) -> None:
    asked = rows(openpyxl.load_workbook(blank), CASES)
    assert {row["key"] for row in asked} == set(expected(doctrine))
    assert {row["score"] for row in asked} == {""}
    with zipfile.ZipFile(blank) as parts:
        everything = "".join(parts.read(name).decode() for name in parts.namelist())
    for vignette in doctrine.vignettes:
        assert said(vignette.situation)[:40] in everything
        for found in vignette.expected:
            assert said(found.why)[:40] not in everything


def test_several_rubrics_in_arabic(tmp_path: Path) -> None:
    made = make_practice(["doctrine", "logistics@1.0"], "ADV-07", tmp_path / "x.xlsx", at=AT, language="ar")
    assert made.rubrics == ("doctrine@1.0", "logistics@1.0")
    book = openpyxl.load_workbook(io.BytesIO(made.path.read_bytes()))
    assert book.sheetnames[1] == "الحالات"
    assert len(rows(book, CASES)) == made.rows


def test_answers_are_compared_with_their_authors(blank: Path, doctrine: Rubric, tmp_path: Path) -> None:
    levels = expected(doctrine) | {FIRST: "Run by the ministry itself"}
    found = calibrate([answered(blank, tmp_path / "a.xlsx", levels)])
    by_criterion = {line.criterion: (line.same, line.higher, line.lower) for line in found.lines}
    assert by_criterion["doctrine-authority"] == (1, 1, 0)
    assert by_criterion["doctrine-writing"] == (2, 0, 0)
    (apart,) = found.differences
    assert (apart.case, apart.given, apart.expected) == (
        "The ministry on the coast", "Run by the ministry itself", "Working with advisers",
    )  # fmt: skip
    assert apart.why.startswith("Order, procedure, list")
    assert found.open == {"ADV-07": 0}


def test_people_are_compared_with_one_another(blank: Path, doctrine: Rubric, tmp_path: Path) -> None:
    levels = expected(doctrine)
    files = [
        answered(blank, tmp_path / "a.xlsx", levels, "ADV-07"),
        answered(blank, tmp_path / "b.xlsx", levels | {FIRST: "none"}, "ADV-08"),
    ]
    found = calibrate(files)
    line = next(
        line for line in found.lines if line.person == "ADV-08" and line.criterion == "doctrine-authority"
    )
    assert (line.same, line.peers, line.peers_same) == (1, 2, 1)
    agreement = found.among["doctrine"]
    assert (agreement.raters, agreement.exact, agreement.units) == (2, len(levels) - 1, len(levels))


def test_what_was_left_open_is_counted(blank: Path, tmp_path: Path) -> None:
    found = calibrate([answered(blank, tmp_path / "a.xlsx", {FIRST: "working"})])
    assert found.open == {"ADV-07": 5}
    assert len(found.lines) == 1


def test_a_level_nobody_knows_is_found_at_its_cell(blank: Path, tmp_path: Path) -> None:
    found = calibrate([answered(blank, tmp_path / "a.xlsx", {FIRST: "workng"})])
    assert [(finding.code, str(finding.place)) for finding in found.findings] == [("W032", "a.xlsx!Cases!F5")]
    assert "Did you mean 'working'" in found.findings[0].message
    assert not found.lines


def test_a_case_answered_twice_and_otherwise_is_found(blank: Path, tmp_path: Path) -> None:
    files = [
        answered(blank, tmp_path / "a.xlsx", {FIRST: "working"}),
        answered(blank, tmp_path / "b.xlsx", {FIRST: "agreed"}),
    ]
    assert [finding.code for finding in calibrate(files).findings] == ["W019"]


@pytest.mark.parametrize(
    ("names", "assessor", "expected"),
    [
        pytest.param(["doctrin"], "ADV-07", "Did you mean 'doctrine'", id="an unknown rubric"),
        pytest.param(["doctrine"], "ADV 07", "got 'ADV 07'", id="a code that is none"),
    ],
)
def test_what_cannot_be_made_is_said(tmp_path: Path, names: list[str], assessor: str, expected: str) -> None:
    with pytest.raises(MeasuresError, match=re.escape(expected)):
        make_practice(names, assessor, tmp_path / "x.xlsx", at=AT)
