"""The checkpoints: those given, those beside the reports, and those that editions printed.

Each must be of this register, must cover entries that are still the same, and must carry signatures
that hold. What nobody can check here, for want of a key or a program, is said and not counted as sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from measures.errors import CheckpointError, MeasuresError
from measures.finding import Finding, Place, find
from measures.register import Register, merkle
from measures.register.checkpoint import Checkpoint, origin_of, read_checkpoint
from measures.register.keys import holds
from measures.register.note import PublicKey
from measures.register.witness import Witnessed, signed_by, stamped
from measures.workflow.checkpoint import SUFFIX, counted, read_bounded
from measures.workflow.recorded import EDITION
from measures.workflow.signing import KEYS, KeyRecord, public_keys, read_public, recorded_keys
from measures.workflow.verification.ground import Ground, Looked


@dataclass(frozen=True, slots=True)
class _Held:
    """A checkpoint and where it was found; ``path`` is missing for those in the register itself."""

    source: str
    place: Place
    found: Checkpoint
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys that signatures are checked with.

    Args:
        known: Each key with where it comes from; a file, or empty when an entry records it.
        records: What the register says of them.
        given: Whether they were handed over by whoever verifies, and no others count.
    """

    known: Mapping[PublicKey, str]
    records: Mapping[PublicKey, KeyRecord]
    given: bool


def checkpoints(ground: Ground) -> Looked:
    """Return what holding the register against checkpoints found."""
    findings: list[Finding] = []
    at: list[str] = []
    held = list(_files(ground, findings))
    try:
        with ground.register() as register:
            held += _printed(ground, register, {one.found.note.text for one in held})
            expected = _origin(register)
            keys = _keys(ground, register, findings)
            sizes = {one.found.size for one in held if one.found.size <= ground.head.size}
            roots = _roots(ground, register, sizes)
    except (
        MeasuresError
    ):  # the entries cannot be read; what is wrong with them is reported by their own check
        return Looked((), tuple(findings))
    sound = max((one.found.size for one in held if roots.get(one.found.size) == one.found.root), default=0)
    for one in held:
        wrong = list(_extends(one, ground, expected, roots, sound))
        signed, who = _signatures(one, keys)
        findings += (*wrong, *signed)
        if not wrong:
            at.append(f"checkpoint of {one.found.size} entries in {one.source}, {who}")
        findings += _witnesses(one, ground.folder, at)
    return Looked(tuple(at), tuple(findings))


def _files(ground: Ground, findings: list[Finding]) -> Iterator[_Held]:
    """Yield the checkpoints in files, those given first; a file counts once."""
    out = ground.folder / "out"
    paths = [*ground.checkpoints, *(sorted(out.glob(f"*{SUFFIX}")) if out.is_dir() else ())]
    for path in {path.resolve(): path for path in reversed(paths)}.values():
        place = Place(str(path))
        try:
            yield _Held(path.name, place, read_checkpoint(read_bounded(path)), path)
        except CheckpointError as error:
            findings.append(find("V030", place, problem=error.message))
        except OSError as error:
            problem = f"Expected a checkpoint, but {error.strerror or 'the system refused'}."
            findings.append(find("V030", place, problem=problem))


def _printed(ground: Ground, register: Register, known: set[str]) -> Iterator[_Held]:
    """Yield the checkpoints that editions noted, but for those that a file holds as well."""
    for entry in register.entries(kinds=[EDITION]):
        text = entry.body.get("checkpoint")
        if isinstance(text, str):
            try:
                found = read_checkpoint(text.encode())
            except CheckpointError:
                continue
            if found.note.text not in known:
                known.add(found.note.text)
                yield _Held(f"the edition of entry {entry.seq}", ground.place(entry.seq), found)


def _origin(register: Register) -> str:
    mission = [str(entry.body.get("id", "")) for entry in register.entries(kinds=["mission"])]
    return origin_of(mission[-1] if mission else "")


