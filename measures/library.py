"""Where rubrics, templates, editions and the worked example are found.

A mission's own file wins, then what the installed package carries, then the checkout.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHELVES = (_PACKAGE / "_shelf", _PACKAGE.parent)


def shelf(name: str) -> Path:
    """Return the folder ``rubrics``, ``templates``, ``reports`` or ``examples/nmi`` of the product.

    The folder may be missing when the installation is broken; callers report that.
    """
    for base in _SHELVES:
        if (base / name).is_dir():
            return base / name
    return _SHELVES[0] / name


def rubric_files(mission: Path | None = None) -> list[Path]:
    """Return rubric files: the shelf's, then the mission's own. None hides another."""
    return _all("rubrics", mission)


def table_files(mission: Path | None = None) -> list[Path]:
    """Return the files of conversion tables: the shelf's, then the mission's own."""
    return _all("rubrics/tables", mission)


def edition_files(mission: Path | None = None) -> dict[str, Path]:
    """Return edition definitions by file stem; a mission's own file hides the product's."""
    return {path.stem: path for path in sorted(_all("reports", mission), key=lambda path: path.stem)}


def _all(name: str, mission: Path | None) -> list[Path]:
    folders = [shelf(name)]
    if mission is not None and (mission / name).resolve() != folders[0].resolve():
        folders.append(mission / name)
    found = []
    for folder in folders:
        if folder.is_dir():
            found += [path for path in sorted(folder.glob("*.yaml")) if not path.is_symlink()]
    return found
