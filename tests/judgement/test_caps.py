"""A milestone stands no higher than what it depends on. Ladder: none < said < done < lasting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.judgement import Capping, Result, Rule, capped, sensitivity, weakest_link
from measures.judgement.caps import apply_caps, under_caps
from measures.records.plan import Milestone
from measures.rubric.model import Cap, Rubric
from tests.judgement.tables import World, milestone, rubric

LADDER = ("none", "said", "done", "lasting")
REASON = {"en": "It rests on the other."}

# result, where the other stands, result with the cap; a range is "low..high", "+" is PEFA's plus
CAPPED = {
    "above the other: lowered to it": ("lasting", "said", "said"),
    "as high as the other: untouched": ("done", "done", "done"),
    "below the other: untouched": ("said", "lasting", "said"),
    "untouched, a plus stays": ("said+", "said", "said+"),
    "lowered, the plus goes": ("done+", "said", "said"),
    "the other is a range reaching below": ("done", "none..done", "none..done"),
    "the other is a range altogether below": ("lasting", "none..said", "none..said"),
    "a range is cut at its upper end": ("none..lasting", "done", "none..done"),
    "a range above the other closes": ("done..lasting", "said", "said"),
    "two ranges": ("said..lasting", "none..done", "none..done"),
    "the other has no result": ("done", "..", None),
    "the other has levels that this one lacks": ("done", "C+", None),
    "this one has no result to lower": ("..", "said", ".."),
}


def standing(text: str) -> Result:
    """A result from ``said``, ``said+`` or ``none..done``; ``..`` is none."""
    lower, _, upper = text.rstrip("+").partition("..")
    known = (lower,) if lower else ()
    return Result("weakest-link", lower, upper or lower, text.endswith("+"), 0, known, LADDER)


@pytest.mark.parametrize(("before", "other", "after"), CAPPED.values(), ids=CAPPED)
def test_a_result_is_no_higher_than_what_caps_it(before: str, other: str, after: str | None) -> None:
    by = standing(other)
    found = capped(standing(before), by.lower, by.upper)
    expected = standing(after) if after else None
    if expected is not None:
        expected = replace(expected, known=standing(before).known)
    assert found == expected


class Plan:
    """Milestones written as ``name result: what it depends on``, scored with one rubric that caps itself."""

    def __init__(self, text: str, *, criterion: str = "", capping: str = "small") -> None:
        self.results: dict[str, Result] = {}
        self.milestones: dict[str, Milestone] = {}
        for line in filter(None, map(str.strip, text.split("|"))):
            head, _, others = line.partition(":")
            name, at = head.split()
            self.results[name] = standing(at)
            self.milestones[name] = milestone(name, depends_on=tuple(others.split()))
        small = replace(rubric("law", "deed"), caps=(Cap(capping, criterion, REASON),))
        self.rubrics: dict[str, Rubric] = dict.fromkeys(self.results, small)

    def apply(
        self, levels: Mapping[tuple[str, str], tuple[str, str]] | None = None
    ) -> tuple[dict[str, Result], dict[str, tuple[Capping, ...]]]:
        """Results with caps, and what each cap did; ``levels`` of criteria by milestone and criterion."""
        known = levels or {}
        return apply_caps(self.results, self.milestones, self.rubrics, lambda m, c: known[m, c])


def words(results: Mapping[str, Result]) -> dict[str, str]:
    return {
        name: f"{found.lower}..{found.upper}" if found.lower != found.upper else found.lower
        for name, found in results.items()
    }


PLANS = {
    "one above the other": ("A said | B lasting: A", {"A": "said", "B": "said"}),
    "written before what it depends on": ("B lasting: A | A said", {"A": "said", "B": "said"}),
    "a chain holds from end to end": (
        "D lasting: C | C lasting: B | B done: A | A none",
        {"A": "none", "B": "none", "C": "none", "D": "none"},
    ),
    "the lowest of several holds": (
        "C lasting: A B | A done | B said",
        {"A": "done", "B": "said", "C": "said"},
    ),
    "unknown below is unknown above": ("B lasting: A | A none..done", {"A": "none..done", "B": "none..done"}),
    "what is not planned yet caps nothing": ("B lasting: A", {"B": "lasting"}),
    "what does not apply caps nothing": ("B lasting: A | A ..", {"A": "", "B": "lasting"}),
}


@pytest.mark.parametrize(("plan", "expected"), PLANS.values(), ids=PLANS)
def test_caps_of_a_plan(plan: str, expected: dict[str, str]) -> None:
    results, _ = Plan(plan).apply()
    assert words(results) == expected


STATES = {
    "lowers": ("B lasting: A | A said", "small", ("lowers", "A", "said", "said", "lasting")),
    "holds": ("B said: A | A done", "small", ("holds", "A", "done", "done", "said")),
    "not planned": ("B done", "small", ("not-planned", "", "", "", "done")),
    "planned, but with another rubric": ("B done: A | A said", "stock", ("not-planned", "", "", "", "done")),
    "not comparable": ("B done: A | A ..", "small", ("not-comparable", "A", "", "", "done")),
}


@pytest.mark.parametrize(("plan", "by", "expected"), STATES.values(), ids=STATES)
def test_what_a_cap_did_is_told(plan: str, by: str, expected: tuple[str, ...]) -> None:
    _, caps = Plan(plan, capping=by).apply()
    (cap,) = caps["B"]
    assert (cap.state, cap.milestone, cap.lower, cap.upper, cap.before.lower) == expected
    assert (cap.rubric, cap.criterion, cap.reason) == (by, "", REASON)


def test_each_of_several_caps_is_told_with_what_the_one_before_left() -> None:
    _, caps = Plan("C lasting: A B | A done | B said").apply()
    assert [(cap.milestone, cap.state, cap.before.upper) for cap in caps["C"]] == [
        ("A", "lowers", "lasting"),
        ("B", "lowers", "done"),
    ]


CRITERION = {
    "one criterion caps, not the whole result": (("done", "done"), "done"),
    "that criterion is not known": (("none", "lasting"), "none..lasting"),
    "that criterion does not apply": (("", ""), "lasting"),
}


@pytest.mark.parametrize(("level", "expected"), CRITERION.values(), ids=CRITERION)
def test_a_single_criterion_may_cap(level: tuple[str, str], expected: str) -> None:
    results, _ = Plan("B lasting: A | A none", criterion="deed").apply({("A", "deed"): level})
    assert words(results) == {"A": "none", "B": expected}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Up to six milestones, each depending on some of those before it; some ranges, some without result."""
    lines = []
    for number in range(draw(st.integers(1, 6))):
        low = draw(st.integers(0, 3))
        high = draw(st.integers(low, 3))
        at = draw(st.sampled_from((f"{LADDER[low]}..{LADDER[high]}", LADDER[low], LADDER[high] + "+", "..")))
        others = [f"M{other}" for other in range(number) if draw(st.booleans())]
        lines.append(f"M{number} {at}: {' '.join(draw(st.permutations(others)))}")
    return Plan(" | ".join(draw(st.permutations(lines))))


