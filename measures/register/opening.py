"""Opening what is a register, and making an empty one; refusing everything else."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from measures.errors import RegisterError, StoreError
from measures.register import database, headfile
from measures.register.engine import Engine
from measures.register.location import Location
from measures.register.sqlite import Sqlite

if TYPE_CHECKING:
    from measures.register.postgres import Postgres

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
    engine: Sqlite | Postgres
    if isinstance(location.store, str):
        engine = _remote(location, location.store, create=create, read_only=read_only)
    else:
        engine = _file(location, location.store, create=create, read_only=read_only)
    try:
        what = engine.stranger()
        if what:
            raise StoreError(engine.name, what, "Restore it from a copy, or name another place.")
        if not read_only:
            engine.bring_forward()
    except RegisterError:
        engine.close()
        raise
    return engine


def exists(location: Location) -> bool:
    """Return whether there is a register at ``location``, or its head file says that there was one.

    Raises:
        StoreError: The server cannot be asked.
    """
    if location.head_file is not None and location.head_file.exists():
        return True
    if isinstance(location.store, Path):
        return location.store.exists()
    from measures.register.postgres import NO_REGISTER, Postgres

    with closing(Postgres.open(location.store, read_only=True)) as engine:
        return engine.stranger() != NO_REGISTER


def looked_at(location: Location) -> Engine:
    """Open what is at ``location`` for verification, whatever it is.

    Raises:
        StoreError: There is nothing, or it cannot be opened.
    """
    if isinstance(location.store, str):
        from measures.register.postgres import Postgres

        return Postgres.open(location.store, read_only=True)
    if not location.store.is_file():
        raise StoreError(location.name, "no file", "Restore it from a copy.")
    return Sqlite.open(location.store, read_only=True, busy_seconds=PATIENCE)


def _file(location: Location, path: Path, *, create: bool, read_only: bool) -> Sqlite:
    if not path.exists():
        _expected(location, "file", create=create)
        try:
            with database.in_words(path.name):
                database.create(path)
        except OSError as error:
            raise RegisterError(
                f"Expected to make {path.name}, but {error.strerror}.",
                "Check that the folder exists and may be written.",
            ) from error
    return Sqlite.open(path, read_only=read_only)


def _remote(location: Location, address: str, *, create: bool, read_only: bool) -> Postgres:
    from measures.register.postgres import NO_REGISTER, Postgres

    engine = Postgres.open(address, read_only=read_only)
    try:
        if engine.stranger() == NO_REGISTER:
            _expected(location, "register", create=create)
            engine.create()
    except RegisterError:
        engine.close()
        raise
    return engine


def _expected(location: Location, what: str, *, create: bool) -> None:
    """Refuse when a register is expected where there is none."""
    kept = headfile.read(location.head_file) if location.head_file else None
    if kept is not None:
        if isinstance(location.store, Path) and location.store.exists():
            return  # somebody else made it, and appended, since the caller looked
        raise RegisterError(
            f"Expected {location.name} beside its head file, which says {kept.size} entries, "
            f"found no {what}.",
            "Restore the register from a copy.",
        )
    if not create:
        raise RegisterError(
            f"Expected a register at {location.name}, found no {what}.", "Record something first."
        )
