"""What a workbook is made from: plain values that the workflow gathered for one adviser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from measures.intake.workbook.layout import score_key
from measures.rubric import Criterion, Rubric

Facts = Mapping[tuple[str, str, str], str]
"""By rubric pin, criterion and level: the evidence it takes and how far it leans on advisers, in words."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose workbook it is and what it was made from.

    Args:
        mission: Id of the mission.
        name: Its name, in the workbook's language.
        period: The quarter.
        assessor, role: Code of who scores, and as whom.
        language: Of the workbook.
        sees: The highest marking the assessor may see.
        writes: The marking that new rows carry until it is changed.
        head: The register's head, ``size:digest``.
        made: When, UTC; the only time in the workbook.
    """

    mission: str
    name: str
    period: str
    assessor: str
    role: str
    language: str
    sees: str
    writes: str
    head: str
    made: str


@dataclass(frozen=True, slots=True)
class Question:
    """One row to score.

    Args:
        of: Id of the milestone, or of the case, ``rubric/vignette``.
        title: What is to stand, or the situation of the case.
        criterion: The criterion asked about.
        rubric: Its rubric, at the version that holds.
        before: What was known before, in words.
        said: What the assessor has recorded for it already, by column of the sheet.
        name: What the milestone or case is called in the first column; its id when empty.
    """

    of: str
    title: str
    criterion: Criterion
    rubric: Rubric
    before: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    name: str = ""

    @property
    def key(self) -> str:
        """The row's key."""
        return score_key(self.of, self.criterion.id)


@dataclass(frozen=True, slots=True)
class Given:
    """Everything a quarter's workbook shows.

    Args:
        owner: Whose it is.
        questions: The rows to score, in order.
        recorded: By sheet key, the recorded rows that may be seen, by column of the sheet.
        fresh: By sheet key, the ids kept for new rows, in order.
        objectives, actors: Ids and names to choose from.
        markings: The mission's markings, lowest first.
        facts: See :data:`Facts`.
    """

    owner: Owner
    questions: Sequence[Question]
    recorded: Mapping[str, Sequence[Mapping[str, str]]]
    fresh: Mapping[str, Sequence[str]]
    objectives: Mapping[str, str]
    actors: Mapping[str, str]
    markings: Sequence[str]
    facts: Facts

    @property
    def rubrics(self) -> tuple[Rubric, ...]:
        """The rubrics asked from, each once, in order."""
        return rubrics_of(self.questions)


@dataclass(frozen=True, slots=True)
class Practice:
    """A calibration: imaginary cases to score.

    Args:
        owner: Whose it is; without a mission, a quarter and a head.
        questions: One row for each case and criterion that its author set a level for.
        facts: See :data:`Facts`.
    """

    owner: Owner
    questions: Sequence[Question]
    facts: Facts

    @property
    def rubrics(self) -> tuple[Rubric, ...]:
        """The rubrics practised with, each once, in order."""
        return rubrics_of(self.questions)


def rubrics_of(questions: Sequence[Question]) -> tuple[Rubric, ...]:
    """Return the rubrics asked from, each once, in order."""
    return tuple({question.rubric.pin: question.rubric for question in questions}.values())
