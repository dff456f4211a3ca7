"""A quick start: heavy libraries are loaded by the commands that need them, and by no other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"pandas", "numpy", "pandera", "weasyprint", "pikepdf", "jinja2", "fontTools"}


def imported(*words: str, cwd: Path) -> set[str]:
    """Return the top-level packages that a command imports, as the interpreter reports them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "measures", *words],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    return {name.partition(".")[0] for name in re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE)}


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("--version",),
        ("record", "--help"),
        ("verify",),
        ("trace", "A-01"),
        ("rubric", "list"),
        ("rubric", "show", "doctrine"),
    ],
    ids=" ".join,
)
def test_what_needs_no_frames_loads_none(mission: Path, words: tuple[str, ...]) -> None:
    loaded = imported(*words, cwd=mission)
    assert "click" in loaded
    assert not HEAVY & loaded


def test_help_reads_no_yaml_and_opens_no_database(tmp_path: Path) -> None:
    assert not {"yaml", "sqlite3", "msgspec", "rich"} & imported("--help", cwd=tmp_path)


def test_the_measure_measures(mission: Path) -> None:
    assert "pandas" in imported("status", cwd=mission)
