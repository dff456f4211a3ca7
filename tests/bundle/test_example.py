"""The bundle of the worked example proves itself where the product is not installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from measures.workflow.bundle import make_bundle
from measures.workflow.mission import open_mission
from tests.bundle.conftest import AT, ROOT, auditor, read_me

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("tools")]


def test_the_example_proves_itself(tmp_path: Path) -> None:
    folder = Path(
        shutil.copytree(
            ROOT / "examples" / "nmi",
            tmp_path / "nmi",
            ignore=shutil.ignore_patterns("*.db*", "*.head", "out"),
        )
    )
    made = make_bundle(open_mission(folder, at=AT), "2021Q1", tmp_path / "audit", wanted=("mission", ("hq",)))
    seen = auditor(made.path, "env", "-i", "PATH=/usr/bin:/bin", "bash", "verify.sh")
    assert seen.returncode == 0, seen.stdout
    assert f"head {made.head}" in seen.stdout
    assert "reports/nmi-hq-2021Q1.claims.json: made from head" in seen.stdout
    read_me(made.path)
    for name in ("register.jsonl", "reports/nmi-hq-2021Q1.pdf", "prov.json"):
        before = (made.path / name).read_bytes()
        (made.path / name).write_bytes(before[:-2] + bytes([before[-2] ^ 1]) + before[-1:])
        assert auditor(made.path, "bash", "verify.sh").returncode, name
        (made.path / name).write_bytes(before)
