"""Truths about claims and what they rest on: raters, evidence, settlement and approval."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.planted.clean import KEPT, LADDER, LAST, RATERS, Cell, Draft, Row, cells
from benchmarks.planted.places import above, anchor, at, rising
from benchmarks.planted.signs import ALL, Signs


def a_rater_who_inflates(d: Draft) -> Signs:
    """One of two raters gives one level more on every criterion of a milestone.

    The evidence shows no more than before.
    """
    rater = d.chance.choice(sorted(RATERS))
    places = cells("M-01")
    for cell in places:
        d.unsettle(cell)
        for row in d.scores(cell):
            if row["assessor"] == rater:
                row["score"] = LADDER[KEPT]
    return {
        "disagreement": at(*places),
        "agreement": (ALL,),
        "agenda raters-differ": at(*places),
        **above(*places, lacks=("origins", "kinds", "first_hand", "non_testimonial")),
        "health unanswered": at(*places),
        "auditors applied-unevenly": at(*places),
    }


def a_reprinted_source(d: Draft, copies: int = 3) -> Signs:
    """A rise is claimed on three prints of one release."""
    cell = rising(d)
    model = d.items(cell)[0]
    prints = [d.item(model, f"E-print-{n}", origin="press release 7") for n in range(copies)]
    _claim(d, cell, prints)
    _answered(d, cell)
    return above(cell, lacks=["origins"])


def testimony_alone(d: Draft) -> Signs:
    """A rise is claimed on what four officers said."""
    cell = rising(d)
    model = d.items(cell)[0]
    said = [
        d.item(model, f"E-said-{n}", origin=f"officer {n}", kind="testimonial", title="What an officer said")
        for n in range(4)
    ]
    _claim(d, cell, said)
    _answered(d, cell)
    return above(cell, lacks=["non_testimonial", "kinds"])


def outdated_evidence(d: Draft) -> Signs:
    """All that is cited speaks of a time before the rule's limit; the level was settled all the same."""
    cell = rising(d)
    for item in d.items(cell):
        item["covers"] = "2022-01"
    table = d.tables["citations"]
    cited = [table.index(one) + 2 for row in d.scores(cell) for one in d.citations(row)]
    return {
        "finding C006": tuple(sorted(f"citations.csv:{line}" for line in cited)),
        "health claimed-above-support": at(cell),
        "confidence capped": at(cell),
        **{f"lacks {word}": at(cell) for word in ("origins", "kinds", "non_testimonial")},
    }


def a_smoking_gun_against_it(d: Draft) -> Signs:
    """An auditor's paper that decides speaks against the level."""
    cell = rising(d)
    against = d.item(d.items(cell)[0], "E-against", origin="auditor", title="What an auditor found")
    for row in d.scores(cell):
        d.cite(row, against, bearing="contradicts", role="smoking-gun")
    d.unsettle(cell)
    return {
        "health contradicted": at(cell),
        "agenda contradicted": at(cell),
        **above(cell, lacks=["unblocked"]),
        "page down: new evidence": (anchor(cell),),
    }


def a_statement_without_a_yes(d: Draft) -> Signs:
    """Both raters leave out the answer to a statement of a level they claim."""
    cell = rising(d)
    for row in d.scores(cell):
        row["attributes"] = row["attributes"].replace(f"{cell.criterion}-drafted=yes; ", "")
    return {"health unanswered": at(cell), "auditors applied-unevenly": at(cell)}


def a_single_rater(d: Draft) -> Signs:
    """One of two raters did not score a criterion."""
    cell = rising(d)
    d.drop(d.chance.choice(d.scores(cell)))
    return {"health single-rater": at(cell)}


def a_level_not_settled(d: Draft) -> Signs:
    """Two raters agree and no third person looked."""
    cell = rising(d)
    d.unsettle(cell)
    return {"health not-settled": at(cell)}


def raters_of_the_programme_alone(d: Draft) -> Signs:
    """Two advisers agree, nobody from outside scored it, and nobody settled it."""
    cell = rising(d)
    d.unsettle(cell)
    row = next(row for row in d.scores(cell) if row["role"] == "external")
    row.update(assessor="ADV-02", role="adviser")
    return {"auditors not-independent": at(cell), "health not-settled": at(cell)}


def confidence_that_stays(d: Draft) -> Signs:
    """Nobody who cites saw it any more, and the confidence stated is as high as before."""
    cell = rising(d)
    for item in d.items(cell):
        item["first_hand"] = "no"
    return {"auditors confidence-stays": at(cell), "confidence capped": at(cell)}


def settled_without_a_score(d: Draft) -> Signs:
    """A level was settled that nobody had scored, so that nothing is cited for it."""
    cell = rising(d)
    for row in d.scores(cell):
        d.drop(row)
    return {
        "auditors items-closed": at(cell),
        "health claimed-above-support": at(cell),
        "health single-rater": at(cell),
    }


def changed_after_approval(d: Draft) -> Signs:
    """What was settled and approved was settled again."""
    cell = rising(d)
    old = d.settlement(cell)
    new = {
        **old,
        "id": f"{old['id']}-again",
        "supersedes": old["id"],
        "reason": "The same level, for a better reason.",
    }
    d.tables["moderations"].append(new)
    d.unapproved.add(new["id"])
    return {"health not-approved": at(cell), "auditors unapproved": at(cell)}


def _claim(d: Draft, cell: Cell, items: Iterable[Row]) -> None:
    """Let both raters claim the highest level on these items beside what they cite; nobody settles it."""
    items = list(items)
    for row in d.scores(cell):
        row["score"] = LADDER[KEPT]
        for item in items:
            d.cite(row, item)
    d.unsettle(cell)


def _answered(d: Draft, cell: Cell) -> None:
    """Let both raters answer every statement up to the highest level with yes."""
    whole = d.scores(d.any_of(cells("M-03")).at(LAST))[0]
    for row in d.scores(cell):
        row["attributes"] = whole["attributes"].replace(whole["criterion"], row["criterion"])
