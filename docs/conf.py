"""How Sphinx builds this documentation. Nothing is fetched while it builds."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_VERSION = re.search(
    r'^__version__ = "(.+)"$', (ROOT / "measures" / "__init__.py").read_text(encoding="utf-8"), re.MULTILINE
)

project = "measures"
author = "The measures project"
copyright = author
release = version = _VERSION[1] if _VERSION else ""

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
language = "en_GB"

myst_heading_anchors = 3
autodoc_typehints = "description"
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = f"measures {release}"
html_copy_source = False
html_show_sphinx = False
