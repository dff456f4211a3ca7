from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from measures.report.charts import RULE, key, ladder_mark, step_line
from measures.report.model import Mark, State

LABELS = (
    "None of it",
    "Need voiced",
    "Agreed",
    "Working with advisers",
    "Run by the ministry itself",
    "Felt in results",
)
SVG = "{http://www.w3.org/2000/svg}"


def mark(
    period: str,
    rung: int | None = None,
    *,
    state: State = "level",
    claimed: int | None = None,
    cause: str = "",
) -> Mark:
    return Mark(period, state, rung, claimed, cause)


def drawn(marks: Sequence[Mark], title: str = "It rose.") -> str:
    return step_line(marks, LABELS, title=title)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own drawing, made in the test


def shapes(svg: str) -> list[ET.Element]:
    return list(parsed(svg))


STATES: tuple[State, ...] = ("not-observed", "insufficient-evidence", "not-applicable", "no-entry")


@pytest.mark.parametrize(
    "svg",
    [
        drawn([mark("2020Q4", 1), mark("2021Q1", 2, claimed=4)]),
        drawn([mark("2021Q1", state="not-observed")]),
        drawn([]),
        ladder_mark(2, 4, 5, "It rose."),
        ladder_mark(None, None, 5, "It rose.", state="no-entry"),
        ladder_mark(0, None, 5, "It rose.", mirrored=True),
        key("standing", "It rose."),
    ],
)
def test_every_chart_is_well_formed_and_its_title_comes_first(svg: str) -> None:
    first = shapes(svg)[0]
    assert first.tag == f"{SVG}title"
    assert first.text


def test_hostile_words_stay_words() -> None:
    svg = drawn([mark("2021Q1", 1)], title='<script>alert("1")</script> & "more"')
    assert shapes(svg)[0].text == '<script>alert("1")</script> & "more"'
    assert "<script" not in svg


def test_a_claim_above_the_evidence_is_an_open_ring_joined_by_dots() -> None:
    svg = drawn([mark("2021Q1", 2, claimed=4)])
    rings = [shape for shape in shapes(svg) if shape.tag == f"{SVG}circle" and shape.get("fill") == "#fff"]
    assert len(rings) == 1
    assert 'stroke-dasharray="1 1.8"' in svg


def test_a_ring_sits_at_its_rung_where_this_quarter_is_claimed_only() -> None:
    """The ladder is printed wherever this quarter has a level, so the chart has the ladder's pitch."""
    alone = drawn([mark("2020Q4", state="not-observed"), mark("2021Q1", claimed=1)])
    after = drawn([mark("2020Q4", 0), mark("2021Q1", claimed=1)])
    borne_out = drawn([mark("2020Q4", 0), mark("2021Q1", 1)])
    heights = {parsed(svg).get("height") for svg in (alone, after, borne_out)}
    places = {
        shape.get("cy") for svg in (alone, after, borne_out) for shape in shapes(svg) if shape.get("cy")
    }
    assert heights == {"92"}
    assert places == {"58.5"}
    assert alone.count(f'stroke="{RULE}"') == len(LABELS)


def test_a_level_that_nobody_could_settle_still_gets_the_ladder_without_a_mark() -> None:
    svg = drawn([mark("2021Q1")])
    assert parsed(svg).get("height") == "92"
    assert "<circle" not in svg


def test_this_quarter_is_named_and_no_year_runs_into_it() -> None:
    periods = [f"{year}Q{quarter}" for year in range(2018, 2024) for quarter in range(1, 5)]
    for last in range(1, len(periods) + 1):
        texts = [
            shape
            for shape in shapes(drawn([mark(p, 1) for p in periods[:last]]))
            if shape.tag == f"{SVG}text"
        ]
        *years, now = texts
        assert now.text == periods[last - 1]
        assert now.get("text-anchor") == "end"
        left = float(now.get("x", "0")) - 37
        assert all(float(year.get("x", "0")) + 22 <= left for year in years)


