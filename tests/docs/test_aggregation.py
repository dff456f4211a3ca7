"""What the pages on aggregation show comes out, and their examples are so."""

from __future__ import annotations

import re
from typing import Any

import pytest

from measures.judgement import Result, Rule
from measures.library import shelf
from measures.rubric import read_table_file
from tests.docs.blocks import DOCS, blocks

PAGE = DOCS / "how-to" / "check-a-published-table.md"
EXPLAINED = (DOCS / "explanation" / "aggregation.md").read_text(encoding="utf-8")
LADDER = ("none", "voiced", "agreed", "working", "self-run", "embedded")
EXAMPLES = re.findall(r"^\| `([a-z-]+)` \| (?:[^|]+ \| )?([^|]+) \| ([^|]+) \|$", EXPLAINED, re.MULTILINE)


def test_the_python_of_the_page_on_published_tables_runs(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    for block in blocks(PAGE):
        assert block.language == "python"
        exec(compile(block.text, block.place, "exec"), names)  # noqa: S102 - the page is the test
    assert "got 'NA'" in capsys.readouterr().out
    assert {"weakest_link", "by_table", "aggregate_frame", "sensitivity", "PercentScale"} <= set(names)


def words(result: Result) -> str:
    if not result.lower:
        return "no result"
    span = result.lower if result.settled else f"{result.lower} to {result.upper}"
    return span + ", with others higher" * result.plus


@pytest.mark.parametrize(("method", "criteria", "result"), EXAMPLES)
def test_an_example_of_the_explanation_comes_out(method: str, criteria: str, result: str) -> None:
    given = criteria.split(", ")
    levels = [word.strip("*") for word in given]
    table, _ = read_table_file(shelf("rubrics") / "tables" / "pefa-m2.yaml")
    ladder = table.levels if table is not None and method == "table" else LADDER
    rule = Rule(method, ladder, tuple("*" in word for word in given), table)
    assert words(rule(levels)) == result


def test_the_explanation_has_an_example_of_every_method_and_of_ranges() -> None:
    assert [method for method, _, _ in EXAMPLES] == [
        "weakest-link", "gate", "median", "table", "profile",
        "weakest-link", "median", "gate", "weakest-link",
    ]  # fmt: skip
