"""Every finding that a mission folder can earn: what was spoiled, what is found, and where."""

# ruff: noqa: E501, RUF001 - the cases read as a table, and some digits are Arabic

from __future__ import annotations

from dataclasses import dataclass

from tests.workflow.tiny import ASSESSMENTS, EVIDENCE, POSITIONS, RUBRIC, Edit


@dataclass(frozen=True)
class Refusal:
    """One spoiled mission.

    Args:
        name: What is wrong, in the words of a user.
        edits: What is changed in the sound mission.
        code: The finding expected.
        place: Where, as an editor opens it.
        also: Further findings that the same mistake rightly earns, code and place.
        after: Whether the sound mission was recorded before it was spoiled.
    """

    name: str
    edits: tuple[Edit, ...]
    code: str
    place: str
    also: tuple[tuple[str, str], ...] = ()
    after: bool = False


A, C, E, G, P, N = (
    f"{name}.csv"
    for name in ("assessments", "citations", "evidence", "engagements", "positions", "moderations")
)
MISSION, PLAN, PLANNING = "mission.yaml", "plan.yaml", "rubrics/planning.yaml"
APPROVALS = "id,kind,ref,digest,approver,decision,reason,marking\n"
LONG = "The Kestrel plan was not seen. " * 300


def row(table: str, start: str, **cells: str) -> Edit:
    """Return the edit that changes cells in the row that begins with ``start``."""
    name, text = {"A": (A, ASSESSMENTS), "E": (E, EVIDENCE), "P": (P, POSITIONS)}[table]
    header = text.splitlines()[0].split(",")
    line = next(line for line in text.splitlines() if line.startswith(f"{start},"))
    values = dict(zip(header, line.split(","), strict=True))
    return name, line, ",".join({**values, **cells}.values())


def more(table: str, start: str, **cells: str) -> Edit:
    """Return the edit that adds a row below the one that begins with ``start``, with other cells."""
    name, old, new = row(table, start, **cells)
    return name, old, "\n".join((old, str(new)))


