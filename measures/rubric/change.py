"""What a change to a rubric does to its scores: editorial, clarified, recalibrated, restructured.

The classes are those of method, section 2:

``editorial``     the meaning is the same: comparable
``clarified``     comparable, with a note
``recalibrated``  attributes, levels or evidence rules changed: not comparable
``restructured``  criteria were added or removed: the rubric as a whole is not comparable

What follows from the structure is computed. Whether other words still mean the same cannot
be: there the author declares a class, which is never believed below the *least* that can be
computed; where nobody declares anything, the change counts as what is *presumed*. What is
declared for a criterion counts there instead of what is declared for the whole.

A criterion whose every word stayed the same is comparable, whatever was added beside it;
only the milestone's result is not. An author may still say otherwise: of that criterion by
name, or of the whole where nothing that differs accounts for the class declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from measures.rubric.model import CHANGES, Attribute, Criterion, Declared, Rubric, Step, Texts, Version, said
from measures.rubric.plain import to_plain
from measures.rubric.wording import decisive, same_words

COMPARABLE = ("editorial", "clarified")

Bearing = Literal["levels", "result", "nothing"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two versions.

    Args:
        criterion: The criterion it belongs to; empty for the rubric as a whole.
        what: What differs, such as ``working, attribute order-1``.
        before, after: The words or values; empty where there was or is none.
        least: The mildest class it can be.
        presumed: The class it counts as where the author declares nothing.
        bears: On the levels of its criterion, or of every one; on the milestone's result alone;
            or on nothing that is scored.
        kind: The class it counts as.
    """

    criterion: str
    what: str
    before: str
    after: str
    least: str
    presumed: str
    bears: Bearing = "levels"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two versions of a rubric, and what it does to comparability.

    Args:
        old, new: The versions.
        differences: Everything that differs, the rubric as a whole first.
        criteria: Class by criterion, of those that both versions have; empty text when the
            criterion is the same.
        unsaid: The criteria that are not comparable only because nobody says whether other
            words mean the same.
        kind: Class of the whole; empty when nothing differs.
        declared: What the author of the new version says of the old one.
    """

    old: Version
    new: Version
    differences: tuple[Difference, ...]
    criteria: Mapping[str, str]
    unsaid: frozenset[str]
    kind: str
    declared: tuple[Declared, ...]

    def comparable(self, criterion: str) -> bool:
        """Return whether scores on a criterion under the two versions may be compared."""
        return _mild(self.criteria.get(criterion, CHANGES[-1]))

    @property
    def understated(self) -> tuple[tuple[Declared, Difference], ...]:
        """The declarations that say less than what is computed, each with the gravest difference."""
        found = []
        for said_of in self.declared:
            about = [d for d in self.differences if _is_about(said_of, d, self.declared)]
            gravest = max(about, key=lambda d: _rank(d.least), default=None)
            if gravest is not None and _rank(said_of.kind) < _rank(gravest.least):
                found.append((said_of, gravest))
        return tuple(found)

    @property
    def undeclared(self) -> tuple[Difference, ...]:
        """The differences that break lines only because nobody says whether they mean the same."""
        return tuple(d for d in self.differences if _unsaid(d, self.declared) and _mild(d.least))


def compare(old: Rubric, new: Rubric) -> Change:
    """Return what differs between two versions, with the class of each change.

    Args:
        old: The earlier version.
        new: The later one, whose ``changes`` may declare classes.
    """
    declared = tuple(found for found in new.changes if found.since == old.version)
    differences = tuple(replace(d, kind=_class(d, declared)) for d in _differences(old, new))
    criteria, unsaid = {}, set()
    for name in (criterion.id for criterion in new.criteria if _find(old, criterion.id) is not None):
        own = [d for d in differences if d.bears == "levels" and d.criterion in ("", name)]
        floor = _floor(declared, name, differences)
        criteria[name] = worst([*(d.kind for d in own), *floor])
        certain = worst([*(d.least if _unsaid(d, declared) else d.kind for d in own), *floor])
        if _mild(certain) and not _mild(criteria[name]):
            unsaid.add(name)
    told = (found.kind for found in declared if found.criterion in ("", *criteria))
    kind = worst([*(d.kind for d in differences), *told])
    return Change(old.pin, new.pin, differences, criteria, frozenset(unsaid), kind, declared)


def worst(kinds: Iterable[str]) -> str:
    """Return the gravest of some classes; empty when there is none."""
    return max(kinds, key=_rank, default="")


def _rank(kind: str) -> int:
    return CHANGES.index(kind) if kind else -1


def _mild(kind: str) -> bool:
    return kind in ("", *COMPARABLE)


def _spoken(declared: Sequence[Declared], criterion: str) -> list[str]:
    """Return the classes declared for a criterion, else those declared for the whole."""
    own = [found.kind for found in declared if found.criterion == criterion]
    return own or [found.kind for found in declared if not found.criterion]


def _class(difference: Difference, declared: Sequence[Declared]) -> str:
    """Return the class of a difference: as declared, never below the least; else as presumed."""
    spoken = _spoken(declared, difference.criterion)
    if difference.least == difference.presumed or not spoken:
        return difference.presumed
    return worst([difference.least, *spoken])


def _unsaid(difference: Difference, declared: Sequence[Declared]) -> bool:
    """Return whether only an author's word could keep a difference from breaking lines, and there is none."""
    return not _mild(difference.presumed) and not _spoken(declared, difference.criterion)


