"""Whose ambition the plan is, as plain values for other programs."""

from __future__ import annotations

from typing import Any

from measures.judgement.leadtime import LeadTime
from measures.judgement.quarter import Quarter


def ambition_of(quarter: Quarter) -> dict[str, Any]:
    """Return demand, signals, shares, waits, misalignment and the quadrant, each with the ids it counts."""
    found = quarter.ambition
    return {
        "demand": {name: demand.word for name, demand in quarter.demands.items()},
        "ownership": {
            name: {"asked": one.asked, **{signal.name: signal.state for signal in one.signals.values()}}
            for name, one in found.ownership.items()
        },
        "shares": [
            {"name": share.name, "count": len(share.yes), "of": share.of, "yes": list(share.yes),
             "no": list(share.no), "unknown": list(share.unknown)}
            for share in found.shares
        ],
        "waits": {name: _wait(time) for name, time in found.waits.items()},
        "waits_by_agreement": {name: _wait(time) for name, time in found.agreement.items()},
        "misaligned": [
            {"objective": one.objective, "kind": one.kind, "words": one.words, "date": one.date,
             "posts_filled": one.filled, "posts_needed": one.needed,
             "records": [list(record) for record in one.records]}
            for one in found.misaligned
        ],
        "quadrant": [
            {"demand": cell.demand, "progress": cell.progress, "count": len(cell.objectives),
             "objectives": list(cell.objectives)}
            for cell in found.quadrants
        ],
        "promises": {due.promise.id: due.state for due in quarter.promises},
    }  # fmt: skip


def _wait(time: LeadTime) -> dict[str, Any]:
    """Return a lead time; ``days`` is the least and most that the median may be, none if not logged."""
    return {
        "state": time.state,
        "days": list(time.median) if time.median else None,
        "at_least": time.at_least,
        "requests": len(time.waits),
        "open": {wait.engagement: [wait.least, wait.most] for wait in time.open},
        "undated": list(time.undated),
        "asked_by_partner": list(time.theirs),
    }
