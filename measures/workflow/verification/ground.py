"""What a check is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from measures.finding import Finding, Place, errors_in, find
from measures.register import Head, Register, Verification
from measures.workflow.opening import REGISTER_FILE, open_register
from measures.workflow.record import Progress, silent
from measures.workflow.recorded import Recorded, read_recorded

_OF_RECORDS = frozenset({"V057", "V058", "V059", "V060"})
"""Findings about what an entry says: nothing can be made of such a record."""

LISTED = 100
"""How many findings a check lists."""


@dataclass(frozen=True)
class Ground:
    """What a check may look at.

    Args:
        folder: The mission folder.
        found: What verifying the entries found.
        tell: Told how far a check is.
        checkpoints: Files of checkpoints held elsewhere.
        vkeys: Files of the public keys to trust; when there are any, no others count.
        broken: Number of the first entry whose record is not as it should be; 0 when none is known.
    """

    folder: Path
    found: Verification
    tell: Progress = silent
    checkpoints: tuple[Path, ...] = ()
    vkeys: tuple[Path, ...] = ()
    broken: int = 0

    @property
    def head(self) -> Head:
        """The head that is verified."""
        return self.found.head

    @cached_property
    def recorded(self) -> Recorded | None:
        """What the register holds up to that head; ``None`` when it describes no mission."""
        with self.register() as register:
            return read_recorded(register, self.head.size)

    def place(self, seq: int = 0) -> Place:
        """Return the place of an entry."""
        return Place(REGISTER_FILE, seq)

    @contextmanager
    def register(self) -> Iterator[Register]:
        """Open the register for reading."""
        with open_register(self.folder, read_only=True) as register:
            yield register


@dataclass(frozen=True, slots=True)
class Looked:
    """What a check looked at and found.

    Args:
        at: What was looked at, a line each; empty when there was nothing to look at.
        findings: What is wrong with it, or notable.
    """

    at: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def listed(found: Iterable[Finding], place: Place) -> tuple[Finding, ...]:
    """Return findings, the first :data:`LISTED` of them; the rest is counted at ``place``."""
    every = list(found)
    if len(every) <= LISTED:
        return tuple(every)
    return (*every[:LISTED], find("V015", place, count=len(every) - LISTED))


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Args:
        name: What it is about, in a word or two.
        look: The check itself.
        whole: Whether it only makes sense of entries that are whole.
        long: Whether it takes so long that one may want to leave it out.
    """

    name: str
    look: Callable[[Ground], Looked]
    whole: bool = True
    long: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One check as it went.

    Args:
        name: What it was about.
        looked: What was looked at and found.
        skipped: Why it was left out; empty when it was not.
    """

    name: str
    looked: Looked = Looked()
    skipped: str = ""

    @property
    def sound(self) -> bool:
        """Whether it was done and nothing speaks against the register."""
        return not self.skipped and not errors_in(self.looked.findings)

    def to_dict(self) -> dict[str, object]:
        """Return the step as plain values for JSON output."""
        return {
            "name": self.name,
            "state": "skipped" if self.skipped else "ok" if self.sound else "wrong",
            "looked_at": list(self.looked.at),
            "skipped": self.skipped,
            "findings": len(self.looked.findings),
        }


def _broken(steps: Iterable[Step]) -> int:
    """Return the number of the first entry whose record was found wrong; 0 when there is none."""
    found = (finding for step in steps for finding in step.looked.findings)
    return min((one.place.line for one in found if one.code in _OF_RECORDS and one.place.line), default=0)


def run(checks: Sequence[Check], ground: Ground, *, quick: bool = False) -> tuple[Step, ...]:
    """Run the checks in order; those that need whole entries are left out when they are not.

    Args:
        checks: The checks.
        ground: What they look at.
        quick: Leave out those that take long.
    """
    steps: list[Step] = []
    for check in checks:
        if check.whole and not ground.found.sound:
            steps.append(Step(check.name, skipped="because the entries themselves are not whole"))
        elif check.long and quick:
            steps.append(Step(check.name, skipped="because it was to be quick"))
        else:
            ground.tell(f"Verifying {check.name}", 0, 0)
            steps.append(Step(check.name, check.look(ground)))
            ground = replace(ground, broken=_broken(steps))
    return tuple(steps)
