"""A corpus of broken workbooks: each ends in its finding, at its cell, with nothing recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from measures.finding import CATALOGUE, errors_in
from measures.workflow.opening import open_register
from measures.workflow.workbooks import Recording, Returned, record_workbooks
from tests.intake.broken_workbooks import CORPUS, Broken, sound
from tests.workflow import tiny


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, bytes]:
    folder = tmp_path_factory.mktemp("mission")
    return folder, *sound(folder)


def given(folder: Path, content: bytes) -> Returned:
    (folder / "a.xlsx").write_bytes(content)
    return record_workbooks(folder, [folder / "a.xlsx"], Recording(tiny.AT, "ADV-01", dry_run=True))


@pytest.mark.parametrize("broken", CORPUS, ids=lambda broken: broken.name)
def test_it_ends_in_its_finding(broken: Broken, mission: tuple[Path, bytes, bytes]) -> None:
    folder, new, scored = mission
    came = given(folder, broken.spoil(scored if broken.scored else new))
    told = [(finding.code, str(finding.place)) for finding in came.outcome.findings]
    assert (broken.code, f"a.xlsx{broken.at}") in told
    if broken.alone:
        others = {finding.code for finding in errors_in(came.outcome.findings)} - {broken.code}
        assert not others, told
    remedies = [finding.remedy for finding in came.outcome.findings]
    assert all(remedies)


def test_there_are_at_least_sixty_and_each_is_named_once() -> None:
    assert len(CORPUS) >= 60
    assert len({broken.name for broken in CORPUS}) == len(CORPUS)


def test_every_finding_about_a_workbook_is_among_them_or_has_its_own_test() -> None:
    own = {"W033", "W034"}
    codes = {code for code in CATALOGUE if code.startswith("W")}
    assert codes - own <= {broken.code for broken in CORPUS}


def test_the_sound_ones_say_nothing_new(mission: tuple[Path, bytes, bytes]) -> None:
    folder, new, scored = mission
    for content in (new, scored):
        came = given(folder, content)
        assert not came.outcome.findings
        assert not came.outcome.added


def test_nothing_was_recorded(mission: tuple[Path, bytes, bytes]) -> None:
    folder, new, _ = mission
    with open_register(folder, read_only=True) as register:
        before = register.head()
    for broken in CORPUS[:3]:
        (folder / "a.xlsx").write_bytes(broken.spoil(new))
        record_workbooks(folder, [folder / "a.xlsx"], Recording(tiny.AT, "ADV-01"))
    with open_register(folder, read_only=True) as register:
        assert register.head() == before
