"""What auditors found on the scores of a quarter, in sentences; nothing where nobody looked."""

from __future__ import annotations

from measures.records.frames import lines
from measures.report import prose
from measures.report.model import Claim, Paragraph, Ref
from measures.report.source import Source

_COLUMNS = ("id", "ref", "finding", "level", "non_score")
_OPEN = {"agrees": "agree with", "disagrees": "disagree with", "cannot-tell": "cannot tell on"}
_Found = tuple[str, ...]


def audit_words(source: Source) -> Paragraph:
    """Return how far auditors agree with this quarter's scores: shown them, and blind."""
    scores = source.frames["assessments"]
    now = scores[scores["period"].astype("str") == str(source.period)]
    given = {name: level or other for name, level, other in lines(now, "id", "level", "non_score")}
    audits = source.frames["audits"]
    live = audits[~audits["superseded"] & audits["ref"].isin(list(given))]
    shown = lines(live[~live["blind"]], *_COLUMNS)
    blind = lines(live[live["blind"]], *_COLUMNS)
    return (*_open(source, shown), *_blind(source, blind, given))


def _open(source: Source, rows: list[_Found]) -> list[Claim]:
    if not rows:
        return []
    parts = []
    for word, words in _OPEN.items():
        names = [row[1] for row in rows if row[2] == word]
        named = f" ({prose.listed(names)})" if word == "disagrees" else ""
        parts += [f"{words} {len(names)}{named}"] if names else []
    text = f"Auditors looked at {prose.count(len(rows), 'score')} of this quarter: they {prose.listed(parts)}"
    return [source.claims.say(prose.sentence(text), _refs(rows))]


def _blind(source: Source, rows: list[_Found], given: dict[str, str]) -> list[Claim]:
    if not rows:
        return []
    told = [row for row in rows if row[2] == "rescored"]
    same = sum((row[3] or row[4]) == given[row[1]] for row in told)
    share = prose.of(same, len(rows))
    text = f"Auditors shown the evidence and not the level came to what was scored on {share}"
    unsure = len(rows) - len(told)
    text += f", and could not tell on {unsure}" if unsure else ""
    return [source.claims.say(prose.sentence(text), _refs(rows))]


def _refs(rows: list[_Found]) -> list[Ref]:
    return [Ref("audit", row[0]) for row in rows]
