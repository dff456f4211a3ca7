"""A made-up mission with nothing wrong in it, the same for the same seed; truths are planted into it.

Two raters give the same level on everything, cite what a ministry signed and what somebody saw
in the quarter itself, and a third person settles each level. Whatever was scored or settled is
approved. What the partner was asked about it demands, what it promised was heard of. So judging
this mission has nothing to find, and whatever is found in an altered copy was planted there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from measures.period import Period, span
from measures.records.tables import TABLES

PERIODS = span(Period(2022, 1), Period(2023, 4))
LAST = PERIODS[-1]
"""The quarter that everything is planted in, and that is judged."""

LADDER = ("none", "voiced", "drafted", "working", "kept")
_TARGETS = {"M-01": "drafted"}
"""M-01 climbs from the ground: a higher target would ask for more than it had shown yet."""

WORKING, KEPT = LADDER.index("working"), LADDER.index("kept")
VALIDITY = 2
RATERS = {"ADV-01": "adviser", "EXT-01": "external"}
SHAPE = {
    "M-01": ("works", ("plans", "budgets", "reviews")),
    "M-02": ("supply", ("stores", "transport")),
    "M-03": ("works", ("plans", "budgets", "reviews")),
}
"""Rubric and criteria of each milestone; the first and the third are capped by the second."""

_RULES = {
    "voiced": ("1", ["documentary", "physical"], "D4", "no", "8"),
    "drafted": ("1", ["documentary", "physical"], "C3", "no", "4"),
    "working": ("2", ["documentary", "physical"], "C3", "no", "4"),
    "kept": ("2", ["physical"], "C3", "yes", "4"),
}
_ADVISERS = {"voiced": "leading", "drafted": "alongside", "working": "on-request", "kept": "none"}
_SUSTAINS = ("staffed", "funded", "repeated")

Row = dict[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One criterion of one milestone in one quarter."""

    milestone: str
    criterion: str
    period: Period = LAST

    def __str__(self) -> str:
        return f"{self.milestone}/{self.criterion}/{self.period}"

    def at(self, period: Period) -> Cell:
        """Return the same criterion in another quarter."""
        return Cell(self.milestone, self.criterion, period)

    @property
    def before(self) -> Cell:
        """The same criterion one quarter earlier."""
        return self.at(self.period + -1)


