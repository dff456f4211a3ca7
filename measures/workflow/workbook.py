"""An adviser's workbook: what a quarter asks of them, gathered within their marking and written to a file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from measures.errors import MissionError, WorkbookError
from measures.finding import did_you_mean, one_of
from measures.intake.workbook.given import Facts, Given, Owner, Question
from measures.intake.workbook.layout import (
    CITATIONS,
    ENGAGEMENTS,
    EVIDENCE,
    LANGUAGES,
    POSITIONS,
)
from measures.intake.workbook.words import words
from measures.judgement.quarter import Quarter, judge
from measures.period import Interval, Period
from measures.records import MissionFile, Plan
from measures.records.mission import ROLES, Person
from measures.records.rows import superseded
from measures.report.card import evidence_line
from measures.report.cardprose import PROSE
from measures.report.edition import admit
from measures.rubric import NONE, Rubric, said
from measures.workflow.before import before
from measures.workflow.files import write_whole
from measures.workflow.mission import Mission
from measures.workflow.own import Own, own
from measures.workflow.record import Progress, silent
from measures.workflow.resting import resting

ALL = "all"
"""In place of milestones: every one that owes a score, whoever leads it."""

_STEMS = {CITATIONS.key: "C", EVIDENCE.key: "E", ENGAGEMENTS.key: "G", POSITIONS.key: "S"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which workbook is wanted.

    Args:
        period: The quarter.
        assessor: The code of who scores.
        milestones: Which to ask about; those the assessor leads when none is named, else every one
            that owes a score; ``all`` for every one.
        language: Of the workbook; the mission's first that workbooks are made in when empty.
    """

    period: str
    assessor: str
    milestones: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A workbook that was written.

    Args:
        path: The file.
        given: What it shows.
        led: Whether it holds the milestones that the assessor leads, and not all that owe a score.
    """

    path: Path
    given: Given
    led: bool

    @property
    def milestones(self) -> tuple[str, ...]:
        """The milestones in it, in order."""
        return tuple(dict.fromkeys(question.of for question in self.given.questions))


def make_workbook(mission: Mission, asked: Asked, out: Path, *, at: str, progress: Progress = silent) -> Made:
    """Write the workbook in which an assessor scores a quarter.

    Args:
        mission: The mission, as of the head it was opened at.
        asked: Which workbook.
        out: The file; one that is there already is left alone, because it may hold somebody's work.
        at: The time, UTC.
        progress: Told how far it is.

    Raises:
        MissionError: There is no such assessor, or the file cannot be written.
        PeriodError: The mission has no such quarter.
        WorkbookError: There is nothing to score, no such milestone or language, or the file is there.
    """
    from measures.intake.workbook.build import write_quarter

    if out.exists():
        raise WorkbookError(
            f"Expected no file at {out}, found one.",
            "It may hold somebody's scores: move it away, or name another with --out.",
        )
    progress("Gathering what the quarter asks", 0, 2)
    given = gather(mission, asked, at)
    progress("Writing the workbook", 1, 2)
    with resting():
        content = write_quarter(given)
    write_whole(out, content)
    led = not asked.milestones and _leads(mission, asked.assessor, {found.of for found in given.questions})
    return Made(out, given, led)


def gather(mission: Mission, asked: Asked, at: str) -> Given:
    """Return what an assessor's workbook shows: nothing above their marking but what they wrote themselves.

    Without a marking of their own in mission.yaml they see the mission's lowest, and what they write
    carries its highest until they choose another. Evidence too old to count for any level asked about
    is left out unless it is cited for the quarter; meetings as old are left out too.

    Args:
        mission: The mission.
        asked: Which workbook.
        at: The time, UTC.

    Raises:
        MissionError: There is no such assessor.
        PeriodError: The mission has no such quarter.
        WorkbookError: There is nothing to score, or no such milestone or language.
    """
    person = assessor_of(mission.file, asked.assessor)
    period = mission.period(asked.period)
    owner = _owner(mission, period, person, asked.language, at)
    file = mission.file
    with resting():
        seen = admit(mission.frames, mission.plan, owner.sees, file.markings)
        quarter = judge(seen.frames, file, seen.plan, mission.rubrics, period, mission.approved())
    told = before(quarter, seen.cells, words(owner.language), owner.language)
    mine = own(mission.recorded.records, person.code, str(period))
    plan = mission.plan.as_of(period, file.year_starts)
    chosen = _chosen(mission, list(quarter.now["milestone"]), person.code, asked.milestones)
    questions = _questions(
        quarter, plan, {cell: told[cell] for cell in told if cell[0] in chosen}, mine, owner
    )
    if not questions:
        raise WorkbookError(
            f"Expected milestones that owe a score in {period}, found none.",
            "See from when each owes one: from in plan.yaml.",
        )
    since = (period + (1 - _oldest(questions))).first_day(file.year_starts)
    tables = (CITATIONS, EVIDENCE, ENGAGEMENTS, POSITIONS)
    return Given(
        owner=owner,
        questions=questions,
        recorded=_recorded(mission, owner, mine, questions, since),
        fresh={
            sheet.key: _fresh(mission, sheet.table, _STEMS[sheet.key], owner, sheet.spare) for sheet in tables
        },
        objectives={name: said(found.title, owner.language) for name, found in plan.objectives.items()},
        actors={actor.id: said(actor.name, owner.language) for actor in file.actors},
        markings=file.markings,
        facts=facts((question.rubric for question in questions), owner.language),
    )


def _recorded(
    mission: Mission, owner: Owner, mine: Own, questions: Sequence[Question], since: date
) -> dict[str, list[dict[str, str]]]:
    """Return the recorded rows that are shown, by sheet."""
    pins = {(found.of, found.criterion.id, str(found.rubric.pin)) for found in questions}
    items = _visible(mission, EVIDENCE.table, owner, mine.cited)
    meetings = _visible(mission, ENGAGEMENTS.table, owner)
    return {
        CITATIONS.key: list(mine.told(pins)),
        EVIDENCE.key: [row for row in items if row["id"] in mine.citing or _reaches(row["covers"], since)],
        ENGAGEMENTS.key: [
            row for row in meetings if _reaches(row.get("held") or row.get("requested", ""), since)
        ],
        POSITIONS.key: _visible(mission, POSITIONS.table, owner),
    }


def _questions(
    quarter: Quarter, plan: Plan, told: Mapping[tuple[str, str], str], mine: Own, owner: Owner
) -> tuple[Question, ...]:
    """Return the rows to score: one for each criterion of which something is told."""
    rubrics = quarter.rubrics
    return tuple(
        Question(
            of=milestone,
            title=said(plan.milestones[milestone].title, owner.language),
            criterion=rubrics[milestone].criterion(criterion),
            rubric=rubrics[milestone],
            before=words_before,
            said=mine.cells(milestone, criterion, rubrics[milestone], owner.writes),
        )
        for (milestone, criterion), words_before in told.items()
    )


def assessor_of(file: MissionFile, code: str) -> Person:
    """Return who scores, by code.

    Raises:
        MissionError: There is nobody of that code, or they do not score.
    """
    scoring = [person.code for person in file.people if person.role in ROLES]
    person = file.person(code)
    if person is None:
        raise MissionError(
            f"Expected the code of who scores ({one_of(scoring)}), got {code!r}."
            f"{did_you_mean(code, scoring)}",
            "Correct --assessor, or add them to people in mission.yaml.",
        )
    if person.role not in ROLES:
        raise MissionError(
            f"Expected somebody who scores ({one_of(scoring)}), got {code}, who is {person.role}.",
            "Correct --assessor; who settles or approves does not score.",
        )
    return person


def facts(rubrics: Iterable[Rubric], language: str) -> Facts:
    """Return the evidence each level takes and how far it leans on advisers, in words."""
    prose = PROSE.get(language, PROSE["en"])
    found = {}
    for rubric in {rubric.pin: rubric for rubric in rubrics}.values():
        for criterion in rubric.criteria:
            for step in criterion.steps:
                if step.level == NONE:
                    continue
                takes = evidence_line(step.evidence, prose)
                text = f"{takes.before} {takes.grade} {takes.after}\n{prose.advisers[step.advisers]}."
                found[str(rubric.pin), criterion.id, step.level] = text
    return found


def language_of(file: MissionFile, asked: str) -> str:
    """Return the language of a workbook: the one asked for, else the mission's first that there is."""
    return asked or next((name for name in file.languages if name in LANGUAGES), LANGUAGES[0])


