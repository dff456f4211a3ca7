"""A small mission with two markings, bundled once at each ceiling, and ways to spoil a bundle."""

# ruff: noqa: E501 - rows of a table are not wrapped

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from measures.register import archive
from measures.workflow.bundle import Bundled, make_bundle
from measures.workflow.mission import open_mission
from measures.workflow.signing import Keyring, put_in_use
from tests.docs.blocks import blocks
from tests.workflow import tiny

AT = "2021-08-01T09:00:00Z"
ROOT = Path(__file__).parents[2]
HQ = (ROOT / "reports" / "hq.yaml").read_text(encoding="utf-8")
OPEN = HQ.replace("id: hq", "id: open", 1).replace("ceiling: mission", "ceiling: public", 1)

MIXED: list[tuple[str, str, str | bytes | None]] = [
    ("mission.yaml", "evidence: [E-01]", "evidence: [E-02]"),
    ("evidence.csv", "The Kestrel office was seen at work.,B,3,yes,yes,mission", "An office was seen at work.,B,3,yes,yes,public"),
    ("evidence.csv", "visit/note.txt,,\n", "visit/note.txt,,\nE-03,Photograph,Mission,physical,advisers,2021-06,The Kestrel gate from outside.,B,3,yes,yes,mission,vault,,gate.jpg,,\n"),
    ("evidence/gate.jpg", "", b"\xff\xd8\xff Kestrel gate"),
    ("assessments.csv", "The Kestrel letter was not shown and nothing else speaks of a plan.,,,,,,,,mission", "The letter was not shown and nothing else speaks of a plan at all.,,,,,,,,public"),
    ("engagements.csv", "E-01; E-02,mission\n", "E-01; E-02,mission\nG-02,2021-04-02,2021-04-10,Office of the minister,minister,The plan,A second talk,mission,O-01,E-02,public\nG-03,2021-04-03,2021-04-11,Office of the minister,minister,The plan,A third talk,mission,O-01,E-01,public\n"),
    ("positions.csv", "E-01,mission\n", "E-01,mission\nS-02,O-01,minister,2021-05-04,accepted,He said so to us.,E-02,public\n"),
    ("moderations.csv", "EXT-01 holds that Kestrel does not decide.,mission,\n", "EXT-01 holds that Kestrel does not decide.,mission,\nN-02,M-01,plan,2021Q3,MOD-01,not-observed,As A-02 says nobody could look at it.,,public,\n"),
    ("reports/open.yaml", "", OPEN),
]  # fmt: skip
"""Rows that anybody may see among those that only the mission may; three of them name withheld ones."""


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return Keyring(tmp_path_factory.mktemp("keys") / "private")


@pytest.fixture(scope="session")
def _mixed(tmp_path_factory: pytest.TempPathFactory, keys: Keyring) -> Path:
    folder = tiny.write(tmp_path_factory.mktemp("mixed"), MIXED)
    outcome = tiny.recorded(folder)
    assert not outcome.refused, outcome.findings
    put_in_use(folder, keys, at=AT, actor="ADV-01")
    return folder


@pytest.fixture
def reporting(_mixed: Path, tmp_path: Path) -> Path:
    """A recorded mission of one's own, with an edition that anybody may see."""
    return Path(shutil.copytree(_mixed, tmp_path / "mission"))


@pytest.fixture
def mission(reporting: Path) -> Path:
    """A recorded mission of one's own in which every edition lies above the lowest marking."""
    (reporting / "reports" / "open.yaml").unlink()
    return reporting


def bundled(
    mission: Path,
    out: Path,
    ceiling: str = "",
    editions: tuple[str, ...] = (),
    keyring: Keyring | None = None,
) -> Bundled:
    """Bundle the second quarter of 2021."""
    return make_bundle(open_mission(mission), "2021Q2", out, wanted=(ceiling, editions), keyring=keyring)


@pytest.fixture(scope="session")
def _whole(_mixed: Path, keys: Keyring, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole") / "bundle"
    assert not bundled(_mixed, out, "mission", ("open",), keyring=keys).findings
    return out


@pytest.fixture(scope="session")
def _part(_mixed: Path, keys: Keyring, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("part") / "bundle"
    assert not bundled(_mixed, out, keyring=keys).findings
    return out


@pytest.fixture
def whole(_whole: Path, tmp_path: Path) -> Path:
    """A bundle of everything, with one report."""
    return Path(shutil.copytree(_whole, tmp_path / "whole"))


@pytest.fixture
def part(_part: Path, tmp_path: Path) -> Path:
    """A bundle of what anybody may see, with holes."""
    return Path(shutil.copytree(_part, tmp_path / "part"))


def relisted(folder: Path) -> Path:
    """Make the list of files again, as somebody would who wants a change to go unnoticed."""
    archive.write_manifest(folder)
    return folder


def auditor(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a bundle where nothing but the system's own tools can be found."""
    return subprocess.run(
        list(command),
        cwd=folder,
        env={"PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )


Spoil = Callable[[Path], object]


NEEDED = ("bash", "sha256sum", "jq", "python3", "openssl", "ssh-keygen")


@pytest.fixture(scope="session")
def tools() -> None:
    """Skip where the system lacks a tool that an auditor is told to have."""
    for name in NEEDED:
        if shutil.which(name, path="/usr/bin:/bin") is None:
            pytest.skip(
                f"no {name} in /usr/bin or /bin: Debian has it in jq, openssl, openssh-client or python3"
            )


def read_me(folder: Path) -> None:
    """Run every command of the README in turn; each must end well."""
    for block in blocks(folder / "README.md"):
        seen = auditor(folder, "bash", "-eu", "-o", "pipefail", "-c", block.text)
        assert seen.returncode == 0, f"{block.place}: {seen.stdout}"