def _keys(ground: Ground, register: Register, findings: list[Finding]) -> _Keys:
    records = {record.public: record for record in recorded_keys(register)}
    known: dict[PublicKey, str] = {}
    files: Iterable[tuple[str, PublicKey | CheckpointError]] = (
        [(str(path), read_public(path)) for path in ground.vkeys]
        if ground.vkeys
        else public_keys(ground.folder)
    )
    for name, key in files:
        if isinstance(key, CheckpointError):
            findings.append(find("V039", Place(name), problem=key.message))
        else:
            known[key] = name
    if not ground.vkeys:
        known |= dict.fromkeys(records, "")
    return _Keys(known, records, bool(ground.vkeys))


def _roots(ground: Ground, register: Register, sizes: set[int]) -> dict[int, bytes]:
    """Return the roots at these sizes; bytes that are none, in a table made anew, count as empty."""
    lines = cast(Iterable[object], counted(register, max(sizes), ground.tell) if sizes else ())
    return merkle.roots((line if isinstance(line, bytes) else b"" for line in lines), sizes)


def _extends(
    one: _Held, ground: Ground, expected: str, roots: Mapping[int, bytes], sound: int
) -> Iterator[Finding]:
    """Say what is wrong between the register and a checkpoint."""
    found, size = one.found, ground.head.size
    alone = " The chain alone does not show it." if ground.found.sound else ""
    told = {"source": one.source, "covered": found.size, "alone": alone}
    if found.origin != expected:
        yield find("V031", one.place, expected=expected, found=found.origin)
    elif found.size > size:
        yield find("V032", one.place, size=size, first=size + 1, **told)
    elif roots.get(found.size) != found.root:
        first = sound + 1 if sound < found.size else 1
        yield find("V033", one.place, first=first, **told)


def _signatures(one: _Held, keys: _Keys) -> tuple[list[Finding], str]:
    """Return what is wrong with the signatures on a checkpoint, and who signed it in words."""
    findings: list[Finding] = []
    who: list[str] = []
    for line in one.found.signatures:
        key = next((key for key in keys.known if line.by(key)), None)
        told = {"source": one.source, "name": line.name, "key": line.key_id.hex()}
        if key is None:
            findings.append(find("V035", one.place, **told))
        elif not holds(one.found.note, line, key):
            findings.append(find("V034", one.place, **told))
        else:
            who.append(f"signed by {line.name} with key {line.key_id.hex()}")
            findings += _in_time(one, key, keys)
    covering = [record for record in keys.records.values() if record.covers(one.found.size)]
    if not one.found.signatures and one.path is not None and covering:
        key_id = covering[-1].public.id.hex()
        findings.append(find("V037", one.place, source=one.source, key=key_id))
    nobody = "signed by nobody known" if one.found.signatures else "not signed"
    return findings, ", ".join(who) or nobody


def _in_time(one: _Held, key: PublicKey, keys: _Keys) -> Iterator[Finding]:
    record, told = keys.records.get(key), {"source": one.source, "key": key.id.hex()}
    if record is None:
        if not keys.given:
            yield find("V038", one.place, file=keys.known[key], **told)
    elif not record.covers(one.found.size):
        span = f"from entry {record.since} on" + (f", to entry {record.until}" if record.until else "")
        yield find("V036", one.place, covered=one.found.size, span=span, **told)


def _witnesses(one: _Held, folder: Path, at: list[str]) -> Iterator[Finding]:
    """Check the signature by ssh-keygen and the time stamp that lie beside a checkpoint."""
    if one.path is None:
        return
    for suffix, needed, look, code, what in (
        (".sig", "allowed_signers", signed_by, "V040", "signed with ssh-keygen by"),
        (".tsr", "tsa.pem", stamped, "V042", "time-stamped"),
    ):
        beside = one.path.with_name(one.path.name + suffix)
        trusted = folder / KEYS / needed
        place = Place(str(beside))
        if not beside.is_file():
            continue
        if not trusted.is_file():
            yield find("V043", place, needed=f"{KEYS}/{needed}")
            continue
        said: Witnessed = look(one.path, beside, trusted)
        if said.missing:
            yield find("V041", place, program=said.missing)
        elif said.problem:
            yield find(code, place, source=one.source, problem=said.problem)
        else:
            at.append(f"{one.source}, {what} {said.who}")
