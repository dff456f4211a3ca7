"""A trace leads from anything on record to what it rests on, and from there back up."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from measures.errors import MissionError, RegisterError, TraceError
from measures.register import Draft, Register
from measures.report.tracepage import Node
from measures.workflow.basis import Ground, basis
from measures.workflow.trace import MOST, reading, trace
from measures.workflow.trace_page import write_page
from tests.register.tampering import flip
from tests.workflow import tiny

CLAIM, OTHER = "2021Q2-0a1b2c3d", "2021Q2-ffffffff"


def append(folder: Path, *drafts: Draft) -> None:
    with Register.open(folder / "register.db") as register:
        register.append(drafts, expect=register.head(), at=tiny.AT, actor="MOD-01", role="moderator")


def edition(*claims: dict[str, object]) -> Draft:
    said = {"edition": "hq", "version": "1.0", "period": "2021Q2", "marking": "public", "head": "1:0"}
    made = {"software": "measures", "html_sha256": "0" * 64, "pdf_sha256": "1" * 64}
    body = {**said, **made, "claims": list(claims)}
    return Draft("edition", "hq@2021Q2", body, "report", "2021Q2")


def claim(name: str, *basis: tuple[str, str]) -> dict[str, object]:
    return {
        "id": name,
        "number": 1,
        "text": f"Says {name}.",
        "basis": [{"kind": k, "id": i} for k, i in basis],
    }


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small mission with a correction, approvals, a comment and an edition published twice."""
    folder = tiny.write(tmp_path_factory.mktemp("traced"))
    assert not tiny.recorded(folder).refused
    with Register.open(folder / "register.db", read_only=True) as register:
        digests = {entry.ref: entry.digest for entry in register.entries()}
        corrected = register.latest("assessment", "A-03")
    assert corrected is not None
    marked = {"marking": "mission"}
    correction = {**corrected.body, "id": "A-04", "supersedes": "A-03", "reason": "The letter was found."}
    milestone = {"id": "M-02", "objective": "O-01", "title": {"en": "Used at last"}, "rubric": "planning",
                 "version": "1.0", "depends_on": ["M-01"]}  # fmt: skip
    append(
        folder,
        Draft("assessment", "A-04", correction, "assessments.csv:9", "2021Q2", "A-03"),
        Draft("approval", "P-1", {"id": "P-1", "kind": "assessment", "ref": "A-01", "digest": digests["A-01"],
              "approver": "MOD-01", "decision": "approved", **marked}, "approve"),
        Draft("approval", "P-2", {"id": "P-2", "kind": "assessment", "ref": "A-03", "digest": digests["A-03"],
              "approver": "MOD-01", "decision": "approved", **marked}, "approve"),
        Draft("approval", "P-3", {"id": "P-3", "kind": "assessment", "ref": "A-02", "digest": "0" * 64,
              "approver": "MOD-01", "decision": "refused", **marked}, "approve"),
        Draft("comment", "K-1", {"id": "K-1", "to": "A-01", "by": "minister",
              "text": "We go further.", **marked}, "c"),
        Draft("comment", "K-2", {"id": "K-2", "to": "K-1", "by": "ADV-01",
              "text": "Show us the plan.", **marked}, "c"),
        edition(claim(OTHER, ("mission", "tiny"))),
        edition(
            claim(CLAIM, ("assessment", "A-01"), ("evidence", "E-01"), ("rubric", "planning@1.0#plan/asked")),
            claim("2021Q2-eeeeeeee", ("assessment", "A-01"), ("objective", "O-01"), ("milestone", "M-99")),
        ),
        Draft("milestone", "M-02", milestone, "plan.yaml", "", "M-02"),
    )  # fmt: skip
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "mission"))


def traced(folder: Path, ref: str, *, down: bool = True, up: bool = True, most: int = MOST) -> Node:
    with reading(folder) as reader:
        return trace(reader, ref, down=down, up=up, most=most)


def outline(nodes: tuple[Node, ...]) -> Iterator[tuple[int, str]]:
    """Yield every step with its depth; a star stands behind one that is shown in full further up."""
    for node in nodes:
        yield 0, f"{node.kind} {node.id}{'*' if node.again else ''}".strip()
        for depth, text in outline((*node.below, *node.above)):
            yield depth + 1, text


