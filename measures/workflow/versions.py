"""Rubric versions: what changed between two, and freezing one in the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from measures import library
from measures.errors import MissionError, RubricError
from measures.finding import Finding, Place, errors_in, find, in_order
from measures.register import Draft, Head, Register
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
from measures.workflow.mission import Mission, open_mission
from measures.workflow.record import REGISTER_FILE, recorder
from measures.workflow.shelf import one_rubric


@dataclass(frozen=True, slots=True)
class Freezing:
    """What publishing rubrics did.

    Args:
        findings: Everything found; when one is an error nothing was written.
        changes: For each rubric with an earlier version on record, what changed since.
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


def diff(old: str, new: str, mission: Path | None = None) -> Change:
    """Return what changed between two rubrics.

    Args:
        old: A file, ``id`` or ``id@version``: on the shelf, of the mission, or in its register.
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

    Raises:
        RubricError: It is not found, or its file is not sound.
    """
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        seen = read_shelf(library.rubric_files(mission), library.table_files(mission))
        rubric, findings = read_rubric(path, name, Known(seen.rubrics, seen.tables))
        if rubric is None:
            first = errors_in(findings)[0]
            raise RubricError(f"{first.place}: {first.message}", first.remedy)
        return rubric
    try:
        return one_rubric(name, mission)
    except RubricError:
        kept = _on_record(name, mission)
        if kept is None:
            raise
        return kept


def _on_record(name: str, mission: Path | None) -> Rubric | None:
    if mission is None or not (mission / REGISTER_FILE).is_file():
        return None
    wanted, _, version = name.partition("@")
    return open_mission(mission).rubrics.get((wanted, version))


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
        RubricError: A rubric is not found or not sound.
        StaleHeadError: Somebody else appended meanwhile; nothing was written.
    """
    opened = open_mission(mission, at=at)
    seen = read_shelf(library.rubric_files(mission), library.table_files(mission))
    chosen = _chosen(names, mission, seen)
    findings = [finding for finding in seen.findings if _of(finding, chosen)]
    changes: list[Change] = []
    added, unchanged = [], []
    for rubric, path in chosen:
        kept = opened.rubrics.get((rubric.id, rubric.version))
        if kept is not None and kept.digest == rubric.digest:
            unchanged.append(str(rubric.pin))
            continue
        findings += _weak(path)
        place = Place(_name(path, rubric))
        if kept is not None:
            findings.append(
                find("R009", place, rubric=rubric.id, version=rubric.version, digest=kept.digest[:12])
            )
            continue
        earlier = _newest_before(rubric, opened)
        if earlier is not None:
            changes.append(compare(earlier, rubric))
            findings += told(changes[-1], place)
        findings += _joins(rubric, opened, place)
        added.append(rubric)
    head = opened.recorded.head
    if added and not dry_run and not errors_in(findings):
        who = recorder(opened.file, actor)
        drafts = [Draft("rubric", str(rubric.pin), to_plain(rubric), "publish") for rubric in added]
        with Register.open(mission / REGISTER_FILE) as register:
            head = register.append(drafts, expect=head, at=at, actor=who[0], role=who[1])
    pins = tuple(str(rubric.pin) for rubric in added)
    return Freezing(in_order(findings), tuple(changes), pins, tuple(unchanged), head)


def _chosen(names: Sequence[str], mission: Path, seen: Shelf) -> list[tuple[Rubric, Path | None]]:
    if names:
        return [(find_rubric(name, mission), Path(name) if Path(name).is_file() else None) for name in names]
    own = {f"rubrics/{path.name}": path for path in sorted((mission / "rubrics").glob("*.yaml"))}
    if not own:
        raise MissionError(
            f"Expected rubrics of its own in {mission / 'rubrics'}, found none.",
            "Name the rubrics of the shelf to publish, such as: measures rubric publish logistics.",
        )
    found = [(rubric, own[seen.names[key]]) for key, rubric in seen.rubrics.items() if seen.names[key] in own]
    return list(found)


def _of(finding: Finding, chosen: Sequence[tuple[Rubric, Path | None]]) -> bool:
    return finding.place.file in {_name(path, rubric) for rubric, path in chosen}


def _name(path: Path | None, rubric: Rubric) -> str:
    return f"rubrics/{path.name if path is not None else rubric.id + '.yaml'}"


def _weak(path: Path | None) -> list[Finding]:
    """Return what lint finds in a file; the shelf's own were linted when the product was made."""
    if path is None:
        return []
    return lint(read_document(path, f"rubrics/{path.name}")[0])


def _newest_before(rubric: Rubric, mission: Mission) -> Rubric | None:
    kept = [found for (name, _), found in mission.rubrics.items() if name == rubric.id]
    return max(kept, key=lambda found: version_order(found.version), default=None)


def told(change: Change, place: Place) -> Iterator[Finding]:
    """Yield what the author declares too mildly, and what nobody declares."""
    for declared in change.understated:
        kinds = [d for d in change.differences if declared.criterion in ("", d.criterion)]
        gravest = max(kinds, key=lambda found: _grave(found.least))
        what = gravest.what if not gravest.criterion else f"{gravest.criterion}, {gravest.what}"
        yield find("R017", place, new=str(change.new), old=change.old.version, declared=declared.kind,
                   what=what, least=gravest.least)  # fmt: skip
    for found in change.undeclared:
        what = found.what if not found.criterion else f"{found.criterion}, {found.what}"
        yield find("R018", place, new=str(change.new), old=change.old.version, what=what,
                   presumed=found.presumed)  # fmt: skip


def _grave(kind: str) -> int:
    from measures.rubric.model import CHANGES

    return CHANGES.index(kind)


def _joins(rubric: Rubric, mission: Mission, place: Place) -> Iterator[Finding]:
    """Yield a finding when the ladder puts levels in another order than one on record."""
    for other in mission.rubrics.values():
        try:
            join_ladders((other, rubric))
        except RubricError:
            yield find(
                "R007", place, a=str(other.pin), b=str(rubric.pin), x=rubric.ladder[1], y=rubric.ladder[-1]
            )
            return
