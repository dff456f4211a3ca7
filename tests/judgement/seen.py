"""Missions in which every score is borne out by new first-hand evidence, unless a test says otherwise.

So a level that differs from the one before moved by performance, and a test shows only what
it plants.
"""

from __future__ import annotations

from typing import Any

from measures.judgement.reportcard import ReportCard
from measures.period import Period
from tests.judgement.tables import World, records, rubric

Record = dict[str, str]


def seen(table: str, bare: tuple[str, ...] = (), **given: Any) -> World:
    """A mission with these scores, each citing two items of its own quarter and answering every statement.

    Args:
        table: Assessments; ids are given where left out: ``A1``, ``A2`` ...
        bare: Ids of scores that cite nothing.
        given: Fields of the world.
    """
    scores = [{"id": f"A{number}", **row} for number, row in enumerate(records(table), start=1)]
    evidence: list[Record] = []
    citations: list[Record] = []
    for row in scores:
        row.setdefault("period", "2021Q1")
        row.setdefault("attributes", yes(row.get("criterion", "law"), row["score"]))
        shows = row["score"] if row["score"] in rubric().ladder else "none"
        for what in () if row["id"] in bare else ("order", "visit"):
            name = f"{what}-{row['id']}"
            evidence.append(item(name, row["period"]))
            citations.append({"id": f"C-{name}", "assessment": row["id"], "evidence": name, "shows": shows})
    return World(scores, citations, evidence).but(**given)


def item(name: str, period: str) -> Record:
    """A first-hand item of its own origin that speaks of the middle month of a quarter."""
    when = Period.parse(period)
    return {"id": name, "kind": "physical", "first_hand": "yes", "origin": name,
            "covers": f"{when.year}-{3 * when.quarter - 1:02}"}  # fmt: skip


def yes(criterion: str, level: str) -> str:
    """A yes to every statement up to a level."""
    ladder = rubric().ladder
    steps = rubric(criterion).criterion(criterion).steps
    upto = steps[1 : ladder.index(level) + 1] if level in ladder else ()
    return ";".join(f"{attribute.id}=yes" for step in upto for attribute in step.attributes)


def card(world: World, period: str = "2021Q1") -> ReportCard:
    """The report card of a quarter."""
    return world.judge(period).report_card


def line(text: str, criterion: str = "law", milestone: str = "M-01") -> str:
    """Rows of a criterion from ``2020Q1 said, 2020Q3 done``."""
    parts = [part.split() for part in text.split(",")]
    return "\n".join(f"{milestone} {criterion} {period} {score}" for period, score in parts)


HEADER = "milestone criterion period score\n"
