"""Published tables of agreement, from their primary data, in the shapes in which people have them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from measures.errors import MeasuresError
from measures.judgement import alpha, counted, crossed, fleiss_kappa, reached, weighted_kappa
from measures.judgement.agreement import METRICS, Metric

# J. L. Fleiss, Measuring nominal scale agreement among many raters (1971): thirty patients, six
# psychiatrists each; depression, personality disorder, schizophrenia, neurosis, other.
PSYCHIATRIC = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
# K. Krippendorff, Computing Krippendorff's alpha-reliability (2011): two observers, no missing data.
BINARY = "0100000010", "1110010000"
NOMINAL = "aabbdcccedda", "babbbccceddd"

# J. Cohen (1960), proportions; (1968), two hundred patients with weights of his own; J. L. Fleiss,
# Statistical Methods for Rates and Proportions, a hundred patients; A. Agresti and L. Winner (1997),
# two critics of 160 films.
TABLES: dict[str, tuple[list[list[float]], Any, float]] = {
    "Cohen 1960": ([[0.25, 0.13, 0.12], [0.12, 0.02, 0.16], [0.03, 0.15, 0.02]], "none", -0.092),
    "Cohen 1968, unweighted": ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], "none", 0.492),
    "Cohen 1968, weighted": (
        [[88, 14, 18], [10, 40, 10], [2, 6, 12]], [[0, 1, 3], [1, 0, 6], [3, 6, 0]], 0.348,
    ),
    "Fleiss, two raters": ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], "none", 0.676),
    "Agresti and Winner": ([[24, 8, 13], [8, 13, 11], [10, 9, 64]], "none", 0.389),
}  # fmt: skip


def test_fleiss_psychiatric_diagnoses() -> None:
    counts = [[int(cell) for cell in row] for row in PSYCHIATRIC.split()]
    assert [sum(column) for column in zip(*counts, strict=True)] == [26, 26, 30, 55, 43]
    assert fleiss_kappa(counts) == pytest.approx(0.430, abs=0.0005)


@pytest.mark.parametrize(("table", "weights", "published"), TABLES.values(), ids=TABLES)
def test_kappas_of_two_raters(table: list[list[float]], weights: Any, published: float) -> None:
    assert weighted_kappa(table, weights) == pytest.approx(published, abs=0.0006)  # type: ignore[arg-type]


def test_krippendorffs_binary_data_are_the_same_by_every_metric_of_difference() -> None:
    ratings = [[int(value) for value in observer] for observer in BINARY]
    found = {metric: alpha(ratings, metric, raters="rows").alpha for metric in METRICS}
    assert found["nominal"] == pytest.approx(0.095, abs=0.0005)
    assert len({round(value or 0, 9) for value in found.values()}) == 1


def test_krippendorffs_nominal_data_of_two_observers() -> None:
    found = alpha([list(observer) for observer in NOMINAL], "nominal", raters="rows")
    assert (found.units, found.raters, found.exact) == (12, 2, 9)
    assert found.alpha == pytest.approx(0.692, abs=0.0005)


WORDS = ("low", "middling", "high")
NUMBERS: list[list[int | None]] = [[1, 1, None], [2, 3, 2], [3, 3, 3], [None, 1, 1], [2, 2, None], [1, 2, 2]]
NAMED: list[list[str | None]] = [
    [None if cell is None else WORDS[cell - 1] for cell in row] for row in NUMBERS
]
SHAPES: dict[str, Any] = {
    "lists of words": NAMED,
    "an empty text for what is missing": [["" if cell is None else cell for cell in row] for row in NAMED],
    "an array of words": np.array(NAMED, dtype=object),
    "a frame of words": pd.DataFrame(NAMED, columns=["A", "B", "C"]),
    "a frame of texts, with its own missing value": pd.DataFrame(NAMED).astype("str"),
    "a frame of ordered categories": pd.DataFrame(NAMED).astype(
        pd.CategoricalDtype(list(WORDS), ordered=True)
    ),
    "rows of arrays": [np.array(row, dtype=object) for row in NAMED],
}


@pytest.mark.parametrize("metric", ["nominal", "ordinal"])
@pytest.mark.parametrize("ratings", SHAPES.values(), ids=SHAPES)
def test_words_with_their_order_are_as_good_as_numbers(ratings: Any, metric: Metric) -> None:
    assert alpha(ratings, metric, order=WORDS) == alpha(NUMBERS, metric)


@pytest.mark.parametrize(
    "ratings",
    [
        np.array([[np.nan if cell is None else cell for cell in row] for row in NUMBERS]),
        pd.DataFrame(NUMBERS),
        pd.DataFrame(NUMBERS).astype("Int64"),
        [["" if cell is None else str(cell) for cell in row] for row in NUMBERS],
    ],
    ids=["an array with NaN", "a frame", "a frame of whole numbers with holes", "numbers read as texts"],
)
@pytest.mark.parametrize("metric", METRICS)
def test_numbers_in_any_shape(ratings: Any, metric: Metric) -> None:
    assert alpha(ratings, metric) == alpha(NUMBERS, metric)


def test_the_order_declared_is_the_order_that_counts() -> None:
    other = alpha(NAMED, "ordinal", order=("high", "low", "middling"))
    assert other.alpha != alpha(NAMED, "ordinal", order=WORDS).alpha
    assert alpha(NAMED, "nominal").alpha == alpha(NAMED, "nominal", order=WORDS).alpha


def test_a_table_may_be_laid_out_by_raters() -> None:
    assert alpha(list(zip(*NUMBERS, strict=True)), raters="rows") == alpha(NUMBERS)


REFUSED: dict[str, tuple[Any, dict[str, Any], str]] = {
    "words without an order": ([["low", "high"]], {}, "order of the categories, got 'low'"),
    "a word outside the order": ([["low", "hihg"]], {"order": WORDS}, "Did you mean 'high'?"),
    "an order for distances": (
        [["low", "high"]],
        {"metric": "interval", "order": WORDS},
        "no distances|got an order",
    ),
    "one row alone": (["low", "high"], {"order": WORDS}, "row of ratings for each unit"),
    "rows of different length": ([[1, 2], [1]], {}, "one length"),
    "a number without end": ([[1.0, float("inf")]], {}, "finite"),
}


@pytest.mark.parametrize(("ratings", "options", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_of_ratings_is_refused_in_words(
    ratings: Any, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(MeasuresError, match=said):
        alpha(ratings, **options)


def test_raw_ratings_become_the_tables_that_kappas_take() -> None:
    table, weights, published = TABLES["Cohen 1968, weighted"]
    first = [row for row, counts in enumerate(table) for count in counts for _ in range(int(count))]
    second = [column for counts in table for column, count in enumerate(counts) for _ in range(int(count))]
    names = ("personality disorder", "neurosis", "psychosis")
    made = crossed([names[at] for at in first], [names[at] for at in second], names)
    assert made == table
    assert weighted_kappa(made, weights) == pytest.approx(published, abs=0.0005)
    counts = [[int(cell) for cell in row] for row in PSYCHIATRIC.split()]
    raw = [["abcde"[at] for at, count in enumerate(row) for _ in range(count)] for row in counts]
    assert counted(raw, "abcde") == counts


def test_a_unit_that_one_of_two_left_out_is_left_out() -> None:
    assert crossed(["a", None, "b"], ["a", "b", ""], ["a", "b"]) == [[1, 0], [0, 0]]
    assert crossed([], [], ["a", "b"]) == [[0, 0], [0, 0]]
    with pytest.raises(MeasuresError, match="same units, got 2 and 1"):
        crossed(["a", "b"], ["a"], ["a", "b"])


GATED: dict[str, tuple[list[Any], int]] = {
    "SPAR annex 2: level 2 partly": (["yes", "partially", "yes", "yes", "yes"], 1),
    "SPAR annex 2: level 2 without information": (["yes", None, "yes", "yes", "yes"], 1),
    "the lowest level fails": (["no", "yes", "yes"], 0),
    "all hold": ([True, True, True], 3),
    "one statement of several is open": ([["yes", "yes"], ["yes", "no"], ["yes"]], 1),
    "a blank": (["Yes", " yes ", ""], 2),
    "no level": ([], 0),
}


@pytest.mark.parametrize(("answers", "level"), GATED.values(), ids=GATED)
def test_a_level_holds_with_all_below_it(answers: list[Any], level: int) -> None:
    assert reached(answers) == level
