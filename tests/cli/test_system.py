"""What the system refuses is told in a sentence, never as a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from measures.errors import RegisterError
from tests.cli.conftest import Command, Run
from tests.workflow import tiny

ROOT = Path(__file__).parents[2]
_DROP = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


def _prefix() -> tuple[str, ...] | None:
    """Return what makes file rights hold for this user; ``None`` where nothing can."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        return None
    worked = subprocess.run([*_DROP, "true"], capture_output=True, check=False)
    return _DROP if worked.returncode == 0 else None


PREFIX = _prefix()
needs_rights = pytest.mark.skipif(PREFIX is None, reason="root cannot be made to mind file rights here")


@pytest.fixture
def bound() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command with file rights in force, also for root."""

    def call(*args: object) -> subprocess.CompletedProcess[str]:
        words = [*(PREFIX or ()), sys.executable, "-m", "measures", *(str(arg) for arg in args)]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            words, env=env, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
        )

    return call


@pytest.fixture
def locked(mission: Path) -> Iterator[Path]:
    """The mission, given back its rights afterwards so that it can be cleaned up."""
    yield mission
    for path in (mission, *mission.rglob("*")):
        path.chmod(0o755)


REFUSED = {
    "a register nobody may read": ("register.db", 0o000, ("status",), 3),
    "a register nobody may read, to record": ("register.db", 0o000, ("record", "--as", "ADV-01"), 3),
    "a plan nobody may read": ("plan.yaml", 0o000, ("record", "--as", "ADV-01"), 1),
    "a table nobody may read": ("positions.csv", 0o000, ("record", "--as", "ADV-01"), 1),
    "a folder nobody may look into": (".", 0o000, ("status",), 2),
}


@needs_rights
@pytest.mark.parametrize(("name", "mode", "words", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_what_may_not_be_read(
    locked: Path,
    bound: Callable[..., subprocess.CompletedProcess[str]],
    name: str,
    mode: int,
    words: tuple[str, ...],
    code: int,
) -> None:
    (locked / name).chmod(mode)
    done = bound(*words, "-m", locked)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert (done.stdout + done.stderr).strip()


@needs_rights
def test_a_folder_that_may_not_be_written_is_read_but_not_recorded_into(
    locked: Path, bound: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    tiny.spoil(locked, [("positions.csv", "S-01", "S-02")])
    locked.chmod(0o555)
    (locked / "register.db").chmod(0o444)
    assert bound("status", "-m", locked).returncode == 0
    assert bound("verify", "-m", locked).returncode == 0
    done = bound("record", "-m", locked, "--as", "ADV-01")
    assert done.returncode == 3
    assert done.stderr.startswith("Cannot go on. Expected a register at register.db, got a file that")
    made = bound("new", locked / "below")
    assert made.returncode == 3
    assert "Traceback" not in made.stderr


def test_a_path_too_long(command: Command) -> None:
    done = command("status", "-m", "a" * 300)
    assert done.returncode == 3
    assert done.stderr.startswith("Cannot go on. The system refused")


def test_a_folder_that_was_removed_under_ones_feet(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"cd {gone} && rmdir {gone} && exec {sys.executable} -m measures status"
    done = subprocess.run(
        ["sh", "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_a_folder_whose_name_is_not_text(mission: Path, command: Command) -> None:
    odd = mission.rename(mission.with_name(os.fsdecode(b"m\xffssion")))
    tiny.spoil(odd, [("positions.csv", "minister", "minster"), ("positions.csv", "S-01", "S-02")])
    for more in ((), ("--json",)):
        done = command("record", "-m", odd, "--as", "ADV-01", *more)
        assert done.returncode == 1
        assert done.stderr == ""


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + bytes(200)])
@pytest.mark.parametrize(
    "words", [("status",), ("record", "--as", "ADV-01"), ("trace", "A-01")], ids=" ".join
)
def test_a_register_that_is_none(run: Run, mission: Path, content: bytes, words: tuple[str, ...]) -> None:
    (mission / "register.db").write_bytes(content)
    done = run(*words, "-m", mission)
    assert isinstance(done.exception, RegisterError)
    assert done.exception.message.startswith("Expected a register at register.db, got ")
