"""The desk of a team lead: who owes what, what came back, what went stale, which promises fell due."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from measures.cli.desk import show
from measures.workflow.mission import open_mission
from measures.workflow.returning import FOLDER, NOTE, send_back, sent_back
from measures.workflow.status import status
from measures.workflow.workbooks import Recording, record_workbooks
from tests.workflow import tiny
from tests.workflow.workbook_cycle import Said, mission, take_back, typed, workbook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return mission(tmp_path / "mission")


def test_who_owes_what_is_told_by_the_lead_of_the_milestone(folder: Path) -> None:
    found = status(open_mission(folder), "2021Q4").desk
    assert [(one.who, one.post, one.owed, one.of, one.milestones) for one in found.owing] == [
        ("ADV-01", "Adviser", 3, 3, ("M-01",))
    ]


def test_a_scored_question_is_owed_no_more(folder: Path) -> None:
    said = {
        "score": "insufficient-evidence",
        "rationale": "Nobody could show a paper that decides it this quarter.",
    }
    take_back(folder, typed(workbook(folder), {"M-01/plan": Said(said)}))
    (owing,) = status(open_mission(folder), "2021Q3").desk.owing
    assert (owing.owed, owing.of) == (2, 3)


def test_what_went_stale_says_when_it_was_last_seen(folder: Path) -> None:
    assert status(open_mission(folder), "2021Q4").desk.stale == ()
    late = status(open_mission(folder), "2022Q4").desk.stale
    assert [(one.milestone, one.criterion, one.level, one.seen) for one in late] == [
        ("M-01", "plan", "asked", "2021Q2")
    ]


@pytest.mark.parametrize(("period", "due"), [("2021Q2", ["P-01"]), ("2021Q3", [])])
def test_a_promise_falls_due_in_its_own_quarter(tmp_path: Path, period: str, due: list[str]) -> None:
    folder = tiny.write(tmp_path, [("plan.yaml", "made: 2021-03, ", "made: 2021-03, due: 2021-06, ")])
    assert not tiny.recorded(folder).refused
    assert [name for name, *_ in status(open_mission(folder), period).desk.fell_due] == due


def test_workbooks_that_came_back_with_errors_are_those_of_the_quarter(folder: Path) -> None:
    one = {
        "file": "a.xlsx",
        "assessor": "ADV-01",
        "period": "2021Q4",
        "errors": 2,
        "warnings": 0,
        "at": tiny.AT,
        "copy": "",
    }
    noted = [
        one,
        {**one, "file": "b.xlsx", "period": "2021Q3"},
        {**one, "file": "c.xlsx", "assessor": "", "period": ""},
    ]
    (folder / FOLDER).mkdir(parents=True)
    (folder / FOLDER / NOTE).write_text(json.dumps(noted), encoding="utf-8")
    found = status(open_mission(folder), "2021Q4").desk
    assert [back.file for back in found.sent_back] == ["a.xlsx", "c.xlsx"]


@pytest.mark.parametrize("noted", ["", "{", "[{}]", "[1]", '{"a": 1}'])
def test_a_spoilt_note_is_no_note(folder: Path, noted: str) -> None:
    (folder / FOLDER).mkdir(parents=True)
    (folder / FOLDER / NOTE).write_text(noted, encoding="utf-8")
    assert status(open_mission(folder), "2021Q4").desk.sent_back == ()


def test_every_workbook_of_a_batch_that_came_back_with_errors_is_noted_and_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = typed(workbook(folder), {"M-01/plan": Said({"score": "askd"})})
    files = [folder / "one" / "a.xlsx", folder / "two" / "a.xlsx", folder / "torn.xlsx", folder / "none.xlsx"]
    for path in files[:2]:
        path.parent.mkdir()
        path.write_bytes(bad)
    files[2].write_bytes(b"PK")
    (folder / "note.txt").write_bytes(b"hello")
    came = record_workbooks(folder, [*files, folder / "note.txt"], Recording(tiny.AT, "ADV-01"))
    sent = send_back(folder, came, tiny.AT)
    assert len({one.copy for one in sent if one.copy}) == 2, "copies of the same name lie beside each other"
    noted = [Path(one.file).name for one in sent_back(folder)]
    assert noted == ["a.xlsx", "a.xlsx", "torn.xlsx", "note.txt"], "a file that is not there never came back"
    show(status(open_mission(folder), "2021Q3").desk, "2021Q3")
    shown = capsys.readouterr().out
    assert "torn.xlsx: 1 error" in shown
    assert "note.txt: 1 error" in shown
