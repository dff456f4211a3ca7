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


def rubric_files(mission: Path | None = None) -> dict[str, Path]:
    """Return rubric files by file stem; a mission's own file hides the shelf's of the same name."""
    return _files("rubrics", "*.yaml", mission)


def edition_files(mission: Path | None = None) -> dict[str, Path]:
    """Return edition definitions by file stem; a mission's own file hides the product's."""
    return _files("reports", "*.yaml", mission)


def _files(name: str, pattern: str, mission: Path | None) -> dict[str, Path]:
    found: dict[str, Path] = {}
    folders = [shelf(name)] + ([mission / name] if mission is not None else [])
    for folder in folders:
        if folder.is_dir():
            found.update((path.stem, path) for path in sorted(folder.glob(pattern)) if not path.is_symlink())
    return dict(sorted(found.items()))
