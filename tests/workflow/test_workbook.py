"""An adviser's workbook: what it asks, what it shows and what it keeps to itself."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from measures.errors import MeasuresError
from measures.intake.workbook.layout import CITATIONS, EVIDENCE, NEW, POSITIONS, SCORES
from measures.workflow.mission import Mission
from measures.workflow.workbook import Asked, gather, make_workbook
from tests.workflow import tiny
from tests.workflow.sheets import AT, STRANGER, book, content, opened, rows, sees


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Mission:
    return opened(tmp_path_factory.mktemp("mission"), sees("mission"))


def test_a_row_asks_each_criterion_of_each_milestone_that_owes_a_score(mission: Mission) -> None:
    before = gather(mission, Asked("2021Q2", "ADV-01"), AT)
    after = gather(mission, Asked("2022Q1", "EXT-01"), AT)
    assert [question.key for question in before.questions] == ["M-01/plan"]
    assert [question.key for question in after.questions] == ["M-01/plan", "M-02/plan"]


@pytest.mark.parametrize(
    ("assessor", "named", "expected"),
    [
        pytest.param("ADV-01", (), ["M-01"], id="the milestones they lead"),
        pytest.param("EXT-01", (), ["M-01", "M-02"], id="every one, when they lead none"),
        pytest.param("ADV-01", ("all",), ["M-01", "M-02"], id="every one, when asked"),
        pytest.param("ADV-01", ("M-02",), ["M-02"], id="those that were named"),
    ],
)
def test_which_milestones(
    mission: Mission, assessor: str, named: tuple[str, ...], expected: list[str]
) -> None:
    given = gather(mission, Asked("2022Q1", assessor, named), AT)
    assert [question.of for question in given.questions] == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2021Q2", "Never scored"),
        ("2021Q3", "Asked for (settled in 2021Q2)"),
        ("2021Q4", "Nobody could look (2021Q3)\nLast seen: Asked for in 2021Q2"),
        ("2022Q1", "Last seen: Asked for in 2021Q2"),
    ],
)
def test_what_was_known_before_stands_beside_the_question(
    mission: Mission, period: str, expected: str
) -> None:
    assert gather(mission, Asked(period, "ADV-01"), AT).questions[0].before == expected


def test_a_level_of_the_quarter_before_says_how_far_it_was_settled(tmp_path: Path) -> None:
    unsettled = opened(tmp_path, sees("mission"), ("moderations.csv", "", None))
    assert gather(unsettled, Asked("2021Q3", "ADV-01"), AT).questions[0].before == (
        "Asked for (2021Q2, not settled)"
    )


def test_what_is_above_the_marking_is_withheld_and_said_to_be(tmp_path: Path) -> None:
    hidden = opened(tmp_path, STRANGER)
    given = gather(hidden, Asked("2021Q3", "EXT-02"), AT)
    assert given.questions[0].before == "Not for your marking (2021Q2)"


def test_what_somebody_recorded_stands_in_their_cells_and_nobody_elses(mission: Mission) -> None:
    mine = rows(book(mission, "2021Q2"), SCORES)[0]
    assert mine["score"] == "asked · Asked for"
    assert mine["rationale"].startswith("The Kestrel directorate")
    assert mine["confidence"] == "moderate"
    assert mine["attributes"] == "plan-asked=yes"
    theirs = rows(book(mission, "2021Q2", "EXT-01"), SCORES)[0]
    assert theirs["score"] == "insufficient-evidence · Looked, and it does not decide"


def test_a_non_score_stands_with_its_cause(mission: Mission) -> None:
    assert (
        rows(book(mission, "2021Q3"), SCORES)[0]["score"]
        == "not-observed/access · Nobody could look: no access"
    )


def test_a_citation_that_says_more_than_an_id_stands_on_its_own_sheet(mission: Mission) -> None:
    made = book(mission, "2021Q2")
    cited = rows(made, CITATIONS)[0]
    assert (cited["key"], cited["score"], cited["evidence"]) == ("C-01", "M-01/plan · The plan", "E-01")
    assert cited["role"] == "hoop · must be there, not enough"
    assert rows(made, SCORES)[0]["evidence"] == ""


def test_a_plain_citation_stands_as_an_id_beside_its_score(tmp_path: Path) -> None:
    edit: tiny.Edit = (
        "citations.csv",
        "C-01,A-01,E-01,page 1,supports,hoop,asked,The Kestrel letter itself.,mission",
        "\n".join(f"C-0{n},A-01,E-0{n},,supports,straw-in-the-wind,asked,,mission" for n in (1, 2)),
    )
    made = book(opened(tmp_path, sees("mission"), edit), "2021Q2")
    assert rows(made, SCORES)[0]["evidence"] == "E-01; E-02"
    assert all(row["key"].startswith(NEW) for row in rows(made, CITATIONS))


@pytest.mark.parametrize(
    ("edits", "assessor", "expected"),
    [
        pytest.param([sees("mission")], "ADV-01", ["E-01", "E-02"], id="all up to a marking of their own"),
        pytest.param([sees("public")], "ADV-01", ["E-01"], id="above it only what they cited themselves"),
        pytest.param([], "ADV-01", ["E-01"], id="without a marking of their own, the lowest"),
        pytest.param([STRANGER], "EXT-02", [], id="nothing, where all is above the lowest"),
    ],
)
def test_evidence_within_the_marking(
    tmp_path: Path, edits: list[tiny.Edit], assessor: str, expected: list[str]
) -> None:
    given = gather(opened(tmp_path, *edits), Asked("2021Q4", assessor), AT)
    assert [row["id"] for row in given.recorded["evidence"]] == expected


@pytest.mark.parametrize(
    ("covers", "period", "expected"),
    [
        pytest.param("2021-05", "2021Q4", ["E-01", "E-02"], id="young enough for some level"),
        pytest.param("2019-12", "2021Q4", ["E-02"], id="too old for every level"),
        pytest.param("2020-01", "2021Q4", ["E-01", "E-02"], id="in the oldest quarter that counts"),
        pytest.param("2019-05", "2021Q2", ["E-01", "E-02"], id="too old, and cited for the quarter"),
    ],
)
def test_evidence_too_old_to_count_is_left_out(
    tmp_path: Path, covers: str, period: str, expected: list[str]
) -> None:
    edit: tiny.Edit = ("evidence.csv", "ministry,2021-05,", f"ministry,{covers},")
    given = gather(opened(tmp_path, sees("mission"), edit), Asked(period, "ADV-01"), AT)
    assert [row["id"] for row in given.recorded["evidence"]] == expected


def test_no_word_above_the_marking_is_anywhere_in_the_file(tmp_path: Path) -> None:
    hidden = opened(tmp_path, STRANGER)
    with zipfile.ZipFile(io.BytesIO(content(hidden, "2021Q3", "EXT-02"))) as parts:
        everything = "".join(parts.read(name).decode() for name in parts.namelist())
    assert "The plan" in everything
    assert tiny.CONFIDENTIAL not in everything


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param([sees("public")], "public", id="the marking they may see"),
        pytest.param([], "mission", id="the highest, where none is said"),
    ],
)
def test_new_rows_carry_a_marking(tmp_path: Path, edits: list[tiny.Edit], expected: str) -> None:
    made = book(opened(tmp_path, *edits), "2021Q4")
    for sheet in (SCORES, EVIDENCE, POSITIONS):
        fresh = [row for row in rows(made, sheet) if row["key"].startswith(NEW) or sheet is SCORES]
        assert {row["marking"] for row in fresh} == {expected}


def test_new_rows_have_ids_that_nobody_took(tmp_path: Path) -> None:
    edit: tiny.Edit = ("evidence.csv", "E-02,Visit", "E-ADV-01-2021Q4-07,Visit")
    unused: tiny.Edit = ("engagements.csv", "E-01; E-02", "E-01")
    fresh = gather(opened(tmp_path, edit, unused), Asked("2021Q4", "ADV-01"), AT).fresh
    assert fresh["evidence"][0] == "E-ADV-01-2021Q4-08"
    assert fresh["positions"][0] == "S-ADV-01-2021Q4-01"
    assert len(fresh["evidence"]) == EVIDENCE.spare


@pytest.mark.parametrize(
    ("asked", "expected", "remedy"),
    [
        pytest.param(Asked("2021Q2", "ADV-1"), "Did you mean 'ADV-01'", "--assessor", id="an unknown code"),
        pytest.param(
            Asked("2021Q2", "MOD-01"), "who is moderator", "--assessor", id="somebody who does not score"
        ),
        pytest.param(
            Asked("2021Q2", "ADV-01", ("M-2",)), "got 'M-2'", "--milestones", id="an unknown milestone"
        ),
        pytest.param(
            Asked("2021Q2", "ADV-01", ("M-02",)), "got 'M-02'", "--milestones", id="one that owes nothing yet"
        ),
        pytest.param(
            Asked("2021Q1", "ADV-01"), "found none", "plan.yaml", id="a quarter in which nothing is owed"
        ),
        pytest.param(
            Asked("2019Q1", "ADV-01"), "from 2021Q1 to 2022Q4", "quarters", id="a quarter outside the mission"
        ),
        pytest.param(
            Asked("2021Q2", "ADV-01", language="fr"), "en or ar", "--lang", id="a language without words"
        ),
    ],
)
def test_what_cannot_be_made_is_said(
    mission: Mission, tmp_path: Path, asked: Asked, expected: str, remedy: str
) -> None:
    with pytest.raises(MeasuresError, match=re.escape(expected)) as caught:
        make_workbook(mission, asked, tmp_path / "x.xlsx", at=AT)
    assert remedy in caught.value.remedy
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_never_written_over(mission: Mission, tmp_path: Path) -> None:
    path = tmp_path / "filled.xlsx"
    path.write_bytes(b"somebody's scores")
    with pytest.raises(MeasuresError, match="found one"):
        make_workbook(mission, Asked("2022Q1", "ADV-01"), path, at=AT)
    assert path.read_bytes() == b"somebody's scores"
