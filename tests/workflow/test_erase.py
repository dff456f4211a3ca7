"""Legal erasure of a file: its bytes go, its tombstone stays, the chain holds and reports go on."""

# ruff: noqa: E501 - edits of a mission are not wrapped

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from measures.errors import EditionError, MissionError
from measures.register.vault import read, stored_at
from measures.workflow.approve import approve, decided, pending
from measures.workflow.custody import ERASURE
from measures.workflow.erase import erase, find_file, keep, look_over
from measures.workflow.mission import open_mission
from measures.workflow.opening import open_register
from measures.workflow.publish import Noting, compose, publish
from measures.workflow.status import status
from measures.workflow.verify import verify_mission
from tests.workflow.test_custody import overwrite
from tests.workflow.tiny import AT, CITATIONS, FILES, recorded, spoil

NOTE = FILES["evidence/visit/note.txt"].encode()
DIGEST = hashlib.sha256(NOTE).hexdigest()
OWN = "visit/note.txt"
WHEN = "2021-08-02T09:00:00Z"
ROW = next(line for line in FILES["evidence.csv"].splitlines() if line.startswith("E-02"))
CITED = "C-02,A-01,E-02,page 1,supports,hoop,asked,Seen at work.,mission\n"


def gone(mission: Path, name: str = "E-02") -> int:
    return erase(mission, name, "Order of the data protection office.", at=WHEN, actor="MOD-01").entry


def codes(mission: Path) -> list[str]:
    return [finding.code for finding in verify_mission(mission).findings]


def test_an_erased_file_leaves_a_tombstone_and_nothing_else(mission: Path) -> None:
    done = erase(mission, "E-02", " Order of the data protection office. ", at=WHEN, actor="MOD-01")
    assert (done.fresh, done.removed) == (True, (stored_at(DIGEST), OWN))
    assert not [path for path in (mission / "evidence").rglob("*") if path.is_file()]
    with open_register(mission, read_only=True) as register:
        entry = register.entry(done.entry)
    assert entry is not None
    assert (entry.kind, entry.ref, entry.actor, entry.role) == (ERASURE, DIGEST, "MOD-01", "moderator")
    assert entry.body == {
        "sha256": DIGEST, "size": str(len(NOTE)), "reason": "Order of the data protection office.", "evidence": ["E-02"],
    }  # fmt: skip
    verdict = verify_mission(mission)
    assert [finding.code for finding in verdict.findings] == []
    assert f"{OWN} erased by entry {done.entry} on 2021-08-02" in verdict.checked


def test_erasing_again_adds_no_entry_and_removes_what_came_back(mission: Path) -> None:
    first = gone(mission, DIGEST[:12].upper())
    (mission / "evidence" / OWN).write_bytes(NOTE)
    assert codes(mission) == ["V054"]
    again = erase(mission, "E-02", "", at=WHEN, actor="MOD-01")
    assert (again.entry, again.fresh, again.removed) == (first, False, (OWN,))
    assert codes(mission) == []


def test_other_bytes_under_the_same_name_are_left_alone(mission: Path) -> None:
    overwrite(mission / "evidence" / OWN, b"Another note.")
    gone(mission)
    assert (mission / "evidence" / OWN).read_bytes() == b"Another note."
    assert codes(mission) == []


def test_one_erasure_covers_every_item_with_the_same_bytes(mission: Path) -> None:
    (mission / "evidence" / "copy.txt").write_bytes(NOTE)
    spoil(mission, [("evidence.csv", ROW, f"{ROW}\n{ROW.replace('E-02', 'E-03').replace(OWN, 'copy.txt')}")])
    assert not recorded(mission).refused
    assert [item.id for item in find_file(mission, "E-03")] == ["E-02", "E-03"]
    gone(mission, "E-03")
    assert {one.state for one in look_over(mission)} == {"erased"}
    assert codes(mission) == []


def test_what_was_erased_is_not_taken_in_again(mission: Path) -> None:
    seq = gone(mission)
    (mission / "evidence" / "again.txt").write_bytes(NOTE)
    spoil(mission, [("evidence.csv", ROW, f"{ROW}\n{ROW.replace('E-02', 'E-03').replace(OWN, 'again.txt')}")])
    (finding,) = recorded(mission).findings
    assert (finding.code, str(finding.place)) == ("C063", "evidence.csv:4:15")
    assert f"entry {seq}" in finding.message
    assert not (mission / "evidence" / stored_at(DIGEST)).exists()


def test_recording_the_folder_again_asks_for_no_erased_file(mission: Path) -> None:
    gone(mission)
    outcome = recorded(mission)
    assert (outcome.findings, outcome.added) == ((), {})


@pytest.mark.parametrize(
    ("name", "reason", "said"),
    [("E-02", " ", "reason"), ("E-22", "Law", "Did you mean 'E-02'"), (DIGEST[:11], "Law", "file in custody"),
     ("E-01", "Law", "file in custody")],
    ids=["no reason", "an item that is not there", "too few digits", "held elsewhere"],
)  # fmt: skip
def test_what_cannot_be_erased_is_told_and_nothing_is_removed(
    mission: Path, name: str, reason: str, said: str
) -> None:
    with pytest.raises(MissionError, match=said):
        erase(mission, name, reason, at=WHEN, actor="MOD-01")
    assert read(mission / "evidence", DIGEST, OWN) == NOTE


