"""What a folder is refused for when rubric versions, crosswalks and caps do not fit together."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

from tests.workflow.refusals import PLAN, PLANNING, A, Refusal, more
from tests.workflow.tiny import RUBRIC, Edit

X = "crosswalks.csv"
TWO = "rubrics/second.yaml"
SECOND: Edit = (
    TWO,
    "",
    RUBRIC.replace('version: "1.0"', 'version: "2.0"').replace("It was written.", "It was signed."),
)
"""A second version of the rubric, with another statement."""

BOUND: Edit = (PLAN, 'version: "1.0"\n    from: 2021Q2',
               'version: "2.0"\n    former_versions: [{version: "1.0", until: 2021Q3}]\n    from: 2021Q2')  # fmt: skip
"""M-01 is scored against 2.0 from 2021Q4 on."""

HEADER = "id,rubric,criterion,before,after,map,reason,approver,marking,supersedes\n"
WHOLE = "none=none; asked=asked; shared=shared; own=own"


def crosswalk(before: str = "1.0", after: str = "2.0", levels: str = WHOLE, criterion: str = "") -> Edit:
    """Return the edit that adds a crosswalk."""
    reason = "Every plan scored as shared had been signed too."
    return X, "", f"{HEADER}X-01,planning,{criterion},{before},{after},{levels},{reason},MOD-01,mission,\n"


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
    Refusal("a cap that the plan gives no milestone", ((PLANNING, "validity:", "caps:\n  - {rubric: logistics, reason: {en: No plan without supply.}}\nvalidity:"),), "C041", f"{PLAN}:4:5", also=(("C041", f"{PLAN}:14:5"),)),
    Refusal("two files with one version and other words", ((TWO, "", RUBRIC.replace("It was written.", "It was signed.")),), "R010", f"{TWO}:2:1"),
    Refusal("a recorded version with other words, though no milestone has it now", (SECOND, (PLANNING, "It was written.", "It was printed."), BOUND, (PLAN, "    target: own\n    due: 2022Q4\n    sustainment: {en: Nobody has said.}\n    lead: ADV-01", "    target: own\n    due: 2022Q4\n    sustainment: {en: Nobody has said.}\n    lead: ADV-01\n    change: stricter")), "R009", PLANNING, after=True),
)  # fmt: skip
