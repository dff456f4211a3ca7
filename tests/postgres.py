"""A throw-away PostgreSQL cluster for the tests: made when first asked for, gone at the end.

It listens on a free port of the loopback address alone, knows its owner by a password that a
file of its own holds, and runs as an unprivileged user where the tests run as root.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

_PROGRAMS = Path("/usr/lib/postgresql")
_WHY_NOT = "no PostgreSQL server here: scripts/setup.sh installs Debian's postgresql-15 when run as root"
_numbers = count(1)


def programs() -> Path | None:
    """Return the folder of the server's programs, the newest; ``None`` when there are none."""
    found = [path.parent for path in _PROGRAMS.glob("*/bin/initdb") if (path.parent / "pg_ctl").exists()]
    on_path = shutil.which("initdb")
    if not found and on_path:
        found = [Path(on_path).resolve().parent]
    return max(found, default=None)


class Cluster:
    """A running cluster.

    Args:
        folder: Where everything lies; the owner's passwords too, in ``passwords``.
        bin_folder: Where the programs are.
    """

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self._folder = folder
        self._bin = bin_folder
        self._user = "postgres" if os.geteuid() == 0 else None
        self.port = 0
        self.passwords = folder / "pgpass"

    def start(self, *, durable: bool = False) -> None:
        """Make the cluster and start it.

        Args:
            durable: Sync to the disk, as tests that kill want; the rest is quicker without.
        """
        password = secrets.token_hex(16)
        secret = self._folder / "password"
        secret.write_text(f"{password}\n", encoding="ascii")
        if self._user:
            owner = pwd.getpwnam(self._user)
            for path in (self._folder, secret):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "--no-sync", "--username=owner", "--auth=scram-sha-256", "--encoding=UTF8",
                  "--locale=C.UTF-8", f"--pwfile={secret}", "--pgdata=data")  # fmt: skip
        for attempt in range(3):
            self.port = _free_port()
            options = (
                f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories='' "
                f"-c fsync={'on' if durable else 'off'} -c shared_buffers=32MB -c max_connections=60"
            )
            try:
                self._run("pg_ctl", "start", "--wait", "--pgdata=data", "--log=log", f"--options={options}")
                break
            except subprocess.CalledProcessError:
                if attempt == 2:
                    raise
        self.passwords.write_text(f"127.0.0.1:{self.port}:*:owner:{password}\n", encoding="ascii")
        self.passwords.chmod(0o600)

    def stop(self) -> None:
        """Stop the cluster."""
        self._run("pg_ctl", "stop", "--mode=immediate", "--wait", "--pgdata=data")

    def address(self, database: str, role: str = "owner") -> str:
        """Return the address of a database as mission.yaml has it."""
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}"

    def new(self, like: str = "template1") -> str:
        """Make a database, empty or a copy of another, and return its address."""
        import psycopg

        name = f"mission_{next(_numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())
        return self.address(name)

    def login(self, role: str, group: str) -> None:
        """Make a role with a password of its own that is a member of ``group``."""
        import psycopg

        password = secrets.token_hex(16)
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP ROLE IF EXISTS {role}".encode())
            connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{password}' IN ROLE {group}".encode())
        line = f"127.0.0.1:{self.port}:*:{role}:"
        kept = self.passwords.read_text(encoding="ascii").splitlines(keepends=True)
        others = [known for known in kept if not known.startswith(line)]
        self.passwords.write_text("".join([*others, f"{line}{password}\n"]), encoding="ascii")

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._bin / program, *arguments],
            cwd=self._folder, user=self._user, group=self._user, extra_groups=[] if self._user else None,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=60,
        )  # fmt: skip


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def running(*, durable: bool = False) -> Iterator[Cluster]:
    """Keep a cluster running; its passwords are where libpq looks."""
    found = programs()
    if found is None:
        pytest.skip(_WHY_NOT)
    if os.geteuid() == 0 and not _has_user("postgres"):
        pytest.skip("PostgreSQL refuses to run as root, and there is no user postgres to run it as")
    folder = Path(tempfile.mkdtemp(prefix="measures-postgres-"))
    cluster = Cluster(folder, found)
    try:
        cluster.start(durable=durable)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PGPASSFILE", str(cluster.passwords))
            yield cluster
        cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running cluster, one for each process that runs tests."""
    with running() as found:
        yield found


def _has_user(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


@pytest.fixture
def address(cluster: Cluster) -> str:
    """The address of an empty database."""
    return cluster.new()
