"""The command ``measures``: arguments, clock, printing, progress and exit codes.

Exit codes: 0 all is well, 1 findings, 2 wrong usage, 3 it cannot go on.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; the entry point of the installed command."""
    from measures.cli.commands import cli
    from measures.cli.output import cannot_go_on
    from measures.errors import MeasuresError

    try:
        cli.main(prog_name="measures")
    except MeasuresError as error:
        cannot_go_on(error)
        sys.exit(3)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
