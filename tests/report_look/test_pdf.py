from __future__ import annotations

import logging
import os
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from measures.errors import RenderError
from measures.library import shelf
from measures.report import fonts, pdf
from measures.report.html import render
from tests.report_look import sample

TEMPLATES = shelf("templates")
POINTS = 0.75
"""The renderer counts in CSS pixels, of which 96 are an inch."""
PAGE = '<html lang="en"><head><title>t</title></head><body><h1>{}</h1></body></html>'


def html_of(name: str) -> str:
    return render(getattr(sample, name)(), "hq/report.html", TEMPLATES)


@pytest.fixture(scope="module")
def full() -> pdf.Rendered:
    return pdf.to_pdf(html_of("full"), base=TEMPLATES)


@pytest.fixture(scope="module")
def opened(full: pdf.Rendered) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(full.data))


@pytest.mark.slow
def test_the_renderer_has_nothing_to_complain_of(full: pdf.Rendered) -> None:
    assert full.warnings == ()


@pytest.mark.slow
def test_the_quarter_and_the_overview_keep_to_one_page_each(full: pdf.Rendered) -> None:
    assert [full.page_of[name] for name in ("quarter", "overview", "milestones")] == [2, 3, 4]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["unknown", "arabic"])
def test_short_reports_render_without_complaint(name: str) -> None:
    rendered = pdf.to_pdf(html_of(name), base=TEMPLATES)
    assert rendered.warnings == ()
    assert rendered.page_of["milestone-M-02"] <= rendered.page_of["milestone-M-01"] + 1


@pytest.mark.slow
def test_the_same_page_gives_the_same_bytes() -> None:
    page = html_of("unknown")
    first, second = (pdf.to_pdf(page, base=TEMPLATES, attachments={"claims.json": b"[]"}) for _ in range(2))
    assert first.data == second.data
    assert pdf.read_attachments(first.data) == {"claims.json": b"[]"}


@pytest.mark.slow
def test_six_long_items_in_every_panel_still_fit_one_page() -> None:
    rendered = pdf.to_pdf(html_of("crowded"), base=TEMPLATES)
    assert rendered.page_of["overview"] == 3


@pytest.mark.slow
@pytest.mark.parametrize("name", ["full", "crowded", "arabic"])
def test_no_text_is_set_too_small_to_read(name: str) -> None:
    sizes = text_sizes(pikepdf.open(BytesIO(pdf.to_pdf(html_of(name), base=TEMPLATES).data)))
    assert min(sizes) >= 6
    assert {size for size in sizes if size < 7} <= {6.2}, "only the numbers of sentences"


def text_sizes(document: pikepdf.Pdf) -> set[float]:
    """Return the sizes, in points, in which the pages set text."""
    sizes: set[float] = set()
    for page in document.pages:
        for item in pikepdf.parse_content_stream(page):
            if str(item.operator) == "Tf":
                sizes.add(round(float(item.operands[1]) * POINTS, 1))
    return sizes


@pytest.mark.slow
def test_it_is_tagged_titled_and_says_its_profile(opened: pikepdf.Pdf) -> None:
    root = opened.Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "en"
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].startswith("Advisory Mission Example")


@pytest.mark.slow
def test_running_heads_are_artifacts_and_figures_have_words(opened: pikepdf.Pdf) -> None:
    kinds, without_words = structure(opened)
    assert kinds["/Figure"] > 40
    assert without_words == 0
    assert kinds["/TH"] == kinds["scoped"]
    artifacts = read_marks(opened.pages[1])
    assert "/Artifact" in artifacts


def structure(document: pikepdf.Pdf) -> tuple[dict[str, int], int]:
    kinds: dict[str, int] = {"scoped": 0}
    without_words = 0
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting.extend(node)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            kind = str(node.S)
            kinds[kind] = kinds.get(kind, 0) + 1
            without_words += kind == "/Figure" and "/Alt" not in node
            kinds["scoped"] += kind == "/TH" and "/A" in node and "/Scope" in node.A
            if "/K" in node:
                waiting.append(node.K)
    return kinds, without_words


