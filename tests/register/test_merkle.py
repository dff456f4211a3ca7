"""The Merkle tree is that of RFC 6962: published vectors, and the definition itself as an oracle."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.errors import CheckpointError
from measures.register import merkle

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The leaves of the vectors that implementations of Certificate Transparency are tested with."""

ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)

ONE = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
THREE_FOUR = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
FIVE_TO_EIGHT = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
FIVE = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
SEVEN_EIGHT = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
FIVE_SIX = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"

INCLUSION = [
    (0, 1, []),
    (0, 8, [ONE, THREE_FOUR, FIVE_TO_EIGHT]),
    (5, 8, [FIVE, SEVEN_EIGHT, ROOTS[4]]),
    (2, 3, [ROOTS[2]]),
    (1, 5, [ROOTS[1], THREE_FOUR, FIVE]),
]
CONSISTENCY = [
    (1, 1, []),
    (1, 8, [ONE, THREE_FOUR, FIVE_TO_EIGHT]),
    (6, 8, [FIVE_SIX, SEVEN_EIGHT, ROOTS[4]]),
    (2, 5, [THREE_FOUR, FIVE]),
]


def hexes(hashes: Sequence[bytes]) -> list[str]:
    return [one.hex() for one in hashes]


def contents(size: int) -> list[bytes]:
    return [str(number).encode() for number in range(size)]


def defined(leaves: Sequence[bytes]) -> bytes:
    """Return the root as RFC 6962 section 2.1 defines it."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = max(power for power in (1 << n for n in range(10)) if power < len(leaves))
    return hashlib.sha256(b"\x01" + defined(leaves[:split]) + defined(leaves[split:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_the_published_proofs_of_inclusion(index: int, size: int, proof: list[str]) -> None:
    made = merkle.over(LEAVES, merkle.inclusion_ranges(index, size))
    assert hexes(made) == proof
    assert merkle.root_with(merkle.leaf(LEAVES[index]), index, size, made).hex() == ROOTS[size]


@pytest.mark.parametrize(("old", "size", "proof"), CONSISTENCY)
def test_the_published_proofs_of_consistency(old: int, size: int, proof: list[str]) -> None:
    made = merkle.over(LEAVES, merkle.consistency_ranges(old, size))
    assert hexes(made) == proof
    found = merkle.roots_with(old, size, made, bytes.fromhex(ROOTS[old]))
    assert hexes(found) == [ROOTS[old], ROOTS[size]]


def test_roots_on_the_way_are_those_of_the_definition() -> None:
    leaves = contents(70)
    found = merkle.roots(iter(leaves), range(75))
    assert found == {size: defined(leaves[:size]) for size in range(71)}, "sizes beyond the end are left out"


@pytest.mark.parametrize("size", range(1, 36))
def test_every_leaf_of_every_small_tree_is_proved_and_no_other(size: int) -> None:
    leaves = contents(size)
    whole = defined(leaves)
    for index in range(size):
        proof = merkle.over(leaves, merkle.inclusion_ranges(index, size))
        assert merkle.root_with(merkle.leaf(leaves[index]), index, size, proof) == whole
        assert merkle.root_with(merkle.leaf(b"forged"), index, size, proof) != whole
        for at in range(len(proof)):
            spoiled = [*proof[:at], bytes(merkle.HASH), *proof[at + 1 :]]
            assert merkle.root_with(merkle.leaf(leaves[index]), index, size, spoiled) != whole


@pytest.mark.parametrize("size", range(1, 36))
def test_every_small_tree_is_proved_to_begin_with_every_smaller_one(size: int) -> None:
    leaves = contents(size)
    whole = defined(leaves)
    for old in range(1, size + 1):
        before = defined(leaves[:old])
        proof = merkle.over(leaves, merkle.consistency_ranges(old, size))
        assert merkle.roots_with(old, size, proof, before) == (before, whole)
        for at in range(len(proof)):
            spoiled = [*proof[:at], bytes(merkle.HASH), *proof[at + 1 :]]
            assert merkle.roots_with(old, size, spoiled, before) != (before, whole)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 200), st.data())
def test_a_tree_with_one_leaf_changed_does_not_follow_from_the_old_one(
    size: int, data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, size))
    at = data.draw(st.integers(0, old - 1))
    leaves = contents(size)
    before = merkle.root(leaves[:old])
    leaves[at] = b"forged"
    proof = merkle.over(leaves, merkle.consistency_ranges(old, size))
    assert merkle.roots_with(old, size, proof, before) != (before, merkle.root(leaves))


@pytest.mark.parametrize(
    ("what", "ask"),
    [
        ("a leaf beyond the tree", lambda: merkle.inclusion_ranges(8, 8)),
        ("a leaf of an empty tree", lambda: merkle.inclusion_ranges(0, 0)),
        ("an older tree that is the larger", lambda: merkle.consistency_ranges(9, 8)),
        ("an older tree without leaves", lambda: merkle.consistency_ranges(0, 8)),
        ("fewer leaves than the proof is about", lambda: merkle.over(LEAVES, [(0, 9)])),
        ("a proof that is too short", lambda: merkle.root_with(bytes(32), 0, 8, [bytes(32)] * 2)),
        ("a proof that is too long", lambda: merkle.root_with(bytes(32), 0, 1, [bytes(32)])),
        ("a hash that is too short", lambda: merkle.root_with(bytes(32), 0, 2, [bytes(31)])),
        ("a proof for one tree too many", lambda: merkle.roots_with(8, 8, [bytes(32)], bytes(32))),
    ],
)
def test_what_cannot_be_proved_is_refused_in_words(what: str, ask: object) -> None:
    assert callable(ask)
    with pytest.raises(CheckpointError, match="Expected"):
        ask()


def test_a_large_tree_takes_no_more_memory_than_a_few_hashes() -> None:
    tree = merkle.Tree()
    numbers = count()
    for _ in range(3000):
        tree.add(str(next(numbers)).encode())
    assert len(tree._peaks) == (3000).bit_count()
