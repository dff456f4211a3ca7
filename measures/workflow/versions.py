"""Rubric versions: what changed between two, and freezing one in the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from measures import library
from measures.errors import MissionError, RubricError
from measures.finding import Finding, Place, errors_in, find, in_order
from measures.register import Draft, Head
from measures.rubric import (
    Known,
    Rubric,
    Shelf,
    join_ladders,
    lint,
    read_document,
    read_rubric,
    read_shelf,
    to_plain,
)
from measures.rubric.change import Change, compare
from measures.rubric.shelf import version_order
from measures.workflow.declared import since_newest, told
from measures.workflow.mission import Mission, open_mission
from measures.workflow.opening import has_register, open_register
from measures.workflow.record import recorder
from measures.workflow.shelf import one_rubric

_Rubrics = Mapping[tuple[str, str], Rubric]


@dataclass(frozen=True, slots=True)
class Freezing:
    """What publishing rubrics did.

    Args:
        findings: Everything found; when one is an error nothing was written.
        changes: For each rubric with an earlier version, what changed since.
        added: The versions frozen now, ``id@version``.
        unchanged: The versions that the register held already, word for word.
        head: The register's head afterwards.
    """

    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    added: tuple[str, ...]
    unchanged: tuple[str, ...]
    head: Head

    @property
    def refused(self) -> bool:
        """Whether errors kept everything from being written."""
        return bool(errors_in(self.findings))


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A rubric to publish.

    Args:
        file: What findings call its file.
        path: The file, where an author wrote it; none for a rubric of the product's shelf.
    """

    rubric: Rubric
    file: str
    path: Path | None = None


def diff(old: str, new: str, mission: Path | None = None) -> Change:
    """Return what changed between two rubrics.

    Args:
        old: A file, ``id`` or ``id@version``: in the mission's register, of the mission, or on the shelf.
        new: The later one; as ``old``.
        mission: The mission folder.

    Raises:
        RubricError: One of them is not found or not sound, or they are not one rubric.
    """
    before, after = find_rubric(old, mission), find_rubric(new, mission)
    if before.id != after.id:
        raise RubricError(
            f"Expected two versions of one rubric, got {before.pin} and {after.pin}.",
            "Versions share their id; a rubric that extends another is a rubric of its own.",
        )
    return compare(before, after)


def find_rubric(name: str, mission: Path | None = None) -> Rubric:
    """Return a rubric by file, id or ``id@version``.

    A version that the register holds is what it holds, whatever a file of that version says now.

    Raises:
        RubricError: It is not found, or its file is not sound.
    """
    path = Path(name)
    if not _is_file(path):
        kept = _on_record(mission)
        wanted, _, version = name.partition("@")
        if (wanted, version) in kept:
            return kept[wanted, version]
        return _on_shelf(name, mission)
    rubric, findings = read_rubric(path, name, _known(_seen(mission)))
    if rubric is None:
        first = errors_in(findings)[0]
        raise RubricError(f"{first.place}: {first.message}", first.remedy)
    return rubric


def _is_file(path: Path) -> bool:
    return path.suffix in (".yaml", ".yml") or path.is_file()


def _seen(mission: Path | None) -> Shelf:
    return read_shelf(library.rubric_files(mission), library.table_files(mission))


def _known(seen: Shelf) -> Known:
    return Known(seen.rubrics, seen.tables)


def _on_record(mission: Path | None) -> _Rubrics:
    if mission is None or not has_register(mission):
        return {}
    return open_mission(mission).rubrics


def _on_shelf(name: str, mission: Path | None) -> Rubric:
    """Return a rubric of the mission's folder or the product's; say which file could not be read."""
    try:
        return one_rubric(name, mission)
    except RubricError as error:
        seen = _seen(mission)
        sound = set(seen.names.values())
        unread = [found for found in errors_in(seen.findings) if found.place.file not in sound]
        if not unread:
            raise
        first = unread[0]
        raise RubricError(error.message, f"{first.place} could not be read: {first.message}") from None


