"""Approvals as they stand: which bind, which are void and by what, and what waits for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from measures.records import MissionFile, Row
from measures.records.rows import superseded
from measures.register import Entry
from measures.workflow.basis import Ground, basis, since, told
from measures.workflow.recorded import Recorded

State = Literal["binds", "void", "refused", "overtaken"]

_TABLES = {"assessment": "assessments", "moderation": "moderations"}
_NEVER = "it names a state that the record never had"


@dataclass(frozen=True, slots=True)
class Standing:
    """An approval as it stands.

    Args:
        id: The approval's own id.
        entry: Number of its entry.
        kind, ref: What it approves.
        state: ``binds``; ``void`` when what was approved is no longer what stands; ``refused``;
            ``overtaken`` by a later decision on the same thing.
        why: Why it is void, or by which decision it was overtaken; empty else.
        whole: Whether it names its basis; without one it binds the digest of the entry alone.
    """

    id: str
    entry: int
    kind: str
    ref: str
    state: State
    why: str
    whole: bool


@dataclass(frozen=True)
class Approvals:
    """Every approval of a register, judged by what stands in it now.

    Args:
        recorded: What the register holds.
    """

    recorded: Recorded

    @cached_property
    def ground(self) -> Ground:
        """What rests on what."""
        return Ground([*self.recorded.latest.values(), *self.recorded.editions])

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Every approval, in the order of the register."""
        rows = self.recorded.records.rows("approvals")
        last = {(row["kind"], row["ref"]): row["id"] for row in rows}
        return tuple(self._standing(row, last[row["kind"], row["ref"]]) for row in rows)

    @cached_property
    def approved(self) -> frozenset[str]:
        """Ids of what has an approval that binds."""
        return frozenset(one.ref for one in self.standings if one.state == "binds")

    def of(self, kind: str, ref: str) -> Standing | None:
        """Return the last approval of a record."""
        return self._last.get((kind, ref))

    def period(self, one: Standing) -> str:
        """Return the quarter of what an approval approves; empty when it has none."""
        entry = self.ground.named(one.kind, one.ref)
        return entry.period if entry else ""

    @cached_property
    def _last(self) -> dict[tuple[str, str], Standing]:
        return {(one.kind, one.ref): one for one in self.standings}

    def _standing(self, row: Row, last: str) -> Standing:
        state, why = self._state(row, last)
        return Standing(row["id"], row.at.line, row["kind"], row["ref"], state, why, bool(row["basis"]))

    def _state(self, row: Row, last: str) -> tuple[State, str]:
        if row["id"] != last:
            return "overtaken", f"{last} decided later"
        if row["decision"] != "approved":
            return "refused", ""
        why = void(self.ground, row)
        return ("void", why) if why else ("binds", "")


def void(ground: Ground, row: Row) -> str:
    """Return why an approval no longer binds, in words; empty when it does.

    One that names its basis is void when anything under it changed. One that names none, as those
    written by hand may, is void only when the entry approved is no longer the one of that name.

    Args:
        ground: The register.
        row: The approval, as recorded.
    """
    kind, ref = row["kind"], row["ref"]
    entry = ground.named(kind, ref)
    if entry is None:
        return f"{kind} {ref} is not in the register"
    if not row["basis"]:
        return "" if entry.digest == row["digest"] else f"{kind} {ref} was recorded anew in entry {entry.seq}"
    added = since(ground, kind, ref, row["basis"], row.at.line)
    if added is None:
        return _NEVER
    return told(added, kind, ref)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that waits for approval.

    Args:
        entry: Its entry.
        basis: The digest of what it rests on now.
        under: How many entries that is.
        title: What it says, in one line.
        marking: Who may see it.
        authors: Codes of those who may not approve it.
        why: Why it waits: an approval is demanded, or the last one is void or was a refusal;
            empty when one may be given and nobody asks for it.
        demanded: Whether the rules of the mission demand an approval before print.
    """

    entry: Entry
    basis: str
    under: int
    title: str
    marking: str
    authors: frozenset[str]
    why: str
    demanded: bool

    @property
    def ref(self) -> str:
        """Id of the record."""
        return self.entry.ref


def waiting(approvals: Approvals, period: str = "") -> list[Waiting]:
    """Return the scores, moderations and editions of a quarter without an approval that binds.

    What was superseded is left out: nobody is asked to approve what no longer stands.

    Args:
        approvals: The approvals of the register.
        period: The quarter; every one when empty.
    """
    return [_waiting(approvals, entry) for entry in _standing(approvals.recorded, period)
            if entry.ref not in approvals.approved]  # fmt: skip


def demanded(approvals: Approvals, period: str) -> list[Waiting]:
    """Return what the mission's rules want approved before an edition of a quarter is printed."""
    return [one for one in waiting(approvals, period) if one.demanded]


def _standing(recorded: Recorded, period: str) -> Iterator[Entry]:
    """Yield the entries of a quarter that may be approved: those that stand."""
    for kind, table in _TABLES.items():
        rows = recorded.records.rows(table)
        gone = superseded(rows)
        for row in rows:
            if period in ("", row["period"]) and row["id"] not in gone:
                yield recorded.latest[kind, row["id"]]
    yield from {entry.ref: entry for entry in recorded.editions if period in ("", entry.period)}.values()


def _waiting(approvals: Approvals, entry: Entry) -> Waiting:
    rests = approvals.ground.under(entry.kind, entry.ref)
    body = {key: str(value) for key, value in entry.body.items() if isinstance(value, str)}
    must = approvals.recorded.records.mission.approval_of(entry.kind).before_print
    said_of = [
        body.get(key, "") for key in ("milestone", "criterion", "score", "settled", "edition", "marking")
    ]
    return Waiting(
        entry=entry,
        basis=basis(rests),
        under=len(rests),
        title=" ".join(word for word in said_of[:5] if word),
        marking=said_of[5],
        authors=approvals.ground.authors(entry),
        why=_why(approvals.of(entry.kind, entry.ref), body.get("score", ""), must=must),
        demanded=must,
    )


def _why(last: Standing | None, score: str, *, must: bool) -> str:
    if last is not None and last.state == "void":
        return f"{last.id} is void: {last.why}"
    if last is not None and last.state == "refused":
        return f"{last.id} refused it"
    if must:
        return "wanted before print"
    return "said not to apply" if score == "not-applicable" else ""


def may_approve(mission: MissionFile, kind: str, code: str) -> bool:
    """Return whether the rules of a mission let a person approve records of a kind."""
    allowed = mission.approval_of(kind).by
    person = mission.person(code)
    return person is not None and (not allowed or person.role in allowed)
