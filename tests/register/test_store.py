"""Appending all or nothing over an expected head, and reading back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures import canonical
from measures.errors import CanonicalError, RegisterError, StaleHeadError
from measures.register import GENESIS_HEAD, Draft, Head, Register, head_file, verify
from tests.register.conftest import SIZE
from tests.register.tampering import AT, altered, append, by_hand, drafts, flip, rows


def test_what_is_appended_is_read_back_in_order(path: Path) -> None:
    with Register.open(path, read_only=True) as register:
        read = list(register.entries())
    assert [entry.seq for entry in read] == list(range(1, SIZE + 1))
    for draft, entry in zip(drafts(SIZE), read, strict=True):
        assert (entry.kind, entry.ref, entry.period) == (draft.kind, draft.ref, draft.period)
        assert (entry.source, entry.supersedes, entry.body) == (draft.source, draft.supersedes, draft.body)
        assert (entry.at, entry.actor, entry.role) == (AT, "PRJ-01", "adviser")
    assert [entry.prev for entry in read[1:]] == [entry.digest for entry in read[:-1]]


@given(st.lists(st.integers(0, 7), max_size=5))
@settings(max_examples=30)
def test_however_it_is_cut_into_appends_the_register_is_the_same(sizes: list[int]) -> None:
    with Register.in_memory() as parts, Register.in_memory() as whole:
        for size in sizes:
            head = append(parts, drafts(size, parts.head().size + 1), parts.head())
            assert head == parts.head()
        assert append(whole, drafts(sum(sizes)), GENESIS_HEAD) == parts.head()
        assert list(whole.lines()) == list(parts.lines())


def test_a_stale_head_is_refused_and_nothing_is_written(path: Path, head: Head) -> None:
    with Register.open(path) as first, Register.open(path) as second:
        moved = append(first, drafts(1), head)
        with pytest.raises(StaleHeadError) as refusal:
            append(second, drafts(2), head)
        assert (refusal.value.expected, refusal.value.found) == (str(head), str(moved))
        assert second.head() == moved
        assert append(second, drafts(2), moved).size == SIZE + 3
    assert verify(path).findings == ()


@pytest.mark.parametrize("expect", [GENESIS_HEAD, Head(SIZE, "0" * 64), Head(SIZE + 1, "0" * 64)])
def test_a_head_that_never_was_is_refused(path: Path, head: Head, expect: Head) -> None:
    with Register.open(path) as register:
        with pytest.raises(StaleHeadError):
            append(register, drafts(1), expect)
        assert register.head() == head


def test_nothing_to_append_changes_nothing(path: Path, head: Head) -> None:
    before = path.with_suffix(".head").stat().st_mtime_ns
    with Register.open(path) as register:
        assert append(register, [], head) == head
    assert path.with_suffix(".head").stat().st_mtime_ns == before


def test_one_bad_draft_keeps_all_out(path: Path, head: Head) -> None:
    with Register.open(path) as register:
        with pytest.raises(CanonicalError):
            append(register, [*drafts(3), Draft("a", "x", {"share": 0.5}, "f")], head)
        assert register.head() == head


class _StoppedError(Exception):
    """What a front may raise to stop an append."""


def test_an_append_stopped_half_way_leaves_nothing(path: Path, head: Head) -> None:
    def stop(done: int) -> None:
        if done == 5:
            raise _StoppedError

    with Register.open(path) as register:
        with pytest.raises(_StoppedError):
            append(register, drafts(9), head, stop)
        assert register.head() == head
        assert append(register, drafts(1), head).size == SIZE + 1
    assert verify(path).findings == ()


def test_progress_counts_what_is_written(path: Path, head: Head) -> None:
    seen: list[int] = []
    with Register.open(path) as register:
        append(register, drafts(4), head, seen.append)
    assert seen == [1, 2, 3, 4]
    walked: list[int] = []
    verify(path, progress=walked.append)
    assert walked[-1] == SIZE + 4


def test_entries_by_kind_ref_and_number(path: Path) -> None:
    every = drafts(SIZE)
    with Register.open(path, read_only=True) as register:
        evidence = [entry.ref for entry in register.entries(kinds=["evidence"])]
        assert evidence == [draft.ref for draft in every if draft.kind == "evidence"]
        assert [entry.seq for entry in register.entries(refs={"R-002", "R-009", "none"})] == [2, 9]
        assert [entry.seq for entry in register.entries(kinds={"evidence"}, refs={"R-002", "R-004"})] == [4]
        assert [entry.seq for entry in register.entries(upto=4)] == [1, 2, 3, 4]
        assert list(register.entries(upto=0)) == []
        assert list(register.entries(kinds=[])) == []
        with pytest.raises(RegisterError, match="at most 11"):
            register.entries(upto=SIZE + 1)
        entry = register.entry(7)
        assert entry is not None
        assert entry.ref == "R-007"
        assert register.entry(SIZE + 1) is None


def test_the_latest_on_a_ref(path: Path, head: Head) -> None:
    with Register.open(path) as register:
        append(register, [Draft("evidence", "R-001", {"id": "newer"}, "evidence.csv:2")], head)
        newer = register.latest("evidence", "R-001")
        assert newer is not None
        assert newer.seq == SIZE + 1
        assert register.latest("evidence", "R-002") is None
        assert register.latest("none", "R-001") is None


def test_words_that_look_like_sql_are_words(path: Path, head: Head) -> None:
    ref = "x'); DROP TABLE entry; --\"[]"
    with Register.open(path) as register:
        append(register, [Draft("evidence", ref, {}, "f")], head)
        assert [entry.ref for entry in register.entries(refs=[ref])] == [ref]
        assert register.latest("evidence", ref) is not None


def test_the_export_is_checked_by_other_tools(path: Path, head: Head) -> None:
    with Register.open(path, read_only=True) as register:
        lines = list(register.lines())
        assert list(register.lines(3)) == lines[:3]
    prev = "0" * 64
    for line in lines:
        assert b"\n" not in line
        assert json.loads(line)["prev"] == prev
        prev = hashlib.sha256(line).hexdigest()
    assert Head(len(lines), prev) == head


def test_reading_goes_on_as_of_its_start_while_others_append(path: Path, head: Head) -> None:
    with Register.open(path, read_only=True) as reader, Register.open(path) as writer:
        reading = reader.entries()
        exporting = reader.lines()
        first = next(reading)
        append(writer, drafts(50), head)
        assert [first.seq, *(entry.seq for entry in reading)] == list(range(1, SIZE + 1))
        assert len(list(exporting)) == SIZE
        assert reader.head().size == SIZE + 50


def test_an_altered_entry_is_not_read_as_if_it_were_sound(path: Path) -> None:
    flip(path, 4, 30)
    with Register.open(path, read_only=True) as register:
        assert next(register.entries()).seq == 1
        with pytest.raises(RegisterError, match="entry 4"):
            list(register.entries())
        with pytest.raises(RegisterError, match="entry 4"):
            register.entry(4)


def test_nothing_is_appended_to_an_altered_entry(path: Path, head: Head) -> None:
    flip(path, SIZE, 30)
    with Register.open(path) as register, pytest.raises(RegisterError, match="entry 11"):
        append(register, drafts(1), head)


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        ("UPDATE entry SET ref = 'x' WHERE seq = 3", "never changed"),
        ("UPDATE OR IGNORE entry SET ref = 'x' WHERE seq = 3", "never changed"),
        ("UPDATE OR REPLACE entry SET seq = 3 WHERE seq = 4", "never changed"),
        ("UPDATE entry SET seq = 12 WHERE seq = 11", "never changed"),
        ("DELETE FROM entry WHERE seq = 11", "never removed"),
        ("DELETE FROM entry", "never removed"),
    ],
)
def test_the_database_itself_refuses_changes(path: Path, statement: str, answer: str) -> None:
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match=answer):
        connection.execute(statement)
    connection.close()
    assert verify(path).findings == ()


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize("seq", [-1, 0, 1, 5, SIZE, SIZE + 2, None])
def test_the_database_itself_refuses_replacing_and_gaps(path: Path, verb: str, seq: int | None) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    before = rows(connection)
    statement, values = f"{verb} INTO entry VALUES (?, ?, ?, ?, ?, ?)", (seq, *before[4][1:])
    with pytest.raises(sqlite3.IntegrityError, match=r"without gaps|names its own columns"):
        connection.execute(statement, values)
    connection.execute("DROP TRIGGER entry_chained")
    with pytest.raises(sqlite3.IntegrityError, match="without gaps"):
        connection.execute(statement, values)
    assert rows(connection) == before
    connection.close()


@pytest.mark.parametrize(
    "changed",
    [{"prev": "0" * 64}, {"seq": 5}, {"kind": "other"}, {"ref": "other"}, {"period": "1999Q1"}],
    ids=lambda changed: next(iter(changed)),
)
def test_the_database_itself_refuses_what_does_not_follow(
    path: Path, head: Head, changed: dict[str, Any]
) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    last = rows(connection)[-1]
    fields: dict[str, Any] = {
        "seq": SIZE + 1,
        "prev": head.digest,
        "kind": last[2],
        "ref": last[3],
        "period": last[4],
    }
    sound = (SIZE + 1, *altered(last, **fields)[1:])
    wrong = altered(last, **(fields | changed))
    with pytest.raises(sqlite3.IntegrityError, match="names its own columns"):
        connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", (*sound[:1], wrong[1], *sound[2:5], wrong[5])
        )
    connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", sound)
    connection.close()
    assert verify(path).sound


def test_the_database_itself_refuses_what_is_no_entry(path: Path) -> None:
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.Error):
        connection.execute("INSERT INTO entry VALUES (12, ?, 'a', 'b', '', x'00')", (canonical.GENESIS,))
    connection.close()


def test_the_head_file_says_the_head_in_plain_words(path: Path, head: Head) -> None:
    kept = path.with_suffix(".head").read_text(encoding="utf-8")
    assert kept == f"measures register head\nregister.db\n{SIZE}\n{head.digest}\n"
    assert head_file(path) == head


def test_a_head_file_left_behind_is_healed_by_the_next_append(path: Path, head: Head) -> None:
    old = path.with_suffix(".head").read_bytes()
    with Register.open(path) as register:
        moved = append(register, drafts(1), head)
        path.with_suffix(".head").write_bytes(old)
        assert [item.code for item in verify(path).findings] == ["V012"]
        moved = append(register, drafts(1), moved)
    assert head_file(path) == moved
    assert verify(path).findings == ()


def test_an_append_stands_when_the_head_file_cannot_be_written(path: Path, head: Head) -> None:
    path.with_suffix(".head.new").mkdir()
    with Register.open(path) as register:
        moved = append(register, drafts(1), head)
        assert register.head() == moved
    assert head_file(path) == head
    assert verify(path).sound


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"other\nregister.db\n1\n" + b"0" * 64 + b"\n",
        b"measures register head\nregister.db\nx\nx\n",
    ],
)
def test_a_spoiled_head_file_is_said_and_not_overwritten(path: Path, head: Head, content: bytes) -> None:
    path.with_suffix(".head").write_bytes(content)
    with pytest.raises(RegisterError, match=r"register\.head"):
        head_file(path)
    with Register.open(path) as register, pytest.raises(RegisterError, match=r"register\.head"):
        append(register, drafts(1), head)
    assert [item.code for item in verify(path).findings] == ["V011"]
    assert path.with_suffix(".head").read_bytes() == content


def test_a_head_file_that_is_a_folder_is_said(path: Path) -> None:
    path.with_suffix(".head").unlink()
    path.with_suffix(".head").mkdir()
    assert [item.code for item in verify(path).findings] == ["V011"]


def test_no_head_file_is_no_error(path: Path, head: Head) -> None:
    path.with_suffix(".head").unlink()
    assert head_file(path) is None
    with Register.open(path) as register:
        moved = append(register, drafts(1), head)
    assert head_file(path) == moved


def test_what_reads_back_otherwise_is_undone(path: Path, head: Head) -> None:
    with by_hand(path, guards_back=False) as connection:
        connection.execute(
            "CREATE TRIGGER meddling AFTER INSERT ON entry BEGIN UPDATE entry SET ref = 'x'; END"
        )
    with Register.open(path) as register:
        with pytest.raises(RegisterError, match="reads back otherwise"):
            append(register, drafts(1), head)
        assert register.head() == head
