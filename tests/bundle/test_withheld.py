"""What may be seen up to a ceiling: default closed, whole records, and no name of what is withheld."""

# ruff: noqa: E501 - a case stands on a line

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.errors import EditionError
from measures.register import GENESIS_HEAD, Draft, Entry, seal, unseal
from measures.workflow.withheld import up_to, withheld, words_of

AT = "2021-07-01T09:00:00Z"
MARKINGS = ("public", "partner", "mission")
Said = tuple[str, str, Mapping[str, Any]]


def entries(*said: Said) -> list[Entry]:
    drafts = [Draft(kind, ref, body, "rows.csv") for kind, ref, body in said]
    return [
        unseal(item.content) for item in seal(drafts, GENESIS_HEAD, at=AT, actor="ADV-01", role="adviser")
    ]


def hidden(*said: Said, ceiling: str = "public") -> list[int]:
    return sorted(withheld(entries(*said), up_to(ceiling, MARKINGS)))


PUBLIC, MISSION = {"marking": "public"}, {"marking": "mission"}

CASES: dict[str, tuple[Sequence[Said], list[int]]] = {
    "what is marked above is withheld": ((("evidence", "E-01", PUBLIC), ("evidence", "E-02", MISSION)), [2]),
    "what bears no marking is withheld": ((("evidence", "E-01", {}), ("novelty", "X-1", {})), [1, 2]),
    "an unknown marking is withheld": ((("evidence", "E-01", {"marking": "open"}),), [1]),
    "a plan and its words are shown": ((("mission", "m", {}), ("milestone", "M-01", {}), ("rubric", "r@1", {})), []),
    "a plan item that bears a marking all the same": ((("key", "k1", {}), ("objective", "O-01", MISSION)), [2]),
    "a citation of a withheld score": (
        (
            ("assessment", "A-01", MISSION),
            ("citation", "C-01", {"assessment": "A-01", "evidence": "E-01", **PUBLIC}),
        ),
        [1, 2],
    ),
    "one of several items": (
        (("evidence", "E-02", MISSION), ("engagement", "G-01", {"evidence": "E-01; E-02", **PUBLIC})),
        [1, 2],
    ),
    "a list in the plan": (
        (("evidence", "E-02", MISSION), ("objective", "O-01", {"agreed": [{"evidence": ["E-02"]}]})),
        [1, 2],
    ),
    "a plan item that is withheld does not take along what names it": (
        (
            ("evidence", "E-02", MISSION),
            ("objective", "O-01", {"agreed": [{"evidence": ["E-02"]}]}),
            ("milestone", "M-01", {"objective": "O-01"}),
        ),
        [1, 2],
    ),
    "a mention in prose, in any case and beside a full stop": (
        (("assessment", "A-02", MISSION), ("comment", "K-01", {"text": "Contradicts a-02.", **PUBLIC})),
        [1, 2],
    ),
    "a part of a longer name": (
        (("evidence", "EV-9", MISSION), ("comment", "K-01", {"text": "See EV-9/EV-10@p3", **PUBLIC})),
        [1, 2],
    ),
    "rows of two tables that have one id": ((("evidence", "1", {"id": "1", **MISSION}), ("assessment", "1", {"id": "1", **PUBLIC})), [1]),
    "a word of the language that is also an id": (
        (("evidence", "plan", MISSION), ("comment", "K-01", {"text": "There is a plan.", **PUBLIC})),
        [1],
    ),
    "a number that is also an id": (
        (("evidence", "7", MISSION), ("comment", "K-01", {"text": "Posts: 7.", **PUBLIC})),
        [1],
    ),
    "such an id where an id belongs": (
        (
            ("evidence", "plan", MISSION),
            ("citation", "C-01", {"assessment": "A-01", "evidence": "plan", **PUBLIC}),
        ),
        [1, 2],
    ),
    "a corrected score goes with its correction": (
        (("assessment", "A-01", PUBLIC), ("assessment", "A-02", {"supersedes": "A-01", **MISSION})),
        [1, 2],
    ),
    "and a correction with what it corrects": (
        (("assessment", "A-01", MISSION), ("assessment", "A-02", {"supersedes": "A-01", **PUBLIC})),
        [1, 2],
    ),
    "a promise whose marking was raised": ((("promise", "P-01", PUBLIC), ("promise", "P-01", MISSION)), [1, 2]),
    "a row withheld for what it names may itself be named": (
        (
            ("evidence", "E-02", MISSION),
            ("engagement", "G-01", {"evidence": "E-02", **PUBLIC}),
            ("comment", "K-01", {"text": "As in G-01.", **PUBLIC}),
        ),
        [1, 2],
    ),
    "an edition above the ceiling": ((("edition", "hq@2021Q1", MISSION), ("edition", "open@2021Q1", PUBLIC)), [1]),
    "an edition that was public and one of the same name that is not": (
        (("edition", "hq@2021Q1", PUBLIC), ("edition", "hq@2021Q1", MISSION)),
        [2],
    ),
    "the erasure of a withheld file": (
        (("evidence", "E-02", {"sha256": "ab" * 32, **MISSION}), ("erasure", "ab" * 32, {"reason": "By law."})),
        [1, 2],
    ),
    "a file that is also taken in under a higher marking": (
        (
            ("evidence", "E-01", {"sha256": "ab" * 32, **PUBLIC}),
            ("evidence", "E-02", {"sha256": "ab" * 32, **MISSION}),
        ),
        [1, 2],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), CASES.values(), ids=CASES)
