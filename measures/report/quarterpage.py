"""The quarter in one page: what moved and why, what did not, what is not known, what to decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from measures.judgement.demand import misaligned
from measures.records.plan import Milestone, Objective
from measures.report import prose
from measures.report.milestones import movement_claim, promise_claim
from measures.report.model import Claim, Item, Paragraph, QuarterPage, Ref
from measures.report.source import Source, Stand, anchor

_MOST = 6
_PROMISES = 2
_TITLE = 60
_REASON = 120


def quarter_page(source: Source) -> QuarterPage:
    """Return the page."""
    return QuarterPage(
        headline=_headline(source),
        standfirst=_standfirst(source),
        moved=_fit(source, _moved(source), "movement"),
        held=_fit(source, _held(source), "line"),
        unknown=_fit(source, _unknown(source), "milestone"),
        decide=_fit(source, _decide(source), "decision"),
    )


def _headline(source: Source) -> str:
    """Return the finding: what rose, what fell, and how much is not known."""
    moves = source.quarter.moves
    here = moves[(moves["period"] == str(source.period)) & (moves["from_period"] != moves["period"])]
    titles = {(s.milestone, s.criterion): prose.lower(source.title(s)) for s in source.now}
    parts = []
    for rising, verb in ((True, "rose"), (False, "fell")):
        chosen = here[(here["steps"] > 0) == rising]
        names = [titles[key] for key in zip(chosen["milestone"], chosen["criterion"], strict=True)]
        if len(names) > 3:
            parts.append(f"{prose.count(len(names), 'criterion', 'criteria')} {verb}")
        elif names:
            parts.append(f"{prose.listed(names)} {verb}")
    known = sum(stand.known for stand in source.now)
    parts.append(f"{len(source.now) - known} of {len(source.now)} criteria cannot be placed")
    if len(parts) == 1:
        parts.insert(0, "nothing moved that evidence bears out")
    return prose.capital("; ".join(parts))


def _standfirst(source: Source) -> Paragraph:
    now = source.now
    refs = [Ref("milestone", m.id, f"milestone-{m.id}") for m in source.milestones]
    if not refs:
        return ()
    known = sum(stand.known for stand in now)
    claimed = sum(stand.state == "level" and not stand.known for stand in now)
    rest = len(now) - known - claimed
    text = f"Of {len(now)} criteria owed, {known} stand at a level that the cited evidence bears out"
    if claimed:
        text += f", {claimed} {'rests' if claimed == 1 else 'rest'} on a claim that it does not"
    if rest:
        text += f", and for {rest} nobody can say"
    said = [source.claims.say(prose.sentence(text), refs)]
    unsettled = next(line for line in source.quarter.health if line.code == "not-settled")
    unapproved = next(line for line in source.quarter.health if line.code == "not-approved")
    if unsettled.of and len(unsettled.items) == unsettled.of and len(unapproved.items) == unapproved.of:
        said.append(
            source.claims.say("No second pair of eyes has settled or approved any of these levels.", refs)
        )
    for disruption in source.mission.disruptions:
        if disruption.covers(source.period):
            basis = [Ref("mission", source.mission.id), *source.evidence_refs(disruption.evidence)]
            said.append(source.claims.say(prose.sentence(source.text(disruption.text)), basis))
    return tuple(said)


def _moved(source: Source) -> list[Item]:
    moves = source.quarter.moves
    here = moves[moves["period"] == str(source.period)]
    items = []
    for row in here.sort_values("steps", kind="stable").to_dict("records"):
        claim = movement_claim(source, row, gist=True)
        across = row["from_period"] != row["period"]
        way = ("up" if row["steps"] > 0 else "down") if across else "corrected"
        tag = f"{way}: {prose.MOVEMENT_TAG[row['cause']]}" if across else way
        items.append(Item(claim, tag, f"{row['milestone']}-{row['criterion']}"))
    return items + _dispositions(source)


def _dispositions(source: Source) -> list[Item]:
    """Return the objectives whose disposition changed this quarter: decisions about the plan."""
    changed: dict[str, list[Objective]] = {}
    for objective in source.plan.objectives.values():
        if objective.disposition_since == source.period:
            changed.setdefault(objective.disposition, []).append(objective)
    items = []
    for disposition, objectives in changed.items():
        basis = []
        for objective in objectives:
            basis.append(Ref("objective", objective.id, f"objective-{objective.id}"))
            for stance in source.quarter.demands[objective.id].now:
                basis.append(Ref("position", stance.position, f"objective-{objective.id}"))
                basis += source.evidence_refs(stance.evidence)
        names = [f"{o.id} {prose.cut(source.text(o.title), _TITLE)}" for o in objectives]
        reasons = {prose.first_sentences(source.text(o.reason), _REASON) for o in objectives}
        why = f" {reasons.pop()}" if len(reasons) == 1 else ""
        text = f"{prose.capital(disposition)}: {prose.sentence(prose.listed(names))}{why}"
        items.append(Item(source.claims.say(text, basis), "plan", basis[0].anchor))
    return items


def _held(source: Source) -> list[Item]:
    """Return, per milestone, what stands where it stood, and what is claimed beyond the evidence."""
    moved = {key[:2] for key in source.moved if key[2] == str(source.period)}
    items = []
    for milestone in source.milestones:
        stands = source.of(milestone.id)
        above = [stand for stand in stands if stand.above]
        if above:
            items.append(
                Item(_claimed(source, milestone, above), "claimed only", f"milestone-{milestone.id}")
            )
        still = [s for s in stands if s.known and not s.above and (s.milestone, s.criterion) not in moved]
        if still:
            items.append(Item(_still(source, milestone, still), "same", f"milestone-{milestone.id}"))
    return items


def _claimed(source: Source, milestone: Milestone, above: Sequence[Stand]) -> Claim:
    parts = []
    for stand in above:
        carried = (
            f"the evidence bears out {source.label(milestone.id, stand.low)}"
            if stand.low
            else ("the evidence bears out no level")
        )
        title = prose.lower(source.title(stand))
        parts.append(f"{title} is claimed at {source.label(milestone.id, stand.claimed)}, {carried}")
    basis = [ref for stand in above for ref in source.score_basis(stand)]
    return source.claims.say(f"{milestone.id}: {'; '.join(parts)}.", basis)


def _still(source: Source, milestone: Milestone, still: Sequence[Stand]) -> Claim:
    by_level: dict[str, list[Stand]] = {}
    for stand in still:
        by_level.setdefault(stand.low, []).append(stand)
    parts = []
    for level, stands in by_level.items():
        names = prose.listed([prose.lower(source.title(stand)) for stand in stands])
        first = all(not stand.last_period for stand in stands)
        verb = (
            "seen for the first time, at"
            if first
            else ("still at" if all(s.last_period for s in stands) else "at")
        )
        parts.append(f"{names} {verb} {source.label(milestone.id, level)}")
    basis = [ref for stand in still for ref in source.score_basis(stand)]
    return source.claims.say(f"{milestone.id}: {'; '.join(parts)}.", basis)


def _unknown(source: Source) -> list[Item]:
    items = []
    for milestone in source.milestones:
        stands = source.of(milestone.id)
        unknown = [stand for stand in stands if stand.state != "level"]
        if unknown:
            items.append(
                Item(
                    _not_known(source, milestone, stands, unknown), _why(unknown), f"milestone-{milestone.id}"
                )
            )
    return items


def _not_known(
    source: Source, milestone: Milestone, stands: Sequence[Stand], unknown: Sequence[Stand]
) -> Claim:
    if len(unknown) == len(stands) and len(stands) > 1:
        subject = f"all {prose.count(len(stands), 'criterion', 'criteria')}"
    else:
        subject = prose.listed([prose.lower(source.title(stand)) for stand in unknown])
    seen = max((stand.last_period for stand in unknown), default="")
    tail = f"last seen in {seen}" if seen else "never yet seen"
    basis = [Ref("milestone", milestone.id, f"milestone-{milestone.id}")]
    basis += [Ref("assessment", s.assessment, anchor(s)) for s in unknown if s.assessment]
    return source.claims.say(f"{milestone.id} {source.text(milestone.title)}: {subject}, {tail}.", basis)


def _why(unknown: Sequence[Stand]) -> str:
    causes = {prose.CAUSE.get(stand.cause, "") for stand in unknown if stand.state == "not-observed"} - {""}
    if causes:
        return prose.listed(sorted(causes))
    states = {stand.state for stand in unknown}
    if states == {"no-entry"}:
        return "owed"
    return "withheld" if states == {"withheld"} else "not decided"


def _decide(source: Source) -> list[Item]:
    return [*_promises_due(source), *_late(source), *_wishes(source), *_to_settle(source), *_blind(source)]


def _promises_due(source: Source) -> list[Item]:
    """Return the promises that fell due last, one by one, and the older ones in one line."""
    due = [found for found in source.quarter.promises if found.state == "overdue"]
    due.sort(key=lambda found: found.promise.due.end if found.promise.due else date.min, reverse=True)
    items = []
    for found in due[:_PROMISES]:
        promise = found.promise
        by = prose.listed([source.the_actor(actor) for actor in promise.by])
        when = prose.interval(promise.due) if promise.due else ""
        text = f"Ask {by} what became of a promise due {when}: {prose.sentence(source.text(promise.text))}"
        claim = source.claims.say(text, promise_claim(source, promise.id).basis)
        items.append(Item(claim, "promise due", f"objective-{promise.objective}"))
    older = [found.promise for found in due[_PROMISES:]]
    if older:
        basis = [Ref("promise", promise.id, f"objective-{promise.objective}") for promise in older]
        names = prose.listed([f"{promise.id} ({promise.objective})" for promise in older])
        text = f"Ask after {prose.count(len(older), 'older promise')} of which nothing is on record: {names}."
        items.append(Item(source.claims.say(text, basis), "promise due", f"objective-{older[0].objective}"))
    return items


def _wishes(source: Source) -> list[Item]:
    """Return the objectives that are pursued although the partner refused or contests them."""
    chosen = []
    basis: list[Ref] = []
    for objective in source.plan.objectives.values():
        demand = source.quarter.demands[objective.id]
        if demand.word not in ("refused", "contested") or not misaligned(
            objective, demand.word, source.period
        ):
            continue
        chosen.append(f"{objective.id} {prose.cut(source.text(objective.title), _TITLE)}")
        basis.append(Ref("objective", objective.id, f"objective-{objective.id}"))
        basis += [Ref("position", stance.position, f"objective-{objective.id}") for stance in demand.now]
    if not chosen:
        return []
    text = (
        f"Drop, defer or renegotiate what is pursued while the partner contests it: {prose.listed(chosen)}."
    )
    return [Item(source.claims.say(text, basis), "demand", basis[0].anchor)]


def _late(source: Source) -> list[Item]:
    """Return the milestones whose due quarter has come without their target being known to be reached."""
    late = []
    basis: list[Ref] = []
    for milestone in source.milestones:
        ladder = source.rubric(milestone.id).ladder
        goal = ladder.index(milestone.target)
        short = [s for s in source.of(milestone.id) if not s.known or ladder.index(s.low) < goal]
        if milestone.due <= source.period and short:
            late.append(f"{milestone.id} ({milestone.due})")
            basis.append(Ref("milestone", milestone.id, f"milestone-{milestone.id}"))
            basis += [Ref("assessment", s.assessment, anchor(s)) for s in short if s.assessment]
    if not late:
        return []
    them = (
        "milestone that has fallen due and is"
        if len(late) == 1
        else "milestones that have fallen due and are"
    )
    text = f"Extend, re-scope or close the {them} not known to be at target: {prose.listed(late)}."
    return [Item(source.claims.say(text, basis), "due", basis[0].anchor)]


def _to_settle(source: Source) -> list[Item]:
    above = [stand for stand in source.now if stand.above]
    if not above:
        return []
    names = prose.listed(list(dict.fromkeys(stand.milestone for stand in above)))
    basis = [ref for stand in above for ref in source.score_basis(stand)[:2]]
    text = (
        f"Name a moderator: {prose.count(len(above), 'level is', 'levels are')} claimed beyond the evidence "
        f"in {names}, and nobody has settled them."
    )
    return [Item(source.claims.say(text, basis), "to settle", f"milestone-{above[0].milestone}")]


def _blind(source: Source) -> list[Item]:
    """Return one decision about the milestones of which nothing is known any more."""
    blind = []
    for milestone in source.milestones:
        stands = source.of(milestone.id)
        limit = source.rubric(milestone.id).validity
        if stands and all(not s.known and (not s.last_period or s.age > limit) for s in stands):
            blind.append(milestone)
    if not blind:
        return []
    basis = [Ref("milestone", milestone.id, f"milestone-{milestone.id}") for milestone in blind]
    names = prose.listed([milestone.id for milestone in blind])
    them = "it" if len(blind) == 1 else "them"
    text = f"Find a way to look at {names}, or stop reporting on {them}: nothing current is known."
    return [Item(source.claims.say(text, basis), "blind", f"milestone-{blind[0].id}")]


def _fit(source: Source, items: list[Item], one: str) -> tuple[Item, ...]:
    """Return at most six items; the last says how many more there are and where."""
    if len(items) <= _MOST:
        return tuple(items)
    rest = items[_MOST - 1 :]
    basis = [ref for item in rest for ref in item.claim.basis]
    verb = "stands" if len(rest) == 1 else "stand"
    text = f"{prose.capital(prose.count(len(rest), f'further {one}'))} {verb} further on."
    more = Item(source.claims.say(text, basis), "more", rest[0].anchor)
    return (*items[: _MOST - 1], more)
