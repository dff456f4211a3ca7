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
_VARIABLE = "FONTCONFIG_FILE"
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
                    "Install the product again with its dependencies: pip install --force-reinstall mission-measures",
                )
            found.append(path)
    return tuple(found)


@contextmanager
def only_our_fonts() -> Iterator[Path]:
    """Point the font system at our files alone while the block runs; yield the configuration file.

    The font system takes its configuration from the process environment and from nowhere
    else, so the variable is set here and put back afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="measures-fonts-") as name:
        folder = Path(name)
        (folder / "fonts").mkdir()
        for path in font_files():
            (folder / "fonts" / path.name).symlink_to(path)
        configuration = folder / "fonts.conf"
        configuration.write_text(_CONFIGURATION.format(folder=folder), encoding="utf-8")
        before = os.environ.get(_VARIABLE)  # noqa: TID251 - put back below
        os.environ[_VARIABLE] = str(configuration)  # noqa: TID251 - the only door the font system has
        try:
            yield configuration
        finally:
            if before is None:
                del os.environ[_VARIABLE]  # noqa: TID251
            else:
                os.environ[_VARIABLE] = before  # noqa: TID251


def missing_characters(text: str) -> tuple[str, ...]:
    """Return the characters of a text that none of our fonts can print, as ``U+0041``."""
    from fontTools.ttLib import TTFont

    wanted = {character for character in set(text) if ord(character) > 0x7F and character.isprintable()}
    for path in font_files():
        if not wanted:
            break
        with TTFont(path, lazy=True) as font:
            wanted -= {chr(code) for code in font.getBestCmap()}
    return tuple(f"U+{ord(character):04X}" for character in sorted(wanted))
