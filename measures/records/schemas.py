"""The one door to pandera: schemas derived from the table descriptions.

``raw_schema`` judges text as it was read; ``frame_schema`` states what an analyst may rely
on. Every check carries a finding code as its name, so that failures become findings
without ever showing a message of pandera's, which would repeat whole cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from measures.errors import MeasuresError
from measures.period import Interval, Period
from measures.records.tables import TEXT_MOST, Column, Table
from measures.rubric.reading import ID

MOST = 1000
"""A rule names at most so many cells of a column; the rest is likely wrong in the same way."""

_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f]"


@dataclass(frozen=True, slots=True)
class Failure:
    """One cell that a schema refused: finding code, row label and column."""

    code: str
    row: str
    column: str


def raw_schema(table: Table, markings: Sequence[str]) -> pa.DataFrameSchema:
    """Return the schema of a table as read: text columns, one check per rule."""
    return pa.DataFrameSchema(
        {column.name: _raw_column(column, markings) for column in table.columns},
        strict=False,
        name=table.name,
    )


def frame_schema(
    table: Table, ladder: Sequence[str], periods: Sequence[str], markings: Sequence[str]
) -> pa.DataFrameSchema:
    """Return the schema of a typed frame: what :func:`measures.records.frames.typed` promises."""
    dtypes = frame_dtypes(table, ladder, periods, markings)
    return pa.DataFrameSchema(
        {name: pa.Column(dtype, nullable=True) for name, dtype in dtypes.items()},
        checks=pa.Check(_no_objects, name="texts are str, not object"),
        index=pa.Index("str", name="place", unique=True),
        strict=True,
        name=table.name,
    )


def _no_objects(frame: pd.DataFrame) -> bool:
    """Return whether no column is of objects, which pandera takes for texts."""
    return not any(dtype == "object" for dtype in frame.dtypes)


def frame_dtypes(
    table: Table, ladder: Sequence[str], periods: Sequence[str], markings: Sequence[str]
) -> dict[str, Any]:
    """Return the dtype of every column of a typed frame, in order."""
    dtypes: dict[str, Any] = {}
    for column in (*table.columns, *table.pins):
        if column.form == "score":
            dtypes["level"] = pd.CategoricalDtype(list(ladder), ordered=True)
            dtypes["non_score"] = pd.CategoricalDtype(
                ["not-observed", "insufficient-evidence", "not-applicable"]
            )
        elif column.form == "level":
            dtypes[column.name] = pd.CategoricalDtype(list(ladder), ordered=True)
        elif column.form == "period":
            dtypes[column.name] = pd.CategoricalDtype(list(periods), ordered=True)
        elif column.form == "marking":
            dtypes[column.name] = pd.CategoricalDtype(list(markings), ordered=True)
        elif column.form == "word":
            dtypes[column.name] = pd.CategoricalDtype(
                list(column.allowed), ordered=column.name == "confidence"
            )
        elif column.form == "flag":
            dtypes[column.name] = "bool"
        elif column.form == "date":
            dtypes[column.name] = "str"
            dtypes[f"{column.name}_start"] = "datetime64[us]"
            dtypes[f"{column.name}_end"] = "datetime64[us]"
        else:
            dtypes[column.name] = "str"
    dtypes["superseded"] = "bool"
    dtypes["entry"] = "int64"
    return dtypes


def failures(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> list[Failure]:
    """Return every cell that ``schema`` refuses, one failure per cell, in no order.

    Raises:
        MeasuresError: A rule itself failed, which is a fault of the product.
    """
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as refused:
        return _collapse(refused.failure_cases)
    return []


def _collapse(cases: pd.DataFrame) -> list[Failure]:
    found: dict[tuple[str, str], Failure] = {}
    for column, check, index in zip(cases["column"], cases["check"], cases["index"], strict=True):
        code = str(check)
        if len(code) != 4 or index is None or pd.isna(index):
            raise MeasuresError(
                f"The rule {code!r} on {column!r} could not be applied.", "Please report this."
            )
        place = (str(index), str(column))
        if place not in found or code == "S003":
            found[place] = Failure(code, *place)
    return list(found.values())


def _raw_column(column: Column, markings: Sequence[str]) -> pa.Column:
    checks = [_check("S003", lambda cells: cells != "")] if column.required else []
    checks += [_check("S012", lambda cells: ~cells.str.contains(_CONTROL, regex=True))]
    checks += _form_checks(column, markings)
    return pa.Column("str", checks=checks, unique=False, nullable=False)


def _form_checks(column: Column, markings: Sequence[str]) -> list[pa.Check]:
    form = column.form
    if form in ("id", "score", "level"):
        return [_check("S005", lambda cells: (cells == "") | cells.str.fullmatch(ID))]
    if form == "ids":
        return [
            _check("S005", lambda cells: (cells == "") | cells.str.fullmatch(rf"{ID}(?:\s*;\s*{ID})*\s*;?"))
        ]
    if form == "word":
        return [_check("S004", lambda cells: (cells == "") | cells.isin(column.allowed))]
    if form == "flag":
        return [_check("S004", lambda cells: cells.isin(("", "yes", "no")))]
    if form == "marking":
        return [_check("C012", lambda cells: (cells == "") | cells.isin(list(markings)))]
    if form == "digest":
        return [_check("S005", lambda cells: (cells == "") | cells.str.fullmatch("[0-9a-f]{64}"))]
    if form == "period":
        return [_check("S005", lambda cells: _parses(cells, Period.parse))]
    if form == "date":
        return [_check("S005", lambda cells: _parses(cells, Interval.parse))]
    checks = [_check("S011", lambda cells: cells.str.len() <= TEXT_MOST)]
    if column.least:
        checks.append(_check("S006", lambda cells: (cells == "") | (cells.str.len() >= column.least)))
    return checks


def _check(code: str, rule: Callable[[pd.Series], pd.Series]) -> pa.Check:
    return pa.Check(rule, name=code, error=code, n_failure_cases=MOST)


def _parses(cells: pd.Series, parse: Callable[[str], object]) -> pd.Series:
    """Return which cells are empty or parse; each distinct text is tried once."""
    good = {""}
    for text in cells.unique():
        try:
            parse(text)
        except MeasuresError:
            continue
        good.add(text)
    return cells.isin(list(good))
