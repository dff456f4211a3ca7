"""The command that draws samples for an auditor, takes in what was found and sums it up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from measures.cli import output
from measures.cli.options import (
    DIRECTORY,
    actor_option,
    json_option,
    mission_folder,
    mission_option,
    now,
    quiet_option,
)

if TYPE_CHECKING:
    from measures.workflow.audit import Result
    from measures.workflow.record import Outcome
    from measures.workflow.sample import Asked, Of, Sample

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--n", "number", type=int, default=25, show_default=True, help="How many to draw.")
@click.option("--seed", default="", metavar="SEED", help="What to draw with, such as what dice show.")
@click.option("--period", "-p", default="", metavar="QUARTER", help="Of one quarter; of all when not given.")
@click.option(
    "--of", "of", type=click.Choice(["scores", "claims"]), default="scores", show_default=True,
    help="Scores, or sentences of published editions.",
)  # fmt: skip
@click.option(
    "--by", default="", metavar="WORD[,WORD...]",
    help="Divide the list: scores by movement, assessor, level, marking, milestone or role; claims by "
    "edition, marking or basis.",
)  # fmt: skip
@click.option("--blind", is_flag=True, help="Keep the levels from the auditor, who finds them anew.")
@click.option("--auditor", default="", metavar="CODE", help="Who is to look, by the code in mission.yaml.")
@click.option("--ceiling", default="", metavar="MARKING", help="The highest marking to put on the list.")
@click.option(
    "--out", type=DIRECTORY, default=None, help="Folder for the work paper; out/ in the mission folder."
)
@click.option("--take", type=_FILE, default=None, help="Record what stands in this work paper.")
@click.option("--results", is_flag=True, help="Show what auditors found so far, and draw nothing.")
@mission_option
@actor_option
@json_option
@quiet_option
@click.pass_context
def sample(
    ctx: click.Context,
    number: int,
    seed: str,
    period: str,
    of: Of,
    by: str,
    blind: bool,
    auditor: str,
    ceiling: str,
    out: Path | None,
    take: Path | None,
    results: bool,
    mission: Path | None,
    actor: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Draw a sample for an auditor that anybody can draw again.

    Writes a work paper to fill in, and the list that was drawn from. Says how many of the list may
    be wrong at most, for what the auditor finds. The filled-in paper comes back with `measures record`
    or --take; --results sums up.
    """
    if take is not None and (results or seed):
        raise click.UsageError("--take goes without --seed and --results: take first, then ask anew.", ctx)
    folder = mission_folder(mission)
    if take is not None:
        give_back(ctx, folder, [take], actor, as_json=as_json, quiet=quiet)
    if results:
        _results(folder, as_json=as_json)
    else:
        if not seed:
            raise click.UsageError("A sample needs --seed SEED: throw dice, and take what they show.", ctx)
        from measures.workflow.sample import Asked

        divided = tuple(word.strip() for word in by.split(",") if word.strip())
        asked = Asked(of, number, seed, period, divided, blind, auditor, ceiling)
        _draw(folder, asked, out, as_json=as_json, quiet=quiet)
    ctx.exit(0)


def _draw(folder: Path, asked: Asked, out: Path | None, *, as_json: bool, quiet: bool) -> None:
    from measures.intake.workpaper import to_bytes
    from measures.judgement.sampling import listing
    from measures.workflow import sample as verbs
    from measures.workflow.audit_paper import paper
    from measures.workflow.files import write_whole
    from measures.workflow.mission import open_mission

    with output.progress(quiet=quiet or as_json) as tell:
        at = now()
        opened = open_mission(folder, at=at, progress=tell)
        tell("Drawing", 0, 2)
        drawn = verbs.sample(opened, asked)
        tell("Writing the work paper", 1, 2)
        place = (out or folder / "out") / f"{drawn.name}.xlsx"
        content = to_bytes(paper(opened, drawn, at))
        listed = place.with_suffix(".tsv")
        verbs.keep_filled_in(place)
        write_whole(place, content)
        write_whole(listed, listing(drawn.items))
    if as_json:
        output.as_json({**verbs.to_dict(drawn), "paper": str(place), "list": str(listed)})
    elif quiet:
        output.say(str(place))
    else:
        _show(drawn, verbs.told(drawn))
        output.say(f"Work paper: {place}\nThe list:   {listed}")
        output.say(f"Filled in, it comes back with: measures record {place}")


