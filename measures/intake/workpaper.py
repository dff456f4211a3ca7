"""The auditor's work paper: what a sample drew, with room for what was found.

It goes out as a workbook and comes back the same way. Column A, which is not shown, holds the key
of each row; row 1, which is not shown either, the key of each column; so that sorting does no harm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from measures import canonical
from measures.intake.workbook.door_out import write
from measures.intake.workbook.layout import SEPARATOR
from measures.intake.workbook.pages import Area, Book, Content, Line, Page, Paper, Rule, height, letters

FORMAT = "measures-workpaper"
VERSION = "1"
MARK = "measures-workpaper:findings"
META = "_paper"
FIRST_ROW = 5

Shape = Literal["scores", "blind", "claims"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its heading, its width in characters, and whether it is filled in."""

    key: str
    title: str
    width: float
    fill: bool = False


_FINDING = Column("finding", "Your finding", 16, True)
_FOUND = Column("found", "Level you find", 26, True)
_REMARK = Column("remark", "Remark", 44, True)
_SEALED = (Column("entry", "Entry", 7), Column("digest", "SHA-256 of the entry", 20))
_WHERE = (
    Column("number", "No.", 5),
    Column("ref", "Id", 20),
    Column("milestone", "Milestone", 26),
    Column("criterion", "Criterion", 24),
    Column("period", "Quarter", 9),
)
COLUMNS: Mapping[Shape, tuple[Column, ...]] = {
    "scores": (
        *_WHERE,
        Column("assessor", "Scored by", 12),
        Column("score", "Level given", 18),
        Column("rationale", "Rationale", 60),
        Column("why_not_next", "Why not the next level", 34),
        Column("confidence", "Confidence", 11),
        Column("evidence", "Evidence", 16),
        Column("notes", "What became of it", 28),
        *_SEALED,
        _FINDING,
        _FOUND,
        _REMARK,
    ),
    "blind": (*_WHERE, Column("evidence", "Evidence", 24), *_SEALED, _FOUND, _REMARK),
    "claims": (
        Column("number", "No.", 5),
        Column("ref", "Id", 18),
        Column("edition", "Edition", 14),
        Column("text", "Sentence", 60),
        Column("basis", "Rests on", 34),
        *_SEALED,
        _FINDING,
        _REMARK,
    ),
}
EVIDENCE = (
    Column("of", "For", 20),
    Column("evidence", "Item", 12),
    Column("bearing", "Cited as", 30),
    Column("locator", "Where in it", 16),
    Column("grade", "Kind and grade", 16),
    Column("covers", "Speaks of", 18),
    Column("summary", "What it says", 60),
    Column("title", "Title", 34),
    Column("publisher", "Published by", 24),
    Column("held", "Where it is", 34),
)
HIDDEN_WHEN_BLIND = frozenset({"bearing"})
CHOICES = {"agrees": "I agree", "disagrees": "I do not agree", "cannot-tell": "I cannot tell"}
CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One row of a paper.

    Args:
        key: Its key; the id of the finding that it becomes.
        kind, ref, digest: What was drawn.
        marking: Of what was drawn.
        cells: Text by column key.
        levels: Ids and labels that may be found; empty for a sentence.
    """

    key: str
    kind: str
    ref: str
    digest: str
    marking: str
    cells: Mapping[str, str]
    levels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """A criterion in full: its title and question, and of each level label, descriptor and statements."""

    title: str
    question: str
    levels: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class WorkPaper:
    """Everything that a paper shows.

    Args:
        shape: Scores with their levels, blind, or sentences.
        title: Its heading.
        made: The time, UTC, ``2021-04-02T09:30:00Z``.
        facts: What the first sheet says, name and text; also what is kept to know the paper again.
        told: How it was drawn and how it is filled in, a paragraph each.
        rows: What was drawn.
        evidence: A row for each citation, text by column key.
        ladders: The criteria that were drawn.
    """

    shape: Shape
    title: str
    made: str
    facts: Mapping[str, str]
    told: Sequence[str]
    rows: Sequence[Drawn]
    evidence: Sequence[Mapping[str, str]]
    ladders: Sequence[Ladder]


def seal_of(rows: Sequence[tuple[str, str, str, str, str]]) -> str:
    """Return the digest of the keys, kinds, ids, digests and markings that a paper was written with."""
    return canonical.digest(sorted([list(row) for row in rows]))


def to_bytes(paper: WorkPaper) -> bytes:
    """Return a paper as a workbook; the same paper gives the same bytes.

    Raises:
        WorkbookError: Something in it is more than a workbook can hold.
    """
    lists, names = _lists(paper)
    pages = [_about(paper), _findings(paper, names)]
    if paper.evidence:
        pages.append(_evidence(paper))
    if paper.ladders:
        pages.append(_levels(paper))
    pages += [lists, _meta(paper)]
    areas = {name: area for name, (area, _) in names.items()}
    return write(Book(paper.title, tuple(pages), areas, pages[0].name, paper.made, rtl=False))


def _about(paper: WorkPaper) -> Page:
    lines = [Line(("", paper.title), ("", "title"), 26), Line()]
    width = 74.0
    for name, text in paper.facts.items():
        tall = height([(text, width)], 10, 16)
        lines.append(Line(("", name.replace("_", " ").capitalize(), text), ("", "level", "read"), tall))
    lines.append(Line())
    lines += [
        Line(("", "", text), ("", "", "paragraph"), height([(text, width)], 11, 18)) for text in paper.told
    ]
    area = Area(1, 2, len(lines), 3)
    return Page("About", (2, 22, width), tuple(lines), area=area, paper=Paper(landscape=False), tab="#5a6672")


def _findings(paper: WorkPaper, names: Mapping[str, tuple[str, tuple[str, ...]]]) -> Page:
    columns = COLUMNS[paper.shape]
    count = len(columns) + 1
    marking = paper.facts.get("marking", "")
    note = f"{marking}. Fill in the dark columns at the right; what you leave open can be given later."
    lines = [
        Line((MARK, *(column.key for column in columns)), ("mark",) * count, hidden=True),
        Line(("", paper.title), ("", "title"), 26),
        Line(
            ("", note),
            ("", "note"),
            18,
        ),
        Line(
            ("", *(c.title for c in columns)),
            ("key", *("head_fill" if c.fill else "head_read" for c in columns)),
            30,
        ),
    ]
    for row in paper.rows:
        texts = [row.cells.get(column.key, "") for column in columns]
        styles = ["fill" if column.fill else "read" for column in columns]
        tall = height(zip(texts, (column.width for column in columns), strict=True), 9, 30)
        lines.append(Line((row.key, *texts), ("mark", *styles), tall))
    last = len(lines)
    first_fill = next(at for at, column in enumerate(columns, start=2) if column.fill)
    return Page(
        "Findings",
        (0, *(column.width for column in columns)),
        tuple(lines),
        rules=tuple(_rules(paper, columns, names, first_fill, last)),
        data=Area(FIRST_ROW - 1, 1, last, count),
        frozen=(FIRST_ROW - 1, 3),
        area=Area(2, 2, last, count),
        paper=Paper(
            across=2 if paper.shape == "scores" else 1,
            rows=(FIRST_ROW - 1, FIRST_ROW - 1),
            columns=(2, 3) if paper.shape == "scores" else (0, 0),
            footer=marking.replace("&", "&&"),
        ),
        tab="#12485c",
    )


def _rules(
    paper: WorkPaper,
    columns: Sequence[Column],
    names: Mapping[str, tuple[str, tuple[str, ...]]],
    first_fill: int,
    last: int,
) -> list[Rule]:
    stop = ("Only for reading", "This column is what was drawn. Write what you find in the dark columns.")
    rules = [Rule(Area(FIRST_ROW, 2, last, first_fill - 1), formula="FALSE()", stop=stop)]
    wrong = ("Choose from the list", "Choose an entry of the list, or leave the cell empty.")
    for at, column in enumerate(columns, start=2):
        if column.key == "finding":
            rules.append(Rule(Area(FIRST_ROW, at, last, at), source="findings", stop=wrong))
        elif column.key == "found":
            for number, row in enumerate(paper.rows):
                name = next(name for name, (_, choices) in names.items() if choices == _choices(paper, row))
                cell = Area(FIRST_ROW + number, at, FIRST_ROW + number, at)
                rules.append(Rule(cell, source=name, stop=wrong))
    return rules


def _choices(paper: WorkPaper, row: Drawn) -> tuple[str, ...]:
    choices = tuple(f"{name}{SEPARATOR}{label}" if label else name for name, label in row.levels)
    cannot = f"{CANNOT_TELL}{SEPARATOR}{CHOICES[CANNOT_TELL]}"
    return (*choices, cannot) if paper.shape == "blind" else choices


def _lists(paper: WorkPaper) -> tuple[Page, dict[str, tuple[str, tuple[str, ...]]]]:
    """Return the hidden sheet of what may be chosen, and of each name its cells and its choices."""
    found = {"findings": tuple(f"{name}{SEPARATOR}{label}" for name, label in CHOICES.items())}
    for row in paper.rows if paper.shape != "claims" else ():
        choices = _choices(paper, row)
        if choices not in found.values():
            found[f"levels_{len(found)}"] = choices
    tall = max(len(choices) for choices in found.values())
    lines = [
        Line(
            tuple(choices[at] if at < len(choices) else "" for choices in found.values()),
            ("mark",) * len(found),
        )
        for at in range(tall)
    ]
    page = Page("_lists", (20.0,) * len(found), tuple(lines), hidden=True)
    names = {
        name: (f"'_lists'!${letters(at)}$1:${letters(at)}${len(choices)}", choices)
        for at, (name, choices) in enumerate(found.items(), start=1)
    }
    return page, names


def _evidence(paper: WorkPaper) -> Page:
    hidden = HIDDEN_WHEN_BLIND if paper.shape == "blind" else frozenset()
    columns = [column for column in EVIDENCE if column.key not in hidden]
    heads: tuple[Content, ...] = ("", *(column.title for column in columns))
    lines = [
        Line(("", "Evidence cited for what was drawn"), ("", "title"), 26),
        Line(heads, ("", *("head_read",) * len(columns)), 30),
    ]
    for cited in paper.evidence:
        texts = [cited.get(column.key, "") for column in columns]
        tall = height(zip(texts, (column.width for column in columns), strict=True), 9, 16)
        lines.append(Line(("", *texts), ("", *("read",) * len(columns)), tall))
    area = Area(1, 2, len(lines), len(columns) + 1)
    widths = (2, *(column.width for column in columns))
    return Page(
        "Evidence", widths, tuple(lines), frozen=(2, 3), area=area, paper=Paper(rows=(2, 2)), tab="#5a6672"
    )


def _levels(paper: WorkPaper) -> Page:
    widths = (2.0, 26.0, 60.0, 70.0)
    lines = [
        Line(("", "The levels of what was drawn"), ("", "title"), 26),
        Line(("", "Level", "What it means", "What has to hold"), ("", *("head_read",) * 3), 22),
    ]
    for ladder in paper.ladders:
        lines += [Line(), Line(("", ladder.title, "", ""), ("", *("criterion",) * 3), 24)]
        lines.append(Line(("", ladder.question), ("", "question"), 16))
        for texts in ladder.levels:
            tall = height(zip(texts, widths[1:], strict=True), 10, 18)
            lines.append(Line(("", *texts), ("", "level", "text", "text"), tall))
    area = Area(1, 2, len(lines), 4)
    return Page(
        "Levels", widths, tuple(lines), frozen=(2, 0), area=area, paper=Paper(rows=(2, 2)), tab="#5a6672"
    )


def _meta(paper: WorkPaper) -> Page:
    """Return the hidden sheet by which the paper is known again."""
    rows = [(row.key, row.kind, row.ref, row.digest, row.marking) for row in paper.rows]
    kept = {"format": FORMAT, "version": VERSION, "shape": paper.shape, **paper.facts, "seal": seal_of(rows)}
    lines = [Line((name, text), ("mark", "mark")) for name, text in kept.items()]
    lines += [Line(("row", *row), ("mark",) * 6) for row in rows]
    return Page(META, (20.0,) * 6, tuple(lines), hidden=True)
