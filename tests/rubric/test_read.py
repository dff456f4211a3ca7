"""Reading rubrics: every mistake at its line, and what is right exactly as it was written."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from measures.errors import RubricError
from measures.rubric import Rubric, from_plain, join_ladders, parse_rubric, read_rubric, to_plain
from measures.rubric.model import Level
from tests.workflow.tiny import RUBRIC


def read(*edits: tuple[str, str]) -> tuple[Rubric | None, list[tuple[str, int, int]]]:
    text = RUBRIC
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    rubric, findings = parse_rubric(text)
    return rubric, [(finding.code, finding.place.line, finding.place.column) for finding in findings]


def sound(*edits: tuple[str, str]) -> Rubric:
    rubric, found = read(*edits)
    assert found == []
    assert rubric is not None
    return rubric


def test_what_is_read_is_what_was_written() -> None:
    rubric = sound()
    assert (rubric.id, rubric.version, rubric.validity) == ("planning", "1.0", 4)
    assert rubric.ladder == ("none", "asked", "shared", "own")
    step = rubric.criterion("plan").step("own")
    assert [attribute.sustains for attribute in step.attributes] == ["staffed", "funded", "repeated"]
    assert (step.evidence.origins, step.evidence.grade, step.evidence.first_hand) == (2, "C3", True)
    assert step.evidence.kinds == ("documentary", "physical")
    assert rubric.criterion("plan").step("none").attributes == ()
    assert (rubric.rung("none"), rubric.rung("own")) == (0, 3)
    assert rubric.label("shared") == "Done with advisers"


def test_asking_for_what_is_not_there() -> None:
    rubric = sound()
    with pytest.raises(RubricError, match="Expected none, asked, shared or own"):
        rubric.rung("owned")
    with pytest.raises(RubricError):
        rubric.criterion("plans")
    with pytest.raises(RubricError):
        rubric.criterion("plan").step("owned")


@pytest.mark.parametrize("version", ["1.10", "1.1", "2", "2024-06"])
def test_versions_stay_texts(version: str) -> None:
    assert sound(('"1.0"', version)).version == version


FOLLOWS = {"R001", "R002", "R004"}
"""What a word misspelt may entail: a level is then missing elsewhere."""

WRONG: dict[str, tuple[tuple[str, str], tuple[str, int, int]]] = {
    "an aggregation that is none": (("weakest-link", "mean"), ("S004", 6, 1)),
    "validity in words": (('validity: "4"', "validity: one year"), ("S005", 5, 1)),
    "no validity at all": (('validity: "4"', 'validity: "0"'), ("S005", 5, 1)),
    "an aspect that is none": (("aspect: de-facto", "aspect: defacto"), ("S004", 16, 5)),
    "a grade that cannot count": (("grade: C3", "grade: F3"), ("S005", 40, 66)),
    "a grade the wrong way round": (("grade: C3", "grade: 3C"), ("S005", 40, 66)),
    "a kind that is none": (("[documentary, physical], grade: C3", "[documents], grade: C3"), ("S004", 40, 42)),
    "no kinds": (("[documentary, physical], grade: C3", "[], grade: C3"), ("S008", 40, 34)),
    "an origin and a half": (('origins: "2"', 'origins: "1.5"'), ("S005", 40, 20)),
    "yes in capitals": (('first_hand: "yes"', 'first_hand: "YES"'), ("S004", 40, 77)),
    "advisers that lean otherwise": (("advisers: leading", "advisers: absent"), ("S004", 25, 9)),
    "a sustaining word that is none": (("sustains: staffed}", "sustains: staff}"), ("S004", 36, 63)),
    "a level called otherwise on the lowest rung": (("- {id: none", "- {id: nothing"), ("S004", 9, 6)),
    "a level without a label": (("{id: asked, label: {en: Asked for}}", "{id: asked}"), ("S008", 10, 5)),
    "a descriptor in a text": (("{en: No plan.}", "No plan."), ("S010", 20, 9)),
    "an empty descriptor": (("{en: No plan.}", '{en: " "}'), ("S010", 20, 22)),
    "attributes on the lowest rung": (("      none:\n", "      none:\n        attributes: []\n"), ("S009", 20, 9)),
    "no criteria": ((RUBRIC[RUBRIC.index("criteria:\n") :], "criteria: []\n"), ("S010", 13, 1)),
    "an unknown key at the top": (("summary:", "sumary: x\nsummary:"), ("S009", 4, 1)),
    "fewer origins above": (('origins: "2"', 'origins: "0"'), ("S005", 40, 20)),
    "a criterion without a question": (("    question: {en: Is there a plan?}\n", ""), ("S008", 14, 5)),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_is_found_at_its_line(edit: tuple[str, str], expected: tuple[str, int, int]) -> None:
    rubric, found = read(edit)
    assert rubric is None
    assert [one for one in found if one[0] not in FOLLOWS] == [expected]


WEAKER = {
    "fewer origins": ('origins: "1", kinds: [documentary, physical], grade: D4, first_hand: "no", fresh: "2"',
                      'origins: "3", kinds: [documentary, physical], grade: D4, first_hand: "no", fresh: "2"'),
    "a lower reliability": ("grade: D4, first_hand: \"no\", fresh: \"2\"", "grade: B4, first_hand: \"no\", fresh: \"2\""),
    "a lower credibility": ("grade: D4, first_hand: \"no\", fresh: \"2\"", "grade: D2, first_hand: \"no\", fresh: \"2\""),
    "nothing first-hand": ('first_hand: "yes"', 'first_hand: "no"'),
    "older items": ('"yes", fresh: "2"', '"yes", fresh: "3"'),
}  # fmt: skip


@pytest.mark.parametrize(("what", "edit"), WEAKER.items(), ids=WEAKER.keys())
def test_no_rule_asks_less_than_the_one_below(what: str, edit: tuple[str, str]) -> None:
    text = RUBRIC.replace('D4, first_hand: "no", fresh: "2"', 'D4, first_hand: "yes", fresh: "2"')
    text = text if what == "nothing first-hand" else RUBRIC
    assert text.count(edit[0]) == (2 if what == "nothing first-hand" else 1)
    head, _, tail = text.rpartition(edit[0])
    _, findings = parse_rubric(head + edit[1] + tail)
    assert [finding.code for finding in findings] == ["R006"]
    assert what in findings[0].message


def test_everything_wrong_is_found_in_one_reading() -> None:
    _, found = read(("weakest-link", "mean"), ("aspect: de-facto", "aspect: x"), ("grade: C3", "grade: Z9"),
                    ("sustains: funded", "sustains: paid"), ("{en: No plan.}", "{}"))  # fmt: skip
    assert {code for code, _, _ in found} == {"S004", "S005", "S008", "R004"}
    assert len(found) == 6


def test_an_unreadable_rubric_is_none() -> None:
    for text in ("", "- a\n", "id: [", "hello\n", "id: x\n"):
        rubric, findings = parse_rubric(text)
        assert rubric is None
        assert findings


def test_a_missing_file_is_a_finding() -> None:
    rubric, findings = read_rubric(Path("nowhere/rubric.yaml"))
    assert rubric is None
    assert [(finding.code, str(finding.place)) for finding in findings] == [("F001", "rubric.yaml")]


def test_what_the_register_keeps_reads_back() -> None:
    rubric = sound()
    assert from_plain(to_plain(rubric)) == rubric


def ladder(name: str, *levels: str) -> Rubric:
    rubric = sound()
    return replace(rubric, id=name, levels=tuple(Level(level, {"en": level}) for level in ("none", *levels)))


def test_ladders_are_joined_in_an_order_that_keeps_each() -> None:
    one, other = ladder("one", "a", "c", "d"), ladder("other", "b", "c", "e")
    joined = join_ladders([one, other])
    assert joined[0] == "none"
    for rubric in (one, other):
        assert [level for level in joined if level in rubric.ladder] == list(rubric.ladder)


@pytest.mark.parametrize("ladders", [(("a", "b"), ("b", "a")), (("a", "b"), ("b", "c"), ("c", "a"))])
def test_ladders_that_disagree_cannot_be_joined(ladders: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(RubricError, match="do not"):
        join_ladders(ladder(str(number), *levels) for number, levels in enumerate(ladders))
