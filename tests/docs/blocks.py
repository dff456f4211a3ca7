"""Reads the fenced blocks of a page, and does what its reader is told to do.

A block of shell is run. A block of text or YAML is what the reader is to see, when it follows a
block of shell, and else the content of the file that the paragraph before it names last.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
_FENCE = re.compile(r"^```([a-z]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`([^`\s]+\.(?:csv|yaml))`")
_SAME = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block.

    Args:
        place: Page and line.
        language: What stands after the fence.
        text: What it holds.
        before: The paragraph before it; empty when a block stands there.
    """

    place: str
    language: str
    text: str
    before: str

    @property
    def file(self) -> str:
        """The file that the paragraph before it names last; empty when it names none."""
        named: list[str] = _FILE.findall(self.before)
        return named[-1] if named else ""


def blocks(page: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    end = 0
    for match in _FENCE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        between = text[end : match.start()].strip()
        yield Block(f"{page.name}:{line}", match[1], match[2], between.rpartition("\n\n")[2])
        end = match.end()


def follow(page: Path, folder: Path) -> None:
    """Do in ``folder`` what a page says, and compare what is seen with what it says is seen."""
    steps = list(blocks(page))
    for at, block in enumerate(steps):
        if block.language == "sh":
            expected = steps[at + 1] if at + 1 < len(steps) else None
            shown = expected.text if expected and expected.language == "text" and not expected.before else ""
            status, seen = run(block.text, folder)
            assert status == (1 if "Nothing was recorded" in shown else 0), f"{block.place}: {seen}"
            assert not shown or alike(shown, seen), f"{block.place} shows something else:\n{seen}"
        elif block.before:
            assert block.file, f"{block.place}: the paragraph before names no file"
            (folder / block.file).write_text(block.text, encoding="utf-8")


def run(commands: str, folder: Path) -> tuple[int, str]:
    """Run shell commands as a reader would who set the project up; return the status and what is seen."""
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", commands],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def alike(shown: str, seen: str) -> bool:
    """Say whether a page shows what is seen; three dots stand for anything."""
    return doctest.OutputChecker().check_output(shown, seen, _SAME)
