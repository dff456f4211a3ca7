"""Percentages in prose: what carries its numerator, denominator, source and date, and what only seems to."""

# ruff: noqa: E501 - the cases read as a table, and some digits and signs are Arabic

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from measures.records.percentages import COUNT, DATE, PROSE, SOURCE, lacking
from measures.records.tables import TABLES
from tests.workflow.refusals import row
from tests.workflow.tiny import Edit, recorded, told, write

WHOLE = {
    "as the remedy says it": "Of its posts 30 % are filled (12 of 40, payroll count of the directorate, March 2021).",
    "count first": "12 of 40 posts (payroll count of the directorate, March 2021), 30 %",
    "per cent": "The register of May 2021 shows 12 of 40 posts filled, 30 per cent.",
    "percent": "The register of 2021-05-03 shows 12 of 40 posts filled, 30 percent.",
    "out of the": "12 out of the 40 posts, 30 %, by the roster of 2021Q2.",
    "words between": "12 filled posts of its 40 authorised ones, 30 %, by the pay list of 2021.",
    "base first": "Of 40 posts 12 are filled, 30 %, says the directorate's list of 2021.",
    "a stroke": "30 % of the posts are filled (12/40; audit, 2021).",
    "thousands": "The census of 2019 counted 1,200 of 4 000 soldiers, 30 %.",
    "rounded up": "12 of 41 posts, 30 %, payroll of 2021.",
    "rounded down": "12 of 41 posts, 29 %, payroll of 2021.",
    "with decimals": "12 of 41 posts, 29.3 %, payroll of 2021.",
    "decimals with a comma": "12 of 41 posts, 29,3 %, payroll of 2021.",
    "all of them": "40 of 40 posts, 100 %, payroll of 2021.",
    "none of them": "0 of 40 posts, 0 %, payroll of 2021.",
    "in words": "Twelve of forty posts, thirty per cent, were filled by the register of 2021.",
    "in words with a hyphen": "Ninety-nine of a hundred posts, ninety-nine per cent, by the register of 2021.",
    "two thirds": "Two thirds of the posts are filled (20 of 30, register of 2021).",
    "two percentages, two counts": "The payroll of 2021 has 12 of 40 officers (30 %) and 80 of 100 men (80 %).",
    "a speaker": "The minister said in May 2021 that 12 of 40 posts are filled, 30 %.",
    "an item of evidence": "12 of 40 posts are filled, 30 % (EV-031, May 2021).",
    "Arabic": "بحسب كشف الرواتب لعام 2021 شُغلت 12 من 40 وظيفة، أي 30٪.",
    "next to other sentences": "Nobody was at work. The roll of 2021 has 12 of 40 posts filled, 30 %. More was not seen.",
}  # fmt: skip

NAKED = {
    "nothing at all": ("100 % of posts", {COUNT, SOURCE, DATE}),
    "per cent": ("Eighty per cent of the posts are filled.", {COUNT, SOURCE, DATE}),
    "per  cent, no number": ("A high per cent of posts is filled.", {COUNT, SOURCE, DATE}),
    "the sign alone": ("What % of posts is filled is not known.", {COUNT, SOURCE, DATE}),
    "no space": ("80% filled", {COUNT, SOURCE, DATE}),
    "Arabic sign": ("80٪", {COUNT, SOURCE, DATE}),
    "percentage points": ("It rose by 10 percentage points.", {COUNT, SOURCE, DATE}),
    "points with the sign": ("It rose by 10 per cent points.", {COUNT, SOURCE, DATE}),
    "the base alone": ("30 % of 40 posts, payroll of 2021.", {COUNT}),
    "the base alone, once more": ("30 % of the 40 posts are filled (payroll of 2021).", {COUNT}),
    "a count that gives another": ("12 of 40 posts, 35 %, payroll of 2021.", {COUNT}),
    "a count that gives almost another": ("12 of 40 posts, 30.2 %, payroll of 2021.", {COUNT}),
    "more than there are": ("40 of 12 posts, 30 %, payroll of 2021.", {COUNT}),
    "of none": ("0 of 0 posts, 0 %, payroll of 2021.", {COUNT}),
    "one count for two percentages": ("The payroll of 2021 has 12 of 40 officers (30 %) and 80 % of the men.", {COUNT}),
    "no source": ("12 of 40 posts, 30 %, in March 2021.", {SOURCE}),
    "no date": ("12 of 40 posts (payroll count of the directorate), 30 %.", {DATE}),
    "a month without its year": ("12 of 40 posts (payroll count of March), 30 %.", {DATE}),
    "neither source nor date": ("12 of 40 posts, 30 %.", {SOURCE, DATE}),
    "the base looks like a year": ("The payroll has 1005 of 2010 posts, 50 %.", {DATE}),
    "the percentage looks like a year": ("The payroll says 2021 %.", {COUNT, DATE}),
    "the count in another sentence": ("30 % are filled, payroll of 2021. Twelve of forty posts.", {COUNT}),
    "the source in another sentence": ("12 of 40 posts are filled, 30 %, in 2021. The payroll was seen.", {SOURCE}),
    "the date in another sentence": ("12 of 40 posts are filled by the payroll, 30 %. It was seen in 2021.", {DATE}),
    "an item of evidence that nobody recorded": ("12 of 40 posts are filled, 30 % (EV-099, May 2021).", {SOURCE}),
    "two thirds of nothing known": ("Two thirds of the posts are filled.", {COUNT, SOURCE, DATE}),
    "two dates for a count": ("Between 2020 and 2021 the register grew by 30 %.", {COUNT}),
}  # fmt: skip