def read_marks(page: pikepdf.Page) -> list[str]:
    return [
        str(item.operands[0])
        for item in pikepdf.parse_content_stream(page)
        if str(item.operator) in ("BMC", "BDC")
    ]


@pytest.mark.slow
def test_bookmarks_name_sections_and_milestones(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        sections = [item.title for item in outline.root]
        milestones = [child.title for item in outline.root for child in item.children]
    assert sections[0] == "The quarter in one page"
    assert len(sections) == 8
    assert milestones[0].startswith("M-01 · ")


@pytest.mark.slow
def test_every_page_number_in_the_contents_is_bound(full: pdf.Rendered) -> None:
    assert full.page_of["milestone-M-01"] == 4
    assert full.pages >= max(full.page_of.values())


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "https://example.org/a.css",
        "http://127.0.0.1/",
        "data:text/css,x",
        "ftp://host/a.css",
        (TEMPLATES / ".." / "pyproject.toml").as_uri(),
        (TEMPLATES / "hq" / "report.html").as_uri(),
        (TEMPLATES / "hq" / "report.css").as_uri() + "?x",
        "file://host" + (TEMPLATES / "hq" / "report.css").as_posix(),
        (TEMPLATES / "no-such.css").as_uri(),
    ],
)
def test_nothing_but_our_stylesheets_may_be_loaded(address: str) -> None:
    assert pdf.allowed_file(address, TEMPLATES) is None


def test_our_stylesheet_may_be_loaded() -> None:
    path = TEMPLATES / "hq" / "report.css"
    assert pdf.allowed_file(path.as_uri(), TEMPLATES) == path.resolve()


def test_a_stylesheet_outside_is_not_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside.css").write_text("p{}", encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "inside.css").symlink_to(tmp_path / "outside.css")
    assert pdf.allowed_file((tmp_path / "templates" / "inside.css").as_uri(), tmp_path / "templates") is None


def test_a_complaint_does_not_quote_the_page(caplog: pytest.LogCaptureFixture) -> None:
    page = PAGE.format('<img alt="x" src="file:///secret/place">')
    with caplog.at_level(logging.DEBUG):
        rendered = pdf.to_pdf(page, base=TEMPLATES)
    assert rendered.warnings
    assert "secret" not in "".join(rendered.warnings)
    assert "secret" not in caplog.text


def test_a_character_without_a_face_is_an_alarm() -> None:
    rendered = pdf.to_pdf(PAGE.format("\u4e2d"), base=TEMPLATES)
    assert rendered.warnings == ("No font of ours has U+4E2D",)


def test_progress_grows_to_the_whole() -> None:
    heard: list[float] = []
    pdf.to_pdf(PAGE.format("x"), base=TEMPLATES, progress=lambda _, share: heard.append(share))
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(RenderError, match="pdf/a-9"):
        pdf.to_pdf(PAGE.format("x"), base=TEMPLATES, profile="pdf/a-9")


def test_a_machine_without_pango_is_told_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    class WithoutPango:
        def find_spec(self, name: str, *rest: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [WithoutPango(), *sys.meta_path])
    with pytest.raises(RenderError, match="Pango") as caught:
        pdf.to_pdf(PAGE.format("x"), base=TEMPLATES)
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in caught.value.remedy


def test_the_environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/before")
    with fonts.only_our_fonts() as configuration:
        assert os.environ["FONTCONFIG_FILE"] == str(configuration)
    assert os.environ["FONTCONFIG_FILE"] == "/before"
    monkeypatch.delenv("FONTCONFIG_FILE")
    with fonts.only_our_fonts():
        pass
    assert "FONTCONFIG_FILE" not in os.environ


def test_a_missing_font_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_PACKAGES", {"fontpkg_no_such_face": ("x.ttf",)})
    with pytest.raises(RenderError, match="fontpkg-no-such-face"):
        fonts.font_files()


def test_a_file_that_is_no_pdf_is_refused() -> None:
    with pytest.raises(RenderError, match="no PDF"):
        pdf.read_attachments(b"no")
