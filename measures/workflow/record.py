"""Recording: read, check, and append all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from measures import library
from measures.errors import MissionError, StaleHeadError
from measures.finding import Finding, Place, errors_in, find, in_order
from measures.intake import Submission, read_folder
from measures.records import REGISTER, MissionFile
from measures.register import Head, Register
from measures.rubric import read_shelf
from measures.workflow.custody import take_in
from measures.workflow.opening import has_register, open_register
from measures.workflow.prepare import prepare
from measures.workflow.recorded import read_recorded

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What recording did.

    Args:
        findings: Everything found; when one is an error nothing was written.
        added: How many entries were added, by kind.
        unchanged: How many rows and plan items the register held already.
        before, head: The register's head before and after.
    """

    findings: tuple[Finding, ...]
    added: Mapping[str, int]
    unchanged: int
    before: Head
    head: Head

    @property
    def refused(self) -> bool:
        """Whether errors kept everything from being written."""
        return bool(errors_in(self.findings))


def record(
    mission: Path,
    source: Path,
    *,
    at: str,
    actor: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Record a folder of tables and plans.

    Args:
        mission: The mission folder, where the register is.
        source: The folder to read; often the mission folder itself.
        at: The time, UTC, ``2021-04-02T09:30:00Z``.
        actor: Code of who records; may be left out when mission.yaml names one person only.
        dry_run: Check everything, write nothing.
        progress: Told how far it is.

    Raises:
        MissionError: There is no mission folder, or no single actor.
        RegisterError: The register cannot be read or appended to.
    """
    if not mission.is_dir():
        raise MissionError(
            f"Expected a mission folder at {mission}, found none.", "Make one: measures new DIR."
        )
    tell = progress or silent
    tell("Reading", 0, 1)
    shelf = read_shelf(library.rubric_files(mission), library.table_files(mission))
    submission = read_folder(source, shelf, lambda name: tell(f"Reading {name}", 0, 1))
    return record_submission(mission, submission, at=at, actor=actor, dry_run=dry_run, progress=tell)


def record_submission(
    mission: Path,
    submission: Submission,
    *,
    at: str,
    actor: str = "",
    dry_run: bool = False,
    progress: Progress = silent,
) -> Outcome:
    """Record what was read or typed; as :func:`record`.

    When somebody else appends meanwhile it is prepared again over what they added, and a finding
    says so. The last try keeps others waiting, so that it cannot be overtaken.
    """
    task = _Task(mission, submission, at, actor, dry_run, progress)
    moved: list[Finding] = []
    for _ in range(TRIES):
        try:
            return _with(task.tried(), moved)
        except StaleHeadError as error:
            size = Head.parse(error.expected).size
            said = error.meanwhile or "it was replaced by another"
            moved.append(find("V017", Place(REGISTER, size + 1), meanwhile=said))
            progress("Preparing again", 0, 1)
    with open_register(mission) as register, register.held():
        return _with(task.tried(register), moved)


TRIES = 3
"""How often a submission is prepared before it keeps others waiting."""


def _with(outcome: Outcome, moved: Sequence[Finding]) -> Outcome:
    return replace(outcome, findings=in_order([*outcome.findings, *moved])) if moved else outcome


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be recorded, and by whom."""

    mission: Path
    submission: Submission
    at: str
    actor: str
    dry_run: bool
    tell: Progress

    def tried(self, held: Register | None = None) -> Outcome:
        """Prepare it over the register as it is now, and append it unless something is wrong with it.

        Args:
            held: The register, where others are kept from appending; opened here when left out.

        Raises:
            StaleHeadError: Somebody else appended meanwhile.
        """
        with nullcontext(held) if held else _look(self.mission) as register:
            recorded = read_recorded(register)
            before = recorded.head if recorded else register.head()
        prepared = prepare(self.submission, recorded, self.mission, self.tell)
        findings = in_order(prepared.findings)
        drafts = prepared.drafts
        nothing = Outcome(findings, {}, prepared.unchanged, before, before)
        if prepared.records is None or errors_in(findings) or self.dry_run or not drafts:
            return nothing
        who = recorder(prepared.records.mission, self.actor)
        if of_files := take_in(self.mission, drafts):
            return replace(nothing, findings=in_order([*findings, *of_files]))
        with nullcontext(held) if held else open_register(self.mission, create=True) as register:
            head = register.append(
                drafts, expect=before, at=self.at, actor=who[0], role=who[1],
                progress=lambda done: self.tell("Recording", done, len(drafts)),
            )  # fmt: skip
        return replace(nothing, added=Counter(draft.kind for draft in drafts), head=head)


def _look(mission: Path) -> Register:
    """Return the register to read; an empty one in memory where none was made yet.

    The file is made only once there is something sound to append.
    """
    if has_register(mission):
        return open_register(mission, read_only=True)
    return Register.in_memory()


def recorder(mission: MissionFile, code: str) -> tuple[str, str]:
    """Return the code and role of who records.

    Args:
        mission: The mission.
        code: The code given; may be empty when the mission names one person only.

    Raises:
        MissionError: There is no such person, or more than one and no code.
    """
    codes = [person.code for person in mission.people]
    if not code and len(codes) == 1:
        code = codes[0]
    person = mission.person(code)
    if person is None:
        got = f"got {code!r}" if code else "got none"
        raise MissionError(
            f"Expected the code of who records, {got}.", f"Add --as CODE; known: {', '.join(codes)}."
        )
    return person.code, person.role
