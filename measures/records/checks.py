"""Rules across records: one tuple of small functions of one signature.

Each takes everything said so far and what is about to be said, and returns findings about
the rows that are new. Shape is already sound when they run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from measures.finding import Finding, did_you_mean, find, in_order, one_of
from measures.period import Interval, Period
from measures.records.answers import read_answers
from measures.records.approval_checks import approvers_may, others_approve
from measures.records.audit_checks import audits_fit
from measures.records.commitment_checks import (
    closings_fit,
    commitments_refer,
    meetings_follow_requests,
    retargets_fit,
)
from measures.records.indicators import indicators_fit
from measures.records.mission import FALLBACK
from measures.records.percentages import percentages_are_whole
from measures.records.references import (
    all_of,
    comments_answer_something,
    dependencies_end,
    ids_known,
    off_ladder,
    plan_refers,
)
from measures.records.rows import Records, Row, superseded
from measures.records.tables import COMPONENTS, NON_SCORES, TABLES, WHY_NOT_LEAST
from measures.records.versions import (
    caps_are_planned,
    crosswalks_fit,
    former_versions_are_known,
    others_approve_crosswalks,
    pins_hold,
    versions_are_bound,
)
from measures.rubric.model import NONE, Criterion

Check = Callable[[Records], Iterator[Finding]]


def check(records: Records) -> tuple[Finding, ...]:
    """Return every finding of every rule, by place."""
    return in_order(finding for rule in CHECKS for finding in rule(records))


def scores_fit_the_rubric(records: Records) -> Iterator[Finding]:
    """Criterion and level exist in the rubric version that the milestone is bound to."""
    for name, column in (("assessments", "score"), ("moderations", "settled")):
        for row in records.new(name):
            rubric = records.rubric_of(row)
            if rubric is None:
                continue
            criteria = [criterion.id for criterion in rubric.criteria]
            if row["criterion"] not in criteria:
                hint = did_you_mean(row["criterion"], criteria)
                yield find(
                    "C003",
                    row.place("criterion"),
                    value=row["criterion"],
                    rubric=rubric.id,
                    version=rubric.version,
                    hint=hint,
                    allowed=one_of(criteria),
                )
            if row[column] not in NON_SCORES and row[column] not in rubric.ladder:
                yield off_ladder(row.place(column), row[column], rubric)


def citations_fit_the_rubric(records: Records) -> Iterator[Finding]:
    """What a citation shows is a level of the rubric that its assessment scored."""
    assessments = records.by_id("assessments")
    for row in records.new("citations"):
        assessment = assessments.get(row["assessment"])
        rubric = records.rubric_of(assessment) if assessment else None
        if rubric is not None and row["shows"] not in rubric.ladder:
            yield off_ladder(row.place("shows"), row["shows"], rubric)


def plan_is_in_time(records: Records) -> Iterator[Finding]:
    """A milestone owes its scores, and has its baseline, within the mission's quarters; it is due later."""
    mission = records.mission
    for milestone in records.plan.milestones.values():
        for period in (milestone.first, milestone.baseline):
            if period not in (None, FALLBACK) and not mission.first <= period <= mission.last:
                yield find("C013", milestone.place, period=period, first=mission.first, last=mission.last)
        if milestone.due < milestone.first:
            what = f"a quarter from {milestone.first} on"
            yield find("S005", milestone.place, column="due", what=what, value=str(milestone.due))


def periods_inside(records: Records) -> Iterator[Finding]:
    """Scores lie within the mission's quarters and those in which the milestone owes any."""
    mission = records.mission
    for name in ("assessments", "moderations"):
        for row in records.new(name):
            period = Period.parse(row["period"])
            if not mission.first <= period <= mission.last:
                yield find("C013", row.place("period"), period=period, first=mission.first, last=mission.last)
                continue
            milestone = records.plan.milestones.get(row["milestone"])
            if milestone is not None and not milestone.owes(period):
                owed = f"from {milestone.first}" + (
                    f" to {milestone.closed.until}" if milestone.closed else ""
                )
                yield find("C014", row.place("period"), milestone=milestone.id, owed=owed, period=period)


def scores_are_whole(records: Records) -> Iterator[Finding]:
    """A level comes with confidence and why not the next level; not-observed with its cause."""
    for row in records.new("assessments"):
        score = row["score"]
        if score == "not-observed" and not row["cause"]:
            yield find(
                "C015", row.place("cause"), allowed=one_of(TABLES["assessments"].column("cause").allowed)
            )
        if score != "not-observed" and row["cause"]:
            yield find("C016", row.place("cause"), cause=row["cause"], score=score)
        if score in NON_SCORES:
            continue
        for column in ("confidence", *COMPONENTS):
            if not row[column]:
                yield find("C017", row.place(column), level=score, column=column)
        yield from _why_not_next(records, row)


