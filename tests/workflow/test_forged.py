"""Entries slipped into the register by other means, with a chain that holds: verify shows each."""

# ruff: noqa: E501 - the cases read as a table

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures.finding import CATALOGUE
from measures.register import Draft, Head
from measures.workflow.approve import approve, decided, pending
from measures.workflow.mission import open_mission
from measures.workflow.opening import open_register
from measures.workflow.publish import compose, manifest
from measures.workflow.verification.causes import CAUSES
from measures.workflow.verify import Verdict, verify_mission
from tests.register import tampering
from tests.workflow.tiny import AT, FILES, recorded, spoil, write

LATER = "2021-07-02T09:00:00Z"
DIGEST = hashlib.sha256(FILES["evidence/visit/note.txt"].encode()).hexdigest()


@dataclass(frozen=True)
class Slip:
    """Who slips an entry in, and when by the clock."""

    actor: str = "ADV-01"
    role: str = "adviser"
    at: str = LATER


def slip(folder: Path, draft: Draft, by: Slip = Slip()) -> int:
    """Append an entry past every rule, as one may who holds the machine; return its number."""
    with open_register(folder) as register:
        return register.append([draft], expect=register.head(), at=by.at, actor=by.actor, role=by.role).size


def body(folder: Path, kind: str, ref: str, **other: object) -> dict[str, Any]:
    """Return a recorded body with other values."""
    return {**open_mission(folder).recorded.latest[kind, ref].body, **other}


def row(folder: Path, kind: str, ref: str, **other: Any) -> Draft:
    """Return a draft like a recorded row, filed as its record says."""
    record = body(folder, kind, ref, **other)
    return Draft(
        kind, record["id"], record, "by hand", record.get("period", ""), record.get("supersedes", "")
    )


def signed(folder: Path, **other: str) -> Draft:
    """Return the draft of an approval that is right, but for what is said otherwise."""
    mission = open_mission(folder)
    values: dict[str, str] = dict(
        decided(mission, pending(mission, refs=["A-01"]), "MOD-01", "approved")[0].filled()
    )
    return Draft("approval", values["id"], {**values, **other}, "by hand")


def edition(folder: Path, **other: object) -> Draft:
    """Return the draft of an edition entry that is right, but for what is said otherwise."""
    mission = open_mission(folder)
    said = {**manifest(compose(mission, "hq", "2021Q2")), "pdf_sha256": "0" * 64}
    return Draft("edition", "hq@2021Q2", {**said, **other}, "by hand", "2021Q2")


def codes(verdict: Verdict) -> list[str]:
    return [finding.code for finding in verdict.findings]


BODIES: dict[str, tuple[str, Callable[[Path], Draft]]] = {
    "a cell that is no word of its list": ("V057", lambda f: row(f, "position", "S-01", id="S-9", stance="loves")),
    "a column of no table": ("V057", lambda f: row(f, "position", "S-01", id="S-9", weight="3")),
    "a number where a text belongs": ("V057", lambda f: row(f, "position", "S-01", id="S-9", reason=3)),
    "a marking of no mission": ("V057", lambda f: row(f, "position", "S-01", id="S-9", marking="secret")),
    "a milestone without a target": ("V057", lambda f: Draft(
        "milestone", "M-02", {k: v for k, v in body(f, "milestone", "M-02", change="So").items() if k != "target"}, "x")),
    "a mission without markings": ("V057", lambda _: Draft("mission", "tiny", {"id": "tiny", "change": "So"}, "x")),
    "a rubric that is none": ("V057", lambda _: Draft("rubric", "planning@9.9", {"id": "planning"}, "x")),
    "a rubric under another pin": ("V057", lambda f: Draft("rubric", "planning@9.9", body(f, "rubric", "planning@1.0"), "x")),
    "an edition without its digests": ("V057", lambda _: Draft("edition", "hq@2021Q2", {"edition": "hq"}, "x")),
    "an id that the record does not say": ("V058", lambda f: Draft("position", "S-9", body(f, "position", "S-01"), "x")),
    "a period that the record does not say": ("V058", lambda f: Draft(
        "assessment", "A-9", body(f, "assessment", "A-01", id="A-9", assessor="EXT-01", role="external"), "x", "2021Q3")),
    "a score given again under its id": ("V059", lambda f: row(f, "assessment", "A-01", score="own")),
    "a rubric in other words under its version": ("V059", lambda f: Draft(
        "rubric", "planning@1.0", body(f, "rubric", "planning@1.0", summary={"en": "Other."}), "x")),
    "a score of somebody nobody knows": ("V060", lambda f: row(f, "assessment", "A-01", id="A-9", assessor="ADV-66")),
    "a level without evidence": ("V060", lambda f: row(f, "assessment", "A-01", id="A-9", assessor="EXT-01", role="external")),
    "a plan changed without a reason": ("V060", lambda f: Draft("milestone", "M-02", body(f, "milestone", "M-02", due="2022Q3"), "x")),
    "an approval by the assessor": ("V060", lambda f: signed(f, approver="ADV-01")),
    "an approval of a score that there is not": ("V061", lambda f: signed(f, ref="A-77")),
    "an approval of another digest": ("V061", lambda f: signed(f, digest="0" * 64)),
    "an approval of another basis": ("V061", lambda f: signed(f, basis="0" * 64)),
    "an edition of another head": ("V063", lambda f: edition(f, head=f"3:{'0' * 64}")),
    "an edition of a head to come": ("V063", lambda f: edition(f, head=f"999:{'0' * 64}")),
    "an edition of a head that is none": ("V063", lambda f: edition(f, head="three")),
    "an edition that nobody defined": ("V063", lambda f: edition(f, edition="gazette")),
    "an edition of a quarter that is none": ("V063", lambda f: edition(f, period="2031Q2")),
    "an edition with another page": ("V064", lambda f: edition(f, html_sha256="0" * 64)),
    "an edition with another claim": ("V064", lambda f: edition(f, claims=_reworded(f))),
    "an edition with a claim too many": ("V064", lambda f: edition(f, claims=[*_claims(f), {"id": "zzz"}])),
    "an edition with a claim too few": ("V064", lambda f: edition(f, claims=_claims(f)[1:])),
    "an edition with claims of no form": ("V064", lambda f: edition(f, claims="none")),
    "an edition of an earlier version": ("V065", lambda f: edition(f, software="measures 0.0.1", html_sha256="0" * 64)),
    "a kind that nobody knows": ("V066", lambda _: Draft("remark", "R-1", {"text": "So."}, "x")),
}  # fmt: skip


