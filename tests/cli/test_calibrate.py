"""`measures calibrate`: what it says, and that it records nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from measures.errors import MeasuresError
from measures.workflow.practice import make_practice
from measures.workflow.shelf import one_rubric
from tests.cli.conftest import Run
from tests.workflow.test_calibrate import AT, FIRST, answered, expected


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("calibrate",), id="nothing named"),
        pytest.param(("calibrate", "doctrine"), id="nobody named"),
        pytest.param(("calibrate", "doctrine", "--take", "."), id="a rubric and what came back"),
    ],
)
def test_what_is_missing_is_a_matter_of_usage(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_the_command_writes_compares_and_never_records(run: Run, mission: Path, tmp_path: Path) -> None:
    doctrine = one_rubric("doctrine")
    path = tmp_path / "cases.xlsx"
    done = run("calibrate", "doctrine", "--assessor", "ADV-07", "--out", path, "-m", mission)
    assert done.output.startswith(f"{path}\n2 cases, 6 levels to give.")
    answered(path, path, expected(doctrine) | {FIRST: "none"})
    before = (mission / "register.db").read_bytes()
    shown = run("calibrate", "--take", path, "-m", mission)
    assert "gave 'None of it', its author 'Working with advisers'" in shown.output
    assert run("record", path, "-m", mission).output == shown.output
    told = json.loads(run("calibrate", "--take", path, "-m", mission, "--json").output)
    assert told["open"] == {"ADV-07": 0}
    assert len(told["differences"]) == 1
    assert (mission / "register.db").read_bytes() == before


def test_a_quarter_is_not_compared(run: Run, mission: Path, tmp_path: Path) -> None:
    path = tmp_path / "quarter.xlsx"
    run("workbook", "-p", "2022Q1", "--assessor", "ADV-01", "--out", path, "-m", mission)
    blank = make_practice(["doctrine"], "ADV-07", tmp_path / "cases.xlsx", at=AT).path
    with pytest.raises(MeasuresError, match="scores a quarter"):
        raise run("calibrate", "--take", blank, "--take", path, "-m", mission).exception or AssertionError
