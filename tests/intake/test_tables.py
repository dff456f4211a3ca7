"""What people do to CSV files: the cells and their lines come out right, or a finding says where."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

from pathlib import Path

import pytest

from measures.finding import CATALOGUE
from measures.intake.tables import read_table
from measures.records import TABLES
from measures.workflow.record import record
from tests.workflow.tiny import AT, CONFIDENTIAL, POSITIONS, Edit, recorded, spoil, told, write

HEAD = "id,objective,actor,date,stance,reason,evidence,marking"
ROW = "S-01,O-01,minister,2021-05-03,demanded,Wanted.,E-01,mission"


def cells(tmp_path: Path, content: str | bytes) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """Return line and filled cells of every row, and the findings as ``code line:column``."""
    path = tmp_path / "positions.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    rows, findings = read_table(path, TABLES["positions"], "positions.csv")
    return [(row.at.line, row.filled()) for row in rows], [f"{f.code} {f.place}" for f in findings]


SAME = {
    "as it should be": f"{HEAD}\n{ROW}\n",
    "without the last line end": f"{HEAD}\n{ROW}",
    "with a byte order mark": f"\ufeff{HEAD}\n{ROW}\n",
    "from Windows": f"{HEAD}\r\n{ROW}\r\n",
    "from an old Macintosh": f"{HEAD}\r{ROW}\r",
    "with semicolons": f"{HEAD}\n{ROW}\n".replace(",", ";"),
    "every cell quoted": "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in (HEAD, ROW)),
    "with spaces around": f"{HEAD}\n{ROW}\n".replace(",", " , "),
    "with spaces nobody sees": f"{HEAD}\n{ROW}\n".replace(",", "\u00a0,\u202f"),
    "with empty lines below": f"{HEAD}\n{ROW}\n\n,,,,,,,\n\n",
}


@pytest.mark.parametrize("content", SAME.values(), ids=SAME.keys())
def test_the_same_table_however_it_was_saved(tmp_path: Path, content: str) -> None:
    rows, findings = cells(tmp_path, content)
    assert findings == []
    assert rows == [(2, dict(zip(HEAD.split(","), ROW.split(","), strict=True)))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_numbers_survive_line_breaks_in_cells(tmp_path: Path, end: str) -> None:
    third = ROW.replace("S-01", "S-03")
    rows, findings = cells(
        tmp_path, end.join([HEAD, ROW.replace("Wanted.", f'"One{end}two{end}three"'), "", third, "x,y"])
    )
    assert [line for line, _ in rows] == [2, 6]
    assert findings == ["F009 positions.csv:7"]


@pytest.mark.parametrize(
    "text", ["No", "1.10", "007", "1e5", "NA", "nan", "null", "-", "=1+1", "@x", "2021Q1"]
)
def test_texts_stay_the_texts_they_are(tmp_path: Path, text: str) -> None:
    rows, _ = cells(tmp_path, f"{HEAD}\n" + ROW.replace("Wanted.", text))
    assert rows[0][1]["reason"] == text


def test_quoted_commas_quotes_and_semicolons(tmp_path: Path) -> None:
    rows, findings = cells(
        tmp_path, f"{HEAD}\n" + ROW.replace("Wanted.", '"He said ""now"", twice; no more"') + "\n"
    )
    assert findings == []
    assert rows[0][1]["reason"] == 'He said "now", twice; no more'


def test_composed_and_decomposed_letters_are_one(tmp_path: Path) -> None:
    rows, _ = cells(tmp_path, f"{HEAD}\n" + ROW.replace("Wanted.", "Cafe\u0301"))
    assert rows[0][1]["reason"] == "Caf\u00e9"


BROKEN = {
    "nothing": (b"", ["F008 positions.csv"]),
    "UTF-16": (POSITIONS.encode("utf-16"), ["F002 positions.csv"]),
    "UTF-16 without its mark": (POSITIONS.encode("utf-16-le"), ["F008 positions.csv"]),
    "Latin-1": (POSITIONS.replace("Kestrel", "Caf\u00e9").encode("latin-1"), ["F002 positions.csv"]),
    "NUL bytes": (POSITIONS.encode() + b"\x00", ["F008 positions.csv"]),
    "a quotation mark never closed": (f'{HEAD}\n{ROW}\n{ROW},"\n'.replace(',"', ',"x').encode(), ["F008 positions.csv:3"]),
    "a quotation mark closed too soon": (f'{HEAD}\n"S-0"1,O-01\n{ROW}\n'.encode(), ["F008 positions.csv:2"]),
    "a cell without end": (f"{HEAD}\n{ROW}\n{'x' * 200_000}\n".encode(), ["F008 positions.csv:3"]),
    "short and long rows": (f"{HEAD}\n{ROW},\nS-02\n".encode(), ["F009 positions.csv:2", "F009 positions.csv:3"]),
    "columns twice and unknown": (
        f"{HEAD},id,Stnace,\n{ROW},,,\n".encode(),
        ["S007 positions.csv:1:9", "S002 positions.csv:1:10", "S002 positions.csv:1:11"],
    ),
    "no header row": (
        f"{ROW}\n".encode(),
        [f"S002 positions.csv:1:{n}" for n in range(1, 9)] + ["S001 positions.csv:1"] * 6,
    ),
    "JSON": (b'{"id": "S-01"}', ["S002 positions.csv:1:1"] + ["S001 positions.csv:1"] * 6),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", ["F002 positions.csv"]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_table_is_a_finding(tmp_path: Path, content: bytes, expected: list[str]) -> None:
    assert cells(tmp_path, content)[1] == expected


def test_a_table_may_be_large_but_not_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("measures.intake.tables.MAX_BYTES", 1000)
    assert cells(tmp_path, "x" * 1001)[1] == ["F003 positions.csv"]


@pytest.mark.parametrize(
    ("header", "hint"),
    [("stnace", "stance"), ("ID", "id"), ("Evidences", "evidence"), ("obj", "")],
)
def test_a_near_column_is_proposed(tmp_path: Path, header: str, hint: str) -> None:
    path = tmp_path / "positions.csv"
    path.write_text(f"{HEAD},{header}\n", encoding="utf-8")
    _, findings = read_table(path, TABLES["positions"], "positions.csv")
    assert (f"Did you mean {hint!r}?" in findings[0].message) is bool(hint)


class TestPlaces:
    """Names that lead elsewhere, and things that are no files."""

    def test_a_link_out_of_the_folder_is_not_followed(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "mission")
        outside = tmp_path / "passwords.csv"
        outside.write_text("root,secret\n", encoding="utf-8")
        for name in ("positions.csv", "plan.yaml"):
            (folder / name).unlink()
            (folder / name).symlink_to(outside)
        outcome = recorded(folder)
        assert told(outcome) == [("F012", "plan.yaml"), ("F012", "positions.csv")]
        assert "secret" not in str(outcome.findings)

    def test_a_link_within_the_folder_is(self, tmp_path: Path) -> None:
        folder = write(tmp_path)
        (folder / "positions.csv").rename(folder / "p.csv")
        (folder / "positions.csv").symlink_to("p.csv")
        assert not recorded(folder).refused

    @pytest.mark.parametrize("target", ["nowhere.csv", "positions.csv"], ids=["to nothing", "to itself"])
    def test_a_link_that_leads_nowhere(self, tmp_path: Path, target: str) -> None:
        folder = write(tmp_path)
        (folder / "positions.csv").unlink()
        (folder / "positions.csv").symlink_to(target)
        assert told(recorded(folder)) == [("F001", "positions.csv")]

    def test_a_folder_called_like_a_table(self, tmp_path: Path) -> None:
        folder = write(tmp_path)
        (folder / "assessments.csv").unlink()
        (folder / "assessments.csv").mkdir()
        assert told(recorded(folder)) == [("F012", "assessments.csv")]

    def test_a_device_called_like_a_table(self, tmp_path: Path) -> None:
        folder = write(tmp_path)
        (folder / "positions.csv").unlink()
        (folder / "positions.csv").symlink_to("/dev/zero")
        assert told(recorded(folder)) == [("F012", "positions.csv")]

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("../mission.yaml", "F011"),
            ("/etc/passwd", "F011"),
            ("visit/../../plan.yaml", "F011"),
            ("./visit/note.txt", "F011"),
            ("C:\\note.txt", "F011"),
            ("visit//note.txt", "F011"),
            ("link.txt", "F011"),
            ("visit", "F012"),
            ("n" * 300, "F012"),
            ("nothing.txt", "C030"),
        ],
    )
    def test_evidence_stays_in_its_folder(self, tmp_path: Path, name: str, code: str) -> None:
        folder = write(tmp_path, [("evidence.csv", "visit/note.txt", name)])
        (folder / "evidence" / "link.txt").symlink_to("../mission.yaml")
        assert told(recorded(folder)) == [(code, "evidence.csv:3:15")]


PROSE = "The Kestrel directorate asked for a plan in a signed letter in May."
LEAKS: dict[str, tuple[Edit, ...]] = {
    "two headers swapped": (("assessments.csv", "cause,rationale", "rationale,cause"),),
    "every header shifted": (("assessments.csv", "id,milestone,criterion", "milestone,criterion,id"),),
    "no header": (("assessments.csv", "id,milestone", "A-00,M-00"),),
    "prose for an id": (("assessments.csv", "A-03,M-01", f"{PROSE},M-01"),),
    "prose for a quarter": (("assessments.csv", "plan,2021Q3", f"plan,{PROSE}"),),
    "prose for answers": (("assessments.csv", "plan-asked=yes", PROSE),),
    "prose for a file": (("evidence.csv", "visit/note.txt", f"../{PROSE}"),),
    "prose for a key": (("plan.yaml", "    lead: ADV-01", f"    {PROSE}: x"),),
    "prose for a disposition": (("plan.yaml", "disposition: active", f"disposition: {PROSE}"),),
    "prose for a marking": (("mission.yaml", "first: 2021Q1", f"first: {PROSE}"),),
}


@pytest.mark.parametrize("edits", LEAKS.values(), ids=LEAKS.keys())
def test_prose_in_the_wrong_cell_is_not_repeated(tmp_path: Path, edits: tuple[Edit, ...]) -> None:
    outcome = recorded(write(tmp_path, edits))
    assert outcome.refused
    for finding in outcome.findings:
        assert CONFIDENTIAL not in finding.message + finding.remedy, finding


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read_and_checked(tmp_path: Path) -> None:
    """A loose bound: the same table took hours while near words were looked for on every row."""
    folder = write(tmp_path)
    rows = "".join(f"C-{n},A-{n},E-{n},,supports,hoop,asked,,public\n" for n in range(10, 100_010))
    spoil(folder, [("citations.csv", "itself.,mission\n", f"itself.,mission\n{rows}")])
    outcome = record(folder, folder, at=AT, actor="ADV-01", dry_run=True)
    assert len(outcome.findings) == 200_000
    assert {finding.code for finding in outcome.findings} == {"C001"}


def test_every_row_behind_a_thousand_wrong_ones_is_wrong_too(tmp_path: Path) -> None:
    folder = write(tmp_path)
    rows = "".join(f"S-{n:05},O-01,minister,soon,demanded,,,mission\n" for n in range(2000))
    spoil(folder, [("positions.csv", "E-01,mission\n", f"E-01,mission\n{rows}")])
    outcome = recorded(folder)
    assert outcome.refused
    assert {finding.code for finding in outcome.findings} == {"S005"}
    assert CATALOGUE["S005"].severity == "error"


def test_a_percentage_among_many_digits_takes_no_time(tmp_path: Path) -> None:
    """The rule once took hours on a cell like this one."""
    rationale = "It is 1 % of " + "1" * 3900 + " " * 3900 + "x"
    folder = write(tmp_path, [("assessments.csv", PROSE, rationale)])
    assert told(recorded(folder)) == [("C026", "assessments.csv:2:9")]
