"""What was gathered for an adviser, made into a workbook: every sheet, the hidden ones among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from measures.intake.workbook.choices import Choices, choices, level_lists, non_scores
from measures.intake.workbook.door_out import write
from measures.intake.workbook.filling import filled
from measures.intake.workbook.given import Given, Owner, Practice
from measures.intake.workbook.layout import (
    BASELINE,
    BASELINE_HEADER,
    CASES,
    CITATIONS,
    ENGAGEMENTS,
    EVIDENCE,
    FIRST_ROW,
    FORMAT,
    META,
    POSITIONS,
    SCORES,
    TEMPLATE,
    Sheet,
    baseline_digest,
)
from measures.intake.workbook.pages import Book, Line, Page
from measures.intake.workbook.reading import guide, rubrics
from measures.intake.workbook.scoring import cases, data_names, scores, text_names, text_places, texts
from measures.intake.workbook.words import words
from measures.rubric import Rubric

_TABLES = (CITATIONS, EVIDENCE, ENGAGEMENTS, POSITIONS)


def write_quarter(given: Given) -> bytes:
    """Return a quarter's workbook as bytes; the same values give the same bytes.

    Raises:
        WorkbookError: No workbook is made in that language, or something is more than one can hold.
    """
    owner = given.owner
    own = words(owner.language)
    lists = choices(given, own)
    cited = Counter(row["score"] for row in given.recorded["citations"])
    meanings = texts(given.questions, own, owner.language)
    first = scores(given.questions, owner, lists, own, cited, text_places(meanings))
    tables = [filled(sheet, given, lists, own) for sheet in _TABLES]
    shown = [guide(own, owner), first, *tables, rubrics(given.rubrics, given.facts, own, owner)]
    sheets = dict(zip((SCORES, *_TABLES), (first, *tables), strict=True))
    book = Book(
        title=own.phrases["heading"].format(
            title=own.sheets["scores"].title, mission=owner.name, period=owner.period
        ),
        pages=(*shown, lists.page(), meanings, *_hidden(sheets, owner, "quarter", given.rubrics)),
        names={
            **lists.names,
            **text_names(meanings),
            **data_names(given, own),
        },
        opens=first.name,
        made=owner.made,
        rtl=own.rtl,
    )
    return write(book)


def write_practice(given: Practice) -> bytes:
    """Return a workbook of cases to practise with.

    Raises:
        WorkbookError: No workbook is made in that language, or something is more than one can hold.
    """
    owner = given.owner
    own = words(owner.language)
    ladders, entries = level_lists(given.rubrics, own, owner.language)
    spoken = non_scores(own)
    told = {
        name: tuple(text for level, text in found.items() if level not in spoken)
        for name, found in entries.items()
    }
    lists = Choices(told, ladders, entries)
    meanings = texts(given.questions, own, owner.language)
    page = cases(CASES, given.questions, owner, lists, own, text_places(meanings))
    book = Book(
        title=own.sheets["cases"].title,
        pages=(
            guide(own, owner, practice=True),
            page,
            rubrics(given.rubrics, given.facts, own, owner),
            lists.page(),
            meanings,
            *_hidden({CASES: page}, owner, "calibration", given.rubrics),
        ),
        names={**lists.names, **text_names(meanings)},
        opens=page.name,
        made=owner.made,
        rtl=own.rtl,
    )
    return write(book)


def _hidden(
    sheets: Mapping[Sheet, Page], owner: Owner, kind: str, found: Sequence[Rubric]
) -> tuple[Page, Page]:
    """Return the sheets that say what was written, and for whom and from what."""
    rows = tuple(_written(sheets))
    told = {
        "format": FORMAT,
        "template": TEMPLATE,
        "kind": kind,
        "mission": owner.mission,
        "period": owner.period,
        "assessor": owner.assessor,
        "role": owner.role,
        "language": owner.language,
        "marking": owner.sees,
        "head": owner.head,
        "baseline": baseline_digest(rows),
        **{f"rubric/{rubric.pin}": rubric.digest for rubric in found},
    }
    meta = tuple(Line(pair, ("mark", "mark")) for pair in told.items())
    lines = tuple(Line(row, ("mark",) * 4) for row in (BASELINE_HEADER, *rows))
    return Page(BASELINE, (), lines, hidden=True), Page(META, (), meta, hidden=True)


def _written(sheets: Mapping[Sheet, Page]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what stands in each cell that may be filled in."""
    for sheet, page in sheets.items():
        columns = [(at, column.key) for at, column in enumerate(sheet.columns, 1) if column.fill == "fill"]
        for line in page.lines[FIRST_ROW - 1 :]:
            for at, key in columns:
                cell = line.cells[at]
                if cell and isinstance(cell, str):
                    yield sheet.key, str(line.cells[0]), key, cell
