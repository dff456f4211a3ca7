"""The records that a record names, read from what it says: the way a trace goes.

It works on bodies as the register holds them, without checking them: a trace has to lead
through whatever was recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from measures.records.tables import TABLE_OF_KIND, split

EDITION = "edition"
CLAIM = "claim"
CRITERION = "criterion"
"""Kind of a milestone's criterion, ``M-01/plan``: nobody records one, scores speak of it."""
QUARTER = "quarter"
"""Kind of a criterion in one quarter, as :func:`quarter_of` names it."""

_RECORDED = frozenset({"objective", "milestone", "assessment", "evidence"})
_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    kind: tuple((column.name, column.to) for column in table.columns if column.to in _RECORDED)
    for kind, table in TABLE_OF_KIND.items()
}
_PLANNED: dict[str, tuple[tuple[str, str], ...]] = {
    "milestone": (("objective", "objective"), ("depends_on", "milestone")),
    "promise": (("objective", "objective"),),
    **dict.fromkeys(("mission", "objective", "rubric"), ()),
}
_ANY = (("assessment", "assessment"), ("objective", "objective"), ("milestone", "milestone"))
"""What an entry of a kind that is not known here names, as far as its fields say."""


class Link(NamedTuple):
    """One record that another names.

    Args:
        kind: What is named; empty when the body does not say.
        id: Its id.
        how: The field that names it.
    """

    kind: str
    id: str
    how: str


def links(kind: str, body: Mapping[str, Any], supersedes: str = "") -> Iterator[Link]:
    """Yield every record that an entry names, as often as it names it.

    A score and a moderation name the criterion of their milestone, and so not the milestone itself.

    Args:
        kind: Kind of the entry.
        body: Its body.
        supersedes: Id of the record that it corrects.
    """
    if kind == EDITION:
        yield from _of_edition(body)
        return
    scored = "milestone" in body and "criterion" in body
    if kind in _COLUMNS:
        for name, to in () if scored else _COLUMNS[kind]:
            for value in split(str(body.get(name, ""))):
                yield Link(to, value, name)
    else:
        yield from _of_plan(kind, body)
    if scored:
        yield Link(CRITERION, f"{body['milestone']}/{body['criterion']}", CRITERION)
        yield Link(QUARTER, quarter_of(body), QUARTER)
    if "ref" in body:
        yield Link(str(body.get("kind", "")), str(body["ref"]), "ref")
    if kind == "comment":
        yield Link("", str(body.get("to", "")), "to")
    yield from _rubrics(kind, body)
    if supersedes:
        yield Link(kind, supersedes, "supersedes")


def quarter_of(body: Mapping[str, Any]) -> str:
    """Return the name of the criterion and quarter that a score or a moderation speaks of, like no id."""
    return f"{body.get('milestone', '')}|{body.get('criterion', '')}|{body.get('period', '')}"


def _of_edition(body: Mapping[str, Any]) -> Iterator[Link]:
    for claim in body.get("claims", ()):
        yield Link(CLAIM, str(claim["id"]), "claims")
        for ref in claim["basis"]:
            yield Link(str(ref["kind"]), str(ref["id"]).partition("#")[0], str(claim["id"]))


def _of_plan(kind: str, body: Mapping[str, Any]) -> Iterator[Link]:
    for name, to in _PLANNED.get(kind, _ANY):
        given = body.get(name, "")
        for value in given if isinstance(given, list) else [given]:
            if value and isinstance(value, str):
                yield Link(to, value, name)
    if kind != "rubric":
        yield from _evidence(body, kind)


def _evidence(value: Any, how: str) -> Iterator[Link]:
    """Yield the evidence that a plan names, at whatever depth."""
    if isinstance(value, list):
        for item in value:
            yield from _evidence(item, how)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key != "evidence":
                yield from _evidence(item, key)
            else:
                names = item if isinstance(item, list) else split(str(item))
                for name in names:
                    yield Link("evidence", str(name), how)


def _rubrics(kind: str, body: Mapping[str, Any]) -> Iterator[Link]:
    if kind == "milestone":
        former = body.get("former_versions")
        versions = [body.get("version", "")]
        versions += [one.get("version", "") for one in former or () if isinstance(one, dict)]
        for version in versions:
            yield Link("rubric", f"{body.get('rubric', '')}@{version}", "rubric")
    elif kind == "crosswalk":
        for version in ("before", "after"):
            yield Link("rubric", f"{body.get('rubric', '')}@{body.get(version, '')}", version)
    elif kind == "indicator" and body.get("rubric"):
        yield Link("rubric", str(body["rubric"]), "rubric")
