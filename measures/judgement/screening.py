"""Raw indicators screened: to retire, to repair, or to keep as context.

A figure may stand beside a rubric only when it is told how many of how many, who counted the
denominator and when, whether that denominator means the same each time, whether the mission delivers
the thing at all, whether an office of the partner asked for it, and by what milestone it is to change
the institution (method, section 1). It never becomes a score.

Each of :data:`QUESTIONS` is put to a figure. :data:`RULES` says what follows from the answers:

- a rule that **retires** holds when no better counting could make the figure speak of the
  institution: it tells of nobody's work, of the donor itself, or of effort that leads nowhere;
- a rule that asks for **repair** names one thing that is missing and could be supplied;
- a **note** changes nothing, and is printed beside a figure that is kept.

The gravest rule decides. A figure is kept as context only when every question is answered: what
nobody has said is never taken for a yes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from measures.records.tables import KNOWN, MEASURED, split

Word = Literal["retire", "repair", "keep-as-context"]
Effect = Literal["retire", "repair", "note"]

VERDICTS: dict[Word, str] = {
    "retire": "retire",
    "repair": "repair",
    "keep-as-context": "keep as context",
}
"""The verdicts, gravest first, and how they are said."""

QUESTIONS: dict[str, str] = {
    "delivered": "Does the mission deliver what is counted?",
    "base": "How many of how many is it?",
    "counted": "Who counted the denominator?",
    "dated": "When was it counted?",
    "stable": "Does the denominator mean the same each time?",
    "measures": "Does it count effort, the donor's own status, or a change in the institution?",
    "demand": "Did an office of the partner ask for it?",
    "path": "By what milestone is it to change the institution?",
    "sum": "Does the percentage follow from its count?",
}
"""What is asked of a figure, the last of percentages only."""

YES, NO, UNKNOWN = "yes", "no", "unknown"

FACTS: dict[tuple[str, str], str] = {
    ("measures", "output"): "it counts effort",
    ("measures", "status"): "it is the donor's statement about itself",
    ("measures", UNKNOWN): "nobody has said whether it counts effort or change",
    ("delivered", NO): "the mission does not deliver it",
    ("delivered", UNKNOWN): "nobody has said whether the mission delivers it",
    ("base", NO): "there is no known whole to count it against",
    ("counted", NO): "nobody is named who counted the whole",
    ("dated", NO): "it has no date",
    ("stable", NO): "what is counted does not stay the same",
    ("stable", UNKNOWN): "nobody has said whether what is counted stays the same",
    ("sum", NO): "the percentage does not follow from its count",
    ("demand", NO): "no office of the partner asked for it",
    ("demand", UNKNOWN): "nobody has said whether the partner asked for it",
    ("demand", "unnamed"): "the office of the partner that asked is not named",
    ("path", NO): "it leads to no milestone",
}
"""What an answer says of a figure, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the screening.

    Args:
        id: Kept in the register, so it never changes its meaning and is never reused.
        effect: What follows when it holds.
        when: By question, the answer with which it holds; all of them together.
        repair: What would mend it, as ``to`` would go before it; empty unless it asks for repair.
    """

    id: str
    effect: Effect
    when: Mapping[str, str]
    repair: str = ""

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Return whether the answers are those it speaks of."""
        return all(answers[question] == answer for question, answer in self.when.items())

    @property
    def reason(self) -> str:
        """Why, in a sentence."""
        return _sentence([self])


RULES: tuple[Rule, ...] = (
    Rule("nobodys-work", "retire", {"delivered": NO, "demand": NO}),
    Rule("no-fraction", "retire", {"delivered": NO, "base": NO}),
    Rule("donor-status", "retire", {"measures": "status"}),
    Rule("drifting-effort", "retire", {"measures": "output", "stable": NO}),
    Rule("bare-effort", "retire", {"measures": "output", "base": NO, "path": NO}),
    Rule("unwanted-effort", "retire", {"measures": "output", "demand": NO, "path": NO}),
    Rule(
        "nature-unknown",
        "repair",
        {"measures": UNKNOWN},
        "say whether it counts what was delivered or what changed",
    ),
    Rule("delivery-unknown", "repair", {"delivered": UNKNOWN}, "say whether the mission delivers it"),
    Rule("base-missing", "repair", {"base": NO}, "give the numerator and the denominator"),
    Rule("counter-missing", "repair", {"counted": NO}, "name who counted the denominator"),
    Rule("date-missing", "repair", {"dated": NO}, "date the count"),
    Rule("base-drifts", "repair", {"stable": NO}, "fix what is counted and count again"),
    Rule("stability-unknown", "repair", {"stable": UNKNOWN}, "show that what is counted stays the same"),
    Rule("sum-wrong", "repair", {"sum": NO}, "correct the percentage, or its count"),
    Rule(
        "demand-unknown",
        "repair",
        {"demand": UNKNOWN},
        "ask the partner, and name the office that answered",
    ),
    Rule("office-missing", "repair", {"demand": "unnamed"}, "name the office of the partner that asked"),
    Rule("path-missing", "repair", {"path": NO}, "name the milestone that it leads to"),
    Rule("effort", "note", {"measures": "output"}),
    Rule("not-ours", "note", {"delivered": NO}),
    Rule("not-asked", "note", {"demand": NO}),
)
"""Every rule. The first six say when a figure cannot be mended by better counting."""