def _owner(mission: Mission, period: Period, person: Person, language: str, at: str) -> Owner:
    file = mission.file
    chosen = language_of(file, language)
    return Owner(
        mission=file.id,
        name=said(file.name, chosen),
        period=str(period),
        assessor=person.code,
        role=person.role,
        language=chosen,
        sees=person.marking or file.markings[0],
        writes=person.marking or file.markings[-1],
        head=f"{mission.head.size}:{mission.head.digest}",
        made=at,
    )


def _leads(mission: Mission, assessor: str, milestones: Collection[str]) -> bool:
    return all(mission.plan.milestones[name].lead == assessor for name in milestones)


def _chosen(mission: Mission, owed: Sequence[str], assessor: str, asked: Sequence[str]) -> set[str]:
    """Return the milestones to ask about.

    Raises:
        WorkbookError: One that was named owes no score.
    """
    known = list(dict.fromkeys(owed))
    if ALL in asked:
        return set(known)
    for name in asked:
        if name not in known:
            raise WorkbookError(
                f"Expected milestones that owe a score ({one_of(known)}), got {name!r}."
                f"{did_you_mean(name, known)}",
                "Correct --milestones.",
            )
    led = [name for name in known if mission.plan.milestones[name].lead == assessor]
    return set(asked or led or known)


def _visible(mission: Mission, table: str, owner: Owner, used: Collection[str] = ()) -> list[dict[str, str]]:
    """Return the standing rows of a table up to the marking, and evidence the assessor cited before."""
    order = mission.file.markings
    allowed = set(order[: order.index(owner.sees) + 1])
    rows = mission.recorded.records.rows(table)
    gone = superseded(rows)
    return [
        dict(row.values)
        for row in rows
        if row["id"] not in gone and (row["marking"] in allowed or row["id"] in used)
    ]


def _oldest(questions: Iterable[Question]) -> int:
    """Return how many quarters back evidence may speak of and still count for some level asked about."""
    return max(step.evidence.fresh for question in questions for step in question.criterion.steps)


def _reaches(text: str, since: date) -> bool:
    """Return whether an interval reaches a day, or is not known."""
    return not text or Interval.parse(text).end >= since


def _fresh(mission: Mission, table: str, stem: str, owner: Owner, count: int) -> tuple[str, ...]:
    """Return ids for new rows, numbered on from those that are taken."""
    prefix = f"{stem}-{owner.assessor}-{owner.period}-"
    taken = [
        int(row["id"].removeprefix(prefix))
        for row in mission.recorded.records.rows(table)
        if row["id"].startswith(prefix) and row["id"].removeprefix(prefix).isdecimal()
    ]
    first = max(taken, default=0) + 1
    return tuple(f"{prefix}{number:02}" for number in range(first, first + count))
