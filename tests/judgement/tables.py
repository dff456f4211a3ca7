"""Typed frames and whole missions from small literal tables.

A table is text: the first line names columns, ``-`` is an empty cell, ``|`` ends a line like a
line break, and a column that is left out has the value in :data:`DEFAULTS`. So a test shows
only what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

import pandas as pd

from measures.finding import Place
from measures.judgement.quarter import Quarter, judge
from measures.period import Interval, Period, span
from measures.records.frames import typed
from measures.records.mission import Actor, MissionFile
from measures.records.plan import Former, Milestone, Objective, Plan, Promise
from measures.records.revisions import Revision
from measures.records.rows import Row
from measures.records.tables import TABLES
from measures.rubric.model import Rubric, join_ladders
from measures.rubric.read import parse_rubric

FIRST, LAST = Period(2020, 1), Period(2021, 4)
PERIODS = tuple(str(period) for period in span(FIRST, LAST))
MARKINGS = ("public", "restricted")
PLACE = Place("plan.yaml", 1)

DEFAULTS: dict[str, dict[str, str]] = {
    "assessments": {
        "milestone": "M-01", "criterion": "law", "period": "2021Q1", "assessor": "ADV-01",
        "confidence": "high", "methods": "none", "coherence": "none", "adequacy": "none", "relevance": "none",
        "rubric": "small@1.0",
        "rationale": "What was seen on the spot, at some length.", "why_not_next": "Something is missing.",
    },
    "evidence": {
        "kind": "documentary", "covers": "2021-02", "reliability": "B", "credibility": "2",
        "first_hand": "no", "own_claim": "no", "title": "An item", "publisher": "A publisher",
        "summary": "What the item says.", "custody": "held-elsewhere", "holder": "The ministry",
    },
    "citations": {"bearing": "supports", "role": "straw-in-the-wind"},
    "positions": {"objective": "O-01"},
    "moderations": {
        "milestone": "M-01", "criterion": "law", "period": "2021Q1", "moderator": "MOD-01",
        "reason": "Both read the order and agree on it.",
    },
    "engagements": {},
    "crosswalks": {
        "rubric": "small", "before": "1.0", "after": "2.0", "approver": "MOD-01",
        "reason": "The same papers were asked for under another name.",
    },
    "indicators": {"indicator": "Soldiers trained", "reported_by": "Headquarters", "date": "2021-02"},
    "approvals": {},
}  # fmt: skip
_ROLES = {"ADV": "adviser", "PAR": "partner", "EXT": "external"}

RUBRIC = """
id: small
version: "{version}"
title: {{en: Small}}
summary: {{en: A rubric for tests.}}
validity: "2"
aggregation: {aggregation}
sustainment: lasting
levels:
  - {{id: none, label: {{en: None of it}}}}
  - {{id: said, label: {{en: Said}}}}
  - {{id: done, label: {{en: Done}}}}
  - {{id: lasting, label: {{en: Lasting}}}}
criteria:
"""
CRITERION = """
  - id: {id}
    title: {{en: {id}}}
    aspect: de-jure
    question: {{en: Is it so?}}
    levels:
      none:
        descriptor: {{en: Nothing.}}
      said:
        descriptor: {{en: Said.}}
        advisers: leading
        attributes: [{{id: {id}-said, text: {{en: Said.}}}}]
        evidence:
          {{origins: "1", kinds: [documentary, physical, analytical], grade: E5, first_hand: "no",
            fresh: "8"}}
      done:
        descriptor: {{en: Done.}}
        advisers: alongside
        attributes: [{{id: {id}-done-1, text: {{en: Begun.}}}}, {{id: {id}-done-2, text: {{en: Ended.}}}}]
        evidence: {{origins: "2", kinds: [documentary, physical], grade: C3, first_hand: "no", fresh: "4"}}
      lasting:
        descriptor: {{en: Lasting.}}
        advisers: none
        attributes:
          - {{id: {id}-staffed, text: {{en: Staffed.}}, sustains: staffed}}
          - {{id: {id}-funded, text: {{en: Funded.}}, sustains: funded}}
          - {{id: {id}-repeated, text: {{en: Repeated.}}, sustains: repeated}}
        evidence: {{origins: "2", kinds: [physical], grade: B2, first_hand: "yes", fresh: "2"}}
