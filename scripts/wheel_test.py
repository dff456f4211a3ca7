"""Prove that the wheel is enough: install it where no source is, and run the demonstration.

The wheel is built through the source distribution, so that one is proved as well. The new
environment holds the run-time part of the pins and nothing else. A watch ends any of its processes
that opens a file of the checkout.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
import zipfile
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "requirements-dev.txt"

WATCH = """
import os
import sys

CHECKOUT = {checkout!r}
EVENTS = {{"open", "os.listdir", "os.scandir", "sqlite3.connect"}}


def watch(event, args):
    if event in EVENTS and isinstance(args[0], (str, bytes, os.PathLike)):
        path = os.path.abspath(os.fsdecode(args[0]))
        if path == CHECKOUT or path.startswith(CHECKOUT + os.sep):
            os.write(2, f"the installed package opened {{path}}\\n".encode())
            os._exit(70)


sys.addaudithook(watch)
"""


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run a command and return what it printed.

    Raises:
        SystemExit: It failed; its output is printed.
    """
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        shown = " ".join(str(part) for part in command)
        raise SystemExit(f"wheel test: exit {done.returncode} of {shown}\n{done.stdout}{done.stderr}")
    return done.stdout


def build(folder: Path) -> Path:
    """Build the source distribution and, from it, the wheel; return the wheel."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def run_time_names(wheel: Path) -> set[str]:
    """Return the names of all that the wheel needs, directly or not, as this environment has it."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        declared = metadata.PathDistribution(zipfile.Path(archive, name.removesuffix("METADATA"))).requires
    waiting = [(Requirement(text), "") for text in declared or []]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        for wanted in {"", *requirement.extras}:
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                waiting += [(Requirement(text), wanted) for text in metadata.requires(name) or []]
    return {name for name, _ in seen}


def pinned(names: set[str]) -> str:
    """Return the part of the pins that speaks of these names, hashes included."""
    text = PINS.read_text(encoding="utf-8")
    blocks = {match[1]: match[0] for match in re.finditer(r"^(\S+)==(?:.*\\\n)+.*\n", text, re.MULTILINE)}
    missing = names - set(blocks)
    if missing:
        raise SystemExit(f"wheel test: not in {PINS.name}: {', '.join(sorted(missing))}")
    return "".join(blocks[name] for name in sorted(names))


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel and its pinned run-time set in a new environment; return its ``bin``."""
    venv = folder / "venv"
    run(sys.executable, "-m", "venv", venv, cwd=folder)
    pins = folder / "pins.txt"
    pins.write_text(pinned(run_time_names(wheel)), encoding="utf-8")
    pip = (venv / "bin" / "python", "-m", "pip", "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--require-hashes", "--requirement", pins, cwd=folder)
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    run(*pip, "check", cwd=folder)
    (site,) = venv.glob("lib/python*/site-packages")
    (site / "checkout_watch.py").write_text(WATCH.format(checkout=str(ROOT)), encoding="utf-8")
    (site / "checkout_watch.pth").write_text("import checkout_watch\n", encoding="utf-8")
    return venv / "bin"


def try_out(binaries: Path, folder: Path) -> list[Path]:
    """Run the installed command far from the sources; return the PDFs it made."""
    away = folder / "away"
    away.mkdir()
    env = {"PATH": f"{binaries}:/usr/bin:/bin", "HOME": str(away), "LANG": "C.UTF-8"}
    where = run(
        binaries / "python", "-c", "import measures; print(measures.__file__)", cwd=away, env=env
    ).strip()
    if not Path(where).is_relative_to(binaries.parent):
        raise SystemExit(f"wheel test: measures was imported from {where}")
    print("wheel test:", run(binaries / "measures", "--version", cwd=away, env=env).strip())
    run(binaries / "measures", "demo", "--out", away / "out", cwd=away, env=env)
    pdfs = sorted((away / "out").rglob("*.pdf"))
    if not pdfs or any(not pdf.read_bytes().startswith(b"%PDF-") for pdf in pdfs):
        raise SystemExit(f"wheel test: expected PDFs in {away / 'out'}, got {[pdf.name for pdf in pdfs]}")
    return pdfs


def main() -> None:
    """Build, install, try out, and say what was found."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="measures-wheel-") as name:
        folder = Path(name).resolve()
        wheel = build(folder)
        print(f"wheel test: built {wheel.name}, {wheel.stat().st_size // 1024} KiB")
        pdfs = try_out(install(wheel, folder), folder)
        shown = ", ".join(f"{pdf.name} ({pdf.stat().st_size // 1024} KiB)" for pdf in pdfs)
    print(f"wheel test: passed in {time.monotonic() - started:.0f} s; the demonstration made {shown}")


if __name__ == "__main__":
    main()
