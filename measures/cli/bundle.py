"""The commands that hand a quarter over, and that look at what was handed over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from measures.cli import output
from measures.cli.checkpoint import key_option, keyring
from measures.cli.options import (
    DIRECTORY,
    QUARTER,
    Group,
    json_option,
    mission_folder,
    mission_option,
    now,
    quiet_option,
)

if TYPE_CHECKING:
    from measures.register.bundle import Checked
    from measures.workflow.bundle import Bundled

BUNDLE = click.Path(path_type=Path, exists=True)


@click.group(cls=Group, invoke_without_command=True)
@click.option(
    "--period", "-p", type=QUARTER, default="", metavar="QUARTER", help="The quarter whose reports go in."
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, help="Folder to make, or file ending in .zip."
)
@click.option(
    "--ceiling", default="", metavar="MARKING", help="Highest marking handed over; the lowest when not given."
)
@click.option(
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    help="A report that goes in; repeatable. All within the ceiling when not given.",
)
@click.option("--head", default="", metavar="SIZE[:DIGEST]", help="As of this head of the register.")
@mission_option
@key_option
@json_option
@quiet_option
@click.pass_context
def bundle(
    ctx: click.Context,
    period: str,
    out: Path | None,
    ceiling: str,
    editions: tuple[str, ...],
    head: str,
    mission: Path | None,
    key: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Hand a quarter over with everything that proves it.

    Reports, register, evidence, rubrics and checkpoint go into one folder or ZIP file.

    Whoever gets it can check all of it with sha256sum, openssl, ssh-keygen, jq and python3; its
    README says how. What lies above the ceiling is left out and leaves visible holes.

    Example: measures bundle --period 2021Q1 --ceiling mission --out audit.zip
    """
    if ctx.invoked_subcommand is not None:
        return
    if not period or out is None:
        raise click.UsageError("Give --period and --out, or one of the commands: check, open.")
    from measures.workflow.bundle import make_bundle
    from measures.workflow.mission import open_mission

    with output.progress(quiet=quiet or as_json) as tell:
        opened = open_mission(mission_folder(mission), at=now(), head=head, progress=tell)
        made = make_bundle(
            opened, period, out, wanted=(ceiling, editions), keyring=keyring(key), progress=tell
        )
    if as_json:
        output.as_json(_plain(made))
    else:
        output.findings(made.findings)
        _told(made, given=bool(ceiling), quiet=quiet)
    ctx.exit(1 if made.findings else 0)


def _plain(made: Bundled) -> dict[str, object]:
    return {
        "bundle": str(made.path) if made.sha256 else "",
        "sha256_of_sha256sums": made.sha256,
        "head": str(made.head),
        "ceiling": made.ceiling,
        "editions": list(made.editions),
        "editions_above_the_ceiling": list(made.left_out),
        "withheld": {"entries": made.withheld[0], "files": made.withheld[1]},
        "signed": not made.unsigned,
        "findings": [finding.to_dict() for finding in made.findings],
    }


def _told(made: Bundled, *, given: bool, quiet: bool) -> None:
    if made.findings:
        output.say("Nothing was bundled.")
        return
    if quiet:
        output.say(str(made.path))
        return
    output.say(f"{made.path}: {', '.join(made.editions) or 'no report'}; register head {made.head}")
    lowest = "" if given else ", the lowest marking; --ceiling hands over more"
    output.say(f"Ceiling: {made.ceiling}{lowest}.")
    entries, files = made.withheld
    if entries:
        output.say(f"Withheld: {entries} of {made.head.size} entries and {files} files of evidence.")
    if made.left_out:
        output.say(f"Reports above the ceiling, left out: {', '.join(made.left_out)}.")
    if made.unsigned:
        output.say(f"Its checkpoint is not signed: {made.unsigned}.")
    output.say(f"Tell the receiver on another way the SHA-256 of its SHA256SUMS:\n{made.sha256}")


@bundle.command()
@click.argument("path", type=BUNDLE, metavar="BUNDLE")
@json_option
@quiet_option
@click.pass_context
def check(ctx: click.Context, path: Path, as_json: bool, quiet: bool) -> None:
    """Check a bundle that was handed over.

    BUNDLE is a folder, or a ZIP file, which is unpacked with distrust.

    Compare the head and the keys that it prints with what you were given on another way.
    """
    from measures.workflow.bundle_open import check as look

    with output.progress(quiet=quiet or as_json) as tell:
        found = look(path, tell)
    _shown(found, as_json=as_json, quiet=quiet)
    ctx.exit(1 if _wrong(found) else 0)


@bundle.command("open")
@click.argument("path", type=BUNDLE, metavar="BUNDLE")
@click.option("--out", type=DIRECTORY, required=True, help="Folder to make.")
@json_option
@quiet_option
@click.pass_context
def open_(ctx: click.Context, path: Path, out: Path, as_json: bool, quiet: bool) -> None:
    """Lay a bundle out as a mission folder to read from.

    Trace and report from it; nothing can be recorded there.

    It is checked first. A bundle from which entries are withheld can be checked, but not opened.
    """
    from measures.workflow.bundle_open import open_bundle

    with output.progress(quiet=quiet or as_json) as tell:
        found = open_bundle(path, out, tell)
    _shown(found, as_json=as_json, quiet=quiet)
    if _wrong(found):
        ctx.exit(1)
    if not as_json and not quiet:
        output.say(f"Opened in {out}. Go on with: measures verify --mission {out}")
    ctx.exit(0)


def _wrong(found: Checked) -> bool:
    return any(finding.severity == "error" for finding in found.findings)


def _shown(found: Checked, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        output.as_json(
            {
                "whole": not _wrong(found),
                "head": str(found.head),
                "withheld": found.withheld,
                "checked": list(found.checked),
                "findings": [finding.to_dict() for finding in found.findings],
            }
        )
        return
    output.findings(found.findings)
    if _wrong(found):
        output.say("Not to be relied on.")
        return
    if not quiet:
        for line in found.checked:
            output.say(f"ok  {line}")
    output.say(f"Whole: {found.head.size} entries, {found.withheld} withheld, head {found.head}")
