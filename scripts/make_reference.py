"""Write the reference pages that are made from the package itself.

``docs/reference/findings.md``, ``cli.md``, ``frames.md``, ``rubrics.md`` and a page for each rubric of
the shelf under ``rubrics/``. A test compares the committed pages with what this makes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import click
from click.testing import CliRunner

from measures.cli.commands import cli
from measures.finding import CATALOGUE, Kind
from measures.library import rubric_files, table_files
from measures.records.frames import describe
from measures.records.tables import TABLES, Column, Table
from measures.rubric import Criterion, Rubric, Step, read_shelf, said
from measures.rubric import Table as ConversionTable
from measures.rubric.model import Vignette

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
WIDTH = 84
MADE = "<!-- Made by scripts/make_reference.py; `make reference` writes it again. -->"

AREAS = {
    "F": ("Files", "What cannot be read, or is not of the form its name promises."),
    "S": ("Shape of a record", "A cell or key that is missing, unknown or not of its form."),
    "R": ("Rubrics", "A rubric that could not be scored against, or whose versions do not go together."),
    "L": (
        "Words of a rubric",
        "What `measures rubric lint` finds weak. Nothing of it keeps a plan from being recorded.",
    ),
    "C": ("Across records", "Rows and plan items that do not go together."),
    "V": ("Verification", "A register or an evidence file that is not what was recorded."),
    "A": ("Audits", "A work paper, or what an auditor found, that does not fit what is on record."),
    "B": ("Bundles", "What was handed over is damaged, hostile, or not of one piece."),
    "W": ("Workbooks", "A returned workbook, or a cell of one, that cannot be recorded as it stands."),
}

FORMS = {
    "id": "id",
    "ids": "ids",
    "text": "text",
    "word": "one of",
    "flag": "yes or no",
    "period": "quarter",
    "date": "date or interval",
    "level": "level",
    "score": "level or non-score",
    "marking": "marking",
    "digest": "digest",
}


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a table."""
    names = list(header)
    yield "| " + " | ".join(names) + " |"
    yield "| " + " | ".join("---" for _ in names) + " |"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"


# --- findings ----------------------------------------------------------------------------------


def findings() -> Iterator[str]:
    """Yield the page of findings: every kind there is, by area."""
    yield from (
        "# Findings",
        "",
        MADE,
        "",
        "A finding is something wrong or notable about data. It has a code, a place and a remedy. An",
        "*error* keeps everything of a submission from being recorded. A *warning* is printed and lets it",
        "pass. A *hint* may be ignored. Codes are stable: a script may rely on them.",
        "",
        "Words in braces are filled in when the finding is made. Long cells are cut, so that a message",
        "points at a text and does not repeat it.",
    )
    for letter, (title, about) in AREAS.items():
        yield from ("", f"## {title}", "", about)
        for kind in CATALOGUE.values():
            if kind.code.startswith(letter):
                yield from _kind(kind)


def _kind(kind: Kind) -> Iterator[str]:
    yield from (
        "",
        f"### {kind.code}: {kind.title}",
        "",
        f"*{kind.severity.capitalize()}.* {_words(kind.template)}",
        "",
    )
    yield f"Remedy: {_words(kind.remedy)}"


def _words(template: str) -> str:
    """Return a template for reading: plain names in braces, no conversions, no hint."""
    text = template.replace("{hint}", "").replace("!r}", "}")
    return text.replace("<", "&lt;").replace("*", "\\*")


# --- command line ------------------------------------------------------------------------------


def command_line() -> Iterator[str]:
    """Yield the page of commands: the help of each, as the terminal shows it."""
    yield from (
        "# Command line",
        "",
        MADE,
        "",
        "Every command works inside a mission folder, on the nearest folder above that is one, or on the",
        "one named with `--mission`. Output is for people unless `--json` asks for JSON; it is coloured on a",
        "terminal only, and not when `NO_COLOR` is set. Anything slow shows how far it is, unless `--quiet`.",
        "",
    )
    yield from table(
        ("Exit status", "Means"),
        (
            ("0", "fine"),
            ("1", "findings: something in the data is wrong; each is printed with its place"),
            ("2", "the command was not understood"),
            ("3", "it cannot go on: something is missing or cannot be read; the message says what to do"),
        ),
    )
    for words in commands(cli):
        name = " ".join(("measures", *words))
        yield from ("", f"## {name}", "", "```text", *help_of(words), "```")


