"""A register with holes: what is withheld is gone, and what is left still proves itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.register import GENESIS_HEAD, Draft, merkle, seal
from measures.register.holes import Hole, Trail, read_hole, with_holes

AT = "2021-07-01T09:00:00Z"


def register(size: int) -> list[bytes]:
    drafts = [Draft("note", f"N-{n}", {"text": f"Kestrel {n}"}, f"notes.csv:{n}") for n in range(1, size + 1)]
    return [item.content for item in seal(drafts, GENESIS_HEAD, at=AT, actor="ADV-01", role="adviser")]


def walked(lines: Sequence[bytes], marks: Sequence[int] = ()) -> Trail:
    trail = Trail("register.jsonl", marks)
    for line in lines:
        trail.add(line)
    return trail


@st.composite
def registers(draw: st.DrawFn) -> tuple[int, frozenset[int], frozenset[int]]:
    size = draw(st.integers(1, 40))
    numbers = st.integers(1, size)
    return size, draw(st.frozensets(numbers)), draw(st.frozensets(numbers, max_size=4))


@given(registers())
@settings(max_examples=150, deadline=None)
def test_head_and_roots_come_out_whatever_is_withheld(
    case: tuple[int, frozenset[int], frozenset[int]],
) -> None:
    size, hidden, heads = case
    contents = register(size)
    lines = list(with_holes(contents, hidden, heads))
    trail = walked(lines, [*heads, size])
    assert trail.findings == ()
    assert trail.withheld == len(hidden)
    assert trail.roots == {n: merkle.root(contents[:n]) for n in {*heads, size}}
    assert trail.digests == {n: digest_of(contents, n) for n in {*heads, size}}
    assert trail.root == merkle.root(contents)


@given(registers())
@settings(max_examples=60, deadline=None)
def test_a_hole_tells_its_number_and_at_most_two_hashes(
    case: tuple[int, frozenset[int], frozenset[int]],
) -> None:
    size, hidden, heads = case
    contents = register(size)
    for seq, line in enumerate(with_holes(contents, hidden, heads), start=1):
        if seq not in hidden:
            assert line == contents[seq - 1]
            continue
        assert json.loads(line).keys() <= {"seq", "digest", "node"}
        assert b"Kestrel" not in line
        told = "digest" in json.loads(line)
        assert told == (seq == size or seq + 1 not in hidden or seq in heads), "no digest without need"


def digest_of(contents: Sequence[bytes], seq: int) -> str:
    from measures import canonical

    return canonical.sha256(contents[seq - 1])


def test_without_holes_the_lines_are_the_contents() -> None:
    contents = register(9)
    assert list(with_holes(contents, frozenset())) == contents


def test_a_hole_of_eight_entries_tells_one_hash_for_all_of_them() -> None:
    lines = [json.loads(line) for line in with_holes(register(20), range(9, 17))]
    assert [line["seq"] for line in lines if "node" in line] == [16]
    assert lines[15]["node"][0] == 3


def swapped(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], lines[5], lines[4], *lines[6:]]


def dropped(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], *lines[5:]]


def altered(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], lines[4].replace(b"Kestrel 5", b"Kestrel 6"), *lines[5:]]


def spaced(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], lines[4].replace(b'":', b'": ', 1), *lines[5:]]


def emptied(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], b"", *lines[5:]]


def hollowed(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], Hole(5).line(), *lines[5:]]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (swapped, [("B009", 5), ("B009", 6), ("B009", 7)]),
        (dropped, [("B009", 5), ("B009", 6), ("B009", 7), ("B009", 8)]),
        (altered, [("B009", 6)]),
        (spaced, [("B008", 5), ("B009", 6)]),
        (emptied, [("B008", 5), ("B009", 6)]),
        (hollowed, [("B009", 6)]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_was_done_to_a_line_is_told(
    spoil: Callable[[list[bytes]], list[bytes]], told: list[tuple[str, int]]
) -> None:
    trail = walked(spoil(register(9)))
    found = [(finding.code, finding.place.line) for finding in trail.findings]
    assert found[: len(told)] == told


def test_an_entry_made_into_a_hole_without_its_leaf_has_no_root() -> None:
    contents = register(9)
    assert walked([*contents[:8], Hole(9, digest_of(contents, 9)).line()]).root == b""


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"seq":0}',
        b'{"seq":true}',
        b'{"seq":1.0}',
        b'{"seq": 1}',
        b'{"seq":"1"}',
        b'{"digest":"","seq":1}',
        b'{"digest":"ab","seq":1}',
        b'{"digest":' + b"1" * 64 + b',"seq":1}',
        b'{"node":[],"seq":1}',
        b'{"node":[0],"seq":1}',
        b'{"node":[-1,""],"seq":1}',
        b'{"node":[1,"' + b"a" * 64 + b'"],"seq":1}',
        b'{"node":[99,"' + b"a" * 64 + b'"],"seq":1}',
        b'{"node":[0,"' + b"A" * 64 + b'"],"seq":1}',
        b'{"note":"","seq":1}',
        b'{"seq":9007199254740993}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_what_is_no_hole(line: bytes) -> None:
    assert read_hole(line) is None


def test_many_breaks_are_counted_and_not_all_listed() -> None:
    trail = walked([b"no line"] * 500)
    assert len(trail.findings) == 101
    assert trail.findings[-1].code == "V015"
    assert "400" in trail.findings[-1].message