DOWN = {
    "a claim rests on its scores, they on words and evidence": (
        CLAIM,
        [(0, "assessment A-01"), (1, "rubric planning@1.0#plan/asked"), (1, "evidence E-01")],
    ),
    "what a claim names and nobody recorded is said": (
        "2021Q2-eeeeeeee",
        [(0, "assessment A-01"), (1, "rubric planning@1.0#plan/asked"), (1, "evidence E-01"),
         (0, "objective O-01"), (0, "milestone M-99")],
    ),
    "a non-score rests on no words of a rubric": ("A-02", []),
    "a correction rests on what it corrects": ("A-04", [(0, "assessment A-03")]),
    "an engagement rests on what it served and on its evidence": (
        "G-01",
        [(0, "objective O-01"), (0, "evidence E-01"), (0, "evidence E-02")],
    ),
    "a position": ("S-01", [(0, "objective O-01"), (0, "evidence E-01")]),
    "a moderation rests on every score of its quarter": (
        "N-01",
        [(0, "assessment A-01"), (1, "rubric planning@1.0#plan/asked"), (1, "evidence E-01"),
         (0, "assessment A-03"), (0, "assessment A-04"), (1, "assessment A-03*")],
    ),
    "an approval rests on what was approved": ("P-3", [(0, "assessment A-02")]),
    "a comment finds the kind of what it answers": (
        "K-2",
        [(0, "comment K-1"), (1, "assessment A-01"), (2, "rubric planning@1.0#plan/asked"),
         (2, "evidence E-01")],
    ),
    "a milestone": ("M-02", [(0, "objective O-01"), (0, "milestone M-01"), (0, "rubric planning@1.0")]),
    "a criterion of a milestone": (
        "M-01/plan",
        [(0, "milestone M-01"), (1, "objective O-01"), (1, "rubric planning@1.0"),
         (0, "rubric planning@1.0#plan")],
    ),
    "an edition consists of its sentences": (
        "hq@2021Q2",
        [(0, f"claim {CLAIM}"), (0, "claim 2021Q2-eeeeeeee")],
    ),
    "the mission names the evidence of its disruptions": ("tiny", [(0, "evidence E-01")]),
    "evidence is where it ends": ("E-01", []),
}  # fmt: skip

