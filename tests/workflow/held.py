"""Checkpoints held of a mission, and what verifying says of them."""

from __future__ import annotations

from pathlib import Path

from measures.finding import Finding
from measures.register import Draft
from measures.register.checkpoint import Checkpoint
from measures.workflow.opening import open_register, verify_register
from measures.workflow.verification.checkpoints import checkpoints
from measures.workflow.verification.ground import Ground

AT = "2022-01-10T09:00:00Z"
LATER = "2022-04-10T09:00:00Z"


def append(folder: Path, *drafts: Draft) -> int:
    """Append entries past every rule, and return the size."""
    with open_register(folder) as register:
        said = drafts or [Draft("note", "N-1", {"text": "More was said."}, "test")]
        return register.append(said, expect=register.head(), at=LATER, actor="ADV-01", role="adviser").size


def kept(folder: Path, made: Checkpoint, name: str = "kept.checkpoint") -> Path:
    path = folder / "out" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(str(made), encoding="utf-8")
    return path


def look(folder: Path, *held: Path, vkeys: tuple[Path, ...] = ()) -> tuple[tuple[str, ...], list[Finding]]:
    looked = checkpoints(Ground(folder, verify_register(folder), checkpoints=held, vkeys=vkeys))
    return looked.at, list(looked.findings)


def codes(folder: Path, *held: Path, vkeys: tuple[Path, ...] = ()) -> list[str]:
    return [one.code for one in look(folder, *held, vkeys=vkeys)[1]]
