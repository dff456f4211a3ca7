"""Bundling: a quarter handed over with everything that proves it, up to a ceiling.

What lies above the ceiling is left out before anything is written; see :mod:`measures.workflow.withheld`.
The same register, the same editions and the same key give the same bytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import measures
from measures import canonical, library
from measures.errors import CheckpointError, EditionError, MissionError, RenderError
from measures.finding import Finding, Place, one_of
from measures.register import Entry, Head, Register, archive
from measures.register.bundle import FACTS, FORMAT, LINES
from measures.register.checkpoint import read_checkpoint
from measures.register.holes import with_holes
from measures.register.vault import read as from_vault
from measures.report.edition import read_edition
from measures.workflow.checkpoint import SUFFIX
from measures.workflow.checkpoint import make as make_checkpoint
from measures.workflow.custody import ERASURE, EVIDENCE, items
from measures.workflow.opening import open_register
from measures.workflow.provenance import provenance
from measures.workflow.publish import publish
from measures.workflow.record import Progress, silent
from measures.workflow.recorded import EDITION
from measures.workflow.signing import KEYS, Keyring, recorded_keys
from measures.workflow.withheld import up_to, withheld

if TYPE_CHECKING:
    from measures.workflow.mission import Mission

WITHHELD = "evidence/WITHHELD"
_SHIPPED = ("README.md", "verify.py", "verify.sh")
_BESIDE = ("", ".sig", ".tsr")
"""What may lie beside a published checkpoint: a signature by ``ssh-keygen``, a time stamp."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """A bundle that was made, or what kept it from being made.

    Args:
        path: The folder or ZIP file.
        sha256: SHA-256 of its ``SHA256SUMS``, which stands for all of it; empty when none was made.
        head: How far its register goes.
        ceiling: The highest marking in it.
        editions: The editions in it.
        left_out: Editions left out because their ceiling is higher.
        withheld: How many entries and how many files of evidence are withheld.
        unsigned: Why its checkpoint bears no signature; empty when it does.
        findings: Why it was not made; empty when it was.
    """

    path: Path
    sha256: str
    head: Head
    ceiling: str
    editions: tuple[str, ...]
    left_out: tuple[str, ...]
    withheld: tuple[int, int]
    unsigned: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What goes into a bundle.

    Args:
        shown: The entries that may be seen, in order.
        hidden: Numbers of the others.
        hidden_files: How many files of evidence those took in.
    """

    period: str
    ceiling: str
    editions: tuple[str, ...]
    head: Head
    shown: tuple[Entry, ...]
    hidden: frozenset[int]
    hidden_files: int


def make_bundle(
    mission: Mission,
    period: str,
    out: Path,
    *,
    wanted: tuple[str, Sequence[str]] = ("", ()),
    keyring: Keyring | None = None,
    progress: Progress | None = None,
) -> Bundled:
    """Make a bundle of one quarter.

    Args:
        mission: The mission, as of the head it was opened at.
        period: The quarter whose editions go in; the register goes in whole.
        out: The folder to make, or a file whose name ends in ``.zip``.
        wanted: The ceiling, else the lowest marking of the mission; and the editions, else every
            one whose ceiling is not above it.
        keyring: Where the private keys lie that sign its checkpoint.
        progress: Told how far it is.

    Raises:
        EditionError: The ceiling is no marking, or an edition is unknown or above it.
        PeriodError: The mission has no such quarter.
        MissionError: There is something at ``out`` already, or it cannot be written.
        RegisterError: The register cannot be read, or was altered.
        RenderError: The machine lacks what rendering needs.
    """
    tell = progress or silent
    quarter = str(mission.period(period))
    allowed = up_to(wanted[0], mission.file.markings)
    editions, left_out = _editions(mission, wanted[1], allowed)
    if out.exists():
        raise MissionError(
            f"Expected nothing at {out} yet, found something.", "Name another place with --out."
        )
    tell("Reading the register", 0, 100)
    with open_register(mission.folder, read_only=True) as register:
        upto = mission.recorded.head.size
        entries = tuple(register.entries(upto=upto))
        hidden = withheld(entries, allowed)
        shown = tuple(entry for entry in entries if entry.seq not in hidden)
        files = sum(entry.kind == EVIDENCE and "sha256" in entry.body for entry in entries)
        files -= sum(entry.kind == EVIDENCE and "sha256" in entry.body for entry in shown)
        head = mission.recorded.head
        chosen = _Chosen(quarter, allowed[-1], editions, head, shown, hidden, files)
        return _assembled(mission, register, chosen, out, (left_out, keyring, tell))


