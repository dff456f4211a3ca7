"""The commands by which a register leaves a mission, and enters another."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from measures.cli import output
from measures.cli.options import Group, json_option, mission_folder, mission_option, quiet_option

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(cls=Group)
def export() -> None:
    """Write what the mission holds for other programs."""


@export.command()
@mission_option
@click.option("--out", type=_FILE, default=None, help="The file to write; to the terminal when not given.")
@quiet_option
def register(mission: Path | None, out: Path | None, quiet: bool) -> None:
    """Write the register as JSON Lines.

    Line 7 is entry 7, and its SHA-256 is the entry's digest.

    `measures import` makes the same register of it elsewhere, in a file or in PostgreSQL.
    """
    from measures.workflow.exchange import export_file, export_lines

    folder = mission_folder(mission)
    if out is None:
        export_lines(folder, sys.stdout.buffer.write)
        return
    with output.progress(quiet=quiet) as tell:
        head = export_file(folder, out, tell)
    if not quiet:
        output.say(f"Wrote {head.size} entries to {out}; register head {head}")


@export.command()
@click.option("--tables", is_flag=True, help="The tables too, for a database that has none yet.")
def roles(tables: bool) -> None:
    """Print the SQL that lets others write or read a register.

    For the owner of a PostgreSQL database.

    Hand it to psql: `measures export roles --tables | psql -d mission`.
    """
    from measures.register import catalogue

    output.say(catalogue.setup() if tables else catalogue.roles())


@click.command("import")
@click.argument("file", type=_FILE)
@mission_option
@click.option(
    "--head", "heads", multiple=True, metavar="SIZE:DIGEST", help="A head that FILE must hold; repeatable."
)
@json_option
@quiet_option
@click.pass_context
def import_register(
    ctx: click.Context, file: Path, mission: Path | None, heads: tuple[str, ...], as_json: bool, quiet: bool
) -> None:
    """Take in a register that was exported.

    FILE holds JSON Lines, as `measures export register` writes them.

    The mission must have no register yet, or an empty one. FILE is checked whole before anything
    is written; the register has the same head as the one it came from.
    """
    from measures.workflow.exchange import import_lines

    with output.progress(quiet=quiet or as_json) as tell:
        done = import_lines(mission_folder(mission), file, heads=heads, progress=tell)
    if as_json:
        output.as_json(
            {
                "imported": 0 if done.findings else done.head.size,
                "head": str(done.head),
                "findings": [finding.to_dict() for finding in done.findings],
            }
        )
    elif done.findings:
        output.findings(done.findings)
        output.say("Nothing was imported.")
    elif not quiet:
        output.say(f"Imported {done.head.size} entries; register head {done.head}")
    ctx.exit(1 if done.findings else 0)
