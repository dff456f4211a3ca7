"""What auditors found is recorded, and what does not fit is refused at its cell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from measures.finding import CATALOGUE
from measures.register import Register
from tests.workflow import tiny

HEADER = "id,kind,ref,digest,auditor,finding,found,remark,blind,seed,list,listed,drawn,marking\n"
COLUMNS = HEADER.strip().split(",")
AUDITOR = ("people:\n", "people:\n  - {code: AUD-01, role: auditor, post: {en: Auditor}}\n")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tiny.write(tmp_path_factory.mktemp("audited"), [("mission.yaml", *AUDITOR)])
    assert not tiny.recorded(folder).refused
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "mission"))


def digest(folder: Path, ref: str) -> str:
    with Register.open(folder / "register.db", read_only=True) as register:
        entry = register.latest("assessment", ref)
    assert entry is not None
    return entry.digest


def row(folder: Path, **cells: str) -> str:
    what = {"id": "U-1", "kind": "assessment", "ref": "A-01", "digest": digest(folder, "A-01")}
    finding = {"auditor": "AUD-01", "finding": "agrees", "found": "", "remark": "", "blind": "no"}
    sample = {"seed": "7", "list": "1" * 64, "listed": "3", "drawn": "2", "marking": "mission"}
    sound = what | finding | sample
    return ",".join((sound | cells)[name] for name in COLUMNS) + "\n"


def told(folder: Path, **cells: str) -> list[tuple[str, str]]:
    (folder / "audits.csv").write_text(HEADER + row(folder, **cells), encoding="utf-8")
    outcome = tiny.recorded(folder)
    assert all(finding.remedy for finding in outcome.findings)
    return [(finding.code, COLUMNS[finding.place.column - 1]) for finding in outcome.findings]


SOUND = {
    "agrees": {},
    "agrees, with a remark": {"remark": "Seen."},
    "disagrees, with the level found": {
        "finding": "disagrees",
        "found": "none",
        "remark": "No letter was there.",
    },
    "disagrees, without a level": {"finding": "disagrees", "remark": "No letter was there."},
    "found that nobody can say": {
        "finding": "disagrees",
        "found": "insufficient-evidence",
        "remark": "Not shown to me.",
    },
    "cannot tell": {"finding": "cannot-tell"},
    "blind, a level": {"blind": "yes", "finding": "rescored", "found": "shared"},
    "blind, cannot tell": {"blind": "yes", "finding": "cannot-tell"},
    "an outside observer audits what they did not score": {"auditor": "EXT-02"},
}

REFUSED = {
    "an adviser audits": ({"auditor": "ADV-02"}, [("A001", "auditor")]),
    "the moderator audits what they settled": (
        {"auditor": "MOD-01"},
        [("A001", "auditor"), ("A002", "auditor")],
    ),
    "an outside observer audits their own score": (
        {"ref": "A-03"},
        [("A002", "auditor"), ("A003", "digest")],
    ),
    "somebody unknown audits": ({"auditor": "AUD-09"}, [("C001", "auditor")]),
    "another digest": ({"digest": "2" * 64}, [("A003", "digest")]),
    "a score that is not on record": ({"ref": "A-99"}, [("A003", "digest")]),
    "a sentence that no edition says": ({"kind": "claim", "ref": "2021Q2-00000000"}, [("A003", "digest")]),
    "a sentence at a level": (
        {
            "kind": "claim",
            "ref": "2021Q2-00000000",
            "finding": "disagrees",
            "found": "none",
            "remark": "It is not so.",
        },
        [("A006", "found"), ("A003", "digest")],
    ),
    "disagrees and does not say why": ({"finding": "disagrees"}, [("A004", "remark")]),
    "disagrees in a word": ({"finding": "disagrees", "remark": "No."}, [("A004", "remark")]),
    "agrees, and found something else": ({"found": "none"}, [("A005", "found")]),
    "cannot tell, and tells": ({"finding": "cannot-tell", "found": "none"}, [("A005", "found")]),
    "agrees with a level that was not shown": ({"blind": "yes"}, [("A005", "finding")]),
    "rescored what was shown": ({"finding": "rescored", "found": "none"}, [("A005", "finding")]),
    "rescored without a level": ({"finding": "rescored", "blind": "yes"}, [("A005", "found")]),
    "a level that the rubric does not have": (
        {"finding": "disagrees", "found": "best", "remark": "It is better."},
        [("C002", "found")],
    ),
    "another word": ({"finding": "fine"}, [("S004", "finding")]),
}


@pytest.mark.parametrize("cells", SOUND.values(), ids=SOUND.keys())
def test_what_an_auditor_found_is_recorded(folder: Path, cells: dict[str, str]) -> None:
    more = "people:\n  - {code: EXT-02, role: external, post: {en: Another}}\n"
    tiny.spoil(
        folder,
        [("mission.yaml", "people:\n", more), ("mission.yaml", "languages", "change: One more\nlanguages")],
    )
    assert told(folder, **cells) == []
    assert told(folder, **cells) == [], "taken once more it changes nothing"
    with Register.open(folder / "register.db", read_only=True) as register:
        (entry,) = register.entries(kinds=["audit"])
    assert entry.body["auditor"] == cells.get("auditor", "AUD-01")


@pytest.mark.parametrize(("cells", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_fit_is_refused(
    folder: Path, cells: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    more = "people:\n  - {code: ADV-02, role: adviser, post: {en: Another}}\n"
    tiny.spoil(
        folder,
        [("mission.yaml", "people:\n", more), ("mission.yaml", "languages", "change: One more\nlanguages")],
    )
    if cells.get("ref") == "A-03":
        cells = {**cells, "auditor": "EXT-01"}
    assert sorted(told(folder, **cells)) == sorted(expected)


def test_a_finding_is_corrected_by_another_that_names_it(folder: Path) -> None:
    assert told(folder) == []
    second = row(folder, id="U-2", finding="disagrees", remark="I had the wrong letter before me.")
    (folder / "audits.csv").write_text(
        f"{HEADER.strip()},supersedes,reason\n{second.strip()},U-1,Read again\n", encoding="utf-8"
    )
    assert tiny.recorded(folder).added == {"audit": 1}


def test_every_code_of_findings_is_refused_somewhere() -> None:
    raised = {code for _, expected in REFUSED.values() for code, _ in expected if code[0] == "A"}
    assert raised == {code for code in CATALOGUE if "A001" <= code < "A010"}
