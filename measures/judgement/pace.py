"""Pace: what this institution has climbed before, and which targets ask for more than that.

Pace is judged against what this institution has done, not against a plan made elsewhere
(method, section 7). A rise counts only when its cause is ``performance``; a fall always counts, so
that coming back to where one was is no second climb. Nothing is forecast
and nothing is averaged: the most ever seen and the number of spans in which so much was seen
are counts.

A level that rose between two quarters far apart may have risen on any day between them. The
benefit of that doubt goes to the institution: such a rise is taken to have come as quickly as it
can have come. So a target that is flagged asks for more than was ever seen on the kindest reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from measures.judgement.aggregation import NOT_APPLICABLE
from measures.judgement.cells import Cell, Move, Row
from measures.period import Period
from measures.records.plan import Milestone
from measures.rubric.model import Rubric

A_YEAR = 4
"""Quarters of a year."""

State = Literal["reached", "due", "unknown", "no-precedent", "within", "beyond"]


class Climb(NamedTuple):
    """A movement: some day after ``after`` and by ``by``, quarters as ordinals."""

    after: int
    by: int
    steps: int


Track = tuple[Climb, ...]
"""The climbs and falls of one criterion between breaks of its rubric, oldest first."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What the institution has climbed in one domain, which is one rubric.

    Args:
        rubric: Its id.
        watched: How many criteria were known in two quarters at least.
        years: Levels climbed over a year (fallen, when negative), and over how many spans of
            a year: those at both ends of which a criterion's level is known.
        tracks: By milestone, the climbs of each of its criteria that moved.
    """

    rubric: str
    watched: int
    years: Mapping[int, int]
    tracks: Mapping[str, tuple[Track, ...]]

    def most(self, quarters: int) -> int | None:
        """Return the most that one criterion has climbed within so many quarters.

        ``None`` when nothing was watched: no criterion was ever known twice.
        """
        if not self.watched or quarters < 1:
            return None
        tracks = [track for found in self.tracks.values() for track in found]
        return max(0, *(levels for track in tracks for levels, *_ in _runs(track, quarters)), 0)

    def together(self, quarters: int) -> int | None:
        """Return the most that the criteria of one milestone have climbed in all within so many quarters."""
        if not self.watched or quarters < 1:
            return None
        found = [_in_all(tracks, quarters) for tracks in self.tracks.values()]
        return max(found, default=0)

    @property
    def usual(self) -> tuple[int, int, int] | None:
        """The levels most often climbed over a year, in how many spans, and of how many.

        Of two that are equally frequent, the higher. ``None`` when no span of a year is known.
        """
        if not self.years:
            return None
        levels, spans = max(self.years.items(), key=lambda pair: (pair[1], pair[0]))
        return levels, spans, sum(self.years.values())


class Need(NamedTuple):
    """What one criterion lacks to its target: where it stands, and the levels still to climb."""

    criterion: str
    level: str
    steps: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a milestone still needs, and whether that was ever done here.

    Args:
        left: Quarters from this one to the due one; 0 or less when the day has come.
        needs: Each criterion that is known to stand below the target.
        unknown: Criteria of which it is not known where they start from.
        most, together: See :class:`Domain`, for ``left`` quarters; ``None`` without precedent.
        state: ``reached``; ``due`` when no quarter is left; ``unknown`` when no start is
            known; ``no-precedent`` when nothing was watched in the domain; ``within`` what was
            seen before; ``beyond`` it, on one criterion or in all.
    """

    milestone: str
    rubric: str
    target: str
    due: Period
    left: int
    needs: tuple[Need, ...]
    unknown: tuple[str, ...]
    most: int | None
    together: int | None
    state: State

    @property
    def highest(self) -> int:
        """The levels that the criterion furthest from the target still needs."""
        return max((need.steps for need in self.needs), default=0)

    @property
    def whole(self) -> int:
        """The levels that all criteria whose start is known still need."""
        return sum(need.steps for need in self.needs)


@dataclass(frozen=True, slots=True)
class Pace:
    """What was climbed before, by rubric id, and what each milestone still asks for."""

    domains: Mapping[str, Domain]
    milestones: Mapping[str, Stretch]

    @property
    def beyond(self) -> tuple[Stretch, ...]:
        """The milestones that need more than was ever seen here."""
        return tuple(found for found in self.milestones.values() if found.state == "beyond")


def pace(
    rows: Sequence[Row],
    moves: Sequence[Move],
    milestones: Mapping[str, Milestone],
    rubrics: Mapping[str, Rubric],
    period: Period,
) -> Pace:
    """Return what was climbed up to a quarter and what the milestones still ask for.

    Args:
        rows: As :func:`measures.judgement.cells.rows` gives.
        moves: As :func:`measures.judgement.cells.moves` gives.
        milestones: Those that have begun, by id; what was climbed on one that was closed since is a
            precedent too, but it asks for nothing more.
        rubrics: Rubric by milestone.
        period: The quarter.
    """
    members: dict[str, list[str]] = {}
    for name in milestones:
        members.setdefault(rubrics[name].id, []).append(name)
    climbed = {move.cell: _climbed(move, rubrics) for move in moves if move.cause != "definition"}
    tracks = _tracks(moves, climbed)
    known = _known(rows, moves, climbed)
    domains = {name: _domain(name, found, known, tracks) for name, found in members.items()}
    now: dict[str, list[Row]] = {name: [] for name in milestones}
    for row in rows:
        if row.period == str(period):
            now[row.milestone].append(row)
    return Pace(
        domains,
        {
            name: _stretch(milestone, rubrics[name], now[name], domains[rubrics[name].id], period)
            for name, milestone in milestones.items()
            if milestone.owes(period)
        },
    )


