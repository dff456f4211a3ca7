"""Settling: the agenda of a quarter, on the screen or as a file, and the decisions recorded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from measures.finding import Finding, Place
from measures.intake import Submission, read_table
from measures.judgement.agenda import Item
from measures.records import Row
from measures.records.tables import MODERATIONS, Column, Table
from measures.rubric import Rubric, said
from measures.workflow.files import plain_cell, write_whole
from measures.workflow.mission import Mission
from measures.workflow.record import Outcome, record_submission

_CONTEXT = ("title", "why", "given", "claimed", "supported", "last_seen", "rationales")
_FILE = Table(
    "agenda",
    "moderation",
    (
        *(replace(column, required=False, least=0) for column in MODERATIONS.columns),
        *(Column(name, "text", "for reading; left out when it is recorded") for name in _CONTEXT),
    ),
)
REASONS = {
    "raters-differ": "the raters differ",
    "contradicted": "evidence speaks against the level claimed",
    "claimed-above-support": "more is claimed than the evidence supports",
    "unexplained": "the level moved and nothing cited explains it",
    "changed-rater": "the level moved where only the rater changed",
    "not-applicable": "it is said not to apply, and nobody has approved that",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One item of the agenda with the words a moderator needs.

    Args:
        item: What is to be settled and why.
        rubric: The rubric, at the version that holds for the quarter.
        rationales: Assessment id to what its rater wrote, and why not the next level.
        marking: The highest marking among the scores given.
        scored_by: Codes of who scored it, who may not settle it.
    """

    item: Item
    rubric: Rubric
    rationales: Mapping[str, tuple[str, str]]
    marking: str
    scored_by: frozenset[str]

    @property
    def title(self) -> str:
        """The criterion's title."""
        return said(self.rubric.criterion(self.item.criterion).title)

    @property
    def why(self) -> str:
        """Why it is on the agenda, in words."""
        return "; ".join(REASONS[word] for word in self.item.why)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator settled on one question."""

    question: Question
    settled: str
    reason: str
    dissent: str = ""


def questions(mission: Mission, period: str) -> tuple[Question, ...]:
    """Return the agenda of a quarter, the most pressing first.

    Args:
        mission: The mission, as of the head it was opened at.
        period: The quarter, such as ``2021Q1``.

    Raises:
        PeriodError: The mission has no such quarter.
    """
    quarter = mission.judge(period)
    scores = {row["id"]: row for row in mission.recorded.records.rows("assessments")}
    order = list(mission.file.markings)
    found = []
    for item in quarter.agenda:
        rows = [scores[name] for name, _, _, _ in item.given]
        found.append(
            Question(
                item=item,
                rubric=quarter.rubrics[item.milestone],
                rationales={row["id"]: (row["rationale"], row["why_not_next"]) for row in rows},
                marking=max((row["marking"] for row in rows), key=order.index, default=order[-1]),
                scored_by=frozenset(row["assessor"] for row in rows),
            )
        )
    return tuple(found)


def to_dict(question: Question) -> dict[str, object]:
    """Return a question as plain values for JSON output."""
    item = question.item
    return {
        "milestone": item.milestone,
        "criterion": item.criterion,
        "title": question.title,
        "period": item.period,
        "why": list(item.why),
        "given": [
            {"assessment": name, "assessor": who, "role": role, "score": score}
            for name, who, role, score in item.given
        ],
        "claimed": item.claimed,
        "supported": item.supported,
        "last_level": item.before[0],
        "last_period": item.before[1],
        "apart": item.apart,
        "marking": question.marking,
    }


def write_agenda(
    path: Path, asked: Sequence[Question], moderator: str, done: Sequence[Decision] = ()
) -> None:
    """Write an agenda as a CSV file to be filled in and taken back.

    Args:
        path: The file; written whole or not at all.
        asked: The questions.
        moderator: Code of who settles; may be empty.
        done: Decisions made already, filled in.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, [*MODERATIONS.header, *_CONTEXT], lineterminator="\n")
    writer.writeheader()
    decided = {decision.question.item: decision for decision in done}
    for question in asked:
        item = question.item
        decision = decided.get(item)
        row = {
            "id": _id(item),
            "milestone": item.milestone,
            "criterion": item.criterion,
            "period": item.period,
            "moderator": moderator,
            "settled": decision.settled if decision else "",
            "reason": decision.reason if decision else "",
            "dissent": decision.dissent if decision else "",
            "marking": question.marking,
            "title": question.title,
            "why": question.why,
            "given": "; ".join(f"{who} ({role}): {score}" for _, who, role, score in item.given),
            "claimed": item.claimed,
            "supported": item.supported,
            "last_seen": " in ".join(part for part in item.before if part),
            "rationales": " | ".join(text for text, _ in question.rationales.values()),
        }
        writer.writerow({name: plain_cell(cell) for name, cell in row.items()})
    write_whole(path, text.getvalue().encode())


def _id(item: Item) -> str:
    return f"N-{item.milestone}-{item.criterion}-{item.period}"[:100]


def read_agenda(path: Path) -> tuple[list[Row], list[Finding]]:
    """Return the decided rows of an agenda file as moderations, with their places.

    Rows whose ``settled`` is empty are left for later.
    """
    rows, findings = read_table(path, _FILE, path.name)
    decided = []
    for row in rows:
        if row["settled"]:
            values = {name: row[name] for name in MODERATIONS.header}
            decided.append(Row(row.at, row.columns, values))
    return decided, findings


def decided_rows(decisions: Iterable[Decision], moderator: str) -> list[Row]:
    """Return decisions made on the screen as moderations."""
    rows = []
    for number, decision in enumerate(decisions, start=1):
        item = decision.question.item
        values = {
            "id": _id(item),
            "milestone": item.milestone,
            "criterion": item.criterion,
            "period": item.period,
            "moderator": moderator,
            "settled": decision.settled,
            "reason": decision.reason,
            "dissent": decision.dissent,
            "marking": decision.question.marking,
        }
        rows.append(Row(Place("measures settle", number), {}, values))
    return rows


def settle(
    mission: Path, rows: Sequence[Row], findings: Sequence[Finding] = (), *, at: str, actor: str = ""
) -> Outcome:
    """Record moderations: all of them or none.

    Args:
        mission: The mission folder.
        rows: As :func:`read_agenda` or :func:`decided_rows` gives.
        findings: What was wrong with the file they came from.
        at: The time, UTC.
        actor: Code of who records; may be left out when mission.yaml names one person only.

    Raises:
        MissionError: There is no single actor.
        RegisterError: The register cannot be read or appended to.
        StaleHeadError: Somebody else appended meanwhile; nothing was written.
    """
    submission = Submission.of_rows({"moderations": rows}, findings)
    return record_submission(mission, submission, at=at, actor=actor)
