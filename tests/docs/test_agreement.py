"""What the page on agreement shows comes out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.docs.blocks import DOCS, blocks


def test_the_python_of_the_page_on_agreement_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    code, shown = blocks(DOCS / "explanation" / "agreement.md")
    names: dict[str, Any] = {}
    exec(compile(code.text, code.place, "exec"), names)  # noqa: S102 - the page is the test
    assert capsys.readouterr().out == shown.text
