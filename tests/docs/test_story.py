"""The tutorial and the pages that go on with its mission can be followed to the letter."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, alike, blocks, follow, run

TUTORIAL = DOCS / "tutorial" / "first-report.md"
HOW_TO = DOCS / "how-to"
TOOLS = ("sqlite3", "jq", "sha256sum", "cmp", "seq")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder in which the tutorial was followed."""
    made = tmp_path_factory.mktemp("tutorial")
    follow(TUTORIAL, made)
    yield made
    shutil.rmtree(made)


def test_the_tutorial_ends_with_a_report(folder: Path) -> None:
    pdf = folder / "my-mission" / "out" / "my-mission-hq-2024Q1.pdf"
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_a_quarter_is_recorded_as_the_page_says(folder: Path) -> None:
    follow(HOW_TO / "record-a-quarter.md", folder)
    status, seen = run("measures verify --mission my-mission", folder)
    assert status == 0
    assert "18 entries" in seen


@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}")
def test_a_register_is_verified_with_the_product_and_without(folder: Path) -> None:
    follow(HOW_TO / "verify-a-register.md", folder)
    head = (folder / "my-mission" / "register.head").read_text(encoding="utf-8").split()
    commands = [block.text for block in blocks(HOW_TO / "verify-a-register.md")]
    (chain,) = [text for text in commands if text.startswith("prev=")]
    assert run(chain, folder) == (0, f"{head[-2]}:{head[-1]}\n")
    lines = (folder / "register.jsonl").read_text(encoding="utf-8")
    (folder / "register.jsonl").write_text(lines.replace("2024-02-12", "2024-02-13", 1), encoding="utf-8")
    assert "entry 6 does not follow the one before it" in run(chain, folder)[1]


@pytest.mark.skipif(shutil.which("jq") is None, reason="needs jq")
def test_a_sentence_is_traced_as_the_page_says(folder: Path) -> None:
    follow(HOW_TO / "trace-a-sentence.md", folder)
    (row,) = [line for line in (HOW_TO / "trace-a-sentence.md").read_text().splitlines() if "`AS-01`" in line]
    for ref in re.findall(r"`([A-Z]+-[0-9]+)`", row):
        assert run(f"measures trace {ref} --mission my-mission", folder)[0] == 0


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_a_sample_is_drawn_again_as_the_page_says(folder: Path) -> None:
    page = HOW_TO / "draw-an-audit-sample.md"
    follow(page, folder)
    (again,) = [block.text for block in blocks(page) if block.text.startswith("while")]
    told = run("measures sample --n 25 --seed 4-2-6-1 --ceiling mission --json --mission my-mission", folder)[
        1
    ]
    assert run(again, folder) == (0, "".join(f"{name}\n" for name in json.loads(told)["drawn"]))


@pytest.mark.skipif(not all(map(shutil.which, ("jq", "openssl"))), reason="needs jq and openssl")
def test_a_period_is_handed_over_and_checked_on_the_other_side(folder: Path) -> None:
    follow(HOW_TO / "hand-over-a-period.md", folder)
    status, seen = run("cd my-mission-2024Q1-mission && bash verify.sh", folder)
    assert status == 0
    assert "All of it is as it says." in seen


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_checkpoints_are_signed_proved_and_checked_without_the_product(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    follow(HOW_TO / "sign-checkpoints.md", folder)
    kept = list((tmp_path / "config" / "measures").glob("*.key"))
    assert len(kept) == 2, "the key put in use first and the one after it"
    older, newer = "my-mission/out/handover.checkpoint", "later.checkpoint"
    for proof, *held in (("entry-5.json", older), ("since.json", older, newer)):
        assert _alone(folder, "check.py", proof, *held) == (0, "It holds.\n")
        text = (folder / proof).read_text(encoding="utf-8")
        at = text.index('"proof": [') + 20
        changed = text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]
        (folder / "changed.json").write_text(changed, encoding="utf-8")
        assert _alone(folder, "check.py", "changed.json", *held) == (1, "It does not hold.\n")
    assert _alone(folder, "-c", "import measures")[0] == 1, "the product is not within reach"


def _alone(folder: Path, *words: str) -> tuple[int, str]:
    """Run plain Python, which sees no installed package and no variable of ours."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", *words],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_dots_stand_for_anything_and_for_nothing_else() -> None:
    assert alike("Register head 7:...\n", "Register head 7:abc\n")
    assert not alike("Register head 7:...\n", "Register head 8:abc\n")
