"""Opening the register of a mission, wherever it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from measures.errors import RegisterError
from measures.register import Head, Register, Verification, verify

REGISTER_FILE = "register.db"
BUNDLE_FILE = "bundle.json"
"""Lies in a folder that a bundle was opened into; what was handed over is read and never added to."""


def has_register(folder: Path) -> bool:
    """Return whether the mission in ``folder`` has a register, or once had one."""
    path = folder / REGISTER_FILE
    return path.exists() or path.with_suffix(".head").exists()


def open_register(folder: Path, *, read_only: bool = False, create: bool = False) -> Register:
    """Open the register of the mission in ``folder``; use it as a context manager.

    Args:
        folder: The mission folder.
        read_only: Promise not to append.
        create: Make an empty register when there is none.

    Raises:
        RegisterError: There is none, or it cannot be opened.
    """
    if not read_only and (folder / BUNDLE_FILE).is_file():
        raise RegisterError(
            f"Expected a mission to write to at {folder}, got a bundle that was opened for reading.",
            "Nothing is recorded in it. A report can be made with --head, which notes nothing.",
        )
    return Register.open(folder / REGISTER_FILE, read_only=read_only, create=create)


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
    return verify(folder / REGISTER_FILE, heads=heads, progress=progress)
