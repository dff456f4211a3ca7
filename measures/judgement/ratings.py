"""Tables of ratings as people have them: numbers or words, with holes, in lists, arrays or frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.errors import MeasuresError
from measures.finding import did_you_mean, one_of

Ratings = Sequence[Sequence[Any]] | npt.NDArray[Any] | pd.DataFrame
"""Rows and columns of ratings; what is missing is ``None``, NaN or an empty text."""

_Floats = npt.NDArray[np.float64]


def read_table(ratings: Ratings, metric: str, order: tuple[Any, ...] = ()) -> _Floats:
    """Return ratings as numbers, NaN where there is none.

    Args:
        ratings: The table.
        metric: ``nominal`` takes any texts without an order; ``interval`` and ``ratio`` take numbers.
        order: The categories, lowest first.

    Raises:
        MeasuresError: The rows are not of one length, or a value is no number and no category.
    """
    if isinstance(ratings, np.ndarray) and ratings.dtype.kind in "fiu" and not order:
        return _rectangular(ratings.astype(np.float64))
    if isinstance(ratings, pd.DataFrame | np.ndarray):
        rows = (
            ratings.astype(object).to_numpy().tolist()
            if isinstance(ratings, pd.DataFrame)
            else ratings.tolist()
        )
    else:
        given: Sequence[Any] = ratings
        rows = [row.tolist() if isinstance(row, np.ndarray | pd.Series) else row for row in given]
    if any(isinstance(row, str) or not isinstance(row, Sequence) for row in rows):
        raise MeasuresError("Expected a row of ratings for each unit, all of one length.")
    if len({len(row) for row in rows}) > 1:
        raise MeasuresError("Expected a row of ratings for each unit, all of one length.")
    cells = [[None if _missing(cell) else cell for cell in row] for row in rows]
    place = _places(cells, metric, order)
    found = [[np.nan if cell is None else place[cell] for cell in row] for row in cells]
    return _rectangular(np.array(found, dtype=np.float64))


def _rectangular(table: _Floats) -> _Floats:
    if table.size and table.ndim != 2:
        raise MeasuresError("Expected a row of ratings for each unit, all of one length.")
    if np.isinf(table).any():
        raise MeasuresError("Expected ratings that are finite numbers, got an infinite one.")
    return table


def _missing(cell: Any) -> bool:
    return cell is None or cell is pd.NA or cell is pd.NaT or cell == "" or cell != cell  # noqa: PLR0124 - NaN


def _places(cells: Sequence[Sequence[Any]], metric: str, order: tuple[Any, ...]) -> dict[Any, float]:
    """Return the number of each value that occurs."""
    values = dict.fromkeys(cell for row in cells for cell in row if cell is not None)
    if order:
        if metric in ("interval", "ratio"):
            raise MeasuresError(
                f"Expected numbers for the {metric} metric, got an order of categories.",
                "Categories have no distances: use nominal or ordinal.",
            )
        strange = next((value for value in values if value not in order), None)
        if strange is not None:
            hint = did_you_mean(str(strange), map(str, order))
            raise MeasuresError(f"Expected {one_of(map(str, order))}, got {strange!r}.{hint}")
        return {value: float(order.index(value)) for value in values}
    texts = [value for value in values if isinstance(value, str)]
    if texts and metric == "nominal":
        return {value: float(at) for at, value in enumerate(sorted(values, key=str))}
    try:
        return {value: float(value) for value in values}
    except (TypeError, ValueError):
        strange = next(value for value in values if not _number(value))
        raise MeasuresError(
            f"Expected numbers, or an order of the categories, got {strange!r}.",
            "Give order: the categories, lowest first.",
        ) from None


def _number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def counted(ratings: Ratings, categories: Sequence[Any]) -> list[list[int]]:
    """Return how often each unit was given each category: what :func:`fleiss_kappa` takes.

    Args:
        ratings: A row for each unit; what is missing is left out.
        categories: The categories, in the order of the columns.

    Raises:
        MeasuresError: A value is none of the categories.
    """
    table = read_table(ratings, "nominal", tuple(categories))
    return [[int((row == at).sum()) for at in range(len(categories))] for row in table]


def crossed(first: Sequence[Any], second: Sequence[Any], categories: Sequence[Any]) -> list[list[int]]:
    """Return how two raters' categories meet: what :func:`weighted_kappa` takes.

    Args:
        first: What the first rater gave each unit, the rows of the table.
        second: What the second gave the same units, the columns.
        categories: The categories, lowest first. A unit that one of them left out is left out.

    Raises:
        MeasuresError: The two did not rate as many units, or a value is none of the categories.
    """
    if len(first) != len(second):
        raise MeasuresError(f"Expected ratings of the same units, got {len(first)} and {len(second)}.")
    pairs = read_table(list(zip(first, second, strict=True)), "nominal", tuple(categories))
    pairs = pairs[~np.isnan(pairs).any(axis=1)].astype(int) if len(pairs) else pairs.reshape(0, 2)
    table = [[0] * len(categories) for _ in categories]
    for row, column in pairs:
        table[int(row)][int(column)] += 1
    return table
