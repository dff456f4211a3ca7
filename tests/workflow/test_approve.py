"""Approvals: they bind exactly what was approved, and are void when anything under it changes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from measures.errors import MissionError
from measures.workflow.approvals import waiting
from measures.workflow.approve import approve, decided, pending, read_decided, theirs, to_dict, write_pending
from measures.workflow.basis import basis
from measures.workflow.mission import Mission, open_mission
from measures.workflow.record import Outcome
from tests.workflow.tiny import ASSESSMENTS, AT, CITATIONS, EVIDENCE, MODERATIONS, recorded, spoil, write

PEOPLE = "  - {code: MOD-01, role: moderator, post: {en: Lead adviser}}\n"
CHIEF = PEOPLE + "  - {code: CHF-01, role: approver, post: {en: Head of mission}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A recorded mission with somebody who neither scored nor settled."""
    write(tmp_path, [("mission.yaml", PEOPLE, CHIEF)])
    assert not recorded(tmp_path).refused
    return tmp_path


def sign(folder: Path, *refs: str, by: str = "CHF-01", refuse: bool = False) -> Outcome:
    mission = open_mission(folder)
    rows = decided(mission, pending(mission, refs=refs), by, "refused" if refuse else "approved", "As seen.")
    return approve(folder, rows, at=AT, actor=by)


def states(folder: Path) -> dict[str, tuple[str, str]]:
    return {one.id: (one.state, one.why) for one in open_mission(folder).approvals.standings}


def add(folder: Path, name: str, text: str, *lines: str) -> None:
    """Add rows to a table as it was first written, and record them."""
    folder.joinpath(name).write_text(text + "".join(f"{line}\n" for line in lines))
    outcome = recorded(folder)
    assert not outcome.refused, outcome.findings


def like(text: str, start: str, **cells: str) -> str:
    """Return a row like another with other cells."""
    header, *lines = csv.reader(text.splitlines())
    row = next(line for line in lines if line[0] == start)
    return ",".join({**dict(zip(header, row, strict=True)), **cells}.values())


def entry(folder: Path, kind: str, ref: str) -> int:
    return open_mission(folder).recorded.latest[kind, ref].seq


def test_what_is_approved_binds_and_waits_no_longer(folder: Path) -> None:
    assert {one.ref for one in pending(open_mission(folder), "2021Q2")} == {"A-01", "A-03", "N-01"}
    assert sign(folder, "A-01", "N-01").added == {"approval": 2}
    mission = open_mission(folder)
    assert mission.approved() == {"A-01", "N-01"}
    assert [one.ref for one in pending(mission, "2021Q2")] == ["A-03"]
    assert states(folder) == {"V-A-01": ("binds", ""), "V-N-01": ("binds", "")}


def test_an_approval_names_all_that_it_rests_on(folder: Path) -> None:
    mission = open_mission(folder)
    under = mission.approvals.ground.under("moderation", "N-01")
    assert {(one.kind, one.ref) for one in under} == {
        ("moderation", "N-01"), ("assessment", "A-01"), ("assessment", "A-03"), ("citation", "C-01"),
        ("evidence", "E-01"), ("rubric", "planning@1.0"),
    }  # fmt: skip
    sign(folder, "N-01")
    row = open_mission(folder).recorded.records.rows("approvals")[0]
    assert row["basis"] == basis(under)
    assert row["digest"] == mission.recorded.latest["moderation", "N-01"].digest


