"""A calibration as it came back: the level given to each case, understood as scores are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from measures.finding import Finding, Place, did_you_mean, find
from measures.intake.workbook.asks import by_label
from measures.intake.workbook.cells import Ask, understand
from measures.intake.workbook.door_in import Tab, open_tabs
from measures.intake.workbook.layout import BASELINE, CASES, FIRST_ROW, KEY_ROW, MARK, META
from measures.intake.workbook.meta import read_meta
from measures.intake.workbook.words import words
from measures.rubric import Rubric

Case = tuple[str, str, str]
"""Rubric, vignette and criterion."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answered.

    Args:
        name: What findings call the file.
        assessor: Whose it is; empty when that cannot be told.
        kind: Of the workbook; empty when that cannot be told.
        rubrics: The rubrics practised with, by id.
        levels: The level given to each case that was answered.
        findings: What is wrong with the file.
    """

    name: str
    assessor: str
    kind: str
    rubrics: Mapping[str, Rubric]
    levels: Mapping[Case, str]
    findings: tuple[Finding, ...]


def kind_of(content: bytes, name: str) -> str:
    """Return the kind of a workbook; empty when that cannot be told."""
    tabs, refused = open_tabs(content, name, lambda title, _: title in (META, BASELINE))
    meta = None if refused is not None else read_meta(tabs, name)[0]
    return meta.kind if meta else ""


def read_answers(content: bytes, name: str, rubric_of: Callable[[str], Rubric]) -> Answers:
    """Read a returned calibration; of any other workbook its kind alone.

    Args:
        content: The file's bytes.
        name: What findings call the file.
        rubric_of: Gives a rubric by ``id@version``; may raise where there is none.
    """
    tabs, refused = open_tabs(content, name, _wanted)
    if refused is not None:
        return Answers(name, "", "", {}, {}, (refused,))
    meta, _, found = read_meta(tabs, name)
    if meta is None or meta.kind != "calibration":
        return Answers(name, "", meta.kind if meta else "", {}, {}, tuple(found))
    findings = list(found)
    rubrics = {}
    for pin, digest in meta.rubrics.items():
        rubric = rubric_of(pin)
        if rubric.digest != digest:
            place = Place(name, sheet=META)
            findings.append(find("W035", place, pin=pin, got=digest[:12], expected=rubric.digest[:12]))
        rubrics[rubric.id] = rubric
    mark = f"{MARK}{CASES.key}"
    tab = next((tab for tab in tabs if tab.text(KEY_ROW, 1) == mark), None)
    if tab is None:
        title = words(meta.language).sheets[CASES.key].name
        findings.append(find("W014", Place(name), sheet=title))
        return Answers(name, meta.assessor, meta.kind, rubrics, {}, tuple(findings))
    levels = _levels(tab, name, rubrics, findings)
    return Answers(name, meta.assessor, meta.kind, rubrics, levels, tuple(findings))


def _wanted(title: str, first: str) -> bool:
    return first.strip().startswith(MARK) or title in (META, BASELINE)


def _levels(tab: Tab, name: str, rubrics: Mapping[str, Rubric], findings: list[Finding]) -> dict[Case, str]:
    columns = {tab.text(KEY_ROW, at): at for at in tab.cells[KEY_ROW]}
    at = columns.get("score", 0)
    if not at:
        findings.append(find("W015", Place(name, KEY_ROW, 0, tab.title), column="score"))
        return {}
    known = {
        f"{rubric.id}/{vignette.id}/{expected.criterion}": (rubric.id, vignette.id, expected.criterion)
        for rubric in rubrics.values()
        for vignette in rubric.vignettes
        for expected in vignette.expected
    }
    levels: dict[Case, str] = {}
    for number in sorted(row for row in tab.cells if row >= FIRST_ROW):
        cell = tab.cells[number].get(at)
        if cell is None or cell.value in (None, ""):
            continue
        place = Place(name, number, at, tab.title)
        key = tab.text(number, 1)
        case = known.get(key)
        if case is None:
            hint = did_you_mean(key, known)
            problem = f"its key {key!r} is unknown" if key else "it has no key and no id"
            findings.append(find("W018", place, problem=problem, hint=hint))
            continue
        level, finding = understand(cell, _ask(rubrics[case[0]]), place)
        if finding is not None:
            findings.append(finding)
        elif levels.setdefault(case, level) != level:
            findings.append(find("W019", place, column="score", row=key, value=level, other=levels[case]))
    return levels


def _ask(rubric: Rubric) -> Ask:
    labels = {level.id: tuple(level.label.values()) for level in rubric.levels}
    return Ask("Level", "level", rubric.ladder, by_label(labels))
