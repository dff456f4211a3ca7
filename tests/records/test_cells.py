"""A cell judged alone is judged as it would be in a frame."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.finding import Place
from measures.records import TABLES, Row, Table
from measures.records.cells import wrong
from measures.records.frames import check_shape
from measures.records.tables import Column

MARKINGS = ("public", "mission")
SAMPLES = (
    "", "x", "yes", "no", "public", "2021Q1", "2021Q5", "2021-02-30", "2021-05/2021-06", "٢٠٢١", "a" * 64,
    "0" * 64, "A" * 64, "E-01; E-02", "E-01;;E-02", "=1+1", "a\x07b", "line\nfeed", "x" * 8_001, "adviser",
    "asked", "B", "2", "supports", "id\n", "held-elsewhere", "A text that is long enough for any column.",
)  # fmt: skip


def agree(cell: str, frame: str) -> bool:
    """Return whether both say the same; of two faults in one cell either may be told."""
    return cell == frame or (bool(frame) and cell == "S012")


def frame_says(table: Table, column: str, text: str) -> str:
    """Return the code that the frame gives a cell whose row is otherwise empty."""
    row = Row(Place("t.csv", 2), {name: at for at, name in enumerate(table.header, 1)}, {column: text})
    found = [f for f in check_shape(table, [row], MARKINGS) if f.place.column == row.columns[column]]
    return found[0].code if found else ""


@pytest.mark.parametrize("name", TABLES)
def test_every_sample_in_every_column(name: str) -> None:
    table = TABLES[name]
    rows = [
        Row(
            Place("t.csv", line),
            {c: at for at, c in enumerate(table.header, 1)},
            dict.fromkeys(table.header, text),
        )
        for line, text in enumerate(SAMPLES, 2)
    ]
    found = {(f.place.line, f.place.column): f.code for f in check_shape(table, rows, MARKINGS)}
    for line, text in enumerate(SAMPLES, 2):
        for at, column in enumerate(table.columns, 1):
            if column.name != "id" or not text:  # the frame looks for repeated ids besides
                assert agree(wrong(column, text, MARKINGS), found.get((line, at), "")), (
                    column.name,
                    text[:20],
                )


COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(COLUMNS), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_any_text_in_any_column(where: tuple[Table, Column], text: str) -> None:
    table, column = where
    assert agree(wrong(column, text, MARKINGS), frame_says(table, column.name, text))
