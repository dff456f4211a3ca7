"""JSON Lines in: somebody's file is taken in whole or not at all, and whatever it holds is a finding."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures import canonical
from measures.errors import RegisterError
from measures.register import GENESIS_HEAD, Head, Location, Register, lines, verify
from tests.register.conftest import SIZE
from tests.register.tampering import append, drafts, made


@pytest.fixture
def exported(path: Path, tmp_path: Path) -> Path:
    """A register of SIZE entries as a file."""
    out = tmp_path / "register.jsonl"
    with Register.open(path, read_only=True) as register, out.open("wb") as file:
        lines.write(register, file.write)
    return out


def test_what_goes_out_comes_in_with_the_same_head(exported: Path, head: Head) -> None:
    found = lines.scan(exported, [3, 99])
    assert (found.head, found.findings) == (head, ())
    assert set(found.digests) == {0, 3}
    with Register.in_memory() as register:
        lines.take(exported, register, head)
        assert register.head() == head
        assert b"".join(line + b"\n" for line in register.lines()) == exported.read_bytes()


@pytest.mark.slow
def test_from_a_file_to_the_server_and_back(exported: Path, head: Head, address: str, tmp_path: Path) -> None:
    server = Location(address, tmp_path / "server.head")
    with Register.open(server, create=True) as register:
        lines.take(exported, register, head)
        again = tmp_path / "again.jsonl"
        with again.open("wb") as file:
            assert lines.write(register, file.write) == head
    assert again.read_bytes() == exported.read_bytes()
    assert (verify(server).head, verify(server).findings) == (head, ())


def test_more_lines_than_a_batch_holds(tmp_path: Path) -> None:
    head = made(tmp_path / "register.db", 300)
    out = tmp_path / "register.jsonl"
    seen: list[int] = []
    with Register.open(tmp_path / "register.db") as register, out.open("wb") as file:
        assert lines.write(register, file.write, seen.append) == head
    assert lines.scan(out, progress=seen.append).head == head
    with Register.in_memory() as register:
        lines.take(out, register, head, seen.append)
        assert register.head() == head
    assert seen == [128, 256, 128, 256, 300, 128, 256, 300]


def _line(number: int, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def run(raw: bytes) -> bytes:
        stored = raw.splitlines(keepends=True)
        stored[number - 1] = change(stored[number - 1])
        return b"".join(stored)

    return run


def _swapped(raw: bytes) -> bytes:
    stored = raw.splitlines(keepends=True)
    stored[2], stored[3] = stored[3], stored[2]
    return b"".join(stored)


def _rechained(raw: bytes) -> bytes:
    """Alter the last line and its form with it: whole by itself, and not the register."""
    *kept, last = raw.splitlines(keepends=True)
    return b"".join([*kept, canonical.encode(canonical.decode(last) | {"ref": "R-forged"}), b"\n"])


SPOILT: dict[str, tuple[Callable[[bytes], bytes], list[tuple[str, int]]]] = {
    "nothing in it": (lambda raw: raw[:0], [("V022", 0)]),
    "an empty line": (_line(3, lambda line: b"\n" + line), [("V018", 3)]),
    "a line twice": (_line(3, lambda line: line * 2), [("V020", 4)]),
    "a line gone": (_line(3, lambda line: line[:0]), [("V020", 3)]),
    "two lines swapped": (_swapped, [("V020", 3), ("V020", 4), ("V020", 5)]),
    "a word altered": (_line(3, lambda line: line.replace(b"PRJ-01", b"PRJ-02")), [("V020", 4)]),
    "spaces": (_line(3, lambda line: line.replace(b",", b", ", 1)), [("V018", 3)]),
    "keys in another order": (
        _line(
            3, lambda line: line.replace(b'"actor":"PRJ-01",', b"").replace(b"}\n", b',"actor":"PRJ-01"}\n')
        ),
        [("V018", 3)],
    ),
    "a key twice": (_line(3, lambda line: line.replace(b'"seq":3,', b'"seq":3,"seq":3,')), [("V018", 3)]),
    "a key more": (_line(3, lambda line: line.replace(b"}\n", b',"zz":1}\n')), [("V018", 3)]),
    "a number with a point": (_line(3, lambda line: line.replace(b'"seq":3', b'"seq":3.0')), [("V018", 3)]),
    "no JSON": (_line(3, lambda line: line[:0] + b"Kestrel\n"), [("V018", 3)]),
    "a list": (_line(3, lambda line: b"[" + line[:0] + b"1]\n"), [("V018", 3)]),
    "another encoding": (_line(4, lambda line: line.decode().encode("utf-16")), [("V018", 4), ("V018", 5)]),
    "a byte order mark": (lambda raw: b"\xef\xbb\xbf" + raw, [("V018", 1)]),
    "line ends of another system": (
        lambda raw: raw.replace(b"\n", b"\r\n"),
        [("V018", n) for n in range(1, SIZE + 1)],
    ),
    "zeros": (_line(3, lambda line: bytes(len(line)) + b"\n"), [("V018", 3)]),
    "nested beyond measure": (
        _line(
            3, lambda line: line.replace(b'"body":{', b'"body":{"a":' + b"[" * 90_000 + b"]" * 90_000 + b",")
        ),
        [("V018", 3)],
    ),
    "cut in the middle of a line": (lambda raw: raw[:-40], [("V018", SIZE)]),
    "from the third line on": (lambda raw: raw[:0].join(raw.splitlines(keepends=True)[2:]), [("V020", 1)]),
}


@pytest.mark.parametrize("case", SPOILT)
def test_what_is_wrong_is_said_line_by_line(exported: Path, case: str) -> None:
    spoil, expected = SPOILT[case]
    exported.write_bytes(spoil(exported.read_bytes()))
    found = lines.scan(exported)
    told = [(item.code, item.place.line) for item in found.findings]
    assert told == expected
    assert not any("Kestrel" in item.message for item in found.findings)


def test_a_line_without_end_is_not_read_to_its_end(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 5000)
    with exported.open("ab") as file:
        file.write(b'"' * 5001 + b"\n" + b"x" * 100_000)
    found = lines.scan(exported)
    assert [(item.code, item.place.line) for item in found.findings] == [("V019", SIZE + 1)]
    with exported.open("rb+") as file:
        file.truncate(file.seek(0, os.SEEK_END) - 100_002)
    assert [item.code for item in lines.scan(exported).findings] == ["V018"], "one byte less is a line"


def test_many_findings_are_counted(exported: Path) -> None:
    exported.write_bytes(b"x\n" * 150)
    found = lines.scan(exported)
    assert [item.code for item in found.findings] == ["V018"] * lines.LISTED + ["V015"]
    assert "130 further" in found.findings[-1].message


def test_the_last_line_feed_may_be_missing(exported: Path, head: Head) -> None:
    exported.write_bytes(exported.read_bytes()[:-1])
    assert (lines.scan(exported).head, lines.scan(exported).findings) == (head, ())


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw + raw.splitlines()[-1],
        lambda raw: raw[:0].join(raw.splitlines(keepends=True)[:-1]),
        lambda raw: raw.replace(b"R-004", b"R-00X"),
        _rechained,
        lambda raw: raw[:0],
    ],
    ids=["longer", "shorter", "altered", "forged", "emptied"],
)
def test_a_file_that_changes_after_it_was_checked_is_not_taken(
    exported: Path, head: Head, change: Callable[[bytes], bytes]
) -> None:
    exported.write_bytes(change(exported.read_bytes()))
    with Register.in_memory() as register:
        with pytest.raises(RegisterError):
            lines.take(exported, register, head)
        assert register.head() == GENESIS_HEAD


def test_a_register_that_holds_something_takes_nothing(exported: Path, head: Head) -> None:
    with Register.in_memory() as register:
        before = append(register, drafts(2), GENESIS_HEAD)
        with pytest.raises(RegisterError, match="moved"):
            lines.take(exported, register, head)
        assert register.head() == before


@pytest.mark.parametrize("what", ["nothing", "folder", "pipe"])
def test_what_is_no_file_is_refused(tmp_path: Path, what: str) -> None:
    path = tmp_path / "in"
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    with pytest.raises(RegisterError, match="found none"):
        lines.scan(path)


_BITS = st.tuples(
    st.sampled_from(["flip", "cut", "put", "copy"]), st.integers(0, 10_000), st.binary(max_size=8)
)


@given(st.lists(_BITS, min_size=1, max_size=4))
@settings(max_examples=150)
def test_fuzzed_it_is_sound_or_a_finding(
    tmp_path_factory: pytest.TempPathFactory, original: tuple[Path, Head], edits: list[tuple[str, int, bytes]]
) -> None:
    """Whatever is done to the bytes: an unharmed prefix of the register, or findings and no error."""
    with Register.open(original[0], read_only=True) as register:
        stored = list(register.lines())
    raw = bytearray(b"".join(line + b"\n" for line in stored))
    for what, anywhere, some in edits:
        at = anywhere % (len(raw) + 1)
        if what == "flip" and at < len(raw):
            raw[at] ^= (some or b"\1")[0]
        elif what == "cut":
            del raw[at : at + len(some) * 40]
        elif what == "put":
            raw[at:at] = some
        else:
            raw[at:at] = raw[: len(some) * 40]
    path = tmp_path_factory.mktemp("fuzz") / "f.jsonl"
    path.write_bytes(raw)
    found = lines.scan(path)
    if found.findings:
        assert {item.code for item in found.findings} <= {"V015", "V018", "V020", "V022"}
        return
    kept = bytes(raw).removesuffix(b"\n").split(b"\n")
    if kept[:-1] == stored[: len(kept) - 1] and kept[-1] != stored[len(kept) - 1]:
        return  # the last line altered and in form: only a head held elsewhere tells
    assert kept == stored[: len(kept)]
