"""The three-way merge: what was written, what the register says today, and what came back.

A cell that came back as it was written changes nothing, whatever the register says today. A cell
that was edited takes effect where the register still says what was written, or says the same
already. Where the register moved too, the ground is stale: nobody is overruled unless somebody says
whose word to take. In Scores the level is the ground of the whole row: a rationale written for
another level than the one that stands today is a conflict as well.

Whoever types on in a file that was recorded meets nobody but themselves: where what stands was read
a file of the same name, it is the ground instead of what was written. A copy that does not hold what
was recorded, or says again what was superseded since, stays on stale ground.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal

from measures.finding import Finding, Place, find
from measures.intake.workbook.back import Back, Given, Key
from measures.intake.workbook.layout import NEW
from measures.intake.workbook.today import Today
from measures.intake.workbook.words import words
from measures.records.tables import split

Side = Literal["ours", "theirs"]
Take = Callable[[Place], Side | None]
"""Whose word to take at a cell: the register's, the workbook's, or nobody has said."""

_SETS = frozenset({"evidence", "actors", "objectives", "attributes"})
"""Columns whose parts may stand in any order."""

REASON = "reason"
_JUDGED = ("scores", "citations")
"""Sheets whose recorded rows can be corrected; a row of another that is recorded stays as it is."""

_NOWHERE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Edit:
    """One row as it is to be, where it differs from the register.

    Args:
        row: The row as it came back.
        cells: Every column as it is to be.
        changed: The columns that differ from today's register; empty when only a cell was refused.
        before: What the register says today.
        standing: Whether the register holds the row today.
        refused: Columns that could not be understood, or whose conflict nobody settled.
    """

    row: Given
    cells: Mapping[str, str]
    changed: frozenset[str]
    before: Mapping[str, str]
    standing: bool
    refused: frozenset[str] = frozenset()

    @property
    def emptied(self) -> bool:
        """Whether nothing is left in it but who may see it."""
        return not any(self.cells.get(column) for column in self.row.cells if column != "marking")


def nobody(_: Place) -> Side | None:
    """Say of no cell whose word to take."""
    return None


def merge(back: Back, today: Today, take: Take = nobody) -> tuple[list[Edit], list[Finding]]:
    """Return the rows that are to change, and every conflict.

    Args:
        back: The workbook as it came back.
        today: What the register says now.
        take: Whose word to take at a cell that both sides changed.
    """
    findings: list[Finding] = []
    edits = []
    for row in _one_each(back, findings):
        base = back.baseline.get((row.sheet, row.key), _NOWHERE)
        edit = _edit(row, _ground(row, base, today), today.rows, take, findings)
        if edit is not None:
            edits.append(edit)
    return edits, findings


def same(column: str, one: str, other: str) -> bool:
    """Return whether two texts of a column say the same."""
    if one == other:
        return True
    if column in _SETS:
        return sorted(set(split(one))) == sorted(set(split(other)))
    return " ".join(one.split()) == " ".join(other.split())


def _ground(row: Given, base: Mapping[str, str], today: Today) -> Mapping[str, str]:
    """Return what a row was edited from: what was written, or what its own file has recorded since."""
    key = (row.sheet, row.key.removeprefix(NEW))
    file, source = PurePath(row.at.file).name, today.sources.get(key, "")
    if not (source.startswith(f"{file}!") or f"/{file}!" in source) or not _edited(row, base):
        return base
    now = today.rows[key]
    moved = {c for c in row.cells if c != REASON and not same(c, base.get(c, ""), now.get(c, ""))}
    typed, apart = set(_edited(row, base)), set(_edited(row, now))
    earlier = today.earlier.get(row.key, ()) if row.sheet == "scores" else ()
    said_again = any(set(_edited(row, cells)) <= {REASON} for cells in earlier)
    elsewhere = moved <= apart and not moved <= typed
    return base if said_again or elsewhere else now


def _one_each(back: Back, findings: list[Finding]) -> Iterator[Given]:
    """Yield one row for each key; copies of a row or a sheet must not say different things."""
    by_key: dict[Key, list[Given]] = {}
    for row in back.rows:
        by_key.setdefault((row.sheet, row.key), []).append(row)
    for key, rows in by_key.items():
        yield rows[0] if len(rows) == 1 else _joined(rows, back.baseline.get(key, _NOWHERE), findings)


def _joined(rows: Sequence[Given], base: Mapping[str, str], findings: list[Finding]) -> Given:
    first, *others = sorted(rows, key=lambda row: -len(_edited(row, base)))
    cells, refused = dict(first.cells), set(first.refused)
    for row in others:
        for column in _edited(row, base):
            if column not in _edited(first, base):
                cells[column] = row.cells[column]
                refused |= row.refused & {column}
            elif not same(column, first.cells[column], row.cells[column]):
                named, other = heading(row.sheet, column), str(first.place(column))
                findings.append(find("W019", row.place(column), column=named, row=row.key,
                                     value=row.cells[column], other=other))  # fmt: skip
                refused.add(column)
    return replace(first, cells=cells, refused=frozenset(refused))


def _edited(row: Given, base: Mapping[str, str]) -> list[str]:
    return [c for c, text in row.cells.items() if not same(c, text, base.get(c, ""))]


def _edit(
    row: Given,
    base: Mapping[str, str],
    held: Mapping[Key, Mapping[str, str]],
    take: Take,
    findings: list[Finding],
) -> Edit | None:
    today = held.get((row.sheet, row.key.removeprefix(NEW)))
    gone = today is None and row.sheet == "citations" and not row.key.startswith(NEW)
    now = base if today is None and not gone else today or _NOWHERE
    edited = [c for c in _edited(row, base) if not same(c, row.cells[c], now.get(c, ""))]
    moved = _ground_moved(row, base, now)
    cells = dict(now)
    refused = set(row.refused)
    for column in edited:
        stale = moved or not same(column, base.get(column, ""), now.get(column, ""))
        if not stale or column in (REASON, *row.refused) or row.sheet not in _JUDGED:
            cells[column] = row.cells[column]
            continue
        side = take(row.place(column))
        if side is None:
            findings.append(_conflict(row, column, base, now))
            refused.add(column)
        if side != "ours":
            cells[column] = row.cells[column]
    if REASON in row.cells and row.sheet == "scores":
        cells[REASON] = row.cells[REASON]
    aside = REASON if row.sheet == "scores" else ""
    changed = frozenset(c for c in edited if c != aside and not same(c, cells[c], now.get(c, "")))
    if not changed and not refused:
        if aside in edited:
            findings.append(find("W036", row.place(REASON)))
        return None
    return Edit(row, cells, changed, now, today is not None, frozenset(refused))


def _ground_moved(row: Given, base: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Return whether another level stands today than the row was written and filled in beside."""
    if row.sheet != "scores":
        return False
    mine, was, stands = (cells.get("score", "") for cells in (row.cells, base, now))
    return stands not in (was, mine)


