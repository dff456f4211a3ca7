"""Where the report's fonts are, and a private font configuration that knows no others.

With one folder of known files the pages look the same on every machine, and a character
that none of them has becomes an alarm instead of a stray face.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from measures.errors import RenderError

_PACKAGES = {
    "fontpkg_source_serif_4": ("SourceSerif4[opsz,wght].ttf", "SourceSerif4-Italic[opsz,wght].ttf"),
    "fontpkg_ibm_plex_sans": ("IBMPlexSans[wdth,wght].ttf", "IBMPlexSans-Italic[wdth,wght].ttf"),
    "fontpkg_ibm_plex_sans_arabic": (
        "IBMPlexSansArabic-Regular.ttf",
        "IBMPlexSansArabic-Medium.ttf",
        "IBMPlexSansArabic-SemiBold.ttf",
        "IBMPlexSansArabic-Bold.ttf",
    ),
    "fontpkg_ibm_plex_mono": ("IBMPlexMono-Regular.ttf", "IBMPlexMono-Medium.ttf"),
}
_EPOCH = "946684800"
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir><config></config></fontconfig>
"""


def font_files() -> tuple[Path, ...]:
    """Return the font files the templates use.

    Raises:
        RenderError: A font package is not installed, or lacks a file.
    """
    found: list[Path] = []
    for package, names in _PACKAGES.items():
        spec = find_spec(package)
        folder = Path(spec.origin).parent / "files" if spec is not None and spec.origin else None
        for name in names:
            path = folder / name if folder is not None else None
            if path is None or not path.is_file():
                raise RenderError(
                    f"The font file {name} of the package {package.replace('_', '-')} was not found.",
                    "Install the product again: pip install --force-reinstall mission-measures",
                )
            found.append(path)
    return tuple(found)


@contextmanager
def only_our_fonts() -> Iterator[Path]:
    """Point the font system at our files alone while the block runs; yield the configuration file.

    The font system takes its configuration from the process environment and from nowhere
    else, and the font library stamps what it cuts with the clock unless told another time
    there. Both variables are put back afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="measures-fonts-") as name:
        folder = Path(name)
        (folder / "fonts").mkdir()
        for path in font_files():
            (folder / "fonts" / path.name).symlink_to(path)
        configuration = folder / "fonts.conf"
        configuration.write_text(_CONFIGURATION.format(folder=folder), encoding="utf-8")
        with _environment({"FONTCONFIG_FILE": str(configuration), "SOURCE_DATE_EPOCH": _EPOCH}):
            yield configuration


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    environment = os.environ  # noqa: TID251 - the only door these libraries have
    before = {name: environment.get(name) for name in values}
    environment.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del environment[name]
            else:
                environment[name] = value
