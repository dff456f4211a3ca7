"""Samples for an auditor: the list that is drawn from, the draw, and what it can show."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from measures.errors import SampleError
from measures.finding import did_you_mean, one_of
from measures.judgement.sampling import Drawn, Item, draw, most_errors, most_unseen
from measures.records import Row
from measures.records.rows import superseded
from measures.register import Entry
from measures.workflow.mission import Mission

Of = Literal["scores", "claims"]
OF: tuple[Of, ...] = ("scores", "claims")
BY: Mapping[Of, tuple[str, ...]] = {
    "scores": ("movement", "assessor", "level", "marking", "milestone", "role"),
    "claims": ("edition", "marking", "basis"),
}
"""What a list may be divided by."""

UNMOVED = "unmoved"
_SEED = re.compile(r"[A-Za-z0-9._-]{1,64}")
_TOLD = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What sample is asked for.

    Args:
        of: What is drawn.
        number: How many.
        seed: With what.
        period: Of which quarter; of every one when empty.
        by: What the list is divided by, in order.
        blind: Whether the level is to be kept from the auditor.
        auditor: Code of who is to look at it; may be empty.
        ceiling: The highest marking on the list; the auditor's own, else the lowest, when empty.
    """

    of: Of
    number: int
    seed: str
    period: str = ""
    by: tuple[str, ...] = ()
    blind: bool = False
    auditor: str = ""
    ceiling: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample that was drawn.

    Args:
        asked: What was asked for.
        ceiling: The highest marking on the list.
        above: How many items are not on the list because they are marked higher.
        items: The whole list.
        drawn: The draw.
        head: The register's head, ``size:digest``.
    """

    asked: Asked
    ceiling: str
    above: int
    items: tuple[Item, ...]
    drawn: Drawn
    head: str

    @property
    def name(self) -> str:
        """A name for files, the same for the same sample."""
        parts = ("sample", self.asked.of, self.asked.period or "all", self.asked.seed)
        return "-".join((*parts, *(("blind",) if self.asked.blind else ())))

    def bounds(self) -> tuple[tuple[int, int], ...]:
        """Return, for no error found and for one and two, the most the list may hold (95 of 100)."""
        count = len(self.drawn.chosen)
        return tuple(
            (found, most_errors(self.drawn.size, count, found)) for found in range(min(_TOLD, count + 1))
        )

    def unseen(self) -> int:
        """Return the most errors the list may hold when none was found, wherever they lie."""
        return most_unseen(self.drawn.shares)


def sample(mission: Mission, asked: Asked) -> Sample:
    """Draw a sample.

    Args:
        mission: The mission, as of the head it was opened at.
        asked: What to draw.

    Raises:
        SampleError: What was asked for cannot be drawn.
        PeriodError: The mission has no such quarter.
    """
    period = str(mission.period(asked.period)) if asked.period else ""
    _check(asked)
    ceiling = _ceiling(mission, asked)
    markings = mission.file.markings
    allowed = set(markings[: markings.index(ceiling) + 1])
    found = _scores(mission, asked.by, period) if asked.of == "scores" else _claims(mission, asked.by, period)
    items = tuple(item for item, marking in found if marking in allowed)
    above = len(found) - len(items)
    if not items:
        hint = f", and {above} that are marked above {ceiling}" if above else ""
        remedy = "Name an auditor who may see them, or --ceiling." if above else "Choose another quarter."
        raise SampleError(f"Expected {asked.of} to draw from, found none{hint}.", remedy)
    drawn = draw(items, asked.number, asked.seed)
    return Sample(asked, ceiling, above, items, drawn, str(mission.recorded.head))


def _check(asked: Asked) -> None:
    if not _SEED.fullmatch(asked.seed):
        raise SampleError(
            f"Expected a seed of letters, digits, dots and dashes, got {asked.seed[:80]!r}.",
            "Throw dice once the list is known, and take what they show: --seed 4-2-6-1.",
        )
    if asked.number < 1:
        raise SampleError(f"Expected to draw one or more, got {asked.number}.", "Correct --n.")
    if asked.blind and asked.of != "scores":
        raise SampleError("Expected scores to look at blind, got sentences.", "Leave out --blind or --of.")
    for name in asked.by:
        if name not in BY[asked.of]:
            hint = did_you_mean(name, BY[asked.of])
            words = f"Expected {asked.of} by {one_of(BY[asked.of])}, got {name!r}.{hint}"
            raise SampleError(words, "Correct --by.")
    if asked.blind and {"level", "movement"} & set(asked.by):
        raise SampleError(
            "Expected a division that tells nothing of the level, as the auditor is not to see it.",
            "Leave level and movement out of --by, or leave out --blind.",
        )


def _ceiling(mission: Mission, asked: Asked) -> str:
    """Return the highest marking on the list: the one given, the auditor's own, or the mission's lowest."""
    markings = mission.file.markings
    if asked.ceiling and asked.ceiling not in markings:
        raise SampleError(
            f"Expected a marking of the mission ({one_of(markings)}), got {asked.ceiling!r}."
            f"{did_you_mean(asked.ceiling, markings)}",
            "Correct --ceiling.",
        )
    known = [person.code for person in mission.file.people]
    person = mission.file.person(asked.auditor)
    if asked.auditor and person is None:
        raise SampleError(
            f"Expected the code of who audits, got {asked.auditor!r}.{did_you_mean(asked.auditor, known)}",
            "Add them to people in mission.yaml, with the role auditor.",
        )
    return asked.ceiling or (person.marking if person else "") or markings[0]


_Found = list[tuple[Item, str]]
"""Items and their markings."""


def _scores(mission: Mission, by: Sequence[str], period: str) -> _Found:
    rows = mission.recorded.records.rows("assessments")
    gone = superseded(rows)
    live = [row for row in rows if row["id"] not in gone and period in ("", row["period"])]
    causes = _causes(mission, period) if "movement" in by else {}
    return [(Item(row["id"], _stratum(row, by, causes)), row["marking"]) for row in live]


def _stratum(row: Row, by: Sequence[str], causes: Mapping[str, str]) -> str:
    words = {"movement": causes.get(row["id"], UNMOVED), "level": row["score"]}
    return " / ".join(words.get(name) or row[name] for name in by)


def _causes(mission: Mission, period: str) -> dict[str, str]:
    """Return the cause of the movement that each score made; scores that moved nothing are left out."""
    from measures.records.frames import lines

    moves = mission.movements(period or str(mission.file.last))
    return {score: cause for score, cause in lines(moves, "assessment", "cause") if score}


def _claims(mission: Mission, by: Sequence[str], period: str) -> _Found:
    found: _Found = []
    for entry in published(mission):
        if period in ("", entry.period):
            marking = str(entry.body["marking"])
            for claim in entry.body["claims"]:
                kinds = {str(ref["kind"]) for ref in claim["basis"]}
                words = {"edition": entry.ref, "marking": marking, "basis": _basis(kinds)}
                found.append((Item(str(claim["id"]), " / ".join(words[name] for name in by)), marking))
    return found


def _basis(kinds: AbstractSet[str]) -> str:
    """Return what a sentence rests on above all: scores, else what was seen, else the plan."""
    if kinds & {"assessment", "moderation"}:
        return "scores"
    return "plan" if kinds <= {"mission", "objective", "milestone", "rubric", "crosswalk"} else "evidence"


def published(mission: Mission) -> list[Entry]:
    """Return every edition as it was published last."""
    return list({entry.ref: entry for entry in mission.recorded.editions}.values())


def to_dict(found: Sample) -> dict[str, Any]:
    """Return a sample as plain values for JSON output."""
    return {
        "of": found.asked.of,
        "period": found.asked.period,
        "by": list(found.asked.by),
        "blind": found.asked.blind,
        "seed": found.drawn.seed,
        "head": found.head,
        "ceiling": found.ceiling,
        "above_the_ceiling": found.above,
        "listed": found.drawn.size,
        "list_sha256": found.drawn.digest,
        "strata": [
            {"stratum": share.stratum, "listed": share.size, "drawn": share.drawn}
            for share in found.drawn.shares
        ],
        "drawn": [item.id for item in found.drawn.chosen],
        "at_most_wrong": [{"found": errors, "of_listed": most} for errors, most in found.bounds()],
        "at_most_wrong_wherever": found.unseen(),
    }


def told(found: Sample) -> list[str]:
    """Return what a sample is and what it can show, a sentence each."""
    count, size = len(found.drawn.chosen), found.drawn.size
    what = {"scores": "scores", "claims": "sentences"}[found.asked.of]
    of = f" of {found.asked.period}" if found.asked.period else ""
    words = [f"Drawn: {count} of {size} {what}{of}, with the seed {found.drawn.seed}."]
    words.append(f"SHA-256 of the list: {found.drawn.digest}")
    if found.above:
        words.append(f"{found.above} {what} marked above {found.ceiling} are not on the list.")
    for errors, most in found.bounds():
        lead = ("no error is", "one error is", "two errors are")[errors]
        words.append(f"If {lead} found: at most {most} of {size} are wrong (so in 95 of 100 samples).")
    if found.drawn.stratified:
        words.append(
            "That holds of a draw without strata. If no error is found, and errors may lie in one stratum "
            f"rather than another: at most {found.unseen()} of {size}."
        )
    return words


def keep_filled_in(path: Path) -> None:
    """Refuse to write over a work paper in which somebody has begun to write.

    Raises:
        SampleError: There is a file that is not a work paper, or one that says something.
    """
    if not path.exists():
        return
    from measures.intake.workpaper_back import read_paper

    returned, _ = read_paper(path.read_bytes(), path.name)
    if returned is None or returned.filled:
        raise SampleError(
            f"Expected no work paper at {path} that is filled in, found one.",
            "Move it away, or name another folder with --out.",
        )
