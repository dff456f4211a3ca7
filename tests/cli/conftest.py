"""The command in this process and in its own, and a mission that is recorded once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from measures.cli.commands import cli
from tests.workflow import tiny

Run = Callable[..., Result]
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run() -> Run:
    """Call the command in this process; an exception that escapes is the caller's to judge."""

    def call(*args: object) -> Result:
        return CliRunner().invoke(cli, [str(arg) for arg in args], prog_name="measures")

    return call


@pytest.fixture
def command() -> Command:
    """Run the command as a user does, in a process of its own."""

    def call(*args: object, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "measures", *(str(arg) for arg in args)],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **env},
            cwd=cwd,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return call


@pytest.fixture(scope="session")
def _original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tiny.write(tmp_path_factory.mktemp("original"))
    assert not tiny.recorded(folder).refused
    return folder


@pytest.fixture
def mission(_original: Path, tmp_path: Path) -> Path:
    """A recorded mission of one's own."""
    return Path(shutil.copytree(_original, tmp_path / "mission"))
