"""What a rubric is, how it is read from YAML with line numbers, and its digest."""

from measures.rubric.annexes import Known
from measures.rubric.document import dump, parse, read_document
from measures.rubric.lint import lint
from measures.rubric.model import NONE, Criterion, EvidenceRule, Rubric, Step, Table, join_ladders, said
from measures.rubric.plain import to_plain
from measures.rubric.read import from_plain, parse_rubric, read_rubric
from measures.rubric.shelf import Shelf, read_shelf, read_table_file

__all__ = [
    "NONE",
    "Criterion",
    "EvidenceRule",
    "Known",
    "Rubric",
    "Shelf",
    "Step",
    "Table",
    "dump",
    "from_plain",
    "join_ladders",
    "lint",
    "parse",
    "parse_rubric",
    "read_document",
    "read_rubric",
    "read_shelf",
    "read_table_file",
    "said",
    "to_plain",
]
