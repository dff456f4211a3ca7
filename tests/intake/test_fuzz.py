"""Whatever bytes stand in the files of a mission: findings come out, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures.finding import CATALOGUE
from measures.library import shelf
from measures.records import TABLES
from measures.workflow.record import record
from tests.workflow.tiny import AT, FILES, write

SPICE = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b'"', b"'", b",", b";", b"\n", b"\r", b"\t", b":",
    b"{", b"}", b"[", b"]", b"&a ", b"*a", b"!!x ", b"#", b"|\n", b"\\", b"=1+1", b"None", b"9" * 400,
    "\u0661".encode(), "\u00a0".encode(), "\u202e".encode(), "\u2028".encode(), b"../../", b"2021Q9", b"- ",
]  # fmt: skip
TINY = sorted(FILES)
EXAMPLE = ["mission.yaml", "plan.yaml", *(f"{name}.csv" for name in TABLES)]


@st.composite
def change(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """A few cuts, repetitions and insertions somewhere in a file."""
    steps = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["cut", "insert", "replace", "repeat", "end"]),
                st.floats(0, 1),
                st.integers(1, 60),
                st.sampled_from(SPICE) | st.binary(min_size=1, max_size=6),
            ),
            min_size=1,
            max_size=4,
        )
    )

    def apply(content: bytes) -> bytes:
        for what, where, length, spice in steps:
            at = int(where * len(content))
            here = content[at : at + length]
            content = (
                content[:at]
                + {
                    "cut": content[at + length :],
                    "insert": spice + content[at:],
                    "replace": spice + content[at + length :],
                    "repeat": here + here + content[at:],
                    "end": b"",
                }[what]
            )
        return content

    return apply


def check(folder: Path, name: str, spoiled: bytes) -> None:
    """Dry-run a recording over one spoiled file; nothing a file can hold is an exception."""
    path = folder / name
    sound = path.read_bytes()
    path.write_bytes(spoiled)
    try:
        outcome = record(folder, folder, at=AT, actor="ADV-01", dry_run=True)
    finally:
        path.write_bytes(sound)
    for finding in outcome.findings:
        assert finding.code in CATALOGUE
        assert finding.message
        assert finding.remedy
        assert len(finding.message) < 900
        assert finding.message.isprintable()


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    for name in EXAMPLE:
        if (shelf("examples/nmi") / name).is_file():
            shutil.copyfile(shelf("examples/nmi") / name, folder / name)
    return folder


bounded = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@settings(bounded, max_examples=40)
@given(name=st.sampled_from(TINY), change=change())
def test_the_tiny_mission(tiny_folder: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    check(tiny_folder, name, change((tiny_folder / name).read_bytes()))


@pytest.mark.slow
@settings(bounded, max_examples=8)
@given(name=st.sampled_from(EXAMPLE[:7]), change=change())
def test_the_example(example_folder: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    check(example_folder, name, change((example_folder / name).read_bytes()))


@settings(bounded, max_examples=40)
@given(
    name=st.sampled_from([name for name in TINY if name.endswith((".yaml", ".csv"))]),
    content=st.binary(max_size=200),
)
def test_any_bytes_at_all(tiny_folder: Path, name: str, content: bytes) -> None:
    check(tiny_folder, name, content)
