"""The published editions: each made again from the register as it was, and compared with what was noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from measures import canonical
from measures.errors import CheckpointError, MeasuresError
from measures.finding import Finding, find
from measures.register import Entry, Head, Register
from measures.register.checkpoint import read_checkpoint
from measures.workflow.recorded import EDITION, read_recorded
from measures.workflow.verification.ground import Ground, Looked, listed

if TYPE_CHECKING:
    from measures.workflow.mission import Mission


def editions(ground: Ground) -> Looked:
    """Make every edition again at the head that it prints; the page must have the digest noted."""
    with ground.register() as register:
        noted = list(register.entries(upto=ground.head.size, kinds=[EDITION]))
        findings: list[Finding] = []
        done = 0
        for head, entries in groupby(noted, key=lambda entry: str(entry.body.get("head"))):
            mission: Mission | str = _opened(ground, register, head)
            for entry in entries:
                ground.tell(f"Making {entry.ref} again", done, len(noted))
                findings += _compared(ground, mission, entry)
                done += 1
    count = f"{len(noted)} published edition{'s' if len(noted) != 1 else ''}, made again from the register"
    return Looked((count,) if noted else (), listed(findings, ground.place()))


def _opened(ground: Ground, register: Register, printed: str) -> Mission | str:
    """Return the mission as of a printed head, or what is wrong with that head."""
    from measures.workflow.mission import Mission

    try:
        head = Head.parse(printed)
        if head.size >= ground.broken > 0:
            return f"entry {ground.broken}, which it rests on, is not as it should be"
        if head.size > ground.head.size:
            return f"its head covers {head.size} entries, the register has {ground.head.size}"
        recorded = read_recorded(register, head.size) if head.size else None
    except MeasuresError as error:
        return error.message
    if recorded is None or recorded.head != head:
        return "its head is not one that this register had"
    return Mission(ground.folder, recorded)


def _compared(ground: Ground, mission: Mission | str, entry: Entry) -> Iterator[Finding]:
    """Yield how an edition differs from what its entry notes."""
    from measures.workflow.publish import compose

    place, told = ground.place(entry.seq), {"ref": entry.ref, "seq": entry.seq}
    if isinstance(mission, str):
        yield find("V063", place, problem=mission, **told)
        return
    if mission.recorded.head.size >= entry.seq:
        yield find("V063", place, problem="its head covers the entry itself", **told)
        return
    body = entry.body
    try:
        made = compose(mission, str(body["edition"]), str(body["period"]), _lines(body))
    except KeyError as error:
        yield find("V063", place, problem=f"its entry lacks {error.args[0]}", **told)
        return
    except MeasuresError as error:
        yield find("V063", place, problem=error.message, **told)
        return
    if canonical.sha256(made.html.encode()) == body.get("html_sha256"):
        if problem := _claims(made.claims, body.get("claims")):
            yield find("V064", place, problem=problem, **told)
        return
    problem = _claims(made.claims, body.get("claims")) or f"its {len(made.claims)} claims are the same"
    if (made.report.cover.software, made.edition.version) == (body.get("software"), body.get("version")):
        yield find("V064", place, problem=f"the page has another digest, and {problem}", **told)
    else:
        by = f"{body.get('software')}, edition {body.get('version')}"
        yield find("V065", place, software=by, problem=problem, **told)


def _lines(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lines of the checkpoint that an edition printed; none when it printed none."""
    text = body.get("checkpoint")
    try:
        return read_checkpoint(text.encode()).lines if isinstance(text, str) else ()
    except CheckpointError:
        return ()


def _claims(made: list[dict[str, Any]], noted: object) -> str:
    """Return in words how the claims noted differ from those made again; empty when they do not."""
    if made == noted:
        return ""
    known = (
        {claim.get("id"): claim for claim in noted if isinstance(claim, dict)}
        if isinstance(noted, list)
        else {}
    )
    names = {claim["id"] for claim in made}
    for claim in made:
        if claim["id"] not in known:
            return f"claim {claim['id']} is not among those noted"
        if claim != known[claim["id"]]:
            return f"claim {claim['id']} was noted in other words or with another basis"
    strangers = [name for name in known if name not in names]
    return (
        f"claim {strangers[0]} is noted and does not follow"
        if strangers
        else "its claims stand in another order"
    )
