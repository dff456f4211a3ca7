"""The endurance runs of ``benchmarks/endurance.py``, in small: many writers at once, and writers killed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.endurance import PART, killed, together
from measures.register import Location
from tests.postgres import running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill"),
]


def test_writers_at_once_in_a_file(tmp_path: Path) -> None:
    told = together(Location.of(tmp_path / "register.db"), writers=5, submissions=20)
    assert (told.acknowledged, told.entries, told.unacknowledged) == (100, 100 * PART, 0)
    assert told.refused > 0, "they did get in each other's way"


def test_writers_killed_at_a_file(tmp_path: Path) -> None:
    told = killed(Location.of(tmp_path / "register.db"), kills=20, at_once=3)
    assert told.acknowledged > 0


def test_writers_at_once_and_killed_at_a_server(tmp_path: Path) -> None:
    with running(durable=True) as cluster:
        told = together(Location(cluster.new(), tmp_path / "one.head"), writers=4, submissions=15)
        assert (told.acknowledged, told.entries, told.unacknowledged) == (60, 60 * PART, 0)
        assert told.refused > 0
        told = killed(Location(cluster.new(), tmp_path / "other.head"), kills=12, at_once=3)
        assert told.acknowledged > 0