def _why_not_next(records: Records, row: Row) -> Iterator[Finding]:
    rubric = records.rubric_of(row)
    if rubric is None or row["score"] not in rubric.ladder or row["score"] == rubric.ladder[-1]:
        return
    following = rubric.label(rubric.ladder[rubric.rung(row["score"]) + 1])
    given = row["why_not_next"]
    if len(given) < WHY_NOT_LEAST:
        got = f"{len(given)} characters" if given else "an empty cell"
        yield find("C007", row.place("why_not_next"), got=got, next=following, limit=WHY_NOT_LEAST)
    elif " ".join(given.casefold().split()) == " ".join(row["rationale"].casefold().split()):
        yield find("C028", row.place("why_not_next"))


def scored_once(records: Records) -> Iterator[Finding]:
    """One assessor scores one criterion of one milestone once a quarter; corrections supersede."""
    for row, other in _repeated(records, "assessments", "assessor", "version"):
        yield find("C008", row.place("id"), assessor=row["assessor"], milestone=row["milestone"],
                   criterion=row["criterion"], period=row["period"], other=other)  # fmt: skip


def settled_once(records: Records) -> Iterator[Finding]:
    """One criterion of one milestone is settled once a quarter; a second thought supersedes the first."""
    for row, other in _repeated(records, "moderations"):
        yield find("C036", row.place("id"), milestone=row["milestone"], criterion=row["criterion"],
                   period=row["period"], other=other)  # fmt: skip


def _repeated(records: Records, table: str, *more: str) -> Iterator[tuple[Row, str]]:
    """Yield each new row that says again what a row before it says, and that row's id."""
    gone = superseded(records.rows(table))
    seen: dict[tuple[str, ...], str] = {}
    for row in records.rows(table):
        if row["id"] in gone or not row.sound:
            continue
        key = tuple(_cell(records, row, column) for column in ("milestone", "criterion", "period", *more))
        if key in seen and not row.recorded and seen[key] != row["id"]:
            yield row, seen[key]
        seen.setdefault(key, row["id"])


def _cell(records: Records, row: Row, column: str) -> str:
    """Return a cell; of the version, the rubric that is meant, whether it is written out or not."""
    rubric = records.rubric_of(row) if column == "version" else None
    return str(rubric.pin) if rubric is not None else row[column]


_SAME = {
    "assessments": ("milestone", "criterion", "period", "version"),
    "moderations": ("milestone", "criterion", "period"),
    "evidence": (),
    "indicators": (),
    "comments": ("to", "by"),
    "crosswalks": ("rubric", "criterion", "before", "after"),
    "audits": ("kind", "ref", "auditor"),
}


def corrections_hold(records: Records) -> Iterator[Finding]:
    """A correction names a known record about the same thing, once, with a reason."""
    for name, same in _SAME.items():
        rows = records.by_id(name)
        taken: dict[str, str] = {}
        above: set[str] = set()
        for row in records.rows(name):
            old = row["supersedes"]
            above.add(row["id"])
            if not old or (old not in rows and TABLES[name].file in records.unread):
                continue
            if row.recorded:
                taken[old] = row["id"]
                continue
            place = row.place("supersedes")
            if (
                old not in rows
                or old == row["id"]
                or any(_cell(records, rows[old], column) != _cell(records, row, column) for column in same)
            ):
                words = all_of(same) if same else "kind"
                yield find("C009", place, value=old, what=TABLES[name].kind, same=words)
            elif old not in above:
                yield find("C033", place, id=row["id"], value=old)
            elif old in taken:
                yield find("C010", place, value=old, other=taken[old])
            elif not row["reason"]:
                yield find("C011", row.place("reason"), id=row["id"], value=old)
            taken.setdefault(old, row["id"])


def levels_are_cited(records: Records) -> Iterator[Finding]:
    """A level cites at least one item of evidence."""
    if TABLES["citations"].file in records.unread:
        return
    cited = {row["assessment"] for row in records.rows("citations")}
    for row in records.new("assessments"):
        if row["score"] and row["score"] not in NON_SCORES and row["id"] not in cited:
            yield find("C004", row.place("score"), level=row["score"])


def evidence_fits_the_quarter(records: Records) -> Iterator[Finding]:
    """Evidence does not speak only of later days; evidence too old to count is a warning."""
    assessments, evidence = records.by_id("assessments"), records.by_id("evidence")
    starts = records.mission.year_starts
    for row in records.new("citations"):
        assessment, item = assessments.get(row["assessment"]), evidence.get(row["evidence"])
        if assessment is None or item is None or not (assessment.sound and item.sound):
            continue
        covers, period = Interval.parse(item["covers"]), Period.parse(assessment["period"])
        if covers.start > period.last_day(starts):
            yield find("C005", row.place("evidence"), evidence=item["id"], covers=covers.text, period=period)
            continue
        criterion = _criterion(records, assessment)
        if criterion is None or row["bearing"] != "supports" or row["shows"] in ("", NONE):
            continue
        fresh = next((s.evidence.fresh for s in criterion.steps if s.level == row["shows"]), 0)
        if fresh and covers.end < (period + (1 - fresh)).first_day(starts):
            yield find(
                "C006",
                row.place("evidence"),
                evidence=item["id"],
                covers=covers.text,
                period=period,
                level=row["shows"],
                fresh=fresh,
            )


