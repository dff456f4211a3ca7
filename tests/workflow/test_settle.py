"""Settling as a moderator meets it: in the terminal, by file, broken off, refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import measures
from measures.cli.commands import cli
from tests.workflow.refusals import more
from tests.workflow.test_versions import html
from tests.workflow.tiny import CONFIDENTIAL, Edit, recorded, told, write

WHY = "The second visitor saw the letter as well."
CITED = "C-01,A-01,E-01,page 1,supports,hoop,asked,The Kestrel letter itself.,mission"
OPEN: tuple[Edit, ...] = (
    (
        "assessments.csv",
        more("A", "A-01")[1],
        "\n".join(
            [
                str(more("A", "A-01", id="A-05", period="2021Q4")[2]),
                str(more("A", "A-01", id="A-06", period="2021Q4", assessor="EXT-01", role="external",
                         score="shared")[2]).splitlines()[1].replace("plan-asked=yes", ""),
            ]
        ),
    ),
    ("citations.csv", CITED, f"{CITED}\n{CITED.replace('C-01,A-01', 'C-05,A-05')}\n"
     + CITED.replace("C-01,A-01", "C-06,A-06").replace("hoop,asked", "hoop,shared")),
)  # fmt: skip
"""Two raters who differ in 2021Q4 and whom nobody settled."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = write(tmp_path, OPEN)
    assert not recorded(made).refused
    monkeypatch.chdir(made)
    return made


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["settle", "--period", "2021Q4", *arguments], input=typed)


def settled(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Moderations of the quarter by id: level, reason and dissent."""
    rows = measures.open(folder).recorded.records.rows("moderations")
    return {r["id"]: (r["settled"], r["reason"], r["dissent"]) for r in rows if r["period"] == "2021Q4"}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at the terminal."""
    monkeypatch.setattr("measures.cli.settle._somebody_there", lambda: True)


@pytest.mark.usefixtures("asked")
def test_an_answer_in_the_terminal_is_recorded_with_its_reason_and_dissent(folder: Path) -> None:
    result = run("--as", "MOD-01", typed=f"1\n{WHY}\nEXT-01 holds to shared.\ny\n")
    assert result.exit_code == 0, result.output
    assert "On the agenda because the raters differ" in result.output
    assert "EXT-01 gave shared" in result.output
    assert settled(folder) == {"N-M-01-plan-2021Q4": ("asked", WHY, "EXT-01 holds to shared.")}
    assert "Nothing to settle" in run("--as", "MOD-01").output


@pytest.mark.usefixtures("asked")
def test_what_cannot_be_settled_so_is_asked_again(folder: Path) -> None:
    result = run("--as", "MOD-01", typed=f"9\nwell\n1\nshort\n{WHY}\n\ny\n")
    assert "Expected a number from 0 to 3" in result.output
    assert "at least 20 characters, got 5" in result.output
    assert list(settled(folder).values()) == [("asked", WHY, "")]


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("typed", [f"1\n{WHY}\n\nn\n", f"1\n{WHY}\n\n"], ids=["said no", "hung up"])
def test_what_was_decided_is_kept_when_it_is_broken_off(folder: Path, typed: str) -> None:
    result = run("--as", "MOD-01", typed=typed)
    assert "Nothing was recorded. What you decided is in agenda-2021Q4.csv" in result.output
    assert settled(folder) == {}
    taken = run("--as", "MOD-01", "--take", "agenda-2021Q4.csv")
    assert (taken.exit_code, taken.output) == (0, "Settled 1.\n")
    assert list(settled(folder).values()) == [("asked", WHY, "")]


@pytest.mark.usefixtures("asked")
def test_stopping_before_the_first_answer_leaves_nothing(folder: Path) -> None:
    assert "Nothing was recorded." in run("--as", "MOD-01", typed="q\n").output
    assert not (folder / "agenda-2021Q4.csv").exists()


@pytest.mark.usefixtures("asked")
def test_nobody_settles_what_they_scored(folder: Path) -> None:
    assert "you scored it, somebody else settles it" in run("--as", "ADV-01").output
    assert settled(folder) == {}


def test_the_agenda_as_a_file_is_filled_in_and_taken_back(folder: Path) -> None:
    assert run("--as", "MOD-01", "--out", "agenda.csv").output == "agenda.csv (1 to settle)\n"
    with Path("agenda.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["why"] == "the raters differ; more is claimed than the evidence supports"
    assert rows[0]["given"] == "ADV-01 (adviser): asked; EXT-01 (external): shared"
    assert run("--as", "MOD-01", "--take", "agenda.csv").output == "Nothing new to settle.\n", (
        "none is filled in"
    )
    rows[0] |= {"settled": "asked", "reason": WHY, "dissent": "EXT-01 holds to shared."}
    with Path("agenda.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert run("--as", "MOD-01", "--take", "agenda.csv").output == "Settled 1.\n"
    assert run("--as", "MOD-01", "--take", "agenda.csv").output == "Nothing new to settle.\n"
    assert list(settled(folder).values()) == [("asked", WHY, "EXT-01 holds to shared.")]


@pytest.mark.parametrize(
    ("filled", "told"),
    [
        (
            f"askd,{WHY}",
            "agenda.csv:2:6: error C002 'askd' is not a level of planning 1.0. Did you mean 'asked'?",
        ),
        ("asked,too short", "agenda.csv:2:7: error S006"),
    ],
    ids=["no level", "no reason"],
)
def test_a_wrong_file_is_refused_by_its_cell_and_nothing_is_written(
    folder: Path, filled: str, told: str
) -> None:
    run("--as", "MOD-01", "--out", "agenda.csv")
    text = Path("agenda.csv").read_text().replace("MOD-01,,,", f"MOD-01,{filled},")
    Path("agenda.csv").write_text(text)
    result = run("--as", "MOD-01", "--take", "agenda.csv")
    assert result.exit_code == 1
    assert told in result.output
    assert "Nothing was recorded." in result.output
    assert settled(folder) == {}
    assert CONFIDENTIAL not in result.output


def test_the_agenda_as_json_and_as_a_table(folder: Path) -> None:
    (item,) = json.loads(run("--json").output)
    assert (item["milestone"], item["why"][0], item["apart"]) == ("M-01", "raters-differ", 1)
    table = run().output
    assert "M-01 The plan" in table
    assert "--out FILE" in table


def test_a_comment_is_recorded_and_answered(folder: Path) -> None:
    comments = (
        "id,to,by,date,text,agrees,marking\n"
        "K-01,A-05,minister,2022-01-10,The Kestrel plan is further than that.,no,mission\n"
        "K-02,K-01,ADV-01,2022-01-20,The Kestrel plan was not shown to us.,,mission\n"
    )
    (folder / "comments.csv").write_text(comments)
    assert dict(recorded(folder).added) == {"comment": 2}
    page = html(folder, "2021Q4")
    said = "Minister of Defence does not agree (10 January 2022): The Kestrel plan is further than that."
    assert f"{said} ADV-01 answers (20 January 2022): The Kestrel plan was not shown to us." in page
    assert "One comment on this quarter&#39;s scores is on record." in page
    (folder / "comments.csv").write_text(
        comments + "K-03,A-99,ministre,2022-01-10,Nothing of the kind.,no,mission\n"
    )
    assert told(recorded(folder)) == [("C001", "comments.csv:4:2"), ("C001", "comments.csv:4:3")]
