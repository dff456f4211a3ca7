"""A register in a PostgreSQL database, as an engine; the only door to psycopg.

The server knows the role from its own means: a password file, a service file, a certificate. No
password passes through here. Reading asks for some rows at a time by their number and keeps no
cursor open, so that it can be left off at any point.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, LiteralString

from measures.errors import RegisterError, StoreError
from measures.register import catalogue
from measures.register.engine import Found, Objects, RawRow, Row
from measures.register.location import called

if TYPE_CHECKING:
    import psycopg

NO_REGISTER = "a database without a register"
_LOCK = 0x4D454153
_PART = 512
"""Rows fetched at a time."""
_LOWEST = -(2**63)
_HIGHEST = 2**63 - 1
_SESSION = """
SET search_path = pg_catalog; SET lock_timeout = '30s'; SET client_encoding = 'UTF8';
SET default_transaction_isolation = 'read committed';
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
"""
_LAYOUT = """
SELECT current_setting('server_encoding'), has_schema_privilege(oid, 'USAGE'),
    substring(obj_description(oid, 'pg_namespace') FROM '^measures register, layout ([0-9]{1,6})$')::int,
    (SELECT has_table_privilege(c.oid, 'SELECT') FROM pg_class c
     WHERE relnamespace = n.oid AND relname = 'entry' AND relkind = 'r')
