"""From criteria to a milestone. Ladder of the examples: none < said < done < lasting."""

from __future__ import annotations

import pandas as pd
import pytest

from measures.errors import MeasuresError
from measures.judgement import aggregate, gate, profile, roll_up, weakest_link
from tests.judgement.tables import rubric

LADDER = ("none", "said", "done", "lasting")

# criteria, lower, upper, plus, not known
WEAKEST = {
    "all the same": ("done done", "done", "done", False, 0),
    "one is higher": ("said done", "said", "said", True, 0),
    "one criterion alone": ("done", "done", "done", False, 0),
    "not observed is a range up to the lowest known": ("done not-observed", "none", "done", False, 1),
    "insufficient evidence is a range too": ("insufficient-evidence said lasting", "none", "said", False, 1),
    "no entry is a range too": ("no-entry done", "none", "done", False, 1),
    "nothing known at all": ("not-observed no-entry", "none", "lasting", False, 2),
    "the lowest level is the lowest whatever is unknown": ("none not-observed done", "none", "none", True, 1),
    "what does not apply is dropped": ("not-applicable done", "done", "done", False, 0),
    "nothing applies": ("not-applicable not-applicable", "", "", False, 0),
}


@pytest.mark.parametrize(("levels", "lower", "upper", "plus", "unknown"), WEAKEST.values(), ids=WEAKEST)
def test_weakest_link(levels: str, lower: str, upper: str, plus: bool, unknown: int) -> None:
    result = weakest_link(levels.split(), LADDER)
    assert (result.lower, result.upper, result.plus, result.unknown) == (lower, upper, plus, unknown)
    assert result.settled == (bool(lower) and lower == upper)


def test_a_profile_has_no_aggregate() -> None:
    result = profile(["done", "not-observed", "said", "not-applicable"], LADDER)
    assert (result.lower, result.upper, result.settled) == ("", "", False)
    assert (result.known, result.unknown) == (("done", "said"), 1)


def test_an_unknown_method_is_named() -> None:
    with pytest.raises(MeasuresError, match="got 'mean'"):
        aggregate("mean", ["done"], LADDER)
    with pytest.raises(MeasuresError, match="ladder"):
        weakest_link(["done"], ())


# Answers to the attributes of said (1), done (2) and lasting (3), and the level that holds.
GATES = {
    "level 1 yes, 2 partial, 3 yes gives 1": ("yes", "yes unknown", "yes yes yes", "said"),
    "level 1 yes, 2 no information, 3 yes gives 1": ("yes", "unknown unknown", "yes yes yes", "said"),
    "level 1 no gives none, whatever holds above": ("no", "yes yes", "yes yes yes", "none"),
    "all up to 2": ("yes", "yes yes", "yes yes no", "done"),
    "all": ("yes", "yes yes", "yes yes yes", "lasting"),
}


@pytest.mark.parametrize(("one", "two", "three", "level"), GATES.values(), ids=GATES)
def test_a_level_holds_only_on_those_below_it(one: str, two: str, three: str, level: str) -> None:
    criterion = rubric("law").criteria[0]
    attributes = [attribute.id for step in criterion.steps for attribute in step.attributes]
    answers = dict(zip(attributes, f"{one} {two} {three}".split(), strict=True))
    assert gate(criterion, answers) == level


def test_an_attribute_without_an_answer_is_not_yes() -> None:
    assert gate(rubric("law").criteria[0], {"law-done-1": "yes"}) == "none"


def test_roll_up_of_many_milestones() -> None:
    levels = pd.DataFrame(
        [("M-01", "2021Q1", 2), ("M-01", "2021Q1", 1), ("M-02", "2021Q1", 3), ("M-02", "2021Q1", -1),
         ("M-02", "2021Q2", -1)],
        columns=["milestone", "period", "code"],
    )  # fmt: skip
    found = roll_up(levels, top=3)
    assert found.to_dict("index") == {
        ("M-01", "2021Q1"): {"lower": 1, "upper": 1, "unknown": 0},
        ("M-02", "2021Q1"): {"lower": 0, "upper": 3, "unknown": 1},
        ("M-02", "2021Q2"): {"lower": 0, "upper": 3, "unknown": 1},
    }


def test_roll_up_takes_categories_texts_and_numbers_alike() -> None:
    plain = pd.DataFrame({"milestone": [7, 7, 3], "period": [1, 2, 1], "code": [1, -1, 2]})
    texts = plain.assign(milestone=plain["milestone"].astype("str"), period=plain["period"].astype("str"))
    ordered = texts.astype({"milestone": "category", "period": "category"})
    expected = {(3, 1): (2, 2, 0), (7, 1): (1, 1, 0), (7, 2): (0, 5, 1)}
    for frame in (plain, texts, ordered):
        found = roll_up(frame, top=5)
        assert {
            (int(m), int(p)): tuple(row) for (m, p), row in zip(found.index, found.to_numpy(), strict=True)
        } == (expected)


def test_roll_up_of_nothing_is_empty() -> None:
    found = roll_up(pd.DataFrame({"milestone": pd.Series(dtype="str"), "period": pd.Series(dtype="str"),
                                  "code": pd.Series(dtype="int64")}), top=5)  # fmt: skip
    assert (len(found), list(found.columns)) == (0, ["lower", "upper", "unknown"])


def test_roll_up_of_few_rows_among_many_milestones_and_quarters() -> None:
    many = [f"M{number}" for number in range(3_000)]
    frame = pd.DataFrame({
        "milestone": pd.Categorical(["M2999", "M0"], categories=many),
        "period": pd.Categorical(["M5", "M5"], categories=many),
        "code": [1, 2],
    })  # fmt: skip
    assert roll_up(frame, top=5)["lower"].to_dict() == {("M0", "M5"): 2, ("M2999", "M5"): 1}
