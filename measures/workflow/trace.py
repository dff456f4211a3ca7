"""Tracing: from anything on record to what it rests on, and to what rests on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from measures.errors import TraceError
from measures.finding import did_you_mean, one_of
from measures.records.links import CLAIM, CRITERION, EDITION, QUARTER, links, quarter_of
from measures.records.tables import NON_SCORES
from measures.register import Entry
from measures.report.tracepage import Node
from measures.workflow.trace_reader import MOST_READ, Reader, reading
from measures.workflow.trace_words import (
    bearing,
    card,
    claim_card,
    criterion_card,
    missing,
    rubric_card,
    settling,
)

__all__ = ["MOST", "MOST_READ", "Node", "Reader", "reading", "trace"]

MOST = 100
"""How many steps are listed at one place; the rest is counted."""

_DIGEST = re.compile(r"[0-9a-f]{8,64}")
_Step = Callable[[], Node]


def trace(reader: Reader, ref: str, *, down: bool = True, up: bool = True, most: int = MOST) -> Node:
    """Return what ``ref`` is, what it rests on and what rests on it.

    Args:
        reader: The register, as :func:`reading` opens it.
        ref: The id of a claim of a published edition; of any record, with its kind and a colon
            before it where several bear the same; a criterion of a milestone, ``M-01/plan``; a
            rubric's words, ``id@version#criterion/level``; an entry's number; or at least eight
            digits of its digest.
        down: Follow what it rests on.
        up: Follow what rests on it.
        most: How many steps to list at one place; what a claim names is listed whole.

    Raises:
        TraceError: Nothing of that name is in the register, or more than one thing.
    """
    found = _found(reader, ref)
    below = _Down(reader, most, found).nodes() if down else ()
    above = _Up(reader, most, found).nodes() if up else ()
    return replace(_card(reader, found), below=below, above=above)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is traced, or a step of it.

    Args:
        kind: Kind of record, claim or criterion.
        name: Its id.
        entry: Its entry; of a claim that of the edition; none for a criterion or a rubric's words.
        claim: The claim.
    """

    kind: str
    name: str
    entry: Entry | None = None
    claim: Mapping[str, Any] | None = None


def _found(reader: Reader, ref: str) -> _Subject:
    kind, _, name = ref.partition(":")
    entries = [entry for entry in reader.about(name) if entry.kind == kind] or reader.about(ref)
    kinds = sorted({entry.kind for entry in entries})
    if len(kinds) > 1:
        raise TraceError(
            f"Expected one record called {ref!r}, found {one_of(kinds).replace(' or ', ' and ')}.",
            f"Say which, such as {kinds[0]}:{ref}.",
        )
    if entries:
        return _of(entries[-1])
    for entry, _how in reversed(reader.naming(CLAIM, ref)):
        if entry.kind == EDITION:
            claim = next(claim for claim in entry.body.get("claims", ()) if claim["id"] == ref)
            return _Subject(CLAIM, ref, entry, claim)
    if reader.naming(CRITERION, ref) or _planned(reader, ref):
        return _Subject(CRITERION, ref)
    if reader.rubric(ref.partition("#")[0]) is not None:
        return _Subject("rubric", ref)
    numbered = reader.entry(int(ref)) if ref.isascii() and ref.isdigit() and len(ref) < 16 else None
    sealed = reader.sealed(ref.lower()) if _DIGEST.fullmatch(ref.lower()) else []
    if numbered is not None or len(sealed) == 1:
        return _of(numbered or sealed[0])
    near = reader.near(ref)
    hint = " It is named there, but not recorded." if ref in near else did_you_mean(ref, near)
    raise TraceError(
        f"Expected a claim, a record or an entry of this mission, got {ref!r}.{hint}",
        "Claim ids stand at the end of a published report; `measures report` makes one.",
    )


def _of(entry: Entry) -> _Subject:
    return _Subject(entry.kind, entry.ref, entry)


def _planned(reader: Reader, ref: str) -> bool:
    """Return whether ``M-01/plan`` is a criterion that the milestone's rubric has, scored or not."""
    milestone, _, criterion = ref.partition("/")
    entry = reader.latest("milestone", milestone) if criterion else None
    rubric = reader.rubric(_pin(entry)) if entry else None
    return rubric is not None and any(found.id == criterion for found in rubric.criteria)