SILENT = {
    "a count without a percentage": "12 of 40 posts are filled.",
    "no number": "The posts are filled.",
    "a percentage that is spoken of": "Headquarters asked for a percentage; none was given.",
    "recent": "The recent order names a centre and its percentile.",
    "a quarter of a year": "Three quarters of a year went by, and half of it was lost.",
    "a third visit": "A third of June was named; the third of the visits was the last.",
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE.keys())
def test_a_whole_percentage_lacks_nothing(text: str) -> None:
    assert lacking(text, {"EV-031"}) == ()


@pytest.mark.parametrize(("text", "parts"), NAKED.values(), ids=NAKED.keys())
def test_a_naked_percentage_is_told_what_it_lacks(text: str, parts: set[str]) -> None:
    assert set(lacking(text, {"EV-031"})) == parts


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_what_is_no_percentage_is_left_alone(text: str) -> None:
    assert lacking(text) == ()


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_percentage_of_any_count_is_borne_out_by_it(part: int, whole: int) -> None:
    assume(part <= whole)
    for share in (round(100 * part / whole), round(100 * part / whole, 1)):
        assert lacking(f"{part} of {whole} posts, {share} %, payroll of 2021.") == ()


@given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 100))
def test_a_percentage_that_its_count_does_not_give_is_never_borne_out(
    part: int, whole: int, share: int
) -> None:
    assume(part <= whole and abs(100 * part / whole - share) > 1)
    assert lacking(f"{part} of {whole} posts, {share} %, payroll of 2021.") == (COUNT,)


@given(st.text(alphabet="12 of%.4A0/", max_size=60), st.sampled_from(("payroll 2021", "2021", "payroll", "")))
def test_taking_source_or_date_away_never_mends_a_text(text: str, kept: str) -> None:
    body = text.replace(".", " ")
    whole = set(lacking(f"{body} ; payroll 2021"))
    assert whole <= set(lacking(f"{body} ; {kept}"))


def test_no_prose_takes_long() -> None:
    """Each of these is as long as a cell may be; a rule that starts over at each digit would take hours."""
    for piece in ("1 of ", "12 of the 40 ", "1,000 ", "of 1 ", "forty-", "1", "1 % ", "of the posts of "):
        lacking((piece * 8000)[:8000])


TEXT = "At Kestrel 80 % of the posts are filled in the office."
PLAN = "plan.yaml"
PLACES: dict[str, tuple[Edit, str]] = {
    "a rationale": (row("A", "A-03", rationale=TEXT), "assessments.csv:4:9"),
    "why not the next level": (row("A", "A-01", why_not_next=TEXT), "assessments.csv:2:10"),
    "a moderator's reason": (("moderations.csv", "The Kestrel letter was seen by both of them.", TEXT), "moderations.csv:2:7"),
    "a dissent": (("moderations.csv", "EXT-01 holds that Kestrel does not decide.", TEXT), "moderations.csv:2:8"),
    "a citation's note": (("citations.csv", "The Kestrel letter itself.", TEXT), "citations.csv:2:8"),
    "what came of a meeting": (("engagements.csv", "Kestrel letter promised", TEXT), "engagements.csv:2:7"),
    "the subject of a meeting": (("engagements.csv", ",The plan,", f",{TEXT},"), "engagements.csv:2:6"),
    "the reason of a position": (("positions.csv", "Kestrel is wanted before the budget.", TEXT), "positions.csv:2:6"),
    "an objective": ((PLAN, "{en: The ministry plans}", f"{{en: {TEXT}}}"), "plan.yaml:2:5"),
    "a milestone": ((PLAN, "{en: A plan of its own}", f"{{en: {TEXT}}}"), "plan.yaml:4:5"),
    "what happens afterwards": ((PLAN, "    sustainment: {en: Nobody has said.}\n    lead: ADV-01", f"    sustainment: {{en: {TEXT}}}"), "plan.yaml:4:5"),
    "an announcement": ((PLAN, "disposition: active}", f"disposition: active, announced: [{{date: 2021-05, by: [minister], text: {{en: {TEXT}}}}}]}}"), "plan.yaml:2:5"),
    "a promise": ((PLAN, "{en: A plan by June}", f"{{en: {TEXT}}}"), "plan.yaml:25:5"),
    "a disruption": (("mission.yaml", "{en: Offices were closed.}", f"{{en: {TEXT}}}"), "mission.yaml:14:5"),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "place"), PLACES.values(), ids=PLACES.keys())
def test_a_naked_percentage_is_found_wherever_somebody_writes(tmp_path: Path, edit: Edit, place: str) -> None:
    outcome = recorded(write(tmp_path, [edit]))
    assert told(outcome) == [("C026", place)]
    assert (
        "without the numerator and denominator that give it, who counted and the date."
        in outcome.findings[0].message
    )


def test_evidence_may_tell_what_others_wrote(tmp_path: Path) -> None:
    assert (
        told(recorded(write(tmp_path, [("evidence.csv", "The Kestrel order names an office.", TEXT)]))) == []
    )


def test_the_prose_columns_are_columns() -> None:
    for table, columns in PROSE.items():
        assert {TABLES[table].column(name).form for name in columns} == {"text"}
