"""A work paper that came back: what was drawn, and what the auditor wrote beside it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from measures.finding import Finding, Place, errors_in, find
from measures.intake.workbook.cells import Ask, fold, understand
from measures.intake.workbook.door_in import Tab, open_tabs
from measures.intake.workpaper import (
    CANNOT_TELL,
    CHOICES,
    COLUMNS,
    FIRST_ROW,
    FORMAT,
    MARK,
    META,
    VERSION,
    Shape,
    seal_of,
)

_LOOKED = 100_000
"""Bytes in which the names of a workbook's sheets are looked for."""

_FORMAT = "format"
_ROW = "row"


@dataclass(frozen=True, slots=True)
class Item:
    """What was drawn: its key, kind, id, the digest of its entry and its marking."""

    key: str
    kind: str
    ref: str
    digest: str
    marking: str


@dataclass(frozen=True, slots=True)
class Filled:
    """One row that says something.

    Args:
        item: What was drawn.
        place: The row.
        columns: Position of each cell that is filled in.
        cells: ``finding``, ``found`` and ``remark``; empty where nothing stands.
    """

    item: Item
    place: Place
    columns: Mapping[str, int]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Returned:
    """A paper as it came back: its shape, its facts, what was drawn, and the rows that say something."""

    shape: Shape
    facts: Mapping[str, str]
    drawn: tuple[Item, ...]
    filled: tuple[Filled, ...]


def is_paper(content: bytes) -> bool:
    """Return whether a file may be a work paper: a workbook that has its hidden sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("xl/workbook.xml") as part:
            return f'name="{META}"'.encode() in part.read(_LOOKED)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError, OSError):
        return False


def read_paper(content: bytes, name: str) -> tuple[Returned | None, list[Finding]]:
    """Read a work paper.

    Args:
        content: The file's bytes.
        name: What findings call the file.

    Returns:
        The paper, ``None`` when it is none; and everything that is wrong with it.
    """
    tabs, refused = open_tabs(content, name, _wanted)
    if refused is not None:
        return None, [refused]
    sheet = next((tab for tab in tabs if tab.text(1, 1) == MARK), None)
    meta = next((tab for tab in tabs if tab.text(1, 1) == _FORMAT), None)
    if sheet is None or meta is None:
        what = "sheet of findings" if sheet is None else f"hidden sheet {META}"
        return None, [find("A010", Place(name), what=what)]
    facts, drawn = _kept(meta)
    if (facts.get(_FORMAT), facts.get("version")) != (FORMAT, VERSION) or facts.get("shape") not in COLUMNS:
        return None, [find("A010", Place(name, sheet=meta.title), what=f"format {FORMAT} {VERSION}")]
    sealed = seal_of([(item.key, item.kind, item.ref, item.digest, item.marking) for item in drawn])
    if facts.get("seal") != sealed:
        return None, [find("A012", Place(name, sheet=meta.title))]
    shape = cast("Shape", facts["shape"])
    filled, findings = _filled(sheet, shape, drawn, name)
    if not errors_in(findings) and len(filled) < len(drawn):
        place = Place(name, sheet=sheet.title)
        findings.append(find("A014", place, open=len(drawn) - len(filled), drawn=len(drawn)))
    return Returned(shape, facts, drawn, tuple(filled)), findings


def _wanted(title: str, first: str) -> bool:
    return first in (MARK, _FORMAT) or title == META


def _kept(meta: Tab) -> tuple[dict[str, str], tuple[Item, ...]]:
    facts: dict[str, str] = {}
    drawn = []
    for row in sorted(meta.cells):
        name = meta.text(row, 1)
        if name == _ROW:
            drawn.append(Item(*(meta.text(row, column) for column in range(2, 7))))
        elif name:
            facts[name] = meta.text(row, 2)
    return facts, tuple(drawn)


def _filled(sheet: Tab, shape: Shape, drawn: Sequence[Item], name: str) -> tuple[list[Filled], list[Finding]]:
    asked = {ask.name: ask for ask in _asks(shape)}
    columns = {sheet.text(1, at): at for at in sheet.cells.get(1, {})}
    missing = [key for key in asked if key not in columns]
    if missing:
        return [], [find("A010", Place(name, 1, sheet=sheet.title), what=f"column {missing[0]}")]
    known = {item.key: item for item in drawn}
    filled: list[Filled] = []
    findings: list[Finding] = []
    for row in sorted(number for number in sheet.cells if number >= FIRST_ROW):
        place = Place(name, row, sheet=sheet.title)
        cells, wrong = _cells(sheet, place, asked, columns)
        findings += wrong
        if not any(cells.values()):
            continue
        item = known.pop(sheet.text(row, 1), None)
        if item is None:
            findings.append(find("A013", place, row=sheet.text(row, 1) or sheet.text(row, 3) or str(row)))
            continue
        at = {key: columns[key] for key in asked}
        halves = list(_halves(item, cells, at, place))
        findings += halves
        if not halves and not errors_in(wrong):
            filled.append(Filled(item, place, at, cells))
    return filled, findings


def _cells(
    sheet: Tab, place: Place, asked: Mapping[str, Ask], columns: Mapping[str, int]
) -> tuple[dict[str, str], list[Finding]]:
    """Return what an auditor wrote in a row, and what is wrong with it."""
    cells: dict[str, str] = {}
    findings = []
    for key, ask in asked.items():
        cell = sheet.cells[place.line].get(columns[key])
        here = Place(place.file, place.line, columns[key], place.sheet)
        cells[key], wrong = understand(cell, ask, here, sheet.zero) if cell else ("", None)
        findings += [wrong] if wrong else []
    return cells, findings


def _asks(shape: Shape) -> Iterator[Ask]:
    keys = {column.key for column in COLUMNS[shape] if column.fill}
    if "finding" in keys:
        yield Ask("finding", "word", tuple(CHOICES), {fold(text): key for key, text in CHOICES.items()})
    if "found" in keys:
        yield Ask("found", "word")
    yield Ask("remark", "text")


def _halves(
    item: Item, cells: Mapping[str, str], columns: Mapping[str, int], place: Place
) -> Iterator[Finding]:
    """Yield a finding when a row says something but not what counts."""
    wanted = "finding" if "finding" in cells else "found"
    if not cells[wanted]:
        given = next(key for key, text in cells.items() if text)
        here = Place(place.file, place.line, columns[wanted], place.sheet)
        missing = "finding" if wanted == "finding" else f"level, nor {CANNOT_TELL}"
        yield find("A015", here, ref=item.ref, got=f"a {given}", missing=missing)
