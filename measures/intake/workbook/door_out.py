"""The one door to the library that writes workbooks: pages in, bytes out.

Texts are written as texts: what begins with ``=`` is no formula, what looks like an address no link.
The same pages give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from measures.errors import WorkbookError
from measures.intake.workbook.pages import Alert, Area, Book, Content, Formula, Line, Page, Rule

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_INK, _DEEP, _MUTED, _RULE = "#17212b", "#12485c", "#5a6672", "#c9d1d7"
_GREY, _TODO, _WANT, _DONE = "#eef1f3", "#e6f0f4", "#fbdcc4", "#dcefdf"
_MOST_TEXT = 32_767
"""Characters that a cell holds at most."""

_CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": _RULE, "locked": False}
_HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": _RULE}
_TEXT = {"text_wrap": True, "valign": "top"}

STYLES: Mapping[str, Mapping[str, Any]] = {
    "": {},
    "key": {"num_format": "@", "locked": False},
    "mark": {"num_format": "@"},
    "title": {"bold": True, "font_size": 14, "font_color": _DEEP},
    "note": {"font_color": _MUTED},
    "progress": {"bold": True, "font_color": _DEEP},
    "head_read": {**_HEAD, "font_color": "#ffffff", "bg_color": _MUTED},
    "head_fill": {**_HEAD, "font_color": "#ffffff", "bg_color": _DEEP},
    "read": {**_CELL, "bg_color": _GREY, "num_format": "@", "font_size": 9},
    "bold": {**_CELL, "bg_color": _GREY, "num_format": "@", "font_size": 9, "bold": True},
    "formula": {**_CELL, "bg_color": _GREY, "font_size": 9},
    "fill": {**_CELL, "num_format": "@"},
    "paragraph": {**_TEXT, "font_size": 11},
    "heading": {"bold": True, "font_size": 12, "font_color": _DEEP, "valign": "bottom"},
    "name": {"bold": True, "font_size": 14, "font_color": _DEEP, "valign": "top"},
    "plain": {"font_color": _INK},
    "criterion": {"bold": True, "font_size": 11, "font_color": _DEEP, "bottom": 2, "bottom_color": _DEEP},
    "question": {"italic": True, "font_color": _MUTED},
    "level": {**_CELL, "bold": True, "bg_color": _GREY},
    "text": {**_CELL},
    "small": {**_CELL, "font_size": 9, "font_color": _MUTED},
}
_RTL = " rtl"
_ARABIC = re.compile("[\u0600-\u06ff]")

ALERTS: Mapping[str, Mapping[str, Any]] = {
    "todo": {"bg_color": _TODO},
    "want": {"bg_color": _WANT},
    "idle": {"bg_color": _GREY},
    "done": {"bg_color": _DONE, "bold": True},
}
"""How cells look while something is open, missing, of no account or complete."""


def write(book: Book) -> bytes:
    """Return a workbook's bytes.

    Raises:
        WorkbookError: Something in it is more than a workbook can hold.
    """
    from xlsxwriter.workbook import Workbook

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    made = Workbook(out, options)
    created = datetime.fromisoformat(book.made).replace(tzinfo=None)
    made.set_properties({"title": book.title, "created": created, "author": "measures"})
    formats = _formats(made, STYLES, rtl=book.rtl)
    alerts = _formats(made, ALERTS, rtl=False)
    sheets = {page.name: made.add_worksheet(page.name) for page in book.pages}
    for page in book.pages:
        sheet = sheets[page.name]
        _page(sheet, page, formats, book.rtl)
        for rule in page.rules:
            _rule(sheet, rule)
        for alert in page.alerts:
            _alert(sheet, alert, alerts)
    for name, refers in book.names.items():
        _sound(made.define_name(name, f"={refers}"), name)
    sheets[book.opens].activate()
    sheets[book.opens].set_first_sheet()
    made.close()
    return out.getvalue()


def _formats(made: Workbook, styles: Mapping[str, Mapping[str, Any]], *, rtl: bool) -> dict[str, Format]:
    """Return a format for each style; in a workbook from right to left also one that runs that way."""
    base: dict[str, Any] = {"font_name": "Arial", "font_size": 10} if styles is STYLES else {}
    found = {name: made.add_format({**base, **style}) for name, style in styles.items()}
    if rtl:
        for name, style in styles.items():
            found[f"{name}{_RTL}"] = made.add_format({**base, **style, "reading_order": 2})
    return found


def _style(name: str, content: Content, *, rtl: bool) -> str:
    """Return the style of a cell that runs the way of its own letters; an empty one the sheet's way."""
    if not rtl or (isinstance(content, str) and content and not _ARABIC.search(content)):
        return name
    return f"{name}{_RTL}"


