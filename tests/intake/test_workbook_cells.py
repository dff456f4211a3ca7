"""What people type and programs make of it: understood, or refused by address."""

# ruff: noqa: RUF001 - Arabic digits are what is tested

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.finding import Place
from measures.intake.workbook.asks import Vocabulary, asks
from measures.intake.workbook.cells import Ask, clean, plain, understand
from measures.intake.workbook.dates import from_day, from_text
from measures.intake.workbook.door_in import Cell
from measures.period import Interval

VOCABULARY = Vocabulary(
    levels={
        "asked": ("Asked for", "مطلوب"),
        "self-run": ("Run by the ministry itself",),
        "none": ("None of it",),
    },
    markings=("public", "mission"),
    named={"actor": {"minister": ("Minister of Defence",)}, "objective": {"O-01": ("The ministry plans",)}},
)
ASKS = asks(VOCABULARY)
AT = Place("a.xlsx", 5, 7, "Scores")


def midnight(year: int, month: int, day: int) -> dt.datetime:
    """Return a day as spreadsheet programs keep it: with a time, and without a zone."""
    return dt.datetime.combine(dt.date(year, month, day), dt.time())


def read(sheet: str, column: str, value: Any, number_format: str = "") -> tuple[str, str]:
    """Return what a cell is understood as, and the code of what is said about it."""
    kind = "b" if isinstance(value, bool) else "s" if isinstance(value, str) else "n"
    kind = "d" if isinstance(value, dt.date) else kind
    text, finding = understand(Cell(value, kind, number_format), ASKS[sheet, column], AT)
    return text, finding.code if finding else ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("asked", "asked"),
        ("asked · Asked for", "asked"),
        ("ASKED", "asked"),
        (" asked\u00a0", "asked"),
        ("\u201casked\u201d", "asked"),
        ("Asked for", "asked"),
        ("مطلوب", "asked"),
        ("self run", "self-run"),
        ("self\u2011run", "self-run"),
        ("Run by the ministry itself", "self-run"),
        ("insufficient evidence", "insufficient-evidence"),
        ("not-observed/access · Nobody could look: no access", "not-observed/access"),
        ("Not observed / Access", "not-observed/access"),
    ],
)
def test_a_level_is_known_however_it_is_written(typed: str, meant: str) -> None:
    assert read("scores", "score", typed) == (meant, "")


@pytest.mark.parametrize("typed", ["Yes", "yes", " YES ", "نعم", "TRUE", True, 1, "y", "yes · yes"])
def test_yes_is_known_however_it_is_written(typed: Any) -> None:
    assert read("evidence", "own_claim", typed) == ("yes", "")


@pytest.mark.parametrize("typed", ["No", "no", "NO", "لا", "FALSE", False, 0])
def test_no_is_known_however_it_is_written(typed: Any) -> None:
    assert read("evidence", "first_hand", typed) == ("no", "")


@pytest.mark.parametrize(
    "typed",
    ["2", 2, 2.0, "2,0", "2.0", "٢", "۲", "2 · probably true", "probably true"],
)
def test_a_grade_is_known_in_any_digits(typed: Any) -> None:
    assert read("evidence", "credibility", typed) == ("2", "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("E-01; E-02", "E-01; E-02"),
        ("E-01,E-02", "E-01; E-02"),
        ("E-01\nE-02", "E-01; E-02"),
        ("E-01\u060c E-02\u061b", "E-01; E-02"),
        ("E\u201301", "E-01"),
        ("E-٠١", "E-01"),
        ("E-01 · Order 7; E-02 · Visit", "E-01; E-02"),
        (7, "7"),
    ],
)
def test_ids_are_known_however_they_are_parted(typed: Any, meant: str) -> None:
    assert read("scores", "evidence", typed) == (meant, "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  two words \u00a0", "two words"),
        ("one line \r\nand another", "one line\nand another"),
        ("one line_x000D_\nand another", "one line\nand another"),
        ("say \u201cyes\u201d \u2013 they said", "say \u201cyes\u201d \u2013 they said"),
        ("zero\u200bwidth", "zerowidth"),
        ("=not a formula", "=not a formula"),
        (12, "12"),
        (12.5, "12.5"),
        ("caf\u0065\u0301", "caf\u00e9"),
    ],
)
def test_a_text_keeps_its_words(typed: Any, meant: str) -> None:
    assert read("scores", "rationale", typed) == (meant, "")


