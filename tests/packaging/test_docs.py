"""The pages stay true to the package."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from measures.records.tables import TABLES, Table

ROOT = Path(__file__).parents[2]
FILES = (ROOT / "docs" / "reference" / "files.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.file)
def test_the_files_page_describes_exactly_the_columns_of_a_table(table: Table) -> None:
    section = FILES.partition(f"\n## {table.file}\n")[2].partition("\n## ")[0]
    first_cells = re.findall(r"^\| ([^|]*`[^|]*) \|", section, re.MULTILINE)
    described = [name for cell in first_cells for name in re.findall(r"`([a-z_]+)`", cell)]
    assert sorted(described) == sorted(table.header)
