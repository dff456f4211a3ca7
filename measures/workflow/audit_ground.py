"""Whether what an auditor looked at is what the register holds."""

from __future__ import annotations

from collections.abc import Iterator

from measures.finding import Finding, find
from measures.records import Records, Row
from measures.records.links import CLAIM
from measures.workflow.recorded import Recorded


def audits_bind(records: Records, recorded: Recorded | None) -> Iterator[Finding]:
    """Yield a finding for each audit of something that is not on record with that digest."""
    for row in records.new("audits"):
        if recorded is None or row["digest"] not in _digests(row, recorded):
            yield find(
                "A003", row.place("digest"), kind=row["kind"], ref=row["ref"], digest=row["digest"][:12]
            )


def _digests(row: Row, recorded: Recorded) -> set[str]:
    """Return the digests of the entries that say what was audited: for a sentence, of its editions."""
    if row["kind"] == CLAIM:
        makers = (e for e in recorded.editions if any(c["id"] == row["ref"] for c in e.body["claims"]))
        return {entry.digest for entry in makers}
    entry = recorded.latest.get((row["kind"], row["ref"]))
    return {entry.digest} if entry else set()
