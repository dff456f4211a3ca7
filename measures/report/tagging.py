"""Mends what the renderer's tags get wrong where validators do not look.

Running heads and feet become artifacts, so that a reader who listens does not hear them
on every page; header cells say whether they head a row or a column. All of it reaches
into private parts of one pinned version, and the tests notice when those move.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any


@contextmanager
def mended(document: Any, boxes: Any, tags: Any, stream: Any) -> Iterator[None]:
    """Write the tags of this document our way while the block runs.

    Args:
        document: A WeasyPrint document, laid out and not yet written.
        boxes: WeasyPrint's module of boxes; handed in, so that one module imports the library.
        tags: Its module that writes the structure.
        stream: Its class of page contents.
    """
    build, marked = tags._build_box_tree, stream.marked  # noqa: SLF001
    repeated = {
        id(text)
        for page in document.pages
        for margin in page._page_box.children  # noqa: SLF001
        if isinstance(margin, boxes.MarginBox)
        for text in _texts(margin)
    }

    def marked_or_artifact(self: Any, box: Any, tag: str) -> AbstractContextManager[None]:
        return self.artifact() if id(box) in repeated else marked(self, box, tag)  # type: ignore[no-any-return]

    def build_without_margins(box: Any, *rest: Any) -> Iterator[Any]:
        if isinstance(box, boxes.MarginBox):
            return
        for element in build(box, *rest):
            if element.get("S") == "/TH" and "A" in element and box.element is not None:
                scope = box.element.get("scope", "col")
                element["A"]["Scope"] = "/Row" if scope.startswith("row") else "/Column"
            yield element

    tags._build_box_tree, stream.marked = build_without_margins, marked_or_artifact  # noqa: SLF001
    try:
        yield
    finally:
        tags._build_box_tree, stream.marked = build, marked  # noqa: SLF001


def _texts(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if getattr(child, "text", None) is not None:
            yield child
        yield from _texts(child)
