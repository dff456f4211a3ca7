"""The command that traces: from anything on record to what it rests on, and back."""

from __future__ import annotations

from pathlib import Path

import click

from measures.cli import output
from measures.cli.options import json_option, mission_folder, mission_option, now, quiet_option

_EVERY = 10**9
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("ref")
@mission_option
@click.option("--down", "only", flag_value="down", default=None, help="Only what it rests on.")
@click.option("--up", "only", flag_value="up", default=None, help="Only what rests on it.")
@click.option("--html", type=_FILE, default=None, help="Write the trace to this file, as one page.")
@click.option(
    "--all", "everything", is_flag=True, help="List every step, also beyond a hundred at one place."
)
@click.option("--reread", is_flag=True, help="Read the whole register; believe no look-up file beside it.")
@json_option
@quiet_option
def trace(
    ref: str,
    mission: Path | None,
    only: str | None,
    html: Path | None,
    everything: bool,
    reread: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Follow anything on record, down and up.

    Down is what it rests on; up is what rests on it.

    REF is a claim id from the end of a report; the id of a score, an evidence item, a milestone,
    an objective or any other record; a criterion of a milestone, as M-01/plan; an edition, as
    hq@2021Q1; the number of an entry; or the first eight digits of its digest.
    """
    from measures.workflow.trace import MOST, MOST_READ, reading
    from measures.workflow.trace import trace as follow

    down, up = only != "up", only != "down"
    folder = mission_folder(mission)
    most, read = (_EVERY, _EVERY) if everything else (MOST, MOST_READ)
    with (
        output.progress(quiet=quiet or as_json) as tell,
        reading(folder, at=now(), reread=reread, most=read, progress=tell) as reader,
    ):
        node = follow(reader, ref, down=down, up=up, most=most)
        if html is not None:
            from measures.workflow.trace_page import write_page

            write_page(reader, node, html, down=down, up=up)
    if as_json:
        output.as_json(node.to_dict())
    elif html is not None:
        output.say(str(html))
    else:
        output.tree(node, down=down, up=up)