@dataclass(frozen=True)
class Draft:
    """A mission not yet written: plain values that a truth may alter.

    Args:
        chance: Where a truth is planted is drawn from it.
        rubrics: By file stem.
        tables: Rows by table name.
        unapproved: Scores and settlements that nobody approves.
    """

    chance: Random
    mission: dict[str, Any]
    plan: dict[str, Any]
    rubrics: dict[str, dict[str, Any]]
    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    unapproved: set[str] = field(default_factory=set)

    def scores(self, cell: Cell) -> list[Row]:
        """Return the scores of a cell."""
        return [row for row in self.tables["assessments"] if _of(row, cell)]

    def level(self, cell: Cell) -> int:
        """Return the rung that the first rater gave."""
        return LADDER.index(self.scores(cell)[0]["score"])

    def give(self, row: Row, rung: int) -> None:
        """Let a score be of a level, with all that belongs to it; its citations show as much."""
        row["score"] = LADDER[rung]
        row["attributes"] = answers(row["criterion"], rung)
        for cited in self.citations(row):
            cited["shows"] = LADDER[rung]

    def refuse(self, row: Row, score: str, cause: str = "") -> None:
        """Let a score be a non-score, which has no confidence and cites nothing."""
        for name in ("why_not_next", "confidence", "methods", "coherence", "adequacy", "relevance"):
            row[name] = ""
        row.update(score=score, cause=cause, attributes="")
        self.forget(row)

    def citations(self, row: Row) -> list[Row]:
        """Return the citations of a score."""
        return [cited for cited in self.tables["citations"] if cited["assessment"] == row["id"]]

    def forget(self, row: Row) -> None:
        """Drop the citations of a score."""
        self.tables["citations"] = [
            cited for cited in self.tables["citations"] if cited["assessment"] != row["id"]
        ]

    def items(self, cell: Cell) -> list[Row]:
        """Return the evidence that is cited for a cell."""
        names = {cited["evidence"] for row in self.scores(cell) for cited in self.citations(row)}
        return [item for item in self.tables["evidence"] if item["id"] in names]

    def cite(self, row: Row, item: Row, **changes: str) -> None:
        """Let a score cite one more item."""
        made = _citation(f"C-{row['id']}-{len(self.citations(row)) + 1}-{item['id']}", row, item)
        self.tables["citations"].append({**made, **changes})

    def item(self, model: Row, name: str, **changes: str) -> Row:
        """Return one more item of evidence, like another one but for some cells."""
        made = {**model, "id": name, **changes}
        self.tables["evidence"].append(made)
        return made

    def unsettle(self, cell: Cell) -> None:
        """Take back what was settled on a cell."""
        rows = self.tables["moderations"]
        self.tables["moderations"] = [row for row in rows if not _of(row, cell)]

    def settlement(self, cell: Cell) -> Row:
        """Return what was settled on a cell."""
        return next(row for row in self.tables["moderations"] if _of(row, cell))

    def drop(self, row: Row) -> None:
        """Take a score out, with its citations."""
        self.forget(row)
        self.tables["assessments"].remove(row)

    def milestone(self, name: str) -> dict[str, Any]:
        """Return a milestone of the plan."""
        found: dict[str, Any] = next(one for one in self.plan["milestones"] if one["id"] == name)
        return found

    def any_of(self, cells: Sequence[Cell]) -> Cell:
        """Return one of some cells, as the seed has it."""
        return self.chance.choice(sorted(cells))


def _of(row: Row, cell: Cell) -> bool:
    return (row["milestone"], row["criterion"], row["period"]) == (
        cell.milestone,
        cell.criterion,
        str(cell.period),
    )


def cells(milestone: str, period: Period = LAST) -> list[Cell]:
    """Return the cells of a milestone in a quarter."""
    return [Cell(milestone, criterion, period) for criterion in SHAPE[milestone][1]]


def draft(seed: int, name: str = "") -> Draft:
    """Return the mission of a seed, not yet written; with a name, chance draws other places for it."""
    chance, where = Random(f"clean {seed}"), Random(f"{name} {seed}")  # noqa: S311 - made-up data, no secret
    made = Draft(where, _mission(), _plan(), {name: rubric(name) for name in ("works", "supply")})
    falls = chance.choice(cells("M-01")).criterion
    for milestone, (_, criteria) in SHAPE.items():
        for criterion in criteria:
            rungs = _line(milestone, chance, falls=criterion == falls)
            for period, rung in zip(PERIODS, rungs, strict=True):
                _score(made, Cell(milestone, criterion, period), rung)
    for period in PERIODS:
        made.tables["engagements"].append(_meeting(period))
    for number, objective in enumerate(made.plan["objectives"]):
        made.tables["positions"] += [
            _position(f"S-{number}-{year}", objective["id"], f"{year}-02-03") for year in (2022, 2023)
        ]
    return made


def _line(milestone: str, chance: Random, *, falls: bool) -> list[int]:
    """Return the rung of each quarter; nothing moves in the last two."""
    count = len(PERIODS)
    if milestone == "M-02":
        return [KEPT] * count
    if milestone == "M-03":
        rose = chance.randrange(1, 3)
        return [WORKING] * rose + [KEPT] * (count - rose)
    first, second = (chance.randrange(1, 3), 3) if falls else sorted(chance.sample(range(1, 6), 2))
    line = [1 + (at >= first) + (at >= second) for at in range(count)]
    line[4] -= falls
    return line


