"""Twelve questions that auditors had to ask of systems before this one, asked of this record.

Each line of method, section 10, is one question with its source. Its answer is a count, what it
is counted among, a list, and the same count in each of the last eight quarters, told from the
record as it stands now. An answer above zero is no verdict: it is where to look.

=====================  ======================================================================
``definition-drift``   levels that cannot be compared with the one before: the rubric changed
``goal-churn``         goals changed that have no baseline
``regression-unseen``  criteria once above the lowest level, unseen for longer than a level
                       may stand
``unapproved``         levels without an approval that binds to exactly them
``not-independent``    levels from people of the programme alone, and settled by nobody else
``applied-unevenly``   raters apart and not settled, or a statement of the level without a yes
``items-closed``       levels whose evidence or score a reader cannot open
``without-support``    criteria that last without advisers, on a milestone of which something
                       it depends on does not
``not-written-down``   of baseline, sustainment and what the host puts in, what a milestone lacks
``rater-changed``      levels that moved when nobody who had scored before scored again
``confidence-stays``   levels as surely held as when somebody was there to see, when nobody is
``averaged``           results made by arithmetic or colour: none, as no method does either
=====================  ======================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import partial

from measures.judgement.aggregation import NOT_APPLICABLE
from measures.judgement.cells import Cell, Row
from measures.judgement.churn import unbased
from measures.judgement.ground import Ground
from measures.period import Period
from measures.records.tables import CONFIDENCE
from measures.rubric.model import AGGREGATIONS

SOURCES: dict[str, str] = {
    "definition-drift": "GAO-12-951T",
    "goal-churn": "SIGAR 19-03",
    "regression-unseen": "SIGAR 10-11",
    "unapproved": "DODIG-2013-019",
    "not-independent": "DODIG-2013-005",
    "applied-unevenly": "SIGAR 14-33",
    "items-closed": "GAO 2007",
    "without-support": "GAO-08-143R",
    "not-written-down": "GAO-16-368",
    "rater-changed": "SIGAR 19-03",
    "confidence-stays": "SIGAR 14-33",
    "averaged": "Downes-Martin 2011",
}
"""The questions in their order, and which auditors had to ask each."""

ITEMS = "items-closed"

WRITTEN = ("baseline", "sustainment", "capacity")
"""What the plan says of each milestone: where it began, who carries it on, and with what of their own."""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the twelve, answered for a quarter.

    Args:
        number: 1 to 12, as method, section 10, numbers them.
        code: Stable name.
        source: The report in which it was a finding.
        items: What was counted: milestone, criterion and quarter of cells; else kind and id of
            goals; or ``milestone``, its id and one thing it lacks.
        of: How many there are to count among.
        trail: The count in each of the last quarters, this one last.
    """

    number: int
    code: str
    source: str
    items: tuple[tuple[str, ...], ...]
    of: int
    trail: tuple[tuple[str, int], ...]


def questions(ground: Ground) -> tuple[Question, ...]:
    """Return the twelve questions with their answers for a quarter."""
    cells: dict[str, Answer] = {
        "definition-drift": partial(_drift, ground),
        "regression-unseen": partial(_unseen, ground),
        "unapproved": partial(_unapproved, ground),
        "not-independent": partial(_not_independent, ground),
        "applied-unevenly": partial(_uneven, ground),
        ITEMS: partial(_closed, ground),
        "without-support": _Support(ground),
        "rater-changed": _RaterChanged(ground),
        "confidence-stays": _Confidence(ground),
    }
    others = {"goal-churn": _churned, "not-written-down": _unwritten, "averaged": _averaged}
    found = []
    for number, code in enumerate(SOURCES, start=1):
        if code in cells:
            found.append(_asked_of_cells(ground, number, code, cells[code]))
        else:
            found.append(_asked_by_quarter(ground, number, code, others[code]))
    return tuple(found)


def with_withheld(asked: Iterable[Question], cells: Collection[Cell]) -> tuple[Question, ...]:
    """Return the questions for an audience from which scores are withheld.

    A withheld score is an item under a result that this reader cannot open (GAO 2007).

    Args:
        asked: As :func:`questions` gives, of what the audience may see.
        cells: The cells that are empty because their score is withheld.
    """
    return tuple(_hiding(one, cells) if one.code == ITEMS else one for one in asked)


