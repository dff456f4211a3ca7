"""Rubrics instead of percentages: score institutional milestones, keep everything, report it.

An analyst starts here::

    import measures

    mission = measures.open("examples/nmi")
    mission.frames["assessments"]

The name :func:`open` is loaded on first use, so that importing the package stays cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from measures.workflow.mission import Mission as Mission
    from measures.workflow.mission import open_mission as open  # noqa: A004 - the analyst's word

__version__ = "0.1.0"
__all__ = ["Mission", "__version__", "open"]


def __getattr__(name: str) -> Any:
    if name in {"open", "Mission"}:
        from measures.workflow import mission

        return {"open": mission.open_mission, "Mission": mission.Mission}[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
