"""The gate: what a file has to be before the library that reads workbooks is let near it.

A workbook is a zip of XML parts. Everything is bounded here first: the number and size of the
parts, how far they unfold, their elements, rows and cells, where a cell may lie and how far a merge
may reach; and what acts or reaches out is refused. What passes can be read in a second or two and
well under a gibibyte, whoever made it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from measures.finding import Finding, Place, find

MOST_BYTES = 50_000_000
"""Of the file, and of all its parts unfolded."""

MOST_PARTS = 500
MOST_RATIO = 100
SMALL = 2_000_000
"""Bytes that may unfold as they like: the ratio is asked of more than this."""

MOST_ELEMENTS = 600_000
MOST_CELLS = 200_000
MOST_ROWS = 20_000
LAST_COLUMN = 1_000
DEEPEST = 60

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ACTIVE = (
    ("xl/vbaproject", "macros"),
    ("xl/macrosheets/", "macros"),
    ("xl/dialogsheets/", "dialog sheets"),
    ("customui/", "buttons of its own"),
    ("xl/externallinks/", "links to other workbooks"),
    ("xl/activex/", "ActiveX controls"),
    ("xl/embeddings/", "embedded objects"),
    ("xl/connections", "data connections"),
    ("xl/querytables/", "data connections"),
    ("xl/model/", "a data model"),
    ("xl/webextensions/", "add-ins"),
)
_PLAIN_LINKS = ("/hyperlink",)
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What the standard library raises on a zip that is cut, altered or of an unknown method."""


class _RefusedError(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


@dataclass(slots=True)
class _Count:
    elements: int = 0
    cells: int = 0


def refusal(content: bytes, name: str) -> Finding | None:
    """Return why a file is not let in, or ``None``.

    Args:
        content: Its bytes.
        name: What findings call it.
    """
    place = Place(name)
    if not content.startswith(b"PK"):
        return _no_zip(content, place)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive, place)
            count = _Count()
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(archive, part, place, count)
    except _RefusedError as refused:
        return refused.finding
    except _BROKEN:
        return find("W003", place, problem="the file is cut off or was altered on its way")
    return None


def _no_zip(content: bytes, place: Place) -> Finding:
    if content.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in content:
            return find("W002", place)
        return find("W001", place, what="a file of an older program (.xls, .doc or .msg)")
    start = content[:512].lstrip().lower()
    kinds = (
        (b"", "an empty file" if not content else ""),
        (b"%pdf", "a PDF"),
        (b"<html", "a web page"),
        (b"<!doctype html", "a web page"),
        (b"<?xml", "an XML file"),
        (b"{\\rtf", "a text of a word processor"),
    )
    what = next((what for mark, what in kinds if what and start.startswith(mark)), "something else")
    return find("W001", place, what=what)


def _check_parts(archive: zipfile.ZipFile, place: Place) -> None:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    total = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS:
        raise _RefusedError(find("W004", place, what="parts", limit=MOST_PARTS, got=len(parts)))
    if total > MOST_BYTES:
        raise _RefusedError(find("W004", place, what="bytes", limit=MOST_BYTES, got=total))
    if total > SMALL and total > MOST_RATIO * max(packed, 1):
        times = f"{total // max(packed, 1)} times"
        raise _RefusedError(find("W004", place, what="times its packed size", limit=MOST_RATIO, got=times))
    if any(part.flag_bits & 0x1 for part in parts):
        raise _RefusedError(find("W002", place))
    if len(set(names)) < len(names):
        raise _RefusedError(find("W003", place, problem="it holds two parts of one name"))
    for begins, what in _ACTIVE:
        if any(name.startswith(begins) for name in names):
            raise _RefusedError(find("W005", place, what=what))
    _check_kind(archive, names, place)