def _hiding(question: Question, cells: Collection[Cell]) -> Question:
    now = question.trail[-1][0]
    hidden = sorted(cell for cell in cells if cell[2] == now)
    counts = Counter(cell[2] for cell in cells)
    return replace(
        question,
        items=(*question.items, *hidden),
        of=question.of + len(hidden),
        trail=tuple((period, count + counts[period]) for period, count in question.trail),
    )


Answer = Callable[[Row], bool | None]
"""Whether a cell counts; ``None`` where it is not among those that are counted."""


def _asked_of_cells(ground: Ground, number: int, code: str, answer: Answer) -> Question:
    counts = {str(period): 0 for period in ground.quarters}
    items, of = [], 0
    for row in ground.window:
        counted = answer(row)
        if counted:
            counts[row.period] += 1
        if row.period == str(ground.period) and counted is not None:
            of += 1
            if counted:
                items.append(row.cell)
    return Question(number, code, SOURCES[code], tuple(sorted(items)), of, tuple(counts.items()))


def _asked_by_quarter(
    ground: Ground,
    number: int,
    code: str,
    answer: Callable[[Ground, Period], tuple[list[tuple[str, ...]], int]],
) -> Question:
    found = {period: answer(ground, period) for period in ground.quarters}
    items, of = found[ground.period]
    trail = tuple((str(period), len(given)) for period, (given, _) in found.items())
    return Question(number, code, SOURCES[code], tuple(items), of, trail)


def _drift(ground: Ground, row: Row) -> bool | None:
    if not row.known or not row.last_period:
        return None
    link = ground.links.get(row.cell)
    return link is not None and link.kind == "broken"


def _unseen(ground: Ground, row: Row) -> bool | None:
    """Two thirds of the units once rated independent had fallen within a year, unnoticed (SIGAR 10-11)."""
    if row.state == NOT_APPLICABLE or not row.last_period:
        return None
    ladder = ground.words(row.last_rubric, row.milestone).ladder
    if row.last_level == ladder[0]:
        return None
    return not row.level and row.age > ground.rubrics[row.milestone].validity


def _unapproved(ground: Ground, row: Row) -> bool | None:
    return (row.moderation or row.assessment) not in ground.approved if row.level else None


def _not_independent(ground: Ground, row: Row) -> bool | None:
    """An adviser, and whoever leads the milestone, are of the programme; outside observers are not."""
    if not row.level:
        return None
    raters, lead = ground.by.get(row.cell, {}), ground.plan.milestones[row.milestone].lead
    if any(role == "external" and person != lead for person, role in raters.items()):
        return False
    settled = ground.moderators.get(row.moderation, "")
    return not settled or settled == lead or settled in raters


def _uneven(ground: Ground, row: Row) -> bool | None:
    apart = row.cell in ground.apart and not row.moderation
    if not row.level:
        return True if apart else None
    return apart or row.assessment in ground.unanswered


def _closed(ground: Ground, row: Row) -> bool | None:
    return row.cell not in ground.cited if row.level else None


