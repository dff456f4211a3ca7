"""The register out of a mission as JSON Lines, and into another that has none."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from measures.errors import MissionError, RegisterError
from measures.finding import Finding, Place, find
from measures.register import GENESIS_HEAD, Head, Location, Register, exists, headfile, lines
from measures.workflow.opening import location, open_register
from measures.workflow.record import Progress, silent


@dataclass(frozen=True, slots=True)
class Imported:
    """What importing found.

    Args:
        head: The head of the file, and of the register when nothing is wrong.
        findings: What is wrong; when there is anything, nothing was written.
    """

    head: Head
    findings: tuple[Finding, ...]


def export_lines(folder: Path, out: Callable[[bytes], object], progress: Progress = silent) -> Head:
    """Write the register of a mission as JSON Lines, and return its head.

    Args:
        folder: The mission folder.
        out: Takes bytes, some at a time.
        progress: Told how far it is.

    Raises:
        RegisterError: There is no register, or it cannot be read.
    """
    with open_register(folder, read_only=True) as register:
        total = register.head().size
        return lines.write(register, out, lambda done: progress("Exporting", done, total))


def export_file(folder: Path, path: Path, progress: Progress = silent) -> Head:
    """Write the register of a mission as a file of JSON Lines, whole or not at all.

    Raises:
        MissionError: The file cannot be written.
        RegisterError: There is no register, or it cannot be read.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as file:
            head = export_lines(folder, file.write, progress)
        fresh.replace(path)
    except OSError as error:
        problem = error.strerror or "the system refused"
        raise MissionError(
            f"Expected to write {path}, but {problem}.", "Name a file that you may write, with --out."
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    return head


def import_lines(
    folder: Path, path: Path, *, heads: Sequence[str] = (), progress: Progress = silent
) -> Imported:
    """Take a file of JSON Lines into the empty register of a mission, all of it or nothing.

    Args:
        folder: The mission folder; the register is made where its ``mission.yaml`` says.
        path: The file.
        heads: Heads that the file must hold, ``size:digest``.
        progress: Told how far it is.

    Raises:
        MissionError: There is no such folder.
        RegisterError: The register there is not empty, or the file cannot be read.
    """
    if not folder.is_dir():
        raise MissionError(f"Expected a mission folder at {folder}, found none.", "Make it, empty.")
    where = location(folder)
    expected = [("The head given", Head.parse(text)) for text in heads]
    kept = headfile.read(where.head_file) if where.head_file else None
    if kept is not None:
        expected.append(("The head file", kept))
    _must_be_empty(where)
    found = lines.scan(
        path, [head.size for _, head in expected], lambda done: progress("Checking lines", done, 0)
    )
    findings = (*found.findings, *_missing(found, expected, path.name))
    if findings:
        return Imported(found.head, findings)
    with Register.open(Location(where.store, None), create=True) as register:
        lines.take(path, register, found.head, lambda done: progress("Importing", done, found.head.size))
    with Register.open(where) as register:
        register.keep_head()
    return Imported(found.head, ())


def _must_be_empty(where: Location) -> None:
    bare = Location(where.store, None)
    if not exists(bare):
        return
    with Register.open(bare, read_only=True) as register:
        head = register.head()
    if head != GENESIS_HEAD:
        raise RegisterError(
            f"Expected an empty register at {where.name}, got one of {head.size} entries.",
            "Import into another folder or database.",
        )


def _missing(found: lines.Scan, expected: Sequence[tuple[str, Head]], name: str) -> list[Finding]:
    """Return the findings for heads that the file does not hold."""
    return [
        find(
            "V021",
            Place(name),
            source=source,
            expected=str(head)[:28] + "…",
            line=head.size,
            found=found.digests.get(head.size, "none")[:12],
        )
        for source, head in expected
        if found.digests.get(head.size) != head.digest
    ]