def _claims(folder: Path) -> list[dict[str, Any]]:
    return compose(open_mission(folder), "hq", "2021Q2").claims


def _reworded(folder: Path) -> list[dict[str, Any]]:
    first, *rest = _claims(folder)
    return [{**first, "text": "All is well."}, *rest]


@pytest.mark.parametrize("case", BODIES)
def test_an_entry_slipped_in_is_shown(mission: Path, case: str) -> None:
    code, made = BODIES[case]
    seq = slip(mission, made(mission))
    verdict = verify_mission(mission)
    found = [finding for finding in verdict.findings if finding.code == code]
    assert [finding.place.line for finding in found][:1] == [seq], codes(verdict)
    assert verdict.whole is (CATALOGUE[code].severity != "error")
    if not verdict.whole:
        assert verdict.first is not None
        assert (verdict.first.place.line, verdict.likely) == (seq, CAUSES[verdict.first.code])


@pytest.mark.parametrize(
    ("code", "by"),
    [
        ("V067", Slip(actor="ADV-66")),
        ("V067", Slip(role="moderator")),
        ("V068", Slip(at="2020-01-01T00:00:00Z")),
    ],
)
def test_who_and_when_of_an_entry_are_looked_at(mission: Path, code: str, by: Slip) -> None:
    seq = slip(mission, row(mission, "position", "S-01", id="S-02", date="2021-06"), by)
    verdict = verify_mission(mission)
    assert [(finding.code, finding.place.line) for finding in verdict.findings] == [(code, seq)]


def test_what_is_named_must_have_stood_before(mission: Path) -> None:
    """The citation is the earlier entry; both would pass if only the whole were looked at."""
    slip(mission, row(mission, "citation", "C-01", id="C-02", evidence="E-03", locator="page 7"))
    slip(mission, row(mission, "evidence", "E-01", id="E-03"), Slip(at="2021-07-03T09:00:00Z"))
    verdict = verify_mission(mission)
    assert codes(verdict) == ["V060"]
    assert "C001" in verdict.findings[0].message


def test_rules_are_those_of_the_plan_as_it_was(mission: Path) -> None:
    """A score given in the role of that time breaks no rule when the role is another one later."""
    spoil(mission, [("mission.yaml", "code: EXT-01, role: external", "code: EXT-01, role: approver"),
                    ("mission.yaml", "languages", "change: Moved on\nlanguages")])  # fmt: skip
    assert recorded(mission).added == {"mission": 1}
    verdict = verify_mission(mission)
    assert codes(verdict) == []
    assert any("2 states of the plan" in line for line in verdict.checked)
    slip(mission, row(mission, "assessment", "A-03", id="A-9", period="2021Q4"))
    (found,) = verify_mission(mission).findings
    assert "C024" in found.message


