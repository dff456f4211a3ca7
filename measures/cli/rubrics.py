"""The commands about rubrics: list, show and lint."""

from __future__ import annotations

from pathlib import Path

import click

from measures.cli import output
from measures.cli.options import Group, json_option, mission_folder, mission_option, quiet_option


@click.group(cls=Group)
def rubric() -> None:
    """Look at the rubrics on the shelf and in the mission folder."""


@rubric.command("list")
@mission_option
@json_option
@click.pass_context
def rubric_list(ctx: click.Context, mission: Path | None, as_json: bool) -> None:
    """List every rubric there is."""
    from measures.workflow.shelf import shelf

    seen = shelf(mission_folder(mission))
    found, wrong = list(seen.rubrics.values()), seen.findings
    if as_json:
        output.as_json(
            [
                {
                    "id": r.id,
                    "version": r.version,
                    "title": dict(r.title),
                    "digest": r.digest,
                    "criteria": [criterion.id for criterion in r.criteria],
                    "levels": list(r.ladder),
                }
                for r in found
            ]
        )
    else:
        rows = [
            (r.id, r.version, r.title.get("en", ""), str(len(r.criteria)), r.aggregation, r.digest[:12])
            for r in found
        ]
        output.table(
            "", ("Rubric", "Version", "Title", "Criteria", "Aggregation", "Digest"), rows, right=("Criteria",)
        )
        output.findings(wrong)
    ctx.exit(1 if wrong else 0)


@rubric.command("show")
@click.argument("name", metavar="ID[@VERSION]")
@click.option("--criterion", default="", metavar="ID", help="One criterion only.")
@click.option(
    "--language", "-l", default="", metavar="CODE", help="Such as en or ar; English if there is any."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "pdf"]),
    default="text",
    show_default=True,
    help="Plain text, or a card to print.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder or file for the card; this folder when not given.",
)
@mission_option
@json_option
@click.pass_context
def rubric_show(
    ctx: click.Context,
    name: str,
    criterion: str,
    language: str,
    form: str,
    out: Path | None,
    mission: Path | None,
    as_json: bool,
) -> None:
    """Show a rubric: criteria, levels, statements, evidence rules.

    As html or pdf it is a card to print and take to a meeting, with boxes to tick, and on its
    last page the answers to the cases.
    """
    from measures.rubric import to_plain
    from measures.workflow.shelf import language_of, one_rubric, rubric_lines

    if form != "text":
        if as_json:
            raise click.UsageError("--json goes with --format text.", ctx)
        _show_card(name, (form, language, criterion), out or Path(), mission_folder(mission))
        return
    if out is not None:
        raise click.UsageError("--out goes with --format html or pdf.", ctx)
    found = one_rubric(name, mission_folder(mission))
    if as_json:
        output.as_json(to_plain(found))
    else:
        for line in rubric_lines(found, criterion, language_of(found, language)):
            output.say(line)


def _show_card(name: str, wanted: tuple[str, str, str], out: Path, folder: Path) -> None:
    from measures.workflow.card import Wanted, write_card

    with output.progress(quiet=False) as tell:
        made = write_card(Wanted(name, *wanted), out, folder, tell)
    output.say(f"{made.path}{f' ({made.pages} pages)' if made.pages else ''}")
    for warning in made.warnings:
        output.say(f"The renderer said: {warning}")


@rubric.command("lint")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@mission_option
@json_option
@quiet_option
@click.pass_context
def rubric_lint(
    ctx: click.Context, files: tuple[Path, ...], mission: Path | None, as_json: bool, quiet: bool
) -> None:
    """Find what is weak in the words of rubrics.

    Without FILES, of every rubric there is.

    Errors and warnings give exit code 1; hints may be ignored.
    """
    from measures.workflow.shelf import lint_files

    linted, found = lint_files(files, mission_folder(mission))
    if as_json:
        output.as_json({"files": linted, "findings": [finding.to_dict() for finding in found]})
    else:
        output.findings(found)
        if not found and not quiet:
            output.say(f"Nothing to mend in {len(linted)} rubric{'s' if len(linted) != 1 else ''}.")
    ctx.exit(1 if any(finding.severity != "hint" for finding in found) else 0)
