"""What holds for any criterion, any criteria and any method: properties of gating and aggregation."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.judgement import (
    Result,
    Rule,
    Tipping,
    aggregate_frame,
    gate,
    roll_up,
    sensitivity,
    weakest_link,
)
from measures.rubric import Criterion, EvidenceRule, Step
from measures.rubric.model import AGGREGATIONS, Attribute
from tests.judgement.test_pefa import pefa_m2

LADDER = ("none", "said", "done", "lasting")
PEFA = pefa_m2()
NOT_KNOWN = ("not-observed", "insufficient-evidence", "withheld", "no-entry")
Case = tuple[Rule, list[str]]

pure = settings(deadline=None)


def one_of(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Criterion, dict[str, str]]:
    """A criterion of five levels above none, and answers to some of its attributes."""
    steps = [Step("none", {}, (), "none", EvidenceRule())]
    for level in "12345":
        names = [f"{level}-{number}" for number in range(draw(st.integers(1, 3)))]
        steps.append(Step(level, {}, tuple(Attribute(name, {}) for name in names), "none", EvidenceRule()))
    criterion = Criterion("any", {}, "de-jure", {}, tuple(steps))
    names = [attribute.id for step in steps for attribute in step.attributes]
    words = one_of("yes", "yes", "yes", "no", "unknown", "")
    given_ = {name: draw(words) for name in names}
    return criterion, {name: word for name, word in given_.items() if word}


def height(criterion: Criterion, level: str) -> int:
    return [step.level for step in criterion.steps].index(level)


@pure
@given(answered(), st.data())
def test_making_an_attribute_true_never_lowers_the_level(
    given_: tuple[Criterion, dict[str, str]], data: st.DataObject
) -> None:
    criterion, before = given_
    name = data.draw(one_of(*(attribute.id for step in criterion.steps for attribute in step.attributes)))
    after = {**before, name: "yes"}
    assert height(criterion, gate(criterion, after)) >= height(criterion, gate(criterion, before))


@pure
@given(answered())
def test_a_level_holds_when_all_up_to_it_is_true_and_the_next_is_not(
    given_: tuple[Criterion, dict[str, str]],
) -> None:
    criterion, answers = given_
    true = [all(answers.get(a.id) == "yes" for a in step.attributes) for step in criterion.steps]
    at = height(criterion, gate(criterion, answers))
    assert all(true[: at + 1])
    assert not all(true[: at + 2]) or at == 5
    assert criterion.gate([name for name, word in answers.items() if word == "yes"]) == gate(
        criterion, answers
    )


@st.composite
def rules(draw: st.DrawFn, size: int) -> Rule:
    """A rule of any method for so many criteria."""
    method = draw(one_of(*AGGREGATIONS))
    flags = draw(st.lists(st.booleans(), min_size=size, max_size=size).filter(any))
    if method == "table":
        return Rule("table", PEFA.levels, table=PEFA)
    return Rule(method, LADDER, tuple(flags) if method == "gate" else ())


def words_for(rule: Rule) -> st.SearchStrategy[str]:
    """Levels of a rule, rather more often than what stands in their place."""
    return one_of(*rule.ladder, *rule.ladder, *NOT_KNOWN, "not-applicable")


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A rule, and a word for each of one to four criteria."""
    size = draw(st.integers(1, 4))
    rule = draw(rules(size))
    return rule, draw(st.lists(words_for(rule), min_size=size, max_size=size))


def ends(result: Result) -> tuple[int, int]:
    """Places of both ends on the scale of results, -1 where there is none."""
    lower, upper = (result.scale.index(end) if end else -1 for end in (result.lower, result.upper))
    return lower, upper


def filled(rule: Rule, levels: Sequence[str], *choices: str) -> Iterator[list[str]]:
    """Every way to put one of ``choices`` in the place of what is not known."""
    options = [choices if level in NOT_KNOWN else (level,) for level in levels]
    return (list(chosen) for chosen in itertools.product(*options))


def holds(rule: Rule, level: str, levels: Sequence[str]) -> bool:
    """Whether a level holds by the definition of a rule (method, section 6)."""
    least = LADDER.index(level)
    rungs = [LADDER.index(one) for one in levels]
    if rule.method == "weakest-link":
        return all(rung >= least for rung in rungs)
    if rule.method == "median":
        return 2 * sum(rung >= least for rung in rungs) > len(rungs)
    needed = [least if decides else least - 1 for decides in rule.essential]
    return all(rung >= enough for rung, enough in zip(rungs, needed, strict=True))


@pure
@given(cases(), st.data())
def test_a_result_is_the_highest_level_that_holds_by_definition(case: Case, data: st.DataObject) -> None:
    rule, levels = case
    if rule.method in ("table", "profile"):
        return
    known = [level if level in LADDER else data.draw(one_of(*LADDER)) for level in levels]
    assert rule(known).lower == rule(known).upper == [one for one in LADDER if holds(rule, one, known)][-1]


@pure
@given(cases())
def test_a_range_holds_every_completion_and_both_its_ends_are_reached(case: Case) -> None:
    rule, levels = case
    reached = [rule(chosen) for chosen in filled(rule, levels, *rule.ladder)]
    assert all(one.unknown == 0 and one.lower == one.upper for one in reached)
    places = [ends(one)[0] for one in reached]
    assert ends(rule(levels)) == (min(places), max(places))