def test_files_of_an_earlier_version_are_taken_in_when_asked(mission: Path) -> None:
    (mission / "evidence" / stored_at(DIGEST)).unlink()
    assert codes(mission) == ["V053"]
    taken, findings = keep(mission)
    assert ([item.id for item in taken], findings) == (["E-02"], ())
    assert codes(mission) == []
    assert keep(mission) == ((), ())


def test_an_altered_copy_is_not_taken_for_a_lost_one(mission: Path) -> None:
    overwrite(mission / "evidence" / stored_at(DIGEST), b"Seen on 4 June.\n")
    taken, findings = keep(mission)
    assert (taken, [finding.code for finding in findings]) == ((), ["V052"])
    (mission / "evidence" / stored_at(DIGEST)).unlink()
    assert [item.id for item in keep(mission)[0]] == ["E-02"]


def cited(mission: Path) -> None:
    (mission / "citations.csv").write_text(CITATIONS + CITED)
    assert not recorded(mission).refused


def test_a_report_that_rests_on_it_goes_on_with_a_note(mission: Path) -> None:
    cited(mission)
    before = compose(open_mission(mission), "hq", "2021Q2").html
    gone(mission)
    page = compose(open_mission(mission), "hq", "2021Q2").html
    assert "file erased on 2 August 2021" not in before
    assert "file erased on 2 August 2021" in page
    assert DIGEST[:12] not in page


def test_an_approval_stays_when_the_file_goes(mission: Path) -> None:
    """What was said of it is what was approved, and that still stands."""
    cited(mission)
    opened = open_mission(mission)
    approve(
        mission, decided(opened, pending(opened, refs=["A-01"]), "MOD-01", "approved"), at=AT, actor="MOD-01"
    )
    gone(mission)
    assert open_mission(mission).approved() == {"A-01"}


def test_a_void_approval_shows_in_the_status_and_on_the_health_page(mission: Path) -> None:
    opened = open_mission(mission)
    approve(
        mission, decided(opened, pending(opened, refs=["A-01"]), "MOD-01", "approved"), at=AT, actor="MOD-01"
    )
    assert status(open_mission(mission), "2021Q2").approvals == {"wanted_before_print": [], "void": []}
    cited(mission)
    now = open_mission(mission)
    (void,) = status(now, "2021Q2").approvals["void"]
    assert (void["approval"], void["ref"]) == ("V-A-01", "A-01")
    assert void["why"].startswith("citation C-02 was added in entry")
    assert "Approval void" not in compose(now, "hq", "2021Q2").html, (
        "the level shown is that of the settlement"
    )
    spoil(mission, [("mission.yaml", "code: EXT-01, role: external", "code: CHF-01, role: approver"),
                    ("mission.yaml", "{code: MOD-01", "{code: EXT-01, role: external, post: {en: Observer}}\n  - {code: MOD-01"),
                    ("mission.yaml", "languages", "change: A head\nlanguages")])  # fmt: skip
    assert not recorded(mission).refused
    opened = open_mission(mission)
    rows = decided(opened, pending(opened, refs=["N-01"]), "CHF-01", "approved")
    assert not approve(mission, rows, at=AT, actor="CHF-01").refused
    (mission / "citations.csv").write_text(
        CITATIONS + CITED + CITED.replace("C-02", "C-03").replace("page 1", "page 3")
    )
    assert not recorded(mission).refused
    assert "Approval void" in compose(open_mission(mission), "hq", "2021Q2").html


def test_nothing_is_printed_before_what_the_rules_want_approved(mission: Path, tmp_path: Path) -> None:
    spoil(mission, [("mission.yaml", "disruptions:\n", "four_eyes: {moderation: {before_print: 'yes'}}\ndisruptions:\n"),
                    ("mission.yaml", "languages", "change: Four eyes\nlanguages"),
                    ("mission.yaml", "{code: MOD-01", "{code: CHF-01, role: approver, post: {en: Head}}\n  - {code: MOD-01")])  # fmt: skip
    assert not recorded(mission).refused
    assert status(open_mission(mission), "2021Q2").approvals["wanted_before_print"] == ["N-01"]
    with pytest.raises(EditionError, match="1 wait, first N-01") as refused:
        publish(open_mission(mission), "hq", "2021Q2", tmp_path / "out", noted_by=Noting(WHEN, "MOD-01"))
    assert "measures approve --period 2021Q2" in refused.value.remedy
    assert not (tmp_path / "out").exists()
    opened = open_mission(mission)
    rows = decided(opened, pending(opened, refs=["N-01"]), "CHF-01", "approved")
    approve(mission, rows, at=AT, actor="CHF-01")
    assert publish(open_mission(mission), "hq", "2021Q2", tmp_path / "out").pdf.is_file()
