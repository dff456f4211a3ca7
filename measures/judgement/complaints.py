"""What others wrote against an indicator, read as answers to the questions of the screening.

Missions have lists of figures with a column that says why each of them fails, in a few words joined
by semicolons. The words here are those of the lists seen so far; anything else is handed back unread.
"""

from __future__ import annotations

from measures.records.tables import split

COMPLAINTS: tuple[tuple[str, str, str], ...] = (
    ("activity not delivered", "delivered", "no"),
    ("not delivered", "delivered", "no"),
    ("unknown denominator", "denominator", "unknown"),
    ("no denominator", "denominator", "unknown"),
    ("no partner demand", "demanded", "no"),
    ("not asked for", "demanded", "no"),
    ("definition drifts", "denominator_stable", "no"),
    ("definition changed", "denominator_stable", "no"),
    ("unit of account disputed", "denominator_stable", "no"),
    ("donor-side status", "measures", "status"),
    ("repeats status", "measures", "status"),
    ("rolled-up ratings", "measures", "status"),
    ("counts output", "measures", "output"),
    ("can only rise", "measures", "output"),
    ("composite of counts", "measures", "output"),
    ("reporting load", "path", "none"),
    ("moves without institutional cause", "path", "none"),
)
"""Words of a complaint, the column of ``indicators`` that they fill, and the cell they make."""


def read_complaints(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return cells by column that a list of complaints fills, and the complaints not understood.

    Of two complaints about one column the one that stands first in :data:`COMPLAINTS` is kept.
    """
    given = [complaint.casefold() for complaint in split(text)]
    cells: dict[str, str] = {}
    for words, column, cell in COMPLAINTS:
        if any(words in complaint for complaint in given):
            cells.setdefault(column, cell)
    unread = tuple(
        one for one in split(text) if not any(words in one.casefold() for words, _, _ in COMPLAINTS)
    )
    return cells, unread
