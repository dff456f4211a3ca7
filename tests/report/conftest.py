"""The worked example, recorded once for all tests of the report."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from measures.period import Period
from measures.report.claims import ClaimList
from measures.report.source import Source
from measures.workflow.mission import Mission, open_mission

EXAMPLE = Path(__file__).parents[2] / "examples" / "nmi"


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Mission:
    """The example as a demonstration mission that was just recorded."""
    folder = tmp_path_factory.mktemp("example") / "nmi"
    folder.mkdir()
    for path in EXAMPLE.iterdir():
        if path.suffix in (".yaml", ".csv"):
            shutil.copyfile(path, folder / path.name)
    return open_mission(folder, at="2024-01-15T12:00:00Z")


@pytest.fixture
def source(example: Mission) -> Source:
    """The example's first quarter of 2021, of which a test replaces parts."""
    now = "2021Q1"
    plan = example.plan.as_of(Period.parse(now))
    return Source(example.judge(now), example.frames, plan, example.file, "en", ClaimList("hq", now))
