"""A small mission of three criteria, what an adviser may say of them, and a hand that types it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from measures.intake.workbook.layout import FIRST_ROW, NEW
from measures.intake.workbook.today import is_plain, today
from measures.records.tables import split
from measures.workflow.mission import open_mission
from measures.workflow.opening import open_register
from measures.workflow.recorded import read_recorded
from measures.workflow.workbook import Asked, make_workbook
from measures.workflow.workbooks import Recording, Returned, record_workbooks
from tests.intake.broken_workbooks import column
from tests.workflow import tiny

PERIOD = "2021Q3"
KEYS = ("M-01/plan", "M-01/budget", "M-01/staff")
CONTENT = ("evidence", "locator", "bearing", "role", "shows", "note", "marking")
REASON = "Looked at again with the directorate."


@dataclass(frozen=True, slots=True)
class Said:
    """What an adviser says of one row: its cells, and its detailed citations."""

    cells: Mapping[str, str]
    details: tuple[Mapping[str, str], ...] = ()


def mission(folder: Path) -> Path:
    """Record the tiny mission with three criteria, scored by nobody in the quarter."""
    folder.mkdir(parents=True, exist_ok=True)
    tiny.write(folder)
    at = tiny.RUBRIC.index("  - id: plan\n")
    one = tiny.RUBRIC[at:]
    rubric = tiny.RUBRIC
    for name in ("budget", "staff"):
        rubric += (
            one.replace("plan-", f"{name}-")
            .replace("id: plan", f"id: {name}")
            .replace("The plan", f"The {name}")
        )
    (folder / "rubrics" / "planning.yaml").write_text(rubric, encoding="utf-8")
    kept = [line for line in tiny.ASSESSMENTS.splitlines() if not line.startswith("A-02")]
    (folder / "assessments.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    done = tiny.recorded(folder)
    assert not done.refused, tiny.told(done)
    return folder


def workbook(folder: Path, name: str = "sent.xlsx", period: str = PERIOD) -> bytes:
    path = folder / name
    make_workbook(open_mission(folder), Asked(period, "ADV-01"), path, at=tiny.AT)
    content = path.read_bytes()
    path.unlink()
    return content


def typed(content: bytes, said: Mapping[str, Said], taken_out: Sequence[str] = ()) -> bytes:
    """Return a workbook with rows filled in, and recorded citations emptied."""
    book = load_workbook(io.BytesIO(content))
    for key, one in said.items():
        row = row_of(book, "scores", key)
        for name, text in one.cells.items():
            put(book, "scores", row, name, text)
    free = iter(rows_with(book, "citations", NEW))
    for key, one in said.items():
        for detail in one.details:
            row = next(free)
            for name, text in {**detail, "score": key}.items():
                put(book, "citations", row, name, text)
    for name in taken_out:
        row = row_of(book, "citations", name)
        for at in ("score", *CONTENT):
            put(book, "citations", row, at, "")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(book: Workbook, sheet: str, row: int, name: str, text: str) -> None:
    page: Any = book[sheet.capitalize()]
    cell = page.cell(row, column(sheet, name))
    cell.value = text or None
    if text:
        cell.data_type = "s"


def rows_with(book: Workbook, sheet: str, begins: str) -> list[int]:
    page: Any = book[sheet.capitalize()]
    return [
        row for row in range(FIRST_ROW, page.max_row + 1) if str(page.cell(row, 1).value).startswith(begins)
    ]


def row_of(book: Workbook, sheet: str, key: str) -> int:
    page: Any = book[sheet.capitalize()]
    return next(row for row in rows_with(book, sheet, key) if page.cell(row, 1).value == key)


def take_back(
    folder: Path, content: bytes, how: Recording | None = None, name: str = "back.xlsx"
) -> Returned:
    (folder / name).write_bytes(content)
    return record_workbooks(folder, [folder / name], how or Recording(tiny.AT, "ADV-01"))


def codes(came: Returned) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.place)) for finding in came.outcome.findings]


def stands(
    folder: Path, period: str = PERIOD
) -> dict[str, tuple[dict[str, str], frozenset[tuple[str, ...]]]]:
    """Return what stands in the register for each row: its cells, and all that it cites."""
    with open_register(folder, read_only=True) as register:
        recorded = read_recorded(register)
    assert recorded is not None
    now = today(recorded.records, "ADV-01", period)
    found = {}
    for key, row in now.scores.items():
        cells = {name: text for name, text in now.rows["scores", key].items() if name != "reason"}
        plain = sorted(item["evidence"] for item in now.citations[key] if is_plain(item, row))
        assert sorted(split(cells.pop("evidence"))) == plain
        cited = frozenset(tuple(item[name] for name in CONTENT) for item in now.citations[key])
        found[key] = ({name: text for name, text in cells.items() if text}, cited)
    return found


def citation_ids(folder: Path) -> dict[str, list[str]]:
    """Return the ids of the detailed citations that stand, by row."""
    with open_register(folder, read_only=True) as register:
        recorded = read_recorded(register)
    assert recorded is not None
    now = today(recorded.records, "ADV-01", PERIOD)
    return {
        key: [item["id"] for item in now.citations[key] if not is_plain(item, row)]
        for key, row in now.scores.items()
    }
