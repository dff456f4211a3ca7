"""Ed25519 key pairs: made, read from their file, signing and checking. The door to ``cryptography``.

The private key is a PEM file (PKCS #8) outside the register that only its owner can read. What
anybody may know of it is the :class:`~measures.register.note.PublicKey`.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from measures.errors import CheckpointError
from measures.register.note import Note, PublicKey, Signature

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_MOST_BYTES = 16 * 1024


class SigningKey:
    """A private key under a name; its text shows nothing of it.

    Args:
        name: The name that stands in signature lines.
        private: The key.
    """

    __slots__ = ("_private", "public")

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = PublicKey(name, private.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return f"SigningKey({self.public.vkey!r})"

    def sign(self, text: str) -> Signature:
        """Return the signature on a text; the same text has the same signature (RFC 8032)."""
        return Signature(self.public.name, self.public.id, self._private.sign(text.encode()))

    def pem(self) -> bytes:
        """Return the private key as PEM; whoever has it can sign."""
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        return self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def new_key(name: str) -> SigningKey:
    """Return a new key pair from the randomness of the system."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return SigningKey(name, Ed25519PrivateKey.generate())


def keep(key: SigningKey, path: Path) -> None:
    """Write a private key to a new file that only its owner can read.

    Raises:
        CheckpointError: There is a file already, or none can be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CheckpointError(
            f"Expected to make {path}, but {error.strerror or 'the system refused'}.",
            "A key never replaces a file: name a new one, where you may write, with --key.",
        ) from error
    with os.fdopen(made, "wb") as file:
        file.write(key.pem())
        file.flush()
        os.fsync(file.fileno())


def read_key(path: Path, name: str) -> SigningKey:
    """Return the private key of a file.

    Raises:
        CheckpointError: The file cannot be read, is no Ed25519 key, or others may read it.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    content = _guarded(path)
    try:
        private = load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise CheckpointError(
            f"Expected a private key as PEM without a passphrase at {path}, got something else.",
            "Make one: measures key new.",
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise CheckpointError(
            f"Expected an Ed25519 key at {path}, got another kind.", "Make one: measures key new."
        )
    return SigningKey(name, private)


def _guarded(path: Path) -> bytes:
    """Return what a file holds that nobody but its owner can read."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise CheckpointError(f"Expected a private key at {path}, got no plain file.")
            if os.name == "posix" and status.st_mode & 0o077:
                mode = f"{status.st_mode & 0o777:04o}"
                raise CheckpointError(
                    f"Expected {path} to be readable by its owner alone, got mode {mode}.",
                    f"If nobody else can have read it: chmod 600 {path}. Else make a new key.",
                )
            return file.read(_MOST_BYTES)
    except OSError as error:
        raise CheckpointError(
            f"Expected a private key at {path}, but {error.strerror or 'the system refused'}.",
            "Name its file with --key, or make a key: measures key new.",
        ) from error


def holds(note: Note, signature: Signature, key: PublicKey) -> bool:
    """Say whether a signature on a note was made with a key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key.key).verify(signature.value, note.text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
