"""Recording: all or nothing, once, over the head that was read, and corrections that supersede."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import measures
from measures.errors import MissionError, RegisterError
from measures.register import Register, database, verify
from measures.workflow import record as recording
from measures.workflow.prepare import prepare
from measures.workflow.recorded import Recorded, read_recorded
from tests.workflow.refusals import more, row
from tests.workflow.tiny import AT, recorded, spoil, told, write

A, PLAN, MISSION = "assessments.csv", "plan.yaml", "mission.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A mission recorded once."""
    folder = write(tmp_path / "mission")
    assert not recorded(folder).refused
    return folder


def register(folder: Path) -> Recorded:
    with Register.open(folder / "register.db", read_only=True) as opened:
        found = read_recorded(opened)
    assert found is not None
    return found


def test_recording_twice_records_nothing_the_second_time(folder: Path) -> None:
    before = (folder / "register.db").read_bytes()
    again = recorded(folder)
    assert (again.added, again.findings, again.refused) == ({}, (), False)
    assert again.unchanged == again.head.size == 15
    assert (folder / "register.db").read_bytes() == before


def test_layout_is_no_change(folder: Path) -> None:
    """Comments, wrapping, column order, spaces and line ends are how, not what."""
    spoil(
        folder,
        [
            (PLAN, "milestones:", "# what comes next\nmilestones:"),
            (PLAN, "{en: A plan of its own}", "\n      en: >-\n        A plan\n        of its own"),
            ("positions.csv", "id,objective,actor", "objective,id,actor"),
            ("positions.csv", "S-01,O-01,minister", " O-01 ,S-01,\u00a0minister "),
        ],
    )
    text = (folder / A).read_text(encoding="utf-8")
    (folder / A).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    again = recorded(folder)
    assert (again.added, again.findings) == ({}, ())


def test_a_correction_supersedes_and_both_are_kept(folder: Path) -> None:
    spoil(
        folder, [more("A", "A-03", id="A-04", supersedes="A-03", reason="The letter was of another office")]
    )
    outcome = recorded(folder)
    assert dict(outcome.added) == {"assessment": 1}
    frame = measures.open(folder).frames["assessments"].set_index("id")
    assert list(frame.index) == ["A-01", "A-02", "A-03", "A-04"]
    assert frame.index[frame["superseded"]].tolist() == ["A-03"]


def test_a_correction_of_a_correction_names_the_latest(folder: Path) -> None:
    spoil(folder, [more("A", "A-03", id="A-04", supersedes="A-03", reason="Another office")])
    assert not recorded(folder).refused
    spoil(
        folder, [(A, "A-04,M-01", "A-05,M-01"), (A, "A-03,Another office", "A-03,Once more")]
    )  # instead of naming A-04
    assert told(recorded(folder)) == [("C008", f"{A}:5:1"), ("C010", f"{A}:5:18")]
    spoil(folder, [(A, "A-03,Once more", "A-04,Once more")])
    assert dict(recorded(folder).added) == {"assessment": 1}


def test_a_changed_row_is_refused_and_what_was_said_stands(folder: Path) -> None:
    spoil(folder, [row("A", "A-01", rationale="Nobody of the Kestrel directorate ever asked for anything.")])
    assert told(recorded(folder)) == [("C019", f"{A}:2:1")]
    assert "signed letter" in register(folder).latest["assessment", "A-01"].body["rationale"]


def test_a_row_left_out_later_stays_recorded(folder: Path) -> None:
    (folder / A).unlink()
    assert not recorded(folder).refused
    assert len(measures.open(folder).frames["assessments"]) == 3


def test_a_plan_changes_when_it_says_why(folder: Path) -> None:
    spoil(folder, [(PLAN, "A plan of its own", "A plan of its own every year")])
    assert told(recorded(folder)) == [("C020", f"{PLAN}:4:5")]
    spoil(folder, [(PLAN, "    lead: ADV-01", "    lead: ADV-01\n    change: The minister asked for it.")])
    outcome = recorded(folder)
    assert dict(outcome.added) == {"milestone": 1}
    assert measures.open(folder).plan.milestones["M-01"].title["en"] == "A plan of its own every year"
    entry = register(folder).latest["milestone", "M-01"]
    assert entry.supersedes == "M-01"
    spoil(folder, [(PLAN, "every year", "each year")])
    assert told(recorded(folder)) == [("C020", f"{PLAN}:4:5")], "an old reason does not excuse a new change"


