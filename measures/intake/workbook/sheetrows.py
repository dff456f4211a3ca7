"""The rows of one sheet, and nothing else of it: openpyxl's own reading of cells on a faster walk."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl.worksheet._reader import INLINE_STRING, MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.worksheet.merge import MergeCells
from openpyxl.xml.constants import SHEET_MAIN_NS

_TEXT, _RUN = f"{{{SHEET_MAIN_NS}}}t", f"{{{SHEET_MAIN_NS}}}r"


class SheetRows(WorkSheetParser):
    """Reads rows and merges; validations, formats and the rest of a sheet are passed over."""

    def parse(self) -> Generator[Any, None, None]:
        """Yield the number of each row and its cells."""
        element: Any
        for _, element in iterparse(self.source):  # noqa: S314 - the gate has refused document types
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()
            elif element.tag == MERGE_TAG:
                self.merged_cells = MergeCells.from_tree(element)

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Return a cell; a text within it is joined from its runs, without its looks."""
        inline = element.find(INLINE_STRING) if element.get("t") == "inlineStr" else None
        plain: Any = element if inline is None else _bare(element)
        found: dict[str, Any] = dict(super().parse_cell(plain))
        if inline is not None:
            runs = [inline, *inline.findall(_RUN)]
            found |= {"value": "".join(run.findtext(_TEXT) or "" for run in runs), "data_type": "s"}
        return found


def _bare(element: Element) -> Element:
    """Return a cell without what is in it."""
    return Element(element.tag, {name: text for name, text in element.attrib.items() if name != "t"})
