"""Step lines: where a criterion stood, and what the line does where the rubric changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from measures.judgement.lineage import Link
from measures.report.model import Mark
from measures.report.source import Source, Stand
from measures.report.trends import trend_marks

PINS = "small@1.0", "small@2.0"


def joined(source: Source, stand: Stand, kind: str) -> Mark:
    """The last mark of a criterion, had its rubric changed and had something joined the versions or not."""
    link = Link(kind, *PINS, levels={stand.last_level: stand.low})  # type: ignore[arg-type]
    links = {**source.quarter.links, (stand.milestone, stand.criterion, stand.period): link}
    made = replace(source, quarter=replace(source.quarter, links=links))
    return trend_marks(made, stand)[-1]


@pytest.mark.parametrize("moved", [False, True], ids=["it held", "it moved"])
@pytest.mark.parametrize("kind", ["bridge", "crosswalk"])
def test_a_joined_line_starts_where_the_level_before_counts(source: Source, kind: str, moved: bool) -> None:
    key = {stand: (stand.milestone, stand.criterion, stand.period) for stand in source.now}
    stand = next(s for s in source.now if s.known and s.last_period and (key[s] in source.steps) is moved)
    mark = joined(source, stand, kind)
    assert mark.rung is not None
    assert (mark.start, mark.breaks) == (mark.rung - source.steps.get(key[stand], 0), False)
    assert (mark.start != mark.rung) is moved
    assert mark.cause == source.moved.get(key[stand], ""), "a line that goes on keeps the cause of what moved"


def test_a_line_that_nothing_joins_breaks(source: Source) -> None:
    stand = next(stand for stand in source.now if stand.known and stand.last_period)
    mark = joined(source, stand, "broken")
    assert (mark.start, mark.breaks) == (None, True)
