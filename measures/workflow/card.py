"""Writing the card of a rubric: one file, the same bytes for the same rubric."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import measures
from measures import library
from measures.errors import MissionError, RenderError
from measures.report.card import Card, build
from measures.workflow.files import write_whole
from measures.workflow.record import Progress, silent
from measures.workflow.shelf import language_of, pick, shelf

FORMATS = ("html", "pdf")


@dataclass(frozen=True, slots=True)
class Written:
    """A card on disk.

    Args:
        card: The model it was rendered from.
        path: The file.
        pages: How many pages a PDF has; 0 for HTML.
        warnings: What the renderer complained of; empty when all is well.
    """

    card: Card
    path: Path
    pages: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for.

    Args:
        rubric: Its id, for the newest version; or ``id@version``.
        form: One of :data:`FORMATS`.
        language: Of the card; English, else the rubric's first language, when empty.
        criterion: Show this criterion alone.
    """

    rubric: str
    form: str
    language: str = ""
    criterion: str = ""


def write_card(
    wanted: Wanted, out: Path, mission: Path | None = None, progress: Progress | None = None
) -> Written:
    """Write the card of one rubric.

    Args:
        wanted: Which card.
        out: A folder, made when it is missing, for ``ID-VERSION-LANGUAGE.pdf``; or a file whose
            name ends like the form.
        mission: The mission folder whose own rubrics count too.
        progress: Told how far it is.

    Raises:
        RubricError: There is no such rubric, or the card cannot be made in that language.
        RenderError: The machine lacks what rendering needs, or a template is wrong.
        MissionError: ``out`` cannot be written to.
    """
    from measures.report.html import render_card
    from measures.report.pdf import to_pdf

    tell = progress or silent
    seen = shelf(mission)
    rubric = pick(seen, wanted.rubric)
    language = language_of(rubric, wanted.language)
    card = build(
        rubric,
        language,
        f"measures {measures.__version__}",
        criterion=wanted.criterion,
        others=seen.newest(),
    )
    path = _file(out, card, wanted)
    templates = library.shelf("templates")
    if not templates.is_dir():
        raise RenderError("Expected the product's templates, found none.", "Install the package again.")
    html = render_card(card, "card/card.html", templates)
    if wanted.form == "html":
        write_whole(path, html.encode())
        return Written(card, path, 0, ())
    made = to_pdf(html, base=templates, progress=lambda what, share: tell(what, int(share * 100), 100))
    write_whole(path, made.data)
    return Written(card, path, made.pages, made.warnings)


def _file(out: Path, card: Card, wanted: Wanted) -> Path:
    """Return the file that ``out`` means.

    Raises:
        MissionError: It names a file of the other form.
    """
    if not out.is_dir():
        if out.suffix == f".{wanted.form}":
            return out
        if out.suffix[1:] in FORMATS:
            raise MissionError(
                f"Expected a folder or a file that ends in .{wanted.form}, got {out}.",
                f"Name such a file, or ask for --format {out.suffix[1:]}.",
            )
    one = f"-{wanted.criterion}" if wanted.criterion else ""
    return out / f"{card.id}-{card.version}{one}-{card.language}.{wanted.form}"
