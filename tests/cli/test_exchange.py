"""`measures export` and `measures import`: a register moves house and keeps its head."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from measures.errors import MissionError, RegisterError
from measures.register import Head, head_file, verify
from tests.cli.conftest import Command, Run


@pytest.fixture
def exported(run: Run, mission: Path, tmp_path: Path) -> Path:
    out = tmp_path / "register.jsonl"
    done = run("export", "register", "--mission", mission, "--out", out)
    assert (done.exit_code, done.output.split(";")[0]) == (0, f"Wrote 15 entries to {out}")
    return out


def test_a_register_moves_into_another_folder(
    run: Run, exported: Path, mission: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    head = str(head_file(mission / "register.db"))
    done = run("import", exported, "--mission", other, "--head", head)
    assert done.exit_code == 0, done.output
    assert done.output == f"Imported 15 entries; register head {head}\n"
    assert (str(verify(other / "register.db").head), verify(other / "register.db").findings) == (head, ())
    assert str(head_file(other / "register.db")) == head
    assert run("trace", "A-01", "--mission", other).exit_code == 0, "and it is a mission to read"


def test_the_export_on_the_terminal_is_the_file(command: Command, exported: Path, mission: Path) -> None:
    done = command("export", "register", "--mission", mission)
    assert (done.returncode, done.stdout.encode()) == (0, exported.read_bytes())
    last = exported.read_bytes().splitlines()[-1]
    assert hashlib.sha256(last).hexdigest() == Head.parse(str(head_file(mission / "register.db"))).digest


def test_what_is_wrong_with_a_file_is_told_and_nothing_written(
    run: Run, exported: Path, tmp_path: Path
) -> None:
    exported.write_bytes(exported.read_bytes().replace(b"ADV-01", b"ADV-02", 1))
    other = tmp_path / "other"
    other.mkdir()
    done = run("import", exported, "--mission", other)
    assert done.exit_code == 1
    assert "register.jsonl:2: error V020 Line 2 does not follow line 1." in done.output
    assert done.output.endswith("Nothing was imported.\n")
    told = json.loads(run("import", exported, "--mission", other, "--json").output)
    assert (told["imported"], [item["code"] for item in told["findings"]]) == (0, ["V020"])
    assert list(other.iterdir()) == []


@pytest.mark.parametrize(
    ("by_file", "says"), [(True, "The head file says 15:"), (False, "The head given says 15:")]
)
def test_a_file_that_lacks_the_end_is_told_by_a_head(
    run: Run, exported: Path, mission: Path, tmp_path: Path, by_file: bool, says: str
) -> None:
    """A shorter chain is whole; what tells is a head held elsewhere."""
    other = tmp_path / "other"
    other.mkdir()
    if by_file:
        (mission / "register.head").rename(other / "register.head")
    head = () if by_file else ("--head", head_file(mission / "register.db"))
    whole = exported.read_bytes()
    exported.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    done = run("import", exported, "--mission", other, *head)
    assert done.exit_code == 1
    assert "V021" in done.output
    assert says in done.output
    exported.write_bytes(whole)
    assert run("import", exported, "--mission", other, "-q", *head).output == ""
    assert verify(other / "register.db").findings == ()


def test_what_cannot_go_on(run: Run, exported: Path, mission: Path, tmp_path: Path) -> None:
    for words, error, says in (
        (("import", exported, "--mission", mission), RegisterError, "Expected an empty register"),
        (("import", tmp_path / "none", "--mission", tmp_path), RegisterError, "found none"),
        (("import", exported, "--mission", tmp_path / "none"), MissionError, "found none"),
        (("import", exported, "--mission", tmp_path, "--head", "15:x"), RegisterError, "register head"),
        (("export", "register", "--mission", tmp_path), RegisterError, "found no file"),
        (("export", "register", "--mission", mission, "--out", tmp_path / "no" / "x"), MissionError, "--out"),
    ):
        done = run(*words)
        assert isinstance(done.exception, error), words
        assert says in done.exception.message + done.exception.remedy


@pytest.mark.slow
def test_a_register_moves_onto_a_server(run: Run, exported: Path, mission: Path, address: str) -> None:
    """mission.yaml names the database, the file goes, and the head file stays to be answered to."""
    text = (mission / "mission.yaml").read_text(encoding="utf-8")
    (mission / "mission.yaml").write_text(f"register: {address}\n{text}", encoding="utf-8")
    (mission / "register.db").unlink()
    refused = run("record", "--as", "ADV-01", "--mission", mission)
    assert isinstance(refused.exception, RegisterError)
    assert "says 15 entries, found no register" in refused.exception.message
    assert run("import", exported, "--mission", mission).exit_code == 0
    assert "Nothing new to record." in run("record", "--as", "ADV-01", "--mission", mission).output
    assert run("verify", "--mission", mission).exit_code == 0


def test_the_roles_are_printed(run: Run) -> None:
    assert "GRANT SELECT, INSERT ON measures.entry TO measures_writer;" in run("export", "roles").output
    assert "CREATE TABLE" not in run("export", "roles").output
    assert "CREATE TABLE measures.entry" in run("export", "roles", "--tables").output
