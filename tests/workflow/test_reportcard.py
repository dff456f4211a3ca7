"""The report card as other programs read it, and the revisions of goals as the register keeps them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import measures
from measures.judgement.auditors import SOURCES
from measures.workflow.record import record
from measures.workflow.status import status
from tests.workflow import tiny

LATER = "2021-12-01T09:00:00Z"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tiny.write(tmp_path / "mission")
    assert not tiny.recorded(made).refused
    return made


def again(folder: Path, old: str, new: str) -> None:
    """Change the plan and record it once more, later."""
    path = folder / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    outcome = record(folder, folder, at=LATER, actor="ADV-01")
    assert [found.message for found in outcome.findings if found.severity == "error"] == []
    assert sum(outcome.added.values()) == 1


def test_status_tells_health_and_pace_as_plain_values(folder: Path) -> None:
    found = status(measures.open(folder), "2021Q2")
    health, pace = json.loads(json.dumps([found.health, found.pace]))
    assert [question["code"] for question in health["questions"]] == list(SOURCES)
    unapproved = health["questions"][3]
    assert unapproved == {
        "number": 4, "code": "unapproved", "source": "DODIG-2013-019", "count": 1, "of": 1,
        "items": [["M-01", "plan", "2021Q2"]],
        "trail": {"2021Q1": 0, "2021Q2": 1},
    }  # fmt: skip
    lines = {line["code"]: line for line in health["lines"]}
    assert (lines["single-rater"]["count"], lines["single-rater"]["of"]) == (1, 1)
    assert lines["single-rater"]["items"] == [["M-01", "plan", "2021Q2"]]
    assert set(pace["milestones"]) == {"M-01"}
    stretch = pace["milestones"]["M-01"]
    assert (stretch["state"], stretch["needs"], stretch["quarters_left"]) == ("no-precedent", {"plan": 2}, 6)
    assert pace["domains"] == {
        "planning": {"watched": 0, "years": {}, "most": {"1": None, "4": None, "8": None}}
    }


def test_a_goal_recorded_in_other_words_is_reworded_in_the_quarter_in_which_it_was(folder: Path) -> None:
    again(
        folder, "    title: {en: A plan of its own}", '    title: {en: Its own plan}\n    change: "Shorter."'
    )
    mission = measures.open(folder)
    last = mission.plan.revisions[-1]
    assert (last.ref, str(last.period), last.changed) == ("M-01", "2021Q4", ("change", "title"))
    churn = mission.judge("2021Q4").report_card.churn
    assert [(change.ref, change.kind, change.before, change.after) for change in churn.changes] == [
        ("M-01", "reworded", "A plan of its own", "Its own plan")
    ]
    assert churn.writings == 2
    assert mission.judge("2021Q3").report_card.churn.changes == ()


def test_as_of_an_earlier_head_nothing_was_reworded(folder: Path) -> None:
    before = measures.open(folder).head
    again(
        folder, "    title: {en: A plan of its own}", '    title: {en: Its own plan}\n    change: "Shorter."'
    )
    old = measures.open(folder, head=str(before))
    assert {revision.first for revision in old.plan.revisions} == {True}
    assert old.judge("2021Q4").report_card.churn.writings == 1
