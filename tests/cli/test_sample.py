"""Drawing a sample, giving back the paper and seeing what was found, as an auditor does."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import Run

ALL = ("--ceiling", "mission")


def fill(path: Path, *findings: str) -> None:
    book = load_workbook(path)
    sheet = book["Findings"]
    columns = {cell.value: at for at, cell in enumerate(sheet[1], start=1)}
    for row, finding in enumerate(findings, start=5):
        sheet.cell(row, columns.get("finding") or columns["found"]).value = finding
    book.save(path)


def auditor(mission: Path) -> None:
    path = mission / "mission.yaml"
    words = path.read_text(encoding="utf-8")
    path.write_text(
        words.replace(
            "people:\n",
            "change: An auditor came\npeople:\n  - {code: AUD-01, role: auditor, post: {en: A}}\n",
        ),
        encoding="utf-8",
    )


def test_a_draw_prints_what_it_takes_to_draw_it_again(run: Run, mission: Path) -> None:
    shown = run("sample", "--seed", "7", "--n", "2", "--by", "level", *ALL, "-m", mission).output
    listed = (mission / "out" / "sample-scores-all-7.tsv").read_bytes()
    said = ("Drawn: 2 of 3 scores, with the seed 7.", "If no error is found", "sample-scores-all-7.xlsx")
    for words in (*said, "insufficient-evidence", hashlib.sha256(listed).hexdigest()):
        assert words in shown


def test_as_json(run: Run, mission: Path) -> None:
    told = json.loads(run("sample", "--seed", "7", "--n", "2", *ALL, "--json", "-m", mission).output)
    assert (told["listed"], len(told["drawn"]), told["seed"]) == (3, 2, "7")
    assert told["at_most_wrong"] == [
        {"found": 0, "of_listed": 1},
        {"found": 1, "of_listed": 2},
        {"found": 2, "of_listed": 3},
    ]
    assert Path(told["paper"]).is_file()


def test_quiet_prints_the_paper_alone(run: Run, mission: Path, tmp_path: Path) -> None:
    done = run("sample", "--seed", "7", *ALL, "-q", "--out", tmp_path, "-m", mission)
    assert done.output == f"{tmp_path / 'sample-scores-all-7.xlsx'}\n"


def test_a_draw_without_a_seed_is_wrong_usage(run: Run, mission: Path) -> None:
    done = run("sample", "-m", mission)
    assert done.exit_code == 2
    assert "--seed" in done.output


def test_the_paper_comes_back_and_is_summed_up(run: Run, mission: Path) -> None:
    assert "No auditor has found anything yet." in run("sample", "--results", "-m", mission).output
    auditor(mission)
    run("record", "--as", "ADV-01", "-m", mission)
    run("sample", "--seed", "7", "--n", "3", "--auditor", "AUD-01", *ALL, "-m", mission)
    paper = mission / "out" / "sample-scores-all-7.xlsx"
    fill(paper, "agrees", "agrees")
    assert "nothing was recorded (dry run)" in run("record", paper, "--dry-run", "-m", mission).output
    first = run("record", paper, "-m", mission)
    assert "Recorded 2 of the auditor's findings." in first.output
    assert "1 of 3 rows say nothing yet" in first.output
    assert "told when all of the sample was looked at" in run("sample", "--results", "-m", mission).output
    fill(paper, "agrees", "agrees", "agrees")
    assert "Recorded 1 of" in run("sample", "--take", paper, "-m", mission).output
    assert run("sample", "--take", paper, "-m", mission).output.startswith("Nothing new to record.")
    shown = run("sample", "--results", "-m", mission).output
    assert "AUD-01 on 3 of 3 scores (seed 7)" in shown
    assert "At most 0 of 3 are wrong" in shown
    (told,) = json.loads(run("sample", "--results", "--json", "-m", mission).output)
    assert (told["looked_at"], told["wrong"], told["at_most"]) == (3, 0, 0)
    assert "AUD-01: agrees." in run("trace", "A-01", "--up", "-m", mission).output
    again = run("sample", "--seed", "7", "--n", "3", "--auditor", "AUD-01", *ALL, "-m", mission)
    assert again.exception is not None, "a paper that is filled in is not written over"


def test_blind_levels_are_compared_afterwards(run: Run, mission: Path) -> None:
    auditor(mission)
    run("record", "--as", "ADV-01", "-m", mission)
    run("sample", "--seed", "7", "--blind", "--auditor", "AUD-01", *ALL, "-m", mission)
    paper = mission / "out" / "sample-scores-all-7-blind.xlsx"
    fill(paper, "asked", "asked", "asked")
    assert run("sample", "--take", paper, "-m", mission).exit_code == 0
    shown = run("sample", "--results", "-m", mission).output
    assert "without their levels" in shown
    assert "the same level on 1 of 1" in shown


def test_what_an_auditor_does_not_share_is_listed(run: Run, mission: Path) -> None:
    auditor(mission)
    run("record", "--as", "ADV-01", "-m", mission)
    run("sample", "--seed", "7", "--auditor", "AUD-01", *ALL, "-m", mission)
    paper = mission / "out" / "sample-scores-all-7.xlsx"
    fill(paper, "agrees", "cannot-tell", "cannot-tell")
    run("record", paper, "-m", mission)
    shown = run("sample", "--results", "-m", mission).output
    assert "disagrees with 0, cannot tell on 2" in shown
    assert "those that cannot be told counted as wrong" in shown
    listed = [ref for ref in ("A-01", "A-02", "A-03") if f" {ref} " in shown]
    assert len(listed) == 2


def test_a_paper_with_a_mistake_is_refused_at_its_cell(run: Run, mission: Path) -> None:
    run("sample", "--seed", "7", *ALL, "-m", mission)
    paper = mission / "out" / "sample-scores-all-7.xlsx"
    fill(paper, "fine")
    done = run("sample", "--take", paper, "--as", "EXT-01", "-m", mission)
    assert done.exit_code == 1
    assert "sample-scores-all-7.xlsx!Findings!P5" in done.output
    assert "Nothing was recorded." in done.output


def test_a_paper_is_taken_in_by_itself(run: Run, mission: Path) -> None:
    for other in (("--results",), ("--seed", "7")):
        shown = run("sample", "--take", "paper.xlsx", *other, "-m", mission)
        assert (shown.exit_code, "--take goes without" in shown.output) == (2, True)
