"""What an audience may not see never reaches the model."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import pytest

from measures.errors import EditionError
from measures.library import edition_files, shelf
from measures.report.build import build
from measures.report.edition import admit, read_edition
from measures.report.html import render
from measures.workflow.mission import Mission, open_mission
from measures.workflow.publish import material

PLANTED = "PLANTEDWORD"


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, example: Mission) -> Mission:
    """The example with one score, its citations and one item of evidence above the ceiling."""
    folder = tmp_path_factory.mktemp("marked") / "nmi"
    shutil.copytree(example.folder, folder, ignore=shutil.ignore_patterns("register*", "out"))
    hidden = "A-M06-integrity-teaching-2021Q1"
    text = (folder / "assessments.csv").read_text().split("\n")
    at = next(n for n, line in enumerate(text) if line.startswith(hidden + ","))
    text[at] = text[at].replace(",public,", ",restricted,").replace("On 23 March", f"{PLANTED} On 23 March")
    (folder / "assessments.csv").write_text("\n".join(text))
    items = (folder / "evidence.csv").read_text().split("\n")
    at = next(n for n, line in enumerate(items) if line.startswith("EV-037,"))
    items[at] = items[at].replace(",public,", ",restricted,").replace("EV-037,", f"EV-037,{PLANTED} ", 1)
    (folder / "evidence.csv").write_text("\n".join(items))
    return open_mission(folder, at="2024-01-15T12:00:00Z")


def made(mission: Mission, ceiling: str) -> str:
    given = material(mission)
    edition = dataclasses.replace(read_edition("hq", edition_files()), ceiling=ceiling)
    return render(build(edition, mission.period("2021Q1"), given), "hq/report.html", shelf("templates"))


def test_the_secret_is_there_to_be_kept(marked: Mission) -> None:
    assert PLANTED in made(marked, "restricted")


@pytest.mark.parametrize("ceiling", ["public", "partner", "mission"])
def test_nothing_above_the_ceiling_is_printed(marked: Mission, ceiling: str) -> None:
    html = made(marked, ceiling)
    assert PLANTED not in html
    assert "A-M06-integrity-teaching-2021Q1" not in html
    assert "EV-037" not in html


def test_a_withheld_score_leaves_a_hole_that_is_counted(marked: Mission) -> None:
    html = made(marked, "public")
    assert "Withheld from this edition" in html


def test_a_withheld_score_is_not_counted_as_owed(marked: Mission) -> None:
    edition = dataclasses.replace(read_edition("hq", edition_files()), ceiling="public")
    report = build(edition, marked.period("2021Q1"), material(marked))
    lines = {line.title: [items for _, items in line.items] for line in report.health}
    assert lines["Withheld from this edition"] == ["milestone-M-06"]
    assert lines["Owed and not scored"] == []


def test_a_marking_that_is_missing_counts_as_above_every_ceiling(example: Mission) -> None:
    frames = dict(example.frames)
    frames["positions"] = frames["positions"].assign(
        marking=frames["positions"]["marking"].mask(lambda m: m == "public")
    )
    seen = admit(frames, example.plan, "restricted", example.file.markings)
    assert seen.frames["positions"].empty
    assert not frames["positions"].empty


def test_a_ceiling_that_the_mission_does_not_know_is_refused(example: Mission) -> None:
    with pytest.raises(EditionError, match="ceiling"):
        admit(example.frames, example.plan, "cosmic", example.file.markings)


def test_an_edition_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hq.yaml"
    path.write_text(edition_files()["hq"].read_text() + "\ncolour: red\n")
    with pytest.raises(EditionError, match="colour"):
        read_edition("hq", {"hq": path})


def test_an_unknown_edition_names_the_known_ones() -> None:
    with pytest.raises(EditionError, match="hq"):
        read_edition("hqq", edition_files())


def test_the_manifest_is_json_without_the_secret(marked: Mission, tmp_path: Path) -> None:
    published = marked.report("hq", "2021Q1", tmp_path)
    said = json.loads(published.claims.read_text())
    assert PLANTED not in json.dumps(said)
    assert said["claims"][0]["basis"]
