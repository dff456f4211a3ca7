"""Opening a bundle: checked as a stranger's, then laid out as a mission folder that is only read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from measures import canonical
from measures.errors import MissionError
from measures.finding import Place, errors_in, find
from measures.register import GENESIS_HEAD, Register, Sealed, archive
from measures.register.bundle import FACTS, LINES, Checked, check_bundle
from measures.register.chain import read
from measures.register.vault import stored_at
from measures.workflow.custody import EVIDENCE
from measures.workflow.opening import REGISTER_FILE
from measures.workflow.record import Progress, silent

_COPIED = (("reports", "out"), ("checkpoints", "out"), ("keys", "keys"), ("editions", "reports"))
"""Folders of a bundle, and where a mission folder has what is in them."""


def check(source: Path, progress: Progress | None = None) -> Checked:
    """Check a bundle, unpacked or as a ZIP file.

    Args:
        source: The folder or the file.
        progress: Told how far it is.
    """
    with _unpacked(source, progress or silent) as (_, checked):
        return checked


def open_bundle(source: Path, out: Path, progress: Progress | None = None) -> Checked:
    """Lay a bundle out as a mission folder at ``out``, if it is sound and nothing is withheld.

    ``measures verify``, ``trace``, ``status`` and ``report --head`` work on it; nothing can be
    recorded in it. Nothing is written when the bundle is not sound.

    Args:
        source: The folder or the ZIP file.
        out: The folder to make.
        progress: Told how far it is.

    Raises:
        MissionError: There is something at ``out`` already, it cannot be written, or entries are
            withheld, so that the register cannot be made again.
    """
    tell = progress or silent
    if out.exists():
        raise MissionError(
            f"Expected nothing at {out} yet, found something.", "Name another folder with --out."
        )
    with _unpacked(source, tell) as (folder, checked):
        if errors_in(checked.findings):
            return checked
        if checked.withheld:
            raise MissionError(
                f"Expected every entry, to make the register again; "
                f"{checked.withheld} of {checked.head.size} are withheld from this bundle.",
                f"What it holds is sound and can be read as it is: {LINES} and reports/. "
                "Tracing and reporting take the whole register: ask for a bundle with a higher ceiling.",
            )
        try:
            _lay_out(folder, out, tell)
        except OSError as error:
            raise MissionError(
                f"Expected to write {out}, but {error.strerror or 'the system refused'}.",
                "Name a folder that you may write to, with --out.",
            ) from error
        return checked


@contextmanager
def _unpacked(source: Path, tell: Progress) -> Iterator[tuple[Path, Checked]]:
    """Give the folder that a bundle lies in while it is looked at, and what checking it found."""

    def lines(done: int) -> None:
        tell("Following the register", done, 0)

    if source.is_dir():
        yield source, check_bundle(source, lines)
        return
    with tempfile.TemporaryDirectory(prefix="measures-bundle-") as scratch:
        folder = Path(scratch)
        tell("Unpacking", 0, 0)
        findings = (
            archive.unpack(source, folder)
            if source.is_file()
            else [find("B001", Place(source.name), what="nothing")]
        )
        if findings:
            yield folder, Checked(None, GENESIS_HEAD, 0, tuple(findings), ())
            return
        checked = check_bundle(folder, lines)
        yield folder, _named(checked, folder.name, source.name)


def _named(checked: Checked, scratch: str, name: str) -> Checked:
    """Return findings placed at the file that was given, not at the folder it was unpacked in."""
    findings = (
        replace(found, place=Place(name)) if found.place.file == scratch else found
        for found in checked.findings
    )
    return replace(checked, findings=tuple(findings))


def _lay_out(folder: Path, out: Path, tell: Callable[[str, int, int], None]) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bundle-", dir=out.parent) as scratch:
        work = Path(scratch) / "view"
        work.mkdir()
        tell("Making the register again", 0, 0)
        with Register.open(work / REGISTER_FILE, create=True) as register:
            register.take_over(tuple(_sealed(folder / LINES)), expect=GENESIS_HEAD)
        for path in (folder / "evidence").glob("*"):
            target = work / EVIDENCE / stored_at(path.name[:64])
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            target.chmod(0o444)
        for name, into in _COPIED:
            for path in (folder / name).glob("*"):
                (work / into).mkdir(exist_ok=True)
                shutil.copyfile(path, work / into / path.name)
        shutil.copyfile(folder / FACTS, work / FACTS)
        work.chmod(0o755)
        work.rename(out)


def _sealed(path: Path) -> Iterator[Sealed]:
    with path.open("rb") as file:
        for line in file:
            content = line[:-1]
            entry = read(content)
            yield Sealed(entry.seq, canonical.sha256(content), entry.kind, entry.ref, entry.period, content)
