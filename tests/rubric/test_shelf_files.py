"""Rubric files read together: bases before what extends them, one set of words for one version."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

from pathlib import Path

import pytest

from measures.library import table_files
from measures.rubric import Shelf, read_shelf
from measures.rubric.shelf import version_order
from measures.workflow.shelf import lint_files
from tests.rubric.small import SMALL, TABLE, TANKS, edited, told

Files = dict[str, str]
EXTENSION = 'id: fuel-abroad\nversion: "1.0"\nextends: {rubric: fuel, version: "1.0"}\n'
CAPS = (
    "validity:",
    "caps:\n  - {rubric: roads, criterion: bridges, reason: {en: By road., ar: بالطريق.}}\nvalidity:",
)
ROADS = edited(SMALL, ("id: fuel\n", "id: roads\n"), ("- id: tanks\n", "- id: bridges\n")).replace(
    "criterion: tanks", "criterion: bridges"
)
ALONE = TABLE[TABLE.index("  id:") :].replace("\n  ", "\n").removeprefix("  ")


def shelved(folder: Path, files: Files, tables: Files | None = None) -> Shelf:
    """Read files in the order given, which is not that of the alphabet."""
    for name, text in (files | (tables or {})).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_shelf([folder / name for name in files], [folder / name for name in tables or {}])


def ids(shelf: Shelf) -> list[str]:
    return [f"{name} {version}" for name, version in shelf.rubrics]


@pytest.mark.parametrize(
    "order", [("base.yaml", "own.yaml"), ("own.yaml", "base.yaml")], ids=["base first", "base last"]
)
def test_a_base_is_found_wherever_it_stands(tmp_path: Path, order: tuple[str, ...]) -> None:
    text = {"base.yaml": SMALL, "own.yaml": EXTENSION}
    shelf = shelved(tmp_path, {name: text[name] for name in order})
    assert shelf.findings == ()
    assert ids(shelf) == ["fuel 1.0", "fuel-abroad 1.0"]
    assert shelf.rubrics["fuel-abroad", "1.0"].criteria == shelf.rubrics["fuel", "1.0"].criteria


SAME_NAME = EXTENSION.replace("fuel-abroad", "fuel")
"""An extension under the id of its base."""
LATER = edited(SAME_NAME, ('version: "1.0"\nextends', 'version: "2.0"\nextends'))
OF_ITSELF = edited(EXTENSION, ("rubric: fuel,", "rubric: fuel-abroad,"))
FURTHER = OF_ITSELF.replace("id: fuel-abroad", "id: fuel-far")
CAPPED = edited(SMALL, CAPS)
TUNNELS = ROADS.replace("bridges", "tunnels")
NEXT = SMALL.replace('version: "1.0"', 'version: "1.1"')
OTHER = SMALL.replace("money for fuel.", "money for oil.")
FINDINGS: dict[str, tuple[Files, list[tuple[str, str]], list[str]]] = {
    "the same words in two files": ({"a.yaml": SMALL, "b.yaml": SMALL}, [], ["fuel 1.0"]),
    "the same words in another layout": ({"a.yaml": SMALL, "b.yaml": f"# a copy\n{SMALL}"}, [], ["fuel 1.0"]),
    "two versions": ({"a.yaml": SMALL, "b.yaml": NEXT}, [], ["fuel 1.0", "fuel 1.1"]),
    "one version in other words": ({"a.yaml": SMALL, "b.yaml": OTHER}, [("R010", "rubrics/b.yaml:2:1")], ["fuel 1.0"]),
    "a file of the same name in other words": ({"a.yaml": SMALL, "own/a.yaml": OTHER}, [("R010", "rubrics/a.yaml:2:1")], ["fuel 1.0"]),
    "an extension under the id and version of its base": ({"a.yaml": SMALL, "b.yaml": SAME_NAME},
                                                          [("R010", "rubrics/b.yaml:2:1")], ["fuel 1.0"]),
    "an extension as the next version of its base": ({"a.yaml": SMALL, "b.yaml": LATER},
                                                     [], ["fuel 1.0", "fuel 2.0"]),
    "an extension of an extension": ({"a.yaml": SMALL, "b.yaml": EXTENSION, "c.yaml": FURTHER},
                                     [("C001", "rubrics/c.yaml:3:1")], ["fuel 1.0", "fuel-abroad 1.0"]),
    "an extension of itself": ({"a.yaml": OF_ITSELF}, [("C001", "rubrics/a.yaml:3:1")], []),
    "an extension of a version that nobody has": ({"a.yaml": NEXT, "b.yaml": EXTENSION}, [("C001", "rubrics/b.yaml:3:1")], ["fuel 1.1"]),
    "a base that cannot be read": ({"a.yaml": edited(SMALL, ('validity: "4"', "validity: long")), "b.yaml": EXTENSION},
                                   [("S005", "rubrics/a.yaml:9:1"), ("C001", "rubrics/b.yaml:3:1")], []),
    "a file that is none": ({"a.yaml": SMALL, "b.yaml": "- fuel\n", "c.yaml": ""}, [("S010", "rubrics/b.yaml:1:1"), ("F004", "rubrics/c.yaml:1:1")], ["fuel 1.0"]),
    "a cap by a rubric that stands below": ({"a.yaml": CAPPED, "b.yaml": ROADS}, [], ["fuel 1.0", "roads 1.0"]),
    "a cap by no known rubric": ({"a.yaml": CAPPED}, [("C001", "rubrics/a.yaml:10:6")], ["fuel 1.0"]),
    "a cap by no known criterion": ({"a.yaml": CAPPED, "b.yaml": TUNNELS},
                                    [("C003", "rubrics/a.yaml:10:21")], ["fuel 1.0", "roads 1.0"]),
    "a cap by a criterion of an older version": ({"a.yaml": CAPPED, "b.yaml": ROADS, "c.yaml": TUNNELS.replace('"1.0"', '"2.0"')},
                                                 [], ["fuel 1.0", "roads 1.0", "roads 2.0"]),
    "a cap by a rubric that cannot be read": ({"a.yaml": CAPPED, "b.yaml": ROADS.replace("weakest-link", "mean")},
                                              [("S004", "rubrics/b.yaml:10:1")], ["fuel 1.0"]),
    "a cap taken over is judged where it is written": ({"a.yaml": CAPPED, "b.yaml": EXTENSION}, [("C001", "rubrics/a.yaml:10:6")],
                                                       ["fuel 1.0", "fuel-abroad 1.0"]),
}  # fmt: skip


@pytest.mark.parametrize(("files", "findings", "rubrics"), FINDINGS.values(), ids=FINDINGS.keys())
def test_files_read_together(
    tmp_path: Path, files: Files, findings: list[tuple[str, str]], rubrics: list[str]
) -> None:
    shelf = shelved(tmp_path, files)
    assert [(finding.code, str(finding.place)) for finding in shelf.findings] == findings
    assert ids(shelf) == rubrics


def test_a_finding_names_the_other_file(tmp_path: Path) -> None:
    two = shelved(tmp_path / "two", {"a.yaml": SMALL, "b.yaml": OTHER}).findings
    assert two[0].message == "rubrics/a.yaml gives fuel 1.0 too, in other words."
    same = shelved(tmp_path / "same", {"a.yaml": SMALL, "own/a.yaml": OTHER}).findings
    assert same[0].message == "another file of that name gives fuel 1.0 too, in other words."


def test_near_names_are_offered(tmp_path: Path) -> None:
    near = shelved(tmp_path, {"a.yaml": CAPPED, "b.yaml": ROADS.replace("bridges", "bridge")}).findings
    assert "Did you mean 'bridge'?" in near[0].message
    near = shelved(
        tmp_path, {"a.yaml": EXTENSION.replace("rubric: fuel,", "rubric: feul,"), "b.yaml": SMALL}
    ).findings
    assert "Did you mean 'fuel 1.0'?" in near[0].message


def test_the_newest_version_is_the_one_of_the_highest_number(tmp_path: Path) -> None:
    files = {
        f"{at}.yaml": SMALL.replace('"1.0"', f'"{version}"')
        for at, version in enumerate(("1.10", "1.9", "1.2"))
    }
    assert shelved(tmp_path, files).newest()["fuel"].version == "1.10"


def test_versions_in_their_order() -> None:
    given = [
        "0.9", "1", "1.0-alpha.1", "1.0-rc1", "1.0-rc2", "1.0draft", "1.0rc3", "1.0", "1.0.1-draft",
        "1.0.1", "1.2", "1.10", "2", "2024-06", "2024-10",
    ]  # fmt: skip
    other = [*given[5:], *given[:5]]
    assert sorted(other, key=version_order) == given


def test_tables_are_known_by_their_ids(tmp_path: Path) -> None:
    named = edited(SMALL, ("aggregation: weakest-link", "aggregation: table\ntable: lower-of-two"))
    shelf = shelved(tmp_path, {"a.yaml": named}, {"tables/t.yaml": ALONE})
    assert shelf.findings == ()
    assert shelf.rubrics["fuel", "1.0"].table == shelf.tables["lower-of-two"]
    twice = shelved(tmp_path, {"a.yaml": named}, {"tables/t.yaml": ALONE, "tables/u.yaml": ALONE})
    assert twice.findings == ()
    other = edited(ALONE, ("The lower of two", "The worse of two"))
    unlike = shelved(tmp_path, {"a.yaml": named}, {"tables/t.yaml": ALONE, "tables/u.yaml": other})
    assert [(finding.code, str(finding.place)) for finding in unlike.findings] == [
        ("S007", "rubrics/tables/u.yaml")
    ]
    unknown = shelved(tmp_path, {"a.yaml": named})
    assert [finding.code for finding in unknown.findings] == ["C001"]


def test_the_table_of_the_shelf_takes_two_to_four_criteria(tmp_path: Path) -> None:
    shelf = read_shelf([], table_files())
    assert shelf.findings == ()
    assert shelf.tables["pefa-m2"].sizes == (2, 3, 4)


def test_a_file_is_linted_with_the_base_that_the_shelf_has(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        EXTENSION.replace("rubric: fuel,", "rubric: logistics,") + "criteria:\n" + TANKS, encoding="utf-8"
    )
    names, found = lint_files([own])
    assert names == [str(own)]
    assert {code for code, _, _ in told(found)} == {"R001", "R002"}, "its levels are those of another ladder"
    own.write_text(EXTENSION.replace("rubric: fuel,", "rubric: logistics,"), encoding="utf-8")
    assert lint_files([own])[1] == ()
