"""Tracing: from a claim, a score or a piece of evidence to everything it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from measures.errors import TraceError
from measures.finding import did_you_mean
from measures.records.tables import NON_SCORES
from measures.register import Entry
from measures.rubric import said

if TYPE_CHECKING:
    from measures.workflow.mission import Mission


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a trace.

    Args:
        kind: claim, assessment, rubric, evidence, citation, milestone ...
        id: Its id.
        text: What it says.
        entry: Its entry in the register, 0 when it has none of its own.
        digest: The digest of that entry.
        below: What it rests on; for evidence, what rests on it.
    """

    kind: str
    id: str
    text: str
    entry: int
    digest: str
    below: tuple[Node, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the tree as plain values for JSON output."""
        return {
            "kind": self.kind,
            "id": self.id,
            "text": self.text,
            "entry": self.entry,
            "digest": self.digest,
            "below": [node.to_dict() for node in self.below],
        }


def trace(mission: Mission, ref: str) -> Node:
    """Return what ``ref`` is and what it rests on.

    Args:
        mission: The mission.
        ref: A claim id from a published edition; the id of any record; an entry number; or
            at least eight digits of an entry's digest.

    Raises:
        TraceError: Nothing of that name is in the register.
    """
    tracer = _Tracer(mission)
    claim = tracer.claim(ref)
    if claim is not None:
        return claim
    for (kind, name), entry in mission.recorded.latest.items():
        if name == ref or str(entry.seq) == ref or (len(ref) >= 8 and entry.digest.startswith(ref)):
            return tracer.node(kind, name)
    known = [name for _, name in mission.recorded.latest] + tracer.claim_ids()
    raise TraceError(
        f"Expected a claim, a record or an entry of this mission, got {ref!r}.{did_you_mean(ref, known)}",
        "Claim ids stand at the end of a published report; `measures report` makes one.",
    )


class _Tracer:
    """Finds nodes; one is made for each trace."""

    def __init__(self, mission: Mission) -> None:
        self._mission = mission
        self._latest: Mapping[tuple[str, str], Entry] = mission.recorded.latest
        self._citations: dict[str, list[Entry]] = {}
        self._citing: dict[str, list[Entry]] = {}
        for (kind, _), entry in self._latest.items():
            if kind == "citation":
                self._citations.setdefault(str(entry.body["assessment"]), []).append(entry)
                self._citing.setdefault(str(entry.body["evidence"]), []).append(entry)

    def claim_ids(self) -> list[str]:
        """Return the ids of every claim of a published edition."""
        return [
            str(claim["id"]) for entry in self._mission.recorded.editions for claim in entry.body["claims"]
        ]

    def claim(self, ref: str) -> Node | None:
        """Return the claim of that id in the latest edition that makes it."""
        for entry in reversed(self._mission.recorded.editions):
            for claim in entry.body["claims"]:
                if claim["id"] == ref:
                    return Node(
                        "claim", ref, str(claim["text"]), entry.seq, entry.digest, self._basis(claim["basis"])
                    )
        return None

    def _basis(self, basis: Sequence[Mapping[str, str]]) -> tuple[Node, ...]:
        """Return what a claim rests on; evidence is shown below the score that cites it."""
        scores = [str(ref["id"]) for ref in basis if ref["kind"] == "assessment"]
        below = {str(entry.body["evidence"]) for score in scores for entry in self._citations.get(score, [])}
        nodes = []
        for ref in basis:
            if ref["kind"] == "rubric" and scores:
                continue
            if ref["kind"] == "evidence" and ref["id"] in below:
                continue
            nodes.append(self.node(str(ref["kind"]), str(ref["id"])))
        return tuple(nodes)

    def node(self, kind: str, name: str) -> Node:
        """Return a record as a node with what it rests on."""
        if kind == "rubric":
            return self._rubric(name)
        entry = self._latest.get((kind, name))
        if entry is None:
            return Node(kind, name, "not in the register", 0, "")
        if kind == "assessment":
            return self._assessment(entry)
        if kind == "evidence":
            cited = tuple(
                Node(
                    "assessment",
                    str(c.body["assessment"]),
                    f"{c.body['bearing']}: shows {c.body['shows']}",
                    c.seq,
                    c.digest,
                )
                for c in self._citing.get(name, [])
            )
            return Node(kind, name, _evidence_text(entry), entry.seq, entry.digest, cited)
        return Node(kind, name, _text(entry), entry.seq, entry.digest, self._named_evidence(entry))

    def _assessment(self, entry: Entry) -> Node:
        body = entry.body
        score = str(body["score"])
        words = f"{body['milestone']} {body['criterion']} {body['period']}: {score}. {body['rationale']}"
        for field, lead in (("why_not_next", ""), ("attributes", "Statements: "), ("reason", "Corrected: ")):
            words += f" {lead}{body[field]}" if body.get(field) else ""
        below: list[Node] = []
        if score not in NON_SCORES:
            below.append(self._rubric(f"{body['rubric']}#{body['criterion']}/{score}"))
        below += [self._cited(citation) for citation in self._citations.get(entry.ref, [])]
        return Node("assessment", entry.ref, words, entry.seq, entry.digest, tuple(below))

    def _cited(self, citation: Entry) -> Node:
        name = str(citation.body["evidence"])
        item = self._latest.get(("evidence", name))
        bearing = f"{citation.body['bearing']}, {citation.body['role']}, shows {citation.body['shows']}"
        bearing += f" ({citation.body['note']})" if citation.body.get("note") else ""
        if item is None:
            return Node("evidence", name, f"{bearing}: not in the register", 0, "")
        return Node("evidence", name, f"{bearing}: {_evidence_text(item)}", item.seq, item.digest)

    def _rubric(self, name: str) -> Node:
        """Return a rubric's words: ``id@version``, ``#criterion`` and ``/level`` are optional."""
        version, _, rest = name.partition("#")
        criterion, _, level = rest.partition("/")
        entry = self._latest.get(("rubric", version))
        key = tuple(version.split("@", 1))
        rubric = self._mission.rubrics.get((key[0], key[1])) if len(key) == 2 else None
        if entry is None or rubric is None:
            return Node("rubric", name, "not in the register", 0, "")
        text = said(rubric.title)
        if criterion:
            found = rubric.criterion(criterion)
            text = said(found.question)
            if level and level in rubric.ladder:
                step = found.step(level)
                texts = " ".join(f"[{said(attribute.text)}]" for attribute in step.attributes)
                text = f"{rubric.label(level)}: {said(step.descriptor)} {texts}".strip()
        return Node("rubric", name, text, entry.seq, entry.digest)

    def _named_evidence(self, entry: Entry) -> tuple[Node, ...]:
        named = entry.body.get("evidence", "")
        names = named if isinstance(named, list) else [part.strip() for part in str(named).split(";")]
        nodes = []
        for name in names:
            item = self._latest.get(("evidence", name))
            if item is not None:
                nodes.append(Node("evidence", name, _evidence_text(item), item.seq, item.digest))
        return tuple(nodes)


def _evidence_text(entry: Entry) -> str:
    body = entry.body
    grade = f"{body['reliability']}{body['credibility']}"
    return (
        f"{body['kind']} {grade}, {body['covers']}: {body['summary']} ({body['title']}, {body['publisher']})"
    )


def _text(entry: Entry) -> str:
    """Return what a record says, from whichever of its fields says it."""
    body = entry.body
    if entry.kind == "indicator":
        return _indicator_text({name: str(text) for name, text in body.items()})
    if entry.kind == "objective" and body.get("disposition", "active") != "active":
        reason = said(body.get("reason", {}))
        since = body.get("disposition_since", "the start")
        return f"{said(body['title'])}: {body['disposition']} since {since}. {reason}"
    for field in ("title", "text", "name", "subject", "reason", "stance", "note"):
        value = body.get(field)
        if isinstance(value, dict):
            return said(value)
        if value:
            lead = " ".join(
                str(body[key]) for key in ("actor", "stance", "date") if body.get(key) and key != field
            )
            return f"{lead}: {value}" if lead else str(value)
    return entry.kind


def _indicator_text(row: Mapping[str, str]) -> str:
    from measures.judgement.screening import of_record

    verdict = of_record(row)
    figure = f": {row['value']} {row.get('unit', '')}".rstrip() if row.get("value") else ""
    if row.get("numerator") and row.get("denominator"):
        figure += f", {row['numerator']} of {row['denominator']} by {row.get('counted_by', 'nobody named')}"
    words = f"{row['indicator']}{figure} ({row['reported_by']}, {row['date']}). {verdict.said.capitalize()}."
    return " ".join(part for part in (words, verdict.reason, row.get("reason", "")) if part)
