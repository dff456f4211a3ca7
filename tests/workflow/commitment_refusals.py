"""What a folder is refused for when commitments name nobody, or a target changes unsaid."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

from tests.workflow.refusals import PLAN, A, G, N, Refusal, more
from tests.workflow.tiny import Edit

OBJECTIVE = "proposed_by: [minister], disposition: active"
FIRST = "    from: 2021Q2\n    target: own\n    due: 2022Q4\n    sustainment: {en: Nobody has said.}\n    lead: ADV-01"
"""What stands at the end of M-01."""


def commits(text: str) -> Edit:
    """Return the edit that adds a commitment to the objective."""
    return PLAN, OBJECTIVE, f"{OBJECTIVE}, {text}"


def retarget(**other: str) -> str:
    """Return a sound change of target of M-01, from done alone to done with advisers, with other values."""
    values = {
        "from": "2021Q4", "old": "own", "new": "shared", "reason": "{en: No posts.}",
        "partner_view": "{en: The minister agrees.}", "approved_by": "MOD-01", "date": "2021-11-02", **other,
    }  # fmt: skip
    return "{" + ", ".join(f"{key}: {value}" for key, value in values.items() if value) + "}"


def lowered(*changes: str, target: str = "shared", due: str = "2022Q4", more: str = "") -> Edit:
    """Return the edit that gives M-01 another target and says so."""
    listed = f"\n    retargets: [{', '.join(changes)}]" if changes else ""
    new = FIRST.replace("target: own", f"target: {target}").replace("due: 2022Q4", f"due: {due}")
    return PLAN, FIRST, new + listed + more


def closed(more: str = "", **other: str) -> Edit:
    """Return the edit that closes M-01 after 2021Q3, with other values."""
    values = {
        "until": "2021Q3", "reason": "{en: The ministry wants no plan.}",
        "partner_view": "{en: The minister asked for it.}", "approved_by": "MOD-01", "date": "2021-11-02", **other,
    }  # fmt: skip
    listed = ", ".join(f"{key}: {value}" for key, value in values.items() if value)
    return PLAN, FIRST, f"{FIRST}\n    closed: {{{listed}}}{more}"


CHANGED = "\n    change: less was possible"
M1 = f"{PLAN}:4:5"
O1 = f"{PLAN}:2:5"

COMMITMENTS = (
    Refusal("announced by nobody known", (commits("announced: [{date: 2021-03, by: [allies]}]"),), "C001", O1),
    Refusal("agreed on evidence that is not there", (commits("agreed: [{date: 2021-03, by: [minister], evidence: [E-09]}]"),), "C001", O1),
    Refusal("posts seen on evidence that is not there", (commits('resources: [{date: 2021-03, posts_needed: "4", posts_filled: "1", evidence: [E-09]}]'),), "C001", O1),
    Refusal("an agreement by nobody", (commits("agreed: [{date: 2021-03}]"),), "S008", f"{PLAN}:2:104"),
    Refusal("a resource that says nothing", (commits("resources: [{date: 2021-03}]"),), "S008", f"{PLAN}:2:107"),
    Refusal("posts that are no number", (commits("resources: [{date: 2021-03, posts_filled: some}]"),), "S005", f"{PLAN}:2:123"),
    Refusal("posts said to be short though both numbers stand", (commits("resources: [{date: 2021-03, posts_needed: 4, posts_filled: 4, posts_short: yes}]"),), "S005", f"{PLAN}:2:157"),
    Refusal("a side that pays nothing", (commits("resources: [{date: 2021-03, side: headquarters, posts_filled: 4}]"),), "S004", f"{PLAN}:2:123"),
    Refusal("an agreement without its partner", ((("mission.yaml"), "name: {en: Minister of Defence}}", "name: {en: Minister of Defence}}\n  - {id: allies, side: headquarters, name: {en: Allies}}"), commits("agreed: [{date: 2021-03, by: [allies]}]")), "C045", O1),
    Refusal("a measure that may be", ((PLAN, "    lead: ADV-01", "    lead: ADV-01\n    host_measure: maybe"),), "S004", f"{PLAN}:14:5"),
    Refusal("held before it was asked for", ((G, "2021-04-09", "2021-03-31"),), "C044", f"{G}:2:3"),
    Refusal("a target lowered with a reason, and nothing of who agreed", (lowered(more=CHANGED),), "C042", M1, after=True),
    Refusal("a due quarter put off with a reason, and nothing of who agreed", (lowered(target="own", due="2022Q3", more=CHANGED),), "C042", M1, after=True),
    Refusal("a target lowered openly, put off silently", (lowered(retarget(), due="2022Q3", more=CHANGED),), "C042", M1, after=True),
    Refusal("a retarget that starts from another target", (lowered(retarget(old="asked"), more=CHANGED),), "C042", M1, after=True),
    Refusal("a retarget that does not reach the plan", (lowered(retarget(), target="own"),), "C043", M1),
    Refusal("closed by nobody known", (closed(approved_by="XYZ-01"),), "C001", M1),
    Refusal("closed before it began", (closed(until="2021Q1", date="2021-04"),), "C014", f"{A}:2:4", also=(("C014", f"{A}:3:4"), ("C014", f"{A}:4:4"), ("C014", f"{N}:2:4"), ("C048", M1))),
    Refusal("closed for a quarter that was over", (closed(date="2022-01-01"),), "C048", M1),
    Refusal("closed without the partner's view", (closed(partner_view=""),), "S008", f"{PLAN}:14:5"),
    Refusal("closed over a score that stands", (closed(until="2021Q2", date="2021-07", more="\n    change: no longer wanted"),), "C046", M1, after=True),
    Refusal("scored after it was closed", (closed(), more("A", "A-02", id="A-05", period="2021Q4")), "C014", f"{A}:4:4"),
    Refusal("two retargets with a gap", (lowered(retarget(new="asked"), retarget(**{"from": "2022Q1"})),), "C043", M1),
    Refusal("a retarget that changes nothing", (lowered(retarget(old="shared")),), "C043", M1),
    Refusal("a target lowered for a quarter that was over", (lowered(retarget(date="2022-01-01")),), "C043", M1),
    Refusal("a target lowered before there was any", (lowered(retarget(**{"from": "2021Q2", "date": "2021-05"})),), "C043", M1),
    Refusal("a retarget from a level that is none", (lowered(retarget(old="alone")),), "C002", M1),
    Refusal("a retarget approved by nobody known", (lowered(retarget(approved_by="MOD-09")),), "C001", M1),
    Refusal("a retarget approved by nobody", (lowered(retarget(approved_by="")),), "S008", f"{PLAN}:14:17"),
    Refusal("a retarget that leaves out the partner's view", (lowered(retarget(partner_view="")),), "S008", f"{PLAN}:14:17"),
    Refusal("a retarget to a quarter that is none", (lowered(retarget(what="due", old="2022Q5", new="2022Q4"), target="own"),), "S005", f"{PLAN}:14:32"),
    Refusal("retargets out of order", (lowered(retarget(new="asked"), retarget(old="asked", date="2021-08", **{"from": "2021Q3"})),), "S005", f"{PLAN}:14:162"),
    Refusal("an objective that has no target to change", (commits(f"retargets: [{retarget(what='target')}]"),), "S004", f"{PLAN}:2:251", also=(("C043", O1),)),
)  # fmt: skip
