"""Whether levels jump when somebody else scores."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from measures.judgement.rotation import Handover, Rotation
from measures.period import Period
from measures.records.plan import Former
from tests.judgement.seen import card, seen
from tests.judgement.tables import World, milestone, rubric

HEADER = "criterion period assessor score\n"


def world(rows: str, **given: Any) -> World:
    table = HEADER + "\n".join(row.strip() for row in rows.split(","))
    return seen(table, rubrics=(rubric("law", "deed"),), **given)


def rotation(rows: str, **given: Any) -> Rotation:
    return card(world(rows, **given), "2021Q2").rotation


def counts(found: Rotation) -> tuple[int, ...]:
    """Pairs with another rater that moved and held, and with the same that moved and held."""
    return tuple(found.count(changed=c, moved=m) for c in (True, False) for m in (True, False))


# Scores of one criterion, and the counts above.
COUNTED = {
    "the same rater, the same level": ("law 2021Q1 ADV-01 said, law 2021Q2 ADV-01 said", (0, 0, 0, 1)),
    "the same rater, another level": ("law 2021Q1 ADV-01 said, law 2021Q2 ADV-01 done", (0, 0, 1, 0)),
    "another rater, the same level": ("law 2021Q1 ADV-01 said, law 2021Q2 ADV-02 said", (0, 1, 0, 0)),
    "another rater, another level": ("law 2021Q1 ADV-01 said, law 2021Q2 ADV-02 done", (1, 0, 0, 0)),
    "a fall counts as well": ("law 2021Q1 ADV-01 done, law 2021Q2 ADV-02 said", (1, 0, 0, 0)),
    "one of two raters stayed": (
        "law 2021Q1 ADV-01 said, law 2021Q1 ADV-02 said, law 2021Q2 ADV-02 done", (0, 0, 1, 0),
    ),
    "the first rater came back": (
        "law 2020Q4 ADV-01 said, law 2021Q1 ADV-02 said, law 2021Q2 ADV-01 said", (0, 2, 0, 0),
    ),
    "quarters without a level lie between": (
        "law 2020Q2 ADV-01 said, law 2020Q4 ADV-02 not-observed, law 2021Q2 ADV-02 done", (1, 0, 0, 0),
    ),
    "the partner is no rater": (
        "law 2021Q1 ADV-01 said, law 2021Q1 PAR-01 said, law 2021Q2 PAR-01 said, law 2021Q2 ADV-02 said",
        (0, 1, 0, 0),
    ),
    "a first score follows nobody": ("law 2021Q2 ADV-01 said", (0, 0, 0, 0)),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "found"), COUNTED.values(), ids=COUNTED)
def test_pairs_are_counted_by_rater_and_movement(rows: str, found: tuple[int, ...]) -> None:
    assert counts(rotation(rows)) == found


def test_a_handover_tells_what_was_handed_over_and_what_jumped() -> None:
    rows = (
        "law 2021Q1 ADV-01 said, law 2021Q2 ADV-02 lasting, deed 2021Q1 ADV-01 said, deed 2021Q2 ADV-02 said"
    )
    found = rotation(rows)
    assert found.at("2021Q2") == (Handover("M-01", "2021Q2", ("law", "deed"), (("law", 2),)),)
    assert found.at("2021Q1") == ()
    assert found.raters == 2


def test_what_was_settled_without_any_score_has_no_rater() -> None:
    settled = "id criterion period settled | N1 law 2021Q2 done"
    assert counts(rotation("law 2021Q1 ADV-01 said", moderations=settled)) == (0, 0, 0, 0)


def test_a_corrected_score_has_no_rater() -> None:
    header = "id supersedes assessor period score | A1 - ADV-01 2021Q1 said | A2 - ADV-01 2021Q2 said"
    told = seen(header + " | A3 A2 ADV-02 2021Q2 said")
    assert counts(card(told, "2021Q2").rotation) == (0, 1, 0, 0)
    assert card(told, "2021Q2").rotation.raters == 2


def test_levels_of_versions_that_cannot_be_compared_are_no_pair() -> None:
    other = rubric(version="2.0", change=("grade: B2", "grade: A1"))
    table = "period assessor score rubric | 2021Q1 ADV-01 said small@1.0 | 2021Q2 ADV-02 done small@2.0"
    bound = replace(milestone(version="2.0"), former=(Former("1.0", Period(2021, 1)),))
    found = card(seen(table, milestones=(bound,), rubrics=(rubric(), other)), "2021Q2").rotation
    assert found.pairs == ()
