"""The catalogue of findings holds together, and a finding speaks in its own fields."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from string import Formatter

import pytest

from measures import errors, finding
from measures.errors import MeasuresError, StaleHeadError
from measures.finding import (
    AREAS,
    CATALOGUE,
    SEVERITIES,
    Finding,
    Kind,
    Place,
    did_you_mean,
    find,
    in_order,
    one_of,
)

KINDS = list(CATALOGUE.values())


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_no_code_is_given_twice() -> None:
    written = Counter(kind.code for area in AREAS for kind in area.KINDS)
    assert written.keys() == CATALOGUE.keys()
    assert max(written.values()) == 1


def test_codes_are_a_letter_and_three_digits_in_order() -> None:
    assert all(re.fullmatch(r"[A-Z][0-9]{3}", code) for code in CATALOGUE)
    for letter in {code[0] for code in CATALOGUE}:
        numbers = [int(code[1:]) for code in CATALOGUE if code[0] == letter]
        assert numbers == sorted(numbers), letter


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_words_can_be_filled_in(kind: Kind) -> None:
    fields = _fields(kind.template) | _fields(kind.remedy)
    assert kind.severity in SEVERITIES
    assert "" not in fields, "fields have names"
    made = find(kind.code, Place("a.csv", 3), **dict.fromkeys(fields | {"unused"}, "x"))
    assert made.message
    assert made.remedy.endswith((".", "DIGEST.")), made.remedy
    assert "{" not in made.message + made.remedy


def test_titles_are_told_apart() -> None:
    assert max(Counter(kind.title for kind in KINDS).values()) == 1


def test_long_cells_are_not_repeated() -> None:
    long = "confidential " * 40
    made = find("F011", Place("evidence.csv", 2, 5), path=long)
    assert long not in made.message
    assert "…" in made.message


def test_a_finding_as_plain_values() -> None:
    made = find("F001", Place("plan.yaml", 4), name="plan.yaml")
    assert made.to_dict() == {
        "code": "F001",
        "severity": "error",
        "file": "plan.yaml",
        "line": 4,
        "column": 0,
        "message": made.message,
        "remedy": made.remedy,
    }


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("a.csv"), "a.csv"),
        (Place("a.csv", 3), "a.csv:3"),
        (Place("a.csv", 3, 4), "a.csv:3:4"),
        (Place("a.xlsx", sheet="Scores"), "a.xlsx!Scores"),
        (Place("a.xlsx", 55, sheet="Scores"), "a.xlsx!Scores!55:55"),
        (Place("a.xlsx", 55, 4, "Scores"), "a.xlsx!Scores!D55"),
        (Place("a.xlsx", 1, 703, "Scores"), "a.xlsx!Scores!AAA1"),
    ],
)
def test_a_place_reads_as_an_editor_wants_it(place: Place, text: str) -> None:
    assert str(place) == text


def test_order_is_by_place_and_repeats_are_dropped() -> None:
    late, early = find("F001", Place("b.csv", 10), name="x"), find("F001", Place("b.csv", 9), name="x")
    assert in_order([late, early, late]) == (early, late)


def test_only_errors_stop_recording() -> None:
    made: list[Finding] = [find("V009", Place("a")), find("V003", Place("a"), seq=1)]
    assert [item.code for item in finding.errors_in(made)] == ["V003"]


def test_near_words_are_offered() -> None:
    assert did_you_mean("minster", ["minister", "parliament"]) == " Did you mean 'minister'?"
    assert did_you_mean("zzz", ["minister"]) == ""


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_allowed_words_read_as_a_sentence(words: list[str], text: str) -> None:
    assert one_of(words) == text


def test_long_lists_of_words_are_cut_and_say_so() -> None:
    assert one_of((str(n) for n in range(15)), limit=12).endswith("or one of 3 more")


def test_every_error_is_of_one_family() -> None:
    named = [item for item in vars(errors).values() if inspect.isclass(item)]
    assert all(issubclass(item, MeasuresError) and item.__name__.endswith("Error") for item in named)


def test_an_error_carries_what_to_do_next() -> None:
    stale = StaleHeadError("1:aa", "2:bb")
    assert (stale.expected, stale.found) == ("1:aa", "2:bb")
    assert "1:aa" in stale.message
    assert "2:bb" in str(stale)
    assert stale.remedy
