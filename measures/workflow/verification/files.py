"""The evidence files: each as it was when it was taken in, or erased and said so."""

from __future__ import annotations

from measures.finding import Finding
from measures.workflow.custody import ERASURE, EVIDENCE, condition, items, strangers
from measures.workflow.verification.ground import Ground, Looked, listed


def files(ground: Ground) -> Looked:
    """Check evidence files against the digests that were recorded, and look for files of no entry."""
    with ground.register() as register:
        known = items(register.entries(upto=ground.head.size, kinds=[EVIDENCE, ERASURE]))
    folder = ground.folder / EVIDENCE
    findings: list[Finding] = []
    for number, item in enumerate(known, start=1):
        findings += condition(folder, item).findings
        ground.tell("Verifying evidence files", number, len(known))
    findings += strangers(folder, known)
    gone = [item for item in known if item.erased]
    at = [f"{len(known) - len(gone)} evidence files"] if len(known) > len(gone) else []
    at += [f"{item.name} erased by entry {item.erased} on {item.erased_on}" for item in gone]
    return Looked(tuple(at), listed(findings, ground.place()))
