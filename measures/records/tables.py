"""The tables of a mission: which columns they have, what each may hold, and why.

One description serves the CSV reader, the pandera schemas, the frames, the register and
the reference page. Every cell is text when it is read; :mod:`measures.records.frames`
makes typed columns of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from measures.records.mission import APPROVABLE, CAUSES, ROLES
from measures.rubric.model import EVIDENCE_KINDS

Form = Literal["id", "ids", "text", "word", "flag", "period", "date", "level", "score", "marking", "digest"]

NON_SCORES = ("not-observed", "insufficient-evidence", "not-applicable")
"""Statements that are not levels: never zero, never dropped (method, section 3)."""

CONFIDENCE = ("very-low", "low", "moderate", "high")
CONCERNS = ("none", "minor", "moderate", "serious")
COMPONENTS = ("methods", "coherence", "adequacy", "relevance")
"""GRADE-CERQual's components, each with a concern."""

BEARINGS = ("supports", "contradicts")
PROBATIVE = ("straw-in-the-wind", "hoop", "smoking-gun", "doubly-decisive")
BLOCKING = ("hoop", "smoking-gun", "doubly-decisive")
"""Contradicting evidence of these roles blocks a level; straws never do (process tracing)."""

STANCES = ("unknown", "refused", "contested", "accepted", "demanded")
INITIATORS = ("partner", "mission", "headquarters", "joint", "other", "unknown")
KNOWN = ("yes", "no", "unknown")
MEASURED = ("output", "status", "change", "unknown")
VERDICTS = ("retire", "repair", "keep-as-context")
"""What may become of a raw figure, gravest first."""

AUDITORS = ("auditor", "external")
AUDITED_AS = ("agrees", "disagrees", "cannot-tell", "rescored")
"""What an auditor finds; ``rescored`` of a score whose level they were not shown."""

REMARK_LEAST = 10
RATIONALE_LEAST = 40
WHY_NOT_LEAST = 20
TEXT_MOST = 8_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        name: Header text.
        form: What a cell holds.
        what: What it says, for messages and the reference page.
        required: Whether a cell may be empty.
        allowed: The words of a ``word`` column, in their order.
        least: Least length of a text, in characters.
        to: For ``id`` and ``ids``: the kind of record named.
    """

    name: str
    form: Form
    what: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    least: int = 0
    to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its file is ``<name>.csv``, its entries are of ``kind``.

    Args:
        columns: What a file gives.
        pins: What recording adds: the exact words or bytes that a row was recorded over.
    """

    name: str
    kind: str
    columns: tuple[Column, ...]
    pins: tuple[Column, ...] = ()

    @property
    def file(self) -> str:
        """Name of the CSV file."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return a column by name."""
        return next(column for column in self.columns if column.name == name)


def _id(what: str) -> Column:
    return Column("id", "id", what, required=True)


_MARKING = Column("marking", "marking", "who may see the row: a marking of mission.yaml", required=True)
_SUPERSEDES = Column("supersedes", "id", "the id this row corrects")
_REASON = Column("reason", "text", "why, when it corrects another row")

