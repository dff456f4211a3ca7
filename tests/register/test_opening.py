"""Opening what is a register, what is none, and what may only be read."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from measures.errors import RegisterError
from measures.register import GENESIS_HEAD, Head, Register, database, opening, verify
from tests.register import tampering
from tests.register.conftest import SIZE
from tests.register.tampering import append, drafts


def test_a_new_register_is_empty_and_sound(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with Register.open(path, create=True) as register:
        assert register.head() == GENESIS_HEAD
        assert list(register.entries()) == []
        assert register.entry(1) is None
    found = verify(path)
    assert (found.size, found.head, found.findings) == (0, GENESIS_HEAD, ())
    assert [item.name for item in tmp_path.iterdir()] == ["register.db"]


def test_no_register_is_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="found no file"):
        Register.open(tmp_path / "register.db")
    assert list(tmp_path.iterdir()) == []


def test_asking_to_make_one_that_is_there_opens_it(path: Path, head: Head) -> None:
    with Register.open(path, create=True) as register:
        assert register.head() == head


def test_no_register_is_made_where_the_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(RegisterError) as refusal:
        Register.open(tmp_path / "none" / "register.db", create=True)
    assert refusal.value.remedy


def test_no_register_is_made_beside_the_head_of_a_lost_one(path: Path) -> None:
    path.unlink()
    with pytest.raises(RegisterError, match="11 entries"):
        Register.open(path, create=True)
    assert not path.exists()


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "register.db"
    Register.open(path, create=True).close()
    assert verify(path).findings == ()
    database.create(path)  # somebody else was first
    assert [item.name for item in tmp_path.iterdir()] == ["register.db"]


def _other_program(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE entry (seq INTEGER)")
    connection.close()


def _pragma(statement: str, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def _without_table(path: Path) -> None:
    _pragma("DROP TABLE entry", path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


STRANGERS = {
    "a text": lambda path: path.write_bytes(b"id,title\n" * 400),
    "a zip": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(4000)),
    "nothing": lambda path: path.write_bytes(b""),
    "one byte": lambda path: path.write_bytes(b"S"),
    "its first page only": lambda path: path.write_bytes(path.read_bytes()[:4096]),
    "its first bytes only": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "a damaged first page": lambda path: path.write_bytes(path.read_bytes()[:100] + bytes(20000)),
    "a database of another program": _other_program,
    "a newer layout": lambda path: _pragma("PRAGMA user_version = 99", path),
    "no layout": lambda path: _pragma("PRAGMA user_version = 0", path),
    "no table": _without_table,
    "a folder": _folder,
}


def _read(path: Path, *, read_only: bool) -> None:
    with Register.open(path, read_only=read_only) as register:
        list(register.entries())


@pytest.mark.parametrize("name", STRANGERS)
def test_what_is_no_register_is_a_finding_and_a_named_error(path: Path, name: str) -> None:
    STRANGERS[name](path)
    found = verify(path)
    assert not found.sound
    assert {item.code for item in found.findings} & {"V010", "V014"}
    assert all(item.remedy for item in found.findings)
    for read_only in (True, False):
        with pytest.raises(RegisterError):
            _read(path, read_only=read_only)


@pytest.mark.parametrize("kept", range(4096, 16384, 1024))
def test_a_register_cut_off_anywhere_never_verifies(path: Path, kept: int) -> None:
    raw = path.read_bytes()
    assert len(raw) > kept
    path.write_bytes(raw[:kept])
    assert not verify(path).sound


def test_no_file_is_a_finding(tmp_path: Path) -> None:
    found = verify(tmp_path / "register.db")
    assert [(item.code, found.size) for item in found.findings] == [("V010", 0)]


def test_a_locked_register_is_a_finding_and_a_named_error(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    found = verify(path)
    assert [item.code for item in found.findings] == ["V010"]
    assert "locked" in found.findings[0].message
    connection = sqlite3.connect(path, timeout=0.05)
    with pytest.raises(RegisterError, match="locked") as refusal, database.in_words("register.db"):
        connection.execute("SELECT * FROM entry")
    assert "again" in refusal.value.remedy
    connection.close()
    other.execute("ROLLBACK")
    other.close()
    assert verify(path).sound


def test_a_register_open_for_reading_is_not_appended_to(path: Path, head: Head) -> None:
    with Register.open(path, read_only=True) as register, pytest.raises(RegisterError, match="for reading"):
        append(register, drafts(1), head)


def test_reading_leaves_nothing_behind(path: Path) -> None:
    before = {item.name: item.read_bytes() for item in path.parent.iterdir()}
    with Register.open(path, read_only=True) as register:
        assert len(list(register.entries())) == SIZE
    verify(path)
    assert {item.name: item.read_bytes() for item in path.parent.iterdir()} == before


def test_a_migration_goes_forward_only(path: Path, head: Head, monkeypatch: pytest.MonkeyPatch) -> None:
    later = (*database.script(), "CREATE TABLE note (text TEXT) STRICT;\n-- a remark; with a semicolon\n")
    with monkeypatch.context() as patch:
        patch.setattr(database, "script", lambda: later)
        assert verify(path).findings == (), "an older layout is still read"
        with Register.open(path) as register:
            assert register.head() == head
        assert verify(path).findings == ()
    assert "newer layout 3" in verify(path).findings[0].message
    with pytest.raises(RegisterError, match="newer layout 3"):
        Register.open(path)


def test_a_register_of_the_first_layout_is_read_and_brought_forward(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "register.db"
    first = database.script()[:1]
    with monkeypatch.context() as patch:
        patch.setattr(database, "script", lambda: first)
        made = tampering.made(path, SIZE)
    with Register.open(path, read_only=True) as register:
        assert [entry.seq for entry in register.entries(refs=["R-002", "R-009"])] == [2, 9]
    assert verify(path).findings == ()
    with Register.open(path) as register:
        assert register.head() == made
        append(register, drafts(1), made)
    assert verify(path).findings == ()
    connection = sqlite3.connect(path)
    assert database.objects(connection) == database.blueprint(2)
    connection.close()


@contextmanager
def _nobody() -> Iterator[None]:
    """Be somebody without rights for a while, when we are root; else stay who we are."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked_folder(path: Path) -> Iterator[Path]:
    """A register in a folder that may be read and not written."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(path.parent, folder, dirs_exist_ok=True)
        for item in folder.iterdir():
            item.chmod(0o444)
        folder.chmod(0o555)
        yield folder / "register.db"
        folder.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs rights as POSIX has them")
def test_a_folder_that_may_only_be_read_is_read(locked_folder: Path, head: Head) -> None:
    with _nobody():
        with Register.open(locked_folder, read_only=True) as register:
            assert register.head() == head
            assert len(list(register.entries())) == SIZE
        assert verify(locked_folder).findings == ()
        with pytest.raises(RegisterError), Register.open(locked_folder) as register:
            append(register, drafts(1), head)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs rights as POSIX has them")
def test_a_log_that_nobody_may_fold_in_is_said(locked_folder: Path) -> None:
    locked_folder.parent.chmod(0o755)
    log = locked_folder.with_name("register.db-wal")
    log.write_bytes(b"something")
    log.chmod(0o444)
    locked_folder.parent.chmod(0o555)
    with _nobody():
        assert [item.code for item in verify(locked_folder).findings] == ["V010"]
        with pytest.raises(RegisterError, match="cannot be opened"):
            Register.open(locked_folder, read_only=True)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs rights as POSIX has them")
def test_a_register_that_may_not_be_read_is_a_finding(locked_folder: Path) -> None:
    locked_folder.chmod(0)
    with _nobody():
        assert [item.code for item in verify(locked_folder).findings] == ["V010"]
        with pytest.raises(RegisterError):
            Register.open(locked_folder, read_only=True)


def test_the_room_is_light() -> None:
    code = (
        "import sys, measures.register\n"
        "heavy = {'pandas', 'pandera', 'numpy', 'click', 'rich', 'weasyprint', 'yaml', 'jinja2'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
