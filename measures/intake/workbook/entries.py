"""What is to change, as rows of the tables: a score with all that it cites, and what is new.

A changed score is a new assessment that supersedes the assessor's own earlier one, with everything
it cites said again; evidence that is only added joins the score that stands. Each row carries the
cells it came from, so that the register can say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from measures.finding import Finding, Place, did_you_mean, find, letters
from measures.intake.workbook.back import Given, Key
from measures.intake.workbook.layout import NEW, PLAIN, SCORES, SHEETS, score_parts
from measures.intake.workbook.merge import REASON, Edit
from measures.intake.workbook.today import Today, is_plain
from measures.records import Row
from measures.records.tables import NON_SCORES, TABLES, split

_LONGEST = 90
_CITED = ("evidence", "locator", "bearing", "role", "shows", "note")
_TABLES = {sheet.key: sheet.table for sheet in SHEETS["quarter"]}


@dataclass(frozen=True, slots=True)
class Author:
    """Who scores, and against which words.

    Args:
        assessor, role, period: Of the workbook.
        versions: By milestone, the version to name; empty for the one that holds anyway.
    """

    assessor: str
    role: str
    period: str
    versions: Mapping[str, str]


@dataclass(slots=True)
class Made:
    """Rows by table, and what was found while they were made."""

    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    findings: list[Finding] = field(default_factory=list)


def entries(edits: Sequence[Edit], given: Iterable[Given], today: Today, author: Author) -> Made:
    """Return the rows that edits come to.

    Args:
        edits: What is to change.
        given: Every row as it came back.
        today: What the register says.
        author: Who scores.
    """
    made = Made()
    for edit in edits:
        if edit.row.sheet not in ("scores", "citations"):
            _record(edit, made)
    by_key = {edit.row.key: edit for edit in edits if edit.row.sheet == "scores"}
    cites: dict[str, list[Edit]] = {}
    for edit in edits:
        if edit.row.sheet == "citations":
            for key in _owners(edit, today):
                cites.setdefault(key, []).append(edit)
    rows = {(row.sheet, row.key): row for row in given}
    taken = {table: set(ids) for table, ids in today.ids.items()}
    for key in dict.fromkeys([*by_key, *cites]):
        score = _Score(key, by_key.get(key), tuple(cites.get(key, ())), rows, today, author, taken)
        score.into(made)
    return made


def _owners(edit: Edit, today: Today) -> tuple[str, ...]:
    """Return the rows of Scores that a citation is and was of."""
    was = today.rows.get(("citations", edit.row.key.removeprefix(NEW)), {}).get("score", "")
    return tuple(dict.fromkeys(key for key in (edit.cells.get("score", ""), was) if key)) or ("",)


def _record(edit: Edit, made: Made) -> None:
    """Add a row of Evidence, Engagements or Positions, when it is new."""
    row = edit.row
    name = row.key.removeprefix(NEW)
    if edit.standing and edit.emptied:
        made.findings.append(find("W039", row.at, row=name))
    elif edit.standing:
        for column in sorted(edit.changed):
            stood = _clipped(edit.before.get(column, ""))
            made.findings.append(find("W022", row.place(column), row=name, base=stood))
    elif not edit.emptied:
        values = {**edit.cells, "id": name}
        made.tables[_TABLES[row.sheet]].append(_row(row, values, {}, edit.refused))


def _clipped(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


@dataclass(frozen=True, slots=True)
class _Score:
    """One row of Scores with its citations, on its way to become records."""

    key: str
    edit: Edit | None
    cites: tuple[Edit, ...]
    given: Mapping[Key, Given]
    today: Today
    author: Author
    taken: Mapping[str, set[str]]

    @property
    def standing(self) -> Row | None:
        return self.today.scores.get(self.key)

    @property
    def cells(self) -> Mapping[str, str]:
        if self.edit is not None:
            return self.edit.cells
        return self.today.rows.get(("scores", self.key), {})

    @property
    def at(self) -> Given:
        """The row that findings about the score point at."""
        if self.edit is not None:
            return self.edit.row
        return self.given.get(("scores", self.key)) or self.cites[0].row

    def into(self, made: Made) -> None:
        """Add the assessment and the citations that are to be recorded."""
        if self.standing is None and self.edit is None:
            made.findings += self._ownerless()
            return
        if self.edit is not None and self.edit.emptied:
            if self.standing is not None:
                made.findings.append(find("W039", self.edit.row.place("score"), row=self.key))
            return
        kept = self._kept()
        held = self.today.citations.get(self.key, ())
        changed = self.edit is not None and bool(self.edit.changed - {"evidence"})
        name, values = self.standing["id"] if self.standing else "", self.cells
        again = self.standing is None or changed or len(kept) < len(held)
        if again:
            name = self._name("assessments", f"A-{self.author.assessor}-{self.author.period}-{self.key}")
            made.tables["assessments"].append(self._assessment(name))
        for row in self._citations(name, kept if again else ()):
            made.tables["citations"].append(row)
        score, _ = score_parts(values.get("score", ""))
        if score in NON_SCORES and self._plain(kept):
            place = self.at.place("evidence" if self.at.sheet == "scores" else "score")
            made.findings.append(find("W037", place, score=score, value="; ".join(self._plain(kept))))

    def _ownerless(self) -> Iterator[Finding]:
        known = {key for sheet, key in self.given if sheet == "scores"}
        for edit in self.cites:
            value = edit.cells.get("score", "")
            if edit.emptied or "score" in edit.refused:
                continue
            if value:
                yield find("W038", edit.row.place("score"), value=value, hint=did_you_mean(value, known))
            else:
                what = "the row of Scores that cites"
                yield find("S003", edit.row.place("score"), column="score", what=what)

    def _kept(self) -> list[Row]:
        """Return the citations that stand and are neither edited nor taken out."""
        wanted = set(split(self.cells.get("evidence", "")))
        names = [edit.row.key.removeprefix(NEW) for edit in self.cites]
        edited = {self.today.followed.get(name, name) for name in names}
        kept = []
        for row in self.today.citations.get(self.key, ()):
            plain = self.standing is not None and is_plain(row, self.standing)
            if row["evidence"] in wanted if plain else row["id"] not in edited:
                kept.append(row)
        return kept

    def _plain(self, kept: Sequence[Row]) -> list[str]:
        """Return the ids of the cell that nothing cites yet, or that have to be cited again."""
        standing = self.standing
        there = {row["evidence"] for row in kept if standing is not None and is_plain(row, standing)}
        if self.edit is None or not self.edit.changed - {"evidence"}:
            return [name for name in split(self.cells.get("evidence", "")) if name not in there]
        return split(self.cells.get("evidence", ""))

    def _citations(self, name: str, again: Sequence[Row]) -> Iterator[Row]:
        """Yield what is cited newly, and again for an assessment that is new."""
        standing = self.standing
        held = self._kept()
        score, _ = score_parts(self.cells.get("score", ""))
        marking = self.cells.get("marking", "")
        plain = [row["evidence"] for row in again if standing is not None and is_plain(row, standing)]
        for item in dict.fromkeys([*plain, *self._plain(held)]):
            values = {**PLAIN, "evidence": item, "shows": score, "marking": marking}
            if score not in NON_SCORES:
                yield self._cited(name, values, self.at, "evidence")
        for row in again:
            if standing is not None and not is_plain(row, standing):
                yield self._cited(name, row.values, self.at, "score")
        stands = [tuple(row[column] for column in _CITED) for row in held]
        for edit in self.cites:
            content = tuple(edit.cells.get(column, "") for column in _CITED)
            if edit.cells.get("score") == self.key and not edit.emptied and content not in stands:
                yield self._cited(name, edit.cells, edit.row, "", edit)

    def _cited(
        self, name: str, said: Mapping[str, str], at: Given, column: str, edit: Edit | None = None
    ) -> Row:
        values = {key: said.get(key, "") for key in (*_CITED, "marking")}
        wanted = at.key.removeprefix(NEW) if edit is not None else said.get("id", "")
        wanted = wanted or f"C-{name.removeprefix('A-')}-{said.get('evidence', '')}"
        values |= {"id": self._name("citations", wanted), "assessment": name}
        if edit is not None:
            return _row(at, values, {"assessment": "score", "id": "evidence"}, edit.refused)
        one = {**dict.fromkeys(values, column), "shows": "score", "marking": "marking"}
        refused = self.edit.refused if self.edit is not None else frozenset()
        return _row(at, values, one, refused, column)

    def _assessment(self, name: str) -> Row:
        cells, standing = self.cells, self.standing
        milestone, _, criterion = self.key.partition("/")
        score, cause = score_parts(cells.get("score", ""))
        values = {
            column.key: cells.get(column.key, "")
            for column in SCORES.columns
            if column.fill == "fill" and column.key != "evidence"
        }
        values |= {
            "id": name,
            "milestone": milestone,
            "criterion": criterion,
            "period": self.author.period,
            "assessor": self.author.assessor,
            "role": self.author.role,
            "score": score,
            "cause": cause,
            "version": self.author.versions.get(milestone, ""),
            "supersedes": standing["id"] if standing is not None else "",
            REASON: self._reason() if standing is not None else "",
        }
        fixed = ("id", "period", "assessor", "role", "cause", "version", "supersedes")
        refused = self.edit.refused if self.edit is not None else frozenset()
        return _row(self.at, values, dict.fromkeys(fixed, "score"), refused, "score")

    def _reason(self) -> str:
        row = self.given.get(("scores", self.key))
        return row.cells.get(REASON, "") if row is not None else ""

    def _name(self, table: str, wanted: str) -> str:
        """Return an id that is not taken, and take it; what is said again is numbered on."""
        base = wanted.replace("/", "-")[:_LONGEST]
        name, number = base, 1
        while name in self.taken[table]:
            number += 1
            name = f"{base}-{number}"
        self.taken[table].add(name)
        return name


def _row(
    at: Given,
    values: Mapping[str, str],
    stands_in: Mapping[str, str],
    refused: frozenset[str],
    column: str = "",
) -> Row:
    """Return a row of a table.

    Args:
        at: The row of the workbook that it comes from.
        values: Its cells.
        stands_in: For columns that the sheet has not, the one that findings point at.
        refused: Columns that could not be understood; a row with any is not sound.
        column: The cell that the row is named by; the first that is filled when empty.
    """
    columns = {**at.columns, **{name: at.columns.get(to, 0) for name, to in stands_in.items()}}
    filled = [name for name, text in values.items() if text and columns.get(name)]
    named = column or next((name for name in at.cells if name in filled), "")
    place = Place(at.at.file, at.at.line, columns.get(named, 0), at.at.sheet)
    own = [name for name in filled if name in at.cells or name == "cause"]
    told = ", ".join(f"{name} {letters(columns[name])}{place.line}" for name in own)
    return Row(place, columns, dict(values), not refused, f"{place} ({told})")
