"""What an assessor has recorded for a quarter themselves, as the cells of their workbook say it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from measures.intake.workbook.layout import CITATIONS, PLAIN, score_id, score_key
from measures.records import Records, Row
from measures.records.rows import superseded
from measures.rubric import Rubric

_SCORED = ("rationale", "why_not_next", "confidence", "methods", "coherence", "adequacy", "relevance",
           "attributes", "marking")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody recorded for a quarter.

    Args:
        scores: Their assessments that stand, by milestone, criterion and rubric ``id@version``.
        citations: What each of those cites, by its id.
        cited: Every item of evidence that they ever cited.
        citing: The items that those scores cite.
    """

    scores: Mapping[tuple[str, str, str], Row]
    citations: Mapping[str, Sequence[Row]]
    cited: frozenset[str]
    citing: frozenset[str]

    def cells(self, milestone: str, criterion: str, rubric: Rubric, marking: str) -> dict[str, str]:
        """Return what stands in the cells of a row: what is recorded, else the marking alone."""
        score = self.scores.get((milestone, criterion, str(rubric.pin)))
        if score is None:
            return {"marking": marking}
        ids = [row["evidence"] for row in self.citations[score["id"]] if plain(row, score)]
        return {
            **{column: score[column] for column in _SCORED},
            "score": score_id(score["score"], score["cause"]),
            "evidence": "; ".join(ids),
        }

    def told(self, pins: Collection[tuple[str, str, str]]) -> Iterator[dict[str, str]]:
        """Yield the citations that say more than an id, for the scores asked about, by column."""
        for key, score in self.scores.items():
            for row in self.citations[score["id"]] if key in pins else ():
                if not plain(row, score):
                    cells = {column: row[column] for column in CITATIONS.keys}
                    yield {**cells, "score": score_key(key[0], key[1])}


def own(records: Records, assessor: str, period: str) -> Own:
    """Return what an assessor has recorded for a quarter, corrected rows left out."""
    rows = records.rows("assessments")
    gone = superseded(rows)
    mine = [row for row in rows if row["assessor"] == assessor]
    scores = {
        (row["milestone"], row["criterion"], row["rubric"]): row
        for row in mine
        if row["period"] == period and row["id"] not in gone
    }
    citations: dict[str, list[Row]] = {row["id"]: [] for row in mine}
    for row in records.rows("citations"):
        if row["assessment"] in citations:
            citations[row["assessment"]].append(row)
    cited = frozenset(row["evidence"] for found in citations.values() for row in found)
    citing = frozenset(row["evidence"] for score in scores.values() for row in citations[score["id"]])
    return Own(scores, citations, cited, citing)


def plain(citation: Row, score: Row) -> bool:
    """Return whether a citation says no more than an id in the sheet Scores says."""
    return (
        all(citation[column] == value for column, value in PLAIN.items())
        and citation["shows"] == score["score"]
        and citation["marking"] == score["marking"]
    )
