"""The commands: those that are written down exist, and a failure is never hidden."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SCRIPTS = sorted([*(ROOT / "scripts").glob("*.sh"), ROOT / ".ci" / "run"])


def targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", text, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_command_of_a_page_exists(page: Path) -> None:
    named = set(re.findall(r"(?:`|^\s*)make ([a-z][a-z-]*)", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_can_be_run_and_parses(script: Path) -> None:
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)


def place_executable(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def run_with(folder: Path, script: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a script of the project with the commands in ``folder`` before all others."""
    return subprocess.run(
        [ROOT / script],
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("make", "status", "last"),
    {
        "all is well": ('echo "= 412 passed in 9.50s ="', 0, "= 412 passed in 9.50s ="),
        "the tests fail": (
            'echo "= 2 failed, 410 passed in 9.50s ="; exit 2',
            1,
            "= 2 failed, 410 passed in 9.50s =",
        ),
        "a gate fails": (
            'echo "= 412 passed in 9.50s ="; [ "$1" = test ]',
            1,
            "= 412 passed in 9.50s =",
        ),
        "pytest never ran": ("exit 2", 1, "pytest did not get to its end"),
    }.values(),
    ids=["all is well", "the tests fail", "a gate fails", "pytest never ran"],
)
def test_the_check_of_every_change_ends_with_pytests_line(
    tmp_path: Path, make: str, status: int, last: str
) -> None:
    place_executable(tmp_path / "make", make)
    done = run_with(tmp_path, ".ci/run")
    assert done.returncode == status, done.stdout
    assert done.stdout.splitlines()[-1] == f"make test: {last}"


def test_set_up_says_so_when_python_is_too_old(tmp_path: Path) -> None:
    place_executable(tmp_path / "old-python", '[ "$1" = --version ] && echo Python 3.9.2')
    done = run_with(tmp_path, "scripts/setup.sh", PYTHON="old-python")
    assert done.returncode == 3
    assert "Python 3.11 or newer is needed; old-python is Python 3.9.2." in done.stderr
