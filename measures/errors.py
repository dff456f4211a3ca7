"""The few named errors of the product.

Wrong *data* never raises: it becomes a :class:`measures.finding.Finding` with a place.
An error here means that the work cannot go on. Each says what was expected, what was
got and what to do next.
"""

from __future__ import annotations


class MeasuresError(Exception):
    """Base of every error the product raises on purpose.

    Args:
        message: What was expected and what was got, one sentence.
        remedy: What the reader can do next, one sentence; may be empty.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class MissionError(MeasuresError):
    """A mission folder is missing, unreadable or not what was expected."""


class RubricError(MeasuresError):
    """A rubric was asked for that is not on the shelf, or cannot be used."""


class RegisterError(MeasuresError):
    """The register cannot be opened, read or appended to."""


class StoreError(RegisterError):
    """The file or database behind a register does not answer as it should.

    Args:
        name: What the register is called in messages.
        problem: What was found instead of a database that works, in a few words.
        remedy: What to do.
    """

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"Expected a register at {name}, got {problem}.", remedy)
        self.problem = problem


class StaleHeadError(RegisterError):
    """Somebody else appended since the caller last looked.

    Args:
        expected: Head the caller built its entries on, ``size:digest``.
        found: Head the register has now, ``size:digest``.
        meanwhile: What was appended in between, in words; empty where that cannot be told.
    """

    def __init__(self, expected: str, found: str, meanwhile: str = "") -> None:
        since = f" Meanwhile {meanwhile}." if meanwhile else ""
        super().__init__(
            f"The register moved while this was prepared: expected head {expected}, found {found}.{since}",
            "Run the command again; it will read what was added meanwhile.",
        )
        self.expected = expected
        self.found = found
        self.meanwhile = meanwhile


class CheckpointError(RegisterError):
    """A checkpoint, a proof, a signature or a key is not of the form it should have."""


class CanonicalError(MeasuresError):
    """A value has no canonical form (a float, a control character, a huge integer)."""


class PeriodError(MeasuresError):
    """A text is not a quarter or a dated interval."""


class EditionError(MeasuresError):
    """An edition is unknown or cannot be made for the period asked for."""


class RenderError(MeasuresError):
    """A page could not be rendered, or the machine lacks what rendering needs."""


class TraceError(MeasuresError):
    """A reference to trace is unknown."""


class WorkbookError(MeasuresError):
    """A workbook cannot be made as asked for."""


class SampleError(MeasuresError):
    """A sample cannot be drawn as it was asked for."""
