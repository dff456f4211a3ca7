"""Lint: what makes the words of a rubric weak, found before anybody is scored against them.

A rule is a function from a :class:`Draft` to findings; :data:`RULES` lists them all. The
rules read English, and say of other languages only where they are missing. What the reader
refuses (unknown keys, a missing gate, evidence weaker than below) is not repeated here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from measures.finding import Finding, one_of
from measures.rubric.document import Document, Path_
from measures.rubric.model import NONE
from measures.rubric.passages import Draft, Passage, get
from measures.rubric.words import (
    ACTORS,
    MEASURES,
    NUMBERS,
    OBSERVABLES,
    ONLY_VERBS,
    QUANTITY,
    REFERENCES,
    REPEATED,
    SAMPLED,
    TIMES,
    VAGUE,
    VAGUE_PHRASES,
    VERBS,
)

LONGEST_SENTENCE = 35
"""Words in a sentence; a longer one is rarely read to its end aloud."""
HARDEST = 18
"""Automated Readability Index of a level's words above which they count as hard to read."""

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_LANGUAGES = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def lint(document: Document) -> list[Finding]:
    """Return what is weak in the words of a rubric, in the order of the rules."""
    if not isinstance(document.value, dict):
        return []
    draft = Draft(document)
    return [finding for rule in RULES for finding in rule(draft)]


def only_quantity(draft: Draft) -> Iterator[Finding]:
    """L001: neighbouring levels differ in more than quantity words (method, section 2)."""
    for below, above in pairwise(draft.descriptors):
        if below.criterion == above.criterion and _only_quantity(below, above):
            yield draft.note(
                "L001", above.path, level=above.level, below=below.level, criterion=above.criterion
            )
    by_level: dict[tuple[str, str], list[Passage]] = {}
    for passage in draft.attributes:
        by_level.setdefault((passage.criterion, passage.level), []).append(passage)
    groups = list(by_level.items())
    for (below_key, lower), (key, higher) in pairwise(groups):
        for passage in higher if below_key[0] == key[0] else ():
            if any(_only_quantity(other, passage) for other in lower):
                yield draft.note("L001", passage.path, level=key[1], below=below_key[1], criterion=key[0])


def _only_quantity(one: Passage, other: Passage) -> bool:
    if one.text == other.text:
        return not one.attribute  # a repeated attribute is a rule of its own
    return _without_quantity(one) == _without_quantity(other)


def _without_quantity(passage: Passage) -> list[str]:
    return [word for word in passage.words if word not in QUANTITY and not word[0].isdigit()]


def no_actor(draft: Draft) -> Iterator[Finding]:
    """L002: a descriptor says who was seen."""
    for passage in draft.descriptors:
        if not _any(passage.words, ACTORS):
            yield draft.note("L002", passage.path, level=passage.level, criterion=passage.criterion)


def no_observable(draft: Draft) -> Iterator[Finding]:
    """L003: a descriptor says what a stranger could see."""
    for passage in draft.descriptors:
        if not _any(passage.words, OBSERVABLES):
            yield draft.note("L003", passage.path, level=passage.level, criterion=passage.criterion)


def not_yes_or_no(draft: Draft) -> Iterator[Finding]:
    """L004: an attribute is a statement that holds or does not."""
    for passage in draft.attributes:
        problem = _not_a_statement(passage)
        if problem:
            yield draft.note("L004", passage.path, level=passage.level, problem=problem)


def _not_a_statement(passage: Passage) -> str:
    text, words = passage.text.strip(), passage.words
    if "?" in text:
        return "it asks a question"
    lowered = text.lower()
    for phrase in MEASURES:
        if phrase in lowered:
            return f"it asks for a measure ({phrase!r})"
    if not text.endswith("."):
        return "it does not end as a sentence"
    finite = any(word in VERBS or (word.endswith("ed") and len(word) > 3) for word in words)
    return "" if finite else "it has no verb"


_JOINED = re.compile(
    r";|\b(?:and/or|as well as|both)\b"
    r"|\band (?:also |then |has |have |had |is |are |was |were |does |do |did |can |must |will |may )"
    r"|\b\w+ed(?:,? and) \w+ed\b"
    r"|\band (?:the|its|their|a|an|no) (?:[\w'-]+ ){1,4}(?:is|are|was|were|has|have|had)\b",
    re.IGNORECASE,
)
"""``or`` is left alone: a statement that holds when either does is answered yes or no."""