FORM = (
    Refusal("nothing to record", tuple((n, "", None) for n in (MISSION, PLAN, A, C, E, G, P, N)), "F010", "FOLDER"),
    Refusal("no mission file", ((MISSION, "", None),), "F001", "mission.yaml"),
    Refusal("a plan in another encoding", ((PLAN, "", "objectives: [é]".encode("utf-16")),), "F002", "plan.yaml"),
    Refusal("a table in another encoding", ((P, "", POSITIONS.encode("utf-16")),), "F002", P),
    Refusal("a plan of five megabytes", ((PLAN, "", b"#" * 5_000_000),), "F003", "plan.yaml"),
    Refusal("a bracket left open", ((PLAN, "[minister], disposition", "[minister, disposition"),), "F004", "plan.yaml:2:92"),
    Refusal("a tab for indentation", ((MISSION, "name: {en: Adv", "\tname: {en: Adv"),), "F004", "mission.yaml:2:1"),
    Refusal("an empty plan", ((PLAN, "", "# nothing yet\n"),), "F004", "plan.yaml:1:1"),
    Refusal("a key given twice", ((MISSION, "partner: {en: The ministry}", "id: other"),), "F005", "mission.yaml:3:1"),
    Refusal("an anchor", ((MISSION, "[public, mission]", "&all [public, mission]"),), "F006", "mission.yaml:5:11"),
    Refusal("an alias", ((MISSION, "[public, mission]", "*all"),), "F006", "mission.yaml:5:11"),
    Refusal("a tag that names code", ((MISSION, "[en]", "!!python/name:os.system"),), "F006", "mission.yaml:6:12"),
    Refusal("nested too deep", ((PLAN, "", "objectives: " + "[" * 40 + "]" * 40),), "F007", "plan.yaml:1:36"),
    Refusal("an empty table", ((P, "", ""),), "F008", P),
    Refusal("a quotation mark left open", ((C, ",page 1,", ',"page 1,'),), "F008", "citations.csv:2"),
    Refusal("a comma too many", ((P, "Kestrel is wanted", "Kestrel is wanted, and soon,"),), "F009", "positions.csv:2"),
    Refusal("evidence outside the folder", (row("E", "E-02", file="../../etc/passwd"),), "F011", "evidence.csv:3:15"),
    Refusal("evidence that is a folder", (row("E", "E-02", file="visit"),), "F012", "evidence.csv:3:15"),
    Refusal("a column left out", ((P, "stance,", ""), (P, "demanded,", "")), "S001", "positions.csv:1"),
    Refusal("a column called otherwise", ((C, "note,", "remark,"),), "S002", "citations.csv:1:8"),
    Refusal("a column given twice", ((C, "note,", "locator,"),), "S007", "citations.csv:1:8"),
    Refusal("a required cell left empty", (row("P", "S-01", date=""),), "S003", "positions.csv:2:4"),
    Refusal("held elsewhere, by nobody", (row("E", "E-01", holder=""),), "S003", "evidence.csv:2:14"),
    Refusal("a word that is not in the list", (row("P", "S-01", stance="demnded"),), "S004", "positions.csv:2:5"),
    Refusal("yes said otherwise", (row("E", "E-01", own_claim="Y"),), "S004", "evidence.csv:2:10"),
    Refusal("a date the other way round", (row("P", "S-01", date="03/05/2021"),), "S005", "positions.csv:2:4"),
    Refusal("a day that does not exist", (row("P", "S-01", date="2021-02-30"),), "S005", "positions.csv:2:4"),
    Refusal("a date in Arabic digits", (row("P", "S-01", date="٢٠٢١"),), "S005", "positions.csv:2:4"),
    Refusal("a quarter in Arabic digits", (row("A", "A-03", period="٢٠٢١Q2"),), "S005", "assessments.csv:4:4"),
    Refusal("a formula for an id", (more("A", "A-03", id="=A4+1"),), "S005", "assessments.csv:5:1"),
    Refusal("answers of another form", (row("A", "A-01", attributes="plan-asked: yes"),), "S005", "assessments.csv:2:16"),
    Refusal("a period backwards", ((MISSION, "last: 2022Q4", "last: 2020Q4"),), "S005", "mission.yaml:4:27",
            (("C013", "assessments.csv:2:4"), ("C013", "assessments.csv:3:4"), ("C013", "assessments.csv:4:4"),
             ("C013", "moderations.csv:2:4"), ("C013", "plan.yaml:4:5"), ("C013", "plan.yaml:14:5"))),
    Refusal("a number of five thousand digits", ((MISSION, "last: 2022Q4", f"last: 2022Q4, year_starts: {'1' * 5000}"),),
            "S005", "mission.yaml:4:41"),
    Refusal("a language that is none", ((MISSION, "{en: The ministry}", "{English: The ministry}"),), "S005", "mission.yaml:3:11"),
    Refusal("an id with a space", ((PLAN, "id: P-01", "id: P 01"),), "S005", "plan.yaml:25:6"),
    Refusal("a disruption backwards", ((MISSION, "to: 2021Q3", "to: 2021Q2"),), "S005", "mission.yaml:14:30"),
    Refusal("a rationale of one word", (row("A", "A-03", rationale="Kestrel"),), "S006", "assessments.csv:4:9"),
    Refusal("the same id twice", (more("P", "S-01", date="2021-06"),), "S007", "positions.csv:3:1"),
    Refusal("the same marking twice", ((MISSION, "[public, mission]", "[public, mission, public]"),), "S007", "mission.yaml:5:29"),
    Refusal("the same milestone twice", ((PLAN, "id: M-02", "id: M-01"),), "S007", "plan.yaml:14:5"),
    Refusal("no due quarter", ((PLAN, "    due: 2022Q4\n    sustainment", "    sustainment"),), "S008", "plan.yaml:4:5"),
    Refusal("no first quarter", ((PLAN, "    from: 2022Q1\n", ""),), "S008", "plan.yaml:14:5"),
    Refusal("no reason for giving up", ((PLAN, "disposition: active", "disposition: abandoned"),), "S008", "plan.yaml:2:5"),
    Refusal("a key called otherwise", ((PLAN, "    lead: ADV-01", "    leader: ADV-01"),), "S009", "plan.yaml:13:5"),
    Refusal("a text where a list belongs", ((PLAN, "[minister], disposition", "minister, disposition"),), "S010", "plan.yaml:2:49"),
    Refusal("a list of objectives that are texts", ((PLAN, "  - {id: P-01", "  - by the way\n  - {id: P-01"),), "S010", "plan.yaml:25:5"),
    Refusal("a rationale like a report", (row("A", "A-03", rationale=LONG),), "S011", "assessments.csv:4:9"),
    Refusal("a control character", (row("A", "A-03", rationale="The Kestrel\x1b[2J letter was not shown to anybody at all."),),
            "S012", "assessments.csv:4:9"),
    Refusal("a control character by escape", ((MISSION, "{en: Adviser}", '{en: "Advi\\x07ser"}'),), "S012", "mission.yaml:10:46"),
)  # fmt: skip

