"""The verbs: values in, values and findings out; no printing, no clock."""

from measures.workflow.mission import Mission, open_mission
from measures.workflow.record import Outcome, record

__all__ = ["Mission", "Outcome", "open_mission", "record"]
