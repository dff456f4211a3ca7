"""How sure: the stated confidence, capped by what was cited, with the reasons.

The assessor states it by GRADE-CERQual's components. The engine caps it: one origin only,
at most moderate; nothing first-hand, at most moderate; nothing fresh, or nothing at all that
shows the level, at most low (method, section 5). It never raises it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from measures.records.tables import COMPONENTS, CONFIDENCE


@dataclass(frozen=True, slots=True)
class Confidence:
    """A confidence with its reasons; ``level`` is empty where nothing was stated."""

    level: str
    stated: str
    caps: tuple[str, ...]
    concerns: tuple[str, ...]


def confidence(
    stated: str, *, origins: int, first_hand: bool, stale: bool, concerns: Mapping[str, str] | None = None
) -> Confidence:
    """Return the confidence that may be told.

    Args:
        stated: ``high``, ``moderate``, ``low``, ``very-low``, or empty for a non-score.
        origins: Independent origins cited in support.
        first_hand: Whether one of them saw it itself.
        stale: Whether nothing cited is fresh enough for the level.
        concerns: Concern by CERQual component.
    """
    if stated not in CONFIDENCE:
        return Confidence("", "", (), ())
    caps: list[tuple[str, str]] = []
    if origins <= 1:
        caps.append(("moderate", "one origin only") if origins else ("low", "no origin in support"))
    if not first_hand:
        caps.append(("moderate", "nothing first-hand"))
    if stale:
        caps.append(("low", "nothing fresh enough"))
    lowest = min((CONFIDENCE.index(cap) for cap, _ in caps), default=len(CONFIDENCE) - 1)
    level = CONFIDENCE[min(CONFIDENCE.index(stated), lowest)]
    biting = tuple(reason for cap, reason in caps if CONFIDENCE.index(cap) < CONFIDENCE.index(stated))
    serious = tuple(
        f"{component}: {concern}"
        for component in COMPONENTS
        if (concern := (concerns or {}).get(component, "none")) in ("moderate", "serious")
    )
    return Confidence(level, stated, biting, serious)
