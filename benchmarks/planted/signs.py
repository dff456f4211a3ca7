"""What judging a mission found: every sign that something is out of order, and where it shows.

A sign is a word for one place in the product where a reader would meet it: a finding of recording,
a line of the health page, an item of the agenda, a line of the quarter's page. A mission with nothing
wrong in it shows none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from measures import library
from measures.finding import Finding
from measures.judgement.agreement import RELIABLE
from measures.judgement.quarter import Quarter
from measures.period import Period
from measures.records.frames import lines
from measures.report.build import build
from measures.report.edition import read_edition
from measures.report.model import Report
from measures.workflow.mission import Mission
from measures.workflow.publish import material

Signs = Mapping[str, tuple[str, ...]]
"""Where each sign shows: cells as ``M-01/plans/2023Q4``, ids, or places of a file."""

ALL = "all"
"""The place of a sign that is about the quarter as a whole."""

NEUTRAL = ("same", "more")
MOVING = ("first seen", "up: new evidence", "down: new evidence")
"""Lines of the quarter's page that speak of change with its reasons: no sign while a mission is at work."""


def signs(mission: Mission, found: Sequence[Finding], period: Period, *, at_rest: bool = True) -> Signs:
    """Return every sign of one quarter, each with its places in order.

    Args:
        mission: The mission.
        found: What recording it found.
        period: The quarter.
        at_rest: Whether movements with new evidence are signs too, as they are where a mission was
            made so that nothing moves.
    """
    quarter = mission.judge(period)
    edition = read_edition("hq", library.edition_files())
    report = build(edition, period, material(mission))
    quiet = NEUTRAL if at_rest else (*NEUTRAL, *MOVING)
    shown: dict[str, set[str]] = {}
    for name, place in (*_recorded(found), *_judged(quarter), *_reported(report, quiet)):
        shown.setdefault(name, set()).add(place)
    return {name: tuple(sorted(places)) for name, places in sorted(shown.items())}


def _recorded(found: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    """Yield findings of the files; those of the register tell the same again."""
    for finding in found:
        if finding.place.file != "register":
            yield f"finding {finding.code}", f"{finding.place.file}:{finding.place.line}"


def _judged(quarter: Quarter) -> Iterator[tuple[str, str]]:
    for line in quarter.health:
        yield from ((f"health {line.code}", "/".join(item)) for item in line.items)
    for entry in quarter.agenda:
        place = f"{entry.milestone}/{entry.criterion}/{entry.period}"
        yield from ((f"agenda {why}", place) for why in entry.why)
    yield from _raters(quarter)
    yield from _moved(quarter)
    yield from _evidence(quarter)
    yield from _milestones(quarter)
    yield from _card(quarter)
    yield from ((f"misaligned {one.kind}", one.objective) for one in quarter.ambition.misaligned)
    for figure in quarter.indicators:
        if figure.verdict.word != "keep-as-context":
            yield f"figure {figure.verdict.word}", figure.id
    yield from (("promise overdue", due.promise.id) for due in quarter.promises if due.state == "overdue")


def _raters(quarter: Quarter) -> Iterator[tuple[str, str]]:
    """Yield what raters differ on, and that they agree too little to be relied on."""
    for one in quarter.panel.disagreements:
        yield "disagreement", f"{one.milestone}/{one.criterion}/{one.period}"
    alphas = [scale.now.alpha for scale in quarter.panel.scales]
    if any(alpha is not None and alpha < RELIABLE for alpha in alphas):
        yield "agreement", ALL


def _moved(quarter: Quarter) -> Iterator[tuple[str, str]]:
    """Yield movements that are not performance, and what joins levels of two versions or does not."""
    now = str(quarter.period)
    moves = quarter.moves[quarter.moves["period"] == now]
    for cause, *cell in lines(moves, "cause", "milestone", "criterion", "period"):
        if cause != "performance":
            yield f"movement {cause}", "/".join(cell)
    for key, link in quarter.links.items():
        if key[2] == now and link.kind != "comparable":
            yield f"line {link.kind}", "/".join(key)


def _evidence(quarter: Quarter) -> Iterator[tuple[str, str]]:
    """Yield what a claim lacks, and where the confidence stated is more than may be told."""
    columns = ("milestone", "criterion", "period", "assessment")
    for *cell, assessment in lines(quarter.now, *columns):
        place = "/".join(cell)
        if assessment in quarter.supported.index:
            for word in str(quarter.supported.at[assessment, "missing"]).split("; "):
                if word:
                    yield f"lacks {word}", place
        told = quarter.confidence.get(assessment)
        if told is not None and told.caps:
            yield "confidence capped", place


def _milestones(quarter: Quarter) -> Iterator[tuple[str, str]]:
    """Yield results that are a range, and dependencies that lower a result or cannot be applied."""
    for name, result in quarter.results.items():
        if not result.settled:
            yield "result open", name
    for name, caps in quarter.caps.items():
        for cap in caps:
            if cap.state != "holds":
                yield f"cap {cap.state}", name


def _card(quarter: Quarter) -> Iterator[tuple[str, str]]:
    """Yield what the mission's own report card holds against it in this quarter."""
    card, now = quarter.report_card, str(quarter.period)
    for question in card.questions:
        yield from ((f"auditors {question.code}", "/".join(item)) for item in question.items)
    yield from (("pace beyond", stretch.milestone) for stretch in card.pace.beyond)
    yield from (("rotation jumped", one.milestone) for one in card.rotation.at(now) if one.jumped)
    yield from ((f"churn {change.kind}", change.ref) for change in card.churn.at(now))


def _reported(report: Report, quiet: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines of the quarter's page, and the cells that this audience may not see."""
    page = report.quarter
    for item in (*page.moved, *page.held, *page.unknown, *page.decide):
        if item.tag not in quiet:
            yield f"page {item.tag}", item.anchor.removeprefix("milestone-").removeprefix("objective-")
    for row in (row for lanes in report.overview for row in lanes.rows):
        for cell in row.cells:
            if cell.state == "withheld":
                yield "page withheld", f"{row.id}-{cell.title.lower()}"
