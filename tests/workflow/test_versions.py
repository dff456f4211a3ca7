"""Rubric versions as a mission meets them: frozen, refused, told apart in reports, and rendered again."""

# ruff: noqa: E501, RUF001, ISC004 - the cases read as a table, in the quotation marks of a report

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import measures
from measures import library
from measures.errors import MissionError, RegisterError, RubricError, StaleHeadError
from measures.report.build import build
from measures.report.edition import read_edition
from measures.report.html import render
from measures.workflow.mission import open_mission
from measures.workflow.publish import material
from measures.workflow.versions import Freezing, diff, freeze
from tests.workflow.refusals import more
from tests.workflow.tiny import AT, RUBRIC, Edit, recorded, spoil, told, write
from tests.workflow.version_refusals import BOUND, DECLARED, SECOND, TWO, WHOLE, crosswalk, two

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


def test_who_approved_a_crosswalk_gives_no_score_that_it_joins(folder: Path) -> None:
    spoil(folder, [SECOND, *MOVED, crosswalk(approver="EXT-01")])
    assert told(recorded(folder)) == []
    spoil(folder, [more("A", "A-03", id="A-04", period="2021Q4", score="own")])
    assert ("C047", "assessments.csv:5:5") in told(recorded(folder))


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


def version(number: str, *edits: tuple[str, str], declared: str = "") -> str:
    """The rubric at another version, with edits and what its author declares."""
    text = RUBRIC.replace('version: "1.0"', f'version: "{number}"')
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text + declared


SIGNED, SEALED = (("It was written.", f"It was {word}.") for word in ("signed", "sealed"))


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


def scored(*rows: Edit) -> tuple[Edit, ...]:
    """Scores beside those there are, each with a citation like that of the first one."""
    cite = "C-01,A-01,E-01,page 1,supports,hoop,asked,The Kestrel letter itself.,mission"
    lines = [str(new).splitlines()[1] for _, _, new in rows]
    names = [line.split(",")[0] for line in lines]
    first = str(rows[0][2]).splitlines()[0]
    cited = [cite, *(cite.replace("C-01,A-01", f"C-{name},{name}") for name in names)]
    return (("assessments.csv", first, "\n".join([first, *lines])), ("citations.csv", cite, "\n".join(cited)))


