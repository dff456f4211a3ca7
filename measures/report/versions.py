"""Rubric versions in a report: under which words a level was given, and where a line breaks."""

from __future__ import annotations

from measures.judgement.lineage import Link
from measures.records.plan import Milestone
from measures.report import prose
from measures.report.model import Claim, Ref
from measures.report.source import Source

_CLASS = {
    "": "with the same words",
    "editorial": "with the same meaning",
    "clarified": "said more plainly, with the same meaning as its author declares",
    "recalibrated": "with other attributes, levels or evidence rules",
    "restructured": "with other criteria",
}


def version_claims(source: Source, milestone: Milestone) -> list[Claim]:
    """Return, for each change of rubric version so far, what it does to the milestone's lines."""
    said = []
    held = [former for former in milestone.former if milestone.first <= former.until < source.period]
    for former in held:
        since = former.until + 1
        before, after = (
            f"{milestone.rubric}@{milestone.version_at(period)}" for period in (former.until, since)
        )
        said.append(_claim(source, milestone, str(since), before, after))
    return said


def _claim(source: Source, milestone: Milestone, since: str, before: str, after: str) -> Claim:
    links = {
        (criterion, period): link
        for (name, criterion, period), link in source.quarter.links.items()
        if (name, link.before, link.after) == (milestone.id, before, after)
    }
    old, new = before.partition("@")[2], after.partition("@")[2]
    text = f"From {since} it is scored against version {new} of its rubric, before that against {old}"
    rubrics = source.quarter.lineage
    if rubrics.rubric(before) is not None and rubrics.rubric(after) is not None:
        kind = rubrics.change(milestone.rubric, old, new).kind
        text += f" ({kind or 'same words'}: {_CLASS[kind]})"
    parts = [prose.sentence(text)]
    for way, lead in _WAYS.items():
        names = [_criterion(source, milestone, key[0]) for key, link in links.items() if link.kind == way]
        if names:
            parts.append(f"{prose.sentence(lead.format(names=prose.listed(list(dict.fromkeys(names)))))}")
    refs = [
        Ref("milestone", milestone.id, f"milestone-{milestone.id}"),
        Ref("rubric", before),
        Ref("rubric", after),
    ]
    for name in dict.fromkeys(link.crosswalk for link in links.values() if link.kind == "crosswalk"):
        row = source.crosswalks[name]
        parts.append(prose.sentence(f"Crosswalk {name}, approved by {row['approver']}: {row['reason']}"))
        refs.append(Ref("crosswalk", name))
    return source.claims.say(" ".join(parts), refs)


_WAYS = {
    "comparable": "Levels on {names} may be compared across the change",
    "bridge": "{names} was scored under both versions in one quarter, so the line goes on",
    "crosswalk": "On {names} a declared crosswalk says which earlier level is which later one",
    "broken": "Levels on {names} before and after cannot be compared, and the line breaks there",
}


def _criterion(source: Source, milestone: Milestone, criterion: str) -> str:
    return prose.quote(source.criterion_title(milestone.id, criterion, str(source.period)))


def across(link: Link) -> str:
    """Return why a level is shown beside an earlier one and not compared with it."""
    old, new = link.before.partition("@")[2], link.after.partition("@")[2]
    return f"Version {old} and version {new} of the rubric cannot be compared here"
