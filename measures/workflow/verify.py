"""Verifying: the chain, heads and checkpoints held elsewhere, and the evidence files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measures.errors import MissionError, RegisterError
from measures.finding import Finding, errors_in, in_order
from measures.register import Head
from measures.workflow.opening import has_register, verify_register
from measures.workflow.record import Progress, silent
from measures.workflow.verification.approving import approvals
from measures.workflow.verification.causes import first_break, likely
from measures.workflow.verification.chain import entries
from measures.workflow.verification.checkpoints import checkpoints
from measures.workflow.verification.editions import editions
from measures.workflow.verification.files import files
from measures.workflow.verification.ground import Check, Ground, Step, run
from measures.workflow.verification.rules import rules
from measures.workflow.verification.shapes import shapes

CHECKS: tuple[Check, ...] = (
    Check("entries", entries, whole=False),
    Check("checkpoints", checkpoints, whole=False),
    Check("evidence files", files),
    Check("records", shapes),
    Check("rules", rules),
    Check("approvals", approvals),
    Check("editions", editions, long=True),
)
"""What is looked at, in this order."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found.

    Args:
        size, digest: The head that was verified.
        steps: Each check as it went.
    """

    size: int
    digest: str
    steps: tuple[Step, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing speaks against the register."""
        return not errors_in(self.findings)

    @property
    def first(self) -> Finding | None:
        """The first break; ``None`` when the register is whole."""
        return first_break(self.findings)

    @property
    def likely(self) -> str:
        """The likely kinds of cause of the first break, in words."""
        return likely(self.first) if self.first else ""

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as plain values for JSON output."""
        return {
            "whole": self.whole,
            "head": f"{self.size}:{self.digest}",
            "checked": list(self.checked),
            "steps": [step.to_dict() for step in self.steps],
            "first": self.first.to_dict() if self.first else None,
            "likely": self.likely,
            "findings": [finding.to_dict() for finding in self.findings],
        }

    @property
    def checked(self) -> tuple[str, ...]:
        """What was looked at, one line each."""
        return tuple(line for step in self.steps for line in step.looked.at)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong or notable, by place."""
        return in_order(finding for step in self.steps for finding in step.looked.findings)


def verify_mission(
    folder: Path,
    heads: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    held: Sequence[Path] = (),
    vkeys: Sequence[Path] = (),
    quick: bool = False,
) -> Verdict:
    """Verify the register of a mission.

    Args:
        folder: The mission folder.
        heads: Heads copied from paper, ``size:digest``; those of the editions under ``out/``
            are looked up by themselves.
        progress: Told how far it is.
        held: Checkpoints held elsewhere; those under ``out/`` are looked up by themselves.
        vkeys: Files of public keys to trust instead of those that the mission names.
        quick: Leave out what takes long: making every edition again.

    Raises:
        MissionError: There is no register there.
        RegisterError: A head given is not of the form.
    """
    if not has_register(folder):
        raise MissionError(f"Expected a register in {folder}, found none.", "Record something first.")
    tell = progress or silent
    given = [(f"the head given ({text[:12]}…)", _as_printed(text)) for text in heads]
    found = verify_register(
        folder,
        heads=[*given, *_published(folder / "out")],
        progress=lambda done: tell("Verifying entries", done, 0),
    )
    ground = Ground(folder, found, tell, tuple(held), tuple(vkeys))
    return Verdict(found.size, found.head.digest, run(CHECKS, ground, quick=quick))


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
