"""Lint: what makes the words of a rubric weak, found before anybody is scored against them.

A rule is a function from a :class:`Draft` to findings; :data:`RULES` lists them all. The
rules read English, and say of other languages only where they are missing. What the reader
refuses (unknown keys, a missing gate, evidence weaker than below) is not repeated here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from measures.finding import Finding, one_of
from measures.rubric.document import Document, Path_
from measures.rubric.model import NONE
from measures.rubric.passages import Draft, Passage, get, words_of
from measures.rubric.statements import joins, naked_number, not_yes_or_no
from measures.rubric.words import ACTORS, IDLE, NAMED, OBSERVABLES, QUANTITY, VAGUE, VAGUE_PHRASES

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
    """L001: levels of a criterion differ in more than quantity words (method, section 2)."""
    for passages in (draft.descriptors, draft.attributes):
        seen: dict[tuple[str, str], Passage] = {}
        for passage in passages:
            essence = _without_quantity(passage.text)
            below = seen.get((passage.criterion, essence)) if essence else None
            if below is not None and below.level != passage.level and not _repeats(passage, below):
                yield draft.note(
                    "L001",
                    passage.path,
                    level=passage.level,
                    below=below.level,
                    criterion=passage.criterion,
                )
            seen[passage.criterion, essence] = passage


def _repeats(one: Passage, other: Passage) -> bool:
    """Return whether an attribute is given twice, which is a rule of its own."""
    return one.attribute and one.words == other.words


_MORE_OR_LESS = re.compile(
    r"\b(?:at (?:least|most)|(?:no )?(?:more|less|fewer) than|up to|over|about|around)\b"
)
_AGREEMENT = {"has": "have", "is": "are", "was": "were", "does": "do"}


def _without_quantity(text: str) -> str:
    """Return what a text says apart from of how many and how often it says it."""
    kept = []
    for word in words_of(_MORE_OR_LESS.sub(" ", text.lower())):
        parts = set(word.split("-"))
        if parts <= QUANTITY | _ARTICLES or word[0].isdecimal():
            continue
        stem = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
        kept.append(_AGREEMENT.get(word, word if word.endswith("ss") else stem))
    return " ".join(kept)


_ARTICLES = frozenset(("a", "an", "the", "of"))


def no_actor(draft: Draft) -> Iterator[Finding]:
    """L002: a descriptor says who was seen; advisers are not of the institution that is scored."""
    for passage in draft.descriptors:
        if not _any(passage, ACTORS):
            yield draft.note("L002", passage.path, level=passage.level, criterion=passage.criterion)


def no_observable(draft: Draft) -> Iterator[Finding]:
    """L003: a descriptor says what a stranger could see."""
    for passage in draft.descriptors:
        if not _any(passage, OBSERVABLES):
            yield draft.note("L003", passage.path, level=passage.level, criterion=passage.criterion)


def not_a_statement(draft: Draft) -> Iterator[Finding]:
    """L004: an attribute is a statement that holds or does not."""
    for passage in draft.attributes:
        problem = not_yes_or_no(passage.text, passage.words)
        if problem:
            yield draft.note("L004", passage.path, level=passage.level, problem=problem)


def double_barrelled(draft: Draft) -> Iterator[Finding]:
    """L005: an attribute states one thing, so that no answer is half true."""
    for passage in draft.attributes:
        joined = joins(passage.text)
        if joined:
            yield draft.note("L005", passage.path, level=passage.level, joined=joined)


def naked_threshold(draft: Draft) -> Iterator[Finding]:
    """L006: a number that decides has a base and a source (method, section 1)."""
    for passage in draft.passages + draft.questions + draft.labels:
        number = naked_number(passage.text, passage.words, attribute=passage.attribute)
        if number:
            yield draft.note("L006", passage.path, level=passage.level, number=number)


_ADVISERS = re.compile(r"\badvis(?:ers?|ors?|ory)\b", re.IGNORECASE)


def advisers_unsaid(draft: Draft) -> Iterator[Finding]:
    """L007: each descriptor above none says how far it leans on advisers (GAO-12-951T)."""
    for passage in draft.descriptors:
        if passage.level != NONE and not _ADVISERS.search(passage.text):
            yield draft.note("L007", passage.path, level=passage.level, criterion=passage.criterion)


def impossible_evidence(draft: Draft) -> Iterator[Finding]:
    """L008: what a rule asks for can exist: confirmed by others takes more than one origin."""
    for path, criterion, level, step in draft.steps:
        rule = get(step, "evidence", dict)
        grade, origins = str(rule.get("grade", "")), str(rule.get("origins", ""))
        if grade.endswith("1") and origins.lstrip("0") == "1":
            problem = "credibility 1 means confirmed by other sources, but one origin is enough"
            yield draft.note("L008", (*path, "evidence"), level=level, criterion=criterion, problem=problem)


def missing_translation(draft: Draft) -> Iterator[Finding]:
    """L009: every text stands in every language that any text of the rubric has; a copy is none."""
    found = list(_texts(draft.document.value, ()))
    languages = {language: None for _, texts in found for language in texts}
    for path, texts in found:
        missing = [language for language in languages if language not in texts]
        missing += [language for language, text in texts.items() if _is_copy(language, text, texts)]
        if missing:
            yield draft.note("L009", path, missing=one_of(missing))


def _is_copy(language: str, text: str, texts: dict[str, str]) -> bool:
    """Return whether a text of some length stands under ``en`` word for word; names and marks may."""
    return language != "en" and len(text.split()) > 2 and text.split() == texts.get("en", "").split()


def _texts(value: object, path: Path_) -> Iterator[tuple[Path_, dict[str, str]]]:
    """Yield every map from languages to texts; a plain note is one in English."""
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
    elif isinstance(value, str) and path[-1:] == ("note",):
        yield path, {"en": value}


_TEXT_KEYS = frozenset(
    ("title", "summary", "note", "label", "question", "descriptor", "text", "reason", "situation", "why")
)


def vague(draft: Draft) -> Iterator[Finding]:
    """L010: no word on which two honest observers need not agree, in what is scored or in a level's name."""
    for passage in draft.passages + draft.questions + draft.labels:
        for word in _judging(passage):
            yield draft.note("L010", passage.path, level=passage.level, word=word)


