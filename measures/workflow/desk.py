"""What lies on a team lead's desk: who owes what, what came back, what went stale, what fell due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measures.judgement.quarter import Quarter
from measures.records import MissionFile, Plan
from measures.records.frames import lines
from measures.rubric import said
from measures.workflow.returning import SentBack, sent_back

NOBODY = ""
"""In place of a code where a milestone has no lead."""


@dataclass(frozen=True, slots=True)
class Owing:
    """What one person owes in a quarter.

    Args:
        who: Their code; empty for milestones without a lead.
        post: Their post.
        owed: How many questions of the milestones they lead nobody has answered.
        of: How many there are.
        milestones: The milestones with such questions.
    """

    who: str
    post: str
    owed: int
    of: int
    milestones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """A question whose last level is too old to be taken for today's.

    Args:
        seen: The quarter it was last seen in.
        level: The level it had then.
    """

    milestone: str
    criterion: str
    seen: str
    level: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the desk in one quarter.

    Args:
        owing: Who owes answers, most first; everybody who leads a milestone of the quarter.
        sent_back: Workbooks that came back with errors and are not mended yet; of the quarter, and
            those of which it cannot be told.
        stale: What went stale.
        fell_due: Promises whose date fell in the quarter, without any record of them: id, date, text.
    """

    owing: tuple[Owing, ...]
    sent_back: tuple[SentBack, ...]
    stale: tuple[Stale, ...]
    fell_due: tuple[tuple[str, str, str], ...]


def desk(folder: Path, file: MissionFile, plan: Plan, quarter: Quarter) -> Desk:
    """Return what lies on the desk.

    Args:
        folder: The mission folder, where it is noted which workbooks came back with errors.
        file: What ``mission.yaml`` says.
        plan: The plan.
        quarter: What is concluded about the quarter.
    """
    period = str(quarter.period)
    first = quarter.period.first_day(file.year_starts)
    fell_due = tuple(
        (due.promise.id, due.promise.due.text, said(due.promise.text))
        for due in quarter.promises
        if due.state == "overdue" and due.promise.due is not None and due.promise.due.end >= first
    )
    out = tuple(one for one in sent_back(folder) if one.period in ("", period))
    return Desk(_owing(file, plan, quarter), out, _stale(quarter), fell_due)


def _owing(file: MissionFile, plan: Plan, quarter: Quarter) -> tuple[Owing, ...]:
    asked: dict[str, list[tuple[str, bool]]] = {}
    for milestone, state in lines(quarter.now, "milestone", "state"):
        lead = plan.milestones[milestone].lead or NOBODY
        asked.setdefault(lead, []).append((milestone, state == "no-entry"))
    found = []
    for who, cells in asked.items():
        person = file.person(who)
        open_ = [milestone for milestone, owed in cells if owed]
        post = said(person.post) if person is not None else ""
        found.append(Owing(who, post, len(open_), len(cells), tuple(dict.fromkeys(open_))))
    return tuple(sorted(found, key=lambda one: (-one.owed, one.who)))


def _stale(quarter: Quarter) -> tuple[Stale, ...]:
    cells: Sequence[tuple[str, ...]] = next(line.items for line in quarter.health if line.code == "stale")
    seen = {
        (milestone, criterion): (period, level)
        for milestone, criterion, period, level in lines(
            quarter.now, "milestone", "criterion", "last_period", "last_level"
        )
    }
    return tuple(Stale(cell[0], cell[1], *seen[cell[0], cell[1]]) for cell in cells)
