"""A recording that is killed leaves the register as before or as after, never between."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from measures.finding import errors_in
from measures.register import head_file, verify
from tests.workflow.tiny import recorded, spoil, write

ROOT = Path(__file__).parents[2]
ROWS = 1500


def kill_while_recording(folder: Path, wait: float, *, from_write: bool) -> None:
    """Start ``measures record`` and kill it, ``wait`` seconds after its start or its first write."""
    process = subprocess.Popen(
        [sys.executable, "-m", "measures", "record", "-m", folder, "--as", "ADV-01", "-q"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    before = written(folder)
    while from_write and process.poll() is None and written(folder) == before:
        time.sleep(0.0005)
    time.sleep(wait)
    process.kill()
    process.wait()


def written(folder: Path) -> int:
    """Return how many bytes of register lie in the folder; reading it changes nothing here."""
    size = 0
    for path in folder.glob("register*"):
        if not path.name.endswith("-shm"):
            with suppress(FileNotFoundError):
                size += path.stat().st_size
    return size


@pytest.mark.slow
@pytest.mark.parametrize("begun", [False, True], ids=["first recording", "later recording"])
def test_kill_leaves_before_or_after(tmp_path: Path, begun: bool) -> None:
    folder = write(tmp_path / "mission")
    before = recorded(folder).head.size if begun else 0
    rows = "".join(f"G-{n:05},,,Office,,Talk,,mission,,,mission\n" for n in range(ROWS))
    spoil(folder, [("engagements.csv", "E-01; E-02,mission\n", f"E-01; E-02,mission\n{rows}")])
    after = 15 + ROWS
    chance = random.Random(20210701 + begun)
    for attempt in range(6):
        copy = Path(shutil.copytree(folder, tmp_path / f"attempt-{attempt}"))
        early = attempt % 3 == 0
        wait = chance.uniform(0.3, 1.2) if early else chance.uniform(0, 0.25)
        kill_while_recording(copy, wait, from_write=not early)
        path = copy / "register.db"
        size = 0
        if path.exists():
            found = verify(path)
            assert not errors_in(found.findings)
            size = found.size
        kept = head_file(path)
        assert kept is None or kept.size <= size
        assert size in {0, before, after}
        assert begun <= size, "what was recorded before stays recorded"
        if attempt in (1, 4):
            assert recorded(copy).head.size == after, "and recording again ends well"
            assert not errors_in(verify(path).findings)
            assert not list(copy.glob("register.db.*.new*"))
