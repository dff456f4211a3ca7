"""Checkpoints of a mission's register: made, signed where the key is at hand, and proofs about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measures.errors import CheckpointError
from measures.register import Register, merkle
from measures.register.checkpoint import Checkpoint, checkpoint, origin_of, read_checkpoint
from measures.register.keys import SigningKey, holds
from measures.register.note import PublicKey
from measures.register.witness import time_stamp_request
from measures.workflow.files import write_whole
from measures.workflow.opening import open_register
from measures.workflow.record import Progress, silent
from measures.workflow.recorded import EDITION
from measures.workflow.signing import KeyRecord, Keyring, in_use, recorded_keys

SUFFIX = ".checkpoint"
WITNESSES = (".sig", ".tsq", ".tsr")
"""What may lie beside a checkpoint: a signature by ssh-keygen, a request for a time stamp, the stamp."""
_MOST_BYTES = 128 * 1024
_EVERY = 20_000


@dataclass(frozen=True, slots=True)
class Made:
    """A checkpoint that was made.

    Args:
        checkpoint: The checkpoint.
        unsigned: Why it is not signed, in words; empty when it is.
    """

    checkpoint: Checkpoint
    unsigned: str


def make(
    folder: Path, keyring: Keyring | None = None, size: int | None = None, tell: Progress = silent
) -> Made:
    """Return a checkpoint of the register as it is, or as it was.

    It is signed when the private half of the key in use is at hand. A checkpoint of the same state
    that an edition printed with a signature is returned as it was printed.

    Args:
        folder: The mission folder.
        keyring: Where private keys lie; without it nothing is signed.
        size: How many entries it covers; all of them when left out.
        tell: Told how far it is.

    Raises:
        RegisterError: The register cannot be read.
        CheckpointError: The key named cannot be used, or signed another history before.
    """
    with open_register(folder, read_only=True) as register:
        whole = register.head().size
        if size is not None and not 1 <= size <= whole:
            raise CheckpointError(f"Expected a number of entries from 1 to {whole}, got {size}.")
        upto = whole if size is None else size
        plain = checkpoint(_origin(register), upto, merkle.root(counted(register, upto, tell)))
        records = recorded_keys(register)
        printed = _printed(register, plain, records)
        if printed is not None:
            return Made(printed, "")
        record = in_use(records)
        if record is None:
            return Made(plain, "no key is in use (measures key new)")
        key = keyring.at_hand(record.public) if keyring else None
        if key is None:
            where = f" at {keyring.path(record.public)}" if keyring else ""
            return Made(
                plain, f"the private half of key {record.public.id.hex()} is not{where or ' at hand'}"
            )
        if not record.covers(upto):
            return Made(plain, f"key {record.public.id.hex()} was not yet in use at entry {upto}")
        _steady(register, key, folder)
        return Made(plain.signed(key), "")


def counted(register: Register, upto: int, tell: Progress) -> Iterator[bytes]:
    """Yield the contents of the first ``upto`` entries, and tell now and then how many there were."""
    for number, line in enumerate(register.lines(upto), start=1):
        if not number % _EVERY:
            tell("Reading entries", number, upto)
        yield line


def _origin(register: Register) -> str:
    found = ""
    for entry in register.entries(kinds=["mission"]):
        found = str(entry.body.get("id", ""))
    if not found:
        raise CheckpointError("Expected a recorded mission, found none.", "Record it first: measures record.")
    return origin_of(found)


def _printed(register: Register, plain: Checkpoint, records: tuple[KeyRecord, ...]) -> Checkpoint | None:
    """Return the checkpoint of the same state that an edition printed with a signature that holds."""
    keys = [record.public for record in records if record.covers(plain.size)]
    for entry in register.entries(kinds=[EDITION]):
        text = entry.body.get("checkpoint")
        if isinstance(text, str):
            try:
                found = read_checkpoint(text.encode())
            except CheckpointError:
                continue
            if found.same_state(plain) and any(signed_with(found, key) for key in keys):
                return found
    return None


def signed_with(found: Checkpoint, key: PublicKey) -> bool:
    """Say whether a checkpoint carries a signature by a key that holds."""
    return any(line.by(key) and holds(found.note, line, key) for line in found.signatures)


def _steady(register: Register, key: SigningKey, folder: Path) -> None:
    """Refuse to sign when the register does not extend what this key signed before.

    A log that signs two histories is worth nothing (C2SP tlog-checkpoint, "Signatures").
    """
    former = {}
    for path in sorted((folder / "out").glob(f"*{SUFFIX}")):
        try:
            found = read_checkpoint(read_bounded(path))
        except (CheckpointError, OSError):
            continue
        if signed_with(found, key.public):
            former[path.name] = found
    roots = merkle.roots(register.lines(), {found.size for found in former.values()})
    for name, found in former.items():
        if roots.get(found.size) != found.root:
            raise CheckpointError(
                f"Expected the register to extend {name}, which key {key.public.id.hex()} signed, "
                "but it does not.",
                "Run measures verify. No key signs two histories; nothing was signed.",
            )


def read_bounded(path: Path) -> bytes:
    """Return the bytes of a file that ought to be small; no more than a checkpoint may have.

    Raises:
        CheckpointError: It is no plain file, which might never end.
        OSError: It cannot be read.
    """
    if path.exists() and not path.is_file():
        raise CheckpointError(f"Expected a plain file at {path.name}, got something else.")
    with path.open("rb") as file:
        return file.read(_MOST_BYTES)


def read_file(path: Path) -> Checkpoint:
    """Return the checkpoint of a file.

    Raises:
        CheckpointError: It cannot be read, or holds none.
    """
    try:
        return read_checkpoint(read_bounded(path))
    except OSError as error:
        raise CheckpointError(
            f"Expected a checkpoint at {path}, but {error.strerror or 'the system refused'}.",
            "Give a number of entries, or the file of a checkpoint.",
        ) from error


def write(path: Path, made: Checkpoint) -> None:
    """Write a checkpoint to a file; what a former one is witnessed by stays with the former one.

    A file that holds another checkpoint which is signed, or has a signature or time stamp beside it, is
    put by under the number of its entries: whoever attested it attested those very bytes.

    Raises:
        MissionError: The file cannot be written.
    """
    content = str(made).encode()
    beside = [path.with_name(path.name + suffix) for suffix in WITNESSES]
    if path.exists():
        former = read_bounded(path)
        if former == content:
            return
        try:
            found = read_checkpoint(former)
        except CheckpointError:
            found = None
        if found is not None and (found.signatures or any(one.exists() for one in beside)):
            kept = path.with_name(f"{path.name.removesuffix(SUFFIX)}.{found.size}{SUFFIX}")
            path.replace(kept)
            for one, suffix in zip(beside, WITNESSES, strict=True):
                if one.exists():
                    one.replace(kept.with_name(kept.name + suffix))
    write_whole(path, content)


def request_time_stamp(path: Path) -> Path:
    """Write the request for a time stamp on a checkpoint beside it, and return its file.

    Raises:
        CheckpointError: The file holds no checkpoint.
        MissionError: The request cannot be written.
    """
    found = read_file(path)
    request = path.with_name(path.name + ".tsq")
    write_whole(request, time_stamp_request(str(found).encode()))
    return request


def prove_inclusion(folder: Path, seq: int, size: int | None = None) -> dict[str, Any]:
    """Return the proof that an entry is among the first ``size``, as plain values with hashes in hexadecimal.

    Args:
        folder: The mission folder.
        seq: Number of the entry, from 1.
        size: Size of the checkpoint to prove it to; the whole register when left out.

    Raises:
        CheckpointError: There is no such entry among them.
        RegisterError: The register cannot be read.
    """
    with open_register(folder, read_only=True) as register:
        upto = _upto(register, size)
        entry = register.entry(seq) if 1 <= seq <= upto else None
        if entry is None:
            raise CheckpointError(f"Expected an entry from 1 to {upto}, got {seq}.")
        content = next(register.lines(seq, after=seq - 1))
        proof = merkle.over(register.lines(upto), merkle.inclusion_ranges(seq - 1, upto))
        root = merkle.root_with(merkle.leaf(content), seq - 1, upto, proof)
        return {
            "origin": _origin(register),
            "entry": seq,
            "content": content.decode(),
            "leaf": merkle.leaf(content).hex(),
            "size": upto,
            "root": root.hex(),
            "proof": [one.hex() for one in proof],
        }


def prove_consistency(
    folder: Path, old: int, size: int | None = None, root: bytes | None = None
) -> dict[str, Any]:
    """Return the proof that the first ``size`` entries begin with the first ``old``.

    Args:
        folder: The mission folder.
        old: Size of the older checkpoint.
        size: Size of the newer one; the whole register when left out.
        root: Root of the older checkpoint, when it is at hand: the proof has to lead to it.

    Raises:
        CheckpointError: There are not so many entries, or they do not have that root.
        RegisterError: The register cannot be read.
    """
    with open_register(folder, read_only=True) as register:
        upto = _upto(register, size)
        ranges = merkle.consistency_ranges(old, upto)
        older = merkle.root(register.lines(old))
        if root is not None and older != root:
            raise CheckpointError(
                f"Expected the first {old} entries to have the root of the checkpoint, but they do not.",
                "Entries were changed, or the checkpoint is of another register. Run measures verify.",
            )
        proof = merkle.over(register.lines(upto), ranges)
        before, after = merkle.roots_with(old, upto, proof, older)
        return {
            "origin": _origin(register),
            "old_size": old,
            "old_root": before.hex(),
            "size": upto,
            "root": after.hex(),
            "proof": [one.hex() for one in proof],
        }


def _upto(register: Register, size: int | None) -> int:
    whole = register.head().size
    if size is not None and not 1 <= size <= whole:
        raise CheckpointError(f"Expected a number of entries from 1 to {whole}, got {size}.")
    return whole if size is None else size
