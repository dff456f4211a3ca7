"""The head file: the register's head in plain text beside it, replaced after each append.

A register cut off at its end is a whole chain, only shorter. What tells is a head held
elsewhere: this file, which a careless hand does not think of, and the head printed in every
report, which nobody can take back.
"""

from __future__ import annotations

import os
from pathlib import Path

from measures.errors import RegisterError
from measures.register.chain import Head

_TITLE = "measures register head"


def beside(path: Path) -> Path:
    """Return where the head file of the register at ``path`` lies."""
    return path.with_suffix(".head")


def head_file(path: Path) -> Head | None:
    """Return the head kept beside the register at ``path``; ``None`` when there is no file.

    Raises:
        RegisterError: There is a file, but no head in it.
    """
    return read(beside(path))


def read(kept: Path) -> Head | None:
    """Return the head in the file ``kept``; ``None`` when there is no file.

    Raises:
        RegisterError: There is a file, but no head in it.
    """
    try:
        with kept.open("rb") as file:
            content = file.read(4096)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _refusal(kept, f"a file that cannot be read ({error.strerror})") from error
    lines = content.decode("utf-8", errors="replace").split("\n")
    if len(lines) != 5 or lines[0] != _TITLE or lines[4]:
        raise _refusal(kept, "other content")
    try:
        return Head.parse(f"{lines[2]}:{lines[3]}")
    except RegisterError as error:
        raise _refusal(kept, "no size and digest in it") from error


def _refusal(kept: Path, what: str) -> RegisterError:
    return RegisterError(
        f"Expected a head in {kept.name}, got {what}.",
        f"Run `measures verify`, compare with a report; then put {kept.name} back from a copy or remove it.",
    )


def write(kept: Path, name: str, head: Head) -> None:
    """Replace the head file ``kept`` of the register called ``name``, as a whole and on the disk.

    Raises:
        OSError: The file cannot be written.
    """
    fresh = kept.with_name(f"{kept.name}.new")
    with fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{_TITLE}\n{name}\n{head.size}\n{head.digest}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(kept)
    settle(kept.parent)


def settle(folder: Path) -> None:
    """Make the renaming in ``folder`` last through a loss of power, where the system can."""
    flag = getattr(os, "O_DIRECTORY", None)
    if flag is None:
        return
    descriptor = os.open(folder, os.O_RDONLY | flag)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
