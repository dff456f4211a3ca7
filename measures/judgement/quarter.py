"""One quarter judged whole: the single call that reports, status and analysts build on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from measures.errors import PeriodError
from measures.judgement.agenda import Item, agenda
from measures.judgement.aggregation import NOT_APPLICABLE, Result, Rule, Tipping, sensitivity
from measures.judgement.agreement import Bootstrap
from measures.judgement.ambition import Ambition, Seen, ambition
from measures.judgement.caps import Capping, apply_caps, under_caps
from measures.judgement.confidence import Confidence, confidences
from measures.judgement.demand import Demand, Due, demands, promises
from measures.judgement.gating import unanswered
from measures.judgement.ground import Ground
from measures.judgement.health import Line, health
from measures.judgement.indicators import Indicator, indicators
from measures.judgement.lineage import Lineage, Link, linked, told_apart
from measures.judgement.movement import movements
from measures.judgement.panel import Panel, panel
from measures.judgement.reportcard import ReportCard, report_card
from measures.judgement.standing import cells, last_seen, standing
from measures.judgement.support import support
from measures.period import Period
from measures.records.frames import lines
from measures.records.mission import MissionFile
from measures.records.plan import Milestone, Plan
from measures.rubric.model import Rubric

_CELL = ["milestone", "criterion", "period"]


@dataclass(frozen=True, slots=True)
class Quarter:
    """What may be concluded as of the end of one quarter.

    Args:
        stands: See :func:`measures.judgement.lineage.linked`; every quarter up to this one.
        supported: See :func:`measures.judgement.support.support`.
        moves: See :func:`measures.judgement.movement.movements`; every quarter up to this one.
        results: Result of each milestone that owes scores, from its criteria this quarter, no
            higher than its caps allow.
        tipping: By milestone, each single step of a criterion that would change its result.
        caps: By milestone, what each declared dependency did.
        demands: The partner's position on each objective.
        promises: Promises made so far, overdue ones first.
        ambition: Ownership, lead times, misalignment, demand against progress.
        indicators: Raw figures asked for or reported so far, and what became of each.
        health: Lines of the health page.
        report_card: What the quarter says about the mission that scored it.
        rubrics: Rubric by milestone that has begun, at the version that holds this quarter, or that
            held when it was closed.
        confidence: By assessment, how sure one may be, of those that speak for a cell.
        panel: How raters compare.
        agenda: What nobody has settled and somebody should.
        lineage: The versions on record and what joins them.
        links: By milestone, criterion and quarter, how a score is joined to one of another version.
    """

    period: Period
    stands: pd.DataFrame
    supported: pd.DataFrame
    moves: pd.DataFrame
    results: Mapping[str, Result]
    tipping: Mapping[str, tuple[Tipping, ...]]
    caps: Mapping[str, tuple[Capping, ...]]
    demands: Mapping[str, Demand]
    promises: tuple[Due, ...]
    ambition: Ambition
    indicators: tuple[Indicator, ...]
    health: tuple[Line, ...]
    report_card: ReportCard
    rubrics: Mapping[str, Rubric]
    confidence: Mapping[str, Confidence]
    panel: Panel
    agenda: tuple[Item, ...]
    lineage: Lineage
    links: Mapping[tuple[str, str, str], Link]

    @property
    def now(self) -> pd.DataFrame:
        """The rows of ``stands`` for this quarter."""
        return self.stands[self.stands["period"] == str(self.period)]


def judge(
    frames: Mapping[str, pd.DataFrame],
    mission: MissionFile,
    plan: Plan,
    rubrics: Mapping[tuple[str, str], Rubric],
    period: Period,
    approved: frozenset[str] = frozenset(),
) -> Quarter:
    """Return what may be concluded as of the end of ``period``.

    Args:
        frames: Typed frames by table name.
        mission: The mission.
        plan: Its plan.
        rubrics: Rubrics by id and version.
        period: The quarter; scores of later quarters are left out.
        approved: Ids with an approval that still binds.

    Raises:
        PeriodError: The mission does not score that quarter.
    """
    _scores(mission, period)
    starts = mission.year_starts
    plan = plan.as_of(period, starts)
    due, bound, owing = _begun(plan, rubrics, period)
    scored, moderated = (_until(frames[name], period) for name in ("assessments", "moderations"))
    scored = scored[scored["milestone"].isin(list(bound))]
    lineage = Lineage(rubrics, frames["crosswalks"])
    own, other = told_apart(scored, _bound(scored, due))
    supported = _supported(pd.concat([own, other]) if len(other) else own, frames, bound, rubrics, starts)
    stands = standing(cells(due, rubrics, period, mission.first), own, supported, moderated)
    stands = last_seen(stands, [str(quarter) for quarter in mission.periods])
    stands, links = linked(stands, _bridges(other, supported, moderated), lineage)
    moves = movements(stands, scored, frames, links, lineage, starts)
    now = stands[stands["period"] == str(period)]
    beside = panel(own, moderated, str(period), lineage, Bootstrap())
    wishes = demands(plan.objectives, frames["positions"], mission, period)
    results, caps, tipping = _amounts(_profiles(now, owing, approved), due, owing)
    return Quarter(
        period=period,
        stands=stands,
        supported=supported,
        moves=moves,
        results=results,
        tipping=tipping,
        caps=caps,
        demands=wishes,
        promises=promises(plan.promises, period, starts),
        ambition=ambition(plan, frames, mission, wishes, Seen(owing, stands, moves, links), period),
        indicators=indicators(frames["indicators"], period.last_day(starts)),
        health=health(stands, supported, moves, approved, bound, str(period)),
        report_card=report_card(Ground(period, mission, plan, bound, lineage, links, stands, supported, moves,
                                       tipping, own, frames["citations"], moderated, approved)),
        rubrics=bound,
        confidence=confidences(now, own, supported, lineage, period),
        panel=beside,
        agenda=agenda(now, own, supported, moves, beside, approved),
        lineage=lineage,
        links=links,
    )  # fmt: skip


def _scores(mission: MissionFile, period: Period) -> None:
    """Refuse a quarter that the mission does not score."""
    if not mission.first <= period <= mission.last:
        raise PeriodError(
            f"Expected a quarter from {mission.first} to {mission.last}, got {period}.",
            "The mission scores no other quarters; see quarters in mission.yaml.",
        )


def _begun(
    plan: Plan, rubrics: Mapping[tuple[str, str], Rubric], period: Period
) -> tuple[dict[str, Milestone], dict[str, Rubric], dict[str, Rubric]]:
    """Return the milestones that owe scores or owed some, their rubrics, and those of the first alone.

    Milestones without a rubric are left out.
    """
    due = {name: milestone for name, milestone in plan.milestones.items() if milestone.first <= period}
    bound = {name: rubric for name, found in due.items() if (rubric := _rubric(found, rubrics, period))}
    owing = {name: rubric for name, rubric in bound.items() if due[name].owes(period)}
    return {name: due[name] for name in bound}, bound, owing


def _until(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    return frame[frame["period"] <= str(period)]


def _rubric(milestone: Milestone, rubrics: Mapping[tuple[str, str], Rubric], period: Period) -> Rubric | None:
    last = min(period, milestone.closed.until) if milestone.closed else period
    return rubrics.get((milestone.rubric, milestone.version_at(last)))


def _bound(scored: pd.DataFrame, milestones: Mapping[str, Milestone]) -> pd.Series[str]:
    """Return the version that held for each score's milestone and quarter, ``id@version``."""
    pairs = lines(scored, "milestone", "period")
    known = {
        (name, period): f"{milestones[name].rubric}@{milestones[name].version_at(Period.parse(period))}"
        for name, period in dict.fromkeys(pairs)
    }
    return pd.Series([known[name, period] for name, period in pairs], index=scored.index, dtype="str")


