"""Entries and the chain they form: pure, bytes in and bytes out.

The *content* of an entry is the canonical JSON of one object that holds everything said
about it, the digest of the entry before it included. The entry's own digest is the SHA-256
of that content and of nothing else, so that an auditor checks a line of the JSON Lines
export with ``sha256sum`` and the chain with ``jq``.

A *head* is the number of entries and the digest of the last one. Who holds a head can tell
any later change to the entries it covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, NoReturn

import msgspec

from measures import canonical
from measures.errors import CanonicalError, RegisterError

SCHEMA = 1
"""The version of the shape of an entry's content."""

DEPTH = 10
"""How many levels of lists and maps a body may nest."""

_HEAD = re.compile(r"(0|[1-9][0-9]{0,14}):([0-9a-f]{64})")
_LIMIT = 2**53
_Whole = Annotated[int, msgspec.Meta(gt=-_LIMIT, lt=_LIMIT)]
_ESCAPE = re.compile(rb'\\[^"nt]')


@dataclass(frozen=True, slots=True)
class Head:
    """How far a register goes: its number of entries, and the digest of the last one."""

    size: int
    digest: str

    def __str__(self) -> str:
        return f"{self.size}:{self.digest}"

    @classmethod
    def parse(cls, text: str) -> Head:
        """Read ``size:digest``.

        Raises:
            RegisterError: The text is not of that form.
        """
        match = _HEAD.fullmatch(text)
        if match is None:
            raise RegisterError(
                f"Expected a register head, size:digest with 64 hexadecimal digits, got {text[:80]!r}.",
                "Copy the whole head as it is printed in the report.",
            )
        return cls(int(match[1]), match[2])


GENESIS_HEAD = Head(0, canonical.GENESIS)
"""The head of a register without entries."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be appended.

    Args:
        kind: What is said, such as ``assessment``.
        ref: Id of the record it is said of.
        body: The record itself, within the domain of :func:`measures.canonical.encode`.
        source: Where it was read, such as ``assessments.csv:12``.
        period: The quarter it belongs to; empty when none.
        supersedes: Id of the record that it corrects; empty when none.
    """

    kind: str
    ref: str
    body: Mapping[str, Any]
    source: str
    period: str = ""
    supersedes: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register, as read back.

    Args:
        seq: Its number, counted from 1.
        digest: SHA-256 of its content.
        prev: Digest of the entry before it.
        at: When it was appended, as the front wrote it.
        actor: Who appended it, a role code.
        role: The actor's role.
        schema: Version of the shape of the content.
    """

    seq: int
    digest: str
    prev: str
    at: str
    actor: str
    role: str
    kind: str
    ref: str
    period: str
    source: str
    supersedes: str
    schema: int
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry ready to be stored: its content, the digest of it, and its look-up columns."""

    seq: int
    digest: str
    kind: str
    ref: str
    period: str
    content: bytes = field(repr=False)


def _no_float(text: str) -> NoReturn:
    raise ValueError(f"no floats, got {text}")