def cited_once(records: Records) -> Iterator[Finding]:
    """An assessment cites an item once for each place and bearing."""
    seen: set[tuple[str, ...]] = set()
    for row in records.rows("citations"):
        key = (row["assessment"], row["evidence"], row["bearing"], row["locator"])
        if key in seen and row.sound and not row.recorded:
            yield find("C029", row.place("evidence"), evidence=row["evidence"], assessment=row["assessment"])
        seen.add(key)


def own_success_is_possible_at_best(records: Records) -> Iterator[Finding]:
    """A party's claim of its own success has credibility 3 at best (method, section 4)."""
    for row in records.new("evidence"):
        if row["own_claim"] == "yes" and row["credibility"] in ("1", "2"):
            yield find("C018", row.place("credibility"), id=row["id"], value=row["credibility"])


def custody_is_told(records: Records) -> Iterator[Finding]:
    """Held elsewhere says by whom; in the vault says which file."""
    for row in records.new("evidence"):
        wanted = {"held-elsewhere": "holder", "vault": "file"}.get(row["custody"])
        if wanted and not row[wanted]:
            what = TABLES["evidence"].column(wanted).what
            yield find("S003", row.place(wanted), column=wanted, what=what)


def answers_fit(records: Records) -> Iterator[Finding]:
    """Answers to attributes name attributes of the criterion and do not contradict the level."""
    for row in records.new("assessments"):
        criterion = _criterion(records, row)
        if not row["attributes"] or criterion is None:
            continue
        answers, wrong = read_answers(row["attributes"])
        place = row.place("attributes")
        for part in wrong:
            yield find("S005", place, column="attributes", what="id=yes, id=no or id=unknown", value=part)
        known = {attribute.id: step.level for step in criterion.steps for attribute in step.attributes}
        ladder = [step.level for step in criterion.steps]
        for attribute, answer in answers.items():
            if attribute not in known:
                hint = did_you_mean(attribute, known)
                yield find("C022", place, value=attribute, criterion=criterion.id, hint=hint)
            elif answer != "yes" and row["score"] in ladder:
                at = known[attribute]
                if ladder.index(at) <= ladder.index(row["score"]):
                    yield find("C021", place, level=row["score"], attribute=attribute, at=at, answer=answer)


def roles_hold(records: Records) -> Iterator[Finding]:
    """Codes act in the role mission.yaml gives them; a moderator has not scored the same thing."""
    scored = {
        (r["milestone"], r["criterion"], r["period"], r["assessor"]) for r in records.rows("assessments")
    }
    for row in records.new("assessments"):
        person = records.mission.person(row["assessor"])
        if person is not None and row["role"] and person.role != row["role"]:
            yield find("C024", row.place("role"), value=person.code, role=person.role, expected=row["role"])
    for row in records.new("moderations"):
        if (row["milestone"], row["criterion"], row["period"], row["moderator"]) in scored:
            yield find(
                "C023",
                row.place("moderator"),
                moderator=row["moderator"],
                milestone=row["milestone"],
                criterion=row["criterion"],
                period=row["period"],
            )


def exceptions_are_approved(records: Records) -> Iterator[Finding]:
    """What is said not to apply was approved by somebody (method, section 3); asked until it is."""
    settled = superseded(records.rows("assessments"))
    for row in records.rows("approvals"):
        if (row["kind"], row["decision"]) == ("assessment", "approved"):
            settled.add(row["ref"])
    for row in records.rows("assessments"):
        if row["score"] == "not-applicable" and row.sound and row["id"] not in settled:
            yield find("C025", row.place("score"), id=row["id"])


CHECKS: tuple[Check, ...] = (
    plan_refers,
    dependencies_end,
    ids_known,
    scores_fit_the_rubric,
    citations_fit_the_rubric,
    plan_is_in_time,
    periods_inside,
    scores_are_whole,
    scored_once,
    settled_once,
    corrections_hold,
    levels_are_cited,
    evidence_fits_the_quarter,
    cited_once,
    own_success_is_possible_at_best,
    custody_is_told,
    answers_fit,
    roles_hold,
    others_approve,
    approvers_may,
    exceptions_are_approved,
    percentages_are_whole,
    indicators_fit,
    comments_answer_something,
    versions_are_bound,
    pins_hold,
    former_versions_are_known,
    crosswalks_fit,
    others_approve_crosswalks,
    caps_are_planned,
    commitments_refer,
    retargets_fit,
    closings_fit,
    meetings_follow_requests,
    audits_fit,
)


def _criterion(records: Records, assessment: Row) -> Criterion | None:
    rubric = records.rubric_of(assessment)
    if rubric is None:
        return None
    return next((criterion for criterion in rubric.criteria if criterion.id == assessment["criterion"]), None)