class _Support:
    """Units were rated independent while the logistics behind them was not in place (GAO-08-143R)."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        by_milestone: dict[tuple[str, str], list[bool]] = {}
        for (milestone, _, period), sustained in ground.standing.items():
            by_milestone.setdefault((milestone, period), []).append(sustained)
        self._whole = {key: all(found) for key, found in by_milestone.items()}

    def __call__(self, row: Row) -> bool | None:
        ground = self._ground
        if not ground.standing.get(row.cell):
            return None
        milestone, plan = ground.plan.milestones[row.milestone], ground.plan.milestones
        planned = {plan[name].rubric for name in milestone.depends_on if name in plan}
        if any(cap.rubric not in planned for cap in ground.words(row.rubric, row.milestone).caps):
            return True
        period = Period.parse(row.period)
        needed = [name for name in milestone.depends_on if name not in plan or not plan[name].over(period)]
        return not all(self._lasts(other, row) for other in needed)

    def _lasts(self, other: str, row: Row) -> bool:
        """Return whether what a milestone depends on is known to last; of a capping criterion, that one."""
        ground = self._ground
        found = ground.plan.milestones.get(other)
        caps = ground.words(row.rubric, row.milestone).caps
        caps = tuple(cap for cap in caps if found is not None and cap.rubric == found.rubric)
        if caps and all(cap.criterion for cap in caps):
            return all(ground.standing.get((other, cap.criterion, row.period), False) for cap in caps)
        return self._whole.get((other, row.period), False)


class _RaterChanged:
    def __init__(self, ground: Ground) -> None:
        pairs = ground.rotation.pairs
        self._moved = {pair.cell: bool(pair.steps) for pair in pairs if pair.changed}

    def __call__(self, row: Row) -> bool | None:
        return self._moved.get(row.cell)


class _Confidence:
    """Observers left the field and confidence stayed as it was (SIGAR 14-33).

    Counted where the stated confidence is no lower than it was when the level was last seen
    first-hand, though nothing first-hand is cited now; or no lower than at the last score, though
    somebody could not look at another criterion of the milestone. Very low cannot go lower.
    """

    def __init__(self, ground: Ground) -> None:
        self._stays: dict[Cell, bool] = {}
        last: dict[tuple[str, str], int] = {}
        seen: dict[tuple[str, str], int] = {}
        for row in ground.rows:
            if not row.level or row.confidence not in CONFIDENCE:
                continue
            sure = CONFIDENCE.index(row.confidence)
            first_hand = row.assessment in ground.first_hand
            if row.of in last:
                left = not first_hand and sure >= seen.get(row.of, len(CONFIDENCE))
                blind = (row.milestone, row.period) in ground.blind and sure >= last[row.of]
                self._stays[row.cell] = sure > 0 and (left or blind)
            last[row.of] = sure
            if first_hand:
                seen[row.of] = sure

    def __call__(self, row: Row) -> bool | None:
        return self._stays.get(row.cell)


def _churned(ground: Ground, period: Period) -> tuple[list[tuple[str, ...]], int]:
    """Return the goals changed in a quarter that cannot be compared with their beginning."""
    milestones = [found for found in ground.plan.milestones.values() if found.first <= period]
    bare = set(unbased(milestones, ground.known_in, period))
    based = {found.objective for found in milestones if found.id not in bare}
    goals = dict.fromkeys(change[:2] for change in ground.churn.at(str(period)) if change.kind != "revised")
    without = [
        goal for goal in goals if (goal[1] in bare if goal[0] == "milestone" else goal[1] not in based)
    ]
    return list(without), len(goals)


def _unwritten(ground: Ground, period: Period) -> tuple[list[tuple[str, ...]], int]:
    """Return what each milestone lacks of :data:`WRITTEN`."""
    milestones = [found for found in ground.plan.milestones.values() if found.owes(period)]
    bare = set(unbased(milestones, ground.known_in, period))
    day = period.last_day(ground.mission.year_starts)
    found: list[tuple[str, ...]] = []
    for milestone in milestones:
        objective = ground.plan.objectives.get(milestone.objective)
        resources = objective.commitments.by(day).resources if objective else ()
        lacks = (
            milestone.id in bare,
            not milestone.afterwards,
            not any(found.side == "partner" for found in resources),
        )
        found += [
            ("milestone", milestone.id, word) for word, missing in zip(WRITTEN, lacks, strict=True) if missing
        ]
    return found, len(milestones) * len(WRITTEN)


def _averaged(ground: Ground, period: Period) -> tuple[list[tuple[str, ...]], int]:
    """Return the results that a method outside :data:`AGGREGATIONS` made; each of those picks or compares."""
    due = [name for name, found in ground.plan.milestones.items() if found.owes(period)]
    methods = [(name, ground.rubrics[name].aggregation) for name in due if name in ground.rubrics]
    return [("milestone", name) for name, method in methods if method not in AGGREGATIONS], len(methods)
