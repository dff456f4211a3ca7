"""Verifying: the chain, the heads held elsewhere, and the evidence files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measures.errors import MissionError, RegisterError
from measures.finding import Finding, Place, in_order
from measures.register import Head, Register, check, verify
from measures.workflow.record import REGISTER_FILE, Progress, silent


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found.

    Args:
        size, digest: The head that was verified.
        checked: What was looked at, one line each.
        findings: What is wrong; empty when the register is whole.
    """

    size: int
    digest: str
    checked: tuple[str, ...]
    findings: tuple[Finding, ...]


def verify_mission(folder: Path, heads: Sequence[str] = (), progress: Progress | None = None) -> Verdict:
    """Verify the register of a mission.

    Args:
        folder: The mission folder.
        heads: Heads copied from paper, ``size:digest``; those of the editions under ``out/``
            are looked up by themselves.
        progress: Told how far it is.

    Raises:
        MissionError: There is no register there.
        RegisterError: A head given is not of the form.
    """
    path = folder / REGISTER_FILE
    if not path.exists() and not path.with_suffix(".head").exists():
        raise MissionError(f"Expected {REGISTER_FILE} in {folder}, found none.", "Record something first.")
    tell = progress or silent
    given = [(f"the head given ({text[:12]}…)", _as_printed(text)) for text in heads]
    found = verify(
        path,
        heads=[*given, *_published(folder / "out")],
        progress=lambda done: tell("Verifying entries", done, 0),
    )
    findings, files = _files(folder, path, found.findings)
    checked = (*found.checked, *files)
    return Verdict(found.size, found.head.digest, checked, in_order([*found.findings, *findings]))


def _as_printed(text: str) -> Head:
    """Return a head typed from paper: ``967:a4a8…`` or ``967 entries · a4a8 6a4d …``.

    Raises:
        RegisterError: It is neither.
    """
    size, _, digest = text.replace("entries", " ").replace("·", " ").strip().replace(":", " ").partition(" ")
    return Head.parse(f"{size}:{''.join(digest.split()).lower()}")


def _published(out: Path) -> list[tuple[str, Head]]:
    """Return the heads that editions beside the register were made from."""
    heads = []
    for path in sorted(out.glob("*.claims.json")) if out.is_dir() else ():
        try:
            said = json.loads(path.read_bytes())
            heads.append((path.name, Head.parse(said["head"])))
        except (OSError, ValueError, KeyError, TypeError, RecursionError, RegisterError):
            continue
    return heads


def _files(folder: Path, path: Path, broken: Sequence[Finding]) -> tuple[list[Finding], tuple[str, ...]]:
    """Check evidence files against their digests; only when the entries themselves are sound."""
    if broken or not path.exists():
        return [], ()
    findings = []
    count = 0
    with Register.open(path, read_only=True) as register:
        for entry in register.entries(kinds=["evidence"]):
            if "sha256" not in entry.body:
                continue
            count += 1
            place = Place(f"entry {entry.seq}")
            wrong = check(folder / "evidence", str(entry.body["file"]), str(entry.body["sha256"]), place)
            if wrong is not None:
                findings.append(wrong)
    return findings, (f"{count} evidence files",) if count else ()
