"""What auditors found: taken in from work papers, and summed up sample by sample."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from measures.errors import MissionError
from measures.finding import Finding, Place, find
from measures.intake import Submission
from measures.intake.workpaper import CANNOT_TELL
from measures.intake.workpaper_back import Filled, Returned, is_paper, read_paper
from measures.records import Row
from measures.records.rows import superseded
from measures.rubric.document import read_bytes
from measures.workflow.mission import Mission, open_mission
from measures.workflow.record import Outcome, record_submission

_LIMIT = 50_000_000


def is_work_paper(path: Path) -> bool:
    """Return whether a file is a work paper, rather than an adviser's workbook or something else."""
    content = read_bytes(path, path.name, _LIMIT)
    return not isinstance(content, Finding) and is_paper(content)


def take(folder: Path, path: Path, *, at: str, actor: str = "", dry_run: bool = False) -> Outcome:
    """Record what stands in a work paper: all of it or nothing.

    Rows that say nothing are left for later; what is recorded already is skipped.

    Args:
        folder: The mission folder.
        path: The paper, filled in.
        at: The time, UTC.
        actor: Code of who records; of the auditor too when the paper names none.
        dry_run: Check everything, write nothing.

    Raises:
        MissionError: There is no single actor.
        RegisterError: The register cannot be read or appended to.
    """
    content = read_bytes(path, path.name, _LIMIT)
    returned, findings = (None, [content]) if isinstance(content, Finding) else read_paper(content, path.name)
    rows: list[Row] = []
    if returned is not None:
        mission = open_mission(folder, at=at).file
        if returned.facts.get("mission") != mission.id:
            place = Place(path.name)
            findings.append(find("A011", place, got=returned.facts.get("mission", ""), expected=mission.id))
        auditor = returned.facts.get("auditor") or actor
        if not auditor:
            raise MissionError(
                "Expected the code of who audited, got none.", "Add --as CODE; the work paper names nobody."
            )
        rows = [_row(returned, filled, auditor) for filled in returned.filled]
        actor = actor or auditor
    given = Submission.of_rows({"audits": rows}, findings)
    return record_submission(folder, given, at=at, actor=actor, dry_run=dry_run)


def _row(returned: Returned, filled: Filled, auditor: str) -> Row:
    facts, item, cells = returned.facts, filled.item, filled.cells
    blind = returned.shape == "blind"
    found = cells.get("found", "")
    finding = cells.get("finding", "")
    if blind:
        finding, found = (CANNOT_TELL, "") if found == CANNOT_TELL else ("rescored", found)
    values = {
        "id": f"{item.key}-{auditor}"[:100],
        "kind": item.kind,
        "ref": item.ref,
        "digest": item.digest,
        "auditor": auditor,
        "finding": finding,
        "found": found,
        "remark": cells.get("remark", ""),
        "blind": "yes" if blind else "no",
        "seed": facts.get("seed", ""),
        "list": facts.get("list_sha256", ""),
        "listed": facts.get("listed", ""),
        "drawn": facts.get("drawn", ""),
        "marking": item.marking,
    }
    return Row(filled.place, filled.columns, values)


@dataclass(frozen=True, slots=True)
class Pair:
    """A score beside what the auditor found.

    Args:
        ref: The score or sentence.
        finding: The auditor's word.
        given, found: The level or non-score given, and the one found; empty where none was.
        remark: Why.
    """

    ref: str
    finding: str
    given: str
    found: str
    remark: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far an auditor who was not shown the levels found the same, on one ladder.

    Args:
        ladder: Its levels, lowest first.
        levels: Scores with a level on both sides.
        exact: Those on which both gave the same.
        kappa: Cohen's kappa with quadratic weights; ``None`` when it cannot be told.
        alpha: Krippendorff's alpha for ordered levels; ``None`` when it cannot be told.
    """

    ladder: tuple[str, ...]
    levels: int
    exact: int
    kappa: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """What one auditor found on one sample.

    Args:
        auditor: Their code.
        kind: ``assessment`` or ``claim``.
        blind: Whether the level was kept from them.
        seed, digest: The sample.
        listed, drawn: How many the list has, and how many were drawn.
        pairs: What was looked at so far.
        wrong: How many the auditor disagrees with; blind, where they found something else.
        cannot_tell: On how many they cannot tell.
        at_most: The most of the list that are wrong (95 of 100), those on which the auditor
            cannot tell counted as wrong; ``None`` until everything drawn was looked at.
        likeness: Blind, how far the levels agree, by ladder.
    """

    auditor: str
    kind: str
    blind: bool
    seed: str
    digest: str
    listed: int
    drawn: int
    pairs: tuple[Pair, ...]
    wrong: int
    cannot_tell: int
    at_most: int | None
    likeness: tuple[Likeness, ...]


def results(mission: Mission) -> tuple[Result, ...]:
    """Return what auditors found, a sample and an auditor each, in the order it was recorded."""
    rows = mission.recorded.records.rows("audits")
    gone = superseded(rows)
    samples: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["id"] not in gone:
            key = ("list", "seed", "blind", "kind", "auditor", "listed", "drawn")
            samples[tuple(row[name] for name in key)].append(row)
    return tuple(_result(mission, found) for found in samples.values())


def _result(mission: Mission, rows: Sequence[Row]) -> Result:
    from measures.judgement.sampling import most_errors

    first = rows[0]
    scores = mission.recorded.records.by_id("assessments")
    pairs = tuple(
        Pair(
            row["ref"],
            row["finding"],
            scores[row["ref"]]["score"] if row["ref"] in scores else "",
            row["found"],
            row["remark"],
        )
        for row in rows
    )
    blind = first["blind"] == "yes"
    unsure = sum(pair.finding == CANNOT_TELL for pair in pairs)
    wrong = sum(_differs(pair) for pair in pairs)
    listed, drawn = _number(first["listed"]), _number(first["drawn"])
    whole = len(pairs) == drawn <= listed
    return Result(
        auditor=first["auditor"],
        kind=first["kind"],
        blind=blind,
        seed=first["seed"],
        digest=first["list"],
        listed=listed,
        drawn=drawn,
        pairs=pairs,
        wrong=wrong,
        cannot_tell=unsure,
        at_most=most_errors(listed, drawn, wrong + unsure) if whole else None,
        likeness=tuple(_likeness(mission, pairs)) if blind else (),
    )


def _differs(pair: Pair) -> bool:
    return pair.finding == "disagrees" or (pair.finding == "rescored" and pair.found != pair.given)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _likeness(mission: Mission, pairs: Iterable[Pair]) -> Iterator[Likeness]:
    """Yield the agreement on each ladder; levels of different ladders are never compared."""
    from measures.judgement.agreement import alpha, weighted_kappa

    records = mission.recorded.records
    scores = records.by_id("assessments")
    by: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for pair in pairs:
        rubric = records.rubric_of(scores[pair.ref])
        ladder = rubric.ladder if rubric else ()
        if pair.given in ladder and pair.found in ladder:
            by[ladder].append((ladder.index(pair.given), ladder.index(pair.found)))
    for ladder, levels in by.items():
        table = [
            [levels.count((given, found)) for found in range(len(ladder))] for given in range(len(ladder))
        ]
        exact = sum(given == found for given, found in levels)
        rated = alpha([[float(given), float(found)] for given, found in levels], "ordinal")
        yield Likeness(ladder, len(levels), exact, weighted_kappa(table), rated.alpha)


def to_dict(result: Result) -> Mapping[str, Any]:
    """Return a result as plain values for JSON output."""
    found = asdict(result)
    return {**found, "looked_at": len(result.pairs)}
