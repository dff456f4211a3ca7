"""Publishing: an edition of one quarter as PDF and HTML, with its claims, noted in the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import measures
from measures import canonical, library
from measures.errors import EditionError, RenderError
from measures.finding import one_of
from measures.register import Draft, Head
from measures.report import embedded
from measures.report.audit import AuditReport
from measures.report.build import Material, build, build_audit
from measures.report.edition import Edition, read_edition
from measures.report.model import Report
from measures.workflow.approvals import demanded
from measures.workflow.checkpoint import SUFFIX, make, write
from measures.workflow.custody import erased_files
from measures.workflow.files import write_whole
from measures.workflow.opening import open_register
from measures.workflow.record import Progress, silent
from measures.workflow.recorded import EDITION

if TYPE_CHECKING:
    from measures.workflow.mission import Mission
    from measures.workflow.signing import Keyring


@dataclass(frozen=True, slots=True)
class Noting:
    """Who publishes: what the edition entry needs, and where the key lies that signs the checkpoint.

    Args:
        at: The time, given by the front.
        actor: Code of who publishes; the mission's first person when empty.
        keyring: Where private keys lie; without it the checkpoint is not signed anew.
    """

    at: str
    actor: str = ""
    keyring: Keyring | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """A rendered edition.

    Args:
        report: The model it was rendered from.
        pdf, html, claims, checkpoint: The files written.
        pages: How many pages the PDF has.
        noted: Entry number of the edition entry made now; 0 when the register held the
            same edition already, or no time was given.
        unsigned: Why the checkpoint is not signed, in words; empty when it is.
        warnings: What the renderer complained of; empty when all is well.
    """

    report: Report | AuditReport
    pdf: Path
    html: Path
    claims: Path
    checkpoint: Path
    pages: int
    noted: int
    unsigned: str
    warnings: tuple[str, ...]


def publish(
    mission: Mission,
    edition: str,
    period: str,
    out: Path,
    *,
    noted_by: Noting | None = None,
    progress: Progress | None = None,
) -> Published:
    """Render an edition of one quarter.

    Args:
        mission: The mission, as of the head it was opened at.
        edition: Name of an edition, such as ``hq``.
        period: The quarter, such as ``2021Q1``.
        out: Folder for the files; made when it is missing.
        noted_by: Who publishes; without it the register is left alone.
        progress: Told how far it is.

    Raises:
        EditionError: There is no such edition, it is not sound, or approvals are wanted first.
        PeriodError: The mission has no such quarter.
        RenderError: The machine lacks what rendering needs, or a template is wrong.
        MissionError: ``out`` cannot be written to.
        CheckpointError: The key named cannot sign.
    """
    from measures.report.parts import to_pdf_in_parts

    tell = progress or silent
    _approved(mission, str(mission.period(period)))
    made = make(mission.folder, noted_by.keyring if noted_by else None, mission.head.size)
    composed = compose(mission, edition, period, made.checkpoint.lines, tell)
    report, defined, html = composed.report, composed.edition, composed.html
    said = manifest(composed) | {"checkpoint": str(made.checkpoint)}
    rendered = to_pdf_in_parts(
        html,
        base=library.shelf("templates"),
        profile=defined.profile,
        workers=cpu_count() or 1,
        attachments=embedded.attachments(report, said),
        progress=lambda what, share: tell(what, 20 + int(share * 75), 100),
    )
    stem = f"{mission.file.id}-{defined.id}-{report.cover.period}"
    paths = {name: out / f"{stem}{suffix}" for name, suffix in _SUFFIXES.items()}
    said["pdf_sha256"] = canonical.sha256(rendered.data)
    write_whole(paths["pdf"], rendered.data)
    write_whole(paths["html"], html.encode())
    write_whole(paths["claims"], embedded.said(said))
    write(paths["checkpoint"], made.checkpoint)
    noted = _note(mission, said, noted_by) if noted_by else 0
    tell("Done", 100, 100)
    return Published(
        report=report,
        pages=rendered.pages,
        noted=noted,
        unsigned=made.unsigned,
        warnings=rendered.warnings,
        **paths,
    )


@dataclass(frozen=True, slots=True)
class Composed:
    """An edition as it is before it becomes a file: its definition, its model and its page.

    ``rubrics`` has the digest of every rubric on record, by id and version.
    """

    edition: Edition
    report: Report | AuditReport
    html: str
    rubrics: Mapping[str, str]

    @property
    def claims(self) -> list[dict[str, Any]]:
        """Its claims as plain values."""
        return [
            {
                "number": row.claim.number,
                "id": row.claim.id,
                "text": row.claim.text,
                "basis": [{"kind": ref.kind, "id": ref.id} for ref in row.basis],
            }
            for row in self.report.claims
        ]


def _approved(mission: Mission, period: str) -> None:
    """Refuse to print what the mission's rules want approved first."""
    waiting = demanded(mission.approvals, period)
    if waiting:
        kinds = one_of(sorted({one.entry.kind for one in waiting}))
        raise EditionError(
            f"Expected every {kinds} of {period} approved before print, as mission.yaml wants; "
            f"{len(waiting)} wait, first {waiting[0].ref}.",
            f"Approve them: measures approve --period {period}.",
        )