FROM pg_namespace n WHERE nspname = 'measures'
"""
_FOUND: LiteralString = "SELECT seq, digest, content FROM ONLY measures.entry"
_RAW: LiteralString = "SELECT seq, digest, kind, ref, period, content FROM ONLY measures.entry"
_COPY: LiteralString = (
    "COPY measures.entry (seq, digest, kind, ref, period, content) FROM STDIN (FORMAT BINARY)"
)
_CHECK = "Check the address in mission.yaml, and that the server runs and can be reached."
_ALLOWED = "Ask the owner of the database for the role of a writer or reader: measures export roles."
_REFUSALS = {
    "28": (
        "a server that does not let this role into the database",
        "Check the role, its line in ~/.pgpass, and the name of the database.",
    ),
    "3D": ("no database of that name", _CHECK),
    "42501": ("a database that refuses this to the role", _ALLOWED),
    "25006": ("a database that may only be read", _ALLOWED),
    "55P03": ("a database that another program has locked", "Try again when it is free."),
    "53": ("a server without room, memory or connections to spare", "Try again later, or ask its owner."),
    "57": ("a server that is going down or stopped the work", "Try again when it is up."),
    "08": ("a server that does not answer", _CHECK),
    "XX": ("a damaged database", "Run `measures verify` to see what is wrong."),
}


class Postgres:
    """An open PostgreSQL database; see :class:`measures.register.engine.Engine`."""

    guarded = "tables, guards and rights in the database"

    def __init__(self, connection: psycopg.Connection[Any], name: str) -> None:
        self._connection = connection
        self.name = name

    @classmethod
    def open(cls, address: str, *, read_only: bool) -> Postgres:
        """Connect to the database at ``address``, whatever is in it.

        Raises:
            StoreError: It cannot be reached.
            RegisterError: psycopg is not installed.
        """
        try:
            import psycopg
        except ImportError as error:
            raise RegisterError(
                "Expected psycopg, by which a register in PostgreSQL is reached, found none.",
                "Install it: pip install 'mission-measures[postgres]'.",
            ) from error
        with in_words(name := called(address)):
            patience: dict[str, Any] = {} if "connect_timeout" in address else {"connect_timeout": 10}
            connection = psycopg.connect(address, autocommit=True, **patience)
            try:
                connection.execute(_SESSION)
                if read_only:
                    connection.execute("SET default_transaction_read_only = on")
            except psycopg.Error:
                connection.close()
                raise
        return cls(connection, name)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def create(self) -> None:
        """Make an empty register, or leave the one that somebody else just made."""
        self.bring_forward(made=True)

    def bring_forward(self, *, made: bool = False) -> None:
        """Bring an older layout up to the present one.

        Args:
            made: Make the register where there is none.
        """
        sections = catalogue.script()
        layout = self._layout()
        if layout == len(sections) or (not layout and not made):
            return
        with self.writing():
            for section in sections[self._layout() :]:
                self._connection.execute(section.encode())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Begin a transaction in which nobody else appends, on whatever host."""
        with in_words(self.name), self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            yield

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Read as of one moment."""
        import psycopg

        with in_words(self.name):
            self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            with suppress(psycopg.Error):
                self._connection.execute("ROLLBACK")

    def last(self) -> Found | None:
        """Return the last entry."""
        return self._one(_FOUND + " ORDER BY seq DESC LIMIT 1", ())

    def found(self, seq: int) -> Found | None:
        """Return entry number ``seq``."""
        return self._one(_FOUND + " WHERE seq = %s", (seq,)) if seq < _HIGHEST else None

    def latest(self, kind: str, ref: str) -> Found | None:
        """Return the last entry of ``kind`` on ``ref``."""
        return self._one(_FOUND + " WHERE ref = %s AND kind = %s ORDER BY seq DESC LIMIT 1", (ref, kind))

    def chosen(
        self, upto: int, kinds: Collection[str] | None, refs: Collection[str] | None
    ) -> Iterator[Found]:
        """Return entries up to a number in order, of these kinds and on these refs."""
        if kinds is None and refs is None:
            for row in self._rows(1, upto):
                yield row[0], row[1], row[5]
            return
        # First the numbers, then the entries: a few are found by the index whatever the planner guesses.
        numbers = self._all(
            "SELECT seq FROM ONLY measures.entry WHERE seq <= %(upto)s"
            " AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s))"
            " AND (%(refs)s::text[] IS NULL OR ref = ANY(%(refs)s)) ORDER BY seq + 0",
            {"upto": upto, "kinds": _listed(kinds), "refs": _listed(refs)},
        )
        for start in range(0, len(numbers), _PART):
            part = [seq for (seq,) in numbers[start : start + _PART]]
            yield from self._all(_FOUND + " WHERE seq = ANY(%(part)s) ORDER BY seq", {"part": part})

    def contents(self, after: int, upto: int) -> Iterator[bytes]:
        """Return the contents of the entries after ``after``, up to ``upto``."""
        for row in self._rows(after + 1, upto):
            yield row[5]

    def rows(self, after: int) -> Iterator[Row]:
        """Return the rows after ``after``."""
        return self._rows(after + 1, _HIGHEST)

    def insert(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        with in_words(self.name), self._connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.set_types(("int8", "text", "text", "text", "text", "bytea"))
            for row in rows:
                copy.write_row(row)

    def batches(
        self, after: int, upto: int | None, size: int, *, careful: bool
    ) -> Iterator[Sequence[RawRow]]:
        """Return rows as they lie, ``size`` at a time."""
        first, last = after + 1 if after else _LOWEST, _HIGHEST if upto is None else upto
        batch: list[RawRow] = []
        for row in self._rows(first, last):
            batch.append(row)
            if careful or len(batch) == size:
                yield batch
                batch = []
        if batch:
            yield batch

    def stranger(self) -> str:
        """Return what the database is when it is not a register that may be read."""
        row = self._settings()
        if row is None:
            return NO_REGISTER
        encoding, enters, layout, reads = row
        if layout is None:
            return "a database with a schema measures of another program"
        if layout > len(catalogue.script()):
            return f"a register of the newer layout {layout}"
        if encoding != "UTF8":
            return f"a database that keeps its texts in {encoding} instead of UTF8"
        if reads is None:
            return "a database without entries"
        return "" if enters and reads else "a database that refuses this to the role"

    def objects(self) -> Objects:
        """Return everything in the schema of the register."""
        rows = self._all(catalogue.OBJECTS, {})
        found: Objects = {}
        for name, what, made in rows:
            found[name if name not in found else f"{name} ({what})"] = (what, made)
        return found

    def blueprint(self) -> Objects:
        """Return what the script makes."""
        return catalogue.blueprint(self._layout())

    def astray(self, after: int, upto: int) -> str:  # noqa: ARG002 - nothing is looked up
        """Return nothing: the server keeps its indexes, and those who may touch its files rule it anyway."""
        return ""

    def powers(self) -> tuple[tuple[str, str], ...]:
        """Return the roles that hold more rights than a writer needs, and which."""
        return tuple(self._all(catalogue.POWERS, {}))

    def _settings(self) -> tuple[str, bool, int | None, bool | None] | None:
        with in_words(self.name):
            row: tuple[str, bool, int | None, bool | None] | None = self._connection.execute(
                _LAYOUT
            ).fetchone()
            return row

    def _layout(self) -> int:
        row = self._settings()
        return (row[2] or 0) if row else 0

    def _rows(self, first: int, last: int) -> Iterator[Row]:
        """Return rows from number ``first`` to ``last``, some at a time."""
        query = _RAW + " WHERE seq >= %(first)s AND seq <= %(last)s ORDER BY seq LIMIT %(part)s"
        while rows := self._all(query, {"first": first, "last": last, "part": _PART}):
            yield from rows
            if len(rows) < _PART or rows[-1][0] >= last:
                return
            first = rows[-1][0] + 1

    def _one(self, query: LiteralString, values: tuple[int | str, ...]) -> Found | None:
        with in_words(self.name):
            row: Found | None = self._connection.execute(query, values, binary=True).fetchone()
            return row

    def _all(self, query: LiteralString, values: dict[str, Any]) -> list[Any]:
        with in_words(self.name):
            return self._connection.execute(query, values, binary=True).fetchall()


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turn what PostgreSQL says into a :class:`StoreError`; nothing of an address is repeated."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        problem, remedy = _problem(error)
        raise StoreError(name, problem, remedy) from error


def _problem(error: psycopg.Error) -> tuple[str, str]:
    # What fails while connecting has no code; that the server answered shows in what is quoted of it.
    answered = "FATAL" in str(error) or "password" in str(error)
    state = error.sqlstate or ("28" if answered else "08")
    for known, words in _REFUSALS.items():
        if state.startswith(known):
            return words
    said = error.diag.message_primary if state == "P0001" else ""
    what = f"a refusal: {said}" if said else f"a database that answers with error {state}"
    return what, "Run `measures verify` to see what is wrong."


def _listed(words: Collection[str] | None) -> list[str] | None:
    return None if words is None else sorted(words)
