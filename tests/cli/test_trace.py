"""A trace on the terminal, as JSON and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_both_directions_are_shown_under_their_headings(run: Run, mission: Path) -> None:
    shown = run("trace", "A-01", "-m", mission).output
    assert "Rests on\n" in shown
    assert "What rests on it\n" in shown
    for words in ("rubric planning@1.0#plan/asked", "evidence E-01  [mission]", "C-01: supports, hoop"):
        assert words in shown
    assert "moderation N-01" in shown
    assert "sha256 " in shown


@pytest.mark.parametrize(
    ("option", "here", "gone"),
    [("--down", "evidence E-01", "moderation N-01"), ("--up", "moderation N-01", "evidence E-01")],
)
def test_one_direction_alone(run: Run, mission: Path, option: str, here: str, gone: str) -> None:
    shown = run("trace", "A-01", option, "-m", mission).output
    assert here in shown
    assert gone not in shown


def test_what_rests_on_nothing_is_said(run: Run, mission: Path) -> None:
    assert "Rests on nothing else that is on record." in run("trace", "E-01", "-m", mission).output
    assert "Nothing that is on record rests on it." in run("trace", "A-02", "-m", mission).output


def test_what_was_shown_before_is_named_and_not_repeated(run: Run, mission: Path) -> None:
    shown = run("trace", "E-01", "-m", mission).output
    assert shown.count("The Kestrel directorate asked for a plan") == 1
    assert run("trace", "M-01/plan", "--up", "-m", mission).output.count("(above in full)") == 2


def test_as_json(run: Run, mission: Path) -> None:
    told = json.loads(run("trace", "A-01", "-m", mission, "--json").output)
    assert (told["kind"], told["id"], told["marking"]) == ("assessment", "A-01", "mission")
    assert [node["kind"] for node in told["below"]] == ["rubric", "evidence"]
    assert [node["id"] for node in told["above"]] == ["N-01"]


def test_as_a_page(run: Run, mission: Path, tmp_path: Path) -> None:
    done = run("trace", "A-01", "-m", mission, "--html", tmp_path / "a.html")
    assert done.output.strip() == str(tmp_path / "a.html")
    assert "<h2>What rests on it</h2>" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_the_register_is_read_anew_when_asked_for(run: Run, mission: Path) -> None:
    before = run("trace", "A-01", "-m", mission).output
    (mission / "register.lookup").unlink()
    assert run("trace", "A-01", "--reread", "-m", mission).output == before
    assert not (mission / "register.lookup").exists()


def test_a_misspelt_reference_is_told_what_was_meant(command: Run, mission: Path) -> None:
    done = command("trace", "a-1", "-m", mission)
    assert done.returncode == 3  # type: ignore[attr-defined]
    assert "Did you mean 'A-01'" in done.stderr
