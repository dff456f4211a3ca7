"""From criteria to a milestone. Ladder of the examples: none < said < done < lasting."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from measures.errors import MeasuresError
from measures.judgement import (
    Result,
    Rule,
    aggregate,
    aggregate_frame,
    by_gate,
    by_table,
    gate,
    lower_median,
    profile,
    roll_up,
    sensitivity,
    weakest_link,
)
from measures.rubric import Criterion, EvidenceRule, Step, Table
from measures.rubric.model import Attribute
from tests.judgement.tables import rubric
from tests.judgement.test_pefa import pefa_m2

LADDER = ("none", "said", "done", "lasting")
NOT_KNOWN = ("not-observed", "insufficient-evidence", "withheld", "no-entry", "")


@pytest.fixture(scope="module")
def table() -> Table:
    return pefa_m2()


# criteria, lower, upper, plus, not known
WEAKEST = {
    "all the same": ("done done", "done", "done", False, 0),
    "one is higher": ("said done", "said", "said", True, 0),
    "one criterion alone": ("done", "done", "done", False, 0),
    "not observed is a range up to the lowest known": ("done not-observed", "none", "done", False, 1),
    "insufficient evidence is a range too": ("insufficient-evidence said lasting", "none", "said", False, 1),
    "no entry is a range too": ("no-entry done", "none", "done", False, 1),
    "withheld is a range too": ("withheld done", "none", "done", False, 1),
    "nothing known at all": ("not-observed no-entry", "none", "lasting", False, 2),
    "the lowest level is the lowest whatever is unknown": ("none not-observed done", "none", "none", True, 1),
    "at the lowest, what is unknown makes no plus": ("none not-observed", "none", "none", False, 1),
    "what does not apply is dropped": ("not-applicable done", "done", "done", False, 0),
    "what does not apply makes no plus": ("not-applicable done done", "done", "done", False, 0),
    "nothing applies": ("not-applicable not-applicable", "", "", False, 0),
}


@pytest.mark.parametrize(("levels", "lower", "upper", "plus", "unknown"), WEAKEST.values(), ids=WEAKEST)
def test_weakest_link(levels: str, lower: str, upper: str, plus: bool, unknown: int) -> None:
    result = weakest_link(levels.split(), LADDER)
    assert (result.lower, result.upper, result.plus, result.unknown) == (lower, upper, plus, unknown)
    assert result.settled == (bool(lower) and lower == upper)


MEDIAN = {
    "one criterion alone": ("done", "done", "done"),
    "three: the middle one": ("none done lasting", "done", "done"),
    "two: the lower": ("said lasting", "said", "said"),
    "four: the lower of the middle ones": ("none said done lasting", "said", "said"),
    "order plays no part": ("lasting none done", "done", "done"),
    "unknown at its lowest and at its highest": ("none done not-observed", "none", "done"),
    "unknown that cannot matter": ("done done not-observed", "done", "done"),
    "what does not apply leaves the middle of the rest": ("none done lasting not-applicable", "done", "done"),
    "nothing applies": ("not-applicable", "", ""),
}


@pytest.mark.parametrize(("levels", "lower", "upper"), MEDIAN.values(), ids=MEDIAN)
def test_lower_median(levels: str, lower: str, upper: str) -> None:
    assert span(lower_median(levels.split(), LADDER)) == (lower, upper)


# An essential criterion is marked with !
ESSENTIALS = {
    "the rest may be one below": ("done! said", "done", "done"),
    "the rest is two below": ("lasting! said", "done", "done"),
    "the essential one decides however high the rest": ("said! lasting lasting", "said", "said"),
    "the lowest of two essentials": ("said! lasting! lasting", "said", "said"),
    "essential none is none": ("none! lasting", "none", "none"),
    "a rest at none allows the first level": ("lasting! none", "said", "said"),
    "a rest not known": ("done! not-observed", "said", "done"),
    "an essential not known": ("not-observed! done", "none", "lasting"),
    "a rest that does not apply": ("done! not-applicable", "done", "done"),
    "no essential one applies: all that apply decide": ("not-applicable! said lasting", "said", "said"),
    "nothing applies": ("not-applicable! not-applicable", "", ""),
}


def marked(text: str) -> tuple[list[str], list[bool]]:
    words = text.split()
    return [word.rstrip("!") for word in words], [word.endswith("!") for word in words]


@pytest.mark.parametrize(("levels", "lower", "upper"), ESSENTIALS.values(), ids=ESSENTIALS)
def test_gate_of_essential_criteria(levels: str, lower: str, upper: str) -> None:
    given, essential = marked(levels)
    assert span(by_gate(given, LADDER, essential)) == (lower, upper)
    assert by_gate(given, LADDER, essential) == aggregate("gate", given, LADDER, essential=essential)


def test_a_profile_has_no_aggregate() -> None:
    result = profile(["done", "not-observed", "said", "not-applicable"], LADDER)
    assert (result.lower, result.upper, result.settled) == ("", "", False)
    assert (result.known, result.unknown) == (("done", "said"), 1)


def span(result: Result) -> tuple[str, str]:
    return result.lower, result.upper


REFUSED = {
    "a mean": (lambda: aggregate("mean", ["done"], LADDER), "got 'mean'"),
    "a table method without a table": (lambda: aggregate("table", ["done"], LADDER), "without its table"),
    "a ladder without levels": (lambda: weakest_link(["done"], ()), "ladder"),
    "a gate without an essential": (
        lambda: by_gate(["done", "said"], LADDER, [False, False]),
        "2 flags with at least one",
    ),
    "a gate with too few flags": (lambda: by_gate(["done", "said"], LADDER, [True]), "got 1"),
    "a slip of the pen": (lambda: weakest_link(["done", "lastign"], LADDER), "got 'lastign'"),
    "another scale's not applicable": (lambda: by_table(["NA", "B", "A"], pefa_m2()), "got 'NA'"),
    "another scale's no information": (lambda: by_table(["D*", "B", "A"], pefa_m2()), r"got 'D\*'"),
    "two levels in one, on a ladder written as one text": (lambda: weakest_link(["DC"], "DCBA"), "got 'DC'"),
    "more criteria than the table has": (lambda: by_table(list("AAAAA"), pefa_m2()), "2, 3 or 4 criteria"),
}


@pytest.mark.parametrize(("call", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_aggregated_is_refused(call: object, message: str) -> None:
    assert callable(call)
    with pytest.raises(MeasuresError, match=message):
        call()


def test_a_slip_of_the_pen_is_told_with_what_was_meant() -> None:
    with pytest.raises(MeasuresError) as refused:
        weakest_link(["lastign"], LADDER)
    assert "'lasting'" in refused.value.remedy


@pytest.mark.parametrize("method", ["weakest-link", "median", "profile"])
@pytest.mark.parametrize("word", NOT_KNOWN)
def test_every_way_of_not_knowing_is_counted_alike(method: str, word: str) -> None:
    found = aggregate(method, ["A", word], "DCBA")
    assert (found.unknown, found.known) == (1, ("A",))
    assert span(found) == (("", "") if method == "profile" else ("D", "A"))


# --- gating of attributes ---------------------------------------------------------------------


def five_levels(sizes: Iterable[int]) -> Criterion:
    """A criterion with so many attributes at each of the levels 1 to 5, above ``none``."""
    steps = [Step("none", {}, (), "none", EvidenceRule())]
    for level, size in enumerate(sizes, start=1):
        attributes = tuple(Attribute(f"{level}-{number}", {}) for number in range(size))
        steps.append(Step(str(level), {}, attributes, "none", EvidenceRule()))
    return Criterion("spar", {}, "de-facto", {}, tuple(steps))


# Answers to the attributes of the levels 1 to 5, and the level that holds (WHO SPAR, annex 2).
GATES = {
    "level 1 yes, 2 partial, 3 to 5 yes gives 1": ("yes | yes no | yes yes | yes | yes", "1"),
    "level 1 yes, 2 no information, 3 to 5 yes gives 1": ("yes | - - | yes yes | yes | yes", "1"),
    "level 1 yes, 2 unknown in part, 3 to 5 yes gives 1": ("yes | yes unknown | yes yes | yes | yes", "1"),
    "level 1 no gives none, whatever holds above": ("no | yes yes | yes yes | yes | yes", "none"),
    "all up to 3": ("yes | yes yes | yes yes | no | yes", "3"),
    "all up to 4": ("yes | yes yes | yes yes | yes | no", "4"),
    "all": ("yes | yes yes | yes yes | yes | yes", "5"),
    "nothing answered": ("- | - - | - - | - | -", "none"),
}


@pytest.mark.parametrize(("answers", "level"), GATES.values(), ids=GATES)
def test_a_level_holds_only_on_those_below_it(answers: str, level: str) -> None:
    given = [part.split() for part in answers.split("|")]
    criterion = five_levels(map(len, given))
    names = [attribute.id for step in criterion.steps for attribute in step.attributes]
    said = {name: word for name, word in zip(names, itertools.chain(*given), strict=True) if word != "-"}
    assert gate(criterion, said) == level
    assert criterion.gate([name for name, word in said.items() if word == "yes"]) == level


# --- rules, and what would tip them --------------------------------------------------------------


def test_the_rule_of_a_rubric_is_the_one_it_declares(table: Table) -> None:
    plain = rubric("law", "deed")
    law, deed = plain.criteria
    essential = replace(plain, aggregation="gate", criteria=(replace(law, essential=True), deed))
    pefa = replace(plain, aggregation="table", table=table, levels=table.results[::2])
    assert Rule.of(plain)(["done", "lasting"]) == weakest_link(["done", "lasting"], LADDER)
    assert Rule.of(essential)(["lasting", "done"]).lower == "lasting"
    assert Rule.of(essential)(["done", "lasting"]).lower == "done"
    assert Rule.of(replace(plain, aggregation="median"))(["done", "lasting"]).method == "median"
    assert Rule.of(replace(plain, aggregation="profile"))(["done", "lasting"]).lower == ""
    assert Rule.of(pefa)(["D", "A"]).lower == "C+"
    assert Rule.of(pefa).ladder == table.levels


LINK, MEDIAN_RULE = Rule("weakest-link", LADDER), Rule("median", LADDER)
ESSENTIAL = Rule("gate", LADDER, (True, False))

# rule, levels, the steps that change the result: place, level moved to, result; + is PEFA M1's plus
STEPS = {
    "the lowest one, down and up": (LINK, "said lasting", "0 none none+ | 0 done done+"),
    "two at the lowest: only down": (
        LINK,
        "said said",
        "0 none none+ | 0 done said+ | 1 none none+ | 1 done said+",
    ),
    "the plus goes": (LINK, "said done", "0 none none+ | 0 done done | 1 said said"),
    "a range moves at its upper end": (
        LINK,
        "done not-observed",
        "0 said none..said | 0 lasting none..lasting",
    ),
    "at none there is no step down": (LINK, "none", "0 said said"),
    "at the top there is no step up": (LINK, "lasting", "0 done done"),
    "a firm middle": (MEDIAN_RULE, "done done done", ""),
    "a middle that hangs on one": (MEDIAN_RULE, "none said lasting", "1 none none | 1 done done"),
    "an essential one": (ESSENTIAL, "done done", "0 said said | 0 lasting lasting"),
    "a profile has no result to change": (Rule("profile", LADDER), "none lasting", ""),
    "what is not known or does not apply has no step": (
        LINK,
        "not-applicable no-entry none",
        "2 said none..said",
    ),
}


@pytest.mark.parametrize(("rule", "levels", "steps"), STEPS.values(), ids=STEPS)
def test_the_single_steps_that_change_a_result(rule: Rule, levels: str, steps: str) -> None:
    found = [f"{step.position} {step.to} {words(step.result)}" for step in sensitivity(levels.split(), rule)]
    assert found == [part.strip() for part in steps.split("|") if part]


def words(result: Result) -> str:
    text = result.lower if result.settled else f"{result.lower}..{result.upper}"
    return text + "+" * result.plus


def test_steps_of_a_table_are_those_of_its_levels(table: Table) -> None:
    steps = sensitivity(["D", "B", "A"], Rule("table", table.levels, table=table))
    assert [(step.position, step.to, words(step.result)) for step in steps] == [
        (1, "C", "C+"),
        (2, "B", "C+"),
    ]
    assert sensitivity(["D", "B", "A"], Rule("table", (), table=table)) == steps


# --- many at once -----------------------------------------------------------------------------


def test_a_frame_of_many_milestones() -> None:
    frame = pd.DataFrame(
        [("M-02", "2021Q1", "done"), ("M-01", "2021Q1", "said"), ("M-02", "2021Q1", "said"),
         ("M-01", "2021Q1", "lasting"), ("M-01", "2021Q2", "not-applicable"), ("M-01", "2021Q2", None)],
        columns=["milestone", "period", "level"],
    )  # fmt: skip
    found = aggregate_frame(frame, LINK)
    assert list(found.index.names) == ["milestone", "period"]
    assert [(*key, *row) for key, row in zip(found.index, found.to_numpy().tolist(), strict=True)] == [
        ("M-02", "2021Q1", "said", "said", True, 0),
        ("M-01", "2021Q1", "said", "said", True, 0),
        ("M-01", "2021Q2", "none", "lasting", False, 1),
    ]


def test_a_frame_grouped_by_columns_of_ones_own(table: Table) -> None:
    frame = pd.DataFrame({"indicator": ["PI-07", "PI-07"], "level": ["B", "C"]})
    found = aggregate_frame(frame, Rule("table", table.levels, table=table), by=["indicator"])
    assert found.loc[("PI-07",), "lower"] == "C+"


def test_a_frame_without_rows_gives_none() -> None:
    frame = pd.DataFrame({name: pd.Series(dtype="str") for name in ("milestone", "period", "level")})
    found = aggregate_frame(frame, LINK)
    assert (len(found), list(found.index.names)) == (0, ["milestone", "period"])
    filled = aggregate_frame(pd.DataFrame([("M", "Q", "done")], columns=frame.columns), LINK)
    assert found.dtypes.equals(filled.dtypes)


def test_a_frame_lacking_a_column_is_refused() -> None:
    with pytest.raises(MeasuresError, match="got no level"):
        aggregate_frame(pd.DataFrame({"milestone": ["M-01"], "period": ["2021Q1"]}), LINK)


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


@pytest.mark.parametrize("nothing", [None, float("nan"), ""], ids=["None", "NaN", "an empty text"])
def test_a_hole_is_no_entry_and_makes_a_range(nothing: Any) -> None:
    found = weakest_link(["B", nothing, "C"], "DCBA")
    assert (found.lower, found.upper, found.unknown, found.known) == ("D", "C", 1, ("B", "C"))
    assert lower_median(["B", nothing, "C"], "DCBA").unknown == 1
