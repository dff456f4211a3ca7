"""A trace as a tree of nodes, and the page that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a trace.

    Args:
        kind: claim, assessment, rubric, evidence, milestone ... or ``more`` for what is not listed.
        id: Its id.
        text: What it says.
        entry: Its entry in the register, 0 when it has none of its own.
        digest: The digest of that entry.
        below: What it rests on.
        above: What rests on it.
        how: How it is joined to the step before.
        notes: What became of it: superseded, settled, approved.
        marking: Who may see it; empty when it bears none.
        again: Whether it is shown in full further up, and here by its name alone.
    """

    kind: str
    id: str
    text: str
    entry: int
    digest: str
    below: tuple[Node, ...] = ()
    above: tuple[Node, ...] = ()
    how: str = ""
    notes: tuple[str, ...] = ()
    marking: str = ""
    again: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the tree as plain values for JSON output."""
        return {
            "kind": self.kind,
            "id": self.id,
            "text": self.text,
            "entry": self.entry,
            "digest": self.digest,
            "how": self.how,
            "notes": list(self.notes),
            "marking": self.marking,
            "again": self.again,
            "below": [node.to_dict() for node in self.below],
            "above": [node.to_dict() for node in self.above],
        }


@dataclass(frozen=True, slots=True)
class TracePage:
    """What the page of a trace shows.

    Args:
        top: What was traced.
        mission: The mission's name.
        head: The register's head that it was traced in, ``size:digest``.
        marking: The highest marking of anything on the page.
        software: Name and version of the product.
        directions: Whether what it rests on is shown, and whether what rests on it is.
    """

    top: Node
    mission: str
    head: str
    marking: str
    software: str
    directions: tuple[bool, bool]
