"""YAML to rubric: reads everything, notes every finding, never guesses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from measures.finding import Finding, did_you_mean, errors_in, one_of
from measures.rubric.annexes import (
    NOTHING,
    RESERVED,
    WEIGHTS,
    Known,
    joined,
    no_weights,
    read_base,
    read_caps,
    read_changes,
    read_extends,
    read_rubric_table,
    read_vignettes,
)
from measures.rubric.document import Document, parse, read_document
from measures.rubric.model import (
    ADVISERS,
    AGGREGATIONS,
    ASPECTS,
    EVIDENCE_KINDS,
    NONE,
    SUSTAINS,
    Attribute,
    Criterion,
    EvidenceRule,
    Level,
    Rubric,
    Source,
    Step,
)
from measures.rubric.reading import Cursor, root

_WEAKEST = EvidenceRule()
_MOST = {"levels": 20, "criteria": 100}
"""How long a list may be: every criterion is read against every level of the ladder."""


def read_rubric(
    path: Path, name: str | None = None, known: Known = NOTHING
) -> tuple[Rubric | None, list[Finding]]:
    """Read a rubric file.

    Args:
        path: The YAML file.
        name: What findings call it; its file name when not given.
        known: Where a rubric it extends and a table it names are found.

    Returns:
        The rubric, or ``None`` when a finding is an error; and every finding.
    """
    document, findings = read_document(path, name or path.name)
    return from_document(document, findings, known)


def parse_rubric(
    content: str | bytes, name: str = "rubric.yaml", known: Known = NOTHING
) -> tuple[Rubric | None, list[Finding]]:
    """Read a rubric from text; as :func:`read_rubric`."""
    document, findings = parse(content, name)
    return from_document(document, findings, known)


def from_plain(plain: dict[str, Any], name: str = "rubric") -> Rubric | None:
    """Return the rubric that :func:`measures.rubric.plain.to_plain` wrote, e.g. into the register."""
    rubric, _ = from_document(Document(name, plain), [], Known(resolved=True))
    return rubric


def from_document(
    document: Document, findings: list[Finding], known: Known = NOTHING
) -> tuple[Rubric | None, list[Finding]]:
    """Return the rubric that a document describes; findings are added to those given."""
    top = root(document, findings, "a rubric")
    if top is None:
        return None, findings
    rubric = _rubric(top, known)
    return (None if errors_in(findings) else rubric), findings


_KEYS = (
    "id",
    "version",
    "extends",
    "title",
    "summary",
    "derives_from",
    "validity",
    "aggregation",
    "table",
    "caps",
    "sustainment",
    "levels",
    "criteria",
    "vignettes",
    "changes",
)


def _rubric(top: Cursor, known: Known) -> Rubric | None:
    no_weights(top)
    top.only(*_KEYS, *WEIGHTS)
    for key in ("id", "version"):
        if "@" in top.text(key, required=False):
            top.note(
                "S005",
                key,
                column=key,
                what="an id without @, which parts it from the version",
                value=top.text(key),
            )
    base = read_base(top, known)
    fresh = base is None
    if fresh and "extends" in top.map and not known.resolved:
        read_extends(top)
        return None  # without its base nothing of it can be judged
    levels = tuple(_levels(top)) if base is None else base.levels
    ladder = tuple(level.id for level in levels)
    sustainment = _sustainment(top, ladder, base)
    own = tuple(
        _read_criterion(cursor, ladder, sustainment)
        for cursor in _few(top, "criteria", "a criterion", required=fresh)
    )
    _unique(top, own)
    if base is not None:
        _no_clash(top, own, base)
    for key, found in (("levels", ladder[1:]), ("criteria", own)):
        if not found and top.map.get(key) is not None:
            top.note("S010", key, where=key, what="a list with something in it", got="too few")
    criteria = own if base is None else joined(base.criteria, own)
    sources = tuple(_source(cursor) for cursor in top.each("derives_from", "a source", required=False))
    aggregation = top.word("aggregation", AGGREGATIONS, required=fresh) or (base.aggregation if base else "")
    _aggregates(top, aggregation, criteria)
    return Rubric(
        id=top.id(what="a short id in lower case"),
        version=top.id("version", what="a version such as 1.0"),
        title=top.texts("title", required=fresh) or (base.title if base else {}),
        summary=top.texts("summary", required=fresh) or (base.summary if base else {}),
        derives_from=(base.derives_from if base else ()) + sources,
        validity=top.number("validity", 1, 40, default=base.validity if base else None),
        aggregation=aggregation,
        sustainment=sustainment,
        levels=levels,
        criteria=criteria,
        caps=read_caps(top, aggregation, base),
        vignettes=read_vignettes(top, criteria, ladder, base),
        extends=read_extends(top),
        changes=read_changes(top, criteria),
        table=read_rubric_table(top, aggregation, ladder, criteria, known, base),
    )


def _few(top: Cursor, key: str, what: str, *, required: bool = True) -> Iterator[Cursor]:
    """Yield a cursor at each map of a list; one that is too long is noted and cut."""
    given, most = top.map.get(key), _MOST[key]
    if isinstance(given, list) and len(given) > most:
        top.note("S010", key, most, where=key, what=f"a list of at most {most}", got=str(len(given)))
    return islice(top.each(key, what, required=required), most)


def _sustainment(top: Cursor, ladder: tuple[str, ...], base: Rubric | None) -> str:
    what = "the level from which advisers are no longer needed"
    sustainment = top.text("sustainment", required=base is None, what=what)
    if base is not None and sustainment in ("", base.sustainment):
        return base.sustainment
    if sustainment and sustainment not in ladder[1:]:
        _off_ladder(top, sustainment, ladder, "sustainment")
        return ladder[-1] if ladder else ""
    if base is not None:
        top.note("R012", "sustainment", key="sustainment", base=str(base.pin))
    return sustainment


def _aggregates(top: Cursor, aggregation: str, criteria: tuple[Criterion, ...]) -> None:
    if aggregation == "gate" and criteria and not any(criterion.essential for criterion in criteria):
        top.note("R016", "aggregation")


def _levels(top: Cursor) -> list[Level]:
    levels: list[Level] = []
    for position, cursor in enumerate(_few(top, "levels", "a level")):
        cursor.only("id", "label")
        level = Level(cursor.id(), cursor.texts("label"))
        if level.id in {known.id for known in levels}:
            cursor.note("S007", "id", what="level id", value=level.id)
            continue
        if level.id in RESERVED:
            cursor.note("S005", "id", column="id", what="no non-score", value=level.id)
        if position == 0 and level.id != NONE:
            cursor.note("S004", "id", column="the first level", allowed=NONE, value=level.id, hint="")
        levels.append(level)
    return levels


def _source(cursor: Cursor) -> Source:
    cursor.only("title", "publisher", "note")
    return Source(cursor.text("title"), cursor.text("publisher"), cursor.plain_or_texts("note"))


def _read_criterion(cursor: Cursor, ladder: tuple[str, ...], sustainment: str) -> Criterion:
    no_weights(cursor)
    cursor.only("id", "title", "aspect", "question", "essential", "levels", *WEIGHTS)
    name = cursor.id(what="a short id in lower case")
    steps: list[Step] = []
    below = cursor.down("levels", f"the levels of {name}")
    if below is not None:
        for given in below.map:
            if given not in ladder:
                _off_ladder(below, given, ladder, given)
        for level in ladder:
            if level not in below.map:
                below.note("R002", criterion=name, level=level)
                continue
            at = below.down(level, f"level {level} of {name}")
            if at is not None:
                steps.append(_read_step(at, level, steps[-1] if steps else None, name))
    _gate(cursor, name, steps, ladder, sustainment)
    return Criterion(
        id=name,
        title=cursor.texts("title"),
        aspect=cursor.word("aspect", ASPECTS),
        question=cursor.texts("question"),
        steps=tuple(steps),
        essential=cursor.yes("essential"),
    )


def _read_step(at: Cursor, level: str, below: Step | None, criterion: str) -> Step:
    attributes: tuple[Attribute, ...] = ()
    advisers = "none"
    if level == NONE:
        at.only("descriptor", "evidence")
    else:
        at.only("descriptor", "attributes", "advisers", "evidence")
        given = at.each("attributes", "an attribute", required=False)
        attributes = tuple(_attribute(cursor) for cursor in given)
        if not attributes:
            at.note("R008", "attributes", level=level, criterion=criterion)
        advisers = at.word("advisers", ADVISERS)
    known = len(at.findings)
    rule = _evidence(at, required=level != NONE)
    if below is not None and below.level != NONE and len(at.findings) == known:
        weaker = _weaker(rule, below.evidence)
        if weaker:
            at.note("R006", "evidence", level=level, criterion=criterion, what=weaker)
    return Step(level, at.texts("descriptor"), attributes, advisers, rule)


def _attribute(cursor: Cursor) -> Attribute:
    cursor.only("id", "text", "sustains")
    sustains = cursor.word("sustains", SUSTAINS, required=False)
    return Attribute(cursor.id(), cursor.texts("text"), sustains)


def _evidence(at: Cursor, *, required: bool) -> EvidenceRule:
    rule = at.down("evidence", "an evidence rule", required=required)
    if rule is None:
        return _WEAKEST
    rule.only("origins", "kinds", "grade", "first_hand", "fresh")
    grade = rule.text("grade", what="a grade such as C3")
    if grade and not (len(grade) == 2 and grade[0] in "ABCDE" and grade[1] in "12345"):
        rule.note("S005", "grade", column="grade", what="a letter A to E and a digit 1 to 5", value=grade)
        grade = "E5"
    kinds = rule.words("kinds", required=True, allowed=EVIDENCE_KINDS)
    if kinds == ("testimonial",):
        rule.note("S005", "kinds", column="kinds", what="more than testimony alone", value="testimonial")
    return EvidenceRule(
        origins=rule.number("origins", 1, 20),
        kinds=kinds,
        reliability=grade[:1] or "E",
        credibility=grade[1:] or "5",
        first_hand=rule.yes("first_hand"),
        fresh=rule.number("fresh", 1, 40),
    )


def _weaker(rule: EvidenceRule, below: EvidenceRule) -> str:
    """Return what ``rule`` asks less of than the rule below it, or an empty text."""
    if rule.origins < below.origins:
        return "fewer origins"
    if rule.reliability > below.reliability:
        return "a lower reliability"
    if rule.credibility > below.credibility:
        return "a lower credibility"
    if below.first_hand and not rule.first_hand:
        return "nothing first-hand"
    return "older items" if rule.fresh > below.fresh else ""


def _gate(cursor: Cursor, name: str, steps: list[Step], ladder: tuple[str, ...], sustainment: str) -> None:
    if sustainment not in ladder:
        return
    for step in steps:
        if ladder.index(step.level) < ladder.index(sustainment):
            continue
        if step.advisers != "none":
            cursor.note(
                "R005", "levels", step.level, "advisers", level=step.level, criterion=name, got=step.advisers
            )
        if step.level == sustainment:
            missing = [word for word in SUSTAINS if word not in {a.sustains for a in step.attributes}]
            if missing:
                where = ("levels", step.level, "attributes")
                cursor.note("R004", *where, level=step.level, criterion=name, missing=", ".join(missing))


def _unique(top: Cursor, criteria: tuple[Criterion, ...]) -> None:
    seen: set[str] = set()
    attributes: set[str] = set()
    for position, criterion in enumerate(criteria):
        if criterion.id and criterion.id in seen:
            top.note("S007", "criteria", position, "id", what="criterion id", value=criterion.id)
        seen.add(criterion.id)
        for step in criterion.steps:
            for at, attribute in enumerate(step.attributes):
                if attribute.id in attributes:
                    where = ("criteria", position, "levels", step.level, "attributes", at, "id")
                    top.note("R003", *where, id=attribute.id)
                attributes.add(attribute.id)


def _no_clash(top: Cursor, own: tuple[Criterion, ...], base: Rubric) -> None:
    """Own criteria take no attribute id of a criterion that stays."""
    replaced = {criterion.id for criterion in own}
    kept = [criterion for criterion in base.criteria if criterion.id not in replaced]
    taken = {attribute.id for criterion in kept for step in criterion.steps for attribute in step.attributes}
    for position, criterion in enumerate(own):
        for step in criterion.steps:
            for at, attribute in enumerate(step.attributes):
                if attribute.id in taken:
                    where = ("criteria", position, "levels", step.level, "attributes", at, "id")
                    top.note("R003", *where, id=attribute.id)


def _off_ladder(cursor: Cursor, level: str, ladder: tuple[str, ...], key: str) -> None:
    hint = did_you_mean(level, ladder)
    cursor.note("R001", key, level=level, rubric="this rubric", hint=hint, allowed=one_of(ladder))
