"""Truths about movement: why a level differs from the one before."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.planted.clean import KEPT, LADDER, LAST, WORKING, Cell, Draft, Row, cells, rubric, score
from benchmarks.planted.places import anchor, at, rising
from benchmarks.planted.signs import Signs


def a_changed_definition(d: Draft) -> Signs:
    """A new version asks less of the highest level; the level given is higher at once."""
    cell = _laxer(d)
    return {
        "movement definition": at(cell),
        "line broken": at(cell),
        "auditors definition-drift": at(cell),
        "page rubric changed": (anchor(cell),),
    }


def a_changed_definition_bridged(d: Draft) -> Signs:
    """The same, but the quarter was scored under both versions."""
    cell = _laxer(d)
    for row in d.scores(cell):
        old = score(f"{row['id']}-1.0", cell, row["assessor"], row["role"], WORKING)
        d.tables["assessments"].append({**old, "version": "1.0"})
        for item in d.items(cell)[:2]:
            d.cite(old, item)
    return {"line bridge": at(cell)}


def a_changed_definition_with_a_crosswalk(d: Draft) -> Signs:
    """The same, but an approved crosswalk says which earlier level is which later one."""
    cell = _laxer(d)
    same = "; ".join(f"{level}={level}" for level in LADDER if level != "working")
    d.tables["crosswalks"].append(
        {
            "id": "X-01", "rubric": "works", "criterion": cell.criterion, "before": "1.0", "after": "2.0",
            "map": f"{same}; working=kept", "approver": "APP-01", "marking": "mission",
            "reason": "What was called working before is called kept in the new words.",
        }
    )  # fmt: skip
    return {"line crosswalk": at(cell)}


def a_correction(d: Draft) -> Signs:
    """A score of the same quarter was corrected; nothing new was seen."""
    cell = rising(d)
    row = d.scores(cell)[0]
    first = {**row, "id": f"{row['id']}-first", "score": LADDER[WORKING - 1]}
    first["attributes"] = ""
    table = d.tables["assessments"]
    table.insert(table.index(row), first)
    for cited in d.citations(row):
        item = next(one for one in d.tables["evidence"] if one["id"] == cited["evidence"])
        d.cite(first, item)
    row.update(supersedes=first["id"], reason="The level was written down one too low.")
    return {"movement correction": at(cell), "page corrected": (anchor(cell),)}


def a_rotation_with_a_jump(d: Draft) -> Signs:
    """New raters took over a milestone; one level rises at once, on items cited before."""
    cell = rising(d)
    for other in cells(cell.milestone):
        for row in d.scores(other):
            row["assessor"] = row["assessor"].replace("-01", "-02")
    _jump(d, cell, d.items(cell.before))
    return {
        "movement assessor": at(cell),
        "health changed-rater": at(cell),
        "auditors rater-changed": at(cell),
        "rotation jumped": (cell.milestone,),
        "page up: other assessor": (anchor(cell),),
    }


def an_unexplained_rise(d: Draft) -> Signs:
    """The same raters give one level more, on items cited before."""
    cell = rising(d)
    _jump(d, cell, d.items(cell.before))
    return {
        "movement unexplained": at(cell),
        "health unexplained": at(cell),
        "page up: nothing explains it": (anchor(cell),),
    }


def a_rise_learned_later(d: Draft) -> Signs:
    """A rise rests on items found now that speak of half a year ago."""
    cell = rising(d)
    old = (LAST + -2).first_day()
    found = [
        d.item(item, f"E-late-{n}", origin=f"archive {n}", covers=f"{old:%Y-%m}")
        for n, item in enumerate(d.items(cell))
    ]
    _jump(d, cell, found)
    return {"movement knowledge": at(cell), "page up: learned later": (anchor(cell),)}


def _laxer(d: Draft) -> Cell:
    """Bind a milestone to a version that asks less of one criterion; both raters then find it kept."""
    cell = rising(d)
    second = rubric("works")
    second["version"] = "2.0"
    note = {"en": "The highest level may now lean on advisers."}
    second["changes"] = [{"since": "1.0", "class": "recalibrated", "note": note}]
    criterion = next(one for one in second["criteria"] if one["id"] == cell.criterion)
    criterion["levels"]["kept"]["attributes"][0]["text"] = {"en": "Posts are filled, some by advisers."}
    d.rubrics["works-2"] = second
    former = [{"version": "1.0", "until": str(LAST + -1)}]
    d.milestone(cell.milestone).update(version="2.0", former_versions=former)
    for row in d.scores(cell):
        d.give(row, KEPT)
    d.settlement(cell)["settled"] = LADDER[KEPT]
    return cell


def _jump(d: Draft, cell: Cell, items: Iterable[Row]) -> None:
    """Let the level rise by one on these items alone, and be settled so."""
    items = list(items)
    for row in d.scores(cell):
        d.forget(row)
        d.give(row, KEPT)
        for item in items:
            d.cite(row, item)
    d.settlement(cell)["settled"] = LADDER[KEPT]