def test_withheld(said: Sequence[Said], expected: list[int]) -> None:
    assert hidden(*said) == expected


def test_an_approval_that_holds_the_digest_of_a_withheld_entry_is_withheld() -> None:
    said: list[Said] = [
        ("evidence", "E-02", MISSION),
        ("engagement", "G-01", {"evidence": "E-02", **PUBLIC}),
    ]
    digest = entries(*said)[1].digest
    approval = ("approval", "Z-01", {"kind": "engagement", "ref": "G-02", "digest": digest, **PUBLIC})
    assert hidden(*said, approval) == [1, 2, 3]


def test_an_approval_of_an_edition_that_is_withheld_is_withheld_too() -> None:
    edition: Said = ("edition", "hq@2021Q1", MISSION)
    approval = {"kind": "edition", "ref": "hq@2021Q1", "digest": entries(edition)[0].digest, **PUBLIC}
    assert hidden(edition, ("approval", "Z-01", approval)) == [1, 2]


def test_at_the_highest_ceiling_nothing_that_is_marked_is_withheld() -> None:
    said = [said for case, _ in CASES.values() for said in case if said[2].get("marking") in MARKINGS]
    assert hidden(*said, ceiling="mission") == []


def test_without_a_ceiling_the_lowest_marking_holds() -> None:
    assert up_to("", MARKINGS) == ("public",)
    assert up_to("partner", MARKINGS) == ("public", "partner")


def test_a_ceiling_that_is_no_marking() -> None:
    with pytest.raises(EditionError, match="'secret'"):
        up_to("secret", MARKINGS)


@st.composite
def registers(draw: st.DrawFn) -> list[Entry]:
    """Registers of evidence, scores, citations, talks and comments that name each other at random."""
    names = [f"{kind}-{n}" for kind in "EAG" for n in range(1, 5)]
    some = st.sampled_from(names)
    said: list[Said] = []
    for _ in range(draw(st.integers(1, 14))):
        kind = draw(
            st.sampled_from(["evidence", "assessment", "citation", "engagement", "comment", "objective"])
        )
        body: dict[str, Any] = {"marking": draw(st.sampled_from([*MARKINGS, "unknown"]))}
        if kind == "citation":
            body |= {"assessment": draw(some), "evidence": draw(some)}
        elif kind == "engagement":
            body |= {"evidence": "; ".join(draw(st.lists(some, max_size=3)))}
        elif kind == "objective":
            body = {"agreed": [{"evidence": draw(st.lists(some, max_size=2))}]}
        else:
            body |= {"summary": f"It bears on {draw(some)}."}
        said.append((kind, draw(some), body))
    return entries(*said)


@given(registers())
@settings(max_examples=200, deadline=None)
def test_no_entry_shown_names_what_lies_above(found: list[Entry]) -> None:
    seen = [withheld(found, up_to(ceiling, MARKINGS)) for ceiling in MARKINGS]
    assert seen[0] >= seen[1] >= seen[2], "a higher ceiling shows no less"
    for number, gone in enumerate(seen):
        above = {
            entry.ref.casefold()
            for entry in found
            if entry.kind != "objective" and entry.body["marking"] not in MARKINGS[: number + 1]
        }
        digests = {entry.digest for entry in found if entry.seq in gone}
        for entry in found:
            if entry.seq not in gone:
                assert entry.kind == "objective" or entry.body["marking"] in MARKINGS[: number + 1]
                assert not words_of(entry) & (above | digests), entry
