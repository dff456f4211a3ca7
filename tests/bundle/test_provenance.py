"""The provenance of a bundle is PROV-JSON, leads back to what was recorded, and tells of no hole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ENDS = {
    "wasGeneratedBy": {"entity": "entity", "activity": "activity"},
    "used": {"activity": "activity", "entity": "entity"},
    "wasAssociatedWith": {"activity": "activity", "agent": "agent"},
    "wasAttributedTo": {"entity": "entity", "agent": "agent"},
    "wasDerivedFrom": {"generatedEntity": "entity", "usedEntity": "entity"},
}
"""The relations used, and what each of their ends is: PROV-JSON, section 3."""


def read(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "prov.json").read_bytes())
    return document


@pytest.fixture(params=["whole", "part"])
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    return read(request.getfixturevalue(request.param))


def test_it_has_the_parts_of_a_prov_json_document_and_no_others(document: dict[str, Any]) -> None:
    assert document.keys() <= {"prefix", "entity", "activity", "agent", *ENDS}
    assert document["prefix"] == {"m": "https://measures.invalid/tiny/"}


def test_every_relation_has_its_ends_and_each_is_there(document: dict[str, Any]) -> None:
    for relation, ends in ENDS.items():
        for name, said in document.get(relation, {}).items():
            assert name.startswith("_:")
            for end, part in ends.items():
                assert said[f"prov:{end}"] in document[part], (relation, name)


def test_every_name_has_a_known_prefix(document: dict[str, Any]) -> None:
    for part in ("entity", "activity", "agent"):
        for name, said in document[part].items():
            assert name.startswith("m:")
            assert {key.partition(":")[0] for key in said} <= {"prov", "m"}


def test_every_entry_shown_was_generated_by_an_append_that_somebody_made(whole: Path) -> None:
    document = read(whole)
    lines = [json.loads(line) for line in (whole / "register.jsonl").read_bytes().splitlines()]
    made = {said["prov:entity"]: said["prov:activity"] for said in document["wasGeneratedBy"].values()}
    by = {said["prov:activity"]: said["prov:agent"] for said in document["wasAssociatedWith"].values()}
    for line in lines:
        activity = made[f"m:entry/{line['seq']}"]
        assert document["activity"][activity]["prov:startTime"] == line["at"]
        assert by[activity] == f"m:person/{line['actor']}"


def derived(document: dict[str, Any], name: str) -> set[str]:
    found = document["wasDerivedFrom"].values()
    return {said["prov:usedEntity"] for said in found if said["prov:generatedEntity"] == name}


def entry(document: dict[str, Any], label: str, kind: str) -> str:
    (name,) = (
        name
        for name, said in document["entity"].items()
        if said.get("prov:label") == label and said["prov:type"]["$"] == f"m:{kind}"
    )
    return str(name)


def test_a_citation_leads_to_its_score_and_its_evidence_and_a_score_to_its_rubric(whole: Path) -> None:
    document = read(whole)
    score, item = entry(document, "A-01", "assessment"), entry(document, "E-01", "evidence")
    assert derived(document, entry(document, "C-01", "citation")) == {score, item}
    words = entry(document, "planning@1.0", "rubric")
    assert words in derived(document, score)
    assert words in derived(document, entry(document, "M-01", "milestone"))


def test_a_claim_leads_to_what_it_rests_on(whole: Path) -> None:
    document = read(whole)
    claims = [name for name, said in document["entity"].items() if said["prov:type"]["$"] == "m:claim"]
    assert claims
    assert all(derived(document, name) for name in claims)


def test_of_a_withheld_entry_nothing_is_told(part: Path) -> None:
    document = read(part)
    lines = [json.loads(line) for line in (part / "register.jsonl").read_bytes().splitlines()]
    shown = {f"m:entry/{line['seq']}" for line in lines if "body" in line}
    assert {name for name in document["entity"] if name.startswith("m:entry/")} == shown
    assert sum(name.startswith("m:file/") for name in document["entity"]) == 1
