"""Rows as read: text cells with the place they came from, whatever the door.

A row from a file knows its line and the position of each column; a row from the register
knows its entry. Checks look at rows; analysts look at the typed frames made from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from measures.finding import Place
from measures.period import Period
from measures.records.mission import MissionFile
from measures.records.plan import Plan
from measures.records.tables import TABLES
from measures.rubric.model import Rubric

REGISTER = "register"
"""The file name in the place of a row that the register already holds; its line is the entry."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Args:
        at: File and line, or :data:`REGISTER` and entry.
        columns: Position of each column in its file, from 1; empty for the register.
        values: Cell texts by column; a column that was not given counts as empty.
        sound: Whether its cells passed the shape check; rules skip rows that did not.
        source: Where each of its cells stood, when that is more than its place says.
    """

    at: Place
    columns: Mapping[str, int]
    values: Mapping[str, str]
    sound: bool = True
    source: str = ""

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def place(self, column: str) -> Place:
        """Return the place of a cell."""
        return replace(self.at, column=self.columns.get(column, 0))

    @property
    def recorded(self) -> bool:
        """Whether the register already holds it."""
        return self.at.file == REGISTER

    def filled(self) -> dict[str, str]:
        """Return the cells that hold something: what goes to the register."""
        return {column: text for column, text in self.values.items() if text}


@dataclass(frozen=True, slots=True)
class Records:
    """Everything said so far, and what is about to be said.

    Args:
        mission: What ``mission.yaml`` says.
        plan: Objectives, milestones and promises.
        rubrics: Rubrics by id and version.
        tables: Rows by table name, recorded ones first.
        unread: Files that could not be read, or not to the end; what they may hold is not missed.
    """

    mission: MissionFile
    plan: Plan
    rubrics: Mapping[tuple[str, str], Rubric]
    tables: Mapping[str, Sequence[Row]]
    unread: frozenset[str] = frozenset()

    def rows(self, table: str) -> Sequence[Row]:
        """Return the rows of a table, none when it was never given."""
        return self.tables.get(table, ())

    def new(self, table: str) -> list[Row]:
        """Return the sound rows that the register does not hold yet."""
        return [row for row in self.rows(table) if row.sound and not row.recorded]

    def by_id(self, table: str) -> dict[str, Row]:
        """Return the rows of a table by their id."""
        return {row["id"]: row for row in self.rows(table)}

    def rubric_of(self, row: Row) -> Rubric | None:
        """Return the rubric that an assessment or a moderation speaks of, at its version."""
        found = self.plan.milestones.get(row["milestone"])
        if found is None:
            return None
        pinned, _, version = row["rubric"].partition("@")
        if version:
            return self.rubrics.get((pinned, version))
        version = row["version"]
        if not version and row.sound:
            version = found.version_at(Period.parse(row["period"]))
        return self.rubrics.get((found.rubric, version or found.version))


def empty_tables() -> dict[str, list[Row]]:
    """Return every table without rows."""
    return {name: [] for name in TABLES}


def superseded(rows: Iterable[Row]) -> set[str]:
    """Return the ids that a later row corrects."""
    return {row["supersedes"] for row in rows if row["supersedes"]}
