"""Made-up missions of any size, the same for the same seed: nobody scored them, they only weigh something.

The texts are as long as an adviser's (a rationale of some 300 characters), because length
is what recording, digesting and checking have to carry.
"""

from __future__ import annotations

import copy
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, cast

import numpy as np
import pandas as pd

from measures import library
from measures.period import Period, span
from measures.records.tables import TABLES
from measures.rubric import Rubric, dump, read_shelf, to_plain

FIRST = Period(2018, 1)
ORIGINS = 40
_WORDS = (
    "order", "signed", "office", "plan", "staff", "budget", "line", "cycle", "review", "minutes", "visit",
    "adviser", "ministry", "report", "letter", "course", "register", "audit", "record", "revised", "filled",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How large a mission is: cells to score each quarter, scores and citations of one quarter."""

    cells: int = 180
    scores: int = 180
    citations: int = 600


@dataclass(frozen=True, slots=True)
class Cell:
    """One criterion of one milestone."""

    milestone: str
    criterion: str
    rubric: Rubric


def shelf() -> list[Rubric]:
    """Return the rubrics that ship with the product."""
    return list(read_shelf(library.rubric_files(), library.table_files()).rubrics.values())


def large_rubric(*, criteria: int, levels: int) -> str:
    """Return the text of a rubric of that size, in the words of one criterion of the shelf."""
    plain = to_plain(shelf()[0])
    plain.update(vignettes=[], caps=[])
    model: Any = plain["criteria"]
    names = [level["id"] for level in cast("Any", plain["levels"])]
    middle = names[len(names) // 2]
    extra = [f"{middle}-{number}" for number in range(levels - len(names))]
    at = names.index(middle) + 1
    ladder = [*names[:at], *extra, *names[at:]]
    made = []
    for number in range(criteria):
        steps = {}
        for level in ladder:
            step = copy.deepcopy(model[0]["levels"][middle if level in extra else level])
            for place, attribute in enumerate(step.get("attributes", ())):
                attribute["id"] = f"c{number}-{level}-{place}"
            steps[level] = step
        made.append({**model[0], "id": f"c{number}", "levels": steps})
    labels = [{"id": level, "label": {"en": level, "ar": level}} for level in ladder]
    return dump({**plain, "levels": labels, "criteria": made})


def cells(count: int) -> list[Cell]:
    """Return ``count`` criteria of as many milestones as that takes, over the shelf's rubrics in turn."""
    rubrics = shelf()
    found: list[Cell] = []
    number = 0
    while len(found) < count:
        rubric = rubrics[number % len(rubrics)]
        number += 1
        found += [Cell(f"M-{number:03}", criterion.id, rubric) for criterion in rubric.criteria]
    return found[:count]


def write_mission(folder: Path, size: Size, quarters: int) -> None:
    """Write ``mission.yaml`` and ``plan.yaml`` of a mission that scores ``quarters`` quarters."""
    last = FIRST + (quarters - 1)
    bound = {cell.milestone: cell.rubric for cell in cells(size.cells)}
    codes = "".join(f"  - {{code: ADV-{n:02}, role: adviser, post: {{en: Adviser}}}}\n" for n in range(1, 10))
    (folder / "mission.yaml").write_text(
        "id: synthetic\nname: {en: Synthetic}\npartner: {en: Ministry}\n"
        f'quarters: {{first: {FIRST}, last: {last}, year_starts: "1"}}\n'
        "markings: [public, mission]\nlanguages: [en]\n"
        "actors: [{id: minister, side: partner, name: {en: Minister}}]\n"
        f"people:\n{codes}",
        encoding="utf-8",
    )
    milestones = "".join(
        f"  - {{id: {name}, objective: O-01, title: {{en: {name}}}, rubric: {rubric.id}, version: "
        f'"{rubric.version}", from: {FIRST}, target: {rubric.sustainment}, due: {last}, '
        "sustainment: {en: Not said.}}\n"
        for name, rubric in bound.items()
    )
    (folder / "plan.yaml").write_text(
        "objectives:\n  - {id: O-01, title: {en: Everything}, proposed_by: [minister], disposition: active}\n"
        f"milestones:\n{milestones}",
        encoding="utf-8",
    )


def write_quarters(
    folder: Path, size: Size, periods: Sequence[Period], seed: int, *, prefix: str = ""
) -> None:
    """Write the tables of scores, evidence and citations of some quarters."""
    tables: dict[str, list[Mapping[str, str]]] = {"assessments": [], "evidence": [], "citations": []}
    for period in periods:
        for name, rows in quarter(size, period, seed, prefix).items():
            tables[name] += rows
    for name, lines in tables.items():
        with (folder / TABLES[name].file).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, TABLES[name].header, restval="")
            writer.writeheader()
            writer.writerows(lines)


