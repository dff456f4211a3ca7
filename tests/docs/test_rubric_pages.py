"""The pages about rubrics can be followed to the letter: write one, change it, extend another."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from measures.rubric import lint, parse, parse_rubric
from measures.rubric.model import AGGREGATIONS, CHANGES
from tests.docs.blocks import DOCS, blocks, follow

WRITE, CHANGE, EXTEND = (DOCS / "how-to" / f"{verb}-a-rubric.md" for verb in ("write", "change", "extend"))


def rubric_of(page: Path) -> str:
    return next(block.text for block in blocks(page) if block.text.startswith("id: "))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder in which a rubric was written."""
    made = tmp_path_factory.mktemp("rubrics")
    follow(WRITE, made)
    yield made
    shutil.rmtree(made)


def test_the_rubric_to_start_from_is_sound_and_lint_is_silent_on_it() -> None:
    document, findings = parse(rubric_of(WRITE), "stock-count.yaml")
    assert [*findings, *parse_rubric(rubric_of(WRITE))[1], *lint(document)] == []


@pytest.mark.slow
def test_a_rubric_is_changed_as_the_page_says(folder: Path) -> None:
    shutil.copytree(folder, folder / "changed", ignore=shutil.ignore_patterns("changed", "extended"))
    follow(CHANGE, folder / "changed")


@pytest.mark.slow
def test_a_rubric_is_extended_as_the_page_says(folder: Path) -> None:
    shutil.copytree(folder, folder / "extended", ignore=shutil.ignore_patterns("changed", "extended"))
    follow(EXTEND, folder / "extended")


@pytest.mark.parametrize(
    ("page", "heading", "words"),
    [(WRITE, "How criteria become a result", AGGREGATIONS), (CHANGE, "Say what the change means", CHANGES)],
    ids=["aggregations", "classes of change"],
)
def test_a_page_tells_every_word_there_is(page: Path, heading: str, words: tuple[str, ...]) -> None:
    section = page.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)) == set(words)
