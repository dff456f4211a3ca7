"""The SQLite file behind the register: made whole, opened with care, told apart from others.

``sqlite3`` is imported here and in the rooms beside this one only. Reading never leaves
anything behind: where the folder may be written, SQLite cleans up its write-ahead log when
the last reader closes; where it may not, the file is read as it lies.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from measures.errors import StoreError
from measures.register.engine import Objects

APPLICATION_ID = 0x4D454153
BUSY_SECONDS = 30.0
_SCRIPT = Path(__file__).with_name("sqlite.sql")
_MARK = "-- version "
_PROBLEMS = {
    "SQLITE_BUSY": "a database that another program has locked",
    "SQLITE_LOCKED": "a database that another program has locked",
    "SQLITE_CORRUPT": "a damaged database",
    "SQLITE_NOTADB": "a file that is no database",
    "SQLITE_CANTOPEN": "a file that cannot be opened",
    "SQLITE_READONLY": "a file that may not be written",
    "SQLITE_FULL": "a full disk",
    "SQLITE_PERM": "a file that may not be read",
    "SQLITE_AUTH": "a file that may not be read",
    "SQLITE_IOERR": "a disk that failed",
}


def script() -> tuple[str, ...]:
    """Return the SQL that leads to version 1, from 1 to 2, and so on."""
    text = _SCRIPT.read_text(encoding="utf-8")
    return tuple(section.partition("\n")[2] for section in text.split(f"\n{_MARK}")[1:])


def problem(error: sqlite3.Error) -> str:
    """Return what was found instead of a database that works, in a few words."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for known, words in _PROBLEMS.items():
        if name == known or name.startswith(f"{known}_"):
            return words
    return f"a database that answers: {error}"


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turn what SQLite says into a :class:`StoreError` about the file ``name``."""
    try:
        yield
    except sqlite3.Error as error:
        what = problem(error)
        locked = "locked" in what
        remedy = "Try again when it is free." if locked else "Run `measures verify` to see what is wrong."
        raise StoreError(name, what, remedy) from error


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Commit at the end of the block, or undo everything when it is left in any other way."""
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def memory() -> sqlite3.Connection:
    """Return an empty register that lives in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _migrate(connection)
    return connection


def create(path: Path) -> None:
    """Make an empty register at ``path``, whole or not at all; an existing file is left alone.

    It is built elsewhere and then linked into place, so that nobody ever opens half of one.

    Raises:
        OSError: The folder is missing or may not be written.
    """
    made = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with made.open("wb") as file:
            file.write(_empty())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            _link(made, path)
    finally:
        made.unlink(missing_ok=True)


def _empty() -> bytes:
    """Return the file of an empty register."""
    from tempfile import TemporaryDirectory  # slow to load, and needed once in a register's life

    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            _migrate(connection)
        finally:
            connection.close()
        return path.read_bytes()


def _link(made: Path, path: Path) -> None:
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        made.replace(path)


def connect(path: Path, *, read_only: bool, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Return a connection to the file at ``path``, which must exist.

    Raises:
        sqlite3.Error: The file cannot be opened; put into words by :func:`in_words`.
    """
    address = _address(path, read_only)
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=busy_seconds)
    try:
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _address(path: Path, read_only: bool) -> str:
    address = path.resolve().as_uri()
    if not read_only or (_writable(path) and _writable(path.parent)):
        return f"{address}?mode=rw"
    # SQLite cannot read a write-ahead log without a place for its index. Where there is no
    # log and none can be made, nobody is writing and the file may be read as it lies.
    log = path.with_name(f"{path.name}-wal")
    lies_still = not log.exists() and not _writable(path.parent)
    return f"{address}?mode=ro&immutable=1" if lies_still else f"{address}?mode=ro"


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def stranger(connection: sqlite3.Connection) -> str:
    """Return what the database is when it is not a register, else an empty text."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    if not pages:
        return "an empty file"
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    version = layout(connection)
    if application != APPLICATION_ID:
        return "a database of another program"
    if version > len(script()):
        return f"a register of the newer layout {version}"
    if version < 1 or not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'entry'").fetchone():
        return "a database without entries"
    return ""


def layout(connection: sqlite3.Connection) -> int:
    """Return the version of the tables."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def bring_forward(connection: sqlite3.Connection) -> None:
    """Bring an older layout up to the present one; there is no way back."""
    if layout(connection) < len(script()):
        _migrate(connection)


def objects(connection: sqlite3.Connection) -> Objects:
    """Return type and SQL of every table, trigger, index and view by name."""
    rows = connection.execute("SELECT name, type, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return {name: (kind, sql) for name, kind, sql in rows}


def blueprint(version: int) -> Objects:
    """Return what :func:`objects` ought to return for a register of that layout."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _migrate(connection, version)
        return objects(connection)
    finally:
        connection.close()


def _migrate(connection: sqlite3.Connection, upto: int | None = None) -> None:
    with transaction(connection):
        sections = script()[layout(connection) : upto]
        for section in sections:
            for statement in _statements(section):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {layout(connection) + len(sections)}")


def _statements(section: str) -> Iterator[str]:
    statement = ""
    for line in section.splitlines(keepends=True):
        statement += line
        if statement.strip() and sqlite3.complete_statement(statement):
            yield statement
            statement = ""