def quarter(size: Size, period: Period, seed: int, prefix: str = "") -> dict[str, list[Mapping[str, str]]]:
    """Return one quarter's rows; assessors beyond the first score some criteria a second time."""
    chance = Random(f"{seed} {period} {prefix}")  # noqa: S311 - made-up data, no secret
    where = cells(size.cells)
    items = [_item(f"{prefix}E-{period}-{n:03}", period, chance) for n in range(max(1, size.citations // 4))]
    scores: list[Mapping[str, str]] = []
    for number in range(size.scores):
        cell, rater = where[number % len(where)], number // len(where) + (5 if prefix else 1)
        scores.append(_score(f"{prefix}A-{period}-{number:03}", cell, period, rater, chance))
    cited = [
        _citation(f"{prefix}C-{period}-{n:04}", scores[n % len(scores)], items, n // len(scores), chance)
        for n in range(size.citations)
    ]
    return {"assessments": scores, "evidence": items, "citations": cited}


def _text(chance: Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize() + "."


def _score(name: str, cell: Cell, period: Period, rater: int, chance: Random) -> Mapping[str, str]:
    return {
        "id": name,
        "milestone": cell.milestone,
        "criterion": cell.criterion,
        "period": str(period),
        "assessor": f"ADV-{rater:02}",
        "role": "adviser",
        "score": chance.choice(cell.rubric.ladder[1:-1]),
        "rationale": _text(chance, 45),
        "why_not_next": _text(chance, 20),
        "confidence": chance.choice(("low", "moderate", "high")),
        **dict.fromkeys(("methods", "coherence", "adequacy", "relevance"), "minor"),
        "marking": "public",
    }


def _item(name: str, period: Period, chance: Random) -> Mapping[str, str]:
    return {
        "id": name,
        "title": _text(chance, 8),
        "publisher": "A publisher",
        "kind": chance.choice(("documentary", "physical", "testimonial", "analytical")),
        "origin": f"origin-{chance.randrange(ORIGINS)}",
        "covers": period.first_day().isoformat()[:7],
        "summary": _text(chance, 25),
        "reliability": chance.choice("ABCD"),
        "credibility": chance.choice("123"),
        "own_claim": "no",
        "first_hand": chance.choice(("yes", "no")),
        "marking": "public",
        "custody": "held-elsewhere",
        "holder": "The ministry",
    }


def _citation(
    name: str, score: Mapping[str, str], items: Sequence[Mapping[str, str]], turn: int, chance: Random
) -> Mapping[str, str]:
    # One item a turn and score, from a stretch of its own, so that none is cited twice for one score.
    stretch = max(1, len(items) // 4)
    return {
        "id": name,
        "assessment": score["id"],
        "evidence": items[(turn * stretch + chance.randrange(stretch)) % len(items)]["id"],
        "locator": f"p. {turn + 1}",
        "bearing": "supports" if chance.random() < 0.9 else "contradicts",
        "role": chance.choice(("straw-in-the-wind", "hoop", "smoking-gun")),
        "shows": score["score"],
        "marking": "public",
    }


def periods(count: int) -> tuple[Period, ...]:
    """Return the first ``count`` quarters of a synthetic mission."""
    return span(FIRST, FIRST + (count - 1))


def levels(rows: int, seed: int, *, top: int = 5) -> pd.DataFrame:
    """Return ``rows`` levels for a roll-up, as of forty missions: one in five not known.

    Returns:
        ``milestone`` and ``period`` (categories) and ``code`` (rung, -1 where not known); about
        four criteria to each milestone and quarter.
    """
    random = np.random.default_rng(seed)
    quarters = 40
    milestones = max(1, rows // (4 * quarters))
    names = [f"M-{number:05}" for number in range(milestones)]
    code = random.integers(0, top + 1, rows)
    code[random.random(rows) < 0.2] = -1
    chosen = random.integers(0, milestones, rows), random.integers(0, quarters, rows)
    labels = pd.Index(names), pd.Index([str(period) for period in periods(quarters)])
    return pd.DataFrame({
        "milestone": pd.Categorical.from_codes(chosen[0], categories=labels[0]),
        "period": pd.Categorical.from_codes(chosen[1], categories=labels[1], ordered=True),
        "code": code,
    })  # fmt: skip


def lines(path: Path) -> Iterator[bytes]:
    """Yield the contents of a register in order: what an auditor's export holds."""
    from measures.register import Register

    with Register.open(path, read_only=True) as register:
        yield from register.lines()
