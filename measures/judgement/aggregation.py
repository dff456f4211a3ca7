"""From criteria to a milestone, by the method the rubric declares. Nothing is averaged.

Ordinal levels are not numbers (method, section 6). A non-score turns the result into a
range: computed with the missing criterion at its lowest and at its highest. A criterion
that does not apply is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.errors import MeasuresError

NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Result:
    """What the criteria amount to.

    Args:
        method: ``weakest-link`` or ``profile``.
        lower, upper: Lowest and highest level possible given what is known; both empty for
            a profile, or when no criterion applies.
        plus: Some criterion is certainly above the result (PEFA M1's ``+``).
        unknown: How many criteria are not known.
        known: The known levels in the order given: the profile itself.
    """

    method: str
    lower: str
    upper: str
    plus: bool
    unknown: int
    known: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Whether the result is one level and not a range."""
        return bool(self.lower) and self.lower == self.upper


def weakest_link(levels: Sequence[str], ladder: Sequence[str]) -> Result:
    """Return the lowest level; with ``plus`` when any other is higher (PEFA M1).

    Args:
        levels: Level ids, or non-scores such as ``not-observed``, one per criterion.
        ladder: Level ids, lowest first.

    Raises:
        MeasuresError: Never for a non-score; a ladder without levels.
    """
    if not ladder:
        raise MeasuresError("Expected a ladder with levels, got none.")
    applying = [level for level in levels if level != NOT_APPLICABLE]
    known = tuple(level for level in applying if level in ladder)
    unknown = len(applying) - len(known)
    if not applying:
        return Result("weakest-link", "", "", plus=False, unknown=0, known=())
    rungs = [list(ladder).index(level) for level in known]
    low = 0 if unknown else min(rungs)
    high = min(rungs, default=len(ladder) - 1)
    plus = any(rung > high for rung in rungs) and low == high
    return Result("weakest-link", ladder[low], ladder[high], plus=plus, unknown=unknown, known=known)


def profile(levels: Sequence[str], ladder: Sequence[str]) -> Result:
    """Return no aggregate: the profile of the criteria is the answer."""
    applying = [level for level in levels if level != NOT_APPLICABLE]
    known = tuple(level for level in applying if level in ladder)
    return Result("profile", "", "", plus=False, unknown=len(applying) - len(known), known=known)


def aggregate(method: str, levels: Sequence[str], ladder: Sequence[str]) -> Result:
    """Return the result of ``levels`` by a rubric's declared method.

    Raises:
        MeasuresError: The method is not one this version computes.
    """
    methods = {"weakest-link": weakest_link, "profile": profile}
    if method not in methods:
        raise MeasuresError(
            f"Expected weakest-link or profile, got {method!r}.", "Correct aggregation in the rubric."
        )
    return methods[method](levels, ladder)


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


def _places(keys: pd.Series[Any]) -> tuple[npt.NDArray[np.int64], pd.Index[Any]]:
    """Return the place of each key among the distinct ones, and these in order."""
    if isinstance(keys.dtype, pd.CategoricalDtype):
        return keys.cat.codes.to_numpy().astype(np.int64), pd.Index(keys.cat.categories)
    codes, found = pd.factorize(keys, sort=True)
    return codes.astype(np.int64), pd.Index(found)
