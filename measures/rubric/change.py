"""What a change to a rubric does to its scores: editorial, clarified, recalibrated, restructured.

The classes are those of method, section 2:

``editorial``     the meaning is the same: comparable
``clarified``     comparable, with a note
``recalibrated``  attributes, levels or evidence rules changed: not comparable
``restructured``  criteria were added or removed: the rubric as a whole is not comparable

What follows from the structure is computed. Whether other words still mean the same cannot
be: there the author declares a class, which is never believed below the *least* that can be
computed; where nobody declares anything, the change counts as what is *presumed*.

A criterion whose every word stayed the same is comparable, whatever was added beside it;
only the milestone's result is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from measures.rubric.model import CHANGES, NONE, Criterion, Declared, Rubric, Step, Texts, Version
from measures.rubric.plain import to_plain
from measures.rubric.words import DECISIVE

COMPARABLE = ("editorial", "clarified")

_WORD = re.compile(r"\w+(?:[-'\u2019]\w+)*")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two versions.

    Args:
        criterion: The criterion it belongs to; empty for the rubric as a whole.
        what: What differs, such as ``working, attribute order-1``.
        before, after: The words or values; empty where there was or is none.
        least: The mildest class it can be.
        presumed: The class it counts as where the author declares nothing.
        result: It bears on the milestone's result only, not on the criterion's own levels.
    """

    criterion: str
    what: str
    before: str
    after: str
    least: str
    presumed: str
    result: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two versions of a rubric, and what it does to comparability.

    Args:
        old, new: The versions.
        differences: Everything that differs, the rubric as a whole first.
        criteria: Class by criterion, of those that both versions have; empty text when the
            criterion is the same.
        kind: Class of the whole; empty when nothing differs.
        declared: What the author of the new version says of the old one.
    """

    old: Version
    new: Version
    differences: tuple[Difference, ...]
    criteria: Mapping[str, str]
    kind: str
    declared: tuple[Declared, ...]

    def comparable(self, criterion: str) -> bool:
        """Return whether scores on a criterion under the two versions may be compared."""
        return self.criteria.get(criterion, CHANGES[-1]) in ("", *COMPARABLE)

    def counts_as(self, difference: Difference) -> str:
        """Return the class that one difference counts as: as declared, never below the least."""
        return _class(difference, self.declared)

    @property
    def understated(self) -> tuple[Declared, ...]:
        """The declarations that say less than what is computed."""
        return tuple(found for found in self.declared if _below(found.kind, self._least(found.criterion)))

    @property
    def undeclared(self) -> tuple[Difference, ...]:
        """The differences that an author's word could make milder, and on which there is none."""
        spoken = {found.criterion for found in self.declared}
        return tuple(
            found
            for found in self.differences
            if found.least != found.presumed and not spoken & {"", found.criterion}
        )

    def _least(self, criterion: str) -> str:
        return worst(d.least for d in self.differences if criterion in ("", d.criterion))


def compare(old: Rubric, new: Rubric) -> Change:
    """Return what differs between two versions, with the class of each change.

    Args:
        old: The earlier version.
        new: The later one, whose ``changes`` may declare classes.
    """
    declared = tuple(found for found in new.changes if found.since == old.version)
    found = tuple(_differences(old, new))
    shared = [criterion.id for criterion in new.criteria if _find(old, criterion.id) is not None]
    criteria = {}
    for name in shared:
        own = [d for d in found if not d.result and d.criterion in ("", name) and not _of_whole(d)]
        criteria[name] = worst(_class(d, declared) for d in own)
    return Change(
        old.pin,
        new.pin,
        found,
        criteria,
        worst(_class(difference, declared) for difference in found),
        declared,
    )


def worst(kinds: Iterator[str] | list[str]) -> str:
    """Return the gravest of some classes; empty when there is none."""
    return max((kind for kind in kinds if kind), key=CHANGES.index, default="")


def words_changed(before: str, after: str) -> tuple[tuple[str, str, str], ...]:
    """Return two texts cut where they differ, for printing side by side.

    Returns:
        ``(op, before, after)`` in reading order; ``op`` is ``same`` or ``changed``.
    """
    one, other = before.split(), after.split()
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return tuple(
        ("same" if op == "equal" else "changed", " ".join(one[a:b]), " ".join(other[c:d]))
        for op, a, b, c, d in matcher.get_opcodes()
    )


def _below(kind: str, least: str) -> bool:
    return bool(least) and CHANGES.index(kind) < CHANGES.index(least)


def _of_whole(difference: Difference) -> bool:
    """Return whether a difference of the whole rubric leaves each criterion's levels as they were."""
    return not difference.criterion and difference.least in ("editorial", "restructured")


def _class(difference: Difference, declared: tuple[Declared, ...]) -> str:
    """Return the class of a difference: as declared, never below the least; else as presumed."""
    spoken = [found.kind for found in declared if found.criterion in ("", difference.criterion)]
    if difference.least == difference.presumed or not spoken:
        return difference.presumed
    return worst([difference.least, *spoken])


def _differences(old: Rubric, new: Rubric) -> Iterator[Difference]:
    yield from _whole(old, new)
    for criterion in old.criteria:
        if _find(new, criterion.id) is None:
            yield Difference("", f"criterion {criterion.id}", "there", "", "restructured", "restructured")
    for criterion in new.criteria:
        before = _find(old, criterion.id)
        if before is None:
            yield Difference("", f"criterion {criterion.id}", "", "there", "restructured", "restructured")
        else:
            yield from _criterion(before, criterion)


