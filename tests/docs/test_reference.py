"""The reference pages are those that the package makes now, and nothing is left out of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from measures.cli.commands import cli
from measures.finding import CATALOGUE
from measures.library import rubric_files, table_files
from measures.records.tables import TABLES
from measures.rubric import read_shelf, said
from scripts import make_reference
from tests.docs.blocks import DOCS

REFERENCE = DOCS / "reference"
SHELF = read_shelf(rubric_files(), table_files()).newest()


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


def test_every_table_is_on_its_page() -> None:
    assert set(re.findall(r"^## (.+)$", committed("frames.md"), re.MULTILINE)) == set(TABLES)


def test_every_rubric_of_the_shelf_has_a_page_and_nothing_else_has() -> None:
    shelf = {path.name for path in rubric_files()}
    assert {path.with_suffix(".yaml").name for path in (REFERENCE / "rubrics").iterdir()} == shelf


@pytest.mark.parametrize("path", rubric_files(), ids=lambda path: path.stem)
def test_the_page_of_a_rubric_tells_what_it_asks_and_how_it_is_scored(path: Path) -> None:
    rubric = SHELF[path.stem]
    page = committed(f"rubrics/{rubric.id}.md")
    titles = [source.title for source in rubric.derives_from]
    titles += [said(criterion.title) for criterion in rubric.criteria]
    titles += [said(vignette.title) for vignette in rubric.vignettes]
    reasons = [said(cap.reason) for cap in rubric.caps]
    missing = [words for words in (rubric.digest, *titles, *reasons) if words not in page]
    assert missing == []
    assert f"languages {', '.join(rubric.languages)}" in page


def test_every_conversion_table_is_shown_whole() -> None:
    page = committed("rubrics.md")
    for table in read_shelf(rubric_files(), table_files()).tables.values():
        section = page.partition(f"## Conversion table: {table.title['en']}\n")[2].partition("\n## ")[0]
        assert set(re.findall(r"`([A-Z ]+ [A-Z ]+)`", section)) == {" ".join(row) for row in table.rows}


def test_the_readme_counts_the_rubrics_of_the_shelf() -> None:
    number = ("Nineteen", "Twenty", "Twenty-one", "Twenty-two")[len(SHELF) - 19]
    assert f"{number} are on the shelf" in (DOCS.parent / "README.md").read_text(encoding="utf-8")
