"""A mission as an analyst sees it: validated frames, levels, movements, results.

Nothing here needs the command line::

    mission = measures.open("examples/nmi")
    mission.frames["assessments"]          # one row per assessment
    mission.levels("2021Q1")               # where every criterion stands
    mission.movements("2021Q1")            # what moved so far, with its cause
    mission.report("hq", "2021Q1", "out")  # the PDF and what it claims
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from measures.errors import MissionError, PeriodError, RegisterError
from measures.judgement.quarter import Quarter, judge
from measures.period import Period
from measures.records import TABLES, MissionFile, Plan
from measures.records.frames import typed, validate
from measures.register import Head
from measures.rubric import Rubric, join_ladders
from measures.workflow.approvals import Approvals
from measures.workflow.opening import has_register, open_register
from measures.workflow.record import record
from measures.workflow.recorded import Recorded, read_recorded
from measures.workflow.resting import resting

if TYPE_CHECKING:
    from measures.workflow.publish import Published


@dataclass(frozen=True)
class Mission:
    """An open mission, as of the head its register had when it was opened.

    Args:
        folder: The mission folder.
        recorded: What its register holds.
    """

    folder: Path
    recorded: Recorded

    @property
    def file(self) -> MissionFile:
        """What ``mission.yaml`` says, as recorded."""
        return self.recorded.records.mission

    @property
    def plan(self) -> Plan:
        """Objectives, milestones and promises, as last recorded."""
        return self.recorded.records.plan

    @property
    def rubrics(self) -> Mapping[tuple[str, str], Rubric]:
        """Rubrics in use, by id and version, in the words that were recorded."""
        return self.recorded.records.rubrics

    @property
    def head(self) -> Head:
        """The head of what was recorded, published editions left out."""
        return self.recorded.content_head

    @property
    def ladder(self) -> tuple[str, ...]:
        """Level ids of every rubric in use, lowest first."""
        return join_ladders(self.rubrics.values()) or ("none",)

    @cached_property
    def frames(self) -> dict[str, pd.DataFrame]:
        """A validated frame for each table, by table name.

        ``assessments``, ``evidence``, ``citations``, ``engagements``, ``positions``,
        ``moderations``, ``approvals``. One row per record in the order of the register,
        index ``register:<entry>``; columns and dtypes as ``docs/reference/frames.md`` lists.
        Superseded rows are kept and flagged.
        """
        made = {}
        shape = {
            "ladder": self.ladder,
            "periods": [str(period) for period in self.file.periods],
            "markings": self.file.markings,
        }
        for name, table in TABLES.items():
            frame = typed(table, self.recorded.records.rows(name), **shape)
            made[name] = validate(table, frame, **shape)
        return made

    def period(self, text: str) -> Period:
        """Return a quarter of the mission.

        Raises:
            PeriodError: The text is no quarter, or one outside the mission's.
        """
        period = Period.parse(text)
        if not self.file.first <= period <= self.file.last:
            raise PeriodError(
                f"Expected a quarter from {self.file.first} to {self.file.last}, got {period}.",
                "The mission scores no other quarters; see quarters in mission.yaml.",
            )
        return period

    def judge(self, period: str | Period) -> Quarter:
        """Return everything that may be concluded as of the end of a quarter."""
        quarter = period if isinstance(period, Period) else self.period(period)
        frames, approved = self.frames, self.approved()
        with resting():
            return judge(frames, self.file, self.plan, self.rubrics, quarter, approved)

    def levels(self, period: str) -> pd.DataFrame:
        """Return where every criterion stands in a quarter; see :func:`measures.judgement.standing`."""
        return self.judge(period).now

    def movements(self, period: str) -> pd.DataFrame:
        """Return every movement up to a quarter with its cause; see :func:`measures.judgement.movements`."""
        return self.judge(period).moves

    @cached_property
    def approvals(self) -> Approvals:
        """Every approval as it stands, and what rests on what."""
        return Approvals(self.recorded)

    def approved(self) -> frozenset[str]:
        """Return the ids of records whose approval still binds."""
        return self.approvals.approved

    def report(self, edition: str, period: str, out: str | Path) -> Published:
        """Render an edition of a quarter into a folder; the register is left alone.

        Returns:
            The model, the files and their claims; see :func:`measures.workflow.publish.publish`.
        """
        from measures.workflow.publish import publish

        return publish(self, edition, period, Path(out))


def open_mission(
    folder: str | Path,
    *,
    at: str = "",
    head: str = "",
    progress: Callable[[str, int, int], None] | None = None,
) -> Mission:
    """Open a mission folder for reading.

    Args:
        folder: The folder that holds ``mission.yaml`` and the register.
        at: Time for the entries of a demonstration mission that was never recorded; such a
            mission, and no other, is recorded on first use.
        head: Open it as of this head, ``SIZE`` or ``SIZE:DIGEST`` as a report prints it; the
            whole register when empty.
        progress: Told how far that is.

    Raises:
        MissionError: There is no such folder, or nothing is recorded in it.
        RegisterError: The register cannot be read, or does not hold that head.
    """
    folder = Path(folder)
    if not (folder / "mission.yaml").is_file() and not has_register(folder):
        raise MissionError(
            f"Expected a mission folder at {folder}, found no mission.yaml in it.",
            "Go into a mission folder, name one with --mission DIR, or make one: measures new DIR.",
        )
    if not has_register(folder):
        _first_use(folder, at, progress)
    with open_register(folder, read_only=True) as register:
        recorded = read_recorded(register, _until(head, register.head().size))
    if recorded is None:
        raise MissionError(
            f"Expected a recorded mission in {folder}, found an empty register.", _RECORD_FIRST
        )
    _holds(head, recorded.head)
    return Mission(folder, recorded)


def _until(head: str, size: int) -> int:
    """Return how many entries a head covers; 0 for all of them."""
    if not head:
        return 0
    given = head.partition(":")[0]
    if not (given.isascii() and given.isdigit() and len(given) < 10 and 1 <= int(given) <= size):
        raise RegisterError(
            f"Expected a head from 1 to {size} entries, such as {size}, got {head!r}.",
            "The head stands on the cover of each report.",
        )
    return int(given)


def _holds(head: str, found: Head) -> None:
    digest = "".join(head.partition(":")[2].split()).lower()
    if digest and not (len(digest) >= _SHORTEST and found.digest.startswith(digest)):
        raise RegisterError(
            f"Expected digest {digest[:12]} at entry {found.size}, the register has {found.digest[:12]}.",
            "The head is of another register, or this one was rewritten: measures verify.",
        )


_SHORTEST = 12
"""Digits of a digest that are enough to tell heads apart."""

_RECORD_FIRST = "Record it first: measures record --mission DIR."
_EPOCH = "1970-01-01T00:00:00Z"


def _first_use(folder: Path, at: str, progress: Callable[[str, int, int], None] | None) -> None:
    from measures.finding import errors_in
    from measures.records import read_mission
    from measures.rubric import read_document

    document, findings = read_document(folder / "mission.yaml", "mission.yaml")
    described = read_mission(document, findings)
    if described is None or not described.demonstration:
        raise MissionError(f"Expected a register in {folder}, found none.", _RECORD_FIRST)
    outcome = record(folder, folder, at=at or _EPOCH, progress=progress)
    if outcome.refused:
        first = errors_in(outcome.findings)[0]
        raise MissionError(
            f"Expected sound tables in {folder}, found {len(outcome.findings)} findings; "
            f"first {first.place}: {first.message}",
            "See them all: measures record --mission DIR.",
        )
