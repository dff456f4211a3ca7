"""Do raters who looked at the same thing agree? Krippendorff's alpha, and exact agreement beside it.

Adviser, partner and external scores are separate columns; the difference is information
(method, section 8). Alpha is computed for the metric that fits the values; levels take the
*ordinal metric*. It is ``undefined`` with fewer than two raters and ``not-estimable`` when no
unit was rated twice or all ratings are the same: said in words, never printed as 1.0.

Source: K. Krippendorff, Content Analysis (alpha by coincidences of pairable values; the
ordinal metric counts the ranks between two values as they occur in the data). The interval
comes from resampling units with replacement; a unit is a pattern of counts, so that a
thousand resamples of a million units cost what a few hundred patterns do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from measures.errors import MeasuresError
from measures.judgement.ratings import Ratings, read_table

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval", "ratio")
State = Literal["estimated", "undefined", "not-estimable"]
RELIABLE, TENTATIVE = 0.8, 0.667
"""The usual marks: at or above the first firm conclusions, between them tentative ones."""

_Floats = npt.NDArray[np.float64]
_Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How an interval is drawn, so that anybody can draw it again.

    Args:
        resamples: How many, 1 or more.
        seed: Of NumPy's default generator.
        confidence: Share of the resamples within the interval.
    """

    resamples: int = 1_000
    seed: int = 1
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far raters agree.

    Args:
        state: ``estimated``; ``undefined`` with fewer than two raters; ``not-estimable`` when no
            unit was rated twice, or all pairable ratings are the same.
        alpha: Krippendorff's alpha, 1 at most, below 0 for systematic disagreement; ``None``
            unless estimated.
        low, high: Bootstrap interval; ``None`` when not asked for or not estimable.
        exact: Units on which every rater gave the same, of ``units``.
        units: Units with at least two ratings.
        raters: Raters who gave at least one rating.
        ratings: Pairable ratings, those of units with at least two.
        metric: The metric of differences.
        bootstrap: How the interval was drawn; ``None`` when none was.
    """

    state: State
    alpha: float | None
    low: float | None
    high: float | None
    exact: int
    units: int
    raters: int
    ratings: int
    metric: Metric
    bootstrap: Bootstrap | None = None


def alpha(
    ratings: Ratings,
    metric: Metric = "ordinal",
    bootstrap: Bootstrap | None = None,
    *,
    order: Sequence[Any] = (),
    raters: Literal["columns", "rows"] = "columns",
) -> Agreement:
    """Return Krippendorff's alpha of a table of ratings.

    Args:
        ratings: A row for each unit, a column for each rater: lists, an array or a frame;
            ``None``, NaN or an empty text where a rater gave none. Values are numbers, of which
            only the order counts for ``ordinal``, or the categories of ``order``; for
            ``nominal`` any texts will do.
        metric: ``nominal``, ``ordinal``, ``interval`` or ``ratio``.
        bootstrap: How to draw the interval; none when left out.
        order: The categories, lowest first, where the ratings are no numbers.
        raters: ``rows`` where each row is a rater and each column a unit, as books print it.

    Raises:
        MeasuresError: The metric is unknown, the table is not two-dimensional, a value is no
            number and none of ``order``, or a ratio metric meets a negative value.
    """
    if metric not in METRICS:
        raise MeasuresError(f"Expected a metric ({', '.join(METRICS)}), got {metric!r}.")
    table = read_table(ratings, metric, tuple(order))
    if raters == "rows":
        table = table.T
    if table.size == 0:
        return Agreement("undefined", None, None, None, 0, 0, 0, 0, metric)
    given = ~np.isnan(table)
    values, counts = _counts(table, given)
    if metric == "ratio" and len(values) and values[0] < 0:
        raise MeasuresError("Expected values of 0 or more for the ratio metric, got a negative one.")
    many = int(given.any(axis=0).sum())
    return from_counts(counts, values, metric, raters=many, bootstrap=bootstrap)


def from_counts(
    counts: _Counts,
    values: Sequence[float] | _Floats,
    metric: Metric = "ordinal",
    *,
    raters: int,
    bootstrap: Bootstrap | None = None,
) -> Agreement:
    """Return alpha from how often each unit was given each value.

    Args:
        counts: A row for each unit, a column for each value.
        values: The values, ascending.
        metric: As for :func:`alpha`.
        raters: How many raters there were.
        bootstrap: How to draw the interval; none when left out.
    """
    pairable = counts[counts.sum(axis=1) >= 2]
    units, ratings = len(pairable), int(pairable.sum())
    exact = int(((pairable > 0).sum(axis=1) == 1).sum())
    if raters < 2:
        return Agreement("undefined", None, None, None, 0, 0, raters, 0, metric)
    patterns, often = _patterns(pairable)
    pairs = _coincidences(patterns)
    scale = np.asarray(values, dtype=np.float64)
    point = _alphas(often[np.newaxis].astype(np.float64), pairs, scale, metric)[0] if units else np.nan
    if np.isnan(point):
        return Agreement("not-estimable", None, None, None, exact, units, raters, ratings, metric)
    low = high = None
    if bootstrap is not None:
        low, high = _interval(often, pairs, scale, metric, bootstrap)
    return Agreement("estimated", float(point), low, high, exact, units, raters, ratings, metric, bootstrap)


def _patterns(counts: _Counts) -> tuple[_Counts, _Counts]:
    """Return the different rows and how often each occurs."""
    if not len(counts):
        return counts, np.zeros(0, dtype=np.int64)
    base, width = int(counts.max()) + 1, counts.shape[1]
    if base**width >= 2**62:
        found, often = np.unique(counts, axis=0, return_counts=True)
        return found, often.astype(np.int64)
    keys = counts @ (base ** np.arange(width, dtype=np.int64))
    _, first, often = np.unique(keys, return_index=True, return_counts=True)
    return counts[first], often.astype(np.int64)


def _counts(table: _Floats, given: npt.NDArray[np.bool_]) -> tuple[_Floats, _Counts]:
    """Return the values that occur and how often each unit was given each."""
    values = np.unique(table[given])
    place = np.searchsorted(values, table[given])
    unit = np.nonzero(given)[0]
    width = max(len(values), 1)
    counts = np.bincount(unit * width + place, minlength=len(table) * width)
    return values, counts.reshape(len(table), width).astype(np.int64)


def _coincidences(patterns: _Counts) -> _Floats:
    """Return the coincidence matrix of each pattern: ordered pairs of its values, per rater but one."""
    counts = patterns.astype(np.float64)
    pairs: _Floats = counts[:, :, np.newaxis] * counts[:, np.newaxis, :]
    width = counts.shape[1]
    pairs[:, np.arange(width), np.arange(width)] -= counts
    pairs /= (counts.sum(axis=1) - 1)[:, np.newaxis, np.newaxis]
    return pairs


def _alphas(weights: _Floats, pairs: _Floats, values: _Floats, metric: Metric) -> _Floats:
    """Return alpha for each row of weights over the patterns; NaN where it cannot be estimated."""
    width = pairs.shape[1]
    seen = (weights @ pairs.reshape(len(pairs), -1)).reshape(-1, width, width)
    totals = seen.sum(axis=2)
    whole = totals.sum(axis=1)
    far = _differences(totals, values, metric)
    observed = (seen * far).sum(axis=(1, 2))
    expected = (totals[:, :, np.newaxis] * totals[:, np.newaxis, :] * far).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        found: _Floats = np.where(expected > 0, 1 - (whole - 1) * observed / expected, np.nan)
    return found


def _differences(totals: _Floats, values: _Floats, metric: Metric) -> _Floats:
    """Return the squared differences between values, for each row of totals."""
    one, other = values[:, np.newaxis], values[np.newaxis, :]
    if metric == "ordinal":
        ranks = np.cumsum(totals, axis=1) - totals / 2
        far: _Floats = (ranks[:, :, np.newaxis] - ranks[:, np.newaxis, :]) ** 2
        return far
    plain: _Floats
    if metric == "nominal":
        plain = (one != other).astype(np.float64)
    elif metric == "interval":
        plain = (one - other) ** 2
    else:
        sums = one + other
        plain = np.divide(one - other, sums, out=np.zeros_like(sums), where=sums != 0) ** 2
    return np.broadcast_to(plain, (len(totals), *plain.shape))


def _interval(
    often: _Counts, pairs: _Floats, values: _Floats, metric: Metric, bootstrap: Bootstrap
) -> tuple[float | None, float | None]:
    """Return the percentile interval of alpha over resampled units.

    A resample in which all ratings are the same shows no disagreement, and counts as 1.
    """
    generator = np.random.default_rng(bootstrap.seed)
    drawn = generator.multinomial(int(often.sum()), often / often.sum(), size=bootstrap.resamples)
    found = _alphas(drawn.astype(np.float64), pairs, values, metric)
    found = np.where(np.isnan(found), 1.0, found)
    tail = (1 - bootstrap.confidence) / 2
    low, high = np.quantile(found, [tail, 1 - tail])
    return float(low), float(high)


def fleiss_kappa(counts: Sequence[Sequence[int]] | npt.NDArray[Any]) -> float | None:
    """Return Fleiss' kappa: agreement of several raters beyond chance, categories without order.

    Args:
        counts: A row for each unit, a column for each category; every unit has the same number
            of ratings, two or more (J. L. Fleiss 1971).

    Returns:
        Kappa, or ``None`` when all ratings are the same.

    Raises:
        MeasuresError: The units do not all have the same number of ratings.
    """
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or not len(table) or len(set(table.sum(axis=1))) != 1 or table[0].sum() < 2:
        raise MeasuresError("Expected the same number of ratings, two or more, for each unit.")
    each = table[0].sum()
    agreed = ((table**2).sum(axis=1) - each) / (each * (each - 1))
    chance = float(((table.sum(axis=0) / table.sum()) ** 2).sum())
    return None if chance == 1 else float((agreed.mean() - chance) / (1 - chance))


def weighted_kappa(
    table: Sequence[Sequence[int]] | npt.NDArray[Any],
    weights: Literal["none", "linear", "quadratic"] | Sequence[Sequence[float]] = "quadratic",
) -> float | None:
    """Return Cohen's kappa of two raters, with weights for how far apart two categories are.

    Args:
        table: Square: how often the first rater gave the row's category and the second the
            column's (J. Cohen 1960, 1968).
        weights: Of disagreement: ``none`` (every disagreement the same), ``linear``,
            ``quadratic``, or a square table of one's own with 0 on the diagonal.

    Returns:
        Kappa, or ``None`` when both raters gave one and the same category throughout.

    Raises:
        MeasuresError: The table or the weights are not square, or the table is empty.
    """
    seen = np.asarray(table, dtype=np.float64)
    size = len(seen)
    if seen.ndim != 2 or seen.shape != (size, size) or not seen.sum():
        raise MeasuresError("Expected a square table of two raters with at least one unit.")
    steps = np.abs(np.arange(size)[:, np.newaxis] - np.arange(size)[np.newaxis, :]).astype(np.float64)
    named = {"none": (steps > 0).astype(np.float64), "linear": steps, "quadratic": steps**2}
    far = named[weights] if isinstance(weights, str) else np.asarray(weights, dtype=np.float64)
    if far.shape != seen.shape:
        raise MeasuresError("Expected weights of the same shape as the table.")
    chance = seen.sum(axis=1, keepdims=True) * seen.sum(axis=0, keepdims=True) / seen.sum()
    expected = float((far * chance).sum())
    return None if expected == 0 else 1 - float((far * seen).sum()) / expected
