"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from measures.errors import MissionError

_RISKY = ("=", "+", "-", "@", "\t")
"""What a cell that spreadsheets calculate begins with."""


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file by one that holds ``content``; a reader never sees half of it.

    Raises:
        MissionError: The folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except OSError as error:
        raise MissionError(
            f"Expected to write {path}, but {error.strerror or 'the system refused'}.",
            "Name a folder that you may write to, with --out.",
        ) from error


def plain_cell(text: str) -> str:
    """Return a text as a cell of a CSV file that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text
