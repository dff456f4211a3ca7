"""PEFA's two methods for making one score of the dimensions of an indicator, reproduced whole."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction

import pytest

from measures.judgement import Result, by_table, weakest_link
from measures.library import table_files
from measures.rubric import Table, read_table_file

NOT_KNOWN = ("not-observed", "insufficient-evidence", "withheld", "no-entry", "")


def span(result: Result) -> tuple[str, str]:
    return result.lower, result.upper


# The conversion table of PEFA's method M2, dimensions lowest first.
PEFA_M2 = """
DD=D DC=D+ DB=C DA=C+ CC=C CB=C+ CA=B BB=B BA=B+ AA=A
DDD=D DDC=D+ DDB=D+ DDA=C DCC=D+ DCB=C DCA=C+ DBB=C+ DBA=B DAA=B CCC=C CCB=C+ CCA=B CBB=B CBA=B CAA=B+
BBB=B BBA=B+ BAA=A AAA=A
DDDD=D DDDC=D DDDB=D+ DDDA=D+ DDCC=D+ DDCB=D+ DDCA=C DDBB=C DDBA=C+ DDAA=C+ DCCC=D+ DCCB=C DCCA=C+
DCBB=C+ DCBA=C+ DCAA=B DBBB=C+ DBBA=B DBAA=B DAAA=B+ CCCC=C CCCB=C+ CCCA=C+ CCBB=C+ CCBA=B CCAA=B
CBBB=B CBBA=B CBAA=B+ CAAA=B+ BBBB=B BBBA=B+ BBAA=B+ BAAA=A AAAA=A
"""
CELLS: dict[str, str] = dict(cell.split("=") for cell in PEFA_M2.split())
GRADES = ("D", "D+", "C", "C+", "B", "B+", "A")


def pefa_m2() -> Table:
    """The table as it is shipped."""
    (path,) = [path for path in table_files() if path.stem == "pefa-m2"]
    table, findings = read_table_file(path)
    assert findings == []
    assert table is not None
    return table


@pytest.fixture(scope="module")
def table() -> Table:
    return pefa_m2()


def test_the_table_has_the_published_cells_and_no_others(table: Table) -> None:
    assert {"".join(row): result for row, result in table.rows.items()} == CELLS
    assert [sum(len(cell) == size for cell in CELLS) for size in (2, 3, 4)] == [10, 20, 35]
    assert tuple(result.id for result in table.results) == GRADES


@pytest.mark.parametrize(("dimensions", "score"), CELLS.items(), ids=CELLS)
def test_pefa_m2_in_any_order_of_the_dimensions(dimensions: str, score: str, table: Table) -> None:
    for order in set(itertools.permutations(dimensions)):
        result = by_table(order, table)
        assert (result.lower, result.upper, result.unknown, result.plus) == (score, score, 0, False)


@pytest.mark.parametrize(("dimensions", "score"), CELLS.items(), ids=CELLS)
def test_pefa_m2_without_what_does_not_apply_takes_the_smaller_table(
    dimensions: str, score: str, table: Table
) -> None:
    for place in range(len(dimensions) + 1):
        for dropped in (1, 2):
            given = [*dimensions[:place], *["not-applicable"] * dropped, *dimensions[place:]]
            assert span(by_table(given, table)) == (score, score)


@pytest.mark.parametrize("grade", "DCBA")
def test_pefa_m2_of_one_dimension_is_its_own(grade: str, table: Table) -> None:
    assert span(by_table([grade, "not-applicable", "not-applicable"], table)) == (grade, grade)
    assert span(by_table([grade], table)) == (grade, grade)
    assert span(by_table(["not-observed"], table)) == ("D", "A")


def test_pefa_m2_of_no_dimension_is_nothing(table: Table) -> None:
    assert span(by_table(["not-applicable"] * 3, table)) == ("", "")


# Every score of two to four dimensions of which one at least is not known
OPEN = [
    "".join(row)
    for size in (2, 3, 4)
    for row in itertools.combinations_with_replacement("DCBA?", size)
    if "?" in row
]


@pytest.mark.parametrize("dimensions", OPEN)
def test_pefa_m2_with_dimensions_not_known_is_a_range(dimensions: str, table: Table) -> None:
    choices = ["DCBA" if grade == "?" else grade for grade in dimensions]
    scores = {CELLS["".join(sorted(row, reverse=True))] for row in itertools.product(*choices)}
    order = sorted(scores, key=GRADES.index)
    for word in NOT_KNOWN:
        result = by_table([word if grade == "?" else grade for grade in dimensions], table)
        assert span(result) == (order[0], order[-1])
        assert result.unknown == dimensions.count("?")


# How a mean that falls between two grades may be brought to one of them
ROUNDINGS = {
    "down": (lambda rest: rest < 0, 22),
    "up": (lambda rest: rest > 0, 6),
    "half up": (lambda rest: 2 * rest >= 1, 8),
    "half down": (lambda rest: 2 * rest > 1, 16),
}


@pytest.mark.parametrize(("up", "wrong"), ROUNDINGS.values(), ids=ROUNDINGS)
def test_pefa_m2_is_no_rounded_mean(up: Callable[[Fraction], bool], wrong: int) -> None:
    means = {cell: Fraction(2 * sum(map("DCBA".index, cell)), len(cell)) for cell in CELLS}
    found = {cell: GRADES[int(mean) + up(mean % 1)] for cell, mean in means.items()}
    assert sum(found[cell] != score for cell, score in CELLS.items()) == wrong


M1 = ["".join(row) for size in range(1, 5) for row in itertools.product("ABCD", repeat=size)]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_pefa_m1_of_every_combination(size: int) -> None:
    for dimensions in filter(lambda row: len(row) == size, M1):
        lowest = max(dimensions)  # D comes last in the alphabet
        expected = lowest + ("+" if min(dimensions) < lowest else "")
        found = weakest_link(dimensions, "DCBA")
        assert found.lower + "+" * found.plus == found.upper + "+" * found.plus == expected


def test_pefa_m1_was_tried_on_all() -> None:
    assert len(M1) == len(set(M1)) == 4 + 16 + 64 + 256