def double_barrelled(draft: Draft) -> Iterator[Finding]:
    """L005: an attribute states one thing, so that no answer is half true."""
    for passage in draft.attributes:
        joined = _JOINED.search(passage.text) or _second_verb(passage.text)
        if joined:
            yield draft.note("L005", passage.path, level=passage.level, joined=joined.group(0).strip())


_AND_VERB = re.compile(r"\band ([a-z]+)\b")


def _second_verb(text: str) -> re.Match[str] | None:
    """Return ``and`` followed by a verb that cannot be a noun, such as ``and wrote``."""
    for found in _AND_VERB.finditer(text):
        if found[1] in ONLY_VERBS:
            return found
    return None


_SHARE = re.compile(
    r"[0-9]+(?:[.,][0-9]+)? ?(?:%|per ?cent\b)"
    r"|\b(?:half|majority|(?:two|three)[- ](?:thirds|quarters|fifths)"
    r"|(?:one|a)[- ](?:third|quarter|fifth|tenth)) of\b",
    re.IGNORECASE,
)
_BASE = re.compile(r"\b(?:of (?:the|all|its|their|every|those)|out of)\b", re.IGNORECASE)
_SOURCE = re.compile(
    r"\b(?:according to|as counted|counted by|as recorded|recorded in|listed in|shown in|by the count|"
    r"(?:by|in|on|from) (?:the|its) (?:[\w'-]+ ){0,3}"
    r"(?:records?|register|lists?|payroll|reports?|establishment|ledger|accounts?|budget|minutes))\b",
    re.IGNORECASE,
)


def naked_threshold(draft: Draft) -> Iterator[Finding]:
    """L006: a number that decides has a base and a source (method, section 1)."""
    for passage in draft.passages:
        found = _SHARE.search(passage.text)
        number = found.group(0) if found else (_count(passage) if passage.attribute else "")
        if not number:
            continue
        rest = passage.text.replace(number, "", 1) if found is None else passage.text[found.end() - 3 :]
        if not (_BASE.search(rest) and _SOURCE.search(passage.text)):
            yield draft.note("L006", passage.path, level=passage.level, number=number)


def _count(passage: Passage) -> str:
    """Return a count of things, not of time, that an attribute asks for; empty when there is none."""
    if any(phrase in passage.text.lower() for phrase in SAMPLED):
        return ""
    words = passage.words
    for at, word in enumerate(words):
        named = at and words[at - 1] in REFERENCES
        number = word in NUMBERS or (word.isdecimal() and word != "1" and not 1900 <= int(word) <= 2100)
        spared = (TIMES | REPEATED) & set(words[at + 1 : at + 4])
        if number and not named and not spared:
            return word
    return ""


def advisers_unsaid(draft: Draft) -> Iterator[Finding]:
    """L007: each descriptor above none says how far it leans on advisers (GAO-12-951T)."""
    for passage in draft.descriptors:
        if passage.level != NONE and "advis" not in passage.text.lower():
            yield draft.note("L007", passage.path, level=passage.level, criterion=passage.criterion)


def impossible_evidence(draft: Draft) -> Iterator[Finding]:
    """L008: what a rule asks for can exist: confirmed by others takes more than one origin."""
    for path, criterion, level, step in draft.steps:
        rule = get(step, "evidence", dict)
        grade, origins = str(rule.get("grade", "")), str(rule.get("origins", ""))
        if grade.endswith("1") and origins == "1":
            problem = "credibility 1 means confirmed by other sources, but one origin is enough"
            yield draft.note("L008", (*path, "evidence"), level=level, criterion=criterion, problem=problem)


def missing_translation(draft: Draft) -> Iterator[Finding]:
    """L009: every text stands in every language that any text of the rubric has."""
    found = list(_texts(draft.document.value, ()))
    languages = {language: None for _, texts in found for language in texts}
    for path, texts in found:
        missing = [language for language in languages if language not in texts]
        if missing:
            yield draft.note("L009", path, missing=one_of(missing))


