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
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from measures.finding import Finding, Place, find

MOST_BYTES = 50_000_000
"""Of the file, and of all its parts unfolded."""

MOST_PARTS = 500
MOST_RATIO = 100
SMALL = 2_000_000
"""Bytes that may unfold as they like: the ratio is asked of more than this."""

MOST_ELEMENTS = 1_500_000
MOST_CELLS = 400_000
MOST_ROWS = 100_000
"""Of a sheet; the baseline has one for each cell that was written."""

MOST_MERGED = 20_000
"""Cells in one merge."""

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
_NEAR = re.compile(r"[A-Z]{1,2}[0-9]{1,4}")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What the standard library raises on a zip that is cut, altered or of an unknown method."""


class _RefusedError(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


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
            scan = _Scan(place)
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(archive, part, scan)
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


@dataclass(slots=True)
class _Scan:
    """What was seen of the XML so far; told each element by the parser, it refuses what is too much.

    Args:
        place: Where findings point.
        part: The part being read.
        elements, cells: Of all parts.
        rows, depth: Of this part.
        far: Whether the cell just begun lies out of bounds, and its name; empty cells may.
        known: What is asked of each element met so far, by its full name.
    """

    place: Place
    part: str = ""
    elements: int = 0
    cells: int = 0
    rows: int = 0
    depth: int = 0
    far: str = ""
    known: dict[str, Callable[[_Scan, dict[str, str]], None] | None] = field(default_factory=dict)

    def begin(self, part: str) -> None:
        self.part, self.rows, self.depth, self.far = part, 0, 0, ""

    def start(self, name: str, given: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST:
            self.much("levels of XML", DEEPEST)
        if self.elements > MOST_ELEMENTS:
            self.much("elements of XML", MOST_ELEMENTS)
        if name not in self.known:
            self.known[name] = _CHECKS.get(name.rpartition("}")[2])
        check = self.known[name]
        if check is not None:
            check(self, given)

    def end(self, _: str) -> None:
        self.depth -= 1

    def much(self, what: str, limit: object, got: str = "more") -> None:
        raise _RefusedError(find("W004", self.place, what=what, limit=limit, got=got))

    def doctype(self, *_: object) -> None:
        raise _RefusedError(find("W006", self.place, part=self.part))

    def row(self, _: dict[str, str]) -> None:
        self.rows += 1
        if self.rows > MOST_ROWS:
            self.much("rows of a sheet", MOST_ROWS)

    def cell(self, given: dict[str, str]) -> None:
        self.cells += 1
        if self.cells > MOST_CELLS:
            self.much("cells", MOST_CELLS)
        where = given.get("r", "")
        row, column = (0, 0) if _NEAR.fullmatch(where) else _corner(where)
        self.far = where if row > MOST_ROWS or column > LAST_COLUMN else ""

    def content(self, _: dict[str, str]) -> None:
        if self.far:
            self.much("rows and columns in use", f"{MOST_ROWS} by {LAST_COLUMN}", f"a cell at {self.far}")

    def block(self, given: dict[str, str]) -> None:
        if _area(given.get("ref", "")) > MOST_MERGED:
            self.much("cells in one merge", MOST_MERGED, given.get("ref", ""))

    def link(self, given: dict[str, str]) -> None:
        if given.get("TargetMode") == "External" and not given.get("Type", "").endswith(_PLAIN_LINKS):
            raise _RefusedError(find("W005", self.place, what="links to other files"))

    def kind(self, given: dict[str, str]) -> None:
        if "macroEnabled" in given.get("ContentType", ""):
            raise _RefusedError(find("W005", self.place, what="macros"))


_CHECKS: dict[str, Callable[[_Scan, dict[str, str]], None]] = {
    "row": _Scan.row,
    "c": _Scan.cell,
    "v": _Scan.content,
    "is": _Scan.content,
    "f": _Scan.content,
    "mergeCell": _Scan.block,
    "hyperlink": _Scan.block,
    "Relationship": _Scan.link,
    "Override": _Scan.kind,
    "Default": _Scan.kind,
}
"""What is asked of an element, by its name in any namespace."""


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, scan: _Scan) -> None:
    """Read one part with the bare parser: a document type ends it before any entity is declared."""
    scan.begin(part.filename)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = scan.doctype
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    try:
        with archive.open(part) as source:
            parser.ParseFile(source)
    except (expat.ExpatError, LookupError) as error:
        problem = f"its part {part.filename} is no XML"
        raise _RefusedError(find("W003", scan.place, problem=problem)) from error


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
        return MOST_MERGED + 1 if ":" in reference else 0
    return (abs(bottom - top) + 1) * (abs(right - left) + 1)
