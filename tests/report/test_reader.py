"""What a reader of the quarter page must be able to tell: first sights, dates, what comes next."""

from __future__ import annotations

import re

from measures.workflow.mission import Mission
from tests.report.test_claims import report_of


def test_what_is_seen_for_the_first_time_is_no_movement(example: Mission) -> None:
    first = [
        item.claim.text for item in report_of(example, "2021Q1").quarter.moved if item.tag == "first seen"
    ]
    assert len(first) == 1
    assert first[0].startswith("M-06: ")
    assert "no known level before" in first[0]


def test_milestones_that_fall_due_next_quarter_are_named(example: Mission) -> None:
    decide = report_of(example, "2023Q3").quarter.decide
    (soon,) = [item.claim.text for item in decide if item.tag == "next"]
    due = [m.id for m in example.plan.milestones.values() if str(m.due) == "2023Q4"]
    assert due
    assert re.findall(r"M-[0-9]{2}", soon) == due


def test_each_criterion_keeps_its_own_last_date(example: Mission) -> None:
    page = report_of(example, "2023Q3").quarter
    (told,) = [item.claim.text for item in page.unknown if item.claim.text.startswith("M-01 ")]
    stands = example.levels("2023Q3")
    dates = set(stands.loc[stands["milestone"] == "M-01", "last_period"]) - {""}
    assert len(dates) > 1, "the example no longer shows the case"
    assert set(re.findall(r"[0-9]{4}Q[1-4]", told)) == dates
    assert "never" in told


def test_an_objective_is_left_out_before_it_was_on_record(example: Mission) -> None:
    later = [o.id for o in example.plan.objectives.values() if o.first and str(o.first) > "2021Q1"]
    served = {m.objective for m in example.plan.milestones.values() if str(m.first) <= "2021Q1"}
    hidden = set(later) - served
    assert hidden, "the example no longer shows the case"
    assert not hidden & {row.id for row in report_of(example, "2021Q1").objectives}
    assert hidden <= {row.id for row in report_of(example, "2023Q3").objectives}
