"""What a PDF carries besides its pages: every claim with its basis, and the data behind each chart.

A reader who has the file alone can look at the numbers that were drawn, and an auditor can hold what
the pages claim against the register.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from measures.report.audit import AuditReport
from measures.report.model import Report

CLAIMS = "claims.json"

_TRENDS = ("milestone", "criterion", "period", "state", "rung", "claimed_rung", "cause", "rubric_changed")
_LADDERS = ("milestone", "criterion", "rung", "label", "here", "claimed", "last_seen_in", "target")
_STANCES = ("objective", "actor", "date", "stance")
_SCORES = ("milestone", "criterion", "score", "assessor", "role", "level", "superseded_by", "entry", "sha256")


def attachments(report: Report | AuditReport, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the files that the PDF of an edition carries, by name.

    Args:
        report: The model that the pages are made from: nothing else gets into the files.
        manifest: What the edition claims and what it was made from.
    """
    tables = _scores(report) if isinstance(report, AuditReport) else _charts(report)
    return {CLAIMS: said(manifest), **tables}


def said(manifest: Mapping[str, Any]) -> bytes:
    """Return a manifest as it is written to disk and into the PDF."""
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _charts(report: Report) -> dict[str, bytes]:
    blocks = [(page.id, block) for page in report.milestones for block in page.criteria]
    trends = [
        (name, block.id, m.period, m.state, m.rung, m.claimed, m.cause, "yes" if m.breaks else "")
        for name, block in blocks
        for m in block.trend
    ]
    ladders = [
        (name, block.id, r.number, r.label, r.here, r.claimed, r.before_period, r.target)
        for name, block in blocks
        for r in block.rungs
    ]
    stances = [
        (row.id, actor, date, stance)
        for row in report.objectives
        for actor, dated in row.stances
        for date, stance in dated
    ]
    return {
        "ladders.csv": _table(_LADDERS, ladders),
        "stances.csv": _table(_STANCES, stances),
        "trends.csv": _table(_TRENDS, trends),
    }


def _scores(report: AuditReport) -> dict[str, bytes]:
    rows = [
        (
            one.id,
            cell.criterion,
            score.id,
            score.assessor,
            score.role,
            score.level,
            score.superseded_by,
            score.trail.seq,
            score.trail.digest,
        )
        for part in report.parts
        for one in part.milestones
        for cell in one.cells
        for score in cell.scores
    ]
    return {"scores.csv": _table(_SCORES, rows)}


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table that no spreadsheet takes for formulas."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return "" if value is None else value
