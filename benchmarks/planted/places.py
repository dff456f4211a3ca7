"""Where a truth is planted, and the signs that several of them share."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.planted.clean import Cell, Draft, cells


def rising(d: Draft) -> Cell:
    """Return a criterion that works and could still rise."""
    return d.any_of(cells("M-01"))


def at(*places: Cell) -> tuple[str, ...]:
    """Return cells as the places of a sign."""
    return tuple(sorted(map(str, places)))


def anchor(cell: Cell) -> str:
    """Return the place of a cell's own line on the page of the quarter."""
    return f"{cell.milestone}-{cell.criterion}"


def above(*places: Cell, lacks: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the signs of levels of one milestone that are claimed above their evidence and not settled."""
    cells_ = at(*places)
    return {
        "health claimed-above-support": cells_,
        "health not-settled": cells_,
        "agenda claimed-above-support": cells_,
        "page claimed only": (places[0].milestone,),
        "page to settle": (places[0].milestone,),
        **{f"lacks {word}": cells_ for word in lacks},
    }
