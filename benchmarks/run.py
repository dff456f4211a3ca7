#!/usr/bin/env python
"""Measure the product on this machine: medians, and ratios to a floor measured in the same run.

    python benchmarks/run.py             everything; some minutes
    python benchmarks/run.py --quick     small sizes, to see that it works
    python benchmarks/run.py --only roll-up --only judge
    python benchmarks/run.py --json      for comparing by machine

It prints and writes nothing. Take the ratios; the seconds belong to the machine.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from benchmarks.cases import Case, Scale, Told, cases

LIBRARIES = ("pandas", "numpy", "pandera", "msgspec", "weasyprint")
GROUPS = (
    "start", "rubrics", "record", "verify", "register", "trace", "judge", "workbook", "workbooks", "roll-up",
    "support", "agreement", "portfolio", "audit", "render",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """A case as measured; seconds, for one of ``unit`` where there is one; peak memory in MiB."""

    name: str
    seconds: float
    least: float
    floor: float | None
    ratio: float | None
    against: str
    runs: int
    unit: str
    processor: float | None = None
    peak: float | None = None


def measure(case: Case) -> Measured:
    """Return the medians of a case; it and its floor take turns, so that both see the same machine."""
    told: list[Told] = []
    floor: list[float] = []
    for _ in range(case.runs):
        if case.before is not None:
            case.before()
        told.append(_timed(case.run))
        if case.floor is not None:
            floor.append(_timed(case.floor).seconds)
    took = [one.seconds for one in told]
    seconds, bare = statistics.median(took), statistics.median(floor) if floor else None
    return Measured(
        name=case.name,
        seconds=seconds / case.per,
        least=min(took) / case.per,
        floor=bare / case.per if bare is not None else None,
        ratio=seconds / bare if bare else None,
        against=case.against,
        runs=case.runs,
        unit=case.unit,
        processor=min(one.processor for one in told) / case.per,
        peak=max((one.peak for one in told if one.peak), default=None),
    )


def _timed(run: Callable[[], object]) -> Told:
    """Return how long a run took: what it says itself, else what the clock says."""
    gc.collect()
    begun = time.perf_counter(), time.process_time()
    done = run()
    if isinstance(done, Told):
        return done
    return Told(time.perf_counter() - begun[0], time.process_time() - begun[1], 0.0)


def machine() -> dict[str, str]:
    """Return what the figures belong to."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in LIBRARIES},
    }


def span(seconds: float | None) -> str:
    """Return a time in the unit that reads best."""
    if seconds is None:
        return ""
    for size, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def table(found: list[Measured]) -> str:
    """Return the results as a table for people."""
    rows: list[tuple[str, ...]] = [("what", "median", "floor", "ratio", "runs", "floor is, or memory held")]
    for one in found:
        per = f" per {one.unit}" if one.unit else ""
        ratio = f"{one.ratio:.2f}" if one.ratio is not None else ""
        beside = one.against
        if one.peak is not None:
            beside = f"{one.peak:.0f} MiB at most; {span(one.processor)} of one processor"
        rows.append((one.name + per, span(one.seconds), span(one.floor), ratio, str(one.runs), beside))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in (1, 2, 3, 4) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def main() -> int:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description="Measure the product on this machine.")
    parser.add_argument("--quick", action="store_true", help="small sizes, few runs")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--only", action="append", choices=GROUPS, help="only this group; may be repeated")
    asked = parser.parse_args()
    found: list[Measured] = []
    with tempfile.TemporaryDirectory(prefix="measures-bench-") as folder:
        for name, prepare in cases(Path(folder), Scale.of(quick=asked.quick)):
            if asked.only and name not in asked.only:
                continue
            print(f"{name} …", file=sys.stderr, flush=True)
            found += [measure(case) for case in prepare()]
    if asked.json:
        print(json.dumps({"machine": machine(), "measured": [asdict(one) for one in found]}, indent=1))
    else:
        print(", ".join(f"{name} {value}" for name, value in machine().items()), table(found), sep="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
