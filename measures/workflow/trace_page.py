"""A trace as one page of HTML that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import measures
from measures import library
from measures.records import MissionFile
from measures.report.html import render_trace
from measures.report.tracepage import Node, TracePage
from measures.rubric import said
from measures.workflow.files import write_whole
from measures.workflow.trace_reader import Reader


def write_page(reader: Reader, node: Node, path: Path, *, down: bool, up: bool) -> None:
    """Write the page of a trace.

    Args:
        reader: The register that it was traced in.
        node: What was traced.
        path: The file; replaced as a whole.
        down: Whether what it rests on was followed.
        up: Whether what rests on it was.

    Raises:
        MissionError: The file cannot be written.
        RenderError: The product's templates are missing or wrong.
    """
    mission = reader.mission()
    page = TracePage(
        top=node,
        mission=said(mission.name),
        head=str(reader.head),
        marking=_highest(node, mission),
        software=f"measures {measures.__version__}",
        directions=(down, up),
    )
    write_whole(path, render_trace(page, "trace/trace.html", library.shelf("templates")).encode())


def _highest(node: Node, mission: MissionFile) -> str:
    """Return the highest marking of a trace; one that the mission does not know is the highest."""
    found = {step.marking for step in _each(node)} - {""}
    strange = sorted(found - set(mission.markings))
    return strange[0] if strange else max(found, key=mission.markings.index, default="")


def _each(node: Node) -> Iterator[Node]:
    yield node
    for step in (*node.below, *node.above):
        yield from _each(step)
