"""A rubric's digest: the words, all of them, and nothing but the words."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from measures import library
from measures.rubric import dump, from_plain, parse, parse_rubric, read_rubric, to_plain

Path = tuple[str | int, ...]


def _doctrine() -> tuple[dict[str, Any], str]:
    rubric, _ = read_rubric(library.shelf("rubrics") / "doctrine.yaml")
    assert rubric is not None
    return to_plain(rubric), rubric.digest


PLAIN, DIGEST = _doctrine()


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


def changed(path: Path, change: str) -> dict[str, Any]:
    plain = copy.deepcopy(PLAIN)
    at: Any = plain
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] += change
    return plain


def shuffled(value: Any, draw: st.DrawFn) -> Any:
    if isinstance(value, dict):
        keys = draw(st.permutations(list(value)))
        return {key: shuffled(value[key], draw) for key in keys}
    if isinstance(value, list):
        return [shuffled(item, draw) for item in value]
    return value


@st.composite
def other_order(draw: st.DrawFn) -> Any:
    return shuffled(PLAIN, draw)


LEAVES = list(leaves(PLAIN))


def test_every_leaf_is_a_text() -> None:
    assert len(LEAVES) > 150


def test_any_word_changes_the_digest() -> None:
    """All leaves, one after the other: a word more is another digest, or no rubric at all."""
    unchanged = []
    for path in LEAVES:
        rubric = from_plain(changed(path, "x"))
        if rubric is not None and rubric.digest == DIGEST:
            unchanged.append(path)
    assert unchanged == []


@settings(max_examples=25, deadline=None)
@given(path=st.sampled_from(LEAVES), change=st.text(min_size=1, max_size=20).filter(str.strip))
def test_whatever_the_word(path: Path, change: str) -> None:
    rubric, _ = parse_rubric(yaml.safe_dump(changed(path, f" {change}"), allow_unicode=True))
    assert rubric is None or rubric.digest != DIGEST


@settings(max_examples=15, deadline=None)
@given(plain=other_order(), width=st.integers(20, 300), comments=st.booleans(), flow=st.booleans())
def test_order_wrapping_comments_and_style_do_not(plain: Any, width: int, comments: bool, flow: bool) -> None:
    width = 10_000 if comments else width
    text = yaml.safe_dump(plain, sort_keys=False, width=width, default_flow_style=flow, allow_unicode=True)
    if comments and not flow:
        text = "".join(f"# a remark\n{line}" for line in text.splitlines(keepends=True))
    rubric, findings = parse_rubric(text.replace("\n", "\r\n") if flow else text)
    assert findings == []
    assert rubric is not None
    assert rubric.digest == DIGEST


def test_the_order_of_levels_and_criteria_counts() -> None:
    for key in ("criteria", "derives_from"):
        plain = copy.deepcopy(PLAIN)
        plain[key] = list(reversed(plain[key]))
        rubric = from_plain(plain)
        assert rubric is not None
        assert rubric.digest != DIGEST


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
