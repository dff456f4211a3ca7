"""Every change to a stored entry is found, and the finding names the entry."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from measures import canonical
from measures.errors import RegisterError
from measures.finding import CATALOGUE
from measures.register import Head, Register, Verification, head_file, verify, walk
from measures.register.sqlite import Sqlite
from measures.register.walk import LISTED
from tests.register import tampering
from tests.register.conftest import SIZE
from tests.register.tampering import altered, append, by_hand, drafts, rewrite, rows

EVERY = range(1, SIZE + 1)
FIELDS = (
    "actor",
    "at",
    "body",
    "kind",
    "period",
    "prev",
    "ref",
    "role",
    "schema",
    "seq",
    "source",
    "supersedes",
)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the walk take its entries four at a time, so that breaks fall on every side of a batch."""
    monkeypatch.setattr(walk, "_BATCH", 4)


def errors(found: Verification) -> list[tuple[str, int]]:
    return [(item.code, item.place.line) for item in found.findings if item.severity == "error"]


def named(found: Verification, seq: int) -> bool:
    return any(f"ntry {seq}" in item.message for item in found.findings if item.severity == "error")


def test_the_register_is_sound_before_anything_is_done_to_it(path: Path, head: Head) -> None:
    found = verify(path)
    assert found.sound
    assert (found.size, found.head, found.findings) == (SIZE, head, ())
    assert len(found.checked) == 3


@pytest.mark.parametrize("seq", EVERY)
@pytest.mark.parametrize("field", FIELDS)
def test_a_bit_flipped_in_a_field(path: Path, seq: int, field: str) -> None:
    content = _content(path, seq)
    start = content.index(f'"{field}":'.encode())
    for at in (start + 1, start + len(field) + 2, start + len(field) + 4):  # its name, the colon, the value
        tampering.flip(path, seq, at)
        assert errors(verify(path)) == [("V001", seq)]
        tampering.flip(path, seq, at)
    assert verify(path).sound


@pytest.mark.parametrize("seq", [1, 6, SIZE])
def test_a_bit_flipped_anywhere_in_an_entry(path: Path, seq: int) -> None:
    for at in range(0, len(_content(path, seq)), 3):
        tampering.flip(path, seq, at, bit=1 << at % 8)
        assert errors(verify(path)) == [("V001", seq)], at
        tampering.flip(path, seq, at, bit=1 << at % 8)


@pytest.mark.parametrize("seq", EVERY)
@pytest.mark.parametrize("at", [0, 31, 63])
def test_a_bit_flipped_in_a_digest(path: Path, seq: int, at: int) -> None:
    tampering.flip(path, seq, at, column="digest")
    assert errors(verify(path))[0] == ("V001", seq)


