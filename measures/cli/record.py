"""The command that records: a folder of tables and plans, or workbooks that came back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from measures.cli import output
from measures.cli.options import (
    actor_option,
    json_option,
    mission_folder,
    mission_option,
    now,
    quiet_option,
)

if TYPE_CHECKING:
    from measures.finding import Finding
    from measures.workflow.record import Outcome
    from measures.workflow.returning import SentBack
    from measures.workflow.workbooks import Recording, Returned

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""Endings of files that are given as workbooks; all but the first are refused with a remedy."""

_SIDES = click.Choice(["ours", "theirs"])


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[FOLDER | FILE.xlsx ...]")
@mission_option
@actor_option
@click.option("--dry-run", is_flag=True, help="Check everything, record nothing.")
@click.option("--partial", is_flag=True, help="Workbooks: record the rows without errors, name the rest.")
@click.option(
    "--take", "sides", multiple=True, type=_SIDES,
    help="Where workbook and register both changed: ours keeps the register's word, theirs takes the "
    "workbook's. Repeatable, each with its --cells; alone it holds everywhere.",
)  # fmt: skip
@click.option(
    "--cells", multiple=True, metavar="CELLS", help="Cells of the --take before: Scores!D55,Scores!E7:E9."
)
@click.option(
    "--returned", type=click.Path(path_type=Path, file_okay=False), default=None, metavar="DIR",
    help="Folder for the marked copies of workbooks with findings; out/returned in the mission folder.",
)  # fmt: skip
@json_option
@quiet_option
@click.pass_context
def record(
    ctx: click.Context,
    sources: tuple[Path, ...],
    mission: Path | None,
    actor: str,
    dry_run: bool,
    partial: bool,
    sides: tuple[Literal["ours", "theirs"], ...],
    cells: tuple[str, ...],
    returned: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Record tables, plans and workbooks: all, or nothing.

    FOLDER holds mission.yaml, plan.yaml and the CSV tables that are new or filled in; the
    mission folder itself when not given. Rows that are recorded already are skipped.

    FILE.xlsx is a workbook of `measures workbook` that an adviser filled in; a folder of such
    files may be given. Every finding is shown with its cell, and a copy with the cells marked
    is written for the adviser to mend. A workbook of `measures calibrate` is compared, not recorded.
    Work papers of `measures sample` give what an auditor found.
    """
    files = _workbooks(sources)
    if not files:
        if partial or sides or cells or returned:
            raise click.UsageError("--partial, --take, --cells and --returned go with workbooks.")
        _tables(ctx, sources, mission, actor=actor, dry_run=dry_run, as_json=as_json, quiet=quiet)
        return
    from measures.workflow.audit import is_work_paper
    from measures.workflow.calibrate import is_calibration

    if all(map(is_work_paper, files)):
        from measures.cli.sample import give_back

        home = mission_folder(mission)
        give_back(ctx, home, files, actor, dry_run=dry_run, as_json=as_json, quiet=quiet)
    if is_calibration(files[0]):
        from measures.cli.calibrate import show

        show(ctx, files, mission_folder(mission), language="", as_json=as_json, quiet=quiet)
        return
    from measures.errors import WorkbookError
    from measures.intake.workbook.takes import takes
    from measures.workflow.workbooks import Recording

    try:
        take = takes(sides, cells)
    except WorkbookError as error:
        raise click.UsageError(f"{error.message} {error.remedy}") from None
    home = mission_folder(mission)
    with output.progress(quiet=quiet or as_json) as tell:
        how = Recording(now(), actor, dry_run=dry_run, partial=partial, take=take, tell=tell)
        came, sent = _record(home, files, how, returned)
    if as_json:
        output.as_json(_plain(came, sent))
    else:
        _told(came, sent, dry_run=dry_run, quiet=quiet)
    ctx.exit(1 if came.refused else 0)


def _workbooks(sources: Sequence[Path]) -> list[Path]:
    """Return the workbooks that are meant; none when tables are.

    Raises:
        click.UsageError: It cannot be told which are meant.
    """
    from measures.workflow.workbooks import workbook_files

    if not any(path.suffix.casefold() in WORKBOOKS or path.is_file() or path.is_dir() for path in sources):
        return []
    if len(sources) == 1 and sources[0].is_dir():
        folder = sources[0]
        tables = any(folder.glob("*.csv")) or any(
            (folder / name).exists() for name in ("mission.yaml", "plan.yaml")
        )
        found = workbook_files(sources)
        if found and tables and not (folder / "mission.yaml").exists():
            raise click.UsageError(
                f"{folder} holds tables and workbooks; name the workbooks one by one, or put them apart."
            )
        return [] if tables else found
    found = workbook_files(sources)
    if not found:
        raise click.UsageError("There is no workbook (.xlsx) in what was named.")
    return found


def _record(
    home: Path, files: list[Path], how: Recording, returned: Path | None
) -> tuple[Returned, tuple[SentBack, ...]]:
    from measures.workflow.returning import send_back
    from measures.workflow.workbooks import record_workbooks

    came = record_workbooks(home, files, how)
    return came, send_back(home, came, how.at, returned, how.tell)


def _tables(
    ctx: click.Context,
    sources: Sequence[Path],
    mission: Path | None,
    *,
    actor: str,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    from measures.workflow.record import record as record_folder

    if len(sources) > 1:
        raise click.UsageError("Name one folder of tables, or workbooks.")
    folder = sources[0] if sources else None
    home = mission_folder(mission)
    if mission is None and folder is not None and not (home / "mission.yaml").is_file():
        home = folder
    source = folder or home
    with output.progress(quiet=quiet or as_json) as tell:
        outcome = record_folder(home, source, at=now(), actor=actor, dry_run=dry_run, progress=tell)
    if as_json:
        output.as_json(_outcome(outcome))
    else:
        output.findings(outcome.findings, source)
        _said(outcome, dry_run=dry_run, quiet=quiet)
    ctx.exit(1 if outcome.refused else 0)


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "recorded": dict(outcome.added),
        "unchanged": outcome.unchanged,
        "head": str(outcome.head),
        "findings": [finding.to_dict() for finding in outcome.findings],
    }


def _said(outcome: Outcome, *, dry_run: bool, quiet: bool) -> None:
    if outcome.refused:
        output.say("Nothing was recorded.")
    elif dry_run:
        output.say("All is well; nothing was recorded (dry run).")
    elif not quiet:
        _added(outcome)


def _added(outcome: Outcome) -> None:
    added = ", ".join(f"{number} {kind}" for kind, number in outcome.added.items())
    output.say(f"Recorded {added}." if added else "Nothing new to record.")
    if outcome.unchanged:
        output.say(f"{outcome.unchanged} were recorded already.")
    output.say(f"Register head {outcome.head}")


def _plain(came: Returned, sent: Sequence[SentBack]) -> dict[str, Any]:
    """Return what recording workbooks did as plain values."""
    from dataclasses import asdict

    return _outcome(came.outcome) | {
        "workbooks": [
            {
                "file": one.name,
                "assessor": one.assessor,
                "period": one.period,
                "rows": one.rows,
                "errors": _count(one.findings, "error"),
                "warnings": _count(one.findings, "warning"),
            }
            for one in came.workbooks
        ],
        "left": [asdict(one) for one in came.left],
        "returned": [asdict(one) for one in sent if one.copy],
    }


def _told(came: Returned, sent: Sequence[SentBack], *, dry_run: bool, quiet: bool) -> None:
    outcome = came.outcome
    shown = outcome.findings if not quiet else [one for one in outcome.findings if one.severity == "error"]
    output.findings(shown)
    if came.left:
        rows = [(one.what, one.place, ", ".join(one.codes)) for one in came.left]
        output.table("Left out, to be mended", ("Row", "Where", "Findings"), rows)
    for one in sent:
        if one.copy:
            output.say(f"Marked copy: {one.copy}")
    if outcome.added:
        _added(outcome)
    else:
        _said(outcome, dry_run=dry_run, quiet=quiet)


def _count(findings: Sequence[Finding], severity: str) -> int:
    return sum(finding.severity == severity for finding in findings)
