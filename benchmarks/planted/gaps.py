"""Truths about what is not known or not told."""

from __future__ import annotations

from benchmarks.planted.clean import LAST, VALIDITY, Draft, cells
from benchmarks.planted.places import anchor, at, rising
from benchmarks.planted.signs import Signs


def a_stale_graduate(d: Draft) -> Signs:
    """Known to be kept up for long; then nobody could look for longer than the rubric's validity."""
    cell = d.any_of(cells("M-03"))
    for back in range(VALIDITY + 1):
        then = cell.at(LAST + -back)
        d.unsettle(then)
        for row in d.scores(then):
            d.refuse(row, "not-observed", "access")
    return {
        "health stale": at(cell),
        "auditors regression-unseen": at(cell),
        "auditors confidence-stays": at(*(other for other in cells("M-03") if other != cell)),
        "health not-observed": at(cell),
        "result open": (cell.milestone,),
        "page no access": (cell.milestone,),
    }


def not_applicable_and_not_approved(d: Draft) -> Signs:
    """Both raters say that a criterion does not apply; nobody approved that."""
    cell = rising(d)
    d.unsettle(cell)
    lines = []
    for row in d.scores(cell):
        d.refuse(row, "not-applicable")
        d.unapproved.add(row["id"])
        lines.append(f"assessments.csv:{d.tables['assessments'].index(row) + 2}")
    return {
        "finding C025": tuple(sorted(lines)),
        "agenda not-applicable": at(cell),
        "result open": (cell.milestone,),
    }


def an_owed_score(d: Draft) -> Signs:
    """Nobody wrote anything on a criterion."""
    cell = rising(d)
    d.unsettle(cell)
    for row in d.scores(cell):
        d.drop(row)
    return {
        "health owed": at(cell),
        "result open": (cell.milestone,),
        "page not scored": (cell.milestone,),
    }


def evidence_that_does_not_decide(d: Draft) -> Signs:
    """Both raters looked, and what they found does not decide."""
    cell = rising(d)
    d.unsettle(cell)
    for row in d.scores(cell):
        d.refuse(row, "insufficient-evidence")
    return {
        "health insufficient-evidence": at(cell),
        "result open": (cell.milestone,),
        "page not decided": (cell.milestone,),
    }


def a_withheld_score(d: Draft) -> Signs:
    """A score and its settlement are marked above what the audience may see."""
    cell = rising(d)
    for row in (*d.scores(cell), d.settlement(cell)):
        row["marking"] = "restricted"
    return {"page withheld": (cell.milestone, anchor(cell))}


def a_naked_percentage(d: Draft) -> Signs:
    """A rationale gives a percentage and no more."""
    row = d.chance.choice(d.tables["assessments"])
    row["rationale"] += " Some 80 % of the posts are filled."
    return {"finding C026": (f"assessments.csv:{d.tables['assessments'].index(row) + 2}",)}
