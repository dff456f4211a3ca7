from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

import pytest

from measures.report.charts import key, ladder_mark, step_line
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
        for cause in ("performance", "knowledge", "definition")
    }
    assert "V" in risers["performance"]
    assert "V" in risers["knowledge"]
    assert 'stroke-dasharray="2 1.8"' in risers["knowledge"]
    assert "V" not in risers["definition"]


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
