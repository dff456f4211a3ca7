"""What stands beside the criteria: caps, vignettes, a base, changes, a table. Each mistake at its line."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import pytest

from measures import canonical
from measures.rubric import (
    Known,
    Rubric,
    dump,
    from_plain,
    lint,
    parse,
    parse_rubric,
    read_table_file,
    to_plain,
)
from measures.rubric.document import Document
from measures.rubric.model import Declared, Version
from measures.rubric.read import from_document
from tests.rubric.small import EVERY_ANNEX, SMALL, TABLE, TANKS, VIGNETTES, base, edited, sound, told

Edits = tuple[tuple[str, str], ...]
WEAKEST = "aggregation: weakest-link\n"
CAPS = 'caps:\n  - {rubric: roads, reason: {en: "Fuel comes by road."}}\n'
EXTENSION = 'id: fuel-abroad\nversion: "1.0"\nextends: {rubric: fuel, version: "1.0"}\n'
TRUCKS = TANKS.replace("tanks", "trucks")
ESSENTIAL = (("    aspect: de-jure\n", '    aspect: de-jure\n    essential: "yes"\n'),)


def full() -> Rubric:
    return sound(EVERY_ANNEX, base())


def test_every_annex_is_read_as_it_stands() -> None:
    rubric = full()
    assert [(cap.rubric, cap.criterion) for cap in rubric.caps] == [("roads", "bridges"), ("ports", "")]
    assert rubric.caps[1].reason["en"] == "Fuel comes by sea."
    assert [vignette.id for vignette in rubric.vignettes] == ["coast", "hills"]
    assert rubric.vignettes[0].expected[0].holds == ("order-asked", "order-signed")
    assert rubric.extends == Version("fuel", "1.0")
    assert rubric.changes[0] == Declared("1.0", "recalibrated", "tanks", rubric.changes[0].note)
    assert (rubric.changes[1].kind, rubric.changes[1].criterion) == ("clarified", "")
    assert rubric.table is not None
    assert (rubric.table.sizes, rubric.table.rows["asked", "own"]) == ((2,), "asked")
    assert (rubric.result_label("shared"), rubric.label("shared")) == ("Helped", "Done with advisers")


MISTAKES: dict[str, tuple[Edits, list[tuple[str, int, int]]]] = {
    "weights on the rubric": (((WEAKEST, WEAKEST + "weights: {order: 2, tanks: 1}\n"),), [("R014", 11, 1)]),
    "points on the rubric": (((WEAKEST, WEAKEST + 'points: "10"\n'),), [("R014", 11, 1)]),
    "a weight on a criterion": ((("    aspect: de-jure\n", '    aspect: de-jure\n    weight: "2"\n'),), [("R014", 21, 5)]),
    "a cap on a profile": (((WEAKEST, "aggregation: profile\n" + CAPS),), [("R013", 11, 1)]),
    "a cap by nothing": (((WEAKEST, WEAKEST + CAPS.replace("rubric: roads, ", "")),), [("S008", 12, 5)]),
    "a cap without a reason": (((WEAKEST, WEAKEST + "caps:\n  - {rubric: roads}\n"),), [("S008", 12, 5)]),
    "a cap by a level": (((WEAKEST, WEAKEST + CAPS.replace("rubric: roads,", "rubric: roads, level: own,")),), [("S009", 12, 21)]),
    "the same cap twice": (((WEAKEST, WEAKEST + CAPS + CAPS.removeprefix("caps:\n")),), [("S007", 13, 6)]),
    "a gate that nothing decides": (((WEAKEST, "aggregation: gate\n"),), [("R016", 10, 1)]),
    "essential in capitals": ((("    aspect: de-jure\n", "    aspect: de-jure\n    essential: YES\n"),), [("S004", 21, 5)]),
    "a level above what holds": ((("order, level: shared", "order, level: own"),), [("R011", 77, 28)]),
    "a level below what holds": ((("order, level: shared", "order, level: asked"),), [("R011", 77, 28)]),
    "a statement left out under the level": ((("[order-asked, order-signed]", "[order-signed]"),), [("R011", 77, 28)]),
    "a statement left out of the middle": ((("tanks-counted, tanks-staffed,", "tanks-staffed,"),), [("R011", 84, 28)]),
    "a criterion without its level": ((("      - {criterion: tanks, level: none, holds: [], why: {en: Nobody has asked., ar: لم يطلب أحد.}}\n", ""),),
                                      [("S008", 76, 5)]),
    "a criterion misspelt": ((("{criterion: tanks, level: none", "{criterion: tnaks, level: none"),), [("S004", 78, 10)]),
    "a criterion expected twice": ((("{criterion: tanks, level: none", "{criterion: order, level: none"),), [("S007", 78, 10)]),
    "a statement that is none": ((("[order-funded]", "[order-found]"),), [("S004", 83, 49)]),
    "a statement of the other criterion": ((("[order-funded]", "[tanks-funded]"),), [("S004", 83, 49)]),
    "a statement that holds twice": ((("[order-funded]", "[order-funded, order-funded]"),), [("S007", 83, 63)]),
    "a level that is none": ((("order, level: shared", "order, level: shred"),), [("S004", 77, 28)]),
    "a vignette id twice": ((("id: hills", "id: coast"),), [("S007", 79, 5)]),
    "a vignette of nothing": ((("    title: {en: The hills, ar: التلال}\n", ""),), [("S008", 79, 5)]),
    "a vignette without what is expected": ((("  - id: hills", "  - id: plain\n    title: {en: Plain}\n    situation: {en: Flat.}\n    expected: []\n  - id: hills"),),
                                            [("S008", 82, 5)]),
    "a why left out": (((", why: {en: No post is listed., ar: لم تُدرج أي وظيفة.}", ""),), [("S008", 77, 9)]),
    "a criterion without levels, worked all the same": (((TANKS[TANKS.index("    levels:\n") :], ""),), [("S008", 45, 5)]),
    "a change of no version": ((("vignettes:\n", "changes:\n  - {class: editorial, note: {en: Other words.}}\nvignettes:\n"),), [("S008", 73, 5)]),
    "a change of no class": ((("vignettes:\n", 'changes:\n  - {since: "0.9", class: minor, note: {en: Other words.}}\nvignettes:\n'),),
                             [("S004", 73, 20)]),
    "a change of no criterion": ((("vignettes:\n", 'changes:\n  - {since: "0.9", class: editorial, criterion: ordre, note: {en: Other.}}\nvignettes:\n'),),
                                 [("S004", 73, 38)]),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_found_where_it_is(edits: Edits, expected: list[tuple[str, int, int]]) -> None:
    rubric, findings = parse_rubric(edited(SMALL, *edits))
    assert told(findings) == expected
    assert rubric is None


def test_a_near_word_is_offered() -> None:
    _, findings = parse_rubric(
        edited(SMALL, ("[order-funded]", "[order-fundd]"), ("vignettes:", "vignetes:"))
    )
    assert ["Did you mean 'vignettes'?" in finding.message for finding in findings] == [True]
    _, findings = parse_rubric(edited(SMALL, ("[order-funded]", "[order-fundd]")))
    assert "Did you mean 'order-funded'?" in findings[0].message


def test_the_gate_stops_at_the_first_statement_that_fails() -> None:
    """Vignette and gate agree although much of what stands above holds (WHO SPAR, annex 2)."""
    rubric = sound(
        edited(
            SMALL,
            ("holds: [order-funded]", "holds: [order-signed, order-staffed, order-funded, order-repeated]"),
        )
    )
    assert rubric.vignettes[1].expected[0].level == "none"


TABLES: dict[str, tuple[Edits, list[tuple[str, int, int]]]] = {
    "a row that is missing": ((("    asked own: asked\n", ""),), [("R015", 21, 3)]),
    "better levels with a lesser result": ((("asked own: asked", "asked own: none"),), [("R015", 27, 5)]),
    "a row given twice, in another order": ((("    own own: own\n", "    own own: own\n    own asked: asked\n"),), [("S007", 32, 5)]),
    "levels of another ladder": (((TABLE[TABLE.index("  levels") :], TABLE[TABLE.index("  levels") :].replace("own", "lone").replace("lone}", "own}")),),
                                 [("R015", 11, 1)]),
    "levels in another order": ((("  levels: [none, asked, shared, own]", "  levels: [none, shared, asked, own]"),), [("R015", 29, 5)]),
    "a level in a row that is none": ((("asked own: asked", "asked alone: asked"),), [("S004", 28, 5)]),
    "a result that is none": ((("asked own: asked", "asked own: asking"),), [("S004", 28, 5)]),
    "a result twice": (((", ar: مطلوب}}\n", ", ar: مطلوب}}\n    - {id: asked, label: {en: Wanted}}\n"),), [("S007", 19, 8)]),
    "a result called like a non-score": ((("{id: own, label: {en: Alone", "{id: withheld, label: {en: Alone"), ("own own: own", "own own: withheld")),
                                         [("S005", 20, 8)]),
    "a result in two words": ((("{id: own, label: {en: Alone", "{id: on own, label: {en: Alone"), ("own own: own", "own own: on own")), [("S005", 20, 8)]),
    "a weight in the table": ((("  rows:\n", '  weights: {order: "2"}\n  rows:\n'),), [("S009", 21, 3)]),
    "no rows at all": (((TABLE[TABLE.index("  rows:") :], "  rows: {}\n"),), [("R015", 21, 3)]),
    "rows for three where two are scored": (((TABLE[TABLE.index("    none none") :],
                                              "".join(f"    {' '.join(row)}: {row[0]}\n" for row in combinations_with_replacement(("none", "asked", "shared", "own"), 3))),),
                                            [("R015", 11, 1)]),
    "a row for a whole army": ((("    own own: own\n", f"    own own: own\n    ? {'own ' * 4000}\n    : own\n"),), [("R015", 32, 7)]),
    "a table that is not asked for": ((("aggregation: table", "aggregation: median"),), [("R015", 11, 1)]),
    "a table that nobody knows": (((TABLE[TABLE.index("table:\n") :], "table: pefa-m3\n"),), [("C001", 11, 1)]),
    "a table left out": (((TABLE[TABLE.index("table:\n") :], ""),), [("S008", 1, 1)]),
    "a table in a list": (((TABLE[TABLE.index("table:\n") :], "table: [pefa-m2]\n"),), [("S010", 11, 1)]),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), TABLES.values(), ids=TABLES.keys())
def test_a_table_that_does_not_fit(edits: Edits, expected: list[tuple[str, int, int]]) -> None:
    rubric, findings = parse_rubric(edited(edited(SMALL, (WEAKEST, TABLE)), *edits))
    assert told(findings) == expected
    assert rubric is None


def table_file(tmp_path: Path, text: str) -> list[tuple[str, int, int]]:
    path = tmp_path / "lower-of-two.yaml"
    path.write_text(text, encoding="utf-8")
    table, findings = read_table_file(path)
    assert (table is None) == bool(findings)
    return told(findings)


ALONE = textwrap.dedent(TABLE[TABLE.index("  id:") :])


def test_a_table_in_a_file_of_its_own(tmp_path: Path) -> None:
    assert table_file(tmp_path, ALONE) == []
    assert table_file(tmp_path, edited(ALONE, ("  asked own: asked\n", ""))) == [("R015", 10, 1)]
    assert table_file(tmp_path, edited(ALONE, (ALONE[ALONE.index("rows:") :], ""))) == [("S008", 1, 1)]
    assert table_file(tmp_path, "- own\n") == [("S010", 1, 1)]
    many = ", ".join(f"level-{number}" for number in range(20))
    eight = edited(
        ALONE,
        ("none, asked, shared, own", many),
        (ALONE[ALONE.index("  none none") :], f"  {'level-1 ' * 8}: own\n"),
    )
    assert table_file(tmp_path, eight) == [("R015", 10, 1)], "two million rows are not looked for"
    crowd = ", ".join(f"level-{number}" for number in range(50_000))
    assert table_file(tmp_path, edited(ALONE, ("none, asked, shared, own", crowd))) == [("R015", 4, 1)]


def test_a_table_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "table.yaml"
    path.write_text(ALONE, encoding="utf-8")
    table, _ = read_table_file(path)
    assert table is not None
    named = edited(SMALL, (WEAKEST, "aggregation: table\ntable: lower-of-two\n"))
    written_out = edited(SMALL, (WEAKEST, TABLE))
    assert sound(named, Known(tables={"lower-of-two": table})) == sound(written_out)
    _, findings = parse_rubric(
        edited(named, ("table: lower-of-two", "table: lower-of-tow")),
        known=Known(tables={"lower-of-two": table}),
    )
    assert [finding.code for finding in findings] == ["C001"]
    assert "Did you mean 'lower-of-two'?" in findings[0].message


def test_one_criterion_alone_needs_a_row_where_levels_are_no_results() -> None:
    marks = [("none", "low"), ("asked", "low"), ("shared", "high"), ("own", "high")]
    results = "  results: [{id: low, label: {en: Low}}, {id: high, label: {en: High}}]\n"
    rows = TABLE[TABLE.index("  rows:") :]
    for level, mark in marks:
        rows = rows.replace(f": {level}\n", f": {mark}\n")
    other = TABLE[: TABLE.index("  results:")] + results + rows
    single = "".join(f"    {level}: {mark}\n" for level, mark in marks)
    assert told(parse_rubric(edited(SMALL, (WEAKEST, other)))[1]) == [("R015", 11, 1)]
    assert sound(edited(SMALL, (WEAKEST, other + single))).table is not None


def test_what_extends_takes_over_everything_it_does_not_say() -> None:
    known = base((WEAKEST, WEAKEST + CAPS))
    small, rubric = known.rubrics["fuel", "1.0"], sound(EXTENSION, known)
    for name in (
        "title",
        "summary",
        "derives_from",
        "validity",
        "aggregation",
        "sustainment",
        "levels",
        "criteria",
        "caps",
        "vignettes",
    ):
        assert getattr(rubric, name) == getattr(small, name), name
    assert (rubric.id, rubric.version, str(rubric.extends)) == ("fuel-abroad", "1.0", "fuel@1.0")
    assert rubric.digest != small.digest


def test_what_extends_adds_criteria_after_those_of_its_base_and_replaces_in_place() -> None:
    added = sound(EXTENSION + "criteria:\n" + TRUCKS, base())
    assert [criterion.id for criterion in added.criteria] == ["order", "tanks", "trucks"]
    order = SMALL[SMALL.index("  - id: order\n") : SMALL.index(TANKS)]
    replaced = sound(EXTENSION + "criteria:\n" + order.replace("What does", "What else does"), base())
    assert [criterion.id for criterion in replaced.criteria] == ["order", "tanks"]
    assert replaced.criterion("order").question["en"] == "What else does the fuel order say?"
    assert replaced.criterion("tanks") == sound().criterion("tanks")


def test_worked_scorings_of_the_base_hold_for_criteria_that_stayed() -> None:
    kept = sound(EXTENSION + "criteria:\n" + TRUCKS, base()).vignettes
    assert [[found.criterion for found in vignette.expected] for vignette in kept] == [["order", "tanks"]] * 2
    changed = sound(EXTENSION + "criteria:\n" + TANKS.replace("Who counts", "Who measures"), base()).vignettes
    assert [[found.criterion for found in vignette.expected] for vignette in changed] == [["order"]] * 2
    same = sound(EXTENSION + "criteria:\n" + TANKS, base())
    assert same.vignettes == sound().vignettes
    both = SMALL[SMALL.index("criteria:\n") : SMALL.index(VIGNETTES)]
    assert (
        sound(EXTENSION + both.replace("What does", "What").replace("Who counts", "Who"), base()).vignettes
        == ()
    )


def test_an_author_scores_every_criterion_in_vignettes_of_their_own() -> None:
    _, findings = parse_rubric(EXTENSION + "criteria:\n" + TRUCKS + VIGNETTES, known=base())
    assert [finding.code for finding in findings] == ["S008", "S008"]
    assert "a level for trucks" in findings[0].remedy


EXTENDING: dict[str, tuple[str, Edits, list[tuple[str, int, int]]]] = {
    "a ladder of its own": (SMALL[SMALL.index("levels:\n") : SMALL.index("criteria:")], (), [("R012", 4, 1)]),
    "another sustainment level": ("sustainment: shared\n", (), [("R012", 4, 1)]),
    "the same sustainment level": ("sustainment: own\n", (), []),
    "a sustainment level that is none": ("sustainment: alone\n", (), [("R001", 4, 1)]),
    "an attribute id that the base has": ("criteria:\n" + TRUCKS.replace("trucks-asked", "order-asked"), (), [("R003", 15, 14)]),
    "an attribute id of the criterion it replaces": ("criteria:\n" + TANKS, (), []),
    "an attribute id twice of its own": ("criteria:\n" + TRUCKS.replace("trucks-counted", "trucks-asked"), (), [("R003", 21, 14)]),
    "a level too few in a criterion": ("criteria:\n" + TRUCKS[: TRUCKS.index("      own:\n")], (), [("R002", 9, 5)]),
    "a profile of what is capped": ("aggregation: profile\n", ((WEAKEST, WEAKEST + CAPS),), [("R013", 4, 1)]),
    "a profile without the caps": ("aggregation: profile\ncaps: []\n", ((WEAKEST, WEAKEST + CAPS),), []),
    "a gate where the base has nothing essential": ("aggregation: gate\n", (), [("R016", 4, 1)]),
    "a gate where the base has": ("aggregation: gate\n", ESSENTIAL, []),
    "a table where the base has none": ("aggregation: table\n", (), [("S008", 1, 1)]),
    "the table of the base": ('validity: "2"\n', ((WEAKEST, TABLE),), []),
    "a third criterion for a table of two": ("criteria:\n" + TRUCKS, ((WEAKEST, TABLE),), [("R015", 1, 1)]),
    "another aggregation than the table of the base": ("aggregation: median\n", ((WEAKEST, TABLE),), []),
}  # fmt: skip


@pytest.mark.parametrize(("own", "below", "expected"), EXTENDING.values(), ids=EXTENDING.keys())
def test_what_an_extension_may_say(own: str, below: Edits, expected: list[tuple[str, int, int]]) -> None:
    rubric, findings = parse_rubric(EXTENSION + own, known=base(*below))
    assert told(findings) == expected
    assert (rubric is None) == bool(expected)
    if rubric is not None:
        assert from_plain(to_plain(rubric)) == rubric


BASELESS = {
    "a base misspelt": ("{rubric: fuel,", "{rubric: fule,", "C001"),
    "a base of another version": ('version: "1.0"}', 'version: "1.1"}', "C001"),
    "itself": ("{rubric: fuel,", "{rubric: fuel-abroad,", "C001"),
    "a base without its version": (', version: "1.0"}', "}", "S008"),
    "a base in a text": ('{rubric: fuel, version: "1.0"}', "fuel", "S010"),
    "two bases": ('{rubric: fuel, version: "1.0"}', "[fuel, roads]", "S010"),
}


@pytest.mark.parametrize(("old", "new", "code"), BASELESS.values(), ids=BASELESS.keys())
def test_an_extension_without_its_base_is_one_finding(old: str, new: str, code: str) -> None:
    rubric, findings = parse_rubric(edited(EXTENSION, (old, new)) + "criteria:\n" + TRUCKS, known=base())
    assert [(finding.code, finding.place.line) for finding in findings] == [(code, 3)]
    assert rubric is None


def whole() -> Iterator[tuple[str, Rubric]]:
    yield "with every annex", full()
    yield "small", sound()
    yield "one criterion more", sound(EXTENSION + "criteria:\n" + TRUCKS, base())
    yield (
        "one criterion otherwise",
        sound(EXTENSION + "criteria:\n" + TANKS.replace("Who counts", "Who measures"), base()),
    )
    yield "nothing of its own", sound(EXTENSION, base((WEAKEST, TABLE)))


@pytest.mark.parametrize(("name", "rubric"), list(whole()), ids=[name for name, _ in whole()])
def test_what_is_recorded_reads_back(name: str, rubric: Rubric) -> None:
    plain = to_plain(rubric)
    assert from_plain(plain) == rubric
    assert from_plain(canonical.decode(canonical.encode(plain))) == rubric


@pytest.mark.parametrize(("name", "rubric"), list(whole()), ids=[name for name, _ in whole()])
def test_the_digest_of_an_extension_is_that_of_its_words_written_out(name: str, rubric: Rubric) -> None:
    """The words are frozen: a base that changes, or is lost, changes nothing that was recorded."""
    written_out, findings = parse_rubric(dump(to_plain(rubric)), known=Known(resolved=True))
    assert findings == []
    assert written_out == rubric
    assert written_out is not None
    assert written_out.digest == rubric.digest


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of everything below the top."""
    for key, below in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(below, dict | list):
            yield from paths(below, (*path, key))


