"""Workbooks that come back: one of 180 rows read, and fifty of them recorded at once."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

import measures
from benchmarks import synthetic
from measures.intake.workbook.back import read_back
from measures.intake.workbook.build import write_quarter
from measures.intake.workbook.layout import FIRST_ROW, SCORES
from measures.workflow.record import record
from measures.workflow.resting import resting
from measures.workflow.workbook import ALL, Asked, gather
from measures.workflow.workbook_checks import vocabulary_of
from measures.workflow.workbooks import Recording, record_workbooks

if TYPE_CHECKING:
    from benchmarks.cases import Case

AT = "2024-01-15T09:00:00Z"
SEED = 20240115
COUNT = 50
_SAID = {
    "score": "insufficient-evidence",
    "rationale": "Two offices were visited and nobody could show a paper that decides it.",
}


def cases(work: Path, *, quick: bool) -> Iterator[Case]:
    """Yield the cases.

    Args:
        work: An empty folder.
        quick: Three workbooks in place of fifty.
    """
    from benchmarks.cases import Case

    count = 3 if quick else COUNT
    folder = work / "advisers"
    _mission(folder)
    files = list(_filled(folder, count))
    mission = measures.open(folder)
    words = vocabulary_of(mission.recorded.records)
    content = files[0].read_bytes()
    rows = len(read_back(content, "a.xlsx", words).rows)
    yield Case(f"read a workbook back, {rows} rows", _resting(lambda: read_back(content, "a.xlsx", words)))
    fresh = work / "fresh"

    def before() -> None:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(folder, fresh)

    how = Recording(AT, "ADV-01")
    yield Case(f"record {count} workbooks that came back, 180 scores each",
               lambda: record_workbooks(fresh, files, how), runs=1, before=before)  # fmt: skip


def _resting(run: Callable[[], object]) -> Callable[[], object]:
    def rested() -> None:
        with resting():
            run()

    return rested


def _mission(folder: Path) -> None:
    """Record a quarter of a mission with as many advisers as workbooks."""
    folder.mkdir(parents=True)
    size = synthetic.Size()
    synthetic.write_mission(folder, size, 2)
    synthetic.write_quarters(folder, size, synthetic.periods(1), SEED)
    path = folder / "mission.yaml"
    one = "  - {code: ADV-01, role: adviser, post: {en: Adviser}}\n"
    more = "".join(one.replace("ADV-01", f"ADV-{n:02}") for n in range(10, COUNT + 1))
    path.write_text(path.read_text(encoding="utf-8").replace(one, one + more), encoding="utf-8")
    outcome = record(folder, folder, at=AT, actor="ADV-01")
    if outcome.refused:
        raise SystemExit(f"The synthetic mission was refused: {outcome.findings[0]}")


def _filled(folder: Path, count: int) -> Iterator[Path]:
    """Write a workbook for each adviser and fill in every row."""
    mission = measures.open(folder)
    period = str(synthetic.periods(2)[-1])
    for number in range(1, count + 1):
        given = gather(mission, Asked(period, f"ADV-{number:02}", (ALL,)), AT)
        book = load_workbook(io.BytesIO(write_quarter(given)))
        page: Any = next(page for page in book.worksheets if page["A1"].value == f"measures:{SCORES.key}")
        for row in range(FIRST_ROW, FIRST_ROW + len(given.questions)):
            for key, text in _SAID.items():
                page.cell(row, SCORES.at(key)).value = text
        path = folder.parent / f"ADV-{number:02}.xlsx"
        book.save(path)
        yield path
