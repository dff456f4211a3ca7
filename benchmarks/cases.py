"""What is measured: the product's public functions, each beside a floor that does the least possible.

A floor is plain code over the same data that nobody could do without: a bare interpreter, a bare
digest, a bare renderer, a few numpy calls. The ratio to it travels between machines; seconds do not.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import openpyxl
import pandas as pd
import xlsxwriter
import yaml

import measures
from benchmarks import floors, portfolio, synthetic, workbooks
from measures import library
from measures.intake.workbook.build import write_quarter
from measures.judgement import Bootstrap, alpha, roll_up, support
from measures.judgement.quarter import judge
from measures.register import Register, merkle, verify
from measures.rubric import lint, parse_rubric, read_document, read_shelf
from measures.workflow.mission import Mission
from measures.workflow.opening import REGISTER_FILE
from measures.workflow.record import record
from measures.workflow.verify import verify_mission
from measures.workflow.workbook import ALL, Asked, gather

AT = "2024-01-15T09:00:00Z"
SEED = 20240115
EXAMPLE_QUARTER = "2023Q3"
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table.

    Args:
        name: What is measured.
        run: Does it once.
        floor: Does the least possible once; none where nothing plain compares.
        against: What the floor is.
        runs: How often each is done.
        before: Makes ready for one run, outside the clock.
        per: What one run is divided by, such as a number of entries.
        unit: What the result is then per.
    """

    name: str
    run: Callable[[], object]
    floor: Callable[[], object] | None = None
    against: str = ""
    runs: int = 7
    before: Callable[[], object] | None = None
    per: int = 1
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a run measured by itself, where preparing it cannot be kept outside the clock.

    Args:
        seconds: How long it took.
        processor: Seconds of one processor's work in it; less than ``seconds`` where others worked too.
        peak: Most memory its process held, in MiB.
    """

    seconds: float
    processor: float
    peak: float


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything; ``quick`` is for trying the script out."""

    starts: int
    renders: int
    quarters: int
    rows: int
    missions: int

    @classmethod
    def of(cls, *, quick: bool) -> Scale:
        """Return the full scale, or a small one."""
        return cls(3, 1, 2, 100_000, 2) if quick else cls(15, 3, 12, 1_000_000, 40)


def cases(work: Path, scale: Scale) -> Iterator[tuple[str, Callable[[], list[Case]]]]:
    """Yield groups of cases by name; each is prepared when it is called.

    Args:
        work: An empty folder.
        scale: How much of everything.
    """
    history = cache(lambda: _history(work / "history", scale.quarters))
    yield "start", lambda: _start(scale)
    yield "rubrics", _rubrics
    yield "record", lambda: _record(work, history(), scale)
    yield "verify", lambda: _verify(history())
    yield "register", lambda: _registers(work, scale)
    yield "trace", lambda: _traces(work, scale)
    yield "judge", lambda: _judge(work, history(), scale)
    yield "workbook", lambda: _workbook(history(), scale)
    yield "workbooks", lambda: list(workbooks.cases(work / "workbooks", quick=scale.missions < 40))
    yield "roll-up", lambda: _roll_up(scale)
    yield "support", _support
    yield "agreement", _agreement
    yield "portfolio", lambda: _portfolio(scale)
    yield "audit", lambda: _audit(scale)
    yield "render", lambda: _render(work, scale)


