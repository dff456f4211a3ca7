"""A mission folder as somebody filled it: two YAML files, its rubrics and the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from measures.finding import Finding, Place, find
from measures.intake.tables import read_table
from measures.records import TABLES, Row
from measures.rubric import Shelf, read_document
from measures.rubric.document import Document


@dataclass(frozen=True, slots=True)
class Submission:
    """What a folder holds, as read.

    Args:
        mission: ``mission.yaml``, or ``None`` when the folder has none.
        plan: ``plan.yaml``, or ``None``.
        shelf: The rubrics that could be read, the shelf's and the mission's own.
        tables: Rows by table name, of the tables that are there.
        findings: What is wrong with the files' form.
    """

    mission: Document | None
    plan: Document | None
    shelf: Shelf
    tables: Mapping[str, list[Row]]
    findings: tuple[Finding, ...]

    @classmethod
    def of_rows(cls, tables: Mapping[str, Iterable[Row]], findings: Iterable[Finding] = ()) -> Submission:
        """Return rows that were typed or read from one file; they are checked against the register alone."""
        given = {name: list(rows) for name, rows in tables.items()}
        return cls(None, None, Shelf({}, {}, {}, ()), given, tuple(findings))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to record."""
        return self.mission is None and self.plan is None and not self.tables


def read_folder(folder: Path, shelf: Shelf, progress: Callable[[str], None] | None = None) -> Submission:
    """Read everything recordable in a folder.

    Args:
        folder: The folder; files it lacks are simply not part of the submission.
        shelf: The rubrics to choose from: the shelf's and the mission's own.
        progress: Told the name of each file before it is read.
    """
    findings: list[Finding] = []
    documents: dict[str, Document | None] = {}
    for name in ("mission.yaml", "plan.yaml"):
        documents[name] = None
        if (folder / name).exists():
            if progress:
                progress(name)
            documents[name], found = read_document(folder / name, name)
            findings += found
    findings += shelf.findings
    tables = {}
    for table in TABLES.values():
        path = folder / table.file
        if path.exists() or path.is_symlink():
            if progress:
                progress(table.file)
            tables[table.name], found = read_table(path, table, table.file)
            findings += found
    given = Submission(documents["mission.yaml"], documents["plan.yaml"], shelf, tables, tuple(findings))
    if given.empty:
        nothing = find("F010", Place(str(folder.absolute())), folder=folder.name or str(folder))
        return Submission(None, None, shelf, {}, (*findings, nothing))
    return given
