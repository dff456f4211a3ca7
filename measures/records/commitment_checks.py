"""Rules about commitments and changed targets: they name what exists, and nothing changes unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from measures.finding import Finding, find
from measures.period import Interval
from measures.records.commitments import Retarget
from measures.records.plan import Milestone, Objective, Plan
from measures.records.references import Known, off_ladder
from measures.records.rows import Records
from measures.rubric.model import Texts, said


def commitments_refer(records: Records) -> Iterator[Finding]:
    """Actors and evidence of commitments are known; the partner's own acts name one of its actors."""
    known = Known(records)
    partner = {actor.id for actor in records.mission.actors if actor.side == "partner"}
    for objective in records.plan.objectives.values():
        given, at = objective.commitments, objective.place
        for act in given.acts:
            yield from known.check(act.by, at, "by", "actor")
        cited = [found.evidence for found in given.acts] + [found.evidence for found in given.resources]
        for evidence in cited:
            yield from known.check(evidence, at, "evidence", "evidence")
        for what, acts in (
            ("agreed", given.agreed),
            ("concurrence", given.concurrence),
            ("host_decisions", given.decisions),
        ):
            if any(act.by and not partner & set(act.by) for act in acts):
                yield find("C045", at, what=what, id=objective.id)


def retargets_fit(records: Records) -> Iterator[Finding]:
    """Changes of a target lead from one to the next and to what stands in the plan, and none is backdated.

    A target may be lowered openly; it may not be lowered for quarters that are over when it is
    decided (method, section 9).
    """
    for objective in records.plan.objectives.values():
        yield from _fit(records, objective, {"title": objective.title})
    for milestone in records.plan.milestones.values():
        now: dict[str, Texts] = {
            "target": {"en": milestone.target},
            "due": {"en": str(milestone.due)},
            "title": milestone.title,
        }
        yield from _fit(records, milestone, now)
        yield from _on_ladder(records, milestone)


def closings_fit(records: Records) -> Iterator[Finding]:
    """A milestone closes after a quarter that it owed, not for quarters that are over, by somebody known."""
    known = _deciders(records)
    for milestone in records.plan.milestones.values():
        closed = milestone.closed
        if closed is None:
            continue
        if closed.approved_by and closed.approved_by not in known:
            yield find("C001", milestone.place, column="approved_by", value=closed.approved_by,
                       what="person or actor", hint="")  # fmt: skip
        after = closed.until + 1
        if closed.until < milestone.first:
            problem = f"it owes scores from {milestone.first} on, and {closed.until} is earlier"
        elif closed.date.start > after.last_day(records.mission.year_starts):
            problem = f"it was decided in {closed.date.text}, when {after} was over"
        else:
            continue
        yield find("C048", milestone.place, id=milestone.id, problem=problem)


def _deciders(records: Records) -> set[str]:
    """Return the people and actors that may approve a change of the plan."""
    people = {person.code for person in records.mission.people}
    return {*people, *(actor.id for actor in records.mission.actors)}


def _fit(records: Records, item: Objective | Milestone, now: dict[str, Texts]) -> Iterator[Finding]:
    known = _deciders(records)
    for change in item.retargets:
        if change.approved_by and change.approved_by not in known:
            yield find("C001", item.place, column="approved_by", value=change.approved_by,
                       what="person or actor", hint="")  # fmt: skip
        if problem := _problem(records, item, change):
            yield find("C043", item.place, id=item.id, problem=problem)
    for what, standing in now.items():
        changes = [change for change in item.retargets if change.what == what]
        if changes and (gap := _gap(changes, standing)):
            yield find("C043", item.place, id=item.id, problem=f"{what}: {gap}")


def _problem(records: Records, item: Objective | Milestone, change: Retarget) -> str:
    """Return what is wrong with one change by itself."""
    if _same(change.old, change.new):
        return f"old and new are the same ({said(change.new)})"
    if item.first is not None and change.first <= item.first:
        return f"nothing held before {change.first}, in which it begins"
    ended = change.first.last_day(records.mission.year_starts)
    if change.date.start > ended:
        return f"it was decided in {change.date.text}, when {change.first} was over"
    return ""


def _gap(changes: Sequence[Retarget], standing: Texts) -> str:
    """Return where the chain from the first old wording to the present one breaks."""
    for before, after in pairwise(changes):
        if not _same(before.new, after.old):
            return f"{said(before.new)!r} is followed by {said(after.old)!r}"
    last = changes[-1].new
    return "" if _same(last, standing) else f"{said(last)!r} is the last, but {said(standing)!r} stands"


def _same(a: Texts, b: Texts) -> bool:
    shared = a.keys() & b.keys()
    return bool(shared) and all(a[language] == b[language] for language in shared)


def _on_ladder(records: Records, milestone: Milestone) -> Iterator[Finding]:
    """Yield the levels that no rubric on record has; an earlier target may be of an earlier rubric."""
    rubric = records.rubrics.get((milestone.rubric, milestone.version))
    levels = {level for known in records.rubrics.values() for level in known.ladder} | {milestone.target}
    for change in milestone.retargets:
        for words in (change.old, change.new):
            if rubric and words and change.what == "target" and said(words) not in levels:
                yield off_ladder(milestone.place, said(words), rubric)


def targets_told(before: Plan, after: Plan) -> Iterator[Finding]:
    """A target or due quarter that differs from what was recorded is listed under retargets.

    Args:
        before: The plan as recorded.
        after: The plan as it would be recorded.
    """
    for name, old in before.milestones.items():
        new = after.milestones.get(name)
        if new is None:
            continue
        pairs = (("target", old.target, new.target), ("due", str(old.due), str(new.due)))
        for what, was, now in pairs:
            told = any(change.what == what and said(change.old) == was for change in new.retargets)
            if was != now and not told:
                yield find("C042", new.place, what=what, milestone=name, old=was, new=now)


def meetings_follow_requests(records: Records) -> Iterator[Finding]:
    """A meeting is not held before it was asked for."""
    for row in records.new("engagements"):
        if not row["requested"] or not row["held"]:
            continue
        requested, held = Interval.parse(row["requested"]), Interval.parse(row["held"])
        if held.end < requested.start:
            yield find("C044", row.place("held"), id=row["id"], held=row["held"], requested=row["requested"])
