"""What a step of a trace says of a record, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from measures.records.links import CRITERION, EDITION, QUARTER, quarter_of
from measures.register import Entry
from measures.report.tracepage import Node
from measures.rubric import said
from measures.workflow.trace_approvals import binds
from measures.workflow.trace_reader import Reader

_SAYS = ("title", "text", "name", "subject", "reason", "stance", "remark", "note")
_BEFORE = ("actor", "stance", "date")


class _Body(dict[str, Any]):
    """What an entry says; a field that it lacks says nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def card(reader: Reader, entry: Entry) -> Node:
    """Return an entry as a node without what is around it."""
    return Node(
        entry.kind,
        entry.ref,
        _text(entry),
        entry.seq,
        entry.digest,
        notes=tuple(_notes(reader, entry)),
        marking=str(entry.body.get("marking", "")),
    )


def claim_card(reader: Reader, entry: Entry, claim: Mapping[str, Any]) -> Node:
    """Return one sentence of a published edition as a node."""
    notes = []
    last = reader.latest(EDITION, entry.ref)
    if last is not None and last.seq != entry.seq:
        says = any(other["id"] == claim["id"] for other in last.body.get("claims", ()))
        notes = [f"The edition was published again in entry {last.seq}, {'with' if says else 'without'} it."]
    return Node(
        "claim",
        str(claim["id"]),
        str(claim["text"]),
        entry.seq,
        entry.digest,
        notes=tuple(notes),
        marking=str(entry.body.get("marking", "")),
    )


def rubric_card(reader: Reader, name: str) -> Node:
    """Return a rubric's words: ``id@version``, ``#criterion`` and ``/level`` are optional."""
    pin, _, rest = name.partition("#")
    criterion, _, level = rest.partition("/")
    entry, rubric = reader.latest("rubric", pin), reader.rubric(pin)
    if entry is None or rubric is None:
        return missing("rubric", name)
    text = said(rubric.title)
    known = {found.id for found in rubric.criteria}
    if criterion in known:
        found = rubric.criterion(criterion)
        text = said(found.question)
        if level in rubric.ladder:
            step = found.step(level)
            texts = " ".join(f"[{said(attribute.text)}]" for attribute in step.attributes)
            text = f"{rubric.label(level)}: {said(step.descriptor)} {texts}".strip()
    return Node("rubric", name, text, entry.seq, entry.digest)


def criterion_card(reader: Reader, name: str) -> Node:
    """Return a criterion of a milestone, with how often it was scored and where it stands."""
    entries = [entry for entry, _ in reader.naming(CRITERION, name, "assessment")]
    scores = sorted(entries, key=lambda entry: (entry.period, entry.seq))
    gone = {entry.supersedes for entry in scores}
    live = [entry for entry in scores if entry.ref not in gone]
    text = _title(reader, name)
    if live:
        last = live[-1]
        count = f"{len(live)} scores" if len(live) > 1 else "one score"
        count = f"more than {count}" if reader.overflows(name) else count
        text += f": {count}, the last for {last.period}: {last.body.get('score')} ({last.ref})"
    return Node(CRITERION, name, f"{text}.", 0, "")


def _title(reader: Reader, name: str) -> str:
    milestone, _, criterion = name.partition("/")
    entry = reader.latest("milestone", milestone)
    rubric = reader.rubric(f"{entry.body.get('rubric')}@{entry.body.get('version')}") if entry else None
    known = {found.id: said(found.title) for found in rubric.criteria} if rubric else {}
    return known.get(criterion, criterion)


def missing(kind: str, name: str) -> Node:
    """Return a node for what is named and not there."""
    return Node(kind, name, "not in the register", 0, "")


def bearing(citation: Entry) -> str:
    """Return what a citation says of its item."""
    body = _Body(citation.body)
    note = f" ({body['note']})" if body.get("note") else ""
    where = f", {body['locator']}" if body.get("locator") else ""
    return f"{citation.ref}: {body['bearing']}, {body['role']}, shows {body['shows']}{note}{where}"


def _notes(reader: Reader, entry: Entry) -> Iterator[str]:
    """Yield what became of a record."""
    yield from _succeeded(reader, entry)
    body = _Body(entry.body)
    if entry.kind == "evidence":
        held = f"Held by {body['holder']}." if body.get("holder") else "Held elsewhere."
        in_vault = f"File evidence/{body['file']}, SHA-256 {body.get('sha256', 'not taken')}."
        yield in_vault if body.get("custody") == "vault" else held
    elif entry.kind == "assessment":
        for found in settling(reader, entry):
            yield f"Settled at {found.body.get('settled')} in {found.ref} (entry {found.seq})."
    elif entry.kind == "approval" and body.get("decision") == "approved":
        yield binds(reader, entry)
    elif entry.kind == EDITION:
        yield f"Made from head {body['head']} by {body['software']}; PDF with SHA-256 {body['pdf_sha256']}."
    if entry.kind in ("assessment", "moderation", EDITION):
        for found, _ in reader.naming(entry.kind, entry.ref):
            if found.kind == "approval":
                decided = str(found.body.get("decision")).capitalize()
                by = f"{decided} by {found.body.get('approver')} in {found.ref} (entry {found.seq})."
                yield f"{by} {binds(reader, found)}".strip()


