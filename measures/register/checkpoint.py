"""Checkpoints: how far a register goes and its Merkle root, three lines of text that can be signed.

After the C2SP specification ``tlog-checkpoint``: the origin says which log it is, then come the
number of entries and the root in base64. Whoever holds a checkpoint can tell any later change to
the entries it covers; whoever trusts the key that signed it need not have held it all the time.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from measures.errors import CheckpointError
from measures.register.keys import SigningKey
from measures.register.merkle import HASH
from measures.register.note import Note, Signature, from_base64, read_note

_SIZE = re.compile(r"0|[1-9][0-9]{0,14}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint as it was read or made.

    Args:
        origin: Which log it is of.
        size: How many entries it covers.
        root: Root of the Merkle tree over them, 32 bytes.
        note: The text it stands in, with its signatures.
    """

    origin: str
    size: int
    root: bytes
    note: Note

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """The signatures on it, none or more."""
        return self.note.signatures

    @property
    def lines(self) -> tuple[str, ...]:
        """Its lines as they are printed: origin, size, root, and the signatures."""
        return tuple(line for line in str(self).split("\n") if line)

    def signed(self, key: SigningKey) -> Checkpoint:
        """Return it with one more signature."""
        note = Note(self.note.text, (*self.signatures, key.sign(self.note.text)))
        return Checkpoint(self.origin, self.size, self.root, note)

    def same_state(self, other: Checkpoint) -> bool:
        """Say whether both speak of the same entries of the same log, whoever signed."""
        return self.note.text == other.note.text

    def __str__(self) -> str:
        return str(self.note)


def origin_of(mission: str) -> str:
    """Return the origin line of a mission's register, which is also the name of its keys."""
    return f"measures/{mission}"


def checkpoint(origin: str, size: int, root: bytes) -> Checkpoint:
    """Return an unsigned checkpoint."""
    return Checkpoint(origin, size, root, Note(f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"))


def read_checkpoint(content: bytes) -> Checkpoint:
    """Return the checkpoint that ``content`` holds, signed or not.

    Raises:
        CheckpointError: It is not of the form.
    """
    note = read_note(content)
    lines = note.text.split("\n")[:-1]
    if len(lines) < 3 or not all(lines):
        raise CheckpointError(
            "Expected three lines or more, origin, size and root, got fewer or an empty one."
        )
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size):
        raise CheckpointError(f"Expected the number of entries on the second line, got {size[:40]!r}.")
    raw = from_base64(root)
    if len(raw) != HASH:
        raise CheckpointError(f"Expected a root of {HASH} bytes on the third line, got {len(raw)}.")
    return Checkpoint(origin, int(size), raw, note)
