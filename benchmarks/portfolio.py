"""Many missions over ten years, as validated frames made directly: what judging weighs at scale.

    python -m benchmarks.portfolio --missions 40

judges the last quarter of each mission, with every quarter before it, one mission after another as
a headquarters would, rolls all of them up, and prints seconds, seconds of processor and peak memory
of this process, making the frames left out of the time.

No register is written: recording and reading are measured apart. Texts are as long as an
adviser's, because filtering and joining carry them along. Levels walk: in one quarter of six a
criterion's claim moves by a level, and what is supported moves with the evidence found.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks import synthetic
from measures.judgement import roll_up
from measures.judgement.quarter import judge
from measures.period import Period
from measures.records.frames import validate
from measures.records.mission import MissionFile, read_mission
from measures.records.plan import Plan, read_plan
from measures.records.schemas import frame_dtypes
from measures.records.tables import TABLES, Table
from measures.rubric import Rubric, join_ladders, read_document
from measures.workflow.resting import resting

Whole = npt.NDArray[np.int64]
_RATIONALE = "The order was signed and its first paragraph names the office, its posts and its budget. " * 3


@dataclass(frozen=True, slots=True)
class Size:
    """How large one mission is.

    Args:
        cells: Criteria of all its milestones.
        scores: Scores of one quarter; those beyond ``cells`` are second ones.
        citations: Citations of one quarter.
        quarters: How many.
    """

    cells: int = 500
    scores: int = 625
    citations: int = 2_083
    quarters: int = 40


@dataclass(frozen=True, slots=True)
class Given:
    """Everything that judging one mission takes."""

    frames: Mapping[str, pd.DataFrame]
    mission: MissionFile
    plan: Plan
    rubrics: Mapping[tuple[str, str], Rubric]

    @property
    def last(self) -> Period:
        """The quarter to judge."""
        return self.mission.last


@cache
def _described(size: Size) -> tuple[MissionFile, Plan, dict[tuple[str, str], Rubric]]:
    with tempfile.TemporaryDirectory(prefix="measures-bench-") as name:
        folder = Path(name)
        synthetic.write_mission(folder, synthetic.Size(cells=size.cells), size.quarters)
        findings: list[Any] = []
        mission = read_mission(read_document(folder / "mission.yaml", "mission.yaml")[0], findings)
        plan = read_plan(read_document(folder / "plan.yaml", "plan.yaml")[0], findings, ("public", "mission"))
    if mission is None or findings:
        raise SystemExit(f"The mission is not sound: {findings[:1]}")
    return mission, plan, {(rubric.id, rubric.version): rubric for rubric in synthetic.shelf()}


def mission(seed: int, size: Size) -> Given:
    """Return one mission, the same for the same seed."""
    described, plan, rubrics = _described(size)
    ladder = join_ladders(rubrics.values())
    shape = {
        "ladder": ladder,
        "periods": [str(period) for period in described.periods],
        "markings": described.markings,
    }
    made = _rows(np.random.default_rng(seed), size, ladder)
    frames = {}
    for name, table in TABLES.items():
        frame = _typed(table, made.get(name, {}), shape)
        frames[name] = validate(table, frame, **shape) if seed == 0 else frame
    return Given(frames, described, plan, rubrics)


def _rows(random: np.random.Generator, size: Size, ladder: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Return the columns that differ from row to row, by table."""
    where = synthetic.cells(size.cells)
    count = size.scores * size.quarters
    period = np.repeat(np.arange(size.quarters), size.scores)
    cell = np.tile(np.arange(size.scores) % size.cells, size.quarters)
    rung = _walks(random, size)[period, cell]
    rungs = np.array([[ladder.index(level) for level in _some(at.rubric.ladder)] for at in where])
    names = np.array([f"A-{number:07}" for number in range(count)])
    quarters = np.array([str(found) for found in synthetic.periods(size.quarters)])
    milestone, criterion = np.array([at.milestone for at in where]), np.array([at.criterion for at in where])
    scores = {
        "id": names, "milestone": milestone[cell], "criterion": criterion[cell], "period": period,
        "assessor": np.where(np.arange(count) % size.scores < size.cells, "ADV-01", "ADV-02"),
        "role": np.zeros(count, dtype=np.int64), "level": rungs[cell, rung],
        "rationale": np.full(count, _RATIONALE), "why_not_next": np.full(count, "Posts are not yet funded."),
        "confidence": random.integers(0, 4, count),
    }  # fmt: skip
    settled = np.flatnonzero(random.random(count) < 0.2)
    settled = settled[np.unique(period[settled] * size.cells + cell[settled], return_index=True)[1]]
    moderations = {
        "id": np.array([f"N-{number:07}" for number in settled]),
        "moderator": np.full(len(settled), "MOD-01"),
        **{name: scores[name][settled] for name in ("milestone", "criterion", "period", "level")},
        "reason": np.full(len(settled), "Both read the order and agree on what it shows."),
    }
    items, cited = _evidence(random, size, quarters)
    chosen = cited["score"]
    citations = {
        "id": np.array([f"C-{number:07}" for number in range(len(chosen))]),
        "assessment": names[chosen], "evidence": items["id"][cited["item"]], "shows": scores["level"][chosen],
        "bearing": (random.random(len(chosen)) > 0.98).astype(np.int64),
        "role": random.integers(0, 3, len(chosen)),
    }  # fmt: skip
    return {"assessments": scores, "moderations": moderations, "evidence": items, "citations": citations}


