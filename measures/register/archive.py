"""The files of a bundle: their names, their manifest, and the ZIP file they travel in.

Packing is deterministic: names sorted, one date, one permission, nothing compressed, since what
a compressor makes differs from one version to the next. Unpacking trusts nothing: only names of
the layout, plain files, and no more of them and no larger than a bundle can be.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from measures.finding import Finding, Place, find

MANIFEST = "SHA256SUMS"
FOLDERS = ("checkpoints", "editions", "evidence", "keys", "reports", "rubrics")

MOST_FILES = 20_000
MOST_BYTES = 8 * 1024**3
MOST_RATIO = 200
"""How many times larger than its packed form a file may be."""

_NAME = re.compile(rf"(?:(?:{'|'.join(FOLDERS)})/)?[A-Za-z0-9][A-Za-z0-9._@+-]{{0,199}}")
_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)\n")
_DATE = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OverflowError, OSError, UnicodeError,
)  # fmt: skip


def is_name(name: str) -> bool:
    """Return whether a file of a bundle may have that name."""
    return _NAME.fullmatch(name) is not None


def file_name(text: str) -> str:
    """Return an id as a file name; different ids have different names."""
    return text.replace("/", "+")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path) -> str:
    """Write ``SHA256SUMS`` over every file below ``folder``; return the SHA-256 of the manifest.

    Raises:
        OSError: A file cannot be read, or the manifest not written.
    """
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    lines = "".join(f"{sha256_of(folder / name)}  {name}\n" for name in names if name != MANIFEST)
    (folder / MANIFEST).write_text(lines, encoding="ascii", newline="\n")
    return hashlib.sha256(lines.encode()).hexdigest()


def read_manifest(content: bytes) -> dict[str, str] | None:
    """Return the digest of each file by name, or ``None`` when it is no manifest in sorted order."""
    try:
        text = content.decode("ascii")
    except UnicodeDecodeError:
        return None
    lines = _LINE.findall(text)
    names = [name for _, name in lines]
    if "".join(f"{digest}  {name}\n" for digest, name in lines) != text or names != sorted(set(names)):
        return None
    return {name: digest for digest, name in lines}


def files_in(folder: Path) -> tuple[dict[str, Path], list[Finding]]:
    """Return the files of an unpacked bundle by name, and what does not belong in one.

    Links, devices and pipes are refused, and so is a name that is not of the layout.
    """
    found: dict[str, Path] = {}
    findings: list[Finding] = []
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode) and name in FOLDERS:
            continue
        if stat.S_ISREG(mode) and is_name(name):
            found[name] = path
        else:
            findings.append(find("B003", Place(ascii(name)[1:-1]), path=ascii(name)[1:-1]))
        if len(found) + len(findings) > MOST_FILES:
            findings.append(
                find("B002", Place(folder.name), problem=f"it holds more than {MOST_FILES} files")
            )
            break
    return found, findings


def _walk(folder: Path) -> Iterator[Path]:
    """Yield what lies in ``folder`` and in its folders, no deeper and through no link."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = folder / entry.name
        yield path
        if entry.is_dir(follow_symlinks=False) and entry.name in FOLDERS:
            yield from (path / below.name for below in sorted(os.scandir(path), key=lambda below: below.name))


def pack(folder: Path, target: Path, top: str) -> None:
    """Write the files below ``folder`` to a ZIP file, the same bytes for the same files.

    Args:
        folder: An assembled bundle.
        target: The file to write.
        top: Name of the one folder in it that holds everything.

    Raises:
        OSError: A file cannot be read or written.
    """
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            info = zipfile.ZipInfo(f"{top}/{name}", _DATE)
            info.create_system = 3
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            info.file_size = (folder / name).stat().st_size
            with (folder / name).open("rb") as file, archive.open(info, "w") as packed:
                while chunk := file.read(_CHUNK):
                    packed.write(chunk)


def unpack(path: Path, folder: Path) -> list[Finding]:
    """Unpack a ZIP file into an empty folder; return what kept it from being unpacked whole.

    Nothing is written outside ``folder``, and nothing at all unless every name is sound.
    """
    place = Place(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            wrong = _refusal(archive, path.stat().st_size)
            if wrong:
                return [find("B002", place, problem=wrong)]
            members, findings = _members(archive)
            if findings:
                return findings
            for name, info in members.items():
                target = folder / name
                target.parent.mkdir(exist_ok=True)
                if not _write(archive, info, target):
                    return [find("B002", place, problem=f"{name} is longer than it says")]
    except _DAMAGED as error:
        return [find("B002", place, problem=f"it is damaged ({type(error).__name__})")]
    return []


def _refusal(archive: zipfile.ZipFile, size: int) -> str:
    """Return why an archive is not even looked into; empty when nothing speaks against it."""
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        return f"it holds {len(infos)} files, more than {MOST_FILES}"
    if sum(info.file_size for info in infos) > MOST_BYTES:
        return f"it unpacks to more than {MOST_BYTES} bytes"
    if sum(info.compress_size for info in infos) > size:
        return "its files overlap"
    for info in infos:
        if info.flag_bits & 0x1:
            return "it is encrypted"
        if info.file_size > _CHUNK and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            return f"a file unpacks to more than {MOST_RATIO} times its packed size"
    return ""


def _members(archive: zipfile.ZipFile) -> tuple[Mapping[str, zipfile.ZipInfo], list[Finding]]:
    """Return the files to unpack by name below the top folder, if there is one, and names refused."""
    infos = archive.infolist()
    tops = {info.filename.partition("/")[0] for info in infos}
    top = next(iter(tops)) if len(tops) == 1 else ""
    wrapped = is_name(top) and all("/" in info.filename for info in infos)
    members: dict[str, zipfile.ZipInfo] = {}
    findings: list[Finding] = []
    seen: set[str] = set()
    for info in infos:
        name = info.filename.removeprefix(f"{top}/") if wrapped else info.filename
        mode = info.external_attr >> 16
        if info.is_dir() and (name in {"", *(f"{folder}/" for folder in FOLDERS)}):
            continue
        plain = info.create_system != 3 or stat.S_IFMT(mode) in {0, stat.S_IFREG}
        if not is_name(name) or not plain or name.casefold() in seen:
            said = ascii(info.filename)[1:-1]
            findings.append(find("B003", Place(said), path=said))
        seen.add(name.casefold())
        members[name] = info
    return members, findings


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> bool:
    """Write one member; return ``False`` when it goes on behind the length it declares."""
    left = info.file_size
    with archive.open(info) as packed, target.open("xb") as file:
        while chunk := packed.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                return False
            file.write(chunk)
    return left == 0
