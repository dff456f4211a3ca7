"""A report held against the register: does everything it claims follow, and is it what was published?

A PDF carries its claims and the head that it was made from. Each claim is derived again from the
register as of that head. That alone would not show a page altered behind the claims, so that the file
itself must be the one noted when it was published, or come out again to the byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path
from typing import Any

from measures import canonical, library
from measures.errors import CheckpointError, MeasuresError, MissionError, RenderError
from measures.finding import Finding, Place, errors_in, find
from measures.register.checkpoint import read_checkpoint
from measures.workflow.mission import open_mission
from measures.workflow.opening import open_register
from measures.workflow.publish import Composed, compose, manifest
from measures.workflow.record import Progress, silent
from measures.workflow.recorded import EDITION

LARGEST = 256 * 2**20
"""Bytes of a file that is looked at."""

LISTED = 20
"""How many claims that do not follow are named."""

_TEXTS = ("edition", "period", "head", "software", "version", "html_sha256", "checkpoint")


@dataclass(frozen=True, slots=True)
class Proof:
    """What holding a report against the register found.

    Args:
        edition, period, head: What the report says that it is; empty when it says nothing.
        claims: How many claims it carries.
        entry: Number of the entry that notes this very file; 0 when none does.
        checked: What holds, a line each.
        findings: What does not.
    """

    edition: str
    period: str
    head: str
    claims: int
    entry: int
    checked: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the report."""
        return not errors_in(self.findings)

    def to_dict(self) -> dict[str, Any]:
        """Return the proof as plain values for JSON output."""
        return {
            "holds": self.holds,
            "edition": self.edition,
            "period": self.period,
            "head": self.head,
            "claims": self.claims,
            "entry": self.entry,
            "checked": list(self.checked),
            "findings": [finding.to_dict() for finding in self.findings],
        }


def prove(folder: Path, report: Path, progress: Progress | None = None) -> Proof:
    """Hold a PDF against the register of a mission, or of a bundle that was opened.

    Args:
        folder: The mission folder.
        report: The PDF.
        progress: Told how far it is.

    Raises:
        MissionError: There is no such file, no mission folder, or nothing is recorded in it.
    """
    tell = progress or silent
    place = Place(report.name)
    try:
        data = _bytes(report)
        said = _said(data)
    except RenderError as error:
        return _nothing(find("V070", place, problem=error.message))
    told = {"edition": said["edition"], "period": said["period"], "head": said["head"]}
    claims = said["claims"]
    tell("Deriving claims again", 10, 100)
    try:
        mission = open_mission(folder, head=said["head"])
        made = compose(mission, said["edition"], said["period"], _lines(said))
    except MissionError:
        raise
    except MeasuresError as error:
        return _nothing(find("V071", place, problem=error.message), **told, claims=len(claims))
    findings = list(_unproven(made, claims, place))
    checked = [] if findings else [f"{len(claims)} claims, each derived again from the register"]
    entry = _noted(folder, canonical.sha256(data))
    if entry:
        checked.append(f"the file itself, as noted in entry {entry} when it was published")
    elif not findings:
        tell("Making the report again", 40, 100)
        wrong = _otherwise(made, said, data, place)
        findings += wrong
        checked += [] if wrong else ["the file itself: made again it has the same bytes"]
    tell("Done", 100, 100)
    return Proof(**told, claims=len(claims), entry=entry, checked=tuple(checked), findings=tuple(findings))


def _nothing(finding: Finding, **told: Any) -> Proof:
    empty: dict[str, Any] = {"edition": "", "period": "", "head": "", "claims": 0}
    return Proof(**(empty | told), entry=0, checked=(), findings=(finding,))


def _bytes(report: Path) -> bytes:
    """Return the file's bytes.

    Raises:
        MissionError: There is no such file, or it cannot be read.
        RenderError: It is too large to be a report.
    """
    try:
        size = report.stat().st_size
        if size > LARGEST:
            raise RenderError(f"it has {size} bytes, and a report has at most {LARGEST}")
        return report.read_bytes()
    except OSError as error:
        raise MissionError(
            f"Expected a report at {report}, but {error.strerror}.", "Name the PDF of a report."
        ) from error


def _said(data: bytes) -> dict[str, Any]:
    """Return what a PDF says that it claims.

    Raises:
        RenderError: It is no PDF, or none of ours.
    """
    from measures.report.embedded import CLAIMS
    from measures.report.pdf import read_attachments

    content = read_attachments(data).get(CLAIMS)
    if content is None:
        raise RenderError(f"it carries no {CLAIMS}")
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise RenderError(f"its {CLAIMS} is no JSON") from error
    if not isinstance(said, dict) or not all(isinstance(said.get(key), str) for key in _TEXTS):
        raise RenderError(f"its {CLAIMS} lacks what says how it was made")
    claims = said.get("claims")
    if not isinstance(claims, list) or not all(isinstance(claim, dict) for claim in claims):
        raise RenderError(f"its {CLAIMS} lists no claims")
    return said


def _lines(said: Mapping[str, Any]) -> tuple[str, ...]:
    try:
        return read_checkpoint(str(said["checkpoint"]).encode()).lines
    except CheckpointError:
        return ()


def _unproven(made: Composed, claims: list[dict[str, Any]], place: Place) -> Iterator[Finding]:
    """Yield the claims of a report that the register does not bear out, and those that it lacks."""
    derived = {claim["id"]: claim for claim in made.claims}
    given = {str(claim.get("id")): claim for claim in claims}
    wrong = [(name, "it does not follow from the register") for name in given if name not in derived]
    wrong += [
        (name, "it stands there in other words, with another basis or another number")
        for name, claim in given.items()
        if name in derived and claim != derived[name]
    ]
    wrong += [
        (name, "it follows from the register and is not there") for name in derived if name not in given
    ]
    for name, problem in wrong[:LISTED]:
        yield find("V072", place, claim=name, problem=problem)
    if len(wrong) > LISTED:
        yield find("V015", place, count=len(wrong) - LISTED)


def _noted(folder: Path, digest: str) -> int:
    """Return the number of the entry that notes a file of this digest; 0 when none does.

    It comes after the head that the report prints.
    """
    with open_register(folder, read_only=True) as register:
        entries = register.entries(kinds=[EDITION])
        return next((entry.seq for entry in entries if entry.body.get("pdf_sha256") == digest), 0)


def _otherwise(made: Composed, said: dict[str, Any], data: bytes, place: Place) -> list[Finding]:
    """Return why a file that no entry notes cannot be taken for the one that was made."""
    from measures.report import embedded
    from measures.report.parts import to_pdf_in_parts

    again = manifest(made) | {"checkpoint": said["checkpoint"]}
    if again != said:
        keys = [key for key in sorted(again.keys() | said.keys()) if again.get(key) != said.get(key)]
        if {"software", "version"} & set(keys):
            return [find("V074", place, software=said["software"], version=said["version"])]
        return [find("V073", place, problem=f"what it says of itself differs in {', '.join(keys)}")]
    rendered = to_pdf_in_parts(
        made.html,
        base=library.shelf("templates"),
        profile=made.edition.profile,
        workers=cpu_count() or 1,
        attachments=embedded.attachments(made.report, again),
    )
    if rendered.data == data:
        return []
    return [find("V073", place, problem="made again from the register it comes out otherwise")]
