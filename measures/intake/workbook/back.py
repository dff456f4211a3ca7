"""A workbook as it came back: its sheets, columns and rows known again, every cell understood.

Sheets are known by the mark in A1, columns by the hidden row of keys, rows by the hidden column of
keys. Where those are gone, headings in any language of the workbook and the ids that stand in the
row do as well. What cannot be known is refused by address; nothing is taken by position.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from measures.finding import Finding, Place, did_you_mean, errors_in, find, letters
from measures.intake.workbook.asks import Vocabulary, asks
from measures.intake.workbook.cells import Ask, clean, fold, plain, understand
from measures.intake.workbook.door_in import Cell, Tab, open_tabs
from measures.intake.workbook.layout import (
    BASELINE,
    HEADER_ROW,
    KEY_ROW,
    LANGUAGES,
    LISTS,
    MARK,
    META,
    NEW,
    SHEETS,
    TEXTS,
    Sheet,
    score_key,
)
from measures.intake.workbook.meta import Meta, read_meta
from measures.intake.workbook.words import words

_SEARCHED = 12
"""Headings are looked for in so many rows from the top."""

_ENOUGH = 0.6
"""So large a part of a sheet's columns tells that a row is its headings."""

MOST_LINES = 5_000
"""Rows of data on a sheet that people fill in."""

HINTS = 200
"""After so many findings nobody looks for near words any more; a sheet of wrong words would take minutes."""

Key = tuple[str, str]
"""Sheet key and row key."""


@dataclass(frozen=True, slots=True)
class Given:
    """One row as it came back.

    Args:
        sheet, key: Which row it is.
        at: File, row and sheet.
        columns: Position of each column, by key.
        cells: What each cell that is there to be filled in says; a column that is gone is left out.
        refused: Columns whose cell could not be understood.
    """

    sheet: str
    key: str
    at: Place
    columns: Mapping[str, int]
    cells: Mapping[str, str]
    refused: frozenset[str] = frozenset()

    def place(self, column: str) -> Place:
        """Return the place of one of its cells."""
        return Place(self.at.file, self.at.line, self.columns.get(column, 0), self.at.sheet)


