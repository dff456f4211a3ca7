"""Whether those who scored agree: said in words, with the list of what they do not agree on."""

from __future__ import annotations

from measures.judgement.agreement import RELIABLE, TENTATIVE, Agreement
from measures.judgement.panel import Disagreement, Scale
from measures.report import prose
from measures.report.audited import audit_words
from measures.report.comments import reply_words
from measures.report.model import Paragraph, Ref
from measures.report.source import Source, Stand

_ROLE = {"adviser": "advisers", "partner": "the partner", "external": "outside observers"}
_MOST = 6
NOBODY = "Nobody gave a level this quarter, so there is no agreement to speak of."


def agreement_words(source: Source) -> Paragraph:
    """Return how far raters agreed this quarter and so far, by roles, and where they do not."""
    found = source.quarter.panel
    basis = [Ref("mission", source.mission.id)]
    scored = [scale for scale in found.scales if scale.now.raters]
    several = len(found.scales) > 1
    texts = [] if scored else [NOBODY]
    if several:
        texts.append(
            f"The rubrics scored so far have {prose.number(len(found.scales))} different ladders. Levels of "
            "one have no order among those of another, so agreement is told for each."
        )
    for scale in found.scales:
        where = f"On the ladder of {_rubrics(source, scale)}: " if several else ""
        texts += [where + (prose.lower(text) if where else text) for text in _scale(scale)]
    silent = _silent(source)
    said = [source.claims.say(text, basis) for text in (*texts, *([silent] if silent else []))]
    said += [source.claims.say(_disagreement(source, one), _refs(one)) for one in found.disagreements[:_MOST]]
    rest = found.disagreements[_MOST:]
    if rest:
        refs = [ref for one in rest for ref in _refs(one)]
        names = prose.listed([_name(source, one) for one in rest])
        said.append(source.claims.say(prose.sentence(f"They also differ on {names}"), refs))
    return (*said, *audit_words(source), *reply_words(source))


def _silent(source: Source) -> str:
    """Return which roles gave no level this quarter, where somebody did; empty when all gave some."""
    beside = source.quarter.panel.beside
    if beside.empty:
        return ""
    names = [name for role, name in _ROLE.items() if not (beside[role] != "").any()]
    return prose.capital(prose.sentence(f"No level from {prose.listed(names)}")) if names else ""


def _rubrics(source: Source, scale: Scale) -> str:
    titles = {rubric.id: source.text(rubric.title) for rubric in source.quarter.rubrics.values()}
    return prose.listed([prose.quote(titles.get(name, name)) for name in scale.rubrics])


def _scale(scale: Scale) -> list[str]:
    """Return how far raters agree on one ladder: this quarter, so far, and by roles."""
    texts = [_now(scale.now)] if scale.now.raters else []
    if scale.so_far.units > scale.now.units:
        texts.append(f"Over every quarter so far: {_measured(scale.so_far)}")
    for (one, other), agreement in scale.pairs.items():
        texts.append(f"Between {_ROLE[one]} and {_ROLE[other]}: {_measured(agreement)}")
    return texts


def _now(found: Agreement) -> str:
    if found.state == "undefined":
        return "One rater alone gave levels this quarter, so whether two would agree is undefined."
    if found.state == "not-estimable" and not found.units:
        return "No criterion was given a level by two raters this quarter, so agreement cannot be estimated."
    return f"Where two or more raters gave a level this quarter: {_measured(found)}"


def _measured(found: Agreement) -> str:
    same = f"they gave the same level on {prose.of(found.exact, found.units)} criteria"
    if found.units == 1:
        same = (
            "they gave the same level on the one criterion"
            if found.exact
            else "they differ on the one criterion"
        )
    if found.alpha is None:
        return f"{same}; whether more than by chance cannot be estimated, as {_why(found)}."
    text = f"{same}; Krippendorff's alpha for ordered levels is {_decimals(found.alpha)}"
    if found.low is not None and found.high is not None:
        text += f" ({_decimals(found.low)} to {_decimals(found.high)} in 95 of 100 resamples)"
    return f"{text}, {_mark(found.alpha)}."


def _why(found: Agreement) -> str:
    return "every level given was the same" if found.units else "no criterion has two ratings"


def _mark(alpha: float) -> str:
    if alpha >= RELIABLE:
        return "which is usually taken as reliable"
    return (
        "which bears tentative conclusions only" if alpha >= TENTATIVE else "which is too little to rely on"
    )


def _decimals(value: float) -> str:
    return f"{value:.2f}".replace("-", "\u2212")


def _name(source: Source, one: Disagreement) -> str:
    title = source.criterion_title(one.milestone, one.criterion, one.period)
    return f"{one.milestone} {prose.quote(title)}"


def _disagreement(source: Source, one: Disagreement) -> str:
    levels = [
        f"{rating.assessor} ({rating.role}) {source.label(one.milestone, rating.level)}"
        for rating in one.ratings
    ]
    end = f"settled in {one.moderation}" if one.moderation else "nobody has settled it"
    return prose.sentence(f"{_name(source, one)}: {prose.listed(levels)}; {end}")


def _refs(one: Disagreement) -> list[Ref]:
    place = f"{one.milestone}-{one.criterion}"
    refs = [Ref("assessment", rating.assessment, place) for rating in one.ratings]
    return refs + ([Ref("moderation", one.moderation)] if one.moderation else [])


def other_views(source: Source, stand: Stand) -> str:
    """Return what the partner and outside observers gave where it differs from the level shown."""
    views = source.views.get((stand.milestone, stand.criterion), {})
    shown = stand.settled or stand.claimed
    parts = []
    for role, lead in (("partner", "the partner puts it at"), ("external", "an outside observer at")):
        level = views.get(role, "")
        if level and level != shown and role != source.role_of(stand):
            low, _, high = level.partition(" to ")
            labels = [source.label(stand.milestone, one) for one in (low, high) if one]
            parts.append(f"{lead} {' to '.join(labels)}")
    return prose.capital(prose.sentence(", ".join(parts))) if parts else ""
