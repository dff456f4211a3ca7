"""The look-up file beside a register: right when it is made, brought forward, never believed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from measures.errors import RegisterError
from measures.register import Draft, Register
from measures.register.lookup import Lookup
from tests.register.tampering import flip

AT = "2021-07-01T09:00:00Z"
CITED = {"assessment": "A-01", "evidence": "E-01"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Register.open(tmp_path / "register.db", create=True).close()
    append(tmp_path, Draft("evidence", "E-01", {"id": "E-01"}, "evidence.csv:1"))
    append(tmp_path, Draft("citation", "C-01", {"id": "C-01", **CITED}, "citations.csv:1"))
    return tmp_path / "register.lookup"


def append(folder: Path, *drafts: Draft) -> None:
    with Register.open(folder / "register.db") as register:
        register.append(drafts, expect=register.head(), at=AT, actor="ADV-01", role="adviser")


def seen(path: Path | None, folder: Path, name: str = "E-01") -> tuple[list[int], list[int]]:
    with (
        Register.open(folder / "register.db", read_only=True) as register,
        Lookup.open(path, register) as lookup,
    ):
        return lookup.about(name), lookup.naming(name, 100)


def test_it_says_which_entries_are_about_an_id_and_which_name_it(path: Path) -> None:
    assert seen(path, path.parent) == ([1], [2])
    assert seen(path, path.parent, "nothing") == ([], [])


def test_entries_that_name_an_id_are_chosen_by_kind_and_not_more_than_asked_for(path: Path) -> None:
    append(path.parent, Draft("engagement", "G-1", {"id": "G-1", "evidence": "E-01"}, "engagements.csv:1"))
    with (
        Register.open(path.parent / "register.db", read_only=True) as register,
        Lookup.open(path, register) as lookup,
    ):
        assert lookup.naming("E-01", 9) == [2, 3]
        assert lookup.naming("E-01", 1) == [2]
        assert lookup.naming("E-01", 9, "engagement") == [3]


def test_what_was_appended_since_is_added(path: Path) -> None:
    seen(path, path.parent)
    append(path.parent, Draft("citation", "C-02", {"id": "C-02", **CITED}, "citations.csv:2"))
    assert seen(path, path.parent) == ([1], [2, 3])


def test_only_what_was_appended_since_is_read(path: Path) -> None:
    seen(path, path.parent)
    append(path.parent, Draft("citation", "C-02", {"id": "C-02", **CITED}, "citations.csv:2"))
    told: list[tuple[int, int]] = []
    with Register.open(path.parent / "register.db", read_only=True) as register:
        for _ in range(2):
            Lookup.open(path, register, lambda done, total: told.append((done, total))).__exit__(
                None, None, None
            )
    assert told == [(1, 1)]


def damaged(path: Path) -> None:
    path.write_bytes(b"no database" * 100)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def of_another_layout(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()


def of_another_register(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE covers SET digest = ?", ("0" * 64,))
        connection.execute("DELETE FROM named")
    connection.close()


def beyond_the_head(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE covers SET seq = 99")
        connection.execute("DELETE FROM named")
    connection.close()


def covering_what_is_no_number(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE covers SET seq = x'00'")
        connection.execute("DELETE FROM named")
    connection.close()


@pytest.mark.parametrize(
    "spoil",
    [
        damaged,
        emptied,
        of_another_layout,
        of_another_register,
        beyond_the_head,
        covering_what_is_no_number,
        Path.unlink,
    ],
)
def test_a_file_that_is_of_no_use_is_made_again(path: Path, spoil: Callable[[Path], object]) -> None:
    seen(path, path.parent)
    spoil(path)
    assert seen(path, path.parent) == ([1], [2])


def test_damage_that_shows_late_is_told_in_words(path: Path) -> None:
    seen(path, path.parent)
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE named RENAME TO other")
    connection.close()
    with pytest.raises(RegisterError, match="sound look-up file"):
        seen(path, path.parent)


@pytest.mark.parametrize("value", ["two", b"\x00", 1e300])
def test_what_is_no_number_of_an_entry_is_told_in_words(path: Path, value: object) -> None:
    seen(path, path.parent)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE named SET seq = ? WHERE own = 1 AND id = 'E-01'", (value,))
    connection.close()
    with pytest.raises(RegisterError, match="sound look-up file"):
        seen(path, path.parent)


def test_what_is_no_id_is_told_in_words(path: Path) -> None:
    seen(path, path.parent)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO named VALUES (x'ff', 0, 1, 'evidence')")
    connection.close()
    with (
        Register.open(path.parent / "register.db", read_only=True) as register,
        Lookup.open(path, register) as lookup,
        pytest.raises(RegisterError, match="sound look-up file"),
    ):
        lookup.near("nothing")


def test_an_entry_that_cannot_be_read_is_told_in_words(path: Path) -> None:
    flip(path.parent / "register.db", 1, at=0)
    with pytest.raises(RegisterError, match="altered and cannot be read"):
        seen(path, path.parent)


def test_where_no_file_can_be_made_the_register_is_read_every_time(path: Path) -> None:
    path.mkdir()
    assert seen(path, path.parent) == ([1], [2])
    assert path.is_dir()


def test_reading_anew_does_not_ask_the_file(path: Path) -> None:
    seen(path, path.parent)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM named WHERE own = 0")
    connection.close()
    assert seen(path, path.parent) == ([1], []), "a doctored file can leave something out"
    assert seen(None, path.parent) == ([1], [2])


def test_an_entry_is_found_by_the_beginning_of_its_digest(path: Path) -> None:
    with (
        Register.open(path.parent / "register.db", read_only=True) as register,
        Lookup.open(path, register) as lookup,
    ):
        for entry in register.entries():
            assert all(entry.seq in lookup.sealed(entry.digest[:length]) for length in (8, 13, 14, 64))
        assert lookup.sealed("0" * 64) == []


@pytest.mark.parametrize("typed", ["E-O1", "e-01", "E-1", "E-011"])
def test_ids_near_a_misspelt_one_are_offered(path: Path, typed: str) -> None:
    with (
        Register.open(path.parent / "register.db", read_only=True) as register,
        Lookup.open(path, register) as lookup,
    ):
        assert "E-01" in lookup.near(typed)