def _whole(old: Rubric, new: Rubric) -> Iterator[Difference]:
    """Yield what differs in the rubric as a whole; a changed ladder bears on every criterion."""
    yield from _texts("", "title", old.title, new.title, "editorial", "editorial")
    yield from _texts("", "summary", old.summary, new.summary, "editorial", "editorial")
    yield from _value("", "ladder", ", ".join(old.ladder), ", ".join(new.ladder))
    for level in new.levels:
        if level.id in old.ladder:
            before = old.levels[old.rung(level.id)].label
            yield from _texts("", f"label of {level.id}", before, level.label, "clarified", "clarified")
    yield from _value("", "sustainment", old.sustainment, new.sustainment)
    yield from _value("", "validity", str(old.validity), str(new.validity), "clarified", result=True)
    yield from _value("", "aggregation", old.aggregation, new.aggregation, result=True)
    one, other = to_plain(old), to_plain(new)
    for key, kind in (("table", "recalibrated"), ("caps", "recalibrated")):
        yield from _value("", key, _flat(one.get(key)), _flat(other.get(key)), kind, result=True)
    for key in ("derives_from", "vignettes"):
        yield from _value("", key, _flat(one.get(key)), _flat(other.get(key)), "editorial", result=True)


def _criterion(old: Criterion, new: Criterion) -> Iterator[Difference]:
    name = new.id
    yield from _texts(name, "title", old.title, new.title, "editorial", "clarified")
    yield from _scored(name, "question", old.question, new.question)
    yield from _value(name, "aspect", old.aspect, new.aspect)
    yield from _value(name, "essential", _yes(old.essential), _yes(new.essential), result=True)
    before = {step.level: step for step in old.steps}
    for step in new.steps:
        if step.level in before:
            yield from _step(name, before[step.level], step)


def _step(name: str, old: Step, new: Step) -> Iterator[Difference]:
    level = new.level
    yield from _scored(name, f"{level}, descriptor", old.descriptor, new.descriptor)
    if level == NONE:
        return
    yield from _value(name, f"{level}, advisers", old.advisers, new.advisers)
    yield from _value(name, f"{level}, evidence", _rule(old), _rule(new))
    before = {attribute.id: attribute for attribute in old.attributes}
    after = {attribute.id: attribute for attribute in new.attributes}
    for gone, attribute in before.items():
        if gone in after:
            continue
        text = _english(attribute.text)
        yield Difference(name, f"{level}, attribute {gone}", text, "", "recalibrated", "recalibrated")
    for key, attribute in after.items():
        what = f"{level}, attribute {key}"
        if key not in before:
            yield Difference(name, what, "", _english(attribute.text), "recalibrated", "recalibrated")
            continue
        yield from _scored(name, what, before[key].text, attribute.text)
        yield from _value(name, f"{what}, sustains", before[key].sustains, attribute.sustains)


def _scored(name: str, what: str, old: Texts, new: Texts) -> Iterator[Difference]:
    """Yield what differs in words that a level is judged by."""
    for language in {**old, **new}:
        before, after = old.get(language, ""), new.get(language, "")
        if before == after:
            continue
        label = what if language == "en" else f"{what} ({language})"
        if not before or not after or _same_words(before, after):
            yield Difference(name, label, before, after, "editorial", "editorial")
        else:
            least = "recalibrated" if language == "en" and _decisive(before, after) else "clarified"
            yield Difference(name, label, before, after, least, "recalibrated")


def _texts(name: str, what: str, old: Texts, new: Texts, least: str, presumed: str) -> Iterator[Difference]:
    """Yield what differs in words that name or explain."""
    for language in {**old, **new}:
        before, after = old.get(language, ""), new.get(language, "")
        label = what if language == "en" else f"{what} ({language})"
        if before != after:
            mild = not before or not after or _same_words(before, after)
            yield Difference(
                name, label, before, after, "editorial" if mild else least, "editorial" if mild else presumed
            )


def _value(
    name: str, what: str, old: str, new: str, kind: str = "recalibrated", *, result: bool = False
) -> Iterator[Difference]:
    if old != new:
        yield Difference(name, what, old, new, kind, kind, result)


def _same_words(before: str, after: str) -> bool:
    """Return whether two texts differ in case, punctuation or spacing alone."""
    return _WORD.findall(before.casefold()) == _WORD.findall(after.casefold())


def _decisive(before: str, after: str) -> bool:
    """Return whether a word that decides came or went."""
    one, other = _WORD.findall(before.casefold()), _WORD.findall(after.casefold())
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    changed = {
        word for op, a, b, c, d in matcher.get_opcodes() if op != "equal" for word in (*one[a:b], *other[c:d])
    }
    return any(word in DECISIVE or word.isdecimal() for word in changed)


def _rule(step: Step) -> str:
    rule = step.evidence
    hand = ", first-hand" if rule.first_hand else ""
    kinds = " or ".join(sorted(rule.kinds))
    return f"{rule.origins} origins, {kinds}, {rule.grade}, within {rule.fresh} quarters{hand}"


def _find(rubric: Rubric, criterion: str) -> Criterion | None:
    return next((found for found in rubric.criteria if found.id == criterion), None)


def _english(texts: Texts) -> str:
    return texts.get("en") or next(iter(texts.values()), "")


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def _flat(value: object) -> str:
    """Return a nested value as one text, for seeing whether it differs."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_flat(below)}" for key, below in value.items())
    if isinstance(value, list):
        return "; ".join(_flat(below) for below in value)
    return "" if value is None else str(value)
