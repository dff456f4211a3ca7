"""Raw figures in a report: those known by then, one line each, with what became of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from measures.library import shelf
from measures.report import prose
from measures.report.html import render
from measures.workflow.mission import Mission, open_mission
from tests.report.test_claims import NAKED_PERCENT, report_of

HEADER = (
    "id,indicator,value,unit,reported_by,date,delivered,numerator,denominator,counted_by,denominator_stable,"
    "measures,demanded,demanded_by,path,criterion,evidence,marking,supersedes,reason\n"
)
WHOLE = "yes,12,40,payroll office,yes,change,yes,defence-minister,M-02,human-resources/payroll-truth,,"


def mission_with(folder: Path, example: Mission, rows: str) -> Mission:
    """The example with other raw figures; with none at all where there are no rows."""
    shutil.copytree(example.folder, folder, ignore=shutil.ignore_patterns("register*", "out"))
    (folder / "indicators.csv").unlink()
    if rows:
        (folder / "indicators.csv").write_text(HEADER + rows, encoding="utf-8")
    return open_mission(folder, at="2024-01-15T12:00:00Z")


def text_of(mission: Mission, period: str) -> str:
    html = render(report_of(mission, period), "hq/report.html", shelf("templates"))
    return re.sub(r"<style.*?</style>|<[^>]*>", "", html, flags=re.DOTALL)


def test_a_report_shows_only_the_figures_known_by_then(example: Mission) -> None:
    def shown(period: str) -> list[str]:
        return [row.id for row in report_of(example, period).indicators]

    dates = {row["id"]: row["date"].partition("/")[0] for row in example.recorded.records.rows("indicators")}
    assert shown("2018Q3") == [name for name, date in dates.items() if date < "2018-10"] != []
    assert set(shown("2021Q1")) == {name for name, date in dates.items() if date < "2021-04"}
    assert set(shown("2023Q3")) == set(dates) != set(shown("2021Q1"))
    assert [dates[name] for name in shown("2023Q3")] == sorted(dates.values())


def test_each_figure_is_one_claim_that_rests_on_its_entry(example: Mission) -> None:
    report = report_of(example, "2023Q3")
    for row in report.indicators:
        assert ("indicator", row.id) in {(ref.kind, ref.id) for ref in row.claim.basis}
    kinds = {ref.kind for row in report.indicators for ref in row.claim.basis}
    assert kinds == {"indicator", "evidence", "rubric", "milestone"}
    (lead,) = report.indicator_words
    assert lead.text.startswith(f"Of {prose.count(len(report.indicators), 'raw figure')} on record ")
    assert [ref.id for ref in lead.basis] == [row.id for row in report.indicators]


def test_the_share_trained_in_human_rights_is_retired_and_its_question_is_not(example: Mission) -> None:
    (found,) = [row for row in report_of(example, "2021Q3").indicators if "human rights" in row.claim.text]
    assert found.verdict == "retire"
    assert "The mission does not deliver it and no office of the partner asked for it." in found.claim.text
    assert "which no milestone is scored on." in found.claim.text
    assert "legal-human-rights@1.0#allegations-investigated" in {ref.id for ref in found.claim.basis}


def test_a_figure_is_told_with_its_count_and_never_as_a_percentage(tmp_path: Path, example: Mission) -> None:
    rows = (
        f"F-1,Posts filled,30,percent,The minister,2021-02,{WHOLE}public,,\n"
        "F-2,Posts wanted,90 %,,The minister,2021-02,yes,,,,,output,,,,,,public,,\n"
    )
    mission = mission_with(tmp_path / "m", example, rows)
    kept, retired = report_of(mission, "2021Q1").indicators
    assert (kept.verdict, retired.verdict) == ("keep as context", "retire")
    assert kept.claim.text.startswith(
        "Posts filled, 12 of 40 (The minister, February 2021): kept as context."
    )
    assert "M-02 answers the question behind it under" in kept.claim.text
    assert retired.claim.text.startswith("Posts wanted (The minister, February 2021): retired. It counts")
    assert not NAKED_PERCENT.search(text_of(mission, "2021Q1"))
    (lead,) = report_of(mission, "2021Q1").indicator_words
    assert lead.text == "Of two raw figures on record one is retired and one is kept as context."


def test_a_figure_that_was_repaired_takes_the_place_of_the_old_one(tmp_path: Path, example: Mission) -> None:
    rows = (
        "F-1,Posts filled,30,percent,The minister,2021-02,yes,,,,,,,,,,,public,,\n"
        f"F-2,Posts filled,30,percent,The minister,2021-05,{WHOLE}public,F-1,Counted from the payroll.\n"
    )
    mission = mission_with(tmp_path / "m", example, rows)
    assert [(row.id, row.verdict) for row in report_of(mission, "2021Q1").indicators] == [("F-1", "repair")]
    assert [row.id for row in report_of(mission, "2021Q2").indicators] == ["F-2"]


def test_where_none_is_on_record_the_report_says_so(tmp_path: Path, example: Mission) -> None:
    mission = mission_with(tmp_path / "m", example, "")
    report = report_of(mission, "2021Q1")
    assert (report.indicators, report.indicator_words) == ((), ())
    assert "No raw figure that somebody asked for or reported is on record." in text_of(mission, "2021Q1")


@pytest.mark.parametrize(("marking", "shown"), [("mission", True), ("restricted", False)])
def test_a_figure_above_the_ceiling_is_not_there(
    tmp_path: Path, example: Mission, marking: str, shown: bool
) -> None:
    row = f"F-1,Kestrel posts filled,30,percent,The minister,2021-02,{WHOLE}{marking},,\n"
    mission = mission_with(tmp_path / "m", example, row)
    assert ("Kestrel" in text_of(mission, "2021Q1")) is shown