def freeze(
    names: Sequence[str], mission: Path, *, at: str, actor: str = "", dry_run: bool = False
) -> Freezing:
    """Freeze rubrics in the register: from now on (id, version) means exactly these words.

    Args:
        names: Ids, ``id@version`` or files of rubrics; every rubric of the mission's own
            folder when there are none.
        mission: The mission folder, recorded before.
        at: The time, UTC.
        actor: Code of who publishes; may be left out when mission.yaml names one person only.
        dry_run: Check everything, write nothing.

    Raises:
        MissionError: There is no recorded mission, no single actor, or no rubric to publish.
        RubricError: A rubric is not found.
        StaleHeadError: Somebody else appended meanwhile; nothing was written.
    """
    opened = open_mission(mission, at=at)
    chosen, findings = _chosen(names, mission)
    changes: list[Change] = []
    added: dict[tuple[str, str], _Chosen] = {}
    unchanged = []
    for one in sorted(chosen, key=lambda one: (one.rubric.id, version_order(one.rubric.version))):
        rubric, key = one.rubric, (one.rubric.id, one.rubric.version)
        kept = opened.rubrics.get(key)
        if kept is not None and kept.digest == rubric.digest:
            unchanged.append(str(rubric.pin))
            continue
        if key in added:
            findings += _same_version(one, added[key])
            continue
        findings += _weak(one)
        if kept is not None:
            findings.append(
                find("R009", Place(one.file), rubric=key[0], version=key[1], digest=kept.digest[:12])
            )
            continue
        known = {**opened.rubrics, **{pin: other.rubric for pin, other in added.items()}}
        change = since_newest(rubric, known)
        changes += [change] if change is not None else []
        findings += told(rubric, known, Place(one.file))
        findings += _joins(rubric, known, Place(one.file))
        added[key] = one
    head = opened.recorded.head
    if added and not dry_run and not errors_in(findings):
        head = _append([one.rubric for one in added.values()], opened, at, actor)
    pins = tuple(str(one.rubric.pin) for one in added.values())
    return Freezing(in_order(findings), tuple(changes), pins, tuple(dict.fromkeys(unchanged)), head)


def _append(rubrics: Sequence[Rubric], opened: Mission, at: str, actor: str) -> Head:
    code, role = recorder(opened.file, actor)
    source = "measures rubric publish"
    drafts = [Draft("rubric", str(rubric.pin), to_plain(rubric), source) for rubric in rubrics]
    with open_register(opened.folder) as register:
        return register.append(drafts, expect=opened.recorded.head, at=at, actor=code, role=role)


def _chosen(names: Sequence[str], mission: Path) -> tuple[list[_Chosen], list[Finding]]:
    """Return the rubrics to publish, and what is wrong with their files."""
    seen = _seen(mission)
    own = {path: f"rubrics/{path.name}" for path in sorted((mission / "rubrics").glob("*.yaml"))}
    if not names and not own:
        raise MissionError(
            f"Expected rubrics of its own in {mission / 'rubrics'}, found none.",
            "Name the rubrics of the shelf to publish, such as: measures rubric publish logistics.",
        )
    chosen: list[_Chosen] = []
    findings = [] if names else [found for found in seen.findings if found.place.file in own.values()]
    for path, file in own.items():
        rubric, _ = read_rubric(path, file, _known(seen))
        if rubric is not None:
            chosen.append(_Chosen(rubric, file, path))
    if not names:
        return chosen, findings
    named = []
    for name in names:
        path = Path(name)
        if not _is_file(path):
            rubric = _on_shelf(name, mission)
            named.append(next((one for one in chosen if one.rubric == rubric), _Chosen(rubric, name)))
            continue
        file = _within(path, mission)
        rubric_read, wrong = read_rubric(path, file, _known(seen))
        findings += wrong
        if rubric_read is not None:
            named.append(_Chosen(rubric_read, file, path))
    return named, findings


def _within(path: Path, mission: Path) -> str:
    """Return what findings call a file: its place in the mission folder, or its full path."""
    whole, folder = path.resolve(), mission.resolve()
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else str(whole)


def _same_version(one: _Chosen, other: _Chosen) -> Iterator[Finding]:
    """Yield a finding when two files to publish give one version in different words."""
    if one.rubric.digest != other.rubric.digest:
        pin = one.rubric.pin
        yield find("R010", Place(one.file), rubric=pin.rubric, version=pin.version, other=other.file)


def _weak(one: _Chosen) -> list[Finding]:
    """Return what lint finds in a file; the shelf's own were linted when the product was made."""
    if one.path is None:
        return []
    return lint(read_document(one.path, one.file)[0])


def _joins(rubric: Rubric, known: _Rubrics, place: Place) -> Iterator[Finding]:
    """Yield a finding when the ladder puts levels in another order than those on record."""
    try:
        join_ladders([*known.values(), rubric])
    except RubricError:
        for other in known.values():
            shared = [level for level in rubric.ladder if level in other.ladder]
            for x, y in pairwise(shared):
                if other.rung(x) > other.rung(y):
                    yield find("R007", place, a=str(other.pin), b=str(rubric.pin), x=x, y=y)
                    return
        yield find("R007", place, a="the others", b=str(rubric.pin), x=rubric.ladder[1], y=rubric.ladder[-1])
