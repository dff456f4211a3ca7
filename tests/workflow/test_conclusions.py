"""Everything concluded, as another program reads it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from click.testing import CliRunner

import measures
from measures.cli.commands import cli
from measures.judgement.quarter import Quarter
from measures.workflow.conclusions import conclusions
from tests.workflow.tiny import recorded, write


def test_every_field_of_a_judged_quarter_is_told_in_json(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert not recorded(folder).refused
    found = json.loads(json.dumps(conclusions(measures.open(folder), "2021Q2")))
    assert set(found) == {field.name for field in dataclasses.fields(Quarter)} - {"lineage"}
    (row,) = found["stands"]
    assert (row["milestone"], row["claimed"], row["settled"], row["supported"]) == (
        "M-01",
        "asked",
        "asked",
        "asked",
    )
    assert found["confidence"]["A-01"]["stated"] == "moderate"
    assert found["results"]["M-01"]["lower"] == "asked"
    assert found["promises"][0]["promise"]["made"] == "2021-03"
    assert found["rubrics"] == {"M-01": "planning@1.0"}
    assert found["panel"]["scales"][0]["now"]["state"] == "undefined"


def test_the_command_prints_it_beside_the_status(tmp_path: Path) -> None:
    folder = write(tmp_path)
    recorded(folder)
    arguments = ["status", "--mission", str(folder), "--period", "2021Q2", "--full"]
    result = CliRunner().invoke(cli, [*arguments, "--json"])
    assert json.loads(result.output)["concluded"]["period"] == "2021Q2"
    refused = CliRunner().invoke(cli, arguments)
    assert (refused.exit_code, "--full goes with --json" in refused.output) == (2, True)
