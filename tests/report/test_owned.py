"""Whose ambition it is, as the report says it: full sentences, and honest ones where nothing is known."""

# ruff: noqa: E501, RUF001 - sentences and plans are read whole, with their quotation marks

from __future__ import annotations

from pathlib import Path

import pytest

from measures.judgement.leadtime import LeadTime, Wait
from measures.report.edition import admit
from measures.report.model import Owned, Paragraph, Report
from measures.report.ownership import _wait
from measures.workflow.mission import Mission, open_mission
from tests.report.test_claims import report_of
from tests.workflow.commitment_refusals import OBJECTIVE, commits, lowered, retarget
from tests.workflow.tiny import AT, Edit, recorded, told, write


def text(paragraph: Paragraph) -> str:
    return " ".join(claim.text for claim in paragraph)


def said(report: Report) -> Owned:
    assert report.owned is not None
    return report.owned


def tiny(folder: Path, *edits: Edit, period: str = "2021Q2") -> Report:
    assert told(recorded(write(folder, edits))) == []
    return report_of(open_mission(folder, at=AT), period)


# --- the worked example ------------------------------------------------------------------------


def test_the_example_says_what_is_misaligned_in_2021q1(example: Mission) -> None:
    owned = said(report_of(example, "2021Q1"))
    parting = text(owned.parting)
    assert "O-08, O-09, O-10 and O-11 while contested" in parting
    assert (
        "is demanded, and some of the adviser posts for it stood empty in February 2021; how many is not on record"
        in parting
    )
    assert (
        "O-08, O-09, O-10, O-11 and O-12 were announced, and no agreement of the partner is on record."
        in parting
    )


def test_posts_reported_long_ago_are_not_told_as_empty_now(example: Mission) -> None:
    parting = text(said(report_of(example, "2023Q3")).parting)
    assert "Adviser posts were last reported on for February 2021 (O-23), when some stood empty." in parting
    assert "is demanded, and some" not in parting


def test_what_the_example_does_not_log_is_not_made_up(example: Mission) -> None:
    owned = said(report_of(example, "2021Q1"))
    assert text(owned.waits) == (
        "How long the partner took to grant a meeting cannot be told: none of the five meetings logged "
        "this quarter has the date on which it was asked for."
    )
    assert "No change of a target" in text(owned.changed)
    assert "money of its own or filled posts of its own for none" in text(owned.signs)


def test_an_agreement_is_known_from_its_day_on(example: Mission) -> None:
    facts = {
        period: {row.id: row.facts for row in report_of(example, period).objectives}
        for period in ("2023Q2", "2023Q3")
    }
    assert len(facts["2023Q2"]["O-09"]) == 1
    assert len(facts["2023Q3"]["O-09"]) == 2
    assert facts["2023Q3"]["O-09"][-1].startswith("Agreed 2023-08-17 by ")


def test_each_objective_pursued_stands_once_in_the_table(example: Mission) -> None:
    report = report_of(example, "2023Q3")
    listed = [name for _, cells in said(report).rows for names in cells for name in names]
    assert sorted(listed) == sorted(row.id for row in report.objectives if row.disposition == "active")


@pytest.mark.parametrize("period", ["2018Q3", "2020Q2", "2021Q1", "2023Q3", "2023Q4"])
def test_the_numbers_of_the_shares_are_those_of_the_quarter(example: Mission, period: str) -> None:
    shares = {share.name: share for share in example.judge(period).ambition.shares}
    words = text(said(report_of(example, period)).shares)
    for name, stem in (("host-document", "from a document"), ("host-evidence", "in part on")):
        ids = shares[name].yes
        assert (
            (f"({' and '.join([', '.join(ids[:-1]), ids[-1]]) if len(ids) > 1 else ids[0]})" in words)
            if ids
            else (f"none stems {stem}" in words or f"none rests {stem}" in words)
        )


# --- a small mission that says everything ------------------------------------------------------

ALLIES: Edit = (
    "mission.yaml",
    "name: {en: Minister of Defence}}",
    "name: {en: Minister of Defence}, origins: [ministry]}\n  - {id: allies, side: headquarters, name: {en: Allied ministers}}",
)


def test_posts_are_told_as_filled_of_needed(tmp_path: Path) -> None:
    report = tiny(
        tmp_path,
        commits('resources: [{date: 2021-05, posts_needed: "7", posts_filled: "2", evidence: [E-01]}]'),
    )
    (parting,) = said(report).parting
    assert (
        parting.text
        == "O-01 ‘The ministry plans’ is demanded, and 2 of 7 adviser posts for it were filled in May 2021."
    )
    assert {(ref.kind, ref.id) for ref in parting.basis} == {
        ("objective", "O-01"),
        ("position", "S-01"),
        ("evidence", "E-01"),
    }
    decide = [item.claim.text for item in report.quarter.decide if item.tag == "demand"]
    assert decide == [
        "Fill the adviser posts for what the partner demands, or tell it that they stay empty: O-01 ‘The ministry plans’."
    ]


def test_what_is_announced_without_agreement_is_asked_for(tmp_path: Path) -> None:
    report = tiny(tmp_path, ALLIES, commits("announced: [{date: 2021-04, by: [allies]}]"))
    assert "O-01 was announced, and no agreement of the partner is on record." in text(said(report).parting)
    assert any(item.claim.text.startswith("Seek the partner's agreement") for item in report.quarter.decide)


