"""Percentages for exchange with systems that need numbers. They decide nothing here.

A scale that makes numbers of levels declares how it rounds and at which step, because
published figures cannot be reproduced otherwise: WHO SPAR rounds each capacity before the
total, and Transparency International's defence index rounds half up (method, section 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from typing import Any, Literal

from measures.errors import MeasuresError

ROUNDINGS = ("half-up", "half-even")
STEPS = ("each-part", "end")


@dataclass(frozen=True, slots=True)
class PercentScale:
    """A declared way from rungs to percentages.

    Args:
        best: The rung that is 100 per cent, 1 or more.
        rounding: ``half-up`` or ``half-even``.
        at: ``each-part``: parts are rounded before the whole is made of them (WHO SPAR), then
            the whole is; ``end``: only what is shown is rounded.
        places: Decimal places kept, 0 or more.
    """

    best: int
    rounding: Literal["half-up", "half-even"]
    at: Literal["each-part", "end"]
    places: int = 0

    def __post_init__(self) -> None:
        """Refuse a scale that is not declared in full.

        Raises:
            MeasuresError: One of the values is none of those allowed.
        """
        if self.best < 1 or self.places < 0 or self.rounding not in ROUNDINGS or self.at not in STEPS:
            raise MeasuresError(
                "Expected best of 1 or more, places of 0 or more, a rounding (half-up, half-even) "
                f"and a step (each-part, end), got {self}."
            )

    def part(self, rungs: Sequence[int]) -> Decimal:
        """Return one part (a SPAR capacity) of its rungs, rounded.

        Args:
            rungs: 0 to ``best``, one per indicator, at least one.

        Raises:
            MeasuresError: There is none, or one lies outside.
        """
        return self._rounded(self._mean_of(rungs))

    def whole(self, parts: Sequence[Sequence[int]]) -> Decimal:
        """Return the whole (the SPAR total) of its parts' rungs, each part counting the same.

        Args:
            parts: The rungs of each part.

        Raises:
            MeasuresError: There is no part, or one is empty or outside the scale.
        """
        if not parts:
            raise MeasuresError("Expected at least one part, got none.")
        if self.at == "each-part":
            shares = [Fraction(self.part(rungs)) for rungs in parts]
        else:
            shares = [self._mean_of(rungs) for rungs in parts]
        return self._rounded(sum(shares, Fraction(0)) / len(shares))

    def _mean_of(self, rungs: Sequence[Any]) -> Fraction:
        whole = [int(rung) for rung in rungs if isinstance(rung, Integral)]
        if not whole or len(whole) < len(rungs) or not all(0 <= rung <= self.best for rung in whole):
            raise MeasuresError(
                f"Expected whole rungs from 0 to {self.best}, got {list(rungs)}.",
                "Leave out what does not apply; SPAR counts a blank as 0.",
            )
        return Fraction(100 * sum(whole), self.best * len(whole))

    def _rounded(self, share: Fraction) -> Decimal:
        """Return a fraction rounded exactly: no binary number stands between."""
        scaled = share * 10**self.places
        whole, rest = divmod(scaled.numerator, scaled.denominator)
        twice = 2 * rest - scaled.denominator
        up = twice > 0 or (twice == 0 and (self.rounding == "half-up" or whole % 2 == 1))
        return Decimal(whole + up).scaleb(-self.places)
