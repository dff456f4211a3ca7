"""Milestone pages: where it stands, what was seen, what the next level takes."""

from __future__ import annotations

from measures.records.plan import Milestone
from measures.report import charts, prose
from measures.report.comments import comment_claims
from measures.report.model import Claim, CriterionBlock, MilestonePage, Paragraph, Ref, Rung
from measures.report.movements import moved_sentences, movement_labels
from measures.report.pace import pace_claims
from measures.report.raters import other_views
from measures.report.results import cap_claims, result_words, tipping_claims
from measures.report.retargets import changed_from
from measures.report.source import Source, Stand, anchor
from measures.report.trends import trend_marks, trend_title
from measures.report.versions import version_claims

_HISTORY = 3


def milestone_page(source: Source, milestone: Milestone) -> MilestonePage:
    """Return a milestone's page."""
    stands = source.of(milestone.id)
    rubric = source.rubric(milestone.id)
    objective = source.plan.objectives[milestone.objective]
    return MilestonePage(
        id=milestone.id,
        anchor=f"milestone-{milestone.id}",
        title=source.text(milestone.title),
        headline=headline(source, milestone),
        objective=f"{objective.id} {source.text(objective.title)}",
        rubric=f"{source.text(rubric.title)} {rubric.version}",
        target=source.label(milestone.id, milestone.target),
        due=str(milestone.due),
        result=result_words(source, milestone),
        narrative=tuple(paragraph for paragraph in _narrative(source, milestone) if paragraph),
        criteria=tuple(criterion_block(source, milestone, stand) for stand in stands),
        position=_position(source, milestone),
        promises=_promises(source, milestone),
        sustainment=(
            source.claims.say(prose.sentence(source.text(milestone.sustainment)), [_milestone(milestone)]),
        ),
        first_trend_period=str(source.mission.first),
        last_trend_period=str(source.period),
    )


def headline(source: Source, milestone: Milestone) -> str:
    """Return the finding of a milestone in one line."""
    stands = source.of(milestone.id)
    moved = {
        name: steps
        for (of, name, when), steps in source.steps.items()
        if (of, when) == (milestone.id, str(source.period))
    }
    title = {stand.criterion: source.quoted(stand) for stand in stands}
    up = [title[name] for name, steps in moved.items() if steps > 0]
    down = [title[name] for name, steps in moved.items() if steps < 0]
    first = [source.quoted(s) for s in stands if s.known and not s.last_period and not s.above]
    parts = [f"{prose.listed(names)} {verb}" for names, verb in ((up, "rose"), (down, "fell")) if names]
    parts += [f"{prose.listed(first)} first seen"] if first else []
    above = [source.quoted(stand) for stand in stands if stand.above]
    if above:
        names = (
            prose.listed(above)
            if len(above) < 3
            else prose.capital(prose.count(len(above), "criterion", "criteria"))
        )
        parts.append(f"{names} claimed higher than the evidence bears out")
    broken = [source.quoted(s) for s in stands if source.broken(s)]
    if parts:
        parts += [f"{prose.listed(broken)} not comparable with before"] if broken else []
        return prose.capital("; ".join(parts))
    if broken:
        return f"New version of the rubric: {prose.listed(broken)} not comparable with before"
    known = [stand for stand in stands if stand.known]
    if not known:
        seen = max((stand.last_period for stand in stands), default="")
        return f"Not known this quarter; nothing seen since {seen}" if seen else "Not known: never yet seen"
    rest = len(stands) - len(known)
    return "No movement" + (f"; {prose.count(rest, 'criterion', 'criteria')} not known" if rest else "")


