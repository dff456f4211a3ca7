"""The main job as its user runs it: record, report, trace, verify, through the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "nmi"


def run(*args: str | Path, expect: int = 0) -> str:
    """Run the command and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "measures", *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == expect, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example, recorded, with both quarters reported."""
    folder = tmp_path_factory.mktemp("job") / "nmi"
    folder.mkdir()
    for path in EXAMPLE.iterdir():
        if path.suffix in (".yaml", ".csv"):
            shutil.copyfile(path, folder / path.name)
    for period in ("2021Q1", "2023Q3"):
        run("report", "hq", "--period", period, "--mission", folder, "-q")
    return folder


def claims_of(mission: Path, period: str) -> list[dict[str, Any]]:
    said = json.loads((mission / "out" / f"nmi-hq-{period}.claims.json").read_text())
    claims: list[dict[str, Any]] = said["claims"]
    return claims


@pytest.mark.parametrize("period", ["2021Q1", "2023Q3"])
def test_the_report_has_the_length_a_general_reads(mission: Path, period: str) -> None:
    with pikepdf.open(mission / "out" / f"nmi-hq-{period}.pdf") as pdf:
        assert 8 <= len(pdf.pages) <= 20
        assert pdf.docinfo.get("/Title")


@pytest.mark.parametrize("period", ["2021Q1", "2023Q3"])
def test_every_claim_is_traced_to_evidence_and_entries(mission: Path, period: str) -> None:
    from measures.workflow.trace import Node, reading, trace

    def depth_of(node: Node, step: int) -> Iterator[tuple[Node, int]]:
        yield node, step
        for below in node.below:
            yield from depth_of(below, step + 1)

    with reading(mission) as reader:
        traced = {claim["id"]: trace(reader, claim["id"], up=False) for claim in claims_of(mission, period)}
    for claim in claims_of(mission, period):
        top = traced[claim["id"]]
        assert (top.kind, top.text) == ("claim", claim["text"])
        deepest_first = sorted(depth_of(top, 0), key=lambda found: -found[1])
        found = {node.id: (node, step) for node, step in deepest_first}
        for ref in claim["basis"]:
            if ref["kind"] == "rubric":
                continue
            node, step = found[ref["id"]]
            assert step <= 2, f"{ref} lies {step} steps from {claim['id']}"
            assert node.entry > 0
            assert len(node.digest) == 64
        scored = [node for node, _ in found.values() if node.kind == "assessment" and not node.again]
        levels = [node for node in scored if any(below.kind == "rubric" for below in node.below)]
        for node in levels:
            assert any(below.kind == "evidence" for below in node.below), f"{node.id} shows no evidence"


def test_a_claim_is_traced_on_the_terminal(mission: Path) -> None:
    claim = next(c for c in claims_of(mission, "2021Q1") if any(r["kind"] == "rubric" for r in c["basis"]))
    shown = run("trace", claim["id"], "--mission", mission)
    for word in ("claim", "assessment", "rubric", "evidence", "sha256"):
        assert word in shown
    assert claim["text"] in shown, "a trace read by another program is not cut"
    assert json.loads(run("trace", claim["id"], "--mission", mission, "--json"))["id"] == claim["id"]


def test_reporting_again_notes_nothing_new_and_writes_the_same_bytes(mission: Path) -> None:
    path = mission / "out" / "nmi-hq-2021Q1.pdf"
    before, whole = path.read_bytes(), run("verify", "--mission", mission)
    run("report", "hq", "--period", "2021Q1", "--mission", mission, "-q")
    assert path.read_bytes() == before
    assert run("verify", "--mission", mission) == whole


def test_verify_names_what_it_looked_at(mission: Path) -> None:
    said = json.loads(run("verify", "--mission", mission, "--json"))
    assert said["whole"] is True
    assert any("nmi-hq-2021Q1" in line for line in said["checked"])


def tampered(mission: Path, tmp_path: Path, statement: str) -> dict[str, Any]:
    """Return what verify says after somebody used SQL on a copy of the register."""
    import sqlite3

    copy = tmp_path / "nmi"
    shutil.copytree(mission, copy)
    with sqlite3.connect(copy / "register.db") as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.executescript(statement)
        for _, sql in triggers:
            connection.execute(sql)
    said: dict[str, Any] = json.loads(run("verify", "--mission", copy, "--json", expect=1))
    return said


ONE_BYTE = """
UPDATE entry SET content = CAST(replace(CAST(content AS TEXT), 'public', 'publik') AS BLOB) WHERE seq = 300;
"""
SWAP = """
CREATE TEMP TABLE a AS SELECT * FROM entry WHERE seq = 40;
CREATE TEMP TABLE b AS SELECT * FROM entry WHERE seq = 41;
UPDATE entry SET (digest, kind, ref, period, content) = (SELECT digest, kind, ref, period, content FROM b)
  WHERE seq = 40;
UPDATE entry SET (digest, kind, ref, period, content) = (SELECT digest, kind, ref, period, content FROM a)
  WHERE seq = 41;
"""


@pytest.mark.parametrize(
    ("what", "statement", "named"),
    [
        (
            "one byte of an entry",
            ONE_BYTE,
            "300",
        ),
        ("a middle entry dropped", "DELETE FROM entry WHERE seq = 40;", "40"),
        ("the last entry dropped", "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry);", ""),
        ("two entries swapped", SWAP, "40"),
    ],
)
def test_tampering_is_found_and_the_entry_named(
    mission: Path, tmp_path: Path, what: str, statement: str, named: str
) -> None:
    size = json.loads(run("verify", "--mission", mission, "--json"))["head"].partition(":")[0]
    said = tampered(mission, tmp_path, statement)
    assert said["whole"] is False, what
    assert any(f"ntry {named or size}" in finding["message"] for finding in said["findings"]), said[
        "findings"
    ]
    assert all(finding["remedy"] for finding in said["findings"])


def test_a_head_copied_from_paper_is_checked(mission: Path) -> None:
    head = json.loads((mission / "out" / "nmi-hq-2021Q1.claims.json").read_text())["head"]
    run("verify", "--mission", mission, "--head", head)
    size, _, digest = head.partition(":")
    groups = " ".join(digest[at : at + 4] for at in range(0, 64, 4))
    run("verify", "--mission", mission, "--head", f"{size} entries · {groups}")
    run("verify", "--mission", mission, "--head", head[:-1] + ("0" if head[-1] != "0" else "1"), expect=1)


def test_the_demonstration_makes_both_reports(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    shown = run("demo", "--out", out, "-q")
    for period in ("2021Q1", "2023Q3"):
        assert (out / "out" / f"nmi-hq-{period}.pdf").stat().st_size > 50_000
        assert period in shown
