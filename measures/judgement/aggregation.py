"""From criteria to a milestone, by the method the rubric declares. Nothing is averaged.

Ordinal levels are not numbers (method, section 6). A non-score turns the result into a
range: computed with the missing criterion at its lowest and at its highest, which holds
every completion because no method gives less when a criterion rises. A criterion that does
not apply is dropped, and the smaller table used.

The functions take plain values, so that anybody's published tables can be checked::

    weakest_link(["C", "B", "B"], "DCBA")               # PEFA M1: C+
    by_table(["C", "B", "A"], pefa_m2)                  # PEFA M2: B
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from measures.errors import MeasuresError
from measures.finding import did_you_mean, one_of
from measures.records.tables import NON_SCORES
from measures.rubric.model import AGGREGATIONS, Rubric, Table

NOT_APPLICABLE = "not-applicable"
NOT_LEVELS = (*NON_SCORES, "withheld", "no-entry", "")
"""What may stand in the place of a level (method, section 3); nothing at all, ``None`` or NaN is no entry."""


@dataclass(frozen=True, slots=True)
class Result:
    """What the criteria amount to.

    Args:
        method: One of :data:`measures.rubric.model.AGGREGATIONS`.
        lower, upper: Lowest and highest result possible given what is known; both empty for
            a profile, or when no criterion applies.
        plus: With ``weakest-link`` and one level as result: some criterion is certainly above it
            (PEFA M1's ``+``).
        unknown: How many criteria are not known.
        known: The known levels in the order given: the profile itself.
        scale: What ``lower`` and ``upper`` may be, lowest first: the ladder, or a table's results.
    """

    method: str
    lower: str
    upper: str
    plus: bool
    unknown: int
    known: tuple[str, ...]
    scale: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether the result is one level and not a range."""
        return bool(self.lower) and self.lower == self.upper


@dataclass(frozen=True, slots=True)
class Rule:
    """How criteria become one result.

    Args:
        method: One of :data:`measures.rubric.model.AGGREGATIONS`.
        ladder: Level ids, lowest first.
        essential: With ``gate``: for each criterion whether it decides.
        table: With ``table``: the conversion table.
    """

    method: str
    ladder: tuple[str, ...]
    essential: tuple[bool, ...] = ()
    table: Table | None = None

    @classmethod
    def of(cls, rubric: Rubric) -> Rule:
        """Return the rule that a rubric declares; levels are given in the order of its criteria."""
        essential = tuple(criterion.essential for criterion in rubric.criteria)
        return cls(rubric.aggregation, rubric.ladder, essential, rubric.table)

    def __call__(self, levels: Sequence[str | None]) -> Result:
        """Return the result of ``levels``; see :func:`aggregate`."""
        if self.method == "gate":
            return by_gate(levels, self.ladder, self.essential)
        return aggregate(self.method, levels, self.ladder, table=self.table)


def aggregate(
    method: str,
    levels: Sequence[str | None],
    ladder: Sequence[str],
    *,
    essential: Sequence[bool] = (),
    table: Table | None = None,
) -> Result:
    """Return the result of ``levels`` by a rubric's declared method.

    Args:
        method: ``weakest-link``, ``table``, ``gate``, ``median`` or ``profile``.
        levels: Level ids, or non-scores such as ``not-observed``, one per criterion.
        ladder: Level ids, lowest first.
        essential: With ``gate``: for each criterion whether it decides.
        table: With ``table``: the conversion table.

    Raises:
        MeasuresError: The method is not one of these or lacks what it needs, or a word is
            neither a level nor a non-score.
    """
    if method == "weakest-link":
        return weakest_link(levels, ladder)
    if method == "median":
        return lower_median(levels, ladder)
    if method == "profile":
        return profile(levels, ladder)
    if method == "gate":
        return by_gate(levels, ladder, essential)
    if method == "table" and table is not None:
        return by_table(levels, table)
    got = "a table rubric without its table" if method == "table" else repr(method)
    raise MeasuresError(f"Expected {one_of(AGGREGATIONS)}, got {got}.", "Correct aggregation in the rubric.")


def weakest_link(levels: Sequence[str | None], ladder: Sequence[str]) -> Result:
    """Return the lowest level; with ``plus`` when any other is higher (PEFA M1).

    Args:
        levels: Level ids, or non-scores such as ``not-observed``, one per criterion.
        ladder: Level ids, lowest first.

    Raises:
        MeasuresError: A word that is neither a level nor a non-score; a ladder without levels.
    """
    found = _result("weakest-link", levels, ladder, ladder, min)
    if not found.settled:
        return found
    at = list(ladder).index(found.lower)
    plus = any(list(ladder).index(level) > at for level in found.known)
    return Result(found.method, found.lower, found.upper, plus, found.unknown, found.known, found.scale)


def lower_median(levels: Sequence[str | None], ladder: Sequence[str]) -> Result:
    """Return the highest level that more than half of the criteria reach: the lower median.

    Args:
        levels: Level ids, or non-scores such as ``not-observed``, one per criterion.
        ladder: Level ids, lowest first.

    Raises:
        MeasuresError: A word that is neither a level nor a non-score; a ladder without levels.
    """
    return _result("median", levels, ladder, ladder, lambda rungs: sorted(rungs)[(len(rungs) - 1) // 2])


def by_gate(levels: Sequence[str | None], ladder: Sequence[str], essential: Sequence[bool]) -> Result:
    """Return the highest level with every essential criterion at it and the rest at most one below.

    Where no essential criterion applies, all that apply count as essential.

    Args:
        levels: Level ids, or non-scores such as ``not-observed``, one per criterion.
        ladder: Level ids, lowest first.
        essential: For each criterion whether it decides; at least one does.

    Raises:
        MeasuresError: A word that is neither, a ladder without levels, none essential, or not
            one flag a level.
    """
    if len(essential) != len(levels) or not any(essential):
        raise MeasuresError(
            f"Expected {len(levels)} flags with at least one essential, got {len(essential)} "
            f"with {sum(essential)}.",
            'Mark the criteria that decide with `essential: "yes"`.',
        )
    flags = [flag for flag, level in zip(essential, levels, strict=True) if level != NOT_APPLICABLE]
    deciding = flags if any(flags) else [True] * len(flags)

    def rule(rungs: Sequence[int]) -> int:
        return min(rung if decides else rung + 1 for rung, decides in zip(rungs, deciding, strict=True))

    return _result("gate", levels, ladder, ladder, rule)


def by_table(levels: Sequence[str | None], table: Table) -> Result:
    """Return what a conversion table gives (PEFA M2).

    One criterion alone, for which the table has no row, gives its own level.

    Args:
        levels: Levels of the table, or non-scores such as ``not-observed``, one per criterion.
        table: The table; see :func:`measures.rubric.read_table_file`.

    Raises:
        MeasuresError: A word that is neither, or the table has no rows for that many criteria.
    """
    scale = tuple(result.id for result in table.results)
    known, unknown = _told_apart(levels, table.levels)
    count = len(known) + unknown
    alone = count == 1 and 1 not in table.sizes and set(table.levels) <= set(scale)
    if count and count not in table.sizes and not alone:
        served = one_of(str(size) for size in table.sizes)
        raise MeasuresError(
            f"Expected {served} criteria for the table {table.id}, got {count}.",
            "Add rows for that many to it.",
        )

    def rule(rungs: Sequence[int]) -> int:
        row = tuple(table.levels[rung] for rung in sorted(rungs))
        return scale.index(row[0] if alone else table.rows[row])

    return _result("table", levels, table.levels, scale, rule)


def profile(levels: Sequence[str | None], ladder: Sequence[str]) -> Result:
    """Return no aggregate: the profile of the criteria is the answer."""
    known, unknown = _told_apart(levels, ladder)
    return Result("profile", "", "", plus=False, unknown=unknown, known=known)


def _told_apart(levels: Sequence[str | None], ladder: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Return the known levels, and how many criteria apply and are not known.

    A word that is neither a level nor a non-score is refused: taken for not known, ``NA`` of a
    published table would stay in the count and a slip of the pen would widen the result.
    """
    rungs = set(ladder)
    for level in levels:
        if level is None or level != level:  # noqa: PLR0124 - NaN, as a frame has it
            continue
        if level not in rungs and level not in NOT_LEVELS:
            words = (*ladder, *filter(None, NOT_LEVELS))
            raise MeasuresError(
                f"Expected {one_of(words)}, got {level!r}.",
                f"Write it as one of these.{did_you_mean(level, words)}",
            )
    applying = [level for level in levels if level != NOT_APPLICABLE]
    known = tuple(level for level in applying if level in rungs)
    return known, len(applying) - len(known)


def _result(
    method: str,
    levels: Sequence[str | None],
    ladder: Sequence[str],
    scale: Sequence[str],
    rule: Callable[[Sequence[int]], int],
) -> Result:
    """Return the range of ``rule`` over every completion of ``levels``.

    Args:
        method: Its name.
        levels: As given.
        ladder: What levels may be, lowest first.
        scale: What the result may be, lowest first.
        rule: Rungs of the criteria that apply, in their order, to a place on the scale;
            never lower when a rung is higher.
    """
    if not ladder:
        raise MeasuresError("Expected a ladder with levels, got none.")
    known, unknown = _told_apart(levels, ladder)
    place = {level: rung for rung, level in enumerate(ladder)}
    applying = [level for level in levels if level != NOT_APPLICABLE]
    if not applying:
        return Result(method, "", "", plus=False, unknown=0, known=(), scale=tuple(scale))
    low = rule([place.get(level or "", 0) for level in applying])
    high = rule([place.get(level or "", len(ladder) - 1) for level in applying])
    return Result(method, scale[low], scale[high], False, unknown, known, tuple(scale))


@dataclass(frozen=True, slots=True)
class Tipping:
    """One criterion that would change the result if it stood one level higher or lower.

    Args:
        position: Place of the criterion among those given, from 0.
        to: The level it would have.
        result: What would follow.
    """

    position: int
    to: str
    result: Result


def sensitivity(levels: Sequence[str | None], rule: Rule) -> tuple[Tipping, ...]:
    """Return each single step of one known criterion that would change the result.

    Args:
        levels: Level ids or non-scores, one per criterion.
        rule: How they become a result.

    Returns:
        The steps in the order of the criteria, down before up; empty when the result holds
        against every one of them, and for a profile.
    """
    now = rule(levels)
    ladder = rule.table.levels if rule.method == "table" and rule.table is not None else rule.ladder
    found = []
    for position, level in enumerate(levels):
        if level not in ladder:
            continue
        rung = ladder.index(level)
        for other in (rung - 1, rung + 1):
            if not 0 <= other < len(ladder):
                continue
            moved = [*levels[:position], ladder[other], *levels[position + 1 :]]
            then = rule(moved)
            if (then.lower, then.upper, then.plus) != (now.lower, now.upper, now.plus):
                found.append(Tipping(position, ladder[other], then))
    return tuple(found)
