"""What a report says of an audit: how many were looked at, and never more than may be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from measures.finding import Place
from measures.records import TABLES, Row
from measures.records.frames import typed
from measures.report.audited import audit_words
from measures.report.source import Source

SCORES = ("A-M08-demand-2021Q1", "A-M08-access-2021Q1", "A-M01-planning-process-2021Q1")


def audit(
    number: int, finding: str, found: str = "", *, blind: str = "no", ref: str = "", instead: str = ""
) -> Row:
    what = {"id": f"U-{number}", "kind": "assessment", "ref": ref or SCORES[number], "digest": "0" * 64}
    told = {"auditor": "AUD-01", "finding": finding, "found": found, "blind": blind, "supersedes": instead}
    sample = {"seed": "7", "list": "1" * 64, "listed": "9", "drawn": "3", "marking": "public"}
    values = what | told | sample
    return Row(Place("audits.csv", number + 2), {}, values)


def said(source: Source, *rows: Row) -> list[str]:
    ladder = list(source.frames["assessments"]["level"].cat.categories)
    periods = [str(period) for period in source.mission.periods]
    frame = typed(TABLES["audits"], rows, ladder=ladder, periods=periods, markings=source.mission.markings)
    return [claim.text for claim in audit_words(replace(source, frames={**source.frames, "audits": frame}))]


def given(source: Source, name: str) -> str:
    row = source.frames["assessments"].set_index("id").loc[name]
    return str(row["level"] if row["level"] == row["level"] else row["non_score"])


def test_nothing_is_said_where_nobody_looked(source: Source) -> None:
    assert said(source) == []


def test_agreement_and_disagreement_are_counted_and_the_latter_named(source: Source) -> None:
    rows = (audit(0, "agrees"), audit(1, "disagrees"), audit(2, "cannot-tell"))
    (text,) = said(source, *rows)
    assert text == (
        "Auditors looked at three scores of this quarter: they agree with 1, disagree with 1 "
        "(A-M08-access-2021Q1) and cannot tell on 1."
    )


def test_blind_levels_are_held_against_those_given(source: Source) -> None:
    rows = (
        audit(0, "rescored", given(source, SCORES[0]), blind="yes"),
        audit(1, "rescored", "embedded", blind="yes"),
        audit(2, "cannot-tell", blind="yes"),
    )
    (text,) = said(source, *rows)
    assert text == (
        "Auditors shown the evidence and not the level came to what was scored on 1 of 3, and could not "
        "tell on 1."
    )


@pytest.mark.parametrize("ref", ["A-M08-demand-2020Q4", "A-none"])
def test_scores_of_other_quarters_and_withheld_ones_are_left_out(source: Source, ref: str) -> None:
    assert said(source, audit(0, "agrees", ref=ref)) == []


def test_a_finding_that_was_corrected_counts_no_more(source: Source) -> None:
    rows = (audit(0, "agrees"), audit(1, "disagrees", ref=SCORES[0], instead="U-0"))
    assert said(source, *rows) == [
        "Auditors looked at one score of this quarter: they disagree with 1 (A-M08-demand-2021Q1)."
    ]
