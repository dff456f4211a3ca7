"""Where a criterion stood in every quarter: the marks of its step line, and what they say."""

from __future__ import annotations

from collections.abc import Sequence

from measures.report import prose
from measures.report.model import Mark
from measures.report.source import Source, Stand


def trend_marks(source: Source, stand: Stand) -> tuple[Mark, ...]:
    """Return a criterion's marks from the mission's first quarter to this one."""
    ladder = source.rubric(stand.milestone).ladder
    mine = {
        s.period: s for s in source.stands if (s.milestone, s.criterion) == (stand.milestone, stand.criterion)
    }
    marks = []
    links = source.quarter.links
    for period in source.mission.periods:
        if period > source.period:
            break
        at = mine.get(str(period))
        if at is None:
            marks.append(Mark(str(period), "not-owed", None, None, ""))
            continue
        rung = _rung(ladder, at.low) if at.known else None
        claimed = _rung(ladder, at.claimed) if at.above else None
        key = at.milestone, at.criterion, at.period
        link = links.get(key)
        breaks = link is not None and link.kind == "broken"
        start = None
        if rung is not None and link is not None and link.kind in ("bridge", "crosswalk"):
            start = min(max(rung - source.steps.get(key, 0), 0), len(ladder) - 1)
        cause = at.cause or source.moved.get(key, "")
        marks.append(Mark(str(period), at.state, rung, claimed, cause, breaks, start))
    return tuple(marks)


def _rung(ladder: Sequence[str], level: str) -> int | None:
    """Return a level's rung on the ladder that holds now; none for a level of another ladder."""
    return ladder.index(level) if level in ladder else None


def trend_title(source: Source, stand: Stand, trend: tuple[Mark, ...]) -> str:
    """Return the finding of a step line, for readers who do not see it."""
    owed = [mark for mark in trend if mark.state != "not-owed"]
    known = [mark for mark in owed if mark.rung is not None]
    title = source.title(stand)
    if not known:
        return f"{title}: no known level in {prose.count(len(owed), 'quarter')}"
    ladder = source.rubric(stand.milestone).ladder
    first, last = known[0], known[-1]
    begins, ends = (source.label(stand.milestone, ladder[mark.rung or 0]) for mark in (first, last))
    span = f"{begins} in {first.period}"
    if first is not last:
        span += f", {ends} when last known in {last.period}"
    if any(mark.breaks for mark in owed):
        since = next(mark.period for mark in reversed(owed) if mark.breaks)
        span += f"; the rubric changed, so levels before {since} cannot be compared with those after"
    return f"{title}: {span}; known in {prose.of(len(known), len(owed))} quarters"
