"""What may be said: the plan and its tables, their shape, and the rules across them.

Pandas and pandera are behind ``frames`` and ``schemas``, which are imported where needed.
"""

from measures.records.mission import MissionFile, read_mission
from measures.records.plan import Plan, read_plan
from measures.records.rows import REGISTER, Records, Row
from measures.records.tables import TABLES, Table

__all__ = [
    "REGISTER",
    "TABLES",
    "MissionFile",
    "Plan",
    "Records",
    "Row",
    "Table",
    "read_mission",
    "read_plan",
]
