"""A file that is to be kept says so, and says that it is for everybody."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from measures.library import edition_files, shelf
from measures.report.archival import ACCESSIBLE_ARCHIVE
from measures.report.edition import read_edition
from measures.report.html import render
from measures.report.pdf import to_pdf
from tests.report_look import sample

TEMPLATES = shelf("templates")


@pytest.fixture(scope="module")
def data() -> bytes:
    page = render(sample.unknown(), "hq/report.html", TEMPLATES)
    files = {"claims.json": b"[]", "trends.csv": b"period\n"}
    return to_pdf(page, base=TEMPLATES, profile=ACCESSIBLE_ARCHIVE, attachments=files).data


@pytest.mark.slow
def test_both_conformances_are_claimed_in_metadata_that_anybody_can_read(data: bytes) -> None:
    with pikepdf.open(BytesIO(data)) as file:
        packet = bytes(file.Root.Metadata.read_bytes()).decode()
        assert "/Filter" not in file.Root.Metadata
        with file.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"
    assert packet.count("<pdfuaid:part>1</pdfuaid:part>") == 1
    assert (
        packet.count("<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>")
        == 1
    )


@pytest.mark.slow
def test_each_attachment_is_named_once_and_says_what_it_is_to_the_page(data: bytes) -> None:
    with pikepdf.open(BytesIO(data)) as file:
        named = list(file.Root.AF)
        assert len(named) == 2
        assert {str(one.AFRelationship) for one in named} == {"/Data"}
        assert sorted(file.attachments) == ["claims.json", "trends.csv"]


@pytest.mark.parametrize("edition", sorted(edition_files()))
def test_every_edition_is_made_to_be_kept_and_for_everybody(edition: str) -> None:
    assert read_edition(edition, edition_files()).profile == ACCESSIBLE_ARCHIVE
