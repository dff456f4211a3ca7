"""Reads what stands beside the criteria: caps, vignettes, declared changes, a base and a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from math import comb

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

RESERVED = ("not-observed", "insufficient-evidence", "not-applicable", "withheld")
"""What a score may say besides a level (method, section 3); no level and no result is called so."""

_MOST_ROWS = 20_000
_MOST_LEVELS = 20
_LONGEST_ROW = 12


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
    at = top.down("extends", "the rubric extended", required="extends" in top.map)
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
    if asked is None or not (asked.rubric and asked.version):
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
        if base.caps and aggregation == "profile":
            top.note("R013", "aggregation")
        return base.caps
    caps: dict[tuple[str, str], Cap] = {}
    for cursor in top.each("caps", "a cap", required=False):
        cursor.only("rubric", "criterion", "reason")
        by = cursor.id("rubric", what="the rubric that caps"), cursor.id("criterion", required=False)
        if by in caps:
            cursor.note("S007", "rubric", what="cap", value=" ".join(by).strip())
        caps[by] = Cap(*by, cursor.texts("reason"))
    if caps and aggregation == "profile":
        top.note("R013", "caps")
    return tuple(caps.values())


def read_vignettes(
    top: Cursor, criteria: Sequence[Criterion], ladder: Sequence[str], base: Rubric | None
) -> tuple[Vignette, ...]:
    """Return the worked scorings; the gate agrees with each of them.

    An author's vignette scores every criterion. Those taken over from a base, as they stand in
    a text that was resolved before, score the criteria that stayed.
    """
    if base is not None and "vignettes" not in top.map:
        return _still_true(base, criteria)
    taken_over = base is None and "extends" in top.map
    found: dict[str, Vignette] = {}
    for cursor in top.each("vignettes", "a vignette", required=False):
        cursor.only("id", "title", "situation", "expected")
        name = cursor.id()
        expected = _expected(cursor, name, criteria, ladder)
        missing = [c.id for c in criteria if c.id not in {scored.criterion for scored in expected}]
        given = cursor.map.get("expected")
        if missing and not taken_over and isinstance(given, list) and len(given) < len(criteria):
            where, what = f"vignette {name}", f"a level for {one_of(missing)}"
            cursor.note("S008", "expected", key=missing[0], where=where, what=what)
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
        if criterion and level and len(criterion.steps) == len(ladder):
            reached = criterion.gate(holds)
            if reached != level:
                cursor.note("R011", "level", vignette=name, level=level, criterion=asked, reached=reached)
        if asked:
            found[asked] = Expected(asked, level, holds, cursor.texts("why"))
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
    top: Cursor,
    aggregation: str,
    ladder: Sequence[str],
    criteria: Sequence[Criterion],
    known: Known,
    base: Rubric | None,
) -> Table | None:
    """Return the table a rubric aggregates by: written out in it, or named.

    Args:
        top: The rubric.
        aggregation: Its aggregation; only ``table`` takes one.
        ladder: Its levels, which are to be those of the table.
        criteria: Its criteria; the table has rows for as many of them as may apply.
        known: Where a table it names is found.
        base: The rubric it extends, whose table it takes over.
    """
    given = top.map.get("table")
    if aggregation != "table":
        if given is not None:
            top.note("R015", "table", problem=f"aggregation is {aggregation or 'missing'}, which needs none")
        return None
    if given is None and base is not None and base.table is not None:
        table = base.table
    elif isinstance(given, str) and given:
        if given not in known.tables:
            hint = did_you_mean(given, known.tables)
            top.note("C001", "table", column="table", value=given, what="conversion table", hint=hint)
            return None
        table = known.tables[given]
    else:
        before, cursor = len(top.findings), top.down("table", "the conversion table")
        if cursor is None:
            return None
        table = read_table(cursor)
        if len(top.findings) > before:
            return table
    _serves(top, table, ladder, len(criteria))
    return table


def _serves(top: Cursor, table: Table, ladder: Sequence[str], criteria: int) -> None:
    """Note a table of other levels, or one without rows for as many criteria as may apply."""
    if table.levels != tuple(ladder):
        top.note("R015", "table", problem=f"its levels are {', '.join(table.levels)}, the ladder has others")
        return
    alone = set(table.levels) <= {result.id for result in table.results}
    needed = range(2 if alone else 1, criteria + 1)
    if not set(needed) <= set(table.sizes):
        served = one_of(str(size) for size in table.sizes)
        problem = f"it has rows for {served} criteria, while {needed[0]} to {criteria} may apply"
        top.note("R015", "table", problem=problem)


def read_table(cursor: Cursor) -> Table:
    """Return the conversion table that a map describes."""
    cursor.only("id", "title", "source", "levels", "results", "rows")
    given = cursor.map.get("levels")
    if isinstance(given, list) and len(given) > _MOST_LEVELS:
        cursor.note("R015", "levels", problem=f"it has {len(given)} levels, and {_MOST_LEVELS} are the most")
        return Table(cursor.id(), cursor.texts("title"), "", (), (), {})
    before = len(cursor.findings)
    levels = cursor.words("levels", required=True)
    results = _results(cursor)
    below = cursor.down("rows", "the rows of the table")
    rows = _rows(below, levels, [result.id for result in results]) if below else {}
    source = cursor.text("source", required=False)
    table = Table(cursor.id(), cursor.texts("title"), source, levels, results, rows)
    if below is not None and len(cursor.findings) == before:
        _complete(below, table)
    return table


def _results(cursor: Cursor) -> tuple[Level, ...]:
    """Return what a table may give, lowest first."""
    results: dict[str, Level] = {}
    for at in cursor.each("results", "a result"):
        at.only("id", "label")
        result = Level(_symbol(at), at.texts("label"))
        if result.id in results:
            at.note("S007", "id", what="result", value=result.id)
        results[result.id] = result
    return tuple(results.values())


def _symbol(cursor: Cursor) -> str:
    """Return the id of a result, which may be a mark such as ``D+``."""
    value = cursor.text("id", what="a short id such as D+")
    if value and (len(value) > 20 or " " in value):
        cursor.note("S005", "id", column="id", what="a short id without spaces", value=value)
    if value in RESERVED:
        cursor.note("S005", "id", column="id", what="no non-score", value=value)
    return value


def _rows(below: Cursor, levels: Sequence[str], results: Sequence[str]) -> dict[tuple[str, ...], str]:
    """Return result by row; levels of a row may be written in any order."""
    rows: dict[tuple[str, ...], str] = {}
    for key in below.map:
        row = tuple(key.split())
        if len(row) > _LONGEST_ROW:
            problem = f"a row of {len(row)} levels; {_LONGEST_ROW} criteria are the most"
            below.note("R015", key, problem=problem)
            continue
        if not row or any(word not in levels for word in row):
            column = "each part of a row"
            below.note("S004", key, column=column, allowed=one_of(levels), value=key, hint="")
            continue
        row = tuple(sorted(row, key=levels.index))
        if row in rows:
            below.note("S007", key, what="row", value=key)
        rows[row] = below.word(key, results)
    return rows


def _complete(cursor: Cursor, table: Table) -> None:
    """Every combination has a row, and no row gives less than one that is nowhere better."""
    if not table.rows:
        cursor.note("R015", problem="it has no rows")
    for size in table.sizes:
        count = comb(len(table.levels) + size - 1, size)
        if count > _MOST_ROWS:
            cursor.note("R015", problem=f"{size} criteria would take {count} rows")
            return
        for row in combinations_with_replacement(table.levels, size):
            if row not in table.rows:
                cursor.note("R015", problem=f"the row {' '.join(row)!r} is missing")
                return
    order = [result.id for result in table.results]
    for row, result in table.rows.items():
        for better in _one_better(row, table.levels):
            if order.index(table.rows[better]) < order.index(result):
                problem = f"{' '.join(better)!r} gives less than {' '.join(row)!r}"
                cursor.note("R015", " ".join(row), problem=problem)
                return


def _one_better(row: tuple[str, ...], levels: Sequence[str]) -> list[tuple[str, ...]]:
    found = []
    for position, level in enumerate(row):
        at = levels.index(level)
        if at + 1 < len(levels):
            raised = [*row[:position], levels[at + 1], *row[position + 1 :]]
            found.append(tuple(sorted(raised, key=levels.index)))
    return found
