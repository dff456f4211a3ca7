"""The canonical form is that of RFC 8785 on the domain that the product allows."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from measures import canonical
from measures.errors import CanonicalError

_TEXT = st.text(
    st.characters(exclude_categories=["Cs"]).filter(
        lambda c: c in "\n\t" or (ord(c) >= 0x20 and ord(c) != 0x7F)
    )
)
_KEYS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=8)
_NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(_VALUES)
def test_same_bytes_as_the_reference_implementation(value: Any) -> None:
    assert canonical.encode(value) == rfc8785.dumps(value)


@given(_VALUES)
def test_reads_back_and_encodes_to_the_same_bytes(value: Any) -> None:
    content = canonical.encode(value)
    assert canonical.decode(content) == value
    assert canonical.encode(canonical.decode(content)) == content


@given(_VALUES)
def test_an_auditor_makes_it_again_with_any_json_tool(value: Any) -> None:
    again = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert canonical.digest(value) == hashlib.sha256(again).hexdigest()


def test_the_order_of_keys_does_not_matter() -> None:
    assert canonical.digest({"b": 1, "a": [2, 3]}) == canonical.digest({"a": (2, 3), "b": 1})


@pytest.mark.parametrize(
    ("value", "where"),
    [
        pytest.param({"a": 0.5}, "$.a", id="a float"),
        pytest.param([1, float("nan")], "$[1]", id="not a number"),
        pytest.param({"a": {"b": 2**53}}, "$.a.b", id="an integer of 2**53"),
        pytest.param(-(2**53), "$", id="an integer of -2**53"),
        pytest.param({"é": 1}, "$", id="a key that is not ASCII"),
        pytest.param({1: 1}, "$", id="a key that is no text"),
        pytest.param({"a\x00": 1}, "$", id="a control character in a key"),
        pytest.param({"a": "x\x1b[31m"}, "$.a", id="an escape character"),
        pytest.param("line\rline", "$", id="a carriage return"),
        pytest.param("\x7f", "$", id="a delete character"),
        pytest.param("\ud800", "$", id="half a surrogate pair"),
        pytest.param(b"bytes", "$", id="bytes"),
        pytest.param([{1, 2}], "$[0]", id="a set"),
        pytest.param({"at": date(2021, 2, 18)}, "$.at", id="a date"),
    ],
)
def test_refuses_what_has_no_canonical_form_and_says_where(value: Any, where: str) -> None:
    with pytest.raises(CanonicalError) as refusal:
        canonical.encode(value)
    assert f"at {where}," in refusal.value.message


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"{} {}", b'"\xed\xa0\x80"'])
def test_refuses_bytes_that_are_not_json(content: bytes) -> None:
    with pytest.raises(CanonicalError):
        canonical.decode(content)


def test_line_breaks_and_tabs_may_stay() -> None:
    assert canonical.encode("a\n\tb") == b'"a\\n\\tb"'
