"""The frozen report model: everything a template may see, every word already chosen.

Templates loop and print; they never compute or judge. What is asserted is a
:class:`Claim` with its basis, so that any sentence can be followed to the score, the
rubric's words, the evidence and the entry behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from measures.report.rows import PaceRow, QuestionLine

State = Literal[
    "level", "not-observed", "insufficient-evidence", "not-applicable", "no-entry", "not-owed", "withheld"
]
"""What is known of one criterion in one quarter; ``no-entry`` is owed and nobody wrote it."""


@dataclass(frozen=True, slots=True)
class Ref:
    """What a claim rests on: a record of the register.

    Args:
        kind: Entry kind: assessment, evidence, position, promise, rubric, milestone ...
        id: The record's id; ``rubric@version#criterion/level`` for a rubric's words.
        anchor: Id of the element in the report that shows it, empty when none does.
    """

    kind: str
    id: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One asserted sentence.

    Args:
        number: Its number in this report, from 1; printed small after the sentence.
        id: Stable id, ``2021Q1-3fa9c2d1``; the digest of what it says and rests on.
        text: The sentence.
        basis: What it rests on, never empty.
    """

    number: int
    id: str
    text: str
    basis: tuple[Ref, ...]

    @property
    def anchor(self) -> str:
        """Id of its line in the list of claims."""
        return f"claim-{self.number}"


Paragraph = tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. ``head`` is ``size:digest`` of the register the report was made from.

    ``checkpoint`` has the lines of the checkpoint over the same entries.
    """

    mission: str
    partner: str
    edition: str
    period: str
    period_words: str
    notice: str
    marking: str
    head_size: int
    head_digest: str
    checkpoint: tuple[str, ...]
    signed: bool
    approved: str
    software: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line under "what moved", "what did not", "what is not known" or "what to decide".

    ``tag`` is a word shown as a chip: up, down, cause words, overdue ...
    """

    claim: Claim
    tag: str
    anchor: str


@dataclass(frozen=True, slots=True)
class QuarterPage:
    """The quarter in one page."""

    headline: str
    standfirst: Paragraph
    moved: tuple[Item, ...]
    held: tuple[Item, ...]
    unknown: tuple[Item, ...]
    decide: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One quarter of one criterion on a step line.

    Args:
        period: ``2021Q1``.
        state: What is known.
        rung: Standing rung, 0 for none of it; ``None`` when not a level.
        claimed: Claimed rung where it is above the standing one, else ``None``.
        cause: Cause of the movement that ends here, or of the non-score; empty when none.
        breaks: The rubric changed since the last known level, and nothing joins the two.
        start: Rung that the last known level counts as, where the rubric changed since and a bridge
            or a crosswalk joins the two; else ``None``.
    """

    period: str
    state: State
    rung: int | None
    claimed: int | None
    cause: str
    breaks: bool = False
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a criterion's ladder.

    Args:
        number: 0 for none of it.
        here: The standing level this quarter.
        claimed: The claimed level this quarter, when it is above the standing one.
        before: The standing level when last seen before this quarter (ghosted).
        before_period: When that was.
        target: The milestone's target.
    """

    number: int
    label: str
    here: bool
    claimed: bool
    before: bool
    before_period: str
    target: bool


@dataclass(frozen=True, slots=True)
class CriterionBlock:
    """A criterion on its milestone's page.

    Args:
        aspect: "on paper" or "in practice".
        state: What is known this quarter.
        verdict: The state in a few words: "Agreed", "Not observed: security" ...
        support: Claimed and supported in words; empty when they agree.
        confidence: "moderate confidence", empty for a non-score.
        rungs: The ladder, lowest first.
        descriptor: The descriptor of the rung it stands on; empty when not known.
        next_label, next_descriptor: The rung above.
        trend: Marks for every quarter of the mission up to this one.
        trend_svg: The step line as inline SVG with a title that says the finding.
        sentences: The assessor's rationale and why not the next level.
        anchor: Its id in the page.
    """

    id: str
    title: str
    aspect: str
    state: State
    verdict: str
    support: str
    confidence: str
    rungs: tuple[Rung, ...]
    descriptor: str
    next_label: str
    next_descriptor: str
    trend: tuple[Mark, ...]
    trend_svg: str
    sentences: Paragraph
    anchor: str