def test_a_share_keeps_its_sign() -> None:
    assert read("citations", "note", 0.3, "0%") == ("30 %", "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2021", "2021"),
        (2021, "2021"),
        ("2021-02", "2021-02"),
        ("2021-02-18", "2021-02-18"),
        ("٢٠٢١-٠٢-١٨", "2021-02-18"),
        ("2021\u201302\u201318", "2021-02-18"),
        ("2021-01/2021-03", "2021-01/2021-03"),
    ],
)
def test_a_date_as_the_tables_write_it_needs_no_word(typed: Any, meant: str) -> None:
    assert read("evidence", "covers", typed) == (meant, "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18.2.2021", "2021-02-18"),
        ("3.4.2021", "2021-04-03"),
        ("18/02/2021", "2021-02-18"),
        ("02/18/2021", "2021-02-18"),
        ("2/2/2021", "2021-02-02"),
        ("2021/2/18", "2021-02-18"),
        ("02/2021", "2021-02"),
        ("18 February 2021", "2021-02-18"),
        ("February 18, 2021", "2021-02-18"),
        ("18th Feb 2021", "2021-02-18"),
        ("18-Feb-2021", "2021-02-18"),
        ("18. Februar 2021", "2021-02-18"),
        ("18 f\u00e9vrier 2021", "2021-02-18"),
        ("febrero 2021", "2021-02"),
        ("١٨ شباط ٢٠٢١", "2021-02-18"),
        ("18 فبراير 2021", "2021-02-18"),
        ("كانون الثاني 2021", "2021-01"),
        ("18/02/2021 00:00:00", "2021-02-18"),
        ("January 2021 to March 2021", "2021-01/2021-03"),
        (44245, "2021-02-18"),
    ],
)
def test_a_date_of_any_locale_is_understood_and_said(typed: Any, meant: str) -> None:
    assert read("evidence", "covers", typed) == (meant, "W030")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("3/4/2021", "W028"), ("03-04-2021", "W028"), ("1.2.21", ""), ("spring", ""), ("30 February 2021", "")],
)
def test_a_date_of_two_readings_or_none_is_never_guessed(typed: str, code: str) -> None:
    text, told = read("evidence", "covers", typed)
    assert (text, told) == (typed, code)


@pytest.mark.parametrize(
    ("day", "number_format", "meant"),
    [
        (midnight(2021, 2, 18), "dd/mm/yyyy", "2021-02-18"),
        (midnight(2021, 2, 1), "mmm-yy", "2021-02"),
        (midnight(2021, 2, 18), "mmm-yy", "2021-02-18"),
        (midnight(2021, 1, 1), "yyyy", "2021"),
        (midnight(2021, 2, 1), '[$-409]d\\ mmm"of"yyyy', "2021-02-01"),
        (dt.date(2021, 2, 1), "General", "2021-02-01"),
    ],
)
def test_a_day_kept_by_the_program_is_as_precise_as_it_shows(
    day: dt.date, number_format: str, meant: str
) -> None:
    assert from_day(day, number_format) == meant
    assert read("evidence", "covers", day, number_format) == (meant, "")


def test_serial_days_of_old_macintosh_workbooks_begin_in_1904() -> None:
    told = understand(Cell(42783, "n"), Ask("Speaks of", "date"), AT, dt.date(1904, 1, 1))
    assert told[0] == "2021-02-18"


@pytest.mark.parametrize(
    ("sheet", "column", "typed", "code"),
    [
        ("citations", "locator", midnight(2021, 4, 3), "W027"),
        ("citations", "locator", dt.time(4, 3), "W027"),
        ("scores", "rationale", "#N/A", "W026"),
        ("scores", "rationale", "<b>seen</b>", "W029"),
        ("scores", "rationale", "a &amp; b", "W029"),
        ("scores", "rationale", 1e18, "W031"),
        ("scores", "score", "askd", "W032"),
        ("scores", "confidence", "modrate", "W032"),
        ("evidence", "own_claim", "perhaps", "W032"),
        ("evidence", "marking", "secret", "W032"),
    ],
)
def test_what_cannot_be_understood_is_refused(sheet: str, column: str, typed: Any, code: str) -> None:
    assert read(sheet, column, typed)[1] == code


def test_a_formula_and_an_error_are_refused_whatever_they_come_to() -> None:
    for kind, code in (("f", "W025"), ("e", "W026")):
        _, finding = understand(Cell("=1+1", kind), ASKS["scores", "score"], AT)
        assert finding is not None
        assert finding.code == code
        assert str(finding.place) == "a.xlsx!Scores!G5"


@given(st.text(max_size=60).filter(lambda text: "_x" not in text))
def test_reading_twice_is_reading_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert plain(plain(text)) == plain(text)


@given(st.dates(dt.date(1954, 11, 1), dt.date(2100, 1, 1)))
def test_every_day_is_the_same_day_in_every_unambiguous_form(day: dt.date) -> None:
    forms = (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day:%Y/%m/%d}",
        f"{day.day} {day:%B %Y}",
        f"{day:%B} {day.day}, {day.year}",
    )
    for text in forms:
        (read_as,) = from_text(text).texts
        assert Interval.parse(read_as).start == day, text


@pytest.mark.parametrize(
    ("sheet", "column", "value", "said"),
    [
        ("scores", "confidence", "modrate", "Did you mean 'moderate'?"),
        ("scores", "confidence", "quite sure", "It takes very-low, low, moderate or high."),
        ("scores", "score", "quite good", "none of the choices of This quarter."),
    ],
)
def test_a_word_that_is_none_is_told_what_the_cell_takes(
    sheet: str, column: str, value: str, said: str
) -> None:
    _, finding = understand(Cell(value, "s", "General"), ASKS[sheet, column], AT)
    assert finding is not None
    assert finding.message.endswith(said)
