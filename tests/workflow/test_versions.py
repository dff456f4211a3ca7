"""Rubric versions as a mission meets them: frozen, refused, told apart in reports, and rendered again."""

from __future__ import annotations

from pathlib import Path

import pytest

import measures
from measures import library
from measures.errors import MissionError, RegisterError, RubricError
from measures.report.build import build
from measures.report.edition import read_edition
from measures.report.html import render
from measures.workflow.mission import open_mission
from measures.workflow.publish import material
from measures.workflow.versions import Freezing, diff, freeze
from tests.workflow.refusals import more
from tests.workflow.tiny import AT, RUBRIC, Edit, recorded, spoil, told, write
from tests.workflow.version_refusals import BOUND, DECLARED, SECOND, TWO, WHOLE, X, crosswalk, two

MOVED: tuple[Edit, ...] = (
    BOUND,
    ("plan.yaml", "    former_versions:", "    change: The words are stricter.\n    former_versions:"),
)
"""The milestone is scored against 2.0 from 2021Q4 on, with the reason."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = write(tmp_path)
    assert not recorded(made).refused
    return made


def publish(folder: Path, *names: str, **options: bool) -> Freezing:
    return freeze(names, folder, at=AT, actor="ADV-01", **options)


def codes(done: Freezing) -> list[str]:
    return [
        finding.code for finding in done.findings if finding.severity != "hint" and finding.code[0] != "L"
    ]


def second(old: str = "It was written.", new: str = "It was signed.", kind: str = "") -> Edit:
    """A second version of the rubric, with other words and a declared class."""
    assert old in RUBRIC
    text = RUBRIC.replace('version: "1.0"', 'version: "2.0"').replace(old, new)
    return TWO, "", text + (DECLARED % kind if kind else "")


def html(folder: Path, period: str, head: str = "") -> str:
    """The headquarters report of a quarter as HTML."""
    mission = open_mission(folder, head=head)
    report = build(read_edition("hq", library.edition_files()), mission.period(period), material(mission))
    return render(report, "hq/report.html", library.shelf("templates"))


def test_publishing_freezes_the_words(folder: Path) -> None:
    spoil(folder, [second(kind="recalibrated")])
    done = publish(folder)
    assert (done.added, done.unchanged, done.refused) == (("planning@2.0",), ("planning@1.0",), False)
    assert [change.kind for change in done.changes] == ["recalibrated"]
    assert set(measures.open(folder).rubrics) == {("planning", "1.0"), ("planning", "2.0")}
    again = publish(folder)
    assert (again.added, again.head) == ((), done.head)


def test_the_same_version_with_other_words_is_refused_by_publish_and_by_record(folder: Path) -> None:
    spoil(folder, [("rubrics/planning.yaml", "It was written.", "It was signed.")])
    before = (folder / "register.db").read_bytes()
    done = publish(folder)
    assert ("R009" in codes(done), done.refused) == (True, True)
    assert told(recorded(folder)) == [("R009", "rubrics/planning.yaml")]
    assert (folder / "register.db").read_bytes() == before


def test_a_published_version_is_refused_with_other_words_though_nothing_is_bound_to_it(folder: Path) -> None:
    spoil(folder, [second(kind="recalibrated")])
    publish(folder)
    spoil(folder, [(TWO, "It was signed.", "It was printed.")])
    assert told(recorded(folder)) == [("R009", TWO)]


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    spoil(folder, [second(kind="recalibrated")])
    before = measures.open(folder).head
    done = publish(folder, dry_run=True)
    assert (done.added, done.head) == (("planning@2.0",), before)
    assert measures.open(folder).head == before


@pytest.mark.parametrize(
    ("old", "new", "declared", "expected", "kind"),
    [
        ("It was written.", "It was not written.", "editorial", ["R017"], "recalibrated"),
        ("It was written.", "It was put in writing.", "editorial", ["R017"], "clarified"),
        ("It was written.", "It was put in writing.", "clarified", [], "clarified"),
        ("It was written.", "It was put in writing.", "", ["R018"], "recalibrated"),
        ("It was written.", "It was put in writing.", "recalibrated", [], "recalibrated"),
        ("It was written.", "It was written!", "", [], "editorial"),
        ('fresh: "8"', 'fresh: "6"', "clarified", ["R017"], "recalibrated"),
    ],
    ids=[
        "a negation is no editorial change",
        "other words are at least clarified",
        "other words declared to mean the same",
        "other words of which nobody says that they mean the same",
        "an author may be stricter than the words",
        "punctuation alone",
        "another evidence rule",
    ],
)
def test_a_class_is_never_weaker_than_what_is_computed(
    folder: Path, old: str, new: str, declared: str, expected: list[str], kind: str
) -> None:
    spoil(folder, [second(old, new, declared)])
    done = publish(folder, dry_run=True)
    assert codes(done) == expected
    assert [change.kind for change in done.changes] == [kind]
    assert done.refused is ("R017" in expected)


def test_publishing_names_what_it_cannot_find(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="Did you mean 'planning'"):
        publish(folder, "plannin")
    (folder / "rubrics" / "planning.yaml").unlink()
    with pytest.raises(MissionError, match="found none"):
        publish(folder)
    with pytest.raises(MissionError, match="code of who records"):
        freeze(["logistics"], folder, at=AT)


def test_a_shelf_rubric_is_frozen_by_its_name(folder: Path) -> None:
    done = publish(folder, "logistics")
    assert done.added == ("logistics@1.0",)


def test_a_diff_finds_versions_in_files_on_the_shelf_and_in_the_register(folder: Path) -> None:
    spoil(folder, [second(kind="recalibrated")])
    assert diff("planning@1.0", str(folder / TWO), folder).kind == "recalibrated"
    (folder / "rubrics" / "planning.yaml").unlink()
    assert diff("planning@1.0", "planning", folder).kind == "recalibrated", "1.0 is in the register"
    with pytest.raises(RubricError, match="two versions of one rubric"):
        diff("planning", "logistics", folder)
    spoil(folder, [(TWO, "validity:", "vailidity:")])
    with pytest.raises(RubricError, match=r"no key 'vailidity'\. Did you mean 'validity'"):
        diff("planning@1.0", str(folder / TWO), folder)


def test_a_correction_may_write_out_the_version_that_holds(folder: Path) -> None:
    spoil(
        folder,
        [more("A", "A-02", id="A-05", version="1.0", supersedes="A-02", reason="The cause was unrest.")],
    )
    assert told(recorded(folder)) == []


@pytest.mark.parametrize(
    "rows",
    [two(WHOLE), two(WHOLE.replace("shared=shared", "shared=asked"), "X-01")],
    ids=["two that agree", "one that corrects the other"],
)
def test_crosswalks_that_do_not_contradict_each_other_are_recorded(folder: Path, rows: Edit) -> None:
    spoil(folder, [SECOND, *MOVED, rows])
    assert told(recorded(folder)) == []


def test_a_milestone_that_nobody_has_scored_may_take_another_rubric(folder: Path) -> None:
    other = RUBRIC.replace("id: planning", "id: drafting", 1)
    bound = 'rubric: planning\n    version: "1.0"\n    from: 2022Q1'
    spoil(
        folder,
        [
            ("rubrics/drafting.yaml", "", other),
            ("plan.yaml", bound, bound.replace("planning", "drafting") + "\n    change: Nearer to the aim."),
        ],
    )
    assert told(recorded(folder)) == []


def test_a_broken_line_is_told_with_its_reason(folder: Path) -> None:
    spoil(folder, [SECOND, *MOVED, more("A", "A-02", id="A-05", period="2021Q4")])
    assert not recorded(folder).refused
    page = html(folder, "2021Q4")
    assert "From 2021Q4 it is scored against version 2.0 of its rubric, before that against 1.0" in page
    assert "under version 1.0 of the rubric" in page, "what was last seen was seen in other words"


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ((), "and the line breaks there"),
        ((more("A", "A-01", id="B-06", period="2021Q4", version="1.0"),), "was scored under both versions"),
        ((crosswalk(),), "Crosswalk X-01, approved by MOD-01: Every plan scored as shared"),
    ],
    ids=["nothing joins the versions", "a bridge", "a crosswalk"],
)
def test_a_report_says_what_joins_two_versions(folder: Path, edits: tuple[Edit, ...], words: str) -> None:
    scored: tuple[Edit, ...] = (more("A", "A-01", id="B-05", period="2021Q4"),)
    if edits and edits[0][0] != X:
        name, old, new = scored[0]
        extra = str(edits[0][2]).splitlines()[1]
        scored, edits = ((name, old, f"{new!s}\n{extra}"),), ()
    cite = "C-01,A-01,E-01,page 1,supports,hoop,asked,The Kestrel letter itself.,mission"
    cited = [cite, cite.replace("C-01,A-01", "C-05,B-05")]
    cited += [cite.replace("C-01,A-01", "C-06,B-06")] if "B-06" in str(scored) else []
    spoil(folder, [SECOND, *MOVED, *scored, *edits, ("citations.csv", cite, "\n".join(cited))])
    assert told(recorded(folder)) == []
    page = html(folder, "2021Q4")
    assert words in page
    assert ("rubric changed, not comparable" in page) is (not edits and "B-06" not in str(scored))


def test_an_old_quarter_is_rendered_again_word_for_word_after_any_number_of_versions(folder: Path) -> None:
    head = measures.open(folder).head
    before = html(folder, "2021Q2")
    spoil(folder, [SECOND, *MOVED, more("A", "A-02", id="A-05", period="2021Q4")])
    assert not recorded(folder).refused
    third = RUBRIC.replace('version: "1.0"', 'version: "3.0"').replace("It was written.", "It was sealed.")
    spoil(
        folder,
        [
            ("rubrics/third.yaml", "", third),
            ("plan.yaml", 'version: "2.0"', 'version: "3.0"'),
            ("plan.yaml", "until: 2021Q3}]", 'until: 2021Q3}, {version: "2.0", until: 2021Q4}]'),
            ("plan.yaml", "The words are stricter.", "The words are stricter still."),
        ],
    )
    assert not recorded(folder).refused
    assert html(folder, "2021Q2", head=f"{head.size}:{head.digest[:12]}") == before
    now = html(folder, "2021Q2")
    for page in (before, now):
        assert "Planning 1.0" in page
    trimmed = [page.split('id="milestone-M-01"')[1].split('id="ambition"')[0] for page in (before, now)]
    assert trimmed[0] == trimmed[1], "made from today's register it differs in its head alone"


def test_a_head_that_the_register_does_not_hold_is_refused(folder: Path) -> None:
    size = measures.open(folder).head.size
    refused = {f"{size + 1}": "Expected a head", "x": "Expected a head", f"{size}:abcdefabcdef": "digest"}
    for head, words in refused.items():
        with pytest.raises(RegisterError, match=words):
            open_mission(folder, head=head)
