"""Verification: is this register whole, in order, and the one whose heads were kept?

Needs none of the heavy libraries. Findings are placed at ``register.db:7`` for entry 7,
which is also line 7 of the JSON Lines export. What was wrong with the database is a finding
too; none, however damaged, raises. It asks an engine only, so that a register in PostgreSQL is
judged like a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from measures.errors import RegisterError, StoreError
from measures.finding import Finding, Place, errors_in, find
from measures.register import headfile, opening, together
from measures.register.chain import GENESIS_HEAD, Head
from measures.register.engine import Engine
from measures.register.location import Location
from measures.register.walk import Walk

HEAD_FILE = "the head file"


@dataclass(frozen=True, slots=True)
class Verification:
    """What verification found.

    Args:
        size: Number of the last entry.
        head: The head as stored; to be relied on when ``sound``.
        findings: What is wrong, in the order of the entries; hints and warnings among them.
        checked: What was looked at, in words; empty when nothing could be.
    """

    size: int
    head: Head
    findings: tuple[Finding, ...]
    checked: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing that was checked speaks against the register."""
        return not errors_in(self.findings)


@dataclass(frozen=True, slots=True)
class _Kept:
    """The heads to hold the register against: the one beside it, and those brought along."""

    beside: Head | None
    damage: tuple[Finding, ...]
    heads: tuple[tuple[str, Head], ...]


def verify(
    where: Location | Path | str,
    *,
    heads: Sequence[tuple[str, Head]] = (),
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Verify the register at ``where``.

    Args:
        where: The database file, the address of a PostgreSQL database, or either with its head file.
        heads: Heads held elsewhere, each with the name of where it was found.
        progress: Called now and then with the number of the entry just checked.
    """
    location = Location.of(where)
    # The head file is read first: an append meanwhile can only carry the register ahead of it.
    kept = _kept(location, heads)
    try:
        with closing(opening.looked_at(location)) as engine, engine.moment():
            what = engine.stranger()
            return _nothing(location, kept, what) if what else _verify(engine, location, kept, progress)
    except StoreError as error:
        return _nothing(location, kept, error.problem)


def _kept(location: Location, heads: Sequence[tuple[str, Head]]) -> _Kept:
    if location.head_file is None:
        return _Kept(None, (), tuple(heads))
    try:
        found = headfile.read(location.head_file)
    except RegisterError as error:
        damage = find("V011", Place(location.head_file.name), problem=error.message)
        return _Kept(None, (damage,), tuple(heads))
    return _Kept(found, (), ((HEAD_FILE, found), *heads) if found else tuple(heads))


def _nothing(location: Location, kept: _Kept, what: str) -> Verification:
    finding = find("V010", Place(location.name), what=what)
    return Verification(0, GENESIS_HEAD, (finding, *kept.damage), ())


def _verify(
    engine: Engine, location: Location, kept: _Kept, progress: Callable[[int], None] | None
) -> Verification:
    guards = tuple(_guards(engine))
    walk = Walk(engine.name, [head.size for _, head in kept.heads])
    together.over(walk, engine, location, progress)
    strayed = tuple(_strayed(engine, walk))
    anchors = tuple(_anchors(walk, kept, location))
    return Verification(
        size=walk.head.size,
        head=walk.head,
        findings=(*guards, *walk.findings, *strayed, *kept.damage, *anchors),
        checked=(
            f"digest, form, order and look-up columns of {walk.head.size} entries",
            engine.guarded,
            *(f"head of {head.size} entries according to {source}" for source, head in kept.heads),
        ),
    )


def _guards(engine: Engine) -> Iterator[Finding]:
    """Compare every table and trigger with what made it, and look who may do more than append."""
    place = Place(engine.name)
    found, expected = engine.objects(), engine.blueprint()
    for name, (what, sql) in expected.items():
        if found.get(name) != (what, sql):
            yield find("V008", place, what=what, name=name)
    for name in sorted(found.keys() - expected.keys()):
        yield find("V016", place, what=found[name][0], name=name)
    for role, power in engine.powers():
        yield find("V023", place, role=role, power=power)


def _strayed(engine: Engine, walk: Walk) -> Iterator[Finding]:
    """Hold the look-up index against the entries; where they cannot be read that says enough."""
    if walk.findings:
        return
    problem = engine.astray(walk.indexed, walk.head.size)
    if problem:
        yield find("V024", Place(engine.name), problem=problem)


def _anchors(walk: Walk, kept: _Kept, location: Location) -> Iterator[Finding]:
    file, size = location.name, walk.head.size
    for source, head in kept.heads:
        found = walk.digests.get(head.size, "none")
        if head.size > size:
            place, cut = Place(file, size), {"size": size, "expected": str(head), "first": size + 1}
            yield find("V004", place, source=source, **cut)
        elif found != head.digest:
            place, other = Place(file, head.size), {"found": found, "expected": head.digest}
            yield find("V005", place, seq=head.size, source=source, **other)
    if kept.beside is None and not kept.damage and size:
        yield find("V009", Place(file))
    if kept.beside is not None and location.head_file is not None and kept.beside.size < size:
        yield find("V012", Place(location.head_file.name), kept=kept.beside.size, size=size)
