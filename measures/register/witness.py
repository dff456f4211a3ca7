"""Second witnesses of a checkpoint: a signature by ``ssh-keygen``, a time stamp checked by ``openssl``.

Both programs are on most machines and none of ours. Where one is missing, what it would have
checked is reported as unchecked, never as sound.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

NAMESPACE = "measures-checkpoint"
"""What a signature by ``ssh-keygen`` is for, so that one made for another purpose does not count."""

_SECONDS = 30
_TIME = re.compile(r"^Time stamp: (.+)$", re.MULTILINE)

# RFC 3161 section 2.4.1: version 1, SHA-256 (2.16.840.1.101.3.4.2.1) of the data, certificate asked for.
_REQUEST = bytes.fromhex("3039 020101 3031 300d 0609608648016503040201 0500 0420")
_WITH_CERTIFICATE = bytes.fromhex("0101ff")


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What a program said.

    Args:
        who: Who signed, or when it was stamped; empty unless it holds.
        problem: Why it does not hold, or could not be checked; empty when it holds.
        missing: The program that is not on this machine; empty when it is.
    """

    who: str = ""
    problem: str = ""
    missing: str = ""


def signed_by(checkpoint: Path, signature: Path, allowed: Path) -> Witnessed:
    """Check a signature that ``ssh-keygen -Y sign -n measures-checkpoint`` made on a file.

    Args:
        checkpoint: The file.
        signature: The signature, ``FILE.sig``.
        allowed: Who may sign, in the form of ssh's ``allowed_signers``.
    """
    by = ["-s", str(signature.resolve()), "-f", str(allowed.resolve())]
    found = _run("ssh-keygen", ["-Y", "find-principals", *by])
    if isinstance(found, Witnessed):
        return found
    who = found.stdout.strip().split("\n")[0].split(",")[0]
    if found.returncode or not who:
        return Witnessed(problem="its key is not among the allowed signers")
    held = _run("ssh-keygen", ["-Y", "verify", *by, "-I", who, "-n", NAMESPACE], checkpoint)
    if isinstance(held, Witnessed):
        return held
    return Witnessed(problem=_last(held)) if held.returncode else Witnessed(who)


def stamped(checkpoint: Path, answer: Path, authority: Path) -> Witnessed:
    """Check an RFC 3161 time stamp on a file.

    Args:
        checkpoint: The file.
        answer: What the time-stamping service answered, ``FILE.tsr``.
        authority: Certificates to trust, PEM.
    """
    given = ["-in", str(answer.resolve())]
    against = ["-data", str(checkpoint.resolve()), "-CAfile", str(authority.resolve())]
    held = _run("openssl", ["ts", "-verify", *given, *against])
    if isinstance(held, Witnessed):
        return held
    if held.returncode:
        return Witnessed(problem=_last(held))
    shown = _run("openssl", ["ts", "-reply", *given, "-text"])
    time = None if isinstance(shown, Witnessed) else _TIME.search(shown.stdout)
    return Witnessed(time[1] if time else "a time that openssl does not show")


def time_stamp_request(content: bytes) -> bytes:
    """Return the request for a time stamp (RFC 3161, DER): the digest of ``content`` and nothing of it."""
    return _REQUEST + sha256(content).digest() + _WITH_CERTIFICATE


def _run(
    program: str, arguments: Sequence[str], source: Path | None = None
) -> subprocess.CompletedProcess[str] | Witnessed:
    found = shutil.which(program)
    if found is None:
        return Witnessed(missing=program)
    try:
        return subprocess.run(  # noqa: S603 - a program found by name, arguments from paths made absolute
            [found, *arguments],
            input=source.read_bytes().decode("utf-8", errors="replace") if source else "",
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Witnessed(problem=f"{program} did not finish: {type(error).__name__}")


def _last(done: subprocess.CompletedProcess[str]) -> str:
    """Return the last thing that a program said."""
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return lines[-1] if lines else f"it ended with status {done.returncode}"