ASSESSMENTS = Table(
    "assessments",
    "assessment",
    (
        _id("the assessment's own id"),
        Column("milestone", "id", "the milestone scored", required=True, to="milestone"),
        Column("criterion", "id", "the criterion of its rubric", required=True),
        Column("period", "period", "the quarter scored", required=True),
        Column("assessor", "id", "the code of who scored", required=True, to="person"),
        Column("role", "word", "as whom they scored", required=True, allowed=ROLES),
        Column("score", "score", "a level of the rubric, or a non-score", required=True),
        Column("cause", "word", "why nobody could look, with not-observed", allowed=CAUSES),
        Column("rationale", "text", "what was seen", required=True, least=RATIONALE_LEAST),
        Column("why_not_next", "text", "why not the next level, with every level below the top"),
        Column("confidence", "word", "how sure, with a level", allowed=CONFIDENCE),
        Column("methods", "word", "concern about how it was found out", allowed=CONCERNS),
        Column("coherence", "word", "concern about whether the items agree", allowed=CONCERNS),
        Column("adequacy", "word", "concern about how much there is", allowed=CONCERNS),
        Column("relevance", "word", "concern about whether it is about this", allowed=CONCERNS),
        Column("attributes", "text", "answers to attributes: `id=yes; id=no; id=unknown`"),
        Column(
            "version",
            "id",
            "the rubric version scored against; when empty, the one that holds for the quarter",
        ),
        _MARKING,
        _SUPERSEDES,
        _REASON,
    ),
    pins=(
        Column("rubric", "id", "the rubric and version scored against, id@version"),
        Column("rubric_digest", "digest", "the digest of that rubric's content"),
    ),
)
EVIDENCE = Table(
    "evidence",
    "evidence",
    (
        _id("the item's own id"),
        Column("title", "text", "its title", required=True),
        Column("publisher", "text", "who published it", required=True),
        Column("url", "text", "where it is published"),
        Column("kind", "word", "what sort of evidence", required=True, allowed=EVIDENCE_KINDS),
        Column("origin", "text", "who said it first; reprints share one origin", required=True),
        Column("happened", "date", "when it happened"),
        Column("published", "date", "when it was published or written down"),
        Column("covers", "date", "the interval it speaks of", required=True),
        Column("summary", "text", "what it says, in your own words", required=True, least=20),
        Column(
            "reliability",
            "word",
            "of the source, A to F; F is not known",
            required=True,
            allowed=tuple("ABCDEF"),
        ),
        Column(
            "credibility",
            "word",
            "of the information, 1 to 6; 6 is not known",
            required=True,
            allowed=tuple("123456"),
        ),
        Column("own_claim", "flag", "whether a party speaks of its own success", required=True),
        Column("first_hand", "flag", "whether the origin saw it itself", required=True),
        Column("language", "text", "its language, such as en"),
        Column("seen", "word", "how much of it was seen", allowed=("full-text", "excerpt")),
        _MARKING,
        Column(
            "custody", "word", "where the item itself is", required=True, allowed=("held-elsewhere", "vault")
        ),
        Column("holder", "text", "who holds it, when held elsewhere"),
        Column("file", "text", "its path under evidence/, when in the vault"),
        _SUPERSEDES,
        _REASON,
    ),
    pins=(
        Column("sha256", "digest", "the digest of the file, when in the vault"),
        Column("size", "text", "its size in bytes"),
        Column("media", "text", "its media type, by its first bytes"),
    ),
)
CITATIONS = Table(
    "citations",
    "citation",
    (
        _id("the citation's own id"),
        Column("assessment", "id", "the assessment that cites", required=True, to="assessment"),
        Column("evidence", "id", "the item cited", required=True, to="evidence"),
        Column("locator", "text", "where in the item"),
        Column("bearing", "word", "for or against", required=True, allowed=BEARINGS),
        Column("role", "word", "its probative role", required=True, allowed=PROBATIVE),
        Column("shows", "level", "highest level it shows, or lowest it speaks against", required=True),
        Column("note", "text", "what it shows, in a few words"),
        _MARKING,
    ),
)
ENGAGEMENTS = Table(
    "engagements",
    "engagement",
    (
        _id("the engagement's own id"),
        Column("requested", "date", "when the meeting was asked for"),
        Column("held", "date", "when it was held"),
        Column("counterpart", "text", "who was met, by office", required=True),
        Column("actors", "ids", "the actors met", to="actor"),
        Column("subject", "text", "what it was about", required=True),
        Column("outcome", "text", "what came of it"),
        Column("initiated_by", "word", "who asked for it", required=True, allowed=INITIATORS),
        Column("objectives", "ids", "the objectives it served", to="objective"),
        Column("evidence", "ids", "evidence of it", to="evidence"),
        _MARKING,
    ),
)
POSITIONS = Table(
    "positions",
    "position",
    (
        _id("the position's own id"),
        Column("objective", "id", "the objective", required=True, to="objective"),
        Column("actor", "id", "whose position", required=True, to="actor"),
        Column("date", "date", "as of when", required=True),
        Column("stance", "word", "the position", required=True, allowed=STANCES),
        Column("reason", "text", "why, as far as known"),
        Column("evidence", "ids", "evidence of it", to="evidence"),
        _MARKING,
    ),
)
MODERATIONS = Table(
    "moderations",
    "moderation",
    (
        _id("the moderation's own id"),
        Column("milestone", "id", "the milestone", required=True, to="milestone"),
        Column("criterion", "id", "the criterion", required=True),
        Column("period", "period", "the quarter", required=True),
        Column("moderator", "id", "the code of who settled", required=True, to="person"),
        Column("settled", "score", "the settled level or non-score", required=True),
        Column("reason", "text", "why", required=True, least=20),
        Column("dissent", "text", "who disagreed and why"),
        _MARKING,
        _SUPERSEDES,
    ),
)
APPROVALS = Table(
    "approvals",
    "approval",
    (
        _id("the approval's own id"),
        Column("kind", "word", "what was approved", required=True, allowed=APPROVABLE),
        Column("ref", "id", "its id", required=True),
        Column("digest", "digest", "the digest of its entry", required=True),
        Column(
            "basis",
            "digest",
            "the digest of all that it rests on, as `measures approve` gives it; the approval binds the "
            "entry alone when empty",
        ),
        Column("approver", "id", "the code of who approved", required=True, to="person"),
        Column("decision", "word", "the decision", required=True, allowed=("approved", "refused")),
        Column("reason", "text", "why"),
        _MARKING,
    ),
)