def commands(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command below a group, the group itself first."""
    yield above
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, (*above, name))
        else:
            yield (*above, name)


def help_of(words: tuple[str, ...]) -> list[str]:
    """Return what ``measures WORDS --help`` prints at a fixed width."""
    done = CliRunner().invoke(cli, [*words, "--help"], prog_name="measures", terminal_width=WIDTH)
    if done.exit_code:
        raise SystemExit(f"measures {' '.join(words)} --help: exit {done.exit_code}")
    return [line.rstrip() for line in done.output.rstrip().splitlines()]


# --- frames ------------------------------------------------------------------------------------


def frames() -> Iterator[str]:
    """Yield the page of tables: what a file gives, and what the typed frame holds."""
    yield from (
        "# Tables and frames",
        "",
        MADE,
        "",
        "Each table is a CSV file in the mission folder, and a frame in Python:",
        '`measures.open(folder).frames["assessments"]`. A column that may be empty may also be left out of',
        "the file. [The files page](files.md) says how dates, intervals and lists are written.",
        "",
        "A frame has one row a record, in the order of the register, superseded ones included. Its index,",
        "`place`, is `register:` and the number of the entry. *Ordered category* means that `<` and `max`",
        "follow the order of the words: levels by the ladder, quarters by the calendar, markings by the",
        "mission, confidence from very low to high. A date keeps its text and gains the first and last day",
        "it covers.",
    )
    for given in TABLES.values():
        yield from ("", f"## {given.name}", "", f"File `{given.file}`; entries of kind `{given.kind}`.", "")
        yield from table(("Column", "Form", "Must be filled", "Holds"), map(_column, given.columns))
        if given.pins:
            names = " and ".join(f"`{column.name}`" for column in given.pins)
            yield from ("", f"Recording adds {names}.")
        yield from ("", "The frame:", "")
        yield from table(("Column", "dtype", "Holds"), _frame(given))


def _column(column: Column) -> tuple[str, str, str, str]:
    form = FORMS[column.form]
    if column.allowed:
        form += " " + ", ".join(f"`{word}`" for word in column.allowed)
    if column.to:
        form += f" of {'an' if column.to[0] in 'aeiou' else 'a'} {column.to}"
    if column.least:
        form += f", {column.least} characters or more"
    return f"`{column.name}`", form, "yes" if column.required else "", column.what


def _frame(given: Table) -> Iterator[tuple[str, str, str]]:
    for name, dtype, what in describe(given):
        yield f"`{name}`", f"`{dtype}`" if "category" not in dtype else dtype, what


# --- rubrics -----------------------------------------------------------------------------------

SHELF = read_shelf(rubric_files(), table_files())
"""What lies on the shelf; read once, since every page of a rubric needs it."""


def rubrics() -> Iterator[str]:
    """Yield the page of the shelf: a line for each rubric, and the conversion tables."""
    yield from (
        "# Rubrics of the shelf",
        "",
        MADE,
        "",
        "Each has a page: what it asks, what was seen at each level, and imaginary ministries scored with",
        "it. A mission may have [its own rubrics](../how-to/write-a-rubric.md) beside them, and may",
        "[extend one of them](../how-to/extend-a-rubric.md).",
        "",
    )
    yield from table(
        ("Rubric", "Version", "Criteria", "Result by", "Languages"),
        (
            (
                f"[{said(r.title)}](rubrics/{r.id}.md)",
                r.version,
                str(len(r.criteria)),
                f"`{r.aggregation}`",
                ", ".join(r.languages),
            )
            for r in _shelf()
        ),
    )
    yield from ("", "```{toctree}", ":hidden:", "", *(f"rubrics/{r.id}" for r in _shelf()), "```")
    for conversion in SHELF.tables.values():
        yield from _conversion(conversion)


def _shelf() -> list[Rubric]:
    """Return the rubrics of the shelf in alphabetical order.

    Raises:
        SystemExit: One of the files has a finding.
    """
    for found in SHELF.findings:
        raise SystemExit(f"{found.place}: {found.message}")
    return list(SHELF.newest().values())


def _conversion(conversion: ConversionTable) -> Iterator[str]:
    yield from ("", f"## Conversion table: {said(conversion.title)}", "")
    yield f"Id `{conversion.id}`, for a rubric with `aggregation: table`. {conversion.source}."
    yield from (
        "",
        "Each line gives the levels of the criteria, lowest first, that make the result.",
        "",
    )
    yield from table(
        ("Result", *(f"Of {size} criteria" for size in conversion.sizes)),
        (
            (
                f"`{result.id}`",
                *(
                    ", ".join(
                        f"`{' '.join(row)}`"
                        for row, found in conversion.rows.items()
                        if found == result.id and len(row) == size
                    )
                    for size in conversion.sizes
                ),
            )
            for result in conversion.results
        ),
    )


def one_rubric(rubric: Rubric) -> Iterator[str]:
    """Yield the page of a rubric."""
    yield from (f"# {said(rubric.title)}", "", MADE, "", said(rubric.summary), "")
    yield from _facts(rubric)
    yield from (
        "",
        "What was seen is the first sentence of a level's descriptor. The least evidence is the number of",
        "independent origins, the grade an item needs to count, and within how many quarters it must speak.",
        f"`measures rubric show {rubric.id}` prints the rest: the whole descriptors, the statements",
        "that must hold, kinds of evidence, and how far each level leans on advisers. With `--format pdf` it",
        "makes a card to take to a meeting.",
    )
    for criterion in rubric.criteria:
        yield from _criterion(rubric, criterion)
    yield from ("", "## Informed by", "")
    for source in rubric.derives_from:
        yield f"- {source.title} ({source.publisher}): {said(source.note)}"
    if rubric.vignettes:
        yield from (
            "",
            "## Worked scorings",
            "",
            "Imaginary ministries. Score them yourself before you read what the rubric gives.",
        )
    for vignette in rubric.vignettes:
        yield from _vignette(rubric, vignette)


def _facts(rubric: Rubric) -> Iterator[str]:
    """Yield what holds for the rubric as a whole, a line each."""
    yield f"- Id `{rubric.id}`, version {rubric.version}, languages {', '.join(rubric.languages)}."
    yield f"- Its words: sha256 `{rubric.digest}`."
    yield f"- A score is stale after {_quarters(rubric.validity)}."
    yield f"- Criteria become a result by `{rubric.aggregation}`{_deciding(rubric)}."
    for cap in rubric.caps:
        where = f"`{cap.criterion}` of " if cap.criterion else ""
        yield (
            f"- The result stands no higher than {where}the milestone it depends on that is scored with "
            f"`{cap.rubric}`. {said(cap.reason)}"
        )
    yield f"- The institution does it by itself from *{rubric.label(rubric.sustainment).lower()}* up."


def _deciding(rubric: Rubric) -> str:
    names = [f"`{criterion.id}`" for criterion in rubric.criteria if criterion.essential]
    return f", where {' and '.join(names)} decide{'s' if len(names) == 1 else ''}" if names else ""


def _quarters(number: int) -> str:
    return f"{number} quarter{'s' if number > 1 else ''}"


def _criterion(rubric: Rubric, criterion: Criterion) -> Iterator[str]:
    aspect = {"de-jure": "on paper", "de-facto": "in practice"}[criterion.aspect]
    yield from ("", f"## {said(criterion.title)}", "")
    yield from (f"`{criterion.id}`, {aspect}. {said(criterion.question)}", "")
    yield from table(
        ("Level", "What was seen", "Least evidence"), (_step(rubric, step) for step in criterion.steps)
    )


def _step(rubric: Rubric, step: Step) -> tuple[str, str, str]:
    rule = step.evidence
    origins = f"{rule.origins} origin{'s' if rule.origins > 1 else ''}"
    asked = f"{origins}, {rule.grade}, {_quarters(rule.fresh)}" if step.attributes else ""
    seen = re.split(r"(?<=[.!?]) ", said(step.descriptor), maxsplit=1)[0]
    return f"`{step.level}` {rubric.label(step.level)}", seen, asked


def _vignette(rubric: Rubric, vignette: Vignette) -> Iterator[str]:
    yield from ("", f"### {said(vignette.title)}", "", said(vignette.situation), "")
    yield from table(
        ("Criterion", "Level", "Why"),
        (
            (
                said(rubric.criterion(scored.criterion).title),
                f"`{scored.level}` {rubric.label(scored.level)}",
                said(scored.why),
            )
            for scored in vignette.expected
        ),
    )


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "findings.md": findings,
    "cli.md": command_line,
    "frames.md": frames,
    "rubrics.md": rubrics,
    **{f"rubrics/{rubric.id}.md": partial(one_rubric, rubric) for rubric in _shelf()},
}
"""Every page by its path below ``docs/reference``."""


def page(name: str) -> str:
    """Return the text of a page."""
    return "\n".join(PAGES[name]()) + "\n"


def main(arguments: list[str]) -> None:
    """Write the pages named, or all of them."""
    for name in arguments or PAGES:
        path = REFERENCE / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(name), encoding="utf-8")
        print(f"reference: {path.relative_to(ROOT)}")
    for path in (REFERENCE / "rubrics").glob("*.md") if not arguments else ():
        if f"rubrics/{path.name}" not in PAGES:
            path.unlink()
            print(f"reference: {path.relative_to(ROOT)} removed, no rubric has that name")


if __name__ == "__main__":
    main(sys.argv[1:])
