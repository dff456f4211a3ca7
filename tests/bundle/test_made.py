"""What goes into a bundle, what stays out of it, and that it is the same each time."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from measures import canonical
from measures.errors import EditionError, MissionError, PeriodError
from measures.register import Register
from measures.workflow.signing import Keyring
from tests.bundle.conftest import bundled
from tests.workflow.tiny import CONFIDENTIAL


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "register.jsonl").read_bytes().splitlines()]


def shown(folder: Path) -> set[str]:
    return {f"{line['kind']} {line['ref']}" for line in lines(folder) if "body" in line}


def test_at_the_highest_ceiling_the_register_is_its_own_export(mission: Path, whole: Path) -> None:
    with Register.open(mission / "register.db", read_only=True) as register:
        assert (whole / "register.jsonl").read_bytes() == b"".join(line + b"\n" for line in register.lines())


def test_at_the_lowest_ceiling_only_what_anybody_may_see_is_shown(part: Path) -> None:
    told = shown(part)
    assert {"evidence E-02", "assessment A-03", "engagement G-02", "position S-02"} <= told
    assert {"mission tiny", "objective O-01", "milestone M-01", "rubric planning@1.0", "promise P-01"} <= told
    above = {
        "evidence E-01",
        "evidence E-03",
        "assessment A-01",
        "citation C-01",
        "position S-01",
        "moderation N-01",
    }
    assert not above & told


def test_a_row_that_names_a_withheld_one_is_withheld(part: Path) -> None:
    told = shown(part)
    assert "engagement G-03" not in told, "its evidence is E-01"
    assert "moderation N-02" not in told, "its reason speaks of A-02"


def test_nothing_that_is_withheld_leaks_anywhere(part: Path) -> None:
    for path in part.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert CONFIDENTIAL.encode() not in content, path
        for name in ("E-01", "E-03", "A-01", "A-02", "S-01", "N-01", "gate"):
            assert path.suffix == ".pdf" or f'"{name}"'.encode() not in content, (path, name)
        assert CONFIDENTIAL not in path.name


def test_the_report_of_a_part_is_made_of_that_part(part: Path) -> None:
    assert [path.name for path in sorted((part / "reports").glob("*.pdf"))] == ["tiny-open-2021Q2.pdf"]
    page = (part / "reports" / "tiny-open-2021Q2.html").read_text(encoding="utf-8")
    assert "An office was seen at work." in page
    assert CONFIDENTIAL not in page


def test_withheld_files_are_counted_and_nothing_else(part: Path, whole: Path) -> None:
    assert (part / "evidence" / "WITHHELD").read_text() == "withheld\n"
    assert len(list((part / "evidence").iterdir())) == 2
    assert not (whole / "evidence" / "WITHHELD").exists()
    assert len(list((whole / "evidence").iterdir())) == 2
    facts = json.loads((part / "bundle.json").read_bytes())
    assert facts["withheld"] == {"entries": sum("body" not in line for line in lines(part)), "files": 1}


def test_evidence_is_named_by_its_own_digest(whole: Path) -> None:
    for path in (whole / "evidence").iterdir():
        assert path.name.partition(".")[0] == canonical.sha256(path.read_bytes())
    assert {path.suffix for path in (whole / "evidence").iterdir()} == {".txt", ".jpg"}


def test_the_same_register_gives_the_same_bytes(
    reporting: Path, keys: Keyring, part: Path, tmp_path: Path
) -> None:
    made = bundled(reporting, tmp_path / "again.zip", keyring=keys)
    assert made.sha256 == canonical.sha256((part / "SHA256SUMS").read_bytes())
    with zipfile.ZipFile(tmp_path / "again.zip") as packed:
        names = {info.filename.partition("/")[2]: info for info in packed.infolist()}
        assert packed.infolist() == sorted(packed.infolist(), key=lambda info: info.filename)
        for name, info in names.items():
            assert packed.read(info) == (part / name).read_bytes(), name
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.external_attr >> 16 == 0o100644
    assert names.keys() == {path.relative_to(part).as_posix() for path in part.rglob("*") if path.is_file()}


def test_two_archives_of_one_register_are_one_file(mission: Path, keys: Keyring, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        bundled(mission, tmp_path / name, keyring=keys)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_as_of_an_earlier_head_it_ends_there(mission: Path, tmp_path: Path) -> None:
    from measures.workflow.bundle import make_bundle
    from measures.workflow.mission import open_mission

    earlier = open_mission(mission, head="12")
    made = make_bundle(earlier, "2021Q2", tmp_path / "out", wanted=("public", ()))
    assert made.head.size == len(lines(tmp_path / "out")) == 12


def test_reports_above_the_ceiling_are_left_out_and_named(mission: Path, tmp_path: Path) -> None:
    made = bundled(mission, tmp_path / "out", "public")
    assert made.editions == ()
    assert {"hq", "audit"} <= set(made.left_out)


@pytest.mark.parametrize(
    ("ceiling", "editions", "error", "words"),
    [
        ("secret", (), EditionError, "public or mission"),
        ("public", ("hq",), EditionError, "--ceiling mission"),
        ("", ("hq",), EditionError, "--ceiling mission"),
        ("", ("hqq",), EditionError, "hq"),
    ],
    ids=["no marking", "an edition above the ceiling", "above the lowest, as none was given", "no edition"],
)
def test_what_cannot_be_bundled(
    mission: Path,
    tmp_path: Path,
    ceiling: str,
    editions: tuple[str, ...],
    error: type[EditionError],
    words: str,
) -> None:
    with pytest.raises(error) as raised:
        bundled(mission, tmp_path / "out", ceiling, editions)
    assert words in f"{raised.value.message} {raised.value.remedy}"
    assert not (tmp_path / "out").exists()


def test_nothing_is_overwritten(mission: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(MissionError, match="found something"):
        bundled(mission, tmp_path / "out")


def test_a_quarter_outside_the_mission(mission: Path, tmp_path: Path) -> None:
    from measures.workflow.bundle import make_bundle
    from measures.workflow.mission import open_mission

    with pytest.raises(PeriodError):
        make_bundle(open_mission(mission), "1999Q1", tmp_path / "out")


def test_without_an_evidence_file_nothing_is_bundled(mission: Path, tmp_path: Path) -> None:
    for path in (mission / "evidence").rglob("*"):
        if path.is_file() and path.read_bytes() == b"Seen on 3 June.\n":
            path.chmod(0o600)
            path.write_bytes(b"Seen on 4 June.\n")
    made = bundled(mission, tmp_path / "out")
    assert [finding.code for finding in made.findings] == ["V013"]
    assert list(tmp_path.iterdir()) == [mission], "and nothing is left lying about"


def test_an_altered_file_that_is_withheld_anyway_does_not_matter(mission: Path, tmp_path: Path) -> None:
    for path in (mission / "evidence").rglob("*"):
        if path.is_file() and b"gate" in path.read_bytes():
            path.chmod(0o600)
            path.write_bytes(b"another")
    assert not bundled(mission, tmp_path / "out").findings
