"""Whose workbook it is and what stood in it when it was written: the two hidden sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from measures.errors import CanonicalError
from measures.finding import Finding, Place, find
from measures.intake.workbook.cells import clean
from measures.intake.workbook.door_in import Tab
from measures.intake.workbook.layout import (
    BASELINE,
    FORMAT,
    KINDS,
    LANGUAGES,
    META,
    META_KEYS,
    TEMPLATE,
    baseline_digest,
)

_RUBRIC = "rubric/"


@dataclass(frozen=True, slots=True)
class Meta:
    """Whose workbook it is and what it was made from.

    Args:
        kind: ``quarter`` or ``calibration``.
        head: The register's head when it was written, ``size:digest``.
        rubrics: Digest of each rubric that it shows, by ``id@version``.
    """

    kind: str
    mission: str
    period: str
    assessor: str
    role: str
    language: str
    marking: str
    head: str
    rubrics: Mapping[str, str]


def read_meta(
    tabs: Sequence[Tab], name: str
) -> tuple[Meta | None, dict[tuple[str, str], dict[str, str]], list[Finding]]:
    """Return what the hidden sheets say, and what is wrong with them.

    Returns:
        The meta, the baseline by sheet and row key and then by column key, and findings.
    """
    by_title = {tab.title: tab for tab in tabs}
    for needed in (META, BASELINE):
        if needed not in by_title:
            return None, {}, [find("W007", Place(name), what=f"hidden sheet {needed}")]
    tab = by_title[META]
    said = {tab.text(row, 1): tab.text(row, 2) for row in tab.cells}
    place = Place(name, sheet=META)
    if said.get("format") != FORMAT:
        return None, {}, [find("W007", place, what=f"format {FORMAT}")]
    if said.get("template") != TEMPLATE:
        return None, {}, [find("W008", place, expected=TEMPLATE, got=said.get("template") or "none")]
    missing = [key for key in META_KEYS if key not in said]
    if missing or said["kind"] not in KINDS or said["language"] not in LANGUAGES:
        return None, {}, [find("W012", place, sheet=META, problem="lines of it are gone or unknown")]
    rubrics = {key.removeprefix(_RUBRIC): text for key, text in said.items() if key.startswith(_RUBRIC)}
    plain = {key: said[key] for key in ("kind", "mission", "period", "assessor", "role", "language")}
    meta = Meta(**plain, marking=said["marking"], head=said["head"], rubrics=rubrics)
    baseline, finding = _baseline(by_title[BASELINE], name, said["baseline"])
    return meta, baseline, [finding] if finding else []


def _baseline(
    tab: Tab, name: str, expected: str
) -> tuple[dict[tuple[str, str], dict[str, str]], Finding | None]:
    lines = [[_as_written(tab, row, column) for column in range(1, 5)] for row in sorted(tab.cells)]
    try:
        whole = baseline_digest(lines[1:]) == expected
    except CanonicalError:
        whole = False
    if not whole:
        problem = "its digest is not the one that was noted"
        return {}, find("W012", Place(name, sheet=BASELINE), sheet=BASELINE, problem=problem)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for sheet, row, column, value in lines[1:]:
        found.setdefault((sheet, row), {})[column] = clean(value)
    return found, None


def _as_written(tab: Tab, row: int, column: int) -> str:
    cell = tab.cells[row].get(column)
    return "" if cell is None else str(cell.value)
