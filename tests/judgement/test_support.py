"""What cited evidence supports. The rules of the small rubric stand in ``tables.CRITERION``."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from measures.judgement import support
from measures.rubric.model import Rubric
from tests.judgement.tables import World, frame, milestone, records, rubric

# Each case: what is cited for a claim of `done` in 2021Q1, the level supported, what is missing.
# `done` takes two origins, something documentary or physical, C3 at least, not older than 4 quarters.
CASES = {
    "two origins of which one is a document": (
        """
        id  kind         origin   grade  covers   shows
        E1  documentary  order    B2     2021-02  done
        E2  testimonial  visitor  B2     2021-02  done
        """,
        "done",
        "",
    ),
    "an item that shows more supports what lies below": (
        """
        id  kind         origin   grade  covers   shows
        E1  documentary  order    B2     2021-02  lasting
        E2  testimonial  visitor  B2     2021-02  lasting
        """,
        "done",
        "",
    ),
    "an item that shows less does not support more": (
        """
        id  kind         origin   grade  covers   shows
        E1  documentary  order    B2     2021-02  done
        E2  physical     visitor  B2     2021-02  said
        """,
        "said",
        "origins",
    ),
    "testimony alone supports nothing, however much of it": (
        """
        id  kind         origin   grade  covers   shows
        E1  testimonial  first    A1     2021-03  done
        E2  testimonial  second   A1     2021-03  done
        E3  testimonial  third    A1     2021-03  done
        """,
        "",
        "non_testimonial; kinds",
    ),
    "reprints of one release are one origin": (
        """
        id  kind         origin   grade  covers   shows
        E1  documentary  release  B2     2021-02  done
        E2  documentary  release  B2     2021-02  done
        E3  documentary  RELEASE  B2     2021-02  done
        """,
        "said",
        "origins",
    ),
    "a kind that the level does not take": (
        """
        id  kind         origin   grade  covers   shows
        E1  analytical   study    B2     2021-02  done
        E2  analytical   review   B2     2021-02  done
        """,
        "said",
        "kinds",
    ),
    "a reliability below the least": (
        """
        id  kind         origin   grade  covers   shows
        E1  documentary  order    D2     2021-02  done
        E2  documentary  minutes  B2     2021-02  done
        """,
        "said",
        "origins",
    ),
    "a credibility below the least": (
        """
        id  kind         origin   grade  covers   shows
        E1  documentary  order    B4     2021-02  done
        E2  documentary  minutes  B2     2021-02  done
        """,
        "said",
        "origins",
    ),
    "reliability F is unknown and meets no minimum, not even E5": (
        """
        id  kind         origin   grade  covers   shows
        E1  documentary  order    F1     2021-02  done
        E2  documentary  minutes  F1     2021-02  done
        """,
        "",
        "non_testimonial; origins; kinds",
    ),
    "credibility 6 is unknown and meets no minimum, not even E5": (
        """
        id  kind         origin   grade  covers   shows
        E1  documentary  order    A6     2021-02  done
        E2  documentary  minutes  A6     2021-02  done
        """,
        "",
        "non_testimonial; origins; kinds",
    ),
    "four quarters count back from the quarter itself": (
        """
        id  kind         origin   grade  covers   shows
        E1  documentary  order    B2     2020-04  done
        E2  documentary  minutes  B2     2020-06  done
        """,
        "done",
        "",
    ),
    "a day older is too old": (
        """
        id  kind         origin   grade  covers      shows
        E1  documentary  order    B2     2020-03-31  done
        E2  documentary  minutes  B2     2020-06     done
        """,
        "said",
        "origins",
    ),
    "an interval counts by the last quarter it reaches": (
        """
        id  kind         origin   grade  covers           shows
        E1  documentary  order    B2     2018-01/2020-04  done
        E2  documentary  minutes  B2     2019/2021        done
        """,
        "done",
        "",
    ),
    "an item about later days only says nothing of this quarter": (
        """
        id  kind         origin   grade  covers   shows
        E1  documentary  order    B2     2021-04  done
        E2  documentary  minutes  B2     2021-04  done
        """,
        "",
        "non_testimonial; origins; kinds",
    ),
    "items too old for every level": (
        """
        id  kind         origin   grade  covers   shows
        E1  documentary  order    B2     2018     done
        E2  documentary  minutes  B2     2018     done
        """,
        "",
        "non_testimonial; origins; kinds",
    ),
    "nothing cited": (
        """
        id  kind         origin   grade  covers   shows
        """,
        "",
        "non_testimonial; origins; kinds",
    ),
}


def world(items: str, score: str = "done", extra: tuple[str, ...] = ()) -> World:
    """One assessment of 2021Q1 that cites every item in support; ``extra``: further citations."""
    found = records(items)
    for item in found:
        grade = item.pop("grade")
        item |= {"reliability": grade[0], "credibility": grade[1]}
    cited = "\n".join(
        ["id assessment evidence bearing role shows"]
        + [f"C-{item['id']} A1 {item['id']} supports straw-in-the-wind {item.pop('shows')}" for item in found]
        + [f"X{number} A1 {words}" for number, words in enumerate(extra)]
    )
    return World(assessments=f"id score | A1 {score}", evidence=found, citations=cited)


def supported(world: World) -> tuple[str, str]:
    """The level supported, empty when none, and what the claim lacks."""
    row = world.judge().supported.loc["A1"].to_dict()
    return ("" if pd.isna(row["supported"]) else str(row["supported"])), str(row["missing"])


@pytest.mark.parametrize(("items", "level", "missing"), CASES.values(), ids=CASES)
def test_support_follows_the_rule_of_the_level(items: str, level: str, missing: str) -> None:
    assert supported(world(items)) == (level, missing)


TWO = """
id  kind         origin   grade  covers   shows
E1  documentary  order    B2     2021-02  done
E2  physical     visitor  B2     2021-02  done
"""


def test_the_highest_level_takes_something_first_hand() -> None:
    strong = TWO.replace(" done", " lasting")
    assert supported(world(strong, "lasting")) == ("done", "first_hand")
    seen = world(strong, "lasting")
    assert isinstance(seen.evidence, list)
    seen.evidence[1]["first_hand"] = "yes"
    assert supported(seen) == ("lasting", "")


@pytest.mark.parametrize(
    ("contradiction", "level", "missing"),
    [
        ("E1 contradicts straw-in-the-wind done", "done", ""),
        ("E1 contradicts hoop done", "said", "unblocked"),
        ("E1 contradicts smoking-gun done", "said", "unblocked"),
        ("E1 contradicts doubly-decisive done", "said", "unblocked"),
        ("E1 contradicts hoop lasting", "done", ""),
        ("E1 contradicts hoop said", "none", "unblocked"),
        ("E1 contradicts hoop none", "", "unblocked"),
    ],
)
def test_only_a_decisive_contradiction_blocks_and_all_above_it(
    contradiction: str, level: str, missing: str
) -> None:
    assert supported(world(TWO, extra=(contradiction,))) == (level, missing)


def test_a_hundred_straws_make_no_contradiction() -> None:
    straws = tuple("E1 contradicts straw-in-the-wind said" for _ in range(100))
    assert supported(world(TWO, extra=straws)) == ("done", "")


def test_a_contradiction_blocks_at_any_grade() -> None:
    items = TWO + "E3  testimonial  rumour   F6     2018     none\n"
    assert supported(world(items, extra=("E3 contradicts hoop done",))) == ("said", "unblocked")


def test_a_contradiction_about_later_days_blocks_nothing() -> None:
    items = TWO + "E3  physical     later    A1     2021-04  none\n"
    assert supported(world(items, extra=("E3 contradicts hoop done",))) == ("done", "")


def test_none_takes_one_item_that_is_not_testimony() -> None:
    items = "id kind origin grade covers shows | E1 {} o E5 2021-02 none"
    assert supported(world(items.format("testimonial"), "none")) == ("", "non_testimonial; kinds")
    assert supported(world(items.format("analytical"), "none")) == ("none", "")


def test_a_corrected_item_counts_as_its_correction() -> None:
    items = """
    id  kind         origin   reliability  supersedes
    E1  documentary  order    B            -
    E2  physical     visitor  B            -
    E9  documentary  order    E            E1
    """
    cited = "id assessment evidence shows | C1 A1 E1 done | C2 A1 E2 done"
    corrected = World("id score | A1 done", cited, items)
    assert supported(corrected) == ("said", "origins")


def test_an_item_whose_correction_is_withheld_counts_for_nothing() -> None:
    items = """
    id  kind         origin   marking     supersedes
    E1  documentary  order    public      -
    E2  physical     visitor  public      -
    E9  documentary  order    restricted  E1
    """
    cited = "id assessment evidence shows | C1 A1 E1 done | C2 A1 E2 done"
    whole = World("id score | A1 done", cited, items)
    assert supported(whole) == ("done", "")
    frames = whole.frames
    frames["evidence"] = frames["evidence"][frames["evidence"]["marking"] == "public"]
    assert str(whole.judge(frames=frames).supported.loc["A1", "supported"]) == "said"


def test_items_corrected_in_a_circle_end_somewhere() -> None:
    items = "id supersedes | E1 E2 | E2 E1"
    circle = World("id score | A1 said", "id assessment evidence shows | C1 A1 E1 said", items)
    assert supported(circle)[0] == ""


@pytest.mark.parametrize(
    ("year_starts", "covers", "level"),
    [
        (1, "2020-01-01", "done"),  # 2020Q1 of the calendar: the fourth quarter counting back from 2020Q4
        (1, "2019-12-31", "said"),
        (10, "2019-10-01", "done"),  # a year from October: 2020Q1 begins on 1 October 2019
        (10, "2019-09-30", "said"),
    ],
)
def test_freshness_counts_the_quarters_of_the_missions_own_year(
    year_starts: int, covers: str, level: str
) -> None:
    items = f"id kind origin covers | E1 documentary order {covers} | E2 physical visitor {covers}"
    cited = "id assessment evidence shows | C1 A1 E1 done | C2 A1 E2 done"
    old = World("id score period | A1 done 2020Q4", cited, items, year_starts=year_starts)
    assert str(old.judge("2020Q4").supported.loc["A1", "supported"]) == level


def test_facts_for_the_confidence_are_about_the_level_that_may_be_told() -> None:
    items = """
    id  kind         origin   grade  covers   shows
    E1  documentary  order    B2     2021-02  done
    E2  documentary  minutes  B2     2020-11  done
    E3  physical     visitor  F2     2021-02  done
    E4  testimonial  speech   B2     2021-03  said
    """
    row = world(items, "lasting").judge().supported.loc["A1"]
    assert (str(row["supported"]), row["origins"], row["latest"]) == ("done", 2, 2021 * 4)


def test_each_score_is_judged_by_the_rubric_version_it_was_scored_against() -> None:
    old, new = rubric("law"), rubric("law", version="2.0")
    demanding = World(
        assessments="id period rubric score | A1 2020Q4 small@1.0 said | A2 2021Q1 small@2.0 said",
        evidence="id covers | E1 2020-12",
        citations="id assessment evidence shows | C1 A1 E1 said | C2 A2 E1 said",
        rubrics=(old, asking(new, "said", origins=2)),
        milestones=(milestone(version="2.0"),),
    )
    levels = demanding.judge().supported["supported"]
    assert [str(levels["A1"]), str(levels["A2"])] == ["said", "none"]


def asking(given: Rubric, level: str, **asked: object) -> Rubric:
    """The rubric with another evidence rule for one level of its first criterion."""
    criterion = given.criteria[0]
    steps = tuple(
        replace(step, evidence=replace(step.evidence, **asked)) if step.level == level else step  # type: ignore[arg-type]
        for step in criterion.steps
    )
    return replace(given, criteria=(replace(criterion, steps=steps), *given.criteria[1:]))


def test_a_level_that_meets_its_rule_cannot_stand_on_one_that_does_not() -> None:
    paper_first = asking(rubric("law"), "said", kinds=("documentary",))
    items = """
    id  kind      origin   grade  covers   shows
    E1  physical  site     B2     2021-02  done
    E2  physical  visitor  B2     2021-02  done
    """
    assert supported(world(items)) == ("done", "")
    assert supported(world(items).but(rubrics=(paper_first,))) == ("none", "kinds")


@pytest.mark.parametrize("grade", ["F1", "A6", "F6"])
def test_no_rule_can_be_so_weak_that_an_unknown_grade_meets_it(grade: str) -> None:
    weak = asking(rubric("law"), "said", reliability="F", credibility="6")
    items = f"id kind origin grade covers shows | E1 documentary order {grade} 2021-02 said"
    assert supported(world(items, "said").but(rubrics=(weak,)))[0] == ""


def test_milestones_with_different_ladders_share_one_frame() -> None:
    long = rubric("deed")
    levels = (*long.levels[:2], replace(long.levels[1], id="written"), *long.levels[2:])
    criterion = long.criteria[0]
    steps = (*criterion.steps[:2], replace(criterion.steps[1], level="written"), *criterion.steps[2:])
    long = replace(long, id="long", levels=levels, criteria=(replace(criterion, steps=steps),))
    both = World(
        assessments="""
            id  milestone  criterion  rubric     score
            A1  M-01       law        small@1.0  done
            A2  M-02       deed       long@1.0   written
        """,
        evidence="id kind | E1 documentary | E2 physical",
        citations="id assessment evidence shows | C1 A1 E1 done | C2 A1 E2 done | C3 A2 E1 written",
        milestones=(milestone(), milestone("M-02", rubric_id="long")),
        rubrics=(rubric("law"), long),
    )
    quarter = both.judge()
    assert list(quarter.supported["supported"].astype("str")) == ["done", "written"]
    assert (quarter.results["M-01"].lower, quarter.results["M-02"].lower) == ("done", "written")


def test_a_score_of_a_criterion_that_the_rubric_lacks_is_supported_by_nothing() -> None:
    stray = World(
        "id criterion score | A1 unheard done", "id assessment evidence shows | C1 A1 E1 done", "id | E1"
    )
    assert supported(stray) == ("", "non_testimonial; origins")


@pytest.mark.parametrize("empty", ["assessments", "citations", "evidence", "all"])
def test_empty_frames_give_empty_answers(empty: str) -> None:
    full = {
        "assessments": "id score | A1 done",
        "evidence": "id | E1",
        "citations": "id assessment evidence shows | C1 A1 E1 done",
    }
    tables = {name: "" if empty in (name, "all") else text for name, text in full.items()}
    frames = {name: frame(name, text) for name, text in tables.items()}
    found = support(frames["assessments"], frames["citations"], frames["evidence"], {"M-01": rubric()})
    assert list(found.columns) == [
        "claimed",
        "supported",
        "blocked",
        "missing",
        "origins",
        "first_hand",
        "latest",
    ]
    assert len(found) == (0 if empty in ("assessments", "all") else 1)
    assert found["supported"].isna().all()
    assert {str(found[name].dtype) for name in ("blocked", "first_hand")} == {"bool"}
