"""What a rubric is, how it is read from YAML with line numbers, and its digest."""

from measures.rubric.document import dump, parse, read_document
from measures.rubric.model import NONE, Criterion, EvidenceRule, Rubric, Step, join_ladders, said, to_plain
from measures.rubric.read import from_plain, parse_rubric, read_rubric

__all__ = [
    "NONE",
    "Criterion",
    "EvidenceRule",
    "Rubric",
    "Step",
    "dump",
    "from_plain",
    "join_ladders",
    "parse",
    "parse_rubric",
    "read_document",
    "read_rubric",
    "said",
    "to_plain",
]
