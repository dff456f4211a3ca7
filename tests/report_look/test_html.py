from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from measures.errors import RenderError
from measures.library import shelf
from measures.report.html import render
from measures.report.model import Report
from tests.report_look import sample

TEMPLATES = shelf("templates")
TEMPLATE = "hq/report.html"
HOSTILE = "<script>alert(1)</script> {{ report.title }} {% raw %} file:///etc/passwd javascript:alert(1)"


@pytest.fixture(scope="module")
def full() -> Report:
    return sample.full()


@pytest.fixture(scope="module")
def page(full: Report) -> str:
    return render(full, TEMPLATE, TEMPLATES)


class Elements(HTMLParser):
    """Collects start tags and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.found if attribute in attributes]


def hostile(report: Report) -> Report:
    first = report.claims[0].claim
    item = replace(report.quarter.moved[0], claim=replace(first, text=HOSTILE), tag=HOSTILE)
    milestone = replace(report.milestones[0], title=HOSTILE, headline=HOSTILE)
    evidence = replace(report.evidence[0], title=HOSTILE, url="javascript:alert(1)", summary=HOSTILE)
    return replace(
        report,
        title=HOSTILE,
        quarter=replace(report.quarter, headline=HOSTILE, moved=(item,)),
        milestones=(milestone, *report.milestones[1:]),
        evidence=(evidence, *report.evidence[1:]),
        cover=replace(report.cover, mission=HOSTILE, notice=HOSTILE),
    )


def test_hostile_text_stays_text(full: Report) -> None:
    page = render(hostile(full), TEMPLATE, TEMPLATES)
    assert not {tag for tag, _ in Elements(page).found} & {"script", "img", "iframe", "object"}
    assert "{{ report.title }}" in page


def test_only_web_addresses_become_links(full: Report) -> None:
    addresses = (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "//host/x",
        "http://[",
        "https://example.org/a b",
    )
    rows = (
        tuple(replace(row, url=url) for row, url in zip(full.evidence, addresses, strict=False))
        + full.evidence[len(addresses) :]
    )
    page = render(replace(full, evidence=rows), TEMPLATE, TEMPLATES)
    links = Elements(page).all("href")
    assert all(link.startswith(("#", "https://example.org/library")) for link in links)
    assert "file:///etc/passwd" in page


@pytest.mark.parametrize("build", [sample.full, sample.unknown, sample.arabic])
def test_every_internal_link_leads_somewhere_and_no_id_repeats(build: object) -> None:
    assert callable(build)
    elements = Elements(render(build(), TEMPLATE, TEMPLATES))
    ids = elements.all("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in elements.all("href") if link.startswith("#")} <= set(ids)
    assert set(elements.all("data-page-of")) <= set(ids)


def test_claims_and_evidence_lead_to_each_other(full: Report, page: str) -> None:
    links = set(Elements(page).all("href"))
    for row in full.claims:
        assert f"#{row.claim.anchor}" in links
        assert f"#says-{row.claim.number}" in links
    assert {f"#{row.anchor}" for row in full.evidence if row.claims} <= links


def test_the_same_report_gives_the_same_text(full: Report, page: str) -> None:
    assert render(full, TEMPLATE, TEMPLATES) == page
    assert render(sample.full(), TEMPLATE, TEMPLATES) == page


def test_headings_never_skip_a_level(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Elements(page).found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_links_hold_text_only(page: str) -> None:
    assert not re.search(r"<a [^>]*>[^<]*<(?!/a>)", page)


def test_no_cell_carries_a_style(page: str) -> None:
    assert not Elements(page).all("style")


def test_a_link_that_leads_nowhere_is_refused(full: Report) -> None:
    item = replace(full.quarter.moved[0], anchor="milestone-M-99")
    with pytest.raises(RenderError, match="milestone-M-99"):
        render(replace(full, quarter=replace(full.quarter, moved=(item,))), TEMPLATE, TEMPLATES)


@pytest.mark.parametrize(
    "svg",
    [
        "<svg ><script>alert(1)</script></svg>",
        '<svg ><path onclick="x"/></svg>',
        '<svg ><image href="file:///etc/passwd"/></svg>',
        "not a drawing",
    ],
)
def test_a_drawing_with_more_than_shapes_is_refused(full: Report, svg: str) -> None:
    block = replace(full.milestones[0].criteria[0], trend_svg=svg)
    milestone = replace(full.milestones[0], criteria=(block, *full.milestones[0].criteria[1:]))
    with pytest.raises(RenderError, match="more than shapes"):
        render(replace(full, milestones=(milestone, *full.milestones[1:])), TEMPLATE, TEMPLATES)


def test_words_that_look_like_attributes_are_no_stranger_in_a_title(full: Report) -> None:
    svg = full.milestones[0].criteria[0].trend_svg.replace("<title>", "<title>once = style= href= ")
    block = replace(full.milestones[0].criteria[0], trend_svg=svg)
    milestone = replace(full.milestones[0], criteria=(block, *full.milestones[0].criteria[1:]))
    assert "once = style=" in render(
        replace(full, milestones=(milestone, *full.milestones[1:])), TEMPLATE, TEMPLATES
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ report.no_such_thing }}", "lacks"),
        ("{{ report }", "cannot be used"),
        ("{% include '../secret.html' %}", "cannot be used"),
        ("{{ ''.__class__.__mro__ }}", "cannot be used"),
        ("{{ range(3) }}", "lacks"),
    ],
)
def test_a_template_may_ask_for_the_report_and_nothing_else(
    tmp_path: Path, full: Report, text: str, said: str
) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    (tmp_path / "templates" / "t.html").write_text(text, encoding="utf-8")
    with pytest.raises(RenderError, match=said):
        render(full, "t.html", tmp_path / "templates")


def test_a_language_without_words_is_refused(full: Report) -> None:
    with pytest.raises(RenderError, match="words/xx"):
        render(replace(full, language="xx"), TEMPLATE, TEMPLATES)


@pytest.mark.parametrize(
    ("tag", "style"),
    [
        ("up: new evidence", "chip-up"),
        ("down: correction", "chip-down"),
        ("first seen", "chip-first-seen"),
        ("claimed only", "chip-claimed-only"),
        ("promise due", "chip-promise-due"),
        ("blind", "chip-blind"),
    ],
)
def test_a_chip_is_styled_by_its_words_before_the_colon(full: Report, tag: str, style: str) -> None:
    item = replace(full.quarter.moved[0], tag=tag)
    page = render(replace(full, quarter=replace(full.quarter, moved=(item,))), TEMPLATE, TEMPLATES)
    assert f'<span class="chip {style}">{tag}</span>' in page
    assert f".{style}" in (TEMPLATES / "hq" / "report.css").read_text(encoding="utf-8")


def test_a_page_reference_never_stands_alone(page: str) -> None:
    assert page.count('&nbsp;<a class="to-page"') > 10


def test_notes_stand_under_the_overview(full: Report, page: str) -> None:
    noted = render(replace(full, notes=("2020Q2: nobody could travel.",)), TEMPLATE, TEMPLATES)
    assert "<p>2020Q2: nobody could travel.</p>" in noted
    assert 'class="notes"' not in page


def test_what_counted_nothing_is_gathered_in_one_line(full: Report, page: str) -> None:
    empty = [line.title for line in full.health if not line.count]
    assert empty
    assert f"Nothing to report under: {'; '.join(empty)}." in page
    assert not re.search(r'class="count">0<', page)


def test_what_came_out_later_is_marked(full: Report) -> None:
    row = replace(full.evidence[0], kind="documentary, published later")
    page = render(replace(full, evidence=(row, *full.evidence[1:])), TEMPLATE, TEMPLATES)
    assert page.count('<span class="later">documentary, published later</span>') == 1


def test_every_group_of_objectives_has_a_heading_that_repeats(full: Report, page: str) -> None:
    positions = {row.position for row in full.objectives}
    assert page.count('<thead><tr><th scope="col"><span class="group">') == len(positions)


def test_every_fixed_word_is_used() -> None:
    words = re.findall(
        r'^  "([a-z_]+)":', (TEMPLATES / "words" / "en.jinja").read_text(encoding="utf-8"), re.MULTILINE
    )
    text = "".join(path.read_text(encoding="utf-8") for path in (TEMPLATES / "hq").glob("*.html"))
    sections = {"quarter", "overview", "milestones", "ambition", "evidence", "health", "method", "claims"}
    panels = {"moved", "held", "unknown", "decide"}
    unused = [word for word in words if f"w.{word}" not in text and word not in sections | panels]
    assert not unused
