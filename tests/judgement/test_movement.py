"""Each cause of movement in its own case: two scores of one criterion, and what they cite."""

from __future__ import annotations

from datetime import date

import pytest

from measures.judgement.movement import CAUSES, Seen, cause
from measures.period import Period
from tests.judgement.tables import World, milestone, moves, rubric

EVIDENCE = """
id  kind         origin   covers
E1  documentary  order    2020-11
E2  physical     visitor  2020-11
E3  documentary  minutes  2021-02
E4  physical     visitor  2021-02
E5  documentary  archive  2020-10
E6  documentary  order    2020-11
E7  documentary  report   2020-10/2021-01
E8  testimonial  gossip   2021-03
E9  documentary  forecast 2021-05
"""


def cited(*lines: str) -> str:
    """Citations from words such as ``A1 E1 done``, in support unless they say more."""
    rows = ["id assessment evidence shows bearing role"]
    for number, line in enumerate(lines):
        words = line.split()
        rows.append(" ".join([f"C{number}", *words[:3], *(words[3:] or ["supports", "hoop"])]))
    return "\n".join(rows)


SAME = "id period assessor score | A1 2020Q4 ADV-01 {} | A2 2021Q1 ADV-01 {}"
OTHER = "id period assessor score | A1 2020Q4 ADV-01 {} | A2 2021Q1 ADV-02 {}"
BORNE = ("A1 E1 done", "A1 E2 done")  # so that 2020Q4 could be claimed at `done` already
AGAIN = ("A2 E1 done", "A2 E2 done")

