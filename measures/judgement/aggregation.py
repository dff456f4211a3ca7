"""From criteria to a milestone, by the method the rubric declares. Nothing is averaged.

Ordinal levels are not numbers (method, section 6). A non-score turns the result into a
range: computed with the missing criterion at its lowest and at its highest. A criterion
that does not apply is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
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
    """Return the weakest-link range of many milestones at once.

    Args:
        levels: Columns ``milestone`` and ``period`` (any groupable type) and ``code``: the
            rung as integer, -1 where not known.
        top: Rung of the highest level.

    Returns:
        A frame indexed by milestone and period with ``lower``, ``upper`` (rungs) and
        ``unknown`` (criteria not known).
    """
    unknown = (levels["code"] < 0).to_numpy()
    codes = levels["code"].to_numpy()
    parts = pd.DataFrame({
        "milestone": levels["milestone"].to_numpy(),
        "period": levels["period"].to_numpy(),
        "lower": np.where(unknown, 0, codes),
        "upper": np.where(unknown, top, codes),
        "unknown": unknown.astype("int64"),
    })  # fmt: skip
    groups = parts.groupby(["milestone", "period"], observed=True, sort=False)
    return groups.agg(lower=("lower", "min"), upper=("upper", "min"), unknown=("unknown", "sum"))
