"""An edition and its checkpoint: printed, written beside, noted, and the same where there is no key."""

from __future__ import annotations

from pathlib import Path

import pytest

from measures.register.checkpoint import read_checkpoint
from measures.workflow.mission import open_mission
from measures.workflow.opening import open_register
from measures.workflow.publish import Noting, Published, publish
from measures.workflow.signing import Keyring, keys_of
from tests.workflow.held import LATER, append, codes

pytestmark = pytest.mark.slow


def published(folder: Path, out: Path, keyring: Keyring | None = None, *, noted: bool = True) -> Published:
    by = Noting(LATER, "ADV-01", keyring) if noted else None
    return publish(open_mission(folder), "hq", "2021Q2", out, noted_by=by)


def test_an_edition_signed_once_is_the_same_to_the_byte_where_there_is_no_key(
    signing: Path, ring: Keyring, tmp_path: Path
) -> None:
    made = published(signing, signing / "out", ring)
    checkpoint = read_checkpoint(made.checkpoint.read_bytes())
    assert made.unsigned == ""
    assert checkpoint.size == made.report.cover.head_size
    assert (made.report.cover.checkpoint, made.report.cover.signed) == (checkpoint.lines, True)
    page = made.html.read_text(encoding="utf-8")
    assert all(line.replace("+", "&#43;") in page or line in page for line in checkpoint.lines)
    with open_register(signing, read_only=True) as register:
        entry = register.entry(made.noted)
    assert entry is not None
    assert entry.body["checkpoint"] == str(checkpoint)
    assert codes(signing) == []

    again = published(signing, tmp_path / "elsewhere")
    assert again.noted == 0
    for name in ("pdf", "html", "claims", "checkpoint"):
        assert getattr(again, name).read_bytes() == getattr(made, name).read_bytes(), name

    append(signing)
    later = published(signing, signing / "out", noted=False)
    assert "not at hand" in later.unsigned
    kept = signing / "out" / f"tiny-hq-2021Q2.{checkpoint.size}.checkpoint"
    assert read_checkpoint(kept.read_bytes()) == checkpoint, "what was signed is put by"
    assert codes(signing) == ["V037"], "the new one is not signed though a key is in use"
    assert len(keys_of(signing)) == 1