def _score(made: Draft, cell: Cell, rung: int) -> None:
    stem = f"{cell.milestone}-{cell.criterion}-{cell.period}"
    items = [_item(f"E-{stem}-{number}", cell, number) for number in (1, 2)]
    made.tables["evidence"] += items
    for rater, role in RATERS.items():
        row = score(f"A-{stem}-{rater}", cell, rater, role, rung)
        made.tables["assessments"].append(row)
        made.tables["citations"] += [_citation(f"C-{row['id']}-{item['id']}", row, item) for item in items]
    made.tables["moderations"].append(
        {
            "id": f"N-{stem}", "milestone": cell.milestone, "criterion": cell.criterion,
            "period": str(cell.period), "moderator": "MOD-01", "settled": LADDER[rung],
            "reason": "Both give this level, and what they cite shows it.", "marking": "mission",
        }
    )  # fmt: skip


def score(name: str, cell: Cell, rater: str, role: str, rung: int) -> Row:
    """Return a sound score of a cell, without its citations."""
    return {
        "id": name, "milestone": cell.milestone, "criterion": cell.criterion, "period": str(cell.period),
        "assessor": rater, "role": role, "score": LADDER[rung],
        "rationale": "The signed order and the visit to the office both show what the level describes.",
        "why_not_next": "What the next level describes was looked for and not seen.",
        "confidence": "high", "methods": "none", "coherence": "none", "adequacy": "none",
        "relevance": "none", "attributes": answers(cell.criterion, rung), "marking": "mission",
    }  # fmt: skip


def answers(criterion: str, rung: int) -> str:
    """Return a yes to every statement up to a rung."""
    names = [name for level in LADDER[1 : rung + 1] for name in _attributes(criterion, level)]
    return "; ".join(f"{name}=yes" for name in names)


def _attributes(criterion: str, level: str) -> Iterator[str]:
    yield from (f"{criterion}-{gate}" for gate in _SUSTAINS) if level == "kept" else (f"{criterion}-{level}",)


def _item(name: str, cell: Cell, number: int) -> Row:
    """Return an order of the ministry, or what somebody saw on a visit; each its own origin."""
    month = cell.period.first_day().month + number
    return {
        "id": name, "title": ("Signed order", "Note of a visit")[number - 1], "publisher": "Ministry",
        "kind": "physical", "origin": f"{('ministry', 'visit')[number - 1]}-{name}".lower(),
        "covers": f"{cell.period.year}-{month:02}", "summary": "It shows what the level describes.",
        "reliability": "B", "credibility": "2", "own_claim": "no", "first_hand": "yes",
        "marking": "mission", "custody": "held-elsewhere", "holder": "The ministry",
    }  # fmt: skip


def _citation(name: str, row: Row, item: Row) -> Row:
    return {
        "id": name, "assessment": row["id"], "evidence": item["id"], "bearing": "supports", "role": "hoop",
        "shows": row["score"], "marking": "mission",
    }  # fmt: skip


def _meeting(period: Period) -> Row:
    day = period.first_day()
    return {
        "id": f"G-{period}", "requested": f"{day:%Y-%m}-04", "held": f"{day:%Y-%m}-09",
        "counterpart": "Office of the minister", "actors": "minister", "subject": "The plan of the year",
        "initiated_by": "mission", "objectives": "O-01; O-02; O-03", "marking": "mission",
    }  # fmt: skip


def _position(name: str, objective: str, date: str) -> Row:
    return {
        "id": name, "objective": objective, "actor": "minister", "date": date, "stance": "demanded",
        "reason": "Asked for it at the yearly meeting.", "marking": "mission",
    }  # fmt: skip


