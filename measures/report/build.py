"""Builds the frozen report model: every word, number and mark is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from measures.judgement.quarter import judge
from measures.period import Period
from measures.records.mission import MissionFile
from measures.records.plan import Plan
from measures.report import ambition, appendix, indicators, prose, reportcard
from measures.report.audit import AuditReport, Entries
from measures.report.auditpages import audit_report
from measures.report.claims import ClaimList
from measures.report.edition import Edition, admit
from measures.report.milestones import milestone_page
from measures.report.model import Cover, Report
from measures.report.ownership import owned
from measures.report.pace import pace_rows, pace_words
from measures.report.quarterpage import quarter_page
from measures.report.raters import agreement_words
from measures.report.source import Source
from measures.rubric.model import Rubric


@dataclass(frozen=True, slots=True)
class Material:
    """Everything recorded, as of a head: what any edition is made from.

    Args:
        frames: Typed frames by table name.
        mission: The mission.
        plan: Its plan.
        rubrics: Rubrics by id and version.
        approved: Ids whose approval still binds.
        head: Size and digest of the register it was read from.
        digests: Entry digest by kind and id.
        software: Name and version of what makes the report.
        entries: The latest entry of each kind and id.
        checkpoint: The lines of the checkpoint that covers them: origin, size, root, and signatures.
        void: Ids of records whose approval is void.
        erased: Day on which each erased file was erased, by its digest.
    """

    frames: Mapping[str, pd.DataFrame]
    mission: MissionFile
    plan: Plan
    rubrics: Mapping[tuple[str, str], Rubric]
    approved: frozenset[str]
    head: tuple[int, str]
    digests: Mapping[tuple[str, str], str]
    software: str
    entries: Entries
    checkpoint: tuple[str, ...]
    void: frozenset[str]
    erased: Mapping[str, str]


def build(edition: Edition, period: Period, given: Material) -> Report:
    """Return the report of one quarter for one audience.

    Args:
        edition: The edition; its ceiling is applied before anything is judged.
        period: The quarter.
        given: Everything recorded.

    Raises:
        EditionError: The edition's ceiling is no marking of the mission.
    """
    source = _source(edition, period, given)
    page = quarter_page(source)
    overview = appendix.overview_lanes(source)
    milestones = tuple(milestone_page(source, milestone) for milestone in source.milestones)
    words = ambition.ambition_words(source)
    own = owned(source)
    objectives = ambition.objective_rows(source)
    paced = pace_words(source)
    raw = indicators.indicator_words(source), indicators.indicator_rows(source)
    return Report(
        language=edition.language,
        direction="rtl" if edition.language == "ar" else "ltr",
        title=_title(source, edition),
        cover=_cover(source, edition, given),
        quarter=page,
        overview=overview,
        milestones=milestones,
        objectives=objectives,
        ambition=words,
        evidence=appendix.evidence_rows(source),
        health=appendix.health_lines(source),
        questions=reportcard.question_lines(source),
        raters=reportcard.rotation_words(source),
        agreement=agreement_words(source),
        goals=reportcard.churn_words(source),
        firmness=reportcard.headline_words(source),
        method=appendix.METHOD,
        claims=appendix.claim_rows(source, given.digests),
        sections=edition.sections,
        owned=own,
        notes=tuple(_notes(source)),
        breaks=any(mark.breaks for page in milestones for block in page.criteria for mark in block.trend),
        seams=any(
            mark.start is not None for page in milestones for block in page.criteria for mark in block.trend
        ),
        indicator_words=raw[0],
        indicators=raw[1],
        pace=paced,
        pace_rows=pace_rows(source),
    )


def build_audit(edition: Edition, period: Period, given: Material) -> AuditReport:
    """Return the audit edition of one quarter; as :func:`build`."""
    source = _source(edition, period, given)
    cover = _cover(source, edition, given)
    return audit_report(source, cover, _title(source, edition), given.entries, given.approved)


def _source(edition: Edition, period: Period, given: Material) -> Source:
    """Return the quarter judged on what the edition's audience may see, and on nothing else."""
    mission = given.mission
    seen = admit(given.frames, given.plan, edition.ceiling, mission.markings)
    quarter = judge(seen.frames, mission, seen.plan, given.rubrics, period, given.approved)
    claims = ClaimList(edition.id, str(period))
    plan = seen.plan.as_of(period, mission.year_starts)
    return Source(
        quarter=quarter,
        frames=seen.frames,
        plan=plan,
        mission=mission,
        language=edition.language,
        claims=claims,
        withheld=seen.cells,
        void=given.void,
        erased=given.erased,
    )


def _title(source: Source, edition: Edition) -> str:
    words = prose.quarter(source.period)
    return f"{source.text(edition.title)}: {source.text(source.mission.name)}, {words}"


def _notes(source: Source) -> list[str]:
    """Return why quarters are hatched, and which milestones owe no score yet, or none any more."""
    notes = []
    for disruption in source.mission.disruptions:
        if disruption.first <= source.period:
            span = str(disruption.first)
            span += f" to {disruption.last}" if disruption.last != disruption.first else ""
            notes.append(f"{span}: {prose.sentence(source.text(disruption.text))}")
    later = [m for m in source.plan.milestones.values() if m.first > source.period]
    if later:
        names = prose.listed([f"{m.id} {prose.quote(source.text(m.title))} ({m.first})" for m in later])
        notes.append(f"Begins later: {names}.")
    over = [
        f"{m.id} {prose.quote(source.text(m.title))} (after {m.closed.until})"
        for m in source.plan.milestones.values()
        if m.closed is not None and m.over(source.period)
    ]
    if over:
        notes.append(f"Closed, and scored no more: {prose.listed(over)}.")
    return notes


def _cover(source: Source, edition: Edition, given: Material) -> Cover:
    mission = source.mission
    lines = {line.code: line for line in source.quarter.health}
    open_ = lines["not-approved"]
    done = open_.of - len(open_.items)
    approved = f"{done} of {open_.of} levels approved" if open_.of else "No level to approve this quarter"
    return Cover(
        mission=source.text(mission.name),
        partner=source.text(mission.partner),
        edition=source.text(edition.title),
        period=str(source.period),
        period_words=prose.capital(prose.quarter(source.period)),
        notice=source.text(mission.notice),
        marking=_highest_marking(source, edition),
        head_size=given.head[0],
        head_digest=given.head[1],
        checkpoint=given.checkpoint,
        signed=len(given.checkpoint) > 3,
        approved=approved,
        software=given.software,
    )


def _highest_marking(source: Source, edition: Edition) -> str:
    """Return the highest marking of anything that went into the report."""
    order = list(source.mission.markings)
    used = [
        str(marking) for frame in source.frames.values() for marking in frame["marking"].dropna().unique()
    ]
    used += [promise.marking for promise in source.plan.promises.values()]
    return max((marking for marking in used if marking in order), key=order.index, default=edition.ceiling)