def _pin(milestone: Entry) -> str:
    return f"{milestone.body.get('rubric', '')}@{milestone.body.get('version', '')}"


def _card(reader: Reader, at: _Subject) -> Node:
    if at.kind == CRITERION:
        return criterion_card(reader, at.name)
    if at.kind == "rubric":
        return rubric_card(reader, at.name)
    if at.entry is None:
        return missing(at.kind, at.name)
    return claim_card(reader, at.entry, at.claim) if at.claim else card(reader, at.entry)


class _Way:
    """One direction of a trace; each node is shown in full once."""

    def __init__(self, reader: Reader, most: int, top: _Subject) -> None:
        self._reader = reader
        self._most = most
        self._top = top
        self._seen = {(top.kind, top.name)}

    def nodes(self) -> tuple[Node, ...]:
        """Return the steps next to what is traced, each with its own."""
        return self._listed(self._steps(self._top), self._most)

    def _node(self, kind: str, name: str, how: str = "") -> Node:
        """Return a record with its own steps; by its name alone when it was shown before."""
        at = _Subject(kind, name, self._reader.latest(kind, name))
        made = replace(_card(self._reader, at), how=how)
        if (kind, name) in self._seen:
            return replace(made, text="", notes=(), again=True)
        self._seen.add((kind, name))
        return self._joined(made, self._listed(self._steps(at), self._most))

    def _listed(self, steps: Iterable[_Step], most: int) -> tuple[Node, ...]:
        waiting = list(steps)
        made = [step() for step in waiting[:most]]
        if len(waiting) > most:
            made.append(Node("more", "", f"and {len(waiting) - most} more; --all lists them", 0, ""))
        return tuple(made)

    def _steps(self, at: _Subject) -> Iterator[_Step]:
        raise NotImplementedError

    def _joined(self, node: Node, nodes: tuple[Node, ...]) -> Node:
        raise NotImplementedError


class _Down(_Way):
    """What a thing rests on."""

    def nodes(self) -> tuple[Node, ...]:
        """Return the steps next to what is traced; of a claim each, since it says that it rests on all."""
        claim = self._top.claim
        return self._listed(self._steps(self._top), len(claim["basis"]) if claim else self._most)

    def _joined(self, node: Node, nodes: tuple[Node, ...]) -> Node:
        return replace(node, below=nodes)

    def _steps(self, at: _Subject) -> Iterator[_Step]:
        entry = at.entry
        if at.kind == CRITERION:
            yield from self._of_criterion(at.name)
        elif entry is None or at.kind == "rubric":
            return
        elif at.claim is not None:
            yield from self._of_claim(at.claim)
        elif at.kind == EDITION:
            for claim in entry.body.get("claims", ()):
                yield partial(claim_card, self._reader, entry, claim)
        elif at.kind == "assessment":
            yield from self._of_score(entry)
        elif at.kind == "moderation":
            yield from self._of_moderation(entry)
        else:
            yield from self._of_links(entry)

    def _of_claim(self, claim: Mapping[str, Any]) -> Iterator[_Step]:
        """Yield what a claim rests on; evidence is shown below the score that cites it."""
        basis: Sequence[Mapping[str, str]] = claim["basis"]
        scores = [str(ref["id"]) for ref in basis if ref["kind"] == "assessment"]
        cited = {
            str(citation.body.get("evidence", ""))
            for score in scores
            for citation, _ in self._reader.naming("assessment", score, "citation")
        }
        for ref in basis:
            kind, name = str(ref["kind"]), str(ref["id"])
            if not ((kind == "rubric" and scores) or (kind == "evidence" and name in cited)):
                yield partial(self._node, kind, name)

    def _of_score(self, entry: Entry) -> Iterator[_Step]:
        body = entry.body
        if entry.supersedes:
            yield partial(self._node, "assessment", entry.supersedes, "corrects")
        if body.get("score", "") not in NON_SCORES and body.get("rubric"):
            words = f"{body.get('rubric', '')}#{body.get('criterion', '')}/{body.get('score', '')}"
            yield partial(self._node, "rubric", words)
        for citation, _ in self._reader.naming("assessment", entry.ref, "citation"):
            yield partial(self._node, "evidence", str(citation.body.get("evidence", "")), bearing(citation))

    def _of_moderation(self, entry: Entry) -> Iterator[_Step]:
        body = entry.body
        if entry.supersedes:
            yield partial(self._node, "moderation", entry.supersedes, "corrects")
        for score, _ in self._reader.naming(QUARTER, quarter_of(body), "assessment"):
            yield partial(self._node, "assessment", score.ref)

    def _of_criterion(self, name: str) -> Iterator[_Step]:
        milestone, _, criterion = name.partition("/")
        yield partial(self._node, "milestone", milestone)
        entry = self._reader.latest("milestone", milestone)
        if entry is not None:
            yield partial(self._node, "rubric", f"{_pin(entry)}#{criterion}")

    def _of_links(self, entry: Entry) -> Iterator[_Step]:
        done = {(entry.kind, entry.ref)}
        for link in links(entry.kind, entry.body, entry.supersedes):
            kind = link.kind or next((found.kind for found in self._reader.about(link.id)), "")
            if (kind, link.id) not in done:
                done.add((kind, link.id))
                yield partial(self._linked, kind, link.id, link.how)

    def _linked(self, kind: str, name: str, how: str) -> Node:
        """Return a record that a body names; of what has to come first, no more than that."""
        if how == "depends_on":
            at = _Subject(kind, name, self._reader.latest(kind, name))
            return replace(_card(self._reader, at), how="which has to come first")
        return self._node(kind, name, "corrects" if how == "supersedes" else "")


