"""What holds for a quarter judged whole, with several raters, corrections, settlement and caps."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from random import Random
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.judgement.quarter import Quarter
from measures.rubric import Rubric, dump, parse_rubric, to_plain
from measures.rubric.model import AGGREGATIONS
from tests.judgement.tables import World, milestone, rubric
from tests.judgement.test_properties import LADDER, NON_SCORES, Record, items, missions, one_of, same, table

NOW = "2021Q4"

fewer = settings(max_examples=8, deadline=None)


def ends(quarter: Quarter) -> pd.DataFrame:
    """Rungs between which each cell stands, -1 where nothing claimed is borne out."""
    keys = ["milestone", "criterion", "period"]
    found = quarter.stands.set_index(keys)
    return pd.DataFrame({name: found[name].cat.codes for name in ("low", "high")})


@st.composite
def with_one_more(draw: st.DrawFn, bearing: str) -> tuple[World, World]:
    """A mission, and the same with one more item cited for one of its scores."""
    world = draw(missions())
    if not table(world.assessments):
        return world, world
    cited: Record = {
        "id": "C-more",
        "assessment": draw(st.sampled_from(table(world.assessments)))["id"],
        "evidence": "E-more",
        "bearing": bearing,
        "role": draw(one_of("hoop", "smoking-gun", "doubly-decisive")),
        "shows": draw(one_of(*LADDER)),
    }
    evidence = [*table(world.evidence), {**draw(items(1))[0], "id": "E-more"}]
    return world, world.but(evidence=evidence, citations=[*table(world.citations), cited])


@fewer
@given(with_one_more("supports"))
def test_more_support_never_lowers_where_anything_stands(worlds: tuple[World, World]) -> None:
    before, after = (ends(world.judge(NOW)) for world in worlds)
    assert (after >= before).all(axis=None)


@fewer
@given(with_one_more("contradicts"))
def test_a_contradiction_never_raises_where_anything_stands(worlds: tuple[World, World]) -> None:
    before, after = (ends(world.judge(NOW)) for world in worlds)
    assert (after <= before).all(axis=None)


@fewer
@given(missions())
def test_reprints_of_everything_change_nothing_that_is_concluded(world: World) -> None:
    evidence = [*table(world.evidence), *({**item, "id": f"R{item['id']}"} for item in table(world.evidence))]
    again = (
        {**one, "id": f"R{one['id']}", "evidence": f"R{one['evidence']}"} for one in table(world.citations)
    )
    same(
        world.judge(NOW), world.but(evidence=evidence, citations=[*table(world.citations), *again]).judge(NOW)
    )


def shuffled(value: Any, chance: Random) -> Any:
    """The same tree with the keys of every map in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key], chance) for key in chance.sample(list(value), len(value))}
    if isinstance(value, list):
        return [shuffled(below, chance) for below in value]
    return value


@fewer
@given(missions(), st.randoms(use_true_random=False))
def test_the_order_of_rubric_keys_changes_nothing(world: World, chance: Random) -> None:
    written = dump(shuffled(to_plain(world.rubrics[0]), chance))
    read, findings = parse_rubric(written)
    assert (read is not None, list(findings)) == (True, [])
    assert isinstance(read, Rubric)
    assert read.digest == world.rubrics[0].digest
    same(world.judge(NOW), world.but(rubrics=(read,)).judge(NOW))


CAP = "caps:\n  - {rubric: small, reason: {en: Not without the other.}}\n"


@st.composite
def chains(draw: st.DrawFn) -> World:
    """Two milestones with two criteria each in one quarter, the second capped by the first."""
    method = draw(one_of(*(name for name in AGGREGATIONS if name not in ("table", "profile"))))
    scores: list[Record] = []
    settled = ["id milestone criterion period settled"]
    for of, criterion in itertools.product(("M-01", "M-02"), ("law", "deed")):
        word = draw(one_of(*LADDER, *NON_SCORES[:2], "nothing"))
        if word == "nothing":
            continue
        scores.append({"id": f"A{len(scores)}", "milestone": of, "criterion": criterion, "period": NOW,
                       "score": word})  # fmt: skip
        if word in LADDER:
            settled.append(f"S{len(scores)} {of} {criterion} {NOW} {word}")
    essential = ("question: {en: Is it so?}", 'question: {en: Is it so?}\n    essential: "yes"')
    read = rubric("law", "deed", aggregation=method, change=essential, more=CAP)
    return World(
        scores,
        moderations="\n".join(settled),
        milestones=(milestone("M-01"), milestone("M-02", depends_on=("M-01",))),
        rubrics=(read,),
    )


def completions(world: World, quarter: Quarter) -> Iterator[World]:
    """Every way to settle what is not known."""
    now = quarter.now
    rows = now[now["state"] != "level"]
    open_ = list(zip(rows["milestone"], rows["criterion"], strict=True))
    for levels in itertools.product(LADDER, repeat=len(open_)):
        more = [
            f"X{n} {of} {criterion} {NOW} {level}"
            for n, ((of, criterion), level) in enumerate(zip(open_, levels, strict=True))
        ]
        yield world.but(moderations="\n".join([world.moderations, *more]))


@settings(max_examples=4, deadline=None)
@given(chains().filter(lambda world: len(table(world.assessments)) >= 2), st.data())
def test_a_range_under_caps_holds_every_completion(world: World, data: st.DataObject) -> None:
    quarter = world.judge(NOW)
    everything = list(completions(world, quarter))
    for whole in data.draw(st.lists(st.sampled_from(everything), min_size=1, max_size=6)):
        for name, result in whole.judge(NOW).results.items():
            given_ = quarter.results[name]
            low, high = LADDER.index(given_.lower), LADDER.index(given_.upper)
            assert result.settled
            assert low <= LADDER.index(result.lower) <= high
