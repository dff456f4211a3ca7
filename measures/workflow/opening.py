"""Opening the register of a mission, wherever it is kept.

``mission.yaml`` may name a PostgreSQL database under ``register``; without it the register is the
file ``register.db`` beside it. The head file lies beside ``mission.yaml`` in either case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from measures.errors import RegisterError
from measures.register import SCHEMES, Head, Location, Register, Verification, exists, verify, without_secrets
from measures.rubric import read_document

REGISTER_FILE = "register.db"
HEAD_FILE = "register.head"
BUNDLE_FILE = "bundle.json"
"""Lies in a folder that a bundle was opened into; what was handed over is read and never added to."""
KEY = "register"
"""The key of ``mission.yaml`` that says where the register is; no entry holds it."""


def location(folder: Path) -> Location:
    """Return where the register of the mission in ``folder`` is kept.

    Raises:
        RegisterError: ``mission.yaml`` names a place that cannot be understood, or a password.
    """
    document, _ = read_document(folder / "mission.yaml", "mission.yaml")
    given = document.value.get(KEY, "") if isinstance(document.value, dict) else ""
    if not given:
        return Location(folder / REGISTER_FILE, folder / HEAD_FILE)
    if not isinstance(given, str) or not given.startswith(SCHEMES):
        raise RegisterError(
            "Expected the address of a PostgreSQL database under register in mission.yaml, got another text.",
            "Write it as postgresql://user@host:5432/database, or leave it out to use register.db.",
        )
    return Location(without_secrets(given), folder / HEAD_FILE)


def has_register(folder: Path) -> bool:
    """Return whether the mission in ``folder`` has a register, or once had one."""
    return exists(location(folder))


def open_register(folder: Path, *, read_only: bool = False, create: bool = False) -> Register:
    """Open the register of the mission in ``folder``; use it as a context manager.

    Args:
        folder: The mission folder.
        read_only: Promise not to append.
        create: Make an empty register when there is none.

    Raises:
        RegisterError: There is none, or it cannot be opened, or it came in a bundle.
    """
    if not read_only and (folder / BUNDLE_FILE).is_file():
        raise RegisterError(
            f"Expected a mission to write to at {folder}, got a bundle that was opened for reading.",
            "Nothing is recorded in it. A report can be made with --head, which notes nothing.",
        )
    return Register.open(location(folder), read_only=read_only, create=create)


def verify_register(
    folder: Path,
    heads: Sequence[tuple[str, Head]] = (),
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Verify the entries of the register of the mission in ``folder``.

    Args:
        folder: The mission folder.
        heads: Heads held elsewhere, each with the name of where it was found.
        progress: Told the number of the entry just checked.
    """
    return verify(location(folder), heads=heads, progress=progress)
