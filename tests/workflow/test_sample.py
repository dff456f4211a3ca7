"""A sample goes out as a work paper and what the auditor found comes back."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from measures.errors import MissionError, SampleError
from measures.finding import CATALOGUE
from measures.intake.workpaper import META, to_bytes
from measures.intake.workpaper_back import is_paper, read_paper
from measures.judgement.sampling import listing
from measures.workflow.audit import Result, results, take
from measures.workflow.audit_paper import paper
from measures.workflow.mission import Mission, open_mission
from measures.workflow.record import Outcome
from measures.workflow.sample import Asked, keep_filled_in, sample, told
from tests.workflow import tiny

QUARTERS = ("2021Q2", "2021Q3", "2021Q4", "2022Q1", "2022Q2", "2022Q3", "2022Q4")
LEVELS = ("none", "asked", "shared", "own")
AUDITOR = "  - {code: AUD-01, role: auditor, marking: mission, post: {en: Auditor}}\n"
BLIND = "  - {code: AUD-02, role: auditor, post: {en: Auditor who may see little}}\n"


def assessments() -> str:
    """Return a score by two raters for each quarter, some marked above the lowest."""
    lines = [tiny.ASSESSMENTS.splitlines()[0]]
    for number, period in enumerate(QUARTERS):
        for who, role in (("ADV-01", "adviser"), ("EXT-01", "external")):
            level = LEVELS[number % 3]
            marking = "public" if number % 2 else "mission"
            why = "=2+2 is how much a Kestrel plan would be; http://example.org says so."
            said = f"{level},,{why},Nothing further was seen."
            lines.append(
                f"A-{who}-{period},M-01,plan,{period},{who},{role},{said},moderate,minor,none,minor,none,,"
                f"{marking},,,"
            )
    return "\n".join(lines) + "\n"


def citations() -> str:
    lines = [tiny.CITATIONS.splitlines()[0]]
    lines += [
        f"C-{who}-{period},A-{who}-{period},E-01,page 1,supports,hoop,{LEVELS[number % 3]},,public"
        for number, period in enumerate(QUARTERS)
        for who in ("ADV-01", "EXT-01")
    ]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tiny.write(tmp_path_factory.mktemp("sampled"))
    tiny.spoil(
        folder,
        [
            ("mission.yaml", "people:\n", f"people:\n{AUDITOR}{BLIND}"),
            ("assessments.csv", "", assessments()),
            ("citations.csv", "", citations()),
        ],
    )
    outcome = tiny.recorded(folder)
    assert not outcome.refused, outcome.findings
    return folder


@pytest.fixture(scope="module")
def opened(original: Path) -> Mission:
    return open_mission(original)


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "mission"))


def asked(**words: Any) -> Asked:
    usual: dict[str, Any] = {"of": "scores", "number": 5, "seed": "7", "auditor": "AUD-01"}
    return Asked(**(usual | words))


def made(mission: Mission, **words: Any) -> bytes:
    return to_bytes(paper(mission, sample(mission, asked(**words)), tiny.AT))


def filled(content: bytes, entries: Sequence[Mapping[str, str]]) -> bytes:
    """Fill in rows of a paper from the first on, as an auditor would."""
    book = load_workbook(BytesIO(content))
    sheet = book["Findings"]
    columns = {one.value: number for number, one in enumerate(sheet[1], start=1)}
    for row, entry in enumerate(entries, start=5):
        for key, text in entry.items():
            sheet.cell(row, columns[key], text)
    return saved(book)


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def taken(folder: Path, content: bytes, actor: str = "") -> Outcome:
    (folder / "paper.xlsx").write_bytes(content)
    return take(folder, folder / "paper.xlsx", at=tiny.AT, actor=actor)


def codes(outcome: Outcome) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.place)) for finding in outcome.findings]


# --- the draw ------------------------------------------------------------------------------------


def test_the_list_is_that_of_the_quarter_and_superseded_scores_are_not_on_it(opened: Mission) -> None:
    drawn = sample(opened, asked(period="2021Q2", number=2))
    assert [item.id for item in drawn.items] == ["A-ADV-01-2021Q2", "A-EXT-01-2021Q2"]
    assert len(drawn.drawn.chosen) == 2


def test_what_the_auditor_may_not_see_is_not_on_the_list_and_is_counted(opened: Mission) -> None:
    seen = sample(opened, asked(auditor="AUD-02"))
    assert (seen.ceiling, seen.drawn.size, seen.above) == ("public", 6, 8)
    assert "8 scores marked above public are not on the list." in told(seen)
    assert sample(opened, asked(auditor="")).ceiling == "public", "nobody named sees the least"
    assert sample(opened, asked(auditor="AUD-02", ceiling="mission")).above == 0


DIVIDED = {
    "level": {"none": 6, "asked": 4, "shared": 4},
    "assessor": {"ADV-01": 7, "EXT-01": 7},
    "marking": {"mission": 8, "public": 6},
    "role": {"adviser": 7, "external": 7},
    "milestone": {"M-01": 14},
}


@pytest.mark.parametrize(("by", "sizes"), DIVIDED.items(), ids=DIVIDED.keys())
def test_scores_are_divided(opened: Mission, by: str, sizes: dict[str, int]) -> None:
    drawn = sample(opened, asked(by=(by,))).drawn
    assert {share.stratum: share.size for share in drawn.shares} == sizes


def test_scores_are_divided_by_what_moved(opened: Mission) -> None:
    shares = sample(opened, asked(by=("movement",))).drawn.shares
    assert {"unmoved", "unexplained"} <= {share.stratum for share in shares}


def test_two_divisions_are_crossed(opened: Mission) -> None:
    shares = sample(opened, asked(by=("assessor", "level"))).drawn.shares
    assert "ADV-01 / asked" in {share.stratum for share in shares}


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a seed with a colon": ({"seed": "a:b"}, "Expected a seed of letters"),
    "no seed": ({"seed": ""}, "Expected a seed of letters"),
    "none to draw": ({"number": 0}, "draw one or more"),
    "a division that there is not": ({"by": ("levle",)}, "Did you mean 'level'"),
    "sentences by level": ({"of": "claims", "by": ("level",)}, "Expected claims by edition"),
    "blind, and told the level": ({"blind": True, "by": ("level",)}, "tells nothing of the level"),
    "sentences, blind": ({"of": "claims", "blind": True}, "Expected scores to look at blind"),
    "somebody unknown": ({"auditor": "AUD-O1"}, "Did you mean 'AUD-01'"),
    "a marking that there is not": ({"ceiling": "publik"}, "Did you mean 'public'"),
    "a quarter that owes no scores": ({"period": "2021Q1"}, "found none"),
    "no edition": ({"of": "claims"}, "Expected claims to draw from, found none"),
    "nothing that may be seen": ({"period": "2021Q2", "auditor": ""}, "2 that are marked above public"),
}


@pytest.mark.parametrize(("words", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_drawn_is_refused(opened: Mission, words: dict[str, Any], message: str) -> None:
    with pytest.raises(SampleError, match=message):
        sample(opened, asked(**words))


# --- the paper -----------------------------------------------------------------------------------


def texts(content: bytes) -> str:
    """Return everything that stands in any cell of a paper, hidden or not."""
    book = load_workbook(BytesIO(content))
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    )


def test_the_same_sample_makes_the_same_paper(opened: Mission) -> None:
    assert made(opened) == made(opened)


def test_the_paper_shows_score_rationale_evidence_levels_and_digests(opened: Mission) -> None:
    shown = texts(made(opened, number=14))
    entry = opened.recorded.latest["assessment", "A-ADV-01-2021Q3"]
    seen = (
        "=2+2 is how much",
        "Order 7",
        "supports, hoop, shows",
        "Somebody asked for one.",
        "Not approved.",
    )
    for words in (entry.digest, *seen, "up to: mission", str(opened.recorded.head)):
        assert words in shown


def test_the_blind_paper_tells_nothing_of_the_level(opened: Mission) -> None:
    content = made(opened, blind=True, number=14)
    shown = texts(content)
    for words in (
        "=2+2 is how much",
        "supports",
        "hoop",
        "shows",
        "moderate",
        "Nothing further",
        "Settled",
        "pproved",
    ):
        assert words not in shown, words
    for words in ("Order 7", "page 1", "Somebody asked for one.", "A-EXT-01-2022Q4"):
        assert words in shown, words
    assert {
        row.cells.get("score") for row in paper(opened, sample(opened, asked(blind=True)), tiny.AT).rows
    } != {None}


def test_evidence_above_the_ceiling_is_counted_and_not_named(opened: Mission) -> None:
    shown = texts(made(opened, auditor="AUD-02", number=6))
    assert "1 withheld" in shown
    for words in ("E-01", "Order 7", "Kestrel order"):
        assert words not in shown


def test_texts_become_neither_formulas_nor_links(opened: Mission) -> None:
    book = load_workbook(BytesIO(made(opened, number=14)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=2+2") for cell in cells)
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_a_paper_that_says_something_is_not_written_over(opened: Mission, tmp_path: Path) -> None:
    path = tmp_path / "paper.xlsx"
    keep_filled_in(path)
    path.write_bytes(made(opened))
    keep_filled_in(path)
    path.write_bytes(filled(made(opened), [{"finding": "agrees"}]))
    with pytest.raises(SampleError, match="that is filled in"):
        keep_filled_in(path)
    path.write_bytes(b"something else")
    with pytest.raises(SampleError, match="that is filled in"):
        keep_filled_in(path)


# --- and back ------------------------------------------------------------------------------------

FIVE = [
    {"finding": "agrees · I agree"},
    {"finding": "I agree", "remark": "Seen."},
    {"finding": " Agrees "},
    {"finding": "cannot-tell"},
    {"finding": "disagrees", "found": "none · None of it", "remark": "No letter was to be found."},
]


def test_what_was_found_is_recorded_once_with_its_cell(folder: Path, opened: Mission) -> None:
    content = filled(made(opened), FIVE)
    outcome = taken(folder, content)
    assert (codes(outcome), outcome.added) == ([], {"audit": 5})
    mission = open_mission(folder)
    rows = mission.recorded.records.rows("audits")
    assert [row["finding"] for row in rows] == ["agrees", "agrees", "agrees", "cannot-tell", "disagrees"]
    assert (rows[4]["found"], rows[4]["auditor"], rows[4]["blind"]) == ("none", "AUD-01", "no")
    entry = mission.recorded.latest["audit", rows[4]["id"]]
    assert entry.source == "paper.xlsx!Findings!9:9"
    assert entry.actor == "AUD-01"
    assert mission.frames["audits"]["level"].dropna().tolist() == ["none"]
    again = taken(folder, content)
    assert (again.refused, again.added) == (False, {})


def test_open_rows_are_told_and_can_be_given_later(folder: Path, opened: Mission) -> None:
    first = taken(folder, filled(made(opened), FIVE[:2]))
    assert (codes(first), first.added) == ([("A014", "paper.xlsx!Findings")], {"audit": 2})
    (unfinished,) = results(open_mission(folder))
    assert unfinished.at_most is None
    assert taken(folder, filled(made(opened), FIVE)).added == {"audit": 3}
    (whole,) = results(open_mission(folder))
    assert (whole.wrong, whole.cannot_tell, whole.listed, whole.drawn) == (1, 1, 14, 5)
    assert whole.at_most is not None


def test_a_paper_that_names_nobody_is_the_recorders(folder: Path, opened: Mission) -> None:
    content = filled(made(opened, auditor="", ceiling="mission"), FIVE)
    with pytest.raises(MissionError, match="who audited"):
        taken(folder, content)
    assert taken(folder, content, actor="AUD-02").added == {"audit": 5}


def spoilt(change: Any) -> Any:
    def spoil(content: bytes) -> bytes:
        book = load_workbook(BytesIO(content))
        change(book)
        return saved(book)

    return spoil


def cell(name: str, value: object, sheet: str = "Findings") -> Any:
    return spoilt(lambda book: book[sheet].__setitem__(name, value))


def stranger(book: Any) -> None:
    book["Findings"]["A10"] = "U-other"
    book["Findings"]["P10"] = "agrees"


def twice(book: Any) -> None:
    sheet = book["Findings"]
    sheet["A10"], sheet["P10"] = sheet["A5"].value, "disagrees"


BACK: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "no workbook": (lambda content: content[2:], [("W001", "paper.xlsx")]),
    "another workbook": (cell("A1", "x"), [("A010", "paper.xlsx")]),
    "the hidden sheet is gone": (spoilt(lambda book: book.remove(book[META])), [("A010", "paper.xlsx")]),
    "another version": (cell("B2", "99", META), [("A010", f"paper.xlsx!{META}")]),
    "a column of keys is gone": (cell("P1", "x"), [("A010", "paper.xlsx!Findings!1:1")]),
    "another mission": (cell("B4", "other", META), [("A011", "paper.xlsx")]),
    "something else was drawn": (cell("D18", "A-ADV-01-2021Q2", META), [("A012", f"paper.xlsx!{META}")]),
    "a row that was not drawn": (spoilt(stranger), [("A013", "paper.xlsx!Findings!10:10")]),
    "a row twice": (spoilt(twice), [("A013", "paper.xlsx!Findings!10:10")]),
    "a remark alone": (cell("P5", None), [("A015", "paper.xlsx!Findings!P5")]),
    "a word that is no finding": (cell("P5", "fine"), [("W032", "paper.xlsx!Findings!P5")]),
    "a level that the rubric has not": (cell("Q9", "best"), [("C002", "paper.xlsx!Findings!Q9")]),
    "a formula": (cell("R9", "=1+1"), [("W025", "paper.xlsx!Findings!R9")]),
}


@pytest.mark.parametrize(("spoil", "expected"), BACK.values(), ids=BACK.keys())
def test_a_spoilt_paper_is_refused_at_its_cell(
    folder: Path, opened: Mission, spoil: Any, expected: list[tuple[str, str]]
) -> None:
    good = [{"finding": "agrees", "remark": "Seen."}, *FIVE[1:]]
    outcome = taken(folder, spoil(filled(made(opened), good)))
    assert sorted(codes(outcome)) == sorted(expected)
    assert (outcome.refused, outcome.added) == (True, {})


def test_every_code_of_papers_is_raised(folder: Path) -> None:
    raised = {code for _, expected in BACK.values() for code, _ in expected if code[0] == "A"} | {"A014"}
    assert raised >= {code for code in CATALOGUE if "A010" <= code < "A020"}


def test_a_paper_is_told_from_other_files(opened: Mission) -> None:
    content = made(opened)
    assert is_paper(content)
    for other in (spoilt(lambda book: book.remove(book[META]))(content), content[:900], b"PK", b""):
        assert not is_paper(other)


def test_sorting_the_rows_does_no_harm(folder: Path, opened: Mission) -> None:
    def turn(book: Any) -> None:
        sheet = book["Findings"]
        rows = [[one.value for one in row] for row in sheet.iter_rows(min_row=5, max_row=9)]
        for number, row in enumerate(reversed(rows), start=5):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value

    content = filled(made(opened), FIVE)
    turned, _ = read_paper(spoilt(turn)(content), "paper.xlsx")
    straight, _ = read_paper(content, "paper.xlsx")
    assert turned is not None
    assert straight is not None
    assert {row.item.key: row.cells for row in turned.filled} == {
        row.item.key: row.cells for row in straight.filled
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255), cut=st.integers(0, 10_000))
def test_a_damaged_paper_is_told_and_never_a_crash(opened: Mission, at: int, byte: int, cut: int) -> None:
    content = bytearray(made(opened))
    content[at % len(content)] = byte
    damaged = bytes(content[: len(content) - cut % len(content)]) if cut % 2 else bytes(content)
    returned, findings = read_paper(damaged, "paper.xlsx")
    assert returned is not None or findings
    is_paper(damaged)


# --- blind ---------------------------------------------------------------------------------------


def rescored(folder: Path, mission: Mission, found: Mapping[str, str]) -> Result:
    drawn = paper(mission, sample(mission, asked(blind=True, number=14)), tiny.AT)
    cells = [{"found": found.get(row.ref, "cannot-tell")} for row in drawn.rows]
    outcome = taken(folder, filled(to_bytes(drawn), cells))
    assert (codes(outcome), outcome.added) == ([], {"audit": 14})
    (result,) = results(open_mission(folder))
    return result


def test_blind_agreement_is_computed_afterwards(folder: Path, opened: Mission) -> None:
    scores = {row["id"]: row["score"] for row in opened.recorded.records.rows("assessments")}
    found = {**scores, "A-ADV-01-2021Q3": "own", "A-EXT-01-2021Q4": "insufficient-evidence"}
    del found["A-ADV-01-2022Q4"]
    result = rescored(folder, opened, found)
    assert (result.blind, result.wrong, result.cannot_tell) == (True, 2, 1)
    (likeness,) = result.likeness
    assert (likeness.levels, likeness.exact) == (12, 11)
    assert likeness.kappa == pytest.approx(0.8), "one score in twelve, two rungs off: 1 - 4 / 20"
    assert likeness.alpha is not None
    assert 0 < likeness.alpha < 1
    assert result.at_most == 3, "all of the list was looked at"


def test_one_and_the_same_level_throughout_tells_nothing_beyond_chance(folder: Path, opened: Mission) -> None:
    none = {
        row["id"]: "none" for row in opened.recorded.records.rows("assessments") if row["score"] == "none"
    }
    (likeness,) = rescored(folder, opened, none).likeness
    assert (likeness.kappa, likeness.alpha, likeness.exact) == (None, None, likeness.levels)


def test_nothing_found_yet_is_no_result(opened: Mission) -> None:
    assert results(opened) == ()


def test_the_list_can_be_kept_beside_the_paper(opened: Mission) -> None:
    drawn = sample(opened, asked())
    assert listing(drawn.items).decode().splitlines()[0] == "A-ADV-01-2021Q2\t"
