"""Entries and the chain, without any store."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures import canonical
from measures.errors import CanonicalError, RegisterError
from measures.register import GENESIS_HEAD, Draft, Head, Sealed, seal, unseal
from measures.register.chain import canonical_lines, head_after, read
from tests.register.tampering import AT, drafts

_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
_VALUE: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | _TEXT
    | st.sampled_from(["a\nb", '\\u"', "\t"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
_DRAFTS = st.lists(
    st.builds(
        Draft,
        kind=st.sampled_from(["assessment", "evidence"]),
        ref=_TEXT,
        body=st.dictionaries(st.sampled_from(["id", "text", "list"]), _VALUE, max_size=3),
        source=_TEXT,
        period=st.sampled_from(["", "2021Q1"]),
        supersedes=_TEXT,
    ),
    max_size=5,
)  # fmt: skip


def sealed(given_drafts: list[Draft], head: Head = GENESIS_HEAD) -> tuple[Sealed, ...]:
    return seal(given_drafts, head, at=AT, actor="PRJ-01", role="adviser")


@given(_DRAFTS)
def test_what_is_sealed_is_read_back(given_drafts: list[Draft]) -> None:
    made = sealed(given_drafts)
    for draft, item in zip(given_drafts, made, strict=True):
        entry = unseal(item.content)
        assert (entry.kind, entry.ref, entry.source) == (draft.kind, draft.ref, draft.source)
        assert (entry.period, entry.supersedes, entry.body) == (draft.period, draft.supersedes, draft.body)
        assert (entry.at, entry.actor, entry.role, entry.schema) == (AT, "PRJ-01", "adviser", 1)
        assert (entry.seq, entry.digest) == (item.seq, item.digest)


@given(_DRAFTS, _DRAFTS)
def test_in_one_go_or_in_two_the_chain_is_the_same(first: list[Draft], second: list[Draft]) -> None:
    one = sealed(first)
    assert one + sealed(second, head_after(one, GENESIS_HEAD)) == sealed(first + second)


@given(_DRAFTS)
def test_an_auditor_follows_the_chain_with_json_and_sha256(given_drafts: list[Draft]) -> None:
    prev = "0" * 64
    for number, item in enumerate(sealed(given_drafts), start=1):
        line = json.loads(item.content)
        assert (line["seq"], line["prev"]) == (number, prev)
        again = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert again.encode() == item.content
        prev = hashlib.sha256(item.content).hexdigest()
        assert prev == item.digest


@given(_DRAFTS)
def test_what_is_sealed_is_canonical(given_drafts: list[Draft]) -> None:
    contents = [item.content for item in sealed(given_drafts)]
    assert canonical_lines(contents) is not None


@pytest.mark.parametrize("field", ["kind", "ref", "source", "period", "supersedes"])
def test_every_field_is_covered_by_the_digest(field: str) -> None:
    plain = {"kind": "evidence", "ref": "a", "source": "b", "period": "", "supersedes": ""}
    one = sealed([Draft(**plain, body={})])
    other = sealed([Draft(**(plain | {field: "changed"}), body={})])
    assert one[0].digest != other[0].digest


@pytest.mark.parametrize("who", [{"at": "2022"}, {"actor": "PRJ-02"}, {"role": "partner"}])
def test_who_and_when_are_covered_by_the_digest(who: dict[str, str]) -> None:
    usual = {"at": AT, "actor": "PRJ-01", "role": "adviser"}
    assert seal(drafts(1), GENESIS_HEAD, **usual) != seal(drafts(1), GENESIS_HEAD, **(usual | who))


def test_nothing_sealed_leaves_the_head() -> None:
    assert head_after(sealed([]), GENESIS_HEAD) == GENESIS_HEAD


@pytest.mark.parametrize(
    ("refused", "error"),
    [
        pytest.param(Draft("", "x", {}, "f"), RegisterError, id="no kind"),
        pytest.param(Draft("a", "x", {"share": 0.5}, "f"), CanonicalError, id="a float"),
        pytest.param(Draft("a", "x", {"text": "\x00"}, "f"), CanonicalError, id="a control character"),
        pytest.param(Draft("a", "x", {"é": 1}, "f"), CanonicalError, id="a key outside ASCII"),
        pytest.param(Draft("a", "x", {}, "f", period=None), CanonicalError, id="no text"),  # type: ignore[arg-type]  # what a careless caller gives
    ],
)
def test_refuses_a_draft_that_cannot_be_kept(refused: Draft, error: type[Exception]) -> None:
    with pytest.raises(error):
        sealed([refused])


def test_a_body_nests_as_deep_as_a_rubric_does() -> None:
    value: Any = 1
    for depth in range(60):
        value = {"deeper": value} if depth % 2 else [value]
    (made,) = sealed([Draft("rubric", "x", {"criteria": value}, "f")])
    assert unseal(made.content).body == {"criteria": value}


@pytest.mark.parametrize(("at", "actor"), [("", "PRJ-01"), (AT, "")])
def test_refuses_an_append_by_nobody_or_at_no_time(at: str, actor: str) -> None:
    with pytest.raises(RegisterError):
        seal(drafts(1), GENESIS_HEAD, at=at, actor=actor, role="adviser")


def _line(**changed: Any) -> dict[str, Any]:
    line: dict[str, Any] = dict.fromkeys(
        ("actor", "at", "kind", "period", "prev", "ref", "role", "source", "supersedes"), ""
    )
    return line | {"body": {}, "schema": 1, "seq": 1} | changed  # fmt: skip


def _json(line: dict[str, Any]) -> bytes:
    return json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_the_plain_line_is_canonical() -> None:
    assert canonical_lines([_json(_line())]) is not None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(json.dumps(_line(), sort_keys=True).encode(), id="spaces"),
        pytest.param(
            json.dumps(_line(ref="x", kind="y"), separators=(",", ":")).encode(), id="keys not in order"
        ),
        pytest.param(
            _json(_line(body={"x": 1})).replace(b'"x":1', b'"y":1,"x":1'), id="body keys not in order"
        ),
        pytest.param(_json(_line(body={"x": 1})).replace(b'"x":1', b'"x":1,"x":1'), id="a key twice"),
        pytest.param(_json(_line(body={"x": "é"})).replace("é".encode(), b"\\u00e9"), id="a needless escape"),
        pytest.param(_json(_line(body={"x": "/"})).replace(b"/", b"\\/"), id="an escaped slash"),
        pytest.param(_json(_line(body={"x": 1.5})), id="a float"),
        pytest.param(_json(_line(body={"x": 1})).replace(b'"x":1', b'"x":1.0'), id="a float that is whole"),
        pytest.param(_json(_line(body={"x": 1})).replace(b'"x":1', b'"x":1e3'), id="an exponent"),
        pytest.param(_json(_line(body={"x": 1})).replace(b'"x":1', b'"x":-0'), id="minus zero"),
        pytest.param(_json(_line(body={"x": [2**53]})), id="a large integer"),
        pytest.param(_json(_line(body={"x": 10**40})), id="a huge integer"),
        pytest.param(_json(_line(body={"x": {"y": [2**53]}})), id="a large integer far down"),
        pytest.param(_json(_line(body={"x": {"y": [-(2**53)]}})), id="a large negative integer far down"),
        pytest.param(_json(_line(body={"x": {"y": [0.5]}})), id="a float far down"),
        pytest.param(_json(_line(body={"é": "x"})), id="a key outside ASCII on top"),
        pytest.param(_json(_line(body={"x": "\x01"})), id="a control character"),
        pytest.param(_json(_line(body={"x": "\\\r"})), id="a carriage return after a backslash"),
        pytest.param(_json(_line(body={"x": "\x7f"})), id="a delete character"),
        pytest.param(_json(_line(body={"x": [{"é": 1}]})), id="a key outside ASCII"),
        pytest.param(_json(_line()) + b"\n", id="a line feed behind"),
        pytest.param(b" " + _json(_line()), id="a space in front"),
        pytest.param(_json(_line()) + b"\n" + _json(_line()), id="two in one"),
        pytest.param(_json(_line(more="x")), id="a field too many"),
        pytest.param(_json(_line(seq="1")), id="a number as text"),
        pytest.param(_json(_line(body=[])), id="a body that is no map"),
        pytest.param(b'{"seq":1}', id="fields missing"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"[" * 100_000, id="nested without end"),
        pytest.param(b"\xff\xfe", id="not text"),
    ],
)
def test_what_this_product_did_not_write_is_not_canonical(content: bytes) -> None:
    sound = _json(_line())
    assert canonical_lines([content]) is None
    assert canonical_lines([sound, content, sound]) is None


def test_a_line_cannot_hide_in_its_neighbours() -> None:
    two = _json(_line()) + b"\n" + _json(_line(seq=2))
    cut = two.index(b"\n") - 4
    assert canonical_lines([two[:cut], two[cut:]]) is None
    assert canonical_lines([two, b""]) is None


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"seq":1.5}'])
def test_reading_refuses_what_is_no_entry(content: bytes) -> None:
    with pytest.raises(CanonicalError):
        read(content)


@given(st.integers(0, 10**14), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_head_reads_what_it_writes(size: int, digest: str) -> None:
    assert Head.parse(str(Head(size, digest))) == Head(size, digest)


@pytest.mark.parametrize("text", ["", "1", ":", "01:{0}", "-1:{0}", "1:{0}0", "1:{0}\n", "1:A{0}", "1: {0}"])
def test_refuses_what_is_no_head(text: str) -> None:
    text = text.format("0" * 64)
    with pytest.raises(RegisterError) as refusal:
        Head.parse(text)
    assert refusal.value.remedy


def test_the_first_head_has_no_entries() -> None:
    assert str(GENESIS_HEAD) == f"0:{canonical.GENESIS}"
