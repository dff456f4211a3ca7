"""Every sentence has a basis, and every basis is in the register."""

from __future__ import annotations

import re

import pytest

from measures.errors import MeasuresError
from measures.library import edition_files, shelf
from measures.report.build import build
from measures.report.claims import ClaimList
from measures.report.edition import read_edition
from measures.report.html import render
from measures.report.model import Ref, Report
from measures.workflow.mission import Mission
from measures.workflow.publish import material

NAKED_PERCENT = re.compile(r"[0-9]\s*(%|per ?cent)", re.IGNORECASE)


def report_of(mission: Mission, period: str) -> Report:
    given = material(mission)
    return build(read_edition("hq", edition_files()), mission.period(period), given)


PERIODS = [f"{year}Q{quarter}" for year in range(2018, 2024) for quarter in (1, 2, 3, 4)][2:]


@pytest.mark.parametrize("period", PERIODS)
def test_every_quarter_of_the_example_renders_and_every_claim_resolves(example: Mission, period: str) -> None:
    report = report_of(example, period)
    html = render(report, "hq/report.html", shelf("templates"))  # raises when a link leads nowhere
    assert not NAKED_PERCENT.search(re.sub(r"<style.*?</style>|<[^>]*>", "", html, flags=re.DOTALL))
    for row in report.claims:
        assert row.basis, row.claim.text
        assert len(row.digest) == 64, row.claim.text
        for ref in row.basis:
            key = (ref.kind, ref.id.partition("#")[0])
            assert key in example.recorded.latest, f"{row.claim.text}: {ref}"


def test_the_same_report_is_made_twice(example: Mission) -> None:
    templates = shelf("templates")
    first = render(report_of(example, "2021Q1"), "hq/report.html", templates)
    assert first == render(report_of(example, "2021Q1"), "hq/report.html", templates)


def test_claim_numbers_run_from_one_without_gaps(example: Mission) -> None:
    claims = [row.claim for row in report_of(example, "2023Q3").claims]
    assert [claim.number for claim in claims] == list(range(1, len(claims) + 1))
    assert len({claim.id for claim in claims}) == len(claims)


def test_a_claim_id_follows_its_words_and_its_basis() -> None:
    claims = ClaimList("hq", "2021Q1")
    basis = [Ref("assessment", "A-1")]
    said = claims.say("It moved.", basis)
    assert claims.say("It moved.", basis) is said
    assert claims.say("It moved!", basis).id != said.id
    assert claims.say("It moved.", [Ref("assessment", "A-2")]).id != said.id
    assert ClaimList("hq", "2021Q1").say("It moved.", basis).id == said.id


@pytest.mark.parametrize(("text", "basis"), [("It moved.", []), ("", [Ref("assessment", "A-1")])])
def test_nothing_is_asserted_without_words_and_a_basis(text: str, basis: list[Ref]) -> None:
    with pytest.raises(MeasuresError, match="a basis"):
        ClaimList("hq", "2021Q1").say(text, basis)


def test_the_example_tells_a_story_in_both_quarters_shown(example: Mission) -> None:
    for period in ("2021Q1", "2023Q3"):
        page = report_of(example, period).quarter
        assert page.moved, f"{period}: nothing moved"
        assert page.held, f"{period}: nothing held"
        assert page.unknown, f"{period}: nothing unknown"
        assert page.decide, f"{period}: nothing to decide"


def test_a_suspended_quarter_says_why_nobody_could_look(example: Mission) -> None:
    report = report_of(example, "2020Q2")
    tags = {item.tag for item in report.quarter.unknown}
    assert any("security" in tag or "pandemic" in tag for tag in tags), tags


def test_claimed_and_supported_are_told_apart(example: Mission) -> None:
    report = report_of(example, "2021Q1")
    blocks = [block for page in report.milestones for block in page.criteria if block.support]
    assert blocks
    for block in blocks:
        claimed = [rung for rung in block.rungs if rung.claimed]
        assert len(claimed) == 1
        assert not any(rung.here and rung.claimed for rung in block.rungs)


def test_refused_objectives_stay_in_the_report(example: Mission) -> None:
    rows = {row.id: row for row in report_of(example, "2021Q1").objectives}
    for name in ("O-01", "O-02"):
        assert (rows[name].position, rows[name].disposition) == ("refused", "abandoned")


def test_a_milestone_tells_its_baseline_once_that_quarter_is_over(example: Mission) -> None:
    def told(period: str) -> str:
        page = next(page for page in report_of(example, period).milestones if page.id == "M-02")
        return " ".join(claim.text for paragraph in page.narrative for claim in paragraph)

    assert "Baseline" not in told("2018Q3")
    later = told("2021Q1")
    assert "Baseline, 2018Q3: " in later
    assert "None of it" in later


def test_the_cover_says_that_it_is_a_demonstration(example: Mission) -> None:
    cover = report_of(example, "2021Q1").cover
    assert "demonstration" in cover.notice.lower()
    assert "judges no" in cover.notice.lower()
    assert cover.head_digest == example.head.digest
