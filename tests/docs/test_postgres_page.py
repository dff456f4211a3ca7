"""How to keep the register in PostgreSQL, followed on a server that is thrown away afterwards."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from measures.register import catalogue, head_file
from tests.docs.blocks import DOCS, blocks, run
from tests.postgres import Cluster
from tests.workflow.tiny import recorded, write

PAGE = DOCS / "how-to" / "keep-the-register-in-postgresql.md"
REFERENCE = DOCS / "reference" / "postgresql.md"


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("psql") is None, reason="the page uses psql and createdb, which are not here"
)
def test_the_page_can_be_followed(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "my-mission")
    head = recorded(folder).head
    for name, value in {"HOST": "127.0.0.1", "PORT": str(cluster.port), "USER": "owner"}.items():
        monkeypatch.setitem(os.environ, f"PG{name}", value)
    setup, move = [block.text for block in blocks(PAGE) if block.language == "sh"]
    here = move.replace("prj_01@db.example.org", f"owner@127.0.0.1:{cluster.port}")
    assert here != move
    for commands in (setup, here):
        status, seen = run(commands, tmp_path)
        assert status == 0, seen
    assert f"Whole: {head.size} entries, head {head}" in seen
    assert head_file(folder / "register.db") == head
    assert not (folder / "register.db").exists()


def test_every_object_on_the_server_is_on_the_reference_page() -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    for name, (what, _) in catalogue.blueprint(len(catalogue.script())).items():
        assert name in page or what in {"constraint", "function"}, name
    for role in ("measures_writer", "measures_reader"):
        assert role in catalogue.roles()
        assert f"`{role}`" in page
