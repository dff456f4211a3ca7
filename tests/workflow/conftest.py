"""A recorded mission, with a key in use or without."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from measures.workflow.signing import Keyring, put_in_use
from tests.workflow import tiny
from tests.workflow.held import AT


@pytest.fixture(scope="session")
def _recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tiny.write(tmp_path_factory.mktemp("recorded"))
    assert not tiny.recorded(folder).refused
    return folder


@pytest.fixture
def mission(_recorded: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "mission"
    shutil.copytree(_recorded, folder)
    return folder


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "config")


@pytest.fixture
def signing(mission: Path, ring: Keyring) -> Path:
    """The mission with a key in use."""
    put_in_use(mission, ring, at=AT, actor="ADV-01")
    return mission
