"""One truth planted into a sound mission, what it shows, and the page that tells of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.planted import clean
from benchmarks.planted.signs import Signs, signs
from benchmarks.planted.truths import Truth
from benchmarks.planted.writing import write
from measures.finding import errors_in
from measures.workflow.mission import open_mission

SEED = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """What a mission with one truth in it must show, and what it does show."""

    must: Signs
    does: Signs

    @property
    def found(self) -> bool:
        """Whether it shows that, there, and nothing else."""
        return dict(self.must) == dict(self.does)


def expected(truth: Truth, seed: int) -> Signs:
    """Return the signs that a truth must leave, without making the mission."""
    return truth.plant(clean.draft(seed, truth.name))


def plant(folder: Path, seed: int, truth: Truth | None = None) -> Shown:
    """Write and record a mission with one truth in it, or with none, and judge its last quarter.

    Args:
        folder: An empty or new folder.
        seed: Which mission, and where in it.
        truth: What to plant.

    Raises:
        SystemExit: The mission was refused, so that nothing can be said of it.
    """
    draft = clean.draft(seed, truth.name if truth else "")
    must = truth.plant(draft) if truth else {}
    found = write(folder, draft)
    for error in errors_in(found):
        raise SystemExit(f"The mission in {folder} was refused: {error.place}: {error.message}")
    return Shown(must, signs(open_mission(folder), found, clean.LAST))


INTRO = """\
# Planted truths

Does judging a mission find what is there, and only that? `benchmarks/clean.py` makes up a mission in
which nothing is wrong: two raters agree on every criterion for two years, they cite what was signed
and what was seen in the quarter itself, a third person settles every level, everything is approved,
the partner demands what is pursued, and levels rise and fall with new evidence. `benchmarks/truths.py`
then plants one truth at a time. Where it is planted is drawn from a seed.

Each mission is written to files, recorded, opened and judged like any other. Every place where a
reader would be told that something is out of order is looked at, and the signs found must be exactly
the ones that the truth leaves. The mission without a truth shows none. Tests hold both;
`python -m benchmarks.planted` prints this page again, `--seed` takes another mission.

| planted | what it is | is met first as | shows also as |
| --- | --- | --- | --- |
"""

SIGNS = """
The signs, and where a reader meets them:

| sign | is |
| --- | --- |
| `finding` | a finding when the folder is recorded, with file and line |
| `health` | a line of the report's health page |
| `agenda` | an item of the agenda of moderation, with its reason |
| `disagreement`, `agreement` | raters who differ; an alpha below 0.8 |
| `movement` | a movement whose cause is not performance |
| `line` | what joins two rubric versions, or that nothing does |
| `lacks` | what the evidence lacks for the level claimed |
| `confidence` | a stated confidence that is capped |
| `result`, `cap` | a milestone's result that is a range, or is held down by what it depends on |
| `misaligned` | effort and demand that part |
| `auditors` | an answer above zero to one of the twelve questions of the report card |
| `pace` | a target that asks for more than was ever climbed |
| `rotation` | a level that jumped where the raters changed |
| `churn` | a goal that was changed |
| `figure` | a raw figure that is to be retired or repaired |
| `promise` | a promise overdue |
| `page` | a line of the report's quarter page, by its tag |

A level that is claimed above its evidence leaves several signs, because each reader meets it at
another place: the moderator on the agenda, the auditor on the health page, the general on the page of
the quarter. A bridge and a crosswalk leave one each, and no movement: the line goes on in the words
in which the two quarters can be compared.
"""


def page(shown: Mapping[Truth, Signs]) -> str:
    """Return the page of truths and their signs."""
    rows = []
    for truth, found in shown.items():
        first, *rest = found
        where = f"`{first}` at {_places(found[first])}"
        rows.append(f"| {truth.name} | {truth.what} | {where} | {', '.join(f'`{one}`' for one in rest)} |")
    return INTRO + "\n".join(rows) + "\n| nothing | The mission as it is. | no sign | |\n" + SIGNS


def _places(places: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{place}`" for place in places[:2])
    return f"{shown} and {len(places) - 2} more" if len(places) > 2 else shown