def criterion_block(source: Source, milestone: Milestone, stand: Stand) -> CriterionBlock:
    """Return a criterion's block."""
    criterion = source.criterion(stand)
    ladder = source.rubric(milestone.id).ladder
    at = stand.low if stand.known else ""
    trend = trend_marks(source, stand)
    labels = [source.label(milestone.id, level) for level in ladder]
    following = ladder[ladder.index(at) + 1] if at and at != ladder[-1] else ""
    return CriterionBlock(
        id=stand.criterion,
        title=source.text(criterion.title),
        aspect=prose.ASPECT[criterion.aspect],
        state=stand.state,
        verdict=verdict(source, stand),
        support=_support(source, stand),
        confidence=source.confidence(stand),
        rungs=tuple(_rungs(source, milestone, stand, ladder)),
        descriptor=source.text(criterion.step(at).descriptor) if at else "",
        next_label=source.label(milestone.id, following) if following else "",
        next_descriptor=_takes(source, stand, following),
        trend=trend,
        trend_svg=charts.step_line(trend, labels, title=trend_title(source, stand, trend)),
        sentences=_sentences(source, stand),
        anchor=anchor(stand),
    )


def verdict(source: Source, stand: Stand) -> str:
    """Return a standing in a few words."""
    if stand.state != "level":
        return prose.non_score(stand.state, stand.cause)
    if stand.known:
        return source.label(stand.milestone, stand.low)
    if stand.low:
        low, high = source.label(stand.milestone, stand.low), source.label(stand.milestone, stand.high)
        return f"Between {low} and {high}: assessors differ"
    return f"Claimed only: {source.label(stand.milestone, stand.claimed)}"


def _support(source: Source, stand: Stand) -> str:
    if not stand.above:
        return ""
    claimed = source.label(stand.milestone, stand.claimed)
    carries = (
        f"the evidence supports {source.label(stand.milestone, stand.low)}"
        if stand.low
        else ("the evidence cited supports no level yet")
    )
    lacks = prose.missing(source.missing.get(stand.assessment, ""))
    tail = f" Missing: {lacks}." if lacks else ""
    return f"Claimed: {claimed}; {carries}.{tail}"


def _rungs(source: Source, milestone: Milestone, stand: Stand, ladder: tuple[str, ...]) -> list[Rung]:
    return [
        Rung(
            number=number,
            label=source.label(milestone.id, level),
            here=stand.known and level == stand.low,
            claimed=stand.above and level == stand.claimed,
            before=level == source.before(stand),
            before_period=stand.last_period if level == source.before(stand) else "",
            target=level == milestone.target,
        )
        for number, level in enumerate(ladder)
    ]


def _takes(source: Source, stand: Stand, following: str) -> str:
    """Return what the next level takes: statements not yet answered yes, or the evidence missing."""
    if not following:
        return ""
    answers = source.answers(stand.assessment)
    step = source.criterion(stand).step(following)
    texts = [
        source.text(attribute.text) for attribute in step.attributes if answers.get(attribute.id) != "yes"
    ]
    if texts:
        return " ".join(map(prose.sentence, texts))
    lacks = prose.missing(source.missing.get(stand.assessment, ""))
    return f"The assessor answers each of its statements with yes; what is missing is {lacks or 'evidence'}."


def _sentences(source: Source, stand: Stand) -> Paragraph:
    """Return the assessor's own words: what was seen, and why not the next level."""
    basis = source.score_basis(stand)
    if stand.state == "withheld":
        return (source.claims.say("A score for this quarter is withheld from this edition.", basis),)
    if not stand.assessment:
        return (
            source.claims.say("Nobody has scored this criterion for this quarter; the score is owed.", basis),
        )
    row = source.assessments[stand.assessment]
    words = " ".join(prose.sentence(row[column]) for column in ("rationale", "why_not_next") if row[column])
    said = [source.claims.say(words, basis)]
    views = other_views(source, stand)
    if views:
        said.append(source.claims.say(views, basis))
    said += comment_claims(source, stand)
    if stand.moderation:
        settled = source.moderations[stand.moderation]
        words = f"Settled by {settled['moderator']}: {settled['reason']}"
        if settled["dissent"]:
            words += f" Dissent: {settled['dissent']}"
        said.append(source.claims.say(prose.sentence(words), basis))
    return tuple(said)


