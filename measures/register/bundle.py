"""A bundle as it was handed over: is it whole, of one piece, and what its checkpoints say?

Nothing here trusts the bundle. Every file must be listed, every listed file must be there and
unaltered; the lines of the register must follow each other, with holes where entries are
withheld, and lead to the roots of the checkpoints; files of evidence, rubrics and reports must be
those that the entries speak of. Whatever is wrong is a finding; no bundle, however made, raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from measures import canonical
from measures.errors import CanonicalError, CheckpointError, RegisterError
from measures.finding import Finding, Place, find, in_order
from measures.register.archive import MANIFEST, file_name, files_in, read_manifest, sha256_of
from measures.register.chain import GENESIS_HEAD, Head, Line
from measures.register.checkpoint import Checkpoint, read_checkpoint
from measures.register.holes import Trail
from measures.register.keys import holds
from measures.register.note import PublicKey, read_vkey

FACTS = "bundle.json"
LINES = "register.jsonl"
FORMAT = 1
MOST_LINE = 64 * 1024**2
_MOST_TEXT = 64 * 1024**2
_FORMS = {
    MANIFEST: "SHA-256 and name of each file, in the order of the names",
    FACTS: "what a bundle says of itself, in a format that this version reads",
    LINES: "a line for each entry, each ended by a line feed",
    "checkpoints": "a checkpoint",
    "keys": "a public key",
    "reports": "the claims of a report",
}


class Withheld(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How much of the register lies above the ceiling."""

    entries: int
    files: int