def settling(reader: Reader, score: Entry) -> list[Entry]:
    """Return the moderations that settle the quarter of a score, corrected ones left out."""
    found = [entry for entry, _ in reader.naming(QUARTER, quarter_of(score.body), "moderation")]
    gone = {entry.supersedes for entry in found}
    return [entry for entry in found if entry.ref not in gone]


def _succeeded(reader: Reader, entry: Entry) -> Iterator[str]:
    last = reader.latest(entry.kind, entry.ref)
    if last is not None and last.seq != entry.seq:
        yield f"Superseded: written again in entry {last.seq}."
    for found, how in reader.naming(entry.kind, entry.ref):
        if "supersedes" in how:
            reason = f": {found.body.get('reason')}" if found.body.get("reason") else "."
            yield f"Superseded by {found.ref} (entry {found.seq}){reason}"


def _text(entry: Entry) -> str:
    """Return what a record says, from whichever of its fields says it."""
    body = _Body(entry.body)
    special = _TEXTS.get(entry.kind)
    if special is not None:
        return special(body)
    if entry.kind == "objective" and body.get("disposition", "active") != "active":
        since = body.get("disposition_since", "the start")
        return f"{said(body['title'])}: {body['disposition']} since {since}. {said(body.get('reason', {}))}"
    for field in _SAYS:
        value = body.get(field)
        if isinstance(value, dict):
            return said(value)
        if value:
            lead = " ".join(str(body[key]) for key in _BEFORE if body.get(key) and key != field)
            return f"{lead}: {value}" if lead else str(value)
    return entry.kind


def _assessment(body: Mapping[str, Any]) -> str:
    words = f"{body['milestone']} {body['criterion']} {body['period']}: {body['score']}. {body['rationale']}"
    for field, lead in (("why_not_next", ""), ("attributes", "Statements: "), ("reason", "Corrected: ")):
        words += f" {lead}{body[field]}" if body.get(field) else ""
    return words


def _evidence(body: Mapping[str, Any]) -> str:
    grade = f"{body['reliability']}{body['credibility']}"
    source = f"{body['title']}, {body['publisher']}"
    return f"{body['kind']} {grade}, {body['covers']}: {body['summary']} ({source})"


def _citation(body: Mapping[str, Any]) -> str:
    note = f" ({body['note']})" if body.get("note") else ""
    return f"{body['bearing']}, {body['role']}, shows {body['shows']}{note}"


def _moderation(body: Mapping[str, Any]) -> str:
    dissent = f" Dissent: {body['dissent']}" if body.get("dissent") else ""
    where = f"{body['milestone']} {body['criterion']} {body['period']}"
    return f"{where}: settled at {body['settled']} by {body['moderator']}. {body['reason']}{dissent}"


def _approval(body: Mapping[str, Any]) -> str:
    reason = f": {body['reason']}" if body.get("reason") else "."
    return f"{body['kind']} {body['ref']} {body['decision']} by {body['approver']}{reason}"


def _audit(body: Mapping[str, Any]) -> str:
    found = f" at {body['found']}" if body["found"] else ""
    blind = ", not shown its level" if body["blind"] == "yes" else ""
    remark = f": {body['remark']}" if body["remark"] else "."
    return f"{body['auditor']}{blind}: {body['finding']}{found}{remark}"


def _edition(body: Mapping[str, Any]) -> str:
    count = len(body.get("claims", ()))
    return f"{body['edition']} {body['version']} for {body['period']}, {count} sentences."


def _indicator(body: Mapping[str, Any]) -> str:
    from measures.judgement.screening import of_record

    row = _Body({name: str(text) for name, text in body.items()})
    verdict = of_record(row)
    figure = f": {row['value']} {row.get('unit', '')}".rstrip() if row.get("value") else ""
    if row.get("numerator") and row.get("denominator"):
        figure += f", {row['numerator']} of {row['denominator']} by {row.get('counted_by', 'nobody named')}"
    words = f"{row['indicator']}{figure} ({row['reported_by']}, {row['date']}). {verdict.said.capitalize()}."
    return " ".join(part for part in (words, verdict.reason, row.get("reason", "")) if part)


_TEXTS = {
    "assessment": _assessment,
    "evidence": _evidence,
    "citation": _citation,
    "moderation": _moderation,
    "approval": _approval,
    "audit": _audit,
    "indicator": _indicator,
    EDITION: _edition,
}
