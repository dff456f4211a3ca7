"""Rubric versions in a report: under which words a level was given, and where a line breaks and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from measures.judgement.lineage import Link
from measures.records.plan import Milestone
from measures.report import prose
from measures.report.lines import Line
from measures.report.model import Claim, Ref
from measures.report.source import Source, Stand
from measures.rubric.change import Change

_CLASS = {
    "": "the same words",
    "editorial": "editorial: with the same meaning",
    "clarified": "clarified: said more plainly, with the same meaning as its author declares",
    "recalibrated": "recalibrated: with other attributes, levels or evidence rules",
    "restructured": "restructured: with other criteria",
}
_RESULT_ALONE = "recalibrated: with another way from criteria to a result"


def version_claims(source: Source, milestone: Milestone) -> list[Claim]:
    """Return, for each change of rubric version so far, what it does to the milestone's lines."""
    held = [former for former in milestone.former if milestone.first <= former.until < source.period]
    until = [*(former.until for former in held), source.period][1:]
    said = []
    for former, last in zip(held, until, strict=True):
        crossing = {
            (criterion, period): link
            for (name, criterion, period), link in source.quarter.links.items()
            if name == milestone.id and str(former.until) < period <= str(last)
        }
        versions = (milestone.version_at(period) for period in (former.until, former.until + 1))
        before, after = (f"{milestone.rubric}@{version}" for version in versions)
        said.append(_claim(source, milestone, str(former.until + 1), (before, after), crossing))
    return said


def _claim(
    source: Source,
    milestone: Milestone,
    since: str,
    pins: tuple[str, str],
    links: Mapping[tuple[str, str], Link],
) -> Claim:
    before, after = pins
    old, new = before.partition("@")[2], after.partition("@")[2]
    text = f"From {since} it is scored against version {new} of its rubric, before that against {old}"
    parts = [prose.sentence(text)]
    lineage = source.quarter.lineage
    if lineage.rubric(before) is not None and lineage.rubric(after) is not None:
        change = lineage.change(milestone.rubric, old, new)
        parts = [prose.sentence(f"{text} ({_kind(change)})"), *_notes(source, milestone, change)]
        parts += _criteria(source, before, after)
    ways: dict[tuple[str, str], list[str]] = {}
    for (criterion, period), link in links.items():
        way = link.kind, link.crosswalk or _why(source, milestone, criterion, link)
        ways.setdefault(way, []).append(prose.quote(source.criterion_title(milestone.id, criterion, period)))
    walked = {link.crosswalk: link for link in links.values() if link.kind == "crosswalk"}
    for (kind, detail), names in sorted(ways.items(), key=lambda way: _ORDER.index(way[0][0])):
        read = _read_as(source, milestone, walked[detail]) if kind == "crosswalk" else detail
        parts.append(prose.sentence(_joined(kind, read, list(dict.fromkeys(names)))))
    refs = [Ref("milestone", milestone.id, f"milestone-{milestone.id}")]
    refs += [Ref("rubric", before), Ref("rubric", after)]
    return source.claims.say(" ".join(parts), [*refs, *(Ref("crosswalk", name) for name in walked)])


def _kind(change: Change) -> str:
    broken = [name for name in change.criteria if not change.comparable(name)]
    return _RESULT_ALONE if change.kind == "recalibrated" and not broken else _CLASS[change.kind]


def _notes(source: Source, milestone: Milestone, change: Change) -> Iterator[str]:
    """Yield what the author of the later version says of the change."""
    for declared in change.declared:
        note = prose.quote(source.text(declared.note).rstrip("."))
        about = ""
        if declared.criterion:
            title = source.criterion_title(milestone.id, declared.criterion, str(source.period))
            about = f" of {prose.quote(title)}"
        yield prose.sentence(f"The rubric's author says{about}: {note}")


