"""The reference pages are those that the package makes now, and nothing is left out of them."""

from __future__ import annotations

import re

import pytest

from measures.cli.commands import cli
from measures.finding import CATALOGUE
from measures.records.tables import TABLES
from scripts import make_reference
from tests.docs.blocks import DOCS

REFERENCE = DOCS / "reference"


def committed(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", make_reference.PAGES)
def test_a_made_page_is_what_the_package_makes_now(name: str) -> None:
    assert committed(name) == make_reference.page(name), "run: make reference"


def test_every_finding_is_on_its_page() -> None:
    assert re.findall(r"^### ([A-Z][0-9]{3}):", committed("findings.md"), re.MULTILINE) == list(CATALOGUE)


def test_every_command_is_on_its_page() -> None:
    found = re.findall(r"^## measures ?(.*)$", committed("cli.md"), re.MULTILINE)
    assert set(found) == {" ".join(words) for words in make_reference.commands(cli)}
    assert {"demo", "new", "record", "report", "status", "trace", "verify", "rubric show"} <= set(found)


def test_every_table_and_rubric_is_on_its_page() -> None:
    assert set(re.findall(r"^## (.+)$", committed("frames.md"), re.MULTILINE)) == set(TABLES)
    shelf = {path.stem for path in (DOCS.parent / "rubrics").glob("*.yaml")}
    assert set(re.findall(r"^Id `([a-z-]+)`", committed("rubrics.md"), re.MULTILINE)) == shelf
