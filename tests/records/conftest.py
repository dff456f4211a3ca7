"""The worked example, recorded once and opened as an analyst does."""

from __future__ import annotations

from pathlib import Path

import pytest

import measures
from measures.workflow.mission import Mission
from measures.workflow.new import copy_example
from tests.workflow.tiny import AT


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Mission:
    folder: Path = copy_example(tmp_path_factory.mktemp("example") / "nmi")
    return measures.open(folder, at=AT)
