"""A small register, made once and copied for each test that wants to spoil it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from measures.register import Head
from tests.register.tampering import made

SIZE = 11


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Head]:
    path = tmp_path_factory.mktemp("original") / "register.db"
    return path, made(path, SIZE)


@pytest.fixture
def head(original: tuple[Path, Head]) -> Head:
    return original[1]


@pytest.fixture
def path(original: tuple[Path, Head], tmp_path: Path) -> Path:
    """A register of SIZE entries with its head file."""
    shutil.copytree(original[0].parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "register.db"
