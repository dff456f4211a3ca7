"""The work paper of a sample: everything an auditor needs beside what was drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from measures.intake.workpaper import Drawn, Ladder, Shape, WorkPaper
from measures.judgement.sampling import rank
from measures.records import Row
from measures.records.rows import superseded
from measures.records.tables import NON_SCORES
from measures.register import Entry
from measures.rubric import Rubric, said
from measures.workflow.mission import Mission
from measures.workflow.sample import Sample, published, told

_SHORT = 12
_HOW = {
    "scores": "Read the rationale beside the evidence and the levels, and say whether you agree. When you do "
    "not, say the level that you find and why.",
    "blind": "Read the evidence and the levels, and say at which level the criterion stands. The level "
    "that was given, its rationale and what each item was cited for are kept from you until afterwards.",
    "claims": "Follow each sentence to what it rests on (measures trace ID) and say whether you agree.",
}


def paper(mission: Mission, drawn: Sample, at: str) -> WorkPaper:
    """Return the work paper of a sample.

    Args:
        mission: The mission that it was drawn from.
        drawn: The sample.
        at: The time, UTC.
    """
    shape: Shape = "claims" if drawn.asked.of == "claims" else "blind" if drawn.asked.blind else "scores"
    facts = _facts(mission, drawn)
    words = [*told(drawn), _AGAIN.format(seed=drawn.drawn.seed), _HOW[shape]]
    title = f"Work paper: {said(mission.file.name)}"
    if shape == "claims":
        return WorkPaper(shape, title, at, facts, words, _sentences(mission, drawn), (), ())
    pages = _Scores(mission, drawn)
    return WorkPaper(
        shape, title, at, facts, words, tuple(pages.rows()), tuple(pages.evidence()), tuple(pages.ladders())
    )


_AGAIN = (
    "Anybody draws the same again: put the ids of the list in the order of the SHA-256 of {seed}:ID, and "
    "take the first ones of each stratum."
)


def _facts(mission: Mission, drawn: Sample) -> dict[str, str]:
    asked, draw = drawn.asked, drawn.drawn
    shares = "; ".join(f"{s.stratum or 'all'}: {s.drawn} of {s.size}" for s in draw.shares)
    return {
        "mission": mission.file.id,
        "marking": f"Holds what is marked up to: {drawn.ceiling}",
        "of": "sentences"
        if asked.of == "claims"
        else "scores, their level kept back"
        if asked.blind
        else "scores",
        "quarter": asked.period or "every quarter",
        "auditor": asked.auditor,
        "seed": draw.seed,
        "drawn": str(len(draw.chosen)),
        "listed": str(draw.size),
        "list_sha256": draw.digest,
        "divided_by": ", ".join(asked.by) or "nothing",
        "strata": shares,
        "register_head": drawn.head,
    }


def _key(drawn: Sample, ref: str) -> str:
    """Return the key of a row: the same whenever the same is drawn again."""
    made = f"U-{drawn.drawn.digest[:_SHORT]}-{rank(drawn.drawn.seed, ref)[:_SHORT]}"
    return f"{made}-b" if drawn.asked.blind else made


def _sentences(mission: Mission, drawn: Sample) -> tuple[Drawn, ...]:
    makers: dict[str, tuple[Entry, Mapping[str, object]]] = {
        str(claim["id"]): (entry, claim) for entry in published(mission) for claim in entry.body["claims"]
    }
    rows = []
    for number, item in enumerate(drawn.drawn.chosen, start=1):
        entry, claim = makers[item.id]
        basis: Sequence[Mapping[str, str]] = claim["basis"]  # type: ignore[assignment]
        cells = {
            "number": str(number),
            "ref": item.id,
            "edition": entry.ref,
            "text": str(claim["text"]),
            "basis": "\n".join(f"{ref['kind']} {ref['id']}" for ref in basis),
            "entry": str(entry.seq),
            "digest": entry.digest,
        }
        marking = str(entry.body["marking"])
        rows.append(Drawn(_key(drawn, item.id), "claim", item.id, entry.digest, marking, cells))
    return tuple(rows)


class _Scores:
    """What a paper on scores shows; nothing that is marked above the ceiling."""

    def __init__(self, mission: Mission, drawn: Sample) -> None:
        markings = mission.file.markings
        self._mission = mission
        self._drawn = drawn
        self._allowed = frozenset(markings[: markings.index(drawn.ceiling) + 1])
        self._records = mission.recorded.records
        self._items = self._records.by_id("evidence")
        scores = self._records.by_id("assessments")
        self._chosen = [scores[item.id] for item in drawn.drawn.chosen]
        wanted = {row["id"] for row in self._chosen}
        self._cited: dict[str, list[Row]] = {name: [] for name in wanted}
        for row in self._records.rows("citations"):
            if row["assessment"] in wanted:
                self._cited[row["assessment"]].append(row)
        self._settled = self._moderations()

    def _moderations(self) -> dict[tuple[str, ...], Row]:
        rows = self._records.rows("moderations")
        gone = superseded(rows)
        return {_cell(row): row for row in rows if row["id"] not in gone and row["marking"] in self._allowed}

    def rows(self) -> Iterator[Drawn]:
        """Yield a row for each score, in the order of the draw."""
        approved = self._mission.approved()
        for number, row in enumerate(self._chosen, start=1):
            rubric = self._rubric(row)
            entry = self._mission.recorded.latest["assessment", row["id"]]
            seen = self._seen(row)
            hidden = len(self._cited[row["id"]]) - len(seen)
            milestone = self._mission.plan.milestones[row["milestone"]]
            evidence = [citation["evidence"] for citation in seen] + (
                [f"{hidden} withheld"] if hidden else []
            )
            cells = {
                "number": str(number),
                "ref": row["id"],
                "milestone": f"{milestone.id} {said(milestone.title)}",
                "criterion": said(rubric.criterion(row["criterion"]).title),
                "period": row["period"],
                "assessor": f"{row['assessor']} ({row['role']})",
                "score": row["score"] if row["score"] in NON_SCORES else rubric.label(row["score"]),
                "rationale": row["rationale"],
                "why_not_next": row["why_not_next"],
                "confidence": row["confidence"],
                "evidence": "\n".join(dict.fromkeys(evidence)),
                "notes": " ".join(self._notes(row, rubric, approved)),
                "entry": str(entry.seq),
                "digest": entry.digest,
            }
            levels = tuple((level, rubric.label(level)) for level in rubric.ladder)
            levels += tuple((word, "") for word in NON_SCORES)
            key = _key(self._drawn, row["id"])
            yield Drawn(key, "assessment", row["id"], entry.digest, row["marking"], cells, levels)

    def _notes(self, row: Row, rubric: Rubric, approved: frozenset[str]) -> Iterator[str]:
        settled = self._settled.get(_cell(row))
        if settled is not None:
            level = settled["settled"]
            label = level if level in NON_SCORES else rubric.label(level)
            yield f"Settled at {label} in {settled['id']}."
        yield "Approved." if row["id"] in approved else "Not approved."

    def evidence(self) -> Iterator[Mapping[str, str]]:
        """Yield a row for each citation that may be seen."""
        for row in self._chosen:
            rubric = self._rubric(row)
            for cited in self._seen(row):
                item = self._items[cited["evidence"]]
                shows = rubric.label(cited["shows"]) if cited["shows"] in rubric.ladder else cited["shows"]
                note = f" ({cited['note']})" if cited["note"] else ""
                file = f"evidence/{item['file']}, SHA-256 {item['sha256']}"
                yield {
                    "of": row["id"],
                    "evidence": item["id"],
                    "bearing": f"{cited['bearing']}, {cited['role']}, shows {shows}{note}",
                    "locator": cited["locator"],
                    "grade": f"{item['kind']} {item['reliability']}{item['credibility']}",
                    "covers": item["covers"],
                    "summary": item["summary"],
                    "title": item["title"],
                    "publisher": item["publisher"],
                    "held": file if item["custody"] == "vault" else item["holder"],
                }

    def ladders(self) -> Iterator[Ladder]:
        """Yield each criterion that was drawn once, in full."""
        done = set()
        for row in self._chosen:
            rubric = self._rubric(row)
            if (rubric.pin, row["criterion"]) in done:
                continue
            done.add((rubric.pin, row["criterion"]))
            criterion = rubric.criterion(row["criterion"])
            levels = tuple(
                (
                    f"{rubric.label(step.level)} [{step.level}]",
                    said(step.descriptor),
                    "\n".join(f"• {said(found.text)}" for found in step.attributes),
                )
                for step in criterion.steps
            )
            yield Ladder(f"{said(criterion.title)} ({rubric.pin})", said(criterion.question), levels)

    def _seen(self, row: Row) -> list[Row]:
        return [
            cited
            for cited in self._cited[row["id"]]
            if cited["marking"] in self._allowed
            and self._items[cited["evidence"]]["marking"] in self._allowed
        ]

    def _rubric(self, row: Row) -> Rubric:
        rubric = self._records.rubric_of(row)
        assert rubric is not None  # noqa: S101 - a recorded score names a recorded rubric
        return rubric


def _cell(row: Row) -> tuple[str, ...]:
    return row["milestone"], row["criterion"], row["period"]
