"""The commands about checkpoints and the keys that sign them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from measures.cli import output
from measures.cli.options import (
    Group,
    actor_option,
    json_option,
    mission_folder,
    mission_option,
    now,
    quiet_option,
)

if TYPE_CHECKING:
    from measures.workflow.checkpoint import Made
    from measures.workflow.signing import Keyring

FILE = click.Path(path_type=Path, dir_okay=False)
EXISTING = click.Path(path_type=Path, dir_okay=False, exists=True)
_KEY_HELP = "The file of the private key; else the one in your own configuration folder."


def key_option(function: click.decorators.FC) -> click.decorators.FC:
    """Add ``--key``."""
    return click.option("--key", type=FILE, default=None, help=_KEY_HELP)(function)


def keyring(file: Path | None) -> Keyring:
    """Return where the private keys of whoever runs the command lie."""
    from measures.workflow.signing import Keyring

    return Keyring(Path(click.get_app_dir("measures")), file)


@click.command()
@mission_option
@click.option("--out", type=FILE, default=None, help="Write it to this file, such as 2021Q1.checkpoint.")
@click.option("--at", default="", metavar="SIZE|FILE", help="Of so many entries, or as many as a checkpoint.")
@key_option
@click.option(
    "--consistency", "old", default="", metavar="SIZE|FILE", help="Prove that nothing before changed."
)
@click.option(
    "--inclusion", "entry", type=click.IntRange(1), metavar="ENTRY", help="Prove that it holds an entry."
)
@click.option(
    "--timestamp-request", "stamp", type=EXISTING, help="Write the request for a time stamp on a file."
)
@json_option
@quiet_option
@click.pass_context
def checkpoint(
    ctx: click.Context,
    mission: Path | None,
    out: Path | None,
    at: str,
    key: Path | None,
    old: str,
    entry: int | None,
    stamp: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Make a checkpoint of the register, or prove by one.

    A checkpoint is three lines: which register, how many entries, and one hash over all of them.
    A fourth line signs it when the key in use is at hand. Whoever keeps the lines can tell any
    later change to these entries: measures verify --checkpoint FILE.

    Proofs are printed as JSON. They can be checked with the few lines of Python in the manual.
    """
    from measures.workflow import checkpoint as verbs

    if sum(map(bool, (old, entry, stamp))) > 1:
        raise click.UsageError("Give one of --consistency, --inclusion and --timestamp-request.")
    folder = mission_folder(mission)
    size = _size(at) if at else None
    if stamp is not None:
        output.say(str(verbs.request_time_stamp(stamp)))
    elif entry is not None:
        output.as_json(verbs.prove_inclusion(folder, entry, size))
    elif old:
        output.as_json(verbs.prove_consistency(folder, _size(old), size, _root(old)))
    else:
        with output.progress(quiet=quiet or as_json) as tell:
            made = verbs.make(folder, keyring(key), size, tell)
        if out is not None:
            verbs.write(out, made.checkpoint)
        _show(made, out, as_json=as_json, quiet=quiet)
    ctx.exit(0)


def _size(text: str) -> int:
    """Return how many entries are meant: a number, or as many as the checkpoint in a file covers."""
    from measures.workflow.checkpoint import read_file

    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else read_file(Path(text)).size


def _root(text: str) -> bytes | None:
    """Return the root that the checkpoint in a file holds; ``None`` for a number."""
    from measures.workflow.checkpoint import read_file

    return None if text.isascii() and text.isdigit() else read_file(Path(text)).root


def _show(made: Made, out: Path | None, *, as_json: bool, quiet: bool) -> None:
    found = made.checkpoint
    if as_json:
        output.as_json(
            {
                "origin": found.origin,
                "size": found.size,
                "root": found.root.hex(),
                "lines": list(found.lines),
                "signed": not made.unsigned,
                "file": str(out or ""),
            }
        )
        return
    if out is None:
        click.echo(str(found), nl=False)
    else:
        output.say(str(out))
    if made.unsigned and not quiet:
        click.echo(f"Not signed: {made.unsigned}.", err=True)


@click.group("key", cls=Group)
def keys() -> None:
    """The keys that sign checkpoints: put in use, retire, list."""


@keys.command("new")
@mission_option
@actor_option
@key_option
@click.option("--reason", default="", metavar="TEXT", help="Why the key in use so far is retired.")
@quiet_option
@click.pass_context
def key_new(
    ctx: click.Context, mission: Path | None, actor: str, key: Path | None, reason: str, quiet: bool
) -> None:
    """Make a key pair and put it in use.

    The key before it is retired.

    The private half goes to a file outside the mission folder that only you can read, and to
    nowhere else. The public half is recorded, and written to keys/ beside mission.yaml.
    """
    from measures.workflow.signing import put_in_use

    folder = mission_folder(mission)
    done = put_in_use(folder, keyring(key), at=now(), actor=actor, reason=reason)
    output.say(str(done.public))
    if not quiet and done.new is not None:
        if done.retired is not None:
            output.say(f"Retired {done.retired.vkey}")
        output.say(f"In use  {done.new.vkey}")
        output.say(f"Private {done.private}")
        output.say("Keep a copy of the private file in a safe. Send the line in use, by another way than the")
        output.say("register, to those who will verify.")
    ctx.exit(0)


@keys.command("retire")
@mission_option
@actor_option
@click.option("--reason", required=True, metavar="TEXT", help="Why; it is recorded.")
@quiet_option
@click.pass_context
def key_retire(ctx: click.Context, mission: Path | None, actor: str, reason: str, quiet: bool) -> None:
    """Retire the key in use, with nothing in its place."""
    from measures.workflow.signing import retire

    done = retire(mission_folder(mission), at=now(), actor=actor, reason=reason)
    if not quiet and done.retired is not None:
        output.say(f"Retired {done.retired.vkey}")
        output.say("Destroy the private file. Checkpoints are not signed until a key is put in use.")
    ctx.exit(0)


@keys.command("list")
@mission_option
@json_option
@click.pass_context
def key_list(ctx: click.Context, mission: Path | None, as_json: bool) -> None:
    """List every key that was in use, and when."""
    from measures.workflow.signing import keys_of

    records = keys_of(mission_folder(mission))
    if as_json:
        output.as_json(
            [
                {
                    "vkey": record.public.vkey,
                    "since": record.since,
                    "at": record.at,
                    "until": record.until,
                    "ended": record.ended,
                    "reason": record.reason,
                }
                for record in records
            ]
        )
    elif not records:
        output.say("No key was ever in use: checkpoints are not signed. Make one: measures key new.")
    else:
        rows = [
            (
                record.public.vkey,
                f"entry {record.since}, {record.at[:10]}",
                f"entry {record.until}, {record.ended[:10]}" if record.until else "in use",
                record.reason,
            )
            for record in records
        ]
        output.table("", ("Key", "From", "To", "What"), rows)
    ctx.exit(0)
