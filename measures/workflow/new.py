"""New missions: a folder that can be recorded at once, and the worked example."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from measures import library
from measures.errors import MissionError, PeriodError
from measures.period import Period
from measures.records import TABLES
from measures.workflow.files import write_whole
from measures.workflow.opening import REGISTER_FILE

_MISSION = """\
# The mission: who it is, which quarters it scores, who may see what.
id: {id}
name: {{en: "{name}"}}
partner: {{en: "Ministry of Defence"}}
quarters: {{first: {first}, last: {last}, year_starts: "1"}}
markings: [public, partner, mission, restricted]      # lowest first; rows carry one of them
languages: [en]
actors:                                               # offices that take positions, never names
  - {{id: minister, side: partner, name: {{en: "Minister of Defence"}}}}
  - {{id: planning-directorate, side: partner, name: {{en: "Planning directorate"}}}}
  - {{id: advisers, side: mission, name: {{en: "Advisory division"}}}}
people:                                               # role codes; the marking is of their workbooks
  - {{code: ADV-01, role: adviser, post: {{en: "Adviser, planning"}}, marking: mission}}
  - {{code: MOD-01, role: moderator, post: {{en: "Lead adviser"}}}}
"""

_PLAN = """\
# The plan: what is to change, and the stops on the way. `measures rubric list` shows the rubrics.
objectives:
  - id: O-01
    title: {{en: "The ministry plans its forces itself"}}
    proposed_by: [minister]
    disposition: active
milestones:
  - id: M-01
    objective: O-01
    title: {{en: "A planning process run by the ministry"}}
    rubric: defence-planning
    version: "1.0"
    from: {first}
    target: self-run
    due: {last}
    sustainment: {{en: "Not yet agreed who will staff and pay for it."}}
    lead: ADV-01
"""


def new(folder: Path, first: str, last: str) -> tuple[Path, ...]:
    """Make a mission folder that can be recorded as it is.

    Args:
        folder: The folder; made when missing.
        first: The first quarter the mission is to score.
        last: The last one.

    Returns:
        The files made.

    Raises:
        MissionError: The folder holds a mission or part of one already, or cannot be written to.
        PeriodError: A quarter is none, or the last comes before the first.
    """
    names = ("mission.yaml", "plan.yaml", *(table.file for table in TABLES.values()), REGISTER_FILE)
    for name in names:
        if (folder / name).exists():
            raise MissionError(
                f"Expected a folder without a mission, found {name} in {folder}.", "Choose another one."
            )
    if Period.parse(last) < Period.parse(first):
        raise PeriodError(f"Expected a last quarter from {first} on, got {last}.", "Swap the two.")
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")[:60] or "mission"
    words = {"id": name, "name": name.replace("-", " ").capitalize(), "first": first, "last": last}
    files = {folder / "mission.yaml": _MISSION.format(**words), folder / "plan.yaml": _PLAN.format(**words)}
    for table in TABLES.values():
        files[folder / table.file] = ",".join(table.header) + "\n"
    for path, text in files.items():
        write_whole(path, text.encode())
    (folder / "evidence").mkdir(exist_ok=True)
    (folder / "rubrics").mkdir(exist_ok=True)
    return tuple(files)


def copy_example(folder: Path) -> Path:
    """Copy the worked example into ``folder``, or leave it as it is when it is there already.

    Raises:
        MissionError: The example is not installed, or the folder holds something else.
    """
    example = library.shelf("examples/nmi")
    if not (example / "mission.yaml").is_file():
        raise MissionError(
            "Expected the worked example in the installation, found none.", "Install the package again."
        )
    try:
        if (folder / "mission.yaml").is_file():
            _same(example, folder)
            return folder
        if folder.exists() and any(folder.iterdir()):
            raise MissionError(f"Expected an empty folder, got {folder}.", "Name another one with --out.")
        folder.mkdir(parents=True, exist_ok=True)
        # mission.yaml comes last: a copy that was interrupted is then never taken for a whole one.
        for name in (*(table.file for table in TABLES.values()), "plan.yaml", "mission.yaml"):
            if (example / name).is_file():
                shutil.copyfile(example / name, folder / name)
    except OSError as error:
        raise MissionError(
            f"Expected to write to {folder}, but {error.strerror}.", "Name another with --out."
        ) from error
    return folder


def _same(example: Path, folder: Path) -> None:
    """Refuse a folder that holds another mission, which the demonstration must not record."""
    if (example / "mission.yaml").read_bytes() != (folder / "mission.yaml").read_bytes():
        raise MissionError(
            f"Expected the worked example in {folder}, found another mission.",
            "Name another folder with --out.",
        )
