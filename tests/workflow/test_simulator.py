"""Two more knobs of the tampering simulator: evidence files swapped, approvals forged with a whole chain."""

from __future__ import annotations

import hashlib
from itertools import combinations
from pathlib import Path

import pytest

from measures.register import Draft, Entry
from measures.register.vault import stored_at
from measures.workflow.mission import open_mission
from measures.workflow.opening import open_register
from measures.workflow.verify import Verdict, verify_mission
from tests.workflow import tiny
from tests.workflow.held import LATER

PEOPLE = "  - {code: MOD-01, role: moderator, post: {en: Lead adviser}}\n"
CHIEF = PEOPLE + "  - {code: CHF-01, role: approver, post: {en: Head of mission}}\n"
KINDS = ("assessment", "moderation")


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recorded mission with somebody who may approve; nobody has yet."""
    edits = [("mission.yaml", PEOPLE, CHIEF)]
    folder = tiny.write(tmp_path_factory.mktemp("approvals"), edits)
    assert not tiny.recorded(folder).refused
    assert verify_mission(folder, quick=True).whole
    return folder


def said(folder: Path) -> list[Entry]:
    """Return the entries that could be approved, as they stand."""
    return [entry for (kind, _), entry in open_mission(folder).recorded.latest.items() if kind in KINDS]


def forge(folder: Path, copy: Path, kind: str, ref: str, digest: str, approver: str) -> Verdict:
    """Append an approval by hand to a copy of the register, past every rule but with a whole chain."""
    row = {"id": "AP-99", "kind": kind, "ref": ref, "digest": digest, "basis": "", "approver": approver}
    row |= {"decision": "approved", "reason": "Seen and found right by the approver.", "marking": "public"}
    for name in ("register.db", "register.head", "mission.yaml"):
        (copy / name).write_bytes((folder / name).read_bytes())
    (copy / "evidence").symlink_to(folder / "evidence")
    role = next(person.role for person in open_mission(folder).file.people if person.code == approver)
    with open_register(copy) as register:
        draft = Draft("approval", "AP-99", row, "approvals.csv:2")
        register.append([draft], expect=register.head(), at=LATER, actor=approver, role=role)
    return verify_mission(copy, quick=True)


def test_an_approval_by_whoever_scored_or_settled_is_shown(mission: Path, tmp_path: Path) -> None:
    assert {entry.kind for entry in said(mission)} == set(KINDS)
    by = {"assessment": "assessor", "moderation": "moderator"}
    for entry in said(mission):
        copy = tmp_path / entry.ref
        copy.mkdir()
        verdict = forge(mission, copy, entry.kind, entry.ref, entry.digest, str(entry.body[by[entry.kind]]))
        assert verdict.steps[0].sound, "the chain is whole"
        assert not verdict.whole
        assert verdict.first is not None
        assert (verdict.first.code, verdict.first.place.line) == ("V060", verdict.size)


@pytest.mark.parametrize("what", ["another record", "no record", "something that was never said"])
def test_an_approval_that_binds_something_else_is_shown(mission: Path, tmp_path: Path, what: str) -> None:
    entries = said(mission)
    for at, entry in enumerate(entries):
        copy = tmp_path / entry.ref
        copy.mkdir()
        ref, digest = {
            "another record": (entry.ref, entries[at - 1].digest),
            "no record": ("NONE-1", entry.digest),
            "something that was never said": (entry.ref, hashlib.sha256(b"forged").hexdigest()),
        }[what]
        verdict = forge(mission, copy, entry.kind, ref, digest, "CHF-01")
        assert verdict.steps[0].sound, "the chain is whole"
        codes = {finding.code for finding in verdict.findings if finding.severity == "error"}
        assert "V061" in codes, f"{what}: {entry.ref}"


def test_evidence_files_swapped_are_shown_each(tmp_path: Path) -> None:
    notes = {f"visit/note-{number}.txt": f"Seen on {number} May.\n".encode() for number in range(1, 4)}
    folder = tiny.write(tmp_path)
    header, *rows = tiny.EVIDENCE.splitlines()
    model = next(row for row in rows if "visit/note.txt" in row)
    for number, (name, content) in enumerate(notes.items(), start=1):
        (folder / "evidence" / name).write_bytes(content)
        rows.append(model.replace("E-02", f"E-9{number}", 1).replace("visit/note.txt", name))
    (folder / "evidence.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    outcome = tiny.recorded(folder)
    assert not outcome.refused, outcome.findings
    assert verify_mission(folder, quick=True).whole
    kept = {name: folder / "evidence" / stored_at(hashlib.sha256(notes[name]).hexdigest()) for name in notes}
    for one, other in combinations(notes, 2):
        for name, content in ((one, notes[other]), (other, notes[one])):
            kept[name].chmod(0o644)
            kept[name].write_bytes(content)
            (folder / "evidence" / name).write_bytes(content)
        verdict = verify_mission(folder, quick=True)
        shown = sorted(finding.message for finding in verdict.findings if finding.severity == "error")
        assert len(shown) == 2
        assert one in shown[0]
        assert other in shown[1]
        for name in (one, other):
            kept[name].write_bytes(notes[name])
            (folder / "evidence" / name).write_bytes(notes[name])
    assert verify_mission(folder, quick=True).whole
