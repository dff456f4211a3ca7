"""How an audit edition falls into parts that are laid out one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from measures.report.audit import AuditMilestone, Held

LONG = 150_000
"""About how many characters are laid out together: some forty pages."""

ITEMS_A_PART = 200
"""How many items of evidence are laid out together."""


def together(milestones: Iterable[AuditMilestone]) -> Iterator[tuple[AuditMilestone, ...]]:
    """Yield milestones, in order, as many at a time as make a part."""
    part: list[AuditMilestone] = []
    length = 0
    for milestone in milestones:
        more = _length(milestone)
        if part and length + more > LONG:
            yield tuple(part)
            part, length = [], 0
        part.append(milestone)
        length += more
    if part:
        yield tuple(part)


def _length(milestone: AuditMilestone) -> int:
    """Return about how many characters a milestone prints."""
    scores = [score for cell in milestone.cells for score in cell.scores]
    return sum(
        400 + len(score.rationale) + len(score.why_not_next) + 260 * len(score.citations) for score in scores
    )


def in_parts(items: tuple[Held, ...], first: int) -> Iterator[tuple[int, tuple[Held, ...]]]:
    """Yield items, in order, with the number of their part; the first of them is ``first``."""
    for at in range(0, len(items), ITEMS_A_PART):
        yield first + at // ITEMS_A_PART, items[at : at + ITEMS_A_PART]
