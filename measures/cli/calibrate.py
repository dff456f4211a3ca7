"""The command that calibrates: cases for somebody new to a rubric, and what they made of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from measures.cli import output
from measures.cli.options import json_option, mission_folder, mission_option, now, quiet_option

if TYPE_CHECKING:
    from measures.workflow.calibrate import Calibration

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("rubrics", nargs=-1, metavar="[RUBRIC...]")
@click.option("--assessor", default="", metavar="CODE", help="Who practises, by their code.")
@click.option("--lang", "language", default="", metavar="LANG", help="Language: en or ar; else English.")
@click.option("--out", type=_FILE, default=None, help="The file; calibration-CODE.xlsx here when not given.")
@click.option(
    "--take",
    "taken",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Compare workbooks that came back, or a folder of them, instead of writing one. Repeatable.",
)
@mission_option
@json_option
@quiet_option
@click.pass_context
def calibrate(
    ctx: click.Context,
    rubrics: tuple[str, ...],
    assessor: str,
    language: str,
    out: Path | None,
    taken: tuple[Path, ...],
    mission: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Practise with imaginary cases before the first real quarter.

    RUBRIC is an id such as doctrine, or id@version; several may be named. The workbook asks for the
    level of each case, and does not hold the author's. With --take, workbooks that came back are
    compared with the authors' levels and with one another. Nothing is recorded.
    """
    from measures.workflow.workbooks import workbook_files

    if taken:
        if rubrics or assessor or out:
            raise click.UsageError("--take compares what came back; leave RUBRIC, --assessor and --out out.")
        files = workbook_files(taken)
        if not files:
            raise click.UsageError("There is no workbook (.xlsx) in what was named.")
        show(ctx, files, mission_folder(mission), language=language, as_json=as_json, quiet=quiet)
        return
    if not rubrics or not assessor:
        raise click.UsageError("Name the rubrics and --assessor; or --take FILE to compare what came back.")
    from measures.workflow.practice import make_practice

    path = out or Path(f"calibration-{assessor}.xlsx")
    with output.progress(quiet=quiet or as_json) as tell:
        tell("Writing the workbook", 0, 1)
        made = make_practice(
            rubrics, assessor, path, at=now(), mission=mission_folder(mission), language=language
        )
    if as_json:
        output.as_json(
            {
                "workbook": str(made.path),
                "rubrics": list(made.rubrics),
                "cases": made.cases,
                "rows": made.rows,
            }
        )
    else:
        output.say(str(made.path))
        if not quiet:
            output.say(
                f"{made.cases} cases, {made.rows} levels to give. Back: measures calibrate --take {made.path}"
            )
    ctx.exit(0)


def show(
    ctx: click.Context, files: Sequence[Path], mission: Path, *, language: str, as_json: bool, quiet: bool
) -> None:
    """Compare calibrations that came back, and print what they show."""
    from measures.workflow.calibrate import calibrate as look

    with output.progress(quiet=quiet or as_json) as tell:
        found = look(files, mission=mission, language=language or "en", progress=tell)
    if as_json:
        output.as_json(_plain(found))
    else:
        output.findings(found.findings)
        if not quiet:
            _tables(found)
    ctx.exit(1 if any(finding.severity == "error" for finding in found.findings) else 0)


def _plain(found: Calibration) -> dict[str, Any]:
    from measures.workflow.conclusions import plain

    return {
        "criteria": plain(found.lines),
        "differences": plain(found.differences),
        "open": dict(found.open),
        "among": {name: plain(agreement) for name, agreement in found.among.items()},
        "findings": [finding.to_dict() for finding in found.findings],
    }


def _tables(found: Calibration) -> None:
    people = dict.fromkeys(line.person for line in found.lines)
    for person in people:
        rows = [
            (
                found.titles.get((line.rubric, line.criterion), line.criterion),
                f"{line.same} of {line.given}",
                str(line.higher or ""),
                str(line.lower or ""),
                f"{line.peers_same} of {line.peers}" if line.peers else "nobody yet",
            )
            for line in found.lines
            if line.person == person
        ]
        output.table(person, ("Criterion", "As its author", "Higher", "Lower", "As colleagues"), rows)
        if found.open.get(person):
            output.say(f"{found.open[person]} left open.\n")
        for apart in found.differences:
            if apart.person == person:
                title = found.titles.get((apart.rubric, apart.criterion), apart.criterion)
                output.say(f"  {apart.case}, {title}: gave {apart.given!r}, its author {apart.expected!r}.")
                output.say(f"      {apart.why}")
    for person, count in found.open.items():
        if person not in people:
            output.say(f"{person} answered nothing; {count} left open.")
    for name, agreement in found.among.items():
        if agreement.alpha is not None:
            output.say(
                f"{name}: {agreement.raters} people agree wholly on {agreement.exact} of {agreement.units} "
                f"cases; alpha {agreement.alpha:.2f}."
            )
