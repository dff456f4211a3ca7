"""Evidence files as a whole: looked over, taken into the vault, and erased where the law asks for it.

Erasing takes away the bytes of a file and nothing else. What the register said of it stays, and a
further entry, its tombstone, says that the file was erased, when, by whom and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measures.errors import MissionError
from measures.finding import Finding, Place, did_you_mean
from measures.register import Draft, Register
from measures.register.vault import Custody, remove, take
from measures.workflow.custody import ERASURE, EVIDENCE, Condition, Item, condition, items
from measures.workflow.opening import REGISTER_FILE, open_register
from measures.workflow.record import recorder
from measures.workflow.recorded import read_recorded

COMMAND = "measures evidence erase"
"""Where a tombstone says that it comes from."""

_PREFIX = 12
"""Digits of a digest that are enough to name a file."""


@dataclass(frozen=True, slots=True)
class Erased:
    """A file that was erased.

    Args:
        items: The evidence items that it was taken in for.
        entry: Number of its tombstone.
        fresh: Whether the tombstone was written now.
        removed: The files that were removed, below the evidence folder.
    """

    items: tuple[Item, ...]
    entry: int
    fresh: bool
    removed: tuple[str, ...]


def look_over(folder: Path) -> tuple[Condition, ...]:
    """Return what became of every evidence file of a mission.

    Raises:
        RegisterError: The register cannot be read.
    """
    with open_register(folder, read_only=True) as register:
        return tuple(condition(folder / EVIDENCE, item) for item in _known(register))


def keep(folder: Path) -> tuple[tuple[Item, ...], tuple[Finding, ...]]:
    """Take every file into the vault that is held under its own name only.

    Returns:
        What was taken in, and why something was not.

    Raises:
        RegisterError: The register cannot be read.
    """
    taken: list[Item] = []
    findings: list[Finding] = []
    for one in look_over(folder):
        if one.state == "own name only":
            item = one.item
            custody = Custody(item.sha256, item.size, item.name, item.media)
            wrong = take(folder / EVIDENCE, custody, Place(REGISTER_FILE, item.entry))
            if wrong is None:
                taken.append(item)
            else:
                findings.append(wrong)
        elif one.state in ("altered", "gone"):
            findings += one.findings
    return tuple(taken), tuple(findings)


def find_file(folder: Path, name: str) -> tuple[Item, ...]:
    """Return the evidence items whose file is meant: several when the same bytes were taken in for several.

    Args:
        folder: The mission folder.
        name: Id of an evidence item, or at least twelve digits of a file's SHA-256.

    Raises:
        MissionError: There is no such file.
        RegisterError: The register cannot be read.
    """
    with open_register(folder, read_only=True) as register:
        return _meant(_known(register), name)


def erase(folder: Path, name: str, reason: str, *, at: str, actor: str = "") -> Erased:
    """Erase a file: write its tombstone, then remove its bytes wherever the mission keeps them.

    Erasing a file again writes no second tombstone; it removes what is left of the bytes.

    Args:
        folder: The mission folder.
        name: Id of an evidence item, or at least twelve digits of the file's SHA-256.
        reason: Why, on what legal ground; it is kept in the register for good.
        at: The time, UTC.
        actor: Code of who erases; may be left out when mission.yaml names one person only.

    Raises:
        MissionError: There is no such file, no reason, no single actor, or the bytes stay.
        RegisterError: The register cannot be read or appended to.
        StaleHeadError: Somebody else appended meanwhile; nothing was written or removed.
    """
    with open_register(folder) as register:
        meant = _meant(_known(register), name)
        entry, fresh = meant[0].erased, not meant[0].erased
        if fresh:
            entry = _tombstone(register, meant, reason.strip(), at, actor)
    names = tuple(sorted({item.name for item in meant}))
    try:
        removed = remove(folder / EVIDENCE, meant[0].sha256, names)
    except OSError as error:
        raise MissionError(
            f"Expected to remove {names[0]}, but {error.strerror or 'the system refused'}; "
            f"entry {entry} says that it was erased.",
            "Run the command again as somebody who may write the evidence folder.",
        ) from error
    return Erased(meant, entry, fresh, removed)


def _tombstone(register: Register, meant: Sequence[Item], reason: str, at: str, actor: str) -> int:
    if not reason:
        raise MissionError("Expected the reason of the erasure, got none.", "Add --reason TEXT.")
    recorded = read_recorded(register)
    if recorded is None:
        raise MissionError("Expected a recorded mission, found an empty register.", "Run measures record.")
    who = recorder(recorded.records.mission, actor)
    body = {
        "sha256": meant[0].sha256,
        "size": str(meant[0].size),
        "reason": reason,
        "evidence": [item.id for item in meant],
    }
    draft = Draft(ERASURE, meant[0].sha256, body, COMMAND)
    return register.append([draft], expect=recorded.head, at=at, actor=who[0], role=who[1]).size


def _known(register: Register) -> tuple[Item, ...]:
    return items(register.entries(kinds=[EVIDENCE, ERASURE]))


def _meant(known: Sequence[Item], name: str) -> tuple[Item, ...]:
    lower = name.lower()
    digests = {
        item.sha256
        for item in known
        if item.id == name or (len(lower) >= _PREFIX and item.sha256.startswith(lower))
    }
    if len(digests) == 1:
        return tuple(item for item in known if item.sha256 in digests)
    if digests:
        raise MissionError(
            f"Expected one file, got {len(digests)} that begin with {name!r}.", "Give more digits."
        )
    raise MissionError(
        f"Expected an evidence item with a file in custody, got {name!r}."
        f"{did_you_mean(name, [item.id for item in known])}",
        "See them: measures evidence list. What is held elsewhere is erased by who holds it.",
    )