def _bridges(other: pd.DataFrame, supported: pd.DataFrame, moderations: pd.DataFrame) -> pd.DataFrame:
    """Return where the scores of a bridge stand, each under its own version; nobody settles those."""
    if other.empty:
        return pd.DataFrame(columns=[*_CELL, "rubric", "low", "high", "assessment"])
    parts = []
    for pin, rows in other.groupby("rubric", sort=False):
        owed = rows[_CELL].astype("str").drop_duplicates().assign(bound=str(pin)).reset_index(drop=True)
        parts.append(standing(owed, rows, supported, moderations.iloc[:0]))
    return pd.concat(parts, ignore_index=True)


def _supported(
    scored: pd.DataFrame,
    frames: Mapping[str, pd.DataFrame],
    bound: Mapping[str, Rubric],
    rubrics: Mapping[tuple[str, str], Rubric],
    year_starts: int,
) -> pd.DataFrame:
    """Return what is supported, each score by the rules of the rubric version that it was scored against."""
    words = {str(rubric.pin): rubric for rubric in rubrics.values()}
    now = scored["milestone"].map({name: str(rubric.pin) for name, rubric in bound.items()})
    pin = scored["rubric"].where(scored["rubric"].isin(list(words)), now)
    current = pin == now
    groups = [(scored[current], bound)]
    for version in pin[~current].unique():
        rows = scored[~current & (pin == version)]
        groups.append((rows, dict.fromkeys(rows["milestone"].unique(), words[version])))
    parts = []
    for rows, by_milestone in groups:
        part = support(rows, frames["citations"], frames["evidence"], by_milestone, year_starts)
        parts.append(part.assign(unanswered=part.index.isin(list(unanswered(rows, by_milestone)))))
    return parts[0] if len(parts) == 1 else pd.concat(parts)


