"""Whether a workbook belongs to a mission, what may be named in it, and against which words it scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from measures.errors import PeriodError, RegisterError
from measures.finding import Finding, Place, find
from measures.intake.workbook.asks import Vocabulary, by_label
from measures.intake.workbook.entries import Author
from measures.intake.workbook.layout import score_key
from measures.intake.workbook.merge import Edit
from measures.intake.workbook.meta import Meta
from measures.period import Period
from measures.records import Records
from measures.records.mission import ROLES
from measures.register import GENESIS_HEAD, Head, Register


def vocabulary_of(records: Records) -> Vocabulary:
    """Return what a mission may name in a workbook."""
    levels: dict[str, set[str]] = {}
    criteria: dict[str, set[str]] = {}
    by_rubric: dict[str, set[str]] = {}
    for rubric in records.rubrics.values():
        for level in rubric.levels:
            levels.setdefault(level.id, set()).update(level.label.values())
        for criterion in rubric.criteria:
            criteria.setdefault(criterion.id, set()).update(criterion.title.values())
            by_rubric.setdefault(rubric.id, set()).add(criterion.id)
    mission, plan = records.mission, records.plan
    named = {
        "actor": {actor.id: tuple(actor.name.values()) for actor in mission.actors},
        "objective": {name: tuple(found.title.values()) for name, found in plan.objectives.items()},
    }
    return Vocabulary(
        levels={name: tuple(sorted(labels)) for name, labels in levels.items()},
        markings=tuple(mission.markings),
        named=named,
        criteria=by_label({name: tuple(titles) for name, titles in criteria.items()}),
        scores=frozenset(
            score_key(milestone.id, criterion)
            for milestone in plan.milestones.values()
            for criterion in by_rubric.get(milestone.rubric, ())
        ),
    )


def belongs(meta: Meta, name: str, records: Records, register: Register) -> Iterator[Finding]:
    """Yield why a workbook is not one of this mission and register."""
    mission, place = records.mission, Place(name)
    if meta.kind != "quarter":
        yield find("W013", place)
        return
    if meta.mission != mission.id:
        yield find("W009", place, got=meta.mission, expected=mission.id)
        return
    person = mission.person(meta.assessor)
    if person is None or person.role not in ROLES:
        yield find("W010", place, what="assessor", value=meta.assessor)
    try:
        inside = Period.parse(meta.period) in mission.periods
    except PeriodError:
        inside = False
    if not inside:
        yield find("W010", place, what="quarter", value=meta.period)
    if not _had(register, meta.head):
        yield find("W011", place, head=meta.head[:20])


def _had(register: Register, text: str) -> bool:
    """Return whether a register ever had a head."""
    try:
        head = Head.parse(text)
    except RegisterError:
        return False
    if head.size == 0:
        return head == GENESIS_HEAD
    if head.size > register.head().size:
        return False
    entry = register.entry(head.size)
    return entry is not None and entry.digest == head.digest


def author_of(
    members: Sequence[tuple[str, Meta]], records: Records, edits: Sequence[Edit]
) -> tuple[Author, list[Finding]]:
    """Return who scores and against which version of each rubric, and which rows show other words.

    Args:
        members: The workbooks of one assessor and quarter, by the name of their file.
        records: What the register holds.
        edits: Their edits.
    """
    metas = dict(members)
    first = members[0][1]
    versions: dict[str, str] = {}
    findings: list[Finding] = []
    digests: dict[str, str] = {}
    for edit in edits:
        milestone = records.plan.milestones.get(edit.row.key.partition("/")[0])
        if edit.row.sheet != "scores" or milestone is None:
            continue
        shown = metas[edit.row.at.file].rubrics
        holds = milestone.version_at(Period.parse(first.period))
        pins = [pin for pin in shown if pin.partition("@")[0] == milestone.rubric]
        pin = next((one for one in pins if one == f"{milestone.rubric}@{holds}"), pins[0] if pins else "")
        rubric = records.rubrics.get((milestone.rubric, pin.partition("@")[2]))
        held = digests.get(pin) or (rubric.digest if rubric is not None else "no such version")
        digests[pin] = held
        if rubric is None or held != shown[pin]:
            got = shown.get(pin, "no digest")[:12]
            expected = held[:12] if rubric is not None else held
            what = pin or milestone.rubric
            findings.append(find("W035", edit.row.place("score"), pin=what, got=got, expected=expected))
        elif rubric.version != holds:
            versions[milestone.id] = rubric.version
    person = records.mission.person(first.assessor)
    role = person.role if person is not None else first.role
    return Author(first.assessor, role, first.period, versions), findings
