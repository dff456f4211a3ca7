"""What a folder is refused for: the finding, its place, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from measures.finding import CATALOGUE
from tests.workflow.approval_refusals import APPROVAL_CASES
from tests.workflow.commitment_refusals import COMMITMENTS
from tests.workflow.refusals import REFUSALS as OTHERS
from tests.workflow.refusals import Refusal
from tests.workflow.tiny import CONFIDENTIAL, recorded, spoil, told, write
from tests.workflow.version_refusals import VERSIONS

ELSEWHERE = {"C062", "C063"}
"""What takes a register with a history is in the tests of approving and of erasing."""

REFUSALS = (*OTHERS, *VERSIONS, *COMMITMENTS, *APPROVAL_CASES)


def test_the_sound_mission_has_no_findings(tmp_path: Path) -> None:
    outcome = recorded(write(tmp_path))
    assert told(outcome) == []
    assert not outcome.refused


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: f"{case.code} {case.name}")
def test_a_mistake_is_found_where_it_is_and_nowhere_else(tmp_path: Path, case: Refusal) -> None:
    folder = write(tmp_path)
    if case.after:
        assert not recorded(folder).refused
    before = (folder / "register.db").read_bytes() if case.after else b""
    spoil(folder, case.edits)
    outcome = recorded(folder)
    place = str(folder) if case.place == "FOLDER" else case.place
    assert sorted(told(outcome)) == sorted([(case.code, place), *case.also])
    kind = CATALOGUE[case.code]
    assert outcome.refused is (kind.severity == "error")
    if outcome.refused:
        assert outcome.added == {}
        assert outcome.head == outcome.before
        left = sorted(path.name for path in folder.glob("register*"))
        assert left == (["register.db", "register.head"] if case.after else [])
        assert not case.after or (folder / "register.db").read_bytes() == before
    for finding in outcome.findings:
        assert finding.message
        assert finding.remedy
        assert CONFIDENTIAL not in finding.message + finding.remedy, "confidential text left its cell"


def test_every_code_is_raised_by_a_test() -> None:
    """Of files, shapes, rubrics and records; other areas have tests of their own that leave none out."""
    raised = {case.code for case in REFUSALS} | {code for case in REFUSALS for code, _ in case.also}
    assert raised | ELSEWHERE == {code for code in CATALOGUE if code[0] in "FSRC"}


def test_no_two_cases_share_a_name() -> None:
    assert len({case.name for case in REFUSALS}) == len(REFUSALS)
