"""Signed notes and the public keys that check them, after the C2SP specification ``signed-note``.

A note is a text, an empty line, and a line for each signature: an em dash, the name of the key,
and in base64 four bytes that identify the key followed by the signature. The text may be believed
only as far as a signature on it holds; what is parsed here is form alone.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from measures.errors import CheckpointError

MOST_BYTES = 64 * 1024
MOST_SIGNATURES = 64
"""A note may carry that many signatures; the specification asks for sixteen at least."""

_ED25519 = b"\x01"
_DASH = "\N{EM DASH} "
_KEY_ID = re.compile(r"[0-9a-f]{8}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key with its name.

    Args:
        name: The name that stands in signature lines, without spaces and plus signs.
        key: The 32 bytes of an Ed25519 public key.
    """

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that identify it in a signature."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as a line of text: ``name+id+key``."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(_ED25519 + self.key).decode()}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line.

    Args:
        name: Name of the key.
        key_id: The four bytes that identify it.
        value: The signature.
    """

    name: str
    key_id: bytes
    value: bytes

    def by(self, key: PublicKey) -> bool:
        """Say whether the line names ``key``; whether the signature holds is another question."""
        return (self.name, self.key_id) == (key.name, key.id)

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.value).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text with the signatures on it, none or more.

    Args:
        text: The text, its last line feed included; it is what is signed.
        signatures: The signature lines.
    """

    text: str
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        if not self.signatures:
            return self.text
        return self.text + "\n" + "".join(f"{line}\n" for line in self.signatures)


def read_note(content: bytes) -> Note:
    """Return the note that ``content`` holds; a text without signature lines counts as unsigned.

    Raises:
        CheckpointError: It is not of the form.
    """
    if len(content) > MOST_BYTES:
        raise CheckpointError(f"Expected at most {MOST_BYTES} bytes, got more.")
    try:
        whole = content.decode()
    except UnicodeDecodeError as error:
        raise CheckpointError("Expected text in UTF-8, got other bytes.") from error
    if _CONTROL.search(whole):
        raise CheckpointError("Expected text without control characters, got some.")
    if not whole.endswith("\n") or whole == "\n":
        raise CheckpointError("Expected a text that ends with a line feed, got none at its end.")
    text, gap, lines = whole.rpartition("\n\n")
    if not gap or not lines.startswith(_DASH):
        return Note(whole)
    given = lines.split("\n")[:-1]
    if len(given) > MOST_SIGNATURES:
        raise CheckpointError(f"Expected at most {MOST_SIGNATURES} signatures, got {len(given)}.")
    return Note(text + "\n", tuple(_signature(line) for line in given))


def _signature(line: str) -> Signature:
    name, _, value = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not _is_name(name):
        raise CheckpointError(f"Expected a signature line, dash, name and base64, got {line[:60]!r}.")
    raw = from_base64(value)
    if len(raw) < 5:
        raise CheckpointError(f"Expected a signature of five bytes or more, got {len(raw)}.")
    return Signature(name, raw[:4], raw[4:])


def read_vkey(text: str) -> PublicKey:
    """Return the public key that a line ``name+id+key`` holds.

    Raises:
        CheckpointError: It is not of the form, or its id is not that of name and key.
    """
    name, _, rest = text.partition("+")
    key_id, _, value = rest.partition("+")
    if not _is_name(name) or not _KEY_ID.fullmatch(key_id):
        raise CheckpointError(f"Expected a public key, name+id+key, got {text[:80]!r}.")
    raw = from_base64(value)
    if len(raw) != 33 or raw[:1] != _ED25519:
        raise CheckpointError("Expected an Ed25519 key of 32 bytes, got another kind or length.")
    key = PublicKey(name, raw[1:])
    if key.id.hex() != key_id:
        raise CheckpointError(f"Expected key id {key.id.hex()} for this name and key, got {key_id}.")
    return key


def from_base64(text: str) -> bytes:
    """Return what base64 stands for, in its one canonical spelling.

    Raises:
        CheckpointError: It is no base64, or spelt in another way.
    """
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise CheckpointError(f"Expected base64, got {text[:60]!r}.") from error
    if base64.b64encode(raw).decode() != text:
        raise CheckpointError(f"Expected base64 as it is written again, got {text[:60]!r}.")
    return raw


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(letter.isspace() for letter in name)
