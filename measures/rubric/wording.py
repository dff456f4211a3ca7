"""Two texts side by side: which words differ, and whether those decide what holds."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

from measures.rubric.words import DECISIVE

_SIGNS = "%‰&@#*/"
"""Signs that Unicode counts as punctuation, and that say something all the same."""

_TIMES = frozenset(
    (
        "once",
        "twice",
        "thrice",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "quarter",
        "quarters",
        "year",
        "years",
        "daily",
        "weekly",
        "monthly",
        "quarterly",
        "yearly",
        "annual",
        "annually",
        "within",
        "during",
        "if",
        "when",
        "while",
    )
)
"""How often, how long and on what condition: words that decide beside those of lint."""

_DASHES = "-\u2010\u2011\u2012\u2013\u2212"


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


def same_words(before: str, after: str) -> bool:
    """Return whether two texts differ in case, punctuation or spacing alone."""
    return words(before) == words(after)


def decisive(before: str, after: str) -> bool:
    """Return whether a word, number or sign that decides what holds came, went or moved."""
    one, other = words(before), words(after)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return any(
        _decides(word)
        for op, a, b, c, d in matcher.get_opcodes()
        if op != "equal"
        for word in (*one[a:b], *other[c:d])
    )


def words(text: str) -> list[str]:
    """Return what a text says, piece by piece: words with their marks, numbers whole, signs alone.

    Case, punctuation and spacing are no part of it. Vowel marks are: in Arabic they tell
    *studied* from *taught*. So are the dot in 1.5, the minus in -5 and the sign in 80 %.
    """
    shown = unicodedata.normalize("NFC", text).casefold().replace("\u2019", "'")
    shown = "".join(sign for sign in shown if unicodedata.category(sign) != "Cf")
    return "".join(_piece(shown, at) for at in range(len(shown))).split()


def _piece(text: str, at: int) -> str:
    """Return what the character at a place is in its text: itself, a word of its own, or nothing."""
    sign = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if unicodedata.category(sign)[0] in "LMN":
        return sign
    if before.isdecimal() and after.isdecimal() and sign in f".,:/{_DASHES}":
        return sign
    if sign in _DASHES and after.isdecimal() and not before.isalpha():
        return f" {sign}"
    if sign == "'" and before.isalpha() and after.isalpha():
        return sign
    return f" {sign} " if unicodedata.category(sign)[0] == "S" or sign in _SIGNS else " "


def _decides(word: str) -> bool:
    return (
        word in DECISIVE
        or word in _TIMES
        or word.endswith("n't")
        or any(sign.isnumeric() for sign in word)
        or not any(sign.isalpha() for sign in word)
    )
