"""CSV to rows: every cell with its line and column, whatever is wrong noted."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from measures.finding import Finding, Place, did_you_mean, find
from measures.records import Row, Table
from measures.rubric.document import read_bytes

MAX_BYTES = 50_000_000
_SPACES = {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\ufeff": ""}


def read_table(path: Path, table: Table, name: str) -> tuple[list[Row], list[Finding]]:
    """Read a CSV file.

    Args:
        path: The file; UTF-8, comma or semicolon separated, with a header row.
        table: Which table it is.
        name: What findings call the file.

    Returns:
        The rows that have every column, and every finding about the file's form.
    """
    content = read_bytes(path, name, MAX_BYTES)
    if isinstance(content, Finding):
        return [], [content]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [find("F002", Place(name))]
    if "\x00" in text:
        return [], [find("F008", Place(name), what="a file with NUL bytes")]
    return _rows(text, table, name)


def _rows(text: str, table: Table, name: str) -> tuple[list[Row], list[Finding]]:
    records = list(_records(text))
    if not records:
        return [], [find("F008", Place(name), what="an empty file")]
    _, first = records[0]
    if isinstance(first, str):
        return [], [find("F008", Place(name, 1), what=first)]
    columns, findings = _header(first, table, name)
    if any(finding.code == "S001" for finding in findings):
        return [], findings
    rows = []
    for line, cells in records[1:]:
        if isinstance(cells, str):
            findings.append(find("F008", Place(name, line), what=cells))
        elif len(cells) == len(first):
            values = {column: cells[at - 1] for column, at in columns.items()}
            rows.append(Row(Place(name, line), columns, values))
        elif any(cells):
            findings.append(find("F009", Place(name, line), expected=len(first), got=len(cells)))
    return [row for row in rows if any(row.values.values())], findings


def _records(text: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each record with the line it begins on; cells trimmed of spaces no reader sees.

    Where the text stops being a table, what it is instead is the last thing yielded.
    """
    head = next(io.StringIO(text, newline=""), "")
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, [_clean(cell) for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        yield begins, f"text that is not comma-separated ({error})"


def _clean(cell: str) -> str:
    for space, plain in _SPACES.items():
        cell = cell.replace(space, plain)
    return unicodedata.normalize("NFC", cell.replace("\r\n", "\n").strip())


def _header(cells: list[str], table: Table, name: str) -> tuple[dict[str, int], list[Finding]]:
    columns: dict[str, int] = {}
    findings: list[Finding] = []
    for at, cell in enumerate(cells, start=1):
        if cell in columns:
            findings.append(find("S007", Place(name, 1, at), what="column", value=cell))
        elif cell in table.header:
            columns[cell] = at
        else:
            hint = did_you_mean(cell, table.header)
            findings.append(find("S002", Place(name, 1, at), table=table.name, column=cell, hint=hint))
    missing = [column.name for column in table.columns if column.required and column.name not in columns]
    findings += [find("S001", Place(name, 1), column=column, table=table.name) for column in missing]
    return columns, findings
