"""The report card of a quarter as plain values, for other programs."""

from __future__ import annotations

from typing import Any

from measures.judgement.auditors import Question
from measures.judgement.pace import Stretch
from measures.judgement.quarter import Quarter
from measures.workflow.conclusions import plain


def health_of(quarter: Quarter) -> dict[str, Any]:
    """Return the auditors' twelve questions and the working lines, each with count, base and list."""
    return {
        "questions": [_question(question) for question in quarter.report_card.questions],
        "lines": [
            {"code": line.code, "count": len(line.items), "of": line.of, "items": plain(line.items)}
            for line in quarter.health
        ],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "number": question.number,
        "code": question.code,
        "source": question.source,
        "count": len(question.items),
        "of": question.of,
        "items": plain(question.items),
        "trail": dict(question.trail),
    }


def pace_of(quarter: Quarter) -> dict[str, Any]:
    """Return what was climbed before, by rubric, and what each milestone still asks for."""
    pace = quarter.report_card.pace
    return {
        "domains": {
            name: {"watched": domain.watched, "years": plain(domain.years), "most": {
                str(quarters): domain.most(quarters) for quarters in (1, 4, 8)
            }}
            for name, domain in pace.domains.items()
        },
        "milestones": {name: _stretch(found) for name, found in pace.milestones.items()},
    }  # fmt: skip


def _stretch(found: Stretch) -> dict[str, Any]:
    return {
        "state": found.state,
        "target": found.target,
        "due": str(found.due),
        "quarters_left": found.left,
        "needs": {need.criterion: need.steps for need in found.needs},
        "most_needed": found.highest,
        "needed_in_all": found.whole,
        "start_not_known": list(found.unknown),
        "most_ever_climbed": found.most,
        "most_ever_climbed_together": found.together,
    }
