"""The tables of a team lead's desk, short enough to be read standing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from measures.cli import output

if TYPE_CHECKING:
    from measures.workflow.desk import Desk, Owing
    from measures.workflow.returning import SentBack

_SHOWN = 12
"""So many lines of what went stale; --json has them all."""


def show(found: Desk, period: str) -> None:
    """Print what lies on the desk; what is empty is left out, but who owes what is always said."""
    back: dict[str, list[SentBack]] = {}
    for came in found.sent_back:
        back.setdefault(came.assessor or "not known", []).append(came)
    rows = [_owing(one, back.pop(one.who, [])) for one in found.owing]
    rows += [(who, "", "", _came(came)) for who, came in back.items()]
    owed = [row for row in rows if row[1] or row[3]]
    if owed:
        output.table(
            f"Who still owes what, {period}", ("Who", "Owes", "Milestones", "Came back with errors"), owed
        )
    elif found.owing:
        output.say(f"Nobody owes a score in {period}.")
    if found.stale:
        stale = [(f"{one.milestone} {one.criterion}", one.level, one.seen) for one in found.stale[:_SHOWN]]
        output.table("Gone stale", ("Question", "Level", "Last seen"), stale)
        if len(found.stale) > _SHOWN:
            output.say(f"… and {len(found.stale) - _SHOWN} more; --json lists them all.")
    if found.fell_due:
        output.table(f"Promises that fell due in {period}", ("Promise", "Due", "What"), found.fell_due)


def _owing(one: Owing, back: Sequence[SentBack]) -> tuple[str, str, str, str]:
    who = f"{one.who or 'nobody leads it'} {one.post}".strip()
    owes = f"{one.owed} of {one.of}" if one.owed else ""
    return who, owes, ", ".join(one.milestones), _came(back)


def _came(back: Sequence[SentBack]) -> str:
    return "\n".join(
        f"{one.file}: {one.errors} error{'s' if one.errors != 1 else ''}, {one.at[:10]}" for one in back
    )