def _floor(declared: Sequence[Declared], criterion: str, differences: Sequence[Difference]) -> list[str]:
    """Return the classes that the author gives a criterion whatever its words."""
    own = [found.kind for found in declared if found.criterion == criterion]
    if own:
        return own
    accounted = _rank(worst(difference.presumed for difference in differences))
    return [found.kind for found in declared if not found.criterion and _rank(found.kind) > accounted]


def _is_about(said_of: Declared, difference: Difference, declared: Sequence[Declared]) -> bool:
    """Return whether a declaration is to account for a difference."""
    if said_of.criterion:
        every = not difference.criterion and difference.bears == "levels"
        return every or difference.criterion == said_of.criterion
    return not difference.criterion or difference.criterion not in {found.criterion for found in declared}


def _differences(old: Rubric, new: Rubric) -> Iterator[Difference]:
    yield from _whole(old, new)
    for criterion in old.criteria:
        if _find(new, criterion.id) is None:
            yield _structure(f"criterion {criterion.id}", said(criterion.title), "")
    for criterion in new.criteria:
        before = _find(old, criterion.id)
        if before is None:
            yield _structure(f"criterion {criterion.id}", "", said(criterion.title))
        else:
            yield from _criterion(before, criterion)


def _structure(what: str, before: str, after: str) -> Difference:
    return Difference("", what, before, after, "restructured", "restructured", "result")


def _whole(old: Rubric, new: Rubric) -> Iterator[Difference]:
    """Yield what differs in the rubric as a whole; a changed ladder bears on every criterion."""
    for what, before, after in (("title", old.title, new.title), ("summary", old.summary, new.summary)):
        for difference in _texts("", what, before, after, ("editorial", "editorial")):
            yield replace(difference, bears="nothing")
    yield from _value("", "ladder", ", ".join(old.ladder), ", ".join(new.ladder))
    for level in new.levels:
        if level.id in old.ladder:
            yield from _texts("", f"label of {level.id}", old.levels[old.rung(level.id)].label, level.label)
    yield from _value("", "sustainment", old.sustainment, new.sustainment)
    yield from _value("", "validity", str(old.validity), str(new.validity), "clarified", "result")
    yield from _value("", "aggregation", old.aggregation, new.aggregation, "recalibrated", "result")
    yield from _order("", "order of criteria", [c.id for c in old.criteria], [c.id for c in new.criteria])
    one, other = to_plain(old), to_plain(new)
    yield from _annexes(one, other)
    yield from _vignettes(_by(one, "vignettes", "id"), _by(other, "vignettes", "id"))


def _annexes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield what differs in what stands beside the criteria, worked scorings aside."""
    one, other = old.get("table") or {}, new.get("table") or {}
    for keys, kind in (
        (("levels", "results", "rows"), "recalibrated"),
        (("id", "title", "source"), "editorial"),
    ):
        before, after = ({key: table.get(key) for key in keys} for table in (one, other))
        yield from _parts("table", before, after, kind, "result")
    caps, others = _by(old, "caps", "rubric", "criterion"), _by(new, "caps", "rubric", "criterion")
    for name in {**caps, **others}:
        kind = "editorial" if name in caps and name in others else "recalibrated"
        yield from _parts(f"cap by {name}", caps.get(name), others.get(name), kind, "result")
    for key in ("extends", "derives_from"):
        yield from _parts(key, old.get(key), new.get(key), "editorial", "nothing")


def _vignettes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield what differs in worked scorings: the same situation at another level reads the words anew."""
    for name in {**old, **new}:
        one, other = old.get(name), new.get(name)
        yield from _parts(f"vignette {name}", one, other, "editorial", "nothing")
        if one is None or other is None or one["situation"] != other["situation"]:
            continue
        before = {expected["criterion"]: expected["level"] for expected in one["expected"]}
        for expected in other["expected"]:
            level, now = before.get(expected["criterion"], expected["level"]), expected["level"]
            if level != now:
                what = f"level in vignette {name}"
                yield Difference(expected["criterion"], what, level, now, "clarified", "recalibrated")


def _criterion(old: Criterion, new: Criterion) -> Iterator[Difference]:
    name = new.id
    yield from _texts(name, "title", old.title, new.title, ("editorial", "clarified"))
    yield from _texts(name, "question", old.question, new.question)
    yield from _value(name, "aspect", old.aspect, new.aspect)
    before, after = ("yes" if criterion.essential else "no" for criterion in (old, new))
    yield from _value(name, "essential", before, after, "recalibrated", "result")
    steps = {step.level: step for step in old.steps}
    for step in new.steps:
        if step.level in steps:
            yield from _step(name, steps[step.level], step)


