"""The door to YAML: text in, a plain tree with the place of every value out.

Safe by construction: the tree is built from parser events, every scalar stays the text
that was written (``No`` and ``1.10`` included), and anchors, aliases and tags are refused,
so that no document can name code or grow when it is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from measures.finding import Finding, Place, find

MAX_BYTES = 2_000_000
MAX_DEPTH = 24
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

type_names: dict[type, str] = {dict: "a map", list: "a list", str: "a text"}
"""What the three kinds of value are called in messages."""

Path_ = tuple[str | int, ...]
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]")
"""What has no place in a text; YAML lets it in by escapes such as ``\\a``.

The last two turn the reading order of what follows, so that a text reads otherwise than it stands.
"""


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document as read.

    Args:
        name: What the file is called in findings.
        value: Nested ``dict``, ``list`` and ``str``; ``None`` when nothing could be read.
        places: Line and column of each value (for map entries: of the key), by its path.
        bare: Keys and values without quotes that another reader would take for something other
            than a text: path, text, and what it would be taken for.
    """

    name: str
    value: Any
    places: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    bare: list[tuple[Path_, str, str]] = field(default_factory=list)

    def place(self, path: Path_ = ()) -> Place:
        """Return the place of the value at ``path``, or of the nearest value above it."""
        while path not in self.places and path:
            path = path[:-1]
        return Place(self.name, *self.places.get(path, (1, 1)))


_LONGEST_BARE = 40
_TAKEN_FOR = (
    ("a truth value", re.compile(r"(?i:yes|no|on|off|true|false|y|n)")),
    ("nothing", re.compile(r"(?i:null|~)|")),
    (
        "a number",
        re.compile(
            r"[-+]?(?:0x[0-9a-fA-F_]+|0o?[0-7_]+|0b[01_]+|\.inf"
            r"|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?)|\.nan",
            re.IGNORECASE,
        ),
    ),
    ("a date", re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ]+[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?")),
    ("a number of seconds", re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?")),
)


def _taken_for(value: str) -> str:
    """Return what YAML 1.1 or 1.2 takes an unquoted value for; empty when for a text."""
    return next((kind for kind, form in _TAKEN_FOR if form.fullmatch(value)), "")


def read_bytes(path: Path, name: str, limit: int = MAX_BYTES) -> bytes | Finding:
    """Return the bytes of a plain file, or the finding that says why not."""
    place = Place(name)
    try:
        if not path.exists():
            return find("F001", place, name=name)
        if not path.is_file():
            return find("F012", place, name=name, problem="it is not a plain file")
        if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
            return find("F012", place, name=name, problem="it is a link that leads out of its folder")
        size = path.stat().st_size
        if size > limit:
            return find("F003", place, limit=limit, size=size)
        return path.read_bytes()
    except OSError as error:
        return find("F012", place, name=name, problem=error.strerror or "the system refused")


def read_document(path: Path, name: str) -> tuple[Document, list[Finding]]:
    """Read a YAML file. ``name`` is what findings call it; the findings may be empty."""
    content = read_bytes(path, name)
    if isinstance(content, Finding):
        return Document(name, None), [content]
    return parse(content, name)


def parse(content: bytes | str, name: str) -> tuple[Document, list[Finding]]:
    """Parse one YAML document. The value is ``None`` when a finding is an error."""
    try:
        content = (content if isinstance(content, bytes) else content.encode()).decode("utf-8-sig")
    except UnicodeError:
        return Document(name, None), [find("F002", Place(name))]
    builder = _Builder(name)
    try:
        builder.build(content)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        builder.findings.append(find("F004", place, problem=error.problem or "it does not parse"))
    except yaml.YAMLError as error:
        place = _first(getattr(error, "character", ""), content, name)
        builder.findings.append(find("F004", place, problem="it holds a character that YAML does not allow"))
    except _RefusedError:
        pass
    if builder.value is None and not builder.findings:
        builder.findings.append(find("F004", Place(name, 1, 1), problem="it is empty"))
    value = None if builder.findings else builder.value
    return Document(name, value, builder.places, builder.bare), builder.findings


def _first(character: object, content: str, name: str) -> Place:
    """Return where a character stands first: the library gives bytes or characters, as it was built."""
    before, found, _ = content.partition(chr(character) if isinstance(character, int) else "\0")
    return Place(name, before.count("\n") + 1, len(before) - before.rfind("\n")) if found else Place(name)


class _RefusedError(Exception):
    """Reading stops here; the finding is already noted."""


class _Builder:
    """Builds the tree from events, one pass, no recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.value: Any = None
        self.places: dict[Path_, tuple[int, int]] = {}
        self.bare: list[tuple[Path_, str, str]] = []
        self.findings: list[Finding] = []
        self._stack: list[tuple[Any, Path_]] = []
        self._key: list[str | None] = []
        self._documents = 0

    def build(self, text: str) -> None:
        for event in yaml.parse(text, Loader=_LOADER):
            self._take(event)

    def _take(self, event: Any) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.AliasEvent):
            self._refuse("F006", line, column, what=f"alias *{event.anchor}")
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse("F004", line, column, problem="a second document begins here")
        if isinstance(event, yaml.NodeEvent) and (event.anchor or getattr(event, "tag", None)):
            what = f"anchor &{event.anchor}" if event.anchor else f"tag {getattr(event, 'tag', '')}"
            self._refuse("F006", line, column, what=what)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event.value, line, column, event.style)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open({}, line, column)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open([], line, column)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._stack.pop()
            self._key.pop()

    def _scalar(self, value: str, line: int, column: int, style: str | None) -> None:
        control = _CONTROL.search(value)
        if control:
            place, character = Place(self.name, line, column), f"{ord(control[0]):04X}"
            self.findings.append(find("S012", place, column="a text", character=character))
        if self._stack and isinstance(self._stack[-1][0], dict) and self._key[-1] is None:
            container, path = self._stack[-1]
            if value in container:
                self._refuse("F005", line, column, key=value)
            self._key[-1] = value
            at = (*path, value)
            self.places[at] = (line, column)
        else:
            at = self._put(value, line, column)
        if not style and len(value) < _LONGEST_BARE and (kind := _taken_for(value)):
            self.bare.append((at, value, kind))

    def _open(self, container: Any, line: int, column: int) -> None:
        if self._stack and isinstance(self._stack[-1][0], dict) and self._key[-1] is None:
            self._refuse("F004", line, column, problem="a key is not a plain text")
        path = self._put(container, line, column)
        if len(self._stack) >= MAX_DEPTH:
            self._refuse("F007", line, column, limit=MAX_DEPTH)
        self._stack.append((container, path))
        self._key.append(None)

    def _put(self, value: Any, line: int, column: int) -> Path_:
        if not self._stack:
            self.value = value
            self.places[()] = (line, column)
            return ()
        container, path = self._stack[-1]
        if isinstance(container, dict):
            key = self._key[-1]
            assert key is not None  # noqa: S101 - narrowed by the callers
            container[key] = value
            self._key[-1] = None
            return (*path, key)
        path = (*path, len(container))
        container.append(value)
        self.places[path] = (line, column)
        return path

    def _refuse(self, code: str, line: int, column: int, **fields: object) -> None:
        self.findings.append(find(code, Place(self.name, line, column), **fields))
        raise _RefusedError


def dump(value: Any) -> str:
    """Return ``value`` as YAML that reads back to the same tree.

    Texts that another reader would take for something else (``No``, ``1.10``) are quoted.
    """
    return str(yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100))


class _Dumper(yaml.SafeDumper):
    """Writes a value that stands twice in full, as the reader refuses aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the library's signature
        return True
