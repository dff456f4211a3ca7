"""The import contracts: each refuses what it is there to refuse."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# The smallest package that keeps every contract: each room once, each door with its library.
ROOMS = {
    "__init__": "",
    "__main__": "from measures.cli import main",
    "cli/__init__": "import click, rich.console",
    "workflow": "from measures import intake, register, report, library",
    "report/__init__": "from measures import judgement",
    "report/html": "import jinja2",
    "report/pdf": "import weasyprint, pikepdf",
    "report/joined": "import pikepdf",
    "register/__init__": "from measures import records",
    "register/postgres": "import psycopg",
    "register/keys": "import cryptography",
    "intake/__init__": "from measures import records",
    "intake/workbook/__init__": "",
    "intake/workbook/door_in": "import openpyxl",
    "intake/workbook/sheetrows": "import openpyxl",
    "intake/workbook/returned": "import openpyxl",
    "intake/workbook/door_out": "import xlsxwriter",
    "library": "from measures import errors",
    "judgement/__init__": "from measures import records",
    "records/__init__": "from measures import rubric",
    "records/frames": "import pandera.pandas as pa",
    "records/schemas": "import pandera.pandas as pa",
    "rubric/__init__": "from measures import period, canonical",
    "rubric/document": "import yaml",
    "period": "from measures import finding",
    "canonical": "from measures import errors",
    "finding": "from measures import errors",
    "errors": "",
}
REFUSED = {
    "a lower room imports a higher one": ("records/__init__", "from measures import judgement", "Each room"),
    "a door imports another door": ("intake/__init__", "from measures import register", "Each room"),
    "a word imports its sibling": ("period", "from measures import canonical", "Each room"),
    "a room nobody declared": ("extra", "", "Each room"),
    "judgement reaches a door": ("judgement/__init__", "from measures import library", "Judgement knows"),
    "the register judges": ("register/__init__", "from measures import judgement", "The doors"),
    "the intake judges": ("intake/__init__", "from measures import judgement", "The doors"),
    "the library reads records": ("library", "from measures import records", "The library knows"),
    "a second door to WeasyPrint": ("report/html", "import weasyprint", "One door to PDF"),
    "a second door to pikepdf": ("register/__init__", "import pikepdf", "One door to PDF"),
    "a second door to PostgreSQL": ("intake/__init__", "import psycopg", "One door to PostgreSQL"),
    "a second door to signatures": ("register/__init__", "import cryptography", "One door to signatures"),
    "a second door to workbooks that come back": (
        "intake/workbook/__init__",
        "import openpyxl",
        "One door to workbooks that come back",
    ),
    "a second door out to workbooks": (
        "intake/workbook/__init__",
        "import xlsxwriter",
        "One door out to workbooks",
    ),
    "a second door to Jinja": ("report/pdf", "from jinja2 import Template", "One door to templates"),
    "a second door to YAML": ("intake/__init__", "import yaml", "One door to YAML"),
    "a second door to pandera": ("judgement/__init__", "import pandera.pandas", "One door to pandera"),
    "printing below the front": ("workflow", "from rich.table import Table", "Only the front"),
    "arguments below the front": ("report/__init__", "import click", "Only the front"),
}


def lint(package: Path, rooms: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Write a package of these rooms and judge it by the project's own contracts."""
    for name, line in rooms.items():
        path = package / "measures" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{line}\n", encoding="utf-8")
    linter = Path(sys.executable).with_name("lint-imports")
    command = [str(linter), "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    env = {**os.environ, "PYTHONPATH": str(package)}
    return subprocess.run(command, cwd=package, env=env, capture_output=True, text=True, check=False)


def broken(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.endswith(" BROKEN")]


def test_the_smallest_package_keeps_every_contract(tmp_path: Path) -> None:
    done = lint(tmp_path, ROOMS)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("room", "line", "contract"), REFUSED.values(), ids=REFUSED.keys())
def test_a_contract_refuses(tmp_path: Path, room: str, line: str, contract: str) -> None:
    done = lint(tmp_path, ROOMS | {room: f"{ROOMS.get(room, '')}\n{line}"})
    assert done.returncode == 1, done.stdout + done.stderr
    assert any(text.startswith(contract) for text in broken(done.stdout)), done.stdout
