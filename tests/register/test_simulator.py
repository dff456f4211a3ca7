"""Every knob of the simulator at every position: what the chain shows, and what only a checkpoint shows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from measures.finding import Finding
from measures.register import Head, Register, headfile, merkle, walk
from measures.register.checkpoint import Checkpoint, checkpoint, origin_of
from measures.register.keys import SigningKey, new_key
from measures.workflow.opening import verify_register
from measures.workflow.signing import IN_USE
from measures.workflow.verification.chain import entries
from measures.workflow.verification.checkpoints import checkpoints
from measures.workflow.verification.ground import Check, Ground, run
from tests.register import tampering
from tests.register.tampering import append, by_hand, drafts, key_draft, mission_draft

SIZE = 13
HELD = (4, 9, SIZE)
"""Sizes of the checkpoints that somebody outside holds."""

EVERY = range(1, SIZE + 1)
ALONE = "The chain alone does not show it."


@dataclass(frozen=True)
class Log:
    """A mission folder with a register of SIZE entries, and what is held of it outside."""

    folder: Path
    key: SigningKey
    held: dict[int, Checkpoint]
    outside: Path

    @property
    def path(self) -> Path:
        return self.folder / "register.db"

    def seen(self, *sizes: int) -> list[Finding]:
        """Return the errors that entries and checkpoints show, holding the checkpoints of these sizes."""
        self.outside.mkdir(exist_ok=True)
        files = []
        for size in sizes:
            files.append(self.outside / f"{size}.checkpoint")
            files[-1].write_text(str(self.held[size]), encoding="utf-8")
        ground = Ground(self.folder, verify_register(self.folder), checkpoints=tuple(files))
        steps = run(
            (Check("entries", entries, whole=False), Check("checkpoints", checkpoints, whole=False)), ground
        )
        return [one for step in steps for one in step.looked.findings if one.severity == "error"]

    def shown(self, *sizes: int) -> list[str]:
        return [one.code for one in self.seen(*sizes)]

    def head_file_made_anew(self) -> None:
        with Register.open(self.path, read_only=True) as register:
            headfile.write(headfile.beside(self.path), self.path.name, register.head())


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "_BATCH", 4)


@pytest.fixture(scope="session")
def original_log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    folder = tmp_path_factory.mktemp("log") / "mission"
    folder.mkdir()
    origin = origin_of("tiny")
    key = new_key(origin)
    with Register.open(folder / "register.db", create=True) as register:
        first = [mission_draft("tiny"), key_draft(key.public, IN_USE)]
        append(register, [*first, *drafts(SIZE - 2)], register.head())
        roots = merkle.roots(register.lines(), HELD)
    held = {size: checkpoint(origin, size, root).signed(key) for size, root in roots.items()}
    return Log(folder, key, held, folder.parent / "outside")


@pytest.fixture
def log(original_log: Log, tmp_path: Path) -> Log:
    folder = tmp_path / "mission"
    shutil.copytree(original_log.folder, folder)
    return Log(folder, original_log.key, original_log.held, tmp_path / "outside")


def test_nothing_is_shown_before_anything_is_done(log: Log) -> None:
    assert log.shown() == []
    assert log.shown(*HELD) == []


def _trigger_dropped_and_entry_changed(path: Path, seq: int) -> None:
    with by_hand(path, guards_back=False) as connection:
        connection.execute("UPDATE entry SET content = x'7b7d' WHERE seq = ?", (seq,))


def _column(name: str) -> Callable[[Path, int], None]:
    def change(path: Path, seq: int) -> None:
        with by_hand(path) as connection:
            connection.execute(f"UPDATE entry SET {name} = 'forged' WHERE seq = ?", (seq,))  # noqa: S608 - a test's own word

    return change


CHAIN: dict[str, tuple[Callable[[Path, int], object], Sequence[int], str, bool]] = {
    "flip": (lambda path, seq: tampering.flip(path, seq, 30), EVERY, "V001", True),
    "drop": (tampering.drop, range(1, SIZE), "V003", True),
    "swap": (lambda path, seq: tampering.swap(path, seq, seq + 1), range(1, SIZE), "V002", True),
    "insert": (tampering.insert, EVERY, "V002", True),
    "alter the column kind": (_column("kind"), EVERY, "V006", False),
    "alter the column ref": (_column("ref"), EVERY, "V006", False),
    "alter the column period": (_column("period"), EVERY, "V006", False),
    "drop trigger and update": (_trigger_dropped_and_entry_changed, EVERY, "V008", True),
    "truncate the tail": (
        lambda path, seq: tampering.drop(path, *range(seq, SIZE + 1)),
        EVERY,
        "V004",
        True,
    ),
    "chain anew": (tampering.rechain, EVERY, "V005", True),
}
"""What the chain, the guards and the head file show: the knob, its positions, the code that names it, and
whether the contents changed, so that a checkpoint shows it too."""


@pytest.mark.parametrize("knob", CHAIN)
def test_a_knob_is_shown_by_the_register_itself_wherever_it_is_turned(log: Log, knob: str) -> None:
    turn, positions, code, contents = CHAIN[knob]
    untouched = log.path.read_bytes()
    for seq in positions:
        turn(log.path, seq)
        assert code in log.shown(), f"{knob} at {seq}"
        told = log.seen(SIZE)
        assert code in {one.code for one in told}
        if contents and seq > 2:  # the first two entries say whose register it is and which key signs
            assert {"V032", "V033"} & {one.code for one in told}, f"{knob} at {seq}"
            assert not any(ALONE in one.message for one in told)
        log.path.write_bytes(untouched)
    assert log.shown(*HELD) == []


@pytest.mark.parametrize("seq", range(2, SIZE + 1))
def test_a_tail_cut_off_with_its_head_file_is_shown_by_a_checkpoint_alone(log: Log, seq: int) -> None:
    tampering.drop(log.path, *range(seq, SIZE + 1))
    log.head_file_made_anew()
    assert log.shown() == []
    told = log.seen(*HELD)
    assert [one.code for one in told] == ["V032" for size in HELD if size >= seq]
    assert all(f"entry {seq} and what follows" in one.message and ALONE in one.message for one in told)


@pytest.mark.parametrize("seq", EVERY)
def test_a_chain_and_its_head_file_made_anew_are_shown_by_a_checkpoint_alone(log: Log, seq: int) -> None:
    tampering.rechain(log.path, seq, {"id": "tiny", "text": "forged"})
    log.head_file_made_anew()
    assert log.shown() == []
    told = log.seen(*HELD)
    assert [one.code for one in told] == ["V033" for size in HELD if size >= seq]
    first = max([size for size in HELD if size < seq], default=0) + 1
    assert all(f"entry {first} or a later one" in one.message and ALONE in one.message for one in told)


@pytest.mark.parametrize("size", range(2, SIZE))
def test_an_older_file_put_back_is_shown_by_a_checkpoint_alone(log: Log, size: int, tmp_path: Path) -> None:
    older = tmp_path / "older" / "register.db"
    older.parent.mkdir()
    with Register.open(older, create=True) as register, Register.open(log.path, read_only=True) as now:
        for entry in now.entries(upto=size):
            draft = tampering.draft_of(entry)
            register.append([draft], expect=register.head(), at=entry.at, actor=entry.actor, role=entry.role)
    for name in ("register.db", "register.head"):
        shutil.copyfile(older.with_name(name), log.folder / name)
    assert log.shown() == []
    told = log.seen(*HELD)
    assert [one.code for one in told] == ["V032" for held in HELD if held > size]
    assert all(f"ends at entry {size}" in one.message and ALONE in one.message for one in told)


def test_what_was_appended_after_a_checkpoint_is_not_covered_by_it(log: Log) -> None:
    tampering.rechain(log.path, 10)
    log.head_file_made_anew()
    assert log.shown(4, 9) == []
    assert log.shown(SIZE) == ["V033"]


def test_a_mission_that_took_another_name_is_another_register(log: Log) -> None:
    tampering.rechain(log.path, 1, {"id": "other"})
    log.head_file_made_anew()
    assert log.shown() == []
    assert log.shown(SIZE) == ["V031"]


def test_a_checkpoint_forged_over_a_chain_made_anew_has_no_signature_of_the_key(log: Log) -> None:
    tampering.rechain(log.path, 7)
    log.head_file_made_anew()
    with Register.open(log.path, read_only=True) as register:
        forged = checkpoint(origin_of("tiny"), SIZE, merkle.root(register.lines()))
    signed = log.held[SIZE].note.signatures[0]
    out = log.folder / "out"
    out.mkdir()
    (out / "moved.checkpoint").write_text(f"{forged}\n{signed}\n", encoding="utf-8")
    assert log.shown() == ["V034"], "the old signature under the new text"
    (out / "moved.checkpoint").write_text(str(forged.signed(new_key(origin_of("tiny")))), encoding="utf-8")
    found = checkpoints(Ground(log.folder, verify_register(log.folder))).findings
    assert [one.code for one in found] == ["V035"], "a key of the forger's own is not known"


def test_a_head_on_paper_shows_the_same_as_a_checkpoint(log: Log) -> None:
    with Register.open(log.path, read_only=True) as register:
        paper = Head(SIZE, register.head().digest)
    tampering.rechain(log.path, 5)
    log.head_file_made_anew()
    ground = Ground(log.folder, verify_register(log.folder, heads=[("a report", paper)]))
    assert [one.code for one in entries(ground).findings if one.severity == "error"] == ["V005"]
