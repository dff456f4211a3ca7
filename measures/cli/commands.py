"""The commands. Each parses its arguments, calls one verb of the workflow and prints what it got."""

from __future__ import annotations

from pathlib import Path

import click

from measures import __version__
from measures.cli import output
from measures.cli.approve import approve
from measures.cli.bundle import bundle
from measures.cli.calibrate import calibrate
from measures.cli.checkpoint import checkpoint, key_option, keyring, keys
from measures.cli.desk import show as show_desk
from measures.cli.evidence import evidence
from measures.cli.exchange import export, import_register
from measures.cli.options import (
    DIRECTORY,
    QUARTER,
    Group,
    actor_option,
    json_option,
    mission_folder,
    mission_option,
    now,
    quiet_option,
    this_quarter,
)
from measures.cli.record import record
from measures.cli.rubrics import rubric
from measures.cli.sample import sample
from measures.cli.screen import screen
from measures.cli.settle import settle
from measures.cli.trace import trace
from measures.cli.verify import verify
from measures.cli.versions import rubric_diff, rubric_publish
from measures.cli.workbook import workbook


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="measures")
def cli() -> None:
    """Score institutional milestones against rubrics, keep everything, report it.

    Every command works inside a mission folder, or on the one named with --mission.
    Begin with `measures demo`, which needs nothing.
    """


@cli.command()
@click.option(
    "--out", type=DIRECTORY, default=Path("measures-demo"), show_default=True, help="Folder to make."
)
@quiet_option
@click.pass_context
def demo(ctx: click.Context, out: Path, quiet: bool) -> None:
    """Record the worked example and render two reports."""
    from measures.workflow.mission import open_mission
    from measures.workflow.new import copy_example
    from measures.workflow.publish import Noting, publish
    from measures.workflow.record import record as record_folder

    folder = copy_example(out)
    with output.progress(quiet=quiet) as tell:
        outcome = record_folder(folder, folder, at=now(), progress=tell)
    if outcome.refused:
        output.findings(outcome.findings, folder)
        ctx.exit(1)
    if not quiet:
        added = sum(outcome.added.values())
        output.say(f"Recorded {added} entries in {folder}; register head {str(outcome.head)[:20]}…")
    for period in ("2021Q1", "2023Q3"):
        with output.progress(quiet=quiet) as tell:
            made = publish(
                open_mission(folder), "hq", period, folder / "out", noted_by=Noting(now()), progress=tell
            )
        output.say(f"{period}: {made.pdf} ({made.pages} pages, {len(made.report.claims)} claims)")
    if not quiet:
        claim = made.report.claims[0].claim.id
        output.say(f"Follow a sentence to its evidence: measures trace {claim} --mission {folder}")
        output.say(f"Check that nothing was altered:     measures verify --mission {folder}")


@cli.command()
@click.argument("folder", type=DIRECTORY)
@click.option("--first", type=QUARTER, default="", help="First quarter to score; this one when not given.")
@click.option(
    "--last", type=QUARTER, default="", help="Last quarter to score; three years on when not given."
)
def new(folder: Path, first: str, last: str) -> None:
    """Make a mission folder that can be recorded as it is."""
    from measures.period import Period
    from measures.workflow.new import new as make

    begin = Period.parse(first) if first else this_quarter()
    end = Period.parse(last) if last else begin + 11
    made = make(folder, str(begin), str(end))
    output.say(f"Made {len(made)} files in {folder}. Fill in the plan and the tables, then:")
    output.say(f"  measures record --mission {folder} --as ADV-01")