BOUND_ANEW = """version: "1.1"
    former_versions: [{version: "1.0", until: 2021Q3}]
    change: New words
    from: 2021Q2"""


def test_scores_keep_the_rubric_they_were_made_against(folder: Path) -> None:
    spoil(
        folder,
        [
            ("rubrics/planning.yaml", 'version: "1.0"', 'version: "1.1"'),
            ("rubrics/planning.yaml", "No plan.", "No plan at all."),
            (
                PLAN,
                'version: "1.0"\n    from: 2021Q2',
                BOUND_ANEW,
            ),
        ],
    )
    assert told(recorded(folder)) == [], "M-02 is still bound to 1.0, which the register holds"
    spoil(folder, [more("A", "A-02", id="A-05", period="2021Q4")])
    assert dict(recorded(folder).added) == {"assessment": 1}
    latest = register(folder).latest
    assert latest["assessment", "A-02"].body["rubric"] == "planning@1.0"
    assert latest["assessment", "A-05"].body["rubric"] == "planning@1.1"
    digests = {latest["assessment", name].body["rubric_digest"] for name in ("A-02", "A-05")}
    assert len(digests) == 2
    assert set(measures.open(folder).rubrics) == {("planning", "1.0"), ("planning", "1.1")}


def test_an_approval_binds_what_stands_and_is_asked_for_until_then(folder: Path) -> None:
    spoil(folder, [more("A", "A-02", id="A-05", period="2021Q4", score="not-applicable", cause="")])
    first = recorded(folder)
    assert told(first) == [("C025", f"{A}:4:7")]
    assert dict(first.added) == {"assessment": 1}
    assert told(recorded(folder)) == [("C025", "register:16")]
    digest = register(folder).latest["assessment", "A-05"].digest
    approval = f"V-01,assessment,A-05,{digest},MOD-01,approved,,mission\n"
    spoil(folder, [("approvals.csv", "", f"id,kind,ref,digest,approver,decision,reason,marking\n{approval}")])
    assert told(recorded(folder)) == []
    assert measures.open(folder).approved() == {"A-05"}


def test_one_wrong_row_keeps_everything_out(folder: Path) -> None:
    before = (folder / "register.db").read_bytes()
    rows = "\n".join(f"S-{n:02},O-01,minister,2021-05-03,demanded,Again.,E-01,mission" for n in range(10, 60))
    spoil(
        folder,
        [
            ("positions.csv", "E-01,mission\n", f"E-01,mission\n{rows}\n"),
            row("A", "A-02", id="A-09", cause=""),
        ],
    )
    outcome = recorded(folder)
    assert told(outcome) == [("C008", f"{A}:3:1"), ("C015", f"{A}:3:8")]
    assert (folder / "register.db").read_bytes() == before


def meanwhile(folder: Path, monkeypatch: pytest.MonkeyPatch, quarters: list[str]) -> list[str]:
    """Let somebody else record a score of one of the quarters whenever something is being prepared."""
    other = Path(shutil.copytree(folder, folder.parent / "other", ignore=shutil.ignore_patterns("register*")))
    kept = (other / A).read_text(encoding="utf-8")
    done: list[str] = []

    def slowly(*args: object) -> object:
        if quarters:
            period = quarters.pop(0)
            monkeypatch.setattr(recording, "prepare", prepare)
            (other / A).write_text(kept, encoding="utf-8")
            spoil(other, [more("A", "A-02", id=f"A-{period}", period=period)])
            said = recording.record(folder, other, at=AT, actor="EXT-01")
            done.extend(f"A-{period}" for _ in said.added)
            monkeypatch.setattr(recording, "prepare", slowly)
        return prepare(*args)  # type: ignore[arg-type]  # handed through as it came

    monkeypatch.setattr(recording, "prepare", slowly)
    return done


def test_somebody_else_appended_meanwhile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is prepared again over what they added, and says so."""
    meanwhile(folder, monkeypatch, ["2021Q4"])
    spoil(folder, [more("A", "A-02", id="A-08", period="2022Q1")])
    outcome = recorded(folder)
    assert dict(outcome.added) == {"assessment": 1}
    assert (outcome.before.size, outcome.head.size) == (16, 17)
    assert [(item.code, str(item.place)) for item in outcome.findings] == [("V017", "register:16")]
    assert "EXT-01 added 1 entry (assessment A-2021Q4)" in outcome.findings[0].message
    assert verify(folder / "register.db").findings == ()


def test_what_somebody_else_added_meanwhile_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same score, recorded by somebody else while this was prepared, is not recorded twice."""
    meanwhile(folder, monkeypatch, ["2022Q1"])
    spoil(folder, [more("A", "A-02", id="A-2022Q1", period="2022Q1")])
    outcome = recorded(folder)
    assert (outcome.added, [item.code for item in outcome.findings]) == ({}, ["V017"])
    assert register(folder).head.size == 16


