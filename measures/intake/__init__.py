"""Doors in: a folder of CSV and YAML files, every cell with its place."""

from measures.intake.folder import Submission, read_folder

__all__ = ["Submission", "read_folder"]
