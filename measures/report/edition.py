"""Editions as data, and the filter by marking that comes before any model is built.

Default closed: a row whose marking is above the ceiling, missing or unknown is withheld,
and so is what rests on a withheld row alone. What is withheld leaves a countable hole,
never an id, a date or a length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from measures.errors import EditionError
from measures.finding import did_you_mean, one_of
from measures.period import Period
from measures.records.frames import lines
from measures.records.plan import Plan, Promise
from measures.rubric import read_document
from measures.rubric.model import Texts
from measures.rubric.reading import root

SECTIONS = (
    "quarter",
    "overview",
    "milestones",
    "ambition",
    "indicators",
    "evidence",
    "health",
    "method",
    "claims",
)


MODELS = ("quarter", "scores")
"""What an edition is made of: the quarter in prose, or every score with what stands behind it."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A report for one audience, as its YAML says.

    Args:
        sections: Sections in order; an edition of scores has none to choose.
        model: One of :data:`MODELS`.
    """

    id: str
    version: str
    title: Texts
    audience: Texts
    ceiling: str
    template: str
    language: str
    page: str
    profile: str
    sections: tuple[str, ...]
    model: str = MODELS[0]


def read_edition(name: str, files: Mapping[str, Path]) -> Edition:
    """Return the edition ``name``.

    Raises:
        EditionError: There is none of that name, or its file is not sound.
    """
    if name not in files:
        raise EditionError(f"Expected the edition {one_of(files)}, got {name!r}.{did_you_mean(name, files)}")
    document, findings = read_document(files[name], f"reports/{name}.yaml")
    top = root(document, findings, "an edition")
    if top is not None:
        top.only(
            "id",
            "version",
            "title",
            "audience",
            "ceiling",
            "template",
            "language",
            "page",
            "profile",
            "sections",
            "model",
        )
        model = top.word("model", MODELS, required=False, default=MODELS[0]) or MODELS[0]
        edition = Edition(
            id=top.text("id"),
            version=top.text("version"),
            title=top.texts("title"),
            audience=top.texts("audience"),
            ceiling=top.text("ceiling"),
            template=top.text("template"),
            language=top.text("language"),
            page=top.text("page"),
            profile=top.text("profile"),
            sections=top.words("sections", required=model == MODELS[0], allowed=SECTIONS),
            model=model,
        )
        if not findings:
            return edition
    first = findings[0]
    raise EditionError(f"The edition {name} cannot be used: {first.place}: {first.message}", first.remedy)


@dataclass(frozen=True, slots=True)
class Admitted:
    """What an audience may see.

    Args:
        frames: Typed frames without withheld rows.
        plan: The plan without withheld promises.
        withheld: How many scores are withheld; their cells show as withheld.
        cells: Milestone, criterion and period of each withheld score.
    """

    frames: Mapping[str, pd.DataFrame]
    plan: Plan
    withheld: int
    cells: frozenset[tuple[str, str, str]]


def admit(frames: Mapping[str, pd.DataFrame], plan: Plan, ceiling: str, markings: Sequence[str]) -> Admitted:
    """Return what may be seen up to ``ceiling``.

    Args:
        frames: Typed frames by table name.
        plan: The plan.
        ceiling: The highest marking the audience may see.
        markings: The mission's markings, lowest first.

    Raises:
        EditionError: The ceiling is not a marking of the mission.
    """
    if ceiling not in markings:
        raise EditionError(
            f"Expected the ceiling to be a marking of the mission ({one_of(markings)}), got {ceiling!r}.",
            "Correct ceiling in the edition.",
        )
    allowed = list(markings)[: list(markings).index(ceiling) + 1]
    seen = {name: frame[frame["marking"].astype("str").isin(allowed)] for name, frame in frames.items()}
    gone = frames["assessments"].drop(seen["assessments"].index)
    scores = seen["assessments"]
    seen["assessments"] = scores[~_stand_ins(scores, gone, plan)]
    citations = seen["citations"]
    seen["citations"] = citations[
        citations["assessment"].isin(seen["assessments"]["id"])
        & citations["evidence"].isin(seen["evidence"]["id"])
    ]
    promises: dict[str, Promise] = {name: p for name, p in plan.promises.items() if p.marking in allowed}
    items = frozenset(seen["evidence"]["id"])
    objectives = {name: found.resting_on(items) for name, found in plan.objectives.items()}
    cells = frozenset(
        (milestone, criterion, period)
        for milestone, criterion, period in lines(
            gone[~gone["superseded"]], "milestone", "criterion", "period"
        )
    )
    return Admitted(seen, Plan(objectives, plan.milestones, promises, plan.revisions), len(cells), cells)


def _stand_ins(scores: pd.DataFrame, gone: pd.DataFrame, plan: Plan) -> pd.Series[bool]:
    """Return which scores, given under another rubric version, would speak in the place of a withheld one.

    Args:
        scores: The assessments that may be seen.
        gone: Those that are withheld.
        plan: The plan, which says what version holds for a quarter.
    """
    columns = ("milestone", "criterion", "period", "rubric")

    def holds(row: tuple[str, ...]) -> bool:
        found = plan.milestones.get(row[0])
        return found is None or row[3] in ("", f"{found.rubric}@{found.version_at(Period.parse(row[2]))}")

    def speaking(frame: pd.DataFrame) -> set[tuple[str, ...]]:
        ours = frame[~frame["superseded"] & (frame["role"] != "partner")]
        return {row[:3] for row in lines(ours, *columns) if holds(row)}

    hidden = speaking(gone) - speaking(scores)
    stands = [row[:3] in hidden and not holds(row) for row in lines(scores, *columns)]
    return pd.Series(stands, index=scores.index, dtype="bool")
