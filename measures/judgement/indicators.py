"""Raw indicators as of a day, each with its verdict; and whole frames of them screened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from measures.judgement.screening import VERDICTS, Verdict, is_percentage, of_record, screen
from measures.records.frames import lines
from measures.records.tables import INDICATORS, split

_CELLS = (*INDICATORS.header, *(column.name for column in INDICATORS.pins))


@dataclass(frozen=True, slots=True)
class Indicator:
    """One raw figure that was asked for or reported.

    Args:
        title: What is counted.
        figure: The figure with its unit, a percentage as so many of so many; empty where none was
            given, or a percentage without its count.
        reported_by: Who asks for it or reports it.
        date: When.
        verdict: What became of it, as it was recorded.
        path: The milestone through which it is to change the institution; empty when none.
        criterion: ``rubric@version/criterion`` that answers the question behind it; empty when none.
        evidence: Ids of evidence of it.
    """

    id: str
    title: str
    figure: str
    reported_by: str
    date: str
    verdict: Verdict
    path: str
    criterion: str
    evidence: tuple[str, ...]


def indicators(frame: pd.DataFrame, until: date) -> tuple[Indicator, ...]:
    """Return the figures on record by a day, oldest first, without those corrected by then.

    Args:
        frame: The typed frame ``indicators``.
        until: The last day that counts; a figure counts from the first day of its date.
    """
    known = frame[frame["date_start"] <= pd.Timestamp(until)]
    known = known[~known["id"].isin(known["supersedes"])]
    known = known.sort_values(["date_start", "id"], kind="stable")
    return tuple(_indicator(dict(zip(_CELLS, cells, strict=True))) for cells in lines(known, *_CELLS))


def _indicator(row: Mapping[str, str]) -> Indicator:
    rubric, _, criterion = row["criterion"].partition("/")
    return Indicator(
        id=row["id"],
        title=row["indicator"],
        figure=_figure(row),
        reported_by=row["reported_by"],
        date=row["date"],
        verdict=of_record(row),
        path=row["path"],
        criterion=f"{row['rubric'] or rubric}/{criterion}" if criterion else "",
        evidence=tuple(split(row["evidence"])),
    )


def _figure(row: Mapping[str, str]) -> str:
    if not is_percentage(row):
        return f"{row['value']} {row['unit']}".strip() if row["value"] else ""
    whole = row["numerator"] and row["denominator"]
    return f"{row['numerator']} of {row['denominator']}" if whole else ""


def screen_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Screen a typed frame of indicators whole.

    Returns:
        A row for each row of the frame, with its index. ``verdict``: category of ``retire``,
        ``repair`` and ``keep-as-context``, in that order; ``because``: the rules that decide it,
        joined by ``; ``; ``repairs``: what would repair it, joined likewise.
    """
    verdicts = [
        screen(dict(zip(INDICATORS.header, cells, strict=True))) for cells in lines(frame, *INDICATORS.header)
    ]
    made: dict[str, Any] = {
        "verdict": pd.Categorical([v.word for v in verdicts], categories=list(VERDICTS), ordered=True),
        "because": pd.Series(["; ".join(v.because) for v in verdicts], index=frame.index, dtype="str"),
        "repairs": pd.Series(["; ".join(v.repairs) for v in verdicts], index=frame.index, dtype="str"),
    }
    return pd.DataFrame(made, index=frame.index)