class Facts(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a bundle says of itself."""

    format: int
    mission: str
    period: str
    ceiling: str
    head: str
    editions: list[str]
    withheld: Withheld
    software: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a bundle found.

    Args:
        facts: What it says of itself; ``None`` when that cannot be read.
        head: How far its register goes; the digest is empty when it ends in a hole.
        withheld: How many entries are withheld.
        findings: What is wrong, hints and warnings among it.
        checked: What was looked at, a line each.
    """

    facts: Facts | None
    head: Head
    withheld: int
    findings: tuple[Finding, ...]
    checked: tuple[str, ...]


@dataclass
class _Read:
    """A bundle while it is read."""

    files: Mapping[str, Path]
    digests: Mapping[str, str]
    findings: list[Finding]
    checkpoints: dict[str, Checkpoint] = field(default_factory=dict)
    keys: list[PublicKey] = field(default_factory=list)
    claims: dict[str, tuple[Head, Mapping[str, Any]]] = field(default_factory=dict)
    facts: Facts | None = None

    def note(self, code: str, at: str, /, **fields: object) -> None:
        self.findings.append(find(code, Place(at), **fields))

    def misshapen(self, name: str) -> None:
        form = _FORMS.get(name) or _FORMS[name.partition("/")[0]]
        self.note("B007", name, name=name, what=form)

    def below(self, folder: str, suffix: str = "") -> list[str]:
        return [name for name in self.files if name.startswith(f"{folder}/") and name.endswith(suffix)]

    def content(self, name: str) -> bytes:
        with self.files[name].open("rb") as file:
            return file.read(_MOST_TEXT)


def check_bundle(folder: Path, progress: Callable[[int], None] | None = None) -> Checked:
    """Check a bundle that lies unpacked in ``folder``.

    Args:
        folder: The folder that holds ``SHA256SUMS``.
        progress: Told the number of the line just checked.
    """
    try:
        if not (folder / MANIFEST).is_file():
            return _nothing(folder, "none there")
        files, findings = files_in(folder)
        if findings:
            return Checked(None, GENESIS_HEAD, 0, tuple(findings), ())
        return _check(_Read(files, {name: sha256_of(path) for name, path in files.items()}, []), progress)
    except OSError as error:
        return _nothing(folder, f"one that cannot be read ({error.strerror or 'the system refused'})")


def _nothing(folder: Path, what: str) -> Checked:
    return Checked(None, GENESIS_HEAD, 0, (find("B001", Place(folder.name or str(folder)), what=what),), ())


def _check(read: _Read, progress: Callable[[int], None] | None) -> Checked:
    _listed(read)
    _facts(read)
    _checkpoints(read)
    _claims(read)
    marks = {found.size for found in read.checkpoints.values()} | {
        head.size for head, _ in read.claims.values()
    }
    trail = Trail(LINES, marks)
    entries = _Entries(read)
    for number, line in enumerate(_lines(read), start=1):
        entry = trail.add(line)
        if entry is not None:
            entries.see(entry)
        if progress is not None and not number % 500:
            progress(number)
    read.findings += trail.findings
    _anchored(read, trail)
    entries.compare()
    _says(read, trail)
    signed = _signatures(read)
    checked = (
        f"{len(read.digests) - 1} files as {MANIFEST} lists them",
        f"digest, form and order of {trail.head.size} lines, {trail.withheld} of them holes",
        *(f"root of {found.size} entries according to {name}" for name, found in read.checkpoints.items()),
        *signed,
        *(f"head and files of {name}" for name in read.claims),
        f"{entries.evidence} evidence files and {entries.rubrics} rubrics as recorded",
    )
    return Checked(read.facts, trail.head, trail.withheld, in_order(read.findings), checked)


def _listed(read: _Read) -> None:
    listed = read_manifest(read.content(MANIFEST))
    if listed is None:
        read.misshapen(MANIFEST)
        return
    for name in listed.keys() - read.digests.keys():
        read.note("B004", MANIFEST, name=name)
    for name, digest in read.digests.items():
        if name == MANIFEST:
            continue
        if name not in listed:
            read.note("B005", name, name=name)
        elif listed[name] != digest:
            read.note("B006", name, name=name, found=digest, expected=listed[name])


def _facts(read: _Read) -> None:
    content = read.content(FACTS) if FACTS in read.files else b""
    try:
        facts = msgspec.json.decode(content, type=Facts)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        facts = None
    if facts is not None and facts.format == FORMAT:
        read.facts = facts
    else:
        read.misshapen(FACTS)


def _checkpoints(read: _Read) -> None:
    for name in read.below("checkpoints", ".checkpoint"):
        try:
            read.checkpoints[name] = read_checkpoint(read.content(name))
        except CheckpointError:
            read.misshapen(name)
    for name in read.below("keys", ".vkey"):
        try:
            read.keys.append(read_vkey(read.content(name).decode().removesuffix("\n")))
        except (CheckpointError, UnicodeDecodeError):
            read.misshapen(name)


def _claims(read: _Read) -> None:
    for name in read.below("reports", ".claims.json"):
        try:
            said = canonical.decode(read.content(name))
            read.claims[name] = Head.parse(said["head"]), said
        except (CanonicalError, RegisterError, KeyError, TypeError):
            read.misshapen(name)


def _lines(read: _Read) -> Iterator[bytes]:
    if LINES not in read.files:
        read.misshapen(LINES)
        return
    with read.files[LINES].open("rb") as file:
        while line := file.readline(MOST_LINE):
            if not line.endswith(b"\n"):
                read.misshapen(LINES)
                return
            yield line[:-1]


def _anchored(read: _Read, trail: Trail) -> None:
    """Hold the register against checkpoints and against the heads that reports were made from."""
    for name, made in read.checkpoints.items():
        root = trail.root if made.size == trail.head.size else trail.roots.get(made.size, b"")
        if root != made.root:
            found = root.hex() if root else "none"
            read.note("B010", name, name=name, size=made.size, found=found, expected=made.root.hex())
    for name, (head, said) in read.claims.items():
        digest = trail.digests.get(head.size, "none")
        if digest != head.digest:
            read.note("B011", name, name=name, expected=str(head), found=digest or "a hole")
        stem = name.removesuffix(".claims.json")
        for suffix, key in ((".html", "html_sha256"), (".pdf", "pdf_sha256")):
            if read.digests.get(stem + suffix) != said.get(key):
                read.note(
                    "B014", name, said=f"{stem}{suffix} has SHA-256 {said.get(key)}", found="another file"
                )


class _Entries:
    """Holds what the entries recorded against the files of the bundle."""

    def __init__(self, read: _Read) -> None:
        self._read = read
        self._recorded: dict[str, int] = {}
        self._erased: set[str] = set()
        self.evidence = 0
        self.rubrics = 0

    def see(self, entry: Line) -> None:
        """Take note of an entry that is shown."""
        sha256 = entry.body.get("sha256")
        if entry.kind == "evidence" and isinstance(sha256, str):
            self._recorded.setdefault(sha256, entry.seq)
        elif entry.kind == "erasure":
            self._erased.add(entry.ref)
        elif entry.kind == "rubric":
            self._rubric(entry)

    def _rubric(self, entry: Line) -> None:
        name = f"rubrics/{file_name(entry.ref)}.json"
        self.rubrics += 1
        try:
            digest = canonical.sha256(canonical.encode(entry.body) + b"\n")
        except CanonicalError:
            digest = ""
        if self._read.digests.get(name) != digest:
            self._read.note("B012", name, name=name, seq=entry.seq)

    def compare(self) -> None:
        """Report files that were exchanged, added or left out."""
        held = {name.partition("/")[2].partition(".")[0]: name for name in self._read.below("evidence")}
        held.pop("WITHHELD", None)
        for sha256, name in held.items():
            if sha256 not in self._recorded:
                self._read.note("B013", name, name=name)
            elif self._read.digests[name] != sha256:
                self._read.note("B012", name, name=name, seq=self._recorded[sha256])
        for sha256, seq in self._recorded.items():
            if sha256 not in held and sha256 not in self._erased:
                self._read.note("B016", LINES, seq=seq)
        self.evidence = len(held)


def _says(read: _Read, trail: Trail) -> None:
    facts = read.facts
    if facts is None:
        return
    if facts.head != str(trail.head):
        read.note("B014", FACTS, said=f"head {facts.head}", found=f"head {trail.head}")
    if facts.withheld.entries != trail.withheld:
        said = f"{facts.withheld.entries} entries withheld"
        read.note("B014", FACTS, said=said, found=f"{trail.withheld} holes")
    if trail.withheld:
        read.note("B015", LINES, withheld=trail.withheld, size=trail.head.size)


def _signatures(read: _Read) -> list[str]:
    """Check every signature on a checkpoint; return a line for each that holds."""
    told = []
    for name, made in read.checkpoints.items():
        for signature in made.signatures:
            key = next((found for found in read.keys if signature.by(found)), None)
            if key is None:
                read.note("B018", name, name=name, key=signature.name)
            elif holds(made.note, signature, key):
                told.append(f"signature of {key.vkey} on {name}")
            else:
                read.note("B017", name, name=name, key=signature.name)
    if read.checkpoints and not any(made.signatures for made in read.checkpoints.values()):
        read.note("B019", "checkpoints")
    return told
