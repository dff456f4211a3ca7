"""The keys that sign checkpoints: entries say which was in use when, a file keeps the private half.

The private key never enters the mission folder. An entry of kind ``key`` records each public key that
was put in use or retired, and ``keys/<id>.vkey`` holds it as a line of text for whoever checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from measures.errors import CheckpointError, MeasuresError, MissionError
from measures.register import Draft, Register
from measures.register.checkpoint import origin_of
from measures.register.keys import SigningKey, keep, new_key, read_key
from measures.register.note import PublicKey, read_vkey
from measures.workflow.files import write_whole
from measures.workflow.opening import open_register
from measures.workflow.record import recorder
from measures.workflow.recorded import read_recorded

KEY = "key"
"""Kind of the entries that say which key is in use."""

KEYS = "keys"
"""The folder beside mission.yaml that holds public keys."""

IN_USE, RETIRED = "in use", "retired"


@dataclass(frozen=True, slots=True)
class Keyring:
    """Where the private keys of whoever runs the command lie.

    Args:
        folder: The folder that keeps keys under their own names.
        file: The file of the one key that is meant, instead.
    """

    folder: Path
    file: Path | None = None

    def path(self, key: PublicKey) -> Path:
        """Return where a private key lies, or would."""
        return self.file or self.folder / f"{key.name.replace('/', '-')}-{key.id.hex()}.key"

    def at_hand(self, key: PublicKey) -> SigningKey | None:
        """Return the private half of ``key``; ``None`` when no file was named and none is there.

        Raises:
            CheckpointError: The file named is not of that key, or cannot be read.
        """
        path = self.path(key)
        if self.file is None and not path.exists():
            return None
        found = read_key(path, key.name)
        if found.public != key:
            raise CheckpointError(
                f"Expected key {key.id.hex()}, which is in use, at {path}, got {found.public.id.hex()}.",
                "Name the file of the key in use, or put the new one in use: measures key new.",
            )
        return found


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A public key as the register knows it.

    Args:
        public: The key.
        since: The entry that put it in use.
        at: When that was.
        until: The entry that retired it; 0 while it is in use.
        ended: When that was.
        reason: Why it was retired.
    """

    public: PublicKey
    since: int
    at: str
    until: int = 0
    ended: str = ""
    reason: str = ""

    def covers(self, size: int) -> bool:
        """Say whether it was in use when the register had ``size`` entries."""
        return self.since <= size and not 0 < self.until <= size


def recorded_keys(register: Register, upto: int | None = None) -> tuple[KeyRecord, ...]:
    """Return every key that the register records, oldest first; entries of another form are left out."""
    found: dict[str, KeyRecord] = {}
    for entry in register.entries(upto=upto, kinds=[KEY]):
        state, text = entry.body.get("state"), str(entry.body.get("vkey"))
        known = found.get(text)
        if state == IN_USE and known is None:
            try:
                found[text] = KeyRecord(read_vkey(text), entry.seq, entry.at)
            except CheckpointError:
                continue
        elif state == RETIRED and known is not None and not known.until:
            reason = str(entry.body.get("reason", ""))
            found[text] = replace(known, until=entry.seq, ended=entry.at, reason=reason)
    return tuple(found.values())


def in_use(records: Sequence[KeyRecord]) -> KeyRecord | None:
    """Return the key in use now, the one put in use last."""
    return next((record for record in reversed(records) if not record.until), None)


def keys_of(folder: Path) -> tuple[KeyRecord, ...]:
    """Return every key that the register of a mission records; as :func:`recorded_keys`."""
    with open_register(folder, read_only=True) as register:
        return recorded_keys(register)


@dataclass(frozen=True, slots=True)
class Changed:
    """What putting a key in use or retiring one did.

    Args:
        new: The key put in use.
        retired: The key retired.
        private: Where the private half of the new key lies.
        public: The file of its public half.
    """

    new: PublicKey | None = None
    retired: PublicKey | None = None
    private: Path | None = None
    public: Path | None = None


