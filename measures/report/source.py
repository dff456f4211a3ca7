"""What a report is made from: one quarter judged, within what the audience may see.

Look-ups by id live here, so that the sections read as prose about records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import isnan
from typing import Any, NamedTuple

import pandas as pd

from measures.judgement.quarter import Quarter
from measures.judgement.support import corrections
from measures.period import Period
from measures.records.answers import read_answers
from measures.records.frames import lines
from measures.records.mission import ROLES, MissionFile
from measures.records.plan import Milestone, Objective, Plan, Promise
from measures.report import prose
from measures.report.claims import ClaimList
from measures.report.model import Ref, State
from measures.rubric.model import Criterion, Rubric, said


class Stand(NamedTuple):
    """A row of the standing frame, levels as text, empty when missing."""

    milestone: str
    criterion: str
    period: str
    state: State
    assessment: str
    assessor: str
    cause: str
    confidence: str
    rubric: str
    claimed: str
    supported: str
    settled: str
    moderation: str
    low: str
    high: str
    last_level: str
    last_period: str
    last_rubric: str
    age: int

    @property
    def known(self) -> bool:
        """Whether the standing level is one level."""
        return bool(self.low) and self.low == self.high

    @property
    def above(self) -> bool:
        """Whether more is claimed than the evidence supports, and nobody settled it."""
        return self.state == "level" and not self.moderation and self.claimed != self.low


@dataclass(frozen=True)
class Source:
    """One quarter for one audience.

    Args:
        quarter: The quarter judged on what may be seen.
        frames: Typed frames without withheld rows.
        plan: The plan without withheld promises.
        mission: The mission.
        language: Language of the edition.
        claims: Collects the claims as sections are written.
        withheld: Cells whose score is withheld.
        void: Ids of scores and moderations whose approval is void.
        erased: Day on which each erased file was erased, by its digest.
    """

    quarter: Quarter
    frames: Mapping[str, pd.DataFrame]
    plan: Plan
    mission: MissionFile
    language: str
    claims: ClaimList
    withheld: frozenset[tuple[str, str, str]] = field(default_factory=frozenset)
    void: frozenset[str] = frozenset()
    erased: Mapping[str, str] = field(default_factory=dict)

    @property
    def period(self) -> Period:
        """The quarter reported."""
        return self.quarter.period

    def text(self, texts: Mapping[str, str]) -> str:
        """Return a text in the edition's language."""
        return said(texts, self.language)

    @cached_property
    def stands(self) -> list[Stand]:
        """Every standing up to the quarter, in plan order."""
        frame = self.quarter.stands[list(Stand._fields)]
        rows = (Stand(*(_plain(value) for value in row)) for row in frame.itertuples(index=False, name=None))
        return [self._hole(row) for row in rows]

    def _hole(self, row: Stand) -> Stand:
        if (row.milestone, row.criterion, row.period) not in self.withheld or row.state != "no-entry":
            return row
        return row._replace(state="withheld")

    @cached_property
    def now(self) -> list[Stand]:
        """The standings of the quarter reported."""
        return [stand for stand in self.stands if stand.period == str(self.period)]

    def of(self, milestone: str) -> list[Stand]:
        """Return the quarter's standings of one milestone."""
        return [stand for stand in self.now if stand.milestone == milestone]

    @cached_property
    def milestones(self) -> list[Milestone]:
        """The milestones that owe scores this quarter."""
        return [
            m for m in self.plan.milestones.values() if m.id in self.quarter.rubrics and m.owes(self.period)
        ]

    def rubric(self, milestone: str) -> Rubric:
        """Return a milestone's rubric."""
        return self.quarter.rubrics[milestone]

    def rubric_at(self, milestone: str, period: str) -> Rubric:
        """Return the rubric, at the version that held for a quarter."""
        found = self.plan.milestones[milestone]
        pin = f"{found.rubric}@{found.version_at(Period.parse(period))}"
        return self.quarter.lineage.rubric(pin) or self.rubric(milestone)

    def level_under(self, pin: str, level: str, milestone: str) -> str:
        """Return a level's label in the words of ``id@version``; its id where those words lack it."""
        rubric = self.quarter.lineage.rubric(pin) or self.rubric(milestone)
        return rubric.label(level, self.language) if level in rubric.ladder else level

    def last_seen(self, stand: Stand) -> str:
        """Return the label of the level last seen, in the words it was scored against."""
        return self.level_under(stand.last_rubric, stand.last_level, stand.milestone)

    def before(self, stand: Stand) -> str:
        """Return the level last seen as the version that holds now calls it; empty where it cannot."""
        if not stand.last_period:
            return ""
        if stand.last_rubric == stand.rubric:
            return stand.last_level
        link = self.quarter.lineage.link(stand.last_rubric, stand.rubric, stand.criterion)
        if link.kind == "broken":
            return ""
        return link.levels.get(stand.last_level, stand.last_level)

    def broken(self, stand: Stand) -> bool:
        """Return whether the rubric changed before a level in a way that keeps it from being compared."""
        link = self.quarter.links.get((stand.milestone, stand.criterion, stand.period))
        return link is not None and link.kind == "broken"

    def criterion_title(self, milestone: str, criterion: str, period: str) -> str:
        """Return a criterion's title, as the version that held for a quarter words it."""
        for rubric in (self.rubric_at(milestone, period), self.rubric(milestone)):
            found = next((line for line in rubric.criteria if line.id == criterion), None)
            if found is not None:
                return self.text(found.title)
        return criterion

    def criterion(self, stand: Stand) -> Criterion:
        """Return the criterion of a standing."""
        return self.rubric_at(stand.milestone, stand.period).criterion(stand.criterion)

    def label(self, milestone: str, level: str) -> str:
        """Return a level's label, by the words that hold now; else by those the plan names for later."""
        rubric = self.rubric(milestone)
        if level not in rubric.ladder:
            found = self.plan.milestones[milestone]
            return self.level_under(f"{found.rubric}@{found.version}", level, milestone)
        return rubric.label(level, self.language)

    def title(self, stand: Stand) -> str:
        """Return the title of a standing's criterion."""
        return self.text(self.criterion(stand).title)

    @cached_property
    def assessments(self) -> dict[str, dict[str, Any]]:
        """Assessments by id."""
        return _by_id(self.frames["assessments"])

    @cached_property
    def evidence(self) -> dict[str, dict[str, Any]]:
        """Evidence by id."""
        return _by_id(self.frames["evidence"])

    @cached_property
    def comments(self) -> dict[str, list[dict[str, Any]]]:
        """Comments by what they answer, oldest first, superseded ones left out.

        A quarter's scores are commented on after it has ended, so the day does not matter.
        """
        frame = self.frames["comments"]
        rows = frame[~frame["superseded"]].sort_values(["date_start", "id"])
        found: dict[str, list[dict[str, Any]]] = {}
        for row in _by_id(rows).values():
            found.setdefault(str(row["to"]), []).append(row)
        return found

    @cached_property
    def scores(self) -> dict[tuple[str, str], list[str]]:
        """Ids of every score of the quarter, by milestone and criterion."""
        frame = self.frames["assessments"]
        rows = frame[~frame["superseded"] & (frame["period"].astype("str") == str(self.period))]
        found: dict[tuple[str, str], list[str]] = {}
        for milestone, criterion, name in lines(rows, "milestone", "criterion", "id"):
            found.setdefault((milestone, criterion), []).append(name)
        return found

    @cached_property
    def views(self) -> dict[tuple[str, str], dict[str, str]]:
        """What each role gave this quarter, by milestone and criterion."""
        found = {}
        for milestone, criterion, *levels in lines(
            self.quarter.panel.beside, "milestone", "criterion", *ROLES
        ):
            found[milestone, criterion] = dict(zip(ROLES, levels, strict=True))
        return found

    def role_of(self, stand: Stand) -> str:
        """Return the role of who gave the level shown."""
        row = self.assessments.get(stand.assessment)
        return str(row["role"]) if row is not None else ""

    @cached_property
    def crosswalks(self) -> dict[str, dict[str, Any]]:
        """Crosswalks by id."""
        return _by_id(self.frames["crosswalks"])

    @cached_property
    def moderations(self) -> dict[str, dict[str, Any]]:
        """Moderations by id."""
        return _by_id(self.frames["moderations"])

    @cached_property
    def cited(self) -> dict[str, list[str]]:
        """Ids of the items each assessment cites, corrected items in place of superseded ones."""
        latest = corrections(self.frames["evidence"])
        found: dict[str, list[str]] = {}
        for assessment, named in lines(self.frames["citations"], "assessment", "evidence"):
            item = latest.get(named, named)
            if item in self.evidence and item not in found.setdefault(assessment, []):
                found[assessment].append(item)
        return found

    @cached_property
    def moved(self) -> dict[tuple[str, str, str], str]:
        """The cause of each movement between quarters, by milestone, criterion and quarter."""
        moves = self.quarter.moves
        moves = moves[moves["from_period"] != moves["period"]]
        keys = zip(moves["milestone"], moves["criterion"], moves["period"], strict=True)
        return dict(zip(keys, moves["cause"], strict=True))

    @cached_property
    def steps(self) -> dict[tuple[str, str, str], int]:
        """By how many rungs each movement between quarters went, by milestone, criterion and quarter.

        A change of definition is no movement: its levels cannot be compared.
        """
        moves = self.quarter.moves
        moves = moves[(moves["from_period"] != moves["period"]) & (moves["cause"] != "definition")]
        keys = zip(moves["milestone"], moves["criterion"], moves["period"], strict=True)
        return dict(zip(keys, moves["steps"].tolist(), strict=True))

    @cached_property
    def missing(self) -> dict[str, str]:
        """What each claimed level lacks, by assessment."""
        supported = self.quarter.supported.reset_index()
        return {row[0]: row[1] for row in lines(supported, "assessment", "missing")}

    def answers(self, assessment: str) -> dict[str, str]:
        """Return an assessment's answers to attributes."""
        return (
            read_answers(self.assessments[assessment]["attributes"])[0]
            if assessment in self.assessments
            else {}
        )

    def confidence(self, stand: Stand) -> str:
        """Return the confidence that may be told, with what held it down and the concerns stated."""
        judged = self.quarter.confidence.get(stand.assessment)
        if stand.state != "level" or judged is None:
            return ""
        words = prose.CONFIDENCE.get(judged.level, "")
        words += " in the claim" if stand.above and words else ""
        why = [prose.listed(judged.caps), prose.concerns(judged.concerns)]
        return f"{words} ({'; '.join(filter(None, why))})" if any(why) else words

    def score_basis(self, stand: Stand) -> list[Ref]:
        """Return what a standing rests on: the score, the rubric's words, the evidence."""
        if not stand.assessment:
            return [Ref("milestone", stand.milestone, f"milestone-{stand.milestone}")]
        level = stand.settled or stand.claimed
        words = f"{stand.rubric}#{stand.criterion}" + (f"/{level}" if level else "")
        refs = [Ref("assessment", stand.assessment, anchor(stand)), Ref("rubric", words)]
        refs += [Ref("moderation", stand.moderation)] if stand.moderation else []
        return refs + self.evidence_refs(self.cited.get(stand.assessment, []))

    def evidence_refs(self, items: Iterable[str]) -> list[Ref]:
        """Return references to the items that the audience may see."""
        return [Ref("evidence", item, f"evidence-{item}") for item in items if item in self.evidence]

    def quoted(self, stand: Stand) -> str:
        """Return the title of a standing's criterion in quotation marks."""
        return prose.quote(self.title(stand))

    @cached_property
    def objectives(self) -> list[Objective]:
        """The objectives on record by this quarter, and those that a milestone serves already."""
        served = {milestone.objective for milestone in self.milestones}
        return [o for o in self.plan.objectives.values() if o.known_at(self.period) or o.id in served]

    def objective_basis(self, objective: str) -> list[Ref]:
        """Return what the partner's position on an objective rests on."""
        place = f"objective-{objective}"
        basis = [Ref("objective", objective, place)]
        for stance in self.quarter.demands[objective].now:
            basis += [Ref("position", stance.position, place), *self.evidence_refs(stance.evidence)]
        return basis

    def promise_anchor(self, promise: Promise) -> str:
        """Return where in the report a promise is told: at its milestone, else at its objective."""
        found = next((m.id for m in self.milestones if m.objective == promise.objective), "")
        return f"milestone-{found}" if found else f"objective-{promise.objective}"

    def short_of_target(self, milestone: Milestone) -> list[Stand]:
        """Return the criteria that are not known to be at the milestone's target."""
        ladder = self.rubric(milestone.id).ladder
        goal = ladder.index(milestone.target) if milestone.target in ladder else len(ladder)
        return [s for s in self.of(milestone.id) if not s.known or ladder.index(s.low) < goal]

    def second_hand(self, evidence: Iterable[str]) -> bool:
        """Return whether there is evidence and nobody in it saw or said the thing themselves."""
        items = [self.evidence[name] for name in evidence if name in self.evidence]
        return bool(items) and not any(item["first_hand"] for item in items)

    def cell_refs(self, stand: Stand) -> list[Ref]:
        """Return the score of a cell, or the milestone that owes it."""
        if stand.assessment:
            return [Ref("assessment", stand.assessment, anchor(stand))]
        return [Ref("milestone", stand.milestone, f"milestone-{stand.milestone}")]

    def actor(self, actor: str) -> str:
        """Return an actor's name, without what stands in brackets after it."""
        found = self.mission.actor(actor)
        return self.text(found.name).partition(" (")[0] if found else actor

    def the_actor(self, actor: str) -> str:
        """Return an actor's name for use inside a sentence."""
        name = self.actor(actor)
        return name if name.split(" ", 1)[0] in ("Iraqi", "NATO", "European") else f"the {name}"


def anchor(stand: Stand) -> str:
    """Return the id of a criterion's block in the report."""
    return f"{stand.milestone}-{stand.criterion}"


def _by_id(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    rows: list[Any] = frame.to_dict("records")
    return {str(row["id"]): row for row in rows}


def _plain(value: object) -> Any:
    return "" if value is None or value is pd.NA or (isinstance(value, float) and isnan(value)) else value
