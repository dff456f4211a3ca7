"""What goes back to the advisers: a marked copy of each workbook with findings, and a note of it.

The copies and the note lie in ``out/returned`` of the mission folder; like everything in ``out`` they
may be deleted. The note is what ``measures status`` reads.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from measures.finding import Finding
from measures.intake.workbook.returned import returned_copy
from measures.workflow.files import write_whole
from measures.workflow.record import Progress, silent
from measures.workflow.workbooks import Returned, Workbook

FOLDER = Path("out") / "returned"
NOTE = "returned.json"

_LONGEST = 200
"""Letters of a copy's name; where names repeat it holds the folders, of which the last are kept."""


@dataclass(frozen=True, slots=True)
class SentBack:
    """A workbook that came back with findings and has not been recorded clean since.

    Args:
        file: Its name.
        assessor, period: Whose it is; empty when that cannot be told.
        errors, warnings: How many of each.
        at: When that was found, UTC.
        copy: The marked copy's path; empty when there is none.
    """

    file: str
    assessor: str
    period: str
    errors: int
    warnings: int
    at: str
    copy: str


def send_back(
    mission: Path, came: Returned, at: str, folder: Path | None = None, tell: Progress = silent
) -> tuple[SentBack, ...]:
    """Write a marked copy of each workbook with errors or warnings, and note which came back so.

    Args:
        mission: The mission folder.
        came: What recording them did.
        at: The time, UTC.
        folder: Where the copies go; ``out/returned`` when none is given.
        tell: Told how far it is.

    Raises:
        MissionError: The folder cannot be written to.
    """
    files = {one.name for one in came.workbooks}
    whose = {(one.assessor, one.period) for one in came.workbooks if one.assessor}
    kept = [
        one for one in sent_back(mission)
        if one.file not in files and (one.assessor, one.period) not in whose
    ]  # fmt: skip
    to = folder or mission / FOLDER
    made = []
    for number, workbook in enumerate(came.workbooks):
        errors, warnings = (_count(workbook.findings, name) for name in ("error", "warning"))
        if not errors and not warnings:
            continue
        tell(f"Marking {workbook.name}", number, len(came.workbooks))
        copy = _copy(workbook, to, at)
        sent = SentBack(
            workbook.name, workbook.assessor, workbook.period, errors, warnings, at,
            copy.as_posix() if copy else "",
        )  # fmt: skip
        made.append(sent)
        if errors and not any(finding.code == "F001" for finding in workbook.findings):
            kept.append(sent)
    note = mission / FOLDER / NOTE
    if kept or note.exists():
        write_whole(note, (json.dumps([asdict(one) for one in kept], indent=1) + "\n").encode())
    return tuple(made)


def sent_back(mission: Path) -> tuple[SentBack, ...]:
    """Return the workbooks that came back with errors and are still out; none when nothing was noted."""
    try:
        noted = json.loads((mission / FOLDER / NOTE).read_text(encoding="utf-8"))
        return tuple(SentBack(**{name: one[name] for name in SentBack.__slots__}) for one in noted)
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def _count(findings: Sequence[Finding], severity: str) -> int:
    return sum(finding.severity == severity for finding in findings)


def _copy(workbook: Workbook, folder: Path, at: str) -> Path | None:
    content = returned_copy(workbook.content, workbook.findings, workbook.language, at)
    if content is None:
        return None
    given = Path(workbook.name)
    folders = given.parts[given.is_absolute() : -1]
    path = folder / "-".join([*folders, given.name])[-_LONGEST:].lstrip(".-")
    write_whole(path, content)
    return path