def _check_kind(archive: zipfile.ZipFile, names: list[str], place: Place) -> None:
    if "mimetype" in names:
        raise _RefusedError(find("W001", place, what="an OpenDocument file (.ods)"))
    if any(name.startswith("xl/workbook.bin") for name in names):
        raise _RefusedError(find("W001", place, what="a binary workbook (.xlsb)"))
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise _RefusedError(find("W001", place, what="a text document or slides"))
    if "[Content_Types].xml" not in archive.namelist() or "xl/workbook.xml" not in names:
        what = "a zip without a workbook in it"
        raise _RefusedError(find("W001", place, what=what))


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, place: Place, count: _Count) -> None:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        with archive.open(part) as source:
            walk = iterparse(source, events=("start", "end"), forbid_dtd=True)
            for finding in _elements(walk, place, count):
                raise _RefusedError(finding)
    except DefusedXmlException:
        raise _RefusedError(find("W006", place, part=part.filename)) from None
    except (SyntaxError, LookupError) as error:
        problem = f"its part {part.filename} is no XML"
        raise _RefusedError(find("W003", place, problem=problem)) from error


def _elements(walk: Iterator[tuple[str, object]], place: Place, count: _Count) -> Iterator[Finding]:
    depth = rows = 0
    for event, element in walk:
        tag = str(getattr(element, "tag", "")).rpartition("}")[2]
        if event == "start":
            depth += 1
            count.elements += 1
            rows += tag == "row"
            count.cells += tag == "c"
            if depth > DEEPEST:
                yield find("W004", place, what="levels of XML", limit=DEEPEST, got="more")
            if count.elements > MOST_ELEMENTS:
                yield find("W004", place, what="elements of XML", limit=MOST_ELEMENTS, got="more")
            if rows > MOST_ROWS:
                yield find("W004", place, what="rows of a sheet", limit=MOST_ROWS, got="more")
            if count.cells > MOST_CELLS:
                yield find("W004", place, what="cells", limit=MOST_CELLS, got="more")
            continue
        depth -= 1
        yield from _judged(tag, element, place)
        if tag not in _INSIDE:
            element.clear()  # type: ignore[attr-defined]


_INSIDE = frozenset({"v", "is", "f", "t", "r"})
"""Elements within a cell, kept until the cell itself is judged."""


def _judged(tag: str, element: object, place: Place) -> Iterator[Finding]:
    """Yield why an element is refused: a far cell, a wide merge, a part that lies elsewhere."""
    given: dict[str, str] = element.attrib  # type: ignore[attr-defined]
    if tag == "c" and len(element):  # type: ignore[arg-type]
        where = given.get("r", "")
        row, column = _corner(where)
        if row > MOST_ROWS or column > LAST_COLUMN:
            yield find("W004", place, what="rows and columns in use", limit=f"{MOST_ROWS} by {LAST_COLUMN}",
                       got=f"a cell at {where}")  # fmt: skip
    elif tag in ("mergeCell", "hyperlink") and _area(given.get("ref", "")) > MOST_ROWS:
        yield find("W004", place, what="cells in one merge", limit=MOST_ROWS, got=given.get("ref", ""))
    elif tag == "Relationship" and given.get("TargetMode") == "External":
        if not given.get("Type", "").endswith(_PLAIN_LINKS):
            yield find("W005", place, what="links to other files")
    elif tag in ("Override", "Default") and "macroEnabled" in given.get("ContentType", ""):
        yield find("W005", place, what="macros")


def _corner(reference: str) -> tuple[int, int]:
    """Return row and column of a cell's name, counted from 1; zeros when it is none."""
    match = _CELL.fullmatch(reference)
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _area(reference: str) -> int:
    """Return how many cells a range covers."""
    first, _, last = reference.replace("$", "").partition(":")
    (top, left), (bottom, right) = _corner(first), _corner(last or first)
    if not (top and bottom):
        return MOST_ROWS + 1 if ":" in reference else 0
    return (abs(bottom - top) + 1) * (abs(right - left) + 1)
