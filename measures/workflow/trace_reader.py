"""Reading the register for a trace: by id, number or digest, never as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from measures.errors import MissionError
from measures.records import REGISTER, MissionFile, read_mission
from measures.records.links import CRITERION, EDITION, links
from measures.records.tables import TABLE_OF_KIND
from measures.register import Entry, Head, Register
from measures.register.lookup import Lookup
from measures.rubric import Rubric, from_plain
from measures.rubric.document import Document
from measures.workflow.opening import has_register, open_register

LOOKUP_FILE = "register.lookup"
MOST_READ = 5_000
_FIRST = 100
"""The mission is recorded before anything else; it is looked for no further."""
Key = tuple[str, str]


class Reader:
    """An open register, and the look-up file that says where in it to look.

    What was read is kept, so that nothing is read twice for one trace.

    Attributes:
        most: How many entries to read at most of those that name one id.
    """

    def __init__(self, register: Register, lookup: Lookup, most: int = MOST_READ) -> None:
        self.most = most
        self._register = register
        self._lookup = lookup
        self._entries: dict[int, Entry] = {}
        self._naming: dict[tuple[str, str, str], list[tuple[Entry, list[str]]]] = {}
        self._rubrics: dict[str, Rubric | None] = {}

    @property
    def head(self) -> Head:
        """The head that the register has now."""
        return self._register.head()

    def entry(self, seq: int) -> Entry | None:
        """Return an entry by number."""
        if seq not in self._entries:
            found = self._register.entry(seq)
            if found is None:
                return None
            self._entries[seq] = found
        return self._entries[seq]

    def about(self, name: str) -> list[Entry]:
        """Return every entry on the records of that id, oldest first."""
        return [entry for entry in self._read(self._lookup.about(name)) if entry.ref == name]

    def latest(self, kind: str, name: str) -> Entry | None:
        """Return the last entry of a kind on an id."""
        found = [entry for entry in self.about(name) if entry.kind == kind]
        return found[-1] if found else None

    def sealed(self, digits: str) -> list[Entry]:
        """Return the entries whose digest begins with these digits."""
        found = self._read(self._lookup.sealed(digits))
        return [entry for entry in found if entry.digest.startswith(digits)]

    def naming(self, kind: str, name: str, by: str = "") -> list[tuple[Entry, list[str]]]:
        """Return the entries that name a record, each with the fields that do, oldest first.

        Of a record that was written more than once only the last entry counts; of an edition
        each does, because each was handed out. Not more than :attr:`most` are read.

        Args:
            kind: Kind of the record.
            name: Its id.
            by: Only entries of this kind; of any when empty.
        """
        key = kind, name, by
        if key not in self._naming:
            made = []
            for entry in self._read(self._lookup.naming(name, self.most, by)):
                named = links(entry.kind, entry.body, entry.supersedes)
                how = [link.how for link in named if link.id == name and link.kind in (kind, "")]
                if how and (entry.kind, entry.ref) != (kind, name) and self._stands(entry):
                    made.append((entry, how))
            self._naming[key] = made
        return self._naming[key]

    def overflows(self, name: str) -> bool:
        """Return whether more entries name an id than are read."""
        return len(self._lookup.naming(name, self.most + 1)) > self.most

    def criteria(self, milestone: str) -> list[str]:
        """Return the ids of a milestone's criteria that anybody scored or settled."""
        return [name for name in self._lookup.below(milestone) if self.naming(CRITERION, name)]

    def rubric(self, pin: str) -> Rubric | None:
        """Return a rubric in the words that were recorded, by ``id@version``."""
        if pin not in self._rubrics:
            entry = self.latest("rubric", pin)
            self._rubrics[pin] = from_plain(dict(entry.body)) if entry else None
        return self._rubrics[pin]

    def mission(self) -> MissionFile:
        """Return what ``mission.yaml`` says, as last recorded.

        Raises:
            MissionError: The register does not describe its mission where it begins.
        """
        begins = (self.entry(seq) for seq in range(1, _FIRST))
        first = next((entry for entry in begins if entry and entry.kind == "mission"), None)
        last = self.latest("mission", first.ref) if first else None
        described = read_mission(Document(REGISTER, dict(last.body)), []) if last else None
        if described is None:
            raise MissionError("Expected the register to begin with its mission.", "Run measures verify.")
        return described

    def near(self, name: str) -> list[str]:
        """Return ids that ``name`` may have been meant for."""
        return self._lookup.near(name)

    def _read(self, numbers: list[int]) -> Iterator[Entry]:
        for seq in numbers:
            entry = self.entry(seq)
            if entry is not None:
                yield entry

    def _stands(self, entry: Entry) -> bool:
        if entry.kind == EDITION or entry.kind in TABLE_OF_KIND:
            return True
        last = self.latest(entry.kind, entry.ref)
        return last is not None and last.seq == entry.seq


@contextmanager
def reading(
    folder: Path,
    *,
    at: str = "",
    reread: bool = False,
    most: int = MOST_READ,
    progress: Callable[[str, int, int], None] | None = None,
) -> Iterator[Reader]:
    """Open the register of a mission for tracing.

    Args:
        folder: The mission folder.
        at: Time for the entries of a demonstration that was never recorded.
        reread: Read the whole register instead of using the look-up file beside it.
        most: How many entries to read at most of those that name one id.
        progress: Told how far that is.

    Raises:
        MissionError: There is no mission folder, or nothing is recorded in it.
        RegisterError: The register cannot be read.
    """
    if not has_register(folder):
        from measures.workflow.mission import open_mission

        open_mission(folder, at=at, progress=progress)
    path = None if reread else folder / LOOKUP_FILE
    with open_register(folder, read_only=True) as register:
        if not register.head().size:
            raise MissionError(
                f"Expected a recorded mission in {folder}, found an empty register.",
                "Record it first: measures record --mission DIR.",
            )
        reached = partial(progress, "Reading the register") if progress else None
        with Lookup.open(path, register, reached) as lookup:
            yield Reader(register, lookup, most)