_OTHER = RUBRIC.replace("id: planning", "id: other", 1)
_ASKED = "  - {id: asked, label: {en: Asked for}}\n"
_SHARED = "  - {id: shared, label: {en: Done with advisers}}\n"
_SWAPPED = _OTHER.replace(_ASKED + _SHARED, _SHARED + _ASKED).replace('fresh: "8"', 'fresh: "2"')
_WORKED = """\
vignettes:
  - id: hills
    title: {en: The hills}
    situation: {en: A director asked for a plan. Nobody wrote one.}
    expected:
      - {criterion: plan, level: own, holds: [plan-asked], why: {en: It was asked for.}}
"""
_FURTHER = 'id: further\nversion: "1.0"\nextends: {rubric: planning, version: "1.0"}\n'
_CAPPED = "caps: [{rubric: logistics, reason: {en: No plan without supply.}}]\n"

RUBRICS = (
    Refusal("a level described that is not on the ladder", ((PLANNING, "      shared:", "      shard:"),), "R001",
            "rubrics/planning.yaml:27:7", (("R002", "rubrics/planning.yaml:18:5"),)),
    Refusal("a sustainment level that is none", ((PLANNING, "sustainment: own", "sustainment: alone"),), "R001",
            "rubrics/planning.yaml:7:1"),
    Refusal("a level not described", ((PLANNING, RUBRIC[RUBRIC.index("      own:\n") :], ""),), "R002",
            "rubrics/planning.yaml:18:5"),
    Refusal("an attribute id twice", ((PLANNING, "id: plan-shared", "id: plan-asked"),), "R003",
            "rubrics/planning.yaml:30:14"),
    Refusal("nobody pays", ((PLANNING, ", sustains: funded", ""),), "R004", "rubrics/planning.yaml:35:9"),
    Refusal("advisers above the gate", ((PLANNING, "advisers: none", "advisers: on-request"),), "R005",
            "rubrics/planning.yaml:39:9"),
    Refusal("less evidence for more", ((PLANNING, 'origins: "2", kinds: [documentary, physical], grade: C3',
                                        'origins: "2", kinds: [documentary, physical], grade: E3'),),
            "R006", "rubrics/planning.yaml:40:9"),
    Refusal("ladders in opposite order", ((PLAN, 'rubric: planning\n    version: "1.0"\n    from: 2022Q1',
                                           'rubric: other\n    version: "1.0"\n    from: 2022Q1'),
                                          ("rubrics/other.yaml", "", _SWAPPED)), "R007", "rubrics/planning.yaml"),
    Refusal("a level without attributes", ((PLANNING, "        attributes:\n          - {id: plan-asked, text: {en: A director asked for it.}}\n", ""),),
            "R008", "rubrics/planning.yaml:21:7"),
    Refusal("a rubric changed under its version", ((PLANNING, "No plan.", "No plan at all."),), "R009",
            "rubrics/planning.yaml", after=True),
    Refusal("a worked scoring that the gate does not give", ((PLANNING, "criteria:\n", f"{_WORKED}criteria:\n"),), "R011",
            "rubrics/planning.yaml:18:27"),
    Refusal("an extension with a ladder of its own", (("rubrics/further.yaml", "", f"{_FURTHER}levels: [{{id: none, label: {{en: No}}}}]\n"),),
            "R012", "rubrics/further.yaml:4:1"),
    Refusal("a profile that is capped", ((PLANNING, "aggregation: weakest-link\n", f"aggregation: profile\n{_CAPPED}"),), "R013",
            "rubrics/planning.yaml:7:1"),
    Refusal("weights", ((PLANNING, "aspect: de-facto\n", "aspect: de-facto\n    weight: \"3\"\n"),), "R014", "rubrics/planning.yaml:17:5"),
    Refusal("a table that nothing asks for", ((PLANNING, "validity:", "table: pefa-m2\nvalidity:"),), "R015", "rubrics/planning.yaml:5:1"),
    Refusal("a gate that nothing decides", ((PLANNING, "weakest-link", "gate"),), "R016", "rubrics/planning.yaml:6:1"),
    Refusal("a level called like a non-score", ((PLANNING, "{id: asked, label", "{id: withheld, label"),
                                                (PLANNING, "      asked:", "      withheld:")),
            "S005", "rubrics/planning.yaml:10:6"),
    Refusal("testimony alone", ((PLANNING, '"2", kinds: [documentary, physical]', '"2", kinds: [testimonial]'),), "S005",
            "rubrics/planning.yaml:40:34"),
)  # fmt: skip

