"""The card of a rubric: all of it stands there, in either language, and the answers stand apart."""

# ruff: noqa: E501 - the sentences read as a table

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from measures.errors import RubricError
from measures.library import shelf as folder_of
from measures.report import pdf
from measures.report.card import Card, build, direction, evidence_line
from measures.report.cardprose import PROSE
from measures.report.html import render_card
from measures.rubric import EvidenceRule, Rubric, to_plain
from measures.workflow.shelf import shelf
from tests.rubric.small import EVERY_ANNEX, SMALL, base, edited, sound

TEMPLATES = folder_of("templates")
TEMPLATE = "card/card.html"
SHELF = shelf().newest()
LANGUAGES = tuple(PROSE)
VOID = {"meta", "col", "br"}
APART = {"td", "th", "p", "li"}
HOSTILE = "<script>alert(1)</script> {{ card.title }} <b>bold</b>"


def card(rubric: Rubric, language: str = "en", criterion: str = "") -> Card:
    return build(rubric, language, "measures 9.9.9", criterion=criterion, others=SHELF)


def html(rubric: Rubric, language: str = "en", criterion: str = "") -> str:
    return render_card(card(rubric, language, criterion), TEMPLATE, TEMPLATES)


def every_annex() -> Rubric:
    """The rubric with everything that may stand in one, in both languages."""
    bilingual = ("note: It counts tanks.", "note: {en: It counts tanks., ar: يعدّ الخزانات.}")
    return sound(edited(EVERY_ANNEX, bilingual), base())


class Page(HTMLParser):
    """What a page says, with the elements that each piece of text stands in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.pieces: list[tuple[str, tuple[tuple[str, dict[str, str]], ...]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = tag, {name: value or "" for name, value in attrs}
        self.elements.append(element)
        if tag in VOID:
            self.handle_data(" ")
        else:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag
        if tag in APART:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        self.pieces.append((data, tuple(self.open)))

    @property
    def body(self) -> Iterator[tuple[str, tuple[tuple[str, dict[str, str]], ...]]]:
        return ((text, within) for text, within in self.pieces if any(tag == "body" for tag, _ in within))

    def text(self, section: str = "") -> str:
        """What is said, in one line; of one section when its class is named."""
        pieces = [
            text
            for text, within in self.body
            if not section or any(attributes.get("class") == section for _, attributes in within)
        ]
        return " ".join("".join(pieces).split())

    def all(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]

    def count(self, tag: str, name: str = "") -> int:
        return sum(
            found == tag and (not name or attributes.get("class") == name)
            for found, attributes in self.elements
        )


def texts(value: object, language: str) -> Iterator[str]:
    """Yield every text of a rubric's content in one language."""
    if isinstance(value, dict):
        if isinstance(value.get(language), str):
            yield value[language]
        for below in value.values():
            yield from texts(below, language)
    elif isinstance(value, list):
        for below in value:
            yield from texts(below, language)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*SHELF, "every annex"])
def test_every_text_and_id_of_a_rubric_is_on_its_card(name: str, language: str) -> None:
    rubric = SHELF.get(name) or every_annex()
    seen = Page(html(rubric, language)).text()
    said = set(texts(to_plain(rubric), language))
    assert len(said) > 20
    assert sorted(text for text in said if squeezed(text) not in seen) == []
    ids = [rubric.id, rubric.version, *rubric.ladder, *(line.id for line in rubric.criteria)]
    steps = [step for line in rubric.criteria for step in line.steps]
    ids += [attribute.id for step in steps for attribute in step.attributes]
    ids += [step.evidence.grade for step in steps if step.attributes]
    assert [one for one in ids if one not in seen] == []
    for source in rubric.derives_from:
        assert squeezed(source.title) in seen
        assert squeezed(source.publisher) in seen
    assert rubric.digest in seen.replace(" ", "")


@pytest.mark.parametrize(("language", "way"), [("en", "ltr"), ("ar", "rtl")])
def test_the_page_says_its_language_and_direction(language: str, way: str) -> None:
    page = Page(html(sound(), language))
    root = next(attributes for tag, attributes in page.elements if tag == "html")
    assert root == {"lang": language, "dir": way}


def test_an_arabic_card_has_no_latin_letter_outside_what_runs_left_to_right() -> None:
    page = Page(html(every_annex(), "ar"))
    stray = [
        text
        for text, within in page.body
        if re.search("[A-Za-z]", text) and not any(attributes.get("dir") == "ltr" for _, attributes in within)
    ]
    assert stray == []


