"""Targets, due quarters and titles that were changed openly, as events."""

from __future__ import annotations

from measures.records.commitments import Retarget
from measures.records.plan import Milestone, Objective
from measures.report import prose
from measures.report.model import Claim, Paragraph, Ref
from measures.report.source import Source
from measures.rubric.model import said

_WHAT = {"target": "The target of {id}", "due": "The due quarter of {id}", "title": "The wording of {id}"}


def retarget_claims(source: Source) -> Paragraph:
    """Return a sentence for each change decided by the quarter's end, latest first; or that there is none."""
    shown = {m.id for m in source.milestones}
    items: list[Objective | Milestone] = [*source.objectives, *source.milestones]
    events = [(change, item) for item in items for change in item.retargets]
    events.sort(key=lambda event: (event[0].date.start, event[1].id), reverse=True)
    if not events:
        text = "No change of a target, of a due quarter or of an objective's wording is on record."
        basis = [Ref("milestone", name, f"milestone-{name}") for name in shown]
        basis = sorted(basis, key=lambda ref: ref.id) or [Ref("mission", source.mission.id)]
        return (source.claims.say(text, basis),)
    return tuple(_event(source, change, item) for change, item in events)


def _event(source: Source, change: Retarget, item: Objective | Milestone) -> Claim:
    kind = "milestone" if isinstance(item, Milestone) else "objective"
    old, new = _wording(source, change, item)
    what = _WHAT[change.what].format(id=item.id)
    approver = source.mission.person(change.approved_by)
    by = prose.lower(source.text(approver.post)) if approver else source.the_actor(change.approved_by)
    decided = f"decided {prose.date(change.date.text)}, approved by {by}"
    view = prose.sentence(prose.lower(source.text(change.partner_view)))
    text = f"{what} {direction(source, change, item)} from {old} to {new}, "
    text += f"with effect from {change.first} ({decided}). "
    text += f"{prose.sentence(source.text(change.reason))} The partner's view: {view}"
    return source.claims.say(text, [Ref(kind, item.id, f"{kind}-{item.id}")])


def direction(source: Source, change: Retarget, item: Objective | Milestone) -> str:
    """Return which way a change went: lowered, raised, put off, brought forward, or re-scoped."""
    old, new = said(change.old), said(change.new)
    if change.what == "due":
        return "was put off" if old < new else "was brought forward"
    if change.what == "target" and isinstance(item, Milestone):
        ladder = source.rubric(item.id).ladder
        if old in ladder and new in ladder:
            return "was lowered" if ladder.index(new) < ladder.index(old) else "was raised"
        return "was changed"
    return "was re-scoped"


def changed_from(source: Source, milestone: Milestone) -> str:
    """Return how a milestone's target was changed last, in brackets: ``(lowered from X in 2022Q1)``."""
    held = [
        change for change in milestone.retargets if change.what == "target" and change.first <= source.period
    ]
    if not held:
        return ""
    old, _ = _wording(source, held[-1], milestone)
    went = direction(source, held[-1], milestone).removeprefix("was ")
    return f" ({went} from {old} in {held[-1].first})"


def _wording(source: Source, change: Retarget, item: Objective | Milestone) -> tuple[str, str]:
    if change.what == "target" and isinstance(item, Milestone):
        old, new = (source.label(item.id, said(words)) for words in (change.old, change.new))
        return prose.quote(old), prose.quote(new)
    if change.what == "due":
        return said(change.old), said(change.new)
    return prose.quote(source.text(change.old)), prose.quote(source.text(change.new))
