"""Out, edited and in again is the same as saying it directly; out and in again is nothing."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from measures.intake.workbook.layout import PLAIN
from tests.workflow.workbook_cycle import (
    CONTENT,
    KEYS,
    PERIOD,
    REASON,
    Said,
    citation_ids,
    mission,
    stands,
    take_back,
    typed,
    workbook,
)

Standing = dict[str, tuple[dict[str, str], frozenset[tuple[str, ...]]]]
PAGES = itertools.count(1)
LEVELS = ("none", "asked", "shared")
TEXTS = (
    "A letter of the directorate asks for it; it was shown and is signed.",
    "The head of planning laid the draft on the table and spoke to it.",
    "=2+2 stood on the board, and @planning below it; nobody could say why.",
    "He said \u201cyes\u201d \u2014 \u0646\u0639\u0645 \u2014, and the deputy agreed to it at once.",
    "First line of what was seen in the office.\nSecond line of what was seen there.",
)
WHY = "The next level asks for more than was shown."
WORDS = st.sampled_from(("none", "minor", "moderate", "serious"))


@st.composite
def details(draw: st.DrawFn) -> dict[str, str]:
    """A citation that says more than an id; its page is its own, so that no two are the same."""
    return {
        "evidence": draw(st.sampled_from(("E-01", "E-02"))),
        "locator": f"page {next(PAGES)}",
        "bearing": "supports",
        "role": draw(st.sampled_from(("straw-in-the-wind", "hoop"))),
        "shows": draw(st.sampled_from(("none", "asked"))),
        "note": draw(st.sampled_from(("", "The letter itself."))),
        "marking": draw(st.sampled_from(("public", "mission"))),
    }


@st.composite
def judgements(draw: st.DrawFn) -> Said:
    """What may soundly be said of a row."""
    more = tuple(draw(st.lists(details(), max_size=2)))
    cells = {
        "rationale": draw(st.sampled_from(TEXTS)),
        "marking": draw(st.sampled_from(("public", "mission"))),
    }
    if draw(st.booleans()):
        cells |= {
            "score": draw(st.sampled_from(LEVELS)),
            "why_not_next": WHY,
            "confidence": draw(st.sampled_from(("low", "moderate"))),
            **{name: draw(WORDS) for name in ("methods", "coherence", "adequacy", "relevance")},
            "evidence": "; ".join(draw(st.permutations(("E-01", "E-02")))[: draw(st.integers(1, 2))]),
        }
    else:
        score = draw(st.sampled_from(("insufficient-evidence", "not-observed/access")))
        empty = ("why_not_next", "confidence", "methods", "coherence", "adequacy", "relevance", "evidence")
        cells |= {"score": score, **dict.fromkeys(empty, "")}
    return Said(cells, more)


def directly(state: Standing, said: dict[str, Said], gone: dict[str, set[tuple[str, ...]]]) -> Standing:
    """Say it without a workbook: the cells replaced, ids cited plainly, details added and taken out."""
    after = dict(state)
    for key, one in said.items():
        old_cells, old = state.get(key, ({}, frozenset()))
        cells = {name: text for name, text in one.cells.items() if name != "evidence" and text}
        plain = {**PLAIN, "shows": cells["score"], "marking": cells["marking"]}
        cited = {
            tuple({**plain, "evidence": item}[name] for name in CONTENT)
            for item in one.cells["evidence"].split("; ")
            if item
        }
        cited |= {tuple(detail[name] for name in CONTENT) for detail in one.details}
        kept = {content for content in old if content[1]} - gone.get(key, set())
        after[key] = (cells, frozenset(cited | kept))
        assert old_cells is not None
    return after


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = mission(tmp_path_factory.mktemp("cycle") / "mission")
    (folder.parent / "sent.xlsx").write_bytes(workbook(folder))
    return folder


ROWS = st.dictionaries(st.sampled_from(KEYS), judgements(), min_size=1)


@settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,)
)  # a step takes half a second: shrinking would take minutes
@given(first=ROWS, second=ROWS, data=st.data())
def test_out_edited_and_in_is_saying_it_directly(
    made: Path, tmp_path_factory: pytest.TempPathFactory, first: dict[str, Said],
    second: dict[str, Said], data: st.DataObject,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("one") / "mission"
    shutil.copytree(made, folder)

    back = typed((made.parent / "sent.xlsx").read_bytes(), first)
    came = take_back(folder, back)
    assert not came.refused, came.outcome.findings
    state = directly({}, first, {})
    assert stands(folder) == state

    assert not take_back(folder, back).outcome.added, "the same workbook records nothing the second time"

    sent = workbook(folder)
    again = take_back(folder, sent)
    assert not again.outcome.added, "an unedited round trip records nothing"
    assert not again.outcome.findings

    ids = citation_ids(folder)
    out = [name for key in second for name in ids.get(key, []) if data.draw(st.booleans())]
    told = {key: Said({**one.cells, "reason": REASON}, one.details) for key, one in second.items()}
    held = _contents(folder)
    gone = {key: {held[name] for name in out if name in ids.get(key, [])} for key in second}
    back = typed(sent, told, out)
    came = take_back(folder, back)
    assert not came.refused, came.outcome.findings
    state = directly(state, second, gone)
    assert stands(folder) == state

    assert not take_back(folder, back).outcome.added, "the same workbook records nothing the second time"
    again = take_back(folder, workbook(folder))
    assert not again.outcome.added
    assert not again.outcome.findings


def _contents(folder: Path) -> dict[str, tuple[str, ...]]:
    from measures.workflow.mission import open_mission

    rows = open_mission(folder).recorded.records.rows("citations")
    return {row["id"]: tuple(row[name] for name in CONTENT) for row in rows}


def test_the_quarter_of_the_cycle_is_scored_by_nobody(made: Path) -> None:
    assert stands(made, PERIOD) == {}
