"""An adviser who types on in a workbook that was recorded, and sends it again."""

# ruff: noqa: E501 - rows of a table are not wrapped

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from measures.intake.workbook.layout import NEW
from tests.workflow.test_workbooks import LEVEL
from tests.workflow.workbook_cycle import (
    REASON,
    Said,
    codes,
    mission,
    put,
    rows_with,
    stands,
    take_back,
    typed,
    workbook,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = mission(tmp_path_factory.mktemp("made") / "mission")
    (folder.parent / "sent.xlsx").write_bytes(workbook(folder))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "mission")
    return tmp_path / "mission"


@pytest.fixture
def sent(made: Path) -> bytes:
    return (made.parent / "sent.xlsx").read_bytes()


NEXT_DAY: list[tuple[str, dict[str, str], dict[str, str]]] = [
    ("another level", {"score": "shared"}, {"score": "shared"}),
    ("another rationale", {"rationale": "Both directorates signed it and showed the letter."}, {"rationale": "Both directorates signed it and showed the letter."}),
    ("another level and confidence", {"score": "shared", "confidence": "high"}, {"score": "shared", "confidence": "high"}),
    ("the evidence taken for another", {"evidence": "E-02"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("day", "cells", "after"), NEXT_DAY, ids=[case[0] for case in NEXT_DAY])
def test_who_types_on_in_the_same_file_supersedes_their_own_word(
    folder: Path, sent: bytes, day: str, cells: dict[str, str], after: dict[str, str]
) -> None:
    first = typed(sent, {"M-01/plan": Said(LEVEL)})
    take_back(folder, first)
    came = take_back(folder, typed(first, {"M-01/plan": Said({**cells, "reason": REASON})}))
    assert not codes(came), day
    assert came.outcome.added["assessment"] == 1
    stood, cited = stands(folder)["M-01/plan"]
    assert {**stood, **after} == stood
    assert {content[0] for content in cited} == {cells.get("evidence", "E-01")}
    third = typed(
        first,
        {"M-01/plan": Said({**cells, "why_not_next": "Not every district was shown.", "reason": REASON})},
    )
    assert not codes(take_back(folder, third)), "and on the day after"
    assert not take_back(folder, third).outcome.added


def test_a_level_taken_back_to_what_was_written_is_taken_back(folder: Path, sent: bytes) -> None:
    take_back(folder, typed(sent, {"M-01/plan": Said(LEVEL)}))
    second = typed(
        workbook(folder), {"M-01/plan": Said({"score": "shared", "confidence": "high", "reason": REASON})}
    )
    take_back(folder, second)
    back = Said({"score": "asked", "reason": "The second signature was not theirs."})
    assert not codes(take_back(folder, typed(second, {"M-01/plan": back})))
    assert stands(folder)["M-01/plan"][0]["score"] == "asked"


def test_an_old_copy_of_a_file_that_was_typed_on_in_overrules_nothing(folder: Path, sent: bytes) -> None:
    first = typed(sent, {"M-01/plan": Said(LEVEL)})
    take_back(folder, first)
    take_back(folder, typed(first, {"M-01/plan": Said({"score": "shared", "reason": REASON})}))
    came = take_back(folder, first)
    assert ("W033", "back.xlsx!Scores!G5") in codes(came)
    assert stands(folder)["M-01/plan"][0]["score"] == "shared"


def test_typing_on_after_another_file_spoke_is_on_stale_ground(folder: Path, sent: bytes) -> None:
    first = typed(sent, {"M-01/plan": Said(LEVEL)})
    take_back(folder, first)
    other = typed(workbook(folder), {"M-01/plan": Said({"score": "shared", "reason": REASON})})
    take_back(folder, other, name="other.xlsx")
    came = take_back(
        folder,
        typed(
            first,
            {
                "M-01/plan": Said(
                    {"rationale": "Both directorates signed it and showed the letter.", "reason": REASON}
                )
            },
        ),
    )
    assert came.refused
    assert {code for code, _ in codes(came)} == {"W033"}


DETAIL = {
    "evidence": "E-02",
    "locator": "page 3",
    "bearing": "supports",
    "role": "hoop",
    "shows": "asked",
    "note": "It names the day.",
    "marking": "mission",
}


def test_a_citation_typed_on_in_after_its_score_was_corrected_is_not_doubled(
    folder: Path, sent: bytes
) -> None:
    first = typed(sent, {"M-01/plan": Said(LEVEL, (DETAIL,))})
    assert not codes(take_back(folder, first))
    second = typed(first, {"M-01/plan": Said({"confidence": "high", "reason": REASON})})
    assert not codes(take_back(folder, second))
    assert {(one[0], one[1]) for one in stands(folder)["M-01/plan"][1]} == {("E-01", ""), ("E-02", "page 3")}
    book = load_workbook(io.BytesIO(second))
    put(book, "citations", rows_with(book, "citations", NEW)[0], "locator", "page 5")
    out = io.BytesIO()
    book.save(out)
    assert not codes(take_back(folder, out.getvalue()))
    assert {(one[0], one[1]) for one in stands(folder)["M-01/plan"][1]} == {("E-01", ""), ("E-02", "page 5")}