@dataclass(frozen=True, slots=True)
class MilestonePage:
    """A milestone, a page or less."""

    id: str
    anchor: str
    title: str
    headline: str
    objective: str
    rubric: str
    target: str
    due: str
    result: str
    narrative: tuple[Paragraph, ...]
    criteria: tuple[CriterionBlock, ...]
    position: Paragraph
    promises: Paragraph
    sustainment: Paragraph
    first_trend_period: str
    last_trend_period: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A criterion in the overview: its short name, state, verdict and movement.

    ``step`` is +1, 0, -1 or ``None`` when there is nothing to compare with.
    """

    title: str
    state: State
    verdict: str
    rung: int | None
    claimed: int | None
    top: int
    step: int | None


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A milestone in the overview table."""

    id: str
    anchor: str
    title: str
    cells: tuple[Cell, ...]
    result: str
    position: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """The milestones of the overview that share one ladder: its labels, lowest first, and a row for each."""

    levels: tuple[str, ...]
    rows: tuple[OverviewRow, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective under "whose ambition": who wanted it, what the partner says, what became of it.

    ``stances`` pairs an actor's name with dated stances, oldest first, such as
    ``("Minister of Defence", (("2020-12", "refused"), ("2021-02", "contested")))``. ``facts`` are
    dated commitments: announced, agreed, decided, posts.
    """

    id: str
    anchor: str
    title: str
    proposed_by: str
    position: str
    disposition: str
    reason: str
    stances: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    milestones: tuple[str, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A raw figure that was asked for or reported; ``verdict`` is what became of it, as a chip."""

    id: str
    anchor: str
    verdict: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Owned:
    """How far the ambition is the partner's own.

    Args:
        signs: Who asked, and what the partner has put in.
        shares: What the milestones rest on, after SDG indicator 17.15.1.
        waits: How long a meeting took to get.
        parting: Where effort and demand part.
        changed: Targets that were changed, and promises.
        moving: What the table of demand and progress amounts to.
        rows: Of that table: a wish in words; ids of those that rose, did not, or cannot be told.
    """

    signs: Paragraph
    shares: Paragraph
    waits: Paragraph
    parting: Paragraph
    changed: Paragraph
    moving: Paragraph
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """An item in the evidence list; ``claims`` are the numbers of the claims that rest on it."""

    id: str
    anchor: str
    title: str
    publisher: str
    url: str
    kind: str
    origin: str
    covers: str
    grade: str
    grade_words: str
    summary: str
    custody: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class HealthLine:
    """A line of the working list: what was counted, how many, of how many, and which.

    Args:
        told: One of the auditors' questions tells it already.
    """

    title: str
    count: int
    of: int
    base: str
    explanation: str
    items: tuple[tuple[str, str], ...]
    told: bool = False


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in the list at the end: where it stands and what it rests on."""

    claim: Claim
    basis: tuple[Ref, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole edition for one quarter.

    Args:
        notes: What a reader of the overview should know: why quarters are hatched, what begins later.
        breaks: A line breaks somewhere because the rubric changed.
        seams: A line goes on somewhere though the rubric changed.
        raters, goals, firmness: Whether raters changed, what became of the goals, and what the
            headline hangs on.
        pace: Which targets ask for more than was ever climbed.
    """

    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    cover: Cover
    quarter: QuarterPage
    overview: tuple[Lanes, ...]
    milestones: tuple[MilestonePage, ...]
    objectives: tuple[ObjectiveRow, ...]
    ambition: Paragraph
    evidence: tuple[EvidenceRow, ...]
    health: tuple[HealthLine, ...]
    agreement: Paragraph
    method: tuple[str, ...]
    claims: tuple[ClaimRow, ...]
    sections: tuple[str, ...]
    notes: tuple[str, ...] = ()
    breaks: bool = False
    seams: bool = False
    owned: Owned | None = None
    indicators: tuple[IndicatorRow, ...] = ()
    indicator_words: Paragraph = ()
    questions: tuple[QuestionLine, ...] = ()
    raters: Paragraph = ()
    goals: Paragraph = ()
    firmness: Paragraph = ()
    pace: Paragraph = ()
    pace_rows: tuple[PaceRow, ...] = ()