@cli.command()
@click.option(
    "--period", "-p", type=QUARTER, default="", help="The quarter; the last one scored when not given."
)
@mission_option
@json_option
@click.option("--full", is_flag=True, help="With --json: everything that was concluded about the quarter.")
def status(period: str, mission: Path | None, as_json: bool, full: bool) -> None:
    """Show what is known, owed, stale and due in a quarter.

    And which workbooks came back with findings, and what waits for approval.
    """
    from dataclasses import asdict

    if full and not as_json:
        raise click.UsageError("--full goes with --json.")

    from measures.workflow.mission import open_mission
    from measures.workflow.status import status as look

    opened = open_mission(mission_folder(mission), at=now())
    found = look(opened, period)
    if as_json:
        from measures.workflow.conclusions import conclusions

        more = {"concluded": conclusions(opened, found.period)} if full else {}
        output.as_json(asdict(found) | more)
        return
    states = {
        "borne_out": "known",
        "claimed_only": "claimed only",
        "not_observed": "not observed",
        "undecided": "undecided",
        "owed": "owed",
    }
    rows = []
    for line in found.milestones:
        counts = [f"{getattr(line, field)} {word}" for field, word in states.items() if getattr(line, field)]
        rows.append((f"{line.id} {line.title}", ", ".join(counts), line.due, line.last_seen or "never"))
    output.table(f"{found.mission}, {found.period}", ("Milestone", "Criteria", "Due", "Last seen"), rows)
    if not rows:
        output.say("No milestone owes a score in this quarter.")
    show_desk(found.desk, found.period)
    if found.overdue:
        output.table("Promises whose date has passed", ("Promise", "Due", "What"), found.overdue)
    if found.approvals["void"]:
        void = [(one["approval"], one["ref"], one["why"]) for one in found.approvals["void"]]
        output.table("Approvals that are void", ("Approval", "Of", "What"), void)
    if wanted := found.approvals["wanted_before_print"]:
        output.say(f"Wanted before print: {len(wanted)} approvals (measures approve -p {found.period}).")
    output.say(f"Register head {found.size}:{found.digest}")


@cli.command()
@click.argument("edition", required=False, default="hq")
@click.option("--period", "-p", type=QUARTER, required=True, help="The quarter, such as 2021Q1.")
@mission_option
@actor_option
@click.option("--out", type=DIRECTORY, default=None, help="Folder for the files; out/ in the mission folder.")
@click.option("--head", default="", metavar="SIZE[:DIGEST]", help="Make it as of this head of the register.")
@key_option
@json_option
@quiet_option
@click.pass_context
def report(
    ctx: click.Context,
    edition: str,
    period: str,
    mission: Path | None,
    actor: str,
    out: Path | None,
    head: str,
    key: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Render an edition of one quarter as PDF and HTML.

    With --head the report is made from the register as it was then, word for word the same as
    it was made then; nothing is noted in the register.
    """
    from measures.workflow.mission import open_mission
    from measures.workflow.publish import Noting, publish

    folder = mission_folder(mission)
    with output.progress(quiet=quiet or as_json) as tell:
        opened = open_mission(folder, at=now(), head=head, progress=tell)
        noted_by = None if head else Noting(now(), actor, keyring(key))
        made = publish(opened, edition, period, out or folder / "out", noted_by=noted_by, progress=tell)
    if as_json:
        output.as_json(
            {
                "pdf": str(made.pdf),
                "html": str(made.html),
                "claims": str(made.claims),
                "checkpoint": str(made.checkpoint),
                "signed": not made.unsigned,
                "pages": made.pages,
                "number_of_claims": len(made.report.claims),
                "head": f"{made.report.cover.head_size}:{made.report.cover.head_digest}",
                "warnings": list(made.warnings),
            }
        )
    elif quiet:
        output.say(str(made.pdf))
    else:
        output.say(f"{made.pdf} ({made.pages} pages, {len(made.report.claims)} claims)")
        output.say(f"{made.html}\n{made.claims}\n{made.checkpoint}")
        if made.unsigned:
            output.say(f"The checkpoint is not signed: {made.unsigned}.")
        for warning in made.warnings:
            output.say(f"The renderer said: {warning}")
    ctx.exit(0)


cli.add_command(approve)
rubric.add_command(rubric_diff)
rubric.add_command(rubric_publish)
cli.add_command(checkpoint)
cli.add_command(keys, "key")
cli.add_command(bundle)
cli.add_command(export)
cli.add_command(import_register)
cli.add_command(record)
cli.add_command(rubric)
cli.add_command(sample)
cli.add_command(screen)
cli.add_command(settle)
cli.add_command(trace)
cli.add_command(verify)
cli.add_command(evidence)
cli.add_command(workbook)
cli.add_command(calibrate)
