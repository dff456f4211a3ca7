"""What was done to a bundle is found, even when its list of files was made again to fit."""

# ruff: noqa: E501 - a case stands on a line

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures import canonical
from measures.finding import SEVERITIES
from measures.register.bundle import check_bundle
from measures.register.keys import new_key
from tests.bundle.conftest import relisted

Spoil = Callable[[Path], object]


def codes(folder: Path) -> set[str]:
    found = check_bundle(folder)
    assert all(finding.severity in SEVERITIES for finding in found.findings)
    return {finding.code for finding in found.findings}


def test_a_bundle_is_sound_as_it_was_made(whole: Path) -> None:
    found = check_bundle(whole)
    assert found.findings == ()
    assert found.facts is not None
    assert str(found.head) == found.facts.head
    assert any(line.startswith("signature of measures/tiny+") for line in found.checked)
    assert "2 evidence files and 1 rubrics as recorded" in found.checked


def test_a_bundle_with_holes_is_sound_and_says_how_many(part: Path) -> None:
    found = check_bundle(part)
    assert [finding.code for finding in found.findings] == ["B015"]
    assert found.withheld > 5


def test_how_far_it_is(whole: Path) -> None:
    many = whole / "register.jsonl"
    many.write_bytes(many.read_bytes() * 60)
    seen: list[int] = []
    check_bundle(whole, seen.append)
    assert seen[:2] == [500, 1000]


def swap(name: str, old: bytes, new: bytes) -> Spoil:
    def spoil(folder: Path) -> None:
        content = (folder / name).read_bytes()
        assert old in content
        (folder / name).write_bytes(content.replace(old, new, 1))

    return spoil


def put(name: str, content: bytes) -> Spoil:
    return lambda folder: (folder / name).write_bytes(content)


def drop(pattern: str) -> Spoil:
    def spoil(folder: Path) -> None:
        (path,) = folder.glob(pattern)
        path.unlink()

    return spoil


def line(number: int, change: Callable[[bytes], bytes]) -> Spoil:
    """Change one line; 0 is the last."""

    def spoil(folder: Path) -> None:
        lines = (folder / "register.jsonl").read_bytes().splitlines()
        at = (number or len(lines)) - 1
        lines[at : at + 1] = [made for made in change(lines[at]).split(b"\n") if made]
        (folder / "register.jsonl").write_bytes(b"".join(made + b"\n" for made in lines))

    return spoil


def nothing(text: bytes) -> bytes:
    assert text
    return b""


def facts(**said: Any) -> Spoil:
    def spoil(folder: Path) -> None:
        path = folder / "bundle.json"
        path.write_bytes(canonical.encode(json.loads(path.read_bytes()) | said) + b"\n")

    return spoil


def signed_by_another(folder: Path) -> None:
    """Put another signature in the place of the one that the key in the bundle made."""
    path = folder / "checkpoints" / "register.checkpoint"
    text, _, given_line = path.read_text(encoding="utf-8").partition("\n\n")
    name, value = given_line.split()[1:]
    other = str(new_key(name).sign("something else")).split()[2]
    import base64

    mixed = base64.b64decode(value)[:4] + base64.b64decode(other)[4:]
    path.write_text(f"{text}\n\n\N{EM DASH} {name} {base64.b64encode(mixed).decode()}\n", encoding="utf-8")


def unsigned(folder: Path) -> None:
    path = folder / "checkpoints" / "register.checkpoint"
    path.write_text(path.read_text(encoding="utf-8").partition("\n\n")[0] + "\n", encoding="utf-8")


def evidence(content: bytes) -> Spoil:
    def spoil(folder: Path) -> None:
        next(iter(sorted(folder.glob("evidence/*.txt")))).write_bytes(content)

    return spoil


UNLISTED: dict[str, tuple[Spoil, set[str]]] = {
    "a byte in a report": (swap("reports/tiny-open-2021Q2.html", b"html", b"htmk"), {"B006", "B014"}),
    "a file is gone": (drop("prov.json"), {"B004"}),
    "a file is added": (put("reports/more.txt", b"More."), {"B005"}),
    "the list is no list": (put("SHA256SUMS", b"sums\n"), {"B007"}),
    "the list stands in another order": (
        lambda folder: (folder / "SHA256SUMS").write_bytes(b"".join(reversed((folder / "SHA256SUMS").read_bytes().splitlines(keepends=True)))),
        {"B007"},
    ),
    "the list is not text": (put("SHA256SUMS", b"\xff"), {"B007"}),
    "the list is gone": (drop("SHA256SUMS"), {"B001"}),
    "a hidden file": (put(".hidden", b""), {"B003"}),
    "a folder of its own": (lambda folder: (folder / "more").mkdir(), {"B003"}),
    "a folder below a folder": (lambda folder: (folder / "reports" / "more").mkdir(), {"B003"}),
    "a link": (lambda folder: (folder / "reports" / "passwd").symlink_to("/etc/passwd"), {"B003"}),
    "a pipe": (lambda folder: os.mkfifo(folder / "evidence" / "pipe"), {"B003"}),
}  # fmt: skip