def _some(ladder: tuple[str, ...]) -> list[str]:
    """Return four levels above none of it, so that every rubric has as many."""
    return [*ladder[1:], *[ladder[-1]] * 4][:4]


def _walks(random: np.random.Generator, size: Size) -> Whole:
    """Return where each cell stands in each quarter: a level up or down in one quarter of six."""
    steps = random.choice([-1, 0, 1], p=[1 / 18, 5 / 6, 1 / 9], size=(size.quarters, size.cells))
    steps[0] = 1
    stands: Whole = np.clip(np.cumsum(steps, axis=0), 0, 3)
    return stands


def _evidence(
    random: np.random.Generator, size: Size, quarters: npt.NDArray[Any]
) -> tuple[dict[str, Any], dict[str, Whole]]:
    """Return items of evidence, and which score cites which: four citations an item, of its quarter."""
    each = size.citations // 4
    count = each * size.quarters
    period = np.repeat(np.arange(size.quarters), each)
    spans = synthetic.periods(size.quarters)
    starts = np.array([found.first_day() for found in spans], dtype="datetime64[us]")
    ends = np.array([found.last_day() for found in spans], dtype="datetime64[us]")
    items = {
        "id": np.array([f"E-{number:07}" for number in range(count)]),
        "title": np.full(count, "Order on posts and budget lines"), "publisher": np.full(count, "Ministry"),
        "origin": np.array([f"origin-{n}" for n in random.integers(0, 200, count)]),
        "covers": quarters[period], "covers_start": starts[period], "covers_end": ends[period],
        "summary": np.full(count, _RATIONALE), "kind": random.choice(4, count, p=[0.45, 0.35, 0.1, 0.1]),
        "reliability": random.integers(0, 3, count), "credibility": random.integers(0, 3, count),
        "first_hand": random.random(count) < 0.8,
    }  # fmt: skip
    total = size.citations * size.quarters
    at = np.repeat(np.arange(size.quarters), size.citations)
    score = at * size.scores + np.tile(np.arange(size.citations) % size.scores, size.quarters)
    return items, {"score": score, "item": at * each + random.integers(0, each, total)}


def _typed(table: Table, given: Mapping[str, Any], shape: Mapping[str, Any]) -> pd.DataFrame:
    """Return a typed frame; columns that are not given are empty, words and levels are given as codes."""
    count = len(given["id"]) if given else 0
    dtypes = frame_dtypes(table, shape["ladder"], shape["periods"], shape["markings"])
    columns = {name: _column(name, dtype, given.get(name), count) for name, dtype in dtypes.items()}
    index = pd.Index([f"register:{number}" for number in range(1, count + 1)], dtype="str", name="place")
    return pd.DataFrame(columns).set_index(index)


def _column(name: str, dtype: Any, value: Any, count: int) -> Any:
    if isinstance(dtype, pd.CategoricalDtype):
        codes = np.full(count, 0 if name == "marking" else -1) if value is None else value
        return pd.Categorical.from_codes(codes.tolist(), dtype=dtype)
    if value is None:
        empty = {"int64": range(1, count + 1), "bool": [False] * count, "str": [""] * count}
        value = empty.get(str(dtype), [pd.NaT] * count)
    return pd.Series(value, dtype=dtype)


def judged(missions: int, size: Size) -> dict[str, float]:
    """Judge that many missions and roll them up; return what it took."""
    wall = processor = 0.0
    assessments = moved = 0
    parts = []
    for seed in range(missions):
        given = mission(seed, size)
        gc.collect()
        begun = time.perf_counter(), time.process_time()
        with resting():  # as an open mission judges
            quarter = judge(given.frames, given.mission, given.plan, given.rubrics, given.last)
        wall, processor = wall + time.perf_counter() - begun[0], processor + time.process_time() - begun[1]
        assessments += len(given.frames["assessments"])
        moved += len(quarter.moves)
        stands = quarter.stands
        parts.append(pd.DataFrame({
            "milestone": pd.factorize(stands["milestone"])[0] + seed * size.cells,
            "period": pd.factorize(stands["period"], sort=True)[0],
            "code": stands["low"].cat.codes.to_numpy(),
        }))  # fmt: skip
    begun = time.perf_counter(), time.process_time()
    rolled = roll_up(pd.concat(parts, ignore_index=True), top=5)
    wall, processor = wall + time.perf_counter() - begun[0], processor + time.process_time() - begun[1]
    return {
        "seconds": wall,
        "processor": processor,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "assessments": assessments,
        "movements": moved,
        "results": len(rolled),
    }


def main() -> int:
    """Judge what was asked for and print what it took, in seconds and MiB."""
    parser = argparse.ArgumentParser(description="Judge many missions over ten years.")
    parser.add_argument("--missions", type=int, default=40)
    parser.add_argument("--quarters", type=int, default=40)
    asked = parser.parse_args()
    print(json.dumps(judged(asked.missions, Size(quarters=asked.quarters))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