def compose(
    mission: Mission, edition: str, period: str, checkpoint: tuple[str, ...] = (), tell: Progress = silent
) -> Composed:
    """Return an edition of one quarter as a page: the same for the same mission, word for word.

    Args:
        mission: The mission, as of the head it was opened at.
        edition: Name of an edition.
        period: The quarter.
        checkpoint: The lines of the checkpoint that it prints.
        tell: Told how far it is.

    Raises:
        EditionError: There is no such edition, or it is not sound.
        PeriodError: The mission has no such quarter.
        RenderError: The templates are missing or wrong.
    """
    from measures.report.html import render

    defined = read_edition(edition, library.edition_files(mission.folder))
    quarter = mission.period(period)
    tell("Judging", 5, 100)
    given = material(mission, checkpoint)
    report = (
        build_audit(defined, quarter, given) if defined.model == "scores" else build(defined, quarter, given)
    )
    tell("Composing pages", 15, 100)
    templates = library.shelf("templates")
    if not templates.is_dir():
        raise RenderError("Expected the product's templates, found none.", "Install the package again.")
    rubrics = {f"{name}@{version}": rubric.digest for (name, version), rubric in given.rubrics.items()}
    return Composed(defined, report, render(report, defined.template, templates), rubrics)


_SUFFIXES = {"pdf": ".pdf", "html": ".html", "claims": ".claims.json", "checkpoint": SUFFIX}


def material(mission: Mission, checkpoint: tuple[str, ...] = ()) -> Material:
    """Return everything recorded, as any edition is made from it.

    Args:
        mission: The mission.
        checkpoint: The lines of the checkpoint that the edition prints; none when it is not printed.
    """
    return Material(
        frames=mission.frames,
        mission=mission.file,
        plan=mission.plan,
        rubrics=mission.rubrics,
        approved=mission.approved(),
        head=(mission.head.size, mission.head.digest),
        digests={key: entry.digest for key, entry in mission.recorded.latest.items()},
        software=f"measures {measures.__version__}",
        entries=mission.recorded.latest,
        checkpoint=checkpoint,
        void=frozenset(one.ref for one in mission.approvals.standings if one.state == "void"),
        erased=erased_files(mission.recorded.latest),
    )


def manifest(composed: Composed) -> dict[str, Any]:
    """Return what an edition claims and what it was made from.

    With the digest of the PDF, which carries it, this is the body of the edition's entry.
    """
    cover = composed.report.cover
    return {
        "edition": composed.edition.id,
        "version": composed.edition.version,
        "period": cover.period,
        "marking": cover.marking,
        "head": f"{cover.head_size}:{cover.head_digest}",
        "software": cover.software,
        "html_sha256": canonical.sha256(composed.html.encode()),
        "rubrics": dict(composed.rubrics),
        "claims": composed.claims,
    }


def _note(mission: Mission, said: dict[str, Any], by: Noting) -> int:
    """Append an edition entry unless the register holds the very same edition already."""
    ref = f"{said['edition']}@{said['period']}"
    for entry in reversed(mission.recorded.editions):
        if entry.ref == ref:
            if entry.body["html_sha256"] == said["html_sha256"]:
                return 0
            break
    person = mission.file.person(by.actor) or mission.file.people[0]
    draft = Draft(EDITION, ref, said, "measures report", str(said["period"]))
    with open_register(mission.folder) as register, register.held():
        after: Head = register.append(
            [draft], expect=register.head(), at=by.at, actor=person.code, role=person.role
        )
    return after.size
