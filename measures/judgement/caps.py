"""Dependencies: a milestone does not stand above another one that it depends on.

Units were rated independent while the logistics behind them was not in place (GAO-08-143R).
A rubric declares what caps it, and the plan's ``depends_on`` says which milestone that is.
A cap lowers a result and prints its reason; what it cannot be compared with lowers nothing
and is said to be so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from measures.judgement.aggregation import Result, Tipping
from measures.records.plan import Milestone
from measures.rubric.model import Cap, Rubric, Texts

State = Literal["lowers", "holds", "not-planned", "not-comparable"]


@dataclass(frozen=True, slots=True)
class Capping:
    """What one declared dependency did to a milestone's result.

    Args:
        state: ``lowers``; ``holds`` when the result was no higher anyway; ``not-planned`` when
            the milestone depends on none scored with that rubric; ``not-comparable`` when
            the two have no level in common.
        rubric, criterion: What caps, as the rubric declares it.
        milestone: The milestone that caps; empty when not planned.
        lower, upper: Where that one stands; empty where it has no result.
        before: The result without the cap.
        reason: The declared reason.
    """

    state: State
    rubric: str
    criterion: str
    milestone: str
    lower: str
    upper: str
    before: Result
    reason: Texts


def capped(result: Result, lower: str, upper: str) -> Result | None:
    """Return ``result`` no higher than a range, or ``None`` when they cannot be compared.

    Args:
        result: A milestone's result; one that is empty stays so.
        lower: The lowest that the other may stand at.
        upper: The highest.
    """
    scale = result.scale
    if not result.lower:
        return result
    if lower not in scale or upper not in scale:
        return None
    low = min(scale.index(result.lower), scale.index(lower))
    high = min(scale.index(result.upper), scale.index(upper))
    if (scale[low], scale[high]) == (result.lower, result.upper):
        return result
    return replace(result, lower=scale[low], upper=scale[high], plus=False)


def apply_caps(
    results: Mapping[str, Result],
    milestones: Mapping[str, Milestone],
    rubrics: Mapping[str, Rubric],
    levels: Callable[[str, str], tuple[str, str]],
) -> tuple[dict[str, Result], dict[str, tuple[Capping, ...]]]:
    """Return results with every declared cap applied, and what each cap did.

    A milestone is capped by the capped result of the one it depends on, so that a chain of
    dependencies holds from end to end.

    Args:
        results: Result by milestone, without caps.
        milestones: The plan's, by id; their dependencies have no circle.
        rubrics: Rubric by milestone.
        levels: Milestone and criterion to the lowest and highest level it may stand at.
    """
    done: dict[str, Result] = {}
    found: dict[str, tuple[Capping, ...]] = {}
    for name in _in_order(results, milestones):
        result, caps = results[name], []
        for declared in rubrics[name].caps:
            by = [
                other
                for other in milestones[name].depends_on
                if other in done and rubrics[other].id == declared.rubric
            ]
            if not by:
                caps.append(_capping("not-planned", declared, result))
            for other in by:
                stands = done[other].lower, done[other].upper
                if declared.criterion:
                    stands = levels(other, declared.criterion)
                after = capped(result, *stands)
                state: State = "not-comparable" if after is None else "lowers"
                if after == result:
                    state = "holds"
                caps.append(_capping(state, declared, result, other, stands))
                result = after or result
        done[name], found[name] = result, tuple(caps)
    return done, found


def _capping(
    state: State, declared: Cap, before: Result, milestone: str = "", stands: tuple[str, str] = ("", "")
) -> Capping:
    return Capping(state, declared.rubric, declared.criterion, milestone, *stands, before, declared.reason)


def under_caps(tipping: Sequence[Tipping], result: Result, caps: Sequence[Capping]) -> tuple[Tipping, ...]:
    """Return the steps that change a capped result, each with what the caps leave of it.

    A ``plus`` that comes or goes is a change only where no cap lowers anything.

    Args:
        tipping: The steps that change the result of the criteria alone.
        result: The result with its caps.
        caps: What they did.
    """
    lowered = any(cap.state == "lowers" for cap in caps)
    found = []
    for step in tipping:
        then = step.result
        for cap in caps:
            then = capped(then, cap.lower, cap.upper) or then
        moved = (then.lower, then.upper) != (result.lower, result.upper)
        free = not lowered and then == step.result
        if moved or (free and then.plus != result.plus):
            found.append(replace(step, result=then))
    return tuple(found)


def _in_order(results: Mapping[str, Result], milestones: Mapping[str, Milestone]) -> Sequence[str]:
    """Return the milestones so that each comes after those it depends on."""
    placed: dict[str, None] = {}

    def place(name: str, above: frozenset[str]) -> None:
        if name in placed or name in above or name not in results:
            return
        for other in milestones[name].depends_on:
            place(other, above | {name})
        placed[name] = None

    for name in results:
        place(name, frozenset())
    return list(placed)
