"""Agreement of raters: published figures from their primary data, and what must hold for any ratings."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from measures.errors import MeasuresError
from measures.judgement.agreement import METRICS, Bootstrap, Metric, alpha, fleiss_kappa, weighted_kappa

Ratings = list[list[float | None]]

# Krippendorff's worked example: four observers, twelve units, values 1 to 5, with missing ones.
CANONICAL = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
PUBLISHED = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}


def table(text: str) -> Ratings:
    """A line for each rater, a column for each unit, as the books print it; rows become units."""
    rows = [
        [None if cell == "." else float(cell) for cell in line.split()] for line in text.split("\n") if line
    ]
    return [list(unit) for unit in zip(*rows, strict=True)]


@pytest.mark.parametrize(("metric", "published"), PUBLISHED.items(), ids=PUBLISHED)
def test_krippendorffs_example(metric: Metric, published: float) -> None:
    found = alpha(table(CANONICAL), metric)
    assert found.alpha == pytest.approx(published, abs=0.0005)
    assert (found.units, found.raters, found.ratings, found.exact) == (11, 4, 40, 8)


# Ten subjects put into five categories by fourteen raters each: the worked example of Fleiss' kappa.
FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
# Agresti, Categorical Data Analysis: husbands' and wives' answers, four ordered categories.
COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]


def test_fleiss_kappa_of_the_worked_example() -> None:
    assert fleiss_kappa(FLEISS) == pytest.approx(0.210, abs=0.0005)


def test_cohens_kappa_of_two_readers_of_fifty_proposals() -> None:
    assert weighted_kappa([[20, 5], [10, 15]], "none") == pytest.approx(0.4)


@pytest.mark.parametrize(("weights", "published"), [("none", 0.1293), ("linear", 0.2374)])
def test_kappas_of_agrestis_couples(weights: str, published: float) -> None:
    assert weighted_kappa(COUPLES, weights) == pytest.approx(published, abs=0.00005)  # type: ignore[arg-type]


def test_own_weights_equal_the_named_ones() -> None:
    quadratic = [[float((i - j) ** 2) for j in range(4)] for i in range(4)]
    assert weighted_kappa(COUPLES, quadratic) == weighted_kappa(COUPLES)


NOTHING = {
    "nobody rated anything": ([], "undefined"),
    "no cell is filled": ([[None, None]], "undefined"),
    "one rater is no agreement, however many units": ([[1.0], [2.0], [3.0]], "undefined"),
    "two raters who never met on a unit": ([[1.0, None], [None, 2.0]], "not-estimable"),
    "one value only": ([[2.0, 2.0], [2.0, 2.0]], "not-estimable"),
    "one value only on the units rated twice": ([[2.0, 2.0], [1.0, None]], "not-estimable"),
}


@pytest.mark.parametrize(("ratings", "state"), NOTHING.values(), ids=NOTHING)
def test_where_agreement_cannot_be_told_it_is_said_in_words(ratings: Ratings, state: str) -> None:
    found = alpha(ratings, bootstrap=Bootstrap(10))
    assert (found.state, found.alpha, found.low, found.high) == (state, None, None, None)


def test_the_exact_agreement_is_told_where_alpha_cannot_be() -> None:
    found = alpha([[2, 2], [2, 2]])
    assert (found.exact, found.units) == (2, 2)


def test_complete_agreement_on_more_than_one_value_is_one() -> None:
    for metric in METRICS:
        assert alpha([[1, 1, 1], [3, 3, None]], metric).alpha == pytest.approx(1)


def test_complete_disagreement_of_two_is_below_zero() -> None:
    found = alpha([[1, 2], [2, 1]])
    assert found.alpha is not None
    assert found.alpha < 0


def test_what_is_no_table_of_ratings_is_refused() -> None:
    with pytest.raises(MeasuresError, match="metric"):
        alpha([[1, 2]], "cardinal")  # type: ignore[arg-type]
    with pytest.raises(MeasuresError, match="one length"):
        alpha([[1, 2], [1]])
    with pytest.raises(MeasuresError, match="negative"):
        alpha([[-1, 2]], "ratio")
    with pytest.raises(MeasuresError, match="same number"):
        fleiss_kappa([[1, 1], [2, 1]])
    with pytest.raises(MeasuresError, match="square"):
        weighted_kappa([[1, 2]])
    with pytest.raises(MeasuresError, match="weights"):
        weighted_kappa([[1, 2], [3, 4]], [[0.0]])


def test_kappas_that_have_no_chance_to_disagree_are_none() -> None:
    assert fleiss_kappa([[3, 0], [3, 0]]) is None
    assert weighted_kappa([[5, 0], [0, 0]]) is None


def test_the_interval_is_drawn_again_from_its_seed() -> None:
    one, other = (alpha(table(CANONICAL), bootstrap=Bootstrap(200, seed)) for seed in (7, 8))
    assert one == alpha(table(CANONICAL), bootstrap=Bootstrap(200, 7))
    assert (one.low, one.high) != (other.low, other.high)
    assert one.low is not None
    assert one.high is not None
    assert one.alpha is not None
    assert one.low < one.alpha <= one.high <= 1


def test_the_interval_narrows_with_more_units() -> None:
    few = alpha(table(CANONICAL), bootstrap=Bootstrap(500))
    many = alpha(table(CANONICAL) * 40, bootstrap=Bootstrap(500))
    widths = [
        found.high - found.low for found in (few, many) if found.high is not None and found.low is not None
    ]
    assert widths[1] < widths[0] / 3


values = st.sampled_from([None, 0.0, 1.0, 2.0, 3.0, 5.0])
ratings = st.integers(2, 4).flatmap(
    lambda raters: st.lists(st.lists(values, min_size=raters, max_size=raters), min_size=1, max_size=8)
)
metrics = st.sampled_from(METRICS)


def by_definition(units: Ratings, metric: str) -> float | None:
    """Alpha straight from its definition: pairs of ratings, one at a time."""
    pairable = [[value for value in unit if value is not None] for unit in units]
    pairable = [unit for unit in pairable if len(unit) > 1]
    everything = [value for unit in pairable for value in unit]
    known = sorted(set(everything))

    def far(one: float, other: float) -> float:
        if metric == "nominal":
            return float(one != other)
        if metric == "interval":
            return (one - other) ** 2
        if metric == "ratio":
            return ((one - other) / (one + other)) ** 2 if one + other else 0.0
        low, high = sorted((one, other))
        between = sum(everything.count(value) for value in known if low <= value <= high)
        return (between - (everything.count(one) + everything.count(other)) / 2) ** 2 if one != other else 0.0

    def total(pairs: Sequence[tuple[float, float]]) -> float:
        return sum(far(one, other) for one, other in pairs)

    observed = sum(total(list(itertools.permutations(unit, 2))) / (len(unit) - 1) for unit in pairable)
    expected = total(list(itertools.permutations(everything, 2)))
    return 1 - (len(everything) - 1) * observed / expected if expected else None


@settings(max_examples=200, deadline=None)
@given(ratings, metrics)
def test_alpha_equals_its_definition(units: Ratings, metric: Metric) -> None:
    found, expected = alpha(units, metric), by_definition(units, metric)
    assume(found.state != "undefined")
    assert (found.alpha is None) == (expected is None)
    if expected is not None:
        assert found.alpha == pytest.approx(expected, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(ratings, metrics, st.randoms(use_true_random=False))
def test_the_order_of_units_and_raters_changes_nothing(
    units: Ratings, metric: Metric, random: Random
) -> None:
    order = list(range(len(units[0])))
    random.shuffle(order)
    shuffled = [[unit[at] for at in order] for unit in units]
    random.shuffle(shuffled)
    one, other = alpha(units, metric), alpha(shuffled, metric)
    assert (one.state, one.exact, one.units, one.raters, one.ratings) == (
        other.state, other.exact, other.units, other.raters, other.ratings,
    )  # fmt: skip
    assert one.alpha == pytest.approx(other.alpha) if one.alpha is not None else other.alpha is None


@settings(max_examples=100, deadline=None)
@given(ratings)
def test_only_the_order_of_levels_counts(units: Ratings) -> None:
    renamed: Ratings = [[None if value is None else value**3 + 7 for value in unit] for unit in units]
    one, other = alpha(units), alpha(renamed)
    assert one.alpha == pytest.approx(other.alpha) if one.alpha is not None else other.alpha is None


@settings(max_examples=100, deadline=None)
@given(ratings, st.floats(0, 5))
def test_a_unit_rated_once_changes_nothing(units: Ratings, value: float) -> None:
    alone: list[float | None] = [value, *([None] * (len(units[0]) - 1))]
    one, other = alpha(units, "nominal"), alpha([*units, alone], "nominal")
    assert (one.units, one.exact) == (other.units, other.exact)
    assert one.alpha == pytest.approx(other.alpha) if one.alpha is not None else other.alpha is None


def test_missing_ratings_may_be_none_or_not_a_number() -> None:
    as_array = np.array([[np.nan if cell is None else cell for cell in unit] for unit in table(CANONICAL)])
    assert alpha(as_array) == alpha(table(CANONICAL))