def _narrative(source: Source, milestone: Milestone) -> list[Paragraph]:
    moved = tuple(moved_sentences(source, milestone.id))
    versions = tuple(version_claims(source, milestone))
    return [moved, versions, tuple(_so_far(source, milestone)), tuple(_towards_target(source, milestone))]


def _so_far(source: Source, milestone: Milestone) -> list[Claim]:
    """Return what moved in earlier quarters, and where things stood when they were last seen."""
    said = _baseline(source, milestone)
    moves = source.quarter.moves
    mine = moves[(moves["milestone"] == milestone.id) & (moves["period"] < str(source.period))]
    mine = mine[(mine["from_period"] != mine["period"]) & (mine["cause"] != "definition")]
    mine = mine.sort_values("period", kind="stable").tail(_HISTORY)
    parts, refs = [], []
    for row in mine.to_dict("records"):
        title = prose.quote(source.criterion_title(milestone.id, str(row["criterion"]), str(row["period"])))
        verb = "rose" if int(row["steps"]) > 0 else "fell"
        link = source.quarter.links.get((milestone.id, str(row["criterion"]), str(row["period"])))
        after = movement_labels(source, row, link)[1]
        parts.append(f"{title} {verb} to {after} in {row['period']} {prose.MOVEMENT_ON[str(row['cause'])]}")
        refs.append(Ref("assessment", str(row["assessment"]), f"{milestone.id}-{row['criterion']}"))
    if parts:
        said.append(source.claims.say(prose.sentence("Earlier, " + prose.listed(parts)), refs))
    lost = [s for s in source.of(milestone.id) if s.state != "level" and s.last_period]
    if lost:
        by: dict[tuple[str, str], list[str]] = {}
        for s in lost:
            by.setdefault((source.last_seen(s), f"{s.last_period}{_under(source, s)}"), []).append(
                source.quoted(s)
            )
        parts = [f"{prose.listed(names)} at {label} in {when}" for (label, when), names in by.items()]
        basis = [Ref("assessment", s.assessment, anchor(s)) for s in lost if s.assessment] or [
            _milestone(milestone)
        ]
        said.append(source.claims.say(prose.sentence("Last seen: " + prose.listed(parts)), basis))
    return said


def _under(source: Source, stand: Stand) -> str:
    """Return under which version a level was last seen, where it cannot be compared with what holds now."""
    if source.before(stand):
        return ""
    return f" (under version {stand.last_rubric.partition('@')[2]} of the rubric)"


def _baseline(source: Source, milestone: Milestone) -> list[Claim]:
    """Return where the milestone stood in the quarter that its plan calls the baseline."""
    if milestone.baseline is None or milestone.baseline >= source.period:
        return []
    then = [s for s in source.stands if (s.milestone, s.period) == (milestone.id, str(milestone.baseline))]
    by_level: dict[str, list[str]] = {}
    for stand in then:
        if stand.known:
            label = source.level_under(stand.rubric, stand.low, milestone.id)
            by_level.setdefault(label, []).append(source.quoted(stand))
    known = [f"{prose.listed(names)} at {label}" for label, names in by_level.items()]
    words = "; ".join(known) if known else "no criterion was known"
    refs = [Ref("assessment", s.assessment, anchor(s)) for s in then if s.assessment] or [
        _milestone(milestone)
    ]
    return [source.claims.say(prose.sentence(f"Baseline, {milestone.baseline}: {words}"), refs)]


