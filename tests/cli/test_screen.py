"""`measures screen`: lists of figures of any shape are read, explained and recorded."""

# ruff: noqa: E501 - rows of a table are not wrapped

from __future__ import annotations

import json
from pathlib import Path

import pytest

import measures
from measures.errors import MissionError
from tests.cli.conftest import Run
from tests.workflow import tiny

OURS = """\
id,indicator,value,unit,reported_by,date,delivered,numerator,denominator,counted_by,denominator_stable,measures,demanded,demanded_by,path,criterion,marking
I-01,Posts filled,30,percent,The minister,2021-05,yes,12,40,payroll office,yes,change,yes,minister,M-01,planning/plan,mission
I-02,Soldiers who know the plan,500,persons,Headquarters,2021-05,no,,,,,output,no,,,,mission
"""
LEGACY = """\
id,indicator,value,unit,reported_by,date,why_it_fails,explanation,source,evidence
L-01,Share trained in human rights,(no value published),percent,Headquarters,2021-09,activity not delivered; unknown denominator; no partner demand,Neither part of the fraction existed.,essay,-
L-02,Objectives reached,1 of 14,count,The mission,2022-06,"counts output, not change; smells of paint",Counted at signature.,paper,-
"""


def file(folder: Path, text: str) -> Path:
    path = folder / "figures.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_our_own_columns_are_screened(run: Run, mission: Path, tmp_path: Path) -> None:
    done = run("screen", file(tmp_path, OURS), "-m", mission)
    assert done.exit_code == 0
    assert "I-01 Posts filled: 30 percent, 12 of 40\n  Keep as context.\n" in done.output
    assert "The question behind it is answered by planning/plan." in done.output
    assert "  Retire. It counts effort, the mission does not deliver it, " in done.output
    assert "decided it):\n    planning/plan  Planning: The plan (plan)\n" in done.output
    assert "Not in the file" not in done.output


def test_an_older_list_is_read_by_its_complaints(run: Run, tmp_path: Path) -> None:
    done = run("screen", file(tmp_path, LEGACY), "-m", tmp_path)
    assert done.exit_code == 0
    assert (
        "L-01 Share trained in human rights\n"
        "  Retire. The mission does not deliver it, there is no known whole to count it against and no office "
        "of the partner asked for it.\n"
    ) in done.output
    assert "L-02 Objectives reached: 1 of 14 count\n  Repair: say whether the mission delivers it; name" in (
        done.output
    )
    assert "  Not understood, and left out: smells of paint\n" in done.output
    assert "Not in the file, so taken as not known, but for what why_it_fails says: delivered," in done.output


