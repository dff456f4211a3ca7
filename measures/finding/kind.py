"""What a kind of finding is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding.

    Args:
        code: Stable code, a letter for the area and three digits.
        severity: ``error`` stops recording; ``warning`` is printed; ``hint`` may be ignored.
        title: Name in a few words.
        template: Sentence with ``{fields}``: what was expected and what was got.
        remedy: What to do, may use the same fields.
    """

    code: str
    severity: Severity
    title: str
    template: str
    remedy: str
