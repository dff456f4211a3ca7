"""What the register says today of the rows of a workbook, in the workbook's own columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
        sources: By sheet and row key, where the word that stands was read.
        earlier: What was said of each row of Scores before the word that stands.
        followed: For a citation of a superseded score, the one that says it again for the score that stands.
    """

    rows: Mapping[tuple[str, str], Mapping[str, str]]
    scores: Mapping[str, Row]
    citations: Mapping[str, tuple[Row, ...]]
    ids: Mapping[str, frozenset[str]]
    sources: Mapping[tuple[str, str], str]
    earlier: Mapping[str, tuple[Mapping[str, str], ...]]
    followed: Mapping[str, str]


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
    own = [
        row for row in records.rows("assessments") if (row["assessor"], row["period"]) == (assessor, period)
    ]
    scores = {_key(row): row for row in own if row["id"] not in gone}
    of: dict[str, list[Row]] = {row["id"]: [] for row in own}
    for row in records.rows("citations"):
        if row["assessment"] in of:
            of[row["assessment"]].append(row)
    rows: dict[tuple[str, str], dict[str, str]] = {}
    sources: dict[tuple[str, str], str] = {}
    for key, row in scores.items():
        rows["scores", key] = _cells(row, of[row["id"]])
        sources["scores", key] = row.source
        for citation in of[row["id"]]:
            if not is_plain(citation, row):
                rows["citations", citation["id"]] = {**citation.values, "score": key}
                sources["citations", citation["id"]] = citation.source
    earlier: dict[str, tuple[Mapping[str, str], ...]] = {}
    before = [row for row in own if row["id"] in gone]
    for row in before:
        earlier[_key(row)] = (*earlier.get(_key(row), ()), _cells(row, of[row["id"]]))
    standing = [name for sheet, name in sources if sheet == "citations"]
    followed = _followed([one["id"] for row in before for one in of[row["id"]]], standing)
    for name, after in followed.items():
        rows["citations", name] = rows["citations", after]
        sources["citations", name] = sources["citations", after]
    for sheet in _TABLES:
        for row in records.rows(sheet.table):
            rows[sheet.key, row["id"]] = dict(row.values)
    taken = {name: frozenset(records.by_id(name)) for name in ("assessments", "citations")}
    citations = {key: tuple(of[row["id"]]) for key, row in scores.items()}
    return Today(rows, scores, citations, taken, sources, earlier, followed)


def _followed(before: Sequence[str], standing: Sequence[str]) -> dict[str, str]:
    """Return which citations of superseded scores are said again, as their ids tell."""
    return {
        name: one for name in before for one in standing if re.fullmatch(re.escape(name) + r"(-\d+)+", one)
    }


def _key(row: Row) -> str:
    return score_key(row["milestone"], row["criterion"])


def _cells(row: Row, cited: Sequence[Row]) -> dict[str, str]:
    """Return an assessment as its row of Scores says it."""
    return {
        **{column.key: row[column.key] for column in SCORES.columns if column.fill == "fill"},
        "score": score_id(row["score"], row["cause"]),
        "evidence": "; ".join(citation["evidence"] for citation in cited if is_plain(citation, row)),
    }