ACROSS = (
    Refusal("evidence that is not there", ((C, "E-01", "E-10"),), "C001", "citations.csv:2:3"),
    Refusal("an actor that is not there", ((G, ",minister,The plan", ",minster,The plan"),), "C001", "engagements.csv:2:5"),
    Refusal("a rubric version that is not there", ((PLAN, 'version: "1.0"\n    from: 2022Q1', 'version: "1.1"\n    from: 2022Q1'),),
            "C001", "plan.yaml:14:5"),
    Refusal("a person that is not there", ((PLAN, "lead: ADV-01", "lead: ADV-07"),), "C001", "plan.yaml:4:5"),
    Refusal("a disruption by evidence unknown", ((MISSION, "[E-01]", "[E-77]"),), "C001", "mission.yaml:14:5"),
    Refusal("a label for a level", (row("A", "A-01", score="Asked"),), "C002", "assessments.csv:2:7"),
    Refusal("a target that is no level", ((PLAN, "target: own\n    due: 2022Q4\n    sustainment", "target: alone\n    due: 2022Q4\n    sustainment"),),
            "C002", "plan.yaml:4:5"),
    Refusal("shows no level", ((C, "hoop,asked", "hoop,ask"),), "C002", "citations.csv:2:7"),
    Refusal("a criterion of another rubric", (row("A", "A-02", criterion="plans"),), "C003", "assessments.csv:3:3"),
    Refusal("a level nobody cites for", (row("A", "A-03", score="none", why_not_next="No Kestrel letter was shown.", confidence="low",
                                             methods="minor", coherence="minor", adequacy="serious", relevance="none"),),
            "C004", "assessments.csv:4:7"),
    Refusal("evidence from after the quarter", (row("E", "E-01", covers="2021-07-01/2021-08"),), "C005", "citations.csv:2:3"),
    Refusal("evidence too old to count", (row("E", "E-01", covers="2019-06-30"),), "C006", "citations.csv:2:3"),
    Refusal("why not more is not said", (row("A", "A-01", why_not_next=""),), "C007", "assessments.csv:2:10"),
    Refusal("scored twice", (more("A", "A-03", id="A-04"),), "C008", "assessments.csv:5:1"),
    Refusal("corrects nothing known", (more("A", "A-03", id="A-04", supersedes="A-99", reason="Typing error"),), "C009",
            "assessments.csv:5:18", (("C008", "assessments.csv:5:1"),)),
    Refusal("corrects another quarter", (more("A", "A-03", id="A-04", supersedes="A-02", reason="Typing error"),), "C009",
            "assessments.csv:5:18", (("C008", "assessments.csv:5:1"),)),
    Refusal("corrected twice", (more("E", "E-01", id="E-03", supersedes="E-01", reason="Wrong date"),
                                more("E", "E-02", id="E-04", supersedes="E-01", reason="Wrong date")), "C010", "evidence.csv:5:16"),
    Refusal("a correction without a reason", (more("E", "E-01", id="E-03", supersedes="E-01"),), "C011", "evidence.csv:3:17"),
    Refusal("a marking that is none", (row("P", "S-01", marking="Mission"),), "C012", "positions.csv:2:8"),
    Refusal("a quarter before the mission", (row("A", "A-03", period="2020Q4"),), "C013", "assessments.csv:4:4"),
    Refusal("a quarter that owes nothing", (row("A", "A-03", period="2021Q1"),), "C014", "assessments.csv:4:4"),
    Refusal("not observed, without a cause", (row("A", "A-02", cause=""),), "C015", "assessments.csv:3:8"),
    Refusal("a cause with a score", (row("A", "A-03", cause="access"),), "C016", "assessments.csv:4:8"),
    Refusal("a level without confidence", (row("A", "A-01", confidence=""),), "C017", "assessments.csv:2:11"),
    Refusal("a level without a concern", (row("A", "A-01", adequacy=""),), "C017", "assessments.csv:2:14"),
    Refusal("own success confirmed", (row("E", "E-02", credibility="1"),), "C018", "evidence.csv:3:9"),
    Refusal("a recorded row changed", (row("A", "A-01", rationale="The Kestrel directorate never asked for anything of the kind."),),
            "C019", "assessments.csv:2:1", after=True),
    Refusal("a plan changed without a reason", ((PLAN, "A plan of its own", "A plan"),), "C020", "plan.yaml:4:5", after=True),
    Refusal("a mission changed without a reason", ((MISSION, "small ministry", "ministry"),), "C020", "mission.yaml:1:1", after=True),
    Refusal("answers no and claims it", (row("A", "A-01", attributes="plan-asked=no"),), "C021", "assessments.csv:2:16"),
    Refusal("answers an attribute unknown", (row("A", "A-01", attributes="plan-askd=yes"),), "C022", "assessments.csv:2:16"),
    Refusal("settles what they scored", ((N, "MOD-01", "EXT-01"),), "C023", "moderations.csv:2:5"),
    Refusal("scores in another role", (row("A", "A-03", role="adviser"),), "C024", "assessments.csv:4:6"),
    Refusal("not applicable, approved by nobody", (row("A", "A-03", score="not-applicable"),), "C025", "assessments.csv:4:7"),
    Refusal("a naked percentage", (row("A", "A-03", rationale="Kestrel says that 80 % of the posts are filled in the office."),),
            "C026", "assessments.csv:4:9"),
    Refusal("depends on itself by a way round", ((PLAN, "    lead: ADV-01", "    depends_on: [M-02]"),), "C027", "plan.yaml:4:5"),
    Refusal("says the same twice", (row("A", "A-01", why_not_next="THE Kestrel directorate  asked for a plan in a signed letter in May."),),
            "C028", "assessments.csv:2:10"),
    Refusal("cited twice", ((C, "C-01,A-01,E-01,page 1,supports,hoop,asked,The Kestrel letter itself.,mission",
                             "C-01,A-01,E-01,page 1,supports,hoop,asked,,mission\nC-02,A-01,E-01,page 1,supports,hoop,asked,,mission"),),
            "C029", "citations.csv:3:3"),
    Refusal("an evidence file that is not there", (row("E", "E-02", file="visit/notes.txt"),), "C030", "evidence.csv:3:15"),
    Refusal("an approval of something unrecorded", (("approvals.csv", "", f"{APPROVALS}V-01,assessment,A-01,{'0' * 64},MOD-01,approved,,public\n"),),
            "C001", "approvals.csv:2:3"),
    Refusal("an approval of other content", (("approvals.csv", "", f"{APPROVALS}V-01,assessment,A-01,{'0' * 64},MOD-01,approved,,public\n"),),
            "C032", "approvals.csv:2:4", after=True),
    Refusal("corrects what stands below", (row("E", "E-01", supersedes="E-02", reason="Wrong date"),), "C033", "evidence.csv:2:16"),
    Refusal("each corrects the other", (row("E", "E-01", supersedes="E-02", reason="Wrong date"),
                                        row("E", "E-02", supersedes="E-01", reason="Wrong date")), "C033", "evidence.csv:2:16"),
    Refusal("a marking taken away from recorded rows", ((MISSION, "[public, mission]", "[public]\nchange: Simpler"),), "C034",
            "mission.yaml", after=True),
    Refusal("quarters taken away from recorded rows", ((MISSION, "first: 2021Q1", "first: 2021Q3"), (MISSION, "languages", "change: Later\nlanguages")),
            "C034", "mission.yaml", (("C013", "plan.yaml:4:5"),), after=True),
    Refusal("settled twice", ((N, "mission,\n", "mission,\nN-02,M-01,plan,2021Q2,MOD-01,none,The Kestrel letter was of another office.,,mission,\n"),),
            "C036", "moderations.csv:3:1"),
    Refusal("approves what they scored", (("approvals.csv", "", f"{APPROVALS}V-01,assessment,A-01,{'0' * 64},ADV-01,approved,,public\n"),),
            "C037", "approvals.csv:2:5", (("C032", "approvals.csv:2:4"),), after=True),
    Refusal("a milestone after the mission", ((PLAN, "from: 2022Q1\n    target: own\n    due: 2022Q4", "from: 2023Q1\n    target: own\n    due: 2023Q4"),),
            "C013", "plan.yaml:14:5"),
    Refusal("due before it begins", ((PLAN, "from: 2022Q1\n    target: own\n    due: 2022Q4", "from: 2022Q1\n    target: own\n    due: 2021Q4"),),
            "S005", "plan.yaml:14:5"),
    Refusal("another mission's file", ((MISSION, "id: tiny", "id: huge"),), "C035", "mission.yaml:1:1", after=True),
)  # fmt: skip

REFUSALS = FORM + RUBRICS + ACROSS