# The two scores, what is cited, and the cause of the movement from 2020Q4 to 2021Q1.
CASES = {
    "a rise with new evidence of this quarter": (
        SAME.format("said", "done"), ("A1 E1 said", "A2 E3 done", "A2 E4 done"), "performance",
    ),
    "a fall with new evidence of this quarter": (
        SAME.format("done", "said"), (*BORNE, "A2 E3 said"), "performance",
    ),
    "a fall with new evidence against the level": (
        SAME.format("done", "said"), (*BORNE, "A2 E1 said", "A2 E4 done contradicts hoop"), "performance",
    ),
    "another assessor with new evidence of this quarter": (
        OTHER.format("said", "done"), ("A1 E1 said", "A2 E3 done", "A2 E4 done"), "performance",
    ),
    "an interval that reaches into this quarter speaks of it": (
        SAME.format("said", "done"), (*BORNE, *AGAIN, "A2 E7 done"), "performance",
    ),
    "new evidence of a state that held before": (
        SAME.format("said", "done"), ("A1 E1 said", "A1 E2 said", "A2 E1 done", "A2 E5 done"), "knowledge",
    ),
    "another assessor with new evidence of older days only": (
        OTHER.format("said", "done"), ("A1 E1 said", "A1 E2 said", "A2 E1 done", "A2 E5 done"), "assessor",
    ),
    "another assessor, nothing new": (OTHER.format("said", "done"), (*BORNE, *AGAIN), "assessor"),
    "the same assessor, nothing new": (SAME.format("said", "done"), (*BORNE, *AGAIN), "unexplained"),
    "a reprint is not new": (
        SAME.format("said", "done"), (*BORNE, "A2 E6 done", "A2 E2 done"), "unexplained",
    ),
    "a new item that shows no more is no reason to rise": (
        SAME.format("said", "done"), (*BORNE, *AGAIN, "A2 E3 said", "A2 E8 none"), "unexplained",
    ),
    "an item about later days only is no reason to rise": (
        SAME.format("said", "done"), (*BORNE, *AGAIN, "A2 E9 done"), "unexplained",
    ),
    "a new item that speaks for more is no reason to fall": (
        SAME.format("done", "said"), (*BORNE, "A2 E3 done"), "unexplained",
    ),
    "evidence that grew too old explains nothing": (
        "id period assessor score | A1 2020Q4 ADV-01 done | A2 2021Q4 ADV-01 done", (*BORNE, *AGAIN),
        "unexplained",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("scores", "citations", "expected"), CASES.values(), ids=CASES)
def test_cause(scores: str, citations: tuple[str, ...], expected: str) -> None:
    found = moves(World(scores, cited(*citations), EVIDENCE).judge("2021Q4"))
    assert [(move[1], move[-1]) for move in found] == [("2020Q4", expected)]


def test_a_changed_rubric_is_a_change_of_definition_whatever_else_changed() -> None:
    scores = (
        "id period assessor rubric score | A1 2020Q4 ADV-01 small@1.0 said | A2 2021Q1 ADV-02 small@2.0 done"
    )
    citations = cited("A1 E1 said", "A2 E3 done", "A2 E4 done")
    for words, expected in (("Ended and in force.", "definition"), ("Ended.", "performance")):
        later = rubric(version="2.0", change=("Ended.", words))
        world = World(scores, citations, EVIDENCE, rubrics=(rubric(), later))
        found = moves(world.but(milestones=(milestone(version="2.0"),)).judge())
        assert found == [("law", "2020Q4", "2021Q1", "said", "done", expected)]


def test_a_correction_that_saw_nothing_new() -> None:
    scores = "id score supersedes | A1 done - | A2 said A1"
    world = World(scores, cited("A1 E3 done", "A1 E4 done", "A2 E3 done", "A2 E4 done"), EVIDENCE)
    assert moves(world.judge()) == [("law", "2021Q1", "2021Q1", "done", "said", "correction")]


def test_what_is_learned_about_the_same_quarter_is_knowledge_not_performance() -> None:
    scores = "id score supersedes | A1 said - | A2 done A1"
    world = World(scores, cited("A1 E3 said", "A2 E3 done", "A2 E4 done"), EVIDENCE)
    assert moves(world.judge()) == [("law", "2021Q1", "2021Q1", "said", "done", "knowledge")]


def test_a_correction_by_somebody_else_is_still_a_correction() -> None:
    scores = "id assessor score supersedes | A1 ADV-01 done - | A2 ADV-02 said A1"
    world = World(scores, cited("A1 E3 done", "A1 E4 done", "A2 E3 done", "A2 E4 done"), EVIDENCE)
    assert [move[-1] for move in moves(world.judge())] == ["correction"]


def test_every_step_of_a_chain_of_corrections_is_kept() -> None:
    scores = "id score supersedes | A1 done - | A2 said A1 | A3 done A2 | A4 not-observed A3 | A5 none A4"
    used = [f"A{number} {item} done" for number in (1, 2, 3, 5) for item in ("E3", "E4")]
    found = moves(World(scores, cited(*used), EVIDENCE).judge())
    assert [move[3:] for move in found] == [("done", "said", "correction"), ("said", "done", "correction")]


def test_evidence_cited_two_quarters_ago_is_not_new_again() -> None:
    scores = """
    id  period  score
    A1  2020Q3  said
    A2  2020Q4  said
    A3  2021Q1  done
    """
    items = """
    id  kind         origin   covers
    E1  documentary  order    2020-08/2021-02
    E2  physical     visitor  2020-08/2021-02
    E3  documentary  minutes  2020-11
    """
    used = cited("A1 E1 done", "A1 E2 done", "A2 E3 said", "A3 E1 done", "A3 E2 done")
    assert [move[-1] for move in moves(World(scores, used, items).judge())] == ["unexplained"]


def test_evidence_first_cited_where_no_level_was_known_is_still_new() -> None:
    scores = "id period score | A1 2020Q3 said | A2 2020Q4 insufficient-evidence | A3 2021Q1 done"
    items = """
    id  kind         origin   covers
    E1  documentary  order    2020-08
    E2  documentary  letter   2020-11
    E3  physical     visitor  2020-11
    """
    used = cited("A1 E1 said", "A2 E2 done", "A3 E2 done", "A3 E3 done")
    assert moves(World(scores, used, items).judge()) == [
        ("law", "2020Q3", "2021Q1", "said", "done", "performance")
    ]


def test_quarters_in_which_assessors_differ_move_nothing() -> None:
    scores = """
    id  period  assessor  score
    A1  2020Q3  ADV-01    done
    A2  2020Q4  ADV-01    done
    A3  2020Q4  EXT-01    said
    A4  2021Q1  ADV-01    said
    A5  2021Q1  EXT-01    said
    """
    items = "id kind origin covers | E1 documentary order 2020-08 | E2 physical visitor 2020-08"
    used = [f"A{number} {item} done" for number in range(1, 6) for item in ("E1", "E2")]
    found = moves(World(scores, cited(*used), items).judge())
    assert found == [("law", "2020Q3", "2021Q1", "done", "said", "unexplained")]


def test_with_several_assessors_like_is_compared_with_like() -> None:
    scores = """
    id  period  assessor  score
    A1  2020Q4  ADV-01    said
    A2  2020Q4  EXT-01    said
    A3  2021Q1  EXT-01    done
    """
    found = (
        World(scores, cited("A1 E1 done", "A2 E2 done", "A3 E1 done", "A3 E2 done"), EVIDENCE).judge().moves
    )
    assert list(zip(found["earlier"], found["assessment"], found["cause"], strict=True)) == [
        ("A2", "A3", "unexplained")
    ]


def test_a_settled_level_that_no_score_explains() -> None:
    settled = "id period settled | S1 2020Q4 said | S2 2021Q1 done"
    assert [move[-1] for move in moves(World(moderations=settled).judge())] == ["unexplained"]


def test_a_fall_stays_on_record_after_the_level_came_back() -> None:
    scores = "id period score | A1 2020Q3 done | A2 2020Q4 said | A3 2021Q1 done"
    items = "id kind origin covers | E1 documentary order 2020-08 | E2 physical visitor 2020-08"
    used = [f"A{number} {item} done" for number in (1, 2, 3) for item in ("E1", "E2")]
    found = World(scores, cited(*used), items).judge().moves
    assert list(found["steps"]) == [-1, 1]


def test_a_correction_whose_original_is_withheld_is_not_shown() -> None:
    scores = "id score marking supersedes | A1 done restricted - | A2 said public A1"
    world = World(scores, cited("A1 E3 done", "A1 E4 done", "A2 E3 done"), EVIDENCE)
    frames = world.frames
    frames["assessments"] = frames["assessments"][frames["assessments"]["marking"] == "public"]
    assert moves(world.judge(frames=frames)) == []


def test_without_movement_the_frame_has_its_columns_and_dtypes() -> None:
    found = World().judge().moves
    assert len(found) == 0
    assert {str(found[name].dtype) for name in found.columns if name != "steps"} == {"str"}
    assert str(found["steps"].dtype) == "int64"


Q3, Q4, Q1 = Period(2020, 3), Period(2020, 4), Period(2021, 1)
OLD = ("order", "2020-08", date(2020, 8, 31))
NOV = ("minutes", "2020-11", date(2020, 11, 30))


def seen(period: Period, *items: tuple[str, str, date], by: str = "ADV-01", of: str = "small@1.0") -> Seen:
    return Seen("A", by, of, period, frozenset(items))


@pytest.mark.parametrize(
    ("before", "now", "comparable", "expected"),
    [
        (seen(Q3, OLD), seen(Q4, NOV, of="small@2.0"), False, "definition"),
        (seen(Q3, OLD), seen(Q4, NOV, of="small@2.0"), True, "performance"),
        (seen(Q4, NOV), seen(Q4, NOV, by="ADV-02"), True, "correction"),
        (seen(Q3, OLD), seen(Q4, OLD, by="ADV-02"), True, "assessor"),
        (seen(Q3), seen(Q4, OLD), True, "knowledge"),
        (seen(Q3, OLD), seen(Q4, OLD, NOV), True, "performance"),
        (seen(Q3, OLD), seen(Q4, OLD), True, "unexplained"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_rules_in_their_order(before: Seen, now: Seen, comparable: bool, expected: str) -> None:
    assert cause(before, now, comparable=comparable) == expected
    assert expected in CAUSES


def test_a_mission_year_moves_the_border_between_before_and_since() -> None:
    december = ("minutes", "2020-12", date(2020, 12, 31))
    before, now = Seen("A", "x", "r", Q4, frozenset()), Seen("B", "x", "r", Q1, frozenset({december}))
    assert cause(before, now) == "knowledge"  # 2020Q4 of the calendar ends in December
    assert cause(before, now, year_starts=10) == "performance"  # from October it ended in September 2020


def test_what_another_criterion_cited_does_not_make_an_item_old() -> None:
    scores = "id criterion period score | A1 law 2020Q4 said | A2 law 2021Q1 done | A3 deed 2020Q4 done"
    used = cited("A1 E1 said", "A2 E1 done", "A2 E5 done", "A3 E1 done", "A3 E5 done")
    world = World(scores, used, EVIDENCE, rubrics=(rubric("law", "deed"),))
    assert [move[-1] for move in moves(world.judge())] == ["knowledge"]
