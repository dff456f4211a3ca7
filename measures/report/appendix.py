"""The back of the report: overview, evidence, health, method and the list of claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from measures.judgement.health import Line
from measures.report import prose
from measures.report.milestones import verdict
from measures.report.model import Cell, ClaimRow, EvidenceRow, HealthLine, Lanes, OverviewRow
from measures.report.results import result_words
from measures.report.source import Source, Stand
from measures.report.versions import read_otherwise

_LEVELS, _CRITERIA, _MOVEMENTS = "levels", "criteria", "movements"
_HEALTH = {
    "not-settled": ("Not settled by a second person", _LEVELS, "Only the assessor has judged them."),
    "not-approved": ("Not approved", _LEVELS, "No approval binds to the exact score shown."),
    "void": ("Approval void", _LEVELS, "What was approved, or what it rests on, has changed since."),
    "claimed-above-support": ("Claimed beyond the evidence", _LEVELS, "Both levels are shown."),
    "unanswered": ("Statements left unanswered", _LEVELS, "A statement of the level has no yes."),
    "contradicted": (
        "Contradicted by weighty evidence",
        _LEVELS,
        "Weighty evidence says that it cannot hold.",
    ),
    "not-observed": ("Not observed", _CRITERIA, "Nobody could look; each has its cause."),
    "insufficient-evidence": ("Not decided by the evidence", _CRITERIA, "Somebody looked and cannot tell."),
    "owed": ("Owed and not scored", _CRITERIA, "There is no entry at all."),
    "stale": ("Stale", _CRITERIA, "Last seen longer ago than the rubric lets a level stand."),
    "unexplained": ("Moved without explanation", _MOVEMENTS, "Nothing new was cited; not progress."),
    "changed-rater": ("Moved with a change of assessor", _MOVEMENTS, "Nothing new was cited."),
    "single-rater": ("Scored by one person only", _LEVELS, "Agreement cannot be computed."),
    "withheld": ("Withheld from this edition", _CRITERIA, "Marked above what this audience may see."),
}
"""What each line of the health page is called, what it counts, and what it means."""

_TOLD = ("not-approved", "unanswered", "withheld")
"""Lines that one of the auditors' questions tells in a report."""

METHOD = tuple(
    " ".join(paragraph.split())
    for paragraph in """
Each criterion is a ladder of described states. A level holds only when every statement of that
level, and of all levels below it, is true. From the sustainment level up, the institution staffs,
funds and repeats the thing without advisers. Levels are an order, not numbers: nothing here is
added up or averaged.

Two levels are told for each criterion: the one the assessor claims, and the highest one the cited
evidence supports. Support takes independent origins, a least grade, freshness and something other
than testimony, as the rubric says for each level. Where the claim is higher both are shown, and
the report counts only what is supported until somebody else settles it.

Not knowing has kinds: nobody could look; somebody looked and the evidence does not decide; the
score is owed and nobody wrote one. None of them is a zero. What is not known makes a milestone's
result a range. An old level is shown as last seen and never carried forward.

Every movement carries its cause: a changed rubric, a correction, another assessor, later knowledge
of an older state, or new evidence about the time since. A movement without any of these is called
unexplained and is not progress. Grades are those of the Admiralty code: A to F for the source,
1 to 6 for the statement.
""".strip().split("\n\n")
)
"""The method in half a page."""


def overview_lanes(source: Source) -> tuple[Lanes, ...]:
    """Return a row for each milestone, those that share a ladder together under its labels."""
    rows: dict[tuple[str, ...], list[OverviewRow]] = {}
    for milestone in source.milestones:
        demand = source.quarter.demands[milestone.objective]
        labels = tuple(source.text(level.label) for level in source.rubric(milestone.id).levels)
        rows.setdefault(labels, []).append(
            OverviewRow(
                id=milestone.id,
                anchor=f"milestone-{milestone.id}",
                title=source.text(milestone.title),
                cells=tuple(_cell(source, stand) for stand in source.of(milestone.id)),
                result=result_words(source, milestone),
                position=f"partner: {prose.STANCE[demand.word]}",
            )
        )
    return tuple(Lanes(labels, tuple(found)) for labels, found in rows.items())


def _cell(source: Source, stand: Stand) -> Cell:
    rubric = source.rubric(stand.milestone)
    rung = rubric.rung(stand.low) if stand.known else None
    step = None
    before = source.before(stand)
    if rung is not None and read_otherwise(source, stand) == "bridge":
        change = source.steps.get((stand.milestone, stand.criterion, stand.period), 0)
        step = (change > 0) - (change < 0)
    elif rung is not None and before:
        change = rung - rubric.rung(before)
        step = (change > 0) - (change < 0)
    return Cell(
        title=source.title(stand),
        state=stand.state,
        verdict=verdict(source, stand),
        rung=rung,
        claimed=rubric.rung(stand.claimed) if stand.above else None,
        top=len(rubric.ladder) - 1,
        step=step,
    )


