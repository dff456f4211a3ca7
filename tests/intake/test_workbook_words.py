"""The workbook's words: the same in every language, and short enough for the programs that show them."""

from __future__ import annotations

import re
import string

import pytest

from measures.errors import WorkbookError
from measures.intake.workbook.choices import WORD_LISTS
from measures.intake.workbook.layout import LANGUAGES, SHEETS
from measures.intake.workbook.words import Words, words
from measures.records.mission import CAUSES
from measures.records.tables import NON_SCORES

ALL = [sheet for sheets in SHEETS.values() for sheet in sheets]


@pytest.fixture(params=LANGUAGES)
def own(request: pytest.FixtureRequest) -> Words:
    return words(str(request.param))


def test_every_column_of_every_sheet_has_a_heading_in_every_language(own: Words) -> None:
    assert set(own.sheets) == {sheet.key for sheet in ALL}
    for sheet in ALL:
        assert set(own.sheets[sheet.key].columns) == set(sheet.keys), sheet.key
        assert all(own.sheets[sheet.key].columns[key][0] for key in sheet.keys)


def test_every_column_that_is_filled_in_says_how(own: Words) -> None:
    for sheet in ALL:
        for column in sheet.columns:
            told = own.sheets[sheet.key].columns[column.key][1]
            assert bool(told) == (column.fill == "fill") or column.key == "id", (sheet.key, column.key)


def test_every_word_that_may_be_chosen_has_a_label(own: Words) -> None:
    for name, known in WORD_LISTS.items():
        assert set(own.choices[name]) == set(known), name
    assert set(own.choices["non_scores"]) == set(own.choices["means"]) == set(NON_SCORES)
    assert set(own.choices["causes"]) == set(CAUSES)


def test_nothing_is_longer_than_a_spreadsheet_shows(own: Words) -> None:
    names = [sheet.name for sheet in own.sheets.values()] + [own.phrases["guide"], own.phrases["rubrics"]]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\']", name)
    for sheet in own.sheets.values():
        for title, message in sheet.columns.values():
            assert len(title) <= 32, title
            assert len(message) <= 255, message
    for name, text in own.phrases.items():
        assert len(text) <= (32 if name.endswith("_title") else 255), name


def test_the_languages_say_the_same_things() -> None:
    english, arabic = words("en"), words("ar")
    fields = {
        name: [field for _, field, _, _ in string.Formatter().parse(text) if field]
        for name, text in english.phrases.items()
    }
    for name, text in arabic.phrases.items():
        found = [field for _, field, _, _ in string.Formatter().parse(text) if field]
        assert sorted(found) == sorted(fields[name]), name
    assert set(arabic.phrases) == set(english.phrases)
    for mine, theirs in ((english.guide, arabic.guide), (english.practice, arabic.practice)):
        assert [len(paragraphs) for _, paragraphs in mine] == [len(paragraphs) for _, paragraphs in theirs]
    assert arabic.rtl
    assert not english.rtl


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(WorkbookError, match="en or ar"):
        words("fr")
