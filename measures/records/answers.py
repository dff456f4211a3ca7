"""Answers to attributes, as they stand in one cell: ``id=yes; id=no; id=unknown``."""

from __future__ import annotations

from measures.records.tables import split

ANSWERS = ("yes", "no", "unknown")


def read_answers(cell: str) -> tuple[dict[str, str], list[str]]:
    """Return answers by attribute id, and the parts that are not of the form."""
    answers: dict[str, str] = {}
    wrong: list[str] = []
    for part in split(cell):
        attribute, equals, answer = (piece.strip() for piece in part.partition("="))
        if equals and attribute and answer in ANSWERS and attribute not in answers:
            answers[attribute] = answer
        else:
            wrong.append(part)
    return answers, wrong
