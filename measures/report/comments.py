"""The right of reply: what is said about a score, and what is answered, beside the score itself."""

from __future__ import annotations

from typing import Any

from measures.report import prose
from measures.report.model import Claim, Paragraph, Ref
from measures.report.source import Source, Stand, anchor

_AGREES = {"yes": " agrees", "no": " does not agree", "in-part": " agrees in part"}


def comment_claims(source: Source, stand: Stand) -> list[Claim]:
    """Return each comment on a score or its moderation, with the answers to it, oldest first."""
    said = []
    for name in _told(source, stand):
        for row in source.comments.get(name, []):
            refs = [Ref("comment", str(row["id"]), anchor(stand))]
            text = _said(source, row)
            for answer in source.comments.get(str(row["id"]), []):
                text += f" {_said(source, answer, answers=True)}"
                refs.append(Ref("comment", str(answer["id"]), anchor(stand)))
            said.append(source.claims.say(text, refs))
    return said


def _told(source: Source, stand: Stand) -> list[str]:
    """Return what may be commented on in a cell: each rater's score, and the moderation."""
    scores = source.scores.get((stand.milestone, stand.criterion), [])
    return [*scores, stand.moderation] if stand.moderation else scores


def _said(source: Source, row: dict[str, Any], *, answers: bool = False) -> str:
    voice = _voice(source, str(row["by"]))
    when = prose.date(str(row["date"]))
    verb = " answers" if answers else _AGREES.get(str(row["agrees"]), " comments")
    return f"{voice}{verb} ({when}): {prose.sentence(str(row['text']))}"


def _voice(source: Source, by: str) -> str:
    person = source.mission.person(by)
    return by if person is not None else source.actor(by)


def reply_words(source: Source) -> Paragraph:
    """Return how many comments stand on the scores of the quarter, and which nobody has answered."""
    on = [name for stand in source.now for name in _told(source, stand)]
    made = [row for name in on for row in source.comments.get(name, [])]
    if not on:
        return ()
    if not made:
        text = "Nobody has commented on a score."
        return (source.claims.say(text, [Ref("mission", source.mission.id)]),)
    silent = [row for row in made if not source.comments.get(str(row["id"]))]
    count = prose.capital(prose.count(len(made), "comment"))
    text = f"{count} on this quarter's scores {'is' if len(made) == 1 else 'are'} on record"
    if silent:
        names = prose.listed([str(row["id"]) for row in silent])
        text += f"; nobody has answered {names}"
    refs = [Ref("comment", str(row["id"])) for row in made]
    return (source.claims.say(prose.sentence(text), refs),)
