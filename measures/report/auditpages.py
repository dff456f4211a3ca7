"""Builds the audit edition: one block a score, with every record that stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from measures.judgement.support import corrections
from measures.records.answers import read_answers
from measures.records.plan import Milestone
from measures.records.tables import NON_SCORES
from measures.report import prose
from measures.report.appendix import claim_rows, health_lines
from measures.report.audit import (
    AuditCell,
    Audited,
    AuditMilestone,
    AuditPart,
    AuditReport,
    Cited,
    Entries,
    Held,
    Remark,
    Scored,
    Settlement,
    Signed,
    Trail,
)
from measures.report.auditparts import in_parts, together
from measures.report.milestones import verdict
from measures.report.model import Cover, Paragraph, Ref
from measures.report.raters import agreement_words
from measures.report.reportcard import question_lines
from measures.report.results import result_words
from measures.report.source import Source, Stand
from measures.rubric.model import Criterion, Rubric

_ROLES = {
    "smoking-gun": "decides on its own",
    "doubly-decisive": "decides either way",
    "hoop": "must hold",
    "straw-in-the-wind": "a straw in the wind",
}
_DECISIONS = {"approved": "approved", "refused": "refused"}
_NO_TRAIL = Trail(0, "", "", "", "")


def audit_report(
    source: Source, cover: Cover, title: str, entries: Entries, approved: frozenset[str]
) -> AuditReport:
    """Return the audit edition of a quarter.

    Args:
        source: The quarter, cut to what the audience may see.
        cover: The first page.
        title: Title of the document.
        entries: The latest entry of each kind and id.
        approved: Ids whose approval still binds.
    """
    pages = _Pages(source, entries, approved)
    milestones = [pages.milestone(item) for item in source.milestones]
    parts = tuple(AuditPart(number, some) for number, some in enumerate(together(milestones), 1))
    held = pages.held(milestones)
    agreement = agreement_words(source)
    return AuditReport(
        language=source.language,
        direction="rtl" if source.language == "ar" else "ltr",
        title=title,
        cover=cover,
        parts=parts,
        evidence=tuple(in_parts(held, len(parts) + 1)),
        questions=question_lines(source),
        health=health_lines(source),
        agreement=agreement,
        withheld=sum(stand.state == "withheld" for stand in source.now),
        claims=claim_rows(source, {key: entry.digest for key, entry in entries.items()}),
    )


class _Pages:
    """Looks records up by what they are about, once for the whole edition."""

    def __init__(self, source: Source, entries: Entries, approved: frozenset[str]) -> None:
        self._source = source
        self._entries = entries
        self._approved = approved
        self._quarter = str(source.period)
        self._scores = _grouped(self._this_quarter("assessments"), "milestone", "criterion")
        self._settled = _grouped(self._this_quarter("moderations"), "milestone", "criterion")
        self._citations = _grouped(_rows(source.frames["citations"]), "assessment")
        self._signed = _grouped(_rows(source.frames["approvals"]), "kind", "ref")
        self._audits = _grouped(_rows(source.frames["audits"]), "kind", "ref")
        self._corrected = {
            row["supersedes"]: row["id"]
            for name in ("assessments", "moderations")
            for row in _rows(source.frames[name])
            if row["supersedes"]
        }
        supported = source.quarter.supported.reset_index()
        self._supported = {row["assessment"]: row for row in _rows(supported)}
        self._latest = corrections(source.frames["evidence"])
        self._cited: dict[str, list[tuple[str, str]]] = {}

    def milestone(self, milestone: Milestone) -> AuditMilestone:
        source = self._source
        rubric = source.rubric(milestone.id)
        return AuditMilestone(
            id=milestone.id,
            anchor=f"milestone-{milestone.id}",
            title=source.text(milestone.title),
            rubric=f"{rubric.id}@{rubric.version}",
            rubric_digest=rubric.digest,
            target=source.label(milestone.id, milestone.target),
            result=result_words(source, milestone),
            cells=tuple(self._cell(stand) for stand in source.of(milestone.id)),
        )

    def held(self, milestones: Iterable[AuditMilestone]) -> tuple[Held, ...]:
        """Return every item that a score cites, by id."""
        for milestone in milestones:
            for cell in milestone.cells:
                for score in cell.scores:
                    for citation in score.citations:
                        found = self._cited.setdefault(citation.evidence, [])
                        if (score.id, score.anchor) not in found:
                            found.append((score.id, score.anchor))
        return tuple(self._held(name) for name in sorted(self._cited))

    def _this_quarter(self, table: str) -> list[dict[str, Any]]:
        frame = self._source.frames[table]
        return _rows(frame[frame["period"].astype("str") == self._quarter])

    def _cell(self, stand: Stand) -> AuditCell:
        source, key = self._source, (stand.milestone, stand.criterion)
        scores = sorted(self._scores.get(key, []), key=lambda row: (bool(row["superseded"]), row["id"]))
        settled = sorted(self._settled.get(key, []), key=lambda row: (bool(row["superseded"]), row["id"]))
        return AuditCell(
            criterion=stand.criterion,
            anchor=f"{stand.milestone}-{stand.criterion}",
            title=source.title(stand),
            verdict=verdict(source, stand),
            scores=tuple(self._score(stand, row) for row in scores),
            settlements=tuple(self._settlement(stand, row) for row in settled),
        )

    def _score(self, stand: Stand, row: Mapping[str, Any]) -> Scored:
        source, name, pin = self._source, str(row["id"]), str(row["rubric"])
        level = self._level(stand, pin, _given(row), str(row["cause"]))
        citations = tuple(self._citation(stand, pin, cited) for cited in self._citations.get((name,), []))
        return Scored(
            id=name,
            anchor=f"score-{name}",
            claim=self._claim(stand, row, level, citations),
            assessor=self._person(str(row["assessor"])),
            role=str(row["role"]),
            rubric=pin,
            level=level,
            rationale=str(row["rationale"]),
            why_not_next=str(row["why_not_next"]),
            confidence=_confidence(row),
            support=self._support(stand, name, pin),
            answers=tuple(self._answers(stand, pin, row)),
            citations=citations,
            approvals=self._approvals("assessment", name),
            remarks=tuple(self._remarks(name)),
            audits=tuple(self._audited(stand, pin, name)),
            speaks=name == stand.assessment,
            supersedes=_if_seen(row["supersedes"], source.assessments),
            superseded_by=self._corrected.get(name, ""),
            reason=str(row["reason"]),
            marking=str(row["marking"]),
            trail=self._trail("assessment", name),
        )

    def _claim(
        self, stand: Stand, row: Mapping[str, Any], level: str, citations: tuple[Cited, ...]
    ) -> Paragraph:
        """Return what was scored as a claim, so that a sample can be drawn over it and it can be traced."""
        name, claimed = str(row["id"]), _given(row)
        what = prose.quote(self._source.title(stand))
        words = f"{level}, as the assessor claims" if claimed not in NON_SCORES else level
        told = f"{what} of {stand.milestone} was given {prose.quote(words)} by {row['assessor']} in {name}"
        told += f", later corrected by {self._corrected[name]}" if name in self._corrected else ""
        basis = [Ref("assessment", name, f"score-{name}")]
        basis.append(Ref("rubric", f"{row['rubric']}#{stand.criterion}"))
        basis += [Ref("evidence", cited.evidence, cited.anchor) for cited in citations]
        return (self._source.claims.say(prose.sentence(told), basis),)

    def _level(self, stand: Stand, pin: str, score: str, cause: str) -> str:
        if score in NON_SCORES:
            return prose.non_score(score, cause)
        return self._source.level_under(pin, score, stand.milestone)

    def _support(self, stand: Stand, name: str, pin: str) -> str:
        row = self._supported.get(name)
        if row is None:
            return ""
        supported = row["supported"]
        if pd.isna(supported):
            words = "Supports no level"
        else:
            words = f"Supports {self._source.level_under(pin, str(supported), stand.milestone)}"
        lacks = prose.missing(str(row["missing"]))
        return prose.sentence(f"{words}; the level claimed lacks {lacks}" if lacks else words)

    def _answers(self, stand: Stand, pin: str, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        given = read_answers(str(row["attributes"]))[0]
        criterion = self._criterion(stand, pin)
        if not given or criterion is None:
            return
        for step in criterion.steps:
            for attribute in step.attributes:
                if attribute.id in given:
                    yield self._source.text(attribute.text), given[attribute.id]

    def _criterion(self, stand: Stand, pin: str) -> Criterion | None:
        rubric: Rubric | None = self._source.quarter.lineage.rubric(pin)
        lines = rubric.criteria if rubric is not None else ()
        return next((line for line in lines if line.id == stand.criterion), None)

    def _citation(self, stand: Stand, pin: str, row: Mapping[str, Any]) -> Cited:
        source = self._source
        item = source.evidence[str(row["evidence"])]
        against = row["bearing"] == "contradicts"
        return Cited(
            id=str(row["id"]),
            evidence=str(item["id"]),
            anchor=f"evidence-{item['id']}",
            title=str(item["title"]),
            grade=f"{item['reliability']}{item['credibility']}",
            kind=str(item["kind"]),
            origin=str(item["origin"]),
            covers=str(item["covers"]),
            bearing=f"{'against' if against else 'for'}, {_ROLES.get(str(row['role']), str(row['role']))}",
            against=against,
            shows=source.level_under(pin, str(row["shows"]), stand.milestone),
            locator=str(row["locator"]),
            note=str(row["note"]),
            corrected_by=self._latest.get(str(item["id"]), ""),
            marking=str(row["marking"]),
            trail=self._trail("citation", str(row["id"])),
        )

    def _settlement(self, stand: Stand, row: Mapping[str, Any]) -> Settlement:
        name = str(row["id"])
        return Settlement(
            id=name,
            anchor=f"settled-{name}",
            moderator=self._person(str(row["moderator"])),
            level=self._level(stand, stand.rubric, _given(row), ""),
            reason=str(row["reason"]),
            dissent=str(row["dissent"]),
            approvals=self._approvals("moderation", name),
            remarks=tuple(self._remarks(name)),
            supersedes=_if_seen(row["supersedes"], self._source.moderations),
            superseded_by=self._corrected.get(name, ""),
            marking=str(row["marking"]),
            trail=self._trail("moderation", name),
        )

    def _approvals(self, kind: str, name: str) -> tuple[Signed, ...]:
        entry = self._entries.get((kind, name))
        return tuple(
            Signed(
                id=str(row["id"]),
                approver=self._person(str(row["approver"])),
                decision=_DECISIONS.get(str(row["decision"]), str(row["decision"])),
                binds=entry is not None and row["digest"] == entry.digest and name in self._approved,
                reason=str(row["reason"]),
                trail=self._trail("approval", str(row["id"])),
            )
            for row in self._signed.get((kind, name), [])
        )

    def _remarks(self, name: str) -> Iterator[Remark]:
        for row in self._source.comments.get(name, []):
            by = str(row["by"])
            known = self._source.mission.person(by) is not None
            voice = self._person(by) if known else self._source.actor(by)
            agrees = "" if pd.isna(row["agrees"]) else str(row["agrees"])
            yield Remark(str(row["id"]), voice, str(row["date"]), agrees, str(row["text"]))
            yield from self._remarks(str(row["id"]))

    def _audited(self, stand: Stand, pin: str, name: str) -> Iterator[Audited]:
        for row in self._audits.get(("assessment", name), []):
            if row["superseded"]:
                continue
            found = _given(row)
            yield Audited(
                id=str(row["id"]),
                auditor=self._person(str(row["auditor"])),
                finding=str(row["finding"]),
                level=self._level(stand, pin, found, "") if found else "",
                remark=str(row["remark"]),
                blind=bool(row["blind"]),
                seed=str(row["seed"]),
                trail=self._trail("audit", str(row["id"])),
            )

    def _person(self, code: str) -> str:
        person = self._source.mission.person(code)
        return f"{code}, {self._source.text(person.post)}" if person is not None else code

    def _held(self, name: str) -> Held:
        item = self._source.evidence[name]
        elsewhere = item["custody"] == "held-elsewhere"
        return Held(
            id=name,
            anchor=f"evidence-{name}",
            title=str(item["title"]),
            publisher=str(item["publisher"]),
            grade=f"{item['reliability']}{item['credibility']}",
            covers=str(item["covers"]),
            origin=str(item["origin"]),
            summary=str(item["summary"]),
            custody=f"held by {item['holder']}" if elsewhere else self._kept(str(item["sha256"])),
            sha256="" if elsewhere else str(item["sha256"]),
            size="" if elsewhere else str(item["size"]),
            marking=str(item["marking"]),
            cited_by=tuple(self._cited[name]),
            trail=self._trail("evidence", name),
        )

    def _kept(self, sha256: str) -> str:
        """Return in words whether a file is in the vault, or when it was erased."""
        erased = self._source.erased.get(sha256)
        return f"file erased on {prose.date(erased)}" if erased else "in the vault"

    def _trail(self, kind: str, name: str) -> Trail:
        entry = self._entries.get((kind, name))
        if entry is None:
            return _NO_TRAIL
        return Trail(entry.seq, entry.digest, entry.at, entry.actor, entry.source)


def _confidence(row: Mapping[str, Any]) -> str:
    """Return the confidence stated, with its four concerns, as it was stated."""
    if not row["confidence"]:
        return ""
    words = prose.CONFIDENCE.get(str(row["confidence"]), str(row["confidence"]))
    concerns = [
        f"{name}: {row[name]}" for name in ("methods", "coherence", "adequacy", "relevance") if row[name]
    ]
    return f"{prose.capital(words)} ({'; '.join(concerns)})" if concerns else prose.capital(words)


def _if_seen(name: str, known: Mapping[str, object]) -> str:
    """Return the id of a record that this audience may see, else nothing."""
    return name if name in known else ""


def _given(row: Mapping[str, Any]) -> str:
    """Return the level or non-score of a row."""
    return str(row["level"] or row["non_score"])


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as plain values, empty texts where nothing was given."""
    plain = frame.astype("object").where(frame.notna(), "")
    rows: list[Any] = plain.to_dict("records")
    return rows


def _grouped(rows: Iterable[dict[str, Any]], *names: str) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(tuple(str(row[name]) for name in names), []).append(row)
    return found
