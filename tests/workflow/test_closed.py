"""A milestone that is scored no more: owed until then, seen as an event, and never forgotten."""

# ruff: noqa: RUF001 - titles stand in the quotation marks of a report

from __future__ import annotations

import pytest

from measures import library
from measures.period import Period
from measures.report.build import build
from measures.report.edition import read_edition
from measures.report.model import Report
from measures.workflow.mission import Mission, open_mission
from measures.workflow.publish import material
from tests.workflow.commitment_refusals import closed
from tests.workflow.tiny import recorded, spoil, write


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Mission:
    """The small mission, whose first milestone was closed in November 2021 after 2021Q3."""
    folder = write(tmp_path_factory.mktemp("closed"))
    assert not recorded(folder).refused
    spoil(folder, [closed(more="\n    change: no longer wanted")])
    assert not recorded(folder).refused
    return open_mission(folder)


def owed(mission: Mission, period: str) -> list[tuple[str, str]]:
    now = mission.judge(period).now
    return list(zip(now["milestone"], now["state"], strict=True))


def report(mission: Mission, period: str) -> Report:
    return build(read_edition("hq", library.edition_files()), mission.period(period), material(mission))


def claims(made: Report) -> str:
    return " ".join(row.claim.text for row in made.claims)


def test_it_owes_scores_up_to_the_quarter_it_was_closed_with(mission: Mission) -> None:
    assert owed(mission, "2021Q2") == [("M-01", "level")]
    assert owed(mission, "2021Q3") == [("M-01", "not-observed")]
    assert owed(mission, "2021Q4") == []
    assert owed(mission, "2022Q1") == [("M-02", "no-entry")]


def test_it_has_no_result_afterwards_and_holds_down_nothing(mission: Mission) -> None:
    quarter = mission.judge("2022Q1")
    assert set(quarter.results) == {"M-02"}
    assert set(quarter.report_card.pace.milestones) == {"M-02"}


def test_what_it_was_scored_stays_in_the_history(mission: Mission) -> None:
    quarter = mission.judge("2022Q1")
    first = quarter.stands[quarter.stands["milestone"] == "M-01"]
    assert list(first["period"]) == ["2021Q2", "2021Q3"]


def test_that_it_was_closed_is_an_open_event_in_every_report_from_then_on(mission: Mission) -> None:
    made = report(mission, "2022Q1")
    said = claims(made)
    assert "M-01 ‘A plan of its own’ was closed; 2021Q3 is the last quarter it is scored for" in said
    assert "decided 2 November 2021, approved by lead adviser" in said
    assert "The ministry wants no plan. The partner's view: the minister asked for it." in said
    assert "Closed, and scored no more: M-01 ‘A plan of its own’ (after 2021Q3)." in made.notes
    assert [page.id for page in made.milestones] == ["M-02"]


def test_it_counts_as_a_goal_given_up_in_the_quarter_after(mission: Mission) -> None:
    assert "M-01 was closed" in claims(report(mission, "2021Q4"))
    found = [(c.ref, c.kind, c.period) for c in mission.judge("2022Q1").report_card.churn.changes]
    assert ("M-01", "dropped", "2021Q4") in found


def test_the_report_of_a_quarter_before_the_decision_knows_nothing_of_it(mission: Mission) -> None:
    made = report(mission, "2021Q3")
    assert "closed; 2021Q3" not in claims(made)
    assert [page.id for page in made.milestones] == ["M-01"]


@pytest.mark.parametrize(("period", "owes"), [("2021Q1", False), ("2021Q2", True), ("2021Q4", False)])
def test_a_milestone_owes_between_its_beginning_and_its_closing(
    mission: Mission, period: str, owes: bool
) -> None:
    assert mission.plan.milestones["M-01"].owes(Period.parse(period)) is owes
