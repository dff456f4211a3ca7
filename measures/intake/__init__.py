"""Doors in: a folder of CSV and YAML files, every cell with its place."""

from measures.intake.folder import Submission, read_folder
from measures.intake.tables import read_table

__all__ = ["Submission", "read_folder", "read_table"]
