"""Everything that was concluded about a quarter, as plain values for other programs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from measures.judgement.lineage import Lineage
from measures.period import Interval, Period
from measures.rubric import Rubric
from measures.workflow.mission import Mission


def conclusions(mission: Mission, period: str | Period) -> dict[str, Any]:
    """Return a quarter as judged: every field of :class:`~measures.judgement.quarter.Quarter`.

    Frames are lists of rows; of the standings those of the quarter, of the support those of its
    scores.

    Args:
        mission: The mission.
        period: The quarter.

    Raises:
        PeriodError: The mission has no such quarter.
    """
    quarter = mission.judge(period)
    found = {
        field.name: plain(getattr(quarter, field.name))
        for field in dataclasses.fields(quarter)
        if field.name not in ("stands", "supported", "lineage")
    }
    now = quarter.now
    here = quarter.supported[quarter.supported.index.isin(list(now["assessment"]))]
    found["stands"] = plain(now)
    found["supported"] = plain(here.reset_index())
    return found


def plain(value: Any) -> Any:
    """Return a value as maps, lists, texts, numbers and truth values."""
    if isinstance(value, pd.DataFrame):
        return [plain(row) for row in value.to_dict("records")]
    if isinstance(value, Mapping):
        return {_key(key): plain(below) for key, below in value.items() if not isinstance(below, Lineage)}
    if isinstance(value, Rubric):
        return str(value.pin)
    if dataclasses.is_dataclass(value) and not isinstance(value, Period | Interval):
        fields = (field.name for field in dataclasses.fields(value) if field.name != "place")
        return {name: plain(getattr(value, name)) for name in fields}
    if isinstance(value, AbstractSet):
        return sorted(plain(below) for below in value)
    if isinstance(value, list | tuple):
        return [plain(below) for below in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Interval):
        return value.text
    if isinstance(value, Period | date):
        return str(value)
    return None if value is pd.NaT or value is pd.NA or value != value else value  # noqa: PLR0124 - NaN


def _key(key: Any) -> str:
    return "/".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
