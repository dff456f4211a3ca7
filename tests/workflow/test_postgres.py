"""A mission whose register lies in PostgreSQL: every verb works as on a file."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

import measures
from measures.cli.commands import cli
from measures.errors import RegisterError
from measures.register import Register, catalogue, head_file
from measures.workflow.verify import verify_mission
from tests.postgres import Cluster
from tests.workflow.refusals import more
from tests.workflow.tiny import recorded, spoil, write

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, address: str) -> Path:
    """A mission that names an empty database."""
    return on_server(write(tmp_path / "mission"), address)


def on_server(folder: Path, where: str) -> Path:
    """Let mission.yaml name the address."""
    spoil(folder, [("mission.yaml", "id: tiny\n", f"id: tiny\nregister: {where}\n")])
    return folder


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_the_same_records_make_the_same_chain_as_in_a_file(folder: Path, tmp_path: Path) -> None:
    file = recorded(write(tmp_path / "file"))
    server = recorded(folder)
    assert (server.findings, server.added, server.head) == ((), file.added, file.head)
    assert head_file(folder / "register.db") == server.head
    assert sorted(path.name for path in folder.glob("register*")) == ["register.head"]
    spoil(folder, [more("A", "A-02", id="A-08", period="2022Q1")])
    assert dict(recorded(folder).added) == {"assessment": 1}
    assert verify_mission(folder).findings == ()
    assert measures.open(folder).head.size == 16


def test_where_the_register_lies_is_no_part_of_it(folder: Path, address: str) -> None:
    """A move to another server is no change of the mission that an entry would have to give reasons for."""
    recorded(folder)
    text = (folder / "mission.yaml").read_text(encoding="utf-8")
    moved = text.replace(address, f"{address}?application_name=mission")
    (folder / "mission.yaml").write_text(moved, encoding="utf-8")
    again = recorded(folder)
    assert (again.findings, again.added) == ((), {})
    with Register.open(address, read_only=True) as register:
        assert b"postgresql://" not in b"".join(register.lines())


def test_the_commands_that_read(folder: Path) -> None:
    recorded(folder)
    for words in (("status",), ("trace", "A-01"), ("verify",)):
        done = run(*words, "--mission", folder)
        assert (done.exit_code, done.exception) == (0, None), done.output
    assert "Whole: 15 entries" in run("verify", "--mission", folder).output


def test_a_tail_cut_off_on_the_server_is_told_by_the_head_file_here(folder: Path, address: str) -> None:
    recorded(folder)
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("ALTER TABLE measures.entry DISABLE TRIGGER USER")
        owner.execute("DELETE FROM measures.entry WHERE seq > 12")
    codes = {item.code for item in verify_mission(folder).findings}
    assert {"V004", "V008"} <= codes
    spoil(folder, [more("A", "A-02", id="A-08", period="2022Q1")])
    with pytest.raises(RegisterError, match="head file"):
        recorded(folder)


def test_a_writer_records_an_auditor_reads_and_neither_does_more(
    folder: Path,
    cluster: Cluster,
    address: str,
) -> None:
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute(catalogue.setup().encode())
    cluster.login("prj_01", "measures_writer")
    cluster.login("auditor", "measures_reader")
    database = address.rpartition("/")[2]
    text = (folder / "mission.yaml").read_text(encoding="utf-8")

    def as_role(role: str) -> None:
        where = cluster.address(database, role)
        (folder / "mission.yaml").write_text(text.replace(address, where), encoding="utf-8")

    as_role("prj_01")
    assert recorded(folder).head.size == 15
    as_role("auditor")
    assert verify_mission(folder).findings == ()
    spoil(folder, [more("A", "A-02", id="A-08", period="2022Q1")])
    with pytest.raises(RegisterError, match="refuses this to the role") as refused:
        recorded(folder)
    assert "writer" in refused.value.remedy


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("postgresql://adviser:Kestrel@db.example.org/mission", "password"),
        ("postgresql://adviser@db.example.org/mission?password=Kestrel", "password"),
        ("postgresql://adviser@db.example.org/mission?PassWord=Kestrel", "password"),
        ("postgresql://[Kestrel/mission", "cannot be read"),
        ("mysql://Kestrel@db.example.org/mission", "address of a PostgreSQL database"),
        ("{host: Kestrel}", "address of a PostgreSQL database"),
    ],
)
def test_an_address_that_is_refused_is_not_repeated(tmp_path: Path, given: str, told: str) -> None:
    folder = on_server(write(tmp_path / "mission"), given)
    for words in (("record", "--as", "ADV-01"), ("verify",), ("status",)):
        done = run(*words, "--mission", folder)
        assert isinstance(done.exception, RegisterError)
        assert told in done.exception.message
        assert "Kestrel" not in done.exception.message + done.exception.remedy + done.output


def test_a_server_that_does_not_answer_is_said_in_words(tmp_path: Path) -> None:
    folder = on_server(write(tmp_path / "mission"), "postgresql://adviser@127.0.0.1:1/mission")
    done = run("record", "--as", "ADV-01", "--mission", folder)
    assert isinstance(done.exception, RegisterError)
    assert done.exception.message == (
        "Expected a register at postgresql://127.0.0.1:1/mission, got a server that does not answer."
    )