class _Up(_Way):
    """What rests on a thing."""

    def _joined(self, node: Node, nodes: tuple[Node, ...]) -> Node:
        return replace(node, above=nodes)

    def _steps(self, at: _Subject) -> Iterator[_Step]:
        if at.kind == CLAIM:
            for found, _ in self._reader.naming(CLAIM, at.name):
                yield partial(self._node, found.kind, found.ref, "says it" if found.kind == EDITION else "")
            return
        yield from self._on(at)
        if at.kind == "milestone":
            for name in self._reader.criteria(at.name):
                yield partial(criterion_card, self._reader, name)
        elif at.kind == "assessment" and at.entry is not None:
            for found in settling(self._reader, at.entry):
                yield partial(self._node, "moderation", found.ref, "settles the quarter")

    def _on(self, at: _Subject) -> Iterator[_Step]:
        editions: dict[str, Entry] = {}
        for entry, how in self._reader.naming(at.kind, at.name.partition("#")[0]):
            if entry.kind == EDITION:
                editions[entry.ref] = entry
            elif entry.kind != "citation":
                yield partial(self._node, entry.kind, entry.ref, _HOW.get(how[0], ""))
            elif at.kind == "evidence":
                score = str(entry.body.get("assessment", ""))
                yield partial(self._node, "assessment", score, f"cites it, {bearing(entry)}")
        for entry in editions.values():
            yield partial(self._edition, entry, at)
        if self._reader.overflows(at.name):
            more = f"more than {self._reader.most} entries name it; --all reads every one"
            yield partial(Node, "more", "", more, 0, "")

    def _edition(self, entry: Entry, at: _Subject) -> Node:
        """Return an edition with the sentences that rest on a record; further up only their number."""
        claims = [claim for claim in entry.body.get("claims", ()) if _rests(claim, at)]
        count = f"{len(claims)} sentences rest" if len(claims) > 1 else "one sentence rests"
        made = replace(card(self._reader, entry), notes=(), how=f"{count} on it")
        if at is not self._top:
            return made
        steps = (partial(claim_card, self._reader, entry, claim) for claim in claims)
        return replace(made, above=self._listed(steps, self._most))


_HOW = {
    "supersedes": "corrects it",
    "depends_on": "depends on it",
    "disruptions": "tells of a disruption by it",
}


def _rests(claim: Mapping[str, Any], at: _Subject) -> bool:
    """Return whether a sentence rests on a record; on a rubric when it rests on any of its words."""
    named = [(str(ref["kind"]), str(ref["id"])) for ref in claim["basis"]]
    if at.kind == "rubric":
        return any(kind == "rubric" and name.startswith(at.name) for kind, name in named)
    return (at.kind, at.name) in named
