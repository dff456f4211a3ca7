"""Raw figures recorded: what the entry keeps, what is refused, and what stays when the shelf moves on."""

# ruff: noqa: E501 - rows of a table are not wrapped

from __future__ import annotations

from pathlib import Path

import pytest

import measures
from measures.judgement.indicators import screen_frame
from measures.workflow.mission import Mission
from measures.workflow.trace import reading, trace
from tests.workflow.tiny import RUBRIC, recorded, told, write

HEADER = "id,indicator,value,unit,reported_by,date,delivered,numerator,denominator,counted_by,denominator_stable,measures,demanded,demanded_by,path,criterion,source,evidence,marking,supersedes,reason"
SOUND = "I-01,Posts filled,30,percent,The minister,2021-05,yes,12,40,payroll office,yes,change,yes,minister,M-01,planning/plan,payroll,E-01,mission,,"
BARE = "I-02,Soldiers trained,500,persons,Headquarters,2021-05,,,,,,output,,,,,,,mission,,"
NAMES = HEADER.split(",")


def row(given: str, **cells: str) -> str:
    """The row with other cells."""
    return ",".join({**dict(zip(NAMES, given.split(","), strict=True)), **cells}.values())


def folder_with(folder: Path, *rows: str) -> Path:
    """The sound mission with a table of raw figures."""
    write(folder)
    (folder / "indicators.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return folder


def opened(folder: Path) -> Mission:
    return measures.open(folder)


def test_a_figure_is_recorded_with_its_verdict_and_the_words_that_answer_it(tmp_path: Path) -> None:
    outcome = recorded(folder_with(tmp_path, SOUND, BARE))
    assert told(outcome) == []
    assert outcome.added["indicator"] == 2
    mission = opened(tmp_path)
    sound, bare = (mission.recorded.latest["indicator", name].body for name in ("I-01", "I-02"))
    assert (sound["verdict"], sound["rubric"]) == ("keep-as-context", "planning@1.0")
    assert "because" not in sound
    assert (bare["verdict"], bare["because"]) == ("retire", "bare-effort")
    assert "rubric" not in bare
    assert recorded(tmp_path).added == {}


def test_what_is_kept_is_what_a_frame_says(tmp_path: Path) -> None:
    recorded(folder_with(tmp_path, SOUND, BARE, row(BARE, id="I-03", measures="change")))
    frame = opened(tmp_path).frames["indicators"]
    found = screen_frame(frame)
    assert list(frame["verdict"].astype("str")) == list(found["verdict"].astype("str"))
    assert list(frame["because"]) == list(found["because"])


REFUSED: dict[str, tuple[dict[str, str], str, int]] = {
    "an office that nobody knows": ({"demanded_by": "minster"}, "C001", 14),
    "an office that is not the partner's": ({"demanded_by": "advisers"}, "C024", 14),
    "a milestone that nobody knows": ({"path": "M-09"}, "C001", 15),
    "a criterion without its rubric": ({"criterion": "plan"}, "S005", 16),
    "a rubric that nobody knows": ({"criterion": "planing/plan"}, "C001", 16),
    "a criterion that nobody knows": ({"criterion": "planning/plans"}, "C003", 16),
    "evidence that nobody knows": ({"evidence": "E-09"}, "C001", 18),
    "a word that is none": ({"delivered": "maybe"}, "S004", 7),
    "a kind of count that is none": ({"measures": "outcome"}, "S004", 12),
    "no date": ({"date": ""}, "S003", 6),
    "nobody who reported it": ({"reported_by": ""}, "S003", 5),
    "no marking": ({"marking": ""}, "S003", 19),
    "a correction of nothing": ({"supersedes": "I-00"}, "C009", 20),
}


@pytest.mark.parametrize(("cells", "code", "column"), REFUSED.values(), ids=REFUSED.keys())
def test_a_figure_that_does_not_fit_is_refused(
    tmp_path: Path, cells: dict[str, str], code: str, column: int
) -> None:
    folder = folder_with(tmp_path, row(SOUND, **cells))
    mission = (folder / "mission.yaml").read_text(encoding="utf-8")
    minister = "  - {id: minister, side: partner, name: {en: Minister of Defence}}\n"
    advisers = "  - {id: advisers, side: mission, name: {en: Advisers}}\n"
    (folder / "mission.yaml").write_text(mission.replace(minister, minister + advisers), encoding="utf-8")
    outcome = recorded(folder)
    assert told(outcome) == [(code, f"indicators.csv:2:{column}")]
    assert outcome.refused


def test_a_correction_of_a_figure_needs_a_reason(tmp_path: Path) -> None:
    again = row(SOUND, id="I-03", supersedes="I-01")
    assert told(recorded(folder_with(tmp_path, SOUND, again))) == [("C011", "indicators.csv:3:21")]
    folder_with(tmp_path, SOUND, row(again, reason="The payroll of June was read again."))
    assert told(recorded(tmp_path)) == []


def test_a_naked_percentage_in_the_reason_is_found(tmp_path: Path) -> None:
    outcome = recorded(folder_with(tmp_path, row(SOUND, reason="It was 25 % before.")))
    assert told(outcome) == [("C026", "indicators.csv:2:21")]
    assert not outcome.refused


def test_a_criterion_of_the_shelf_brings_its_rubric_into_the_register(tmp_path: Path) -> None:
    recorded(folder_with(tmp_path, row(SOUND, criterion="doctrine/doctrine-use")))
    mission = opened(tmp_path)
    pin = mission.recorded.latest["indicator", "I-01"].body["rubric"]
    assert pin == "doctrine@1.0"
    assert ("rubric", pin) in mission.recorded.latest
    assert ("doctrine", "1.0") in mission.rubrics
    assert not mission.levels("2021Q2").empty


def test_a_newer_rubric_is_not_taken_in_for_a_figure_on_record(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, row(SOUND, criterion="other/plan"))
    other = RUBRIC.replace("id: planning", "id: other", 1)
    (folder / "rubrics" / "other.yaml").write_text(other, encoding="utf-8")
    assert recorded(folder).added["rubric"] == 2
    newer = other.replace('version: "1.0"', 'version: "1.1"')
    (folder / "rubrics" / "other-2.yaml").write_text(newer, encoding="utf-8")
    assert recorded(folder).added == {}
    (folder / "indicators.csv").write_text(
        f"{HEADER}\n{row(SOUND, id='I-09', criterion='other/plan')}\n", encoding="utf-8"
    )
    assert recorded(folder).added == {"rubric": 1, "indicator": 1}
    assert opened(folder).recorded.latest["indicator", "I-09"].body["rubric"] == "other@1.1"


def test_a_trace_of_a_figure_tells_the_verdict_and_leads_to_its_evidence(tmp_path: Path) -> None:
    recorded(folder_with(tmp_path, SOUND, BARE))
    with reading(tmp_path) as reader:
        bare, sound = trace(reader, "I-02"), trace(reader, "I-01")
    assert bare.text == (
        "Soldiers trained: 500 persons (Headquarters, 2021-05). Retire. It counts effort, there is no known "
        "whole to count it against and it leads to no milestone."
    )
    assert sound.text == (
        "Posts filled: 30 percent, 12 of 40 by payroll office (The minister, 2021-05). Keep as context."
    )
    assert [node.id for node in sound.below] == ["M-01", "E-01", "planning@1.0"]
