"""Where a register is kept: an SQLite file, or a PostgreSQL database with a head file beside the mission."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from measures.errors import RegisterError

SCHEMES = ("postgresql://", "postgres://")
_SECRETS = frozenset({"password", "sslpassword"})


@dataclass(frozen=True, slots=True)
class Location:
    """Where a register is kept.

    Args:
        store: The SQLite file, or the address of a PostgreSQL database.
        head_file: Where its head is kept in plain text; ``None`` for nowhere.
    """

    store: Path | str
    head_file: Path | None

    @classmethod
    def of(cls, where: Location | Path | str) -> Location:
        """Return the location that a path or an address means; a file has its head file beside it.

        Raises:
            RegisterError: The address holds a password, or is none that can be read.
        """
        if isinstance(where, Location):
            return where
        if isinstance(where, str) and where.startswith(SCHEMES):
            return cls(without_secrets(where), None)
        path = Path(where)
        return cls(path, path.with_suffix(".head"))

    @property
    def name(self) -> str:
        """What the register is called in messages: a file's name, or the address without user and options."""
        return called(self.store) if isinstance(self.store, str) else self.store.name


def without_secrets(address: str) -> str:
    """Return an address as it is, when it holds no password.

    Raises:
        RegisterError: It does, or it cannot be read; the message repeats nothing of it.
    """
    try:
        parts = urlsplit(address)
        options = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    except ValueError as error:
        raise RegisterError(
            "Expected the address of a PostgreSQL database, got one that cannot be read.",
            "Write it as postgresql://user@host:5432/database.",
        ) from error
    if ":" in parts.netloc.rpartition("@")[0] or options & _SECRETS:
        raise RegisterError(
            "Expected the address of the register without a password, got one with a password in it.",
            "Remove it, change it, and keep the new one in ~/.pgpass or a file that PGPASSFILE names.",
        )
    return address


def called(address: str) -> str:
    """Return what to call a PostgreSQL database: host and name, or the service, and nothing else."""
    parts = urlsplit(address)
    server = parts.netloc.rpartition("@")[2] + parts.path
    if not server.strip("/"):
        options = dict(parse_qsl(parts.query))
        server = options.get("service") or options.get("dbname") or "localhost"
    return f"postgresql://{server}"
