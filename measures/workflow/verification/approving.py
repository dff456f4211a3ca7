"""The approvals: each of what stood when it was given, and whether it still binds."""

from __future__ import annotations

from collections.abc import Iterator

from measures.finding import Finding, find
from measures.records import Row
from measures.workflow.approvals import Approvals
from measures.workflow.basis import since
from measures.workflow.verification.ground import Ground, Looked, listed


def approvals(ground: Ground) -> Looked:
    """Hold every approval against the register before it, and against the register as it is."""
    if ground.recorded is None:
        return Looked()
    known = Approvals(ground.recorded)
    findings: list[Finding] = []
    rows = ground.recorded.records.rows("approvals")
    for row, standing in zip(rows, known.standings, strict=True):
        place = ground.place(row.at.line)
        forged = list(_forged(known, row))
        findings += [
            find("V061", place, id=row["id"], seq=row.at.line, problem=problem) for problem in forged
        ]
        if standing.state == "void" and not forged:
            findings.append(
                find("V062", place, id=row["id"], kind=row["kind"], ref=row["ref"], why=standing.why)
            )
    binding = sum(one.state == "binds" for one in known.standings)
    alone = sum(not one.whole for one in known.standings)
    at = f"approvals: {len(rows)}, binding {binding}"
    if alone:
        at += f"; without a basis, so that they bind the entry alone: {alone}"
    return Looked((at,) if rows else (), listed(findings, ground.place()))


def _forged(known: Approvals, row: Row) -> Iterator[str]:
    """Yield in words what about an approval cannot have been so when it was given."""
    kind, ref, seq = row["kind"], row["ref"], row.at.line
    named = [one for one in known.ground.under(kind, ref, seq - 1) if (one.kind, one.ref) == (kind, ref)]
    if not named:
        yield f"there was no {kind} {ref}"
    elif row["digest"] not in {one.digest for one in named}:
        yield f"{kind} {ref} never had that digest"
    elif row["basis"] and since(known.ground, kind, ref, row["basis"], seq) is None:
        yield f"what {ref} rests on never had that digest"
