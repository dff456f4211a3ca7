"""What an approval rests on: the entry approved, and every entry that stands under it.

Under a score lie its citations, the evidence that they cite and the words of its rubric; under a
moderation the scores that it settles and all that lies under those; under a crosswalk the two
versions; under an edition nothing but itself. Whatever corrects one of these belongs to it as
well, and so does an edition published anew. Entries are never taken away, so what lies under a
thing only grows, and any growth is a change to what was approved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from measures import canonical
from measures.register import Entry

_KINDS = ("assessment", "moderation", "crosswalk", "citation", "evidence", "rubric", "edition")
_TOLD = 3
"""So many changes are told; the rest is counted."""

_Name = tuple[str, str]
_CELL = ("milestone", "criterion", "period")


@dataclass(frozen=True, slots=True, order=True)
class Under:
    """One entry that lies under an approval; they sort in the order of the register."""

    entry: int
    kind: str
    ref: str
    digest: str
    corrects: str = ""


class Ground:
    """The register as what rests on what: made once, asked as often as there are approvals.

    Args:
        entries: Entries in any order; kinds that nothing is approved upon are left out.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._named: dict[_Name, list[Entry]] = defaultdict(list)
        self._corrections: dict[_Name, list[Entry]] = defaultdict(list)
        self._citations: dict[str, list[Entry]] = defaultdict(list)
        self._scores: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.kind not in _KINDS:
                continue
            self._named[entry.kind, entry.ref].append(entry)
            if entry.supersedes and entry.supersedes != entry.ref:
                self._corrections[entry.kind, entry.supersedes].append(entry)
            if entry.kind == "citation":
                self._citations[_text(entry, "assessment")].append(entry)
            elif entry.kind == "assessment":
                self._scores[_cell(entry)].append(entry)

    def named(self, kind: str, ref: str) -> Entry | None:
        """Return the last entry of that name."""
        found = self._named.get((kind, ref))
        return max(found, key=lambda entry: entry.seq) if found else None

    def under(self, kind: str, ref: str, upto: int | None = None) -> tuple[Under, ...]:
        """Return what lies under a record, itself included, in the order of the register.

        Args:
            kind: Kind of the record.
            ref: Its id.
            upto: Only entries up to this number, as if the register ended there.
        """
        found: dict[int, Under] = {}
        self._gather((kind, ref), upto, found, set())
        return tuple(sorted(found.values()))

    def authors(self, entry: Entry) -> frozenset[str]:
        """Return the codes of those who may not approve an entry.

        It is who made it: who scored, who settled and whose scores were settled, or who published.
        """
        if entry.kind == "assessment":
            return frozenset({_text(entry, "assessor")})
        if entry.kind == "moderation":
            scores = self._scores.get(_cell(entry), ())
            return frozenset({_text(entry, "moderator"), *(_text(score, "assessor") for score in scores)})
        return frozenset({entry.actor})

    def _gather(self, name: _Name, upto: int | None, found: dict[int, Under], seen: set[_Name]) -> None:
        if name in seen:
            return
        seen.add(name)
        kind = name[0]
        for entry in _until(self._named.get(name, ()), upto):
            found.setdefault(entry.seq, _under(entry))
            for below in self._below(kind, entry, upto):
                self._gather(below, upto, found, seen)
        for correction in _until(self._corrections.get(name, ()), upto):
            found[correction.seq] = _under(correction, name[1])
            self._gather((kind, correction.ref), upto, found, seen)

    def _below(self, kind: str, entry: Entry, upto: int | None) -> Iterator[_Name]:
        """Yield the names of what lies directly under an entry."""
        if kind == "moderation":
            for score in _until(self._scores.get(_cell(entry), ()), upto):
                yield "assessment", score.ref
        elif kind == "assessment":
            yield "rubric", _text(entry, "rubric")
            for citation in _until(self._citations.get(entry.ref, ()), upto):
                yield "citation", citation.ref
        elif kind == "citation":
            yield "evidence", _text(entry, "evidence")
        elif kind == "crosswalk":
            for version in ("before", "after"):
                yield "rubric", f"{_text(entry, 'rubric')}@{_text(entry, version)}"


def _until(entries: Iterable[Entry], upto: int | None) -> list[Entry]:
    return [entry for entry in entries if upto is None or entry.seq <= upto]


def basis(under: Iterable[Under]) -> str:
    """Return the digest of what lies under a record: of kind, id and digest of each entry, in order."""
    return canonical.digest([[one.kind, one.ref, one.digest] for one in sorted(under)])


def since(
    ground: Ground, kind: str, ref: str, given: str, before: int | None = None
) -> tuple[Under, ...] | None:
    """Return what came to lie under a record since it was approved.

    Args:
        ground: The register.
        kind: Kind of the record.
        ref: Its id.
        given: The basis that the approval names.
        before: Number of the approval's own entry, which rests on entries before it.

    Returns:
        What was added, nothing when nothing was; ``None`` when the record never rested on what
        the approval says.
    """
    now = ground.under(kind, ref)
    cuts = sorted(one.entry for one in now if before is None or one.entry < before)
    for cut in reversed(cuts):
        then = ground.under(kind, ref, cut)
        if basis(then) == given:
            # What came in by a later citation may be older than it; the citation is what changed.
            return tuple(one for one in now if one.entry > cut and one not in then)
    return None


def told(added: Sequence[Under], kind: str, ref: str) -> str:
    """Return in words what changed under a record; when it was corrected itself, that alone."""
    own = [one for one in added if one.kind == kind and one.corrects == ref]
    words = [_said(one, kind) for one in own or added]
    rest = f"; and {len(words) - _TOLD} more" if len(words) > _TOLD else ""
    return "; ".join(words[:_TOLD]) + rest


def _said(one: Under, kind: str) -> str:
    if one.corrects:
        return f"{one.kind} {one.corrects} was corrected in entry {one.entry}"
    if one.kind == "rubric":
        return f"the words of {one.ref} were recorded anew in entry {one.entry}"
    if one.kind == kind == "edition":
        return f"it was published anew in entry {one.entry}"
    return f"{one.kind} {one.ref} was added in entry {one.entry}"


def _under(entry: Entry, corrects: str = "") -> Under:
    return Under(entry.seq, entry.kind, entry.ref, entry.digest, corrects)


def _cell(entry: Entry) -> tuple[str, ...]:
    return tuple(_text(entry, column) for column in _CELL)


def _text(entry: Entry, key: str) -> str:
    return str(entry.body.get(key, ""))
