"""Workbooks that come back, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.workflow.test_workbooks import LEVEL
from tests.workflow.workbook_cycle import Said, mission, typed, workbook

BROKEN = {**LEVEL, "rationale": "Seen."}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return mission(tmp_path / "mission")


def back(folder: Path, said: dict[str, str], name: str = "ADV-01.xlsx") -> Path:
    """Return a folder with one workbook that came back."""
    box = folder.parent / "box"
    box.mkdir(exist_ok=True)
    (box / name).write_bytes(typed(workbook(folder), {"M-01/plan": Said(said)}))
    return box


def test_a_workbook_is_recorded_and_the_second_time_nothing_is(run: Run, folder: Path) -> None:
    box = back(folder, LEVEL)
    done = run("record", box / "ADV-01.xlsx", "-m", folder, "--as", "ADV-01")
    assert done.exit_code == 0, done.output
    assert "Recorded 1 assessment, 1 citation." in done.output
    again = run("record", box, "-m", folder, "--as", "ADV-01")
    assert again.exit_code == 0
    assert "Nothing new to record." in again.output


def test_a_broken_one_is_refused_with_its_cell_and_sent_back(run: Run, folder: Path) -> None:
    box = back(folder, BROKEN)
    done = run("record", box, "-m", folder, "--as", "ADV-01", "--returned", folder.parent / "out")
    assert done.exit_code == 1
    assert "ADV-01.xlsx!Scores!J5: error S006" in done.output
    assert "Nothing was recorded." in done.output
    assert (folder.parent / "out" / "ADV-01.xlsx").is_file()
    assert "ADV-01.xlsx: 1 error" in run("status", "-m", folder, "-p", "2021Q3").output


def test_the_same_for_a_program(run: Run, folder: Path) -> None:
    done = run("record", back(folder, BROKEN), "-m", folder, "--as", "ADV-01", "--partial", "--json")
    told = json.loads(done.output)
    assert told["recorded"] == {}
    assert [(one["file"], one["errors"]) for one in told["workbooks"]] == [("ADV-01.xlsx", 1)]
    assert [(one["what"], one["codes"]) for one in told["left"]] == [("M-01/plan", ["S006"])]
    (finding,) = told["findings"]
    assert (finding["sheet"], finding["cell"]) == ("Scores", "J5")


@pytest.mark.parametrize(
    "words",
    [
        ("--take", "theirs"),
        ("--partial",),
        ("box/ADV-01.xlsx", "--take", "theirs", "--cells", "J5"),
        ("box/ADV-01.xlsx", "--cells", "Scores!J5"),
        ("box/ADV-01.xlsx", "--take", "mine"),
    ],
    ids=["--take without workbooks", "--partial without workbooks", "no sheet", "no side", "no such side"],
)
def test_wrong_usage(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    back(folder, LEVEL)
    given = [folder.parent / word if word.endswith(".xlsx") else word for word in words]
    assert run("record", *given, "-m", folder, "--as", "ADV-01").exit_code == 2


def test_tables_and_workbooks_in_one_folder_are_not_guessed_apart(run: Run, folder: Path) -> None:
    box = back(folder, LEVEL)
    (box / "evidence.csv").write_text("id\n", encoding="utf-8")
    done = run("record", box, "-m", folder, "--as", "ADV-01")
    assert done.exit_code == 2
    assert "tables and workbooks" in done.output


def test_what_is_no_workbook_is_a_finding(run: Run, folder: Path) -> None:
    path = folder.parent / "scores.docx"
    path.write_bytes(b"PK\x03\x04")
    done = run("record", path, "-m", folder, "--as", "ADV-01")
    assert done.exit_code == 1
    assert "W003" in done.output
