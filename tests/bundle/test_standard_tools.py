"""The auditor's side: a bundle proves itself with the system's own tools, where the product is not.

Everything here runs with nothing but ``/usr/bin`` and ``/bin`` to find programs in.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from measures.register.checkpoint import checkpoint
from measures.register.holes import Trail
from tests.bundle.conftest import AT, auditor, bundled, read_me, relisted

pytestmark = pytest.mark.usefixtures("tools")


def test_the_product_is_not_there(whole: Path) -> None:
    seen = auditor(whole, "python3", "-I", "-c", "import measures")
    assert seen.returncode
    assert "ModuleNotFoundError" in seen.stdout
    assert auditor(whole, "sh", "-c", "command -v measures").returncode


def test_a_signed_bundle_proves_itself(whole: Path) -> None:
    seen = auditor(whole, "bash", "verify.sh")
    assert seen.returncode == 0, seen.stdout
    assert "NOT CHECKED" not in seen.stdout
    assert re.search(r"register\.checkpoint: signed by measures/tiny, key [0-9a-f]{8}\n", seen.stdout)
    assert "evidence: 2 files as recorded, 0 erased\n" in seen.stdout


def test_a_bundle_with_holes_proves_itself(part: Path) -> None:
    seen = auditor(part, "bash", "verify.sh")
    assert seen.returncode == 0, seen.stdout
    assert re.search(r"in one chain, [1-9][0-9]* of them holes", seen.stdout)
    assert "register.checkpoint: signed by" in seen.stdout


def names(folder: Path) -> Iterator[str]:
    yield from sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_byte_altered_in_any_file_is_found(part: Path) -> None:
    unseen = []
    for name in names(part):
        before = (part / name).read_bytes()
        at = len(before) // 2
        (part / name).write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
        if name not in {"verify.sh", "verify.py"}:
            unseen += [name] if auditor(part, "bash", "verify.sh").returncode == 0 else []
        unseen += [name] if auditor(part, "sha256sum", "-c", "--strict", "SHA256SUMS").returncode == 0 else []
        (part / name).write_bytes(before)
    assert unseen == []
    assert auditor(part, "bash", "verify.sh").returncode == 0


@pytest.mark.parametrize("name", ["register.jsonl", "reports/tiny-open-2021Q2.html", "bundle.json"])
def test_it_is_found_too_when_the_list_was_made_again(part: Path, name: str) -> None:
    before = (part / name).read_bytes()
    places = (
        [before.index(b"head") + 12] if name == "bundle.json" else range(0, len(before), len(before) // 8)
    )
    for at in places:
        (part / name).write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
        seen = auditor(relisted(part), "bash", "verify.sh")
        assert seen.returncode == 1, (at, seen.stdout)


def test_no_altered_checkpoint_passes_for_a_signed_one(part: Path) -> None:
    path = part / "checkpoints" / "register.checkpoint"
    before = path.read_bytes()
    for at in range(0, len(before), 9):
        path.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
        assert "register.checkpoint: signed by" not in auditor(relisted(part), "bash", "verify.sh").stdout, at


def test_a_line_added_or_taken_away_is_found(part: Path) -> None:
    path = part / "register.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    for changed in (lines[:-1], lines[1:], [*lines, lines[-1]], [*lines[:8], *lines[9:]]):
        path.write_bytes(b"".join(changed))
        seen = auditor(relisted(part), "bash", "verify.sh")
        assert seen.returncode
        assert "WRONG" in seen.stdout


def test_a_root_made_to_fit_leaves_a_broken_chain(part: Path) -> None:
    lines = (part / "register.jsonl").read_bytes().splitlines()
    at = next(n for n, line in enumerate(lines[3:], start=3) if b'"body"' in line)
    lines[at] = lines[at].replace(b"ADV-01", b"ADV-09", 1)
    trail = Trail("register.jsonl")
    for line in lines:
        trail.add(line)
    (part / "register.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    for path in (part / "checkpoints").iterdir():
        path.write_text(str(checkpoint("measures/tiny", trail.head.size, trail.root)), encoding="utf-8")
    seen = auditor(relisted(part), "bash", "verify.sh")
    assert seen.returncode == 1
    assert "does not follow the line before it" in seen.stdout


def test_the_signature_of_another_key_is_found(part: Path) -> None:
    from measures.register.keys import new_key

    (path,) = part.glob("keys/*.vkey")
    other = new_key("measures/tiny").public
    name, key_id, _ = path.read_text(encoding="utf-8").split("+", 2)
    path.write_text("+".join([name, key_id, other.vkey.split("+", 2)[2]]) + "\n", encoding="utf-8")
    seen = auditor(relisted(part), "bash", "verify.sh")
    assert seen.returncode
    assert "does not hold" in seen.stdout


def test_a_key_that_is_not_there_is_said(part: Path) -> None:
    (path,) = part.glob("keys/*.vkey")
    path.unlink()
    seen = auditor(relisted(part), "bash", "verify.sh")
    assert seen.returncode == 2
    assert "NOT CHECKED: checkpoints/register.checkpoint is signed by measures/tiny" in seen.stdout


def test_a_second_signature_by_ssh_keygen(part: Path, tmp_path: Path) -> None:
    checkpoint = part / "checkpoints" / "register.checkpoint"
    key = tmp_path / "witness"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key], check=True)
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-n", "measures-checkpoint", "-f", key, checkpoint], check=True
    )
    allowed = part / "keys" / "allowed_signers"
    allowed.write_text(f"inspector {key.with_suffix('.pub').read_text()}", encoding="utf-8")
    seen = auditor(relisted(part), "bash", "verify.sh")
    assert seen.returncode == 0, seen.stdout
    assert "signed by inspector with ssh-keygen" in seen.stdout
    signature = checkpoint.with_name(f"{checkpoint.name}.sig")
    signature.write_text(signature.read_text().replace("A", "B", 3))
    assert auditor(relisted(part), "bash", "verify.sh").returncode
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "other"], check=True)
    signature.unlink()
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-n", "measures-checkpoint", "-f", tmp_path / "other", checkpoint],
        check=True,
    )
    assert "by nobody in keys/allowed_signers" in auditor(relisted(part), "bash", "verify.sh").stdout


def test_every_command_of_the_readme_works(whole: Path) -> None:
    read_me(whole)


def test_the_readme_tells_of_every_file(whole: Path) -> None:
    text = (whole / "README.md").read_text(encoding="utf-8")
    for path in whole.iterdir():
        assert f"`{path.name}{'/' if path.is_dir() else ''}`" in text, path.name


def test_with_holes_too(part: Path) -> None:
    read_me(part)


def test_an_erased_file_is_no_gap(mission: Path, tmp_path: Path) -> None:
    from measures.register import Draft, Register

    with Register.open(mission / "register.db") as register:
        sha256 = next(
            str(e.body["sha256"]) for e in register.entries(kinds=["evidence"]) if "sha256" in e.body
        )
        draft = Draft("erasure", sha256, {"sha256": sha256, "reason": "By law."}, "evidence erase")
        register.append([draft], expect=register.head(), at=AT, actor="ADV-01", role="adviser")
    made = bundled(mission, tmp_path / "out")
    assert not (made.path / "evidence" / f"{sha256}.txt").exists()
    seen = auditor(made.path, "bash", "verify.sh")
    assert seen.returncode == 0, seen.stdout
    assert "0 files as recorded, 1 erased" in seen.stdout
