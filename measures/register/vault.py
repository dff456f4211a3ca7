"""The vault: evidence files, fingerprinted when taken in and checked whenever they are read.

A name in a table is somebody's text. It must lead to a plain file inside its folder, by no
link and no way round; anything else is a finding at the place where the name stands.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from measures.finding import Finding, Place, find


@dataclass(frozen=True, slots=True)
class Custody:
    """What was taken in.

    Args:
        sha256: SHA-256 of the file's bytes, 64 hexadecimal digits.
        size: Number of bytes.
        name: Path below the folder, with forward slashes.
    """

    sha256: str
    size: int
    name: str


def fingerprint(folder: Path, relative: str, place: Place | None = None) -> Custody | Finding:
    """Return the fingerprint of a file, or the finding that says why there is none.

    Args:
        folder: The folder that evidence is confined to.
        relative: Path below it, with forward slashes.
        place: Where the name was read; the file itself when left out.
    """
    place = place or Place(relative)
    try:
        path = _inside(folder, relative)
        return _read(path, relative, place) if path else find("F011", place, path=relative)
    except UnicodeEncodeError:
        return find("F011", place, path=ascii(relative))
    except FileNotFoundError:
        return find("C030", place, file=relative)
    except OSError as error:
        return find("F012", place, name=relative, problem=error.strerror or "the system refused")


def check(folder: Path, relative: str, sha256: str, place: Place | None = None) -> Finding | None:
    """Return the finding when a file is no longer the one taken in, else ``None``.

    Args:
        folder: The folder that evidence is confined to.
        relative: Path below it, with forward slashes.
        sha256: What the register says it was.
        place: Where the file is named; the file itself when left out.
    """
    place = place or Place(relative)
    found = fingerprint(folder, relative, place)
    if isinstance(found, Finding):
        return found
    if found.sha256 == sha256:
        return None
    return find("V013", place, file=relative, found=found.sha256, expected=sha256)


def _inside(folder: Path, relative: str) -> Path | None:
    """Return the path below ``folder``, or ``None`` when it leads, or may lead, out of it."""
    parts = relative.split("/")
    if any(part in {"", ".", ".."} or set(part) & set("\\:\0") for part in parts):
        return None
    path = folder
    for part in parts:
        path = path / part
        if path.is_symlink():
            return None
    return path


def _read(path: Path, relative: str, place: Place) -> Custody | Finding:
    seen = path.lstat()
    if not stat.S_ISREG(seen.st_mode):
        return find("F012", place, name=relative, problem="it is not a plain file")
    with path.open("rb") as file:
        # What was looked at and what was opened must be one file, whole from start to end.
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        after = os.fstat(file.fileno())
    if not os.path.samestat(seen, after) or (size, seen.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return find("F012", place, name=relative, problem="it changed while it was read")
    return Custody(digest, size, relative)