def _editions(
    mission: Mission, wanted: Sequence[str], allowed: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the editions that go in, and those left out because they show more."""
    files = library.edition_files(mission.folder)
    names = tuple(dict.fromkeys(wanted or files))
    above = tuple(name for name in names if read_edition(name, files).ceiling not in allowed)
    if wanted and above:
        ceiling = read_edition(above[0], files).ceiling
        raise EditionError(
            f"Expected editions that show nothing above {allowed[-1]}, got {above[0]} ({ceiling}).",
            f"Leave it out, or hand over more: --ceiling {ceiling}.",
        )
    return tuple(name for name in names if name not in above), above


def _assembled(
    mission: Mission,
    register: Register,
    chosen: _Chosen,
    out: Path,
    more: tuple[tuple[str, ...], Keyring | None, Progress],
) -> Bundled:
    """Put the bundle together beside its place, and move it there when it is whole."""
    left_out, keyring, tell = more
    digest, unsigned = "", ""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".bundle-", dir=out.parent) as scratch:
            work = Path(scratch) / "bundle"
            work.mkdir()
            findings = _evidence(mission.folder, chosen, work)
            if not findings:
                claims = _reports(mission, chosen, work, tell)
                tell("Writing the register", 92, 100)
                unsigned = _checkpoints(mission.folder, chosen, keyring, work)
                _register(register, chosen, claims, work)
                _words(mission, chosen, claims, work)
                digest = archive.write_manifest(work)
                _place(work, out, f"{archive.file_name(mission.file.id)}-{chosen.period}-{chosen.ceiling}")
    except OSError as error:
        raise MissionError(
            f"Expected to write {out}, but {error.strerror or 'the system refused'}.",
            "Name a place that you may write to, with --out.",
        ) from error
    tell("Done", 100, 100)
    counts = len(chosen.hidden), chosen.hidden_files
    return Bundled(
        out, digest, chosen.head, chosen.ceiling, chosen.editions, left_out, counts, unsigned, findings
    )


def _place(work: Path, out: Path, top: str) -> None:
    if out.suffix.casefold() == ".zip":
        packed = work.with_name("bundle.zip")
        archive.pack(work, packed, top)
        packed.chmod(0o644)
        packed.rename(out)
    else:
        work.chmod(0o755)
        work.rename(out)


def _write(work: Path, name: str, content: bytes) -> None:
    path = work / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def _evidence(folder: Path, chosen: _Chosen, work: Path) -> tuple[Finding, ...]:
    """Copy the files of the entries shown; return why one cannot go in, if that is so."""
    findings = []
    for item in items(entry for entry in chosen.shown if entry.kind in {EVIDENCE, ERASURE}):
        if item.erased:
            continue
        found = from_vault(folder / EVIDENCE, item.sha256, item.name, Place(f"entry {item.entry}"))
        if isinstance(found, Finding):
            findings.append(found)
            continue
        suffix = PurePosixPath(item.name).suffix.casefold()
        plain = suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) < 9
        _write(work, f"evidence/{item.sha256}{suffix if plain else ''}", found)
    if chosen.hidden_files:
        _write(work, WITHHELD, b"withheld\n" * chosen.hidden_files)
    return tuple(findings)


def _reports(mission: Mission, chosen: _Chosen, work: Path, tell: Progress) -> dict[str, dict[str, Any]]:
    """Render every edition; return what each claims by the name of its files."""
    claims = {}
    for number, edition in enumerate(chosen.editions):
        share = 85 / len(chosen.editions)

        def step(
            what: str, done: int, total: int, at: float = 5 + number * share, share: float = share
        ) -> None:
            tell(what, int(at + share * done / (total or 100)), 100)

        made = publish(mission, edition, chosen.period, work / "reports", progress=step)
        claims[made.pdf.stem] = canonical.decode(made.claims.read_bytes())
    for path in sorted((work / "reports").glob(f"*{SUFFIX}*")):
        (work / "checkpoints").mkdir(exist_ok=True)
        path.rename(work / "checkpoints" / path.name)
    return claims


def _checkpoints(folder: Path, chosen: _Chosen, keyring: Keyring | None, work: Path) -> str:
    """Write checkpoints and public keys; return why the newest is not signed."""
    made = make_checkpoint(folder, keyring, chosen.head.size)
    _write(work, f"checkpoints/register{SUFFIX}", str(made.checkpoint).encode())
    origin = made.checkpoint.origin
    for entry in chosen.shown:
        text = entry.body.get("checkpoint") if entry.kind == EDITION else None
        if isinstance(text, str) and text:
            _write(work, f"checkpoints/entry-{entry.seq}{SUFFIX}", text.encode())
            _copy_beside(folder, text, work / "checkpoints" / f"entry-{entry.seq}{SUFFIX}")
    with open_register(folder, read_only=True) as register:
        for record in recorded_keys(register, chosen.head.size):
            if record.public.name == origin:
                vkey = f"{record.public.vkey}\n".encode()
                _write(work, f"{KEYS}/{record.public.id.hex()}.vkey", vkey)
    for name in ("allowed_signers", "tsa.pem"):
        path = folder / KEYS / name
        if path.is_file() and not path.is_symlink():
            _write(work, f"{KEYS}/{name}", path.read_bytes())
    return made.unsigned


def _copy_beside(folder: Path, text: str, target: Path) -> None:
    """Copy what was made over the published file of a checkpoint: other people's signatures on it."""
    for path in sorted((folder / "out").glob(f"*{SUFFIX}")):
        if path.read_bytes() != text.encode():
            continue
        for suffix in _BESIDE[1:]:
            beside = path.with_name(path.name + suffix)
            if beside.is_file() and not beside.is_symlink():
                target.with_name(target.name + suffix).write_bytes(beside.read_bytes())


def _register(
    register: Register, chosen: _Chosen, claims: Mapping[str, Mapping[str, Any]], work: Path
) -> None:
    """Write the lines of the register, with holes, so that every head in the bundle comes out."""
    heads = {Head.parse(str(said["head"])).size for said in claims.values()}
    for path in (work / "checkpoints").glob(f"*{SUFFIX}"):
        try:
            heads.add(read_checkpoint(path.read_bytes()).size)
        except CheckpointError:
            path.unlink()
    with (work / LINES).open("wb") as file:
        for line in with_holes(register.lines(chosen.head.size), chosen.hidden, heads):
            file.write(line + b"\n")
    for entry in chosen.shown:
        if entry.kind == "rubric":
            content = canonical.encode(dict(entry.body)) + b"\n"
            _write(work, f"rubrics/{archive.file_name(entry.ref)}.json", content)


def _words(mission: Mission, chosen: _Chosen, claims: Mapping[str, Mapping[str, Any]], work: Path) -> None:
    """Write what the bundle says of itself, where everything came from, and how to check it."""
    facts = {
        "format": FORMAT,
        "mission": mission.file.id,
        "period": chosen.period,
        "ceiling": chosen.ceiling,
        "head": str(chosen.head),
        "editions": list(chosen.editions),
        "withheld": {"entries": len(chosen.hidden), "files": chosen.hidden_files},
        "software": f"measures {measures.__version__}",
    }
    _write(work, FACTS, canonical.encode(facts) + b"\n")
    _write(work, "prov.json", canonical.encode(provenance(mission.file.id, chosen.shown, claims)) + b"\n")
    published = {entry.ref.partition("@")[0] for entry in chosen.shown if entry.kind == EDITION}
    for edition, path in library.edition_files(mission.folder).items():
        if edition in published | set(chosen.editions):
            _write(work, f"editions/{edition}.yaml", path.read_bytes())
    for name, content in shipped():
        _write(work, name, content)


def shipped() -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the files that are the same in every bundle.

    Raises:
        RenderError: The installation lacks them.
    """
    folder = library.shelf("templates") / "bundle"
    for name in _SHIPPED:
        path = folder / name
        if not path.is_file():
            raise RenderError(f"Expected {one_of(_SHIPPED)} of a bundle, found no {name}.", "Install again.")
        yield name, path.read_bytes()