def test_a_void_approval_is_told_and_breaks_nothing(mission: Path) -> None:
    opened = open_mission(mission)
    approve(
        mission, decided(opened, pending(opened, refs=["A-01"]), "MOD-01", "approved"), at=AT, actor="MOD-01"
    )
    assert codes(verify_mission(mission)) == []
    slip(mission, row(mission, "citation", "C-01", id="C-02", evidence="E-02", locator="page 7"))
    verdict = verify_mission(mission)
    assert codes(verdict) == ["V062"]
    assert "citation C-02 was added in entry" in verdict.findings[0].message
    assert verdict.whole


def test_approvals_of_the_old_form_are_said_to_bind_the_entry_alone(mission: Path) -> None:
    draft = signed(mission)
    plain: Mapping[str, Any] = {key: text for key, text in draft.body.items() if key != "basis"}
    slip(mission, Draft("approval", draft.ref, plain, "by hand"))
    verdict = verify_mission(mission)
    assert codes(verdict) == []
    assert "approvals: 1, binding 1; without a basis, so that they bind the entry alone: 1" in verdict.checked


def test_a_broken_chain_leaves_the_rest_unlooked_at_and_says_so(mission: Path) -> None:
    tampering.flip(mission / "register.db", 9, 200)
    verdict = verify_mission(mission)
    assert not verdict.whole
    assert verdict.first is not None
    assert verdict.first.place.line == 9
    assert {step.name for step in verdict.steps if step.skipped} >= {
        "records",
        "rules",
        "approvals",
        "editions",
    }
    shown = verdict.to_dict()
    assert shown["first"]["code"] == verdict.first.code
    assert shown["likely"]


def test_a_quick_look_leaves_editions_out(mission: Path) -> None:
    slip(mission, edition(mission, html_sha256="0" * 64))
    verdict = verify_mission(mission, quick=True)
    assert codes(verdict) == []
    assert [step.name for step in verdict.steps if step.skipped] == ["editions"]


def test_an_edition_made_again_is_the_same(mission: Path) -> None:
    slip(mission, edition(mission))
    slip(mission, row(mission, "position", "S-01", id="S-02", date="2021-06"))
    verdict = verify_mission(mission)
    assert codes(verdict) == []
    assert "1 published edition, made again from the register" in verdict.checked


def _many(folder: Path) -> None:
    (folder / "evidence" / "drafts").mkdir()
    for number in range(102):
        (folder / "evidence" / "drafts" / f"{number}.txt").touch()


def test_no_more_than_a_hundred_of_a_kind_are_listed(mission: Path) -> None:
    _many(mission)
    found = codes(verify_mission(mission))
    assert (found.count("V056"), found.count("V015")) == (100, 1)


JUNK: tuple[Any, ...] = (
    "",
    "zzz",
    3,
    None,
    True,
    ["a"],
    {"en": "x"},
    [],
    "2021Q9",
    "A-01",
    [{}],
    {"x": {"y": []}},
)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("untouched"))
    assert not recorded(folder).refused
    return folder


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_record_however_wrong_keeps_verification_from_its_end(
    untouched: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("fuzz") / "mission"
    shutil.copytree(untouched, folder)
    entries = list(open_mission(folder).recorded.latest.values())
    entry = data.draw(st.sampled_from(entries))
    record: dict[str, Any] = dict(entry.body)
    for key in data.draw(st.lists(st.sampled_from([*record, "new"]), max_size=3)):
        record[key] = data.draw(st.sampled_from(JUNK))
    for key in data.draw(st.lists(st.sampled_from(list(entry.body)), max_size=1)):
        record.pop(key)
    ref = data.draw(st.sampled_from([entry.ref, "Q-9"]))
    period, old = str(record.get("period", "")), str(record.get("supersedes", ""))
    slip(folder, Draft(entry.kind, ref, record, "by hand", period, old))
    if data.draw(st.booleans()):
        slip(
            folder,
            Draft(
                "edition", "hq@2021Q2", {"head": str(_head(folder)), "edition": "hq", "period": "2021Q2"}, "x"
            ),
        )
    assert verify_mission(folder).steps[-1].skipped == ""
    shutil.rmtree(folder)


def _head(folder: Path) -> Head:
    with open_register(folder, read_only=True) as register:
        return register.head()


def test_every_code_of_these_checks_is_raised() -> None:
    here = {code for code, _ in BODIES.values()} | {"V062", "V067", "V068"}
    of_files = {"V050", "V051", "V052", "V053", "V054", "V055", "V056"}
    assert here | of_files == {code for code in CATALOGUE if "V050" <= code <= "V069"}
    assert CAUSES.keys() <= CATALOGUE.keys()