def test_an_arabic_card_uses_arabic_punctuation_and_western_digits() -> None:
    page = Page(html(sound(), "ar"))
    said = "".join(
        text for text, within in page.body if not any(element.get("dir") == "ltr" for _, element in within)
    )
    assert not re.search(r"[,;?\u0660-\u0669]", said)


def test_both_languages_have_the_same_fixed_words_and_all_are_used() -> None:
    found = {}
    for language in LANGUAGES:
        words = (TEMPLATES / "words" / f"card-{language}.jinja").read_text(encoding="utf-8")
        found[language] = re.findall(r'^  "([a-z_]+)":', words, re.MULTILINE)
    assert found["en"] == found["ar"]
    used = "".join(path.read_text(encoding="utf-8") for path in (TEMPLATES / "card").glob("*.html"))
    assert [word for word in found["en"] if f"w.{word}" not in used] == []
    assert set(PROSE["en"].labels) == set(PROSE["ar"].labels)


@pytest.mark.parametrize("table", ["aspect", "advisers", "sustains", "aggregation", "kinds", "changes"])
def test_both_languages_have_a_word_for_every_id(table: str) -> None:
    assert list(getattr(PROSE["en"], table)) == list(getattr(PROSE["ar"], table))


def test_each_statement_has_a_box_and_the_gate_stands_before_the_sustaining_level() -> None:
    rubric = sound()
    made = html(rubric)
    page = Page(made)
    statements = [item for line in rubric.criteria for step in line.steps for item in step.attributes]
    assert made.count("<li><span>") == len(statements)
    within = [found for text, found in page.body if text.startswith("A director has asked on record for a f")]
    assert [tag for tag, _ in within[0]][-3:] == ["ul", "li", "span"]
    said = page.text("criterion")
    places = [said.index(words) for words in ("Done with advisers", "Sustainment gate", "Done alone")]
    assert places == sorted(places)
    assert said.count("Sustainment gate") == len(rubric.criteria)


def test_the_answers_stand_on_the_last_page_and_nowhere_else() -> None:
    rubric = sound()
    page = html(rubric)
    before, after = page.split('<section class="answers"')
    whys = [expected.why["en"] for case in rubric.vignettes for expected in case.expected]
    assert [why for why in whys if why in before] == []
    assert [why for why in whys if why not in after] == []
    assert "☑" not in before
    assert '<section class="' not in after


def test_an_answer_ticks_what_holds_even_above_the_level_reached() -> None:
    coast, hills = card(sound()).cases
    assert [marks for _, marks in coast.answers[0].marks] == ["☑", "☑", "☐☐☐"]
    assert coast.answers[0].rung.label == "Done with advisers"
    assert [marks for _, marks in hills.answers[0].marks] == ["☐", "☐", "☐☑☐"]
    assert hills.answers[0].rung.id == "none"


def test_one_criterion_alone_says_that_it_is_one_of_several() -> None:
    seen = Page(html(sound(), criterion="tanks")).text()
    assert "one criterion of two" in seen
    assert "Criterion 2 of 2" in seen
    assert "No order of the ministry names fuel." not in seen
    assert "Nobody has asked for one." not in seen
    assert "Nobody has asked." in seen
    assert "one criterion of" not in Page(html(sound())).text()


def test_caps_table_origin_and_changes_are_named() -> None:
    rubric = every_annex()
    made = build(rubric, "en", "measures 9.9.9", others={"roads": sound(), "ports": SHELF["logistics"]})
    assert [(cap.title, cap.criterion_title) for cap in made.caps] == [
        ("Fuel", ""),
        (SHELF["logistics"].title["en"], ""),
    ]
    seen = Page(render_card(made, TEMPLATE, TEMPLATES)).text()
    assert "Fuel roads#bridges Fuel comes by road." in seen
    assert "The lower of two (A manual of stores, annex B). Nothing · Wanted · Helped · Alone." in seen
    assert "Takes over fuel@1.0" in seen
    assert (
        "Since fuel-islands@1.0, criterion tanks: recalibrated; scores cannot be compared. It asks of" in seen
    )