def _step(name: str, old: Step, new: Step) -> Iterator[Difference]:
    level = new.level
    yield from _texts(name, f"{level}, descriptor", old.descriptor, new.descriptor)
    yield from _value(name, f"{level}, advisers", old.advisers, new.advisers)
    yield from _value(name, f"{level}, evidence", _rule(old), _rule(new))
    was, gone = _paired(old.attributes, new.attributes)
    for attribute in gone:
        yield from _value(name, f"{level}, attribute {attribute.id}", said(attribute.text), "")
    for attribute in new.attributes:
        what, before = f"{level}, attribute {attribute.id}", was.get(attribute.id)
        if before is None:
            yield from _value(name, what, "", said(attribute.text))
            continue
        yield from _texts(name, what, before.text, attribute.text)
        yield from _value(name, f"{what}, sustains", before.sustains, attribute.sustains)
        yield from _value(name, f"{what}, id", before.id, attribute.id, "editorial", "nothing")
    stayed = [was[attribute.id].id for attribute in new.attributes if attribute.id in was]
    yield from _order(
        name, f"{level}, order of attributes", [attribute.id for attribute in old.attributes], stayed
    )


def _paired(
    old: Sequence[Attribute], new: Sequence[Attribute]
) -> tuple[dict[str, Attribute], list[Attribute]]:
    """Return what each statement was before, by its id now, and the statements that went.

    A statement with the same words is the same under whatever id; else its id says which it was.
    """
    left = list(old)
    was: dict[str, Attribute] = {}

    def same_id(before: Attribute, after: Attribute) -> bool:
        return before.id == after.id

    def same_text(before: Attribute, after: Attribute) -> bool:
        return before.sustains == after.sustains and same_words(said(before.text), said(after.text))

    def both(before: Attribute, after: Attribute) -> bool:
        return same_id(before, after) and same_text(before, after)

    fits: tuple[Callable[[Attribute, Attribute], bool], ...] = (both, same_text, same_id)
    for fit in fits:
        for after in new:
            found = next((before for before in left if after.id not in was and fit(before, after)), None)
            if found is not None:
                was[after.id] = found
                left.remove(found)
    return was, left


def _texts(
    name: str, what: str, old: Texts, new: Texts, kinds: tuple[str, str] = ("clarified", "recalibrated")
) -> Iterator[Difference]:
    """Yield what differs in a text, language by language.

    A translation that comes or goes changes nothing as long as the language that is read first
    stays; where that one goes, the words are other words.

    Args:
        name: The criterion; empty for the whole.
        what: What the text is.
        old: The text before.
        new: The text now.
        kinds: Least and presumed class of other words; those that a level is judged by are at
            least recalibrated where a word that decides changed.
    """
    first = _first_language(old)
    for language in {**old, **new}:
        before, after = old.get(language, ""), new.get(language, "")
        if before == after:
            continue
        label = what if language == "en" else f"{what} ({language})"
        least, presumed = kinds
        translation = not (before and after) and language != first
        if translation or same_words(before, after):
            least = presumed = "editorial"
        elif presumed == "recalibrated" and language == "en" and after and decisive(before, after):
            least = "recalibrated"
        yield Difference(name, label, before, after, least, presumed)


def _first_language(texts: Texts) -> str:
    """Return the language that is read where nobody asks for one."""
    return "en" if "en" in texts else next(iter(texts), "")


def _value(
    name: str, what: str, old: str, new: str, kind: str = "recalibrated", bears: Bearing = "levels"
) -> Iterator[Difference]:
    if old != new:
        yield Difference(name, what, old, new, kind, kind, bears)


def _order(name: str, what: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """Yield that what stayed stands in another order, which changes nothing."""
    before, after = [key for key in old if key in new], [key for key in new if key in old]
    yield from _value(name, what, ", ".join(before), ", ".join(after), "editorial", "nothing")


def _parts(what: str, old: object, new: object, kind: str, bears: Bearing) -> Iterator[Difference]:
    """Yield that something nested differs."""
    if old != new:
        yield Difference("", what, _flat(old), _flat(new), kind, kind, bears)


def _by(plain: Mapping[str, Any], key: str, *names: str) -> dict[str, Any]:
    """Return the maps of a list by what names them."""
    return {" ".join(one[name] for name in names if name in one): one for one in plain.get(key, ())}


def _flat(value: object) -> str:
    """Return a nested value as one text, for printing."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_flat(below)}" for key, below in value.items())
    if isinstance(value, list):
        return "; ".join(_flat(below) for below in value)
    return "" if value is None else str(value)


def _rule(step: Step) -> str:
    rule = step.evidence
    hand = ", first-hand" if rule.first_hand else ""
    kinds = " or ".join(sorted(rule.kinds))
    return f"{rule.origins} origins, {kinds}, {rule.grade}, within {rule.fresh} quarters{hand}"


def _find(rubric: Rubric, criterion: str) -> Criterion | None:
    return next((found for found in rubric.criteria if found.id == criterion), None)