@dataclass(frozen=True, slots=True)
class Back:
    """A workbook as it came back.

    Args:
        name: What findings call the file.
        meta: Whose it is; ``None`` when that cannot be told, and then there are no rows.
        baseline: What was written, by sheet and row key and then by column key.
        rows: Every row that holds something, in the order of sheets and rows.
        findings: What is wrong or notable so far.
    """

    name: str
    meta: Meta | None
    baseline: Mapping[Key, Mapping[str, str]]
    rows: tuple[Given, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Reader:
    name: str
    asks: Mapping[tuple[str, str], Ask]
    vocabulary: Vocabulary
    meta: Meta
    baseline: Mapping[Key, Mapping[str, str]]
    findings: list[Finding] = field(default_factory=list)

    def note(self, code: str, place: Place, **fields: object) -> None:
        self.findings.append(find(code, place, **fields))

    def near(self, given: str, known: Iterable[str]) -> str:
        return did_you_mean(given, known) if given and len(self.findings) < HINTS else ""


def read_back(content: bytes, name: str, vocabulary: Vocabulary) -> Back:
    """Read a returned workbook.

    Args:
        content: The file's bytes.
        name: What findings call the file.
        vocabulary: What the mission may name in it.
    """
    tabs, refused = open_tabs(content, name, _wanted)
    if refused is not None:
        return Back(name, None, {}, (), (refused,))
    meta, written, findings = read_meta(tabs, name)
    if meta is None or errors_in(findings):
        return Back(name, None, {}, (), tuple(findings))
    asked = asks(vocabulary)
    baseline = _meant(written, asked)
    sheets = SHEETS[meta.kind]
    if {sheet.key for sheet in sheets} - {_marked(tab) for tab in tabs}:
        tabs, _ = open_tabs(content, name, None)
    reader = _Reader(name, asked, vocabulary, meta, baseline, findings)
    rows: list[Given] = []
    for sheet, tab in _assigned(reader, tabs, sheets):
        rows += _rows(reader, sheet, tab)
    _missing_rows(reader, rows)
    return Back(name, meta, baseline, tuple(rows), tuple(reader.findings))


def _meant(
    written: Mapping[Key, Mapping[str, str]], asked: Mapping[tuple[str, str], Ask]
) -> dict[Key, dict[str, str]]:
    """Return what was written as it is understood when it comes back unchanged."""
    place = Place(BASELINE)
    return {
        (sheet, row): {
            column: understand(Cell(text, "s"), asked[sheet, column], place)[0]
            if (sheet, column) in asked
            else text
            for column, text in cells.items()
        }
        for (sheet, row), cells in written.items()
    }


def _wanted(title: str, first: str) -> bool:
    return first.strip().startswith(MARK) or title in (META, BASELINE)


def _marked(tab: Tab) -> str:
    """Return the key of the sheet that a tab says it is; the mark may have moved along row 1."""
    for column in sorted(tab.cells.get(KEY_ROW, {})):
        text = tab.text(KEY_ROW, column)
        if text.startswith(MARK):
            return text.removeprefix(MARK)
    return ""


def _assigned(reader: _Reader, tabs: list[Tab], sheets: tuple[Sheet, ...]) -> Iterator[tuple[Sheet, Tab]]:
    """Yield each tab that is one of the sheets; note those that are missing or were added."""
    known = {sheet.key: sheet for sheet in sheets}
    own = {META, BASELINE, LISTS, TEXTS}
    own |= {words(language).phrases[name] for language in LANGUAGES for name in ("guide", "rubrics")}
    taken: dict[int, Sheet] = {}
    for at, tab in enumerate(tabs):
        mark = _marked(tab)
        if mark in known:
            taken[at] = known[mark]
    for sheet in sheets:
        if sheet not in taken.values():
            found = [at for at, tab in enumerate(tabs) if at not in taken and _headings(sheet, tab)[0]]
            taken |= dict.fromkeys(found, sheet)
            if not found:
                name = words(reader.meta.language).sheets[sheet.key].name
                reader.note("W014", Place(reader.name), sheet=name)
    for at, tab in enumerate(tabs):
        if at in taken:
            yield taken[at], tab
        elif tab.title not in own and not _marked(tab) and tab.cells:
            reader.note("W017", Place(reader.name, sheet=tab.title), what="A sheet")


def _headings(sheet: Sheet, tab: Tab) -> tuple[dict[str, list[int]], int]:
    """Return where each column stands and in which row the headings are; nothing when they are not there."""
    for known in (dict(zip(sheet.keys, sheet.keys, strict=True)), *_headers(sheet)):
        for row in sorted(tab.cells)[:_SEARCHED]:
            found: dict[str, list[int]] = {}
            for column in sorted(tab.cells[row]):
                key = known.get(tab.text(row, column).casefold())
                if key:
                    found.setdefault(key, []).append(column)
            if len(found) >= _ENOUGH * len(known):
                return found, row
    return {}, 0


@cache
def _headers(sheet: Sheet) -> tuple[dict[str, str], ...]:
    """Return the columns of a sheet by their headings, for each language."""
    named = [words(language).sheets[sheet.key].columns for language in LANGUAGES]
    return tuple({clean(one[key][0]).casefold(): key for key in sheet.keys if key in one} for one in named)


def _rows(reader: _Reader, sheet: Sheet, tab: Tab) -> Iterator[Given]:
    places, heading = _headings(sheet, tab)
    if not places:
        for column in (column for column in sheet.columns if column.fill == "fill"):
            reader.note("W015", Place(reader.name, KEY_ROW, 0, tab.title), column=column.key)
        return
    columns = _columns(reader, sheet, tab, places, heading)
    keys = next((at for at in tab.cells.get(heading, {}) if tab.text(heading, at).startswith(MARK)), 0)
    begun = _begin(sheet, tab, heading)
    deep = sum(row > begun for row in tab.cells)
    if deep > MOST_LINES:
        place = Place(reader.name, sheet=tab.title)
        reader.note("W004", place, what="rows of data", limit=MOST_LINES, got=deep)
        return
    merged = _merged(reader, tab, columns, begun)
    known = {row for name, row in reader.baseline if name == sheet.key}
    if sheet.key == "scores":
        known |= reader.vocabulary.scores
    for number in sorted(row for row in tab.cells if row > begun):
        if _repeats(sheet, tab, number):
            reader.note("W024", Place(reader.name, number, 0, tab.title))
            continue
        line = _Line(sheet, tab, number, columns, reader.vocabulary.criteria)
        key = _row_key(reader, line, plain(tab.text(number, keys)) if keys else "", known)
        if key:
            yield _row(reader, line, key, merged)


def _columns(
    reader: _Reader, sheet: Sheet, tab: Tab, places: Mapping[str, list[int]], heading: int
) -> dict[str, int]:
    """Return the position of each column; note those that are missing, double or added."""
    columns = {}
    for column in sheet.columns:
        found = places.get(column.key, [])
        if found:
            columns[column.key] = found[0]
        elif column.fill == "fill":
            reader.note("W015", Place(reader.name, heading, 0, tab.title), column=column.key)
        for other in found[1:]:
            if column.fill == "fill" and any(
                tab.text(row, other) != tab.text(row, found[0]) for row in tab.cells if row > HEADER_ROW
            ):
                reader.note("W016", Place(reader.name, heading, other, tab.title), column=column.key)
    known = {at for found in places.values() for at in found}
    first = min(known)
    used = {at for row, cells in tab.cells.items() if row >= heading for at in cells}
    for at in sorted(used - known):
        if at >= first and not tab.text(heading, at).startswith(MARK):
            reader.note("W017", Place(reader.name, heading, at, tab.title), what=f"The column {letters(at)}")
    return columns


def _begin(sheet: Sheet, tab: Tab, heading: int) -> int:
    """Return the last row above the data: the headings that people see, when they are there."""
    for number in sorted(row for row in tab.cells if heading < row <= heading + _SEARCHED):
        if _repeats(sheet, tab, number):
            return number
    return heading


def _repeats(sheet: Sheet, tab: Tab, number: int) -> bool:
    """Return whether a row is the sheet's headings or keys."""
    texts = {cell.value.strip().casefold() for cell in tab.cells[number].values() if cell.kind == "s"}
    least = _ENOUGH * len(sheet.keys)
    return len(texts & set(sheet.keys)) >= least or any(
        len(texts & known.keys()) >= min(least, len(known)) for known in _headers(sheet)
    )


def _merged(reader: _Reader, tab: Tab, columns: Mapping[str, int], begun: int) -> frozenset[tuple[int, int]]:
    """Return the cells of the data that lie in merged ranges, and note each range."""
    inside: set[tuple[int, int]] = set()
    for top, left, bottom, right in tab.merged:
        touched = [at for at in columns.values() if left <= at <= right]
        if bottom <= begun or not touched:
            continue
        name = f"{letters(left)}{top}:{letters(right)}{bottom}"
        reader.note("W020", Place(reader.name, top, left, tab.title), cells=name)
        inside |= {(row, at) for row in range(top, bottom + 1) for at in touched}
    return frozenset(inside)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the data, not yet known."""

    sheet: Sheet
    tab: Tab
    number: int
    columns: Mapping[str, int]
    criteria: Mapping[str, str]

    def text(self, column: str) -> str:
        return self.tab.text(self.number, self.columns.get(column, 0))

    @property
    def standing(self) -> str:
        """The key that the ids standing in the row make."""
        if self.sheet.key != "scores":
            return plain(self.text("id"))
        milestone, criterion = plain(self.text("milestone")), self.text("criterion")
        criterion = self.criteria.get(fold(criterion), plain(criterion))
        return score_key(milestone, criterion) if milestone and criterion else ""


def _row_key(reader: _Reader, line: _Line, key: str, known: set[str]) -> str:
    """Return the key of a row; empty when it holds nothing to read, or cannot be known."""
    scores = line.sheet.key == "scores"
    if key in known or (key.startswith(NEW) and not scores):
        return key
    filled = [column.key for column in line.sheet.columns if column.fill == "fill" and line.text(column.key)]
    if not filled:
        return ""
    stands = line.standing
    if stands in known:
        return stands
    if stands and not scores and not key:
        return f"{NEW}{stands}"
    place = Place(reader.name, line.number, line.columns[filled[0]], line.tab.title)
    if scores and stands:
        reader.note("W040", place, row=stands, hint=reader.near(stands, known))
    else:
        problem = f"its key {key!r} is unknown" if key else "it has no key and no id"
        reader.note("W018", place, problem=problem, hint=reader.near(key, known))
    return ""


def _row(reader: _Reader, line: _Line, key: str, merged: frozenset[tuple[int, int]]) -> Given:
    sheet, number = line.sheet.key, line.number
    at = Place(reader.name, number, 0, line.tab.title)
    cells: dict[str, str] = {}
    refused: set[str] = set()
    written = reader.baseline.get((sheet, key), {})
    for column in line.sheet.columns:
        position = line.columns.get(column.key, 0)
        if not position or column.formula:
            continue
        place = Place(at.file, number, position, at.sheet)
        if column.fill == "read":
            _only_read(reader, line, place, column.key, key)
            continue
        if (number, position) in merged:
            refused.add(column.key)
            cells[column.key] = written.get(column.key, "")
            continue
        cell = line.tab.cells[number].get(position)
        text, finding = "", None
        if cell is not None:
            ask, hints = reader.asks[sheet, column.key], len(reader.findings) < HINTS
            text, finding = understand(cell, ask, place, line.tab.zero, hints=hints)
        cells[column.key] = text
        if finding is not None and not (text and text == written.get(column.key)):
            reader.findings.append(finding)
            if finding.severity == "error":
                refused.add(column.key)
    return Given(sheet, key, at, line.columns, cells, frozenset(refused))


def _only_read(reader: _Reader, line: _Line, place: Place, column: str, key: str) -> None:
    """Note an id that was typed over: it stands in the key as well."""
    stood = {"id": key.removeprefix(NEW), "milestone": key.partition("/")[0]}.get(column)
    if stood and plain(line.text(column)) != stood:
        reader.note("W021", place, column=column)


def _missing_rows(reader: _Reader, rows: Iterable[Given]) -> None:
    there = {(row.sheet, row.key) for row in rows}
    read = {row.sheet for row in rows}
    for sheet, key in reader.baseline:
        if sheet in read and (sheet, key) not in there and not key.startswith(NEW):
            name = words(reader.meta.language).sheets[sheet].name
            reader.note("W023", Place(reader.name, sheet=name), row=key)
