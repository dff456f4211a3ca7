"""What is put on the agenda of moderation, and what is not."""

from __future__ import annotations

import pytest

from measures.judgement.agenda import WHY
from measures.judgement.quarter import Quarter
from tests.judgement.tables import World

EVIDENCE = """
id  kind         origin   covers  first_hand
E1  documentary  minutes  2021-02 no
E2  physical     visitor  2021-02 yes
E3  documentary  order    2020-11 no
E4  physical     guest    2020-11 yes
"""
HEAD = "id assessment evidence shows bearing role"
BORNE = f"{HEAD} | C1 A1 E1 done supports hoop | C2 A1 E2 done supports hoop"
TWICE = f"{BORNE} | C3 A2 E1 said supports hoop"
BEFORE = f"{BORNE} | C3 A0 E3 said supports hoop"

AGAIN = HEAD + "".join(
    f" | C{at} {score} {item} done supports hoop"
    for at, (score, item) in enumerate([("A0", "E3"), ("A0", "E4"), ("A1", "E3"), ("A1", "E4")])
)
"""The later score cites what the earlier one did."""
AGAINST = f"{BORNE} | C3 A1 E3 done contradicts straw-in-the-wind"

# Scores, citations, moderations, and why the criterion is on the agenda.
CASES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "borne out and undisputed": ("id score | A1 done", BORNE, "", ()),
    "raters differ": ("id assessor score | A1 ADV-01 done | A2 EXT-01 said", TWICE, "", ("raters-differ",)),
    "raters differ and somebody settled it": (
        "id assessor score | A1 ADV-01 done | A2 EXT-01 said", TWICE, "id settled | N1 said", (),
    ),
    "claimed above support": ("id score | A1 lasting", BORNE, "", ("claimed-above-support",)),
    "nothing supports the claim": ("id score | A1 said", HEAD, "", ("claimed-above-support",)),
    "contradicted": (
        "id score | A1 done", f"{BORNE} | C3 A1 E3 done contradicts hoop", "",
        ("contradicted", "claimed-above-support"),
    ),
    "a straw against it": ("id score | A1 done", AGAINST, "", ()),
    "said not to apply": ("id score | A1 not-applicable", HEAD, "", ("not-applicable",)),
    "nobody could look": ("id score | A1 not-observed", HEAD, "", ()),
    "moved and explained": (
        "id period score | A0 2020Q4 said | A1 2021Q1 done", BEFORE, "", (),
    ),
    "moved, and only the rater changed": (
        "id period assessor score | A0 2020Q4 ADV-01 said | A1 2021Q1 ADV-02 done",
        AGAIN,
        "", ("changed-rater",),
    ),
    "moved and unexplained": (
        "id period score | A0 2020Q4 said | A1 2021Q1 done",
        AGAIN,
        "", ("unexplained",),
    ),
}  # fmt: skip


def judged(scores: str, citations: str, moderations: str = "") -> Quarter:
    return World(scores, citations, EVIDENCE, moderations).judge()


@pytest.mark.parametrize(("scores", "citations", "moderations", "why"), CASES.values(), ids=CASES)
def test_agenda(scores: str, citations: str, moderations: str, why: tuple[str, ...]) -> None:
    assert [item.why for item in judged(scores, citations, moderations).agenda] == ([why] if why else [])


def test_every_reason_is_met_by_a_case() -> None:
    assert {word for *_, why in CASES.values() for word in why} == set(WHY)


def test_what_does_not_apply_and_is_approved_is_left_alone() -> None:
    world = World("id score | A1 not-applicable", HEAD, EVIDENCE)
    assert world.but(approved=frozenset({"A1"})).judge().agenda == ()


def test_an_item_tells_who_gave_what_and_what_the_evidence_carries() -> None:
    scores = "id assessor score | A1 ADV-01 done | A2 EXT-01 said | A3 PAR-01 not-observed"
    (item,) = judged(scores, TWICE).agenda
    assert item.given == (
        ("A1", "ADV-01", "adviser", "done"),
        ("A2", "EXT-01", "external", "said"),
        ("A3", "PAR-01", "partner", "not-observed"),
    )
    assert (item.claimed, item.supported, item.apart) == ("done", "done", 1)


def test_an_earlier_quarter_is_not_on_the_agenda() -> None:
    assert judged("id period score | A0 2020Q4 said", HEAD).agenda == ()
