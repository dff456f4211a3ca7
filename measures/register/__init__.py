"""The register: the append-only log that everything else is derived from.

``chain`` says what an entry is, ``store`` appends and reads, ``verify`` checks the whole,
``vault`` takes evidence files in.
"""

from __future__ import annotations

from measures.register.chain import GENESIS_HEAD, Draft, Entry, Head, Sealed, seal, unseal
from measures.register.headfile import head_file
from measures.register.location import SCHEMES, Location, without_secrets
from measures.register.opening import exists
from measures.register.store import Register
from measures.register.vault import Custody, check, fingerprint
from measures.register.verify import Verification, verify

__all__ = [
    "GENESIS_HEAD",
    "SCHEMES",
    "Custody",
    "Draft",
    "Entry",
    "Head",
    "Location",
    "Register",
    "Sealed",
    "Verification",
    "check",
    "exists",
    "fingerprint",
    "head_file",
    "seal",
    "unseal",
    "verify",
    "without_secrets",
]