def test_no_text_in_a_chart_is_below_seven_points() -> None:
    sizes = {shape.get("font-size") for shape in shapes(drawn([mark("2021Q1", 1)]))} - {None}
    assert all(float(size or 0) * 0.75 >= 7 for size in sizes)


def test_kinds_of_not_knowing_differ_without_colour() -> None:
    drawings = {
        state: drawn([mark("2021Q1", 1), mark("2021Q2", state=state), mark("2021Q3", 1)]) for state in STATES
    }
    shapes_only = {svg.replace("#8d99a4", "").replace("#5a6672", "") for svg in drawings.values()}
    assert len(shapes_only) == len(STATES)


def test_nothing_is_drawn_before_a_score_was_owed() -> None:
    with_wait = drawn([mark("2020Q4", state="not-owed"), mark("2021Q1", 1)])
    assert "stroke-dasharray" not in with_wait


def test_where_nothing_was_ever_known_only_a_strip_is_left() -> None:
    known = parsed(drawn([mark("2021Q1", 1)]))
    strip = parsed(drawn([mark("2021Q1", state="not-observed")]))
    assert float(strip.get("height", "0")) < float(known.get("height", "0")) / 2


def test_a_line_breaks_where_the_words_changed_and_is_dashed_where_only_knowledge_did() -> None:
    risers = {
        cause: drawn([mark("2020Q4", 1), mark("2021Q1", 3, cause=cause)])
        for cause in ("performance", "knowledge")
    }
    assert "V" in risers["performance"]
    assert "V" in risers["knowledge"]
    assert 'stroke-dasharray="2 1.8"' in risers["knowledge"]
    broken = drawn([mark("2020Q4", 1), replace(mark("2021Q1", 3, cause="definition"), breaks=True)])
    assert "V" not in broken
    assert 'stroke-dasharray="3 2"' in broken, "the break is drawn through every rung"


def test_a_line_goes_on_in_other_words_without_a_fall_that_nobody_saw() -> None:
    """The level before counts as rung 1 in the words that hold now: lower on the page, and unmoved."""
    unmoved = drawn([mark("2020Q4", 3), replace(mark("2021Q1", 1), start=1)])
    assert "V" not in unmoved
    assert 'stroke-dasharray="1 2"' in unmoved, "the seam is drawn through every rung"
    fell = drawn([mark("2020Q4", 3), replace(mark("2021Q1", 0, cause="performance"), start=1)])
    one_down = drawn([mark("2020Q4", 1), mark("2021Q1", 0, cause="performance")])
    line = next(str(shape.get("d")) for shape in shapes(one_down) if shape.get("stroke-width") == "2.2")
    riser = line[line.index("V") - 12 : line.index("V") + 6]
    assert riser in fell, "what fell, fell from where the level before counts"


def test_the_line_does_not_bridge_a_gap() -> None:
    svg = drawn([mark("2020Q3", 1), mark("2020Q4", state="no-entry"), mark("2021Q1", 3, cause="performance")])
    solid = next(shape for shape in shapes(svg) if shape.get("stroke-width") == "2.2")
    assert "V" not in str(solid.get("d"))


def test_a_mirrored_lane_puts_the_lowest_rung_at_the_right() -> None:
    plain, mirrored = (
        parsed(ladder_mark(0, None, 5, "t", mirrored=m)).find(f"{SVG}circle") for m in (False, True)
    )
    assert plain is not None
    assert mirrored is not None
    assert float(plain.get("cx", "0")) < float(mirrored.get("cx", "0"))


def test_no_chart_carries_an_id_or_a_style() -> None:
    svg = drawn([mark("2020Q4", state="not-observed"), mark("2021Q1", 2, claimed=3)])
    assert " id=" not in svg
    assert " style=" not in svg


def test_an_unknown_sign_is_refused() -> None:
    with pytest.raises(ValueError, match="traffic-light"):
        key("traffic-light", "t")