def test_a_list_with_nothing_but_names_says_what_it_takes(run: Run, tmp_path: Path) -> None:
    done = run("screen", file(tmp_path, "indicator\nSoldiers trained\n"), "-m", tmp_path)
    assert done.exit_code == 0
    assert "line 2 Soldiers trained\n  Repair: say whether it counts what was delivered" in done.output
    assert "Not in the file, so taken as not known: date, delivered, numerator," in done.output


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,title\nI-01,Posts\n", "figures.csv:1: error S001"),
        ("id,indicator,colour\nI-01,Posts,red\n", "figures.csv:1:3: error S002"),
        ("id,indicator,delivered\nI-01,Posts,perhaps\n", "figures.csv:2:3: error S004"),
        ("id,indicator,path\nI-01,Posts,M-9\n", "figures.csv:2:3: error C001"),
        ("id,indicator,criterion\nI-01,Posts,planning/plans\n", "figures.csv:2:3: error C003"),
        ("", "figures.csv: error F008"),
    ],
    ids=[
        "no column of indicators",
        "another column",
        "another word",
        "no milestone",
        "no criterion",
        "empty",
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(
    run: Run, mission: Path, tmp_path: Path, text: str, told: str
) -> None:
    done = run("screen", file(tmp_path, text), "-m", mission)
    assert done.exit_code == 1
    assert told in done.output


def test_a_file_without_rows_is_no_mistake(run: Run, tmp_path: Path) -> None:
    done = run("screen", file(tmp_path, "id,indicator\n"), "-m", tmp_path)
    assert (done.exit_code, done.output) == (0, "No indicator stands in the file.\n")


def test_the_same_as_json(run: Run, mission: Path, tmp_path: Path) -> None:
    done = run("screen", file(tmp_path, OURS), "-m", mission, "--json")
    assert done.exit_code == 0
    said = json.loads(done.output)
    first, second = said["indicators"]
    assert (first["verdict"], first["rules"], first["criterion"]) == ("keep-as-context", [], "planning/plan")
    assert second["verdict"] == "retire"
    assert second["answers"]["delivered"] == "no"
    assert {rule["id"] for rule in second["rules"]} == {
        "nobodys-work",
        "no-fraction",
        "bare-effort",
        "unwanted-effort",
    }
    assert second["proposals"][0] == {
        "criterion": "planning/plan",
        "title": "Planning: The plan",
        "words": ["plan"],
    }
    assert said["not_in_the_file"] == []
    assert "recorded" not in said


def test_what_was_screened_is_recorded_with_its_verdict(run: Run, mission: Path, tmp_path: Path) -> None:
    done = run("screen", file(tmp_path, OURS), "-m", mission, "--record", "--as", "ADV-01")
    assert done.exit_code == 0
    assert "Recorded 2 indicator.\n" in done.output
    bodies = measures.open(mission).recorded.latest
    assert bodies["indicator", "I-01"].body["verdict"] == "keep-as-context"
    assert bodies["indicator", "I-02"].actor == "ADV-01"
    again = run("screen", file(tmp_path, OURS), "-m", mission, "--record", "--as", "ADV-01")
    assert "Nothing new to record.\n" in again.output


def test_an_older_list_is_recorded_once_it_has_a_marking(run: Run, mission: Path, tmp_path: Path) -> None:
    path = file(tmp_path, LEGACY)
    before = (mission / "register.db").read_bytes()
    refused = run("screen", path, "-m", mission, "--record", "--as", "ADV-01", "-q")
    assert refused.exit_code == 1
    assert "S003" in refused.output
    assert refused.output.endswith("Nothing was recorded.\n")
    assert (mission / "register.db").read_bytes() == before
    marked = run(
        "screen", path, "-m", mission, "--record", "--as", "ADV-01", "--marking", "mission", "--json"
    )
    assert marked.exit_code == 0
    assert json.loads(marked.output)["recorded"] == {"indicator": 2}
    body = measures.open(mission).recorded.latest["indicator", "L-01"].body
    assert (body["verdict"], body["delivered"], body["demanded"]) == ("retire", "no", "no")
    assert body["reason"] == "Neither part of the fraction existed."
    assert body["source"] == "essay"
    assert not {"value", "evidence", "denominator", "why_it_fails"} & set(body)


def test_a_list_with_a_mistake_records_nothing(run: Run, mission: Path, tmp_path: Path) -> None:
    path = file(tmp_path, OURS.replace(",M-01,", ",M-11,"))
    done = run("screen", path, "-m", mission, "--record", "--as", "ADV-01")
    assert done.exit_code == 1
    assert "error C001 path names 'M-11', which is no known milestone." in done.output
    assert ("indicator", "I-02") not in measures.open(mission).recorded.latest


def test_nobody_records_into_a_folder_without_a_mission(run: Run, tmp_path: Path) -> None:
    path = file(tmp_path, OURS)
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert isinstance(run("screen", path, "-m", folder, "--record").exception, MissionError)
    assert sorted(found.name for found in tmp_path.iterdir()) == ["figures.csv"]


def test_an_unrecorded_mission_can_be_screened_against_its_own_rubrics(run: Run, tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "m")
    done = run("screen", file(tmp_path, OURS), "-m", folder)
    assert done.exit_code == 0
    assert "answered by planning/plan" in done.output
    assert not list(folder.glob("register*"))


def test_a_file_that_is_not_there_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("screen", tmp_path / "nothing.csv").exit_code == 2
