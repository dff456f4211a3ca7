"""Rows to frames: shape checked by schema, failures turned into findings, columns typed.

A typed frame has one row per record, its index is the place (``assessments.csv:7`` or
``register:57``), levels are ordered categories, dates keep their text beside the first and
last day they cover. See :func:`describe` for the shape of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from measures.finding import Finding, did_you_mean, find, one_of
from measures.period import Interval
from measures.records.rows import Row, superseded
from measures.records.schemas import Failure, failures, frame_dtypes, frame_schema, raw_schema
from measures.records.tables import NON_SCORES, TEXT_MOST, Column, Table

_SHAPES = {
    "id": "letters, digits and . _ / @ -, beginning with a letter or digit",
    "ids": "ids separated by semicolons",
    "period": "a quarter such as 2021Q1",
    "date": "a date such as 2021, 2021-02 or 2021-02-18, or two joined by /",
    "score": "a level of the rubric or a non-score",
    "level": "a level of the rubric",
    "digest": "64 hexadecimal digits",
}


def raw_frame(table: Table, rows: Sequence[Row]) -> pd.DataFrame:
    """Return rows as text columns, indexed by their number in ``rows`` as text."""
    names = [column.name for column in (*table.columns, *table.pins)]
    columns = {name: pd.Series([row[name] for row in rows], dtype="str") for name in names}
    return pd.DataFrame(columns).set_index(
        pd.Index([str(n) for n in range(len(rows))], dtype="str", name="row")
    )


def check_shape(table: Table, rows: Sequence[Row], markings: Sequence[str]) -> list[Finding]:
    """Return what is wrong with single cells, and ids that stand twice, for rows just read."""
    if not rows:
        return []
    refused = failures(raw_schema(table, markings), raw_frame(table, rows))
    findings = [_finding(table, rows[int(failure.row)], failure, markings) for failure in refused]
    seen: set[str] = set()
    for row in rows:
        if row["id"] and row["id"] in seen:
            findings.append(find("S007", row.place("id"), what="id", value=row["id"]))
        seen.add(row["id"])
    return findings


def typed(
    table: Table,
    rows: Sequence[Row],
    *,
    ladder: Sequence[str],
    periods: Sequence[str],
    markings: Sequence[str],
) -> pd.DataFrame:
    """Return checked rows as a typed frame.

    Args:
        table: Which table they are of.
        rows: Rows without findings.
        ladder: Level ids of every rubric in use, lowest first.
        periods: Quarters of the mission, in order, as text.
        markings: Markings of the mission, lowest first.

    Returns:
        A frame that :func:`measures.records.schemas.frame_schema` accepts.
    """
    raw = raw_frame(table, rows)
    index = pd.Index([f"{row.at.file}:{row.at.line}" for row in rows], dtype="str", name="place")
    dtypes = frame_dtypes(table, ladder, periods, markings)
    columns: dict[str, pd.Series] = {}
    for column in (*table.columns, *table.pins):
        columns.update(_typed(column, raw[column.name], dtypes))
    gone = superseded(rows)
    columns["superseded"] = raw["id"].isin(list(gone)).astype("bool")
    entries = [row.at.line if row.recorded else 0 for row in rows]
    columns["entry"] = pd.Series(entries, index=raw.index, dtype="int64")
    return pd.DataFrame(columns).set_index(index)


def validate(
    table: Table,
    frame: pd.DataFrame,
    *,
    ladder: Sequence[str],
    periods: Sequence[str],
    markings: Sequence[str],
) -> pd.DataFrame:
    """Return ``frame`` after pandera has confirmed what :func:`typed` promises.

    Raises:
        pandera.errors.SchemaErrors: The frame was altered or badly made.
    """
    checked: pd.DataFrame = frame_schema(table, ladder, periods, markings).validate(frame, lazy=True)
    return checked


def describe(table: Table) -> list[tuple[str, str, str]]:
    """Return name, dtype and meaning of each column of a typed frame, for the reference page."""
    dtypes = frame_dtypes(table, ("none",), ("2021Q1",), ("public",))
    meanings = {column.name: column.what for column in (*table.columns, *table.pins)}
    meanings |= {
        "level": "the level scored",
        "non_score": "the non-score, when no level",
        "superseded": "whether a later record corrects it",
        "entry": "its entry in the register, 0 when not recorded",
    }
    lines = []
    for name, dtype in dtypes.items():
        words = str(dtype)
        if isinstance(dtype, pd.CategoricalDtype):
            words = "ordered category" if dtype.ordered else "category"
        base = name.removesuffix("_start").removesuffix("_end")
        edge = "" if name == base else (" (first day)" if name.endswith("_start") else " (last day)")
        lines.append((name, words, meanings.get(name, meanings.get(base, "")) + edge))
    return lines


def _typed(column: Column, cells: pd.Series, dtypes: dict[str, Any]) -> dict[str, pd.Series]:
    name = column.name
    if column.form == "score":
        scores = cells.isin(NON_SCORES)
        level = cells.mask(scores | (cells == ""))
        return {
            "level": level.astype(dtypes["level"]),
            "non_score": cells.where(scores).astype(dtypes["non_score"]),
        }
    if column.form in ("level", "period", "marking", "word"):
        return {name: cells.mask(cells == "").astype(dtypes[name])}
    if column.form == "flag":
        return {name: (cells == "yes").astype("bool")}
    if column.form == "date":
        known = {text: Interval.parse(text) for text in cells.unique() if text}
        start: list[Any] = [known[text].start if text else None for text in cells]
        end: list[Any] = [known[text].end if text else None for text in cells]
        return {
            name: cells,
            f"{name}_start": pd.Series(pd.to_datetime(start), index=cells.index).astype("datetime64[us]"),
            f"{name}_end": pd.Series(pd.to_datetime(end), index=cells.index).astype("datetime64[us]"),
        }
    return {name: cells}


def _finding(table: Table, row: Row, failure: Failure, markings: Sequence[str]) -> Finding:
    column = table.column(failure.column)
    value = row[column.name]
    place = row.place(column.name)
    if failure.code == "S003":
        return find("S003", place, column=column.name, what=column.what)
    if failure.code == "S004":
        allowed = column.allowed or ("yes", "no")
        hint = did_you_mean(value, allowed)
        return find("S004", place, column=column.name, allowed=one_of(allowed), value=value, hint=hint)
    if failure.code == "C012":
        hint = did_you_mean(value, markings)
        return find("C012", place, allowed=one_of(markings), value=value, hint=hint)
    if failure.code == "S006":
        return find("S006", place, column=column.name, what=column.what, limit=column.least, got=len(value))
    if failure.code == "S011":
        return find("S011", place, column=column.name, limit=TEXT_MOST, got=len(value))
    if failure.code == "S012":
        bad = next(c for c in value if (ord(c) < 32 and c not in "\t\n") or ord(c) == 127)
        return find("S012", place, column=column.name, character=f"{ord(bad):04X}")
    return find("S005", place, column=column.name, what=_SHAPES.get(column.form, column.what), value=value)


def lines(frame: pd.DataFrame, *columns: str) -> list[tuple[str, ...]]:
    """Return the named columns of each row as texts, empty where a cell is missing."""
    return list(zip(*(_texts(frame[name]) for name in columns), strict=True))


def _texts(column: pd.Series[Any]) -> list[str]:
    """Return a column as texts; one of texts or of words is read without converting it."""
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        dtype = dtype.categories.dtype
    if dtype == "str":
        return [cell if isinstance(cell, str) else "" for cell in column.tolist()]
    return column.astype("str").where(column.notna(), "").tolist()
