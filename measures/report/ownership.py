"""How far the ambition is the partner's own: signals, shares, waits, misalignment, what became of targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from measures.judgement.leadtime import LeadTime
from measures.judgement.misalignment import DEMANDS, KINDS, PROGRESS, Misalignment, posts, unagreed
from measures.judgement.ownership import Records, Share
from measures.records.plan import Objective
from measures.report import prose
from measures.report.model import Claim, Owned, Paragraph, Ref
from measures.report.retargets import retarget_claims
from measures.report.source import Source

_ON_RECORD = {
    "document": "a document of its own",
    "decision": "a decision of its own",
    "concurrence": "its concurrence with the wording",
    "money": "money of its own",
    "posts": "filled posts of its own",
}
_WORDS = {"wanted": "Demanded or accepted", "unwanted": "Contested or refused", "unknown": "Wish not known"}


def owned(source: Source) -> Owned:
    """Return what the section says below the counts of positions."""
    cells = {(cell.demand, cell.progress): cell.objectives for cell in source.quarter.ambition.quadrants}
    rows = tuple(
        (_WORDS[demand], tuple(cells[demand, progress] for progress in PROGRESS))
        for demand in DEMANDS
        if any(cells[demand, progress] for progress in PROGRESS)
    )
    return Owned(
        signs=_signals(source),
        shares=_shares(source),
        waits=_waits(source),
        parting=(*_misaligned(source), *_put_off(source)),
        changed=(*retarget_claims(source), *_promises(source)),
        moving=_moving(source),
        rows=rows,
    )


def pursued(source: Source) -> list[Objective]:
    """Return the objectives on record that are active in the quarter."""
    return [o for o in source.objectives if o.disposition_at(source.period) == "active"]


def refs(source: Source, records: Records) -> list[Ref]:
    """Return what a conclusion rests on, as far as the audience may see it."""
    found: list[Ref] = []
    for kind, name in records:
        if kind == "evidence":
            found += source.evidence_refs([name])
        else:
            found.append(Ref(kind, name, f"{kind}-{name}" if kind in ("objective", "milestone") else ""))
    return found


def _objectives(names: Iterable[str]) -> list[Ref]:
    return [Ref("objective", name, f"objective-{name}") for name in names]


def commitment_facts(source: Source, objective: Objective) -> list[str]:
    """Return an objective's dated commitments in a few words each, oldest first."""
    given = objective.commitments
    kinds = {
        "announced": given.announced,
        "agreed": given.agreed,
        "wording concurred in": given.concurrence,
        "decided": given.decisions,
    }
    facts = []
    for words, acts in kinds.items():
        for act in acts:
            by = prose.listed([source.the_actor(actor) for actor in act.by])
            facts.append((act.date.start, f"{words} {act.date.text} by {by}"))
    for found in given.resources:
        whose = "adviser posts" if found.side == "mission" else "posts of the partner"
        if found.filled is not None and found.needed is not None:
            facts.append(
                (found.date.start, f"{whose} filled {found.date.text}: {found.filled} of {found.needed}")
            )
        elif found.short == "yes":
            facts.append((found.date.start, f"{whose} short {found.date.text}, number not known"))
        elif found.filled is not None:
            facts.append((found.date.start, f"{whose} filled {found.date.text}: {found.filled}"))
        if found.money:
            facts.append((found.date.start, f"money {found.date.text}: {source.text(found.money)}"))
    return [prose.capital(text) for _, text in sorted(facts)]


def _signals(source: Source) -> Paragraph:
    active = pursued(source)
    if not active:
        return ()
    owners = {o.id: source.quarter.ambition.ownership[o.id] for o in active}
    base = _objectives(owners)
    asked = [one.asked for one in owners.values()]
    alone, joint, others = (asked.count(kind) for kind in ("partner", "joint", "others"))
    verb = "was" if alone < 2 else "were"
    whole = prose.count(len(active), "objective")
    first = source.claims.say(
        f"Of {whole} pursued {prose.number(alone)} {verb} proposed by the partner "
        f"alone, {prose.number(joint)} together with it and {prose.number(others)} without it.",
        base,
    )
    told, silent, basis = [], [], []
    for name, words in _ON_RECORD.items():
        having = [o for o, one in owners.items() if one.signals[name].state == "yes"]
        if having:
            told.append(f"{words} for {prose.listed(having)}")
            basis += [ref for o in having for ref in refs(source, owners[o].signals[name].records)]
        else:
            silent.append(words)
    text = f"On record are {prose.listed(told)}" if told else ""
    if silent:
        text += (
            f"; {_either(silent)} for none" if told else f"On record is {_either(silent)} for none of them"
        )
    return first, source.claims.say(prose.sentence(text), basis or base)


