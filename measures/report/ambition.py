"""Whose ambition it is: every objective with who proposed it and who says what about it."""

from __future__ import annotations

from measures.judgement.demand import Demand, misaligned
from measures.records.plan import Objective
from measures.report import prose
from measures.report.model import Claim, ObjectiveRow, Paragraph, Ref
from measures.report.source import Source


def objective_rows(source: Source) -> tuple[ObjectiveRow, ...]:
    """Return every objective, in plan order."""
    return tuple(_row(source, objective) for objective in source.plan.objectives.values())


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
        claim=_claim(source, objective, demand),
        milestones=tuple(m.id for m in source.milestones if m.objective == objective.id),
    )


def _stances(source: Source, demand: Demand) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    by_actor: dict[str, list[tuple[str, str]]] = {}
    for stance in demand.history:
        by_actor.setdefault(stance.actor, []).append((stance.date, prose.STANCE[stance.stance]))
    return tuple((source.actor(actor), tuple(stances)) for actor, stances in by_actor.items())


def _claim(source: Source, objective: Objective, demand: Demand) -> Claim | None:
    words = misaligned(objective, demand.word, source.period)
    if not words:
        return None
    return source.claims.say(prose.sentence(prose.capital(words)), _basis(source, objective, demand))


def _basis(source: Source, objective: Objective, demand: Demand) -> list[Ref]:
    basis = [Ref("objective", objective.id, f"objective-{objective.id}")]
    for stance in demand.now:
        basis.append(Ref("position", stance.position, f"objective-{objective.id}"))
        basis += source.evidence_refs(stance.evidence)
    return basis


def ambition_words(source: Source) -> Paragraph:
    """Return what the positions amount to: counts with their lists, never a share."""
    said = []
    objectives = list(source.plan.objectives.values())
    for word, form in (
        ("demanded", "The partner asks for {names}."),
        ("accepted", "It accepts {names}."),
        ("contested", "Its offices disagree about, or contest, {names}."),
        ("refused", "It refused {names}."),
        ("unknown", "What it thinks of {names} is not on record."),
    ):
        chosen = [o for o in objectives if source.quarter.demands[o.id].word == word]
        if chosen:
            basis = [ref for o in chosen for ref in _basis(source, o, source.quarter.demands[o.id])]
            said.append(source.claims.say(form.format(names=prose.listed([o.id for o in chosen])), basis))
    dropped = [o for o in objectives if o.disposition_at(source.period) == "abandoned"]
    if dropped:
        verb = "was" if len(dropped) == 1 else "were"
        names = prose.listed([o.id for o in dropped])
        text = (
            f"{names} {verb} abandoned; that is a decision about the plan, not a failure of the institution."
        )
        said.append(source.claims.say(text, [Ref("objective", o.id, f"objective-{o.id}") for o in dropped]))
    return tuple(said)
