"""A folder in which thirty different things are wrong, as a tired adviser might send it."""

# ruff: noqa: E501 - rows of a table are not wrapped

from __future__ import annotations

from pathlib import Path

from tests.workflow.tiny import RUBRIC

MISSION = """\
id: tired
name: {en: Thirty mistakes}
partner: {en: The ministry}
quarters: {first: 2021Q1, last: 2022Q4, year_start: "1"}
markings: [public, mission]
languages: [en]
actors:
  - {id: minister, side: host, name: {en: Minister of Defence}}
people:
  - {code: ADV-01, role: adviser, post: {en: Adviser}}
  - {code: EXT-01, role: external}
disruptions:
  - {id: D-01, from: 2021Q3, to: 2021-Q3, cause: access, text: {en: Offices closed.}, evidence: [E-99]}
"""

PLAN = """\
objectives:
  - {id: O-01, title: {en: The ministry plans}, proposed_by: [ministr], disposition: dropped}
milestones:
  - id: M-01
    objective: O-01
    title: {en: A plan of its own}
    rubric: planning
    version: "1.0"
    from: 2021Q2
    target: alone
    due: 2022Q4
    sustainment: {en: Nobody has said.}
    lead: ADV-09
  - id: M-02
    objective: O-02
    title: A plan that is used
    rubric: planing
    version: "1.0"
    from: 2022Q1
    target: own
    due: 2022Q4
    depends_on: [M-02]
    sustainment: {en: Nobody has said.}
"""

ASSESSMENTS = """\
id,milestone,criterion,period,assessor,role,score,cause,rationale,why_not_next,confidence,methods,coherence,adequacy,relevance,attributes,marking,supersedes,reason
A-01,M-01,plan,2021Q2,ADV-01,adviser,Asked,,The directorate asked for a plan in a signed letter in May.,No plan has been written yet.,moderate,minor,none,minor,none,,mission,,
A-02,M-01,plan,2021Q3,ADV-01,adviser,not-observed,,Offices were closed and nobody could look this quarter.,,,,,,,,mission,,
A-03,M-01,plans,2021Q2,EXT-01,external,insufficient-evidence,,The letter was not shown and nothing else speaks of a plan.,,,,,,,,mission,,
A-04,M-01,plan,2021Q1,EXT-01,external,insufficient-evidence,access,The letter was not shown and nothing else speaks of a plan.,,,,,,,,mission,,
A-05,M-01,plan,2021Q4,EXT-01,adviser,asked,,A second letter was seen on the desk of the director in Novem.,,low,minor,none,,none,plan-askd=yes,mission,A-90,
A-06,M-01,plan,2023Q1,ADV-01,adviser,insufficient-evidence,,80 % of the posts are said to be filled; nobody showed a list.,,,,,,,,mission,,
A-07,M-01,plan,2022q1,ADV-01,adviser,asked,,Seen.,,moderate,minor,none,minor,none,,secret,,
A-07,M-01,plan,2022Q2,ADV-01,adviser,not-observed,access,Offices were closed and nobody could look this quarter.,,,,,,,,mission,,
A-08,M-01,plan,2022Q3,ADV-01,adviser,not-observed,access,Offices were closed, and nobody could look this quarter.,,,,,,,,mission,,
"""

EVIDENCE = """\
id,title,publisher,kind,origin,covers,summary,reliability,credibility,own_claim,first_hand,marking,custody,holder,file
E-01,Order 7,Ministry,document,ministry,2021-05,An order names an office for it.,B,7,no,yes,mission,held-elsewhere,,
E-02,Visit,Mission,physical,advisers,2021-06,The office was seen at work.,B,1,yes,yes,mission,vault,,../note.txt
E-03,Visit,Mission,physical,advisers,June 2021,The office was seen at work.,B,3,no,yes,mission,vault,,note.txt
"""

POSITIONS = """\
id,objective,actor,date,stance,reasons,marking
S-01,O-01,minister,2021-05-03,demanded,Wanted before the budget.,mission
"""

FILES = {
    "mission.yaml": MISSION,
    "plan.yaml": PLAN,
    "rubrics/planning.yaml": RUBRIC,
    "assessments.csv": ASSESSMENTS,
    "evidence.csv": EVIDENCE,
    "positions.csv": POSITIONS,
}


def write(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
