"""Reads what stands beside the criteria: caps, vignettes, declared changes, a base and a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement

from measures.finding import did_you_mean, one_of
from measures.rubric.model import (
    CHANGES,
    Cap,
    Criterion,
    Declared,
    Expected,
    Level,
    Rubric,
    Table,
    Version,
    Vignette,
)
from measures.rubric.reading import Cursor

WEIGHTS = ("weight", "weights", "points")
"""Keys that would turn ordinal levels into numbers; they are refused with the reason why."""

_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Known:
    """What a rubric may refer to.

    Args:
        rubrics: Rubrics that may be extended, by id and version.
        tables: Conversion tables that may be named, by id.
        resolved: The text was resolved before, as in the register: nothing is looked up.
    """

    rubrics: Mapping[tuple[str, str], Rubric] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    resolved: bool = False


NOTHING = Known()


def no_weights(cursor: Cursor) -> None:
    """Refuse weights: ordinal levels are not numbers (method, section 6)."""
    for key in WEIGHTS:
        if key in cursor.map:
            cursor.note("R014", key, key=key)


def read_extends(top: Cursor) -> Version | None:
    """Return the rubric and version that this one extends."""
    at = top.down("extends", "the rubric extended", required=False)
    if at is None:
        return None
    at.only("rubric", "version")
    return Version(at.text("rubric"), at.text("version"))


def read_base(top: Cursor, known: Known) -> Rubric | None:
    """Return the rubric that this one extends; ``None`` when it extends none or was resolved before."""
    if known.resolved:
        return None
    before = len(top.findings)
    asked = read_extends(top)
    del top.findings[before:]  # noted again when the key itself is read
    if asked is None:
        return None
    base = known.rubrics.get((asked.rubric, asked.version))
    if base is None:
        names = [f"{name} {version}" for name, version in known.rubrics]
        hint = did_you_mean(f"{asked.rubric} {asked.version}", names)
        value = f"{asked.rubric} {asked.version}"
        top.note(
            "C001", "extends", column="extends", value=value, what="rubric that may be extended", hint=hint
        )
        return None
    if "levels" in top.map:
        top.note("R012", "levels", key="levels", base=str(base.pin))
    return base


def joined(base: Sequence[Criterion], own: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Return the criteria of ``base``, those of the same id replaced, and the new ones after them."""
    mine = {criterion.id: criterion for criterion in own}
    kept = [mine.pop(criterion.id, criterion) for criterion in base]
    return (*kept, *mine.values())


def read_caps(top: Cursor, aggregation: str, base: Rubric | None) -> tuple[Cap, ...]:
    """Return what a milestone's result cannot stand above."""
    if base is not None and "caps" not in top.map:
        return base.caps
    caps = []
    for cursor in top.each("caps", "a cap", required=False):
        cursor.only("rubric", "criterion", "reason")
        criterion = cursor.id("criterion", required=False)
        caps.append(Cap(cursor.id("rubric", what="the rubric that caps"), criterion, cursor.texts("reason")))
    if caps and aggregation == "profile":
        top.note("R013", "caps")
    return tuple(caps)


def read_vignettes(
    top: Cursor, criteria: Sequence[Criterion], ladder: Sequence[str], base: Rubric | None
) -> tuple[Vignette, ...]:
    """Return the worked scorings; each scores every criterion, and the gate agrees with it."""
    if base is not None and "vignettes" not in top.map:
        return _still_true(base, criteria)
    found: dict[str, Vignette] = {}
    for cursor in top.each("vignettes", "a vignette", required=False):
        cursor.only("id", "title", "situation", "expected")
        name = cursor.id()
        expected = _expected(cursor, name, criteria, ladder)
        if name in found:
            cursor.note("S007", "id", what="vignette id", value=name)
        found[name] = Vignette(name, cursor.texts("title"), cursor.texts("situation"), expected)
    return tuple(found.values())


def _still_true(base: Rubric, criteria: Sequence[Criterion]) -> tuple[Vignette, ...]:
    """Return the vignettes of a base as far as they speak of criteria that stayed as they were."""
    same = {criterion.id for criterion in criteria if criterion in base.criteria}
    kept = [
        Vignette(v.id, v.title, v.situation, tuple(e for e in v.expected if e.criterion in same))
        for v in base.vignettes
    ]
    return tuple(vignette for vignette in kept if vignette.expected)


def _expected(
    vignette: Cursor, name: str, criteria: Sequence[Criterion], ladder: Sequence[str]
) -> tuple[Expected, ...]:
    by_id = {criterion.id: criterion for criterion in criteria}
    found: dict[str, Expected] = {}
    for cursor in vignette.each("expected", "an expected level"):
        cursor.only("criterion", "level", "holds", "why")
        asked = cursor.word("criterion", tuple(by_id))
        level = cursor.word("level", tuple(ladder))
        if asked in found:
            cursor.note("S007", "criterion", what="criterion", value=asked)
        criterion = by_id.get(asked)
        known = [a.id for step in criterion.steps for a in step.attributes] if criterion else []
        holds = cursor.words("holds", allowed=known) if criterion else ()
        if criterion and level:
            reached = criterion.gate(holds)
            if reached != level:
                cursor.note("R011", "level", vignette=name, level=level, criterion=asked, reached=reached)
        if asked:
            found[asked] = Expected(asked, level, holds, cursor.texts("why"))
    missing = [criterion for criterion in by_id if criterion not in found]
    if missing:
        what = f"a level for {one_of(missing)}"
        vignette.note("S008", "expected", key=missing[0], where=f"vignette {name}", what=what)
    return tuple(found.values())


