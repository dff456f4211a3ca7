"""Raters side by side, their agreement, and the list of what they disagree on."""

from __future__ import annotations

import pandas as pd

from measures.judgement.panel import Panel, panel
from tests.judgement.tables import frame


def compare(assessments: str, moderations: str = "", period: str = "2021Q1") -> Panel:
    return panel(frame("assessments", assessments), frame("moderations", moderations), period)


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
    assert (found.now.state, found.so_far.state, dict(found.pairs)) == ("undefined", "undefined", {})


def test_agreement_now_and_so_far_and_by_pairs_of_roles() -> None:
    rows = THREE + "B1 law ADV-01 said\nB2 law PAR-01 said\n"
    rows = rows.replace("id  criterion assessor score", "id criterion assessor score period")
    rows = "\n".join(
        f"{line} {'2020Q4' if line.startswith('B') else '2021Q1'}" if line[:1] in "AB" and line else line
        for line in rows.splitlines()
    )
    found = compare(rows)
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
    assert (found.now.exact, found.disagreements) == (1, ())


def test_the_order_of_rows_changes_nothing() -> None:
    given, settled = frame("assessments", THREE), frame("moderations", "")
    one, other = panel(given, settled, "2021Q1"), panel(given.iloc[::-1], settled, "2021Q1")
    assert (one.now, one.disagreements) == (other.now, other.disagreements)
    pd.testing.assert_frame_equal(one.beside, other.beside)


def test_a_quarter_without_scores() -> None:
    found = compare("", period="2021Q2")
    assert (len(found.beside), found.now.state, found.disagreements) == (0, "undefined", ())
