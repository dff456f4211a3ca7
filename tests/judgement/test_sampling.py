"""A sample can be drawn again with two tools of any Unix system, and its bound is the textbooks'."""

from __future__ import annotations

import subprocess
from itertools import combinations
from math import comb
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.errors import MeasuresError
from measures.judgement.sampling import (
    Item,
    Share,
    draw,
    listing,
    most_errors,
    most_unseen,
    share_out,
)

ITEMS = [Item(f"A-{n:03}", ("low", "high", "middle")[n % 7 % 3]) for n in range(97)]
SHELL = """
sha256sum list.tsv | cut -d ' ' -f 1
while IFS="$(printf '\\t')" read -r id stratum; do
  if [ "$stratum" = "$1" ]; then
    printf '%s  %s\\n' "$(printf '%s:%s' "$2" "$id" | sha256sum | cut -d ' ' -f 1)" "$id"
  fi
done < list.tsv | LC_ALL=C sort | head -n "$3" | cut -c 67-
"""


@pytest.mark.parametrize("seed", ["7", "4-2-6", "a.b"])
def test_a_shell_draws_the_same(tmp_path: Path, seed: str) -> None:
    drawn = draw(ITEMS, 20, seed)
    (tmp_path / "list.tsv").write_bytes(listing(ITEMS))
    for share in drawn.shares:
        words = ["bash", "-eu", "-c", SHELL, "draw", share.stratum, seed, str(share.drawn)]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
        digest, *names = done.stdout.splitlines()
        assert digest == drawn.digest
        assert names == [item.id for item in drawn.chosen if item.stratum == share.stratum]


def test_the_order_of_the_list_does_not_count() -> None:
    turned = list(ITEMS)
    Random(3).shuffle(turned)
    assert draw(turned, 20, "7") == draw(ITEMS, 20, "7")


def test_another_seed_draws_others() -> None:
    assert {item.id for item in draw(ITEMS, 20, "7").chosen} != {
        item.id for item in draw(ITEMS, 20, "8").chosen
    }


def test_every_item_is_as_likely_as_any_other() -> None:
    hits = sum(
        Item("A-005", "low") in draw([Item(i.id, "low") for i in ITEMS], 24, str(n)).chosen
        for n in range(400)
    )
    assert 70 <= hits <= 130, "24 of 97 in 400 draws is 99"


SHARED = {
    "in proportion": ({"a": 60, "b": 30, "c": 10}, 10, [6, 3, 1]),
    "the largest remainder gets what is left": ({"a": 50, "b": 35, "c": 15}, 10, [5, 4, 1]),
    "of equal remainders the first by name": ({"a": 1, "b": 1, "c": 1}, 2, [1, 1, 0]),
    "a small stratum may get none": ({"a": 99, "b": 1}, 10, [10, 0]),
    "all, when there are fewer than asked for": ({"a": 2, "b": 1}, 9, [2, 1]),
    "nothing to draw from": ({}, 5, []),
}


@pytest.mark.parametrize(("sizes", "number", "expected"), SHARED.values(), ids=SHARED.keys())
def test_a_number_is_shared_out(sizes: dict[str, int], number: int, expected: list[int]) -> None:
    assert [share.drawn for share in share_out(sizes, number)] == expected


@given(
    st.dictionaries(st.text("abcdef", max_size=3), st.integers(1, 200), min_size=1, max_size=6),
    st.integers(1, 300),
)
def test_shares_add_up_and_none_is_more_than_there_is(sizes: dict[str, int], number: int) -> None:
    shares = share_out(sizes, number)
    total = sum(sizes.values())
    assert sum(share.drawn for share in shares) == min(number, total)
    assert all(0 <= share.drawn <= share.size for share in shares)
    assert all(abs(share.drawn - min(number, total) * share.size / total) < 1 for share in shares)


LIMITS = {
    "rule of three: none in 300": (300, 0, 0.00994),
    "Clopper and Pearson, none in 25": (25, 0, 0.11293),
    "Clopper and Pearson, one in 25": (25, 1, 0.17612),
    "Clopper and Pearson, two in 25": (25, 2, 0.23104),
    "Clopper and Pearson, none in 59": (59, 0, 0.04951),
    "Clopper and Pearson, one in 93": (93, 1, 0.05001),
    "discovery sampling, none in 59 of a long list: under one in twenty": (59, 0, 0.0495),
}


@pytest.mark.parametrize(("drawn", "found", "limit"), LIMITS.values(), ids=LIMITS.keys())
def test_on_a_long_list_the_bound_is_the_textbook_limit(drawn: int, found: int, limit: float) -> None:
    assert most_errors(1_000_000, drawn, found) / 1_000_000 == pytest.approx(limit, abs=2e-4)


@pytest.mark.parametrize(("size", "drawn"), [(9, 3), (10, 4), (8, 8), (7, 1)])
def test_on_a_short_list_the_bound_is_what_counting_every_sample_gives(size: int, drawn: int) -> None:
    for found in range(drawn + 1):
        may = [
            errors
            for errors in range(size + 1)
            if 20 * sum(sum(i < errors for i in one) <= found for one in combinations(range(size), drawn))
            > comb(size, drawn)
            and errors >= found
            and size - errors >= drawn - found
        ]
        assert most_errors(size, drawn, found) == max(may)


def test_who_looks_at_everything_knows() -> None:
    assert [most_errors(40, 40, found) for found in (0, 3, 40)] == [0, 3, 40]


@pytest.mark.parametrize(("size", "drawn", "found"), [(10, 11, 0), (10, 5, 6), (10, 5, -1)])
def test_what_cannot_be_is_refused(size: int, drawn: int, found: int) -> None:
    with pytest.raises(MeasuresError):
        most_errors(size, drawn, found)


@pytest.mark.parametrize(("items", "number"), [(ITEMS, 0), ([*ITEMS, ITEMS[0]], 5)])
def test_a_draw_of_nothing_or_of_one_thing_twice_is_refused(items: list[Item], number: int) -> None:
    with pytest.raises(MeasuresError):
        draw(items, number, "7")


@pytest.mark.parametrize(("size", "drawn"), [(40, 10), (457, 25), (22_000, 60), (5, 5), (10, 1)])
def test_without_strata_the_worst_case_is_the_simple_bound(size: int, drawn: int) -> None:
    assert most_unseen([Share("", size, drawn)]) == most_errors(size, drawn, 0)


def test_a_stratum_that_nothing_was_drawn_from_may_be_wrong_throughout() -> None:
    simple = most_errors(100, 10, 0)
    assert most_unseen([Share("a", 94, 10), Share("b", 6, 0)]) > simple


@pytest.mark.parametrize("shares", [[(4, 2), (3, 1)], [(5, 1), (2, 1), (2, 0)], [(3, 3), (5, 2)]])
def test_the_worst_case_is_what_trying_every_case_gives(shares: list[tuple[int, int]]) -> None:
    def tried(rest: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
        if not rest:
            return [(0, 1, 1)]
        (size, drawn), *others = rest
        return [
            (here + there, comb(size - here, drawn) * chance, comb(size, drawn) * ways)
            for there, chance, ways in tried(others)
            for here in range(size - drawn + 1)
        ]

    worst = max(errors for errors, chance, ways in tried(shares) if 20 * chance > ways)
    assert most_unseen([Share(str(n), *one) for n, one in enumerate(shares)]) == worst