def test_overtaken_time_and_again_it_keeps_the_others_waiting(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = database.connect.__kwdefaults__
    assert patience is not None
    monkeypatch.setitem(patience, "busy_seconds", 0.1)
    done = meanwhile(folder, monkeypatch, ["2021Q4", "2022Q2", "2022Q3", "2022Q4"])
    spoil(folder, [more("A", "A-02", id="A-08", period="2022Q1")])
    with pytest.raises(RegisterError, match="locked"):  # the fourth time the other finds it held
        recorded(folder)
    assert done == ["A-2021Q4", "A-2022Q2", "A-2022Q3"]
    outcome = recorded(folder)
    assert (dict(outcome.added), outcome.findings) == ({"assessment": 1}, ())
    assert verify(folder / "register.db").findings == ()


def test_a_dry_run_tells_all_and_writes_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path, [row("A", "A-02", cause="")])
    before = sorted(tmp_path.rglob("*"))
    assert told(recorded(folder, dry_run=True)) == [("C015", f"{A}:3:8")]
    spoil(folder, [(A, "not-observed,,", "not-observed,access,")])
    outcome = recorded(folder, dry_run=True)
    assert (outcome.refused, outcome.added, outcome.head.size) == (False, {}, 0)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("actor", ["", "XYZ-09"])
def test_who_records_must_be_known(tmp_path: Path, actor: str) -> None:
    folder = write(tmp_path)
    with pytest.raises(MissionError, match="code of who records"):
        recorded(folder, actor=actor)
    assert not list(folder.glob("register*"))


def test_a_lost_register_is_not_begun_again(folder: Path) -> None:
    (folder / "register.db").unlink()
    for dry_run in (False, True):
        with pytest.raises(RegisterError, match="15 entries"):
            recorded(folder, dry_run=dry_run)
    with pytest.raises(RegisterError, match="found no file"):
        measures.open(folder)
    assert not (folder / "register.db").exists()


def test_a_demonstration_is_recorded_on_first_use(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        [
            (MISSION, "languages", 'demonstration: "yes"\nlanguages'),
            (MISSION, "  - {code: EXT-01, role: external, post: {en: Outside observer}}\n", ""),
            (MISSION, "  - {code: MOD-01, role: moderator, post: {en: Lead adviser}}\n", ""),
        ],
    )
    (folder / "moderations.csv").unlink()
    spoil(folder, [row("A", "A-03", assessor="ADV-01", role="adviser", period="2021Q4")])
    assert measures.open(folder).head.size == 14
    assert (folder / "register.db").exists()


def test_any_other_mission_is_not(tmp_path: Path) -> None:
    folder = write(tmp_path)
    with pytest.raises(MissionError, match="Expected a register"):
        measures.open(folder)
    assert not list(folder.glob("register*"))


def test_an_unsound_demonstration_says_what_is_wrong_first(tmp_path: Path) -> None:
    folder = write(
        tmp_path, [(MISSION, "languages", 'demonstration: "yes"\nlanguages'), row("A", "A-02", cause="")]
    )
    with pytest.raises(MissionError, match=r"assessments\.csv:3:8"):
        measures.open(folder)


def test_a_register_without_a_mission_is_told(tmp_path: Path) -> None:
    write(tmp_path)
    Register.open(tmp_path / "register.db", create=True).close()
    with pytest.raises(MissionError, match="empty register"):
        measures.open(tmp_path)
    assert recorded(tmp_path).head.size == 15


def test_an_edition_can_be_approved(folder: Path) -> None:
    from measures.register import Draft

    with Register.open(folder / "register.db") as opened:
        body = {"edition": "hq", "period": "2021Q2", "claims": [], "html_sha256": "0" * 64}
        draft = Draft("edition", "hq@2021Q2", body, "report", "2021Q2")
        opened.append([draft], expect=opened.head(), at=AT, actor="ADV-01", role="adviser")
    digest = register(folder).editions[0].digest
    approval = f"V-01,edition,hq@2021Q2,{digest},MOD-01,approved,,mission\n"
    spoil(folder, [("approvals.csv", "", f"id,kind,ref,digest,approver,decision,reason,marking\n{approval}")])
    assert told(recorded(folder)) == []
