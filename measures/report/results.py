"""What a milestone's criteria amount to: its result in words, what caps it, what would tip it."""

from __future__ import annotations

from measures.judgement.aggregation import Result
from measures.judgement.caps import Capping
from measures.records.plan import Milestone
from measures.report import prose
from measures.report.model import Claim, Ref
from measures.report.source import Source
from measures.rubric.model import Rubric


def result_words(source: Source, milestone: Milestone) -> str:
    """Return a milestone's result in words: a level, a range, or that the profile is the answer."""
    result, rubric = source.quarter.results[milestone.id], source.rubric(milestone.id)
    words = _result(result, rubric, source.language)
    lowered = any(cap.state == "lowers" for cap in source.quarter.caps[milestone.id])
    return f"{words}; held down by what it depends on" if lowered else words


def _result(result: Result, rubric: Rubric, language: str) -> str:
    if not result.known:
        return "No criterion is known" if result.unknown else "Does not apply"
    if result.method == "profile":
        rungs = sorted({rubric.rung(level) for level in result.known})
        labels = [rubric.label(rubric.ladder[rung], language) for rung in rungs]
        span = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"
        whole = len(result.known) + result.unknown
        return f"{len(result.known)} of {whole} known: {span}" if result.unknown else f"All known: {span}"
    by = prose.AGGREGATION[result.method]
    low, high = (rubric.result_label(level, language) for level in (result.lower, result.upper))
    if result.settled:
        return f"{low}, {by}" + (", with others higher" if result.plus else "")
    unknown = f"; {prose.number(result.unknown)} not known" if result.unknown else ""
    return f"Between {low} and {high}, {by}{unknown}"


def cap_claims(source: Source, milestone: Milestone) -> list[Claim]:
    """Return a sentence for each declared dependency that lowers the result or cannot be applied."""
    return [
        source.claims.say(
            text, [Ref("milestone", milestone.id, f"milestone-{milestone.id}"), *_cap_refs(cap)]
        )
        for cap in source.quarter.caps[milestone.id]
        if (text := _cap(source, milestone, cap))
    ]


def _cap_refs(cap: Capping) -> list[Ref]:
    return [Ref("milestone", cap.milestone, f"milestone-{cap.milestone}")] if cap.milestone else []


def _cap(source: Source, milestone: Milestone, cap: Capping) -> str:
    """Return what a cap did, in words; empty where it changed nothing."""
    if cap.state == "holds":
        return ""
    if cap.state == "not-planned":
        over = [name for name in milestone.depends_on if _over(source, name)]
        if over:
            return f"It depends on {prose.listed(over)}, which was closed and holds down nothing any more."
        return (
            f"Its rubric caps it by the rubric {prose.quote(cap.rubric)}, "
            "but the plan names no milestone scored with that one that it depends on."
        )
    other = prose.quote(source.text(source.plan.milestones[cap.milestone].title))
    if cap.state == "not-comparable":
        return f"It depends on {other} ({cap.milestone}), whose levels cannot be compared with its own."
    rubric = source.rubric(milestone.id)
    before, low, high = (
        rubric.result_label(level, source.language) for level in (cap.before.upper, cap.lower, cap.upper)
    )
    stands = f"at {low}" if cap.lower == cap.upper else f"anywhere between {low} and {high}"
    own = f"By its own criteria it could stand at {before}, but {other} ({cap.milestone}) stands {stands}."
    return f"{own} {prose.sentence(source.text(cap.reason))}"


def _over(source: Source, milestone: str) -> bool:
    found = source.plan.milestones.get(milestone)
    return found is not None and found.over(source.period)


def tipping_claims(source: Source, milestone: Milestone) -> list[Claim]:
    """Return whether the result would change if one criterion stood one level higher or lower."""
    result = source.quarter.results[milestone.id]
    if result.method == "profile" or not result.known or len(source.rubric(milestone.id).criteria) < 2:
        return []
    rubric = source.rubric(milestone.id)
    steps: dict[int, list[str]] = {}
    levels = {stand.criterion: stand.low for stand in source.of(milestone.id)}
    for tipping in source.quarter.tipping[milestone.id]:
        low = levels[rubric.criteria[tipping.position].id]
        way = "higher" if rubric.rung(tipping.to) > rubric.rung(low) else "lower"
        would = f"one level {way} it would be {_short(tipping.result, rubric, source.language)}"
        steps.setdefault(tipping.position, []).append(would)
    refs = [Ref("milestone", milestone.id, f"milestone-{milestone.id}")]
    if not steps:
        text = "No single criterion, one level higher or lower, would change the result."
        return [source.claims.say(text, refs)]
    parts = [
        f"with {prose.quote(source.text(rubric.criteria[at].title))} {'; '.join(would)}"
        for at, would in steps.items()
    ]
    return [source.claims.say(prose.sentence(f"The result hangs on one step: {'; '.join(parts)}"), refs)]


def _short(result: Result, rubric: Rubric, language: str) -> str:
    low, high = (rubric.result_label(level, language) for level in (result.lower, result.upper))
    return (low if result.settled else f"{low} to {high}") + (", with others higher" if result.plus else "")
