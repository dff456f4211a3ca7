"""What a file is, by its first bytes: a name says what somebody called it, the bytes what it is."""

from __future__ import annotations

LEADING = 512
"""So many bytes are looked at."""

UNKNOWN = "application/octet-stream"

_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"ID3", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"From ", "application/mbox"),
)
"""Offset, the bytes there, and the media type; office documents of today are zip files."""


def media_of(leading: bytes) -> str:
    """Return the media type that the first bytes of a file speak for."""
    for offset, sign, media in _SIGNS:
        if leading.startswith(sign, offset):
            return media
    return "text/plain" if _is_text(leading) else UNKNOWN


def _is_text(leading: bytes) -> bool:
    """Return whether the bytes are UTF-8 without control characters, but for a last letter cut off."""
    try:
        text = leading.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(leading) < LEADING or error.start < len(leading) - 3:
            return False
        text = leading[: error.start].decode("utf-8")
    return all(letter >= " " or letter in "\t\n\r\f" for letter in text)