def _conflict(row: Given, column: str, base: Mapping[str, str], now: Mapping[str, str]) -> Finding:
    place = row.place(column)
    three = [base.get(column, ""), now.get(column, ""), row.cells[column]]
    was, today, mine = apart(three)
    return find("W033", place, column=heading(row.sheet, column), base=was, today=today, mine=mine,
                cell=f"{place.sheet}!{place.cell}")  # fmt: skip


def heading(sheet: str, column: str) -> str:
    """Return what a column is called on its sheet, in English as every finding is."""
    return words("en").sheets[sheet].columns[column][0]


def apart(texts: Iterable[str], width: int = 60) -> list[str]:
    """Return texts as a message quotes them, long ones from where they begin to differ."""
    given = list(texts)
    filled = [text for text in given if text]
    start = 0
    if len(filled) > 1 and max(map(len, filled)) > width:
        pairs = zip(*filled, strict=False)
        start = next((at for at, letters in enumerate(pairs) if len(set(letters)) > 1), min(map(len, filled)))
        start = max(start - 15, 0)
    return [_quoted(text, start, width) for text in given]


def _quoted(text: str, start: int, width: int) -> str:
    if not text:
        return "empty"
    part = text[start : start + width].replace("\n", " ")
    return repr(("…" if start else "") + part + ("…" if len(text) > start + width else ""))
