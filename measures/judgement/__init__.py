"""What follows from what was said: pure functions on validated frames and plain values."""

from measures.judgement.aggregation import Result, aggregate, profile, roll_up, weakest_link
from measures.judgement.confidence import Confidence, confidence
from measures.judgement.demand import Demand, Due, demand, demands, misaligned, promises
from measures.judgement.gating import gate, unanswered
from measures.judgement.health import Line, health
from measures.judgement.movement import cause, movements
from measures.judgement.standing import cells, last_seen, standing
from measures.judgement.support import support

__all__ = [
    "Confidence",
    "Demand",
    "Due",
    "Line",
    "Result",
    "aggregate",
    "cause",
    "cells",
    "confidence",
    "demand",
    "demands",
    "gate",
    "health",
    "last_seen",
    "misaligned",
    "movements",
    "profile",
    "promises",
    "roll_up",
    "standing",
    "support",
    "unanswered",
    "weakest_link",
]
