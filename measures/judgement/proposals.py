"""Which criterion might answer the question behind a figure: a proposal by shared words, no more.

An indicator names what it counts; a rubric's titles and questions name what they ask. A criterion is
proposed when words of the indicator stand in a title, or two of them in its question. A word in the
title of the criterion counts three, in the title of its rubric two, in its question one; it counts
once, where it counts most. Criteria that come out the same are all proposed, four at most, in the
order of the rubrics given; a person names the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from measures.rubric.model import Rubric, said

MOST = 4
_LEAST = 2

_ENDINGS = re.compile(r"(?:ations?|ional|ings?|ions?|ers?|ors?|ies|ed|es|s|e)$")
_SAY_NOTHING = """
about after all and announced any are army been before but count counts did does done each figure for force
forces from had has have her his how into its many ministry mission more most not number numbers office
officer officers offices only other per percent percentage reported share since size some such than that
the their them then they this those through total unit units was were what when where which who whom whose
with within without year
"""
_EMPTY = frozenset(_SAY_NOTHING.split())


@dataclass(frozen=True, slots=True)
class Proposal:
    """A criterion that may answer the question behind an indicator.

    Args:
        criterion: ``rubric/criterion``.
        title: Titles of rubric and criterion.
        words: The words of the indicator that it shares.
    """

    criterion: str
    title: str
    words: tuple[str, ...]


def propose(indicator: str, rubrics: Iterable[Rubric]) -> tuple[Proposal, ...]:
    """Return the criteria nearest to an indicator's words, best first; none where no words meet.

    Args:
        indicator: What is counted, in English.
        rubrics: The rubrics to choose from.
    """
    words = _words(indicator)
    scored: list[tuple[int, Proposal]] = []
    for rubric in rubrics:
        of_rubric = _words(said(rubric.title))
        for criterion in rubric.criteria:
            parts = (
                (3, _words(said(criterion.title))),
                (2, of_rubric),
                (1, _words(said(criterion.question))),
            )
            worth = {stem: max((w for w, stems in parts if stem in stems), default=0) for stem in words}
            score = sum(worth.values())
            if score >= _LEAST:
                shared = tuple(word for stem, word in words.items() if worth[stem])
                title = f"{said(rubric.title)}: {said(criterion.title)}"
                scored.append((score, Proposal(f"{rubric.id}/{criterion.id}", title, shared)))
    best = max((score for score, _ in scored), default=0)
    return tuple(proposal for score, proposal in scored if score == best)[:MOST]


def _words(text: str) -> dict[str, str]:
    """Return the words that say something, by their stem."""
    found: dict[str, str] = {}
    for word in re.findall(r"[a-z]{3,}", text.lower()):
        if word not in _EMPTY:
            stem = _ENDINGS.sub("", word)
            found.setdefault(stem if len(stem) > 3 else word, word)
    return found
