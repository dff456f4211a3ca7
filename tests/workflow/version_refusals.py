"""What a folder is refused for when rubric versions, crosswalks and caps do not fit together."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

from tests.workflow.refusals import PLAN, PLANNING, A, Refusal, more
from tests.workflow.tiny import RUBRIC, Edit

X = "crosswalks.csv"
TWO = "rubrics/second.yaml"
DECLARED = """
changes:
  - {since: "1.0", class: %s, note: {en: As said in the note.}}
"""
_OTHER = RUBRIC.replace('version: "1.0"', 'version: "2.0"')
SECOND: Edit = (TWO, "", _OTHER.replace("It was written.", "It was signed.") + DECLARED % "recalibrated")
"""A second version of the rubric, with another statement."""

BOUND: Edit = (PLAN, 'version: "1.0"\n    from: 2021Q2',
               'version: "2.0"\n    former_versions: [{version: "1.0", until: 2021Q3}]\n    from: 2021Q2')  # fmt: skip
"""M-01 is scored against 2.0 from 2021Q4 on."""

HEADER = "id,rubric,criterion,before,after,map,reason,approver,marking,supersedes\n"
WHOLE = "none=none; asked=asked; shared=shared; own=own"


def crosswalk(
    before: str = "1.0",
    after: str = "2.0",
    levels: str = WHOLE,
    criterion: str = "",
    approver: str = "MOD-01",
) -> Edit:
    """Return the edit that adds a crosswalk."""
    reason = "Every plan scored as shared had been signed too."
    row = f"X-01,planning,{criterion},{before},{after},{levels},{reason},{approver},mission,"
    return X, "", f"{HEADER}{row}\n"


def two(levels: str, supersedes: str = "") -> Edit:
    """Return the edit that adds two crosswalks between the same versions."""
    name, old, first = crosswalk()
    reason = "Other people read the words in another way."
    return name, old, f"{first!s}X-02,planning,,1.0,2.0,{levels},{reason},MOD-01,mission,{supersedes}\n"


_MILESTONE = 'rubric: planning\n    version: "1.0"\n    from: 2021Q2'
_NAMESAKE: Edit = ("rubrics/planning-two.yaml", "", RUBRIC.replace("id: planning", "id: planning-two", 1))
_DROPPED: Edit = (
    TWO,
    "",
    str(SECOND[2])
    .replace("  - id: plan\n", "  - id: plan-written\n")
    .replace("recalibrated", "restructured"),
)
"""A second version in which the criterion has another id, as if it were another."""

_SILENT: Edit = (TWO, "", _OTHER.replace("It was written.", "It was signed."))
_TOO_MILD: Edit = (TWO, "", _OTHER.replace("It was written.", "It was not written.") + DECLARED % "clarified")

JOINED = (SECOND, BOUND)
"""A mission with two versions, sound."""

VERSIONS = (
    Refusal("a score under a version never bound", (more("A", "A-02", id="A-05", period="2021Q4", version="1.O"),), "C038", f"{A}:4:20"),
    Refusal("a version changed without saying until when", (SECOND, (PLAN, 'version: "1.0"\n    from: 2021Q2', 'version: "2.0"\n    change: stricter\n    from: 2021Q2')), "C039", f"{PLAN}:4:5", after=True),
    Refusal("a former version that nobody has", ((PLAN, 'version: "1.0"\n    from: 2021Q2', 'version: "1.0"\n    former_versions: [{version: "0.9", until: 2021Q2}]\n    from: 2021Q2'),), "C001", f"{PLAN}:4:5"),
    Refusal("former versions out of order", (SECOND, (PLAN, 'version: "1.0"\n    from: 2021Q2', 'version: "2.0"\n    former_versions: [{version: "1.0", until: 2021Q3}, {version: "2.0", until: 2021Q2}]\n    from: 2021Q2')), "S005", f"{PLAN}:9:73"),
    Refusal("a crosswalk from an unknown version", (*JOINED, crosswalk(before="0.9")), "C001", f"{X}:2:4"),
    Refusal("a crosswalk that says nothing of a level", (*JOINED, crosswalk(levels="none=none; asked=asked; own=own")), "C040", f"{X}:2:6"),
    Refusal("a crosswalk that turns levels round", (*JOINED, crosswalk(levels="none=none; asked=shared; shared=asked; own=own")), "C040", f"{X}:2:6"),
    Refusal("a crosswalk to a level that is none", (*JOINED, crosswalk(levels="none=none; asked=asked; shared=done; own=own")), "C040", f"{X}:2:6"),
    Refusal("a crosswalk from a level that is none", (*JOINED, crosswalk(levels="none=none; asked=asked; done=shared; own=own")), "C040", f"{X}:2:6"),
    Refusal("a crosswalk of a version with itself", (*JOINED, crosswalk(after="1.0")), "C040", f"{X}:2:6"),
    Refusal("a crosswalk for a criterion that is none", (*JOINED, crosswalk(criterion="plans")), "C040", f"{X}:2:6"),
    Refusal("a crosswalk that maps a level twice", (*JOINED, crosswalk(levels=f"{WHOLE}; asked=shared")), "C040", f"{X}:2:6"),
    Refusal("a crosswalk approved by somebody whose scores it joins", (*JOINED, crosswalk(approver="ADV-01")), "C047", f"{X}:2:8"),
    Refusal("two crosswalks that disagree", (*JOINED, two(WHOLE.replace("shared=shared", "shared=asked"))), "C040", f"{X}:3:6"),
    Refusal("scored twice, once with the version written out", (more("A", "A-02", id="A-05", version="1.0"),), "C008", f"{A}:4:1"),
    Refusal("a correction in the words of another version", (*JOINED, more("A", "A-02", id="A-05", version="2.0", supersedes="A-02", reason="Sharper.")), "C009", f"{A}:4:18"),
    Refusal("another rubric for a milestone that was scored", (_NAMESAKE, (PLAN, _MILESTONE, _MILESTONE.replace("planning", "planning-two") + "\n    change: a better one")), "C046", f"{PLAN}:4:5", after=True),
    Refusal("a version that reaches back over what was scored", (_DROPPED, (PLAN, _MILESTONE, _MILESTONE.replace('"1.0"', '"2.0"\n    former_versions: [{version: "1.0", until: 2021Q2}]') + "\n    change: a better one")), "C046", f"{PLAN}:4:5", after=True),
    Refusal("other words of which nobody says what they mean", (_SILENT, BOUND), "R018", TWO),
    Refusal("a not declared to change nothing", (_TOO_MILD, BOUND), "R017", TWO),
    Refusal("a rubric with the sign in its id that parts it from the version", ((PLANNING, "id: planning\n", "id: plan@ning\n"),), "S005", f"{PLANNING}:1:1"),
    Refusal("a cap that the plan gives no milestone", ((PLANNING, "validity:", "caps:\n  - {rubric: logistics, reason: {en: No plan without supply.}}\nvalidity:"),), "C041", f"{PLAN}:4:5", also=(("C041", f"{PLAN}:14:5"),)),
    Refusal("two files with one version and other words", ((TWO, "", RUBRIC.replace("It was written.", "It was signed.")),), "R010", f"{TWO}:2:1"),
    Refusal("a recorded version with other words, though no milestone has it now", (SECOND, (PLANNING, "It was written.", "It was printed."), BOUND, (PLAN, "    target: own\n    due: 2022Q4\n    sustainment: {en: Nobody has said.}\n    lead: ADV-01", "    target: own\n    due: 2022Q4\n    sustainment: {en: Nobody has said.}\n    lead: ADV-01\n    change: stricter")), "R009", PLANNING, after=True),
)  # fmt: skip
