"""What the register says today of the rows of a workbook, in the workbook's own columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from measures.intake.workbook.layout import PLAIN, SCORES, SHEETS, score_id, score_key
from measures.records import Records, Row
from measures.records.rows import superseded
from measures.records.tables import NON_SCORES

_TABLES = tuple(sheet for sheet in SHEETS["quarter"] if sheet.key not in ("scores", "citations"))


@dataclass(frozen=True, slots=True)
class Today:
    """The register, as one assessor's workbook of one quarter sees it.

    Args:
        rows: By sheet and row key, the text of each column.
        scores: The standing assessment of each row of Scores.
        citations: The citations of each of these, in the order of the register.
        ids: By table, every id that is taken.
    """

    rows: Mapping[tuple[str, str], Mapping[str, str]]
    scores: Mapping[str, Row]
    citations: Mapping[str, tuple[Row, ...]]
    ids: Mapping[str, frozenset[str]]


def is_plain(citation: Row, assessment: Row) -> bool:
    """Return whether a citation says no more than its id in Scores says."""
    return (
        assessment["score"] not in NON_SCORES
        and citation["shows"] == assessment["score"]
        and citation["marking"] == assessment["marking"]
        and all(citation[column] == text for column, text in PLAIN.items())
    )


def today(records: Records, assessor: str, period: str) -> Today:
    """Return what the register says today.

    Args:
        records: What it holds.
        assessor: Whose workbook it is.
        period: Of which quarter.
    """
    gone = superseded(records.rows("assessments"))
    scores = {
        score_key(row["milestone"], row["criterion"]): row
        for row in records.rows("assessments")
        if (row["assessor"], row["period"]) == (assessor, period) and row["id"] not in gone
    }
    of = {row["id"]: key for key, row in scores.items()}
    cited: dict[str, list[Row]] = {key: [] for key in scores}
    for row in records.rows("citations"):
        if row["assessment"] in of:
            cited[of[row["assessment"]]].append(row)
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for key, row in scores.items():
        plain = [citation["evidence"] for citation in cited[key] if is_plain(citation, row)]
        rows["scores", key] = {
            **{column.key: row[column.key] for column in SCORES.columns if column.fill == "fill"},
            "score": score_id(row["score"], row["cause"]),
            "evidence": "; ".join(plain),
        }
        for citation in cited[key]:
            if not is_plain(citation, row):
                rows["citations", citation["id"]] = {**citation.values, "score": key}
    for sheet in _TABLES:
        for row in records.rows(sheet.table):
            rows[sheet.key, row["id"]] = dict(row.values)
    taken = {name: frozenset(records.by_id(name)) for name in ("assessments", "citations")}
    citations = {key: tuple(found) for key, found in cited.items()}
    return Today(rows, scores, citations, taken)