LISTED: dict[str, tuple[Spoil, set[str]]] = {
    "an entry says something else": (line(5, lambda text: text.replace(b"ADV-01", b"ADV-09")), {"B009", "B010"}),
    "an entry is gone": (line(5, nothing), {"B009", "B010", "B011", "B014"}),
    "an entry stands twice": (line(5, lambda text: text + b"\n" + text), {"B009", "B010", "B011", "B014"}),
    "an entry is spelt in another way": (line(5, lambda text: text.replace(b'{"actor"', b'{ "actor"')), {"B008", "B009", "B010"}),
    "an entry is made a hole": (line(5, lambda text: canonical.encode({"seq": 5, "digest": canonical.sha256(text)})), {"B010", "B014", "B015"}),
    "the tail is cut off": (line(0, nothing), {"B010", "B011", "B014"}),
    "the last line has no end": (lambda folder: (folder / "register.jsonl").write_bytes((folder / "register.jsonl").read_bytes()[:-1]), {"B007", "B010", "B011", "B014"}),
    "the register is gone": (drop("register.jsonl"), {"B007", "B010", "B011", "B013", "B014"}),
    "the root is another": (swap("checkpoints/register.checkpoint", b"\n2", b"\n1"), {"B010", "B017"}),
    "a checkpoint is none": (put("checkpoints/register.checkpoint", b"measures\n"), {"B007", "B019"}),
    "a signature is another's": (signed_by_another, {"B017"}),
    "the signature is gone": (unsigned, {"B019"}),
    "the key is gone": (drop("keys/*.vkey"), {"B018"}),
    "the key is none": (lambda folder: next(folder.glob("keys/*.vkey")).write_text("key"), {"B007", "B018"}),
    "a report was exchanged": (swap("reports/tiny-open-2021Q2.html", b"</body>", b"<p>More.</p></body>"), {"B014"}),
    "claims were made from another head": (swap("reports/tiny-open-2021Q2.claims.json", b'"head": "2', b'"head": "1'), {"B011"}),
    "claims are none": (put("reports/tiny-open-2021Q2.claims.json", b"[]"), {"B007"}),
    "evidence was exchanged": (evidence(b"Seen on 4 June.\n"), {"B012"}),
    "evidence was added": (put("evidence/" + "0" * 64 + ".txt", b""), {"B013"}),
    "evidence is gone": (drop("evidence/*.txt"), {"B016"}),
    "a rubric has other words": (swap("rubrics/planning@1.0.json", b"No plan.", b"A plan."), {"B012"}),
    "a rubric is gone": (drop("rubrics/*.json"), {"B012"}),
    "it says another head": (facts(head="9:" + "0" * 64), {"B014"}),
    "it says that more is withheld": (facts(withheld={"entries": 3, "files": 1}), {"B014"}),
    "it is of a later format": (facts(format=2), {"B007"}),
    "it says more than a bundle says": (facts(more="word"), {"B007"}),
    "it says nothing": (put("bundle.json", b"[" * 100_000), {"B007"}),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "expected"), UNLISTED.values(), ids=UNLISTED)
def test_what_does_not_fit_the_list(whole: Path, spoil: Spoil, expected: set[str]) -> None:
    spoil(whole)
    assert codes(whole) == expected


@pytest.mark.parametrize(("spoil", "expected"), LISTED.values(), ids=LISTED)
def test_what_was_listed_again_to_fit(whole: Path, spoil: Spoil, expected: set[str]) -> None:
    spoil(whole)
    assert codes(relisted(whole)) == expected


def test_a_folder_that_is_no_bundle(tmp_path: Path) -> None:
    assert codes(tmp_path) == codes(tmp_path / "missing") == {"B001"}


def test_a_folder_that_one_stands_in_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [finding.place.file for finding in check_bundle(Path()).findings] == ["."]


def test_more_files_than_a_bundle_has(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("measures.register.archive.MOST_FILES", 5)
    assert codes(whole) == {"B002"}


@pytest.fixture(scope="module")
def scratch(_part: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(_part, tmp_path_factory.mktemp("fuzz") / "bundle"))


_TEXT = ("register.jsonl", "bundle.json", "checkpoints/register.checkpoint", "SHA256SUMS", "prov.json")


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_whatever_stands_in_the_files_it_ends_in_findings(scratch: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(_TEXT))
    path = scratch / name
    before = path.read_bytes()
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, min(len(before), start + 400)))
    given_bytes = data.draw(
        st.one_of(st.binary(max_size=40), st.text(max_size=40).map(str.encode), st.just(b"[" * 2000))
    )
    path.write_bytes(before[:start] + given_bytes + before[end:])
    changed = path.read_bytes() != before
    try:
        if name != "SHA256SUMS":
            assert not changed or "B006" in codes(scratch)
            relisted(scratch)
        found = codes(scratch)
        assert not changed or name == "prov.json" or found != {"B015"} or name == "bundle.json"
    finally:
        path.write_bytes(before)
        relisted(scratch)
