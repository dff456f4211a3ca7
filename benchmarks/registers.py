"""A long register: verified by all cores in flat memory, appended to, and looked up.

    python -m benchmarks.registers FILE

verifies one in this process, and prints seconds, seconds of processor and peak memory.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from measures.register import GENESIS_HEAD, Draft, Register, verify

if TYPE_CHECKING:
    from benchmarks.cases import Case, Told

AT = "2024-01-15T09:00:00Z"
ROOT = Path(__file__).resolve().parents[1]
_RATIONALE = "The order was signed and its first paragraph names the office, its posts and its budget."
_PART = 20_000
SUBMISSION = 180
SHORT = 100_000


def drafts(first: int, count: int) -> list[Draft]:
    """Return assessments as short as they come."""
    return [
        Draft(
            "assessment", f"AS-{number:07}",
            {"id": f"AS-{number:07}", "milestone": "M-01", "level": "formed", "rationale": _RATIONALE},
            f"assessments.csv:{number}", "2023Q4",
        )
        for number in range(first, first + count)
    ]  # fmt: skip


def write(path: Path, size: int) -> Path:
    """Make a register of so many entries."""
    with Register.open(path, create=True) as register:
        head = GENESIS_HEAD
        while head.size < size:
            part = drafts(head.size + 1, min(_PART, size - head.size))
            head = register.append(part, expect=head, at=AT, actor="ADV-01", role="adviser")
    return path


def cases(folder: Path, rows: int) -> list[Case]:
    """Return the cases of a register of ``rows`` entries and of a shorter one.

    Args:
        folder: An empty folder.
        rows: How many entries.
    """
    folder.mkdir()
    short, long = write(folder / "short.db", min(SHORT, rows)), write(folder / "long.db", rows)
    return [
        *(_verified(path, size) for path, size in ((short, min(SHORT, rows)), (long, rows))),
        _appended(folder / "appended.db"),
        *_looked_up(long, rows),
    ]


def _verified(path: Path, size: int) -> Case:
    from benchmarks.cases import Case, Told  # it loads what the measured process must not hold

    with Register.open(path, read_only=True) as register:
        contents = list(register.lines(min(size, SHORT)))

    def run() -> Told:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.registers", path], check=True, capture_output=True, cwd=ROOT
        )
        told = json.loads(done.stdout)
        return Told(told["seconds"], told["processor"], told["peak"])

    def floor() -> Told:
        begun = time.perf_counter()
        prev = GENESIS_HEAD.digest.encode()
        for content in contents:
            prev = hashlib.sha256(prev + content).hexdigest().encode()
        seconds = (time.perf_counter() - begun) * size / len(contents)
        return Told(seconds, seconds, 0.0)

    return Case(f"verify a register of {size:,} entries", run, floor, "bare SHA-256 chain in memory",
                runs=3, per=size, unit="entry")  # fmt: skip


def _appended(path: Path) -> Case:
    from benchmarks.cases import Case

    register = Register.open(write(path, SHORT // 10))

    def run() -> None:
        head = register.head()
        said = drafts(head.size + 1, SUBMISSION)
        register.append(said, expect=head, at=AT, actor="ADV-01", role="adviser")

    return Case(f"append a submission of {SUBMISSION} entries", run, runs=50, per=SUBMISSION, unit="entry")


def _looked_up(path: Path, rows: int) -> list[Case]:
    from benchmarks.cases import Case

    register = Register.open(path, read_only=True)
    refs = [f"AS-{number:07}" for number in range(1, rows, max(1, rows // 100))]

    def seen(look: Callable[[], object]) -> None:
        if not look():
            raise SystemExit("Not found in the register.")

    return [
        Case(
            f"the last entry on a ref of {rows:,}",
            partial(seen, lambda: register.latest("assessment", refs[-1])),
        ),
        Case(f"{len(refs)} refs of {rows:,}", partial(seen, lambda: list(register.entries(refs=refs)))),
    ]


def _held() -> float:
    """Return the most memory that this process held since it began, in MiB; not what its parent held."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def main() -> None:
    """Verify the register named, and print what it took."""
    begun = time.perf_counter()
    found = verify(Path(sys.argv[1]))
    seconds = time.perf_counter() - begun
    if not found.sound:
        raise SystemExit("The register does not verify.")
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({
        "seconds": seconds,
        "processor": sum(used.ru_utime + used.ru_stime for used in (own, others)),
        "peak": max(_held(), others.ru_maxrss / 1024),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
