"""What is built: everything a user needs, nothing that belongs to somebody."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELF = {
    "rubrics": "measures/_shelf/rubrics",
    "templates": "measures/_shelf/templates",
    "reports": "measures/_shelf/reports",
    "examples/nmi": "measures/_shelf/examples/nmi",
}
IGNORED = (
    "examples/nmi/register.db",
    "examples/nmi/register.db-wal",
    "examples/nmi/register.head",
    "examples/nmi/out/hq-2021Q1.pdf",
    "templates/__pycache__/left.pyc",
    "measures/__pycache__/left.pyc",
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout in which things lie about that must not ship."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    copy = tmp_path_factory.mktemp("checkout")
    wanted = project["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]
    made_things = shutil.ignore_patterns("__pycache__", "*.db*", "*.head*", "out", "_build")
    for name in ("pyproject.toml", ".gitignore", *wanted):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=made_things)
        else:
            (copy / name).write_bytes((ROOT / name).read_bytes())
    for name in IGNORED:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text("private", encoding="utf-8")
    return copy


def build(source: Path, target: str, folder: Path) -> Path:
    """Build one distribution without a network and return it."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tree, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tree, "sdist", tmp_path_factory.mktemp("sdist"))


def in_wheel(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def in_sdist(sdist: Path) -> set[str]:
    with tarfile.open(sdist) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


@pytest.mark.parametrize(("source", "target"), SHELF.items())
def test_the_wheel_carries_every_file_of_a_shelf(tree: Path, wheel: Path, source: str, target: str) -> None:
    files = {path.relative_to(tree).as_posix() for path in (tree / source).rglob("*") if path.is_file()}
    expected = {target + name.removeprefix(source) for name in files - set(IGNORED)}
    carried = {name for name in in_wheel(wheel) if name.startswith(target + "/")}
    assert expected
    assert carried == expected


def test_the_wheel_holds_the_package_and_its_metadata_only(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in in_wheel(wheel)}
    assert tops == {"measures", "-".join(wheel.name.split("-")[:2]) + ".dist-info"}


@pytest.mark.parametrize("names", [in_wheel, in_sdist])
@pytest.mark.parametrize("ignored", IGNORED)
def test_what_git_ignores_does_not_ship(
    wheel: Path, sdist: Path, ignored: str, names: Callable[[Path], set[str]]
) -> None:
    built = names(wheel if names is in_wheel else sdist)
    assert not {name for name in built if name.endswith(ignored.rpartition("/")[2])}


def test_the_source_distribution_builds_the_same_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    subprocess.run(["tar", "-xf", sdist], cwd=unpacked, check=True)  # tarfile's filter is newer than 3.11.2
    (source,) = unpacked.iterdir()
    again = build(source, "wheel", tmp_path / "built")
    assert again.read_bytes() == wheel.read_bytes()


def test_the_wheel_says_that_it_is_typed(wheel: Path) -> None:
    assert "measures/py.typed" in in_wheel(wheel)