OTHERS: tuple[Any, ...] = ("", "x", [], {}, ["x"], [{}], {"x": "x"}, {"en": "x"})


def spoiled(plain: dict[str, Any]) -> Iterator[str]:
    """Take each value of the tree away, then make it something else, and put it back afterwards."""
    for path in list(paths(plain)):
        at: Any = plain
        for step in path[:-1]:
            at = at[step]
        kept = at[path[-1]]
        for other in OTHERS:
            at[path[-1]] = other
            yield f"{path} {other!r}"
        del at[path[-1]]
        yield f"{path} gone"
        if isinstance(at, dict):
            at[path[-1]] = kept
        else:
            at.insert(path[-1], kept)


@pytest.mark.parametrize("text", [SMALL, EVERY_ANNEX], ids=["small", "with every annex"])
def test_whatever_stands_where_something_else_belongs_is_read_to_the_end(text: str) -> None:
    """What is taken is what the register gives back; everything else has findings, and lint reads it too."""
    plain = parse(text, "x.yaml")[0].value
    known, taken = base(), 0
    for name in spoiled(plain):
        document = Document("x.yaml", plain)
        rubric, findings = from_document(document, [], known)
        lint(document)
        assert (rubric is None) == bool(findings), name
        if rubric is not None:
            taken += 1
            assert from_plain(to_plain(rubric)) == rubric, name
    assert taken
    assert plain == parse(text, "x.yaml")[0].value
