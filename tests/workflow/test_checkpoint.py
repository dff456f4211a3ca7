"""Checkpoints of a mission: made, signed by the key in use, proved, and what verifying says of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from measures.errors import CheckpointError, MissionError
from measures.finding import CATALOGUE
from measures.register import Draft, Register, merkle
from measures.register.checkpoint import checkpoint, read_checkpoint
from measures.register.keys import new_key
from measures.workflow import checkpoint as verbs
from measures.workflow.signing import Keyring, in_use, keys_of, put_in_use, retire
from tests.workflow.held import AT, LATER, append, codes, kept, look

# --- making -----------------------------------------------------------------------------------------------


def test_a_mission_without_a_key_makes_unsigned_checkpoints_and_says_so(mission: Path, ring: Keyring) -> None:
    made = verbs.make(mission, ring)
    with Register.open(mission / "register.db", read_only=True) as register:
        size, root = register.head().size, merkle.root(register.lines())
    assert (made.checkpoint.origin, made.checkpoint.size, made.checkpoint.root) == (
        "measures/tiny",
        size,
        root,
    )
    assert len(made.checkpoint.lines) == 3
    assert "no key is in use" in made.unsigned
    assert look(mission, kept(mission, made.checkpoint)) == (
        (f"checkpoint of {size} entries in kept.checkpoint, not signed",),
        [],
    )


def test_a_mission_with_a_key_signs_and_the_same_state_has_the_same_bytes(
    signing: Path, ring: Keyring
) -> None:
    made, again = verbs.make(signing, ring), verbs.make(signing, ring)
    assert made == again
    assert made.unsigned == ""
    key = in_use(keys_of(signing))
    assert key is not None
    assert verbs.signed_with(made.checkpoint, key.public)
    at, findings = look(signing, kept(signing, made.checkpoint))
    assert findings == []
    assert at[0].endswith(f"signed by measures/tiny with key {key.public.id.hex()}")


def test_a_checkpoint_of_earlier_entries_is_that_of_a_shorter_register(signing: Path, ring: Keyring) -> None:
    size = append(signing)
    earlier = verbs.make(signing, ring, size - 1)
    assert earlier.checkpoint.size == size - 1
    assert earlier.unsigned == ""
    assert codes(signing, kept(signing, earlier.checkpoint)) == []
    before_the_key = verbs.make(signing, ring, 3)
    assert "not yet in use" in before_the_key.unsigned
    for wrong in (0, size + 1):
        with pytest.raises(CheckpointError, match=f"from 1 to {size}"):
            verbs.make(signing, ring, wrong)


def test_without_the_private_half_nothing_is_signed_and_the_place_is_told(
    signing: Path, tmp_path: Path
) -> None:
    made = verbs.make(signing, Keyring(tmp_path / "elsewhere"))
    assert len(made.checkpoint.lines) == 3
    assert str(tmp_path / "elsewhere") in made.unsigned
    assert "not at hand" in verbs.make(signing).unsigned


def test_the_file_of_another_key_is_refused_rather_than_left_out(signing: Path, tmp_path: Path) -> None:
    from measures.register.keys import keep

    keep(new_key("measures/tiny"), tmp_path / "other.key")
    with pytest.raises(CheckpointError, match="which is in use"):
        verbs.make(signing, Keyring(tmp_path, tmp_path / "other.key"))
    with pytest.raises(CheckpointError, match="Expected a private key at"):
        verbs.make(signing, Keyring(tmp_path, tmp_path / "none.key"))


def test_what_an_edition_printed_is_printed_again_without_the_private_half(
    signing: Path, ring: Keyring
) -> None:
    made = verbs.make(signing, ring)
    append(signing, Draft("edition", "hq@2021Q2", {"checkpoint": str(made.checkpoint)}, "report", "2021Q2"))
    assert verbs.make(signing, None, made.checkpoint.size) == made


def test_only_a_signature_that_holds_is_taken_over_from_an_edition(signing: Path) -> None:
    plain = verbs.make(signing).checkpoint
    forged = plain.signed(new_key("measures/tiny"))
    append(signing, Draft("edition", "hq@2021Q3", {"checkpoint": str(forged)}, "report", "2021Q3"))
    append(signing, Draft("edition", "hq@2021Q4", {"checkpoint": "no checkpoint"}, "report", "2021Q4"))
    assert verbs.make(signing, None, plain.size).checkpoint == plain


def test_no_key_signs_two_histories(signing: Path, ring: Keyring) -> None:
    made = verbs.make(signing, ring)
    key = ring.at_hand(keys_of(signing)[0].public)
    assert key is not None
    other = checkpoint(made.checkpoint.origin, 3, bytes(32)).signed(key)
    path = kept(signing, other, "former.checkpoint")
    with pytest.raises(CheckpointError, match=r"extend former\.checkpoint"):
        verbs.make(signing, ring)
    kept(signing, checkpoint(made.checkpoint.origin, 3, bytes(32)), "unsigned.checkpoint")
    path.unlink()
    assert verbs.make(signing, ring) == made, "what it did not sign does not bind it"


def test_a_register_without_a_mission_has_no_checkpoint(tmp_path: Path) -> None:
    with Register.open(tmp_path / "register.db", create=True):
        pass
    append(tmp_path)
    with pytest.raises(CheckpointError, match="recorded mission"):
        verbs.make(tmp_path)


# --- keys -------------------------------------------------------------------------------------------------


def test_a_key_is_recorded_its_public_half_lies_beside_and_its_private_half_outside(
    mission: Path, ring: Keyring
) -> None:
    done = put_in_use(mission, ring, at=AT, actor="ADV-01")
    assert done.new is not None
    assert done.private is not None
    assert not done.private.is_relative_to(mission)
    assert (mission / "keys" / f"{done.new.id.hex()}.vkey").read_text() == f"{done.new.vkey}\n"
    (record,) = keys_of(mission)
    assert (record.public, record.at, record.until) == (done.new, AT, 0)
    everything = b"".join(path.read_bytes() for path in mission.rglob("*") if path.is_file())
    assert b"PRIVATE KEY" not in everything


def test_a_key_is_rotated_with_a_reason_and_both_sign_what_they_covered(mission: Path, ring: Keyring) -> None:
    put_in_use(mission, ring, at=AT, actor="ADV-01")
    first = kept(mission, verbs.make(mission, ring).checkpoint, "first.checkpoint")
    with pytest.raises(CheckpointError, match="Expected a reason"):
        put_in_use(mission, ring, at=LATER, actor="ADV-01")
    put_in_use(mission, ring, at=LATER, actor="ADV-01", reason="The adviser's tour ended.")
    second = kept(mission, verbs.make(mission, ring).checkpoint, "second.checkpoint")
    old, new = keys_of(mission)
    assert (old.ended, old.reason, old.until, new.since) == (
        LATER,
        "The adviser's tour ended.",
        new.since - 1,
        new.since,
    )
    assert codes(mission, first, second) == []


def test_a_retired_key_signs_no_more(signing: Path, ring: Keyring) -> None:
    assert retire(signing, at=LATER, actor="ADV-01", reason="The laptop was lost.").retired is not None
    made = verbs.make(signing, ring)
    assert "no key is in use" in made.unsigned
    with pytest.raises(CheckpointError, match="Expected a key in use"):
        retire(signing, at=LATER, actor="ADV-01", reason="Again.")


@pytest.mark.parametrize(
    ("what", "ask", "error"),
    [
        (
            "a key inside the mission folder",
            lambda folder: put_in_use(folder, Keyring(folder / "keys"), at=AT, actor="ADV-01"),
            CheckpointError,
        ),
        (
            "nobody's key",
            lambda folder: put_in_use(folder, Keyring(folder.parent / "c"), at=AT, actor="ADV-99"),
            MissionError,
        ),
        (
            "a retirement without reason",
            lambda folder: (
                put_in_use(folder, Keyring(folder.parent / "c"), at=AT, actor="ADV-01"),
                retire(folder, at=AT, actor="ADV-01", reason=""),
            ),
            CheckpointError,
        ),
    ],
)
def test_what_may_not_be_done_with_keys_is_refused(
    mission: Path, what: str, ask: Callable[[Path], object], error: type[Exception]
) -> None:
    with pytest.raises(error, match="Expected"):
        ask(mission)


def test_entries_that_are_no_key_change_nothing(signing: Path) -> None:
    before = keys_of(signing)
    append(
        signing,
        Draft("key", "x", {"vkey": "no key", "state": "in use"}, "test"),
        Draft("key", "y", {"state": "retired"}, "test"),
        Draft("key", "z", {"vkey": before[0].public.vkey, "state": "in use"}, "test"),
    )
    assert keys_of(signing) == before


# --- verifying --------------------------------------------------------------------------------------------


def _not_one(folder: Path, ring: Keyring) -> list[Path]:
    path = folder / "out" / "broken.checkpoint"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\xff")
    return []


def _another_origin(folder: Path, ring: Keyring) -> list[Path]:
    made = verbs.make(folder).checkpoint
    return [kept(folder, checkpoint("measures/other", made.size, made.root))]


def _beyond(folder: Path, ring: Keyring) -> list[Path]:
    return [kept(folder, checkpoint("measures/tiny", 10_000, bytes(32)))]


def _another_root(folder: Path, ring: Keyring) -> list[Path]:
    return [kept(folder, checkpoint("measures/tiny", 3, bytes(32)))]


def _bad_signature(folder: Path, ring: Keyring) -> list[Path]:
    made = verbs.make(folder, ring).checkpoint
    line = replace(made.signatures[0], value=bytes(64))
    return [kept(folder, replace(made, note=replace(made.note, signatures=(line,))))]


def _unknown_key(folder: Path, ring: Keyring) -> list[Path]:
    return [kept(folder, verbs.make(folder).checkpoint.signed(new_key("measures/tiny")))]


def _after_its_time(folder: Path, ring: Keyring) -> list[Path]:
    key = ring.at_hand(keys_of(folder)[0].public)
    assert key is not None
    retire(folder, at=LATER, actor="ADV-01", reason="The laptop was lost.")
    append(folder)
    return [kept(folder, verbs.make(folder).checkpoint.signed(key))]


def _not_signed(folder: Path, ring: Keyring) -> list[Path]:
    return [kept(folder, verbs.make(folder).checkpoint)]


def _not_recorded(folder: Path, ring: Keyring) -> list[Path]:
    key = new_key("measures/tiny")
    (folder / "keys" / "brought.vkey").write_text(key.public.vkey + "\n", encoding="utf-8")
    return [kept(folder, verbs.make(folder).checkpoint.signed(key))]


def _no_public_key(folder: Path, ring: Keyring) -> list[Path]:
    (folder / "keys" / "broken.vkey").write_bytes(b"\xff\n")
    return []


def _no_folder_of_allowed(folder: Path, ring: Keyring) -> list[Path]:
    path = kept(folder, verbs.make(folder, ring).checkpoint)
    path.with_name(f"{path.name}.sig").write_text("signature")
    return [path]


WAYS: dict[str, Callable[[Path, Keyring], list[Path]]] = {
    "V030": _not_one,
    "V031": _another_origin,
    "V032": _beyond,
    "V033": _another_root,
    "V034": _bad_signature,
    "V035": _unknown_key,
    "V036": _after_its_time,
    "V037": _not_signed,
    "V038": _not_recorded,
    "V039": _no_public_key,
    "V043": _no_folder_of_allowed,
}
OUTSIDE = {"V040", "V041", "V042"}
"""What ssh-keygen and openssl say, or their absence: with the second witnesses."""


@pytest.mark.parametrize("code", WAYS)
def test_every_finding_about_checkpoints_is_found_one_way(signing: Path, ring: Keyring, code: str) -> None:
    held = WAYS[code](signing, ring)
    found = look(signing, *held)[1]
    assert code in {one.code for one in found}
    rest = {one.code for one in found} - {code}
    assert rest <= {"V037"}, "an unsigned one is noticed too; nothing else is"
    told = next(one for one in found if one.code == code)
    assert told.severity == CATALOGUE[code].severity
    assert told.remedy


def test_no_finding_about_checkpoints_is_left_out() -> None:
    assert WAYS.keys() | OUTSIDE == {code for code in CATALOGUE if "V030" <= code < "V050"}


def test_a_checkpoint_given_and_found_counts_once(signing: Path, ring: Keyring) -> None:
    path = kept(signing, verbs.make(signing, ring).checkpoint)
    assert len(look(signing, path, path)[0]) == 1


def test_a_file_that_is_not_there_is_told(signing: Path, tmp_path: Path) -> None:
    assert codes(signing, tmp_path / "none.checkpoint") == ["V030"]


def test_a_pipe_or_a_folder_in_the_place_of_a_file_is_told_and_never_read(signing: Path) -> None:
    (signing / "out").mkdir()
    os.mkfifo(signing / "out" / "pipe.checkpoint")
    (signing / "out" / "folder.checkpoint").mkdir()
    os.mkfifo(signing / "keys" / "pipe.vkey")
    assert codes(signing) == ["V030", "V030", "V039"]


def test_whoever_brings_a_key_trusts_no_other(signing: Path, ring: Keyring, tmp_path: Path) -> None:
    path = kept(signing, verbs.make(signing, ring).checkpoint)
    mine, other = tmp_path / "mine.vkey", tmp_path / "other.vkey"
    mine.write_text(keys_of(signing)[0].public.vkey + "\n")
    other.write_text(new_key("measures/tiny").public.vkey + "\n")
    assert codes(signing, path, vkeys=(mine,)) == []
    assert codes(signing, path, vkeys=(other,)) == ["V035"]
    assert codes(signing, path, vkeys=(tmp_path / "none.vkey",)) == ["V039", "V035"]


def test_what_editions_printed_is_held_against_the_register_too(signing: Path) -> None:
    forged = checkpoint("measures/tiny", 3, bytes(32))
    size = append(signing, Draft("edition", "hq@2021Q2", {"checkpoint": str(forged)}, "report", "2021Q2"))
    (found,) = look(signing)[1]
    assert (found.code, found.place.line) == ("V033", size)
    assert f"the edition of entry {size}" in found.message


def test_a_register_that_cannot_be_read_is_left_to_the_check_of_its_entries(signing: Path) -> None:
    kept(signing, verbs.make(signing).checkpoint)
    (signing / "register.db").write_bytes(b"no database")
    assert look(signing) == ((), [])


# --- files ------------------------------------------------------------------------------------------------


def test_a_checkpoint_that_was_attested_is_put_by_not_overwritten(signing: Path, ring: Keyring) -> None:
    path = signing / "out" / "hq.checkpoint"
    first = verbs.make(signing, ring).checkpoint
    verbs.write(path, first)
    path.with_name("hq.checkpoint.sig").write_text("signature")
    verbs.write(path, first)
    assert sorted(one.name for one in path.parent.iterdir()) == ["hq.checkpoint", "hq.checkpoint.sig"]
    append(signing)
    second = verbs.make(signing, ring).checkpoint
    verbs.write(path, second)
    assert sorted(one.name for one in path.parent.iterdir()) == [
        f"hq.{first.size}.checkpoint",
        f"hq.{first.size}.checkpoint.sig",
        "hq.checkpoint",
    ]
    assert read_checkpoint(path.read_bytes()) == second


def test_a_checkpoint_that_nobody_attested_is_replaced(mission: Path) -> None:
    path = mission / "out" / "hq.checkpoint"
    verbs.write(path, verbs.make(mission, None, 2).checkpoint)
    verbs.write(path, verbs.make(mission, None, 3).checkpoint)
    assert [one.name for one in path.parent.iterdir()] == ["hq.checkpoint"]
    path.write_bytes(b"something else")
    verbs.write(path, verbs.make(mission).checkpoint)
    assert [one.name for one in path.parent.iterdir()] == ["hq.checkpoint"]


# --- proofs -----------------------------------------------------------------------------------------------


def test_proofs_lead_from_an_entry_or_an_older_checkpoint_to_the_root(signing: Path, ring: Keyring) -> None:
    size = append(signing)
    made = verbs.make(signing, ring).checkpoint
    for seq in range(1, size + 1):
        found = verbs.prove_inclusion(signing, seq)
        proof = [bytes.fromhex(one) for one in found["proof"]]
        leaf = merkle.leaf(found["content"].encode())
        assert found["leaf"] == leaf.hex()
        assert merkle.root_with(leaf, seq - 1, size, proof) == made.root
    for old in range(1, size + 1):
        found = verbs.prove_consistency(signing, old)
        proof = [bytes.fromhex(one) for one in found["proof"]]
        older = verbs.make(signing, None, old).checkpoint.root
        assert found["old_root"] == older.hex()
        assert merkle.roots_with(old, size, proof, older) == (older, made.root)
    assert verbs.prove_inclusion(signing, 2, 3)["size"] == 3


def test_what_is_not_so_has_no_proof(signing: Path) -> None:
    size = append(signing)
    asks: tuple[Callable[[], object], ...] = (
        lambda: verbs.prove_inclusion(signing, size + 1),
        lambda: verbs.prove_inclusion(signing, 4, 3),
        lambda: verbs.prove_inclusion(signing, 1, size + 1),
        lambda: verbs.prove_consistency(signing, 0),
        lambda: verbs.prove_consistency(signing, size + 1),
        lambda: verbs.prove_consistency(signing, 3, None, bytes(32)),
    )
    for ask in asks:
        with pytest.raises(CheckpointError, match="Expected"):
            ask()
    with pytest.raises(CheckpointError, match="Expected a checkpoint at"):
        verbs.read_file(signing / "none")
