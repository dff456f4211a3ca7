"""The commands about rubric versions: in any window, piped, without colour, refused, locked."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import measures
from measures.cli import main
from measures.register import database
from tests.cli.conftest import Run
from tests.workflow.tiny import RUBRIC, spoil
from tests.workflow.version_refusals import DECLARED, SECOND, TWO

Front = Callable[..., tuple[object, str, str]]
WORDS = ("planning@1.0", "planning@2.0")


@pytest.fixture
def changed(mission: Path) -> Path:
    """A recorded mission with a second version of its rubric in the folder."""
    spoil(mission, [SECOND])
    return mission


@pytest.fixture
def diff(run: Run, changed: Path) -> str:
    done = run("rubric", "diff", *WORDS, "-m", changed)
    assert done.exit_code == 0
    return done.output


def test_a_diff_shows_the_words_side_by_side(diff: str) -> None:
    assert diff.startswith(
        "planning@1.0 to 2.0: recalibrated. Lines break on plan; results may not be compared.\n"
        "Declared: recalibrated. As said in the note.\n"
    )
    assert "plan: recalibrated; its levels may not be compared" in diff
    assert "It was [-written.-]" in diff
    assert "It was {+signed.+}" in diff


def test_a_piped_diff_has_no_colour_and_no_spaces_to_cut(diff: str) -> None:
    assert "\x1b" not in diff
    assert max(len(line) for line in diff.splitlines()) <= 140


@pytest.mark.parametrize(("columns", "no_colour"), [("30", ""), ("60", "1"), ("200", "")])
def test_a_diff_fits_the_window(changed: Path, columns: str, no_colour: str) -> None:
    """In a terminal of any width every word is there; with NO_COLOR without a colour."""
    seen = in_terminal(changed, columns, no_colour, "rubric", "diff", *WORDS)
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen)
    for word in ("[-written.-]", "{+signed.+}", "recalibrated", "plan-shared"):
        assert word in plain
    assert max(len(line.rstrip()) for line in plain.splitlines()) <= int(columns)
    colours = re.findall(r"\x1b\[[0-9;]*3[0-9]m", seen)
    assert bool(colours) is (not no_colour)


def in_terminal(folder: Path, columns: str, no_colour: str, *words: str) -> str:
    """What the command shows in a terminal of that width."""
    if shutil.which("script") is None:
        pytest.skip("no terminal to be had here")
    command = " ".join([sys.executable, "-m", "measures", *words])
    environment = {
        **os.environ,
        "TERM": "xterm",
        "COLUMNS": columns,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    environment.pop("NO_COLOR", None)
    if no_colour:
        environment["NO_COLOR"] = no_colour
    done = subprocess.run(
        ["script", "-qec", command, "/dev/null"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.replace("\r\n", "\n")


def test_a_diff_as_json_says_of_each_difference_what_it_counts_as(run: Run, changed: Path) -> None:
    spoil(changed, [(TWO, DECLARED % "recalibrated", DECLARED % "clarified")])
    said = json.loads(run("rubric", "diff", *WORDS, "-m", changed, "--json").output)
    assert (said["class"], said["criteria"]) == (
        "clarified",
        {"plan": {"class": "clarified", "comparable": True}},
    )
    assert said["differences"] == [
        {
            "criterion": "plan",
            "what": "shared, attribute plan-shared",
            "before": "It was written.",
            "after": "It was signed.",
            "least": "clarified",
            "presumed": "recalibrated",
            "class": "clarified",
            "bears_on": "levels",
        }
    ]
    assert said["understated"] == []


def test_a_diff_of_the_same_words(run: Run, mission: Path) -> None:
    done = run("rubric", "diff", "planning@1.0", "planning", "-m", mission)
    assert done.output == "planning@1.0 to 1.0: the same words. Nothing differs.\n"


def test_a_diff_of_what_bears_on_the_result_alone(run: Run, mission: Path) -> None:
    text = RUBRIC.replace('version: "1.0"', 'version: "2.0"').replace("weakest-link", "median")
    spoil(mission, [(TWO, "", text)])
    done = run("rubric", "diff", *WORDS, "-m", mission)
    assert "No line of a criterion breaks; results may not be compared." in done.output


def test_a_declaration_too_mild_is_told_by_what_outweighs_it(run: Run, mission: Path) -> None:
    text = RUBRIC.replace('version: "1.0"', 'version: "2.0"').replace(
        "It was written.", "It was not written."
    )
    spoil(mission, [(TWO, "", text + DECLARED % "clarified")])
    done = run("rubric", "diff", *WORDS, "-m", mission)
    assert (
        "Declared clarified, which counts for nothing: plan, shared, attribute plan-shared is recalibrated."
        in done.output
    )


def test_a_diff_needs_no_mission(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    spoil(tmp_path, [("one.yaml", "", RUBRIC), SECOND])
    assert "recalibrated" in run("rubric", "diff", "one.yaml", TWO).output


def test_publishing(run: Run, changed: Path) -> None:
    head = measures.open(changed).head.size
    tried = run("rubric", "publish", "-m", changed, "--dry-run")
    assert (tried.exit_code, measures.open(changed).head.size) == (0, head)
    assert tried.output.endswith("Would publish planning@2.0\nUnchanged planning@1.0\n")
    assert "warning L" in tried.output, "what lint warns of is shown and refuses nothing"
    done = run("rubric", "publish", "-m", changed, "--as", "ADV-01")
    assert (done.exit_code, measures.open(changed).head.size) == (0, head + 1)
    assert "Lines break on plan" in done.output
    assert done.output.endswith("Published planning@2.0\nUnchanged planning@1.0\n")
    again = run("rubric", "publish", "-m", changed, "--as", "ADV-01", "--quiet")
    assert (again.exit_code, again.output) == (0, "")


def test_publishing_as_json(run: Run, changed: Path) -> None:
    tried = json.loads(run("rubric", "publish", "-m", changed, "--dry-run", "--json").output)
    assert (tried["published"], tried["unchanged"]) == ([], ["planning@1.0"])
    done = json.loads(run("rubric", "publish", "-m", changed, "--as", "ADV-01", "--json").output)
    assert (done["published"], done["changes"][0]["class"]) == (["planning@2.0"], "recalibrated")
    assert done["head"] != tried["head"]


def test_places_are_such_as_an_editor_opens_from_here(
    run: Run, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(changed.parent)
    shown = run("rubric", "publish", "-m", "mission", "--dry-run").output
    first = shown.splitlines()[0].split(": ")[0].split(":")[0]
    assert (changed.parent / first).is_file()


REFUSED = {
    "other words under a version on record": (("rubrics/planning.yaml", "It was written.", "It was signed."), "R009"),
    "a file that is not sound": (("rubrics/planning.yaml", "validity:", "vailidity:"), "S009"),
    "no YAML": (("rubrics/planning.yaml", "", "id: [planning"), "F004"),
    "no text": (("rubrics/planning.yaml", "", b"\xff\xfe\x00"), "F002"),
    "what lint calls an error": (
        (TWO, "One was written with advisers.", "Most of 40 posts were written with advisers."), "L006",
    ),
    "a change declared too mildly": ((TWO, "It was signed.", "It was not written."), "R017"),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_refused_and_nothing_is_written(
    run: Run, changed: Path, edit: tuple[str, str, str | bytes], code: str
) -> None:
    if code == "R017":
        spoil(changed, [(TWO, "class: recalibrated", "class: clarified")])
    spoil(changed, [edit])
    before = (changed / "register.db").read_bytes()
    done = run("rubric", "publish", "-m", changed, "--as", "ADV-01")
    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert f"error {code}" in done.output
    assert done.output.endswith("Nothing was published.\n")
    assert (changed / "register.db").read_bytes() == before


CANNOT = {
    "no mission": (("rubric", "publish"), "Expected a mission folder at"),
    "nobody publishes": (("rubric", "publish", "-m", "mission"), "Expected the code of who records, got none."),
    "a stranger publishes": (("rubric", "publish", "-m", "mission", "--as", "XYZ-01"), "Expected the code of who records, got 'XYZ-01'."),
    "no such rubric": (("rubric", "publish", "planing", "-m", "mission", "--as", "ADV-01"), "Did you mean 'planning'?"),
    "no such version": (("rubric", "diff", "planning@1.0", "planning@1.O", "-m", "mission"), "got 'planning@1.O'"),
    "no such file": (("rubric", "diff", "planning@1.0", "none.yaml", "-m", "mission"), "none.yaml"),
    "a folder": (("rubric", "diff", "planning@1.0", "folder.yaml", "-m", "mission"), "folder.yaml"),
    "a name too long for any file": (("rubric", "diff", "planning@1.0", "x" * 300, "-m", "mission"), "File name too long"),
    "two rubrics": (("rubric", "diff", "planning", "logistics", "-m", "mission"), "Expected two versions of one rubric"),
    "a mission never recorded": (("rubric", "publish", "-m", "fresh", "--as", "ADV-01"), "Expected a register in"),
    "no register": (("rubric", "publish", "-m", "broken", "--as", "ADV-01"), "Expected a register at"),
}  # fmt: skip


@pytest.fixture
def front(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Front:
    """Call the entry point in this process; return its exit code, and what it says where."""

    def call(*words: object) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["measures", *map(str, words)])
        with pytest.raises(SystemExit) as done:
            main()
        out, err = capsys.readouterr()
        return done.value.code, out, " ".join(err.split())

    return call


@pytest.mark.parametrize(("words", "told"), CANNOT.values(), ids=CANNOT)
def test_what_cannot_go_on_is_said_in_one_sentence(
    front: Front, changed: Path, words: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = changed.parent
    (around / "folder.yaml").mkdir()
    for name in ("fresh", "broken"):
        shutil.copytree(changed, around / name)
    for path in (around / "fresh").glob("register*"):
        path.unlink()
    (around / "broken" / "register.db").write_bytes(b"no register")
    monkeypatch.chdir(around)
    status, out, err = front(*words)
    assert (status, out) == (3, "")
    assert err.startswith("Cannot go on. ")
    assert told in err


def test_a_register_that_another_process_holds_is_left_alone(
    front: Front, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = database.connect.__kwdefaults__
    assert patience is not None
    monkeypatch.setitem(patience, "busy_seconds", 0.1)
    before = measures.open(changed).head
    publish = ("rubric", "publish", "-m", changed, "--as", "ADV-01", "-q")
    holding = sqlite3.connect(changed / "register.db", isolation_level=None)
    try:
        holding.execute("BEGIN IMMEDIATE")
        status, out, err = front(*publish)
    finally:
        holding.execute("ROLLBACK")
        holding.close()
    assert (status, out) == (3, "")
    assert err.startswith("Cannot go on. ")
    assert measures.open(changed).head == before
    assert front(*publish)[0] == 0
