"""The entries: digests, order, look-up columns, guards, and the heads that were kept."""

from __future__ import annotations

from measures.workflow.verification.ground import Ground, Looked


def entries(ground: Ground) -> Looked:
    """Return what verifying the register itself found."""
    return Looked(ground.found.checked, ground.found.findings)
