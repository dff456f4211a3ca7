"""A drafted mission written to files, recorded, and approved."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.planted.clean import Draft, Row
from measures.finding import Finding
from measures.records.tables import TABLES
from measures.rubric import dump
from measures.workflow.mission import open_mission
from measures.workflow.record import record

AT = "2024-01-15T09:00:00Z"


def write(folder: Path, made: Draft) -> tuple[Finding, ...]:
    """Write and record a mission, and approve everything; return what was found when it was recorded.

    Approvals name the digests of recorded entries, so they are written after the rest.
    """
    (folder / "rubrics").mkdir(parents=True)
    for name, content in (("mission", made.mission), ("plan", made.plan)):
        (folder / f"{name}.yaml").write_text(dump(content), encoding="utf-8")
    for name, plain in made.rubrics.items():
        (folder / "rubrics" / f"{name}.yaml").write_text(dump(plain), encoding="utf-8")
    for name, rows in made.tables.items():
        _table(folder, name, rows)
    first = record(folder, folder, at=AT, actor="ADV-01")
    if first.refused:
        return first.findings
    _table(folder, "approvals", list(_approvals(folder, made.unapproved)))
    second = record(folder, folder, at=AT, actor="APP-01")
    return (*first.findings, *second.findings)


def _approvals(folder: Path, but: Collection[str]) -> Iterator[Row]:
    """Yield an approval of each score and settlement, but for those named."""
    for (kind, ref), entry in open_mission(folder).recorded.latest.items():
        if kind in ("assessment", "moderation") and ref not in but:
            yield {
                "id": f"V-{ref}", "kind": kind, "ref": ref, "digest": entry.digest, "approver": "APP-01",
                "decision": "approved", "marking": "mission",
            }  # fmt: skip


def _table(folder: Path, name: str, rows: Sequence[Mapping[str, str]]) -> None:
    with (folder / TABLES[name].file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TABLES[name].header, restval="")
        writer.writeheader()
        writer.writerows(rows)