def put_in_use(folder: Path, keyring: Keyring, *, at: str, actor: str = "", reason: str = "") -> Changed:
    """Make a key pair, keep its private half outside the mission and record the public one.

    Args:
        folder: The mission folder.
        keyring: Where the private key is kept.
        at: The time, given by the front.
        actor: Code of who does it; may be left out when mission.yaml names one person only.
        reason: Why the key in use so far is retired; needed when there is one.

    Raises:
        CheckpointError: A key is in use and no reason was given, or the file cannot be made.
        MissionError: Nothing is recorded yet, or the actor is not known.
        RegisterError: The register cannot be appended to.
    """
    with open_register(folder) as register:
        head = register.head()
        mission, who = _whose(register, actor)
        former = in_use(recorded_keys(register))
        if former is not None and not reason:
            raise CheckpointError(
                f"Expected a reason to retire key {former.public.id.hex()}, which is in use, got none.",
                'Say why it is replaced: measures key new --reason "...".',
            )
        key = new_key(origin_of(mission))
        private = keyring.path(key.public)
        if private.resolve().is_relative_to(folder.resolve()):
            raise CheckpointError(
                f"Expected a place outside the mission folder for a private key, got {private}.",
                "Whoever gets the folder would get the key. Name another file with --key.",
            )
        keep(key, private)
        drafts = [_draft(key.public, IN_USE)]
        if former is not None:
            drafts.insert(0, _draft(former.public, RETIRED, reason))
        try:
            register.append(drafts, expect=head, at=at, actor=who[0], role=who[1])
        except MeasuresError:
            private.unlink()
            raise
    public = folder / KEYS / f"{key.public.id.hex()}.vkey"
    write_whole(public, f"{key.public.vkey}\n".encode())
    return Changed(key.public, former.public if former else None, private, public)


def retire(folder: Path, *, at: str, actor: str = "", reason: str) -> Changed:
    """Record that the key in use signs no more; checkpoints stay unsigned until another is put in use.

    Raises:
        CheckpointError: No key is in use, or no reason was given.
        MissionError: Nothing is recorded yet, or the actor is not known.
        RegisterError: The register cannot be appended to.
    """
    with open_register(folder) as register:
        head = register.head()
        who = _whose(register, actor)[1]
        former = in_use(recorded_keys(register))
        if former is None:
            raise CheckpointError("Expected a key in use, found none.", "See them: measures key list.")
        if not reason:
            raise CheckpointError("Expected a reason to retire a key, got none.", "Add --reason TEXT.")
        drafts = [_draft(former.public, RETIRED, reason)]
        register.append(drafts, expect=head, at=at, actor=who[0], role=who[1])
    return Changed(retired=former.public)


def _whose(register: Register, actor: str) -> tuple[str, tuple[str, str]]:
    """Return the id of the mission, and code and role of who acts."""
    recorded = read_recorded(register)
    if recorded is None:
        raise MissionError("Expected a recorded mission, found an empty register.", "Run measures record.")
    mission = recorded.records.mission
    return mission.id, recorder(mission, actor)


def _draft(key: PublicKey, state: str, reason: str = "") -> Draft:
    body = {"id": key.id.hex(), "vkey": key.vkey, "state": state, "reason": reason}
    return Draft(KEY, key.id.hex(), body, "measures key")


def public_keys(folder: Path) -> Iterator[tuple[str, PublicKey | CheckpointError]]:
    """Yield the name of every file of public keys beside mission.yaml, and its key or what is wrong."""
    for path in sorted((folder / KEYS).glob("*.vkey")):
        yield f"{KEYS}/{path.name}", read_public(path)


def read_public(path: Path) -> PublicKey | CheckpointError:
    """Return the public key of a file, or what is wrong with it."""
    if path.exists() and not path.is_file():
        return CheckpointError("Expected a public key, got no plain file.")
    try:
        with path.open("rb") as file:
            text = file.read(4096).decode("utf-8", errors="replace")
        return read_vkey(text.removesuffix("\n"))
    except OSError as error:
        return CheckpointError(f"Expected a public key, but {error.strerror or 'the system refused'}.")
    except CheckpointError as error:
        return error