"""


@cache
def rubric(
    *criteria: str,
    version: str = "1.0",
    aggregation: str = "weakest-link",
    change: tuple[str, str] = ("", ""),
    more: str = "",
) -> Rubric:
    """A rubric of four levels: none, said, done (two origins), lasting (first-hand); rules in CRITERION.

    ``change`` puts other words in, ``more`` adds keys.
    """
    text = RUBRIC.format(version=version, aggregation=aggregation)
    text += "".join(CRITERION.format(id=name) for name in criteria or ("law",))
    assert change[0] in text
    read, findings = parse_rubric(text.replace(*change) + more if change[0] else text + more)
    assert read is not None, [finding.message for finding in findings]
    return read


def records(text: str) -> list[dict[str, str]]:
    """A literal table as one map a line."""
    lines = [line.split() for line in text.replace("|", "\n").splitlines() if line.strip()]
    if not lines:
        return []
    return [
        {name: "" if cell == "-" else cell for name, cell in zip(lines[0], line, strict=True)}
        for line in lines[1:]
    ]


def frame(table: str, rows: str | list[dict[str, str]], ladder: tuple[str, ...] = ()) -> pd.DataFrame:
    """A typed frame of ``table``; entries are numbered in the order written."""
    made = []
    for number, given in enumerate(records(rows) if isinstance(rows, str) else rows, start=1):
        values = {"marking": "public", **DEFAULTS[table], **given}
        if table == "assessments":
            values.setdefault("role", _ROLES[values["assessor"][:3]])
        if table == "evidence":
            values.setdefault("origin", f"origin-of-{values['id']}")
        made.append(Row(Place("register", number), {}, values))
    return typed(TABLES[table], made, ladder=ladder or rubric().ladder, periods=PERIODS, markings=MARKINGS)


def milestone(
    name: str = "M-01",
    *,
    first: Period = FIRST,
    rubric_id: str = "small",
    version: str = "1.0",
    former: tuple[Former, ...] = (),
    depends_on: tuple[str, ...] = (),
) -> Milestone:
    """A milestone bound to the small rubric."""
    return Milestone(
        id=name, objective="O-01", title={"en": name}, rubric=rubric_id, version=version, first=first,
        former=former,
        baseline=None, target="lasting", due=LAST, depends_on=depends_on, sustainment={}, lead="", change="",
        place=PLACE,
    )  # fmt: skip


def objective(name: str = "O-01", disposition: str = "active", since: Period | None = None) -> Objective:
    """An objective of the ministry."""
    return Objective(name, {"en": name}, ("minister",), disposition, since, {}, {}, None, "", PLACE)


def promise(name: str, made: str, due: str = "", outcome: str = "", heard: str = "") -> Promise:
    """A promise of the ministry."""
    return Promise(
        id=name, objective="O-01", by=("minister",), text={"en": name}, made=Interval.parse(made),
        due=Interval.parse(due) if due else None, evidence=(), outcome={"en": outcome} if outcome else {},
        outcome_date=Interval.parse(heard) if heard else None, marking="public", change="", place=PLACE,
    )  # fmt: skip


def mission(year_starts: int = 1) -> MissionFile:
    """A mission of eight quarters with two partner actors."""
    sides = {"minister": "partner", "parliament": "partner", "advisers": "mission"}
    actors = tuple(Actor(name, side, {}) for name, side in sides.items())
    return MissionFile("small", {}, {}, {}, True, FIRST, LAST, year_starts, MARKINGS, ("en",), actors, (), ())


@dataclass(frozen=True)
class World:
    """A whole mission, with tables as text; ``judge`` gives one quarter of it."""

    assessments: str | list[dict[str, str]] = ""
    citations: str | list[dict[str, str]] = ""
    evidence: str | list[dict[str, str]] = ""
    moderations: str = ""
    positions: str = ""
    crosswalks: str = ""
    milestones: tuple[Milestone, ...] = field(default_factory=lambda: (milestone(),))
    rubrics: tuple[Rubric, ...] = field(default_factory=lambda: (rubric(),))
    promises: tuple[Promise, ...] = ()
    objectives: tuple[Objective, ...] = field(default_factory=lambda: (objective(),))
    revisions: tuple[Revision, ...] = ()
    approved: frozenset[str] = frozenset()
    year_starts: int = 1

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Typed frames by table name."""
        ladder = join_ladders(self.rubrics) or ("none",)
        given: Mapping[str, str | list[dict[str, str]]] = {
            "assessments": self.assessments, "citations": self.citations, "evidence": self.evidence,
            "moderations": self.moderations, "positions": self.positions,
            "crosswalks": self.crosswalks,
        }  # fmt: skip
        return {name: frame(name, given.get(name, ""), ladder) for name in TABLES}

    @property
    def plan(self) -> Plan:
        """The objectives, the milestones and the promises."""
        return Plan(
            {goal.id: goal for goal in self.objectives},
            {stop.id: stop for stop in self.milestones},
            {said.id: said for said in self.promises},
            self.revisions,
        )

    def judge(self, period: str = "2021Q1", frames: Mapping[str, pd.DataFrame] | None = None) -> Quarter:
        """What may be concluded as of the end of a quarter."""
        rubrics = {(found.id, found.version): found for found in self.rubrics}
        when = Period.parse(period)
        return judge(
            frames or self.frames, mission(self.year_starts), self.plan, rubrics, when, self.approved
        )

    def but(self, **changes: object) -> World:
        """The same with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def cell(quarter: Quarter, criterion: str = "law", period: str = "", of: str = "M-01") -> dict[str, object]:
    """Where one criterion stands, missing levels as empty texts."""
    stands = quarter.stands
    chosen = stands[
        (stands["milestone"] == of)
        & (stands["criterion"] == criterion)
        & (stands["period"] == (period or str(quarter.period)))
    ]
    assert len(chosen) == 1
    row = chosen.iloc[0].to_dict()
    return {str(name): "" if pd.isna(value) else value for name, value in row.items()}


def moves(quarter: Quarter) -> list[tuple[str, ...]]:
    """Every movement as criterion, quarters, levels and cause."""
    columns = ["criterion", "from_period", "period", "before", "after", "cause"]
    return [tuple(row) for row in quarter.moves[columns].itertuples(index=False)]


def health(quarter: Quarter) -> dict[str, list[str]]:
    """Criteria of each line of the health page that counts something."""
    return {line.code: [item[1] for item in line.items] for line in quarter.health if line.items}
