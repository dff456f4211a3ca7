"""Targets, due quarters and titles that were changed openly, and milestones closed, as events."""

from __future__ import annotations

from operator import itemgetter

from measures.records.commitments import Closing, Retarget
from measures.records.plan import Milestone, Objective
from measures.report import prose
from measures.report.model import Paragraph, Ref
from measures.report.source import Source
from measures.rubric.model import said

_WHAT = {"target": "The target of {id}", "due": "The due quarter of {id}", "title": "The wording of {id}"}


def retarget_claims(source: Source) -> Paragraph:
    """Return a sentence for each change decided by the quarter's end, latest first; or that there is none."""
    items: list[Objective | Milestone] = [*source.objectives, *source.milestones]
    events = [(change, item) for item in items for change in item.retargets]
    closings = [(m.closed, m) for m in source.plan.milestones.values() if m.closed is not None]
    told = [(change.date.start, item.id, _event(source, change, item)) for change, item in events]
    told += [(closed.date.start, item.id, _closed(source, closed, item)) for closed, item in closings]
    if not told:
        text = (
            "No change of a target, of a due quarter or of an objective's wording is on record, and no "
            "milestone was closed."
        )
        basis = [Ref("milestone", m.id, f"milestone-{m.id}") for m in source.milestones]
        basis = sorted(basis, key=lambda ref: ref.id) or [Ref("mission", source.mission.id)]
        return (source.claims.say(text, basis),)
    told.sort(key=itemgetter(0, 1), reverse=True)
    return tuple(source.claims.say(text, basis) for _, _, (text, basis) in told)


def _event(source: Source, change: Retarget, item: Objective | Milestone) -> tuple[str, list[Ref]]:
    kind = "milestone" if isinstance(item, Milestone) else "objective"
    old, new = _wording(source, change, item)
    what = _WHAT[change.what].format(id=item.id)
    text = f"{what} {direction(source, change, item)} from {old} to {new}, "
    text += f"with effect from {change.first} ({_decided(source, change)}). {_why(source, change)}"
    return text, [Ref(kind, item.id, f"{kind}-{item.id}")]


def _closed(source: Source, closed: Closing, item: Milestone) -> tuple[str, list[Ref]]:
    title = prose.quote(source.text(item.title))
    text = f"{item.id} {title} was closed; {closed.until} is the last quarter it is scored for "
    text += f"({_decided(source, closed)}). {_why(source, closed)}"
    shown = any(item.id == found.id for found in source.milestones)
    return text, [Ref("milestone", item.id, f"milestone-{item.id}" if shown else "")]


def _decided(source: Source, change: Retarget | Closing) -> str:
    """Return when a change was decided and who approved it."""
    approver = source.mission.person(change.approved_by)
    by = prose.lower(source.text(approver.post)) if approver else source.the_actor(change.approved_by)
    return f"decided {prose.date(change.date.text)}, approved by {by}"


def _why(source: Source, change: Retarget | Closing) -> str:
    """Return the reason of a change and what the partner thinks of it."""
    view = prose.sentence(prose.lower(source.text(change.partner_view)))
    return f"{prose.sentence(source.text(change.reason))} The partner's view: {view}"


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
