"""A sentence with its basis, before it is decided whether the page has room to assert it."""

from __future__ import annotations

from typing import NamedTuple

from measures.report.model import Ref


class Line(NamedTuple):
    """A sentence that may become a claim.

    Args:
        text: The sentence.
        basis: What it rests on.
        tag: A word or two shown beside it.
        anchor: Where in the report to read on.
        about: What to call it when there is no room for it.
    """

    text: str
    basis: list[Ref]
    tag: str
    anchor: str
    about: str