def _start(scale: Scale) -> list[Case]:
    def started(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    floor = started("-c", "pass")
    return [
        Case(f"measures {option}", started("-m", "measures", option), floor, "bare python", scale.starts)
        for option in ("--help", "--version")
    ]


def _rubrics() -> list[Case]:
    """The whole shelf read and linted, and one rubric larger than anybody should write."""
    files, tables = library.rubric_files(), library.table_files()
    contents = [path.read_bytes() for path in files]
    large = synthetic.large_rubric(criteria=100, levels=7).encode()
    if parse_rubric(large)[1]:
        raise SystemExit("The large rubric is not sound.")

    def shelf() -> None:
        if read_shelf(files, tables).findings or any(lint(read_document(path, "")[0]) for path in files):
            raise SystemExit("The shelf has findings.")

    return [
        Case(f"read and lint the shelf of {len(files)} rubrics", shelf,
             lambda: [_events(content) for content in contents], "the YAML parser's bare events"),
        Case("read a rubric of 100 criteria by 7 levels", lambda: parse_rubric(large),
             lambda: _events(large), "the YAML parser's bare events"),
    ]  # fmt: skip


def _events(content: bytes) -> int:
    return sum(1 for _ in yaml.parse(content, Loader=yaml.CBaseLoader))


def _history(folder: Path, quarters: int) -> Path:
    """Record a mission with scores of every quarter but the last."""
    folder.mkdir(parents=True)
    size = synthetic.Size()
    synthetic.write_mission(folder, size, quarters + 1)
    synthetic.write_quarters(folder, size, synthetic.periods(quarters), SEED)
    _recorded(folder, folder)
    return folder


def _recorded(mission: Path, source: Path) -> None:
    outcome = record(mission, source, at=AT, actor="ADV-01")
    if outcome.refused:
        raise SystemExit(f"The synthetic mission was refused: {outcome.findings[0]}")


def _record(work: Path, history: Path, scale: Scale) -> list[Case]:
    """200 assessments with 600 citations into a mission with some history."""
    given, target = work / "given", work / "target"
    given.mkdir()
    size = synthetic.Size(scores=200)
    synthetic.write_quarters(given, size, synthetic.periods(scale.quarters + 1)[-1:], SEED)

    def ready() -> None:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        for path in history.glob("register.*"):
            shutil.copy2(path, target)

    ready()
    held = sum(1 for _ in synthetic.lines(target / REGISTER_FILE))
    _recorded(target, given)
    entries = [msgspec.json.decode(line) for line in synthetic.lines(target / REGISTER_FILE)][held:]
    encoder = msgspec.json.Encoder(order="sorted")

    def floor() -> list[str]:
        return [hashlib.sha256(encoder.encode(entry)).hexdigest() for entry in entries]

    return [
        Case(
            f"record 200 assessments, 600 citations, 150 items over {held:,} entries",
            lambda: _recorded(target, given),
            floor,
            "canonical JSON and SHA-256 of the same entries",
            before=ready,
        )
    ]


def _verify(history: Path) -> list[Case]:
    path = history / REGISTER_FILE
    contents = list(synthetic.lines(path))

    def run() -> None:
        if not verify(path).sound:
            raise SystemExit("The synthetic register does not verify.")

    def floor() -> str:
        digest = ""
        for content in contents:
            digest = hashlib.sha256(content).hexdigest()
        return digest

    def root() -> bytes:
        with Register.open(path, read_only=True) as register:
            return merkle.root(register.lines())

    def hashes() -> bytes:
        digest = bytes(32)
        for content in contents:
            leaf = hashlib.sha256(b"\x00" + content).digest()
            digest = hashlib.sha256(b"\x01" + digest + leaf).digest()
        return digest

    def records() -> None:
        if not verify_mission(history, quick=True).whole:
            raise SystemExit("The synthetic mission does not verify.")

    many = len(contents)
    return [
        Case(f"verify {many:,} entries, records and rules too", records, floor,
             "bare SHA-256 of each content in memory", per=many, unit="entry"),
        Case(f"verify {many:,} entries", run, floor, "bare SHA-256 of each content in memory",
             per=many, unit="entry"),
        Case(f"root of {many:,} entries", root, hashes, "bare SHA-256 of as many leaves and nodes",
             per=many, unit="entry"),
    ]  # fmt: skip


def _traces(work: Path, scale: Scale) -> list[Case]:
    from benchmarks import tracing

    return tracing.cases(work / "traces", scale.rows)


def _registers(work: Path, scale: Scale) -> list[Case]:
    from benchmarks import registers

    return registers.cases(work / "registers", scale.rows)


def _judge(work: Path, history: Path, scale: Scale) -> list[Case]:
    """One quarter by itself, and the last quarter of the whole history."""
    alone = work / "alone"
    alone.mkdir()
    synthetic.write_mission(alone, synthetic.Size(), 1)
    synthetic.write_quarters(alone, synthetic.Size(), synthetic.periods(1), SEED)
    _recorded(alone, alone)
    found = []
    for folder, words in ((alone, "one quarter of 180 scores and 600 citations"),
                          (history, f"the same after {scale.quarters} quarters")):  # fmt: skip
        mission = measures.open(folder)
        period = str(synthetic.periods(scale.quarters)[-1]) if folder is history else str(synthetic.FIRST)
        found.append(Case(f"judge {words}", _judging(mission, period)))
    found.append(
        Case(f"open {scale.quarters} quarters as validated frames", lambda: measures.open(history).frames)
    )
    return found


def _judging(mission: Mission, period: str) -> Callable[[], object]:
    frames, when = mission.frames, mission.period(period)
    return lambda: judge(frames, mission.file, mission.plan, mission.rubrics, when)


def _workbook(history: Path, scale: Scale) -> list[Case]:
    """An adviser's workbook of the next quarter, every milestone in it, libraries loaded."""
    mission = measures.open(history)
    period = str(synthetic.periods(scale.quarters + 1)[-1])
    given = gather(mission, Asked(period, "ADV-01", (ALL,)), AT)
    texts = [str(cell.value) for page in openpyxl.load_workbook(io.BytesIO(write_quarter(given)))
             for line in page.iter_rows() for cell in line if cell.value is not None]  # fmt: skip

    def floor() -> None:
        with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as bare:
            sheet = bare.add_worksheet()
            for number, text in enumerate(texts):
                sheet.write_string(number // 20, number % 20, text)

    name = f"workbook of {len(given.questions)} rows, {len(given.recorded['evidence'])} items of evidence"
    return [
        Case(f"gather a {name}", lambda: gather(mission, Asked(period, "ADV-01", (ALL,)), AT)),
        Case(f"write a {name}", lambda: write_quarter(given), floor, "bare XlsxWriter, the same texts"),
    ]


def _roll_up(scale: Scale) -> list[Case]:
    top = 5
    levels = synthetic.levels(scale.rows, SEED, top=top)
    milestone, period = (
        levels[name].cat.codes.to_numpy().astype(np.int64) for name in ("milestone", "period")
    )
    quarters = len(levels["period"].cat.categories)
    size = len(levels["milestone"].cat.categories) * quarters
    code = levels["code"].to_numpy()

    cell = milestone * quarters + period

    def floor() -> tuple[Any, ...]:
        return floors.weakest(cell, code, size, top)

    lower, upper, unknown = floor()
    found = roll_up(levels, top)
    there = np.bincount(cell, minlength=size) > 0
    for name, expected in (("lower", lower), ("upper", upper), ("unknown", unknown)):
        if not np.array_equal(found[name].to_numpy(), expected[there]):
            raise SystemExit(f"The roll-up and its floor disagree on {name}.")
    return [
        Case(f"roll up {scale.rows:,} assessments", lambda: roll_up(levels, top), floor,
             "numpy over integer codes", runs=15)
    ]  # fmt: skip


def _support() -> list[Case]:
    """Ten years of one mission: what its evidence supports, rolled up."""
    given = portfolio.mission(SEED, portfolio.Size())
    bound = {stop.id: given.rubrics[stop.rubric, stop.version] for stop in given.plan.milestones.values()}
    tables = given.frames["assessments"], given.frames["citations"], given.frames["evidence"]
    codes = floors.codes(given.frames, bound)
    where = tables[0][["milestone", "period"]].astype("category")
    milestone, period = (where[name].cat.codes.to_numpy().astype(np.int64) for name in where)
    cell = milestone * len(where["period"].cat.categories) + period
    size, top = int(cell.max()) + 1, len(tables[0]["level"].cat.categories) - 1

    def run() -> pd.DataFrame:
        found = support(*tables, bound)["supported"].cat.codes.to_numpy()
        return roll_up(where.assign(code=found), top)

    def floor() -> tuple[Any, ...]:
        return floors.weakest(cell, floors.supported(codes), size, top)

    there = np.bincount(cell, minlength=size) > 0
    for found, expected in zip(run().to_numpy().T, floor(), strict=True):
        if not np.array_equal(found, expected[there]):
            raise SystemExit("Support and its floor disagree.")
    name = f"support and roll-up of {len(tables[0]):,} scores, {len(tables[1]):,} citations"
    return [Case(name, run, floor, "numpy over integer codes, joined already", runs=25)]


def _agreement() -> list[Case]:
    """Alpha of levels with its interval; nothing plain compares with a thousand resamples."""
    found = []
    for units, raters in ((180, 2), (10_000, 4)):
        random = np.random.default_rng(SEED)
        table = np.clip(random.integers(0, 6, (units, 1)) + random.integers(-1, 2, (units, raters)), 0, 5)
        name = f"alpha of {units:,} units by {raters} raters, 1,000 resamples"
        found.append(Case(name, partial(alpha, table, "ordinal", Bootstrap(1_000))))
    return found


def _portfolio(scale: Scale) -> list[Case]:
    """Everything that is judged of many missions over ten years."""
    count = scale.missions * portfolio.Size().scores * portfolio.Size().quarters
    name = f"judge ten years of {scale.missions} missions, {count:,} assessments"
    return [_apart(name, "portfolio", "--missions", scale.missions)]


def _audit(scale: Scale) -> list[Case]:
    """A long audit edition: 1,650 scores are some thousand pages."""
    scores = scale.rows * 1650 // 1_000_000
    return [_apart(f"audit edition of {scores:,} scores", "audit", "--scores", scores)]


def _apart(name: str, module: str, option: str, value: int) -> Case:
    """Return a case that a process of its own measures, its memory too."""
    asked = ["-m", f"benchmarks.{module}", option, str(value)]

    def run() -> Told:
        done = subprocess.run([sys.executable, *asked], check=True, capture_output=True, cwd=ROOT)
        told = json.loads(done.stdout)
        return Told(told["seconds"], told["processor"], told["peak"])

    return Case(name, run, runs=1)


def _render(work: Path, scale: Scale) -> list[Case]:
    """The headquarters edition of the worked example, libraries loaded."""
    import weasyprint

    from measures.report import fonts

    folder, out = work / "example", work / "out"
    shutil.copytree(library.shelf("examples/nmi"), folder, ignore=shutil.ignore_patterns("out", "register.*"))
    mission = measures.open(folder)
    published = mission.report("hq", EXAMPLE_QUARTER, out)  # loads every library and font
    html = published.html.read_text(encoding="utf-8")
    base = library.shelf("templates").resolve().as_uri() + "/"

    def floor() -> bytes:
        with fonts.only_our_fonts():
            page = weasyprint.HTML(string=html, base_url=base)
            pdf: bytes = page.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
            return pdf

    name = f"render hq of {EXAMPLE_QUARTER}, {published.pages} pages"
    against = "bare WeasyPrint, same HTML and fonts"
    return [Case(name, lambda: mission.report("hq", EXAMPLE_QUARTER, out), floor, against, scale.renders)]
