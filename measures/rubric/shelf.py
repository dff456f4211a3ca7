"""Many rubric files read together: those that stand alone first, then those that extend one of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from measures.finding import Finding, Place, did_you_mean, errors_in, find, one_of
from measures.rubric.annexes import Known, read_table
from measures.rubric.document import Document, read_document
from measures.rubric.model import Rubric, Table
from measures.rubric.read import from_document
from measures.rubric.reading import root

Key = tuple[str, str]
"""Id and version of a rubric."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the rubric files of a shelf and a mission hold.

    Args:
        rubrics: Every rubric that could be read, by id and version, in the order of the files.
        tables: Conversion tables by id.
        names: What findings call the file of each rubric.
        findings: What is wrong with any of the files.
    """

    rubrics: Mapping[Key, Rubric]
    tables: Mapping[str, Table]
    names: Mapping[Key, str]
    findings: tuple[Finding, ...]

    def newest(self) -> dict[str, Rubric]:
        """Return the newest version of each rubric, by id in alphabetical order."""
        found: dict[str, Rubric] = {}
        for key in sorted(self.rubrics, key=lambda key: (key[0], version_order(key[1]))):
            found[key[0]] = self.rubrics[key]
        return found


_EARLY = re.compile(r"-.*|_?(alpha|beta|dev|draft|pre|preview|rc)[-_]?", re.IGNORECASE)


def version_order(version: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that puts 1.2 before 1.10 and 1.0-rc1 before 1.0.

    Parts of digits count as numbers. What follows a hyphen, or a word such as ``draft``, comes
    before the version that it leads to (Semantic Versioning, section 11).
    """
    parts = re.findall(r"[0-9]+|[^0-9.]+", version)
    return (*map(_rank, parts), (0, 0, ""))


def _rank(part: str) -> tuple[int, int, str]:
    """Return where a part sorts: early words, the end of a version, numbers, other words."""
    if part.isdecimal():
        return 1, int(part), ""
    return -1 if _EARLY.fullmatch(part) else 2, 0, part


def read_shelf(files: Iterable[Path], tables: Iterable[Path] = ()) -> Shelf:
    """Read rubric files and the conversion tables they may name.

    Args:
        files: Rubric files; of two with the same id and version the first stands, and the
            other is a finding unless its words are the same.
        tables: Files of conversion tables.
    """
    findings: list[Finding] = []
    known_tables = _tables(tables, findings)
    documents = []
    for path in files:
        document, found = read_document(path, f"rubrics/{path.name}")
        documents.append((document, found))
    alone = [pair for pair in documents if not _extends(pair[0])]
    extending = [pair for pair in documents if _extends(pair[0])]
    rubrics: dict[Key, Rubric] = {}
    names: dict[Key, str] = {}
    read: list[tuple[Document, Rubric]] = []
    for group, known in ((alone, Known({}, known_tables)), (extending, Known(rubrics, known_tables))):
        before = len(read)
        for document, found in group:
            rubric, wrong = from_document(document, found, known)
            findings += wrong
            if rubric is not None:
                read.append((document, rubric))
        for document, rubric in read[before:]:
            _keep(document, rubric, rubrics, names, findings)
    unread = {_id(document) for document, _ in documents} - {name for name, _ in rubrics}
    for document, rubric in read:
        findings += _loose_caps(document, rubric, rubrics, unread)
    return Shelf(rubrics, known_tables, names, tuple(findings))


def _extends(document: Document) -> bool:
    return isinstance(document.value, dict) and "extends" in document.value


def _id(document: Document) -> str:
    return str(document.value.get("id", "")) if isinstance(document.value, dict) else ""


def _loose_caps(
    document: Document, rubric: Rubric, rubrics: Mapping[Key, Rubric], unread: Collection[str]
) -> Iterator[Finding]:
    """Yield caps that name no rubric, or no criterion of it: they would never lower anything.

    Args:
        document: The file; caps taken over from a base are judged where they are written.
        rubric: What was read from it.
        rubrics: Every rubric that could be read.
        unread: Ids of those that could not, of which nothing is said.
    """
    for at, cap in enumerate(rubric.caps if "caps" in document.value else ()):
        versions = [found for found in rubrics.values() if found.id == cap.rubric]
        known = {criterion.id: None for found in versions for criterion in found.criteria}
        if cap.rubric in unread or (versions and cap.criterion in ("", *known)):
            continue
        if not versions:
            hint = did_you_mean(cap.rubric, {name for name, _ in rubrics})
            place = document.place(("caps", at, "rubric"))
            yield find("C001", place, column="caps", value=cap.rubric, what="rubric", hint=hint)
            continue
        yield find(
            "C003",
            document.place(("caps", at, "criterion")),
            value=cap.criterion,
            rubric=cap.rubric,
            version=one_of(found.version for found in versions),
            hint=did_you_mean(cap.criterion, known),
            allowed=one_of(known),
        )


def _keep(
    document: Document,
    rubric: Rubric,
    rubrics: dict[Key, Rubric],
    names: dict[Key, str],
    findings: list[Finding],
) -> None:
    key = rubric.id, rubric.version
    kept = rubrics.get(key)
    if kept is None:
        rubrics[key] = rubric
        names[key] = document.name
    elif kept.digest != rubric.digest:
        place = document.place(("version",))
        other = names[key] if names[key] != document.name else "another file of that name"
        findings.append(find("R010", place, rubric=key[0], version=key[1], other=other))


def _tables(files: Iterable[Path], findings: list[Finding]) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for path in files:
        table, found = read_table_file(path, f"rubrics/tables/{path.name}")
        findings += found
        if table is not None and table.id in tables and table != tables[table.id]:
            findings.append(
                find("S007", Place(f"rubrics/tables/{path.name}"), what="conversion table", value=table.id)
            )
        elif table is not None:
            tables[table.id] = table
    return tables


def read_table_file(path: Path, name: str | None = None) -> tuple[Table | None, list[Finding]]:
    """Read a file that holds one conversion table.

    Args:
        path: The YAML file.
        name: What findings call it; its file name when not given.

    Returns:
        The table, or ``None`` when a finding is an error; and every finding.
    """
    document, findings = read_document(path, name or path.name)
    top = root(document, findings, "a conversion table")
    table = read_table(top) if top is not None else None
    return (None if errors_in(findings) else table), findings
