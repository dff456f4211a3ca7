"""`measures rubric show`: plain text in any language of the rubric, or a card in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from measures.errors import MeasuresError
from measures.workflow.card import Wanted, write_card
from tests.cli.conftest import Run
from tests.rubric.small import EVERY_ANNEX, SMALL


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A mission folder with a rubric of its own in two languages, and one in French; one stands in it."""
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "mission.yaml").write_text("id: tiny\n", encoding="utf-8")
    (tmp_path / "rubrics" / "fuel.yaml").write_text(SMALL, encoding="utf-8")
    french = SMALL.replace("id: fuel", "id: essence").replace("en: ", "fr: ")
    (tmp_path / "rubrics" / "essence.yaml").write_text(french, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


NAMES = {
    "this folder": ((), "fuel-1.0-en.html"),
    "another language": (("--language", "ar"), "fuel-1.0-ar.html"),
    "one criterion": (("--criterion", "tanks", "-l", "ar"), "fuel-1.0-tanks-ar.html"),
    "a folder to be made": (("--out", "cards/new"), "cards/new/fuel-1.0-en.html"),
    "a folder that is there": (("--out", "rubrics"), "rubrics/fuel-1.0-en.html"),
    "a file": (("--out", "cards/mine.html"), "cards/mine.html"),
}


@pytest.mark.parametrize(("words", "name"), NAMES.values(), ids=NAMES.keys())
def test_a_card_is_written_where_it_is_asked_for(
    run: Run, here: Path, words: tuple[str, ...], name: str
) -> None:
    done = run("rubric", "show", "fuel@1.0", "--format", "html", *words)
    assert done.exit_code == 0, done.output
    assert done.output == f"{name}\n"
    assert (here / name).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ((), ("Fuel  fuel 1.0", "[staffed]", "Sustainment gate.", "Without advisers.", "Sources")),
        (("-l", "ar"), ("الوقود  fuel 1.0", "[الملاك]", "بوابة الاستدامة.", "من دون مستشارين.", "المراجع")),
        (("-l", "ar", "--criterion", "tanks"), ("الخزانات  tanks (في الممارسة)", "مصدران أصليان مستقلان")),
    ],
)
def test_the_text_is_in_the_language_asked_for(
    run: Run, here: Path, words: tuple[str, ...], seen: tuple[str, ...]
) -> None:
    done = run("rubric", "show", "fuel", *words)
    assert done.exit_code == 0
    assert [one for one in seen if one not in done.output] == []


WHOLE = {
    "en": (
        "Capped by", "Takes over fuel@1.0", "Declared changes\n  Since ", "Cases to score\n  ",
        "\nAnswers\n  ",
    ),
    "ar": (
        "لا تعلو على", "يأخذ معايير fuel@1.0", "التغييرات المعلنة\n  منذ ", "حالات للتقييم\n  ",
        "الأجوبة\n  ",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("language", "seen"), WHOLE.items(), ids=WHOLE)
def test_the_text_leaves_nothing_of_a_rubric_out(
    run: Run, here: Path, language: str, seen: tuple[str, ...]
) -> None:
    (here / "rubrics" / "islands.yaml").write_text(EVERY_ANNEX, encoding="utf-8")
    done = run("rubric", "show", "fuel-islands", "-l", language)
    assert done.exit_code == 0, done.output
    assert [one for one in seen if one not in done.output] == []
    one = run("rubric", "show", "fuel-islands", "-l", language, "--criterion", "tanks").output
    assert seen[-1] not in one


def test_a_rubric_in_another_language_only_is_shown_in_it(run: Run, here: Path) -> None:
    done = run("rubric", "show", "essence")
    assert done.exit_code == 0
    assert done.output.startswith("Fuel  essence 1.0\n")


CANNOT = {
    "no such rubric": (("fule", "--format", "html"), "Did you mean 'fuel'?"),
    "no such version": (("fuel@2.0", "--format", "html"), "Expected a rubric ("),
    "no such criterion": (
        ("fuel", "--format", "html", "--criterion", "tank"),
        "Expected a criterion of fuel",
    ),
    "no such language": (("fuel", "-l", "fr", "--format", "html"), "fuel@1.0 (en or ar), got 'fr'"),
    "no such language as text": (("fuel", "-l", "fr"), "fuel@1.0 (en or ar), got 'fr'"),
    "no card in French": (("essence", "--format", "html"), "cards are made in (en or ar), got 'fr'"),
    "a file of the other form": (("fuel", "--format", "pdf", "--out", "a.html"), "ends in .pdf, got a.html"),
    "a file for a folder": (("fuel", "--format", "html", "--out", "mission.yaml/x"), "Expected to write"),
}


@pytest.mark.parametrize(("words", "said"), CANNOT.values(), ids=CANNOT.keys())
def test_what_cannot_be_shown_is_a_named_error_and_leaves_nothing_behind(
    run: Run, here: Path, words: tuple[str, ...], said: str
) -> None:
    before = sorted(here.rglob("*"))
    done = run("rubric", "show", *words)
    assert isinstance(done.exception, MeasuresError), done.output
    assert said in done.exception.message
    assert sorted(here.rglob("*")) == before


@pytest.mark.parametrize(
    "words", [("--out", "x"), ("--json", "--format", "pdf"), ("--format", "docx")], ids=" ".join
)
def test_options_that_do_not_go_together_are_wrong_usage(
    run: Run, here: Path, words: tuple[str, ...]
) -> None:
    assert run("rubric", "show", "fuel", *words).exit_code == 2
    assert not (here / "x").exists()


@pytest.mark.slow
def test_a_pdf_card_says_how_many_pages_it_has(run: Run, here: Path) -> None:
    done = run("rubric", "show", "fuel", "--format", "pdf", "--language", "ar")
    assert done.output == "fuel-1.0-ar.pdf (4 pages)\n"
    again = write_card(Wanted("fuel", "pdf", "ar"), here / "again.pdf", here)
    assert again.path.read_bytes() == (here / "fuel-1.0-ar.pdf").read_bytes()