def read_changes(top: Cursor, criteria: Sequence[Criterion]) -> tuple[Declared, ...]:
    """Return what the author says changed since earlier versions."""
    changes = []
    for cursor in top.each("changes", "a change", required=False):
        cursor.only("since", "class", "criterion", "note")
        allowed = tuple(criterion.id for criterion in criteria)
        criterion = cursor.word("criterion", allowed, required=False)
        since = cursor.id("since", what="the earlier version")
        kind = cursor.word("class", CHANGES, default=CHANGES[-1])
        changes.append(Declared(since, kind, criterion, cursor.texts("note")))
    return tuple(changes)


def read_rubric_table(
    top: Cursor, aggregation: str, ladder: Sequence[str], known: Known, base: Rubric | None
) -> Table | None:
    """Return the table a rubric aggregates by: written out in it, or named."""
    given = top.map.get("table")
    if aggregation != "table":
        if given is not None:
            top.note("R015", "table", problem=f"aggregation is {aggregation or 'missing'}, which needs none")
        return None
    if given is None and base is not None and base.table is not None:
        return base.table
    if isinstance(given, str) and given:
        table = known.tables.get(given)
        if table is None:
            hint = did_you_mean(given, known.tables)
            top.note("C001", "table", column="table", value=given, what="conversion table", hint=hint)
            return None
    else:
        cursor = top.down("table", "the conversion table")
        if cursor is None:
            return None
        table = read_table(cursor)
    if table.levels and table.levels != tuple(ladder):
        top.note("R015", "table", problem=f"its levels are {', '.join(table.levels)}, the ladder has others")
    return table


def read_table(cursor: Cursor) -> Table:
    """Return the conversion table that a map describes."""
    cursor.only("id", "title", "source", "levels", "results", "rows")
    levels = cursor.words("levels", required=True)
    results = []
    for at in cursor.each("results", "a result"):
        at.only("id", "label")
        results.append(Level(_symbol(at), at.texts("label")))
    names = [result.id for result in results]
    rows: dict[tuple[str, ...], str] = {}
    below = cursor.down("rows", "the rows of the table")
    for key in below.map if below else ():
        assert below is not None  # noqa: S101 - narrowed by the loop
        row = tuple(key.split())
        unknown = [word for word in row if word not in levels]
        if unknown or not row:
            column = "each part of a row"
            below.note("S004", key, column=column, allowed=one_of(levels), value=key, hint="")
            continue
        row = tuple(sorted(row, key=levels.index))
        if row in rows:
            below.note("S007", key, what="row", value=key)
        rows[row] = below.word(key, names)
    table = Table(
        cursor.id(),
        cursor.texts("title"),
        cursor.text("source", required=False),
        levels,
        tuple(results),
        rows,
    )
    if below is not None and levels:
        _complete(below, table)
    return table


def _symbol(cursor: Cursor) -> str:
    """Return the id of a result, which may be a mark such as ``D+``."""
    value = cursor.text("id", what="a short id such as D+")
    if value and (len(value) > 20 or " " in value):
        cursor.note("S005", "id", column="id", what="a short id without spaces", value=value)
    return value


def _complete(cursor: Cursor, table: Table) -> None:
    """Every combination has a row, and no row gives less than one that is nowhere better."""
    order = [result.id for result in table.results]
    for size in table.sizes:
        count = 1
        for step in range(size):
            count = count * (len(table.levels) + step) // (step + 1)
        if count > _MOST_ROWS:
            cursor.note("R015", problem=f"{size} criteria would take {count} rows")
            return
        for row in combinations_with_replacement(table.levels, size):
            if row not in table.rows:
                cursor.note("R015", problem=f"the row {' '.join(row)!r} is missing")
                return
    for row, result in table.rows.items():
        for better in _one_better(row, table.levels):
            if result in order and order.index(table.rows[better]) < order.index(result):
                cursor.note(
                    "R015", " ".join(row), problem=f"{' '.join(better)!r} gives less than {' '.join(row)!r}"
                )
                return


def _one_better(row: tuple[str, ...], levels: Sequence[str]) -> list[tuple[str, ...]]:
    found = []
    for position, level in enumerate(row):
        at = levels.index(level)
        if at + 1 < len(levels):
            raised = [*row[:position], levels[at + 1], *row[position + 1 :]]
            found.append(tuple(sorted(raised, key=levels.index)))
    return found
