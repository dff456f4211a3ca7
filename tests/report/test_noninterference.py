"""What an audience may not see has no influence on what it sees, except for holes that are counted.

Rows of the example are hidden at random. Then what they say is changed: texts, levels, grades, dates,
kinds, who wrote them. Both missions must give the very same edition. A secret that is printed, that
decides a level, a count, a cause or an order, or that lends a word to a sentence would tell them apart.
"""

from __future__ import annotations

import dataclasses
from random import Random

import pandas as pd
import pytest

from measures.library import edition_files
from measures.report.audit import AuditReport
from measures.report.build import Material, build, build_audit
from measures.report.edition import read_edition
from measures.report.model import Report
from measures.workflow.mission import Mission
from measures.workflow.publish import material

HIDDEN = "restricted"
CEILING = "partner"
KEYS = frozenset(
    {"id", "assessment", "supersedes", "superseded", "marking", "milestone", "criterion", "period"}
)
"""Columns that say where a row belongs: a hole is counted by its place, so that has to stay."""


def hidden(mission: Mission, chance: Random, share: float) -> dict[str, pd.DataFrame]:
    """Return the mission's frames with a share of the rows of each hidden, and what corrects them too."""
    frames = {}
    for name, frame in mission.frames.items():
        at = pd.Series([chance.random() < share for _ in range(len(frame))], index=frame.index, dtype="bool")
        frames[name] = frame.assign(marking=frame["marking"].mask(at, HIDDEN))
    return frames


def told_otherwise(frames: dict[str, pd.DataFrame], chance: Random) -> dict[str, pd.DataFrame]:
    """Return frames whose hidden rows say other things: their cells are dealt out anew, texts are made up."""
    made = {}
    for name, frame in frames.items():
        at = frame.index[frame["marking"] == HIDDEN]
        other = frame.copy()
        for column in frame.columns.difference(list(KEYS)):
            every = list(frame[column])
            dealt = [chance.choice(every) for _ in at]
            if isinstance(frame[column].dtype, pd.StringDtype) and chance.random() < 0.5:
                dealt = [
                    f"Qzxv {chance.random()}" if isinstance(cell, str) and cell else cell for cell in dealt
                ]
            other.loc[at, column] = pd.Series(dealt, index=at, dtype=frame[column].dtype)
        made[name] = other
    return made


def editions(mission: Mission, frames: dict[str, pd.DataFrame]) -> tuple[Report, AuditReport]:
    """Return both kinds of edition made from ``frames``, without the register's digests."""
    bare: Material = dataclasses.replace(
        material(mission), frames=frames, approved=frozenset(), digests={}, entries={}, head=(1, "0" * 64)
    )
    period = mission.period("2021Q1")
    chosen = [
        dataclasses.replace(read_edition(name, edition_files()), ceiling=CEILING) for name in ("hq", "audit")
    ]
    return build(chosen[0], period, bare), build_audit(chosen[1], period, bare)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_what_is_hidden_decides_nothing(example: Mission, seed: int) -> None:
    chance = Random(seed)
    frames = hidden(example, chance, share=(0.05, 0.2, 0.5, 0.9)[seed % 4])
    first = editions(example, frames)
    second = editions(example, told_otherwise(frames, chance))
    for at, model in enumerate((Report, AuditReport)):
        for field in dataclasses.fields(model):
            assert getattr(first[at], field.name) == getattr(second[at], field.name), field.name
    assert "Qzxv" not in repr(second)


def test_rows_that_may_be_seen_do_decide(example: Mission) -> None:
    """The comparison can fail: the same change to rows that may be seen shows."""
    frames = hidden(example, Random(1), share=0.3)
    other = told_otherwise(frames, Random(2))
    assert editions(example, seen(frames)) != editions(example, seen(other))


def seen(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return frames whose rows may all be seen."""
    return {
        name: frame.assign(marking=frame["marking"].mask(frame["marking"] == HIDDEN, "public"))
        for name, frame in frames.items()
    }
