"""Approvals and rules of approval that are refused, and where."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

from tests.workflow.refusals import MISSION, Refusal
from tests.workflow.tiny import Edit

WITH_BASIS = "id,kind,ref,digest,basis,approver,decision,reason,marking\n"
ZERO = "0" * 64
LAST = "disruptions:\n"


def approval(kind: str, ref: str, approver: str, basis: str = "") -> Edit:
    """Return the edit that adds a table with one approval."""
    return "approvals.csv", "", f"{WITH_BASIS}V-01,{kind},{ref},{ZERO},{basis},{approver},approved,,public\n"


def rule(text: str) -> Edit:
    """Return the edit that adds rules of approval to mission.yaml."""
    return MISSION, LAST, f"four_eyes: {text}\n{LAST}"


OTHER = (("C032", "approvals.csv:2:4"),)

APPROVAL_CASES = (
    Refusal("approves what they settled", (approval("moderation", "N-01", "MOD-01"),), "C060", "approvals.csv:2:6", OTHER, after=True),
    Refusal("approves the settlement of their score", (approval("moderation", "N-01", "EXT-01"),), "C037", "approvals.csv:2:6", OTHER, after=True),
    Refusal("approves in a role that may not", (approval("assessment", "A-01", "EXT-01"), rule("{assessment: {by: [approver]}}"),
                                                (MISSION, "languages", "change: Later\nlanguages")), "C061", "approvals.csv:2:6", OTHER, after=True),
    Refusal("a basis that is no digest", (approval("assessment", "A-01", "MOD-01", "abc"),), "S005", "approvals.csv:2:5", after=True),
    Refusal("a rule for a kind that nobody approves", (rule("{citation: {by: [approver]}}"),), "S009", "mission.yaml:13:13"),
    Refusal("a rule for a role that there is not", (rule("{moderation: {by: [boss]}}"),), "S004", "mission.yaml:13:31"),
    Refusal("an edition approved before it is there", (rule("{edition: {before_print: 'yes'}}"),), "S009", "mission.yaml:13:23"),
)  # fmt: skip
