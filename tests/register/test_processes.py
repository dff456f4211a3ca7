"""Several processes at one register, and processes killed at any moment."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from measures.errors import StaleHeadError
from measures.register import Draft, Register, head_file, verify
from tests.register.conftest import SIZE
from tests.register.tampering import append, drafts

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill")

KILLS = 40
PART = 60


def _child(work: Callable[[], None]) -> int:
    """Run ``work`` in a process of its own, which exits with 1 when it raises, and return its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def _append_for_ever(path: Path, acknowledge: int) -> None:
    part = drafts(PART)
    with Register.open(path, create=True) as register:
        head = register.head()
        while True:
            head = append(register, part, head)
            os.write(acknowledge, f"{head.size}\n".encode())


def _killed(path: Path, patience: Callable[[], float]) -> int:
    """Start a writer, kill it in the midst of its work, and return the last size it told."""
    reading, writing = os.pipe()
    child = _child(lambda: _append_for_ever(path, writing))
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        first = told.readline()
        time.sleep(patience())
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        whole = [line for line in (first, *told) if line.endswith(b"\n")]
    return int(whole[-1])


def test_killed_at_any_moment_the_register_is_as_before_or_as_after(path: Path) -> None:
    moments, size = random.Random(7), SIZE
    for _ in range(KILLS):
        told = _killed(path, lambda: moments.uniform(0.0, 0.02))
        found = verify(path)
        assert found.sound, found.findings
        assert (found.size - SIZE) % PART == 0, "an append is whole or not there"
        assert told in (found.size, found.size - PART), "nothing told is lost, nothing more is there"
        assert told > size
        size = found.size
    with Register.open(path) as register:
        head = append(register, drafts(1), register.head())
    assert (head_file(path), head.size) == (head, size + 1)
    assert verify(path).findings == ()
    assert {item.name for item in path.parent.iterdir()} <= {
        "register.db",
        "register.head",
        "register.head.new",
    }


def test_killed_while_it_is_made_there_is_a_register_or_none(tmp_path: Path) -> None:
    moments = random.Random(7)
    for number in range(15):
        path = tmp_path / f"{number}" / "register.db"
        path.parent.mkdir()
        child = _child(lambda: Register.open(path, create=True).close())  # noqa: B023 - runs at once
        time.sleep(moments.uniform(0.0, 0.01))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert not path.exists() or verify(path).findings == ()
        Register.open(path, create=True).close()
        assert verify(path).findings == ()


def _write(path: Path, writer: int, parts: int) -> None:
    with Register.open(path, create=True) as register:
        for part in range(parts):
            said = [Draft("evidence", f"W{writer}-{part}-{n}", {"n": n}, "evidence.csv:2") for n in range(3)]
            while True:
                try:
                    append(register, said, register.head())
                    break
                except StaleHeadError:
                    continue


def test_four_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path, parts = tmp_path / "register.db", 25
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_write, args=(path, number, parts)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(20)
        assert writer.exitcode == 0
    assert [item.name for item in tmp_path.iterdir() if "new" in item.name] == []
    found = verify(path)
    assert found.findings == ()
    assert head_file(path) == found.head
    with Register.open(path, read_only=True) as register:
        refs = [entry.ref for entry in register.entries()]
    assert sorted(refs) == sorted(f"W{w}-{p}-{n}" for w in range(4) for p in range(parts) for n in range(3))
    for number in range(4):
        own = [ref for ref in refs if ref.startswith(f"W{number}-")]
        assert own == [f"W{number}-{p}-{n}" for p in range(parts) for n in range(3)], "each in its own order"


def test_reading_and_verifying_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    Register.open(path, create=True).close()
    reading, writing = os.pipe()
    child = _child(lambda: _append_for_ever(path, writing))
    os.close(writing)
    try:
        sizes = [0]
        while len(sizes) < 15 or sizes[-1] < 4 * PART:
            found = verify(path)
            assert found.sound, found.findings
            with Register.open(path, read_only=True) as register:
                seqs = [entry.seq for entry in register.entries()]
            assert seqs == list(range(1, len(seqs) + 1))
            assert len(seqs) % PART == 0
            assert sizes[-1] <= found.size <= len(seqs)
            sizes.append(len(seqs))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)
    assert verify(path).sound


def test_two_that_make_the_register_at_once_make_one(tmp_path: Path) -> None:
    for number in range(10):
        path = tmp_path / f"{number}.db"
        children = [_child(lambda: _write(path, 1, 1)) for _ in range(2)]  # noqa: B023 - runs at once
        for child in children:
            assert os.waitpid(child, 0)[1] == 0
        assert verify(path).size == 6
        assert verify(path).findings == ()
