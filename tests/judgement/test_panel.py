"""Raters side by side, their agreement, and the list of what they disagree on."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from measures.judgement.agreement import Agreement
from measures.judgement.lineage import Lineage
from measures.judgement.panel import Panel, Scale, panel
from measures.rubric.model import Level, join_ladders
from tests.judgement.tables import frame, rubric

SMALL = rubric()
OTHER = replace(
    SMALL,
    id="other",
    levels=tuple(Level(name, {"en": name}) for name in ("none", "said", "begun", "halfway", "done")),
)
"""A rubric of another ladder: it has two levels between ``said`` and ``done``."""

BOTH = Lineage({("small", "1.0"): SMALL, ("other", "1.0"): OTHER}, frame("crosswalks", ""))
LADDER = join_ladders([SMALL, OTHER])


def compare(assessments: str, moderations: str = "", period: str = "2021Q1") -> Panel:
    given = frame("assessments", assessments, LADDER)
    given = given.assign(rubric=given["rubric"].where(given["rubric"] != "", "small@1.0"))
    return panel(given, frame("moderations", moderations, LADDER), period, BOTH)


def now(found: Panel) -> Agreement:
    (only,) = found.scales
    return only.now


def beside(found: Panel) -> list[tuple[str, ...]]:
    return list(
        found.beside[["criterion", "adviser", "partner", "external"]].itertuples(index=False, name=None)
    )


THREE = """
id  criterion assessor score
A1  law       ADV-01   done
A2  law       PAR-01   lasting
A3  law       EXT-01   said
A4  staff     ADV-01   done
A5  staff     PAR-01   done
A6  money     ADV-01   said
"""


def test_each_role_stands_in_its_own_column() -> None:
    assert beside(compare(THREE)) == [
        ("law", "done", "lasting", "said"),
        ("staff", "done", "done", ""),
        ("money", "said", "", ""),
    ]


def test_two_of_one_role_show_as_a_span() -> None:
    assert beside(compare("id assessor score | A1 ADV-01 lasting | A2 ADV-02 said")) == [
        ("law", "said to lasting", "", "")
    ]


def test_disagreements_are_listed_widest_first_with_who_said_what() -> None:
    rows = THREE + "A7 money PAR-01 done\n"
    found = compare(rows).disagreements
    assert [(one.criterion, one.apart) for one in found] == [("law", 2), ("money", 1)]
    assert [(r.assessor, r.role, r.level) for r in found[0].ratings] == [
        ("EXT-01", "external", "said"),
        ("ADV-01", "adviser", "done"),
        ("PAR-01", "partner", "lasting"),
    ]


def test_a_settled_disagreement_names_its_moderation() -> None:
    settled = "id settled | N1 done"
    assert [one.moderation for one in compare(THREE, settled).disagreements] == ["N1"]
    assert [one.moderation for one in compare(THREE).disagreements] == [""]


def test_agreement_is_undefined_with_one_rater() -> None:
    found = compare("id criterion score | A1 law done | A2 staff said")
    (only,) = found.scales
    assert (only.now.state, only.so_far.state, dict(only.pairs)) == ("undefined", "undefined", {})


def test_agreement_now_and_so_far_and_by_pairs_of_roles() -> None:
    rows = THREE + "B1 law ADV-01 said\nB2 law PAR-01 said\n"
    rows = rows.replace("id  criterion assessor score", "id criterion assessor score period")
    rows = "\n".join(
        f"{line} {'2020Q4' if line.startswith('B') else '2021Q1'}" if line[:1] in "AB" and line else line
        for line in rows.splitlines()
    )
    (found,) = compare(rows).scales
    assert (found.now.units, found.now.exact) == (2, 1)
    assert (found.so_far.units, found.so_far.exact) == (3, 2)
    assert {pair: (a.units, a.exact) for pair, a in found.pairs.items()} == {
        ("adviser", "partner"): (3, 2),
        ("adviser", "external"): (1, 0),
        ("partner", "external"): (1, 0),
    }


def test_non_scores_and_superseded_scores_are_no_ratings() -> None:
    rows = (
        "id assessor score supersedes | A1 ADV-01 done - | A2 ADV-01 said A1 | A3 PAR-01 not-observed - "
        "| A4 EXT-01 said -"
    )
    found = compare(rows)
    assert beside(found) == [("law", "said", "", "said")]
    assert (now(found).exact, found.disagreements) == (1, ())


def test_the_order_of_rows_changes_nothing() -> None:
    given, settled = frame("assessments", THREE).assign(rubric="small@1.0"), frame("moderations", "")
    one, other = (panel(rows, settled, "2021Q1", BOTH) for rows in (given, given.iloc[::-1]))
    assert (one.scales, one.disagreements) == (other.scales, other.disagreements)
    pd.testing.assert_frame_equal(one.beside, other.beside)


def test_a_quarter_without_scores() -> None:
    found = compare("", period="2021Q2")
    assert (len(found.beside), found.scales, found.disagreements) == (0, (), ())


TWO_LADDERS = """
id  milestone criterion assessor score   rubric
A1  M-01      law       ADV-01   said    small@1.0
A2  M-01      law       EXT-01   done    small@1.0
A3  M-01      staff     ADV-01   done    small@1.0
A4  M-01      staff     EXT-01   done    small@1.0
B1  M-02      law       ADV-01   said    other@1.0
B2  M-02      law       EXT-01   done    other@1.0
B3  M-02      staff     ADV-01   begun   other@1.0
B4  M-02      staff     EXT-01   halfway other@1.0
"""


def test_agreement_is_measured_on_each_ladder_by_itself() -> None:
    """A change on one ladder leaves the figures of the other as they are."""
    found = compare(TWO_LADDERS)
    by = {scale.rubrics: scale for scale in found.scales}
    assert by.keys() == {("small",), ("other",)}
    assert (by["small",].ladder, by["other",].ladder) == (SMALL.ladder, OTHER.ladder)
    assert [(scale.now.exact, scale.now.units) for scale in (by["small",], by["other",])] == [(1, 2), (0, 2)]
    alone = "\n".join(line for line in TWO_LADDERS.splitlines() if "M-02" not in line)
    assert alphas(compare(alone).scales[0]) == alphas(by["small",])
    changed = TWO_LADDERS.replace("EXT-01   done    other", "EXT-01   said    other")
    changed_by = {scale.rubrics: scale for scale in compare(changed).scales}
    assert alphas(changed_by["small",]) == alphas(by["small",])
    assert alphas(changed_by["other",]) != alphas(by["other",])


def alphas(scale: Scale) -> tuple[float | None, ...]:
    return scale.now.alpha, scale.so_far.alpha, *(found.alpha for found in scale.pairs.values())


def test_how_far_two_are_apart_is_counted_on_their_own_ladder() -> None:
    found = {(one.milestone, one.criterion): one.apart for one in compare(TWO_LADDERS).disagreements}
    assert found == {("M-01", "law"): 1, ("M-02", "law"): 3, ("M-02", "staff"): 1}
