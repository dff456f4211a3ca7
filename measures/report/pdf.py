"""The one door to the PDF renderer: HTML in, a tagged PDF out, the same bytes every time.

What the page may load is a list made beforehand: the product's own stylesheets. An
address in somebody's text stays text. Nothing the renderer logs is passed on as it is,
since it may quote the page.
"""

from __future__ import annotations

import gc
import logging
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from warnings import catch_warnings, filterwarnings

from measures.errors import RenderError
from measures.report import archival, fonts, tagging

Progress = Callable[[str, float], None]
"""Told what is being done and how much of the whole is behind, from 0 to 1."""

PROFILES = tuple(archival.VARIANTS)
_PLACEHOLDER = "000"
_NO_PANGO = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF.

    Args:
        data: The file.
        pages: How many.
        warnings: What the renderer complained of, without any text of the page.
        page_of: The page, from 1, of every place that a link may lead to.
    """

    data: bytes
    pages: int
    warnings: tuple[str, ...]
    page_of: Mapping[str, int]


def to_pdf(
    html: str,
    *,
    base: Path,
    profile: str = "pdf/ua-1",
    attachments: Mapping[str, bytes] | None = None,
    progress: Progress | None = None,
) -> Rendered:
    """Render a page of ours to PDF.

    Args:
        html: What :func:`measures.report.html.render` returned.
        base: Folder of templates; stylesheets below it are the only things loaded.
        profile: One of :data:`PROFILES`.
        attachments: Files embedded in the PDF, by name.
        progress: Told of every page laid out and every step.

    Raises:
        RenderError: The profile is unknown, or the machine lacks Pango or the fonts.
    """
    if profile not in PROFILES:
        raise RenderError(
            f"The PDF profile {profile} is not known; expected one of {', '.join(PROFILES)}.",
            "Correct the profile in the edition's definition.",
        )
    with _ONE_AT_A_TIME, fonts.only_our_fonts(), _calm(), _listening(progress) as warnings:
        weasyprint = _weasyprint()
        source = weasyprint.HTML(string=html, base_url=_base_url(base), url_fetcher=_fetcher(base))
        variant = archival.VARIANTS[profile]
        document = source.render(pdf_variant=variant, pdf_tags=True)
        page_of = _bind_page_numbers(document)
        with _mended(document), catch_warnings():
            # The renderer opens its colour profile and leaves closing it to the interpreter.
            filterwarnings("ignore", r"unclosed file .*\.icc", ResourceWarning)
            data = document.write_pdf(
                finisher=archival.claims_both if profile == archival.ACCESSIBLE_ARCHIVE else None,
                pdf_variant=variant,
                pdf_tags=True,
                attachments=[_attachment(weasyprint, *item) for item in sorted((attachments or {}).items())],
            )
        if progress is not None:
            progress("Written", 1.0)
        return Rendered(data, len(document.pages), tuple(warnings), page_of)


def read_attachments(data: bytes) -> dict[str, bytes]:
    """Return the files embedded in a PDF, by name.

    Raises:
        RenderError: The bytes are not a PDF that can be opened.
    """
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as document:
            return {name: spec.get_file().read_bytes() for name, spec in sorted(document.attachments.items())}
    except (pikepdf.PdfError, ValueError):
        raise RenderError("it is no PDF that can be opened", "Give a report made by this product.") from None


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError:
        raise RenderError(
            "This machine lacks Pango, which lays out the text of the PDF.",
            f"On Debian or Ubuntu run, as root: {_NO_PANGO}",
        ) from None
    return weasyprint


def _mended(document: Any) -> AbstractContextManager[None]:
    from weasyprint.formatting_structure import boxes
    from weasyprint.pdf import tags
    from weasyprint.pdf.stream import Stream

    return tagging.mended(document, boxes, tags, Stream)


def _base_url(base: Path) -> str:
    return base.resolve().as_uri() + "/"


def _fetcher(base: Path) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyOurStylesheets(URLFetcher):  # type: ignore[misc]  # the library ships no types
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002 - the library's signature
            path = allowed_file(url, base)
            if path is None:
                raise ValueError("refused")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "text/css"})

    return OnlyOurStylesheets()


def allowed_file(url: str, base: Path) -> Path | None:
    """Return the file that a page may load by this address, or ``None``: stylesheets below ``base`` only."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc or parts.query:
        return None
    path = Path(unquote(parts.path)).resolve()
    if path.suffix != ".css" or not path.is_relative_to(base.resolve()) or not path.is_file():
        return None
    return path


