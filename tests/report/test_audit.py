"""The audit edition: every score of a quarter with what stands behind it, whole at any length."""

from __future__ import annotations

import dataclasses
import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from measures.errors import RenderError
from measures.library import edition_files, shelf
from measures.report import parts
from measures.report.audit import AuditCell, AuditReport
from measures.report.build import build_audit
from measures.report.edition import read_edition
from measures.report.html import render
from measures.report.joined import ELSEWHERE
from measures.report.parts import split, to_pdf_in_parts
from measures.workflow.mission import Mission, open_mission
from measures.workflow.publish import material
from measures.workflow.record import record
from tests.workflow import tiny

CORRECTED = (
    "A-11,M-01,plan,2021Q2,ADV-01,adviser,insufficient-evidence,,The letter turned out to be a draft "
    "that nobody had signed.,,,,,,,,mission,A-01,The letter was a draft.,\n"
)
SETTLED_AGAIN = (
    "N-02,M-01,plan,2021Q2,MOD-01,insufficient-evidence,"
    "A draft decides nothing and there is no other item.,,mission,N-01\n"
)


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Mission:
    """A quarter scored by two, settled with dissent and approved; then corrected and settled again."""
    folder = tiny.write(tmp_path_factory.mktemp("audit"))
    described = (folder / "mission.yaml").read_text()
    post = "  - {code: APP-01, role: approver, post: {en: Head of mission}}\n"
    post += "  - {code: AUD-01, role: auditor, post: {en: Auditor}}\n"
    (folder / "mission.yaml").write_text(described.replace("people:\n", f"people:\n{post}"))
    assert not record(folder, folder, at=tiny.AT, actor="MOD-01").refused
    first = open_mission(folder)
    digest = first.recorded.latest["moderation", "N-01"].digest
    looked_at = first.recorded.latest["assessment", "A-03"].digest
    (folder / "audits.csv").write_text(
        "id,kind,ref,digest,auditor,finding,found,remark,blind,seed,list,listed,drawn,marking,supersedes,reason\n"
        f"U-01,assessment,A-03,{looked_at},AUD-01,disagrees,asked,The letter itself asks for it.,no,7,"
        f"{'0' * 64},3,1,mission,,\n"
    )
    (folder / "approvals.csv").write_text(
        "id,kind,ref,digest,approver,decision,reason,marking\n"
        f"P-01,moderation,N-01,{digest},APP-01,approved,,mission\n"
    )
    (folder / "comments.csv").write_text(
        "id,to,by,date,text,agrees,marking,supersedes,reason\n"
        "K-01,A-01,minister,2021-07-02,The letter was ours and it stands.,yes,mission,,\n"
        "K-02,K-01,ADV-01,2021-07-03,Noted; the signed copy was not shown.,,mission,,\n"
    )
    assert not record(folder, folder, at=tiny.AT, actor="MOD-01").refused
    with (folder / "assessments.csv").open("a") as file:
        file.write(CORRECTED)
    with (folder / "moderations.csv").open("a") as file:
        file.write(SETTLED_AGAIN)
    outcome = record(folder, folder, at=tiny.AT, actor="MOD-01")
    assert not outcome.refused, outcome.findings
    return open_mission(folder)


def report(mission: Mission, ceiling: str = "mission") -> AuditReport:
    edition = dataclasses.replace(read_edition("audit", edition_files()), ceiling=ceiling)
    return build_audit(edition, mission.period("2021Q2"), material(mission))


def cell(mission: Mission) -> AuditCell:
    return report(mission).parts[0].milestones[0].cells[0]


def test_every_score_is_there_those_in_force_first(mission: Mission) -> None:
    scores = cell(mission).scores
    assert [score.id for score in scores] == ["A-03", "A-11", "A-01"]
    assert [score.superseded_by for score in scores] == ["", "", "A-11"]
    assert scores[1].supersedes == "A-01"
    assert scores[1].reason == "The letter was a draft."


def test_a_score_tells_what_it_rests_on(mission: Mission) -> None:
    score = cell(mission).scores[2]
    assert score.rationale.startswith("The Kestrel directorate asked")
    assert score.why_not_next == "No Kestrel plan has been written yet."
    assert score.answers == (("A director asked for it.", "yes"),)
    assert score.assessor == "ADV-01, Adviser"
    assert [(c.id, c.evidence, c.grade, c.shows) for c in score.citations] == [
        ("C-01", "E-01", "B2", "Asked for")
    ]
    assert not score.citations[0].against


def test_beside_each_record_stands_its_entry(mission: Mission) -> None:
    latest = mission.recorded.latest
    for score in cell(mission).scores:
        entry = latest["assessment", score.id]
        assert (score.trail.seq, score.trail.digest) == (entry.seq, entry.digest)
        assert score.trail.source.startswith("assessments.csv")
        for cited in score.citations:
            assert cited.trail.digest == latest["citation", cited.id].digest


def test_dissent_is_kept_with_what_was_settled(mission: Mission) -> None:
    again, first = cell(mission).settlements
    assert (again.id, again.level, again.supersedes) == ("N-02", "Not decided by the evidence", "N-01")
    assert (first.id, first.superseded_by) == ("N-01", "N-02")
    assert first.dissent.startswith("EXT-01 holds that Kestrel")


def test_an_approval_of_what_was_settled_again_no_longer_speaks_for_the_cell(mission: Mission) -> None:
    again, first = cell(mission).settlements
    assert [one.id for one in first.approvals] == ["P-01"]
    assert again.approvals == ()


