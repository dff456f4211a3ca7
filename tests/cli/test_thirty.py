"""A folder with thirty mistakes: all are told at once, each with its place and a way out."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

from measures.finding import CATALOGUE
from tests.cli.conftest import Command
from tests.cli.folders import write

LINE = re.compile(r"(?P<place>\S+): (?P<severity>error|warning|hint) (?P<code>[FSRC][0-9]{3}) (?P<words>.+)")

MISTAKES = {
    ("S009", "mission.yaml:4:41"),
    ("S004", "mission.yaml:8:20"),
    ("S008", "mission.yaml:11:5"),
    ("S005", "mission.yaml:13:30"),
    ("C001", "mission.yaml:13:5"),
    ("C001", "plan.yaml:2:5"),
    ("S004", "plan.yaml:2:73"),
    ("C002", "plan.yaml:4:5"),
    ("C001", "plan.yaml:4:5"),
    ("C001", "plan.yaml:14:5"),
    ("C027", "plan.yaml:14:5"),
    ("S010", "plan.yaml:16:5"),
    ("C002", "assessments.csv:2:7"),
    ("C004", "assessments.csv:2:7"),
    ("C015", "assessments.csv:3:8"),
    ("C003", "assessments.csv:4:3"),
    ("C014", "assessments.csv:5:4"),
    ("C016", "assessments.csv:5:8"),
    ("C024", "assessments.csv:6:6"),
    ("C004", "assessments.csv:6:7"),
    ("C007", "assessments.csv:6:10"),
    ("C017", "assessments.csv:6:14"),
    ("C022", "assessments.csv:6:16"),
    ("C013", "assessments.csv:7:4"),
    ("C026", "assessments.csv:7:9"),
    ("S005", "assessments.csv:8:4"),
    ("S006", "assessments.csv:8:9"),
    ("C012", "assessments.csv:8:17"),
    ("S007", "assessments.csv:9:1"),
    ("F009", "assessments.csv:10"),
    ("S004", "evidence.csv:2:4"),
    ("S004", "evidence.csv:2:9"),
    ("C018", "evidence.csv:3:9"),
    ("F011", "evidence.csv:3:15"),
    ("S005", "evidence.csv:4:6"),
    ("S002", "positions.csv:1:6"),
}


def test_thirty_mistakes_are_thirty_located_findings(tmp_path: Path, command: Command) -> None:
    folder = write(tmp_path / "tired")
    done = command("record", "--as", "ADV-01", cwd=folder)
    lines = done.stdout.splitlines()
    told = {(match["code"], match["place"]) for match in map(LINE.fullmatch, lines) if match}
    assert len(MISTAKES) >= 30
    assert told == MISTAKES
    for place, remedy in pairwise(lines):
        assert not LINE.fullmatch(place) or re.fullmatch(r"    \S.*\.", remedy), place
    assert lines[-2:] == ["36 errors, 1 warning", "Nothing was recorded."]
    assert done.stderr == ""
    assert done.returncode == 1
    assert not list(folder.glob("register*"))


def test_the_same_as_json(tmp_path: Path, command: Command) -> None:
    folder = write(tmp_path / "tired")
    done = command("record", folder, "--mission", folder, "--as", "ADV-01", "--json")
    said = json.loads(done.stdout)
    told = {
        (one["code"], ":".join(str(part) for part in (one["file"], one["line"], one["column"]) if part))
        for one in said["findings"]
    }
    assert told == MISTAKES
    assert all(one["message"] and one["remedy"] for one in said["findings"])
    assert all(one["severity"] == CATALOGUE[one["code"]].severity for one in said["findings"])
    assert said["recorded"] == {}
    assert done.returncode == 1
    assert not list(folder.glob("register*"))
