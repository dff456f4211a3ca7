"""A bundle laid out as a mission folder: the same register, read and never added to."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from measures.cli.commands import cli
from measures.errors import MissionError, RegisterError
from measures.finding import errors_in
from measures.register import Register, archive
from measures.workflow.bundle_open import check, open_bundle
from measures.workflow.mission import open_mission
from measures.workflow.opening import open_register
from measures.workflow.publish import Noting, publish
from measures.workflow.verify import verify_mission
from tests.bundle.conftest import AT, bundled, relisted


def test_the_register_has_the_same_head_and_verifies(whole: Path, tmp_path: Path) -> None:
    checked = open_bundle(whole, tmp_path / "view")
    verdict = verify_mission(tmp_path / "view")
    assert not errors_in(verdict.findings), verdict.findings
    assert f"{verdict.size}:{verdict.digest}" == str(checked.head)
    assert any("checkpoint" in line and "signed by" in line for line in verdict.checked), verdict.checked


def test_the_heads_of_its_reports_are_held_against_it(whole: Path, tmp_path: Path) -> None:
    open_bundle(whole, tmp_path / "view")
    assert any("tiny-open-2021Q2.claims.json" in line for line in verify_mission(tmp_path / "view").checked)


def test_it_can_be_traced_and_reported_from(whole: Path, mission: Path, tmp_path: Path) -> None:
    open_bundle(whole, tmp_path / "view")
    view = tmp_path / "view"
    told = [
        CliRunner().invoke(cli, ["trace", "A-01", "-m", str(folder)]).output for folder in (view, mission)
    ]
    assert told[0] == told[1]
    assert "Kestrel" in told[0]
    assert str(open_mission(view).head) == str(open_mission(mission).head)
    assert open_mission(view).levels("2021Q2").equals(open_mission(mission).levels("2021Q2"))


def test_editions_of_the_missions_own_are_made_again_and_compared(reporting: Path, tmp_path: Path) -> None:
    publish(open_mission(reporting), "open", "2021Q2", tmp_path / "out", noted_by=Noting(AT))
    bundled(reporting, tmp_path / "bundle", "mission", ("open",))
    open_bundle(tmp_path / "bundle", tmp_path / "view")
    verdict = verify_mission(tmp_path / "view")
    assert not errors_in(verdict.findings), verdict.findings
    assert any(line.startswith("1 published edition, made again") for line in verdict.checked)


def test_a_bundle_of_a_bundle_is_the_same_register(whole: Path, tmp_path: Path) -> None:
    open_bundle(whole, tmp_path / "view")
    again = bundled(tmp_path / "view", tmp_path / "again", "mission", ("hq",))
    for name in ("register.jsonl", "rubrics/planning@1.0.json"):
        assert (again.path / name).read_bytes() == (whole / name).read_bytes()
    kept = {path.name.partition(".")[0] for path in (whole / "evidence").iterdir()}
    assert {path.name.partition(".")[0] for path in (again.path / "evidence").iterdir()} == kept


def test_nothing_can_be_added_to_it(whole: Path, tmp_path: Path) -> None:
    open_bundle(whole, tmp_path / "view")
    with pytest.raises(RegisterError, match="opened for reading"):
        open_register(tmp_path / "view")
    with open_register(tmp_path / "view", read_only=True) as register:
        assert register.head().size


def test_from_an_archive_too(whole: Path, tmp_path: Path) -> None:
    archive.pack(whole, tmp_path / "whole.zip", "top")
    assert open_bundle(tmp_path / "whole.zip", tmp_path / "view").head == check(whole).head
    with Register.open(tmp_path / "view" / "register.db", read_only=True) as register:
        assert str(register.head()) == str(check(whole).head)


def test_with_holes_it_is_checked_but_not_opened(part: Path, tmp_path: Path) -> None:
    assert check(part).withheld
    with pytest.raises(MissionError, match="withheld from this bundle") as raised:
        open_bundle(part, tmp_path / "view")
    assert "higher ceiling" in raised.value.remedy
    assert not (tmp_path / "view").exists()


def test_what_is_not_sound_is_not_opened(whole: Path, tmp_path: Path) -> None:
    (whole / "rubrics" / "planning@1.0.json").write_bytes(b"{}")
    found = open_bundle(relisted(whole), tmp_path / "view")
    assert {finding.code for finding in found.findings} == {"B012"}
    assert not (tmp_path / "view").exists()


def test_nothing_is_overwritten(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(MissionError, match="found something"):
        open_bundle(whole, tmp_path)


@pytest.mark.parametrize("content", [None, b"words"], ids=["nothing there", "no archive"])
def test_what_is_no_bundle_is_named_as_it_was_given(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "given.zip"
    if content is not None:
        path.write_bytes(content)
    (finding,) = check(path).findings
    assert finding.code in {"B001", "B002"}
    assert finding.place.file == "given.zip"