_ON_A_01 = [(0, "approval P-1"), (0, "comment K-1"), (1, "comment K-2"), (0, "edition hq@2021Q2")]
UP = {
    "on a score rest approvals, comments with their replies, sentences and what settles it": (
        "A-01",
        [*_ON_A_01, (1, f"claim {CLAIM}"), (1, "claim 2021Q2-eeeeeeee"), (0, "moderation N-01")],
    ),
    "on evidence rests whatever cites or names it": (
        "E-01",
        [(0, "mission tiny"), (1, "edition hq@2021Q2"),
         (0, "assessment A-01"), (1, "approval P-1"), (1, "comment K-1"), (2, "comment K-2"),
         (1, "edition hq@2021Q2"), (1, "moderation N-01"),
         (0, "engagement G-01"), (0, "position S-01"), (0, "edition hq@2021Q2"), (1, f"claim {CLAIM}")],
    ),
    "on a superseded score rests its correction": (
        "A-03",
        [(0, "assessment A-04"), (1, "moderation N-01"), (0, "approval P-2"), (0, "moderation N-01*")],
    ),
    "on a milestone rest those that wait for it and its criteria": (
        "M-01",
        [(0, "milestone M-02"), (0, "criterion M-01/plan")],
    ),
    "on a criterion rest its scores and moderations": (
        "M-01/plan",
        [(0, "assessment A-01"), (1, "approval P-1"), (1, "comment K-1"), (2, "comment K-2"),
         (1, "edition hq@2021Q2"), (1, "moderation N-01"), (0, "assessment A-02"), (1, "approval P-3"),
         (0, "assessment A-03"), (1, "assessment A-04"), (2, "moderation N-01*"), (1, "approval P-2"),
         (1, "moderation N-01*"), (0, "moderation N-01*"), (0, "assessment A-04*")],
    ),
    "a claim is made by its edition": (CLAIM, [(0, "edition hq@2021Q2")]),
    "a rubric is used by milestones and quoted by sentences": (
        "planning@1.0",
        [(0, "milestone M-01"), (1, "milestone M-02"), (1, "criterion M-01/plan"), (0, "milestone M-02*"),
         (0, "edition hq@2021Q2"), (1, f"claim {CLAIM}")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ref", "expected"), DOWN.values(), ids=DOWN.keys())
def test_what_it_rests_on(original: Path, ref: str, expected: list[tuple[int, str]]) -> None:
    top = traced(original, ref, up=False)
    assert list(outline(top.below)) == expected
    assert top.above == ()


@pytest.mark.parametrize(("ref", "expected"), UP.values(), ids=UP.keys())
def test_what_rests_on_it(original: Path, ref: str, expected: list[tuple[int, str]]) -> None:
    top = traced(original, ref, down=False)
    assert list(outline(top.above)) == expected
    assert top.below == ()


NOTES = {
    "A-03": [
        "Superseded by A-04 (entry <A-04>): The letter was found.",
        "Settled at asked in N-01 (entry <N-01>).",
        "Approved by MOD-01 in P-2 (entry <P-2>). It binds to entry <A-03>, which was corrected.",
    ],
    "A-01": [
        "Settled at asked in N-01 (entry <N-01>).",
        "Approved by MOD-01 in P-1 (entry <P-1>). It binds to entry <A-01>.",
    ],
    "A-02": ["Refused by MOD-01 in P-3 (entry <P-3>)."],
    "P-1": ["It binds to entry <A-01>."],
    "P-3": [],
    "E-01": ["Held by Ministry."],
    OTHER: ["The edition was published again in entry <hq@2021Q2>, without it."],
}


@pytest.mark.parametrize(("ref", "notes"), NOTES.items(), ids=NOTES.keys())
def test_what_became_of_it(original: Path, ref: str, notes: list[str]) -> None:
    with reading(original) as reader:
        told = [re.sub("<(.+?)>", lambda name: str(reader.about(name[1])[-1].seq), note) for note in notes]
        assert list(trace(reader, ref).notes) == told


def test_an_approval_is_void_when_what_lies_under_it_changed(folder: Path) -> None:
    approved = approvals(folder).under("assessment", "A-01")
    what = {"kind": "assessment", "ref": "A-01", "digest": traced(folder, "A-01").digest}
    cited = {"id": "P-7", **what, "basis": basis(approved), "approver": "MOD-01", "decision": "approved"}
    append(folder, Draft("approval", "P-7", cited, "approve"))
    assert traced(folder, "P-7").notes == (f"It binds to entry {traced(folder, 'A-01').entry}.",)
    correction = {"id": "E-09", "title": "Order 8", "supersedes": "E-01", "reason": "Read again."}
    append(
        folder,
        Draft("evidence", "E-09", {**body(folder, "E-01"), **correction}, "evidence.csv:9", "", "E-01"),
    )
    (note,) = traced(folder, "P-7").notes
    assert note == f"It is void: evidence E-01 was corrected in entry {traced(folder, 'E-09').entry}."


def approvals(folder: Path) -> Ground:
    with Register.open(folder / "register.db", read_only=True) as register:
        return Ground(register.entries())


def body(folder: Path, ref: str) -> dict[str, object]:
    with reading(folder) as reader:
        return dict(reader.about(ref)[-1].body)


def test_a_file_in_custody_is_named_with_its_digest(original: Path) -> None:
    (note,) = traced(original, "E-02").notes
    assert note.startswith("File evidence/visit/note.txt, SHA-256 ")


def test_an_earlier_wording_is_found_by_number_and_says_that_it_was_replaced(original: Path) -> None:
    now = traced(original, "M-02")
    with reading(original) as reader:
        earlier = next(entry for entry in reader.about("M-02") if entry.seq != now.entry)
    old = traced(original, str(earlier.seq))
    assert (old.text, now.text) == ("A plan that is used", "Used at last")
    assert old.notes == (f"Superseded: written again in entry {now.entry}.",)
    assert now.notes == ()


@pytest.mark.parametrize("digits", [8, 12, 64])
def test_an_entry_is_found_by_its_digest(original: Path, digits: int) -> None:
    score = traced(original, "A-01")
    assert traced(original, score.digest[:digits].upper()).id == "A-01"


def test_an_id_of_two_kinds_is_asked_back(folder: Path) -> None:
    append(folder, Draft("engagement", "A-01", {"id": "A-01", "subject": "Tea"}, "engagements.csv:9"))
    with pytest.raises(TraceError, match="found assessment and engagement"):
        traced(folder, "A-01")
    assert traced(folder, "engagement:A-01").text == "Tea"
    assert traced(folder, "assessment:A-01").kind == "assessment"


@pytest.mark.parametrize(
    ("ref", "meant"),
    [("A-O1", "A-01"), ("e-01", "E-01"), ("2021Q2-0a1b2c3e", CLAIM), ("planing@1.0", "planning@1.0")],
)
def test_a_misspelt_reference_is_told_what_was_meant(original: Path, ref: str, meant: str) -> None:
    with pytest.raises(TraceError, match=f"Did you mean '{meant}'"):
        traced(original, ref)


@pytest.mark.parametrize(
    "ref", ["", "0", "26", "9" * 15, "9" * 40, "M-01/none", "planning@9.9", "00000000", "²", "a:"]
)
def test_what_is_not_on_record_is_refused_in_words(original: Path, ref: str) -> None:
    with pytest.raises(TraceError, match="Expected a claim, a record or an entry"):
        traced(original, ref)


def test_what_is_named_and_was_never_recorded_is_told_apart_from_a_slip(original: Path) -> None:
    with pytest.raises(TraceError, match=r"got 'M-99'\. It is named there, but not recorded\."):
        traced(original, "M-99")


def test_a_long_list_is_cut_and_says_so(original: Path) -> None:
    top = traced(original, "A-01", most=2)
    assert [node.kind for node in top.above] == ["approval", "comment", "more"]
    assert top.above[-1].text == "and 2 more; --all lists them"


def test_what_a_claim_rests_on_is_never_cut(original: Path) -> None:
    below = traced(original, "2021Q2-eeeeeeee", most=1).below
    assert [node.kind for node in below] == ["assessment", "objective", "milestone"]
    assert [node.kind for node in below[0].below] == ["rubric", "more"]


def test_each_direction_is_the_other_turned_round(original: Path) -> None:
    with reading(original) as reader:
        names = {
            (entry.kind, entry.ref) for seq in range(1, reader.head.size + 1) if (entry := reader.entry(seq))
        }
        steps = 0
        for kind, name in sorted(names):
            for below in trace(reader, f"{kind}:{name}", up=False).below:
                if below.kind == "rubric" or not below.entry or kind == "citation":
                    continue  # a citation is the way between two records, and shown as that
                steps += 1
                ref = below.id if below.kind == "claim" else f"{below.kind}:{below.id}"
                above = {(node.kind, node.id) for node in trace(reader, ref, down=False).above}
                assert (kind, name) in above, f"{kind} {name} rests on {ref}, and nobody says so there"
    assert steps > 20


def test_more_entries_than_are_read_are_told(original: Path) -> None:
    with reading(original, most=3) as reader:
        top = trace(reader, "E-01", down=False)
    assert [node.kind for node in top.above] == ["mission", "assessment", "engagement", "more"]
    assert top.above[-1].text == "more than 3 entries name it; --all reads every one"


BARE = ("assessment", "evidence", "citation", "moderation", "approval", "edition", "objective", "milestone",
        "position", "indicator", "comment", "audit", "rubric", "mission", "something")  # fmt: skip


@pytest.mark.parametrize("kind", BARE)
def test_a_record_that_says_next_to_nothing_is_traced_all_the_same(folder: Path, kind: str) -> None:
    append(folder, Draft(kind, "X-1", {"id": "X-1"}, "by hand"))
    append(folder, Draft("note", "X-2", {"id": "X-2", "ref": "X-1", "kind": kind}, "by hand"))
    found = traced(folder, "X-1")
    assert (found.kind, [node.id for node in found.above]) == (kind, ["X-2"])
    assert [node.id for node in traced(folder, "X-2").below] == ["X-1"]


def test_an_altered_entry_is_not_shown(folder: Path) -> None:
    flip(folder / "register.db", traced(folder, "A-01").entry, at=40)
    with pytest.raises(RegisterError, match="altered"):
        traced(folder, "A-01")


def test_a_doctored_look_up_file_adds_nothing(folder: Path) -> None:
    before = traced(folder, "E-02")
    with sqlite3.connect(folder / "register.lookup") as connection:
        connection.execute("INSERT INTO named VALUES ('E-02', 0, 10, 'citation')")
    connection.close()
    assert traced(folder, "E-02") == before


def test_an_empty_folder_and_an_empty_register_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(MissionError, match=r"no mission\.yaml"):
        traced(tmp_path, "A-01")
    Register.open(tmp_path / "register.db", create=True).close()
    with pytest.raises(MissionError, match="empty register"):
        traced(tmp_path, "A-01")


def page(folder: Path, ref: str, *, down: bool = True, up: bool = True) -> str:
    with reading(folder) as reader:
        write_page(reader, trace(reader, ref, down=down, up=up), folder / "trace.html", down=down, up=up)
    return (folder / "trace.html").read_text(encoding="utf-8")


def test_the_page_shows_everything_and_needs_nothing_beside_it(folder: Path) -> None:
    html = page(folder, "A-01")
    for word in (
        "planning@1.0#plan/asked",
        "E-01",
        "N-01",
        "K-2",
        CLAIM,
        "up to: <b>mission</b>",
        tiny.CONFIDENTIAL,
    ):
        assert word in html
    for strange in ("<script", "<link", "http://", "https://", "src=", "url("):
        assert strange not in html


def test_the_page_escapes_what_people_wrote(folder: Path) -> None:
    said = {"id": "K-9", "to": "A-02", "text": "<script>alert(1)</script>", "marking": "secret"}
    append(folder, Draft("comment", "K-9", said, "comments.csv:9"))
    html = page(folder, "A-02")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "up to: <b>secret</b>" in html, "a marking that the mission does not know counts as the highest"


def test_the_page_of_one_direction_has_no_other(folder: Path) -> None:
    assert "What rests on it" not in page(folder, "A-01", up=False)
    assert "Rests on</h2>" not in page(folder, "A-01", down=False)
    assert "Nothing that is on record." in page(folder, "K-2", down=False)
