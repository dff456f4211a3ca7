"""Evidence files: fingerprinted, confined, and checked again."""

from __future__ import annotations

import hashlib
import os
from io import BufferedReader
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.finding import Finding, Place
from measures.register import Custody, check, fingerprint
from measures.register.media import UNKNOWN, media_of

PLACE = Place("evidence.csv", 4, 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault with one file in it, and a secret outside."""
    inside = tmp_path / "evidence"
    (inside / "orders").mkdir(parents=True)
    (inside / "orders" / "order 7.pdf").write_bytes(b"%PDF the order")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return inside


def test_a_plain_file_is_taken_in(folder: Path) -> None:
    taken = fingerprint(folder, "orders/order 7.pdf", PLACE)
    assert taken == Custody(
        hashlib.sha256(b"%PDF the order").hexdigest(), 14, "orders/order 7.pdf", "text/plain"
    )


def test_an_empty_file_and_a_large_one_are_taken_in(folder: Path) -> None:
    (folder / "empty").touch()
    (folder / "large").write_bytes(b"x" * 3_000_001)
    for name in ("empty", "large"):
        taken = fingerprint(folder, name)
        assert isinstance(taken, Custody)
        assert taken.sha256 == hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert taken.size == (folder / name).stat().st_size


def test_the_file_taken_in_is_known_again(folder: Path) -> None:
    taken = fingerprint(folder, "orders/order 7.pdf")
    assert isinstance(taken, Custody)
    assert check(folder, taken.name, taken.sha256) is None
    (folder / taken.name).write_bytes(b"%PDF the ordeR")
    altered = check(folder, taken.name, taken.sha256, PLACE)
    assert altered is not None
    assert (altered.code, altered.place) == ("V013", PLACE)
    assert taken.sha256 in altered.message


def test_a_missing_file_is_a_finding_where_it_is_named(folder: Path) -> None:
    for found in (fingerprint(folder, "none.pdf", PLACE), check(folder, "none.pdf", "0" * 64, PLACE)):
        assert isinstance(found, Finding)
        assert (found.code, found.place) == ("C030", PLACE)


def test_without_a_place_the_file_is_the_place(folder: Path) -> None:
    found = fingerprint(folder, "none.pdf")
    assert isinstance(found, Finding)
    assert found.place == Place("none.pdf")


@pytest.mark.parametrize(
    "relative",
    [
        pytest.param("../secret.txt", id="a way up"),
        pytest.param("orders/../../secret.txt", id="a way up from below"),
        pytest.param("orders/../orders/order 7.pdf", id="a way up and back"),
        pytest.param("/etc/hostname", id="an absolute path"),
        pytest.param("//server/share", id="a share"),
        pytest.param("C:/secret.txt", id="a drive"),
        pytest.param("..\\secret.txt", id="a way up with backslashes"),
        pytest.param("\\\\server\\share", id="a share with backslashes"),
        pytest.param("orders/order 7.pdf:hidden", id="a hidden stream"),
        pytest.param("./orders/order 7.pdf", id="a dot"),
        pytest.param("orders//order 7.pdf", id="an empty part"),
        pytest.param("orders/", id="a slash at the end"),
        pytest.param("", id="nothing"),
        pytest.param(".", id="the folder itself"),
        pytest.param("orders/order 7.pdf\0", id="a zero byte"),
        pytest.param("\ud800", id="half a surrogate pair"),
    ],
)
def test_a_name_that_may_lead_out_is_refused(folder: Path, relative: str) -> None:
    found = fingerprint(folder, relative, PLACE)
    assert isinstance(found, Finding)
    assert (found.code, found.place) == ("F011", PLACE)
    found.message.encode()


@given(st.text(max_size=20) | st.lists(st.sampled_from(["..", ".", "", "a", "secret.txt"])).map("/".join))
def test_no_name_reads_anything_outside(tmp_path_factory: pytest.TempPathFactory, relative: str) -> None:
    outside = tmp_path_factory.getbasetemp() / "outside"
    inside = outside / "a" / "evidence"
    inside.mkdir(parents=True, exist_ok=True)
    for place in (outside, outside / "a"):
        (place / "secret.txt").write_bytes(b"secret")
    assert isinstance(fingerprint(inside, relative), Finding)


def test_a_link_is_refused_wherever_it_stands(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "up").symlink_to(folder.parent, target_is_directory=True)
    (folder / "within").symlink_to(folder / "orders", target_is_directory=True)
    (folder / "loop").symlink_to(folder / "loop")
    for relative in ("link.txt", "up/secret.txt", "within/order 7.pdf", "loop", "loop/x"):
        found = fingerprint(folder, relative)
        assert isinstance(found, Finding), relative
        assert found.code == "F011", relative


@pytest.mark.parametrize("relative", ["orders", "pipe", "orders/order 7.pdf/x", "x" * 300])
def test_what_is_no_plain_file_is_refused(folder: Path, relative: str) -> None:
    os.mkfifo(folder / "pipe")
    found = fingerprint(folder, relative, PLACE)
    assert isinstance(found, Finding)
    assert found.code == "F012"


def test_a_file_that_changes_while_it_is_read_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = hashlib.file_digest

    def slow(file: BufferedReader, name: str) -> object:
        with (folder / "orders" / "order 7.pdf").open("ab") as other:
            other.write(b"more")
        return real(file, name)

    monkeypatch.setattr(hashlib, "file_digest", slow)
    found = fingerprint(folder, "orders/order 7.pdf")
    assert isinstance(found, Finding)
    assert found.code == "F012"
    assert "changed" in found.message


@pytest.mark.parametrize(
    ("leading", "media"),
    [
        pytest.param(b"%PDF-1.7\n", "application/pdf", id="a PDF"),
        pytest.param(b"\xff\xd8\xff\xe0", "image/jpeg", id="a photograph"),
        pytest.param(b"PK\x03\x04\x14", "application/zip", id="an office document, or another zip file"),
        pytest.param(b"RIFF\x00\x00\x00\x00WEBPVP8", "image/webp", id="a sign that does not stand first"),
        pytest.param("Gesehen am 3. März".encode(), "text/plain", id="a text"),
        pytest.param(b"x" * 511 + "é".encode()[:1], "text/plain", id="a text cut within a letter"),
        pytest.param(b"", "text/plain", id="nothing"),
        pytest.param(b"MZ\x90\x00\x03", UNKNOWN, id="a program"),
        pytest.param(b"caf\xe9", UNKNOWN, id="a text in another encoding"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(leading: bytes, media: str) -> None:
    assert media_of(leading) == media