def _towards_target(source: Source, milestone: Milestone) -> list[Claim]:
    """Return what lies between the milestone and its target."""
    stands = source.of(milestone.id)
    target = source.label(milestone.id, milestone.target)
    refs = [_milestone(milestone)] + [
        Ref("assessment", s.assessment, anchor(s)) for s in stands if s.assessment
    ]
    target += changed_from(source, milestone)
    said = [
        source.claims.say(
            f"The target is every criterion at {target}, {_when(source, milestone)}. "
            f"{_reached(source, milestone, stands)}",
            refs,
        )
    ]
    if milestone.depends_on:
        names = [
            f"{prose.quote(source.text(source.plan.milestones[name].title))} ({name})"
            for name in milestone.depends_on
            if name in source.plan.milestones
        ]
        said.append(source.claims.say(f"It depends on {prose.listed(names)}.", [_milestone(milestone)]))
    said += pace_claims(source, milestone)
    return said + cap_claims(source, milestone) + tipping_claims(source, milestone)


def _when(source: Source, milestone: Milestone) -> str:
    left = milestone.due - source.period
    if left < 0:
        return f"due in {milestone.due} and {prose.count(-left, 'quarter')} overdue"
    return f"due this quarter ({milestone.due})" if left == 0 else f"due in {milestone.due}"


def _reached(source: Source, milestone: Milestone, stands: list[Stand]) -> str:
    """Return how many criteria are there, below and not known."""
    short = source.short_of_target(milestone)
    unknown = sum(not stand.known for stand in short)
    there, below = len(stands) - len(short), len(short) - unknown
    if not short:
        return "It is reached."
    whole = prose.number(len(stands))
    if not there and not below:
        if len(stands) == 1:
            return "Whether it is there is not known."
        return f"Whether any of the {whole} is there is not known."
    if not there and not unknown:
        return f"All {whole} stand below it." if len(stands) > 1 else "It stands below it."
    parts = [f"{prose.number(there)} of {whole} {'is' if there == 1 else 'are'} there"] if there else []
    parts += [f"{prose.number(below)} {'stands' if below == 1 else 'stand'} below it"] if below else []
    parts += [f"{prose.number(unknown)} {'is' if unknown == 1 else 'are'} not known"] if unknown else []
    return prose.capital(prose.sentence(prose.listed(parts)))


def _position(source: Source, milestone: Milestone) -> Paragraph:
    demand = source.quarter.demands[milestone.objective]
    refs = [Ref("objective", milestone.objective, f"objective-{milestone.objective}")]
    if not demand.now:
        return (source.claims.say("No position of the partner on this objective is on record.", refs),)
    said = []
    for stance in demand.now[-3:]:
        basis = [Ref("position", stance.position, f"objective-{milestone.objective}"), *refs]
        basis += source.evidence_refs(stance.evidence)
        hand = ", at second hand" if source.second_hand(stance.evidence) else ""
        text = (
            f"{source.actor(stance.actor)}: {prose.STANCE[stance.stance]}{hand} ({prose.date(stance.date)})"
        )
        said.append(source.claims.say(prose.sentence(text), basis))
    return tuple(said)


def _promises(source: Source, milestone: Milestone) -> Paragraph:
    return tuple(
        promise_claim(source, due.promise.id)
        for due in source.quarter.promises
        if due.promise.objective == milestone.objective and due.state != "heard"
    )


def promise_claim(source: Source, name: str) -> Claim:
    """Return the claim that a promise is open, or that its date passed unheard."""
    due = next(found for found in source.quarter.promises if found.promise.id == name)
    promise = due.promise
    by = prose.listed([source.actor(actor) for actor in promise.by])
    refs = [
        Ref("promise", promise.id, f"objective-{promise.objective}"),
        *source.evidence_refs(promise.evidence),
    ]
    text = f"{by}, {prose.interval(promise.made)}: {prose.sentence(source.text(promise.text))}"
    when = prose.interval(promise.due) if promise.due else ""
    if due.state == "overdue":
        text += f" The date, {when}, has passed and nothing about it is on record."
    elif when:
        text += f" Due {when}."
    return source.claims.say(text, refs)


def _milestone(milestone: Milestone) -> Ref:
    return Ref("milestone", milestone.id, f"milestone-{milestone.id}")
