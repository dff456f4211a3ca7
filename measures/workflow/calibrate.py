"""Calibration, in: what came back compared with the authors' levels and with one another.

Nothing is recorded: how somebody read imaginary cases while learning is no statement about a mission.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from measures.errors import WorkbookError
from measures.finding import Finding, Place, errors_in, find, in_order
from measures.intake.workbook.answers import Answers, Case, kind_of, read_answers
from measures.intake.workbook.gate import MOST_BYTES
from measures.judgement.agreement import Agreement
from measures.judgement.calibration import Compared, among, compare
from measures.rubric import Rubric, said
from measures.rubric.document import read_bytes
from measures.workflow.record import Progress, silent
from measures.workflow.shelf import pick, shelf


@dataclass(frozen=True, slots=True)
class Difference:
    """One case that was read otherwise than its author reads it.

    Args:
        case: Title of the vignette.
        given, expected: Labels of the levels.
        why: The author's reason.
    """

    person: str
    rubric: str
    criterion: str
    case: str
    given: str
    expected: str
    why: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """What calibrations that came back show.

    Args:
        lines: Each person on each criterion.
        differences: Every case read otherwise than by its author.
        open: By person, how many cases they left open.
        among: By rubric, how far the people agree with one another.
        titles: By rubric and criterion, the criterion's title.
        findings: What is wrong with the files; when one is an error nothing is compared.
    """

    lines: tuple[Compared, ...]
    differences: tuple[Difference, ...]
    open: Mapping[str, int]
    among: Mapping[str, Agreement]
    titles: Mapping[tuple[str, str], str]
    findings: tuple[Finding, ...]


def is_calibration(path: Path) -> bool:
    """Return whether a file is a workbook of cases; not, when that cannot be told."""
    content = read_bytes(path, path.name, MOST_BYTES)
    if isinstance(content, Finding):
        return False
    return kind_of(content, path.name) == "calibration"


def calibrate(
    files: Sequence[Path], *, mission: Path | None = None, language: str = "en", progress: Progress = silent
) -> Calibration:
    """Compare calibrations that came back.

    Args:
        files: The workbooks, one or more a person; who is given together is compared together.
        mission: The mission folder whose own rubrics count too.
        language: Of the words in the report.
        progress: Told how far it is.

    Raises:
        RubricError: A workbook was made from a rubric that is not there.
        WorkbookError: One of them is no calibration.
    """
    known = shelf(mission)
    read = []
    for number, path in enumerate(files):
        progress(f"Reading {path.name}", number, len(files))
        content = read_bytes(path, path.name, MOST_BYTES)
        if isinstance(content, Finding):
            read.append(Answers(path.name, "", "", {}, {}, (content,)))
        else:
            read.append(read_answers(content, path.name, partial(pick, known)))
    for answers in read:
        if answers.kind == "quarter":
            raise WorkbookError(
                f"Expected calibrations alone, got {answers.name}, which scores a quarter.",
                "Record it by itself: measures record FILE.xlsx.",
            )
    findings = [finding for answers in read for finding in answers.findings]
    given = _given(read, findings)
    rubrics = {name: rubric for answers in read for name, rubric in answers.rubrics.items()}
    if errors_in(findings):
        return Calibration((), (), {}, {}, {}, in_order(findings))
    return _compared(given, rubrics, read, language, findings)


def _given(read: Sequence[Answers], findings: list[Finding]) -> dict[str, dict[Case, str]]:
    """Return what each person answered; note who answered a case twice, and otherwise."""
    given: dict[str, dict[Case, str]] = {}
    for answers in read:
        mine = given.setdefault(answers.assessor, {}) if answers.assessor else {}
        for case, level in answers.levels.items():
            if mine.setdefault(case, level) != level:
                row = "/".join(case)
                place = Place(answers.name)
                findings.append(find("W019", place, column="score", row=row, value=level, other=mine[case]))
    return given


def _compared(
    given: Mapping[str, Mapping[Case, str]],
    rubrics: Mapping[str, Rubric],
    read: Sequence[Answers],
    language: str,
    findings: Sequence[Finding],
) -> Calibration:
    expected = {
        (rubric.id, vignette.id, found.criterion): (rubric.rung(found.level), vignette, found)
        for rubric in rubrics.values()
        for vignette in rubric.vignettes
        for found in vignette.expected
    }
    rungs = {case: rung for case, (rung, _, _) in expected.items()}
    ours = {
        person: {case: rubrics[case[0]].rung(level) for case, level in levels.items()}
        for person, levels in given.items()
    }
    differences = []
    for person, levels in given.items():
        for case, (rung, vignette, found) in expected.items():
            if case in levels and ours[person][case] != rung:
                rubric = rubrics[case[0]]
                differences.append(
                    Difference(
                        person=person,
                        rubric=rubric.id,
                        criterion=case[2],
                        case=said(vignette.title, language),
                        given=rubric.label(levels[case], language),
                        expected=rubric.label(found.level, language),
                        why=said(found.why, language),
                    )
                )
    asked = {
        person: {name for answers in read if answers.assessor == person for name in answers.rubrics}
        for person in given
    }
    return Calibration(
        lines=compare(rungs, ours),
        differences=tuple(differences),
        open={
            person: sum(case[0] in asked[person] and case not in levels for case in rungs)
            for person, levels in given.items()
        },
        among={name: among(rungs, ours, name) for name in rubrics},
        titles={
            (rubric.id, criterion.id): said(criterion.title, language)
            for rubric in rubrics.values()
            for criterion in rubric.criteria
        },
        findings=in_order(findings),
    )
