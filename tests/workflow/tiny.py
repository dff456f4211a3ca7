"""A minimal sound mission, as the few files a person would write, and edits that spoil it."""

# ruff: noqa: E501 - rows of a table are not wrapped

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from measures.workflow.record import Outcome, record

AT = "2021-07-01T09:00:00Z"
CONFIDENTIAL = "Kestrel"
"""A word that stands in every confidential text and must never leave it."""

MISSION = """\
id: tiny
name: {en: Advisory mission to a small ministry}
partner: {en: The ministry}
quarters: {first: 2021Q1, last: 2022Q4}
markings: [public, mission]
languages: [en]
actors:
  - {id: minister, side: partner, name: {en: Minister of Defence}}
people:
  - {code: ADV-01, role: adviser, post: {en: Adviser}}
  - {code: EXT-01, role: external, post: {en: Outside observer}}
  - {code: MOD-01, role: moderator, post: {en: Lead adviser}}
disruptions:
  - {id: D-01, from: 2021Q3, to: 2021Q3, cause: access, text: {en: Offices were closed.}, evidence: [E-01]}
"""

PLAN = """\
objectives:
  - {id: O-01, title: {en: The ministry plans}, proposed_by: [minister], disposition: active}
milestones:
  - id: M-01
    objective: O-01
    title: {en: A plan of its own}
    rubric: planning
    version: "1.0"
    from: 2021Q2
    target: own
    due: 2022Q4
    sustainment: {en: Nobody has said.}
    lead: ADV-01
  - id: M-02
    objective: O-01
    title: {en: A plan that is used}
    rubric: planning
    version: "1.0"
    from: 2022Q1
    target: own
    due: 2022Q4
    depends_on: [M-01]
    sustainment: {en: Nobody has said.}
promises:
  - {id: P-01, objective: O-01, by: [minister], text: {en: A plan by June}, made: 2021-03, marking: public}
"""

RUBRIC = """\
id: planning
version: "1.0"
title: {en: Planning}
summary: {en: Whether the ministry plans.}
validity: "4"
aggregation: weakest-link
sustainment: own
levels:
  - {id: none, label: {en: None of it}}
  - {id: asked, label: {en: Asked for}}
  - {id: shared, label: {en: Done with advisers}}
  - {id: own, label: {en: Done alone}}
criteria:
  - id: plan
    title: {en: The plan}
    aspect: de-facto
    question: {en: Is there a plan?}
    levels:
      none:
        descriptor: {en: No plan.}
      asked:
        descriptor: {en: Somebody asked for one.}
        attributes:
          - {id: plan-asked, text: {en: A director asked for it.}}
        advisers: leading
        evidence: {origins: "1", kinds: [documentary, physical], grade: D4, first_hand: "no", fresh: "8"}
      shared:
        descriptor: {en: One was written with advisers.}
        attributes:
          - {id: plan-shared, text: {en: It was written.}}
        advisers: alongside
        evidence: {origins: "1", kinds: [documentary, physical], grade: D4, first_hand: "no", fresh: "2"}
      own:
        descriptor: {en: The ministry writes it each year.}
        attributes:
          - {id: plan-staffed, text: {en: Posts are filled.}, sustains: staffed}
          - {id: plan-funded, text: {en: The budget pays.}, sustains: funded}
          - {id: plan-repeated, text: {en: A second one was written.}, sustains: repeated}
        advisers: none
        evidence: {origins: "2", kinds: [documentary, physical], grade: C3, first_hand: "yes", fresh: "2"}
"""

EVIDENCE = """\
id,title,publisher,kind,origin,covers,summary,reliability,credibility,own_claim,first_hand,marking,custody,holder,file,supersedes,reason
E-01,Order 7,Ministry,documentary,ministry,2021-05,The Kestrel order names an office.,B,2,no,yes,mission,held-elsewhere,Ministry,,,
E-02,Visit,Mission,physical,advisers,2021-06,The Kestrel office was seen at work.,B,3,yes,yes,mission,vault,,visit/note.txt,,
"""

ASSESSMENTS = """\
id,milestone,criterion,period,assessor,role,score,cause,rationale,why_not_next,confidence,methods,coherence,adequacy,relevance,attributes,marking,supersedes,reason,version
A-01,M-01,plan,2021Q2,ADV-01,adviser,asked,,The Kestrel directorate asked for a plan in a signed letter in May.,No Kestrel plan has been written yet.,moderate,minor,none,minor,none,plan-asked=yes,mission,,,
A-02,M-01,plan,2021Q3,ADV-01,adviser,not-observed,access,The Kestrel offices were closed and nobody could look this quarter.,,,,,,,,mission,,,
A-03,M-01,plan,2021Q2,EXT-01,external,insufficient-evidence,,The Kestrel letter was not shown and nothing else speaks of a plan.,,,,,,,,mission,,,
"""

CITATIONS = """\
id,assessment,evidence,locator,bearing,role,shows,note,marking
C-01,A-01,E-01,page 1,supports,hoop,asked,The Kestrel letter itself.,mission
"""

ENGAGEMENTS = """\
id,requested,held,counterpart,actors,subject,outcome,initiated_by,objectives,evidence,marking
G-01,2021-04-01,2021-04-09,Office of the minister,minister,The plan,Kestrel letter promised,mission,O-01,E-01; E-02,mission
"""

POSITIONS = """\
id,objective,actor,date,stance,reason,evidence,marking
S-01,O-01,minister,2021-05-03,demanded,Kestrel is wanted before the budget.,E-01,mission
"""

MODERATIONS = """\
id,milestone,criterion,period,moderator,settled,reason,dissent,marking,supersedes
N-01,M-01,plan,2021Q2,MOD-01,asked,The Kestrel letter was seen by both of them.,EXT-01 holds that Kestrel does not decide.,mission,
"""

FILES: dict[str, str] = {
    "mission.yaml": MISSION,
    "plan.yaml": PLAN,
    "rubrics/planning.yaml": RUBRIC,
    "evidence/visit/note.txt": "Seen on 3 June.\n",
    "evidence.csv": EVIDENCE,
    "assessments.csv": ASSESSMENTS,
    "citations.csv": CITATIONS,
    "engagements.csv": ENGAGEMENTS,
    "positions.csv": POSITIONS,
    "moderations.csv": MODERATIONS,
}

Edit = tuple[str, str, str | bytes | None]
"""File, what stands there once, and what stands there instead.

An empty second part replaces the whole file, or makes a new one; ``None`` deletes the file.
"""


def write(folder: Path, edits: Iterable[Edit] = ()) -> Path:
    """Write the sound mission into ``folder`` and spoil it."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    spoil(folder, edits)
    return folder


def spoil(folder: Path, edits: Iterable[Edit]) -> None:
    for name, old, new in edits:
        path = folder / name
        if new is None:
            path.unlink()
            continue
        content = new.encode() if isinstance(new, str) else new
        if old:
            text = path.read_bytes()
            assert text.count(old.encode()) == 1, f"{old!r} stands {text.count(old.encode())} times in {name}"
            content = text.replace(old.encode(), content)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def recorded(folder: Path, *, dry_run: bool = False, actor: str = "ADV-01") -> Outcome:
    """Record a folder into itself."""
    return record(folder, folder, at=AT, actor=actor, dry_run=dry_run)


def told(outcome: Outcome) -> list[tuple[str, str]]:
    """Return code and place of every finding."""
    return [(finding.code, str(finding.place)) for finding in outcome.findings]
