"""Calibration, out: a workbook of imaginary cases for somebody who is new to a rubric."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measures.errors import WorkbookError
from measures.intake.workbook.given import Owner, Practice, Question
from measures.intake.workbook.layout import LANGUAGES
from measures.rubric import Rubric, said
from measures.rubric.reading import ID
from measures.workflow.files import write_whole
from measures.workflow.resting import resting
from measures.workflow.shelf import pick, shelf
from measures.workflow.workbook import facts


@dataclass(frozen=True, slots=True)
class Practised:
    """A workbook of cases that was written: the file, its rubrics, and how much there is to score."""

    path: Path
    rubrics: tuple[str, ...]
    cases: int
    rows: int


def make_practice(
    names: Sequence[str],
    assessor: str,
    out: Path,
    *,
    at: str,
    mission: Path | None = None,
    language: str = "",
) -> Practised:
    """Write a workbook of the cases that the authors of rubrics have scored; their levels are not in it.

    Args:
        names: The rubrics, each by id for its newest version or as ``id@version``.
        assessor: The code of who practises.
        out: The file; one that is there already is left alone.
        at: The time, UTC.
        mission: The mission folder whose own rubrics count too.
        language: Of the workbook; English when empty.

    Raises:
        RubricError: There is no such rubric.
        WorkbookError: A rubric has no cases, the code is none, or the file is there.
    """
    from measures.intake.workbook.build import write_practice

    if not re.fullmatch(ID, assessor):
        raise WorkbookError(f"Expected the code of who practises, got {assessor!r}.", "Such as ADV-07.")
    if out.exists():
        raise WorkbookError(
            f"Expected no file at {out}, found one.",
            "It may hold somebody's answers: move it away, or name another with --out.",
        )
    known = shelf(mission)
    chosen = {rubric.pin: rubric for rubric in (pick(known, name) for name in names)}
    tongue = language or LANGUAGES[0]
    owner = Owner(
        mission="",
        name=", ".join(said(rubric.title, tongue) for rubric in chosen.values()),
        period="",
        assessor=assessor,
        role="",
        language=tongue,
        sees="",
        writes="",
        head="",
        made=at,
    )
    questions = [question for rubric in chosen.values() for question in cases(rubric, tongue)]
    with resting():
        content = write_practice(Practice(owner, questions, facts(chosen.values(), tongue)))
    write_whole(out, content)
    count = len({question.of for question in questions})
    return Practised(out, tuple(str(pin) for pin in chosen), count, len(questions))


def cases(rubric: Rubric, language: str) -> list[Question]:
    """Return the rows that ask about the vignettes of a rubric.

    Raises:
        WorkbookError: It has none.
    """
    if not rubric.vignettes:
        raise WorkbookError(
            f"Expected a rubric with vignettes, got {rubric.pin}, which has none.",
            "See which there are: measures rubric list.",
        )
    return [
        Question(
            of=f"{rubric.id}/{vignette.id}",
            title=said(vignette.situation, language),
            criterion=rubric.criterion(expected.criterion),
            rubric=rubric,
            name=said(vignette.title, language),
        )
        for vignette in rubric.vignettes
        for expected in vignette.expected
    ]
