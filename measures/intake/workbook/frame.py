"""What every sheet that is filled in has alike: keys, heading, column headings, printing, protection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from measures.intake.workbook.given import Owner
from measures.intake.workbook.layout import FIRST_ROW, HEADER_ROW, MARK, Sheet
from measures.intake.workbook.pages import Area, Content, Line, Page, Paper, Rule, letters
from measures.intake.workbook.words import Words

KEY_WIDTH = 0


def above(sheet: Sheet, words: Words, owner: Owner, more: Mapping[int, tuple[Content, str]]) -> list[Line]:
    """Return the rows above the data.

    Args:
        sheet: The sheet.
        words: Of the workbook's language.
        owner: Whose it is.
        more: What else stands in the row of the heading, and its style, by column.
    """
    own = words.sheets[sheet.key]
    count = len(sheet.columns) + 1
    keys = Line((f"{MARK}{sheet.key}", *sheet.keys), ("mark",) * count, hidden=True)
    title = words.phrases["heading"].format(title=own.title, mission=owner.name, period=owner.period)
    heading: list[Content] = [""] * count
    styles = [""] * count
    heading[1], styles[1] = title.rstrip(" ·"), "title"
    for column, (content, style) in more.items():
        heading[column - 1], styles[column - 1] = content, style
    note = Line(("", own.note, *[""] * (count - 2)), ("", "note", *[""] * (count - 2)), 18)
    heads = tuple(own.columns[column.key][0] for column in sheet.columns)
    looks = tuple("head_fill" if column.fill == "fill" else "head_read" for column in sheet.columns)
    return [
        keys,
        Line(tuple(heading), tuple(styles), 24),
        note,
        Line(("", *heads), ("key", *looks), 32),
    ]


def block(sheet: Sheet, rows: int) -> Area:
    """Return the rows of data with their headings, the column of keys included."""
    return Area(HEADER_ROW, 1, FIRST_ROW + max(rows, 1) - 1, len(sheet.columns) + 1)


def under(sheet: Sheet, column: str, rows: int, last: str = "") -> Area:
    """Return the data cells of a column, or of a row of columns."""
    return Area(FIRST_ROW, sheet.at(column), FIRST_ROW + max(rows, 1) - 1, sheet.at(last or column))


def at(sheet: Sheet, column: str, row: int = FIRST_ROW) -> str:
    """Return the address of a cell, its column held fast."""
    return f"${letters(sheet.at(column))}{row}"


def prompt(sheet: Sheet, column: str, words: Words) -> tuple[str, str]:
    """Return what is said when a cell of a column is chosen."""
    title, message = words.sheets[sheet.key].columns[column]
    return (title, message) if message else ("", "")


def reading(sheet: Sheet, rows: int, words: Words) -> list[Rule]:
    """Return a rule for each block of columns that is only read: typing there is refused.

    The cells themselves are not locked, because a protected sheet with locked cells cannot be sorted.
    """
    stop = (words.phrases["read_title"], words.phrases["read_message"])
    rules = []
    run: list[str] = []
    for column in (*sheet.columns, None):
        if column is not None and column.fill == "read":
            run.append(column.key)
        elif run:
            rules.append(Rule(under(sheet, run[0], rows, run[-1]), formula="FALSE()", stop=stop))
            run = []
    return rules


def footer(owner: Owner) -> str:
    """Return what stands at the foot of every printed page."""
    parts = (owner.name[:100].replace("&", "&&"), owner.period, owner.assessor, owner.sees, "&P / &N")
    return " · ".join(part for part in parts if part)


def page(
    sheet: Sheet, words: Words, owner: Owner, lines: Sequence[Line], *, frozen: str, across: int
) -> Page:
    """Return a sheet without rules and alerts.

    Args:
        sheet: The sheet.
        words: Of the workbook's language.
        owner: Whose it is.
        lines: All rows.
        frozen: The last column that stays in sight and is repeated in print.
        across: How many sheets of paper it is wide.
    """
    rows = len(lines) - FIRST_ROW + 1
    shown = [column for column in sheet.columns if column.width]
    last = sheet.at(shown[-1].key)
    bottom = FIRST_ROW + max(rows, 1) - 1
    repeat = (2, sheet.at(frozen)) if across > 1 else (0, 0)
    return Page(
        name=words.sheets[sheet.key].name,
        widths=(KEY_WIDTH, *(column.width for column in sheet.columns)),
        lines=tuple(lines),
        data=block(sheet, rows),
        frozen=(HEADER_ROW, sheet.at(frozen)),
        area=Area(2, 2, bottom, last),
        paper=Paper(across=across, rows=(HEADER_ROW, HEADER_ROW), columns=repeat, footer=footer(owner)),
    )
