"""The sheets that are only read: the guide on one page, and the rubrics in full."""

from __future__ import annotations

from collections.abc import Sequence

from measures.intake.workbook.frame import footer
from measures.intake.workbook.given import Facts, Owner
from measures.intake.workbook.pages import Area, Line, Page, Paper, height
from measures.intake.workbook.words import Words
from measures.rubric import Criterion, Rubric, said

_GUIDE_WIDTH = 100
_WIDTHS = (2, 20, 46, 58, 40)


def guide(words: Words, owner: Owner, *, practice: bool = False) -> Page:
    """Return how to score, on one page."""
    parts = words.practice if practice else words.guide
    heading = words.phrases["heading"].format(
        title=words.phrases["guide"], mission=owner.name, period=owner.period
    )
    lines = [Line(("", heading.rstrip(" ·")), ("", "title"), 24)]
    for title, paragraphs in parts:
        lines.append(Line(("", title), ("", "heading"), 30))
        lines += [
            Line(("", text), ("", "paragraph"), height([(text, _GUIDE_WIDTH)], 11, 18)) for text in paragraphs
        ]
    return Page(
        name=words.phrases["guide"],
        widths=(2, _GUIDE_WIDTH),
        lines=tuple(lines),
        area=Area(1, 1, len(lines), 2),
        paper=Paper(tall=1, landscape=False, footer=footer(owner)),
        tab="#5a6672",
    )


def rubrics(found: Sequence[Rubric], facts: Facts, words: Words, owner: Owner) -> Page:
    """Return the full text of the rubrics, to be read or printed."""
    own = words.phrases
    lines = [
        Line(("", own["rubrics"]), ("", "title"), 24),
        Line(("", own["rubrics_note"]), ("", "note"), 18),
        Line(),
        Line(
            ("", own["levels"], own["descriptor"], own["statements"], own["takes"]),
            ("", *("head_read",) * 4),
            22,
        ),
    ]
    language = owner.language
    for rubric in found:
        name = f"{said(rubric.title, language)} ({rubric.pin})"
        lines += [Line(), Line(("", name), ("", "name"), 22)]
        for criterion in rubric.criteria:
            lines += _criterion(rubric, criterion, facts, language)
    return Page(
        name=own["rubrics"],
        widths=_WIDTHS,
        lines=tuple(lines),
        frozen=(4, 0),
        area=Area(1, 2, len(lines), len(_WIDTHS)),
        paper=Paper(rows=(4, 4), footer=footer(owner)),
        tab="#5a6672",
    )


def _criterion(rubric: Rubric, criterion: Criterion, facts: Facts, language: str) -> list[Line]:
    title = f"{said(criterion.title, language)} ({criterion.id})"
    lines = [
        Line(("", title, "", "", ""), ("", *("criterion",) * 4), 24),
        Line(("", said(criterion.question, language)), ("", "question"), 16),
    ]
    for step in criterion.steps:
        statements = [f"• {said(found.text, language)} [{found.id}]" for found in step.attributes]
        cells = (
            f"{rubric.label(step.level, language)} [{step.level}]",
            said(step.descriptor, language),
            "\n".join(statements),
            facts.get((str(rubric.pin), criterion.id, step.level), ""),
        )
        tall = height(zip(cells, _WIDTHS[1:], strict=True), 10, 28)
        lines.append(Line(("", *cells), ("", "level", "text", "text", "small"), tall))
    return lines
