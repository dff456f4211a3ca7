"""Findings about audits (A): work papers, and what auditors found."""

from __future__ import annotations

from measures.finding.kind import Kind

# fmt: off
KINDS = (
    # A001-A009: what an auditor found
    Kind("A001", "error", "Not an auditor", "Expected an auditor, got {auditor} with the role {role}.", "Give somebody in mission.yaml the role auditor or external, and name their code."),
    Kind("A002", "error", "Own work audited", "{auditor} has scored, settled or approved {ref}, and may not audit it.", "Somebody else looks at it."),
    Kind("A003", "error", "Something else audited", "No {kind} {ref} with the digest {digest} is on record.", "Draw the sample again; what was looked at is not what the register holds."),
    Kind("A004", "error", "Disagreement without ground", "Expected a remark that says why {ref} is disagreed with, in at least {limit} characters, got {got}.", "Say what the evidence shows instead."),
    Kind("A005", "error", "Finding does not fit", "Expected {expected}, got {got}.", "Blind, only a level is found, or cannot-tell; else the auditor agrees, disagrees or cannot tell."),
    Kind("A006", "error", "Sentence has no level", "A sentence was found at {level}, but only scores have levels.", "Leave the level empty, and say in the remark what is wrong."),
    # A010-A015: work papers
    Kind("A010", "error", "Not a work paper", "Expected a work paper that `measures sample` wrote, found no {what}.", "Copy what was filled in, as values, into the work paper."),
    Kind("A011", "error", "Work paper of another mission", "The work paper is of the mission {got!r}, this register of {expected!r}.", "Name the right mission folder with --mission."),
    Kind("A012", "error", "Work paper altered", "What the hidden sheet says was drawn is not what was drawn.", "Draw the sample again with the same seed, and copy what was filled in."),
    Kind("A013", "error", "Row not drawn", "The row {row!r} is none that was drawn, or stands twice.", "Remove it; a sample is not added to by hand."),
    Kind("A014", "warning", "Rows left open", "{open} of {drawn} rows say nothing yet; the others are taken.", "Fill them in and give the paper again; what is recorded already is skipped."),
    Kind("A015", "error", "Half filled in", "Row {ref} has {got} but no {missing}.", "Fill in the cell, or empty the others."),
)
# fmt: on
