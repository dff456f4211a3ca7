"""The frozen model of the audit edition: every score of a quarter with all that stands behind it.

A *part* holds some milestones, or some of the evidence cited: a few dozen pages. Parts are laid out
one by one, so that an edition of a thousand pages needs no more memory than its longest part; pages
are numbered within their part for the same reason. Templates see the model and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from measures.report.model import ClaimRow, Cover, HealthLine, Paragraph
from measures.report.rows import QuestionLine


class Noted(Protocol):
    """An entry of the register, as far as it is printed."""

    @property
    def seq(self) -> int:
        """Its number."""
        ...

    @property
    def digest(self) -> str:
        """Its SHA-256."""
        ...

    @property
    def at(self) -> str:
        """When it was appended."""
        ...

    @property
    def actor(self) -> str:
        """Who appended it."""
        ...

    @property
    def source(self) -> str:
        """Where it was read."""
        ...


Entries = Mapping[tuple[str, str], Noted]
"""The latest entry of each kind and id."""


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a record stands in the register; ``seq`` is 0 when it has no entry of its own."""

    seq: int
    digest: str
    at: str
    actor: str
    source: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with the item it names.

    Args:
        anchor: Of the item in the list of evidence; empty when it is not shown.
        bearing: "for" or "against", with its probative role in words.
        shows: Label of the level that it shows, or speaks against.
        corrected_by: Id of the item that corrected the one named; support counts that one.
    """

    id: str
    evidence: str
    anchor: str
    title: str
    grade: str
    kind: str
    origin: str
    covers: str
    bearing: str
    against: bool
    shows: str
    locator: str
    note: str
    corrected_by: str
    marking: str
    trail: Trail


@dataclass(frozen=True, slots=True)
class Signed:
    """An approval, or a refusal, and whether it binds what stands in the register."""

    id: str
    approver: str
    decision: str
    binds: bool
    reason: str
    trail: Trail


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on a score or on what was settled, and the replies to it below."""

    id: str
    by: str
    date: str
    agrees: str
    text: str


@dataclass(frozen=True, slots=True)
class Audited:
    """What an auditor found when they looked at a score that a sample had drawn.

    Args:
        finding: agrees, disagrees, cannot-tell or rescored.
        level: The level or non-score that they found; empty when they named none.
        blind: The level was kept from them.
    """

    id: str
    auditor: str
    finding: str
    level: str
    remark: str
    blind: bool
    seed: str
    trail: Trail


@dataclass(frozen=True, slots=True)
class Scored:
    """One score, in force or superseded.

    Args:
        claim: What was scored, as a claim of this edition.
        answers: Statements of the rubric and the answer given: yes, no, unknown, not answered.
        support: What the evidence supports and what the claim lacks.
        speaks: This score is the one that stands for the criterion.
        superseded_by: Id of its correction; empty while it is in force.
    """

    id: str
    anchor: str
    claim: Paragraph
    assessor: str
    role: str
    rubric: str
    level: str
    rationale: str
    why_not_next: str
    confidence: str
    support: str
    answers: tuple[tuple[str, str], ...]
    citations: tuple[Cited, ...]
    approvals: tuple[Signed, ...]
    remarks: tuple[Remark, ...]
    audits: tuple[Audited, ...]
    speaks: bool
    supersedes: str
    superseded_by: str
    reason: str
    marking: str
    trail: Trail


@dataclass(frozen=True, slots=True)
class Settlement:
    """A moderation: the settled level, its reason and the dissent kept with it."""

    id: str
    anchor: str
    moderator: str
    level: str
    reason: str
    dissent: str
    approvals: tuple[Signed, ...]
    remarks: tuple[Remark, ...]
    supersedes: str
    superseded_by: str
    marking: str
    trail: Trail


@dataclass(frozen=True, slots=True)
class AuditCell:
    """One criterion in the quarter; scores in force first, then the versions they corrected."""

    criterion: str
    anchor: str
    title: str
    verdict: str
    scores: tuple[Scored, ...]
    settlements: tuple[Settlement, ...]


@dataclass(frozen=True, slots=True)
class AuditMilestone:
    """One milestone."""

    id: str
    anchor: str
    title: str
    rubric: str
    rubric_digest: str
    target: str
    result: str
    cells: tuple[AuditCell, ...]


@dataclass(frozen=True, slots=True)
class AuditPart:
    """Milestones that are laid out together."""

    number: int
    milestones: tuple[AuditMilestone, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """An item of evidence that a score of the quarter cites, and where its bytes are."""

    id: str
    anchor: str
    title: str
    publisher: str
    grade: str
    covers: str
    origin: str
    summary: str
    custody: str
    sha256: str
    size: str
    marking: str
    cited_by: tuple[tuple[str, str], ...]
    trail: Trail


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The audit edition of one quarter.

    Args:
        withheld: How many criteria have a score that this audience may not see.
        evidence: Every item cited, by id; laid out as the parts that follow the milestones.
    """

    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    cover: Cover
    parts: tuple[AuditPart, ...]
    evidence: tuple[tuple[int, tuple[Held, ...]], ...]
    questions: tuple[QuestionLine, ...]
    health: tuple[HealthLine, ...]
    agreement: Paragraph
    withheld: int
    claims: tuple[ClaimRow, ...]
