"""The sentence forms: small pure functions from values to English words.

Every form stands here once, so that another language can take its place. Words of
confidence and words of likelihood never meet in one phrase (ICD 203).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from measures.period import Interval, Period

_ORDINALS = ("first", "second", "third", "fourth")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)

ASPECT = {"de-jure": "on paper", "de-facto": "in practice"}
AGGREGATION = {
    "weakest-link": "by its weakest criterion",
    "median": "by the middle one of its criteria",
    "gate": "by its essential criteria",
    "table": "by the table its rubric declares",
}
CONFIDENCE = {
    "high": "high confidence",
    "moderate": "moderate confidence",
    "low": "low confidence",
    "very-low": "very low confidence",
}
NON_SCORE = {
    "not-observed": "Not observed",
    "insufficient-evidence": "Not decided by the evidence",
    "not-applicable": "Does not apply",
    "no-entry": "Owed: nobody scored it",
    "withheld": "Withheld from this edition",
}
CAUSE = {
    "security": "security",
    "access": "no access",
    "pandemic": "the pandemic",
    "no-government": "no government formed",
    "staffing": "posts unfilled",
    "other": "another cause",
}
COMPONENT = {
    "methods": "method",
    "coherence": "coherence",
    "adequacy": "adequacy",
    "relevance": "relevance",
}
"""The components of GRADE-CERQual."""
MOVEMENT = {
    "definition": "The rubric changed between the two scores, so they cannot be compared",
    "correction": "An earlier score was corrected; nothing new was seen",
    "assessor": "Another assessor scored it and cited nothing new, so the institution may not have moved",
    "knowledge": "Later evidence tells of a state that held before, so nothing moved this quarter",
    "performance": "The evidence is new and speaks of the time since then",
    "unexplained": "Nothing cited explains it, so it is not counted as progress",
}
MOVEMENT_TAG = {
    "definition": "rubric changed",
    "correction": "corrected",
    "assessor": "other assessor",
    "knowledge": "learned later",
    "performance": "new evidence",
    "unexplained": "nothing explains it",
}
"""A cause in two words, for a list."""
MOVEMENT_ON = {
    "definition": "as the rubric changed",
    "correction": "by a correction",
    "assessor": "on the word of another assessor",
    "knowledge": "as was learned later",
    "performance": "on new evidence",
    "unexplained": "with nothing cited to explain it",
}
"""A cause within a sentence."""
STANCE = {
    "demanded": "demanded",
    "accepted": "accepted",
    "contested": "contested",
    "refused": "refused",
    "unknown": "not known",
}
MISSING = {
    "non_testimonial": "anything that is not testimony",
    "origins": "another independent origin",
    "kinds": "evidence of the kind that the level asks for",
    "first_hand": "somebody who saw it",
    "unblocked": "an answer to the contradicting evidence",
}
RELIABILITY = {
    "A": "completely reliable source",
    "B": "usually reliable source",
    "C": "fairly reliable source",
    "D": "source not usually reliable",
    "E": "unreliable source",
    "F": "reliability not known",
}
CREDIBILITY = {
    "1": "confirmed by others",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth not known",
}


def concerns(given: Mapping[str, str]) -> str:
    """Return the gravest of GRADE-CERQual's concerns: ``serious concern: adequacy``."""
    for weight in ("serious", "moderate"):
        names = [COMPONENT[component] for component, found in given.items() if found == weight]
        if names:
            over = "on every count" if len(names) == len(COMPONENT) else ""
            return f"{weight} concern {over}" if over else f"{weight} concern: {', '.join(names)}"
    return ""


def quarter(period: Period | str) -> str:
    """Return ``first quarter of 2021``."""
    period = Period.parse(period) if isinstance(period, str) else period
    return f"{_ORDINALS[period.quarter - 1]} quarter of {period.year}"


def date(text: str) -> str:
    """Return a date or interval in words, as precise as it was given: ``February 2021``."""
    first, slash, last = text.partition("/")
    if slash:
        return f"{_one_date(first)} to {_one_date(last)}"
    return _one_date(first)


def _one_date(text: str) -> str:
    parts = text.split("-")
    if len(parts) == 1:
        return parts[0]
    month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return month if len(parts) == 2 else f"{int(parts[2])} {month}"


def interval(value: Interval) -> str:
    """Return an interval in words."""
    return date(value.text)


def listed(words: Sequence[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def count(number: int, one: str, many: str = "") -> str:
    """Return ``no criterion``, ``one criterion``, ``thirteen`` as numerals above twelve."""
    word = _SMALL[number] if number < len(_SMALL) else str(number)
    return f"{word} {one if number == 1 else (many or one + 's')}"


def number(value: int) -> str:
    """Return a count as a word up to twelve, as numerals above."""
    return _SMALL[value] if 0 < value < len(_SMALL) else ("none" if value == 0 else str(value))


def quote(text: str) -> str:
    """Return a title in quotation marks."""
    return f"\N{LEFT SINGLE QUOTATION MARK}{text}\N{RIGHT SINGLE QUOTATION MARK}"


def of(number: int, whole: int) -> str:
    """Return ``4 of 22``; never a share."""
    return f"{number} of {whole}"


def capital(text: str) -> str:
    """Return a text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """Return a title for use inside a sentence; capitals that belong to a name or sign stay."""
    first, _, rest = text.partition(" ")
    return (
        text
        if first[1:] != first[1:].lower() or first == "I"
        else first.lower() + (f" {rest}" if rest else "")
    )


def sentence(text: str) -> str:
    """Return a text that ends like a sentence."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…", ".”", ".'", '."')) else text + "."


def non_score(state: str, cause: str = "") -> str:
    """Return a non-score in a few words: ``Not observed: security``."""
    words = NON_SCORE.get(state, state)
    return f"{words}: {CAUSE.get(cause, cause)}" if cause else words


def grade(reliability: str, credibility: str) -> str:
    """Return an Admiralty grade in words."""
    return f"{RELIABILITY.get(reliability, '')}; {CREDIBILITY.get(credibility, '')}"


def cut(text: str, most: int) -> str:
    """Return a text cut at a word, with an ellipsis, when it is longer than ``most``."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def first_sentences(text: str, most: int) -> str:
    """Return the leading sentences of a text that fit into ``most`` characters, at least one."""
    kept = ""
    for part in text.replace("? ", "?\n").replace(". ", ".\n").split("\n"):
        longer = f"{kept} {part}".strip()
        if kept and len(longer) > most:
            break
        kept = longer
    return sentence(kept)


def missing(words: str) -> str:
    """Return what a claimed level lacks, from the engine's words joined by ``; ``."""
    lacks = [word for word in words.split("; ") if word]
    if "non_testimonial" in lacks and "kinds" in lacks:
        lacks.remove("kinds")
    return listed([MISSING[word] for word in lacks])