CHANGES = {
    "a score corrected": (
        "assessments.csv", ASSESSMENTS, "A-01", {"id": "A-09", "supersedes": "A-01", "reason": "Slip"},
        "assessment A-01 was corrected in entry {seq}", "assessment",
    ),
    "evidence corrected": (
        "evidence.csv", EVIDENCE, "E-01", {"id": "E-09", "supersedes": "E-01", "reason": "Wrong date"},
        "evidence E-01 was corrected in entry {seq}", "evidence",
    ),
    "another citation": (
        "citations.csv", CITATIONS, "C-01", {"id": "C-09", "evidence": "E-02", "locator": "page 9"},
        "citation C-09 was added in entry {seq}", "citation",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_under_an_approval_makes_it_void_and_says_which(folder: Path, case: str) -> None:
    name, text, start, cells, why, kind = CHANGES[case]
    sign(folder, "A-01", "N-01")
    new = like(text, start, **cells)
    extra = (
        ["C-08,A-09,E-01,page 1,supports,hoop,asked,The letter.,mission"]
        if case == "a score corrected"
        else []
    )
    if extra:
        folder.joinpath("citations.csv").write_text(CITATIONS + extra[0] + "\n")
    add(folder, name, text, new)
    said = why.format(seq=entry(folder, kind, cells["id"]))
    found = states(folder)
    assert found["V-A-01"] == ("void", said)
    assert found["V-N-01"][0] == "void", "what lies under a score lies under its settlement too"
    assert said in found["V-N-01"][1]
    assert open_mission(folder).approved() == frozenset()


def test_a_changed_settlement_and_a_further_score_make_the_approval_of_it_void(folder: Path) -> None:
    sign(folder, "N-01", "A-01")
    late = like(ASSESSMENTS, "A-03", id="A-07", assessor="CHF-01", role="external")
    spoil(folder, [("mission.yaml", "role: approver", "role: external"),
                   ("mission.yaml", "languages", "change: As it is\nlanguages")])  # fmt: skip
    add(folder, "assessments.csv", ASSESSMENTS, late)
    seq = entry(folder, "assessment", "A-07")
    assert states(folder)["V-N-01"] == ("void", f"assessment A-07 was added in entry {seq}")
    assert states(folder)["V-A-01"] == ("binds", ""), "one score does not rest on another"
    add(folder, "moderations.csv", MODERATIONS, like(MODERATIONS, "N-01", id="N-02", supersedes="N-01"))
    assert "moderation N-01 was corrected" in states(folder)["V-N-01"][1]


def test_what_lies_elsewhere_leaves_an_approval_alone(folder: Path) -> None:
    sign(folder, "A-03")
    add(
        folder,
        "evidence.csv",
        EVIDENCE,
        like(EVIDENCE, "E-01", id="E-09", supersedes="E-01", reason="Wrong date"),
    )
    assert states(folder) == {"V-A-03": ("binds", "")}


def test_what_is_void_waits_again_and_may_be_approved_again(folder: Path) -> None:
    sign(folder, "A-01")
    add(
        folder,
        "citations.csv",
        CITATIONS,
        like(CITATIONS, "C-01", id="C-09", evidence="E-02", locator="page 9"),
    )
    (again,) = pending(open_mission(folder), refs=["A-01"])
    assert again.why.startswith("V-A-01 is void: citation C-09 was added")
    sign(folder, "A-01")
    assert states(folder) == {"V-A-01": ("overtaken", "V-A-01-2 decided later"), "V-A-01-2": ("binds", "")}


def test_a_refusal_takes_back_what_was_approved(folder: Path) -> None:
    mission = open_mission(folder)
    approve(
        folder, decided(mission, pending(mission, refs=["A-01"]), "CHF-01", "approved"), at=AT, actor="CHF-01"
    )
    rows = decided(mission, pending(mission, refs=["A-01"]), "MOD-01", "refused", "Not so.")
    rows[0].values["id"] = "V-2"  # type: ignore[index] # the rows of a test are plain dicts
    approve(folder, rows, at=AT, actor="MOD-01")
    assert states(folder)["V-2"] == ("refused", "")
    assert open_mission(folder).approved() == frozenset()
    assert [one.why for one in pending(open_mission(folder), refs=["A-01"])] == ["V-2 refused it"]


def test_what_moved_while_it_was_looked_at_is_not_approved(folder: Path) -> None:
    seen = open_mission(folder)
    rows = decided(seen, pending(seen, refs=["A-01"]), "CHF-01", "approved")
    add(
        folder,
        "citations.csv",
        CITATIONS,
        like(CITATIONS, "C-01", id="C-09", evidence="E-02", locator="page 9"),
    )
    outcome = approve(folder, rows, at=AT, actor="CHF-01")
    assert [finding.code for finding in outcome.findings] == ["C062"]
    assert "citation C-09 was added" in outcome.findings[0].message


def test_an_approval_by_hand_without_a_basis_binds_the_entry_alone(folder: Path) -> None:
    digest = open_mission(folder).recorded.latest["assessment", "A-01"].digest
    header = "id,kind,ref,digest,approver,decision,reason,marking\n"
    add(folder, "approvals.csv", header, f"V-01,assessment,A-01,{digest},CHF-01,approved,,public")
    add(
        folder,
        "citations.csv",
        CITATIONS,
        like(CITATIONS, "C-01", id="C-09", evidence="E-02", locator="page 9"),
    )
    (one,) = open_mission(folder).approvals.standings
    assert (one.state, one.whole) == ("binds", False)


@pytest.mark.parametrize(
    ("who", "ref", "code"),
    [("ADV-01", "A-01", "C037"), ("MOD-01", "N-01", "C060"), ("EXT-01", "N-01", "C037")],
)
def test_nobody_approves_their_own(folder: Path, who: str, ref: str, code: str) -> None:
    outcome = sign(folder, ref, by=who)
    assert [finding.code for finding in outcome.findings] == [code]
    assert outcome.added == {}
    mission = open_mission(folder)
    (one,) = pending(mission, refs=[ref])
    assert theirs(mission, one, who) == "your own"
    assert theirs(mission, one, "CHF-01") == ""


def test_only_the_roles_named_approve(tmp_path: Path) -> None:
    rule = "four_eyes: {assessment: {by: [approver], before_print: 'yes'}}\ndisruptions:\n"
    write(tmp_path, [("mission.yaml", PEOPLE, CHIEF), ("mission.yaml", "disruptions:\n", rule)])
    assert not recorded(tmp_path).refused
    assert [finding.code for finding in sign(tmp_path, "A-01", by="MOD-01").findings] == ["C061"]
    mission = open_mission(tmp_path)
    by_ref = {one.ref: one for one in waiting(mission.approvals, "2021Q2")}
    assert theirs(mission, by_ref["A-01"], "MOD-01") == "not for your role"
    assert {ref: one.why for ref, one in by_ref.items()} == {
        "A-01": "wanted before print", "A-03": "wanted before print", "N-01": "",
    }  # fmt: skip
    assert sign(tmp_path, "A-01").added == {"approval": 1}


def test_what_waits_goes_to_a_file_and_comes_back_decided(folder: Path, tmp_path: Path) -> None:
    mission = open_mission(folder)
    path = tmp_path / "to-approve.csv"
    write_pending(path, mission, pending(mission, "2021Q2"), "CHF-01")
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert [line["not_by"] for line in lines] == ["ADV-01", "EXT-01", "ADV-01; EXT-01; MOD-01"]
    _fill(path, lines, {"A-01": "approved", "A-03": "refused"})
    rows, findings = read_decided(path)
    assert findings == []
    assert approve(folder, rows, at=AT, actor="CHF-01").added == {"approval": 2}
    assert {name: state for name, (state, _) in states(folder).items()} == {
        "V-A-01": "binds",
        "V-A-03": "refused",
    }


def _fill(path: Path, lines: Sequence[dict[str, str]], decisions: dict[str, str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows({**line, "decision": decisions.get(line["ref"], "")} for line in lines)


def test_what_does_not_wait_is_named(folder: Path) -> None:
    sign(folder, "A-01")
    with pytest.raises(MissionError, match="got 'A-01'") as refused:
        pending(open_mission(folder), refs=["A-01"])
    assert "approved already" in refused.value.remedy
    with pytest.raises(MissionError, match="Did you mean 'A-03'"):
        pending(open_mission(folder), refs=["A-033"])


def test_what_waits_as_plain_values(folder: Path) -> None:
    (one,) = pending(open_mission(folder), refs=["N-01"])
    shown = to_dict(one)
    assert (shown["kind"], shown["ref"], shown["rests_on"]) == ("moderation", "N-01", 6)
    assert shown["not_by"] == ["ADV-01", "EXT-01", "MOD-01"]


def test_evidence_corrected_in_a_circle_ends(folder: Path) -> None:
    """No recording lets this through; a register altered by hand may hold it."""
    mission: Mission = open_mission(folder)
    from dataclasses import replace

    from measures.workflow.basis import Ground

    first = mission.recorded.latest["evidence", "E-01"]
    second = mission.recorded.latest["evidence", "E-02"]
    ground = Ground([replace(first, supersedes="E-02"), replace(second, supersedes="E-01")])
    assert {one.ref for one in ground.under("evidence", "E-01")} == {"E-01", "E-02"}
