"""The vault: evidence files taken in by what they are, and checked whenever they are read.

A name in a table is somebody's text. It must lead to a plain file inside its folder, by no
link and no way round; anything else is a finding at the place where the name stands. The file
stays where it is, and its bytes are kept a second time under their own SHA-256, below
:data:`VAULT`: there they are written once and never again, whoever touches the file.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from measures.finding import Finding, Place, find
from measures.register.headfile import settle
from measures.register.media import LEADING, media_of

VAULT = ".vault"
"""Folder below the evidence folder; two digits of the digest name a folder in it."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Custody:
    """What was taken in.

    Args:
        sha256: SHA-256 of the file's bytes, 64 hexadecimal digits.
        size: Number of bytes.
        name: Path below the folder, with forward slashes.
        media: Media type by its first bytes.
    """

    sha256: str
    size: int
    name: str
    media: str = ""


def fingerprint(folder: Path, relative: str, place: Place | None = None) -> Custody | Finding:
    """Return the fingerprint of a file, or the finding that says why there is none.

    Args:
        folder: The folder that evidence is confined to.
        relative: Path below it, with forward slashes.
        place: Where the name was read; the file itself when left out.
    """
    if relative.partition("/")[0].casefold() == VAULT:
        return find("F011", place or Place(relative), path=relative)
    return _look(folder, relative, place or Place(relative))


def check(folder: Path, relative: str, sha256: str, place: Place | None = None) -> Finding | None:
    """Return the finding when a file is no longer the one taken in, else ``None``.

    Args:
        folder: The folder that evidence is confined to.
        relative: Path below it, with forward slashes.
        sha256: What the register says it was.
        place: Where the file is named; the file itself when left out.
    """
    place = place or Place(relative)
    found = _look(folder, relative, place)
    if isinstance(found, Finding):
        return found
    if found.sha256 == sha256:
        return None
    return find("V013", place, file=relative, found=found.sha256, expected=sha256)


def stored_at(sha256: str) -> str:
    """Return where the vault keeps the file of a digest, below the evidence folder."""
    return f"{VAULT}/{sha256[:2]}/{sha256}"


def check_stored(folder: Path, sha256: str, name: str, place: Place) -> Finding | None:
    """Return the finding when the vault has no file of a digest (``C030``), or one unlike it.

    Args:
        folder: The folder that evidence is confined to.
        sha256: What the register says it was.
        name: The file's own name.
        place: Where the file is named.
    """
    found = _look(folder, stored_at(sha256), place)
    if isinstance(found, Finding) or found.sha256 == sha256:
        return found if isinstance(found, Finding) else None
    return find("V052", place, file=name, found=found.sha256, expected=sha256)


def take(folder: Path, custody: Custody, place: Place | None = None) -> Finding | None:
    """Take a file into the vault: a copy of its own, written whole, that nothing overwrites.

    The same bytes are stored once, whatever they are called.

    Args:
        folder: The folder that evidence is confined to.
        custody: What :func:`fingerprint` said of the file.
        place: Where the file is named.

    Returns:
        The finding that says why it was not taken in; ``None`` when the vault has it.
    """
    place = place or Place(custody.name)
    stored = stored_at(custody.sha256)
    there = check_stored(folder, custody.sha256, custody.name, place)
    if there is None:
        return None
    if there.code != "C030":
        return there
    try:
        source = _inside(folder, custody.name)
        target = _inside(folder, stored)
        if source is None or target is None:
            return find("F011", place, path=custody.name)
        return _copied(source, target, custody, place)
    except OSError as error:
        return find("F012", place, name=custody.name, problem=error.strerror or "the system refused")


def read(folder: Path, sha256: str, relative: str, place: Place | None = None) -> bytes | Finding:
    """Return the bytes that were taken in, from the vault or else from under their own name.

    What is returned has the digest asked for; anything else is a finding.

    Args:
        folder: The folder that evidence is confined to.
        sha256: What the register says it was.
        relative: The file's own name.
        place: Where the file is named.
    """
    place = place or Place(relative)
    wrong: Finding | None = None
    for name in (stored_at(sha256), relative):
        try:
            path = _inside(folder, name)
            if path is None or not stat.S_ISREG(path.lstat().st_mode):
                continue
            content = path.read_bytes()
        except (OSError, UnicodeEncodeError):
            continue
        found = hashlib.sha256(content).hexdigest()
        if found == sha256:
            return content
        wrong = wrong or find("V013", place, file=name, found=found, expected=sha256)
    return wrong or find("V051", place, file=relative, expected=sha256)


def remove(folder: Path, sha256: str, names: Iterator[str] | tuple[str, ...] = ()) -> tuple[str, ...]:
    """Remove the bytes of a digest from the vault and from under the names given.

    A file of such a name that holds other bytes is left alone.

    Returns:
        What was removed, below the evidence folder.

    Raises:
        OSError: The system refused.
    """
    removed = []
    for name in (stored_at(sha256), *names):
        path = _inside(folder, name)
        if path is not None and path.exists() and check(folder, name, sha256) is None:
            path.chmod(0o600)
            path.unlink()
            removed.append(name)
    return tuple(removed)


def kept(folder: Path) -> Iterator[str]:
    """Yield the names of all files below the evidence folder, those in the vault among them, sorted.

    Links are named and not followed.
    """
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def _look(folder: Path, relative: str, place: Place) -> Custody | Finding:
    try:
        path = _inside(folder, relative)
        return _read(path, relative, place) if path else find("F011", place, path=relative)
    except UnicodeEncodeError:
        return find("F011", place, path=ascii(relative))
    except FileNotFoundError:
        return find("C030", place, file=relative)
    except OSError as error:
        return find("F012", place, name=relative, problem=error.strerror or "the system refused")


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
        media = media_of(file.read(LEADING))
        file.seek(0)
        # What was looked at and what was opened must be one file, whole from start to end.
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        after = os.fstat(file.fileno())
    if not os.path.samestat(seen, after) or (size, seen.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return find("F012", place, name=relative, problem="it changed while it was read")
    return Custody(digest, size, relative, media)


def _copied(source: Path, target: Path, custody: Custody, place: Place) -> Finding | None:
    """Copy a file to where nothing stands yet; what is half written has a name of its own."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not stat.S_ISREG(source.lstat().st_mode):
        return find("F012", place, name=custody.name, problem="it is not a plain file")
    handle, name = tempfile.mkstemp(prefix=".taking-", dir=target.parent)
    half = Path(name)
    try:
        with source.open("rb") as file, os.fdopen(handle, "wb") as copy:
            digest = _pour(file, copy)
            copy.flush()
            os.fsync(copy.fileno())
        if digest != custody.sha256:
            return find("F012", place, name=custody.name, problem="it changed while it was taken in")
        half.chmod(0o444)
        half.rename(target)
    finally:
        half.unlink(missing_ok=True)
    settle(target.parent)
    return None


def _pour(file: BinaryIO, copy: BinaryIO) -> str:
    """Copy a file and return the digest of what was copied."""
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        copy.write(chunk)
    return digest.hexdigest()
