"""What an English statement is: whether it can be answered yes or no, says one thing, and counts.

Each function reads one text and says what is wrong with it, or an empty text. Where grammar is
in doubt the author is believed: a rule that accuses sound sentences is soon switched off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from measures.rubric.words import (
    ABBREVIATIONS,
    ACTORS,
    ARTICLES,
    ASKING,
    BEFORE_NOUNS,
    CERTAIN_VERBS,
    DEFINITE,
    MEASURES,
    MODIFIERS,
    MONTHS,
    NO_VERBS,
    NOT_PAST,
    NUMBERS,
    ONLY_VERBS,
    REFERENCES,
    REPEATED,
    SAMPLED,
    SPANS,
    TIMES,
    VERBS,
)


def not_yes_or_no(text: str, words: Sequence[str]) -> str:
    """Return why a text cannot be answered yes or no."""
    if "?" in text or (words and words[0] in ASKING):
        return "it asks a question"
    measure = MEASURES.search(text)
    if measure:
        return f"it asks for a measure ({measure[0].lower()!r})"
    if not re.search(r"\.['\")\]]*$", text):
        return "it does not end as a sentence"
    return "" if _has_verb(words) else "it has no verb"


def _has_verb(words: Sequence[str]) -> bool:
    """Return whether some word can be the finite verb: ``the plan`` has none, ``it plans posts`` has.

    A word that an article follows without a preposition, as in ``catalogues the items``, counts
    as one whatever it is.
    """
    words = " ".join(words).replace("at least", "at-least").split()
    in_noun = True
    for word, after in zip(words, (*words[1:], ""), strict=True):
        if word in CERTAIN_VERBS:
            return True
        before = word in BEFORE_NOUNS
        past = word.endswith("ed") and len(word) > 3 and word not in NOT_PAST
        if not in_noun and not before and (past or word in VERBS or after in ARTICLES):
            return True
        in_noun = before or (in_noun and (past or word in MODIFIERS))
    return False


_JOINED = re.compile(
    r";|\s&\s|\b(?:and/or|as well as|both)\b|,\s(?:then|but)\b"
    r"|\band (?:also|then|it|they|he|she|nobody|somebody)\b"
    r"|\band (?:has|have|had|is|are|was|were|does|do|did|can|must|will|may)\b"
    r"|\b\w+ed(?:,? and| ?/) ?\w+ed\b"
    r"|\band \w+ed (?:it|them|him|her|the|a|an|its|their|this|that|every|each|no|by|to)\b"
)
_TWO_SUBJECTS = re.compile(
    r"\band (?:the|its|their|a|an|no|none of the) (?:[\w'-]+ ){1,4}(?:is|are|was|were|has|have|had)\b"
)
_AND_WORD = re.compile(r"\band ([a-z]+)(?: (?:the|a|an|its|their|his|her|it|them|each|every)\b)?")
_NEXT_SENTENCE = re.compile(r"([\w.]+)[.!?]['\")]?\s+[A-Z0-9]")
_PAIR = re.compile(r"\bbetween [^,;]*$")


def joins(text: str) -> str:
    """Return the words that join two statements in one.

    ``or`` is left alone: a statement that holds when either does is answered yes or no. So is
    ``and`` between nouns, as in ``between the ministry and the general staff``.
    """
    for found in _NEXT_SENTENCE.finditer(text):
        if found[1].lower() not in ABBREVIATIONS:
            return found[0].split()[0]
    lowered = text[:1].lower() + text[1:]
    joined = _JOINED.search(lowered)
    if joined:
        return joined[0].strip()
    for found in _TWO_SUBJECTS.finditer(lowered):
        if not _PAIR.search(lowered[: found.start()]):
            return found[0]
    return next((found[0] for found in _AND_WORD.finditer(lowered) if _begins_anew(found)), "")


def _begins_anew(found: re.Match[str]) -> bool:
    """Return whether a verb follows ``and``: it can be nothing else, or it has an object after it."""
    object_follows = found[0] != f"and {found[1]}"
    return found[1] in ONLY_VERBS or (object_follows and found[1] not in BEFORE_NOUNS | NO_VERBS)


_WHICH = (
    r"(?:the|a|an|its|their|this|that|each|every|past|last|first|second|third|next|current|previous|following"
    r"|school|academic|financial|fiscal|budget|calendar) "
)
_TIME = (
    rf"(?:{_WHICH}){{0,3}}(?:day|week|month|quarter|year|half-year|decade|hour|term|session|[12][0-9]{{3}})\b"
)
_SHARE = re.compile(
    r"[0-9]+(?:[.,][0-9]+)? ?(?:%|per ?cent\b|percent\b)|%|\b[\w-]+ per ?cent\b"
    rf"|\b[0-9]+/[0-9]+ of\b(?! {_TIME})"
    rf"|\bhalf (?:of\b(?! {_TIME})|(?:the|its|their|all|these|those) (?!{_TIME}))"
    rf"|\b(?:majority|(?:two|three|four|five)[- ](?:thirds|quarters|fifths|tenths)"
    rf"|(?:one|a)[- ](?:third|quarter|fifth|tenth)) of\b(?! {_TIME})"
    r"|(?<!at )(?<!the )\bmost (?:of\b|[a-z]+(?<!ou)(?<!s)s\b)",
    re.IGNORECASE,
)
_BASE = re.compile(r"\b(?:of (?:the|all|its|their|every|those)|out of)\b", re.IGNORECASE)
_RECORD = r"(?:records?|register|lists?|payroll|reports?|establishment|ledger|accounts?|budget|minutes)"
_SOURCE = re.compile(
    r"\b(?:according to|as counted|counted by|as recorded|recorded in|listed in|shown in|by the count"
    rf"|(?:by|in|on|from) (?:the|its) (?:[\w'-]+ ){{0,3}}{_RECORD}"
    rf"|{_RECORD} (?:say|show|record|count|list)s?)\b",
    re.IGNORECASE,
)


def naked_number(text: str, words: Sequence[str], *, attribute: bool) -> str:
    """Return a number that decides without saying of how many, and in whose record."""
    share = _SHARE.search(text)
    if share:
        number, rest = share[0].strip(), text[share.end() - 3 :]
    else:
        number = _count(text, words) if attribute else ""
        rest = text.replace(number, "", 1)
    return "" if _BASE.search(rest) and _SOURCE.search(text) else number


def _count(text: str, words: Sequence[str]) -> str:
    """Return a count of things, not of time, that an attribute asks for; empty when there is none."""
    if any(phrase in text.lower() for phrase in SAMPLED):
        return ""
    for at, word in enumerate(words):
        if _is_number(word, words[at + 1 : at + 2]) and not _is_name(words, at) and not _is_span(words, at):
            return word
    return ""


def _is_number(word: str, after: Sequence[str]) -> bool:
    """Return whether a word counts something; ``1`` and the number of a year do not."""
    if word[0].isdecimal():
        plain = re.sub(r"[.,]", "", word)
        person = bool(after) and after[0].endswith("s") and after[0].removesuffix("s") in ACTORS
        year = re.fullmatch(r"(?:19|20)[0-9]{2}", word) is not None and not person
        return plain.isdecimal() and word != "1" and not year
    return all(part in NUMBERS or part == "one" for part in word.split("-")) and word != "one"


def _is_name(words: Sequence[str], at: int) -> bool:
    """Return whether a number is a name, as in ``resolution 1325``, ``30 June`` or ``the two services``."""
    before, after = words[:at][-1:], words[at + 1 : at + 2]
    if set(before) & DEFINITE:
        return True
    if set(before) & {"and", "to", "or"} and at > 1 and words[at - 2][0].isdecimal():
        return _is_name(words, at - 2)
    named = {word.removesuffix("s") for word in before} | set(before)
    return bool(named & (REFERENCES | MONTHS) or set(after) & MONTHS)


def _is_span(words: Sequence[str], at: int) -> bool:
    """Return whether a number counts time, or how often something was repeated one after the other."""
    for word in words[at + 1 : at + 5]:
        if word in TIMES or word in REPEATED:
            return True
        if word not in SPANS:
            return False
    return False
