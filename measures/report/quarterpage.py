"""The quarter in one page: what moved and why, what did not, what is not known, what to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from measures.records.plan import Milestone
from measures.report import prose
from measures.report.decisions import decisions
from measures.report.lines import Line
from measures.report.model import Item, Paragraph, QuarterPage, Ref
from measures.report.movements import movement_line
from measures.report.source import Source, Stand, anchor
from measures.report.versions import break_lines, read_otherwise

_MOST = 6
_TITLE = 60
_REASON = 120


def quarter_page(source: Source) -> QuarterPage:
    """Return the page."""
    headline, standfirst = _headline(source), _standfirst(source)
    return QuarterPage(
        headline=headline,
        standfirst=standfirst,
        moved=_fit(source, _moved(source)),
        held=_fit(source, _held(source)),
        unknown=_fit(source, _unknown(source)),
        decide=_fit(source, decisions(source)),
    )


def _fit(source: Source, lines: Sequence[Line]) -> tuple[Item, ...]:
    """Return the lines as items: at most seven; a last one names what further ones are about."""
    shown = lines if len(lines) <= _MOST + 1 else lines[:_MOST]
    items = [Item(source.claims.say(line.text, line.basis), line.tag, line.anchor) for line in shown]
    rest = lines[len(shown) :]
    if rest:
        names = list(dict.fromkeys(line.about for line in rest))
        basis = [ref for line in rest for ref in line.basis]
        text = f"More on their own pages: {prose.listed(names)}."
        items.append(Item(source.claims.say(text, basis), "more", rest[0].anchor))
    return tuple(items)


def _headline(source: Source) -> str:
    """Return the finding: what rose, what fell, and how much is not known."""
    moves = source.quarter.moves
    here = moves[(moves["period"] == str(source.period)) & (moves["from_period"] != moves["period"])]
    here = here[here["cause"] != "definition"]
    titles = {(s.milestone, s.criterion): source.quoted(s) for s in source.now}
    parts = []
    for rising, verb in ((True, "rose"), (False, "fell")):
        chosen = here[(here["steps"] > 0) == rising]
        names = [titles[key] for key in zip(chosen["milestone"], chosen["criterion"], strict=True)]
        if len(names) > _MOST // 2:
            parts.append(f"{prose.count(len(names), 'criterion', 'criteria')} {verb}")
        elif names:
            parts.append(f"{prose.listed(names)} {verb}")
    unknown = sum(not stand.known for stand in source.now)
    if unknown:
        parts.append(f"{unknown} of {len(source.now)} criteria cannot be placed")
    if not parts or parts[0][0].isdigit():
        parts.insert(0, "nothing moved that the evidence bears out")
    return prose.capital("; ".join(parts))


def _standfirst(source: Source) -> Paragraph:
    now = source.now
    if not now:
        return ()
    refs = [ref for stand in now for ref in source.cell_refs(stand)]
    known = sum(stand.known for stand in now)
    empty = sum(stand.state == "level" and not stand.known for stand in now)
    rest = len(now) - known - empty
    text = f"Of {prose.count(len(now), 'criterion', 'criteria')} to be scored, {prose.number(known)} "
    text += f"{'stands' if known < 2 else 'stand'} at a level that the cited evidence bears out"
    if empty:
        verb = "is" if empty == 1 else "are"
        text += f", {prose.number(empty)} {verb} claimed on evidence that carries no level"
    if rest:
        text += f", and for {prose.number(rest)} nobody can say"
    said = [source.claims.say(prose.sentence(text), refs)]
    lines = {line.code: line for line in source.quarter.health}
    settled, signed = lines["not-settled"], lines["not-approved"]
    if settled.of and len(settled.items) == settled.of == len(signed.items):
        said.append(source.claims.say("No second person has settled or approved any of these levels.", refs))
    for disruption in source.mission.disruptions:
        if disruption.covers(source.period):
            basis = [Ref("mission", source.mission.id), *source.evidence_refs(disruption.evidence)]
            said.append(source.claims.say(prose.sentence(source.text(disruption.text)), basis))
    return tuple(said)


def _moved(source: Source) -> list[Line]:
    moves = source.quarter.moves
    here = moves[moves["period"] == str(source.period)].sort_values("steps", kind="stable")
    lines = [_movement(source, row) for row in here.to_dict("records")]
    lines += break_lines(source)
    return lines + _first_seen(source) + _dispositions(source)


def _movement(source: Source, row: Mapping[Any, Any]) -> Line:
    line = movement_line(source, row, gist=True)
    if row["from_period"] == row["period"]:
        return line._replace(tag="corrected")
    if row["cause"] == "definition":
        return line
    way = "up" if row["steps"] > 0 else "down"
    return line._replace(tag=f"{way}: {prose.MOVEMENT_TAG[row['cause']]}")


def _first_seen(source: Source) -> list[Line]:
    """Return, per milestone, the criteria that stand at a level for the first time."""
    lines = []
    for milestone in source.milestones:
        new = [s for s in source.of(milestone.id) if s.known and not s.above and not s.last_period]
        if new:
            parts = [f"{source.quoted(s)} at {source.label(milestone.id, s.low)}" for s in new]
            basis = [ref for s in new for ref in source.score_basis(s)]
            text = f"{milestone.id}: {prose.listed(parts)}, with no known level before."
            lines.append(Line(text, basis, "first seen", f"milestone-{milestone.id}", milestone.id))
    return lines


def _dispositions(source: Source) -> list[Line]:
    """Return the objectives whose disposition changed this quarter: decisions about the plan."""
    changed: dict[tuple[str, str], list[str]] = {}
    for objective in source.objectives:
        if objective.disposition_since == source.period and objective.disposition != "active":
            refused = source.quarter.demands[objective.id].word == "refused"
            words = f"{objective.disposition} after the partner refused" if refused else objective.disposition
            changed.setdefault((objective.disposition, words), []).append(objective.id)
    lines = []
    for (_, words), names in changed.items():
        basis = [ref for name in names for ref in source.objective_basis(name)]
        objectives = [source.plan.objectives[name] for name in names]
        titles = [f"{o.id} {prose.quote(prose.cut(source.text(o.title), _TITLE))}" for o in objectives]
        reasons = {prose.first_sentences(source.text(o.reason), _REASON) for o in objectives}
        why = f" {reasons.pop()}" if len(reasons) == 1 else ""
        text = f"{prose.capital(words)}: {prose.sentence(prose.listed(titles))}{why}"
        lines.append(Line(text, basis, "plan", basis[0].anchor, prose.listed(names)))
    return lines


def _held(source: Source) -> list[Line]:
    """Return, per milestone, what stands where it stood, and what is claimed beyond the evidence."""
    moved = {key[:2] for key in source.moved if key[2] == str(source.period)}
    lines = []
    for milestone in source.milestones:
        place = f"milestone-{milestone.id}"
        stands = source.of(milestone.id)
        above = [stand for stand in stands if stand.above]
        if above:
            basis = [ref for stand in above for ref in source.score_basis(stand)]
            text = f"{milestone.id}: {prose.listed([_claimed(source, stand) for stand in above])}."
            lines.append(Line(text, basis, "claimed only", place, milestone.id))
        still = [s for s in stands if s.known and not s.above and s.last_period and not source.broken(s)]
        still = [s for s in still if (s.milestone, s.criterion) not in moved]
        if still:
            basis = [ref for stand in still for ref in source.score_basis(stand)]
            lines.append(Line(_still(source, milestone, still), basis, "same", place, milestone.id))
    return lines


def _claimed(source: Source, stand: Stand) -> str:
    carried = source.label(stand.milestone, stand.low) if stand.low else "no level"
    return (
        f"{source.quoted(stand)} is claimed at {source.label(stand.milestone, stand.claimed)}, "
        f"the evidence bears out {carried}"
    )


_UNMOVED = {
    "": "still at {label}",
    "bridge": "at {label}, unmoved in the words of before",
    "crosswalk": "at {label}, unmoved by the approved table of old and new levels",
}


def _still(source: Source, milestone: Milestone, still: Sequence[Stand]) -> str:
    by_level: dict[tuple[str, str], list[str]] = {}
    for stand in still:
        by_level.setdefault((stand.low, read_otherwise(source, stand)), []).append(source.quoted(stand))
    parts = []
    for (level, way), names in by_level.items():
        label = source.label(milestone.id, level)
        parts.append(f"{prose.listed(names)} {_UNMOVED[way].format(label=label)}")
    return f"{milestone.id}: {'; '.join(parts)}."


def _unknown(source: Source) -> list[Line]:
    lines = []
    for milestone in source.milestones:
        unknown = [
            stand for stand in source.of(milestone.id) if stand.state not in ("level", "not-applicable")
        ]
        if unknown:
            basis = [Ref("milestone", milestone.id, f"milestone-{milestone.id}")]
            basis += [Ref("assessment", s.assessment, anchor(s)) for s in unknown if s.assessment]
            text = f"{milestone.id} {source.text(milestone.title)}: {not_known(source, unknown)}."
            lines.append(Line(text, basis, _why(unknown), f"milestone-{milestone.id}", milestone.id))
    return lines


def not_known(source: Source, unknown: Sequence[Stand]) -> str:
    """Return which criteria are not known and when each was last seen."""
    whole = len(unknown) == len(source.of(unknown[0].milestone)) > 1
    by_date: dict[str, list[Stand]] = {}
    for stand in sorted(unknown, key=lambda stand: stand.last_period, reverse=True):
        by_date.setdefault(stand.last_period, []).append(stand)
    if len(by_date) == 1:
        when = next(iter(by_date))
        seen = f"last seen in {when}" if when else "never yet seen"
        names = prose.listed([source.quoted(stand) for stand in unknown])
        subject = (
            f"none of its {prose.count(len(unknown), 'criterion', 'criteria')} is known" if whole else names
        )
        return f"{subject}, {seen}"
    parts = []
    for when, stands in by_date.items():
        names = prose.listed([source.quoted(stand) for stand in stands])
        parts.append(f"{names} {'last seen in ' + when if when else 'never'}")
    lead = "nothing is known now; " if whole else ""
    return lead + "; ".join(parts)


def _why(unknown: Sequence[Stand]) -> str:
    causes = {prose.CAUSE.get(stand.cause, "") for stand in unknown if stand.state == "not-observed"} - {""}
    if causes:
        return prose.listed(sorted(causes))
    states = {stand.state for stand in unknown}
    if states == {"no-entry"}:
        return "not scored"
    return "withheld" if states == {"withheld"} else "not decided"
