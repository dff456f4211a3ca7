"""The canonical form of a value and its digest.

RFC 8785 (JSON Canonicalization Scheme) over a narrowed domain: no floats, ASCII keys,
integers below 2**53 and no control characters other than the line feed and the tab. On
that domain msgspec's key-sorted output *is* the RFC 8785 form, which the tests check
against the ``rfc8785`` library, and an auditor can make it again with ``jq -cS``.

Digests are made here and nowhere else, always over canonical JSON with field names.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256 as _sha256
from typing import Any

import msgspec

from measures.errors import CanonicalError

_LIMIT = 2**53
_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder()
_CONTROL = {chr(code) for code in (*range(0x20), 0x7F)} - {"\n", "\t"}

GENESIS = "0" * 64
"""The digest before the first entry."""


def encode(value: Any) -> bytes:
    """Return the canonical JSON of ``value``.

    Args:
        value: Nested ``dict`` with text keys, ``list``, ``tuple``, ``str``, ``int``, ``bool``, ``None``.

    Raises:
        CanonicalError: The value holds something outside that domain; the message says where.
    """
    try:
        _check(value, "$")
    except RecursionError:
        raise CanonicalError("Expected a value that ends, got one nested too deep or in itself.") from None
    return _ENCODER.encode(value)


def decode(content: bytes) -> Any:
    """Return the value that canonical JSON stands for.

    Raises:
        CanonicalError: ``content`` is not JSON.
    """
    try:
        return _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CanonicalError("Expected canonical JSON, got bytes that do not parse.") from error


def sha256(content: bytes) -> str:
    """Return the SHA-256 of ``content`` as 64 lower-case hexadecimal digits."""
    return _sha256(content).hexdigest()


def sha256_of_each(contents: Iterable[bytes]) -> list[str]:
    """Return the SHA-256 of each content, as :func:`sha256` does of one."""
    return [_sha256(content).hexdigest() for content in contents]


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON of ``value``."""
    return sha256(encode(value))


def _check(value: Any, where: str) -> None:
    if value is None or isinstance(value, bool):
        return
    if type(value) is str:
        _check_text(value, where)
    elif type(value) is int:
        if not -_LIMIT < value < _LIMIT:
            raise CanonicalError(f"Expected an integer below 2**53 at {where}, got a larger one.")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise CanonicalError(f"Expected an ASCII text key at {where}, got {key!r}.")
            _check_text(key, where)
            _check(item, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value):
            _check(item, f"{where}[{position}]")
    else:
        raise CanonicalError(
            f"Expected text, an integer, a list or a map at {where}, got {type(value).__name__}."
        )


def _check_text(text: str, where: str) -> None:
    if not text.isprintable():
        for character in text:
            if character in _CONTROL or "\ud800" <= character <= "\udfff":
                raise CanonicalError(
                    f"Expected plain text at {where}, got control character U+{ord(character):04X}.",
                    "Remove the character; line breaks and tabs may stay.",
                )
