"""Levels as rungs and back: frames hold levels as ordered categories, arithmetic wants their places."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def rungs(levels: pd.Series[Any]) -> Whole:
    """Return the place of each level on the frame's ladder, -1 where there is none."""
    return levels.cat.codes.to_numpy().astype(np.int64)


def levels(rung: Whole | pd.Series[Any], like: pd.Series[Any]) -> pd.Series[Any]:
    """Return places as levels of the same ladder as ``like``; none where missing or below 0."""
    places = pd.Series(rung).fillna(-1).astype("int64")
    made = pd.Categorical.from_codes(places.to_numpy(), categories=like.cat.categories, ordered=True)
    return pd.Series(made, index=places.index)
