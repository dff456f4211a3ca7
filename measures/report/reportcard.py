"""The mission's own report card: the auditors' twelve questions, raters, goals and the headline in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from measures.judgement.auditors import Question, with_withheld
from measures.judgement.churn import Change
from measures.judgement.headlines import Hinge
from measures.judgement.rotation import Handover
from measures.report import prose
from measures.report.model import Claim, Paragraph, Ref
from measures.report.rows import QuestionLine
from measures.report.source import Source

_WORDS = {
    "definition-drift": (
        "Did the words change under the levels?",
        "levels seen before",
        "The rubric changed and nothing joins the two.",
    ),
    "goal-churn": (
        "Were goals changed that nothing can be compared with?",
        "goals changed",
        "No baseline was known.",
    ),
    "regression-unseen": (
        "Could a fall have gone unseen?",
        "criteria once above the lowest level",
        "Not seen for longer than the rubric lets a level stand.",
    ),
    "unapproved": (
        "Is anything told that nobody approved?",
        "levels",
        "No approval binds to the score shown.",
    ),
    "not-independent": (
        "Did the programme mark its own work?",
        "levels",
        "Scored by advisers, or by who leads the milestone, and settled by nobody else.",
    ),
    "applied-unevenly": (
        "Was the scale used unevenly?",
        "levels",
        "Raters apart and nobody settled it, or a statement of the level without a yes.",
    ),
    "items-closed": (
        "Is there a level whose evidence this reader cannot open?",
        "levels",
        "Nothing is cited for it, or it is withheld from this edition.",
    ),
    "without-support": (
        "Does anything stand alone while what it needs does not?",
        "criteria held without advisers",
        "Something the milestone depends on is lower, unknown or not in the plan.",
    ),
    "not-written-down": (
        "Is the beginning or the afterwards missing?",
        "things a plan should say",
        "Of each: a known baseline, who carries it on, and what the partner itself puts in.",
    ),
    "rater-changed": (
        "Did levels jump when the rater changed?",
        "changes of rater",
        "Nobody who gave the earlier level gave the later one.",
    ),
    "confidence-stays": (
        "Did confidence stay when nobody was there to see?",
        "levels seen before",
        "As sure as when it was seen first-hand, or while a neighbour could not be looked at.",
    ),
    "averaged": (
        "Was anything averaged, or told by a colour alone?",
        "results",
        "It cannot be: nothing is added up, and no colour stands without its word.",
    ),
}
"""What each question is called in a report, what it counts among, and what is counted."""

_LACKS = {
    "baseline": "no baseline",
    "sustainment": "nobody has said who carries it on",
    "capacity": "nothing on what the partner puts in",
}
_CHANGED = {"reworded": "re-worded", "retargeted": "given another target, day or baseline"}
_DROPPED = {"abandoned": "given up", "superseded": "replaced", "deferred": "put off", "closed": "closed"}
_SINGULAR = {"levels": "level", "milestones": "milestone", "results": "result"}
_MOST = 4


def question_lines(source: Source) -> tuple[QuestionLine, ...]:
    """Return the twelve questions with their answers, in the order of method, section 10."""
    holes = {(s.milestone, s.criterion, s.period) for s in source.stands if s.state == "withheld"}
    asked = with_withheld(source.quarter.report_card.questions, holes)
    return tuple(_line(source, question) for question in asked)


def _line(source: Source, question: Question) -> QuestionLine:
    title, base, explanation = _WORDS[question.code]
    return QuestionLine(
        number=question.number,
        title=title,
        source=question.source,
        count=len(question.items),
        of=question.of,
        base=_SINGULAR.get(base, base) if question.of == 1 else base,
        explanation=explanation if question.items or question.code == "averaged" else "",
        items=tuple(_which(source, question)),
        trail=question.trail,
    )


def _which(source: Source, question: Question) -> Iterable[tuple[str, str]]:
    if question.code == "not-written-down":
        return _lacking(source, question)
    if question.code == "goal-churn":
        return [(ref, _goal_anchor(source, kind, ref)) for kind, ref in question.items]
    known = {(s.milestone, s.criterion): s for s in source.now}
    by_milestone: dict[str, list[str]] = {}
    for milestone, criterion, *_ in question.items:
        by_milestone.setdefault(milestone, []).append(source.quoted(known[milestone, criterion]))
    return [
        (f"{name} {_names(names, len(source.of(name)))}", f"milestone-{name}")
        for name, names in by_milestone.items()
    ]


def _names(names: Sequence[str], whole: int) -> str:
    return "throughout" if len(names) == whole > 1 else prose.listed(names)


def _lacking(source: Source, question: Question) -> Iterable[tuple[str, str]]:
    for word, form in _LACKS.items():
        names = [name for _, name, lack in question.items if lack == word]
        if names:
            every = len(names) == len(source.milestones) > 1
            yield f"{form}: {'every one' if every else prose.listed(names)}", ""


def _goal_anchor(source: Source, kind: str, ref: str) -> str:
    shown = {m.id for m in source.milestones} if kind == "milestone" else {o.id for o in source.objectives}
    return f"{kind}-{ref}" if ref in shown else ""


def rotation_words(source: Source) -> Paragraph:
    """Return whether raters changed, and whether levels jumped when they did."""
    found = source.quarter.report_card.rotation
    basis = [Ref("mission", source.mission.id)]
    if found.raters < 2:
        text = "One person gave every level so far, so none can have jumped with a change of rater."
        if not found.raters:
            text = "Nobody has given a level so far, so none can have jumped with a change of rater."
        return (source.claims.say(text, basis),)
    jumped, held = (found.count(changed=True, moved=moved) for moved in (True, False))
    moved, stood = (found.count(changed=False, moved=moved) for moved in (True, False))
    changes = jumped + held
    text = f"{prose.capital(prose.count(found.raters, 'person', 'people'))} gave levels so far. "
    if not changes:
        text += "No level was given by somebody else than the one before it."
    else:
        text += (
            f"Of {prose.count(changes, 'level')} given by somebody else than the one before, "
            f"{prose.number(jumped)} moved; of {prose.number(moved + stood)} given by the same, "
            f"{prose.number(moved)} moved."
        )
    said = [source.claims.say(text, basis)]
    return (*said, *(_handover(source, one) for one in found.at(str(source.period)) if one.jumped))


def _handover(source: Source, one: Handover) -> Claim:
    """Return that the rater of a milestone changed and levels jumped at once."""
    stands = {s.criterion: s for s in source.of(one.milestone)}
    names = [
        f"{source.quoted(stands[name])} ({'up' if steps > 0 else 'down'} {prose.number(abs(steps))})"
        for name, steps in one.jumped
    ]
    count = prose.count(len(one.jumped), "level")
    text = f"{one.milestone}: the rater changed and {count} jumped at once: {prose.listed(names)}."
    refs = [ref for name, _ in one.jumped for ref in source.cell_refs(stands[name])]
    return source.claims.say(text, refs)


def churn_words(source: Source) -> Paragraph:
    """Return what became of the goals so far and this quarter, and how far it can be told."""
    found = source.quarter.report_card.churn
    basis = [Ref("objective", o.id, f"objective-{o.id}") for o in source.objectives]
    basis += [Ref("milestone", m.id, f"milestone-{m.id}") for m in source.milestones]
    if not basis:
        return ()
    added, dropped, reworded, retargeted = (
        found.count(kind) for kind in ("added", "dropped", "reworded", "retargeted")
    )
    counts = [
        f"{prose.number(added)} came after the first quarter",
        f"{prose.number(dropped)} {_were(dropped)} given up, closed, replaced or put off",
        f"{prose.number(reworded)} {_were(reworded)} {_CHANGED['reworded']}",
        f"{prose.number(retargeted)} {_were(retargeted)} {_CHANGED['retargeted']}",
    ]
    text = f"Of {prose.count(found.goals, 'goal')} on record, {prose.listed(counts)}."
    said = [source.claims.say(text, basis)]
    said += _this_quarter(source, found.at(str(source.period)))
    if found.writings == 1:
        text = (
            "All were written down at one time; of what changed before then, only what the plan itself dates "
            "is known."
        )
        said.append(source.claims.say(text, basis))
    return tuple(said)


def _were(number: int) -> str:
    return "was" if number < 2 else "were"


def _this_quarter(source: Source, changes: Sequence[Change]) -> list[Claim]:
    """Return what happened to which goals in the quarter; what only changed around a goal is left out."""
    by_form: dict[str, list[Change]] = {}
    for change in changes:
        form = _DROPPED.get(change.after, "") if change.kind == "dropped" else _CHANGED.get(change.kind, "")
        if form or change.kind == "added":
            by_form.setdefault(form, []).append(change)
    if not by_form:
        return []
    parts, refs = [], []
    for form, of in by_form.items():
        names = list(dict.fromkeys(change.ref for change in of))
        parts.append(f"{prose.listed(names)} {f'{_were(len(names))} {form}' if form else 'came on record'}")
        refs += [Ref(change.goal, change.ref, _goal_anchor(source, change.goal, change.ref)) for change in of]
    return [source.claims.say(prose.sentence(f"This quarter {'; '.join(parts)}"), refs)]


def headline_words(source: Source) -> Paragraph:
    """Return which single score, if off by one step, would change the headline, and which results."""
    found = source.quarter.report_card.firmness
    if not found.moved and not found.held:
        return ()
    refs = [
        ref for stand in source.now if stand.known and stand.last_period for ref in source.cell_refs(stand)
    ]
    basis = refs or [Ref("mission", source.mission.id)]
    by: dict[tuple[str, str], list[Hinge]] = {}
    for hinge in found.of("movement"):
        by.setdefault((hinge.milestone, hinge.criterion), []).append(hinge)
    said = [source.claims.say(text, basis) for text in _movements(source, by, found.moved)]
    if found.held:
        levels = "the one level" if found.held == 1 else f"any of the {prose.number(found.held)} levels"
        text = f"Had {levels} that held been scored one step off, the page would tell of a movement."
        said.append(source.claims.say(text, basis))
    named = dict.fromkeys(hinge.milestone for hinge in found.of("result") if _told(source, hinge.milestone))
    if named:
        text = f"Results that hang on one step are said with their milestones: {prose.listed(list(named))}."
        said.append(source.claims.say(text, [Ref("milestone", m, f"milestone-{m}") for m in named]))
    return tuple(said)


def _told(source: Source, milestone: str) -> bool:
    """Return whether the milestone's own page says what its result hangs on."""
    return len(source.rubric(milestone).criteria) > 1 and bool(source.quarter.results[milestone].known)


def _movements(source: Source, by: dict[tuple[str, str], list[Hinge]], moved: int) -> list[str]:
    if not moved:
        return ["The headline tells of no movement."]
    if not by:
        return ["No movement of the headline hangs on a single step."]
    if len(by) > _MOST:
        of = prose.of(len(by), moved)
        return [f"{of} movements are of one step and would not be told if either score were one step off."]
    texts = []
    for (milestone, criterion), hinges in by.items():
        title = prose.quote(source.criterion_title(milestone, criterion, str(source.period)))
        ends = [
            f"one step {'higher' if hinge.direction > 0 else 'lower'} in {hinge.period}"
            for hinge in sorted(hinges, key=lambda hinge: hinge.period, reverse=True)
        ]
        verb = (
            "risen"
            if hinges[0].direction * (1 if hinges[0].period != str(source.period) else -1) > 0
            else "fallen"
        )
        texts.append(f"{title} would not be told as {verb} had it been scored {' or '.join(ends)}.")
    return texts
