"""What people type and programs make of it, understood as the tables write it, or refused by address.

A text keeps its words and loses only what no reader sees. An id, a word or a date is read in any
digits, dashes and quotation marks. What could mean two things is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from measures.finding import Finding, Place, did_you_mean, find, one_of
from measures.intake.workbook.dates import from_day, from_number, from_text
from measures.intake.workbook.door_in import Cell
from measures.intake.workbook.layout import SEPARATOR, meant, score_id, score_parts

ERRORS = frozenset(
    {
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "Err:502",
        "Err:508",
    }
)
WINDOWS_ZERO = date(1899, 12, 30)

_ODD = re.compile(r"[\r\v\n]|_x")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_QUOTES = re.compile("[\"'`\u2018-\u201f\u00ab\u00bb\u2039\u203a]")
_PARTS = re.compile("[;,\n\u060c\u061b]")
_MARKUP = re.compile(
    r"</?(?:p|b|i|u|br|div|span|table|tbody|tr|td|th|a|ul|ol|li|strong|em|font|h[1-6]|html|body|style)\b[^<>]*>"
    r"|&(?:nbsp|amp|lt|gt|quot|#[0-9]{2,5});",
    re.IGNORECASE,
)
_YES = frozenset({"yes", "y", "true", "1", "نعم", "oui", "ja", "si", "sí"})
_NO = frozenset({"no", "n", "false", "0", "لا", "non", "nein"})
_EXACT = 10**15


@dataclass(frozen=True, slots=True)
class Ask:
    """What a column asks for.

    Args:
        name: What findings call the column.
        form: As the tables of records have it; ``score`` takes its cause after a slash.
        words: The words there are, where they are all known; else empty.
        labels: What else may be typed for a word, folded, and the word that it means.
    """

    name: str
    form: str
    words: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


def clean(text: str) -> str:
    """Return a text without what no reader sees: odd spaces, marks of direction, escaped returns."""
    if text.isascii() and not _ODD.search(text):
        return text.strip()
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", _UNSEEN.sub("", _SPACES.sub(" ", text)))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def plain(text: str) -> str:
    """Return an id, word or date in plain digits, dashes and spaces, without quotation marks."""
    text = _QUOTES.sub("", _DASHES.sub("-", clean(text)))
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    return " ".join(digits.split())


def fold(text: str) -> str:
    """Return a word as it is looked up: case, spaces, hyphens and underscores do not count."""
    return re.sub(r"[\s_-]+", "-", plain(text).casefold()).strip("-.")


def understand(
    cell: Cell, ask: Ask, place: Place, zero: date = WINDOWS_ZERO, *, hints: bool = True
) -> tuple[str, Finding | None]:
    """Return what a cell says, as the tables write it, and what is to be said about it.

    Args:
        cell: The cell, not empty.
        ask: What its column asks for.
        place: Where it is.
        zero: The day that the workbook's serial days count from.
        hints: Whether to look for the word that was meant, which takes a while.

    Returns:
        The text, and a finding; when that is an error the text is what stands there.
    """
    shown = _shown(cell)
    if cell.kind == "f":
        return shown, find("W025", place, column=ask.name)
    if cell.kind == "e" or shown in ERRORS:
        return shown, find("W026", place, column=ask.name, value=shown)
    if ask.form == "date":
        return _date(cell, ask, place, zero)
    if isinstance(cell.value, (date, time, timedelta)):
        return shown, find("W027", place, column=ask.name, value=shown)
    if ask.form == "text":
        return _text(cell, shown, ask, place)
    return _choice(cell, shown, ask, place, hints=hints)


def _shown(cell: Cell) -> str:
    """Return a cell's value as text."""
    value: Any = cell.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, (int, float)):
        if "%" in cell.format:
            return f"{value * 100:.10g} %"
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    return clean(str(value))


def _text(cell: Cell, shown: str, ask: Ask, place: Place) -> tuple[str, Finding | None]:
    if isinstance(cell.value, (int, float)) and abs(cell.value) >= _EXACT:
        return shown, find("W031", place, column=ask.name, value=shown)
    markup = _MARKUP.search(shown)
    if markup:
        return shown, find("W029", place, column=ask.name, value=markup[0][:20])
    return shown, None


def _date(cell: Cell, ask: Ask, place: Place, zero: date) -> tuple[str, Finding | None]:
    value = cell.value
    if isinstance(value, date):
        return from_day(value, cell.format), None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        text = from_number(value, zero)
        if not text:
            return _shown(cell), None
        told = len(text) > 4
        hint = find("W030", place, column=ask.name, value=_shown(cell), meant=text) if told else None
        return text, hint
    typed = plain(str(value))
    texts = from_text(typed).texts
    if len(texts) == 1:
        same = texts[0] == typed.upper().replace(" ", "")
        hint = None if same else find("W030", place, column=ask.name, value=typed, meant=texts[0])
        return texts[0], hint
    if len(texts) == 2:
        return typed, find("W028", place, column=ask.name, value=typed, first=texts[0], second=texts[1])
    return typed, None


def _choice(cell: Cell, shown: str, ask: Ask, place: Place, *, hints: bool) -> tuple[str, Finding | None]:
    if ask.form == "ids":
        parts = [_one(plain(meant(_bullets(part))), ask) for part in _PARTS.split(shown)]
        return "; ".join(part for part in parts if part), None
    if ask.form == "flag":
        said = plain(meant(_bullets(shown))).casefold()
        if said in _YES or said in _NO:
            return ("yes" if said in _YES else "no"), None
    text = plain(meant(_bullets(shown)))
    if isinstance(cell.value, (int, float)) or re.fullmatch(r"[0-9]+[.,]0+", text):
        text = re.sub(r"[.,]0+$", "", text)
    word = _score(text, ask) if ask.form == "score" else _one(text, ask)
    if ask.words and word and not _known(word, ask):
        return word, find("W032", place, column=ask.name, value=text, hint=_hint(text, ask) if hints else "")
    return word, None


def _hint(text: str, ask: Ask) -> str:
    """Return the near word, or else every word; levels differ from row to row and are not listed."""
    near = did_you_mean(text, [*ask.words, *ask.labels])
    return near or ("" if ask.form in ("score", "level") else f" It takes {one_of(ask.words)}.")


def _bullets(text: str) -> str:
    return text.replace(" • ", SEPARATOR).replace(" ・ ", SEPARATOR)


def _known(word: str, ask: Ask) -> bool:
    return word in ask.words or (ask.form == "score" and word.partition("/")[0] in ask.words)


def _score(text: str, ask: Ask) -> str:
    """Return the score that a text means, with its cause when it has one."""
    score, cause = score_parts(text)
    return score_id(_one(score, ask), fold(cause))


def _one(text: str, ask: Ask) -> str:
    """Return the word that a text means, or the text itself."""
    if text in ask.words or not text:
        return text
    folded = fold(text)
    by_fold = {fold(word): word for word in ask.words}
    return by_fold.get(folded) or ask.labels.get(folded) or text
