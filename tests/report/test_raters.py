"""What a report says of those who scored: never a number where there is none, never a name left out."""

from __future__ import annotations

from measures.judgement.agreement import Agreement
from measures.report.raters import _measured, _now


def made(state: str, alpha: float | None, exact: int, units: int, raters: int = 2) -> Agreement:
    low, high = (0.5, 0.9) if alpha is not None else (None, None)
    return Agreement(state, alpha, low, high, exact, units, raters, 2 * units, "ordinal")  # type: ignore[arg-type]


def test_one_rater_is_undefined_and_never_one() -> None:
    words = _now(made("undefined", None, 0, 0, raters=1))
    assert words == "One rater alone gave levels this quarter, so whether two would agree is undefined."
    assert "Nobody gave a level" in _now(made("undefined", None, 0, 0, raters=0))


def test_raters_who_never_met_cannot_be_compared() -> None:
    assert "cannot be estimated" in _now(made("not-estimable", None, 0, 0))


def test_one_value_throughout_gives_the_exact_agreement_alone() -> None:
    words = _measured(made("not-estimable", None, 4, 4))
    assert "the same level on 4 of 4 criteria" in words
    assert "every level given was the same" in words
    assert "alpha" not in words


def test_alpha_comes_with_its_interval_and_what_it_bears() -> None:
    for value, words in ((0.85, "reliable"), (0.7, "tentative"), (0.2, "too little"), (-0.3, "\u22120.30")):
        assert words in _measured(made("estimated", value, 3, 4))
    assert "(0.50 to 0.90 in 95 of 100 resamples)" in _measured(made("estimated", 0.85, 3, 4))
    assert "they differ on the one criterion" in _measured(made("estimated", 0.1, 0, 1))
