"""Joining tagged PDFs of ours to one: pages, structure, bookmarks, places and the links between them.

The first file lends the catalogue: language, conformance and metadata are the same in all of
them. Equal files give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

ELSEWHERE = "https://part.invalid/#"
"""How an address begins that stands for a place in another part; the name can never be registered."""


def join(files: Sequence[Path]) -> bytes:
    """Return one PDF of all ``files``, in order.

    Args:
        files: Tagged PDFs written by :func:`measures.report.pdf.to_pdf` in one profile.
    """
    import pikepdf

    with ExitStack() as opened:
        whole, *others = [opened.enter_context(pikepdf.open(path)) for path in files]
        counts = [len(whole.pages), *(len(part.pages) for part in others)]
        joined = _Joined(whole)
        for part in others:
            joined.add(part)
        joined.finish()
        whole.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(_labels(counts)))
        out = BytesIO()
        whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _labels(counts: Sequence[int]) -> Iterator[Any]:
    """Number pages as they are printed, the part first: 0 · 1, 0 · 2, 1 · 1."""
    import pikepdf

    start = 0
    for part, count in enumerate(counts):
        yield start
        yield pikepdf.Dictionary(S=pikepdf.Name.D, P=pikepdf.String(f"{part} · "))
        start += count


class _Joined:
    """The file that grows; what is numbered or linked through the catalogue is gathered and put back."""

    def __init__(self, whole: pikepdf.Pdf) -> None:
        root = whole.Root
        self._whole = whole
        self._top = _top(root.StructTreeRoot)
        self._kids = list(_listed(self._top.K))
        self._parents: list[Any] = list(root.StructTreeRoot.ParentTree.Nums)
        self._places = _places(root)
        self._marks = _marks(root)

    def add(self, part: pikepdf.Pdf) -> None:
        """Take in every page of a part and what belongs to it."""
        import pikepdf

        shift = 1 + max((int(key) for key in self._parents[::2]), default=-1)
        for page in part.pages:
            _shift(page.obj, "/StructParents", shift)
            for note in page.obj.get("/Annots", []):
                _shift(note, "/StructParent", shift)
        root = part.Root
        carried = part.make_indirect(pikepdf.Dictionary(StructTreeRoot=root.StructTreeRoot))
        for key in ("/Names", "/Outlines"):
            if key in root:
                carried[key] = root[key]
        self._whole.pages.extend(part.pages)
        taken = self._whole.copy_foreign(carried)
        kids = list(_listed(_top(taken.StructTreeRoot).K))
        for kid in kids:
            kid.P = self._top
        self._kids += kids
        numbers = list(taken.StructTreeRoot.ParentTree.Nums)
        for number, parents in zip(numbers[::2], numbers[1::2], strict=True):
            self._parents += [int(number) + shift, parents]
        self._places = {**_places(taken), **self._places}
        self._marks += _marks(taken)

    def finish(self) -> None:
        """Put what was gathered into the catalogue, and let links into other parts lead there."""
        import pikepdf

        root = self._whole.Root
        self._top.K = pikepdf.Array(self._kids)
        root.StructTreeRoot.ParentTree.Nums = pikepdf.Array(self._parents)
        names: list[Any] = []
        for name in sorted(self._places, key=str.encode):
            names += [pikepdf.String(name), self._places[name]]
        root.Names.Dests = pikepdf.Dictionary(Names=pikepdf.Array(names))
        _bookmarked(root, self._marks)
        for page in self._whole.pages:
            for note in page.obj.get("/Annots", []):
                address = str(note.A.URI) if "/A" in note and "/URI" in note.A else ""
                if address.startswith(ELSEWHERE):
                    note.Dest = pikepdf.String(address.removeprefix(ELSEWHERE))
                    del note["/A"]


def _top(tree: Any) -> Any:
    """Return the element that holds a whole document."""
    return next(_listed(tree.K))


def _listed(kids: Any) -> Iterator[Any]:
    import pikepdf

    yield from kids if isinstance(kids, pikepdf.Array) else [kids]


def _places(root: Any) -> dict[str, Any]:
    names = list(root.Names.Dests.Names) if "/Names" in root and "/Dests" in root.Names else []
    return {str(name): place for name, place in zip(names[::2], names[1::2], strict=True)}


def _marks(root: Any) -> list[Any]:
    """Return the bookmarks of the first rank."""
    found = []
    mark = root.Outlines.get("/First") if "/Outlines" in root else None
    while mark is not None:
        found.append(mark)
        mark = mark.get("/Next")
    return found


def _bookmarked(root: Any, marks: Sequence[Any]) -> None:
    if not marks:
        return
    for before, mark in zip((None, *marks), marks, strict=False):
        mark.Parent = root.Outlines
        for key in ("/Next", "/Prev"):
            if key in mark:
                del mark[key]
        if before is not None:
            mark.Prev, before.Next = before, mark
    root.Outlines.First, root.Outlines.Last = marks[0], marks[-1]
    root.Outlines.Count = sum(1 + max(int(mark.get("/Count", 0)), 0) for mark in marks)


def _shift(thing: Any, key: str, by: int) -> None:
    if key in thing:
        thing[key] = int(thing[key]) + by
