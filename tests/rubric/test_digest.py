"""A rubric's digest: the words, all of them, and nothing but the words."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from measures import library
from measures.canonical import digest
from measures.rubric import Known, dump, from_plain, parse, parse_rubric, read_rubric, to_plain
from tests.rubric.small import EVERY_ANNEX, base, sound

Path = tuple[str | int, ...]


RESOLVED = Known(resolved=True)


def _written_out() -> dict[str, dict[str, Any]]:
    doctrine, _ = read_rubric(library.shelf("rubrics") / "doctrine.yaml")
    assert doctrine is not None
    return {"doctrine": to_plain(doctrine), "with every annex": to_plain(sound(EVERY_ANNEX, base()))}


RUBRICS = _written_out()
"""A rubric of the shelf, and one that has caps, vignettes, changes, a table and a base."""
DIGESTS = {name: digest(plain) for name, plain in RUBRICS.items()}
names = pytest.mark.parametrize("name", RUBRICS)


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every text."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, (*path, key))
    elif isinstance(value, list):
        for position, below in enumerate(value):
            yield from leaves(below, (*path, position))
    else:
        yield path


def keys(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every key."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield (*path, key)
            yield from keys(below, (*path, key))
    elif isinstance(value, list):
        for position, below in enumerate(value):
            yield from keys(below, (*path, position))


def above(plain: dict[str, Any], path: Path) -> Any:
    at: Any = plain
    for step in path[:-1]:
        at = at[step]
    return at


def changed(name: str, path: Path, change: str) -> dict[str, Any]:
    plain = copy.deepcopy(RUBRICS[name])
    above(plain, path)[path[-1]] += change
    return plain


def same(name: str, plain: dict[str, Any]) -> bool:
    """Return whether a rubric reads, and has the digest of the one it was made from."""
    rubric = from_plain(plain)
    return rubric is not None and rubric.digest == DIGESTS[name]


def shuffled(value: Any, draw: st.DrawFn) -> Any:
    if isinstance(value, dict):
        order = draw(st.permutations(list(value)))
        return {key: shuffled(value[key], draw) for key in order}
    if isinstance(value, list):
        return [shuffled(item, draw) for item in value]
    return value


@st.composite
def other_order(draw: st.DrawFn) -> tuple[str, Any]:
    name = draw(st.sampled_from(sorted(RUBRICS)))
    return name, shuffled(RUBRICS[name], draw)


LEAVES = [(name, path) for name, plain in RUBRICS.items() for path in leaves(plain)]
LEAST = {
    "origins": "1",
    "kinds": ["documentary", "physical", "analytical"],
    "grade": "E5",
    "first_hand": "no",
    "fresh": "8",
}
"""The evidence that the lowest level takes where none is asked for."""
TOP = {"caps", "vignettes", "changes", "table", "extends", "derives_from"}


@names
def test_every_leaf_is_a_text(name: str) -> None:
    assert sum(one == name for one, _ in LEAVES) > 150
    assert same(name, RUBRICS[name])


def test_every_annex_has_leaves() -> None:
    assert {path[0] for name, path in LEAVES if name == "with every annex"} >= TOP


@names
def test_any_word_changes_the_digest(name: str) -> None:
    """All leaves, one after the other: a word more is another digest, or no rubric at all."""
    assert [path for one, path in LEAVES if one == name and same(name, changed(name, path, "x"))] == []


@names
def test_any_key_changes_the_digest(name: str) -> None:
    """Languages, levels and rows are keys: one called otherwise is another rubric, or none."""
    unchanged = []
    for path in keys(RUBRICS[name]):
        plain = copy.deepcopy(RUBRICS[name])
        at = above(plain, path)
        at[f"{path[-1]}x"] = at.pop(path[-1])
        if same(name, plain):
            unchanged.append(path)
    assert unchanged == []


@names
def test_whatever_is_left_out_changes_the_digest(name: str) -> None:
    """Each key in turn; what is said where nothing is said may be said or not."""
    unchanged = {}
    for path in keys(RUBRICS[name]):
        plain = copy.deepcopy(RUBRICS[name])
        value = above(plain, path).pop(path[-1])
        if same(name, plain):
            unchanged[path[-1]] = value
    assert unchanged == {"essential": "no", "first_hand": "no", "holds": [], "evidence": LEAST}


@settings(max_examples=40, deadline=None)
@given(leaf=st.sampled_from(LEAVES), change=st.text(min_size=1, max_size=20).filter(str.strip))
def test_whatever_the_word(leaf: tuple[str, Path], change: str) -> None:
    name, path = leaf
    text = yaml.safe_dump(changed(name, path, f" {change}"), allow_unicode=True)
    rubric, _ = parse_rubric(text, known=RESOLVED)
    assert rubric is None or rubric.digest != DIGESTS[name]


@settings(max_examples=25, deadline=None)
@given(given=other_order(), width=st.integers(20, 300), comments=st.booleans(), flow=st.booleans())
def test_order_wrapping_comments_and_style_do_not(
    given: tuple[str, Any], width: int, comments: bool, flow: bool
) -> None:
    name, plain = given
    width = 10_000 if comments else width
    text = yaml.safe_dump(plain, sort_keys=False, width=width, default_flow_style=flow, allow_unicode=True)
    if comments and not flow:
        text = "".join(f"# a remark\n{line}" for line in text.splitlines(keepends=True))
    rubric, findings = parse_rubric(text.replace("\n", "\r\n") if flow else text, known=RESOLVED)
    assert findings == []
    assert rubric is not None
    assert rubric.digest == DIGESTS[name]


@names
def test_the_order_of_whatever_stands_in_a_list_counts(name: str) -> None:
    """Criteria, levels, statements, sources, caps, worked scorings and changes each have their order."""
    unchanged = []
    for path in keys(RUBRICS[name]):
        plain = copy.deepcopy(RUBRICS[name])
        at = above(plain, path)
        if isinstance(at[path[-1]], list) and len(at[path[-1]]) > 1:
            at[path[-1]].reverse()
            if same(name, plain):
                unchanged.append(path)
    assert unchanged == []


texts = st.text(max_size=30) | st.sampled_from(["No", "1.10", "~", "", "2021-01-01", "a: b", "# x", "- y"])
trees = st.recursive(
    texts,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(texts, below, max_size=4),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(value=trees)
def test_what_is_written_reads_back(value: Any) -> None:
    document, findings = parse(dump(value), "x.yaml")
    assert (document.value, findings) == (value, []) or {finding.code for finding in findings} <= {"S012"}


def test_a_value_that_stands_twice_is_written_twice() -> None:
    kinds = ["documentary", "physical"]
    document, findings = parse(dump({"a": kinds, "b": kinds}), "x.yaml")
    assert (document.value, findings) == ({"a": kinds, "b": kinds}, [])
