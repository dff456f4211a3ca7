"""The one door to the template engine: a frozen model in, a page of HTML out.

Templates see one name: ``report``, ``card`` or ``trace``. They loop and print; what they assert is
already in the model, and every text from it is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from measures.errors import RenderError
from measures.report import charts
from measures.report.model import Cell, Claim, QuarterPage, Report

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup

    from measures.report.audit import AuditReport
    from measures.report.card import Card
    from measures.report.tracepage import TracePage

_SVG_ELEMENTS = frozenset({"svg", "title", "g", "path", "line", "circle", "rect", "text"})
_ELEMENT = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]*)")
_TAG = re.compile(r"<[^>]*>")
_FORBIDDEN = re.compile(r"\son[a-z]+\s*=|href\s*=|style\s*=|url\s*\(|<[!?]", re.IGNORECASE)
_ID = re.compile(r'<[^>]*?\sid="([^"]*)"')
_LINE = 56
_SHOWN = 3
"""References of one kind that a claim's line prints; the claims file beside the report has them all."""
_DENSITIES = (("open", 92), ("close", 116))
_LINK = re.compile(r'\shref="#([^"]*)"')


def render(report: Report | AuditReport, template: str, templates: Path) -> str:
    """Return the report as one HTML document; the same report always gives the same text.

    Args:
        report: The frozen model, already cut to what the audience may see.
        template: Name below ``templates``, such as ``hq/report.html``.
        templates: Folder of templates; nothing outside it can be included.

    Raises:
        RenderError: The template is missing or wrong, asks for what the model lacks, or
            prints a link that leads nowhere.
    """
    return _page("report", report, template, templates)


def render_card(card: Card, template: str, templates: Path) -> str:
    """Return the card of a rubric as one HTML document; the same card always gives the same text.

    Args:
        card: The frozen model.
        template: Name below ``templates``, such as ``card/card.html``.
        templates: Folder of templates; nothing outside it can be included.

    Raises:
        RenderError: As :func:`render`.
    """
    return _page("card", card, template, templates)


def render_trace(trace: TracePage, template: str, templates: Path) -> str:
    """Return a trace as one HTML document; the same trace always gives the same text.

    Args:
        trace: The frozen model.
        template: Name below ``templates``, such as ``trace/trace.html``.
        templates: Folder of templates; nothing outside it can be included.

    Raises:
        RenderError: As :func:`render`.
    """
    return _page("trace", trace, template, templates)


def _page(name: str, model: Report | AuditReport | Card | TracePage, template: str, templates: Path) -> str:
    """Return what a template makes of the one name that it sees."""
    from jinja2 import TemplateError, UndefinedError

    try:
        environment = _environment(templates, getattr(model, "direction", "ltr"))
        page = environment.get_template(template).render({name: model})
    except UndefinedError as error:
        raise RenderError(
            f"The template {template} asks for what the {name} lacks: {error.message}",
            "Mend the template, or remove the mission's own copy of it.",
        ) from None
    except TemplateError as error:
        raise RenderError(
            f"The template {template} cannot be used: {type(error).__name__}: {error}",
            "Mend the template, or remove the mission's own copy of it.",
        ) from None
    _check_links(page)
    return page


def _environment(templates: Path, direction: str) -> SandboxedEnvironment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.clear()
    said: set[int] = set()
    environment.filters.update(
        ltr=_ltr,
        code=_ltr if direction == "rtl" else str,
        says=lambda claim: _says(claim, said),
        lane=_lane,
        sign=_sign,
        drawing=_drawing,
        slug=_slug,
        density=_density,
        groups=_groups,
        gathered=_gathered,
        site=lambda url: urlsplit(url).netloc.removeprefix("www."),
        shown=lambda refs: refs[:_SHOWN],
        left_over=lambda refs: max(len(refs) - _SHOWN, 0),
    )
    environment.tests.update(web_address=_is_web_address, said=lambda claim: claim.number in said)
    return environment


def _ltr(value: object) -> Markup:
    """Isolate an id, a number or a date, which run left to right in any text."""
    from markupsafe import Markup

    return Markup('<bdi dir="ltr">{}</bdi>').format(value)


def _says(claim: Claim, said: set[int]) -> Markup:
    """Print a claim and its number, a link to its basis; the first time also the place to come back to."""
    from markupsafe import Markup

    place = Markup("") if claim.number in said else Markup(' id="says-{}"').format(claim.number)
    said.add(claim.number)
    # The word joiner keeps the number from being left alone on the next line.
    link = Markup('<a class="n"{} href="#{}">\u2060{}</a>').format(place, claim.anchor, claim.number)
    return Markup("{}{}").format(claim.text, link)


def _lane(cell: Cell, direction: str) -> Markup:
    """Draw a cell of the overview."""
    from markupsafe import Markup

    drawing = charts.ladder_mark(
        cell.rung,
        cell.claimed,
        cell.top,
        f"{cell.title}: {cell.verdict}",
        state=cell.state,
        mirrored=direction == "rtl",
    )
    return Markup(drawing)  # noqa: S704 - made by charts, which escapes every text


def _sign(kind: str, title: str) -> Markup:
    from markupsafe import Markup

    return Markup(charts.key(kind, title))  # noqa: S704 - made by charts, which escapes every text


def _drawing(svg: str) -> Markup:
    """Let a finished drawing through, after looking that it holds nothing but shapes.

    Raises:
        RenderError: It holds an element or attribute that a chart of ours never has.
    """
    from markupsafe import Markup

    tags = "".join(_TAG.findall(svg))
    strangers = set(_ELEMENT.findall(tags)) - _SVG_ELEMENTS
    if strangers or _FORBIDDEN.search(tags) or not svg.startswith("<svg ") or not svg.endswith("</svg>"):
        raise RenderError("A chart in the report holds more than shapes.", "Make the report again.")
    return Markup(svg)  # noqa: S704 - looked through above


def _slug(text: str) -> str:
    """Return the kind of a chip: its words before any colon, as the name of a style."""
    text = text.partition(":")[0]
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _density(page: QuarterPage) -> str:
    """Return how tightly the quarter's page is set, by how much it says; it has to stay one page."""
    lines = 0.0
    for panel in (page.moved, page.held, page.unknown, page.decide):
        lines += 2 + sum(len(f"{item.tag} {item.claim.text}") / _LINE + 1 for item in panel)
    lines += sum(len(claim.text) for claim in page.standfirst) / _LINE
    return next((name for name, most in _DENSITIES if lines <= most), "closest")


def _groups(digest: str, size: int = 4) -> str:
    """Return a digest in groups that an eye can compare."""
    return " ".join(digest[start : start + size] for start in range(0, len(digest), size))


def _gathered(rows: Iterable[object], name: str) -> list[tuple[object, list[object]]]:
    """Return rows under each value of an attribute, values in the order they first appear."""
    found: dict[object, list[object]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return list(found.items())


def _is_web_address(url: str) -> bool:
    """Tell whether an address may become a link; anything else stays text."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s<>\"]", url)


def _check_links(page: str) -> None:
    missing = sorted(set(_LINK.findall(page)) - set(_ID.findall(page)))
    if missing:
        shown = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
        raise RenderError(
            f"The page links to places it does not have: {shown}.",
            "Make it again with every section the links lead to.",
        )
