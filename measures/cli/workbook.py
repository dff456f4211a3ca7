"""The command that writes an adviser's workbook."""

from __future__ import annotations

from pathlib import Path

import click

from measures.cli import output
from measures.cli.options import json_option, mission_folder, mission_option, now, quiet_option

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option(
    "--period", "-p", required=True, metavar="QUARTER", help="The quarter to score, such as 2021Q1."
)
@click.option("--assessor", required=True, metavar="CODE", help="Who scores, by the code in mission.yaml.")
@click.option(
    "--milestones",
    "asked",
    multiple=True,
    metavar="ID[,ID...]",
    help="Which milestones to ask about; without it those the assessor leads, else every one that owes a "
    "score; `all` for every one. Repeatable.",
)
@click.option(
    "--lang", "language", default="", metavar="LANG", help="Language: en or ar; else the mission's."
)
@click.option(
    "--out", type=FILE, default=None, help="The file; out/workbook-QUARTER-CODE.xlsx when not given."
)
@mission_option
@json_option
@quiet_option
@click.pass_context
def workbook(
    ctx: click.Context,
    period: str,
    assessor: str,
    asked: tuple[str, ...],
    language: str,
    out: Path | None,
    mission: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the workbook in which an adviser scores a quarter.

    It asks one row a criterion, shows what each level means as it is chosen, and holds the evidence
    that the adviser may see. Filled in, it comes back with `measures record FILE.xlsx`. A file that is
    there already is never written over.
    """
    from measures.workflow.mission import open_mission
    from measures.workflow.workbook import Asked, make_workbook

    folder = mission_folder(mission)
    at = now()
    named = tuple(name.strip() for names in asked for name in names.split(",") if name.strip())
    path = out or folder / "out" / f"workbook-{period}-{assessor}.xlsx"
    with output.progress(quiet=quiet or as_json) as tell:
        opened = open_mission(folder, at=at, progress=tell)
        made = make_workbook(opened, Asked(period, assessor, named, language), path, at=at, progress=tell)
    owner, given = made.given.owner, made.given
    scored = sum(bool(question.said.get("score")) for question in given.questions)
    if as_json:
        output.as_json(
            {
                "workbook": str(made.path),
                "period": owner.period,
                "assessor": owner.assessor,
                "language": owner.language,
                "marking": owner.sees,
                "milestones": list(made.milestones),
                "rows": len(given.questions),
                "scored_already": scored,
                "evidence": len(given.recorded["evidence"]),
                "head": owner.head,
            }
        )
    elif quiet:
        output.say(str(made.path))
    else:
        rows, milestones = len(given.questions), len(made.milestones)
        items = len(given.recorded["evidence"])
        whose = "led by" if made.led else "for"
        output.say(str(made.path))
        output.say(
            f"{rows} {_plural('row', rows)} of {milestones} {_plural('milestone', milestones)} {whose} "
            f"{owner.assessor}, {scored} scored already; {items} {_plural('item', items)} of evidence up to "
            f"the marking {owner.sees}."
        )
        output.say(f"Filled in, take it back: measures record {made.path} --mission {folder}")
    ctx.exit(0)


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
