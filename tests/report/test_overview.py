"""The overview: a lane of each criterion under the labels of its own ladder."""

from __future__ import annotations

from dataclasses import replace

from measures.report.appendix import overview_lanes
from measures.report.source import Source
from measures.rubric.model import Level


def test_milestones_of_one_ladder_share_its_labels(source: Source) -> None:
    (lanes,) = overview_lanes(source)
    assert lanes.levels[0] == "None of it"
    assert [row.id for row in lanes.rows] == [milestone.id for milestone in source.milestones]
    assert {cell.top for row in lanes.rows for cell in row.cells} == {len(lanes.levels) - 1}


def test_a_longer_ladder_has_columns_of_its_own(source: Source) -> None:
    rubric = source.quarter.rubrics["M-02"]
    longer = replace(rubric, levels=(*rubric.levels, Level("beyond", {"en": "Beyond it"})))
    rubrics = {**source.quarter.rubrics, "M-02": longer}
    first, second = overview_lanes(replace(source, quarter=replace(source.quarter, rubrics=rubrics)))
    assert ("M-02" in {row.id for row in first.rows}, [row.id for row in second.rows]) == (False, ["M-02"])
    assert second.levels == (*first.levels, "Beyond it")
    for lanes in (first, second):
        assert all(cell.top + 1 == len(lanes.levels) for row in lanes.rows for cell in row.cells)
