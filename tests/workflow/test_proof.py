"""A report is held against the register: what it claims must follow, and the file must be the one made."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import AttachedFileSpec

from measures.errors import MissionError
from measures.workflow.mission import open_mission
from measures.workflow.proof import prove
from measures.workflow.publish import Noting, publish
from measures.workflow.record import record
from tests.workflow import tiny

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mission with an audit edition published and noted, and the same made and not noted."""
    made = tiny.write(tmp_path_factory.mktemp("proof"))
    assert not record(made, made, at=tiny.AT, actor="MOD-01").refused
    publish(open_mission(made), "audit", "2021Q2", made / "out", noted_by=Noting(tiny.AT, "MOD-01"))
    return made


@pytest.fixture(scope="module")
def report(folder: Path) -> Path:
    return folder / "out" / "tiny-audit-2021Q2.pdf"


def altered(report: Path, target: Path, change: str) -> Path:
    """Return a copy whose claims file says something else, or whose pages do."""
    with pikepdf.open(report) as pdf:
        if change == "pages":
            page = pdf.pages[0]
            page.contents_add(b"q 1 0 0 1 0 0 cm Q")
        elif change == "nothing carried":
            for name in list(pdf.attachments):
                del pdf.attachments[name]
        else:
            said = json.loads(pdf.attachments["claims.json"].get_file().read_bytes())
            if change == "claim":
                said["claims"][0]["text"] = said["claims"][0]["text"].replace("Asked for", "Done alone")
            elif change == "claim gone":
                del said["claims"][0]
            elif change == "head":
                said["head"] = "3:" + "0" * 64
            elif change == "period":
                said["period"] = "2031Q1"
            elif change == "shape":
                said = {"claims": said["claims"]}
            data = json.dumps(said).encode()
            pdf.attachments["claims.json"] = AttachedFileSpec(
                pdf, data, filename="claims.json", creation_date="", mod_date="", mime_type="", description=""
            )
        pdf.save(target)
    return target


def test_the_file_that_was_published_holds(folder: Path, report: Path) -> None:
    proof = prove(folder, report)
    assert proof.holds, proof.findings
    assert (proof.edition, proof.period) == ("audit", "2021Q2")
    assert proof.entry > 0
    assert proof.checked[0].startswith(f"{proof.claims} claims, each derived again")


def test_a_file_that_nobody_noted_holds_when_it_comes_out_again_to_the_byte(
    folder: Path, tmp_path: Path
) -> None:
    made = publish(open_mission(folder), "audit", "2021Q2", tmp_path)
    proof = prove(folder, made.pdf)
    assert proof.holds, proof.findings


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("claim", "V072"),
        ("claim gone", "V072"),
        ("pages", "V073"),
        ("head", "V071"),
        ("period", "V071"),
        ("shape", "V070"),
        ("nothing carried", "V070"),
    ],
)
def test_a_report_altered_is_found_out(
    folder: Path, report: Path, tmp_path: Path, change: str, code: str
) -> None:
    proof = prove(folder, altered(report, tmp_path / "altered.pdf", change))
    assert not proof.holds
    assert {finding.code for finding in proof.findings} == {code}
    assert tiny.CONFIDENTIAL not in str(proof.to_dict()["findings"])


def test_a_file_of_another_version_is_told_apart_from_an_altered_one(
    folder: Path, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = altered(report, tmp_path / "copy.pdf", "pages")
    monkeypatch.setattr("measures.__version__", "99.0")
    proof = prove(folder, copy)
    assert [finding.code for finding in proof.findings] == ["V074"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"not a report", b"\x00" * 2048])
def test_what_is_no_report_is_said_in_words(folder: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file.pdf"
    file.write_bytes(content)
    [finding] = prove(folder, file).findings
    assert (finding.code, finding.message) == (
        "V070",
        "Expected the PDF of a report that carries its claims, but it is no PDF that can be opened.",
    )


def test_a_file_that_is_not_there(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(MissionError, match="Expected a report"):
        prove(folder, tmp_path / "none.pdf")


def test_the_pdf_carries_what_the_claims_file_says(report: Path) -> None:
    with pikepdf.open(BytesIO(report.read_bytes())) as pdf:
        carried = json.loads(pdf.attachments["claims.json"].get_file().read_bytes())
        assert set(pdf.attachments) == {"claims.json", "scores.csv"}
    beside = json.loads((report.parent / "tiny-audit-2021Q2.claims.json").read_bytes())
    beside.pop("pdf_sha256")
    assert carried == beside
