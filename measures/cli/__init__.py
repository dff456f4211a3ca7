"""The command ``measures``: arguments, clock, printing, progress and exit codes.

Exit codes: 0 all is well, 1 findings, 2 wrong usage, 3 it cannot go on.
"""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run the command line; the entry point of the installed command."""
    from measures.cli.commands import cli
    from measures.cli.output import cannot_go_on
    from measures.errors import MeasuresError, MissionError

    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows fewer characters than a rationale shows their numbers instead.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        cli.main(prog_name="measures")
    except MeasuresError as error:
        cannot_go_on(error)
        sys.exit(3)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        where = f" at {error.filename}" if error.filename else ""
        problem = error.strerror or "no reason given"
        cannot_go_on(MissionError(f"The system refused{where}: {problem}.", "Check the path and its rights."))
        sys.exit(3)
