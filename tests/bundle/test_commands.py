"""The commands as they are typed: what is printed, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from measures.cli.commands import cli
from measures.register import archive
from tests.bundle.conftest import relisted


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args], prog_name="measures")


def test_a_bundle_is_made_and_says_what_it_holds_and_holds_not(mission: Path, tmp_path: Path) -> None:
    done = run("bundle", "-p", "2021Q2", "--out", tmp_path / "out.zip", "-m", mission)
    assert done.exit_code == 0, done.output
    assert "Ceiling: public, the lowest marking; --ceiling hands over more." in done.output
    assert "and 1 files of evidence." in done.output
    assert "Reports above the ceiling, left out: audit, hq" in done.output
    assert "Its checkpoint is not signed" in done.output
    again = run("bundle", "check", tmp_path / "out.zip")
    assert again.exit_code == 0, again.output
    assert "hint B015" in again.output
    assert "ok  root of " in again.output


def test_as_json(mission: Path, tmp_path: Path) -> None:
    done = run("bundle", "-p", "2021Q2", "--out", tmp_path / "out", "-m", mission, "--json")
    said = json.loads(done.output)
    assert said["ceiling"] == "public"
    assert said["withheld"]["files"] == 1
    assert len(said["sha256_of_sha256sums"]) == 64
    checked = json.loads(run("bundle", "check", tmp_path / "out", "--json").output)
    assert checked["whole"] is True
    assert checked["head"] == said["head"]
    assert checked["withheld"] == said["withheld"]["entries"]


def test_quietly_it_says_where_it_is(mission: Path, tmp_path: Path) -> None:
    done = run("bundle", "-p", "2021Q2", "--out", tmp_path / "out", "-m", mission, "-q")
    assert done.output.replace("\n", "") == str(tmp_path / "out")


def test_a_bundle_is_opened(whole: Path, tmp_path: Path) -> None:
    done = run("bundle", "open", whole, "--out", tmp_path / "view")
    assert done.exit_code == 0, done.output
    assert "Go on with: measures verify" in done.output
    assert run("verify", "-m", tmp_path / "view").exit_code == 0


def test_one_with_holes_says_why_it_is_not(part: Path, tmp_path: Path) -> None:
    done = run("bundle", "open", part, "--out", tmp_path / "view")
    assert done.exception is not None
    assert "withheld from this bundle" in str(done.exception)


@pytest.mark.parametrize("words", [("verify",), ("trace", "A-01"), ("status",)], ids=" ".join)
def test_a_command_on_a_bundle_says_to_open_it(part: Path, words: tuple[str, ...]) -> None:
    done = run(*words, "--mission", part)
    assert "measures bundle open" in str(getattr(done.exception, "remedy", ""))


def test_one_that_was_spoilt_is_not_to_be_relied_on(whole: Path, tmp_path: Path) -> None:
    (whole / "prov.json").write_bytes(b"{}")
    for words in (("check", whole), ("open", whole, "--out", tmp_path / "view")):
        done = run("bundle", *words)
        assert done.exit_code == 1
        assert "error B006" in done.output
        assert "Not to be relied on." in done.output
    archive.pack(relisted(whole), tmp_path / "spoilt.zip", "top")
    assert run("bundle", "check", tmp_path / "spoilt.zip", "-q").exit_code == 0, (
        "prov.json is bound by the list alone"
    )


def test_without_an_evidence_file_nothing_is_bundled(mission: Path, tmp_path: Path) -> None:
    for path in (mission / "evidence").rglob("*"):
        if path.is_file():
            path.unlink()
    done = run("bundle", "-p", "2021Q2", "--out", tmp_path / "out", "-m", mission)
    assert done.exit_code == 1
    assert "Nothing was bundled." in done.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("bundle",), "Give --period and --out, or one of the commands: check, open."),
        (("bundle", "-p", "2021Q2"), "Give --period and --out"),
        (("bundle", "chekc", "x"), "Did you mean 'check'?"),
        (("bundle", "check", "/nowhere"), "does not exist"),
        (("bundle", "open", "."), "--out"),
    ],
    ids=["alone", "without a place", "misspelt", "nothing there", "opened nowhere"],
)
def test_wrong_usage(words: tuple[str, ...], told: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert told in done.output
