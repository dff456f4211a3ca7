"""A ZIP file from a stranger: sound names, plain files, no more than a bundle holds."""

from __future__ import annotations

import io
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.register import archive
from measures.register.archive import is_name, pack, read_manifest, unpack


def packed(*files: tuple[str, bytes], mode: int = stat.S_IFREG | 0o644, deflated: bool = False) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as target:
        for name, content in files:
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            info.external_attr = mode << 16
            info.compress_type = target.compression
            target.writestr(info, content)
    return made.getvalue()


def encrypted() -> bytes:
    content = bytearray(packed(("README.md", b"text")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


def lying(size: int) -> bytes:
    """Return an archive whose one file declares another length than it has."""
    content = bytearray(packed(("README.md", b"x" * 4000), deflated=True))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.index(mark) + at
        content[start : start + 4] = size.to_bytes(4, "little")
    return bytes(content)


def twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return packed(("README.md", b"one"), ("README.md", b"two"))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "no archive": (lambda: b"words", "B002"),
    "nothing": (lambda: b"", "B002"),
    "cut off": (lambda: packed(("README.md", b"text"))[:-10], "B002"),
    "a byte of the content changed": (
        lambda: packed(("README.md", b"text")).replace(b"text", b"tent"),
        "B002",
    ),
    "encrypted": (encrypted, "B002"),
    "a bomb": (lambda: packed(("README.md", b"\0" * (3 << 20)), deflated=True), "B002"),
    "longer than it declares": (lambda: lying(100), "B002"),
    "shorter than it declares": (lambda: lying(5000), "B002"),
    "out of the folder": (lambda: packed(("../README.md", b"")), "B003"),
    "out of it further in": (lambda: packed(("b/README.md", b""), ("b/reports/../../x", b"")), "B003"),
    "from the root": (lambda: packed(("/etc/passwd", b""), ("README.md", b"")), "B003"),
    "with a drive": (lambda: packed(("C:README.md", b"")), "B003"),
    "with backslashes": (lambda: packed(("b\\..\\README.md", b"")), "B003"),
    "a hidden file": (lambda: packed((".ssh", b"")), "B003"),
    "a folder of its own": (lambda: packed(("b/more/x", b""), ("b/README.md", b"")), "B003"),
    "a link": (lambda: packed(("README.md", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777), "B003"),
    "a device": (lambda: packed(("README.md", b""), mode=stat.S_IFCHR | 0o644), "B003"),
    "one name twice": (twice, "B003"),
    "one name twice but for case": (lambda: packed(("README.md", b""), ("Readme.md", b"")), "B003"),
    "a name with a line feed": (lambda: packed(("READ\nME", b"")), "B003"),
}


@pytest.mark.parametrize(("made", "code"), REFUSED.values(), ids=REFUSED)
def test_refused(tmp_path: Path, made: Callable[[], bytes], code: str) -> None:
    (tmp_path / "given.zip").write_bytes(made())
    target = tmp_path / "target" / "inner"
    target.mkdir(parents=True)
    findings = unpack(tmp_path / "given.zip", target)
    if not findings:
        findings = archive.files_in(target)[1]
    assert {finding.code for finding in findings} == {code}
    assert {path.name for path in tmp_path.rglob("*")} <= {"given.zip", "target", "inner", "README.md"}


def test_a_name_out_of_the_one_folder_lands_in_the_place_given(tmp_path: Path) -> None:
    (tmp_path / "given.zip").write_bytes(packed(("../README.md", b"text")))
    target = tmp_path / "target"
    target.mkdir()
    unpack(tmp_path / "given.zip", target)
    assert not (tmp_path / "README.md").exists()


@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_BYTES"])
def test_more_than_a_bundle_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(archive, limit, 1)
    (tmp_path / "given.zip").write_bytes(packed(("README.md", b"text"), ("prov.json", b"{}")))
    assert [finding.code for finding in unpack(tmp_path / "given.zip", tmp_path)] == ["B002"]


def test_packed_by_another_program_it_unpacks_too(part: Path, tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "again"), "zip", part)
    target = tmp_path / "target"
    target.mkdir()
    assert unpack(tmp_path / "again.zip", target) == []
    assert same(part, target)


def test_packing_and_unpacking_give_the_same_files(part: Path, tmp_path: Path) -> None:
    pack(part, tmp_path / "one.zip", "top")
    (tmp_path / "target").mkdir()
    assert unpack(tmp_path / "one.zip", tmp_path / "target") == []
    assert same(part, tmp_path / "target")


def same(one: Path, other: Path) -> bool:
    def read(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }

    return read(one) == read(other)


_GOOD = packed(("b/SHA256SUMS", b""), ("b/register.jsonl", b'{"seq":1}\n' * 50), deflated=True)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_the_archive_it_ends_in_findings_or_in_sound_names(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(_GOOD)))
    end = data.draw(st.integers(start, min(len(_GOOD), start + 30)))
    content = _GOOD[:start] + data.draw(st.binary(max_size=30)) + _GOOD[end:]
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "given.zip").write_bytes(content)
    (folder / "target").mkdir()
    findings = unpack(folder / "given.zip", folder / "target")
    assert {finding.code for finding in findings} <= {"B002", "B003"}
    names = {
        path.relative_to(folder / "target").as_posix()
        for path in (folder / "target").rglob("*")
        if path.is_file()
    }
    assert all(is_name(name) for name in names)
    assert {path.name for path in folder.iterdir()} == {"given.zip", "target"}
    shutil.rmtree(folder)


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_a_list_is_read_as_it_is_written_or_not_at_all(content: bytes) -> None:
    found = read_manifest(content)
    assert found is None or "".join(f"{v}  {k}\n" for k, v in found.items()).encode() == content


def test_a_list_of_two_files() -> None:
    text = f"{'a' * 64}  README.md\n{'b' * 64}  prov.json\n"
    assert read_manifest(text.encode()) == {"README.md": "a" * 64, "prov.json": "b" * 64}