def test_the_criterion_that_caps_is_named() -> None:
    rubric = SHELF["budgeting"]
    seen = Page(html(rubric, "ar")).text("opening")
    cap = rubric.caps[0]
    other = SHELF[cap.rubric]
    assert f"{other.title['ar']}: {other.criterion(cap.criterion).title['ar']}" in seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rubric_of_the_barest_kind_has_a_card_too(language: str) -> None:
    bare = replace(sound(), vignettes=(), derives_from=())
    page = Page(html(bare, language))
    assert {"answers", "cases", "sources"}.isdisjoint(page.all("id"))


EVIDENCE = {
    "the weakest": (
        EvidenceRule(),
        "One origin; among the items a document, something seen on site or an analysis; each graded at least E5 (unreliable source, improbable); speaking of the last eight quarters.",
        "مصدر أصلي واحد؛ ومن بين الأدلة وثيقة أو معاينة في الموقع أو تحليل؛ ولا يقل تصنيف كل دليل عن E5 (مصدر غير موثوق، معلومة مستبعدة)؛ ويتناول الدليل آخر 8 أرباع سنة.",
    ),
    "one that saw it": (
        EvidenceRule(1, ("documentary",), "B", "2", first_hand=True, fresh=1),
        "One origin, which saw it itself; among the items a document; each graded at least B2 (usually reliable source, probably true); speaking of the quarter scored.",
        "مصدر أصلي واحد عاين الأمر بنفسه؛ ومن بين الأدلة وثيقة؛ ولا يقل تصنيف كل دليل عن B2 (مصدر موثوق عادة، معلومة صحيحة على الأرجح)؛ ويتناول الدليل ربع السنة المقيَّم.",
    ),
    "two, one of which saw it": (
        EvidenceRule(2, ("physical", "analytical"), "C", "3", first_hand=True, fresh=2),
        "Two independent origins, one of which saw it itself; among the items something seen on site or an analysis; each graded at least C3 (fairly reliable source, possibly true); speaking of the last two quarters.",
        "مصدران أصليان مستقلان، عاين أحدهما الأمر بنفسه؛ ومن بين الأدلة معاينة في الموقع أو تحليل؛ ولا يقل تصنيف كل دليل عن C3 (مصدر موثوق إلى حد ما، معلومة ربما تكون صحيحة)؛ ويتناول الدليل آخر ربعين.",
    ),
    "three": (
        EvidenceRule(3, ("testimonial",), "A", "1", first_hand=False, fresh=12),
        "Three independent origins; among the items a testimony; each graded at least A1 (completely reliable source, confirmed by others); speaking of the last twelve quarters.",
        "ثلاثة مصادر أصلية مستقلة؛ ومن بين الأدلة شهادة؛ ولا يقل تصنيف كل دليل عن A1 (مصدر موثوق تماماً، معلومة أكدتها مصادر أخرى)؛ ويتناول الدليل آخر 12 ربع سنة.",
    ),
    "a dozen": (
        EvidenceRule(12, ("documentary",), "D", "4", first_hand=True, fresh=4),
        "Twelve independent origins, one of which saw it itself; among the items a document; each graded at least D4 (source not usually reliable, doubtful); speaking of the last four quarters.",
        "12 مصدراً أصلياً مستقلاً، عاين أحدها الأمر بنفسه؛ ومن بين الأدلة وثيقة؛ ولا يقل تصنيف كل دليل عن D4 (مصدر غير موثوق عادة، معلومة مشكوك فيها)؛ ويتناول الدليل آخر 4 أرباع سنة.",
    ),
}


@pytest.mark.parametrize(("rule", "english", "arabic"), EVIDENCE.values(), ids=EVIDENCE.keys())
def test_an_evidence_rule_is_one_plain_sentence(rule: EvidenceRule, english: str, arabic: str) -> None:
    for language, sentence in (("en", english), ("ar", arabic)):
        line = evidence_line(rule, PROSE[language])
        assert f"{line.before} {line.grade} {line.after}" == sentence


@pytest.mark.parametrize(
    ("quarters", "english", "arabic"),
    [
        (1, "one quarter;", "ربع سنة واحداً،"),
        (2, "two quarters;", "ربعي سنة،"),
        (4, "four quarters;", "4 أرباع سنة،"),
        (12, "twelve quarters;", "12 ربع سنة،"),
    ],
)
def test_how_long_a_score_counts(quarters: int, english: str, arabic: str) -> None:
    assert PROSE["en"].valid(quarters).startswith(f"A score counts for {english}")
    assert PROSE["ar"].valid(quarters).startswith(f"يسري التقييم {arabic}")


