"""Where a criterion stands: one rater, several, a moderator, a partner; and what is not known."""

from __future__ import annotations

import pytest

from measures.errors import PeriodError
from measures.period import Period
from tests.judgement.tables import World, cell, health, milestone, rubric

TWO = "id kind origin | E1 documentary order | E2 physical visitor"


def cites(*names: str, shows: str = "done") -> str:
    """Each assessment cites both items of TWO, so that each supports ``shows``."""
    lines = [f"C-{name}-{item} {name} {item} {shows}" for name in names for item in ("E1", "E2")]
    return "\n".join(["id assessment evidence shows", *lines])


# Assessments of one cell, what they are supported to, and: state, claimed, low, high, raters, partner.
CASES = {
    "nobody wrote anything": ("id assessor score", "", "no-entry, , , , 0, "),
    "a level the evidence bears out": (
        "id assessor score | A1 ADV-01 done", "A1", "level, done, done, done, 1, ",
    ),
    "a claim above the evidence stands at what is supported": (
        "id assessor score | A1 ADV-01 lasting", "A1", "level, lasting, done, done, 1, ",
    ),
    "a claim that nothing supports": ("id assessor score | A1 ADV-01 done", "", "level, done, , , 1, "),
    "a claim below the evidence stays where it is": (
        "id assessor score | A1 ADV-01 said", "A1", "level, said, said, said, 1, ",
    ),
    "assessors who differ make a range": (
        "id assessor score | A1 ADV-01 said | A2 EXT-01 done", "A1 A2", "level, done, said, done, 2, ",
    ),
    "what one cites bears on the claim of the other": (
        "id assessor score | A1 ADV-01 done | A2 EXT-01 done", "A2", "level, done, done, done, 2, ",
    ),
    "who could not look does not silence who could": (
        "id assessor score | A1 ADV-01 done | A2 EXT-01 not-observed", "A1", "level, done, done, done, 1, ",
    ),
    "whoever wrote last": (
        "id assessor score | A1 EXT-01 not-observed | A2 ADV-01 done", "A2", "level, done, done, done, 1, ",
    ),
    "looking in vain outweighs not looking": (
        "id assessor score | A1 ADV-01 insufficient-evidence | A2 EXT-01 not-observed", "",
        "insufficient-evidence, , , , 0, ",
    ),
    "not applicable takes all of them": (
        "id assessor score | A1 ADV-01 not-observed | A2 EXT-01 not-applicable", "",
        "not-observed, , , , 0, ",
    ),
    "the partner's own score stands apart": (
        "id assessor score | A1 ADV-01 said | A2 PAR-01 lasting", "A1 A2",
        "level, said, said, said, 1, lasting",
    ),
    "the partner's score alone is not the standing": (
        "id assessor score | A1 PAR-01 done", "A1", "no-entry, , , , 0, done",
    ),
    "a partner who could not say leaves the other partner's score": (
        "id assessor score | A1 PAR-01 done | A2 PAR-02 not-observed", "", "no-entry, , , , 0, done",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("assessments", "cited", "expected"), CASES.values(), ids=CASES)
def test_one_cell(assessments: str, cited: str, expected: str) -> None:
    stand = cell(World(assessments, cites(*cited.split()), TWO).judge())
    columns = ("state", "claimed", "low", "high", "raters", "partner")
    assert ", ".join(str(stand[name]) for name in columns) == expected


def test_a_superseded_assessment_stands_no_more() -> None:
    table = "id score supersedes | A1 lasting - | A2 said A1"
    stand = cell(World(table, cites("A1", "A2", shows="lasting"), TWO).judge())
    assert (stand["assessment"], stand["claimed"], stand["low"]) == ("A2", "said", "said")


def test_a_contradiction_that_one_assessor_cites_keeps_the_two_apart() -> None:
    cited = """
    id  assessment  evidence  bearing      role  shows
    C1  A1          E1        supports     hoop  done
    C2  A1          E2        supports     hoop  done
    C3  A2          E1        supports     hoop  done
    C4  A2          E2        contradicts  hoop  done
    """
    quarter = World("id assessor score | A1 ADV-01 done | A2 EXT-01 done", cited, TWO).judge()
    stand = cell(quarter)
    assert (stand["assessment"], stand["low"], stand["high"]) == ("A2", "said", "done")
    assert health(quarter)["contradicted"] == ["law"]


# Claim, settled score, and: state, low, what the health page lists.
MODERATED = {
    "settled as claimed and supported": ("done", "done", "level done", ["not-approved", "single-rater"]),
    "settled below the claim": ("lasting", "done", "level done", ["not-approved", "single-rater"]),
    "settled above the evidence": (
        "lasting", "lasting", "level lasting", ["not-approved", "claimed-above-support", "single-rater"],
    ),
    "settled above the claim and the evidence": (
        "said", "lasting", "level lasting", ["not-approved", "claimed-above-support", "single-rater"],
    ),
    "settled to a non-score": (
        "done", "insufficient-evidence", "insufficient-evidence ", ["insufficient-evidence"],
    ),
    "settled to not applicable": ("done", "not-applicable", "not-applicable ", []),
}  # fmt: skip


@pytest.mark.parametrize(("claim", "settled", "stands", "listed"), MODERATED.values(), ids=MODERATED)
def test_a_moderator_settles(claim: str, settled: str, stands: str, listed: list[str]) -> None:
    quarter = World(f"id score | A1 {claim}", cites("A1"), TWO, f"id settled | S1 {settled}").judge()
    stand = cell(quarter)
    assert (f"{stand['state']} {stand['low']}", stand["claimed"]) == (stands, claim)
    assert stand["low"] == stand["high"]
    assert [line for line in health(quarter) if line != "unanswered"] == listed


def test_a_corrected_moderation_and_the_latest_of_two() -> None:
    table = "id settled supersedes | S1 lasting - | S2 said S1 | S3 done -"
    stand = cell(World("id score | A1 done", cites("A1"), TWO, table).judge())
    assert (stand["moderation"], stand["settled"], stand["low"]) == ("S3", "done", "done")


def test_a_level_settled_where_nobody_scored_is_not_supported() -> None:
    quarter = World(moderations="id settled | S1 said").judge()
    stand = cell(quarter)
    assert (stand["state"], stand["low"], stand["assessment"]) == ("level", "said", "")
    assert health(quarter)["claimed-above-support"] == ["law"]


def test_approval_binds_to_what_stands() -> None:
    plain = World("id score | A1 done", cites("A1"), TWO)
    assert "not-approved" not in health(plain.but(approved=frozenset({"A1"})).judge())
    settled = plain.but(moderations="id settled | S1 said")
    assert health(settled.but(approved=frozenset({"A1"})).judge())["not-approved"] == ["law"]
    assert "not-approved" not in health(settled.but(approved=frozenset({"S1"})).judge())


def test_a_level_is_last_seen_and_never_carried_forward() -> None:
    table = "id period score | A1 2020Q1 done | A2 2020Q2 not-observed | A3 2020Q4 said"
    items = "id kind origin covers | E1 documentary order 2020-02 | E2 physical visitor 2020-02"
    quarter = World(table, cites("A1", "A3"), items).judge("2021Q1")
    seen = [
        (period, cell(quarter, period=period))
        for period in ("2020Q1", "2020Q2", "2020Q3", "2020Q4", "2021Q1")
    ]
    columns = ("state", "low", "last_level", "last_period", "age")
    assert [(period, *(stand[name] for name in columns)) for period, stand in seen] == [
        ("2020Q1", "level", "done", "", "", 0),
        ("2020Q2", "not-observed", "", "done", "2020Q1", 1),
        ("2020Q3", "no-entry", "", "done", "2020Q1", 2),
        ("2020Q4", "level", "said", "done", "2020Q1", 3),
        ("2021Q1", "no-entry", "", "said", "2020Q4", 1),
    ]


def test_a_range_is_no_known_level_to_be_seen_last() -> None:
    table = "id assessor period score | A1 ADV-01 2020Q4 done | A2 ADV-01 2021Q1 done | A3 EXT-01 2021Q1 said"
    items = "id kind origin covers | E1 documentary order 2020 | E2 physical visitor 2020"
    quarter = World(table, cites("A1", "A2", "A3"), items).judge("2021Q2")
    stand = cell(quarter)
    assert (stand["last_level"], stand["last_period"], stand["age"]) == ("done", "2020Q4", 2)


def test_stale_after_the_rubrics_validity_of_two_quarters() -> None:
    items = "id kind origin covers | E1 documentary order 2020-02 | E2 physical visitor 2020-02"
    world = World("id period score | A1 2020Q1 done", cites("A1"), items)
    listed = {period: "stale" in health(world.judge(period)) for period in ("2020Q2", "2020Q3", "2020Q4")}
    assert listed == {"2020Q2": False, "2020Q3": False, "2020Q4": True}
    dropped = world.but(
        assessments="id period score | A1 2020Q1 done | A2 2020Q4 not-applicable", approved=frozenset({"A2"})
    )
    assert "stale" not in health(dropped.judge("2020Q4"))


def test_one_rater_alone_has_no_agreement() -> None:
    alone = World("id assessor score | A1 ADV-01 done | A2 EXT-01 not-observed", cites("A1"), TWO)
    assert health(alone.judge())["single-rater"] == ["law"]
    for second in ("EXT-01 done", "PAR-01 said"):
        both = World(f"id assessor score | A1 ADV-01 done | A2 {second}", cites("A1", "A2"), TWO)
        assert "single-rater" not in health(both.judge())


def test_not_applicable_drops_a_criterion_only_when_a_second_person_agrees() -> None:
    table = "id criterion score | A1 law done | A2 deed not-applicable"
    world = World(table, cites("A1"), TWO, rubrics=(rubric("law", "deed"),))
    alone = world.judge().results["M-01"]
    assert (alone.lower, alone.upper, alone.unknown) == ("none", "done", 1)
    for agreed in (
        world.but(approved=frozenset({"A2"})),
        world.but(moderations="id criterion settled | S1 deed not-applicable"),
    ):
        result = agreed.judge().results["M-01"]
        assert (result.lower, result.upper, result.unknown) == ("done", "done", 0)


def test_a_criterion_on_which_assessors_differ_is_not_known_to_the_milestone() -> None:
    table = "id assessor score | A1 ADV-01 said | A2 EXT-01 done"
    result = World(table, cites("A1", "A2"), TWO).judge().results["M-01"]
    assert (result.lower, result.upper, result.unknown) == ("none", "lasting", 1)


def test_nothing_is_owed_before_the_milestone_or_the_mission_begins() -> None:
    late, early = milestone("M-01", first=Period(2020, 4)), milestone("M-02", first=Period(2019, 1))
    future = milestone("M-03", first=Period(2021, 2))
    owed = World(milestones=(late, early, future)).judge("2021Q1").stands
    assert owed.groupby("milestone")["period"].min().to_dict() == {"M-01": "2020Q4", "M-02": "2020Q1"}


def test_a_milestone_without_its_rubric_is_left_out() -> None:
    lost = World(milestones=(milestone(), milestone("M-02", rubric_id="lost")))
    assert list(lost.judge().results) == ["M-01"]


def test_no_milestone_at_all() -> None:
    quarter = World(milestones=()).judge()
    assert (len(quarter.stands), len(quarter.moves), quarter.results) == (0, 0, {})
    assert health(quarter) == {}


@pytest.mark.parametrize("period", ["2019Q4", "2022Q1"])
def test_a_quarter_the_mission_does_not_score_is_refused_by_name(period: str) -> None:
    with pytest.raises(PeriodError, match=f"from 2020Q1 to 2021Q4, got {period}"):
        World().judge(period)


def test_the_frame_has_the_columns_and_dtypes_that_others_build_on() -> None:
    texts = [
        "milestone",
        "criterion",
        "period",
        "assessment",
        "assessor",
        "rubric",
        "state",
        "moderation",
        "last_period",
    ]
    levels = ["claimed", "supported", "partner", "settled", "low", "high", "last_level"]
    for world in (World(), World(milestones=()), World("id score | A1 done", cites("A1"), TWO)):
        stands = world.judge().stands
        assert {str(stands[name].dtype) for name in texts} == {"str"}
        assert all(stands[name].cat.ordered for name in levels)
        assert {str(stands[name].dtype) for name in ("raters", "age")} == {"int64"}
