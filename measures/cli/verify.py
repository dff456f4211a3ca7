"""The command that verifies: a line for each thing looked at, the first break, and its likely causes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from measures.cli import output
from measures.cli.checkpoint import EXISTING
from measures.cli.options import json_option, mission_folder, mission_option, quiet_option

if TYPE_CHECKING:
    from measures.workflow.verification.ground import Step
    from measures.workflow.verify import Verdict


@click.command()
@click.argument("report", type=EXISTING, required=False)
@mission_option
@click.option(
    "--head", "heads", multiple=True, metavar="SIZE:DIGEST", help="A head printed in a report; repeatable."
)
@click.option(
    "--checkpoint", "held", type=EXISTING, multiple=True, help="A checkpoint held elsewhere; repeatable."
)
@click.option(
    "--vkey", "vkeys", type=EXISTING, multiple=True, help="A public key to trust, and no others; repeatable."
)
@click.option("--quick", is_flag=True, help="Leave out what takes long: making every edition again.")
@json_option
@quiet_option
@click.pass_context
def verify(
    ctx: click.Context,
    report: Path | None,
    mission: Path | None,
    heads: tuple[str, ...],
    held: tuple[Path, ...],
    vkeys: tuple[Path, ...],
    quick: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Check that nothing was altered, removed or slipped in.

    Looks at every entry and its place in the chain, checkpoints and heads held elsewhere, the
    evidence files, the shape of every record, the rules across records as of when each was
    written, the approvals, and every published edition, which is made again and compared.

    With REPORT, the PDF of an edition: derives each of its claims again from the register as of the
    head that it prints, and tells whether the file is the one that was published.
    """
    from measures.workflow.verify import verify_mission

    folder = mission_folder(mission)
    if report is not None:
        if heads or held or vkeys or quick:
            raise click.UsageError(
                "--head, --checkpoint, --vkey and --quick go with the register, not a report."
            )
        ctx.exit(_prove(folder, report, as_json=as_json, quiet=quiet))
    with output.progress(quiet=quiet or as_json) as tell:
        verdict = verify_mission(folder, heads, tell, held=held, vkeys=vkeys, quick=quick)
    if as_json:
        output.as_json(verdict.to_dict())
    else:
        output.findings(verdict.findings)
        for step in () if quiet else verdict.steps:
            _tell(step)
        _conclude(verdict)
    ctx.exit(0 if verdict.whole else 1)


def _prove(folder: Path, report: Path, *, as_json: bool, quiet: bool) -> int:
    from measures.workflow.proof import prove

    with output.progress(quiet=quiet or as_json) as tell:
        proof = prove(folder, report, tell)
    if as_json:
        output.as_json(proof.to_dict())
        return 0 if proof.holds else 1
    output.findings(proof.findings)
    for line in () if quiet else proof.checked:
        output.say(f"ok  {line}")
    if proof.holds:
        output.say(f"Holds: {proof.edition} edition of {proof.period}, made at head {proof.head}")
    return 0 if proof.holds else 1


def _tell(step: Step) -> None:
    if step.skipped:
        output.say(f"--  {step.name}: not looked at, {step.skipped}")
    elif not step.sound:
        errors = sum(finding.severity == "error" for finding in step.looked.findings)
        output.say(f"NO  {step.name}: {errors} error{'s' if errors != 1 else ''}")
    for line in step.looked.at if step.sound else ():
        output.say(f"ok  {line}")


def _conclude(verdict: Verdict) -> None:
    if verdict.whole:
        output.say(f"Whole: {verdict.size} entries, head {verdict.size}:{verdict.digest}")
    elif verdict.first is not None:
        output.say(f"First break: {verdict.first.place}, {verdict.first.code}. {verdict.first.message}")
        if verdict.likely:
            output.say(f"Likely: {verdict.likely}.")
