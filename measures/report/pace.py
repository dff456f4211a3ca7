"""Pace and ambition in words: what was climbed here before, and targets that ask for more.

No forecast and no share: the arithmetic is shown in counts of levels, criteria and quarters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from measures.judgement.pace import A_YEAR, Domain, Stretch
from measures.records.plan import Milestone
from measures.report import prose
from measures.report.model import Claim, Paragraph, Ref
from measures.report.rows import PaceRow
from measures.report.source import Source


def pace_claims(source: Source, milestone: Milestone) -> list[Claim]:
    """Return, for a milestone that asks for more than was ever climbed here, the arithmetic."""
    found = source.quarter.report_card.pace.milestones[milestone.id]
    if found.state != "beyond":
        return []
    known = [s for s in source.of(milestone.id) if s.criterion in {need.criterion for need in found.needs}]
    refs = [Ref("milestone", milestone.id, f"milestone-{milestone.id}")]
    refs += [ref for stand in known for ref in source.cell_refs(stand)]
    return [source.claims.say(_arithmetic(found), refs)]


def _arithmetic(found: Stretch) -> str:
    """Return what is needed in what time, the most that was ever seen here, and what is not known."""
    by_steps = Counter(need.steps for need in found.needs)
    needs = [_on(steps, by_steps[steps]) for steps in sorted(by_steps, reverse=True)]
    time = prose.count(found.left, "quarter")
    text = f"That takes {prose.listed(needs)} in {time}; {_most(found, time)}."
    if found.unknown:
        rest = "criterion" if len(found.unknown) == 1 else f"{prose.number(len(found.unknown))} criteria"
        text += f" Where the other {rest} would start from is not known."
    return text


def _most(found: Stretch, time: str) -> str:
    """Return the most that was seen: on one criterion, or where that sufficed, on all of a milestone."""
    if not found.together:
        return "in this domain the institution has not been seen to climb at all"
    most = prose.count(found.most or 0, "level")
    if found.highest > (found.most or 0):
        return f"the most any criterion in this domain has been seen to climb here in {time} is {most}"
    whole = prose.count(found.together, "level")
    return (
        f"the most the criteria of one milestone in this domain have been seen to climb here in {time} "
        f"is {whole} in all"
    )


def _on(steps: int, criteria: int) -> str:
    return f"{prose.count(steps, 'level')} on {prose.count(criteria, 'criterion', 'criteria')}"


def pace_words(source: Source) -> Paragraph:
    """Return which targets ask for more than was ever climbed here, and of which nothing can be told."""
    stretches = source.quarter.report_card.pace.milestones.values()
    open_ = [found for found in stretches if found.left > 0 and found.state != "reached"]
    if not open_:
        ahead = [Ref("milestone", m.id, f"milestone-{m.id}") for m in source.milestones]
        text = "No milestone short of its target has time left, so there is no pace to judge."
        return (source.claims.say(text, ahead),) if ahead else ()
    said = [_of_state(source, open_, state, form) for state, form in _FORMS.items()]
    return tuple(claim for claim in said if claim is not None)


_FORMS = {
    "beyond": "{names} {asks} for more, in the time left, than was ever seen to be climbed in its domain",
    "within": "{names} {asks} for no more than was climbed here before",
    "no-precedent": "in the domain of {names} no criterion was ever known twice, so no pace is known",
    "unknown": "where {names} would start from is not known, so what is still needed cannot be told",
}


def _of_state(source: Source, found: Iterable[Stretch], state: str, form: str) -> Claim | None:
    names = [one.milestone for one in found if one.state == state]
    if not names:
        return None
    text = form.format(names=prose.listed(names), asks="asks" if len(names) == 1 else "ask")
    text = text.replace("its domain", "their domains") if len(names) > 1 else text
    text = text.replace("the domain of", "the domains of") if len(names) > 1 else text
    refs = [Ref("milestone", name, f"milestone-{name}") for name in names]
    return source.claims.say(prose.capital(prose.sentence(text)), refs)


def pace_rows(source: Source) -> tuple[PaceRow, ...]:
    """Return what was climbed before in each domain that was watched, as counts."""
    rows = []
    for domain in source.quarter.report_card.pace.domains.values():
        if domain.watched:
            mine = [m for m in source.milestones if source.rubric(m.id).id == domain.rubric]
            rows.append(
                PaceRow(
                    title=source.text(source.rubric(mine[0].id).title),
                    milestones=tuple(m.id for m in mine),
                    watched=domain.watched,
                    most=tuple(domain.most(quarters) or 0 for quarters in (1, A_YEAR)),
                    years=_years(domain),
                )
            )
    return tuple(rows)


def _years(domain: Domain) -> str:
    """Return over how many spans of a year so much was climbed, the most frequent first."""
    if not domain.years:
        return "none with both ends known"
    ordered = sorted(domain.years.items(), key=lambda pair: (-pair[1], pair[0]))
    if len(ordered) == 1:
        levels, spans = ordered[0]
        return f"{_climbed(levels)} in {'the one there is' if spans == 1 else f'all {prose.number(spans)}'}"
    parts = [f"{_climbed(levels)} in {prose.number(spans)}" for levels, spans in ordered]
    return f"of {prose.number(sum(domain.years.values()))}, {prose.listed(parts)}"


def _climbed(levels: int) -> str:
    if not levels:
        return "nothing"
    return prose.count(levels, "level") if levels > 0 else f"a fall of {prose.number(-levels)}"
