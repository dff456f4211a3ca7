"""Whose ambition it is: every objective with who proposed it and who says what about it."""

from __future__ import annotations

from measures.judgement.demand import Demand
from measures.records.plan import Objective
from measures.report import prose
from measures.report.model import ObjectiveRow, Paragraph
from measures.report.ownership import commitment_facts
from measures.report.source import Source

_ORDER = ("refused", "contested", "demanded", "accepted", "unknown")


def objective_rows(source: Source) -> tuple[ObjectiveRow, ...]:
    """Return every objective on record, those that the partner refuses or contests first."""
    demands = source.quarter.demands
    ordered = sorted(source.objectives, key=lambda o: _ORDER.index(demands[o.id].word))
    return tuple(_row(source, objective) for objective in ordered)


def _row(source: Source, objective: Objective) -> ObjectiveRow:
    demand = source.quarter.demands[objective.id]
    disposition = objective.disposition_at(source.period)
    told = disposition != "active" and objective.disposition == disposition
    return ObjectiveRow(
        id=objective.id,
        anchor=f"objective-{objective.id}",
        title=source.text(objective.title),
        proposed_by=prose.listed([source.actor(actor) for actor in objective.proposed_by]),
        position=prose.STANCE[demand.word],
        disposition=disposition,
        reason=source.text(objective.reason) if told else "",
        stances=_stances(source, demand),
        milestones=tuple(m.id for m in source.milestones if m.objective == objective.id),
        facts=tuple(commitment_facts(source, objective)),
    )


def _stances(source: Source, demand: Demand) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    by_actor: dict[str, list[tuple[str, str]]] = {}
    for stance in demand.history:
        hand = " (at second hand)" if source.second_hand(stance.evidence) else ""
        by_actor.setdefault(stance.actor, []).append((stance.date, prose.STANCE[stance.stance] + hand))
    return tuple((source.actor(actor), tuple(stances)) for actor, stances in by_actor.items())


def ambition_words(source: Source) -> Paragraph:
    """Return what the positions amount to: counts with their base, and what is refused or contested."""
    said = []
    demands = source.quarter.demands
    by_word = {word: [o for o in source.objectives if demands[o.id].word == word] for word in _ORDER}
    basis = [ref for o in source.objectives for ref in source.objective_basis(o.id)]
    if basis:
        parts = [
            f"{form} {prose.number(len(by_word[word]))}" for word, form in _FORMS.items() if by_word[word]
        ]
        whole = prose.count(len(source.objectives), "objective")
        text = f"Of {whole} on record the partner's offices {prose.listed(parts)}."
        said.append(source.claims.say(text, basis))
    for word, form in (("refused", "Refused: {names}."), ("contested", "Contested: {names}.")):
        chosen = by_word[word]
        if chosen:
            titles = [f"{prose.quote(prose.cut(source.text(o.title), _TITLE))} ({o.id})" for o in chosen]
            refs = [ref for o in chosen for ref in source.objective_basis(o.id)]
            said.append(source.claims.say(form.format(names=prose.listed(titles)), refs))
    dropped = [o for o in source.objectives if o.disposition_at(source.period) == "abandoned"]
    if dropped:
        names = prose.listed([o.id for o in dropped])
        verb = "was" if len(dropped) == 1 else "were"
        text = (
            f"{names} {verb} abandoned; that is a decision about the plan, not a failure of the institution."
        )
        said.append(source.claims.say(text, [ref for o in dropped for ref in source.objective_basis(o.id)]))
    return tuple(said)


_TITLE = 60
_FORMS = {
    "demanded": "ask for",
    "accepted": "accept",
    "contested": "contest or disagree about",
    "refused": "refused",
    "unknown": "are silent, as far as is known, about",
}
