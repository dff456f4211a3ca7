"""The twelve questions: each with an instance that is counted and a near miss that is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings

from measures.judgement.auditors import SOURCES, Question, with_withheld
from measures.period import Interval, Period
from measures.records.commitments import Commitments, Resource, Retarget
from measures.records.plan import Former, Milestone, Objective
from measures.records.revisions import Revision, Written, revisions
from measures.rubric.model import Rubric
from tests.judgement.seen import card, seen
from tests.judgement.tables import World, milestone, objective, rubric
from tests.judgement.test_properties import missions

HEADER = "id milestone criterion period assessor score\n"
TWO_QUARTERS = """
A1 M-01 law 2020Q4 ADV-01 said
A2 M-01 law 2020Q4 EXT-01 said
A3 M-01 law 2021Q1 ADV-01 said
A4 M-01 law 2021Q1 EXT-01 said
"""
HOST = Resource(Interval.parse("2020"), "partner", 4, 4, "unknown", {}, ())


def planned(name: str = "M-01", **changes: Any) -> Milestone:
    """A milestone with everything written down."""
    given: dict[str, Any] = {
        "baseline": Period(2020, 4),
        "sustainment": {"en": "A branch of the staff."},
        "lead": "LEAD",
    }
    return replace(milestone(name), **{**given, **changes})


def supplied(*resources: Resource) -> Objective:
    return replace(objective(), commitments=Commitments(resources=resources))


def world(rows: str = TWO_QUARTERS, bare: tuple[str, ...] = (), **changes: Any) -> World:
    """A mission of which no question counts anything, but for what is changed."""
    made = seen(HEADER + rows, bare, milestones=(planned(),), rubrics=(rubric("law", "deed"),),
                objectives=(supplied(HOST),))  # fmt: skip
    ids = frozenset(str(row["id"]) for row in made.assessments if isinstance(row, dict))
    return made.but(approved=ids).but(**changes)


def asked(made: World, period: str = "2021Q1") -> dict[str, Question]:
    return {question.code: question for question in card(made, period).questions}


def counted(made: World, code: str) -> list[tuple[str, ...]]:
    """What a question lists, quarters left out."""
    return [tuple(part for part in found if part != "2021Q1") for found in asked(made)[code].items]


def test_the_questions_are_numbered_as_the_method_numbers_them_and_name_their_source() -> None:
    found = card(world()).questions
    assert [question.number for question in found] == list(range(1, 13))
    assert {question.code: question.source for question in found} == SOURCES


def test_nothing_is_counted_in_a_clean_mission() -> None:
    found = asked(world())
    assert {code: question.items for code, question in found.items() if question.items} == {}
    assert {count for question in found.values() for _, count in question.trail[-2:]} == {0}


CLARIFIED = '\nchanges: [{since: "1.0", class: clarified, note: {en: Only said more plainly.}}]\n'


def second_version(old: str, new: str, more: str = "") -> Rubric:
    return rubric("law", "deed", version="2.0", change=(old, new), more=more)


def rebound(other: Rubric) -> dict[str, Any]:
    bound = planned(version="2.0", former=(Former("1.0", Period(2020, 4)),))
    return {"milestones": (bound,), "rubrics": (rubric("law", "deed"), other)}


BROKEN = rebound(second_version("grade: B2", "grade: A1"))
SAME_MEANING = rebound(second_version("Ended.", "Brought to its end.", CLARIFIED))
CROSSWALK = "id criterion map | W1 law none=none;said=said;done=done;lasting=lasting"


def versions(rows: str = TWO_QUARTERS, **changes: Any) -> World:
    made = world(rows, **changes)
    scores = [
        {**row, "rubric": "small@2.0" if row["period"] == "2021Q1" else "small@1.0"}
        for row in made.assessments
        if isinstance(row, dict)
    ]
    return made.but(assessments=scores)


def renamed(first: str = "2021Q1") -> Retarget:
    words = ({"en": "Old"}, {"en": "M-01"}, {"en": "Why."}, {"en": "Agrees."})
    return Retarget("title", Period.parse(first), *words, "MOD-01", Interval.parse("2020-10"))


def relieved() -> tuple[Revision, ...]:
    """M-01 recorded at the start, and again in 2021Q1 with another lead."""
    body = {"id": "M-01", "lead": "LEAD"}
    return revisions([
        Written("milestone", "M-01", 1, "2020-01-10T12:00:00Z", body),
        Written("milestone", "M-01", 2, "2021-02-10T12:00:00Z", {**body, "lead": "ADV-02"}),
    ])  # fmt: skip


LONG_AGO = "A1 M-01 law 2020Q2 EXT-01 said\n"
LEVEL_AT_THE_BOTTOM = "A1 M-01 law 2020Q2 EXT-01 none\n"
OF_LATE = "A1 M-01 law 2020Q3 EXT-01 said\n"
ADVISER_ALONE = "A1 M-01 law 2021Q1 ADV-01 said\n"
OBSERVER_ALONE = "A1 M-01 law 2021Q1 EXT-01 said\n"
APART = "A1 M-01 law 2021Q1 EXT-01 said\nA2 M-01 law 2021Q1 ADV-01 done\n"
SETTLED = "id settled | N1 said"
SUPPORT = "\n".join(
    f"A{at} {of} {criterion} 2021Q1 EXT-01 {score}"
    for at, (of, criterion, score) in enumerate(
        [("M-01", "law", "lasting"), ("M-01", "deed", "done"), ("M-02", "law", "lasting"),
         ("M-02", "deed", "lasting")], start=1,
    )
)  # fmt: skip
GONE = SUPPORT.replace("M-02 deed 2021Q1 EXT-01 lasting", "M-02 deed 2021Q1 EXT-01 not-observed")
NOT_YET = "M-01 law 2021Q1 EXT-01 done"
WEAK = SUPPORT.replace("M-02 deed 2021Q1 EXT-01 lasting", "M-02 deed 2021Q1 EXT-01 done")
CAP = "\ncaps: [{{rubric: {}, {}reason: {{en: It needs it.}}}}]\n"


def two(rows: str, of: str = "", criterion: str = "", *, apart: bool = False) -> World:
    """M-01 by the small rubric, depending on M-02 by the base rubric.

    Args:
        of: The rubric that caps the small one; none when empty.
        criterion: The criterion of it that does.
        apart: The plan does not say that one depends on the other.
    """
    more = CAP.format(of, f"criterion: {criterion}, " if criterion else "") if of else ""
    small, base = rubric("law", "deed", more=more), replace(rubric("law", "deed"), id="base")
    first = planned(depends_on=() if apart else ("M-02",))
    made = world(rows, milestones=(first, planned("M-02", rubric="base")), rubrics=(small, base))
    scores = [{**row, "rubric": "base@1.0" if row["milestone"] == "M-02" else "small@1.0"}
              for row in made.assessments if isinstance(row, dict)]  # fmt: skip
    return made.but(assessments=scores)


def changed_hands(then: str, now: str, *others: str) -> str:
    """A level in the quarter before and one now, each ``ASSESSOR level``."""
    rows = [("2020Q4", then), ("2021Q1", now), *(("2021Q1", other) for other in others)]
    return "\n".join(f"A{at} M-01 law {period} {who}" for at, (period, who) in enumerate(rows, start=1))


def sure(then: str, now: str, *, unseen: bool = False, never: bool = False, blind: bool = False) -> World:
    """A level held with one confidence and then with another.

    Args:
        unseen: Nothing first-hand is cited now.
        never: Nor was anything then.
        blind: Nobody could look at the other criterion now.
    """
    rows = "A1 M-01 law 2020Q4 EXT-01 said\nA2 M-01 law 2021Q1 EXT-01 said\n"
    rows += "A3 M-01 deed 2020Q4 EXT-01 said\nA4 M-01 deed 2021Q1 EXT-01 " + (
        "not-observed" if blind else "said"
    )
    made = world(rows)
    levels = {"A1": then, "A2": now}
    scores = [{**row, "confidence": levels.get(row["id"], "low")} for row in made.assessments
              if isinstance(row, dict)]  # fmt: skip
    far = {"A2"} if unseen else set()
    far |= {"A1", "A2"} if never else set()
    items = [{**found, "first_hand": "no"} if found["id"].partition("-")[2] in far else found
             for found in made.evidence if isinstance(found, dict)]  # fmt: skip
    return made.but(assessments=scores, evidence=items)


# Code, a mission in which it counts, what it lists, and near misses in which it counts nothing.
Case = tuple[str, World, list[tuple[str, ...]], dict[str, World]]
LAW = ("M-01", "law")
CASES: list[Case] = [
    (
        "definition-drift",
        versions(**BROKEN),
        [LAW],
        {
            "other words for the same": versions(**SAME_MEANING),
            "a crosswalk joins them": versions(**BROKEN, crosswalks=CROSSWALK),
            "first scored under the new words": versions(TWO_QUARTERS.replace("2020Q4", "2021Q1"), **BROKEN),
        },
    ),
    (
        "goal-churn",
        world(milestones=(planned(baseline=None, retargets=(renamed(),)),)),
        [("milestone", "M-01")],
        {
            "changed with a baseline": world(milestones=(planned(retargets=(renamed(),)),)),
            "no baseline and not changed": world(milestones=(planned(baseline=None),)),
            "only something around the goal was changed": world(
                milestones=(planned(baseline=None),), revisions=relieved()
            ),
            "changed in an earlier quarter": world(
                milestones=(planned(baseline=None, retargets=(renamed("2020Q4"),)),)
            ),
        },
    ),
    (
        "regression-unseen",
        world(LONG_AGO),
        [LAW],
        {
            "it stood at the bottom, from where nothing falls": world(LEVEL_AT_THE_BOTTOM),
            "seen as long ago as a level may stand": world(OF_LATE),
            "seen again": world(LONG_AGO + "A2 M-01 law 2021Q1 EXT-01 said"),
            "somebody claims it, on whatever evidence": world(
                LONG_AGO + "A2 M-01 law 2021Q1 EXT-01 said", bare=("A2",)
            ),
            "it does not apply": world(LONG_AGO + "A2 M-01 law 2021Q1 EXT-01 not-applicable"),
        },
    ),
    (
        "unapproved",
        world(OBSERVER_ALONE, approved=frozenset()),
        [LAW],
        {
            "approved": world(OBSERVER_ALONE),
            "settled, and the settlement approved": world(
                OBSERVER_ALONE, moderations=SETTLED, approved=frozenset({"N1"})
            ),
            "no level": world("A1 M-01 law 2021Q1 EXT-01 not-observed", approved=frozenset()),
        },
    ),
    (
        "not-independent",
        world(ADVISER_ALONE),
        [LAW],
        {
            "an outside observer scored it too": world(),
            "an outside observer alone": world(OBSERVER_ALONE),
            "settled by another person": world(ADVISER_ALONE, moderations=SETTLED),
        },
    ),
    (
        "not-independent",
        world(OBSERVER_ALONE, milestones=(planned(lead="EXT-01"),)),
        [LAW],
        {
            "settled by another": world(
                OBSERVER_ALONE, milestones=(planned(lead="EXT-01"),), moderations=SETTLED
            )
        },
    ),
    (
        "not-independent",
        world(ADVISER_ALONE, milestones=(planned(lead="MOD-01"),), moderations=SETTLED),
        [LAW],
        {"another leads it": world(ADVISER_ALONE, moderations=SETTLED)},
    ),
    (
        "not-independent",
        world(ADVISER_ALONE + "A2 M-01 law 2021Q1 PAR-01 said"),
        [LAW],
        {"an observer and the partner": world(OBSERVER_ALONE + "A2 M-01 law 2021Q1 PAR-01 said")},
    ),
    (
        "applied-unevenly",
        world(APART),
        [LAW],
        {
            "settled": world(APART, moderations=SETTLED),
            "they agree": world(APART.replace("done", "said")),
            "one of them could not look": world(APART.replace("done", "not-observed")),
        },
    ),
    (
        "items-closed",
        world(OBSERVER_ALONE, bare=("A1",)),
        [LAW],
        {
            "something is cited": world(OBSERVER_ALONE),
            "another rater cites something": world(bare=("A4",)),
            "no level": world("A1 M-01 law 2021Q1 EXT-01 insufficient-evidence", bare=("A1",)),
        },
    ),
    (
        "without-support",
        two(WEAK),
        [LAW],
        {
            "what it depends on lasts": two(SUPPORT),
            "it depends on nothing": two(WEAK, apart=True),
            "it does not last itself": two(WEAK.replace("M-01 law 2021Q1 EXT-01 lasting", NOT_YET)),
            "another criterion of it is what caps": two(WEAK, "base", "law"),
        },
    ),
    (
        "without-support",
        two(GONE),
        [LAW],
        {
            "it is known": two(SUPPORT),
            "it does not apply": two(GONE.replace("not-observed", "not-applicable")),
        },
    ),
    (
        "without-support",
        two(SUPPORT, "logistics"),
        [LAW],
        {"the plan names what caps it": two(SUPPORT, "base")},
    ),
    (
        "without-support",
        two(WEAK, "base", "deed"),
        [LAW],
        {"the criterion that caps lasts": two(SUPPORT, "base", "deed")},
    ),
    (
        "not-written-down",
        world(milestones=(planned(baseline=None, sustainment={}),), objectives=(supplied(),)),
        [("milestone", "M-01", lack) for lack in ("baseline", "sustainment", "capacity")],
        {"all is written down": world()},
    ),
    (
        "not-written-down",
        world(milestones=(planned(sustainment={"en": "Nobody has said. It is two posts."}),)),
        [("milestone", "M-01", "sustainment")],
        {"somebody has said": world(milestones=(planned(sustainment={"en": "Two posts do it."}),))},
    ),
    (
        "not-written-down",
        world(objectives=(supplied(replace(HOST, side="mission")),)),
        [("milestone", "M-01", "capacity")],
        {"the host's own": world(objectives=(supplied(replace(HOST, side="mission"), HOST),))},
    ),
    (
        "not-written-down",
        world(objectives=(supplied(replace(HOST, date=Interval.parse("2021-04"))),)),
        [("milestone", "M-01", "capacity")],
        {
            "by the end of the quarter": world(
                objectives=(supplied(replace(HOST, date=Interval.parse("2021-03"))),)
            )
        },
    ),
    (
        "rater-changed",
        world(changed_hands("ADV-01 said", "ADV-02 done")),
        [LAW],
        {
            "another rater, the same level": world(changed_hands("ADV-01 said", "ADV-02 said")),
            "the same rater, another level": world(changed_hands("ADV-01 said", "ADV-01 done")),
            "the former rater scores beside the new": world(
                changed_hands("ADV-01 said", "ADV-02 done", "ADV-01 done")
            ),
        },
    ),
    (
        "confidence-stays",
        sure("moderate", "moderate", unseen=True),
        [LAW],
        {
            "it was lowered": sure("moderate", "low", unseen=True),
            "nobody had ever been there": sure("moderate", "moderate", never=True),
            "somebody is still there": sure("moderate", "high"),
            "it cannot go lower": sure("very-low", "very-low", unseen=True),
        },
    ),
    (
        "confidence-stays",
        sure("moderate", "high", blind=True),
        [LAW],
        {
            "it was lowered": sure("high", "moderate", blind=True),
            "all could be looked at": sure("moderate", "moderate"),
        },
    ),
]  # fmt: skip


def named(case: Case) -> str:
    return case[0]


@pytest.mark.parametrize(("code", "made", "items", "_misses"), CASES, ids=map(named, CASES))
def test_what_is_planted_is_counted(
    code: str, made: World, items: list[tuple[str, ...]], _misses: dict[str, World]
) -> None:
    assert counted(made, code) == items
    assert asked(made)[code].trail[-1] == ("2021Q1", len(items))


MISSES = [(code, name, made) for code, _, _, misses in CASES for name, made in misses.items()]


@pytest.mark.parametrize(("code", "_name", "made"), MISSES, ids=[f"{c}: {n}" for c, n, _ in MISSES])
def test_a_near_miss_is_not_counted(code: str, _name: str, made: World) -> None:
    assert counted(made, code) == []


def test_every_question_that_can_count_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(SOURCES) - {"averaged"}


def test_who_scored_does_not_make_it_independent_by_settling_it() -> None:
    own = world(ADVISER_ALONE, moderations="id settled moderator | N1 said ADV-01")
    assert counted(own, "not-independent") == [LAW]


def test_what_the_partner_cites_opens_no_evidence_for_others() -> None:
    rows = OBSERVER_ALONE + "A2 M-01 law 2021Q1 PAR-01 said"
    assert counted(world(rows, bare=("A1",)), "items-closed") == [LAW]


def test_a_statement_of_the_level_without_a_yes_is_counted_until_it_is_answered() -> None:
    made = world(OBSERVER_ALONE)
    unsaid = [{**row, "attributes": "law-said=unknown"} for row in made.assessments if isinstance(row, dict)]
    assert counted(made.but(assessments=unsaid), "applied-unevenly") == [LAW]
    assert counted(made, "applied-unevenly") == []


def test_a_withheld_score_is_an_item_that_the_reader_cannot_open() -> None:
    hidden = {("M-01", "deed", "2021Q1"), ("M-01", "deed", "2020Q4")}
    before = card(world()).questions
    after = {question.code: question for question in with_withheld(before, hidden)}
    question = after["items-closed"]
    assert question.items == (("M-01", "deed", "2021Q1"),)
    assert question.of == 2
    assert question.trail[-3:] == (("2020Q3", 0), ("2020Q4", 1), ("2021Q1", 1))
    assert with_withheld(before, set()) == before
    assert [q for q in after.values() if q.code != "items-closed"] == [
        q for q in before if q.code != "items-closed"
    ]


def test_the_trail_holds_the_last_eight_quarters_and_none_before_the_mission() -> None:
    assert [quarter for quarter, _ in asked(world(), "2021Q4")["unapproved"].trail] == [
        f"{year}Q{quarter}" for year in (2020, 2021) for quarter in (1, 2, 3, 4)
    ]
    assert len(asked(world(), "2020Q2")["unapproved"].trail) == 2


def test_every_count_says_what_it_is_counted_among() -> None:
    found = asked(world(APART + "A3 M-01 deed 2021Q1 EXT-01 not-observed"))
    assert (found["applied-unevenly"].of, found["unapproved"].of, found["averaged"].of) == (1, 1, 1)
    assert found["not-written-down"].of == 3


@settings(max_examples=10, deadline=None)
@given(missions())
def test_a_count_of_the_past_is_what_that_quarter_counted_itself(made: World) -> None:
    """Approvals and moderations do not come later in these missions, so nothing is learned since."""
    now = asked(made, "2021Q4")
    for quarter in ("2020Q2", "2021Q1", "2021Q3"):
        then = asked(made, quarter)
        for code, question in now.items():
            assert dict(question.trail)[quarter] == then[code].trail[-1][1], (code, quarter)


@settings(max_examples=10, deadline=None)
@given(missions())
def test_what_is_counted_is_among_what_it_is_counted_among(made: World) -> None:
    for question in card(made, "2021Q4").questions:
        assert len(question.items) <= question.of, question.code
        assert len(set(question.items)) == len(question.items)
        assert question.trail[-1][1] == len(question.items)


def shuffled(frames: dict[str, pd.DataFrame], seed: int) -> dict[str, pd.DataFrame]:
    return {name: frame.sample(frac=1, random_state=seed) for name, frame in frames.items()}


@settings(max_examples=10, deadline=None)
@given(missions())
def test_the_order_of_rows_changes_nothing(made: World) -> None:
    frames = made.frames
    one = made.judge("2021Q4", frames).report_card
    other = made.judge("2021Q4", shuffled(dict(frames), 3)).report_card
    assert one == other