def _judging(passage: Passage) -> dict[str, None]:
    """Return the vague words and phrases of a passage, each once."""
    text = passage.text.lower()
    for phrase in NAMED:
        text = text.replace(phrase, " ")
    words = words_of(text)
    spaced = f" {' '.join(words).replace('-', ' ')} "
    found = [word for word in words if word in VAGUE or word.startswith("well-")]
    return dict.fromkeys(found + [phrase for phrase in VAGUE_PHRASES if f" {phrase} " in spaced])


def repeated_attribute(draft: Draft) -> Iterator[Finding]:
    """L011: no statement stands twice."""
    seen: dict[tuple[str, ...], Passage] = {}
    for passage in draft.attributes:
        other = seen.setdefault(passage.words, passage)
        if other is not passage:
            yield draft.note("L011", passage.path, level=other.level, criterion=other.criterion)


def hard_to_read(draft: Draft) -> Iterator[Finding]:
    """L012: short sentences in plain words (Automated Readability Index, Senter and Smith 1967)."""
    for passage in draft.passages + draft.questions:
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
    not_a_statement,
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


def _any(passage: Passage, known: frozenset[str]) -> bool:
    """Return whether some word, or part of a compound, is known apart from its plural or genitive."""
    text = f" {' '.join(passage.words)} "
    for phrase in IDLE:
        text = text.replace(f" {phrase} ", " ")
    return any(
        part in known or part.removesuffix("s") in known
        for word in words_of(text)
        for part in (word, word.removesuffix("'s"), *re.split(r"[-/']", word))
    )
