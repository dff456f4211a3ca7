"""Frames: what an analyst is promised, and that nothing altered passes for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

import measures
from measures.errors import PeriodError
from measures.period import Interval
from measures.records import TABLES, Table
from measures.records.frames import describe, typed, validate
from measures.workflow.mission import Mission
from tests.workflow.refusals import more
from tests.workflow.tiny import recorded, spoil, write

each_table = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)


def shape(mission: Mission) -> dict[str, tuple[str, ...]]:
    return {
        "ladder": mission.ladder,
        "periods": tuple(str(period) for period in mission.file.periods),
        "markings": mission.file.markings,
    }


def words(dtype: object) -> str:
    if isinstance(dtype, pd.CategoricalDtype):
        return "ordered category" if dtype.ordered else "category"
    return str(dtype)


def test_the_example_opens_with_every_table(example: Mission) -> None:
    assert list(example.frames) == list(TABLES)
    assert len(example.frames["assessments"]) > 400
    assert len(example.frames["citations"]) > 200


@each_table
def test_columns_and_dtypes_are_those_described(example: Mission, table: Table) -> None:
    frame = example.frames[table.name]
    described = describe(table)
    assert [(name, words(dtype)) for name, dtype in frame.dtypes.items()] == [
        (name, dtype) for name, dtype, _ in described
    ]
    assert all(meaning for _, _, meaning in described)
    assert "object" not in {str(dtype) for dtype in frame.dtypes}


@each_table
def test_the_index_is_the_place(example: Mission, table: Table) -> None:
    frame = example.frames[table.name]
    assert frame.index.name == "place"
    assert frame.index.is_unique
    assert list(frame.index) == [f"register:{entry}" for entry in frame["entry"]]
    assert frame["entry"].is_monotonic_increasing


def test_levels_and_quarters_are_in_their_order(example: Mission) -> None:
    frame = example.frames["assessments"]
    assert list(frame["level"].cat.categories) == list(example.ladder)
    assert frame["level"].cat.ordered
    assert (frame["level"] < "working").sum() > (frame["level"] < "voiced").sum()
    assert list(frame["period"].cat.categories) == [str(period) for period in example.file.periods]
    assert frame["period"].min() == "2018Q3"
    assert list(frame["marking"].cat.categories) == ["public", "partner", "mission", "restricted"]
    assert list(frame["confidence"].cat.categories) == ["very-low", "low", "moderate", "high"]


def test_a_row_is_a_level_or_a_non_score(example: Mission) -> None:
    frame = example.frames["assessments"]
    assert (frame["level"].isna() ^ frame["non_score"].isna()).all()
    assert set(frame["non_score"].dropna()) <= {"not-observed", "insufficient-evidence", "not-applicable"}
    assert (frame["cause"].notna() == (frame["non_score"] == "not-observed")).all()
    assert not frame["rubric_digest"].eq("").any()


def test_dates_keep_their_text_beside_the_days_they_cover(example: Mission) -> None:
    frame = example.frames["evidence"]
    for text, start, end in zip(frame["covers"], frame["covers_start"], frame["covers_end"], strict=True):
        interval = Interval.parse(text)
        assert (start.date(), end.date()) == (interval.start, interval.end)
    empty = frame["happened"] == ""
    assert frame["happened_start"].isna().equals(empty)


def test_years_at_the_ends_of_the_calendar(tmp_path: Path) -> None:
    folder = write(tmp_path, [("positions.csv", "2021-05-03", "0001/9999")])
    assert not recorded(folder).refused
    row = measures.open(folder).frames["positions"].iloc[0]
    assert (row["date_start"].year, row["date_end"].year) == (1, 9999)


def test_superseded_rows_are_kept_and_flagged(tmp_path: Path) -> None:
    edit = more("A", "A-03", id="A-04", supersedes="A-03", reason="Another office")
    folder = write(tmp_path, [edit])
    assert not recorded(folder).refused
    frame = measures.open(folder).frames["assessments"].set_index("id")
    assert frame["superseded"].to_dict() == {"A-01": False, "A-02": False, "A-03": True, "A-04": False}


@each_table
def test_an_empty_table_has_the_same_columns(example: Mission, table: Table) -> None:
    frame = typed(table, [], **shape(example))
    assert frame.empty
    assert list(frame.dtypes.items()) == list(example.frames[table.name].dtypes.items())
    validate(table, frame, **shape(example))


ALTERED: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "a column gone": lambda frame: frame.drop(columns="rationale"),
    "a column more": lambda frame: frame.assign(percent=50.0),
    "levels as texts": lambda frame: frame.assign(level=frame["level"].astype("str")),
    "levels without order": lambda frame: frame.assign(level=frame["level"].cat.as_unordered()),
    "levels in another order": lambda frame: frame.assign(
        level=frame["level"].cat.reorder_categories(list(frame["level"].cat.categories)[::-1])
    ),
    "a level made up": lambda frame: frame.assign(level=frame["level"].cat.add_categories("super")),
    "entries as texts": lambda frame: frame.assign(entry=frame["entry"].astype("str")),
    "objects": lambda frame: frame.assign(rationale=frame["rationale"].astype("object")),
    "a row twice": lambda frame: pd.concat([frame, frame.head(1)]),
    "another index": lambda frame: frame.reset_index(drop=True),
    "flags as numbers": lambda frame: frame.assign(superseded=frame["superseded"].astype("int64")),
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED.keys())
def test_an_altered_frame_is_refused(example: Mission, alter: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    table = TABLES["assessments"]
    frame = example.frames["assessments"]
    validate(table, frame, **shape(example))
    with pytest.raises(SchemaErrors):
        validate(table, alter(frame.copy()), **shape(example))


def test_levels_movements_and_quarters_can_be_asked_for(example: Mission) -> None:
    assert not example.levels("2021Q1").empty
    assert set(example.movements("2023Q3").columns) > {"milestone", "criterion"}
    with pytest.raises(PeriodError):
        example.period("2031Q1")


def test_reading_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert not recorded(folder).refused
    spoil(folder, [("positions.csv", "demanded", "refused")])
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    mission = measures.open(folder)
    assert mission.frames["positions"]["stance"].tolist() == ["demanded"], "the register is the truth"
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