@pytest.mark.parametrize("seq", EVERY)
def test_a_byte_flipped_in_the_file_itself(path: Path, seq: int) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        content = connection.execute("SELECT content FROM entry WHERE seq = ?", (seq,)).fetchone()[0]
    connection.close()
    raw = bytearray(path.read_bytes())
    assert raw.count(content) == 1
    for offset in (0, len(content) // 2, len(content) - 1):
        spoiled = bytearray(raw)
        spoiled[raw.index(content) + offset] ^= 0xFF
        path.write_bytes(spoiled)
        assert errors(verify(path)) == [("V001", seq)]


@pytest.mark.parametrize("seq", range(1, SIZE))
def test_an_entry_dropped_from_the_middle(path: Path, seq: int) -> None:
    tampering.drop(path, seq)
    assert errors(verify(path)) == [("V003", seq)]
    assert named(verify(path), seq)


@pytest.mark.parametrize("seq", range(1, SIZE - 2))
def test_entries_dropped_in_a_row(path: Path, seq: int) -> None:
    tampering.drop(path, seq, seq + 1, seq + 2)
    assert errors(verify(path)) == [("V003", seq), ("V003", seq + 1), ("V003", seq + 2)]


@pytest.mark.parametrize("seq", EVERY)
def test_the_tail_cut_off_from_an_entry_on(path: Path, seq: int) -> None:
    tampering.drop(path, *range(seq, SIZE + 1))
    found = verify(path)
    assert errors(found) == [("V004", seq - 1)]
    assert named(found, seq)


@pytest.mark.parametrize("seq", range(1, SIZE))
@pytest.mark.parametrize("digests", [True, False], ids=["with digests", "without digests"])
def test_two_neighbours_swapped(path: Path, seq: int, *, digests: bool) -> None:
    tampering.swap(path, seq, seq + 1, digests=digests)
    found = errors(verify(path))
    assert found[0] == ("V002" if digests else "V001", seq)
    assert found[1] == ("V002" if digests else "V001", seq + 1)


@pytest.mark.parametrize(("one", "other"), [(1, SIZE), (2, 7), (4, 9)])
def test_two_distant_entries_swapped(path: Path, one: int, other: int) -> None:
    tampering.swap(path, one, other)
    found = errors(verify(path))
    assert found[0] == ("V002", one)
    assert ("V002", other) in found


@pytest.mark.parametrize("seq", EVERY)
def test_an_entry_inserted(path: Path, seq: int) -> None:
    tampering.insert(path, seq)
    found = verify(path)
    assert errors(found)[0] == ("V002", seq + 1)
    assert f"does not follow entry {seq}." in found.findings[0].message


@pytest.mark.parametrize("seq", EVERY)
def test_a_chain_made_anew_from_an_entry_on(path: Path, seq: int) -> None:
    tampering.rechain(path, seq)
    assert errors(verify(path)) == [("V005", SIZE)]


@pytest.mark.parametrize("seq", EVERY)
def test_a_chain_and_its_head_file_made_anew_against_a_head_on_paper(path: Path, seq: int) -> None:
    with Register.open(path, read_only=True) as register:
        paper = [(f"the report of entry {e.seq}", Head(e.seq, e.digest)) for e in register.entries()]
    tampering.rechain(path, seq)
    path.with_suffix(".head").unlink()
    assert [item.code for item in verify(path).findings] == ["V009"]
    found = verify(path, heads=paper)
    assert errors(found) == [("V005", number) for number in range(seq, SIZE + 1)]
    assert f"the report of entry {seq}" in found.findings[0].message


def test_a_tail_cut_off_and_the_head_file_too_against_a_head_on_paper(path: Path, head: Head) -> None:
    tampering.drop(path, SIZE)
    path.with_suffix(".head").unlink()
    found = verify(path, heads=[("hq-2021Q1.pdf", head)])
    assert errors(found) == [("V004", SIZE - 1)]
    assert "hq-2021Q1.pdf" in found.findings[0].message


@pytest.mark.parametrize("seq", EVERY)
@pytest.mark.parametrize("column", ["kind", "ref", "period"])
def test_a_look_up_column_altered(path: Path, seq: int, column: str) -> None:
    with by_hand(path) as connection:
        connection.execute(f"UPDATE entry SET {column} = 'forged' WHERE seq = ?", (seq,))  # noqa: S608 - a test's own word
    found = verify(path)
    assert errors(found) == [("V006", seq)]
    assert column in found.findings[0].message


@pytest.mark.parametrize("seq", EVERY)
def test_an_entry_written_in_another_form(path: Path, seq: int) -> None:
    def spaced(stored: list[tampering.Row]) -> list[tampering.Row]:
        row = stored[seq - 1]
        content = row[5].replace(b",", b", ", 1)
        stored[seq - 1] = (row[0], canonical.sha256(content), *row[2:5], content)
        return stored

    rewrite(path, spaced)
    assert errors(verify(path))[0] == ("V007", seq)


@pytest.mark.parametrize(
    "name", ["entry_not_updated", "entry_not_deleted", "entry_in_sequence", "entry_chained"]
)
def test_a_guard_dropped_and_then_an_entry_changed(path: Path, name: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"DROP TRIGGER {name}")
    if name == "entry_not_updated":
        connection.execute("UPDATE entry SET content = x'7b7d' WHERE seq = 4")
    connection.close()
    found = verify(path)
    assert errors(found) == [("V008", 0)] + ([("V001", 4)] if name == "entry_not_updated" else [])
    assert name in found.findings[0].message


def test_a_guard_replaced_by_one_that_guards_nothing(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DROP TRIGGER entry_not_updated")
    connection.execute("CREATE TRIGGER entry_not_updated BEFORE UPDATE ON entry BEGIN SELECT 1; END")
    connection.close()
    assert errors(verify(path)) == [("V008", 0)]


@pytest.mark.parametrize("value", ["NULL", "x'ff'", "'text'", "7", "x''"])
def test_a_table_made_anew_with_anything_in_it(path: Path, value: str) -> None:
    with by_hand(path, guards_back=False) as connection:
        connection.execute("CREATE TABLE other (seq INTEGER PRIMARY KEY, digest, kind, ref, period, content)")
        connection.execute("INSERT INTO other SELECT * FROM entry")
        connection.execute("DROP TABLE entry")
        connection.execute("ALTER TABLE other RENAME TO entry")
        connection.execute(f"UPDATE entry SET content = {value} WHERE seq = 5")  # noqa: S608 - a test's own words
    found = errors(verify(path))
    assert ("V008", 0) in found
    assert ("V001", 5) in found


@pytest.mark.parametrize("column", ["digest", "kind", "ref", "period"])
def test_bytes_that_are_no_text_in_a_text_column(path: Path, column: str) -> None:
    with by_hand(path) as connection:
        old = connection.execute(f"SELECT {column} FROM entry WHERE seq = 6").fetchone()[0]  # noqa: S608 - a test's own word
        broken = f"CAST(x'{'ff' * len(old or 'x')}' AS TEXT)"
        connection.execute(f"UPDATE entry SET {column} = {broken} WHERE seq = 6")  # noqa: S608 - a test's own word
    assert errors(verify(path)) == [("V001" if column == "digest" else "V006", 6)]


def test_many_breaks_are_counted_beyond_a_hundred(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    tampering.made(path, LISTED + 60)
    with by_hand(path) as connection:
        connection.execute("UPDATE entry SET kind = 'forged' WHERE seq > 10")
    found = verify(path)
    assert errors(found)[0] == ("V006", 11)
    assert found.findings[-1].code == "V015"
    assert "50 further" in found.findings[-1].message


@pytest.mark.parametrize("number", [0, -1, -(2**63)])
def test_an_entry_hidden_before_the_first(path: Path, number: int) -> None:
    with by_hand(path) as connection:
        row = rows(connection)[4]
        hidden = altered((number, *row[1:]), seq=max(number, -(2**53) + 1), prev=row[1])
        connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", hidden)
    found = verify(path)
    assert errors(found) == [("V002", 0)]
    assert f"Entry {number} does not follow" in found.findings[0].message


def test_an_entry_moved_far_away(path: Path) -> None:
    with by_hand(path) as connection:
        connection.execute("UPDATE entry SET seq = 1 << 60 WHERE seq = ?", (SIZE,))
    found = errors(verify(path))
    assert found[0] == ("V003", SIZE)
    assert len(found) <= LISTED + 3


def _content(path: Path, seq: int) -> bytes:
    with Register.open(path, read_only=True) as register:
        return list(register.lines(seq))[-1]


def _page_lost(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    size = int.from_bytes(raw[16:18], "big")
    start = raw.index(_content(path, SIZE)) // size * size
    raw[start : start + 8] = bytes(8)
    path.write_bytes(raw)


def _index_altered(path: Path) -> None:
    """Let the index name an entry otherwise, in the file itself: by its ref it is not found any more."""
    with by_hand(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = path.read_bytes()
    assert raw.count(b"R-003evidence") + raw.count(b"R-003assessment") + raw.count(b"R-003position") == 1
    path.write_bytes(raw.replace(b"R-003assessment", b"R-00Xassessment"))


def _behind(path: Path) -> None:
    kept = path.with_suffix(".head").read_bytes()
    with Register.open(path) as register:
        append(register, drafts(1), register.head())
    path.with_suffix(".head").write_bytes(kept)


def _spaced(path: Path) -> None:
    def change(stored: list[tampering.Row]) -> list[tampering.Row]:
        content = stored[-1][5] + b" "
        return [*stored[:-1], (SIZE, canonical.sha256(content), *stored[-1][2:5], content)]

    rewrite(path, change)


def _sql(statement: str, *, guards_back: bool = True) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with by_hand(path, guards_back=guards_back) as connection:
            connection.execute(statement)

    return run


def _many(path: Path) -> None:
    path.with_suffix(".head").unlink()
    with Register.open(path) as register:
        append(register, drafts(LISTED), register.head())
    _sql("UPDATE entry SET ref = 'forged'")(path)


WAYS: dict[str, Callable[[Path], None]] = {
    "V001": lambda path: tampering.flip(path, 3, 20),
    "V002": lambda path: tampering.swap(path, 3, 4),
    "V003": lambda path: tampering.drop(path, 3),
    "V004": lambda path: tampering.drop(path, SIZE),
    "V005": lambda path: tampering.rechain(path, 3),
    "V006": _sql("UPDATE entry SET period = '2020Q1' WHERE seq = 3"),
    "V007": _spaced,
    "V008": _sql("SELECT 1", guards_back=False),
    "V009": lambda path: path.with_suffix(".head").unlink(),
    "V010": lambda path: path.write_bytes(b"no database"),  # type: ignore[dict-item]  # its count is not used
    "V011": lambda path: path.with_suffix(".head").write_bytes(b"no head"),  # type: ignore[dict-item]  # as above
    "V012": _behind,
    "V014": _page_lost,
    "V015": _many,
    "V024": _index_altered,
    "V016": _sql("CREATE VIEW entries AS SELECT * FROM entry"),
}


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM entry WHERE seq = 11", "it names 11 entries and there are 10"),
        ("UPDATE entry SET ref = 'R-forged' WHERE seq = 4", "1 of 11 entries cannot be found by it"),
        ("UPDATE entry SET kind = 'forged' WHERE seq > 8", "3 of 11 entries cannot be found by it"),
    ],
)
def test_a_table_changed_behind_the_back_of_its_index(path: Path, statement: str, told: str) -> None:
    """The index is hidden from SQLite, the table changed, and the index shown again as it was."""
    hidden = "SELECT * FROM sqlite_master WHERE name = 'entry_by_ref'"
    with by_hand(path) as connection:
        row = connection.execute(hidden).fetchone()
        connection.execute("PRAGMA writable_schema = RESET")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'entry_by_ref'")
        connection.execute("PRAGMA writable_schema = RESET")
    with by_hand(path) as connection:
        connection.execute(statement)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)
        connection.execute("PRAGMA writable_schema = RESET")
    engine = Sqlite.open(path, read_only=True)
    last = engine.last()
    assert last is not None
    assert engine.astray(0, last[0]) == told
    engine.close()


@pytest.mark.parametrize("code", WAYS)
def test_every_finding_of_verification_is_found_one_way(path: Path, code: str) -> None:
    WAYS[code](path)
    found = verify(path)
    assert code in {item.code for item in found.findings}
    assert found.sound == (CATALOGUE[code].severity != "error")


def test_no_finding_of_verification_is_left_out() -> None:
    """Those of files in the vault, checkpoints and rules, from V030 on, have tests of their own."""
    elsewhere = {"V013"}  # an evidence file, not an entry: with the vault
    elsewhere |= {f"V{number:03}" for number in range(17, 24)}  # the workflow, the lines and PostgreSQL
    assert WAYS.keys() | elsewhere == {code for code in CATALOGUE if "V001" <= code < "V030"}


def test_nothing_is_appended_to_a_register_that_was_cut(path: Path, head: Head) -> None:
    tampering.drop(path, SIZE)
    with Register.open(path) as register, pytest.raises(RegisterError, match="head file"):
        append(register, drafts(1), register.head())
    assert head_file(path) == head, "the trace is still there"


def test_copies_verify_wherever_they_lie(path: Path, tmp_path: Path, head: Head) -> None:
    for name in ("a b", "100%", "what?#"):
        copy = tmp_path / name / "kept.db"
        copy.parent.mkdir()
        shutil.copy(path, copy)
        shutil.copy(path.with_suffix(".head"), copy.with_suffix(".head"))
        assert verify(copy).head == head
        assert verify(copy).sound
