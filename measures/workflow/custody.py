"""Custody: evidence files taken into the vault, what became of each, and files erased by law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from measures.finding import Finding, Place, find
from measures.records import Row
from measures.register import Draft, Entry
from measures.register.vault import VAULT, Custody, check, check_stored, kept, stored_at, take
from measures.workflow.opening import REGISTER_FILE

EVIDENCE = "evidence"
"""Folder of a mission that evidence files are confined to, and the kind of their entries."""

ERASURE = "erasure"
"""Kind of the entries that say of a file that it was erased; their ref is its digest."""

State = Literal["kept", "own name only", "altered", "gone", "erased"]


@dataclass(frozen=True, slots=True)
class Item:
    """An evidence file as the register knows it.

    Args:
        id: The evidence item.
        entry: Number of the entry that took it in.
        erased: Number of the entry that says it was erased; 0 when none does.
        erased_on: Day of that, as the register has it.
    """

    id: str
    entry: int
    name: str
    sha256: str
    size: int
    media: str
    marking: str
    erased: int = 0
    erased_on: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What became of a file: in a word, and the findings that say more."""

    item: Item
    state: State
    findings: tuple[Finding, ...] = ()


def items(entries: Iterable[Entry]) -> tuple[Item, ...]:
    """Return every evidence file that entries of evidence took in, those erased since marked as such.

    Args:
        entries: Entries of evidence and erasures, in order; others are left out.
    """
    taken: list[Entry] = []
    gone: dict[str, Entry] = {}
    for entry in entries:
        if entry.kind == EVIDENCE and "sha256" in entry.body:
            taken.append(entry)
        elif entry.kind == ERASURE:
            gone.setdefault(entry.ref, entry)
    return tuple(_item(entry, gone.get(str(entry.body["sha256"]))) for entry in taken)


def _item(entry: Entry, erasure: Entry | None) -> Item:
    body = entry.body
    size = str(body.get("size", ""))
    return Item(
        id=entry.ref,
        entry=entry.seq,
        name=str(body.get("file", "")),
        sha256=str(body["sha256"]),
        size=int(size) if size.isascii() and size.isdigit() and len(size) < 16 else 0,
        media=str(body.get("media", "")),
        marking=str(body.get("marking", "")),
        erased=erasure.seq if erasure else 0,
        erased_on=erasure.at[:10] if erasure else "",
    )


def erased_files(latest: Mapping[tuple[str, str], Entry]) -> dict[str, str]:
    """Return the day on which each erased file was erased, by its digest."""
    return {ref: entry.at[:10] for (kind, ref), entry in latest.items() if kind == ERASURE}


def erased_again(row: Row, draft: Draft, latest: Mapping[tuple[str, str], Entry]) -> Iterator[Finding]:
    """Yield a finding when an item about to be recorded brings back a file that was erased.

    Args:
        row: The item as given.
        draft: The entry that it is to become.
        latest: The latest entry of each kind and ref.
    """
    erasure = latest.get((ERASURE, str(draft.body.get("sha256", ""))))
    if erasure is not None:
        yield find("C063", row.place("file"), file=row["file"], seq=erasure.seq)


def take_in(mission: Path, drafts: Sequence[Draft]) -> list[Finding]:
    """Take the files of evidence about to be recorded into the vault.

    They are there before the entries are: what is broken off in between leaves a file that no
    entry names, never an entry without its file.

    Args:
        mission: The mission folder.
        drafts: What is about to be appended.

    Returns:
        Why a file could not be taken in; empty when all were.
    """
    found = (
        take(mission / EVIDENCE, _custody(draft.body), Place(draft.source))
        for draft in drafts
        if draft.kind == EVIDENCE and "sha256" in draft.body
    )
    return [finding for finding in found if finding is not None]


def _custody(body: Mapping[str, Any]) -> Custody:
    return Custody(str(body["sha256"]), int(str(body["size"])), str(body["file"]), str(body.get("media", "")))


def condition(folder: Path, item: Item) -> Condition:
    """Return what became of a file.

    Args:
        folder: The folder that evidence is confined to.
        item: The file.
    """
    place = Place(REGISTER_FILE, item.entry)
    vault = check_stored(folder, item.sha256, item.name, place)
    own = check(folder, item.name, item.sha256, place)
    if item.erased:
        left = [name for name, wrong in ((stored_at(item.sha256), vault), (item.name, own)) if wrong is None]
        still = find("V054", place, file=left[0], seq=item.erased) if left else None
        return Condition(item, "erased", (still,) if still else ())
    if vault is None:
        differs = own is not None and own.code == "V013"
        return Condition(item, "kept", (find("V050", place, file=item.name),) if differs else ())
    if vault.code != "C030":
        return Condition(item, "altered", (vault,))
    if own is None:
        return Condition(item, "own name only", (find("V053", place, file=item.name),))
    if own.code == "C030":
        lost = find("V051", place, file=item.name, expected=item.sha256)
        return Condition(item, "gone", (lost,))
    return Condition(item, "altered", (own,))


def strangers(folder: Path, known: Sequence[Item]) -> Iterator[Finding]:
    """Yield each file below the evidence folder that no entry names.

    Args:
        folder: The folder that evidence is confined to.
        known: Every file that the register knows.
    """
    names = {item.name for item in known} | {stored_at(item.sha256) for item in known}
    for name in kept(folder):
        if name not in names:
            vault = name.partition("/")[0] == VAULT
            yield find("V055" if vault else "V056", Place(f"{EVIDENCE}/{name}"), file=name)
