"""Approving, looking after evidence files, and verifying, as they are typed."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from measures.register.vault import VAULT
from tests.cli.conftest import Run


def test_what_waits_is_shown_with_its_digest_and_nothing_is_recorded(run: Run, mission: Path) -> None:
    before = (mission / "register.db").read_bytes()
    done = run("approve", "-m", mission, "-p", "2021Q2")
    assert done.exit_code == 0
    said = json.loads(run("approve", "-m", mission, "-p", "2021Q2", "--json").output)
    for one in said:
        assert one["ref"] in done.output
        assert one["digest"][:12] in done.output
    assert "--as CODE" in done.output
    assert run("approve", "-m", mission, "-p", "2021Q2", "--as", "MOD-01").exit_code == 0
    assert (mission / "register.db").read_bytes() == before


def test_all_that_is_theirs_is_approved_and_their_own_is_left(run: Run, mission: Path) -> None:
    done = run("approve", "-m", mission, "-p", "2021Q2", "--as", "MOD-01", "--yes")
    assert (done.exit_code, "your own" in done.output, "Recorded 2 decisions." in done.output) == (
        0,
        True,
        True,
    )
    left = run("approve", "-m", mission, "-p", "2021Q2", "--as", "MOD-01", "--yes")
    assert "None of it is for MOD-01 to approve." in left.output
    assert "approvals: 2, binding 2" in run("verify", "-m", mission).output


def test_one_is_approved_by_name_and_one_is_refused(run: Run, mission: Path) -> None:
    done = run("approve", "A-01", "-m", mission, "--as", "MOD-01", "--yes", "--json")
    assert (done.exit_code, json.loads(done.output)["recorded"]) == (0, 1)
    done = run(
        "approve", "A-03", "-m", mission, "--as", "MOD-01", "--yes", "--refuse", "--reason", "Not seen.", "-q"
    )
    assert done.exit_code == 0
    assert "V-A-03 refused it" in run("approve", "-m", mission, "-p", "2021Q2").output


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("N-01", "--as", "MOD-01", "--yes"), 1, "C060"),
        (("N-01", "--as", "EXT-01", "--yes"), 1, "C037"),
        (("N-011", "--as", "EXT-01", "--yes"), 3, "Did you mean 'N-01'"),
        (("A-01", "--refuse", "--as", "MOD-01"), 2, "--reason"),
        (("A-01", "--as", "BOSS", "--yes"), 3, "MOD-01"),
        (("-p", "2031Q2"), 3, "2021Q1 to 2022Q4"),
    ],
    ids=[
        "settled it",
        "scored it",
        "a slip",
        "refused without a reason",
        "nobody known",
        "a quarter outside",
    ],
)
def test_what_cannot_be_approved_is_told(
    run: Run, mission: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    done = run("approve", "-m", mission, *words)
    if code == 3:
        assert done.exception is not None
        assert said in f"{done.exception} {getattr(done.exception, 'remedy', '')}"
    else:
        assert (done.exit_code, said in done.output) == (code, True)


def test_what_waits_goes_out_and_comes_back(run: Run, mission: Path, tmp_path: Path) -> None:
    path = tmp_path / "to-approve.csv"
    assert (
        "(3 to decide)"
        in run("approve", "-m", mission, "-p", "2021Q2", "--as", "MOD-01", "--out", path).output
    )
    header, *rows = csv.reader(StringIO(path.read_text(encoding="utf-8")))
    rows[0][header.index("decision")] = "approved"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    done = run("approve", "-m", mission, "--as", "MOD-01", "--take", path)
    assert (done.exit_code, "Recorded 1 decision." in done.output) == (0, True)
    assert "Nothing new to record." in run("approve", "-m", mission, "--as", "MOD-01", "--take", path).output


def test_an_evidence_file_is_listed_erased_and_listed_as_erased(run: Run, mission: Path) -> None:
    assert "kept" in run("evidence", "list", "-m", mission).output
    words = ("evidence", "erase", "E-02", "--reason", "Order of a court.", "-m", mission, "--as", "MOD-01")
    asked = run(*words)
    assert (asked.exit_code, "add --yes" in asked.output) == (2, True)
    done = json.loads(run(*words, "--yes", "--json").output)
    assert (done["fresh"], len(done["removed"])) == (True, 2)
    (one,) = json.loads(run("evidence", "list", "-m", mission, "--json").output)
    assert (one["state"], one["erased_by_entry"], one["findings"]) == ("erased", done["entry"], [])
    assert f"erased on {one['erased_on']} by entry" in run("evidence", "list", "-m", mission).output
    assert "erased by entry" in run("verify", "-m", mission).output


def test_files_are_taken_in_when_asked_and_lost_ones_named(run: Run, mission: Path) -> None:
    (copy,) = (path for path in (mission / "evidence" / VAULT).rglob("*") if path.is_file())
    copy.unlink()
    done = run("evidence", "keep", "-m", mission)
    assert (done.exit_code, done.output) == (0, "Taken in: 1.\n")
    assert run("evidence", "keep", "-m", mission).output == "Nothing to take in.\n"
    copy.unlink()
    (mission / "evidence" / "visit" / "note.txt").unlink()
    for words in (("evidence", "list"), ("evidence", "keep"), ("verify",)):
        done = run(*words, "-m", mission)
        assert (done.exit_code, "V051" in done.output) == (1, True)


def test_a_register_that_broke_is_told_by_step_first_break_and_cause(run: Run, mission: Path) -> None:
    for path in (mission / "evidence").rglob("*"):
        if path.is_file():
            path.unlink()
    done = run("verify", "-m", mission)
    assert done.exit_code == 1
    assert "NO  evidence files: 1 error" in done.output
    assert "ok  records of 15 entries" in done.output
    assert "First break: register.db:8, V051." in done.output
    assert "Likely: the file was edited, replaced, or lost when the folder was copied." in done.output
    said = json.loads(run("verify", "-m", mission, "--json").output)
    states = {step["name"]: step["state"] for step in said["steps"]}
    assert (states["evidence files"], states["entries"], said["whole"]) == ("wrong", "ok", False)
    assert said["first"]["code"] == "V051"


def test_a_quick_look_says_what_it_left_out(run: Run, mission: Path) -> None:
    assert (
        "--  editions: not looked at, because it was to be quick"
        in run("verify", "-m", mission, "--quick").output
    )


def test_the_status_names_what_is_void(run: Run, mission: Path) -> None:
    run("approve", "A-01", "-m", mission, "--as", "MOD-01", "--yes")
    path = mission / "citations.csv"
    line = path.read_text(encoding="utf-8").splitlines()[1]
    path.write_text(
        path.read_text(encoding="utf-8") + line.replace("C-01", "C-09").replace("page 1", "page 9") + "\n"
    )
    run("record", mission, "--as", "ADV-01")
    assert "citation C-09 was added in entry" in run("status", "-m", mission, "-p", "2021Q2").output
    verified = run("verify", "-m", mission)
    assert (verified.exit_code, "V062" in verified.output) == (0, True)