def _climbed(move: Move, rubrics: Mapping[str, Rubric]) -> int:
    """Return what a movement adds to what was climbed: a rise if it is by performance, a fall always.

    Rungs are those of the ladder that holds now, where it has both levels.
    """
    ladder = rubrics[move.milestone].ladder
    steps = move.steps
    if {move.before, move.after} <= set(ladder):
        steps = ladder.index(move.after) - ladder.index(move.before)
    return steps if move.cause == "performance" else min(steps, 0)


def _tracks(moves: Iterable[Move], climbed: Mapping[Cell, int]) -> dict[tuple[str, str], list[Track]]:
    """Return the tracks of each criterion, cut where its rubric broke."""
    found: dict[tuple[str, str], list[list[Climb]]] = {}
    for move in moves:
        parts = found.setdefault((move.milestone, move.criterion), [[]])
        if move.cause == "definition":
            parts.append([])
        else:
            after, by = Period.parse(move.from_period).ordinal, Period.parse(move.period).ordinal
            parts[-1].append(Climb(after, by, climbed[move.cell]))
    return {key: [tuple(part) for part in parts if part] for key, parts in found.items()}


def _runs(track: Track, quarters: int) -> Iterator[tuple[int, int, int]]:
    """Yield each run of climbs that fits into so many quarters: levels, latest start, earliest end."""
    for at, first in enumerate(track):
        climbed = 0
        for climb in track[at:]:
            ends = climb.after + 1
            if ends - first.by >= quarters:
                break
            climbed += climb.steps
            yield climbed, first.by, ends


def _in_all(tracks: Sequence[Track], quarters: int) -> int:
    """Return the most that several criteria climbed in one window of so many quarters."""
    runs = [list(_runs(track, quarters)) for track in tracks]
    starts = {start for found in runs for _, start, _ in found}
    most = 0
    for start in starts:
        last = start + quarters - 1
        fits = [
            [levels for levels, begins, ends in found if begins >= start and ends <= last] for found in runs
        ]
        most = max(most, sum(max(levels, default=0) for levels in fits))
    return most


@dataclass(frozen=True, slots=True)
class _Known:
    """Known levels by criterion: of how many quarters, and what was climbed over spans of a year."""

    quarters: Mapping[tuple[str, str], int]
    years: Mapping[tuple[str, str], Sequence[int]]


def _known(rows: Iterable[Row], moves: Iterable[Move], climbed: Mapping[Cell, int]) -> _Known:
    """Return how often each criterion was known, and its climbs over every known span of a year."""
    broken = {move.cell for move in moves if move.cause == "definition"}
    known: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.known:
            known.setdefault(row.of, []).append(row)
    ordinals = {row.period: 0 for found in known.values() for row in found}
    ordinals = {period: Period.parse(period).ordinal for period in ordinals}
    years: dict[tuple[str, str], list[int]] = {}
    for of, found in known.items():
        height = breaks = 0
        at: dict[int, tuple[int, int]] = {}
        for row in found:
            height += climbed.get(row.cell, 0)
            breaks += row.cell in broken
            quarter = ordinals[row.period]
            at[quarter] = height, breaks
            then = at.get(quarter - A_YEAR)
            if then is not None and then[1] == breaks:
                years.setdefault(of, []).append(height - then[0])
    return _Known({of: len(found) for of, found in known.items()}, years)


def _domain(
    rubric: str,
    milestones: Sequence[str],
    known: _Known,
    tracks: Mapping[tuple[str, str], Sequence[Track]],
) -> Domain:
    mine = set(milestones)
    by_milestone = {
        name: tuple(track for (of, _), found in tracks.items() if of == name for track in found)
        for name in milestones
    }
    return Domain(
        rubric=rubric,
        watched=sum(times > 1 for (of, _), times in known.quarters.items() if of in mine),
        years=dict(
            sorted(Counter(n for (of, _), ns in known.years.items() if of in mine for n in ns).items())
        ),
        tracks={name: found for name, found in by_milestone.items() if found},
    )


def _stretch(
    milestone: Milestone,
    rubric: Rubric,
    rows: Iterable[Row],
    domain: Domain,
    period: Period,
) -> Stretch:
    ladder = rubric.ladder
    goal = ladder.index(milestone.target) if milestone.target in ladder else -1
    needs, unknown = [], []
    for row in rows:
        if row.state == NOT_APPLICABLE:
            continue
        if goal < 0 or not row.known or row.low not in ladder:
            unknown.append(row.criterion)
        elif ladder.index(row.low) < goal:
            needs.append(Need(row.criterion, row.low, goal - ladder.index(row.low)))
    left = milestone.due - period
    most, together = domain.most(left), domain.together(left)
    state = _state(needs, unknown, left, most, together)
    return Stretch(
        milestone.id, rubric.id, milestone.target, milestone.due, left, tuple(needs), tuple(unknown),
        most, together, state,
    )  # fmt: skip


def _state(
    needs: Sequence[Need], unknown: Sequence[str], left: int, most: int | None, together: int | None
) -> State:
    if not needs and not unknown:
        return "reached"
    if left < 1:
        return "due"
    if not needs:
        return "unknown"
    if most is None or together is None:
        return "no-precedent"
    asks = max(need.steps for need in needs), sum(need.steps for need in needs)
    return "beyond" if asks[0] > most or asks[1] > together else "within"
