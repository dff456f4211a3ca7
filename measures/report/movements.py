"""What moved, as sentences: from where to where, why, and in which words it is compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from measures.judgement.lineage import Link
from measures.report import prose
from measures.report.lines import Line
from measures.report.model import Claim, Ref
from measures.report.source import Source
from measures.report.versions import across

_GIST = 170


def moved_sentences(source: Source, milestone: str) -> list[Claim]:
    """Return a sentence for each movement of the quarter, with its cause."""
    moves = source.quarter.moves
    here = moves[(moves["milestone"] == milestone) & (moves["period"] == str(source.period))]
    lines = [movement_line(source, row) for row in here.to_dict("records")]
    return [source.claims.say(line.text, line.basis) for line in lines]


def movement_line(source: Source, row: Mapping[Any, Any], *, gist: bool = False) -> Line:
    """Return what a movement says: from where to where and why; with ``gist``, what was seen."""
    milestone, criterion = str(row["milestone"]), str(row["criterion"])
    link = source.quarter.links.get((milestone, criterion, str(row["period"])))
    before, after = movement_labels(source, row, link)
    title = prose.quote(source.criterion_title(milestone, criterion, str(row["period"])))
    now, earlier = str(row["assessment"]), str(row["earlier"])
    place = f"{milestone}-{criterion}"
    refs = [Ref("assessment", name, place) for name in (now, earlier) if name]
    refs.append(
        Ref("rubric", f"{source.rubric_at(milestone, str(row['period'])).pin}#{criterion}/{row['after']}")
    )
    refs += source.evidence_refs(source.cited.get(now, []))
    if row["from_period"] == row["period"]:
        reason = source.assessments[now]["reason"] if now in source.assessments else ""
        text = f"{title} was corrected from {before} to {after}: {reason}"
        return Line(prose.sentence(text), refs, "corrected", place, milestone)
    if link is not None and row["cause"] == "definition":
        text = f"{title} stands at {after}; in {row['from_period']} it stood at {before}. {across(link)}."
        return Line(text, refs, "rubric changed", place, milestone)
    verb = "rose" if int(row["steps"]) > 0 else "fell"
    words = ""
    if link is not None and link.kind == "bridge" and now in source.assessments:
        version = str(source.assessments[now]["rubric"]).partition("@")[2]
        words = f", both by the words of version {version}"
    text = f"{title} {verb} from {before}, last seen in {row['from_period']}, to {after}{words}. "
    text += prose.sentence(prose.MOVEMENT[str(row["cause"])])
    if gist and now in source.assessments and row["cause"] in ("performance", "knowledge"):
        text += f" {prose.first_sentences(source.assessments[now]['rationale'], _GIST)}"
    return Line(text, refs, verb, place, milestone)


def movement_labels(source: Source, row: Mapping[Any, Any], link: Link | None) -> tuple[str, str]:
    """Return the labels of a movement's levels, each in the words that it is compared in."""
    milestone = str(row["milestone"])
    before, after = str(row["before"]), str(row["after"])
    then = source.rubric_at(milestone, str(row["from_period"]))
    now = source.rubric_at(milestone, str(row["period"]))
    if link is not None and link.kind == "crosswalk":
        then = now
    elif link is not None and link.kind == "bridge":
        then = now = next((one for one in (then, now) if {before, after} <= set(one.ladder)), now)
    pairs = ((then, before), (now, after))
    first, second = (source.level_under(str(rubric.pin), level, milestone) for rubric, level in pairs)
    return first, second
