"""Claims: the sentences a report asserts, each with what it rests on.

A claim without a basis cannot be made. Its id is the digest of what it says and what it
rests on, so the same claim has the same id in every rendering.
"""

from __future__ import annotations

from collections.abc import Iterable

from measures import canonical
from measures.errors import MeasuresError
from measures.report.model import Claim, Paragraph, Ref


class ClaimList:
    """Numbers the claims of one report in the order they are first made."""

    def __init__(self, edition: str, period: str) -> None:
        self._edition = edition
        self._period = period
        self._made: dict[str, Claim] = {}

    def say(self, text: str, basis: Iterable[Ref]) -> Claim:
        """Return the claim that ``text`` makes; the same text on the same basis is one claim.

        Raises:
            MeasuresError: There is no basis: the sentence may not be asserted.
        """
        rests = tuple(dict.fromkeys(basis))
        if not rests or not text:
            raise MeasuresError("Expected every claim to have words and a basis, got one without.")
        said = {
            "edition": self._edition,
            "period": self._period,
            "text": text,
            "basis": [[ref.kind, ref.id] for ref in rests],
        }
        digest = canonical.digest(said)
        for length in (8, 16, len(digest)):
            name = f"{self._period}-{digest[:length]}"
            made = self._made.setdefault(name, Claim(len(self._made) + 1, name, text, rests))
            if (made.text, made.basis) == (text, rests):
                break
        return made

    @property
    def all(self) -> Paragraph:
        """Every claim made so far, by number."""
        return tuple(self._made.values())

    def resting_on(self, kind: str, name: str) -> Paragraph:
        """Return the claims that rest on a record."""
        return tuple(
            claim for claim in self._made.values() if any((r.kind, r.id) == (kind, name) for r in claim.basis)
        )
