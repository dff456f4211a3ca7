"""Percentages for exchange: declared in full or refused, and published figures reproduced.

The scores are those of WHO's portal for the States Parties' self-assessment (e-SPAR, second
edition, year 2022, as exported on 5 May 2023): 35 indicators of level 0 to 5 in 15 capacities.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.errors import MeasuresError
from measures.judgement import PercentScale

SPAR = PercentScale(best=5, rounding="half-up", at="each-part")

# levels of the indicators of each capacity, the published capacities, the published total,
# and the total of capacities that are not rounded first
PUBLISHED = {
    "Libya": (
        "1 2 | 3 3 3 | 2 2 | 4 2 1 4 4 | 4 4 | 4 3 | 4 3 3 | 4 3 3 | 2 2 2 | 1 3 3 | 2 2 3 | 3 | 3 | 1 | 2",
        "30 60 40 60 80 70 67 67 40 47 47 60 60 20 40",
        53,
        52,
    ),
    "Lithuania": (
        "5 5 | 4 5 4 | 4 4 | 4 2 5 5 4 | 4 4 | 3 3 | 5 5 5 | 4 5 4 | 2 4 4 | 4 4 4 | 4 4 5 | 4 | 5 | 4 | 5",
        "100 87 80 80 80 60 100 87 67 80 87 80 100 80 100",
        85,
        84,
    ),
    "Kenya": (
        "1 1 | 2 2 1 | 2 1 | 3 3 4 4 3 | 4 4 | 2 1 | 1 4 2 | 3 2 2 | 3 3 3 | 2 3 4 | 1 1 1 | 3 | 2 | 2 | 2",
        "20 33 30 68 80 30 47 47 60 60 20 60 40 40 40",
        45,
        45,
    ),
    "Tonga": (
        "3 3 | 4 4 4 | 4 4 | 4 4 4 3 4 | 4 4 | 3 4 | 4 4 3 | 4 4 3 | 4 4 3 | 4 4 4 | 5 3 4 | 1 | 4 | 2 | 4",
        "60 80 80 76 80 70 73 73 73 80 80 20 80 40 80",
        70,
        70,
    ),
}
published = pytest.mark.parametrize(
    ("levels", "capacities", "total", "late"), PUBLISHED.values(), ids=PUBLISHED
)


def parts(levels: str) -> list[list[int]]:
    return [[int(level) for level in part.split()] for part in levels.split("|")]


@published
def test_spar_capacities_are_reproduced(levels: str, capacities: str, total: int, late: int) -> None:
    assert [len(part) for part in parts(levels)] == [2, 3, 2, 5, 2, 2, 3, 3, 3, 3, 3, 1, 1, 1, 1]
    assert [SPAR.part(part) for part in parts(levels)] == [int(score) for score in capacities.split()]


@published
def test_spar_totals_are_reproduced_when_capacities_are_rounded_first(
    levels: str, capacities: str, total: int, late: int
) -> None:
    assert SPAR.whole(parts(levels)) == total
    assert PercentScale(5, "half-up", "end").whole(parts(levels)) == late


def test_two_of_the_totals_show_at_which_step_spar_rounds() -> None:
    assert [name for name, (_, _, total, late) in PUBLISHED.items() if total != late] == [
        "Libya",
        "Lithuania",
    ]


indicators = st.sampled_from((1, 2, 3, 5)).flatmap(
    lambda size: st.lists(st.integers(0, 5), min_size=size, max_size=size)
)


@settings(deadline=None)
@given(st.lists(indicators, min_size=15, max_size=15))
def test_spar_figures_never_lie_half_way_so_they_cannot_tell_how_ties_are_rounded(
    levels: list[list[int]],
) -> None:
    even = PercentScale(5, "half-even", "each-part")
    assert [SPAR.part(part) for part in levels] == [even.part(part) for part in levels]
    assert SPAR.whole(levels) == even.whole(levels)


# best rung, rungs, decimal places, half-up, half-even
TIES = {
    "half way above an even number": (8, "1", 0, "13", "12"),
    "half way above an odd number": (8, "3", 0, "38", "38"),
    "half way between two hundredths": (16, "1", 1, "6.3", "6.2"),
    "half way, and no binary number says so": (4000, "107", 2, "2.68", "2.68"),
    "half way to even, and no binary number says so": (4000, "97", 2, "2.43", "2.42"),
    "just below half way": (1000, "124", 0, "12", "12"),
    "just above half way": (1000, "126", 0, "13", "13"),
    "nothing to round": (4, "1", 0, "25", "25"),
    "places kept though they are nought": (4, "1", 2, "25.00", "25.00"),
    "all at best": (5, "5 5 5", 0, "100", "100"),
    "all at nought": (5, "0 0", 0, "0", "0"),
}


@pytest.mark.parametrize(("best", "rungs", "places", "up", "even"), TIES.values(), ids=TIES)
def test_ties_go_up_or_to_even(best: int, rungs: str, places: int, up: str, even: str) -> None:
    given_ = [int(rung) for rung in rungs.split()]
    assert str(PercentScale(best, "half-up", "end", places).part(given_)) == up
    assert str(PercentScale(best, "half-even", "end", places).part(given_)) == even


def test_a_tie_of_the_whole_is_rounded_the_declared_way_too() -> None:
    levels = [[12], [13]]  # of 100: an example of arithmetic, not a published one
    for at in ("each-part", "end"):
        assert PercentScale(100, "half-up", at).whole(levels) == 13
        assert PercentScale(100, "half-even", at).whole(levels) == 12


INCOMPLETE = {
    "no best rung": {"best": 0},
    "less than no places": {"places": -1},
    "a rounding that is not declared": {"rounding": ""},
    "a rounding of another name": {"rounding": "half-down"},
    "a step that is not declared": {"at": ""},
    "a step of another name": {"at": "part"},
}


@pytest.mark.parametrize("change", INCOMPLETE.values(), ids=INCOMPLETE)
def test_a_scale_is_declared_in_full_or_refused(change: dict[str, object]) -> None:
    whole: dict[str, object] = {"best": 5, "rounding": "half-up", "at": "end", "places": 0}
    PercentScale(**whole)  # type: ignore[arg-type]
    with pytest.raises(MeasuresError, match="half-up, half-even"):
        PercentScale(**{**whole, **change})  # type: ignore[arg-type]


@pytest.mark.parametrize("missing", ["best", "rounding", "at"])
def test_rounding_and_step_have_no_default(missing: str) -> None:
    declared = {"best": 5, "rounding": "half-up", "at": "end"}
    del declared[missing]
    with pytest.raises(TypeError, match=missing):
        PercentScale(**declared)  # type: ignore[arg-type]


OUTSIDE = {
    "no rungs": ([], "got \\[\\]"),
    "above the best": ([6], "from 0 to 5"),
    "below nought": ([-1], "from 0 to 5"),
}


@pytest.mark.parametrize(("rungs", "message"), OUTSIDE.values(), ids=OUTSIDE)
@pytest.mark.parametrize("at", ["each-part", "end"])
def test_rungs_outside_the_scale_are_refused(rungs: list[int], message: str, at: str) -> None:
    scale = PercentScale(5, "half-up", at)  # type: ignore[arg-type]
    with pytest.raises(MeasuresError, match=message):
        scale.part(rungs)
    with pytest.raises(MeasuresError, match=message):
        scale.whole([[5], rungs])
    with pytest.raises(MeasuresError, match="at least one part"):
        scale.whole([])


scales = st.builds(
    PercentScale,
    best=st.just(5),
    rounding=st.sampled_from(("half-up", "half-even")),
    at=st.sampled_from(("each-part", "end")),
    places=st.integers(0, 3),
)
wholes = st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=5), min_size=1, max_size=6)


@settings(deadline=None)
@given(scales, wholes)
def test_a_whole_lies_between_its_parts_and_has_the_declared_places(
    scale: PercentScale, levels: list[list[int]]
) -> None:
    found = [scale.part(rungs) for rungs in levels]
    whole = scale.whole(levels)
    assert min(found) <= whole <= max(found)
    assert whole == round(whole, scale.places)
    assert whole.as_tuple().exponent == -scale.places


@settings(deadline=None)
@given(scales, wholes, st.data())
def test_a_higher_rung_never_lowers_a_percentage(
    scale: PercentScale, levels: list[list[int]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(levels) - 1))
    place = data.draw(st.integers(0, len(levels[at]) - 1))
    higher = [list(rungs) for rungs in levels]
    higher[at][place] = data.draw(st.integers(levels[at][place], 5))
    assert scale.part(higher[at]) >= scale.part(levels[at])
    assert scale.whole(higher) >= scale.whole(levels)


@settings(deadline=None)
@given(wholes)
def test_rounding_at_each_part_moves_the_whole_by_one_at_most(levels: list[list[int]]) -> None:
    end = PercentScale(5, "half-up", "end").whole(levels)
    assert abs(SPAR.whole(levels) - end) <= Decimal(1)


# Transparency International's defence index: answers are 0, 25, 50, 75 or 100; a score is rounded half up.
INDEX = {"three answers": ([50, 25, 25], 33), "two answers, half way": ([25, 0], 13)}


@pytest.mark.parametrize(("answers", "score"), INDEX.values(), ids=INDEX)
def test_the_defence_index_rounds_half_up(answers: list[int], score: int) -> None:
    assert PercentScale(100, "half-up", "end").part(answers) == score
    assert PercentScale(4, "half-up", "end").part([answer // 25 for answer in answers]) == score


def test_half_even_would_not_give_the_index() -> None:
    assert PercentScale(100, "half-even", "end").part([25, 0]) == 12


@pytest.mark.parametrize("rungs", [[1, None], [1, 2.5], [1, "2"], [], [6]], ids=str)
def test_what_is_no_rung_is_refused_in_words(rungs: list[Any]) -> None:
    with pytest.raises(MeasuresError, match="Expected whole rungs from 0 to 5") as refusal:
        SPAR.part(rungs)
    assert "a blank as 0" in refusal.value.remedy