_BY_ID = {rule.id: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows for one figure.

    Args:
        word: See :data:`VERDICTS`.
        rules: The rules that decide it; for a figure that is kept, what must be said beside it.
        answers: The answer to each of :data:`QUESTIONS`; empty for a verdict read from the register.
    """

    word: Word
    rules: tuple[Rule, ...]
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """The verdict in words: ``retire``, ``repair`` or ``keep as context``."""
        return VERDICTS[self.word]

    @property
    def because(self) -> tuple[str, ...]:
        """The ids of the rules that decide it."""
        return tuple(rule.id for rule in self.rules)

    @property
    def reason(self) -> str:
        """Why, in a sentence that says each thing once; empty where nothing is to be said."""
        return _sentence(self.rules)

    @property
    def first_reason(self) -> str:
        """The reason of the rule that comes first; empty where there is none."""
        return _sentence(self.rules[:1])

    @property
    def repairs(self) -> tuple[str, ...]:
        """What would repair it, each as ``to`` would go before it; empty unless the verdict is repair."""
        return tuple(rule.repair for rule in self.rules if rule.repair)


def _sentence(rules: Sequence[Rule]) -> str:
    """Return the facts that rules rest on as a sentence."""
    held = {pair for rule in rules for pair in rule.when.items()}
    facts = [words for pair, words in FACTS.items() if pair in held]
    if not facts:
        return ""
    text = " and ".join(filter(None, (", ".join(facts[:-1]), facts[-1])))
    return f"{text[0].upper()}{text[1:]}."


def screen(row: Mapping[str, str]) -> Verdict:
    """Return the verdict on one figure.

    Args:
        row: Cells by column of the table ``indicators``; one that is missing counts as empty.
    """
    answers = answer(row)
    held = [rule for rule in RULES if rule.holds(answers)]
    word: Word = "keep-as-context"
    effect: Effect = "note"
    for gravest in ("retire", "repair"):
        if any(rule.effect == gravest for rule in held):
            word = effect = gravest
            break
    return Verdict(word, tuple(rule for rule in held if rule.effect == effect), answers)


def of_record(row: Mapping[str, str]) -> Verdict:
    """Return the verdict as it was recorded with the row; screened now where none was."""
    for word in VERDICTS:
        if row.get("verdict") == word:
            rules = tuple(_BY_ID[name] for name in split(row.get("because", "")) if name in _BY_ID)
            return Verdict(word, rules)
    return screen(row)


def answer(row: Mapping[str, str]) -> dict[str, str]:
    """Return the answer of a row to each of :data:`QUESTIONS`.

    A cell that says nothing, such as ``-`` or ``not known``, is the same as an empty one.
    """
    given = {name: text for name, text in row.items() if says_something(text)}
    asked = split(given.get("demanded_by", ""))
    demand = _one_of(KNOWN, given.get("demanded", YES if asked else UNKNOWN))
    return {
        "delivered": _one_of(KNOWN, given.get("delivered", "")),
        "base": YES if _has_base(given) else NO,
        "counted": YES if "counted_by" in given else NO,
        "dated": YES if "date" in given else NO,
        "stable": _one_of(KNOWN, given.get("denominator_stable", "")),
        "measures": _one_of(MEASURED, given.get("measures", "")),
        "demand": "unnamed" if demand == YES and not asked else demand,
        "path": YES if "path" in given else NO,
        "sum": _sum(given),
    }


def _one_of(words: Sequence[str], cell: str) -> str:
    """Return a cell's word; any other than those that are asked for says nothing."""
    return cell if cell in words else UNKNOWN


_NOTHING = re.compile(
    r"[-\u2013\u2014?.]*|n/?a|none|nil|unknown|not known|not stated|not given|\(?no value published\)?",
    re.IGNORECASE,
)


def says_something(text: str) -> bool:
    """Return whether a cell holds more than a mark for nothing."""
    return not _NOTHING.fullmatch(text.strip())


_PERCENT = re.compile(r"%|٪|\bper ?cent|\bpct\b|^share$", re.IGNORECASE)
_PLAIN = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(?:%|٪|per ?cent|percent)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=[0-9])[,  \u00a0\u202f](?=[0-9]{3}(?![0-9]))")


_SO_MANY = r"(?:(?:about|around|some|up to|over|more than|nearly|the|all)\s)*[0-9][0-9,. ]*"
_OF = re.compile(rf"{_SO_MANY}\s(?:out\s)?of\s{_SO_MANY}(?:\s[^\W\d]+)?", re.IGNORECASE)


def _has_base(given: Mapping[str, str]) -> bool:
    """Return whether there is a numerator and a denominator, in their columns or as a value like 1 of 14."""
    if "numerator" in given and "denominator" in given:
        return _number(given["denominator"]) != 0
    return bool(_OF.fullmatch(given.get("value", "")))


def is_percentage(row: Mapping[str, str]) -> bool:
    """Return whether a row gives its figure as a percentage."""
    return bool(_PERCENT.search(f"{row.get('unit', '')} {row.get('value', '')}"))


def _number(text: str) -> Decimal | None:
    """Return a cell's number; ``None`` where words stand around it, or there is none."""
    plain = _PLAIN.fullmatch(_THOUSANDS.sub("", text.strip()))
    return Decimal(plain[1].replace(",", ".")) if plain else None


def _sum(given: Mapping[str, str]) -> str:
    """Return whether a percentage follows from its count, within a point."""
    if not is_percentage(given):
        return UNKNOWN
    value, part, whole = (_number(given.get(name, "")) for name in ("value", "numerator", "denominator"))
    if value is None or part is None or not whole:
        return UNKNOWN
    return YES if abs(100 * part / whole - value) <= 1 else NO
