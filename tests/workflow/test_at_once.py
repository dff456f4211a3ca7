"""Several people record at once, each from a folder of their own, into one register."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from measures.workflow.opening import open_register
from measures.workflow.record import record
from measures.workflow.verify import verify_mission
from tests.workflow.refusals import more
from tests.workflow.tiny import AT, recorded, spoil, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
]
QUARTERS = ("2021Q4", "2022Q1", "2022Q2", "2022Q3", "2022Q4")


def at_once(folder: Path) -> list[int]:
    """Record a score of each quarter, all at the same time; return how often each was prepared again."""
    assert not recorded(folder).refused
    children = {}
    for period in QUARTERS:
        source = Path(
            shutil.copytree(folder, folder.parent / period, ignore=shutil.ignore_patterns("register*"))
        )
        spoil(source, [more("A", "A-02", id=f"A-{period}", period=period)])
        child = os.fork()
        if not child:
            status = 99
            try:
                outcome = record(folder, source, at=AT, actor="ADV-01")
                added = dict(outcome.added) == {"assessment": 1}
                status = sum(item.code == "V017" for item in outcome.findings) if added else 98
            finally:
                os._exit(status)
        children[child] = period
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def everything_is_there(folder: Path, tries: list[int]) -> None:
    assert all(count <= 3 for count in tries), tries
    assert sum(tries) > 0, "they did get in each other's way"
    with open_register(folder, read_only=True) as register:
        refs = [entry.ref for entry in register.entries(kinds=["assessment"])]
        assert register.head().size == 15 + len(QUARTERS)
    assert set(refs) >= {f"A-{period}" for period in QUARTERS}
    assert [item for item in verify_mission(folder).findings if item.code.startswith("V0")] == []


def test_into_a_file(tmp_path: Path) -> None:
    folder = write(tmp_path / "mission")
    everything_is_there(folder, at_once(folder))


def test_onto_a_server(tmp_path: Path, address: str) -> None:
    folder = write(tmp_path / "mission")
    spoil(folder, [("mission.yaml", "id: tiny\n", f"id: tiny\nregister: {address}\n")])
    everything_is_there(folder, at_once(folder))
