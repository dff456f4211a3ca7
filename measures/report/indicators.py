"""The raw figures that were asked for or reported so far, and what became of each."""

from __future__ import annotations

from measures.judgement.indicators import Indicator
from measures.report import prose
from measures.report.model import IndicatorRow, Paragraph, Ref
from measures.report.source import Source

_FATE = {"retire": "retired", "repair": "to be repaired", "keep-as-context": "kept as context"}


def indicator_rows(source: Source) -> tuple[IndicatorRow, ...]:
    """Return a line for each raw figure on record by the quarter's end, oldest first."""
    return tuple(_row(source, found) for found in source.quarter.indicators)


def indicator_words(source: Source) -> Paragraph:
    """Return how many there are and what became of them; nothing where there are none."""
    found = source.quarter.indicators
    if not found:
        return ()
    parts = []
    for word, fate in _FATE.items():
        count = sum(indicator.verdict.word == word for indicator in found)
        if count:
            parts.append(f"{prose.number(count)} {'is' if count == 1 else 'are'} {fate}")
    text = f"Of {prose.count(len(found), 'raw figure')} on record {prose.listed(parts)}."
    if not any(indicator.verdict.word == "keep-as-context" for indicator in found):
        text = f"{text[:-1]}; none carries all that it would take to stand beside a level."
    return (source.claims.say(text, [_ref(indicator) for indicator in found]),)


def _ref(found: Indicator) -> Ref:
    return Ref("indicator", found.id, f"indicator-{found.id}")


def _row(source: Source, found: Indicator) -> IndicatorRow:
    basis = [_ref(found), *source.evidence_refs(found.evidence)]
    figure = f", {found.figure}" if found.figure else ""
    said = (
        f"{found.title}{figure} ({found.reported_by}, {prose.date(found.date)}): {_FATE[found.verdict.word]}."
    )
    parts = [said, found.verdict.reason]
    if found.verdict.word == "retire":
        parts = [said, found.verdict.first_reason]
    elif found.verdict.repairs:
        parts = [said, prose.sentence(f"What it takes: {'; '.join(found.verdict.repairs)}")]
    answer, more = _answer(source, found)
    return IndicatorRow(
        id=found.id,
        anchor=f"indicator-{found.id}",
        verdict=found.verdict.said,
        claim=source.claims.say(" ".join(filter(None, (*parts, answer))), basis + more),
    )


def _answer(source: Source, found: Indicator) -> tuple[str, list[Ref]]:
    """Return where the question behind a figure is answered, with what that rests on."""
    pin, _, name = found.criterion.partition("/")
    rubric = source.quarter.lineage.rubric(pin)
    criterion = next((c for c in rubric.criteria if c.id == name), None) if rubric else None
    if rubric is None or criterion is None:
        return "", []
    title = prose.quote(source.text(criterion.title))
    basis = [Ref("rubric", f"{pin}#{name}")]
    used = [m for m in source.milestones if m.rubric == rubric.id]
    if not used:
        return f"The question behind it is that of {title}, which no milestone is scored on.", basis
    basis += [Ref("milestone", m.id, f"milestone-{m.id}") for m in used]
    return f"{prose.listed([m.id for m in used])} answers the question behind it under {title}.", basis
