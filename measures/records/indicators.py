"""Rules about raw indicators, and the rubric version that answers the question behind one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from measures.finding import Finding, did_you_mean, find, one_of
from measures.records.plan import Plan
from measures.records.rows import Records, Row
from measures.records.tables import split
from measures.rubric.model import Rubric
from measures.rubric.shelf import Key, version_order


def answered_by(criterion: str, plan: Plan, known: Collection[Key]) -> Key | None:
    """Return id and version of the rubric that a cell ``rubric/criterion`` speaks of.

    The version that a milestone of the plan is scored against comes first, else the newest.

    Args:
        criterion: The cell.
        plan: The plan.
        known: The rubrics to choose from.
    """
    rubric = criterion.partition("/")[0]
    bound = [(rubric, m.version) for m in plan.milestones.values() if m.rubric == rubric]
    versions = [key for key in known if key[0] == rubric]
    newest = max(versions, key=lambda key: version_order(key[1]), default=None)
    return next((key for key in bound if key in versions), newest)


def indicators_fit(records: Records) -> Iterator[Finding]:
    """The criterion named exists; whoever is said to have asked is an office of the partner."""
    for row in records.new("indicators"):
        yield from criterion_fits(row, records.plan, records.rubrics, records.unread)
        for name in split(row["demanded_by"]):
            actor = records.mission.actor(name)
            if actor is not None and actor.side != "partner":
                yield find("C024", row.place("demanded_by"), value=name, role=actor.side, expected="partner")


def criterion_fits(
    row: Row, plan: Plan, rubrics: Mapping[Key, Rubric], unread: Collection[str] = ()
) -> Iterator[Finding]:
    """The criterion that a row of ``indicators`` names is one of a known rubric."""
    place, cell = row.place("criterion"), row["criterion"]
    rubric, slash, criterion = cell.partition("/")
    key = answered_by(cell, plan, rubrics)
    if not cell or f"rubrics/{rubric}.yaml" in unread:
        return
    if not slash:
        what = "a rubric and its criterion, such as logistics/supply-use"
        yield find("S005", place, column="criterion", what=what, value=cell)
    elif key is None:
        hint = did_you_mean(rubric, {name for name, _ in rubrics})
        yield find("C001", place, column="criterion", value=rubric, what="rubric", hint=hint)
    elif criterion not in (known := [line.id for line in rubrics[key].criteria]):
        hint = did_you_mean(criterion, known)
        yield find("C003", place, value=criterion, rubric=rubric, version=key[1], hint=hint,
                   allowed=one_of(known))  # fmt: skip
