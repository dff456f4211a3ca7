"""How sure: the stated confidence and what caps it."""

from __future__ import annotations

import pytest

from measures.judgement import confidence

# stated, origins, first-hand, stale, and: what may be told, why it is less
CASES = {
    "nothing caps it": ("high", 2, True, False, "high", ()),
    "one origin": ("high", 1, True, False, "moderate", ("one origin only",)),
    "nothing first-hand": ("high", 2, False, False, "moderate", ("nothing first-hand",)),
    "nothing fresh": ("high", 2, True, True, "low", ("nothing fresh enough",)),
    "nothing at all shows the level": (
        "high", 0, False, False, "low", ("no origin in support", "nothing first-hand"),
    ),
    "a cap does not raise": ("very-low", 1, False, True, "very-low", ()),
    "a cap that changes nothing is not told": ("moderate", 1, False, False, "moderate", ()),
    "only the caps that bite are told": ("moderate", 1, False, True, "low", ("nothing fresh enough",)),
    "no level, no confidence": ("", 2, True, False, "", ()),
}  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "origins", "first_hand", "stale", "level", "caps"), CASES.values(), ids=CASES
)
def test_caps(
    stated: str, origins: int, first_hand: bool, stale: bool, level: str, caps: tuple[str, ...]
) -> None:
    found = confidence(stated, origins=origins, first_hand=first_hand, stale=stale)
    assert (found.level, found.caps) == (level, caps)
    assert found.stated == stated


def test_concerns_of_weight_are_named_in_the_order_of_the_components() -> None:
    concerns = {"relevance": "serious", "methods": "minor", "coherence": "moderate", "adequacy": "none"}
    found = confidence("low", origins=2, first_hand=True, stale=False, concerns=concerns)
    assert found.concerns == {"coherence": "moderate", "relevance": "serious"}