def _amounts(
    profiles: Mapping[str, Sequence[str]], milestones: Mapping[str, Milestone], bound: Mapping[str, Rubric]
) -> tuple[dict[str, Result], dict[str, tuple[Capping, ...]], dict[str, tuple[Tipping, ...]]]:
    """Return results with their caps, what each cap did, and what would tip a result."""
    rules = {name: Rule.of(rubric) for name, rubric in bound.items()}
    results, caps = apply_caps(
        {name: rule(profiles[name]) for name, rule in rules.items()},
        milestones,
        bound,
        lambda milestone, criterion: _level_range(profiles[milestone], bound[milestone], criterion),
    )
    tipping = {
        name: under_caps(sensitivity(profiles[name], rule), results[name], caps[name])
        for name, rule in rules.items()
    }
    return results, caps, tipping


def _level_range(profile: Sequence[str], rubric: Rubric, criterion: str) -> tuple[str, str]:
    """Return the lowest and highest level a criterion may stand at; empty where it does not apply."""
    at = next((at for at, found in enumerate(rubric.criteria) if found.id == criterion), -1)
    level = profile[at] if at >= 0 else NOT_APPLICABLE
    if level in rubric.ladder:
        return level, level
    return ("", "") if level == NOT_APPLICABLE else (rubric.ladder[0], rubric.ladder[-1])


def _profiles(
    now: pd.DataFrame, bound: Mapping[str, Rubric], approved: frozenset[str]
) -> dict[str, list[str]]:
    """Return each milestone's levels and non-scores, in the order of its rubric's criteria.

    Raters who disagree leave a criterion unknown. So does ``not-applicable`` on one
    assessor's word: it drops a criterion only when approved or settled by a second person.
    """
    found: dict[str, list[str]] = {name: [] for name in bound}
    columns = ("milestone", "low", "high", "state", "assessment", "moderation")
    for milestone, low, high, state, assessment, moderation in lines(now, *columns):
        if state == "level":
            level = low if low and low == high else "insufficient-evidence"
        elif state == NOT_APPLICABLE and not moderation and assessment not in approved:
            level = "insufficient-evidence"
        else:
            level = state
        found[milestone].append(level)
    return found
