"""Checkpoints of a register in PostgreSQL are those of the same register in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from measures.workflow import checkpoint as verbs
from measures.workflow.signing import Keyring, put_in_use
from tests.workflow.held import AT, LATER, append, codes, kept
from tests.workflow.tiny import recorded, spoil, write

pytestmark = pytest.mark.slow


def test_a_server_and_a_file_have_one_root_and_both_are_verified(
    tmp_path: Path, address: str, ring: Keyring
) -> None:
    file, server = write(tmp_path / "file"), write(tmp_path / "server")
    spoil(server, [("mission.yaml", "id: tiny\n", f"id: tiny\nregister: {address}\n")])
    assert recorded(file).head == recorded(server).head
    assert verbs.make(file) == verbs.make(server)
    put_in_use(server, ring, at=AT, actor="ADV-01")
    held = kept(server, verbs.make(server, ring).checkpoint)
    size = append(server)
    assert codes(server, held) == []
    assert verbs.prove_consistency(server, size - 1)["size"] == size
    assert verbs.prove_inclusion(server, size)["content"].count(LATER) == 1
    text = held.read_text(encoding="utf-8")
    held.write_text(text.replace(f"\n{size - 1}\n", f"\n{size - 2}\n"), encoding="utf-8")
    assert codes(server, held) == ["V033", "V034"]