def _page(sheet: Worksheet, page: Page, formats: Mapping[str, Format], rtl: bool) -> None:
    if rtl and not page.hidden:
        sheet.right_to_left()
    for at, width in enumerate(page.widths):
        sheet.set_column(at, at, width or None, None, {"hidden": not width})
    for row, line in enumerate(page.lines):
        _line(sheet, row, line, formats, rtl=rtl and not page.hidden)
    if page.hidden:
        sheet.very_hidden()
        sheet.protect()
        return
    if page.data is not None:
        sheet.autofilter(*_block(page.data))
    if any(page.frozen):
        sheet.freeze_panes(*page.frozen)
    if page.tab:
        sheet.set_tab_color(page.tab)
    sheet.hide_gridlines(2)
    _paper(sheet, page)
    sheet.protect(
        "",
        {
            "sort": True,
            "autofilter": True,
            "format_cells": True,
            "format_columns": True,
            "format_rows": True,
            "select_locked_cells": True,
            "select_unlocked_cells": True,
        },
    )


def _line(sheet: Worksheet, row: int, line: Line, formats: Mapping[str, Format], *, rtl: bool) -> None:
    if line.height or line.hidden:
        sheet.set_row(row, line.height or None, None, {"hidden": line.hidden})
    for column, (content, style) in enumerate(zip(line.cells, line.styles, strict=True)):
        look = formats[_style(style, content, rtl=rtl)]
        if isinstance(content, Formula):
            done = sheet.write_formula(row, column, f"={content.text}", look, content.value)
        elif content:
            done = sheet.write_string(row, column, content, look)
        elif style:
            done = sheet.write_blank(row, column, None, look)
        else:
            continue
        _sound(done, content if isinstance(content, str) else content.text)


def _paper(sheet: Worksheet, page: Page) -> None:
    paper = page.paper
    sheet.set_paper(9)
    if paper.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(paper.across, paper.tall)
    sheet.print_across()
    if paper.rows[0]:
        sheet.repeat_rows(paper.rows[0] - 1, paper.rows[1] - 1)
    if paper.columns[0]:
        sheet.repeat_columns(paper.columns[0] - 1, paper.columns[1] - 1)
    if page.area is not None:
        sheet.print_area(*_block(page.area))
    if paper.footer:
        sheet.set_footer(f"&C&8{paper.footer}")


def _rule(sheet: Worksheet, rule: Rule) -> None:
    options: dict[str, Any] = {"validate": "any"}
    if rule.source:
        options = {"validate": "list", "source": f"={rule.source}"}
    elif rule.formula:
        options = {"validate": "custom", "value": f"={rule.formula}"}
    for key, text in (("input_title", rule.prompt[0]), ("input_message", rule.prompt[1])):
        if text:
            options[key] = text
    for key, text in (("error_title", rule.stop[0]), ("error_message", rule.stop[1])):
        if text:
            options[key] = text
    if rule.loose:
        options["show_error"] = False
    _sound(sheet.data_validation(*_block(rule.area), options), " ".join(rule.prompt))


def _alert(sheet: Worksheet, alert: Alert, formats: Mapping[str, Format]) -> None:
    options = {"type": "formula", "criteria": f"={alert.formula}", "format": formats[alert.style]}
    _sound(sheet.conditional_format(*_block(alert.area), options), alert.formula)


def _block(area: Area) -> tuple[int, int, int, int]:
    return area.row - 1, area.column - 1, area.last_row - 1, area.last_column - 1


def _sound(done: int | None, what: str) -> None:
    """Refuse what the library left out; it says so by a number alone."""
    if done:
        short = what if len(what) <= 60 else f"{what[:60]}…"
        raise WorkbookError(
            f"Expected something a workbook can hold, got {len(what)} characters: {short!r}.",
            f"A cell holds {_MOST_TEXT} characters, a list entry or a message 255. Shorten the text.",
        )
