"""`measures workbook`: what it says, as words and as JSON, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from measures.errors import MeasuresError
from tests.cli.conftest import Run


def test_it_says_where_the_file_is_what_it_holds_and_how_it_comes_back(run: Run, mission: Path) -> None:
    done = run("workbook", "-p", "2022Q1", "--assessor", "ADV-01", "--mission", mission)
    path = mission / "out" / "workbook-2022Q1-ADV-01.xlsx"
    assert done.exit_code == 0
    assert path.read_bytes().startswith(b"PK")
    assert done.output.splitlines() == [
        str(path),
        "1 row of 1 milestone led by ADV-01, 0 scored already; 1 item of evidence up to the marking public.",
        f"Filled in, take it back: measures record {path} --mission {mission}",
    ]


def test_for_another_program(run: Run, mission: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    done = run(
        "workbook", "-p", "2021Q2", "--assessor", "EXT-01", "--milestones", "M-01,", "--lang", "ar",
        "--out", path, "--mission", mission, "--json",
    )  # fmt: skip
    told = json.loads(done.output)
    assert len(told.pop("head").partition(":")[2]) == 64
    assert told == {
        "workbook": str(path),
        "period": "2021Q2",
        "assessor": "EXT-01",
        "language": "ar",
        "marking": "public",
        "milestones": ["M-01"],
        "rows": 1,
        "scored_already": 1,
        "evidence": 0,
    }


def test_quiet_says_the_path_alone(run: Run, mission: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    done = run("workbook", "-p", "2022Q1", "--assessor", "ADV-01", "--out", path, "-m", mission, "-q")
    assert done.output == f"{path}\n"


def test_a_second_time_it_leaves_the_first_alone(run: Run, mission: Path) -> None:
    words = ("workbook", "-p", "2022Q1", "--assessor", "ADV-01", "--mission", mission)
    assert run(*words).exit_code == 0
    with pytest.raises(MeasuresError, match="found one"):
        raise run(*words).exception or AssertionError("it was written over")
