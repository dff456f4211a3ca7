"""What the pages say of Python is so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import measures
from measures.judgement.quarter import Quarter
from tests.docs.blocks import DOCS, ROOT, blocks

PYTHON = (DOCS / "how-to" / "use-from-python.md", ROOT / "README.md")
REFERENCE = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the worked example in it."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(
        ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("register.*", "out")
    )
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("page", PYTHON, ids=lambda page: page.name)
def test_the_python_of_a_page_runs(page: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    names: dict[str, Any] = {}
    for block in blocks(page):
        if block.language == "python":
            exec(compile(block.text, block.place, "exec"), names)  # noqa: S102 - the page is the test
    assert isinstance(names["mission"], measures.Mission)


@pytest.fixture(scope="module")
def quarter(checkout: Path) -> Quarter:
    return measures.open(checkout / "examples" / "nmi").judge("2023Q3")


@pytest.mark.parametrize("name", ["stands", "supported", "moves"])
def test_the_columns_of_a_judgement_frame_are_those_of_the_page(name: str, quarter: Quarter) -> None:
    frame = getattr(quarter, name)
    section = REFERENCE.partition(f"\n### `{name}`\n")[2].partition("\n##")[0]
    described = dict(re.findall(r"^\| `([a-z_]+)` \| ([^|]+) \|", section, re.MULTILINE))
    assert described == dtypes(frame)


def dtypes(frame: pd.DataFrame) -> Mapping[str, str]:
    return {str(column): _dtype(dtype) for column, dtype in frame.dtypes.items()}


def _dtype(dtype: object) -> str:
    if isinstance(dtype, pd.CategoricalDtype):
        return "ordered category" if dtype.ordered else "category"
    return f"`{dtype}`"