def _criteria(source: Source, before: str, after: str) -> Iterator[str]:
    """Yield which criteria came and which went."""
    told = []
    for pin, other in ((before, after), (after, before)):
        here, there = source.quarter.lineage.rubric(pin), source.quarter.lineage.rubric(other)
        known = {criterion.id for criterion in there.criteria} if there is not None else set()
        only = [c for c in here.criteria if c.id not in known] if here is not None else []
        told.append([prose.quote(source.text(criterion.title)) for criterion in only])
    gone, come = told
    if come:
        yield f"{prose.listed(come)} {'is' if len(come) == 1 else 'are'} asked for the first time."
    if gone:
        yield f"{prose.listed(gone)} {'is' if len(gone) == 1 else 'are'} no longer asked."


_ORDER = ("broken", "bridge", "crosswalk", "comparable")


def _joined(kind: str, detail: str, names: Sequence[str]) -> str:
    """Return what joins some criteria across the change, or that nothing does."""
    criteria, one = prose.listed(names), len(names) == 1
    match kind:
        case "comparable":
            return f"Levels on {criteria} may be compared across the change"
        case "bridge":
            goes = "was scored under both versions in one quarter, so the line goes on"
            go = "were scored under both versions in one quarter, so the lines go on"
            return f"{criteria} {goes if one else go}"
        case "crosswalk":
            return f"On {criteria} {detail}"
        case _:
            breaks = "the line breaks" if one else "the lines break"
            return f"Levels on {criteria} before and after cannot be compared{detail}, and {breaks} there"


def _why(source: Source, milestone: Milestone, criterion: str, link: Link) -> str:
    """Return why nothing joins a criterion across the change, where it is not its class that says it."""
    lineage = source.quarter.lineage
    if lineage.rubric(link.before) is None or lineage.rubric(link.after) is None:
        return ", since the words of one of the two are not on record"
    change = lineage.change(milestone.rubric, link.before.partition("@")[2], link.after.partition("@")[2])
    silent = link.kind == "broken" and criterion in change.unsaid
    return ", since nobody has said whether the changed words mean the same" if silent else ""


def _read_as(source: Source, milestone: Milestone, link: Link) -> str:
    """Return what a crosswalk says: who approved it, which level counts as which, and why."""
    row = source.crosswalks[link.crosswalk]
    labels = [
        (
            source.level_under(link.before, was, milestone.id),
            source.level_under(link.after, now, milestone.id),
        )
        for was, now in link.levels.items()
    ]
    other = [f"what was {prose.quote(was)} counts as {prose.quote(now)}" for was, now in labels if was != now]
    read = prose.listed(other) if other else "each level counts as what it was"
    told = f"a table of old and new levels (crosswalk {link.crosswalk}), approved by {row['approver']}"
    return f"{told}, joins the two: {read}. {row['reason']}"


def across(link: Link) -> str:
    """Return why a level is shown beside an earlier one and not compared with it."""
    old, new = link.before.partition("@")[2], link.after.partition("@")[2]
    return f"The rubric changed in between (version {old}, then {new}), so the two cannot be compared"


def break_lines(source: Source) -> list[Line]:
    """Return the criteria whose level has the same name as before, in words that cannot be compared.

    Nothing moved there, and nothing stayed either; where the level differs, the movement says it.
    """
    moved = {key[:2] for key in source.moved if key[2] == str(source.period)}
    lines = []
    for stand in source.now:
        link = source.quarter.links.get((stand.milestone, stand.criterion, stand.period))
        if link is None or link.kind != "broken" or (stand.milestone, stand.criterion) in moved:
            continue
        text = f"{source.quoted(stand)} stands at {source.label(stand.milestone, stand.low)}; in "
        text += f"{stand.last_period} it stood at {source.last_seen(stand)}. {across(link)}."
        place = f"{stand.milestone}-{stand.criterion}"
        lines.append(Line(text, source.score_basis(stand), "rubric changed", place, stand.milestone))
    return lines


def read_otherwise(source: Source, stand: Stand) -> str:
    """Return by what a level counts as the same as before though the rubric changed; else nothing."""
    link = source.quarter.links.get((stand.milestone, stand.criterion, stand.period))
    return link.kind if link is not None and link.kind in ("bridge", "crosswalk") else ""
