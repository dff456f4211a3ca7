"""Checkpoints, signed notes and keys: published examples, refusals in words, nothing else ever raised."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from measures.errors import CheckpointError
from measures.register import checkpoint as checkpoints
from measures.register import keys
from measures.register.note import Note, PublicKey, Signature, read_note, read_vkey

# The example of golang.org/x/mod/sumdb/note, whose private half is published with it.
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = (
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)
# The example of the specification.
EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
ROOT = bytes(range(32))
PLAIN = f"measures/nmi\n7\n{base64.b64encode(ROOT).decode()}\n"


def seeded() -> keys.SigningKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return keys.SigningKey("PeterNeumann", Ed25519PrivateKey.from_private_bytes(SEED))


def test_a_published_note_is_read_written_and_signed_the_same() -> None:
    note = read_note(f"{TEXT}\n{LINE}\n".encode())
    key = read_vkey(VKEY)
    assert (note.text, str(note), key.vkey) == (TEXT, f"{TEXT}\n{LINE}\n", VKEY)
    assert note.signatures[0].by(key)
    assert keys.holds(note, note.signatures[0], key)
    assert seeded().public == key
    assert str(seeded().sign(TEXT)) == LINE, "the same text under the same key has the same signature"


def test_the_checkpoint_of_the_specification_is_read() -> None:
    found = checkpoints.read_checkpoint(EXAMPLE.encode())
    assert (found.origin, found.size, found.root[:4].hex()) == (
        "example.com/behind-the-sofa",
        20852163,
        "0ac5186a",
    )
    assert [line.key_id.hex() for line in found.signatures] == ["033de0ae"]
    assert str(found) == EXAMPLE
    assert len(found.lines) == 4


def test_a_checkpoint_without_signature_is_three_lines() -> None:
    made = checkpoints.checkpoint(checkpoints.origin_of("nmi"), 7, ROOT)
    assert str(made) == PLAIN
    assert checkpoints.read_checkpoint(PLAIN.encode()) == made
    assert len(made.lines) == 3


def test_two_keys_may_sign_and_each_signature_is_checked_by_its_own() -> None:
    one, other = keys.new_key("measures/nmi"), keys.new_key("witness.example")
    made = checkpoints.checkpoint("measures/nmi", 7, ROOT).signed(one).signed(other)
    read = checkpoints.read_checkpoint(str(made).encode())
    assert read == made
    assert read.same_state(checkpoints.read_checkpoint(PLAIN.encode()))
    first, second = read.signatures
    assert keys.holds(read.note, first, one.public)
    assert keys.holds(read.note, second, other.public)
    assert not keys.holds(read.note, first, other.public)
    assert first.by(one.public)
    assert not first.by(other.public)


@pytest.mark.parametrize("change", ["size", "root", "origin"])
def test_a_signature_holds_for_no_other_text(change: str) -> None:
    key = keys.new_key("measures/nmi")
    made = checkpoints.checkpoint("measures/nmi", 7, ROOT).signed(key)
    other = {
        "size": checkpoints.checkpoint("measures/nmi", 8, ROOT),
        "root": checkpoints.checkpoint("measures/nmi", 7, ROOT[::-1]),
        "origin": checkpoints.checkpoint("measures/nm", 7, ROOT),
    }[change]
    assert keys.holds(made.note, made.signatures[0], key.public)
    assert not keys.holds(other.note, made.signatures[0], key.public)


REFUSED = {
    "nothing": b"",
    "one line feed": b"\n",
    "no line feed at the end": PLAIN[:-1].encode(),
    "two lines": b"measures/nmi\n7\n",
    "an empty origin": ("\n" + PLAIN.partition("\n")[2]).encode(),
    "a size with a leading zero": PLAIN.replace("\n7\n", "\n07\n").encode(),
    "a size with a sign": PLAIN.replace("\n7\n", "\n+7\n").encode(),
    "a size in Arabic digits": PLAIN.replace("\n7\n", "\n\N{ARABIC-INDIC DIGIT SEVEN}\n").encode(),
    "a size beyond all bounds": PLAIN.replace("\n7\n", f"\n{'9' * 16}\n").encode(),
    "a root that is too short": b"measures/nmi\n7\nAAAA\n",
    "a root that is no base64": b"measures/nmi\n7\n****\n",
    "a root spelt in another way": PLAIN.replace("Hh8=", "Hh9=").encode(),
    "a carriage return": PLAIN.replace("\n", "\r\n").encode(),
    "other bytes": b"\xff\xfe",
    "an empty line before the end": PLAIN.encode() + b"\n",
    "a signature line without dash": f"{PLAIN}\nmeasures/nmi AAAAAAA=\n".encode(),
    "a second line that is no signature": f"{PLAIN}\n{LINE}\nmore\n".encode(),
    "a signature with no name": f"{PLAIN}\n—  AAAAAAA=\n".encode(),
    "a key name with a plus sign": f"{PLAIN}\n— a+b AAAAAAA=\n".encode(),
    "a key name with a wide space": f"{PLAIN}\n— a\N{EM SPACE}b AAAAAAA=\n".encode(),
    "a signature without bytes": f"{PLAIN}\n— a AAAAAA==\n".encode(),
    "a signature that is no base64": f"{PLAIN}\n— a ****\n".encode(),
    "more signatures than anybody makes": (PLAIN + "\n" + "— a AAAAAAA=\n" * 65).encode(),
    "more bytes than a note has": PLAIN.encode() * 2000,
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_checkpoint_is_refused_in_words(case: str) -> None:
    with pytest.raises(CheckpointError, match="Expected"):
        checkpoints.read_checkpoint(REFUSED[case])


def test_sixteen_signatures_and_lines_of_extension_are_accepted() -> None:
    text = PLAIN + "extension\n"
    many = Note(text, tuple(Signature("a", bytes(4), bytes([number])) for number in range(16)))
    read = checkpoints.read_checkpoint(str(many).encode())
    assert len(read.signatures) == 16
    assert str(read) == str(many)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        VKEY.replace("c74f20a3", "c74f20a4"),
        VKEY.replace("c74f20a3", "C74F20A3"),
        VKEY.replace("PeterNeumann", "Peter Neumann"),
        VKEY.replace("Peter", "Pater"),
        VKEY[:-4],
        VKEY.replace("+ARpc", "+BRpc"),
        VKEY + "\n",
        "\N{LATIN SMALL LETTER E WITH ACUTE}" * 400,
    ],
)
def test_what_is_no_public_key_is_refused_in_words(text: str) -> None:
    with pytest.raises(CheckpointError, match="Expected"):
        read_vkey(text)


_SOME = st.one_of(
    st.binary(max_size=300),
    st.text(alphabet="a7— \n+=/A\u2003\x00", max_size=120).map(str.encode),
    st.tuples(st.integers(0, len(EXAMPLE.encode()) - 1), st.integers(0, 255)).map(
        lambda change: EXAMPLE.encode()[: change[0]] + bytes([change[1]]) + EXAMPLE.encode()[change[0] + 1 :]
    ),
    st.tuples(st.integers(0, 250), st.integers(0, 250)).map(
        lambda cut: EXAMPLE.encode()[: cut[0]] + EXAMPLE.encode()[cut[1] :]
    ),
)


@settings(max_examples=400, deadline=None)
@given(_SOME)
@example(EXAMPLE.encode())
def test_any_bytes_are_a_checkpoint_that_is_written_as_it_was_read_or_refused(content: bytes) -> None:
    try:
        found = checkpoints.read_checkpoint(content)
    except CheckpointError:
        return
    assert str(found).encode() == content


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.text(max_size=120), st.integers(0, len(VKEY)).map(lambda at: VKEY[:at] + "x" + VKEY[at:]))
)
def test_any_text_is_a_public_key_that_is_written_as_it_was_read_or_refused(text: str) -> None:
    try:
        found = read_vkey(text)
    except CheckpointError:
        return
    assert found.vkey == text


# --- keys -------------------------------------------------------------------------------------------------


def test_a_key_is_kept_for_its_owner_alone_and_read_back(tmp_path: Path) -> None:
    key = keys.new_key("measures/nmi")
    path = tmp_path / "config" / "nmi.key"
    keys.keep(key, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keys.read_key(path, "measures/nmi").public == key.public
    assert "PRIVATE" not in repr(key)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "nmi.key"
    keys.keep(keys.new_key("measures/nmi"), path)
    path.chmod(mode)
    with pytest.raises(CheckpointError, match=f"mode 0{mode:o}") as caught:
        keys.read_key(path, "measures/nmi")
    assert "chmod 600" in caught.value.remedy


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "nmi.key"
    keys.keep(keys.new_key("measures/nmi"), path)
    before = path.read_bytes()
    with pytest.raises(CheckpointError, match="File exists"):
        keys.keep(keys.new_key("measures/nmi"), path)
    assert path.read_bytes() == before


def test_a_key_where_nothing_may_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CheckpointError, match="Expected to make"):
        keys.keep(keys.new_key("measures/nmi"), tmp_path / "file" / "nmi.key")


def other_kind() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def locked() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
    )

    return Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"phrase")
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "as PEM"), (b"no key", "as PEM"), (locked(), "passphrase"), (other_kind(), "another kind")],
    ids=["an empty file", "no key", "a key under a passphrase", "a key of another kind"],
)
def test_a_file_that_holds_no_key_of_ours_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "nmi.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(CheckpointError, match=said):
        keys.read_key(path, "measures/nmi")


def test_no_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.key"):
        with pytest.raises(CheckpointError, match="Expected a private key at"):
            keys.read_key(path, "measures/nmi")


def test_a_signature_that_is_too_short_or_a_key_that_is_no_point_does_not_hold() -> None:
    note = Note(TEXT)
    key = read_vkey(VKEY)
    assert not keys.holds(note, Signature(key.name, key.id, b"short"), key)
    assert not keys.holds(note, seeded().sign(TEXT), PublicKey("PeterNeumann", bytes(32)))