CROSSWALKS = Table(
    "crosswalks",
    "crosswalk",
    (
        _id("the crosswalk's own id"),
        Column("rubric", "id", "the rubric whose versions it joins", required=True),
        Column("criterion", "id", "the criterion it is for; every one when empty"),
        Column("before", "id", "the earlier version", required=True),
        Column("after", "id", "the later version", required=True),
        Column(
            "map",
            "text",
            "each level before and what it is after: `asked=voiced; done=working`",
            required=True,
        ),
        Column("reason", "text", "why these levels say the same", required=True, least=20),
        Column("approver", "id", "the code of who approved it", required=True, to="person"),
        _MARKING,
        _SUPERSEDES,
    ),
)

COMMENTS = Table(
    "comments",
    "comment",
    (
        _id("the comment's own id"),
        Column("to", "id", "what it answers: an assessment, a moderation or another comment", required=True),
        Column("by", "id", "who comments: an actor, or the code of a person", required=True),
        Column("date", "date", "when", required=True),
        Column("text", "text", "what is said", required=True, least=10),
        Column(
            "agrees", "word", "whether they agree with what they comment on", allowed=("yes", "no", "in-part")
        ),
        _MARKING,
        _SUPERSEDES,
        _REASON,
    ),
)

INDICATORS = Table(
    "indicators",
    "indicator",
    (
        _id("the figure's own id"),
        Column("indicator", "text", "what is counted, in words", required=True),
        Column("value", "text", "the figure, as it was given"),
        Column("unit", "text", "what it is a number of, such as percent or persons"),
        Column("reported_by", "text", "who asks for it or reports it, by office", required=True),
        Column("date", "date", "when it was asked for or reported", required=True),
        Column("delivered", "word", "whether the mission delivers what is counted", allowed=KNOWN),
        Column("numerator", "text", "so many"),
        Column("denominator", "text", "of so many"),
        Column("counted_by", "text", "who counted the denominator"),
        Column(
            "denominator_stable", "word", "whether the denominator means the same each time", allowed=KNOWN
        ),
        Column(
            "measures",
            "word",
            "what was put in or delivered, the donor's own status, or a change in the institution",
            allowed=MEASURED,
        ),
        Column("demanded", "word", "whether an office of the partner asked for it", allowed=KNOWN),
        Column("demanded_by", "ids", "the partner's offices that asked", to="actor"),
        Column("path", "id", "the milestone through which it is to change the institution", to="milestone"),
        Column("criterion", "id", "the criterion that answers the question behind it, rubric/criterion"),
        Column("reason", "text", "what is known about it; why, when it corrects another row"),
        Column("source", "text", "where the figure stands"),
        Column("evidence", "ids", "evidence of it", to="evidence"),
        _MARKING,
        _SUPERSEDES,
    ),
    pins=(
        Column("verdict", "word", "what the screening found", allowed=VERDICTS),
        Column("because", "ids", "the rules that the verdict rests on"),
        Column("rubric", "id", "the rubric and version of the criterion, id@version"),
    ),
)

AUDITS = Table(
    "audits",
    "audit",
    (
        _id("the finding's own id"),
        Column("kind", "word", "what was looked at", required=True, allowed=("assessment", "claim")),
        Column("ref", "id", "its id", required=True),
        Column("digest", "digest", "the digest of its entry; of a sentence, of its edition", required=True),
        Column("auditor", "id", "the code of who looked", required=True, to="person"),
        Column("finding", "word", "what they found", required=True, allowed=AUDITED_AS),
        Column("found", "score", "the level or non-score that they found instead, or blind"),
        Column("remark", "text", "why, and what they saw"),
        Column("blind", "flag", "whether the level was kept from them", required=True),
        Column("seed", "id", "the seed of the sample", required=True),
        Column("list", "digest", "the digest of the list that it was drawn from", required=True),
        Column("listed", "text", "how many items that list has", required=True),
        Column("drawn", "text", "how many of them were drawn", required=True),
        _MARKING,
        _SUPERSEDES,
        _REASON,
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        EVIDENCE,
        ASSESSMENTS,
        CITATIONS,
        ENGAGEMENTS,
        POSITIONS,
        MODERATIONS,
        CROSSWALKS,
        COMMENTS,
        INDICATORS,
        APPROVALS,
        AUDITS,
    )
}
"""Every table by name, in the order they are recorded: what is cited comes before the citation."""

TABLE_OF_KIND: dict[str, Table] = {table.kind: table for table in TABLES.values()}
"""Every table by the kind of its entries."""


def split(cell: str) -> list[str]:
    """Return the parts of a cell that holds several, separated by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]
