"""Make the pictures of the documentation from the worked example's own report.

Needs ``pdftoppm`` (Debian: poppler-utils). Run it again when the layout has changed:
``.venv/bin/python scripts/make_pictures.py``.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import measures
from measures.report.pdf import to_pdf

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "hq-page.png"
PERIOD = "2021Q1"
SECTION = "quarter"
DOTS = 72
MOST = 200_000


def quarter_page(folder: Path) -> tuple[Path, int]:
    """Render the headquarters edition of the example; return the PDF and the page wanted."""
    example = ROOT / "examples" / "nmi"
    skip = shutil.ignore_patterns("register.*", "out")
    mission = measures.open(shutil.copytree(example, folder / "nmi", ignore=skip))
    made = mission.report("hq", PERIOD, folder)
    rendered = to_pdf(made.html.read_text(encoding="utf-8"), base=ROOT / "templates")
    return made.pdf, rendered.page_of[SECTION]


def main() -> None:
    """Write the picture.

    Raises:
        SystemExit: pdftoppm is missing, or the picture has become too large.
    """
    if shutil.which("pdftoppm") is None:
        raise SystemExit("pictures: expected pdftoppm; on Debian: apt-get install poppler-utils")
    with tempfile.TemporaryDirectory(prefix="measures-pictures-") as name:
        pdf, page = quarter_page(Path(name))
        target = Path(name) / "page"
        wanted = ("-r", str(DOTS), "-f", str(page), "-l", str(page), "-singlefile", "-png")
        subprocess.run(["pdftoppm", *wanted, str(pdf), str(target)], check=True)
        picture = target.with_suffix(".png").read_bytes()
    if len(picture) > MOST:
        raise SystemExit(f"pictures: expected at most {MOST} bytes, got {len(picture)}; lower DOTS")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_bytes(picture)
    print(f"pictures: {PICTURE.relative_to(ROOT)}, page {page} of {PERIOD}, {len(picture) // 1000} kB")


if __name__ == "__main__":
    main()