NOW = more("A", "A-01", id="B-05", period="2021Q4")
BRIDGE = more("A", "A-01", id="B-06", period="2021Q4", version="1.0")
ONE_LEVEL_DOWN = "none=none; asked=asked; shared=asked; own=shared"
_TAKES = (
    "On ‘The plan’ a table of old and new levels (crosswalk X-01), approved by MOD-01, joins the two: "
    "{read}. Every plan scored as shared had been signed too."
)
_CLARIFIED = DECLARED % "clarified"
SAYS = {
    "nothing joins the versions": (
        (SECOND, *scored(NOW)),
        "(recalibrated: with other attributes, levels or evidence rules). The rubric's author says: ‘As said in the "
        "note’. Levels on ‘The plan’ before and after cannot be compared, and the line breaks there.",
    ),
    "nobody says what the words mean": (
        ((TWO, "", str(SECOND[2]).replace(DECLARED % "recalibrated", "")), *scored(NOW)),
        "cannot be compared, since nobody has said whether the changed words mean the same, and the line breaks there.",
    ),
    "the author says that they mean the same": (
        ((TWO, "", str(SECOND[2]).replace(DECLARED % "recalibrated", _CLARIFIED)), *scored(NOW)),
        "(clarified: said more plainly, with the same meaning as its author declares). The rubric's author says: "
        "‘As said in the note’. Levels on ‘The plan’ may be compared across the change.",
    ),
    "a bridge": (
        (SECOND, *scored(NOW, BRIDGE)),
        "‘The plan’ was scored under both versions in one quarter, so the line goes on.",
    ),
    "a crosswalk to the same levels": (
        (SECOND, crosswalk(), *scored(NOW)), _TAKES.format(read="each level counts as what it was"),
    ),
    "a crosswalk to other levels": (
        (SECOND, crosswalk(levels=ONE_LEVEL_DOWN), *scored(NOW)),
        _TAKES.format(read="what was ‘Done with advisers’ counts as ‘Asked for’ and what was ‘Done alone’ counts as ‘Done with advisers’"),
    ),
    "another way to the result": (
        ((TWO, "", RUBRIC.replace('version: "1.0"', 'version: "2.0"').replace("weakest-link", "median")), *scored(NOW)),
        "(recalibrated: with another way from criteria to a result). Levels on ‘The plan’ may be compared",
    ),
    "a criterion under another id": (
        (
            (TWO, "", RUBRIC.replace('version: "1.0"', 'version: "2.0"').replace("  - id: plan\n", "  - id: plans\n").replace("{en: The plan}", "{en: Plans}")),
            *scored((NOW[0], NOW[1], str(NOW[2]).replace("B-05,M-01,plan,", "B-05,M-01,plans,"))),
        ),
        "(restructured: with other criteria). ‘Plans’ is asked for the first time. ‘The plan’ is no longer asked.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "words"), SAYS.values(), ids=SAYS)
def test_a_report_says_what_joins_two_versions(folder: Path, edits: tuple[Edit, ...], words: str) -> None:
    spoil(folder, [*edits, *MOVED])
    assert not recorded(folder).refused
    page = html(folder, "2021Q4")
    assert words in page.replace("&#39;", "'")
    broken = "the line breaks" in words
    assert ("New version of the rubric: ‘The plan’ not comparable with before" in page) is broken
    assert ("still at Asked for" in page) is ("may be compared" in words), (
        "what cannot be compared stood still no more than it moved"
    )
    assert (
        "The rubric changed in between (version 1.0, then 2.0), so the two cannot be compared" in page
    ) is broken


def test_a_line_that_breaks_after_a_version_nobody_scored_says_so(folder: Path) -> None:
    """Nobody looked while 2.0 held: the break lies between 1.0 and 3.0, and is told at 3.0."""
    bound = (
        "plan.yaml",
        'version: "1.0"\n    from: 2021Q2',
        'version: "3.0"\n    change: Sharper.\n    former_versions: [{version: "1.0", until: 2021Q2}, '
        '{version: "2.0", until: 2021Q3}]\n    from: 2021Q2',
    )
    spoil(folder, [SECOND, ("rubrics/third.yaml", "", version("3.0", SEALED)), bound, *scored(NOW)])
    assert not recorded(folder).refused
    page = html(folder, "2021Q4").replace("&#39;", "'")
    first, second = (page.index(f"From {quarter} it is scored against") for quarter in ("2021Q3", "2021Q4"))
    breaks = page.index("cannot be compared, since nobody has said whether the changed words mean the same")
    assert first < second < breaks


def test_a_way_back_is_told_in_the_words_of_the_later_version(folder: Path) -> None:
    """Back from 2.0 to 1.0, what 2.0 declares of 1.0 still counts."""
    back = ("plan.yaml", 'version: "1.0"\n    from: 2021Q2',
            'version: "1.0"\n    change: Back.\n    former_versions: [{version: "2.0", until: 2021Q3}]\n    from: 2021Q2')  # fmt: skip
    spoil(
        folder,
        [(TWO, "", str(SECOND[2]).replace("class: recalibrated", "class: clarified")), back, *scored(NOW)],
    )
    assert not recorded(folder).refused
    page = html(folder, "2021Q4")
    assert "against version 1.0 of its rubric, before that against 2.0 (clarified:" in page
    assert "Levels on ‘The plan’ may be compared across the change." in page


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


def test_one_rubric_under_three_names_is_published_once(folder: Path) -> None:
    spoil(folder, [second(kind="recalibrated")])
    before = measures.open(folder).head.size
    done = publish(folder, "planning", "planning@2.0", str(folder / TWO))
    assert (done.added, done.head.size) == (("planning@2.0",), before + 1)


def test_two_files_with_one_version_and_other_words_are_refused_together(folder: Path) -> None:
    spoil(folder, [("a.yaml", "", version("2.0", SIGNED)), ("b.yaml", "", version("2.0", SEALED))])
    before = (folder / "register.db").read_bytes()
    done = publish(folder, str(folder / "a.yaml"), str(folder / "b.yaml"))
    assert [str(found.place) for found in done.findings if found.code == "R010"] == ["b.yaml"]
    assert (done.refused, (folder / "register.db").read_bytes()) == (True, before)


def test_a_file_that_is_not_sound_keeps_the_folder_from_being_published(folder: Path) -> None:
    spoil(folder, [(TWO, "", version("2.0", SIGNED, ("validity:", "vailidity:")))])
    before = (folder / "register.db").read_bytes()
    done = publish(folder)
    assert {(found.code, found.place.file) for found in done.findings if found.severity == "error"} == {
        ("S008", TWO),
        ("S009", TWO),
    }
    assert (done.refused, done.unchanged) == (True, ("planning@1.0",))
    assert (folder / "register.db").read_bytes() == before
    assert publish(folder, str(folder / TWO)).refused
    with pytest.raises(RubricError, match=r"Did you mean 'planning@1\.0'") as refusal:
        publish(folder, "planning@2.0")
    assert f"{TWO}:5:1 could not be read: a rubric has no key 'vailidity'." in refusal.value.remedy


def test_a_rubric_is_linted_by_whatever_name_it_is_published(folder: Path) -> None:
    weak = ("One was written with advisers.", "Most of 40 posts were written with advisers.")
    spoil(folder, [(TWO, "", version("2.0", weak, declared=DECLARED % "recalibrated"))])
    for names in ((), ("planning",), ("planning@2.0",), (str(folder / TWO),)):
        found = [
            finding for finding in publish(folder, *names, dry_run=True).findings if finding.code == "L006"
        ]
        assert [found.place.file for found in found] == [TWO], names


def test_a_file_elsewhere_is_named_in_full(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("desk") / "elsewhere.yaml"
    elsewhere.write_text(version("1.0", SIGNED), encoding="utf-8")
    done = publish(folder, str(elsewhere))
    assert ("R009", str(elsewhere)) in [(found.code, found.place.file) for found in done.findings]


def test_a_file_called_as_one_of_the_shelf_publishes_nothing_of_the_shelf(folder: Path) -> None:
    spoil(folder, [("rubrics/logistics.yaml", "", version("2.0", declared=DECLARED % "editorial"))])
    assert publish(folder).added == ("planning@2.0",)


def test_each_version_is_held_against_the_newest_before_it(folder: Path) -> None:
    spoil(folder, [(TWO, "", version("2.0", SIGNED)), ("rubrics/third.yaml", "", version("3.0", SEALED))])
    done = publish(folder)
    assert [(str(change.old), str(change.new)) for change in done.changes] == [
        ("planning@1.0", "planning@2.0"),
        ("planning@2.0", "planning@3.0"),
    ]
    spoil(folder, [("rubrics/between.yaml", "", version("1.10", ("It was written.", "It was printed.")))])
    late = publish(folder)
    assert [(str(change.old), str(change.new)) for change in late.changes] == [
        ("planning@1.0", "planning@1.10")
    ]


def test_what_is_declared_of_an_older_version_is_held_against_its_words_too(folder: Path) -> None:
    said = '\nchanges:\n  - {since: "1.0", class: clarified, note: {en: The same.}}\n'
    negated = ("It was written.", "It was not signed.")
    spoil(
        folder,
        [
            (TWO, "", version("2.0", negated)),
            ("rubrics/third.yaml", "", version("3.0", negated, declared=said)),
        ],
    )
    refused = [found for found in publish(folder).findings if found.code == "R017"]
    assert [found.place.file for found in refused] == ["rubrics/third.yaml"]
    assert "since 1.0" in refused[0].message


def test_a_version_on_record_is_what_the_register_holds(folder: Path) -> None:
    spoil(folder, [("rubrics/planning.yaml", *SIGNED)])
    change = diff("planning@1.0", str(folder / "rubrics/planning.yaml"), folder)
    assert [(found.before, found.after) for found in change.differences] == [SIGNED]
    assert publish(folder, "planning@1.0").refused, (
        "and publishing the changed file under its name is refused"
    )


def test_a_ladder_turned_round_is_refused_with_the_levels_that_cross(folder: Path) -> None:
    asked, shared = (
        f"  - {{id: {name}, label: {{en: {label}}}}}\n"
        for name, label in (("asked", "Asked for"), ("shared", "Done with advisers"))
    )
    turned = version("2.0", (asked + shared, shared + asked), ('fresh: "8"', 'fresh: "2"'))
    spoil(folder, [(TWO, "", turned)])
    found = [finding for finding in publish(folder).findings if finding.code == "R007"]
    assert len(found) == 1
    assert "'shared' and 'asked'" in found[0].message


def test_nothing_is_frozen_over_a_register_that_moved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(folder, [second(kind="recalibrated")])
    stale = open_mission(folder)
    assert publish(folder, "logistics").added
    monkeypatch.setattr("measures.workflow.versions.open_mission", lambda *_, **__: stale)
    with pytest.raises(StaleHeadError):
        publish(folder)
    assert ("planning", "2.0") not in measures.open(folder).rubrics


def edition(folder: Path, ceiling: str) -> str:
    """The report of 2021Q4 for an audience that may see up to a marking."""
    mission = open_mission(folder)
    defined = replace(read_edition("hq", library.edition_files()), ceiling=ceiling)
    report = build(defined, mission.period("2021Q4"), material(mission))
    return render(report, "hq/report.html", library.shelf("templates"))


def open_but(folder: Path, *kept: str) -> None:
    """Mark every row of scores, evidence and crosswalks as public, but those with the ids given."""
    for path in folder.glob("*.csv"):
        if path.stem in ("positions", "engagements"):
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        opened = (
            line if line.split(",")[0] in kept else re.sub(",mission(,|$)", r",public\1", line)
            for line in lines
        )
        path.write_text("".join(f"{line}\n" for line in opened), encoding="utf-8")


GOES_ON = "was scored under both versions in one quarter"
TABLE = "a table of old and new levels"


@pytest.mark.parametrize(
    ("edits", "withheld", "joined", "seen"),
    [
        (scored(NOW, BRIDGE), "B-06", GOES_ON, "the line breaks there"),
        ((crosswalk(), *scored(NOW)), "X-01", TABLE, "the line breaks there"),
        (scored(NOW, BRIDGE), "B-05", GOES_ON, "Withheld from this edition"),
    ],
    ids=["the bridge", "the crosswalk", "the score that a bridge joins"],
)
def test_what_is_withheld_joins_nothing_and_nothing_takes_its_place(
    folder: Path, edits: tuple[Edit, ...], withheld: str, joined: str, seen: str
) -> None:
    spoil(folder, [SECOND, *MOVED, *edits])
    open_but(folder, withheld)
    for path in folder.glob("register*"):
        path.unlink()
    assert not recorded(folder).refused
    whole, public = edition(folder, "mission"), edition(folder, "public")
    assert joined in whole
    assert joined not in public
    assert seen in public
    assert withheld not in public
