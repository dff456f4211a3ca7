"""Where a register broke first, and what kinds of cause are likely."""

from __future__ import annotations

from collections.abc import Sequence

from measures.finding import Finding, errors_in

_DISK = "a disk or a copy that failed, or somebody who wrote to the database file by hand"
_HAND = "somebody who wrote to the database by hand"
_OLDER = "an older copy put back, or entries taken off the end; it may also be the head of another register"
_FILE = "the file was edited, replaced, or lost when the folder was copied"
_OTHER = "an entry appended by other means than this product, by somebody who may write the register"
_ANEW = "the chain made anew from some entry on by somebody who may write the register, or another register"
_TEXT = "a checkpoint or signature altered after it was made, or one that belongs elsewhere"
_PAGE = "an edition that was not published from this register as its entry says, or altered templates"

CAUSES: dict[str, str] = {
    "V001": _DISK,
    "V002": "an entry altered, removed, inserted or moved here, or the register written anew from here on",
    "V003": _HAND,
    "V004": _OLDER,
    "V005": "the register written anew from here or before; it may also be the head of another register",
    "V006": _HAND,
    "V007": _OTHER,
    "V008": _HAND,
    "V010": _DISK,
    "V011": _DISK,
    "V013": _FILE,
    "V014": _DISK,
    "V016": _HAND,
    "V030": _TEXT,
    "V031": _TEXT,
    "V032": _OLDER,
    "V033": _ANEW,
    "V034": _TEXT,
    "V036": "somebody who has a key that was given up",
    "V040": _TEXT,
    "V042": _TEXT,
    "V051": _FILE,
    "V052": _FILE,
    "V057": _OTHER,
    "V058": _OTHER,
    "V059": _OTHER,
    "V060": _OTHER,
    "V061": _OTHER,
    "V063": _PAGE,
    "V064": _PAGE,
    "V067": _OTHER,
}
"""The likely kinds of cause by the code of the first break."""


def first_break(findings: Sequence[Finding]) -> Finding | None:
    """Return the error at the lowest entry, or the first one that is at none."""
    errors = errors_in(findings)
    at_entries = [finding for finding in errors if finding.place.line]
    return min(at_entries, key=lambda finding: finding.place.line) if at_entries else next(iter(errors), None)


def likely(finding: Finding) -> str:
    """Return the likely kinds of cause of a break; empty when its own words must do."""
    return CAUSES.get(finding.code, "")
