"""What holds for any mission: properties, on small missions made at random."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from measures.judgement import support
from measures.judgement.movement import CAUSES
from measures.judgement.quarter import Quarter
from measures.judgement.support import _quarter
from measures.period import Period
from tests.judgement.tables import FIRST, LAST, PERIODS, World, frame, records, rubric

LADDER = ("none", "said", "done", "lasting")
NON_SCORES = ("not-observed", "insufficient-evidence", "not-applicable")
Record = dict[str, str]

few = settings(max_examples=50, deadline=None)
fewer = settings(max_examples=12, deadline=None)


def one_of(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


def items(count: int) -> st.SearchStrategy[list[Record]]:
    """``count`` items of three origins, of every kind and grade, from 2018 to the quarter itself.

    Every other one is such as carries a level, so that what is made stands near what a rule asks for.
    """
    sound = st.fixed_dictionaries({
        "kind": one_of("physical", "documentary"),
        "origin": one_of("order", "visitor", "minutes"),
        "reliability": one_of("A", "B"),
        "credibility": one_of("1", "2"),
        "first_hand": one_of("yes", "no"),
        "covers": one_of("2020-11", "2021-02"),
    })  # fmt: skip
    any_ = st.fixed_dictionaries({
        "kind": one_of("documentary", "physical", "testimonial", "analytical"),
        "origin": one_of("order", "visitor", "minutes"),
        "reliability": one_of(*"ABCDEF"),
        "credibility": one_of(*"123456"),
        "first_hand": one_of("yes", "no"),
        "covers": one_of("2018", "2020-05", "2020-11", "2020-09/2021-01", "2021-02"),
    })  # fmt: skip
    return st.lists(st.one_of(sound, any_), min_size=count, max_size=count).map(
        lambda found: [{"id": f"E{number}", **item} for number, item in enumerate(found)]
    )


def citation(name: str, assessment: str, item: str) -> st.SearchStrategy[Record]:
    """One citation of any bearing."""
    return st.fixed_dictionaries({
        "id": st.just(name), "assessment": st.just(assessment), "evidence": st.just(item),
        "bearing": one_of("supports", "supports", "supports", "contradicts"),
        "role": one_of("straw-in-the-wind", "hoop", "smoking-gun"),
        "shows": one_of(*LADDER, "done", "lasting"),
    })  # fmt: skip


@st.composite
def one_score(draw: st.DrawFn) -> World:
    """A mission with one assessment of 2021Q1 that cites up to six items."""
    evidence = draw(items(6))
    cited = [draw(citation(f"C{number}", "A1", f"E{number}")) for number in range(draw(st.integers(0, 6)))]
    return World(records(f"id score | A1 {draw(one_of(*LADDER, 'lasting'))}"), cited, evidence)


@st.composite
def missions(draw: st.DrawFn) -> World:
    """A mission of two criteria over eight quarters with several raters, corrections and moderation."""
    evidence = draw(items(5))
    scores: list[Record] = []
    cited: list[Record] = []
    for period, criterion in itertools.product(PERIODS, ("law", "deed")):
        for assessor in draw(st.lists(one_of("ADV-01", "ADV-02", "PAR-01"), max_size=2, unique=True)):
            name = f"A{len(scores)}"
            score = draw(one_of(*LADDER, *LADDER[1:], *NON_SCORES))
            scores.append({"id": name, "criterion": criterion, "period": period, "assessor": assessor,
                           "score": score, "supersedes": ""})  # fmt: skip
            for item in draw(st.lists(st.integers(0, 4), max_size=4, unique=True)):
                cited.append(draw(citation(f"C{len(cited)}", name, f"E{item}")))
            if draw(st.integers(0, 5)) == 0:
                scores.append({**scores[-1], "id": f"A{len(scores)}", "supersedes": name,
                               "score": draw(one_of(*LADDER))})  # fmt: skip
    settled = [
        f"S{number} {draw(one_of('law', 'deed'))} {period} {draw(one_of(*LADDER, *NON_SCORES))}"
        for number, period in enumerate(draw(st.lists(one_of(*PERIODS), max_size=3, unique=True)))
    ]
    moderations = "\n".join(["id criterion period settled", *settled])
    return World(scores, cited, evidence, moderations, rubrics=(rubric("law", "deed"),))


ONE_VOICE = World(
    records("id score | A1 lasting"),
    records("id assessment evidence shows | C0 A1 E0 lasting"),
    records("id kind origin first_hand | E0 physical order yes"),
)
"""One origin short of two levels: whatever counts twice what was said once shows here."""


def supported(world: World) -> pd.DataFrame:
    """What is supported, by itself."""
    frames = [frame(name, table(getattr(world, name))) for name in ("assessments", "citations", "evidence")]
    return support(frames[0], frames[1], frames[2], {"M-01": rubric()})


def rung(world: World) -> int:
    """The rung supported, -1 when none."""
    return int(supported(world)["supported"].cat.codes.loc["A1"])


def table(of: Sequence[Record] | str) -> list[Record]:
    assert not isinstance(of, str)
    return list(of)


@few
@example(ONE_VOICE, records("kind origin | testimonial order"), "said")
@given(one_score(), items(1), st.sampled_from(LADDER))
def test_more_support_never_lowers_what_is_supported(world: World, more: list[Record], shows: str) -> None:
    added = {**more[0], "id": "E9"}
    cited = {
        "id": "C9",
        "assessment": "A1",
        "evidence": "E9",
        "bearing": "supports",
        "role": "hoop",
        "shows": shows,
    }
    richer = world.but(evidence=[*table(world.evidence), added], citations=[*table(world.citations), cited])
    assert rung(richer) >= rung(world)


@few
@example(ONE_VOICE, records("kind origin | physical visitor"), "lasting", "hoop")
@given(one_score(), items(1), st.sampled_from(LADDER), one_of("straw-in-the-wind", "hoop", "smoking-gun"))
def test_a_contradiction_never_raises_it(world: World, more: list[Record], shows: str, role: str) -> None:
    against = {
        "id": "C9",
        "assessment": "A1",
        "evidence": "E9",
        "bearing": "contradicts",
        "role": role,
        "shows": shows,
    }
    doubted = world.but(
        evidence=[*table(world.evidence), {**more[0], "id": "E9"}],
        citations=[*table(world.citations), against],
    )
    assert rung(doubted) == rung(world) if role == "straw-in-the-wind" else rung(doubted) <= rung(world)


@few
@example(ONE_VOICE, 2, "ORDER  ")
@given(one_score(), st.integers(1, 3), one_of("order", " Order", "ORDER  "))
def test_reprints_of_one_item_change_nothing(world: World, copies: int, spelt: str) -> None:
    """Whoever printed it again, and however they spell who said it first."""
    cited = table(world.citations)
    if not cited:
        return
    reprinted = {item["id"]: item for item in table(world.evidence)}[cited[0]["evidence"]]
    origin = spelt if reprinted["origin"] == "order" else reprinted["origin"]
    copy = {**reprinted, "origin": origin, "publisher": "Another paper"}
    evidence = [*table(world.evidence), *({**copy, "id": f"R{n}"} for n in range(copies))]
    more = [*cited, *({**cited[0], "id": f"X{n}", "evidence": f"R{n}"} for n in range(copies))]
    pd.testing.assert_frame_equal(supported(world), supported(world.but(evidence=evidence, citations=more)))


@few
@given(one_score())
def test_testimony_alone_supports_nothing(world: World) -> None:
    spoken = [{**item, "kind": "testimonial"} for item in table(world.evidence)]
    assert rung(world.but(evidence=spoken)) == -1


@few
@given(one_score(), one_of("reliability", "credibility"))
def test_evidence_of_unknown_grade_supports_nothing(world: World, axis: str) -> None:
    unknown = [{**item, axis: "F" if axis == "reliability" else "6"} for item in table(world.evidence)]
    assert rung(world.but(evidence=unknown)) == -1


def said(quarter: Quarter) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, object, object, object]:
    """Everything a quarter concludes, supports and movements by name."""
    moves = quarter.moves.sort_values(list(quarter.moves.columns)).reset_index(drop=True)
    return (
        quarter.stands,
        quarter.supported.sort_index(),
        moves,
        quarter.results,
        quarter.demands,
        quarter.health,
    )


def same(one: Quarter, other: Quarter) -> None:
    for left, right in zip(said(one), said(other), strict=True):
        if isinstance(left, pd.DataFrame) and isinstance(right, pd.DataFrame):
            pd.testing.assert_frame_equal(left, right)
        else:
            assert left == right


@fewer
@given(missions(), st.integers(0, 9))
def test_the_order_of_rows_changes_nothing(world: World, seed: int) -> None:
    frames = world.frames
    shuffled = {name: frame.sample(frac=1, random_state=seed) for name, frame in frames.items()}
    same(world.judge("2021Q4", frames), world.judge("2021Q4", shuffled))


@fewer
@given(missions(), st.sampled_from(PERIODS))
def test_a_quarter_is_judged_by_what_was_scored_up_to_it(world: World, period: str) -> None:
    frames = world.frames
    until = {
        name: frame[frame["period"] <= period] if "period" in frame else frame
        for name, frame in frames.items()
    }
    then, later = world.judge(period, frames), world.judge("2021Q4", frames)
    same(then, world.judge(period, until))
    past = later.stands[later.stands["period"] <= period].reset_index(drop=True)
    pd.testing.assert_frame_equal(then.stands, past)
    assert said(then)[2].to_numpy().tolist() == (
        later.moves[later.moves["period"] <= period]
        .sort_values(list(later.moves.columns))
        .to_numpy()
        .tolist()
    )


@fewer
@given(missions())
def test_every_movement_has_exactly_one_cause_and_two_different_levels(world: World) -> None:
    quarter = world.judge("2021Q4")
    moves = quarter.moves
    assert set(moves["cause"]) <= set(CAUSES)
    assert (moves["before"] != moves["after"]).all()
    between = moves[moves["from_period"] != moves["period"]]
    assert not between.duplicated(["milestone", "criterion", "period"]).any()
    known = quarter.stands[quarter.stands["low"].notna() & (quarter.stands["low"] == quarter.stands["high"])]
    changed = known[known["last_level"].notna() & (known["low"] != known["last_level"])]
    assert len(between) == len(changed)


@fewer
@given(missions())
def test_a_standing_never_exceeds_claim_or_evidence_unless_it_was_settled(world: World) -> None:
    quarter = world.judge("2021Q4")
    stands = quarter.stands
    free = stands[(stands["moderation"] == "") & stands["low"].notna()]
    assert (free["low"] <= free["claimed"]).all()
    assert (free["low"] <= free["high"]).all()
    one = free[free["raters"] == 1]
    assert (one["low"] <= one["supported"]).all()
    assert stands.loc[stands["state"] != "level", ["low", "high"]].isna().all(axis=None)


@given(st.dates(min_value=FIRST.first_day(), max_value=LAST.last_day()), st.integers(1, 12))
def test_days_fall_into_the_same_quarters_as_periods_say(day: date, year_starts: int) -> None:
    days = pd.Series(np.array([day], dtype="datetime64[us]"))
    assert Period.from_ordinal(int(_quarter(days, year_starts).iloc[0])) == Period.containing(
        day, year_starts
    )
