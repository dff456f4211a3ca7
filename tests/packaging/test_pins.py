"""The pins: whole, exact, hashed, and without an address."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+) \\\n(?:    --hash=sha256:[0-9a-f]{64}.*\n)+", re.MULTILINE
)
BLOCKS = {match["name"]: match["version"] for match in BLOCK.finditer(PINS)}
DECLARED = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *(text for extra in PROJECT["project"]["optional-dependencies"].values() for text in extra),
]


@pytest.mark.parametrize("declared", DECLARED)
def test_every_requirement_is_pinned_within_its_bounds(declared: str) -> None:
    requirement = Requirement(declared)
    assert requirement.specifier.contains(BLOCKS[canonicalize_name(requirement.name)])


def test_every_line_is_a_pin_a_hash_or_a_comment() -> None:
    rest = [line for line in BLOCK.sub("", PINS).splitlines() if not re.fullmatch(r" *#.*", line)]
    assert rest == []


@pytest.mark.parametrize("address", ["://", "@", "--index", "--find-links", "--trusted-host", " /", "=/"])
def test_no_address_and_no_path_is_in_the_pins(address: str) -> None:
    assert address not in PINS


def test_whatever_the_package_imports_is_declared() -> None:
    imported: set[str] = set()
    for path in (ROOT / "measures").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    outside = imported - set(sys.stdlib_module_names) - {"measures"}
    owners = metadata.packages_distributions()
    needed = {canonicalize_name(name) for module in outside for name in owners[module]} - {"pandas-stubs"}
    project = PROJECT["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["postgres"]]
    assert needed <= {canonicalize_name(Requirement(text).name) for text in asked}
