"""A long audit edition: what laying out a thousand pages takes, and how much memory.

    python -m benchmarks.audit --scores 1650

makes up a mission of that many scores in one quarter, records it, writes the audit edition and prints
its pages, the seconds from the open mission to the files on disk, and the most memory that this
process or one of those that lay out held.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import synthetic
from measures.workflow.mission import open_mission
from measures.workflow.record import record

AT = "2018-04-02T09:00:00Z"
CITATIONS = 3
"""Citations of a score."""


def written(scores: int, folder: Path) -> dict[str, float]:
    """Write the audit edition of a made-up quarter and return what it took."""
    size = synthetic.Size(cells=scores, scores=scores, citations=CITATIONS * scores)
    synthetic.write_mission(folder, size, 1)
    synthetic.write_quarters(folder, size, synthetic.periods(1), seed=7)
    record(folder, folder, at=AT, actor="ADV-01")
    mission = open_mission(folder)
    begun = time.perf_counter(), _worked()
    made = mission.report("audit", str(synthetic.FIRST), folder / "out")
    return {
        "pages": made.pages,
        "seconds": time.perf_counter() - begun[0],
        "processor": _worked() - begun[1],
        "peak": max(_usage(who).ru_maxrss for who in _WHO) / 1024,
    }


_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _usage(who: int) -> resource.struct_rusage:
    return resource.getrusage(who)


def _worked() -> float:
    """Return the seconds of processor used by this process and those that it started."""
    return sum(_usage(who).ru_utime + _usage(who).ru_stime for who in _WHO)


def main() -> int:
    """Write what was asked for and print what it took, in seconds and MiB."""
    parser = argparse.ArgumentParser(description="Write a long audit edition.")
    parser.add_argument("--scores", type=int, default=1650)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="measures-bench-") as folder:
        print(json.dumps(written(asked.scores, Path(folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
