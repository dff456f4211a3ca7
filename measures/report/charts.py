"""Small charts as inline SVG, made by hand: pure functions from values to strings.

Every chart reads in grey print and without colour: what is known is a line, what is
claimed beyond it an open ring, and each kind of not knowing has its own texture. The
first child of every chart is its title, which says the finding (a reader who cannot see
the chart hears that sentence).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from measures.report.model import Mark, State

INK = "#17212b"
DEEP = "#12485c"
ACCENT = "#a5470d"
RULE = "#d3d9de"
TEXTURE = "#8d99a4"
QUIET = "#5a6672"
FONT = "IBM Plex Sans"

STEP_WIDTH = 160
STEP_HEIGHT = 92
LEVEL_WIDTH = 272 / 6
"""Of a level in a lane of the overview: the twelve millimetres of its column."""
_YEARS = 14
_TEXT = 9.4  # seven points: a CSS pixel is three quarters of one
_YEAR_WIDTH = 25
_QUARTER_WIDTH = 37
_STRIP = 16
_LOW = 32
_EDGE = 4
_CAUSED_BY_WORK = ("performance", "")


def step_line(
    marks: Sequence[Mark],
    labels: Sequence[str],
    *,
    title: str,
    width: int = STEP_WIDTH,
    height: int = STEP_HEIGHT,
) -> str:
    """Return the step line of one criterion over all quarters.

    The rungs are drawn at the pitch of the ladder printed beside it, so that the ladder's
    words are the chart's axis: wherever this quarter has a level, if only a claimed one.
    Where it has none the line is drawn low, without a ladder; where no quarter ever had
    one, only a strip of textures is left.

    Args:
        marks: One per quarter, oldest first; the last is the report's quarter.
        labels: The ladder's labels, lowest first; only their number is drawn.
        title: The finding, in words.
        width: In CSS pixels.
        height: In CSS pixels, years included; a strip is lower than asked for.
    """
    placed = any(mark.rung is not None or mark.claimed is not None for mark in marks)
    now = bool(marks) and marks[-1].state == "level"
    plot = height - _YEARS if now else (_LOW if placed else _STRIP)
    column = (width - 2 * _EDGE) / max(len(marks), 1)
    frame = _Frame(column, plot, max(len(labels), 1))
    parts = [f"<title>{escape(title)}</title>"]
    if placed or now:
        parts += [_line((_EDGE, y), (width - _EDGE, y), RULE, 0.6) for y in map(frame.y, range(len(labels)))]
    parts += _textures(marks, frame)
    if placed:
        parts += _rungs(marks, frame)
    parts += _years(marks, frame, plot)
    return _svg("step-line", width, plot + _YEARS, parts)


def ladder_mark(
    rung: int | None,
    claimed: int | None,
    top: int,
    title: str,
    *,
    state: State = "level",
    mirrored: bool = False,
) -> str:
    """Return one lane of the overview: rungs as ticks, the standing one filled, the claimed one open.

    Args:
        rung: Standing rung from 0, ``None`` when it is not known.
        claimed: Claimed rung where it is above the standing one.
        top: Number of the highest rung.
        title: What the lane says, in words.
        state: What is known; it textures the lane when there is no rung.
        mirrored: Lowest rung at the right, for pages read from right to left.
    """
    step = LEVEL_WIDTH
    width = step * (top + 1)
    middle = 7.0
    places = [(number + 0.5) * step for number in range(top + 1)]
    if mirrored:
        places.reverse()
    parts = [f"<title>{escape(title)}</title>"]
    if rung is None and claimed is None:
        frame = _Frame(width - 2 * _EDGE, 14, 1)
        parts += _texture(state, 0, 1, frame)
        return _svg("ladder-mark", width, 14, parts)
    parts.append(_line((places[0], middle), (places[-1], middle), RULE, 1))
    parts += [_line((x, middle - 2.5), (x, middle + 2.5), RULE, 1) for x in places]
    if rung is not None:
        parts.append(_line((places[0], middle), (places[rung], middle), DEEP, 2.4))
    if claimed is not None:
        start = places[rung if rung is not None else 0]
        parts += [
            _line((start, middle), (places[claimed], middle), DEEP, 1.2, "1.2 2.4"),
            _ring(places[claimed], middle, 4.2),
        ]
    if rung is not None:
        parts.append(_dot(places[rung], middle, 4.8))
    return _svg("ladder-mark", width, 14, parts)


def key(kind: str, title: str) -> str:
    """Return a sample of one sign for a legend.

    Args:
        kind: ``standing``, ``claimed``, ``moved``, ``moved-otherwise``, ``break``, ``seam``, ``now`` or a
            :data:`State`.
        title: The sign's name, in words.
    """
    parts = [f"<title>{escape(title)}</title>"]
    frame = _Frame(18, 12, 1)
    match kind:
        case "standing":
            parts += [_line((3, 6), (23, 6), DEEP, 2), _dot(23 - 4, 6, 3.6)]
        case "claimed":
            parts += [_line((13, 1), (13, 3), DEEP, 1, "1 1.6"), _ring(13, 6, 3.4)]
        case "now":
            parts.append(f'<path d="M9 9H17L13 3Z" fill="{ACCENT}"/>')
        case "moved":
            parts += [_path("M3 10H13V2H23", DEEP, 2)]
        case "moved-otherwise":
            parts += [
                _path("M3 10H13", DEEP, 2),
                _path("M13 10V2", DEEP, 1.2, "2 1.6"),
                _path("M13 2H23", DEEP, 2),
            ]
        case "seam":
            parts += [_path("M3 8H11", DEEP, 2), _path("M15 4H23", DEEP, 2), _seam(13, 11)]
        case "break":
            parts += [_path("M3 8H11", DEEP, 2), _path("M15 4H23", DEEP, 2), _break(13, 11)]
        case "not-observed" | "insufficient-evidence" | "not-applicable" | "no-entry":
            parts += _texture(kind, 0, 1, frame)
        case _:
            raise ValueError(kind)
    return _svg("key", 26, 12, parts)


class _Frame:
    """Where quarters and rungs lie in the drawing."""

    __slots__ = ("column", "height", "rungs")

    def __init__(self, column: float, height: float, rungs: int) -> None:
        self.column = column
        self.height = height
        self.rungs = rungs

    def x(self, place: float) -> float:
        return _EDGE + place * self.column

    def y(self, rung: int) -> float:
        return self.height - (rung + 0.5) * self.height / self.rungs


def _textures(marks: Sequence[Mark], frame: _Frame) -> list[str]:
    parts: list[str] = []
    start = 0
    for state, run in groupby(marks, key=lambda mark: mark.state):
        end = start + len(list(run))
        parts += _texture(state, start, end, frame)
        start = end
    return parts


def _texture(state: State, start: int, end: int, frame: _Frame) -> list[str]:
    left, right = frame.x(start) + 0.8, frame.x(end) - 0.8
    top, bottom = 1.0, frame.height - 1.0
    match state:
        case "not-observed":
            return [_path(_hatch(left, right, top, bottom), TEXTURE, 0.55)]
        case "insufficient-evidence":
            rows = int((bottom - top) // 4)
            inset = (bottom - top - (rows - 1) * 4) / 2
            dots = "".join(
                f"M{_n(left + 1.5)} {_n(top + inset + 4 * row)}H{_n(right)}" for row in range(rows)
            )
            return [_path(dots, QUIET, 1.3, "0 4", cap="round")]
        case "no-entry":
            box = f"M{_n(left)} {_n(top)}H{_n(right)}V{_n(bottom)}H{_n(left)}Z"
            return [_path(box, TEXTURE, 0.7, "2 2")]
        case "not-applicable":
            middle = (top + bottom) / 2
            return [_path(f"M{_n(left)} {_n(middle)}H{_n(right)}", TEXTURE, 1)]
        case _:
            return []


def _hatch(left: float, right: float, top: float, bottom: float) -> str:
    """Return diagonals clipped to a box; clip paths would need ids, which repeat on a page."""
    parts = []
    offset = left - (bottom - top) + 2
    while offset < right:
        x1, y1 = offset, bottom
        x2, y2 = offset + bottom - top, top
        if x1 < left:
            x1, y1 = left, bottom - (left - offset)
        if x2 > right:
            x2, y2 = right, bottom - (right - offset)
        parts.append(f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}")
        offset += 5
    return "".join(parts)


def _rungs(marks: Sequence[Mark], frame: _Frame) -> Iterator[str]:
    before: int | None = None
    solid: list[str] = []
    dashed: list[str] = []
    for place, mark in enumerate(marks):
        if mark.rung is not None:
            left, right, y = frame.x(place), frame.x(place + 1), frame.y(mark.rung)
            solid.append(f"M{_n(left)} {_n(y)}H{_n(right)}")
            since = before if mark.start is None else mark.start
            if before is not None and since not in (None, mark.rung) and not mark.breaks:
                riser = f"M{_n(left)} {_n(frame.y(since))}V{_n(y)}"
                (solid if mark.cause in _CAUSED_BY_WORK else dashed).append(riser)
        before = mark.rung
    yield _path("".join(dashed), DEEP, 1.3, "2 1.8") if dashed else ""
    yield _path("".join(solid), DEEP, 2.2, cap="square") if solid else ""
    for place, mark in enumerate(marks):
        if mark.claimed is not None:
            x, y = frame.x(place + 0.5), frame.y(mark.claimed)
            foot = frame.y(mark.rung) if mark.rung is not None else frame.height
            yield _line((x, foot), (x, y + 3), DEEP, 1, "1 1.8") + _ring(x, y, 3)
    for place, mark in enumerate(marks):
        if mark.breaks:
            yield _break(frame.x(place), frame.height)
        elif mark.start is not None:
            yield _seam(frame.x(place), frame.height)
    if marks[-1].rung is not None:
        yield _dot(frame.x(len(marks) - 0.5), frame.y(marks[-1].rung), 4.4)


def _break(x: float, height: float) -> str:
    """Draw where a line breaks because the words changed: a rule through all rungs, and two strokes."""
    strokes = f"M{_n(x - 4)} 6L{_n(x)} 1M{_n(x)} 6L{_n(x + 4)} 1"
    return _line((x, 1), (x, height), ACCENT, 0.8, "3 2") + _path(strokes, ACCENT, 1.1)


def _seam(x: float, height: float) -> str:
    """Draw where a line goes on in other words: a rule through all rungs, and a ring that holds the two."""
    return _line((x, 1), (x, height), QUIET, 0.8, "1 2") + _loop(x, 4)


def _years(marks: Sequence[Mark], frame: _Frame, plot: float) -> Iterator[str]:
    yield _line((_EDGE, plot), (frame.x(len(marks)), plot), TEXTURE, 0.8)
    now = frame.x(len(marks) - 0.5)
    label = now - 5
    for place, mark in enumerate(marks):
        if mark.period.endswith("Q1") or place == 0:
            x = frame.x(place)
            yield _line((x, plot), (x, plot + 3), TEXTURE, 0.8)
            if mark.period.endswith("Q1") and x + _YEAR_WIDTH <= label - _QUARTER_WIDTH:
                yield _text(x + 2, plot + 11, mark.period[:4], QUIET)
    if not marks:
        return
    yield _text(label, plot + 11, marks[-1].period, INK, end=True)
    d = f"M{_n(now - 3.2)} {_n(plot + 6.5)}H{_n(now + 3.2)}L{_n(now)} {_n(plot + 1.4)}Z"
    yield f'<path d="{d}" fill="{ACCENT}"/>'


def _svg(name: str, width: float, height: float, parts: Sequence[str]) -> str:
    size = f'width="{_n(width)}" height="{_n(height)}" viewBox="0 0 {_n(width)} {_n(height)}"'
    body = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="{name}" role="img" {size}>{body}</svg>'


def _line(
    start: tuple[float, float], end: tuple[float, float], stroke: str, width: float, dash: str = ""
) -> str:
    return _path(f"M{_n(start[0])} {_n(start[1])}L{_n(end[0])} {_n(end[1])}", stroke, width, dash)


def _path(d: str, stroke: str, width: float, dash: str = "", *, cap: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    caps = f' stroke-linecap="{cap}"' if cap else ""
    return f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{_n(width)}"{dashes}{caps}/>'


def _dot(x: float, y: float, radius: float) -> str:
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{DEEP}" stroke="#fff" stroke-width="1"/>'
    )


def _ring(x: float, y: float, radius: float) -> str:
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="#fff" stroke="{DEEP}" stroke-width="1.3"/>'
    )


def _loop(x: float, y: float) -> str:
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="2.4" fill="none" stroke="{QUIET}" stroke-width="1"/>'


def _text(x: float, y: float, text: str, fill: str, *, end: bool = False) -> str:
    face = f'font-family="{FONT}" font-size="{_TEXT}" fill="{fill}"' + (' text-anchor="end"' if end else "")
    return f'<text x="{_n(x)}" y="{_n(y)}" {face}>{escape(text)}</text>'


def _n(value: float) -> str:
    """Return a number with at most two decimals, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
