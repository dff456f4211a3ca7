"""Plant one truth at a time into a sound mission, and show that it is found, and nothing else.

    python -m benchmarks.planted               the page docs/explanation/planted.md
    python -m benchmarks.planted --seed 7      another mission, other places
    python -m benchmarks.planted --write DIR   leave the missions in DIR, to be looked at

It ends with 1 when a truth is not found where it must show, or anything is found that was not planted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.planted.planting import SEED, page, plant
from benchmarks.planted.truths import TRUTHS


def main() -> int:
    """Plant everything and print the page; tell on the error stream what was not found."""
    parser = argparse.ArgumentParser(description="Plant truths and show that each is found.")
    parser.add_argument("--seed", type=int, default=SEED, help="which mission")
    parser.add_argument("--write", type=Path, help="leave the missions in this folder")
    asked = parser.parse_args()
    wrong = 0
    must = {}
    with tempfile.TemporaryDirectory(prefix="measures-planted-") as made:
        for truth in (None, *TRUTHS):
            name = truth.name if truth else "nothing"
            shown = plant((asked.write or Path(made)) / name.replace(" ", "-"), asked.seed, truth)
            if truth:
                must[truth] = shown.must
            if not shown.found:
                wrong += 1
                print(f"{name}: must show {dict(shown.must)}, shows {dict(shown.does)}", file=sys.stderr)
    print(page(must), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
