"""Opening what is a register, and making an empty one; refusing everything else."""

from __future__ import annotations

from pathlib import Path

from measures.errors import RegisterError, StoreError
from measures.register import database, headfile
from measures.register.engine import Engine
from measures.register.location import Location
from measures.register.sqlite import Sqlite

PATIENCE = 5.0
"""Seconds that verification waits for a locked file."""


def opened(location: Location, *, create: bool, read_only: bool) -> Engine:
    """Open the register at ``location``.

    Args:
        location: Where it is kept.
        create: Make an empty one when there is none.
        read_only: Nothing is to be appended.

    Raises:
        RegisterError: There is none, or it is not a register that this version reads.
    """
    if isinstance(location.store, str):
        raise RegisterError("Expected an SQLite file.")
    if not location.store.exists():
        _make(location, location.store, create=create)
    engine = Sqlite.open(location.store, read_only=read_only)
    try:
        what = engine.stranger()
        if what:
            raise StoreError(engine.name, what, "Restore it from a copy, or name another file.")
        if not read_only:
            engine.bring_forward()
    except RegisterError:
        engine.close()
        raise
    return engine


def looked_at(location: Location) -> Engine:
    """Open what is at ``location`` for verification, whatever it is.

    Raises:
        StoreError: There is nothing, or it cannot be opened.
    """
    if isinstance(location.store, str):
        raise StoreError(location.name, "no file", "")
    if not location.store.is_file():
        raise StoreError(location.name, "no file", "Restore it from a copy.")
    return Sqlite.open(location.store, read_only=True, busy_seconds=PATIENCE)


def _make(location: Location, path: Path, *, create: bool) -> None:
    kept = headfile.read(location.head_file) if location.head_file else None
    if kept is not None:
        if path.exists():  # somebody else made it, and appended, since the caller looked
            return
        raise RegisterError(
            f"Expected {path.name} beside its head file, which says {kept.size} entries, found no file.",
            "Restore the register from a copy.",
        )
    if not create:
        raise RegisterError(f"Expected a register at {path.name}, found no file.", "Record something first.")
    try:
        with database.in_words(path.name):
            database.create(path)
    except OSError as error:
        raise RegisterError(
            f"Expected to make {path.name}, but {error.strerror}.",
            "Check that the folder exists and may be written.",
        ) from error
