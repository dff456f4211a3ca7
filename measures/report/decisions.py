"""What to decide: promises due, milestones due, contested objectives, levels to settle, blind spots."""

from __future__ import annotations

from datetime import date

from measures.judgement.demand import Due
from measures.judgement.misalignment import misaligned
from measures.records.plan import Milestone
from measures.report import prose
from measures.report.lines import Line
from measures.report.model import Ref
from measures.report.ownership import refs
from measures.report.source import Source, anchor

_PROMISES = 2
_TITLE = 60
_A_YEAR = 4
_AGAINST = ("refused", "contested")


def decisions(source: Source) -> list[Line]:
    """Return what the quarter asks its readers to decide, most pressing first."""
    return [
        *_promises_due(source),
        *_late(source),
        *_next(source),
        *_contested(source),
        *_unresourced(source),
        *_unagreed(source),
        *_to_settle(source),
        *_blind(source),
    ]


def _promises_due(source: Source) -> list[Line]:
    """Return the promises that fell due last, one by one, and the older ones in one line."""
    due = [found for found in source.quarter.promises if found.state == "overdue"]
    due.sort(key=lambda found: found.promise.due.end if found.promise.due else date.min, reverse=True)
    lines = [_promise(source, found) for found in due[:_PROMISES]]
    older = [found.promise for found in due[_PROMISES:]]
    if older:
        basis = [Ref("promise", promise.id, source.promise_anchor(promise)) for promise in older]
        names = prose.listed([prose.quote(prose.cut(source.text(p.text), _TITLE)) for p in older])
        text = f"Ask also after what was promised earlier and not heard of since: {names}."
        lines.append(Line(text, basis, "promise due", basis[0].anchor, "older promises"))
    return lines


def _promise(source: Source, due: Due) -> Line:
    promise = due.promise
    by = prose.listed([source.the_actor(actor) for actor in promise.by])
    when = prose.interval(promise.due) if promise.due else ""
    place = source.promise_anchor(promise)
    basis = [Ref("promise", promise.id, place), *source.evidence_refs(promise.evidence)]
    text = f"Ask {by} what became of a promise due {when}: {prose.sentence(source.text(promise.text))}"
    return Line(text, basis, "promise due", place, promise.objective)


def _late(source: Source) -> list[Line]:
    """Return the milestones whose due quarter has come without their target being known to be reached."""
    late = [m for m in source.milestones if m.due <= source.period and source.short_of_target(m)]
    if not late:
        return []
    names = prose.listed([f"{m.id} ({m.due})" for m in late])
    one = (
        "milestone that has fallen due and is"
        if len(late) == 1
        else "milestones that have fallen due and are"
    )
    text = f"Extend, re-scope or close the {one} not known to be at target: {names}."
    return [Line(text, _basis(source, late), "due", f"milestone-{late[0].id}", "late milestones")]


def _next(source: Source) -> list[Line]:
    """Return the milestones that fall due next quarter without being at target."""
    soon = [m for m in source.milestones if m.due == source.period + 1 and source.short_of_target(m)]
    if not soon:
        return []
    names = prose.listed([m.id for m in soon])
    verb = "falls" if len(soon) == 1 else "fall"
    text = (
        f"{names} {verb} due next quarter and {'is' if len(soon) == 1 else 'are'} not known to be at target."
    )
    return [Line(text, _basis(source, soon), "next", f"milestone-{soon[0].id}", names)]


def _basis(source: Source, milestones: list[Milestone]) -> list[Ref]:
    refs = []
    for milestone in milestones:
        refs.append(Ref("milestone", milestone.id, f"milestone-{milestone.id}"))
        short = source.short_of_target(milestone)
        refs += [Ref("assessment", s.assessment, anchor(s)) for s in short if s.assessment]
    return refs


def _contested(source: Source) -> list[Line]:
    """Return the objectives that are pursued although the partner now refuses or contests them."""
    chosen = []
    basis: list[Ref] = []
    for objective in source.objectives:
        word = source.quarter.demands[objective.id].word
        if word in _AGAINST and misaligned(objective, word, source.period):
            chosen.append(_named(source, objective.id))
            basis += source.objective_basis(objective.id)
    if not chosen:
        return []
    text = (
        f"Renegotiate, defer or drop what is pursued while the partner contests it: {prose.listed(chosen)}."
    )
    return [Line(text, basis, "demand", basis[0].anchor, "contested objectives")]


def _unresourced(source: Source) -> list[Line]:
    """Return the objectives that the partner demands and whose adviser posts stand empty."""
    found = [one for one in source.quarter.ambition.misaligned if one.kind == "not-resourced"]
    if not found:
        return []
    names = [_named(source, one.objective) for one in found]
    text = "Fill the adviser posts for what the partner demands, or tell it that they stay empty: "
    text = prose.sentence(text + prose.listed(names))
    basis = [ref for one in found for ref in refs(source, one.records)]
    return [Line(text, basis, "demand", basis[0].anchor, "empty posts")]


def _unagreed(source: Source) -> list[Line]:
    """Return what was announced without an agreement, but for what the partner contests anyway."""
    found = [
        one
        for one in source.quarter.ambition.misaligned
        if one.kind == "not-agreed" and source.quarter.demands[one.objective].word not in _AGAINST
    ]
    if not found:
        return []
    names = [_named(source, one.objective) for one in found]
    text = "Seek the partner's agreement to what was announced without it, or take it back: "
    text = prose.sentence(text + prose.listed(names))
    basis = [ref for one in found for ref in refs(source, one.records)]
    return [Line(text, basis, "demand", basis[0].anchor, "announced, not agreed")]


def _named(source: Source, objective: str) -> str:
    title = source.text(source.plan.objectives[objective].title)
    return f"{objective} {prose.quote(prose.cut(title, _TITLE))}"


def _to_settle(source: Source) -> list[Line]:
    above = [stand for stand in source.now if stand.above]
    if not above:
        return []
    names = prose.listed(list(dict.fromkeys(stand.milestone for stand in above)))
    basis = [ref for stand in above for ref in source.score_basis(stand)[:2]]
    empty = sum(not stand.low for stand in above)
    levels = prose.count(len(above), "level")
    text = f"Have a second person settle {levels} claimed beyond the evidence in {names}"
    if empty:
        verb = "rests" if empty == 1 else "rest"
        text += f"; {prose.number(empty)} of them {verb} on evidence that carries no level"
    place = f"milestone-{above[0].milestone}"
    return [Line(prose.sentence(text), basis, "to settle", place, "levels to settle")]


def _blind(source: Source) -> list[Line]:
    """Return one decision about the milestones of which nothing was seen for a year, or ever."""
    blind = []
    for milestone in source.milestones:
        stands = source.of(milestone.id)
        seen = [s.known or (s.last_period and s.age <= _A_YEAR) for s in stands]
        if stands and not any(seen) and source.period - milestone.first >= _A_YEAR:
            blind.append(milestone)
    if not blind:
        return []
    basis = [Ref("milestone", milestone.id, f"milestone-{milestone.id}") for milestone in blind]
    names = prose.listed([milestone.id for milestone in blind])
    them = "it" if len(blind) == 1 else "them"
    text = (
        f"Nothing was seen of {names} for a year or more: arrange with the ministry for somebody to look, "
        f"or stop reporting on {them}."
    )
    return [Line(text, basis, "blind", basis[0].anchor, names)]
