"""Broken workbooks, each with the finding it must end in: a corpus made anew from a sound one.

``python -m tests.intake.broken_workbooks FOLDER`` writes them, with ``index.csv`` beside them, for
whoever wants to open one.
"""

# ruff: noqa: E501 - rows of a table are not wrapped

from __future__ import annotations

import csv
import datetime as dt
import io
import struct
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from measures.intake.workbook.layout import (
    BASELINE,
    FIRST_ROW,
    HEADER_ROW,
    KEY_ROW,
    META,
    NEW,
    SHEETS,
)
from measures.workflow.mission import open_mission
from measures.workflow.workbook import Asked, make_workbook
from tests.workflow import tiny

Spoil = Callable[[bytes], bytes]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REAL = "A signed order of the directorate names an office that is to plan."
"""A rationale long enough."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken workbook.

    Args:
        name: What was done to it; the test's name.
        spoil: Makes it from the sound one.
        code: The finding it must end in.
        at: How the place of that finding ends; empty where it is the file.
        scored: Whether the sound one is of the quarter that is scored already.
        alone: Whether no other error may be found.
    """

    name: str
    spoil: Spoil
    code: str
    at: str = ""
    scored: bool = False
    alone: bool = True


def sound(folder: Path) -> tuple[bytes, bytes]:
    """Record the tiny mission in a folder; return its workbooks of a new quarter and of a scored one."""
    tiny.write(folder)
    assert not tiny.recorded(folder).refused
    mission = open_mission(folder)
    made = []
    for period in ("2021Q4", "2021Q2"):
        out = folder / "made" / f"{period}.xlsx"
        make_workbook(mission, Asked(period, "ADV-01"), out, at=tiny.AT)
        made.append(out.read_bytes())
    return made[0], made[1]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(found: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in found.items():
            archive.writestr(name, text)
    return out.getvalue()


def filled(edit: Callable[[Workbook], None]) -> Spoil:
    """Return what a person does to a workbook in a spreadsheet program."""

    def spoil(content: bytes) -> bytes:
        book = load_workbook(io.BytesIO(content))
        edit(book)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return spoil


def column(sheet: str, key: str) -> int:
    return next(one for one in SHEETS["quarter"] if one.key == sheet).at(key)


def put(book: Workbook, sheet: str, row: int, **cells: object) -> None:
    """Type into cells of a row, by column key."""
    for key, value in cells.items():
        cell: Any = book[sheet.capitalize()].cell(row, column(sheet, key))
        cell.value = value


def fresh(book: Workbook, sheet: str) -> int:
    """Return the first row of a sheet that is there for what is new."""
    page: Any = book[sheet.capitalize()]
    return next(row for row in range(FIRST_ROW, 200) if str(page.cell(row, 1).value).startswith(NEW))


LEVEL: dict[str, object] = {
    "score": "asked · Asked for",
    "rationale": REAL,
    "why_not_next": "No plan has been written at all yet.",
    "confidence": "moderate",
    "methods": "minor",
    "coherence": "none",
    "adequacy": "minor",
    "relevance": "none",
    "evidence": "E-01",
}
ITEM: dict[str, object] = {
    "title": "Order 12",
    "publisher": "Ministry",
    "kind": "documentary",
    "origin": "ministry",
    "covers": "2021-10",
    "summary": "An order that names an office for planning.",
    "reliability": "B",
    "credibility": "2",
    "own_claim": "no",
    "first_hand": "yes",
    "custody": "held-elsewhere",
    "holder": "Ministry",
}
CITED: dict[str, object] = {
    "score": "M-01/plan",
    "evidence": "E-01",
    "locator": "page 2",
    "bearing": "supports",
    "role": "hoop",
    "shows": "asked",
}


def score(**cells: object) -> Spoil:
    return filled(lambda book: put(book, "scores", FIRST_ROW, **{**LEVEL, **cells}))


def rescore(**cells: object) -> Spoil:
    return filled(lambda book: put(book, "scores", FIRST_ROW, **cells))


def item(**cells: object) -> Spoil:
    return filled(lambda book: put(book, "evidence", fresh(book, "evidence"), **{**ITEM, **cells}))


def cited(**cells: object) -> Spoil:
    def edit(book: Workbook) -> None:
        put(book, "scores", FIRST_ROW, **{**LEVEL, "evidence": None})
        put(book, "citations", fresh(book, "citations"), **{**CITED, **cells})

    return filled(edit)


def with_part(name: str, text: bytes = b"x") -> Spoil:
    return lambda content: packed({**parts(content), name: text})


def altered(name: str, old: bytes, new: bytes) -> Spoil:
    """Replace bytes within one part."""

    def spoil(content: bytes) -> bytes:
        found = parts(content)
        assert old in found[name], f"{old!r} is not in {name}"
        return packed({**found, name: found[name].replace(old, new, 1)})

    return spoil


def bytes_of(content: bytes) -> Spoil:
    return lambda _: content


def only(name: str) -> Spoil:
    return bytes_of(packed({name: b"x"}))


def meta(key: str, value: str | None) -> Spoil:
    """Write another value into the hidden sheet that says whose the workbook is."""

    def edit(book: Workbook) -> None:
        sheet: Any = book[META]
        for row in range(1, sheet.max_row + 1):
            if str(sheet.cell(row, 1).value).startswith(key):
                sheet.cell(row, 2).value = value
                if value is None:
                    sheet.cell(row, 1).value = None

    return filled(edit)


SHEET = "xl/worksheets/sheet2.xml"
"""The part that holds the sheet Scores."""


def _rows_of(count: int, cell: bytes = b"") -> Spoil:
    body = b"".join(b'<row r="%d">%s</row>' % (row, cell) for row in range(10, 10 + count))
    return altered(SHEET, b"</sheetData>", body + b"</sheetData>")


def _encrypted(content: bytes) -> bytes:
    """Set the flag that a part is encrypted, in every header of the zip."""
    found = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = found.find(mark)
        while start >= 0:
            (flags,) = struct.unpack_from("<H", found, start + at)
            struct.pack_into("<H", found, start + at, flags | 1)
            start = found.find(mark, start + 4)
    return bytes(found)


def _flipped(content: bytes) -> bytes:
    at = content.find(b"PK\x03\x04", 2000) + 200
    return content[:at] + bytes(byte ^ 0x5A for byte in content[at : at + 40]) + content[at + 40 :]


def _twice(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts(content).items():
            archive.writestr(name, text)
        archive.writestr("XL/workbook.xml", b"<workbook/>")
    return out.getvalue()


def _other_program(_: bytes) -> bytes:
    book = Workbook()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _many(count: int) -> Spoil:
    return lambda content: packed({**parts(content), **{f"docProps/{n}.xml": b"<a/>" for n in range(count)}})


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"&lol;" * 10) for n in range(9))
    + b"]><sst>&l8;</sst>"
)
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst>&x;</sst>'
TEMPLATE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject" '
    b'Target="file:///c:/x.docx" TargetMode="External"/></Relationships>'
)