def _show(drawn: Sample, told: Sequence[str]) -> None:
    for line in told:
        output.say(line)
    if drawn.drawn.stratified:
        rows = [(share.stratum, str(share.size), str(share.drawn)) for share in drawn.drawn.shares]
        output.table("", ("Stratum", "Listed", "Drawn"), rows, right=("Listed", "Drawn"))
    output.say("Drawn, in the order of the draw:")
    for item in drawn.drawn.chosen:
        output.say(f"  {item.id}")


def give_back(
    ctx: click.Context, folder: Path, paths: Sequence[Path], actor: str, *,
    dry_run: bool = False, as_json: bool = False, quiet: bool = False,
) -> None:  # fmt: skip
    """Record what stands in work papers, one after the other, and end with the exit code."""
    from measures.workflow.audit import take

    outcomes = []
    with output.progress(quiet=quiet or as_json) as tell:
        for number, path in enumerate(paths):
            tell("Reading work papers", number, len(paths))
            outcomes.append(take(folder, path, at=now(), actor=actor, dry_run=dry_run))
    if as_json:
        output.as_json(
            {
                "recorded": sum(outcome.added.get("audit", 0) for outcome in outcomes),
                "head": str(outcomes[-1].head),
                "findings": [finding.to_dict() for outcome in outcomes for finding in outcome.findings],
            }
        )
    else:
        for path, outcome in zip(paths, outcomes, strict=True):
            _told(path, outcome, dry_run=dry_run, quiet=quiet)
    ctx.exit(1 if any(outcome.refused for outcome in outcomes) else 0)


def _told(path: Path, outcome: Outcome, *, dry_run: bool, quiet: bool) -> None:
    count = outcome.added.get("audit", 0)
    output.findings(outcome.findings, path.parent)
    if outcome.refused:
        output.say("Nothing was recorded.")
    elif dry_run:
        output.say("All is well; nothing was recorded (dry run).")
    elif not quiet:
        output.say(f"Recorded {count} of the auditor's findings." if count else "Nothing new to record.")
        output.say("Sum them up: measures sample --results")


def _results(folder: Path, *, as_json: bool) -> None:
    from measures.workflow.audit import results, to_dict
    from measures.workflow.mission import open_mission

    found = results(open_mission(folder, at=now()))
    if as_json:
        output.as_json([to_dict(result) for result in found])
        return
    if not found:
        output.say("No auditor has found anything yet. Draw a sample: measures sample --seed SEED")
    for result in found:
        _show_result(result)


def _show_result(result: Result) -> None:
    what = "scores" if result.kind == "assessment" else "sentences"
    blind = ", without their levels" if result.blind else ""
    output.say(f"\n{result.auditor} on {result.drawn} of {result.listed} {what}{blind} (seed {result.seed})")
    looked = len(result.pairs)
    word = "found another level on" if result.blind else "disagrees with"
    output.say(
        f"  Looked at {looked} of {result.drawn}; {word} {result.wrong}, cannot tell on {result.cannot_tell}."
    )
    if result.at_most is not None:
        unsure = ", those that cannot be told counted as wrong" if result.cannot_tell else ""
        output.say(
            f"  At most {result.at_most} of {result.listed} are wrong (so in 95 of 100 samples){unsure}."
        )
    else:
        output.say("  How many of the list may be wrong is told when all of the sample was looked at.")
    for one in result.likeness:
        kappa, alpha = (("not to be told" if v is None else f"{v:.2f}") for v in (one.kappa, one.alpha))
        output.say(f"  Ladder {' < '.join(one.ladder)}: the same level on {one.exact} of {one.levels};")
        output.say(f"  weighted kappa {kappa}, Krippendorff's alpha {alpha}.")
    rows = [
        (pair.ref, pair.given, pair.found, pair.finding, pair.remark)
        for pair in result.pairs
        if pair.finding in ("disagrees", "cannot-tell") or pair.given != pair.found != ""
    ]
    if rows:
        output.table("", ("Id", "Given", "Found", "Finding", "What"), rows)
