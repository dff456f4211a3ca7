"""What commands share: the mission option, JSON, quiet, and near names."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from measures.errors import MissionError, PeriodError
from measures.period import Period

DIRECTORY = click.Path(path_type=Path, file_okay=False)


_SPELT_OTHERWISE = re.compile(r"([0-9]{4})[^0-9]*([1-4])|[^0-9]*([1-4])[^0-9]+([0-9]{4})")


class Quarter(click.ParamType[str]):
    """A quarter such as ``2021Q1``; another spelling is refused with the one that was meant."""

    name = "quarter"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text of a quarter as it was given."""
        if not value:
            return value
        try:
            return str(Period.parse(value))
        except PeriodError as error:
            meant = _SPELT_OTHERWISE.fullmatch(value.strip())
            year, quarter = (meant[1] or meant[4], meant[2] or meant[3]) if meant else ("", "")
            hint = f"Did you mean {year}Q{quarter}?" if meant else error.remedy
            self.fail(f"{error.message} {hint}", param, ctx)


QUARTER = Quarter()


def now() -> str:
    """Return the time as the register keeps it; the only clock of the product."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def this_quarter() -> Period:
    """Return the calendar quarter of today."""
    return Period.containing(datetime.now(UTC).date())


class Group(click.Group):
    """A group that proposes the command that was meant."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Return the command, or say which one is near."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from measures.finding import did_you_mean

            hint = "" if "Did you mean" in error.message else did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(error.message + hint, ctx) from None


def mission_option(function: Any) -> Any:
    """Add ``--mission``."""
    return click.option(
        "--mission",
        "-m",
        type=DIRECTORY,
        default=None,
        help="The mission folder; else this folder, or the nearest above it that holds mission.yaml.",
    )(function)


def json_option(function: Any) -> Any:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")(function)


def quiet_option(function: Any) -> Any:
    """Add ``--quiet``."""
    return click.option("--quiet", "-q", is_flag=True, help="No progress bar, and only what is wrong.")(
        function
    )


def actor_option(function: Any) -> Any:
    """Add ``--as``."""
    return click.option("--as", "actor", default="", metavar="CODE", help="Your code in mission.yaml.")(
        function
    )


def mission_folder(given: Path | None) -> Path:
    """Return the mission folder meant: the one given, else here or above.

    Raises:
        MissionError: A bundle was given, which has to be opened first.
    """
    if given is not None:
        if (given / "SHA256SUMS").is_file() and (given / "register.jsonl").is_file():
            raise MissionError(
                f"Expected a mission folder at {given}, got a bundle.",
                f"Check it with measures bundle check, or open it: measures bundle open {given} --out DIR.",
            )
        return given
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mission.yaml").is_file():
            return folder
    return here