def _either(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def _shares(source: Source) -> Paragraph:
    shares = {share.name: share for share in source.quarter.ambition.shares}
    whole = shares["host-document"].of
    if not whole:
        return ()
    basis = [Ref("milestone", m.id, f"milestone-{m.id}") for m in source.milestones]
    basis += [ref for share in shares.values() for ref in refs(source, share.records)]
    parts = [_share(shares[name], *words) for name, words in _SHARES.items()]
    text = f"Of {prose.count(whole, 'milestone')} {prose.listed(parts)}."
    unsaid = shares["host-measure"].unknown
    if unsaid:
        text += f" Whose measure it is was not said for {prose.listed(unsaid)}."
    unrated = shares["host-evidence"].unknown
    if unrated:
        text += f" No level was scored this quarter that could rest on anything for {prose.listed(unrated)}."
    return (source.claims.say(text, basis),)


_SHARES = {
    "host-document": ("stems", "stem", "from a document of the partner"),
    "host-measure": ("uses", "use", "the partner's own measure"),
    "host-evidence": ("rests", "rest", "in part on the partner's evidence"),
    "host-score": ("was", "were", "scored by the partner too"),
}


def _share(share: Share, one: str, many: str, what: str) -> str:
    verb = one if len(share.yes) < 2 else many
    ids = f" ({prose.listed(share.yes)})" if share.yes else ""
    return f"{prose.number(len(share.yes))} {verb} {what}{ids}"


_GROUPS = {
    "with": "Where the partner demands or accepts what we pursue",
    "without": "Where it contests or refuses",
    "unknown": "Where its wish is not known",
}


def _waits(source: Source) -> Paragraph:
    """Return how long a meeting took to get; an honest sentence where requests are not logged."""
    groups = source.quarter.ambition.agreement
    logged = {name: time for name, time in groups.items() if time.waits}
    undated = [name for time in groups.values() for name in time.undated]
    theirs = [name for time in groups.values() for name in time.theirs]
    said = [
        source.claims.say(_wait(_GROUPS[name], time), _engagements([w.engagement for w in time.waits]))
        for name, time in logged.items()
    ]
    if undated and not logged:
        none = f"none of the {prose.count(len(undated), 'meeting')} logged this quarter has"
        none = "the one meeting logged this quarter lacks" if len(undated) == 1 else none
        text = "How long the partner took to grant a meeting cannot be told: "
        text += f"{none} the date on which it was asked for."
        said.append(source.claims.say(text, _engagements(undated)))
    elif undated:
        verb = "has" if len(undated) == 1 else "have"
        text = f"{prose.capital(prose.count(len(undated), 'more meeting'))} {verb} no date of the request."
        said.append(source.claims.say(text, _engagements(undated)))
    if theirs:
        text = f"The partner itself asked for {prose.count(len(theirs), 'meeting')} of the quarter."
        said.append(source.claims.say(text, _engagements(theirs)))
    if not said:
        text = "No meeting and no request for one is on record for this quarter."
        said.append(source.claims.say(text, [Ref("mission", source.mission.id)]))
    return tuple(said)


def _engagements(names: Iterable[str]) -> list[Ref]:
    return [Ref("engagement", name) for name in names]


def _wait(where: str, time: LeadTime) -> str:
    least, most = time.median or (0, 0)
    days = prose.count(most, "day")
    if time.at_least:
        days = f"was at least {prose.count(least, 'day')}"
    else:
        days = f"was {days}" if least == most else f"lay between {least} and {days}"
    text = f"{where}, the middle wait for a meeting {days}"
    text += f", over {prose.count(len(time.waits), 'request')}"
    if time.open:
        oldest = max(wait.least for wait in time.open)
        many = prose.number(len(time.open))
        text += f", {many} of them still open and counted at {'its' if len(time.open) == 1 else 'their'} age"
        text += f" (the oldest {prose.count(oldest, 'day')})"
    return prose.sentence(text)


def _misaligned(source: Source) -> Paragraph:
    found = source.quarter.ambition.misaligned
    by_kind = {kind: [one for one in found if one.kind == kind] for kind in KINDS}
    said = []
    if by_kind["without-demand"]:
        said.append(_without_demand(source, by_kind["without-demand"]))
    said += [_not_resourced(source, one) for one in by_kind["not-resourced"]]
    if by_kind["not-agreed"]:
        names = [one.objective for one in by_kind["not-agreed"]]
        basis = [ref for one in by_kind["not-agreed"] for ref in refs(source, one.records)]
        verb = "was" if len(names) == 1 else "were"
        text = f"{prose.listed(names)} {verb} announced, and no agreement of the partner is on record."
        said.append(source.claims.say(text, basis))
    if not said and pursued(source):
        text = "Nothing pursued is known to lack the partner's wish, adviser posts or an announced agreement."
        said.append(source.claims.say(text, _objectives(o.id for o in pursued(source))))
    return tuple(said)


def _without_demand(source: Source, found: Sequence[Misalignment]) -> Claim:
    by_words: dict[str, list[str]] = {}
    for one in found:
        name = one.objective if one.words in _NAMED_ABOVE else _named(source, one.objective)
        by_words.setdefault(one.words.removeprefix("pursued "), []).append(name)
    parts = [f"{prose.listed(names)} {words}" for words, names in by_words.items()]
    basis = [ref for one in found for ref in refs(source, one.records)]
    return source.claims.say(f"Pursued without demand: {'; '.join(parts)}.", basis)


_TITLE = 60
_NAMED_ABOVE = ("pursued although refused", "pursued while contested")
"""The section's first paragraph gives the titles of these."""


def _named(source: Source, objective: str) -> str:
    title = prose.cut(source.text(source.plan.objectives[objective].title), _TITLE)
    return f"{objective} {prose.quote(title)}"


def _not_resourced(source: Source, found: Misalignment) -> Claim:
    when = prose.date(found.date)
    if found.filled is None or found.needed is None:
        means = f"some of the adviser posts for it stood empty in {when}; how many is not on record"
    else:
        means = f"{prose.of(found.filled, found.needed)} adviser posts for it were filled in {when}"
    text = f"{_named(source, found.objective)} is demanded, and {means}."
    return source.claims.say(text, refs(source, found.records))


def _put_off(source: Source) -> Paragraph:
    """Return what was announced, never agreed and is no longer pursued; and posts nobody reports on."""
    partner = {actor.id for actor in source.mission.actors if actor.side == "partner"}
    active = pursued(source)
    over = [o for o in source.objectives if o.disposition_at(source.period) not in ("active", "met")]
    gone = [o for o in over if unagreed(o, partner)]
    said = []
    if gone:
        names = prose.listed([o.id for o in gone])
        verb = "was" if len(gone) == 1 else "were"
        items = [item for o in gone for act in o.commitments.announced for item in act.evidence]
        text = f"{names} {verb} announced, never agreed, and put off or dropped since."
        said.append(source.claims.say(text, _objectives(o.id for o in gone) + source.evidence_refs(items)))
    told = [(found.date.start, found, o) for o in active if (found := posts(o))]
    demanded = [o for o in active if source.quarter.demands[o.id].word == "demanded"]
    if demanded and not told:
        text = "How many adviser posts are filled for what the partner demands is not on record."
        said.append(source.claims.say(text, _objectives(o.id for o in demanded)))
    elif told and not any(one.kind == "not-resourced" for one in source.quarter.ambition.misaligned):
        _, found, o = max(told, key=lambda one: one[0])
        state = "some stood empty" if found.short == "yes" else "they were filled"
        when = prose.date(found.date.text)
        text = f"Adviser posts were last reported on for {when} ({o.id}), when {state}."
        said.append(source.claims.say(text, _objectives([o.id]) + source.evidence_refs(found.evidence)))
    return tuple(said)


def _promises(source: Source) -> Paragraph:
    """Return what became of the promises made so far, as counts."""
    made = source.quarter.promises
    if not made:
        return ()
    states = {state: sum(due.state == state for due in made) for state in ("overdue", "heard", "open")}
    parts = [
        f"{prose.number(states[state])} {one if states[state] == 1 else many}"
        for state, one, many in (
            ("overdue", "fell due and nothing was heard", "fell due and nothing was heard"),
            ("heard", "had an outcome", "had an outcome"),
            ("open", "is not due or has no date", "are not due or have no date"),
        )
        if states[state]
    ]
    basis = [Ref("promise", due.promise.id, source.promise_anchor(due.promise)) for due in made]
    text = f"Of {prose.count(len(made), 'promise')} made so far {prose.listed(parts)}."
    return (source.claims.say(text, basis),)


def _moving(source: Source) -> Paragraph:
    """Return what the table of demand and progress amounts to."""
    active = pursued(source)
    if not active:
        return ()
    cells = {(cell.demand, cell.progress): cell.objectives for cell in source.quarter.ambition.quadrants}
    wanted = [name for progress in PROGRESS for name in cells["wanted", progress]]
    served = {m.objective for m in source.plan.milestones.values() if not m.over(source.period)}
    blind = cells["wanted", "unknown"]
    bare = [name for name in blind if name not in served]
    objectives = "objective" if len(active) == 1 else "objectives"
    text = f"The partner demands or accepts {prose.of(len(wanted), len(active))} {objectives} pursued"
    parts = [
        f"{prose.number(len(names))} {words}"
        for names, words in (
            (cells["wanted", "up"], "rose within four quarters on new evidence"),
            (cells["wanted", "still"], "did not"),
            (blind, "cannot be told"),
        )
        if names
    ]
    text += f": {prose.listed(parts)}" if parts else ""
    if bare:
        text += f" (no milestone serves {prose.listed(bare)})"
    return (source.claims.say(prose.sentence(text), _objectives(o.id for o in active)),)