def _mission() -> dict[str, Any]:
    people = {**RATERS, "ADV-02": "adviser", "EXT-02": "external", "MOD-01": "moderator",
              "APP-01": "approver"}  # fmt: skip
    return {
        "id": "planted",
        "name": {"en": "A made-up mission"},
        "partner": {"en": "The ministry"},
        "quarters": {"first": str(PERIODS[0]), "last": str(LAST + 4), "year_starts": "1"},
        "markings": ["public", "mission", "restricted"],
        "languages": ["en"],
        "actors": [
            {"id": "minister", "side": "partner", "name": {"en": "Minister"}, "origins": ["ministry"]}
        ],
        "people": [{"code": code, "role": role, "post": {"en": code}} for code, role in people.items()],
    }


def _plan() -> dict[str, Any]:
    objectives, milestones = [], []
    for number, (name, (rubric_id, _)) in enumerate(SHAPE.items(), start=1):
        objectives.append(
            {
                "id": f"O-0{number}", "title": {"en": f"The ministry runs part {number} by itself"},
                "proposed_by": ["minister"], "disposition": "active",
                "host_document": {"en": "The ministry's plan for the years 2022 to 2025"},
                "resources": [
                    {"date": "2022-01", "side": "partner", "posts_needed": "6", "posts_filled": "6"}
                ],
            }
        )  # fmt: skip
        milestones.append(
            {
                "id": name, "objective": f"O-0{number}", "title": {"en": f"Part {number} is kept up"},
                "rubric": rubric_id, "version": "1.0", "from": str(PERIODS[0]),
                "baseline": str(PERIODS[0]), "target": _TARGETS.get(name, "kept"), "due": str(LAST + 4),
                "depends_on": ["M-02"] if rubric_id == "works" else [],
                "sustainment": {"en": "The ministry staffs it and pays for it from its own budget."},
                "lead": "ADV-01", "host_measure": "yes",
            }
        )  # fmt: skip
    promises = [
        {
            "id": "P-01", "objective": "O-01", "by": ["minister"], "text": {"en": "A plan by the summer"},
            "made": "2023-03-02", "due": "2023-06", "outcome": {"en": "The plan was signed in May."},
            "outcome_date": "2023-05-20", "marking": "mission",
        }
    ]  # fmt: skip
    return {"objectives": objectives, "milestones": milestones, "promises": promises}


def rubric(name: str) -> dict[str, Any]:
    """Return a rubric of the mission's own as a plain map."""
    criteria = next(criteria for rubric_id, criteria in SHAPE.values() if rubric_id == name)
    caps = [{"rubric": "supply", "reason": {"en": "Nothing works for long without supply."}}]
    return {
        "id": name, "version": "1.0", "title": {"en": name.capitalize()},
        "summary": {"en": "A rubric for planted truths."}, "validity": str(VALIDITY),
        "aggregation": "weakest-link", "sustainment": "kept",
        **({"caps": caps} if name == "works" else {}),
        "levels": [{"id": level, "label": {"en": level.capitalize()}} for level in LADDER],
        "criteria": [_criterion(criterion) for criterion in criteria],
    }  # fmt: skip


def _criterion(name: str) -> dict[str, Any]:
    levels: dict[str, Any] = {"none": {"descriptor": {"en": "The ministry does nothing of the kind."}}}
    for level, (origins, kinds, grade, first_hand, fresh) in _RULES.items():
        gates = zip(_attributes(name, level), _SUSTAINS, strict=False)
        levels[level] = {
            "descriptor": {"en": f"The directorate is at the level {level}."},
            "advisers": _ADVISERS[level],
            "attributes": [
                {"id": attribute, "text": {"en": f"The statement {attribute} holds."},
                 **({"sustains": gate} if level == "kept" else {})}
                for attribute, gate in gates
            ],
            "evidence": {"origins": origins, "kinds": kinds, "grade": grade, "first_hand": first_hand,
                         "fresh": fresh},
        }  # fmt: skip
    return {
        "id": name, "title": {"en": name.capitalize()}, "aspect": "de-facto",
        "question": {"en": f"Does the ministry keep up its {name}?"}, "levels": levels,
    }  # fmt: skip