class Line(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The content of an entry decoded; the fields stand in the order of canonical JSON."""

    actor: str
    at: str
    body: dict[str, bool | _Whole | str | list[Any] | dict[str, Any] | None]
    kind: str
    period: str
    prev: str
    ref: str
    role: str
    schema: int
    seq: int
    source: str
    supersedes: str


_DECODER = msgspec.json.Decoder(Line, float_hook=_no_float)
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_ENCODER = msgspec.json.Encoder(order="deterministic")


def seal(drafts: Iterable[Draft], head: Head, *, at: str, actor: str, role: str) -> tuple[Sealed, ...]:
    """Return the drafts as entries that follow ``head``.

    Args:
        drafts: What is to be appended, in order.
        head: The head they are to follow.
        at: The time of the append, given by the front.
        actor: Who appends, a role code.
        role: The actor's role.

    Raises:
        CanonicalError: A body holds something without a canonical form.
        RegisterError: A draft names no kind, or the append no time or actor.
    """
    if not at or not actor:
        raise RegisterError("Expected the time of the append and who appends, got an empty text.")
    sealed: list[Sealed] = []
    seq, prev = head.size, head.digest
    for draft in drafts:
        if not draft.kind:
            raise RegisterError(f"Expected every entry to have a kind, got none for {draft.ref!r}.")
        seq += 1
        content = _content(draft, seq, prev, at=at, actor=actor, role=role)
        prev = canonical.sha256(content)
        sealed.append(Sealed(seq, prev, draft.kind, draft.ref, draft.period, content))
    _check_form(sealed)
    return tuple(sealed)


def _check_form(sealed: Sequence[Sealed]) -> None:
    """Refuse contents that would not be read back as they were meant: a field that is no text."""
    if canonical_lines([item.content for item in sealed]) is not None:
        return
    for item in sealed:
        if canonical_lines([item.content]) is None:
            raise CanonicalError(
                f"Expected every field of {item.kind} {item.ref!r} to be text, got something else."
            )


def _content(draft: Draft, seq: int, prev: str, *, at: str, actor: str, role: str) -> bytes:
    return canonical.encode(
        {
            "seq": seq,
            "prev": prev,
            "at": at,
            "actor": actor,
            "role": role,
            "kind": draft.kind,
            "ref": draft.ref,
            "period": draft.period,
            "source": draft.source,
            "supersedes": draft.supersedes,
            "schema": SCHEMA,
            "body": dict(draft.body),
        }
    )


def head_after(sealed: tuple[Sealed, ...], head: Head) -> Head:
    """Return the head once ``sealed`` is appended to ``head``."""
    return Head(sealed[-1].seq, sealed[-1].digest) if sealed else head


def read(content: bytes) -> Line:
    """Return the decoded content of an entry.

    Raises:
        CanonicalError: The content is not the JSON of an entry.
    """
    try:
        return _DECODER.decode(content)
    except _UNREADABLE as error:
        raise CanonicalError("Expected the content of an entry, got bytes that are not.") from error


def unseal(content: bytes) -> Entry:
    """Return the entry that ``content`` stands for; its digest is that of these bytes.

    Raises:
        CanonicalError: The content is not the JSON of an entry.
    """
    line = read(content)
    return Entry(
        seq=line.seq,
        digest=canonical.sha256(content),
        prev=line.prev,
        at=line.at,
        actor=line.actor,
        role=line.role,
        kind=line.kind,
        ref=line.ref,
        period=line.period,
        source=line.source,
        supersedes=line.supersedes,
        schema=line.schema,
        body=line.body,
    )


def canonical_lines(contents: Sequence[bytes]) -> list[Line] | None:
    """Return the decoded contents when every one is an entry in canonical form, else ``None``.

    Decoding refuses floats, and integers too large among the values of a body. Encoding again
    must give the same bytes; as each encoded line ends where the next begins, none can hide in
    another. What is left is looked for only where there is a reason: control characters show
    as escapes, keys leave ASCII only where the text does, and what is nested needs a bracket.
    """
    joined = b"\n".join((*contents, b""))
    try:
        lines = _DECODER.decode_lines(joined)
        if len(lines) != len(contents) or _ENCODER.encode_lines(lines) != joined:
            return None
        nested = b"[" in joined or joined.count(b"{") > 2 * len(lines)
        if (nested or not joined.isascii()) and not all(_plain(line.body, nested=nested) for line in lines):
            return None
    except _UNREADABLE:
        return None
    escapes = b"\\" in joined and _ESCAPE.search(joined.replace(b"\\\\", b""))
    return None if escapes or b"\x7f" in joined else lines


def _plain(value: Mapping[str, Any], *, nested: bool) -> bool:
    return "".join(value).isascii() and (not nested or all(map(_plain_value, value.values())))


def _plain_value(value: Any) -> bool:
    if isinstance(value, dict):
        return _plain(value, nested=True)
    if isinstance(value, list):
        return all(map(_plain_value, value))
    return not isinstance(value, int) or -_LIMIT < value < _LIMIT
