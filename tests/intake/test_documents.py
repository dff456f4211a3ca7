"""What people, and worse, put into YAML: plain texts come out, or a finding says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from measures.rubric import parse
from tests.workflow.tiny import MISSION, PLAN, recorded, spoil, told, write

BOMB = "a: &a [x, x]\n" + "".join(
    f"{after}: &{after} [*{before}, *{before}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "a billion laughs": (BOMB, "F006", (1, 4)),
    "an alias before its anchor": ("a: *b\n", "F006", (1, 4)),
    "a tag that calls": ("a: !!python/object/apply:os.system [id]\n", "F006", (1, 4)),
    "a tag of one's own": ("a: !secret x\n", "F006", (1, 4)),
    "a tag that is harmless": ('a: !!str "1"\n', "F006", (1, 4)),
    "a tag declared": ("%TAG ! tag:x,2000:\n---\na: !b c\n", "F006", (3, 4)),
    "a tag not declared": ("a: !e!b c\n", "F004", (1, 4)),
    "deep brackets": ("[" * 100_000, "F007", (1, 25)),
    "deep braces": ("{a: " * 100_000, "F007", (1, 97)),
    "deep lists": ("- " * 5_000, "F007", (1, 49)),
    "a tab": ("a:\n\tb: c\n", "F004", (2, 1)),
    "two documents": ("a: b\n---\nc: d\n", "F004", (2, 1)),
    "a key that is a list": ("[a, b]: c\n", "F004", (1, 1)),
    "a key that is a map": ("? {a: b}\n: c\n", "F004", (1, 3)),
    "a key twice": ("a: 1\nb:\n  c: 1\n  c: 2\n", "F005", (4, 3)),
    "a quotation mark left open": ('a: "b\nc: d\n', "F004", None),
    "a NUL byte": ("a: b\x00\n", "F004", None),
    "an escape character": ("a: b\x1b[2J\n", "F004", None),
    "a bell by escape": ('a: "\\a"\n', "S012", (1, 4)),
    "half a character by escape": ('a: "\\ud83d"\n', "F004", None),
    "nothing": ("", "F004", (1, 1)),
    "a comment": ("# later\n", "F004", (1, 1)),
    "a directive": ("%YAML 9.9\n---\na: b\n", "F004", None),
}


@pytest.mark.parametrize(("text", "code", "at"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_document_is_one_finding(text: str, code: str, at: tuple[int, int] | None) -> None:
    document, findings = parse(text, "plan.yaml")
    assert document.value is None
    assert [finding.code for finding in findings] == [code]
    if at is not None:
        assert (findings[0].place.line, findings[0].place.column) == at


ENCODED = {
    "UTF-16": (MISSION.encode("utf-16"), ["F002"]),
    "UTF-16 without its mark": (MISSION.encode("utf-16-le"), ["F004"]),
    "UTF-32": (MISSION.encode("utf-32"), ["F002"]),
    "Latin-1": (MISSION.replace("Adviser", "Caf\u00e9").encode("latin-1"), ["F002"]),
    "a surrogate in UTF-8": (MISSION.encode().replace(b"Adviser", b"\xed\xa0\x80"), ["F002"]),
    "with a byte order mark": (b"\xef\xbb\xbf" + MISSION.encode(), []),
    "from Windows": (MISSION.replace("\n", "\r\n").encode(), []),
    "Arabic": (MISSION.replace("Adviser", "\u0645\u0633\u062a\u0634\u0627\u0631").encode(), []),
}


@pytest.mark.parametrize(("content", "codes"), ENCODED.values(), ids=ENCODED.keys())
def test_encodings(tmp_path: Path, content: bytes, codes: list[str]) -> None:
    folder = write(tmp_path, [("mission.yaml", "", content)])
    assert [code for code, _ in told(recorded(folder))] == codes


@pytest.mark.parametrize(
    "text", ["No", "yes", "1.10", "007", "0x1F", "1e3", "null", "~", "2021-02-18", "12:30", "=", "<<"]
)
def test_scalars_stay_the_texts_they_are(text: str) -> None:
    document, findings = parse(f"a: {text}\nb: [{text}]\n", "x.yaml")
    assert (document.value, findings) == ({"a": text, "b": [text]}, [])


def test_places_are_lines_and_columns_of_keys_and_items() -> None:
    document, _ = parse("a:\n  - b: 1\n    c: >-\n      long\n      text\n  - d\n", "x.yaml")
    assert str(document.place(("a",))) == "x.yaml:1:1"
    assert str(document.place(("a", 0, "c"))) == "x.yaml:3:5"
    assert str(document.place(("a", 1))) == "x.yaml:6:5"
    assert str(document.place(("a", 7, "q"))) == "x.yaml:1:1", "the nearest that is known"


SHAPES = {
    "a list": "- a\n",
    "a text": "hello\n",
    "objectives in a text": "objectives: many\nmilestones: []\n",
    "objectives in a map": "objectives: {O-01: x}\nmilestones: []\n",
    "maps of lists of maps": "objectives: [{id: [a], title: [b], proposed_by: {c: d}}]\nmilestones: [[]]\n",
    "milestones without anything": "objectives: []\nmilestones: [{}, {}]\npromises: [{}]\n",
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
@pytest.mark.parametrize("name", ["mission.yaml", "plan.yaml", "rubrics/planning.yaml"])
def test_documents_of_another_shape_are_findings(tmp_path: Path, name: str, text: str) -> None:
    outcome = recorded(write(tmp_path, [(name, "", text)]))
    assert outcome.refused
    assert any(place.startswith(name) for _, place in told(outcome))


def test_a_plan_that_cannot_be_read_accuses_nothing_else(tmp_path: Path) -> None:
    folder = write(tmp_path)
    spoil(folder, [("plan.yaml", "milestones:", "milestones: [")])
    assert [place.split(":")[0] for _, place in told(recorded(folder))] == ["plan.yaml"]


def test_ids_are_what_a_table_can_name(tmp_path: Path) -> None:
    for number, name in enumerate(["M 1", "M;1", "\u0645", "-M", "M" * 101, "a, b", "=1"]):
        plan = PLAN.replace("id: M-02", f'id: "{name}"')
        folder = write(tmp_path / str(number), [("plan.yaml", "", plan)])
        assert told(recorded(folder)) == [("S005", "plan.yaml:14:5")], name
