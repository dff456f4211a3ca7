"""The evidence files: each as it was when it was taken in."""

from __future__ import annotations

from measures.finding import Finding, Place
from measures.register import check
from measures.workflow.verification.ground import Ground, Looked


def files(ground: Ground) -> Looked:
    """Check evidence files against the digests that were recorded."""
    findings: list[Finding] = []
    count = 0
    with ground.register() as register:
        for entry in register.entries(upto=ground.head.size, kinds=["evidence"]):
            if "sha256" not in entry.body:
                continue
            count += 1
            place = Place(f"entry {entry.seq}")
            wrong = check(
                ground.folder / "evidence", str(entry.body["file"]), str(entry.body["sha256"]), place
            )
            if wrong is not None:
                findings.append(wrong)
    return Looked((f"{count} evidence files",) if count else (), tuple(findings))
