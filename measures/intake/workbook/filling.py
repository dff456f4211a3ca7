"""The sheets with one record a row of a table: recorded rows, then empty ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from measures.intake.workbook.choices import ONE_OF, SEVERAL_OF, Choices, new_key
from measures.intake.workbook.frame import above, at, page, prompt, reading, under
from measures.intake.workbook.given import Given
from measures.intake.workbook.layout import FIRST_ROW, NEW, Column, Sheet
from measures.intake.workbook.pages import Alert, Content, Line, Page, Rule, height
from measures.intake.workbook.words import Words

_FROZEN = {"citations": "id", "evidence": "title", "engagements": "id", "positions": "id"}
_ACROSS = {"evidence": 2}
_TABS = {"evidence": "#12485c", "citations": "#12485c"}


def filled(sheet: Sheet, given: Given, choices: Choices, words: Words) -> Page:
    """Return a sheet of records: what is recorded and may be seen, then rows for what is new."""
    recorded, fresh = given.recorded[sheet.key], given.fresh[sheet.key]
    lines = above(sheet, words, given.owner, {})
    for row in recorded:
        lines.append(_recorded(sheet, row, choices))
    for name in fresh:
        lines.append(_fresh(sheet, name, given.owner.writes))
    count = len(recorded) + len(fresh)
    made = page(sheet, words, given.owner, lines, frozen=_FROZEN[sheet.key], across=_ACROSS.get(sheet.key, 1))
    rules = [*reading(sheet, count, words)]
    rules += [
        _rule(sheet, column, count, choices, words) for column in sheet.columns if column.fill == "fill"
    ]
    return replace(
        made, rules=tuple(rules), alerts=tuple(_alerts(sheet, count)), tab=_TABS.get(sheet.key, "")
    )


def _recorded(sheet: Sheet, row: Mapping[str, str], choices: Choices) -> Line:
    cells = [choices.cell(sheet, column.key, row.get(column.key, "")) for column in sheet.columns]
    texts = [(cell, column.width) for column, cell in zip(sheet.columns, cells, strict=True)]
    styles = tuple("bold" if column.key == "id" else "read" for column in sheet.columns)
    return Line((row["id"], *cells), ("key", *styles), height(texts, 9, 26, 130))


def _fresh(sheet: Sheet, name: str, marking: str) -> Line:
    kept: Mapping[str, Content] = {"id": name, "marking": marking}
    cells = tuple(kept.get(column.key, "") for column in sheet.columns)
    styles = tuple("bold" if column.key == "id" else "fill" for column in sheet.columns)
    return Line((new_key(name), *cells), ("key", *styles), 26)


def _rule(sheet: Sheet, column: Column, count: int, choices: Choices, words: Words) -> Rule:
    """Return what a column takes: a word of a list, or a text in a row that is new.

    Rules stay where they are when rows are sorted, so none may depend on where a row stands.
    """
    area = under(sheet, column.key, count)
    told = prompt(sheet, column.key, words)
    several = SEVERAL_OF.get((sheet.key, column.key), "")
    named = ONE_OF.get((sheet.key, column.key), several)
    if named in choices.entries:
        stop = (words.phrases["list_title"], words.phrases["list_message"])
        return Rule(area, source=f"list_{named}", loose=bool(several), prompt=told, stop=stop)
    stop = (words.phrases["recorded_title"], words.phrases["recorded_message"])
    is_new = f'LEFT($A{FIRST_ROW},{len(NEW)})="{NEW}"'
    return Rule(area, formula=is_new, prompt=told, stop=stop)


def _alerts(sheet: Sheet, count: int) -> list[Alert]:
    """Return how a new row shows what it lacks once something was written in it."""
    fills = [column for column in sheet.columns if column.fill == "fill"]
    is_new = f'LEFT($A{FIRST_ROW},{len(NEW)})="{NEW}"'
    written = f"COUNTA({at(sheet, fills[0].key)}:{at(sheet, fills[-1].key)})"
    if any(column.key == "marking" for column in fills):
        written += f"-COUNTA({at(sheet, 'marking')})"
    return [
        Alert(
            under(sheet, column.key, count),
            f"AND({is_new},{written}>0,LEN(TRIM({at(sheet, column.key)}))=0)",
            "want",
        )
        for column in fills
        if column.needed
    ]
