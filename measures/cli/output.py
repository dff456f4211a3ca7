"""What the command prints: tables, findings, trees, progress. Rich is opened here alone."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measures.errors import MeasuresError
from measures.finding import Finding

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from measures.workflow.trace import Node

Progress = Callable[[str, int, int], None]

_NARROWEST = 16
_TWO_COLUMNS = 72
_MOST_FINDINGS = 500
_UNCUT = 20_000
"""Wide enough that nothing of a trace is cut when another program reads it."""


def console(*, error: bool = False, piped_width: int = 140) -> Console:
    """Return a console that respects NO_COLOR, pipes and the width of the window."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    piped = not stream.isatty()
    return Console(file=stream, highlight=False, soft_wrap=piped, width=piped_width if piped else None)


def say(text: str = "") -> None:
    """Print one line of plain text; nothing in it is markup."""
    console().print(text, markup=False)


def as_json(value: Any) -> None:
    """Print a value as JSON, keys sorted, in UTF-8."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n")


def cannot_go_on(error: MeasuresError) -> None:
    """Print why the work cannot go on and what to do."""
    out = console(error=True)
    out.print(f"[bold red]Cannot go on.[/] {_plain(error.message)}")
    if error.remedy:
        out.print(f"  {error.remedy}", markup=False)


def findings(found: Sequence[Finding], folder: Path | None = None) -> None:
    """Print findings, each with a place an editor can open and what to do."""
    out = console()
    for finding in found[:_MOST_FINDINGS]:
        colour = {"error": "red", "warning": "yellow", "hint": "cyan"}[finding.severity]
        what = f"[{colour}]{finding.severity} {finding.code}[/]"
        out.print(f"{_plain(_where(finding, folder))}: {what} {_plain(finding.message)}")
        if finding.remedy:
            out.print(f"    {finding.remedy}", markup=False)
    if len(found) > _MOST_FINDINGS:
        say(f"… and {len(found) - _MOST_FINDINGS} more; --json lists them all.")
    if found:
        counts = [(name, sum(f.severity == name for f in found)) for name in ("error", "warning", "hint")]
        say(", ".join(f"{n} {name}{'s' if n != 1 else ''}" for name, n in counts if n))


def _where(finding: Finding, folder: Path | None) -> str:
    if folder is None or Path(finding.place.file).is_absolute():
        return str(finding.place)
    return os.path.relpath(folder / str(finding.place))


def table(
    title: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[str] = ()
) -> None:
    """Print a table; columns named in ``right`` are set to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.console import JustifyMethod
    from rich.table import Table
    from rich.text import Text

    lines = [list(row) for row in rows]
    widths = [max([len(name), *(len(line[at]) for line in lines)]) for at, name in enumerate(header)]
    room = max(console().width - sum(widths[1:]) - 3 * len(header), _NARROWEST)
    made = Table(
        title=title or None, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False
    )
    for at, name in enumerate(header):
        side: JustifyMethod = "right" if name in right else "left"
        if at == 0:
            made.add_column(name, no_wrap=True, overflow="ellipsis", max_width=room)
        elif name == "What":
            made.add_column(name)
        else:
            made.add_column(name, justify=side, no_wrap=True, min_width=widths[at])
    for line in lines:
        made.add_row(*(Text(cell) for cell in line))
    console().print(made)


def side_by_side(rows: Sequence[tuple[str, Sequence[tuple[str, str, str]]]]) -> None:
    """Print texts before and after in two columns, the words that differ marked.

    In a narrow window they stand one below the other, so that no word is cut.

    Args:
        rows: What differs, and the two texts as :func:`measures.rubric.wording.words_changed` cuts them.
    """
    from rich.box import SIMPLE_HEAD
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    out = console()
    if out.width < _TWO_COLUMNS:
        for what, words in rows:
            out.print(Text(what.replace("\n", ": ")))
            for name, text in zip(("Before", "After"), _marked(words), strict=True):
                out.print(Padding(Text.assemble(f"{name}: ", text), (0, 0, 0, 2)))
        return
    made = Table(box=SIMPLE_HEAD, pad_edge=False, show_lines=True)
    made.add_column("What", max_width=30, overflow="fold")
    for side in ("Before", "After"):
        made.add_column(side, ratio=1, overflow="fold")
    for what, words in rows:
        made.add_row(Text(what), *_marked(words))
    out.print(made)


def _marked(words: Sequence[tuple[str, str, str]]) -> Iterator[Text]:
    """Yield the text before and the text after, the words that differ marked."""
    from rich.text import Text

    for place, style, marks in ((1, "red", "[-{}-]"), (2, "green", "{{+{}+}}")):
        text = Text()
        for part in words:
            said = part[place]
            if said and part[0] != "same":
                text.append(marks.format(said) + " ", style=style)
            elif said:
                text.append(said + " ")
        yield text


def tree(node: Node, *, down: bool, up: bool) -> None:
    """Print a trace as a tree, what it rests on and what rests on it each under a heading.

    Args:
        node: What was traced.
        down: Whether what it rests on was followed.
        up: Whether what rests on it was.
    """
    from rich.tree import Tree

    top = Tree(_branch(node), guide_style="dim")
    for asked, heading, nothing, nodes in (
        (down, "Rests on", "Rests on nothing else that is on record.", node.below),
        (up, "What rests on it", "Nothing that is on record rests on it.", node.above),
    ):
        if asked and nodes:
            _grow(top.add(heading, style="italic"), nodes)
        elif asked:
            top.add(nothing, style="italic")
    console(piped_width=_UNCUT).print(top)


def _grow(branch: Any, nodes: Sequence[Node]) -> None:
    for node in nodes:
        _grow(branch.add(_branch(node), style="not italic"), (*node.below, *node.above))


def _branch(node: Node) -> Any:
    from rich.text import Text

    if node.kind == "more":
        return Text(node.text, style="dim")
    head = Text.assemble((node.kind, "bold cyan"), " ", (node.id, "bold"))
    head.append(f"  [{node.marking}]" if node.marking else "", style="magenta")
    head.append("  (above in full)" if node.again else "", style="dim")
    lines = [head, Text(node.how, style="green"), Text(node.text)]
    lines += [Text(note, style="yellow") for note in node.notes]
    if node.entry and not node.again:
        lines.append(Text(f"entry {node.entry}  sha256 {node.digest}", style="dim"))
    return Text("\n").join(line for line in lines if line.plain)


def silent(what: str, done: int, total: int) -> None:
    """Show nothing."""


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """Show a progress bar on the terminal while work lasts; nothing when quiet or piped."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console(error=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None)
        yield lambda what, done, total: bar.update(
            task, description=what, completed=done, total=total or None
        )


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
