"""The back of the report: overview, evidence, health, method and the list of claims."""

from __future__ import annotations

from collections.abc import Mapping

from measures.judgement.health import Line
from measures.report import prose
from measures.report.milestones import result_words, verdict
from measures.report.model import Cell, ClaimRow, EvidenceRow, HealthLine, OverviewRow
from measures.report.source import Source, Stand, anchor

_HEALTH = {
    "not-settled": ("Not settled by a second person", "levels", "Nobody but the assessor has judged them."),
    "not-approved": ("Not approved", "levels", "No approval binds to the exact score that is shown."),
    "claimed-above-support": (
        "Claimed beyond the evidence",
        "levels",
        "Both are shown; only a moderator may accept the claim.",
    ),
    "contradicted": (
        "Contradicted by weighty evidence",
        "levels",
        "A hoop or smoking gun speaks against the claimed level.",
    ),
    "not-observed": ("Not observed", "criteria", "Nobody could look; the cause is given with each."),
    "insufficient-evidence": (
        "Not decided by the evidence",
        "criteria",
        "Somebody looked and could not tell.",
    ),
    "owed": ("Owed and not scored", "criteria", "There is no entry at all."),
    "stale": ("Stale", "criteria", "Last seen longer ago than the rubric lets a level stand."),
    "unexplained": (
        "Moved without explanation",
        "movements",
        "Nothing new was cited; never counted as progress.",
    ),
    "changed-rater": (
        "Moved with a change of assessor",
        "movements",
        "Nothing new about the quarter was cited.",
    ),
    "single-rater": (
        "Scored by one person only",
        "levels",
        "Agreement cannot be told: it is undefined with one rater.",
    ),
    "withheld": ("Withheld from this edition", "criteria", "Marked above what this audience may see."),
}

METHOD = (
    "Each criterion is a ladder of described states. A level holds only when every statement of that level, and of all "
    "levels below it, is true. From the sustainment level up, the institution staffs, funds and repeats the thing without "
    "advisers. Levels are an order, not numbers: nothing here is added up or averaged.",
    "Two levels are told for each criterion: the one the assessor claims, and the highest one the cited evidence supports. "
    "Support takes independent origins, a least grade, freshness and something other than testimony, as the rubric says for "
    "each level. Where the claim is higher both are shown, and the report counts only what is supported until somebody else settles it.",
    "Not knowing has kinds: nobody could look; somebody looked and the evidence does not decide; the score is owed and nobody "
    "wrote one. None of them is a zero. What is not known makes a milestone's result a range. An old level is shown as last "
    "seen and never carried forward.",
    "Every movement carries its cause: a changed rubric, a correction, another assessor, later knowledge of an older state, or "
    "new evidence about the time since. A movement without any of these is called unexplained and is not progress. "
    "Grades are those of the Admiralty code: A to F for the source, 1 to 6 for the statement.",
)
"""The method in half a page."""


def overview_rows(source: Source) -> tuple[OverviewRow, ...]:
    """Return a row for each milestone."""
    rows = []
    for milestone in source.milestones:
        demand = source.quarter.demands[milestone.objective]
        rows.append(
            OverviewRow(
                id=milestone.id,
                anchor=f"milestone-{milestone.id}",
                title=source.text(milestone.title),
                cells=tuple(_cell(source, stand) for stand in source.of(milestone.id)),
                result=result_words(source, milestone),
                position=f"partner: {prose.STANCE[demand.word]}",
            )
        )
    return tuple(rows)


def _cell(source: Source, stand: Stand) -> Cell:
    rubric = source.rubric(stand.milestone)
    rung = rubric.rung(stand.low) if stand.known else None
    step = None
    if rung is not None and stand.last_level:
        change = rung - rubric.rung(stand.last_level)
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
        held = (
            item["holder"]
            if item["custody"] == "held-elsewhere"
            else f"in the vault, SHA-256 {item['sha256'][:12]}"
        )
        grade = f"{item['reliability']}{item['credibility']}"
        own = "; a party on its own success" if item["own_claim"] else ""
        rows.append(
            EvidenceRow(
                id=name,
                anchor=f"evidence-{name}",
                title=item["title"],
                publisher=item["publisher"],
                url=item["url"],
                kind=str(item["kind"]),
                origin=item["origin"],
                covers=item["covers"],
                grade=grade,
                grade_words=prose.grade(item["reliability"], item["credibility"]) + own,
                summary=item["summary"],
                custody=held,
                claims=claims,
            )
        )
    return tuple(rows)


def health_lines(source: Source) -> tuple[HealthLine, ...]:
    """Return the health page, lines that count something first."""
    lines = [*source.quarter.health]
    hidden = [s for s in source.now if s.state == "withheld"]
    if hidden:
        cells = tuple((s.milestone, s.criterion, s.period) for s in hidden)
        lines.append(Line("withheld", cells, len(source.now)))
    made = [_health(source, line) for line in lines]
    return tuple(sorted(made, key=lambda line: line.count == 0))


def _health(source: Source, line: Line) -> HealthLine:
    title, base, explanation = _HEALTH[line.code]
    known = {(s.milestone, s.criterion): s for s in source.now}
    items = []
    for milestone, criterion, _ in line.items:
        stand = known[milestone, criterion]
        items.append((f"{milestone} {prose.lower(source.title(stand))}", anchor(stand)))
    return HealthLine(title, len(line.items), line.of, base, explanation, tuple(items))


def claim_rows(source: Source, digests: Mapping[tuple[str, str], str]) -> tuple[ClaimRow, ...]:
    """Return every claim with its basis; the digest is that of the first entry it rests on."""
    rows = []
    for claim in source.claims.all:
        found = [digests.get((ref.kind, ref.id.partition("#")[0]), "") for ref in claim.basis]
        rows.append(ClaimRow(claim, claim.basis, next((digest for digest in found if digest), "")))
    return tuple(rows)
