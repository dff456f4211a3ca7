"""Laying a long report out part by part, in several processes, and joining the parts to one PDF.

Layout needs some megabytes a page and gets slower the more it holds, so that a report of a
thousand pages is laid out in parts. The template says where a part begins with a comment,
``<!--part-->``. A link into another part is written as an address that nobody can own; once the
parts are joined it leads to its page.

The processes are plain ones of this interpreter that run this module: they load nothing from the
folder they are started in, and take pages and give PDFs through files.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import Any

from measures.errors import RenderError
from measures.report.joined import ELSEWHERE, join
from measures.report.pdf import Rendered, to_pdf

MARK = "<!--part-->"
ALONE = 60_000
"""Characters of a report that is laid out at once: some ten pages, less than a process costs."""

WORKER = ("-m", "measures.report.parts")
"""What a process of this interpreter is told to run."""

_ID = re.compile(r'<[^>]*?\sid="([^"]*)"')
_LINK = re.compile(r'\shref="#([^"]*)"')
_END = "</body>\n</html>"

Progress = Callable[[str, float], None]


def split(html: str) -> tuple[str, ...]:
    """Return the documents that a page falls into, each with the head of the whole.

    Args:
        html: A page of ours; the whole of it is the only part when it marks none.
    """
    head, *bodies = html.split(MARK)
    if not bodies:
        return (html,)
    bodies[-1] = bodies[-1].removesuffix("\n").removesuffix(_END)
    return tuple(f"{head}{_linked_out(body)}{_END}\n" for body in bodies)


def _linked_out(body: str) -> str:
    """Return a part whose links into other parts are marked as such."""
    own = set(_ID.findall(body))

    def address(match: re.Match[str]) -> str:
        return match[0] if match[1] in own else f' href="{ELSEWHERE}{match[1]}"'

    return _LINK.sub(address, body)


def to_pdf_in_parts(
    html: str,
    *,
    base: Path,
    profile: str,
    workers: int,
    attachments: Mapping[str, bytes] | None = None,
    progress: Progress | None = None,
) -> Rendered:
    """Render a page that marks its parts; as :func:`measures.report.pdf.to_pdf`.

    Args:
        html: What :func:`measures.report.html.render` returned.
        base: Folder of templates.
        profile: One of :data:`measures.report.pdf.PROFILES`.
        workers: How many processes lay out; a short report takes none.
        attachments: Text files embedded in the PDF, by name.
        progress: Told of every part.

    Raises:
        RenderError: As :func:`measures.report.pdf.to_pdf`, or a process ended early.
    """
    documents = split(html)
    if len(documents) == 1:
        return to_pdf(html, base=base, profile=profile, attachments=attachments, progress=progress)
    tell = progress or _silent
    with TemporaryDirectory(prefix="measures-") as folder:
        jobs = [_Job(Path(folder) / f"{number}", text) for number, text in enumerate(documents)]
        jobs[0] = _Job(jobs[0].stem, documents[0], attachments or {})
        made: list[Rendered | None] = [None] * len(jobs)
        for number, rendered in _laid_out(jobs, base, profile, workers if len(html) > ALONE else 0):
            made[number] = rendered
            done = sum(one is not None for one in made)
            tell(f"Part {done} of {len(jobs)}", 0.9 * done / len(jobs))
        tell("Joining the parts", 0.92)
        data = join([job.pdf for job in jobs])
    tell("Written", 1.0)
    return _whole(data, [one for one in made if one is not None])


def _whole(data: bytes, parts: Sequence[Rendered]) -> Rendered:
    page_of: dict[str, int] = {}
    before = 0
    for part in parts:
        for anchor, page in part.page_of.items():
            page_of.setdefault(anchor, before + page)
        before += part.pages
    warnings = tuple(dict.fromkeys(warning for part in parts for warning in part.warnings))
    return Rendered(data, before, warnings, page_of)


def _silent(_what: str, _share: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A part to lay out; its files stand beside each other."""

    stem: Path
    text: str
    attachments: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def html(self) -> Path:
        return self.stem.with_suffix(".html")

    @property
    def pdf(self) -> Path:
        return self.stem.with_suffix(".pdf")


def _laid_out(jobs: Sequence[_Job], base: Path, profile: str, workers: int) -> Iterator[tuple[int, Rendered]]:
    """Yield each part as it is finished; its PDF is on disk, not in memory."""
    if workers < 2:
        for number, job in enumerate(jobs):
            rendered = to_pdf(job.text, base=base, profile=profile, attachments=job.attachments)
            job.pdf.write_bytes(rendered.data)
            yield number, Rendered(b"", rendered.pages, rendered.warnings, rendered.page_of)
        return
    # The longest go first, so that no process is left with one at the end.
    waiting = sorted(range(len(jobs)), key=lambda number: -len(jobs[number].text))
    workers = min(workers, len(jobs))
    idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
    started = [_start() for _ in range(workers)]
    try:
        for process in started:
            idle.put(process)
        with ThreadPoolExecutor(workers) as pool:
            futures = [pool.submit(_ask, idle, jobs, number, base, profile) for number in waiting]
            for future in as_completed(futures):
                yield future.result()
    finally:
        for process in started:
            process.kill()
            process.communicate()


def _start() -> subprocess.Popen[str]:
    command = [sys.executable, "-P", *WORKER]
    return subprocess.Popen(  # noqa: S603 - this interpreter and this module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def _ask(
    idle: SimpleQueue[subprocess.Popen[str]], jobs: Sequence[_Job], number: int, base: Path, profile: str
) -> tuple[int, Rendered]:
    """Have a process lay one part out."""
    process, job = idle.get(), jobs[number]
    job.html.write_text(job.text, encoding="utf-8")
    answer = ""
    if process.stdin is not None and process.stdout is not None:
        order = {
            "html": str(job.html),
            "pdf": str(job.pdf),
            "base": str(base),
            "profile": profile,
            "attachments": {name: content.decode() for name, content in job.attachments.items()},
        }
        try:
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
    idle.put(process)
    if not answer:
        raise RenderError(
            f"A process that lays out part {number} ended before it was done.",
            "Free some memory and make the report again.",
        )
    said: dict[str, Any] = json.loads(answer)
    if "problem" in said:
        raise RenderError(said["problem"], said["remedy"])
    return number, Rendered(b"", said["pages"], tuple(said["warnings"]), said["page_of"])


def _work() -> None:
    """Lay out what is asked for, a line of JSON each, until there is no more."""
    for line in sys.stdin:
        order = json.loads(line)
        html = Path(order["html"]).read_text(encoding="utf-8")
        try:
            carried = {name: text.encode() for name, text in order["attachments"].items()}
            made = to_pdf(html, base=Path(order["base"]), profile=order["profile"], attachments=carried)
        except RenderError as error:
            answer: dict[str, Any] = {"problem": error.message, "remedy": error.remedy}
        else:
            Path(order["pdf"]).write_bytes(made.data)
            answer = {"pages": made.pages, "warnings": made.warnings, "page_of": dict(made.page_of)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _work()
