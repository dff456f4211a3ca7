"""The register in PostgreSQL: what the file refuses the server refuses, and every knob is found out."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from measures import canonical
from measures.errors import RegisterError, StaleHeadError
from measures.register import (
    GENESIS_HEAD,
    Draft,
    Head,
    Location,
    Register,
    Verification,
    catalogue,
    headfile,
    location,
    postgres,
    verify,
    walk,
)
from tests.postgres import Cluster
from tests.register import tampering
from tests.register.conftest import SIZE
from tests.register.tampering import altered, append, drafts

Row = tampering.Row
_SECOND = """
CREATE INDEX entry_by_kind ON measures.entry USING btree (kind);

COMMENT ON SCHEMA measures IS 'measures register, layout 2';
"""
_INSERT = b"INSERT INTO measures.entry VALUES (%s, %s, %s, %s, %s, %s)"


@pytest.fixture(scope="session")
def made(cluster: Cluster) -> str:
    """The name of a database with a register of SIZE entries, to be copied."""
    address = cluster.new()
    with Register.open(address, create=True) as register:
        for part in (drafts(SIZE // 2), drafts(SIZE - SIZE // 2, SIZE // 2 + 1)):
            append(register, part, register.head())
    return address.rpartition("/")[2]


@pytest.fixture
def place(cluster: Cluster, made: str, original: tuple[Path, Head], tmp_path: Path) -> Location:
    """A register of SIZE entries on the server, with its head file here."""
    kept = tmp_path / "server.head"
    shutil.copy(original[0].with_suffix(".head"), kept)
    return Location(cluster.new(made), kept)


def by_hand(place: Location, *statements: str, guarded: bool = False) -> None:
    """Be the owner, reach past the product, and put the guards back as they were."""
    with psycopg.connect(str(place.store), autocommit=True) as owner:
        if not guarded:
            owner.execute("ALTER TABLE measures.entry DISABLE TRIGGER USER")
        for statement in statements:
            owner.execute(statement.encode())
        if not guarded:
            for name in ("entry_not_changed", "entry_not_emptied", "entry_in_sequence"):
                owner.execute(f"ALTER TABLE measures.entry ENABLE ALWAYS TRIGGER {name}".encode())


def rewrite(place: Location, change: Callable[[list[Row]], list[Row]]) -> None:
    """Replace all rows by what ``change`` makes of them."""
    with psycopg.connect(str(place.store), autocommit=True) as owner:
        stored = owner.execute("SELECT * FROM measures.entry ORDER BY seq").fetchall()
        owner.execute("ALTER TABLE measures.entry DISABLE TRIGGER USER")
        owner.execute("DELETE FROM measures.entry")
        with owner.cursor() as cursor:
            cursor.executemany(_INSERT, change(stored))
        for name in ("entry_not_changed", "entry_not_emptied", "entry_in_sequence"):
            owner.execute(f"ALTER TABLE measures.entry ENABLE ALWAYS TRIGGER {name}".encode())


def kept(place: Location) -> Head | None:
    """Return what the head file says."""
    assert place.head_file is not None
    return headfile.read(place.head_file)


def errors(found: Verification) -> list[tuple[str, int]]:
    return [(item.code, item.place.line) for item in found.findings if item.severity == "error"]


def test_the_same_drafts_make_the_same_chain_in_both(place: Location, path: Path, head: Head) -> None:
    with Register.open(place, read_only=True) as server, Register.open(path, read_only=True) as file:
        assert server.head() == file.head() == head
        assert list(server.lines()) == list(file.lines())
        assert list(server.lines(7, after=3)) == list(file.lines(7, after=3))
        assert list(server.entries()) == list(file.entries())
        for chosen in (
            {"refs": ["R-002", "R-009", "none"]},
            {"kinds": ["evidence"], "refs": ["R-002", "R-004"]},
        ):
            assert list(server.entries(upto=9, **chosen)) == list(file.entries(upto=9, **chosen))
        assert list(server.entries(kinds=[])) == []
        assert server.entry(7) == file.entry(7)
        assert server.entry(SIZE + 1) is None
        assert server.latest("evidence", "R-004") == file.latest("evidence", "R-004")
        assert server.latest("evidence", "R-002") is None
        with pytest.raises(RegisterError, match="at most 11"):
            server.entries(upto=SIZE + 1)
    found = verify(place)
    assert (found.size, found.head, found.findings) == (SIZE, head, ())


def test_a_stale_head_is_refused_and_told(place: Location, head: Head) -> None:
    with Register.open(place) as first, Register.open(place) as second:
        moved = append(first, drafts(2, SIZE + 1), head)
        assert kept(place) == moved
        with pytest.raises(StaleHeadError) as refusal:
            append(second, drafts(2), head)
        assert refusal.value.found == str(moved)
        assert refusal.value.meanwhile == "PRJ-01 added 2 entries (assessment R-012, evidence R-013)"
        assert append(second, drafts(2), moved).size == SIZE + 4
    assert verify(place).findings == ()


def test_reading_goes_on_as_of_its_moment_while_another_appends(place: Location, head: Head) -> None:
    with Register.open(place, read_only=True) as reader, Register.open(place) as writer:
        reading = reader.entries()
        assert next(reading).seq == 1
        append(writer, drafts(3), head)
        assert [entry.seq for entry in reading] == list(range(2, SIZE + 1))


def test_a_register_is_made_once_and_only_when_asked(address: str) -> None:
    with pytest.raises(RegisterError, match="found no register"):
        Register.open(address)
    Register.open(address, create=True).close()
    with Register.open(address, create=True) as register:
        assert register.head() == GENESIS_HEAD
    assert verify(address).findings == ()


def test_a_register_that_its_head_file_misses_is_not_begun_again(address: str, tmp_path: Path) -> None:
    kept = tmp_path / "register.head"
    kept.write_text(f"measures register head\nx\n3\n{'a' * 64}\n", encoding="utf-8")
    with pytest.raises(RegisterError, match="says 3 entries, found no register"):
        Register.open(Location(address, kept), create=True)


GUARDED = {
    "a change": "UPDATE measures.entry SET kind = 'forged' WHERE seq = 3",
    "a change of nothing": "UPDATE measures.entry SET kind = 'forged' WHERE seq = 99",
    "a removal": "DELETE FROM measures.entry WHERE seq = 11",
    "emptying": "TRUNCATE measures.entry",
    "a replacement": "INSERT INTO measures.entry SELECT * FROM measures.entry WHERE seq = 3 "
    "ON CONFLICT (seq) DO UPDATE SET kind = 'forged'",
    "a copy of an entry": "INSERT INTO measures.entry SELECT * FROM measures.entry WHERE seq = 3",
    "a gap": "INSERT INTO measures.entry SELECT 13, digest, kind, ref, period, content "
    "FROM measures.entry WHERE seq = 11",
    "a number before the first": "INSERT INTO measures.entry SELECT 0, digest, kind, ref, period, content "
    "FROM measures.entry WHERE seq = 11",
    "a content of another number": "INSERT INTO measures.entry SELECT 12, digest, kind, ref, period, content "
    "FROM measures.entry WHERE seq = 11",
    "a digest of something else": "INSERT INTO measures.entry "
    "SELECT 12, repeat('0', 64), kind, ref, period, content FROM measures.entry WHERE seq = 11",
    "no JSON": "INSERT INTO measures.entry SELECT 12, encode(sha256('x'), 'hex'), '', '', '', 'x'",
    "a change by a replica": "SET session_replication_role = replica; "
    "DELETE FROM measures.entry WHERE seq = 11",
}


@pytest.mark.parametrize("case", GUARDED)
def test_the_server_refuses(place: Location, case: str) -> None:
    with pytest.raises(psycopg.Error):
        by_hand(place, GUARDED[case], guarded=True)
    assert verify(place).findings == ()


@pytest.mark.parametrize("field", ["kind", "ref", "period", "prev"])
def test_the_server_refuses_a_row_that_belies_its_content(place: Location, field: str, head: Head) -> None:
    stated: dict[str, Any] = {"seq": SIZE + 1, "prev": head.digest, "kind": "a", "ref": "b", "period": "c"}
    content = canonical.encode(stated | {field: "f" * 64})
    row = (SIZE + 1, canonical.sha256(content), "a", "b", "c", content)
    with psycopg.connect(str(place.store)) as owner, pytest.raises(psycopg.Error, match="names its own"):
        owner.execute(_INSERT, row)


def _rechained(stored: list[Row]) -> list[Row]:
    prev = stored[1][1]
    for index in range(2, len(stored)):
        stored[index] = altered(stored[index], prev=prev, body={"id": "forged"} if index == 2 else None)
        prev = stored[index][1]
    return stored


def _spaced(stored: list[Row]) -> list[Row]:
    content = stored[-1][5] + b" "
    return [*stored[:-1], (*stored[-1][:1], canonical.sha256(content), *stored[-1][2:5], content)]


def _swapped(stored: list[Row]) -> list[Row]:
    one, other = stored[2], stored[3]
    return [*stored[:2], (one[0], *other[1:]), (other[0], *one[1:]), *stored[4:]]


KNOBS: dict[str, tuple[Callable[[Location], None], list[tuple[str, int]]]] = {
    "a bit of a content": (
        lambda place: by_hand(
            place,
            "UPDATE measures.entry SET content = set_bit(content, 9, 1 - get_bit(content, 9)) WHERE seq = 3",
        ),
        [("V001", 3)],
    ),
    "a digest": (
        lambda place: by_hand(place, "UPDATE measures.entry SET digest = 'x' WHERE seq = 3"),
        [("V001", 3)],
    ),
    "two entries swapped": (lambda place: rewrite(place, _swapped), [("V002", 3), ("V002", 4), ("V002", 5)]),
    "an entry removed": (
        lambda place: by_hand(place, "DELETE FROM measures.entry WHERE seq = 3"),
        [("V003", 3)],
    ),
    "the end cut off": (
        lambda place: by_hand(place, "DELETE FROM measures.entry WHERE seq > 9"),
        [("V004", 9)],
    ),
    "a chain made anew": (lambda place: rewrite(place, _rechained), [("V005", SIZE)]),
    "a look-up column": (
        lambda place: by_hand(place, "UPDATE measures.entry SET ref = 'R-forged' WHERE seq = 3"),
        [("V006", 3)],
    ),
    "another form": (lambda place: rewrite(place, _spaced), [("V007", SIZE), ("V005", SIZE)]),
    "an entry before the first": (
        lambda place: by_hand(
            place,
            "INSERT INTO measures.entry SELECT -1, digest, kind, ref, period, content "
            "FROM measures.entry WHERE seq = 3",
        ),
        [("V002", 0)],
    ),
    "a guard dropped": (
        lambda place: by_hand(place, "DROP TRIGGER entry_not_changed ON measures.entry", guarded=True),
        [("V008", 0)],
    ),
    "a guard asleep": (
        lambda place: by_hand(
            place, "ALTER TABLE measures.entry DISABLE TRIGGER entry_not_changed", guarded=True
        ),
        [("V008", 0)],
    ),
    "a guard that replicas pass": (
        lambda place: by_hand(
            place, "ALTER TABLE measures.entry ENABLE TRIGGER entry_in_sequence", guarded=True
        ),
        [("V008", 0)],
    ),
    "a guard that guards nothing": (
        lambda place: by_hand(
            place,
            "CREATE OR REPLACE FUNCTION measures.entry_kept() RETURNS trigger LANGUAGE plpgsql "
            "SET search_path TO 'pg_catalog', 'pg_temp' AS 'BEGIN RETURN NULL; END'",
            guarded=True,
        ),
        [("V008", 0)],
    ),
    "the primary key dropped": (
        lambda place: by_hand(place, "ALTER TABLE measures.entry DROP CONSTRAINT entry_pkey", guarded=True),
        [("V008", 0)],
    ),
    "the index dropped": (
        lambda place: by_hand(place, "DROP INDEX measures.entry_by_ref", guarded=True),
        [("V008", 0)],
    ),
    "a column more": (
        lambda place: by_hand(place, "ALTER TABLE measures.entry ADD COLUMN note text", guarded=True),
        [("V008", 0)],
    ),
    "rows that hide": (
        lambda place: by_hand(place, "ALTER TABLE measures.entry ENABLE ROW LEVEL SECURITY", guarded=True),
        [("V008", 0)],
    ),
    "a table forgotten in a crash": (
        lambda place: by_hand(place, "ALTER TABLE measures.entry SET UNLOGGED", guarded=True),
        [("V008", 0)],
    ),
    "a view": (
        lambda place: by_hand(
            place, "CREATE VIEW measures.entries AS SELECT * FROM measures.entry", guarded=True
        ),
        [("V016", 0)],
    ),
    "a rule": (
        lambda place: by_hand(
            place, "CREATE RULE quiet AS ON INSERT TO measures.entry DO INSTEAD NOTHING", guarded=True
        ),
        [("V016", 0)],
    ),
    "another trigger": (
        lambda place: by_hand(
            place,
            "CREATE FUNCTION public.quiet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "CREATE TRIGGER quiet BEFORE INSERT ON measures.entry "
            "FOR EACH ROW EXECUTE FUNCTION public.quiet()",
            guarded=True,
        ),
        [("V016", 0)],
    ),
    "entries inherited": (
        lambda place: by_hand(place, "CREATE TABLE public.more () INHERITS (measures.entry)", guarded=True),
        [("V016", 0)],
    ),
    "a policy": (
        lambda place: by_hand(place, "CREATE POLICY few ON measures.entry USING (seq < 5)", guarded=True),
        [("V016", 0)],
    ),
    "no register at all": (
        lambda place: by_hand(place, "DROP SCHEMA measures CASCADE", guarded=True),
        [("V010", 0)],
    ),
    "a newer layout": (
        lambda place: by_hand(
            place, "COMMENT ON SCHEMA measures IS 'measures register, layout 9'", guarded=True
        ),
        [("V010", 0)],
    ),
    "a schema of another program": (
        lambda place: by_hand(place, "COMMENT ON SCHEMA measures IS 'weights'", guarded=True),
        [("V010", 0)],
    ),
}


@pytest.mark.parametrize("knob", KNOBS)
def test_every_knob_is_found_out(place: Location, knob: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "_BATCH", 4)
    turn, expected = KNOBS[knob]
    turn(place)
    assert errors(verify(place)) == expected


def test_the_knobs_of_the_server_leave_no_trace_but_what_they_did(place: Location) -> None:
    by_hand(place)
    rewrite(place, lambda stored: stored)
    assert verify(place).findings == ()


def test_a_role_that_may_do_more_is_named(place: Location, cluster: Cluster) -> None:
    by_hand(place, catalogue.roles(), guarded=True)
    assert verify(place).findings == ()
    cluster.login("meddler", "measures_writer")
    by_hand(place, "GRANT DELETE, TRIGGER ON measures.entry TO meddler", guarded=True)
    by_hand(place, "GRANT CREATE ON SCHEMA measures TO PUBLIC", guarded=True)
    found = verify(place)
    assert [(item.code, item.message) for item in found.findings] == [
        ("V023", "The role meddler may delete."),
        ("V023", "The role meddler may trigger."),
        ("V023", "The role of everybody may create."),
    ]
    assert found.sound


ASKED = {
    "writer": ("measures_writer", {"read", "append"}),
    "reader": ("measures_reader", {"read"}),
}
TRIED = {
    "read": "SELECT count(*) FROM measures.entry",
    "change": "UPDATE measures.entry SET kind = 'forged'",
    "remove": "DELETE FROM measures.entry",
    "empty": "TRUNCATE measures.entry",
    "drop": "DROP TABLE measures.entry",
    "disarm": "ALTER TABLE measures.entry DISABLE TRIGGER USER",
    "pose": "CREATE TABLE measures.other (seq bigint)",
    "replace a guard": "CREATE OR REPLACE FUNCTION measures.entry_kept() RETURNS trigger "
    "LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
}


@pytest.mark.parametrize("role", ASKED)
def test_what_a_role_may_do(place: Location, cluster: Cluster, role: str) -> None:
    by_hand(place, catalogue.roles(), guarded=True)
    cluster.login(role, ASKED[role][0])
    theirs = Location(cluster.address(str(place.store).rpartition("/")[2], role), place.head_file)
    may = set()
    for what, statement in TRIED.items():
        with psycopg.connect(str(theirs.store), autocommit=True) as connection:
            try:
                connection.execute(statement.encode())
                may.add(what)
            except psycopg.errors.InsufficientPrivilege:
                pass
    with Register.open(theirs) as register:
        if "append" in ASKED[role][1]:
            append(register, drafts(1), register.head())
            may.add("append")
        else:
            with pytest.raises(RegisterError, match="refuses this to the role"):
                append(register, drafts(1), register.head())
    assert may == ASKED[role][1]
    assert verify(theirs).findings == ()


def test_an_older_layout_is_brought_forward_by_its_owner_only(
    place: Location, cluster: Cluster, head: Head, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand(place, catalogue.roles(), guarded=True)
    cluster.login("writer", "measures_writer")
    theirs = Location(cluster.address(str(place.store).rpartition("/")[2], "writer"), place.head_file)
    later = (*catalogue.script(), _SECOND)
    monkeypatch.setattr(catalogue, "script", lambda: later)
    assert verify(place).findings == (), "an older layout is still read"
    with pytest.raises(RegisterError, match="refuses this to the role"):
        Register.open(theirs)
    with Register.open(place) as register:
        assert register.head() == head
    assert verify(theirs).findings == ()
    with Register.open(theirs) as register:
        append(register, drafts(1), head)


def _twice(register: Register, head: Head, second: Head | None = None) -> Head:
    with register.held():
        moved = append(register, drafts(1), head)
        return append(register, drafts(1), second or moved)


def test_two_appends_held_together_stand_together(place: Location, head: Head) -> None:
    with Register.open(place) as register:
        with pytest.raises(StaleHeadError):
            _twice(register, head, second=head)
        assert register.head() == head
        moved = _twice(register, head)
        assert (register.head(), kept(place)) == (moved, moved)


NAMES = {
    "postgresql://adviser@db.example.org:5433/mission?sslmode=require": "postgresql://db.example.org:5433/mission",
    "postgresql:///?service=mission": "postgresql://mission",
    "postgresql://adviser@/mission": "postgresql:///mission",
    "postgresql://a@one:1,two:2/mission": "postgresql://one:1,two:2/mission",
}


@pytest.mark.parametrize("given", NAMES)
def test_what_a_place_is_called(given: str) -> None:
    assert location.called(given) == NAMES[given]


def test_words_that_look_like_sql_are_words(place: Location, head: Head) -> None:
    ref = "x'); DROP TABLE measures.entry; --\"[]%s{}"
    with Register.open(place) as register:
        append(register, [Draft("evidence", ref, {}, "f")], head)
        assert [entry.ref for entry in register.entries(refs=[ref])] == [ref]
        assert register.latest("evidence", ref) is not None


def test_a_database_that_somebody_else_holds_is_said_to_be_locked(
    place: Location, head: Head, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_SESSION", postgres._SESSION.replace("30s", "100ms"))
    with psycopg.connect(str(place.store)) as other, Register.open(place) as register:
        other.execute(b"SELECT pg_advisory_lock(%s)", (postgres._LOCK,))
        with pytest.raises(RegisterError, match="locked") as refused:
            append(register, drafts(1), head)
        assert refused.value.remedy == "Try again when it is free."
        assert register.head() == head, "reading goes on"


def test_a_connection_that_is_cut_is_said_in_words(place: Location, head: Head) -> None:
    with Register.open(place) as register:
        with psycopg.connect(str(place.store), autocommit=True) as other:
            other.execute(
                b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                b"WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with pytest.raises(RegisterError, match=r"going down|does not answer"):
            append(register, drafts(1), head)
    assert verify(place).head == head


def test_without_psycopg_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RegisterError, match="found none") as refused:
        Register.open("postgresql://db.example.org/mission")
    assert "mission-measures[postgres]" in refused.value.remedy


def test_what_was_checked_is_what_this_store_has(place: Location, path: Path) -> None:
    assert "tables, guards and rights in the database" in verify(place).checked
    assert "tables, guards and look-up index of the database" in verify(path).checked
