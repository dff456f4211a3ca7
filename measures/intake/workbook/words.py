"""The workbook's own words, by language. What rubrics, plans and people say is never here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from measures.errors import WorkbookError
from measures.finding import one_of
from measures.intake.workbook.layout import LANGUAGES


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words of one sheet.

    Args:
        name: On its tab.
        title: Its heading.
        note: What to do on it, in a sentence or two.
        columns: By column key, the heading and what appears when a cell is chosen.
    """

    name: str
    title: str
    note: str
    columns: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Args:
        rtl: Whether the sheets are laid out from right to left.
        sheets: By sheet key.
        choices: Labels by the name of a list and the word chosen.
        phrases: Everything else, by name; some with fields in braces.
        guide: How to score, as headings with their paragraphs.
        practice: The same for a calibration.
    """

    rtl: bool
    sheets: Mapping[str, SheetWords]
    choices: Mapping[str, Mapping[str, str]]
    phrases: Mapping[str, str]
    guide: tuple[tuple[str, tuple[str, ...]], ...]
    practice: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def words(language: str) -> Words:
    """Return the words of a language.

    Raises:
        WorkbookError: No workbook is made in that language.
    """
    if language == "ar":
        from measures.intake.workbook.words_ar import ARABIC

        return ARABIC
    if language == "en":
        from measures.intake.workbook.words_en import ENGLISH

        return ENGLISH
    raise WorkbookError(
        f"Expected a language that workbooks are made in ({one_of(LANGUAGES)}), got {language!r}.",
        "Correct --lang.",
    )