def test_everything_the_host_has_put_in_is_told(tmp_path: Path) -> None:
    plan = commits(
        "host_document: {en: A strategy.}, resources: [{date: 2021-05, side: partner, posts_filled: 3, money: {en: A budget line.}}], "
        "concurrence: [{date: 2021-05, by: [minister]}], host_decisions: [{date: 2021-05, by: [minister]}]"
    )
    owned = said(
        tiny(
            tmp_path,
            ALLIES,
            plan,
            ("plan.yaml", "    lead: ADV-01", "    lead: ADV-01\n    host_measure: 'yes'"),
        )
    )
    assert text(owned.signs) == (
        "Of one objective pursued one was proposed by the partner alone, none together with it and none without it. "
        "On record are a document of its own for O-01, a decision of its own for O-01, its concurrence with the "
        "wording for O-01, money of its own for O-01 and filled posts of its own for O-01."
    )
    assert text(owned.shares) == (
        "Of one milestone one stems from a document of the partner (M-01), one uses the partner's own measure (M-01), "
        "one rests in part on the partner's evidence (M-01) and none was scored by the partner too."
    )


def test_a_mission_without_any_meeting_says_so(tmp_path: Path) -> None:
    owned = said(tiny(tmp_path, ("engagements.csv", "", None)))
    assert text(owned.waits) == "No meeting and no request for one is on record for this quarter."


def test_a_wait_that_is_logged_is_told(tmp_path: Path) -> None:
    owned = said(tiny(tmp_path))
    assert text(owned.waits) == (
        "Where the partner demands or accepts what we pursue, the middle wait for a meeting was eight days, over one request."
    )


WAITS = {
    "one day": ((Wait("G1", 1, 1, False),), "was one day, over one request."),
    "a range": ((Wait("G1", 0, 25, False), Wait("G2", 3, 30, False)), "lay between 0 and 30 days, over two requests."),
    "an open one": (
        (Wait("G1", 71, 71, True),),
        "was at least 71 days, over one request, one of them still open and counted at its age (the oldest 71 days).",
    ),
    "open ones that are older than the median": (
        (Wait("G1", 2, 2, False), Wait("G2", 5, 5, False), Wait("G3", 90, 90, True)),
        "was five days, over three requests, one of them still open and counted at its age (the oldest 90 days).",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("waits", "expected"), WAITS.values(), ids=WAITS)
def test_a_wait_in_words(waits: tuple[Wait, ...], expected: str) -> None:
    assert _wait("Here", LeadTime(waits, (), ())) == f"Here, the middle wait for a meeting {expected}"


def test_a_lowered_target_is_an_event_with_everything_that_makes_it_legitimate(tmp_path: Path) -> None:
    report = tiny(tmp_path, lowered(retarget()), period="2021Q4")
    (event, *_) = said(report).changed
    assert event.text == (
        "The target of M-01 was lowered from ‘Done alone’ to ‘Done with advisers’, with effect from 2021Q4 "
        "(decided 2 November 2021, approved by lead adviser). No posts. The partner's view: the minister agrees."
    )
    page = next(page for page in report.milestones if page.id == "M-01")
    told = " ".join(claim.text for paragraph in page.narrative for claim in paragraph)
    assert "at Done with advisers (lowered from ‘Done alone’ in 2021Q4)" in told
    assert page.target == "Done with advisers"


def test_before_it_was_lowered_the_report_shows_the_target_that_held(tmp_path: Path) -> None:
    report = tiny(tmp_path, lowered(retarget()), period="2021Q2")
    assert "No change of a target" in text(said(report).changed)
    page = next(page for page in report.milestones if page.id == "M-01")
    assert page.target == "Done alone"


def test_a_due_quarter_put_off_and_a_title_re_scoped(tmp_path: Path) -> None:
    due = retarget(what="due", old="2022Q2", new="2022Q3")
    title = "retargets: [" + retarget(old="The ministry plans everything", new="The ministry plans") + "]"
    plan = (lowered(due, target="own", due="2022Q3"), ("plan.yaml", OBJECTIVE, f"{OBJECTIVE}, {title}"))
    words = text(said(tiny(tmp_path, *plan, period="2021Q4")).changed)
    assert "The due quarter of M-01 was put off from 2022Q2 to 2022Q3" in words
    assert (
        "The wording of O-01 was re-scoped from ‘The ministry plans everything’ to ‘The ministry plans’"
        in words
    )


def test_a_commitment_resting_on_withheld_evidence_is_withheld_with_it(tmp_path: Path) -> None:
    both = commits(
        "agreed: [{date: 2021-05, by: [minister], evidence: [E-01]}], host_decisions: [{date: 2021-05, by: [minister]}]"
    )
    assert told(recorded(write(tmp_path, (both,)))) == []
    mission = open_mission(tmp_path, at=AT)
    for ceiling, agreed in (("mission", 1), ("public", 0)):
        seen = admit(mission.frames, mission.plan, ceiling, mission.file.markings)
        given = seen.plan.objectives["O-01"].commitments
        assert (len(given.agreed), len(given.decisions)) == (agreed, 1), ceiling
