"""Rules across records: what is right passes, also where it is nearly wrong."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import measures
from measures.finding import Place
from measures.records.answers import read_answers
from measures.records.versions import pins_hold
from tests.workflow.refusals import more, row
from tests.workflow.tiny import FILES, Edit, recorded, told, write

A, C, PLAN, MISSION = "assessments.csv", "citations.csv", "plan.yaml", "mission.yaml"
TEXT = "The Kestrel office was asked and {} were named in the list it showed."

RIGHT: dict[str, tuple[Edit, ...]] = {
    "two assessors score the same": (more("A", "A-03", id="A-04", assessor="ADV-01", role="adviser", period="2021Q4"),),
    "evidence on the last day of the quarter": (row("E", "E-01", covers="2021-06-30"),),
    "evidence that goes on after the quarter": (row("E", "E-01", covers="2021-06-30/2022"),),
    "evidence just fresh enough": (row("E", "E-01", covers="2019-07-01"),),
    "old evidence that contradicts": (row("E", "E-01", covers="2010"), (C, "supports", "contradicts")),
    "own success, possibly true": (row("E", "E-02", own_claim="yes", credibility="3"),),
    "own success, not known": (row("E", "E-02", own_claim="yes", credibility="6"),),
    "answers below and above the level": (row("A", "A-01", attributes="plan-asked=yes; plan-shared=no; plan-funded=unknown"),),
    "a percentage with its count": (row("A", "A-03", rationale=TEXT.format("8 of 10 posts (80 %; May 2021)")),),
    "a percentage out of the whole": (row("A", "A-03", rationale=TEXT.format("80 percent; 8 out of the 10 in 2021;")),),
    "no percentage": (row("A", "A-03", rationale=TEXT.format("8 posts")),),
    "no lead and nothing to depend on": ((PLAN, "    lead: ADV-01\n", ""), (PLAN, "    depends_on: [M-01]\n", "")),
    "the same item at another place": ((C, "itself.,mission", "itself.,mission\nC-02,A-01,E-01,page 2,supports,hoop,asked,,mission"),),
    "the same item for and against": ((C, "itself.,mission", "itself.,mission\nC-02,A-01,E-01,page 1,contradicts,hoop,shared,,mission"),),
    "a non-score settled": (("moderations.csv", "MOD-01,asked", "MOD-01,insufficient-evidence"),),
    "no optional tables": (("moderations.csv", "", None), ("engagements.csv", "", None)),
    "only the plan": tuple((name, "", None) for name in FILES if name.endswith(".csv") and name != "evidence.csv"),
    "a mission of one quarter that owes nothing": (
        (PLAN, "from: 2022Q1", "from: 2022Q4"),
    ),
    "actors of a list with spaces": (("engagements.csv", "minister,The plan", '"minister ;minister; ",The plan'),),
    "a year that starts in October": ((MISSION, "last: 2022Q4", "last: 2022Q4, year_starts: '1'"),),
}  # fmt: skip


@pytest.mark.parametrize("edits", RIGHT.values(), ids=RIGHT.keys())
def test_what_is_right_has_no_findings(tmp_path: Path, edits: tuple[Edit, ...]) -> None:
    assert told(recorded(write(tmp_path, edits))) == []


def test_a_fiscal_year_moves_the_quarter(tmp_path: Path) -> None:
    """With a year from October, 2021Q2 is January to March: evidence of May comes after it."""
    folder = write(tmp_path, [(MISSION, "last: 2022Q4", "last: 2022Q4, year_starts: '10'")])
    assert told(recorded(folder)) == [("C005", f"{C}:2:3")]


@pytest.mark.parametrize(
    ("name", "code"),
    [(PLAN, "F004"), ("evidence.csv", "F008"), (A, "F008"), (C, "F008")],
)
def test_an_unread_file_is_one_finding_and_nothing_is_missed_for_its_sake(
    tmp_path: Path, name: str, code: str
) -> None:
    folder = write(tmp_path, [(name, "", "")])
    assert told(recorded(folder)) == [(code, f"{name}:1:1" if name == PLAN else name)]


def test_a_longer_circle_names_those_in_it_and_no_other(tmp_path: Path) -> None:
    third = "  - id: M-03\n    objective: O-01\n    title: {en: Three}\n    rubric: planning\n    version: '1.0'\n"
    third += "    from: 2022Q1\n    target: own\n    due: 2022Q4\n    depends_on: [M-02, M-01]\n    sustainment: {en: No.}\n"
    folder = write(
        tmp_path,
        [(PLAN, "depends_on: [M-01]", "depends_on: [M-03, M-01]"), (PLAN, "promises:", f"{third}promises:")],
    )
    outcome = recorded(folder)
    assert told(outcome) == [("C027", f"{PLAN}:14:5")]
    assert outcome.findings[0].message == "The milestones M-02 and M-03 depend on each other in a circle."


def test_near_ids_are_proposed_but_not_for_ever(tmp_path: Path) -> None:
    rows = "\n".join(f"C-{n:03},A-{n:03},E-01,,supports,hoop,asked,,mission" for n in range(10, 300))
    folder = write(tmp_path, [(C, "itself.,mission", f"itself.,mission\n{rows}")])
    hints = ["Did you mean" in finding.message for finding in recorded(folder).findings]
    assert len(hints) == 290
    assert sum(hints) == 100


@pytest.mark.parametrize(
    ("cell", "answers", "wrong"),
    [
        ("", {}, []),
        ("a=yes", {"a": "yes"}, []),
        (" a = yes ;b=no; c=unknown; ", {"a": "yes", "b": "no", "c": "unknown"}, []),
        ("a", {}, ["a"]),
        ("a=maybe; =yes", {}, ["a=maybe", "=yes"]),
        ("a=yes; a=no", {"a": "yes"}, ["a=no"]),
        ("a=b=yes", {}, ["a=b=yes"]),
    ],
)
def test_answers_in_a_cell(cell: str, answers: dict[str, str], wrong: list[str]) -> None:
    assert read_answers(cell) == (answers, wrong)


def test_a_score_pinned_to_other_words_than_those_on_record_is_found(tmp_path: Path) -> None:
    """What verifying sees when it plays the rules again over entries that somebody else wrote."""
    folder = write(tmp_path)
    assert not recorded(folder).refused
    records = measures.open(folder).recorded.records
    rows = [replace(row, at=Place("entry", number)) for number, row in enumerate(records.rows("assessments"))]
    again = replace(records, tables={**records.tables, "assessments": tuple(rows)})
    assert list(pins_hold(again)) == []
    forged = replace(rows[1], values={**rows[1].values, "rubric_digest": "0" * 64})
    again = replace(records, tables={**records.tables, "assessments": (rows[0], forged, *rows[2:])})
    (found,) = pins_hold(again)
    assert (found.code, found.place.line) == ("R009", 1)
    assert "planning 1.0 was recorded with other content" in found.message
