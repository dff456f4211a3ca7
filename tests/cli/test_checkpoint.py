"""The commands about checkpoints and keys, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration folder of one's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "measures"


def test_without_a_key_three_lines_are_printed_and_a_word_beside_them(run: Run, mission: Path) -> None:
    done = run("checkpoint", "-m", mission)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "measures/tiny"
    assert len(lines) == 3
    assert "no key is in use" in done.stderr
    assert run("checkpoint", "-m", mission, "-q").stderr == ""
    said = json.loads(run("checkpoint", "-m", mission, "--json").stdout)
    assert (said["lines"], said["signed"], str(said["size"])) == (lines, False, lines[1])


def test_a_key_is_put_in_use_signs_and_is_retired(
    run: Run, mission: Path, config: Path, tmp_path: Path
) -> None:
    assert "No key was ever in use" in run("key", "list", "-m", mission).output
    done = run("key", "new", "-m", mission, "--as", "ADV-01")
    assert done.exit_code == 0
    (private,) = config.iterdir()
    for said in ("In use  measures/tiny+", str(private), "by another way"):
        assert said in done.output
    out = tmp_path / "held.checkpoint"
    assert run("checkpoint", "-m", mission, "--out", out).stdout == f"{out}\n"
    assert len(out.read_text(encoding="utf-8").splitlines()) == 5
    done = run("verify", "-m", mission, "--checkpoint", out)
    assert done.exit_code == 0
    assert "in held.checkpoint, signed by measures/tiny with key" in done.output
    (record,) = json.loads(run("key", "list", "-m", mission, "--json").output)
    assert record["until"] == 0
    done = run("key", "retire", "-m", mission, "--as", "ADV-01", "--reason", "The tour ended.")
    assert done.output.startswith("Retired measures/tiny+")
    assert "The tour ended." in run("key", "list", "-m", mission).output


def test_verify_trusts_the_key_that_is_brought(run: Run, mission: Path, tmp_path: Path) -> None:
    run("key", "new", "-m", mission, "--as", "ADV-01", "-q")
    out = tmp_path / "held.checkpoint"
    run("checkpoint", "-m", mission, "--out", out, "-q")
    (mine,) = (mission / "keys").iterdir()
    other = tmp_path / "other.vkey"
    other.write_text("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n", encoding="utf-8")
    assert "V035" not in run("verify", "-m", mission, "--checkpoint", out, "--vkey", mine).output
    assert "warning V035" in run("verify", "-m", mission, "--checkpoint", out, "--vkey", other).output


def test_a_register_that_does_not_extend_a_checkpoint_is_not_whole(
    run: Run, mission: Path, tmp_path: Path
) -> None:
    held = tmp_path / "held.checkpoint"
    run("checkpoint", "-m", mission, "--out", held, "-q")
    text = held.read_text(encoding="utf-8").splitlines()
    held.write_text("\n".join([text[0], str(int(text[1]) - 1), text[2], ""]), encoding="utf-8")
    done = run("verify", "-m", mission, "--checkpoint", held)
    assert done.exit_code == 1
    assert "error V033" in done.output
    assert "The chain alone does not show it." in done.output
    said = json.loads(run("verify", "-m", mission, "--checkpoint", held, "--json").output)
    assert said["whole"] is False


def test_proofs_are_json_and_take_sizes_or_files(run: Run, mission: Path, tmp_path: Path) -> None:
    held = tmp_path / "held.checkpoint"
    run("checkpoint", "-m", mission, "--at", 4, "--out", held, "-q")
    by_size = json.loads(run("checkpoint", "-m", mission, "--consistency", 4).stdout)
    assert json.loads(run("checkpoint", "-m", mission, "--consistency", held).stdout) == by_size
    assert by_size["old_size"] == 4
    one = json.loads(run("checkpoint", "-m", mission, "--inclusion", 2, "--at", held).stdout)
    assert (one["entry"], one["size"], one["root"]) == (2, 4, by_size["old_root"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("checkpoint", "--inclusion", "2", "--consistency", "3"), 2),
        (("checkpoint", "--inclusion", "0"), 2),
        (("checkpoint", "--timestamp-request", "none"), 2),
        (("key", "retire"), 2),
        (("key", "nwe"), 2),
    ],
)
def test_wrong_usage_is_told(run: Run, mission: Path, words: tuple[str, ...], code: int) -> None:
    done = run(*words, "-m", mission)
    assert done.exit_code == code
    assert "Usage:" in done.output


@pytest.mark.parametrize(
    "words",
    [
        ("checkpoint", "--at", "none.checkpoint"),
        ("checkpoint", "--at", "100000"),
        ("checkpoint", "--at", "9" * 20),
        ("checkpoint", "--inclusion", "100000"),
        ("key", "new", "--as", "ADV-99"),
        ("key", "retire", "--as", "ADV-01", "--reason", "x"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_told_in_words(run: Run, mission: Path, words: tuple[str, ...]) -> None:
    from measures.errors import MeasuresError

    done = run(*words, "-m", mission)
    assert isinstance(done.exception, MeasuresError)
    assert "Expected" in done.exception.message


def test_a_time_stamp_is_asked_for(run: Run, mission: Path, tmp_path: Path) -> None:
    held = tmp_path / "held.checkpoint"
    run("checkpoint", "-m", mission, "--out", held, "-q")
    done = run("checkpoint", "--timestamp-request", held)
    assert done.stdout == f"{held}.tsq\n"
    assert Path(f"{held}.tsq").stat().st_size == 59