@pytest.mark.parametrize(
    ("text", "way"), [("Manual", "ltr"), ("(2016) دليل", "rtl"), ("דף", "rtl"), ("2016", "ltr")]
)
def test_a_title_keeps_its_own_direction(text: str, way: str) -> None:
    assert direction(text) == way


CANNOT = {
    "no card in French": (
        (("title: {en: Fuel,", "title: {fr: Essence, en: Fuel,"),),
        "fr",
        "cards are made in",
    ),
    "one text without Arabic": ((("{en: The coast, ar: الساحل}", "{en: The coast}"),), "ar", "but 1 is in"),
    "two texts without Arabic": (
        (
            ("{en: The coast, ar: الساحل}", "{en: The coast}"),
            ("{en: The order, ar: الأمر}", "{en: The order}"),
        ),
        "ar",
        "but 2 are in",
    ),
}


@pytest.mark.parametrize(("edits", "language", "said"), CANNOT.values(), ids=CANNOT.keys())
def test_a_card_that_would_not_be_whole_is_refused(
    edits: tuple[tuple[str, str], ...], language: str, said: str
) -> None:
    rubric = sound(edited(SMALL, *edits))
    with pytest.raises(RubricError, match=said) as caught:
        card(rubric, language)
    assert caught.value.remedy


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_do_not_skip_and_every_link_leads_somewhere(language: str) -> None:
    made = html(every_annex(), language)
    page = Page(made)
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.all("href")} | set(page.all("data-page-of")) <= set(ids)
    assert not re.search(r"<a [^>]*>[^<]*<(?!/a>)", made), "links hold text only"
    assert page.all("style") == []


def test_hostile_words_stay_words() -> None:
    rubric = sound()
    line = replace(rubric.criteria[0], title={"en": HOSTILE}, question={"en": HOSTILE})
    source = replace(rubric.derives_from[0], title=HOSTILE, publisher=HOSTILE)
    case = replace(rubric.vignettes[0], title={"en": HOSTILE}, situation={"en": HOSTILE})
    spoilt = replace(
        rubric,
        title={"en": HOSTILE},
        criteria=(line, *rubric.criteria[1:]),
        derives_from=(source,),
        vignettes=(case,),
    )
    page = Page(html(spoilt))
    assert page.count("script") == 0
    assert page.text().count("{{ card.title }}") >= 6


def test_no_text_is_set_too_small_to_read() -> None:
    style = (TEMPLATES / "card" / "card.css").read_text(encoding="utf-8")
    sizes = [float(size) for size in re.findall(r"font(?:-size)?: [^;]*?([0-9.]+)pt", style)]
    assert len(sizes) > 30
    assert min(sizes) >= 6.8


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_card_keeps_a_criterion_to_a_page_and_its_answers_to_the_last(language: str) -> None:
    rubric = SHELF["oversight"]
    page = html(rubric, language)
    first, second = (pdf.to_pdf(page, base=TEMPLATES) for _ in range(2))
    assert first.warnings == ()
    assert first.data == second.data
    starts = [first.page_of[f"criterion-{line.id}"] for line in rubric.criteria]
    assert starts == [2, 3, 4, 5, 6], "a criterion no longer fits one page"
    assert (first.page_of["cases"], first.page_of["answers"], first.pages) == (7, 8, 8)
    with pikepdf.open(BytesIO(first.data)) as opened:
        assert str(opened.Root.Lang) == language
        assert bool(opened.Root.MarkInfo.Marked)
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert rubric.title[language] in metadata["dc:title"]


@pytest.mark.slow
@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_a_page_number_in_a_table_stands_where_it_would_if_it_had_been_written(way: str) -> None:
    page = (
        f'<html lang="en" dir="{way}"><head><title>t</title></head><body><h1 id="here">h</h1><table style="width: 100%">'
        '<tr><td style="text-align: end; padding: 0" data-page-of="here">{}</td></tr></table></body></html>'
    )
    waiting, written = (
        places(pdf.to_pdf(page.format(number), base=TEMPLATES).data)[-1] for number in ("000", "1")
    )
    assert waiting == pytest.approx(written, abs=0.5)


def places(data: bytes) -> list[float]:
    """Return how far from the left each piece of text of the first page is set."""
    with pikepdf.open(BytesIO(data)) as opened:
        return [
            float(item.operands[4])
            for item in pikepdf.parse_content_stream(opened.pages[0])
            if str(item.operator) == "Tm"
        ]
