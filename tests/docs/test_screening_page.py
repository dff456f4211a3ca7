"""The page on screening can be followed to the letter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, follow, run

pytestmark = pytest.mark.slow


def test_an_indicator_is_screened_and_recorded_as_the_page_says(tmp_path: Path) -> None:
    follow(DOCS / "how-to" / "screen-an-indicator.md", tmp_path)
    status, seen = run("measures trace F-01 --mission my-mission --json", tmp_path)
    assert status == 0
    assert "Retire." in json.loads(seen)["text"]
