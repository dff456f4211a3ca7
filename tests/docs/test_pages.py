"""What the pages point at is there, and the files that they show can be read."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from measures.finding import Finding
from measures.records import read_mission, read_plan
from measures.report.prose import MOVEMENT_TAG
from measures.rubric import Criterion, Rubric, Step, parse, read_table_file
from tests.docs.blocks import DOCS, ROOT, blocks

FILES = DOCS / "reference" / "files.md"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
MARKINGS = ("public", "partner", "mission", "restricted")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_links_to_is_there(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [target for target in targets if target and "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_the_index_leads_to_every_page() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8").splitlines()
    pages = {str(page.relative_to(DOCS).with_suffix("")) for page in DOCS.rglob("*.md")}
    decisions = {page for page in pages if page.startswith("decisions/")} - {"decisions/README"}
    rubrics = {page for page in pages if page.startswith("reference/rubrics/")}
    assert pages - decisions - rubrics - {"index"} <= set(index)


def test_the_index_of_rubrics_leads_to_every_one() -> None:
    index = (DOCS / "reference" / "rubrics.md").read_text(encoding="utf-8").splitlines()
    pages = [f"rubrics/{page.stem}" for page in sorted((DOCS / "reference" / "rubrics").glob("*.md"))]
    assert [line for line in index if line in pages] == pages


def test_decisions_are_numbered_without_gap_as_their_files_are() -> None:
    titles = [page.read_text(encoding="utf-8") for page in sorted((DOCS / "decisions").glob("[0-9]*.md"))]
    numbers = [int(re.findall(r"^# (\d+)\. ", title)[0]) for title in titles]
    files = [int(page.name[:4]) for page in sorted((DOCS / "decisions").glob("[0-9]*.md"))]
    assert numbers == files == list(range(1, len(files) + 1))


def test_the_yaml_of_the_files_page_can_be_read(tmp_path: Path) -> None:
    mission, rules, plan, table = [block for block in blocks(FILES) if block.language == "yaml"]
    findings: list[Finding] = []
    with_rules = replace(mission, text=mission.text + rules.text)
    for block, read in (
        (mission, read_mission),
        (with_rules, read_mission),
        (plan, lambda d, f: read_plan(d, f, MARKINGS)),
    ):
        document, wrong = parse(block.text, block.place)
        assert wrong == []
        assert read(document, findings) is not None
    assert findings == []
    (tmp_path / "table.yaml").write_text(table.text, encoding="utf-8")
    assert read_table_file(tmp_path / "table.yaml")[1] == []


def test_the_files_page_tells_every_key_of_a_rubric() -> None:
    section = FILES.read_text(encoding="utf-8").partition("\n## A rubric\n")[2].partition("\n## ")[0]
    whole, criterion = (
        set(re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"^\| ([^|]+) \|", part, re.MULTILINE))))
        for part in section.split("\nA criterion:\n")
    )
    assert whole == {field.name for field in fields(Rubric)}
    below = {field.name for one in (Criterion, Step) for field in fields(one)}
    assert criterion == below - {"steps", "level"} | {"levels"}


def test_a_reader_is_told_the_words_that_reports_use_for_a_movement() -> None:
    page = (DOCS / "how-to" / "read-a-report.md").read_text(encoding="utf-8")
    section = page.partition("## Why something moved")[2].partition("\n## ")[0]
    told = re.findall(r"^\| ([a-z ]+) \|", section, re.MULTILINE)
    assert set(told) - {"words"} == set(MOVEMENT_TAG.values())


def test_the_picture_of_the_readme_is_small() -> None:
    picture = DOCS / "images" / "hq-page.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 200_000
