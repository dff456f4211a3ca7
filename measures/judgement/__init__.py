"""What follows from what was said: pure functions on validated frames and plain values."""

from measures.judgement.agenda import Item, agenda
from measures.judgement.aggregation import (
    Result,
    Rule,
    Tipping,
    aggregate,
    by_gate,
    by_table,
    lower_median,
    profile,
    sensitivity,
    weakest_link,
)
from measures.judgement.agreement import Agreement, Bootstrap, alpha, fleiss_kappa, weighted_kappa
from measures.judgement.caps import Capping, capped
from measures.judgement.confidence import Confidence, confidence
from measures.judgement.demand import Demand, Due, demand, demands, promises
from measures.judgement.gating import gate, reached, unanswered
from measures.judgement.health import Line, health
from measures.judgement.indicators import Indicator, indicators, screen_frame
from measures.judgement.leadtime import LeadTime, lead_frame, lead_time, lead_times
from measures.judgement.misalignment import Misalignment, Quadrant, misaligned, misalignments, quadrants
from measures.judgement.movement import cause, movements
from measures.judgement.ownership import Ownership, Share, Signal, ownerships, shares
from measures.judgement.panel import Disagreement, Panel, Scale, panel
from measures.judgement.percent import PercentScale
from measures.judgement.proposals import Proposal, propose
from measures.judgement.ratings import counted, crossed
from measures.judgement.reportcard import ReportCard, report_card
from measures.judgement.rollup import aggregate_frame, roll_up
from measures.judgement.screening import Verdict, screen
from measures.judgement.standing import cells, last_seen, standing
from measures.judgement.support import support

__all__ = [
    "Agreement",
    "Bootstrap",
    "Capping",
    "Confidence",
    "Demand",
    "Disagreement",
    "Due",
    "Indicator",
    "Item",
    "LeadTime",
    "Line",
    "Misalignment",
    "Ownership",
    "Panel",
    "PercentScale",
    "Proposal",
    "Quadrant",
    "ReportCard",
    "Result",
    "Rule",
    "Scale",
    "Share",
    "Signal",
    "Tipping",
    "Verdict",
    "agenda",
    "aggregate",
    "aggregate_frame",
    "alpha",
    "by_gate",
    "by_table",
    "capped",
    "cause",
    "cells",
    "confidence",
    "counted",
    "crossed",
    "demand",
    "demands",
    "fleiss_kappa",
    "gate",
    "health",
    "indicators",
    "last_seen",
    "lead_frame",
    "lead_time",
    "lead_times",
    "lower_median",
    "misaligned",
    "misalignments",
    "movements",
    "ownerships",
    "panel",
    "profile",
    "promises",
    "propose",
    "quadrants",
    "reached",
    "report_card",
    "roll_up",
    "screen",
    "screen_frame",
    "sensitivity",
    "shares",
    "standing",
    "support",
    "unanswered",
    "weakest_link",
    "weighted_kappa",
]