@pure
@given(cases())
def test_a_plus_is_given_when_every_completion_has_it(case: Case) -> None:
    rule, levels = case
    result = rule(levels)
    if result.settled:
        assert result.plus == all(rule(chosen).plus for chosen in filled(rule, levels, *rule.ladder))
    else:
        assert not result.plus


@pure
@given(cases())
def test_a_result_lies_between_all_at_the_worst_and_all_at_the_best(case: Case) -> None:
    rule, levels = case
    lowest, highest = (next(filled(rule, levels, end)) for end in (rule.ladder[0], rule.ladder[-1]))
    worst = min((level for level in lowest if level in rule.ladder), key=rule.ladder.index, default="")
    best = max((level for level in highest if level in rule.ladder), key=rule.ladder.index, default="")
    low, high = ends(rule(levels))
    assert ends(rule([worst if level in rule.ladder else level for level in lowest]))[0] <= low
    assert high <= ends(rule([best if level in rule.ladder else level for level in highest]))[1]
    if rule.method not in ("table", "profile") and worst:
        assert rule.ladder.index(worst) <= low <= high <= rule.ladder.index(best)


@pure
@given(cases(), st.data())
def test_a_higher_criterion_never_lowers_a_result(case: Case, data: st.DataObject) -> None:
    rule, levels = case
    known = [place for place, level in enumerate(levels) if level in rule.ladder]
    if not known:
        return
    place = data.draw(st.sampled_from(known))
    above = rule.ladder[rule.ladder.index(levels[place]) :]
    higher = [*levels[:place], data.draw(st.sampled_from(above)), *levels[place + 1 :]]
    before, after = ends(rule(levels)), ends(rule(higher))
    assert after[0] >= before[0]
    assert after[1] >= before[1]


@pure
@given(cases(), st.data())
def test_the_order_of_criteria_plays_no_part(case: Case, data: st.DataObject) -> None:
    rule, levels = case
    order = data.draw(st.permutations(range(len(levels))))
    moved = replace(rule, essential=tuple(rule.essential[place] for place in order if rule.essential))
    before, after = rule(levels), moved([levels[place] for place in order])
    assert (before.lower, before.upper, before.plus, before.unknown) == (
        after.lower, after.upper, after.plus, after.unknown)  # fmt: skip


@pure
@given(cases(), st.data())
def test_what_does_not_apply_is_as_if_it_were_not_there(case: Case, data: st.DataObject) -> None:
    rule, levels = case
    place = data.draw(st.integers(0, len(levels)))
    flags = [*rule.essential[:place], data.draw(st.booleans()), *rule.essential[place:]]
    wider = replace(rule, essential=tuple(flags) if rule.essential else ())
    assert wider([*levels[:place], "not-applicable", *levels[place:]]) == rule(levels)


@pure
@given(cases())
def test_sensitivity_lists_exactly_the_single_steps_that_change_the_result(case: Case) -> None:
    rule, levels = case
    now = rule(levels)
    expected = []
    for place, other in itertools.product(range(len(levels)), rule.ladder):
        if levels[place] in rule.ladder:
            then = rule([*levels[:place], other, *levels[place + 1 :]])
            apart = abs(rule.ladder.index(other) - rule.ladder.index(levels[place]))
            if apart == 1 and (ends(then), then.plus) != (ends(now), now.plus):
                expected.append(Tipping(place, other, then))
    assert list(sensitivity(levels, rule)) == expected


@st.composite
def frames(draw: st.DrawFn) -> tuple[Rule, pd.DataFrame]:
    """A rule, and rows of several milestones and quarters mixed, each with as many criteria."""
    size = draw(st.integers(1, 4))
    rule = draw(rules(size))
    keys = draw(st.lists(st.tuples(one_of("M-01", "M-02", "M-03"), one_of("2021Q1", "2021Q2")), unique=True))
    rows = draw(st.permutations([key for key in keys for _ in range(size)]))
    found = [(*key, draw(words_for(rule))) for key in rows]
    return rule, pd.DataFrame(found, columns=["milestone", "period", "level"], dtype="str")


@pure
@given(frames())
def test_a_frame_of_results_holds_what_the_rule_gives_of_each_group(
    given_: tuple[Rule, pd.DataFrame],
) -> None:
    rule, frame_ = given_
    expected = {}
    for key, group in frame_.groupby(["milestone", "period"], sort=False):
        result = rule(list(group["level"]))
        expected[key] = [result.lower, result.upper, result.plus, result.unknown]
    found = aggregate_frame(frame_, rule)
    assert list(found.index) == list(expected)
    assert found.to_numpy().tolist() == list(expected.values())


@pure
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(-1, 3)), max_size=40))
def test_roll_up_is_the_weakest_link_of_each(rows: list[tuple[int, int, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["milestone", "period", "code"]).astype("int64")
    expected = {}
    for key, group in frame.groupby(["milestone", "period"]):
        result = weakest_link(
            [LADDER[code] if code >= 0 else "not-observed" for code in group["code"]], LADDER
        )
        expected[key] = [LADDER.index(result.lower), LADDER.index(result.upper), result.unknown]
    found = roll_up(frame, top=3)
    assert dict(zip(found.index, found.to_numpy().tolist(), strict=True)) == expected
