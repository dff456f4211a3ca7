"""Many milestones at once: results over frames, equal to those of the plain functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.errors import MeasuresError
from measures.judgement.aggregation import Result, Rule
from measures.records.frames import lines


def aggregate_frame(
    levels: pd.DataFrame, rule: Rule, by: Sequence[str] = ("milestone", "period")
) -> pd.DataFrame:
    """Return the result of each group of criteria by one rule, as :class:`Rule` of each.

    Args:
        levels: One row per criterion: the columns of ``by`` and ``level``, a level id or a
            non-score; within a group in the order of the rubric's criteria.
        rule: How they become a result.
        by: Columns that tell groups apart.

    Returns:
        A frame indexed by ``by``, in the order of first appearance, with ``lower``, ``upper``
        (texts, empty for a profile), ``plus`` and ``unknown`` (criteria not known).

    Raises:
        MeasuresError: A column is missing, or the rule cannot serve a group.
    """
    missing = [name for name in (*by, "level") if name not in levels.columns]
    if missing:
        raise MeasuresError(f"Expected the columns {', '.join((*by, 'level'))}, got no {missing[0]}.")
    groups: dict[tuple[Any, ...], list[str]] = {}
    for *key, level in lines(levels, *by, "level"):
        groups.setdefault(tuple(key), []).append(level)
    known: dict[tuple[str, ...], Result] = {}
    rows = []
    for found in groups.values():
        profile = tuple(found)
        if profile not in known:
            known[profile] = rule(profile)
        result = known[profile]
        rows.append((result.lower, result.upper, result.plus, result.unknown))
    index = pd.MultiIndex.from_tuples(list(groups), names=list(by)) if groups else _nowhere(by)
    frame = pd.DataFrame(rows, columns=["lower", "upper", "plus", "unknown"], index=index)
    return frame.astype({"lower": "str", "upper": "str", "plus": "bool", "unknown": "int64"})


def roll_up(levels: pd.DataFrame, top: int) -> pd.DataFrame:
    """Return the weakest-link range of many milestones at once, as :func:`weakest_link` of each.

    Args:
        levels: Columns ``milestone`` and ``period`` (any type that can be told apart; ordered
            or plain categories are quickest) and ``code``: the rung as integer, -1 where not
            known. Criteria that do not apply are left out.
        top: Rung of the highest level.

    Returns:
        A frame indexed by milestone and period, in their order, with ``lower``, ``upper``
        (rungs) and ``unknown`` (criteria not known).
    """
    milestone, milestones = _places(levels["milestone"])
    period, periods = _places(levels["period"])
    code = levels["code"].to_numpy()
    cell = milestone * len(periods) + period
    size = len(milestones) * len(periods)
    if size > 4 * len(cell) + 1024:  # far more cells than rows: number those that occur
        found, cell = np.unique(cell, return_inverse=True)
    else:
        found = np.arange(size)
    unknown = np.bincount(cell[code < 0], minlength=len(found))
    upper = np.full(len(found), top, dtype="int64")
    known = code >= 0
    np.minimum.at(upper, cell[known], code[known])
    present = np.bincount(cell, minlength=len(found)) > 0
    found = found[present]
    index = pd.MultiIndex.from_arrays(
        [milestones.take(found // max(len(periods), 1)), periods.take(found % max(len(periods), 1))],
        names=["milestone", "period"],
    )
    low = np.where(unknown > 0, 0, upper)[present]
    return pd.DataFrame({"lower": low, "upper": upper[present], "unknown": unknown[present]}, index=index)


def _nowhere(by: Sequence[str]) -> pd.MultiIndex:
    """Return an empty index of the columns of ``by``."""
    return pd.MultiIndex.from_arrays([pd.Index([], dtype="str") for _ in by], names=list(by))


def _places(keys: pd.Series[Any]) -> tuple[npt.NDArray[np.int64], pd.Index[Any]]:
    """Return the place of each key among the distinct ones, and these in order."""
    if isinstance(keys.dtype, pd.CategoricalDtype):
        return keys.cat.codes.to_numpy().astype(np.int64), pd.Index(keys.cat.categories)
    codes, found = pd.factorize(keys, sort=True)
    return codes.astype(np.int64), pd.Index(found)
