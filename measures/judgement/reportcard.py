"""The mission's own report card: what a reader should hold against what it says of others."""

from __future__ import annotations

from dataclasses import dataclass

from measures.judgement.auditors import Question, questions
from measures.judgement.churn import Churn
from measures.judgement.ground import Ground
from measures.judgement.headlines import Firmness, firmness
from measures.judgement.pace import Pace, pace
from measures.judgement.rotation import Rotation


@dataclass(frozen=True, slots=True)
class ReportCard:
    """What one quarter says about the mission that scored it.

    Args:
        questions: The twelve that auditors asked, with their answers.
        pace: What was climbed before, and which targets need more.
        rotation: Who scored after whom, and what jumped.
        churn: What became of the goals.
        firmness: Which single scores results and headline hang on.
    """

    questions: tuple[Question, ...]
    pace: Pace
    rotation: Rotation
    churn: Churn
    firmness: Firmness


def report_card(ground: Ground) -> ReportCard:
    """Return the report card of a quarter."""
    period = str(ground.period)
    begun = {name: ground.plan.milestones[name] for name in ground.rubrics}
    return ReportCard(
        questions=questions(ground),
        pace=pace(ground.rows, ground.moved, begun, ground.rubrics, ground.period),
        rotation=ground.rotation,
        churn=ground.churn,
        firmness=firmness(
            ground.moved, ground.rotation.pairs, ground.rows, ground.tipping, ground.rubrics, period
        ),
    )