def _texts(value: object, path: Path_) -> Iterator[tuple[Path_, dict[str, str]]]:
    """Yield every map from languages to texts."""
    if isinstance(value, dict):
        if value and all(isinstance(text, str) for text in value.values()) and _TEXT_KEYS & set(path[-1:]):
            if all(_LANGUAGES.fullmatch(key) for key in value):
                yield path, value
            return
        for key, below in value.items():
            yield from _texts(below, (*path, key))
    elif isinstance(value, list):
        for at, below in enumerate(value):
            yield from _texts(below, (*path, at))


_TEXT_KEYS = frozenset(
    ("title", "summary", "note", "label", "question", "descriptor", "text", "reason", "situation", "why")
)


def vague(draft: Draft) -> Iterator[Finding]:
    """L010: no word on which two honest observers need not agree."""
    for passage in draft.passages:
        lowered = passage.text.lower()
        word = next((word for word in passage.words if word in VAGUE), "")
        word = word or next((phrase for phrase in VAGUE_PHRASES if phrase in lowered), "")
        if word:
            yield draft.note("L010", passage.path, level=passage.level, word=word)


def repeated_attribute(draft: Draft) -> Iterator[Finding]:
    """L011: no statement stands twice."""
    seen: dict[tuple[str, ...], Passage] = {}
    for passage in draft.attributes:
        words = tuple(passage.words)
        other = seen.setdefault(words, passage)
        if other is not passage:
            yield draft.note("L011", passage.path, level=other.level, criterion=other.criterion)


def hard_to_read(draft: Draft) -> Iterator[Finding]:
    """L012: short sentences in plain words (Automated Readability Index, Senter and Smith 1967)."""
    for passage in draft.passages:
        sentences = [sentence for sentence in _SENTENCE.split(passage.text) if sentence]
        longest = max((len(sentence.split()) for sentence in sentences), default=0)
        if longest > LONGEST_SENTENCE:
            problem = f"a sentence has {longest} words"
        elif readability(passage.text) > HARDEST:
            problem = "the words are long"
        else:
            continue
        yield draft.note("L012", passage.path, level=passage.level, problem=problem)


def readability(text: str) -> float:
    """Return the Automated Readability Index of a text: roughly the years of schooling it takes."""
    words = text.split()
    sentences = max(len([part for part in _SENTENCE.split(text) if part]), 1)
    if not words:
        return 0.0
    letters = sum(character.isalnum() for character in text)
    return 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43


def unquoted(draft: Draft) -> Iterator[Finding]:
    """L013: no bare word that another YAML reader takes for a number, a truth value or a date."""
    for path, value, kind in draft.document.bare:
        yield draft.note("L013", path, value=value, kind=kind)


def one_aspect(draft: Draft) -> Iterator[Finding]:
    """L014: what is written and what is done are separate criteria (method, section 2)."""
    aspects = {str(criterion.get("aspect", "")) for _, criterion in draft.criteria}
    if draft.criteria and "extends" not in draft.document.value and len(aspects - {""}) == 1:
        missing = "de-facto" if "de-jure" in aspects else "de-jure"
        yield draft.note("L014", ("criteria",), aspect=next(iter(aspects)), missing=missing)


def unsourced(draft: Draft) -> Iterator[Finding]:
    """L015: a rubric says what informed it."""
    if not get(draft.document.value, "derives_from", list) and "extends" not in draft.document.value:
        yield draft.note("L015", ())


def no_vignettes(draft: Draft) -> Iterator[Finding]:
    """L016: two worked scorings teach a newcomer what the words mean."""
    count = len(get(draft.document.value, "vignettes", list))
    if count < 2 and "extends" not in draft.document.value:
        yield draft.note("L016", ("vignettes",), count=count)


RULES: tuple[Callable[[Draft], Iterator[Finding]], ...] = (
    only_quantity,
    no_actor,
    no_observable,
    not_yes_or_no,
    double_barrelled,
    naked_threshold,
    advisers_unsaid,
    impossible_evidence,
    missing_translation,
    vague,
    repeated_attribute,
    hard_to_read,
    unquoted,
    one_aspect,
    unsourced,
    no_vignettes,
)
"""Every rule of lint."""


def _any(words: list[str], known: frozenset[str]) -> bool:
    return any(
        word in known
        or word.removesuffix("s") in known
        or word.removesuffix("'s") in known
        or any(part in known for part in word.split("-"))
        for word in words
    )