FILES = (
    Broken("an empty file", bytes_of(b""), "W001"),
    Broken("a text", bytes_of(b"Dear colleague, the scores are below."), "W001"),
    Broken("a PDF", bytes_of(b"%PDF-1.7\n"), "W001"),
    Broken(
        "a web page saved as a workbook", bytes_of(b"<html><table><tr><td>1</td></tr></table></html>"), "W001"
    ),
    Broken("an XML spreadsheet of 2003", bytes_of(b'<?xml version="1.0"?><Workbook/>'), "W001"),
    Broken("a workbook of 2003", bytes_of(OLE), "W001"),
    Broken("a zip of something else", only("readme.txt"), "W001"),
    Broken("a text document", only("word/document.xml"), "W001"),
    Broken("an OpenDocument spreadsheet", with_part("mimetype", b"application/vnd.oasis"), "W001"),
    Broken("a binary workbook", with_part("xl/workbook.bin"), "W001"),
    Broken("encrypted with a password", bytes_of(OLE + "EncryptedPackage".encode("utf-16-le")), "W002"),
    Broken("encrypted within the zip", _encrypted, "W002"),
    Broken("cut in half", lambda content: content[: len(content) // 2], "W003"),
    Broken("its last bytes gone", lambda content: content[:-100], "W003"),
    Broken("bytes altered on the way", _flipped, "W003"),
    Broken("two parts of one name", _twice, "W003"),
    Broken("a part that is no XML", with_part("xl/styles.xml", b"<styleSheet><fonts>"), "W003"),
    Broken("a text that is not among the shared ones", altered(SHEET, b't="s"><v>', b't="s"><v>99'), "W003"),
    Broken("a row that is no number", altered(SHEET, b'<row r="5"', b'<row r="five"'), "W003"),
    Broken("a zip bomb", with_part("xl/media/a.bin", bytes(60_000_000)), "W004"),
    Broken("a part that unfolds a thousand times", with_part("xl/media/a.bin", bytes(30_000_000)), "W004"),
    Broken("a thousand parts", _many(1_000), "W004"),
    Broken("a million rows", _rows_of(1_000_000), "W004"),
    Broken("more rows than anybody fills in", _rows_of(5_100, b"<c/><c><v>1</v></c>"), "W004", "!Scores"),
    Broken("half a million cells", _rows_of(9_000, b"<c/>" * 55), "W004"),
    Broken("a cell in the last row", _rows_of(1, b'<c r="B1048576"><v>1</v></c>'), "W004"),
    Broken("a cell in the last column", _rows_of(1, b'<c r="XFD9"><v>1</v></c>'), "W004"),
    Broken(
        "a merge over the whole sheet",
        altered(
            SHEET, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A6:XFD1048576"/></mergeCells>'
        ),
        "W004",
    ),
    Broken(
        "XML nested ten thousand deep",
        with_part("docProps/x.xml", b"<a>" * 10_000 + b"</a>" * 10_000),
        "W004",
    ),
    Broken("macros", with_part("xl/vbaProject.bin"), "W005"),
    Broken(
        "the content type of a workbook with macros",
        altered("[Content_Types].xml", b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"),
        "W005",
    ),
    Broken("macros of the nineties", with_part("xl/macrosheets/sheet1.xml", b"<a/>"), "W005"),
    Broken("links to another workbook", with_part("xl/externalLinks/externalLink1.xml", b"<a/>"), "W005"),
    Broken("an ActiveX control", with_part("xl/activeX/activeX1.bin"), "W005"),
    Broken("an embedded object", with_part("xl/embeddings/oleObject1.bin"), "W005"),
    Broken("a data connection", with_part("xl/connections.xml", b"<a/>"), "W005"),
    Broken("a query", with_part("xl/queryTables/queryTable1.xml", b"<a/>"), "W005"),
    Broken("a data model", with_part("xl/model/item.data"), "W005"),
    Broken("buttons of its own", with_part("customUI/customUI14.xml", b"<a/>"), "W005"),
    Broken("an object that lies elsewhere", with_part("xl/worksheets/_rels/x.rels", TEMPLATE), "W005"),
    Broken("an entity that reads a file", with_part("xl/sharedStrings.xml", XXE), "W006"),
    Broken("a billion laughs", with_part("xl/sharedStrings.xml", LAUGHS), "W006"),
)


def _drop(name: str) -> Spoil:
    return filled(lambda book: book.remove(book[name]))


def _baseline(book: Workbook) -> None:
    cell: Any = book[BASELINE].cell(2, 4)
    cell.value = "shared"


OWNERS = (
    Broken("a workbook of somebody's own", _other_program, "W007"),
    Broken("the hidden sheet that says whose it is is gone", _drop(META), "W007"),
    Broken("the baseline is gone", _drop(BASELINE), "W007"),
    Broken("another format", meta("format", "something"), "W007", f"!{META}"),
    Broken("a template to come", meta("template", "99"), "W008", f"!{META}"),
    Broken("another mission", meta("mission", "nmi"), "W009"),
    Broken("an assessor whom nobody knows", meta("assessor", "ADV-99"), "W010"),
    Broken("an assessor who settles", meta("assessor", "MOD-01"), "W010"),
    Broken("a quarter after the mission's last", meta("period", "2031Q1"), "W010"),
    Broken("a quarter that is none", meta("period", "spring"), "W010"),
    Broken("a head that the register never had", meta("head", f"3:{'0' * 64}"), "W011"),
    Broken("a head beyond the register's", meta("head", f"999:{'0' * 64}"), "W011"),
    Broken("a head that is none", meta("head", "yesterday"), "W011"),
    Broken("a line of the hidden sheet deleted", meta("language", None), "W012", f"!{META}"),
    Broken("the baseline edited", filled(_baseline), "W012", f"!{BASELINE}"),
    Broken("a calibration", meta("kind", "calibration"), "W013", alone=False),
    Broken(
        "scored against other words", lambda c: meta("rubric/", "0" * 64)(score()(c)), "W035", "!Scores!G5"
    ),
)


def _delete_column(book: Workbook) -> None:
    sheet: Any = book["Scores"]
    sheet.delete_cols(column("scores", "rationale"))


def _copy_column(book: Workbook) -> None:
    sheet: Any = book["Scores"]
    sheet.cell(KEY_ROW, 30).value = "rationale"
    sheet.cell(FIRST_ROW, 30).value = "Something else was seen."


def _extra_column(book: Workbook) -> None:
    sheet: Any = book["Scores"]
    sheet.cell(HEADER_ROW, 30).value = "My own remarks"


def _extra_sheet(book: Workbook) -> None:
    sheet: Any = book.create_sheet("Notes of mine")
    sheet["A1"] = "Ask for the order."


def _below(book: Workbook) -> None:
    sheet: Any = book["Evidence"]
    sheet.cell(190, column("evidence", "title")).value = "Order 13"


def _foreign_key(book: Workbook) -> None:
    sheet: Any = book["Evidence"]
    row = fresh(book, "evidence")
    sheet.cell(row, 1).value = "somewhere"
    sheet.cell(row, column("evidence", "id")).value = None
    put(book, "evidence", row, **ITEM)


def _other_milestone(book: Workbook) -> None:
    sheet: Any = book["Scores"]
    sheet.cell(FIRST_ROW + 1, column("scores", "milestone")).value = "M-09"
    sheet.cell(FIRST_ROW + 1, column("scores", "criterion")).value = "plan"
    put(book, "scores", FIRST_ROW + 1, **LEVEL)


def _copied_row(book: Workbook) -> None:
    sheet: Any = book["Scores"]
    put(book, "scores", FIRST_ROW, **LEVEL)
    for at in range(1, sheet.max_column + 1):
        sheet.cell(FIRST_ROW + 1, at).value = sheet.cell(FIRST_ROW, at).value
    put(book, "scores", FIRST_ROW + 1, rationale=f"{REAL} It was signed in May.")


def _copied_sheet(book: Workbook) -> None:
    put(book, "scores", FIRST_ROW, **LEVEL)
    copy: Any = book.copy_worksheet(book["Scores"])
    copy.cell(FIRST_ROW, column("scores", "confidence")).value = "high"


def _merged(book: Workbook) -> None:
    put(book, "evidence", fresh(book, "evidence"), **ITEM)
    sheet: Any = book["Evidence"]
    at, row = column("evidence", "title"), fresh(book, "evidence")
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=at, end_column=at)


def _typed_over(book: Workbook) -> None:
    row = fresh(book, "evidence")
    put(book, "evidence", row, **ITEM, id="E-77")


def _recorded(book: Workbook) -> None:
    put(book, "evidence", FIRST_ROW, title="Another title")


def _emptied_item(book: Workbook) -> None:
    sheet: Any = book["Evidence"]
    for at in range(3, sheet.max_column + 1):
        sheet.cell(FIRST_ROW, at).value = None


def _second_header(book: Workbook) -> None:
    sheet: Any = book["Scores"]
    for at in range(2, sheet.max_column + 1):
        sheet.cell(FIRST_ROW + 2, at).value = sheet.cell(HEADER_ROW, at).value


def _moved_away(book: Workbook) -> None:
    sheet: Any = book["Evidence"]
    sheet.delete_rows(FIRST_ROW)


ROWS = (
    Broken("the sheet Positions deleted", _drop("Positions"), "W014"),
    Broken("the sheet Scores deleted", _drop("Scores"), "W014"),
    Broken("a column deleted", filled(_delete_column), "W015", "!Scores!1:1"),
    Broken("a column copied and changed", filled(_copy_column), "W016", "!Scores!AD1"),
    Broken("a column of somebody's own", filled(_extra_column), "W017", "!Scores!AD1"),
    Broken("a sheet of somebody's own", filled(_extra_sheet), "W017", "!Notes of mine"),
    Broken("a row typed below the empty ones", filled(_below), "W018", "!Evidence!C190"),
    Broken("a row with a key of its own", filled(_foreign_key), "W018", "!Evidence!C6"),
    Broken("a row copied and changed", filled(_copied_row), "W019", "!Scores!J6"),
    Broken("a sheet copied and changed", filled(_copied_sheet), "W019", "!Scores Copy!L5"),
    Broken("cells merged", filled(_merged), "W020", "!Evidence!C6"),
    Broken("an id typed over", filled(_typed_over), "W021", "!Evidence!B6"),
    Broken("a recorded item edited", filled(_recorded), "W022", "!Evidence!C5"),
    Broken("a recorded item emptied", filled(_emptied_item), "W039", "!Evidence!5:5"),
    Broken("a recorded row deleted", filled(_moved_away), "W023", "!Evidence"),
    Broken("the headings pasted again", filled(_second_header), "W024", "!Scores!7:7"),
    Broken("a milestone that owes nothing", filled(_other_milestone), "W040", "!Scores!G6"),
)

CELLS = (
    Broken("a formula", score(rationale='=B5&" was seen"'), "W025", "!Scores!J5"),
    Broken("a formula that reaches out", score(evidence="=cmd|' /c calc'!A0"), "W025", "!Scores!Q5"),
    Broken("an error", score(confidence="#REF!"), "W026", "!Scores!L5"),
    Broken("an error pasted as text", score(why_not_next="#N/A"), "W026", "!Scores!K5"),
    Broken("a page taken for a date", cited(locator=dt.date(2021, 4, 3)), "W027", "!Citations!E5"),
    Broken("an id taken for a date", score(evidence=dt.date(2021, 1, 5)), "W027", "!Scores!Q5"),
    Broken("a date of two readings", item(covers="03/04/2021"), "W028", "!Evidence!J6"),
    Broken("a date of a day that is none", item(covers="2021-02-30"), "S005", "!Evidence!J6"),
    Broken("a date in words that say no month", item(covers="last spring"), "S005", "!Evidence!J6"),
    Broken("a pasted web page", score(rationale=f"<p>{REAL}</p>"), "W029", "!Scores!J5"),
    Broken("pasted entities", score(why_not_next="No plan&nbsp;has been written at all."), "W029", "!Scores!K5"),
    Broken("a date with dots", item(covers="18.10.2021"), "W030", "!Evidence!J6"),
    Broken("a date as a serial day", item(covers=44487), "W030", "!Evidence!J6"),
    Broken("a long number cut short", item(publisher=1234567890123456789), "W031", "!Evidence!D6"),
    Broken("a confidence that is none", score(confidence="quite sure"), "W032", "!Scores!L5"),
    Broken("a level misspelt", score(score="askd"), "W032", "!Scores!G5"),
    Broken("a marking that is none", score(marking="secret"), "W032", "!Scores!T5"),
    Broken("yes misspelt", item(own_claim="yess"), "W032", "!Evidence!N6"),
    Broken("a cause that is none", score(
        score="not-observed/wether", confidence=None, evidence=None, why_not_next=None), "S004", "!Scores!G5"),
    Broken("nobody looked and no cause", score(score="not-observed", evidence=None), "C015", "!Scores!G5"),
    Broken("a level without evidence", score(evidence=None), "C004", "!Scores!G5"),
    Broken("evidence that nobody knows", score(evidence="E-99"), "C001", "!Scores!Q5"),
    Broken("a level without rationale", score(rationale=None), "S003", "!Scores!J5"),
    Broken("a rationale of two words", score(rationale="Was seen."), "S006", "!Scores!J5"),
    Broken("nothing on the next level", score(why_not_next=None), "C007", "!Scores!K5"),
    Broken("no concern stated", score(adequacy=None), "C017", "!Scores!O5"),
    Broken("an attribute that contradicts", score(attributes="plan-asked=no"), "C021", "!Scores!S5"),
    Broken("new evidence without a summary", item(summary=None), "S003", "!Evidence!K6"),
    Broken("a citation of an empty row", cited(evidence="E-ADV-01-2021Q4-01"), "C001", "!Citations!D5"),
    Broken("an id alone for a non-score", score(score="insufficient-evidence", confidence=None), "W037", "!Scores!Q5"),
    Broken("a citation for a row without a score", filled(
        lambda book: put(book, "citations", fresh(book, "citations"), **CITED)), "W038", "!Citations!C5"),
    Broken("a citation for nothing", filled(
        lambda book: put(book, "citations", fresh(book, "citations"), **{**CITED, "score": None})),
        "S003", "!Citations!C5"),
    Broken("a correction without a reason", rescore(confidence="high"), "C011", "!Scores!U5", scored=True),
    Broken("a reason and no correction", rescore(reason="Better so."), "W036", "!Scores!U5", scored=True),
    Broken("a recorded score emptied", rescore(**dict.fromkeys(LEVEL), attributes=None), "W039", "!Scores!G5",
           scored=True),
    Broken("a recorded citation taken out without a reason", filled(
        lambda book: put(book, "citations", FIRST_ROW, **dict.fromkeys(CITED))), "C011", "!Scores!U5", scored=True,
        alone=False),
)  # fmt: skip

CORPUS = (*FILES, *OWNERS, *ROWS, *CELLS)


def main(folder: Path) -> None:
    """Write the corpus and its index."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        new, scored = sound(Path(scratch))
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as file:
        index = csv.writer(file)
        index.writerow(("file", "what was done", "finding", "place"))
        for number, broken in enumerate(CORPUS, start=1):
            name = f"broken-{number:03}.xlsx"
            (folder / name).write_bytes(broken.spoil(scored if broken.scored else new))
            index.writerow((name, broken.name, broken.code, f"{name}{broken.at}"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
