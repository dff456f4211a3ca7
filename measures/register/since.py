"""What was appended since somebody last looked, in words."""

from __future__ import annotations

from collections.abc import Sequence

from measures.register.chain import Entry

_NAMED = 12


def told(entries: Sequence[Entry], further: int = 0) -> str:
    """Return who appended what: ``PRJ-02 added 2 entries (assessment AS-31, citation C-90)``.

    Args:
        entries: The entries, oldest first; at least one.
        further: How many more there are.
    """
    actors = list(dict.fromkeys(entry.actor for entry in entries))
    named = [f"{entry.kind} {entry.ref}".strip()[:80] for entry in entries[:_NAMED]]
    count = len(entries) + further
    if count > len(named):
        named.append(f"{count - len(named)} more")
    who = ", ".join(actors[:-1]) + " and " + actors[-1] if len(actors) > 1 else actors[0]
    return f"{who} added {count} {'entry' if count == 1 else 'entries'} ({', '.join(named)})"
