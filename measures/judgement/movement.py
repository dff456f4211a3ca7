"""What moved, criterion by criterion, and why: every movement carries exactly one cause.

The rules are those of method, section 7, tried in this order:

``definition``   the rubric version changed and the two are not comparable
``correction``   an earlier score of the same quarter was superseded, nothing new was seen
``assessor``     another assessor, and no new evidence that speaks of this quarter
``knowledge``    new evidence, but it speaks of a state that already held before
``performance``  new evidence, speaking of the time since the last score
``unexplained``  none of these: a finding, never progress

Evidence is new when no item of the same origin about the same interval was cited for the
criterion before, in whatever quarter: reprints are not news. It counts towards a movement
when it speaks for it: for a rise, in support of more than the level before; for a fall,
against that level or in support of less. Two scores of one quarter are of one state, so
what is learned between them is knowledge, never performance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from measures.judgement.history import Change, History, Item, Score, changes, corrections_within, history
from measures.judgement.lineage import Lineage, Link
from measures.period import Period

Cause = Literal["definition", "correction", "assessor", "knowledge", "performance", "unexplained"]
CAUSES: tuple[Cause, ...] = (
    "definition",
    "correction",
    "assessor",
    "knowledge",
    "performance",
    "unexplained",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a score rested on.

    Args:
        assessment: Its id.
        assessor: Who scored.
        rubric: Rubric and version, ``id@version``.
        period: The quarter scored.
        items: Origin, text of the interval, and last day covered: of an earlier score, for
            every item cited by then; of a later one, for every item that speaks for the change.
    """

    assessment: str
    assessor: str
    rubric: str
    period: Period
    items: frozenset[Item]


def cause(before: Seen, now: Seen, *, year_starts: int = 1, comparable: bool = True) -> Cause:
    """Return why a level differs between two scores of one criterion.

    Args:
        before: The earlier score, or the one that was superseded.
        now: The later score.
        year_starts: First month of the mission's year.
        comparable: Whether the two levels may be compared, when their rubric versions differ.
    """
    if not comparable:
        return "definition"
    known = {(origin, covers) for origin, covers, _ in before.items}
    new = [last for origin, covers, last in now.items if (origin, covers) not in known]
    if before.period == now.period:
        return "knowledge" if new else "correction"
    held_until = before.period.last_day(year_starts)
    speaks = any(last > held_until for last in new)
    if before.assessor != now.assessor and not speaks:
        return "assessor"
    if new:
        return "performance" if speaks else "knowledge"
    return "unexplained"


_COLUMNS = (
    "milestone",
    "criterion",
    "from_period",
    "period",
    "before",
    "after",
    "steps",
    "cause",
    "assessment",
    "earlier",
)


def movements(
    stands: pd.DataFrame,
    scored: pd.DataFrame,
    frames: Mapping[str, pd.DataFrame],
    links: Mapping[tuple[str, str, str], Link],
    lineage: Lineage,
    year_starts: int = 1,
) -> pd.DataFrame:
    """Return every change of a known level, and every correction within a quarter.

    Args:
        stands: As :func:`measures.judgement.lineage.linked` gives.
        scored: Typed assessments.
        frames: Typed frames; ``citations`` and ``evidence`` are read.
        links: As :func:`measures.judgement.lineage.linked` gives.
        lineage: The versions on record, whose ladders rungs are counted on.
        year_starts: First month of the mission's year.

    Returns:
        One row per movement: ``milestone``, ``criterion``, ``from_period``, ``period``,
        ``before``, ``after`` (levels), ``steps`` (rungs, negative for a fall), ``cause``,
        ``assessment`` and ``earlier`` (their ids). Quarters without a known level lie between
        ``from_period`` and ``period`` when they differ by more than one; a correction has the
        same quarter in both. Where assessors disagree and nobody settled it no level is
        known, so nothing moves.
    """
    moved = changes(stands)
    past = history(stands, moved, scored, frames["citations"], frames["evidence"])
    ladder = list(stands["low"].cat.categories)

    def steps(pin: str, ends: tuple[int, int]) -> int:
        return lineage.steps(pin, *ends, ladder)

    rows = []
    for change in [*moved, *corrections_within(past, steps)]:
        link = links.get((change.milestone, change.criterion, change.period))
        broken = link is not None and link.kind == "broken" and change.from_period != change.period
        why, then, now = _why(change, past, year_starts, comparable=not broken)
        levels = (ladder[change.before], ladder[change.after])
        rows.append((*change[:4], *levels, change.steps, why, now, then))
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    return frame.astype({name: "int64" if name == "steps" else "str" for name in _COLUMNS})


def _why(change: Change, past: History, year_starts: int, *, comparable: bool) -> tuple[Cause, str, str]:
    """Return the cause of a change and the ids of the two scores it was told from."""
    if change.from_period == change.period or not comparable:
        then, now = past.scores.get(change.earlier), past.scores.get(change.assessment)
    else:
        then, now = past.pair(change)
    if then is None or now is None:  # a level that was settled without any score
        return "unexplained" if comparable else "definition", change.earlier, change.assessment
    end = Period.parse(change.period).last_day(year_starts)
    why = cause(
        _seen(then, past.known(change)),
        _seen(now, past.cited(change, end)),
        year_starts=year_starts,
        comparable=comparable,
    )
    return why, then.id, now.id


def _seen(score: Score, items: frozenset[Item]) -> Seen:
    return Seen(score.id, score.assessor, score.rubric, Period.parse(score.period), items)
