"""Walking with other processes finds what walking alone finds, and falls back on it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from measures.register import GENESIS_HEAD, Head, Location, share, together, verify
from measures.register.share import Range, Share, Walked, walk_share
from measures.register.sqlite import Sqlite
from tests.register import tampering
from tests.register.conftest import SIZE
from tests.register.test_tampering import WAYS

PROCESSES = 3


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Divide even small registers; collect what the other processes answered."""
    answers: list[object] = []
    asked = Share.result

    def result(self: Share) -> object:
        answers.append(asked(self))
        return answers[-1]

    monkeypatch.setattr(together, "PAYS", 1)
    monkeypatch.setattr(together, "_cores", lambda: PROCESSES)
    monkeypatch.setattr(Share, "result", result)
    return answers


def test_a_sound_register_is_walked_by_all(path: Path, head: Head, shared: list[object]) -> None:
    seen: list[int] = []
    heads = [(f"entry {number}", Head(number, digest)) for number, digest in _digests(path).items()]
    found = verify(path, heads=heads, progress=seen.append)
    assert (found.size, found.head, found.findings) == (SIZE, head, ())
    assert len(shared) == PROCESSES - 1
    assert None not in shared
    assert seen == sorted(seen)


def _digests(path: Path) -> dict[int, str]:
    with tampering.by_hand(path) as connection:
        return {row[0]: row[1] for row in tampering.rows(connection)}


@pytest.mark.parametrize("seq", range(1, SIZE + 1))
def test_a_chain_made_anew_from_an_entry_on_is_told_by_heads(
    path: Path, shared: list[object], seq: int
) -> None:
    heads = [(f"entry {number}", Head(number, digest)) for number, digest in _digests(path).items()]
    tampering.rechain(path, seq)
    found = verify(path, heads=heads)
    assert {item.place.line for item in found.findings} == set(range(seq, SIZE + 1))
    assert len(shared) == PROCESSES - 1


@pytest.mark.parametrize("code", sorted(WAYS))
def test_the_same_findings_as_alone(path: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    WAYS[code](path)
    alone = verify(path)
    monkeypatch.setattr(together, "PAYS", 1)
    monkeypatch.setattr(together, "_cores", lambda: 2)
    assert verify(path) == alone


def test_where_no_process_can_be_started_it_walks_alone(
    path: Path, head: Head, shared: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/program")
    found = verify(path)
    assert (found.head, found.findings, shared) == (head, (), [])


def test_a_process_that_dies_or_talks_nonsense_is_not_relied_on(
    path: Path, head: Head, shared: list[object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number, words in enumerate(
        ("exit 3", "echo nonsense", 'echo \'{"head": 7, "digests": {}}\'', "echo 7")
    ):
        program = tmp_path / f"program-{number}"
        program.write_text(f"#!/bin/sh\ncat > /dev/null\n{words}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(program))
        found = verify(path)
        assert (found.head, found.findings) == (head, ())
    assert set(shared) == {None}


def test_a_share_that_ended_elsewhere_than_the_next_began_is_not_passed_over(
    path: Path, shared: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody rewrote the file while it was walked: one process saw another entry than the next."""
    asked = Share.result

    def result(self: Share) -> Walked | None:
        walked = asked(self)
        if walked is None or self.part.upto == SIZE:
            return walked
        return Walked(Head(walked.head.size, "b" * 64), walked.digests)

    monkeypatch.setattr(Share, "result", result)
    found = verify(path)
    assert [item.code for item in found.findings] == ["V002"]
    assert len(shared) == 1


def test_a_share_answers_for_its_range_only(path: Path, head: Head) -> None:
    start = Head(4, _digests(path)[4])
    task = {"store": str(path), "start": str(start), "upto": 9, "marks": [5, 9]}
    answer = walk_share(dict(task))
    assert answer is not None
    assert answer["head"] == str(Head(9, _digests(path)[9]))
    assert answer["digests"] == {0: GENESIS_HEAD.digest, 5: _digests(path)[5], 9: _digests(path)[9]}
    assert walk_share(task | {"start": str(Head(4, "a" * 64))}) is None, "it does not follow"
    assert walk_share(task | {"upto": "9"}) is None
    done = subprocess.run(
        [sys.executable, "-P", "-m", share.__package__],
        input=json.dumps(task | {"store": str(path.with_name("none"))}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


@pytest.mark.parametrize("processes", [2, 3, 8])
def test_ranges_join_and_leave_nothing_out(
    path: Path, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "PAYS", 1)
    engine = Sqlite.open(path, read_only=True)
    parts = together.ranges(engine, processes)
    engine.close()
    assert len(parts) == processes
    assert parts[0].start == GENESIS_HEAD
    assert [part.start.size for part in parts[1:]] == [part.upto for part in parts[:-1]]
    assert parts[-1].upto == SIZE
    assert Range(GENESIS_HEAD, SIZE) not in parts


@pytest.mark.slow
def test_on_a_server_too(address: str, tmp_path: Path, shared: list[object]) -> None:
    from measures.register import Register

    place = Location(address, tmp_path / "register.head")
    with Register.open(place, create=True) as register:
        head = tampering.append(register, tampering.drafts(SIZE), GENESIS_HEAD)
    found = verify(place)
    assert (found.head, found.findings) == (head, ())
    assert len(shared) == PROCESSES - 1
    assert None not in shared