def evidence_rows(source: Source) -> tuple[EvidenceRow, ...]:
    """Return every item that a claim of the report rests on, by id."""
    rows = []
    for name in sorted(source.evidence):
        claims = source.claims.resting_on("evidence", name)
        if not claims:
            continue
        item = source.evidence[name]
        grade = f"{item['reliability']}{item['credibility']}"
        own = "; a party on its own success" if item["own_claim"] else ""
        rows.append(
            EvidenceRow(
                id=name,
                anchor=f"evidence-{name}",
                title=item["title"],
                publisher=item["publisher"],
                url=item["url"],
                kind=_kind(source, item),
                origin=item["origin"],
                covers=item["covers"],
                grade=grade,
                grade_words=prose.grade(item["reliability"], item["credibility"]) + own,
                summary=item["summary"],
                custody=held_by(source, item),
                claims=claims,
            )
        )
    return tuple(rows)


def held_by(source: Source, item: Mapping[str, Any]) -> str:
    """Return in words where an item of evidence is: its holder, the vault, or nowhere any more."""
    if item["custody"] == "held-elsewhere":
        return str(item["holder"])
    if item["sha256"] in source.erased:
        return f"file erased on {prose.date(source.erased[item['sha256']])}"
    return f"in the vault, SHA-256 {item['sha256'][:12]}"


def health_lines(source: Source) -> tuple[HealthLine, ...]:
    """Return the health page, lines that count something first."""
    lines = [_but_withheld(line, source) for line in source.quarter.health]
    void = [s for s in source.now if s.state == "level" and (s.moderation or s.assessment) in source.void]
    if void:
        levels = sum(s.state == "level" for s in source.now)
        lines.append(Line("void", tuple((s.milestone, s.criterion, s.period) for s in void), levels))
    hidden = [s for s in source.now if s.state == "withheld"]
    if hidden:
        cells = tuple((s.milestone, s.criterion, s.period) for s in hidden)
        lines.append(Line("withheld", cells, len(source.now)))
    made = [_health(source, line) for line in lines] + _origins(source)
    return tuple(sorted(made, key=lambda line: line.count == 0))


def _but_withheld(line: Line, source: Source) -> Line:
    """Return a line without the cells whose score is withheld: to this audience only are they empty."""
    if line.code != "owed":
        return line
    return replace(line, items=tuple(item for item in line.items if item not in source.withheld))


def _origins(source: Source) -> list[HealthLine]:
    """Return how much of the evidence comes from the one origin most leaned on."""
    used = [item for name, item in source.evidence.items() if source.claims.resting_on("evidence", name)]
    most = Counter(str(item["origin"]) for item in used).most_common(1)
    if not most or most[0][1] < 2:
        return []
    origin, count = most[0]
    words = f"Many items, one voice: origin {origin}."
    return [HealthLine("From a single origin", count, len(used), "items of evidence", words, ())]


def _kind(source: Source, item: Mapping[str, Any]) -> str:
    """Return an item's kind, and whether it was published only after the quarter had ended."""
    end = source.period.last_day(source.mission.year_starts)
    later = not pd.isna(item["published_start"]) and item["published_start"].date() > end
    return f"{item['kind']}, published later" if later else str(item["kind"])


def _health(source: Source, line: Line) -> HealthLine:
    title, base, explanation = _HEALTH[line.code]
    by_milestone: dict[str, list[Stand]] = {}
    known = {(s.milestone, s.criterion): s for s in source.now}
    for milestone, criterion, _ in line.items:
        by_milestone.setdefault(milestone, []).append(known[milestone, criterion])
    items = []
    for milestone, stands in by_milestone.items():
        names = prose.listed([source.quoted(stand) for stand in stands])
        whole = len(stands) == len(source.of(milestone)) > 1
        items.append((f"{milestone} {'throughout' if whole else names}", f"milestone-{milestone}"))
    base = base.removesuffix("s") if line.of == 1 and base != "criteria" else base
    told = line.code in _TOLD
    return HealthLine(title, len(line.items), line.of, base, explanation, tuple(items), told)


def claim_rows(source: Source, digests: Mapping[tuple[str, str], str]) -> tuple[ClaimRow, ...]:
    """Return every claim with its basis; the digest is that of the first entry it rests on."""
    rows = []
    for claim in source.claims.all:
        found = [digests.get((ref.kind, ref.id.partition("#")[0]), "") for ref in claim.basis]
        rows.append(ClaimRow(claim, claim.basis, next((digest for digest in found if digest), "")))
    return tuple(rows)
