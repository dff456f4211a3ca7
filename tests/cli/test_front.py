"""The front: exit codes, help, near words, JSON, colour, and the folder one happens to be in."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from measures.cli.commands import cli
from measures.errors import MeasuresError, MissionError
from tests.cli.conftest import Command, Run
from tests.workflow import tiny


def paths(command: click.Command, *words: str) -> Iterator[tuple[str, ...]]:
    """Yield the words that call every command there is."""
    yield words
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from paths(below, *words, name)


@pytest.mark.parametrize("words", list(paths(cli)), ids=" ".join)
def test_every_command_explains_itself(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words, "--help")
    assert done.exit_code == 0
    assert done.output.startswith("Usage: measures")
    assert run(*words, "-h").output == done.output
    assert re.search(r"\n  [A-Z].+\.\n", done.output), "a sentence says what it does"


def test_the_version_is_told(run: Run) -> None:
    assert re.fullmatch(r"measures, version [0-9]+\.[0-9]+\.[0-9]+\n", run("--version").output)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(("recrod",), "record"), (("statsu",), "status"), (("rubric", "lst"), "list"), (("verfy",), "verify")],
)
def test_a_mistyped_command_is_proposed(run: Run, typed: tuple[str, ...], meant: str) -> None:
    done = run(*typed)
    assert done.exit_code == 2
    assert done.output.count(f"'{meant}'") == 1


@pytest.mark.parametrize(
    "words",
    [("frobnicate",), ("record", "--frob"), ("report",), ("trace",), ("new",), ("status", "-m", __file__)],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


OTHER_SPELLINGS = {
    "2021 Q1": "Did you mean 2021Q1?",
    "2021q4": "Did you mean 2021Q4?",
    "Q3 2021": "Did you mean 2021Q3?",
    "2021/2": "Did you mean 2021Q2?",
    "2021Q5": "Write the year, Q and 1 to 4.",
    "spring": "Write the year, Q and 1 to 4.",
}


@pytest.mark.parametrize(("given", "hint"), OTHER_SPELLINGS.items(), ids=OTHER_SPELLINGS)
@pytest.mark.parametrize("words", [("status", "-p"), ("report", "-p"), ("settle", "--period")], ids=" ".join)
def test_what_is_no_quarter_is_wrong_usage(
    run: Run, mission: Path, words: tuple[str, ...], given: str, hint: str
) -> None:
    done = run(*words, given, "-m", mission)
    assert done.exit_code == 2
    said = " ".join(done.output.split())
    assert f"Expected a quarter such as 2021Q1, got '{given}'. {hint}" in said


READING = (("status",), ("trace", "A-01"), ("verify",), ("rubric", "list"), ("rubric", "show", "planning"))


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_reading_commands_end_well_and_as_json_too(run: Run, mission: Path, words: tuple[str, ...]) -> None:
    assert run(*words, "--mission", mission).exit_code == 0
    done = run(*words, "--mission", mission, "--json")
    assert done.exit_code == 0
    assert json.loads(done.output)


def test_recording_as_json(run: Run, tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "m")
    first = json.loads(run("record", "-m", folder, "--as", "ADV-01", "--json").output)
    again = json.loads(run("record", "-m", folder, "--as", "ADV-01", "--json").output)
    assert first["recorded"]["assessment"] == 3
    assert first["findings"] == []
    assert again == {**first, "recorded": {}, "unchanged": sum(first["recorded"].values())}


CANNOT = {
    "no such folder": ("status", "-m", "nowhere"),
    "nothing recorded": ("status", "-m", "."),
    "no register to verify": ("verify", "-m", "."),
    "record nowhere": ("record", "-m", "nowhere"),
    "no such edition": ("report", "hqq", "-p", "2021Q2", "-m", "mission"),
    "no such quarter": ("status", "-p", "2031Q1", "-m", "mission"),
    "no such record": ("trace", "A-99", "-m", "mission"),
    "no such rubric": ("rubric", "show", "planing", "-m", "mission"),
    "no such criterion": ("rubric", "show", "planning", "--criterion", "plans", "-m", "mission"),
    "not a head": ("verify", "--head", "12", "-m", "mission"),
    "nobody records": ("record", "changed", "-m", "mission"),
    "a stranger records": ("record", "changed", "--as", "XYZ-01", "-m", "mission"),
    "a mission already": ("new", "mission"),
    "quarters the wrong way round": ("new", "fresh", "--first", "2022Q1", "--last", "2021Q1"),
    "demonstration on another mission": ("demo", "--out", "mission"),
}


@pytest.mark.parametrize("words", CANNOT.values(), ids=CANNOT.keys())
def test_what_cannot_go_on_is_a_named_error(
    run: Run, mission: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mission.parent)
    changed = tiny.write(mission.parent / "changed")
    tiny.spoil(changed, [one_more_row("A-09")])
    done = run(*words)
    assert isinstance(done.exception, MeasuresError), done.output
    assert done.exception.message.endswith((".", "?"))
    assert "Traceback" not in done.output


def one_more_row(name: str) -> tiny.Edit:
    old = "A-02,M-01,plan,2021Q3,"
    rest = next(line for line in tiny.ASSESSMENTS.splitlines() if line.startswith(old)).removeprefix(old)
    return "assessments.csv", f"{old}{rest}", f"{old}{rest}\n{name},M-01,plan,2021Q4,{rest}"


def test_exit_codes_of_the_process(mission: Path, command: Command) -> None:
    well = command("verify", cwd=mission)
    assert (well.returncode, well.stderr) == (0, "")
    usage = command("verfy", cwd=mission)
    assert usage.returncode == 2
    nowhere = command("status", "-m", "nowhere", cwd=mission.parent)
    assert nowhere.returncode == 3
    assert nowhere.stdout == ""
    assert nowhere.stderr.startswith("Cannot go on. Expected a mission folder at nowhere")
    with sqlite3.connect(mission / "register.db") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE entry SET digest = ? WHERE seq = 3", ("0" * 64,))
    connection.close()
    altered = command("verify", cwd=mission)
    assert altered.returncode == 1
    assert "V001 Entry 3 does not match its digest." in altered.stdout


def test_a_folder_below_the_mission_will_do(run: Run, mission: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mission / "evidence" / "visit")
    assert "Nothing new to record." in run("record", "--as", "ADV-01").output
    assert run("status", "--json").exit_code == 0
    assert run("verify").exit_code == 0


def test_a_folder_of_somebody_elses_rows_is_recorded_into_the_mission(
    run: Run, mission: Path, tmp_path: Path
) -> None:
    (tmp_path / "sent").mkdir()
    rows = "id,objective,actor,date,stance,marking\nS-09,O-01,minister,2021-09,accepted,mission\n"
    (tmp_path / "sent" / "positions.csv").write_text(rows, encoding="utf-8")
    done = run("record", tmp_path / "sent", "-m", mission, "--as", "ADV-01")
    assert "Recorded 1 position." in done.output
    assert not list((tmp_path / "sent").glob("register*"))


def test_places_can_be_opened_from_where_one_stands(
    run: Run, mission: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.spoil(mission, [("positions.csv", "minister", "minster"), ("positions.csv", "S-01", "S-02")])
    monkeypatch.chdir(mission.parent)
    assert "mission/positions.csv:2:3: error C001" in run("record", "-m", mission, "--as", "ADV-01").output


def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "m")
    before = sorted(folder.rglob("*"))
    done = run("record", "-m", folder, "--dry-run")
    assert done.exit_code == 0
    assert "nothing was recorded (dry run)" in done.output
    assert sorted(folder.rglob("*")) == before


def test_quiet_is_quiet(run: Run, tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "m")
    assert run("record", "-m", folder, "--as", "ADV-01", "-q").output == ""


def test_no_colour_where_nobody_sees_it(mission: Path, command: Command) -> None:
    tiny.spoil(mission, [("positions.csv", "minister", "minster"), ("positions.csv", "S-01", "S-02")])
    piped = command("record", "-m", mission, "--as", "ADV-01")
    forced = command("record", "-m", mission, "--as", "ADV-01", FORCE_COLOR="1", TERM="xterm-256color")
    asked = command("record", "-m", mission, "--as", "ADV-01", NO_COLOR="1", TERM="xterm-256color")
    assert "\x1b[" not in piped.stdout + asked.stdout
    assert "C001" in piped.stdout
    assert "\x1b[" in forced.stdout


def test_brackets_in_what_somebody_wrote_are_not_markup(run: Run, mission: Path) -> None:
    tiny.spoil(mission, [("positions.csv", "minister", "[red]x[/]"), ("positions.csv", "S-01", "S-02")])
    assert "got '[red]x[/]'" in run("record", "-m", mission, "--as", "ADV-01").output


def test_a_terminal_of_few_characters_gets_all_there_is(mission: Path, command: Command) -> None:
    tiny.spoil(mission, [("positions.csv", "minister", "المینیستر"), ("positions.csv", "S-01", "S-02")])
    done = command("record", "-m", mission, "--as", "ADV-01", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "\\u0627" in done.stdout
    assert done.stderr == ""


def test_a_new_mission_can_be_recorded_and_read(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "Advice to Ruritania, 2"
    assert run("new", folder, "--first", "2024Q1", "--last", "2025Q4").exit_code == 0
    assert run("record", "-m", folder, "--as", "ADV-01").exit_code == 0
    assert "4 owed" in run("status", "-m", folder).output
    assert run("verify", "-m", folder).exit_code == 0


def test_a_new_mission_overwrites_nobodys_tables(run: Run, tmp_path: Path) -> None:
    (tmp_path / "positions.csv").write_text(tiny.POSITIONS, encoding="utf-8")
    done = run("new", tmp_path)
    assert isinstance(done.exception, MissionError)
    assert (tmp_path / "positions.csv").read_text(encoding="utf-8") == tiny.POSITIONS
    assert [path.name for path in tmp_path.iterdir()] == ["positions.csv"]


def test_an_empty_mission_folder_named_from_beside_it_is_placed_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path)
    shown = run("record", "--mission", "here").output
    assert "F010" in shown
    assert "here: error" in shown
    assert "here/here" not in shown
