"""What one cell may hold, judged without a frame: for records that come one at a time.

The schemas of :mod:`measures.records.schemas` judge whole columns by the same rules, and are the
measure: the tests hold the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from measures.errors import MeasuresError
from measures.period import Interval, Period
from measures.records.tables import TEXT_MOST, Column
from measures.rubric.reading import ID

_ID = re.compile(ID)
_IDS = re.compile(rf"{ID}(?:\s*;\s*{ID})*\s*;?")
_DIGEST = re.compile("[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FORMS = {"id": _ID, "score": _ID, "level": _ID, "ids": _IDS, "digest": _DIGEST}


def wrong(column: Column, text: str, markings: Sequence[str]) -> str:
    """Return the code of the finding that a cell earns; empty when it is as it should be.

    Args:
        column: The column that the cell stands in.
        text: What it holds.
        markings: The mission's markings.
    """
    if not text:
        return "S003" if column.required else ""
    if _CONTROL.search(text):
        return "S012"
    if column.form in _FORMS:
        return "" if _FORMS[column.form].fullmatch(text) else "S005"
    if column.form in ("word", "flag"):
        return "" if text in (column.allowed or ("yes", "no")) else "S004"
    if column.form == "marking":
        return "" if text in markings else "C012"
    if column.form in ("period", "date"):
        return "" if _parses(column.form, text) else "S005"
    if len(text) > TEXT_MOST:
        return "S011"
    return "S006" if len(text) < column.least else ""


_READERS: dict[str, Callable[[str], object]] = {"period": Period.parse, "date": Interval.parse}


@lru_cache(maxsize=4096)
def _parses(form: str, text: str) -> bool:
    """Return whether a text is a quarter or an interval; there are few of them, each told often."""
    try:
        _READERS[form](text)
    except MeasuresError:
        return False
    return True
