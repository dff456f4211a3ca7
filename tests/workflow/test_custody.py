"""Evidence files: taken into the vault, kept whatever becomes of the file, and looked after."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from measures.register.vault import VAULT, read, stored_at
from measures.workflow.opening import open_register
from measures.workflow.verify import verify_mission
from tests.workflow.tiny import FILES, recorded, spoil, write

NOTE = FILES["evidence/visit/note.txt"].encode()
DIGEST = hashlib.sha256(NOTE).hexdigest()
OWN = "visit/note.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A recorded mission with one evidence file."""
    write(tmp_path)
    assert not recorded(tmp_path).refused
    return tmp_path


def codes(folder: Path) -> list[str]:
    return [finding.code for finding in verify_mission(folder).findings]


def stored(folder: Path) -> Path:
    return folder / "evidence" / stored_at(DIGEST)


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_a_recorded_file_is_in_the_vault_and_read_only(folder: Path) -> None:
    assert stored(folder).read_bytes() == NOTE
    assert stored(folder).stat().st_mode & 0o777 == 0o444
    with open_register(folder, read_only=True) as register:
        entry = register.latest("evidence", "E-02")
    assert entry is not None
    body = entry.body
    assert (body["file"], body["sha256"], body["size"], body["media"]) == (
        OWN, DIGEST, str(len(NOTE)), "text/plain",
    )  # fmt: skip
    assert codes(folder) == []


def test_a_dry_run_and_a_refusal_leave_the_vault_alone(tmp_path: Path) -> None:
    write(tmp_path)
    recorded(tmp_path, dry_run=True)
    spoil(tmp_path, [("mission.yaml", "id: tiny", "id: ti ny")])
    assert recorded(tmp_path).refused
    assert not (tmp_path / "evidence" / VAULT).exists()


def test_the_same_bytes_under_two_names_are_stored_once(folder: Path) -> None:
    (folder / "evidence" / "copy.txt").write_bytes(NOTE)
    line = next(line for line in FILES["evidence.csv"].splitlines() if line.startswith("E-02"))
    spoil(
        folder, [("evidence.csv", line, f"{line}\n{line.replace('E-02', 'E-03').replace(OWN, 'copy.txt')}")]
    )
    before = stored(folder).stat().st_mtime_ns
    assert recorded(folder).added == {"evidence": 1}
    assert [path.name for path in (folder / "evidence" / VAULT).rglob("*") if path.is_file()] == [DIGEST]
    assert stored(folder).stat().st_mtime_ns == before, "it was not written again"
    assert codes(folder) == []


@pytest.mark.parametrize(
    ("vault", "own", "found"),
    [
        pytest.param("kept", "kept", [], id="as it was"),
        pytest.param("kept", "altered", ["V050"], id="an altered file does not lose the record"),
        pytest.param("kept", "gone", [], id="a file tidied away is still in the vault"),
        pytest.param("altered", "kept", ["V052"], id="the vault's copy altered"),
        pytest.param("altered", "gone", ["V052"], id="the vault's copy altered and no other"),
        pytest.param("gone", "kept", ["V053"], id="only under its own name"),
        pytest.param("gone", "altered", ["V013"], id="altered, and no copy"),
        pytest.param("gone", "gone", ["V051"], id="gone altogether"),
    ],
)
def test_what_became_of_a_file_is_told(folder: Path, vault: str, own: str, found: list[str]) -> None:
    for path, state in ((stored(folder), vault), (folder / "evidence" / OWN, own)):
        if state == "altered":
            overwrite(path, b"Seen on 4 June.\n")
        elif state == "gone":
            path.unlink()
    assert codes(folder) == found
    content = read(folder / "evidence", DIGEST, OWN)
    assert (content == NOTE) is ("kept" in {vault, own})


def test_files_of_no_entry_are_told(folder: Path) -> None:
    (folder / "evidence" / "draft.txt").write_text("Not named yet.")
    (folder / "evidence" / VAULT / "ab").mkdir()
    (folder / "evidence" / VAULT / "ab" / ("ab" * 32)).write_text("Who put this here?")
    verdict = verify_mission(folder)
    assert [(f.code, f.severity) for f in verdict.findings] == [("V055", "warning"), ("V056", "hint")]


def test_a_table_cannot_name_a_file_of_the_vault(folder: Path) -> None:
    line = next(line for line in FILES["evidence.csv"].splitlines() if line.startswith("E-02"))
    named = line.replace("E-02", "E-03").replace(OWN, stored_at(DIGEST))
    spoil(folder, [("evidence.csv", line, f"{line}\n{named}")])
    assert [finding.code for finding in recorded(folder).findings] == ["F011"]


def test_a_vault_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "mission")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "mission" / "evidence" / VAULT).symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    outcome = recorded(tmp_path / "mission")
    assert [finding.code for finding in outcome.findings] == ["F011"]
    assert outcome.added == {}
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_pipe_in_the_place_of_a_copy_is_never_read(folder: Path) -> None:
    stored(folder).unlink()
    os.mkfifo(stored(folder))
    assert codes(folder) == ["F012"]


def test_a_file_that_cannot_be_taken_in_keeps_everything_from_being_recorded(tmp_path: Path) -> None:
    write(tmp_path)
    target = tmp_path / "evidence" / stored_at(DIGEST)
    target.parent.mkdir(parents=True)
    target.write_text("Something else under that digest.")
    outcome = recorded(tmp_path)
    assert [finding.code for finding in outcome.findings] == ["V052"]
    assert outcome.refused
    assert not (tmp_path / "register.db").exists()
    assert target.read_text() == "Something else under that digest.", "nothing is overwritten"