def _attachment(weasyprint: Any, name: str, content: bytes) -> Any:
    # Without dates of its own an attachment is stamped with the clock, and no two files are equal.
    return weasyprint.Attachment(
        file_obj=BytesIO(content), name=name, created=_EPOCH, modified=_EPOCH, relationship="Data"
    )


@contextmanager
def _calm() -> Iterator[None]:
    """Keep the collector out of the way; layout makes millions of objects and frees none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _listening(progress: Progress | None) -> Iterator[list[str]]:
    """Collect what the renderer complains of, and turn its steps into progress."""
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    steps = logging.getLogger("weasyprint.progress")
    handlers: list[tuple[logging.Logger, logging.Handler]] = [(logger, complaints)]
    if progress is not None:
        handlers.append((steps, _Steps(progress)))
    before = (logger.propagate, logger.level, steps.level, steps.propagate)
    logger.propagate = steps.propagate = False
    logger.setLevel(logging.WARNING)
    steps.setLevel(logging.INFO if progress is not None else logging.CRITICAL)
    for target, handler in handlers:
        target.addHandler(handler)
    try:
        yield complaints.heard
    finally:
        for target, handler in handlers:
            target.removeHandler(handler)
        logger.propagate, steps.propagate = before[0], before[3]
        logger.setLevel(before[1])
        steps.setLevel(before[2])


class _Complaints(logging.Handler):
    """Keeps the renderer's sentence, not what it fills in: that may be text of the page."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        said = str(record.msg).splitlines()[0][:120]
        if said.startswith(".notdef") and isinstance(record.args, tuple):
            said = f"No font of ours has U+{record.args[1]:04X}"
        if said not in self.heard:
            self.heard.append(said)


class _Steps(logging.Handler):
    """Turns "Step 5 - Creating layout - Page 7" into a share of the work."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(logging.INFO)
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        found = re.match(r"Step (\d)[^-]*- ([A-Za-z ]+?)(?: - .*?(\d+))?$", record.getMessage())
        if found is None:
            return
        step, words, page = int(found[1]), found[2].strip(), int(found[3] or 0)
        share = {1: 0.0, 2: 0.02, 3: 0.05, 4: 0.15, 5: 0.2, 6: 0.75, 7: 0.95}.get(step, 0.0)
        if step == 5:
            share += 0.55 * page / (page + 12)
        self._progress(words if not page else f"{words}, page {page}", share)


def _bind_page_numbers(document: Any) -> dict[str, int]:
    """Write page numbers into the finished layout.

    The stylesheet could ask for them, but then everything is laid out three times.
    Placeholders have three figures of equal width, so nothing moves.
    """
    page_of: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for anchor in page.anchors:
            page_of.setdefault(anchor, number)
    for page in document.pages:
        for box, anchor, ends in _placeholders(page._page_box):  # noqa: SLF001 - the layout has no public door
            number_text = str(page_of.get(anchor, ""))
            text = box.text.replace(_PLACEHOLDER, number_text)
            if ends:
                box.position_x += box.width * (len(_PLACEHOLDER) - len(number_text)) / len(box.text)
            box.text = box.pango_layout.text = text
    return page_of


def _placeholders(box: Any) -> Iterator[tuple[Any, str, bool]]:
    """Yield text boxes that wait for a number, the place it is the page of, and whether to end right."""
    for child in getattr(box, "children", ()):
        text = getattr(child, "text", None)
        if text is None:
            yield from _placeholders(child)
        elif _PLACEHOLDER in text and child.element is not None:
            anchor = child.element.get("data-page-of")
            if anchor:
                yield child, anchor, child.element.tag == "td" and child.style["direction"] == "ltr"
