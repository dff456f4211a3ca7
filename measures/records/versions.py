"""Rules about rubric versions: which one a score is of, and how levels of two are joined."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from measures.finding import Finding, did_you_mean, find, one_of
from measures.records.rows import REGISTER, Records, Row, superseded
from measures.rubric.model import Rubric


def versions_are_bound(records: Records) -> Iterator[Finding]:
    """A score names a version that its milestone is or was bound to."""
    for row in records.new("assessments"):
        milestone = records.plan.milestones.get(row["milestone"])
        if milestone is None or not row["version"] or row["version"] in milestone.versions:
            continue
        yield find(
            "C038",
            row.place("version"),
            milestone=milestone.id,
            version=row["version"],
            rubric=milestone.rubric,
            hint=did_you_mean(row["version"], milestone.versions),
            allowed=one_of(milestone.versions),
        )


def pins_hold(records: Records) -> Iterator[Finding]:
    """The digest that a score was recorded with is that of the rubric version on record.

    Rows about to be recorded have none yet; verifying plays the rule again over those that have.
    """
    digests: dict[str, str] = {}
    for row in records.new("assessments"):
        pin, given = row["rubric"], row["rubric_digest"]
        if not given:
            continue
        if pin not in digests:
            rubric = records.rubrics.get((pin.partition("@")[0], pin.partition("@")[2]))
            digests[pin] = rubric.digest if rubric is not None else ""
        if digests[pin] != given:
            name, _, version = pin.partition("@")
            yield find("R009", row.place("rubric"), rubric=name, version=version, digest=given[:12])


def former_versions_are_known(records: Records) -> Iterator[Finding]:
    """The former versions of a milestone's rubric are on record or on the shelf."""
    for milestone in records.plan.milestones.values():
        for former in milestone.former:
            if (milestone.rubric, former.version) in records.rubrics:
                continue
            if f"rubrics/{milestone.rubric}.yaml" not in records.unread:
                value = f"{milestone.rubric} {former.version}"
                names = [f"{name} {version}" for name, version in records.rubrics]
                hint = did_you_mean(value, names)
                yield find(
                    "C001", milestone.place, column="former_versions", value=value, what="rubric", hint=hint
                )


def caps_are_planned(records: Records) -> Iterator[Finding]:
    """What a rubric declares as a cap is among the milestones that the plan depends on."""
    milestones = records.plan.milestones
    for milestone in milestones.values():
        if milestone.place.file == REGISTER:
            continue  # said when the plan was recorded
        rubric = records.rubrics.get((milestone.rubric, milestone.version))
        scored = {milestones[name].rubric for name in milestone.depends_on if name in milestones}
        for cap in rubric.caps if rubric is not None else ():
            if cap.rubric not in scored:
                yield find(
                    "C041", milestone.place, rubric=milestone.rubric, milestone=milestone.id, by=cap.rubric
                )


def crosswalks_fit(records: Records) -> Iterator[Finding]:
    """A crosswalk maps every level of one known version to a level of another, in their order, once."""
    gone = superseded(records.rows("crosswalks"))
    for row in records.new("crosswalks"):
        pair = {}
        for column in ("before", "after"):
            rubric = records.rubrics.get((row["rubric"], row[column]))
            if rubric is None:
                known = [version for name, version in records.rubrics if name == row["rubric"]]
                value, hint = f"{row['rubric']} {row[column]}", did_you_mean(row[column], known)
                yield find("C001", row.place(column), column=column, value=value, what="rubric", hint=hint)
            else:
                pair[column] = rubric
        if len(pair) == 2:
            problem = _misfit(row, pair["before"], pair["after"]) or _rival(records, row, gone)
            if problem:
                yield find("C040", row.place("map"), problem=problem)


def others_approve_crosswalks(records: Records) -> Iterator[Finding]:
    """Nobody decides alone what their own old and new levels amount to (method, section 8)."""
    gone = superseded(records.rows("crosswalks"))
    for row in records.rows("crosswalks"):
        if row["id"] in gone or not row.sound:
            continue
        own = (score for score in records.rows("assessments") if _joins_own(records, row, score))
        score = next((score for score in own if not (row.recorded and score.recorded)), None)
        if score is not None:
            place = score.place("assessor") if row.recorded else row.place("approver")
            yield find("C047", place, approver=row["approver"], id=row["id"], score=score["id"])


def _joins_own(records: Records, crosswalk: Row, score: Row) -> bool:
    """Return whether a crosswalk joins a score that its approver gave."""
    if score["assessor"] != crosswalk["approver"] or crosswalk["criterion"] not in ("", score["criterion"]):
        return False
    rubric = records.rubric_of(score)
    if rubric is None or score["score"] not in rubric.ladder:
        return False
    versions = crosswalk["before"], crosswalk["after"]
    return rubric.id == crosswalk["rubric"] and rubric.version in versions


def _misfit(row: Row, before: Rubric, after: Rubric) -> str:
    """Return what keeps a crosswalk from joining two versions; empty when nothing does."""
    if before.version == after.version:
        return "both versions are the same"
    for rubric in (before, after):
        if row["criterion"] and row["criterion"] not in {criterion.id for criterion in rubric.criteria}:
            return f"version {rubric.version} has no criterion {row['criterion']!r}"
    levels = read_level_map(row["map"])
    if len(levels) < sum(1 for part in row["map"].split(";") if part.strip()):
        return "it maps a level twice"
    for level, becomes in levels.items():
        if level not in before.ladder:
            return f"{level!r} is no level of version {before.version}"
        if becomes not in after.ladder:
            return f"{becomes!r} is no level of version {after.version}"
    missing = [level for level in before.ladder if level not in levels]
    if missing:
        return f"it says nothing of {one_of(missing)}"
    rungs = [after.rung(levels[level]) for level in before.ladder]
    return "" if rungs == sorted(rungs) else "a higher level becomes a lower one"


def _rival(records: Records, row: Row, gone: Collection[str]) -> str:
    """Return that another crosswalk says otherwise of the same versions; empty when none does."""
    same = ("rubric", "criterion", "before", "after")
    for other in records.rows("crosswalks"):
        if other is row:
            break
        if other["id"] in gone or not other.sound or any(other[column] != row[column] for column in same):
            continue
        if read_level_map(other["map"]) != read_level_map(row["map"]):
            return f"{other['id']} maps them otherwise, and this row does not supersede it"
    return ""


def read_level_map(cell: str) -> Mapping[str, str]:
    """Return the levels that a cell ``asked=voiced; done=working`` maps, as far as it can be read."""
    parts = (part.partition("=") for part in cell.split(";") if part.strip())
    return {before.strip(): after.strip() for before, _, after in parts}
