"""The commands about evidence files: what became of each, taking them in, and legal erasure."""

from __future__ import annotations

import sys
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
    from measures.workflow.custody import Condition


@click.group(cls=Group)
def evidence() -> None:
    """Look after the evidence files that the mission keeps."""


@evidence.command("list")
@mission_option
@json_option
@quiet_option
@click.pass_context
def evidence_list(ctx: click.Context, mission: Path | None, as_json: bool, quiet: bool) -> None:
    """Show every evidence file and what became of it."""
    from measures.workflow.erase import look_over

    found = look_over(mission_folder(mission))
    findings = [finding for one in found for finding in one.findings]
    if as_json:
        output.as_json([_plain(one) for one in found])
    elif not found:
        output.say("No evidence file is in custody; items held elsewhere are in evidence.csv.")
    else:
        if not quiet:
            output.table(
                "", ("Item", "File", "SHA-256", "Bytes", "Kind", "What"), map(_row, found), right=("Bytes",)
            )
        output.findings(findings)
    ctx.exit(1 if any(finding.severity == "error" for finding in findings) else 0)


def _row(one: Condition) -> tuple[str, ...]:
    item = one.item
    state = f"erased on {item.erased_on} by entry {item.erased}" if item.erased else one.state
    return item.id, item.name, item.sha256[:12], str(item.size), item.media, state


def _plain(one: Condition) -> dict[str, object]:
    item = one.item
    return {
        "evidence": item.id,
        "entry": item.entry,
        "file": item.name,
        "sha256": item.sha256,
        "size": item.size,
        "media": item.media,
        "state": one.state,
        "erased_by_entry": item.erased,
        "erased_on": item.erased_on,
        "findings": [finding.to_dict() for finding in one.findings],
    }


@evidence.command("keep")
@mission_option
@quiet_option
@click.pass_context
def evidence_keep(ctx: click.Context, mission: Path | None, quiet: bool) -> None:
    """Take files into the vault that are held under their own name only.

    Recording does this by itself. It is needed once for a register that an earlier version wrote,
    and after a copy in the vault was lost.
    """
    from measures.workflow.erase import keep

    taken, findings = keep(mission_folder(mission))
    output.findings(findings)
    if not quiet:
        output.say(f"Taken in: {len(taken)}." if taken else "Nothing to take in.")
    ctx.exit(1 if any(finding.severity == "error" for finding in findings) else 0)


@evidence.command("erase")
@click.argument("name", metavar="ID|SHA256")
@click.option(
    "--reason", required=True, metavar="TEXT", help="The legal ground, kept in the register for good."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@mission_option
@actor_option
@json_option
@quiet_option
@click.pass_context
def evidence_erase(
    ctx: click.Context,
    name: str,
    reason: str,
    yes: bool,
    mission: Path | None,
    actor: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Erase a file for good, because the law asks for it.

    Its bytes are removed from the vault and from under its own name. An entry says that it was
    erased, when, by whom and why; digest, size and all that was said of it stay. Copies that left
    the mission folder, such as bundles and backups, are not reached.
    """
    from measures.workflow.erase import erase, find_file

    folder = mission_folder(mission)
    meant = find_file(folder, name)
    if not yes:
        item = meant[0]
        output.say(f"{item.name}, {item.size} bytes, SHA-256 {item.sha256}")
        output.say(f"  taken in for {', '.join(one.id for one in meant)}")
        if not sys.stdin.isatty():
            raise click.UsageError("Nobody is there to be asked; add --yes.")
        if not click.confirm("Erase it for good?", default=False):
            output.say("Nothing was erased.")
            ctx.exit(0)
    done = erase(folder, name, reason, at=now(), actor=actor)
    if as_json:
        output.as_json(
            {
                "sha256": meant[0].sha256,
                "entry": done.entry,
                "fresh": done.fresh,
                "removed": list(done.removed),
            }
        )
    elif not quiet:
        output.say(f"Erased {meant[0].name}: entry {done.entry}, {len(done.removed)} files removed.")
    ctx.exit(0)