def test_the_right_of_reply_stands_beside_the_score(mission: Mission) -> None:
    remarks = cell(mission).scores[2].remarks
    assert [(one.id, one.by) for one in remarks] == [
        ("K-01", "Minister of Defence"),
        ("K-02", "ADV-01, Adviser"),
    ]


def test_what_an_auditor_found_stands_beside_the_score(mission: Mission, page: str) -> None:
    (found,) = cell(mission).scores[0].audits
    assert (found.id, found.finding, found.level, found.blind) == ("U-01", "disagrees", "Asked for", False)
    assert found.trail.digest == mission.recorded.latest["audit", "U-01"].digest
    assert "AUD-01, Auditor disagrees and came to Asked for (shown the score, drawn with seed 7)" in page
    assert [score.audits for score in cell(mission).scores[1:]] == [(), ()]


def test_each_score_is_a_claim_with_its_basis(mission: Mission) -> None:
    made = report(mission)
    texts = {row.claim.text: {(ref.kind, ref.id) for ref in row.basis} for row in made.claims}
    told = next(text for text in texts if " in A-01" in text)
    assert told.endswith("later corrected by A-11.")
    assert {("assessment", "A-01"), ("evidence", "E-01"), ("rubric", "planning@1.0#plan")} <= texts[told]


def test_evidence_is_listed_once_with_who_cites_it(mission: Mission) -> None:
    ((number, items),) = report(mission).evidence
    assert number == 2
    assert [(item.id, item.cited_by) for item in items] == [("E-01", (("A-01", "score-A-01"),))]
    assert items[0].custody == "held by Ministry"


def test_what_is_marked_above_the_ceiling_leaves_a_count_only(mission: Mission) -> None:
    made = report(mission, "public")
    page = render(made, "audit/report.html", shelf("templates"))
    assert made.withheld == 1
    assert made.evidence == ()
    for secret in (tiny.CONFIDENTIAL, "A-01", "A-11", "N-01", "P-01", "K-01", "E-01", "U-01"):
        assert secret not in page


def test_a_quarter_without_milestones_says_so(mission: Mission) -> None:
    edition = read_edition("audit", edition_files())
    empty = build_audit(edition, mission.period("2021Q1"), material(mission))
    assert "No milestone owes a score in this quarter." in render(
        empty, "audit/report.html", shelf("templates")
    )


# --- laid out in parts -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(mission: Mission) -> str:
    return render(report(mission), "audit/report.html", shelf("templates"))


def opened(html: str, workers: int = 0) -> tuple[pikepdf.Pdf, bytes]:
    base = shelf("templates")
    made = to_pdf_in_parts(html, base=base, profile="pdf/ua-1", workers=workers)
    return pikepdf.open(BytesIO(made.data)), made.data


def test_a_page_falls_into_whole_documents(page: str) -> None:
    documents = split(page)
    assert len(documents) == 3
    for document in documents:
        assert document.startswith("<!DOCTYPE html>")
        assert document.count("</html>") == 1
    assert f'href="{ELSEWHERE}milestone-M-01"' in documents[0]
    assert f'href="{ELSEWHERE}evidence-E-01"' in documents[1]
    assert split("<html>no parts</html>") == ("<html>no parts</html>",)


def test_nothing_is_lost_between_parts(page: str) -> None:
    head, *bodies = page.split(parts.MARK)
    rejoined = "".join(document.removeprefix(head) for document in split(page))
    for body in bodies:
        start = body[:200].replace('href="#', f'href="{ELSEWHERE}')
        assert start in rejoined or body[:200] in rejoined


def test_links_between_parts_lead_to_places_of_the_whole(page: str) -> None:
    with opened(page)[0] as pdf:
        names = {str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]}
        notes = [note for sheet in pdf.pages for note in sheet.obj.get("/Annots", [])]
        assert {"milestone-M-01", "evidence-E-01", "score-A-01"} <= names
        assert {str(note.Dest) for note in notes if "/Dest" in note} <= names
        assert not [note for note in notes if "/A" in note]


def test_the_whole_has_one_structure_one_set_of_bookmarks_and_labels_by_part(page: str) -> None:
    with opened(page)[0] as pdf:
        tree = pdf.Root.StructTreeRoot
        keys = [int(key) for key in list(tree.ParentTree.Nums)[::2]]
        assert keys == sorted(set(keys))
        used = [int(sheet.obj.StructParents) for sheet in pdf.pages]
        assert set(used) <= set(keys)
        assert len(set(used)) == len(used)
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles == [
            "What is in it",
            "What an auditor asks first",
            "M-01 A plan of its own",
            "Evidence cited 2",
        ]
        assert [str(sheet.label) for sheet in pdf.pages] == ["0 · 1", "0 · 2", "0 · 3", "1 · 1", "2 · 1"]


@pytest.mark.slow
def test_processes_lay_out_the_same_bytes(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = opened(page)[1]
    monkeypatch.setattr(parts, "ALONE", 0)
    assert opened(page, workers=2)[1] == alone


@pytest.mark.slow
def test_a_process_that_ends_early_is_said_in_words(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ALONE", 0)
    monkeypatch.setattr(parts, "WORKER", ("-c", "raise SystemExit(3)"))
    with pytest.raises(RenderError, match="ended before it was done"):
        opened(page, workers=2)


@pytest.mark.slow
def test_the_command_writes_pdf_html_and_claims(mission: Mission, tmp_path: Path) -> None:
    made = mission.report("audit", "2021Q2", tmp_path)
    assert made.pdf.read_bytes().startswith(b"%PDF-")
    assert made.warnings == ()
    said = json.loads(made.claims.read_text())
    assert said["edition"] == "audit"
    assert len(said["claims"]) == len(made.report.claims)