def rungs(result: Result) -> tuple[int, int]:
    return LADDER.index(result.lower), LADDER.index(result.upper)


@settings(deadline=None)
@given(plans())
def test_caps_never_raise_and_lower_no_more_than_they_must(plan: Plan) -> None:
    results, _ = plan.apply()
    for name, before in plan.results.items():
        if not before.lower:
            assert results[name] == before
            continue
        others = [results[other] for other in plan.milestones[name].depends_on if results[other].lower]
        ends = [rungs(found) for found in (before, *others)]
        assert rungs(results[name]) == (min(low for low, _ in ends), min(high for _, high in ends))


@settings(deadline=None)
@given(plans())
def test_a_chain_of_caps_holds_from_end_to_end(plan: Plan) -> None:
    results, _ = plan.apply()

    def below(name: str) -> set[str]:
        direct = {other for other in plan.milestones[name].depends_on if results[other].lower}
        return direct.union(*map(below, direct))

    for name, found in results.items():
        for other in below(name) if found.lower else ():
            assert rungs(found)[0] <= rungs(results[other])[0]
            assert rungs(found)[1] <= rungs(results[other])[1]


@settings(deadline=None)
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_milestones_plays_no_part(plan: Plan, chance: Random) -> None:
    expected, _ = plan.apply()
    names = list(plan.results)
    chance.shuffle(names)
    plan.results = {name: plan.results[name] for name in names}
    plan.milestones = {
        name: replace(found, depends_on=found.depends_on[::-1]) for name, found in plan.milestones.items()
    }
    assert plan.apply()[0] == expected


@settings(deadline=None)
@given(st.lists(st.sampled_from(LADDER), min_size=1, max_size=3), st.sampled_from(LADDER))
def test_a_cap_on_the_result_is_a_cap_on_every_completion(levels: list[str], other: str) -> None:
    asked = [*levels, "not-observed"]
    found = capped(weakest_link(asked, LADDER), other, other)
    completed = [capped(weakest_link([*levels, last], LADDER), other, other) for last in LADDER]
    assert found is not None
    ends = sorted(LADDER.index(done.lower) for done in completed if done is not None)
    assert rungs(found) == (ends[0], ends[-1])


# Where A stands, the steps of B (law at done, deed at lasting) that change B's result
TIPPING = {
    "the cap is far above: down, up, and the plus": (
        "lasting", [("law", "said"), ("law", "lasting"), ("deed", "done")]),
    "the cap is as high: no step up is left": ("done", [("law", "said"), ("deed", "done")]),
    "the cap holds it at said: no step changes it": ("said", []),
}  # fmt: skip


@pytest.mark.parametrize(("at", "steps"), TIPPING.values(), ids=TIPPING)
def test_a_step_that_a_cap_swallows_is_not_listed(at: str, steps: list[tuple[str, str]]) -> None:
    plain = rubric("law", "deed")
    world = World(
        f"""id milestone criterion score
            A1 M-01 law {at} | A2 M-01 deed {at} | A3 M-02 law done | A4 M-02 deed lasting""",
        moderations=f"""id milestone criterion settled
            S1 M-01 law {at} | S2 M-01 deed {at} | S3 M-02 law done | S4 M-02 deed lasting""",
        milestones=(milestone("M-01"), milestone("M-02", depends_on=("M-01",))),
        rubrics=(replace(plain, caps=(Cap("small", "", REASON),)),),
    )
    quarter = world.judge()
    assert quarter.results["M-02"].upper == ("done" if at == "lasting" else at)
    names = [criterion.id for criterion in plain.criteria]
    assert [(names[step.position], step.to) for step in quarter.tipping["M-02"]] == steps


def test_what_a_step_would_give_is_told_with_the_cap() -> None:
    results, caps = Plan("B lasting: A | A said..lasting").apply()
    steps = sensitivity(("lasting", "lasting"), Rule("weakest-link", LADDER))
    left = under_caps(steps, results["B"], caps["B"])
    assert [(step.position, step.to, *words({"": step.result}).values()) for step in left] == [
        (0, "done", "said..done"),
        (1, "done", "said..done"),
    ]
