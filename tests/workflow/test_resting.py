"""The collector works again after a block in which it rested, whatever happened there."""

from __future__ import annotations

import gc

import pytest

from measures.workflow.resting import resting


def test_the_collector_rests_within_the_block_only() -> None:
    with resting():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_works_again_after_an_error() -> None:
    with pytest.raises(KeyError), resting():
        raise KeyError
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with resting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
