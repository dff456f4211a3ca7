"""Second witnesses of a checkpoint: a signature by ssh-keygen, a time stamp; programs that are missing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from measures.errors import CheckpointError
from measures.register import witness
from measures.workflow import checkpoint as verbs
from measures.workflow.signing import Keyring
from tests.workflow.held import codes, kept, look


def _call(*words: str | Path, folder: Path) -> None:
    subprocess.run([str(word) for word in words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def signed_twice(signing: Path, ring: Keyring, tmp_path: Path) -> Path:
    """A checkpoint that a second person signed with ssh-keygen as well, among the allowed signers."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not on this machine")
    path = kept(signing, verbs.make(signing, ring).checkpoint)
    _call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "auditor", "-f", "id", folder=tmp_path)
    _call("ssh-keygen", "-Y", "sign", "-f", tmp_path / "id", "-n", witness.NAMESPACE, path, folder=tmp_path)
    public = (tmp_path / "id.pub").read_text()
    (signing / "keys" / "allowed_signers").write_text(f"auditor@example.org {public}", encoding="utf-8")
    return path


def test_a_second_signature_by_ssh_keygen_is_told(signing: Path, signed_twice: Path) -> None:
    at, findings = look(signing)
    assert findings == []
    assert "kept.checkpoint, signed with ssh-keygen by auditor@example.org" in at


@pytest.mark.parametrize("how", ["another text", "a stranger", "no signature", "another purpose"])
def test_a_second_signature_that_does_not_hold_is_an_error(
    signing: Path, signed_twice: Path, tmp_path: Path, how: str
) -> None:
    signature = signed_twice.with_name(f"{signed_twice.name}.sig")
    if how == "another text":
        signed_twice.write_text(str(verbs.make(signing).checkpoint), encoding="utf-8")
    elif how == "a stranger":
        (signing / "keys" / "allowed_signers").write_text("", encoding="utf-8")
    elif how == "no signature":
        signature.write_text("nothing of the kind\n")
    else:
        signature.unlink()
        _call("ssh-keygen", "-Y", "sign", "-f", tmp_path / "id", "-n", "git", signed_twice, folder=tmp_path)
    assert "V040" in codes(signing)


CONFIG = """\
[tsa]
default_tsa = tsa1
[tsa1]
dir = .
serial = ./serial
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
signer_digest = sha256
[ext]
extendedKeyUsage = critical,timeStamping
[req]
distinguished_name = dn
[dn]
"""


@pytest.fixture
def stamped(signing: Path, ring: Keyring, tmp_path: Path) -> Path:
    """A checkpoint with the time stamp of a throw-away service, which the mission trusts."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine")
    path = kept(signing, verbs.make(signing, ring).checkpoint)
    request = verbs.request_time_stamp(path)
    service = tmp_path / "tsa"
    service.mkdir()
    (service / "tsa.cnf").write_text(CONFIG)
    (service / "serial").write_text("01\n")
    _call(
        *(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
        ),
        *("-subj", "/CN=throw-away time stamps", "-days", "2", "-config", "tsa.cnf", "-extensions", "ext"),
        folder=service,
    )
    _call(
        *("openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", request, "-signer", "cert.pem"),
        *("-inkey", "key.pem", "-sha256", "-out", f"{path}.tsr"),
        folder=service,
    )
    shutil.copyfile(service / "cert.pem", signing / "keys" / "tsa.pem")
    return path


def test_a_time_stamp_is_asked_for_and_told(signing: Path, stamped: Path) -> None:
    at, findings = look(signing)
    assert findings == []
    assert any(line.startswith("kept.checkpoint, time-stamped ") and "GMT" in line for line in at)


@pytest.mark.parametrize("how", ["another text", "another service", "no time stamp"])
def test_a_time_stamp_that_does_not_hold_is_an_error(signing: Path, stamped: Path, how: str) -> None:
    if how == "another text":
        stamped.write_text(str(verbs.make(signing).checkpoint), encoding="utf-8")
    elif how == "another service":
        (signing / "keys" / "tsa.pem").write_text("no certificate\n")
    else:
        stamped.with_name(f"{stamped.name}.tsr").write_bytes(b"\x00" * 40)
    assert "V042" in codes(signing)


def test_the_request_is_what_openssl_makes(signing: Path, ring: Keyring, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine")
    path = kept(signing, verbs.make(signing, ring).checkpoint)
    _call(
        *("openssl", "ts", "-query", "-data", path, "-sha256", "-cert", "-no_nonce", "-out", "made.tsq"),
        folder=tmp_path,
    )
    assert verbs.request_time_stamp(path).read_bytes() == (tmp_path / "made.tsq").read_bytes()
    path.write_bytes(b"no checkpoint")
    with pytest.raises(CheckpointError, match="Expected"):
        verbs.request_time_stamp(path)


def test_a_program_that_is_missing_is_told_and_nothing_counts_as_checked(
    signing: Path, ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = kept(signing, verbs.make(signing, ring).checkpoint)
    for suffix, trusted in ((".sig", "allowed_signers"), (".tsr", "tsa.pem")):
        path.with_name(path.name + suffix).write_text("something")
        (signing / "keys" / trusted).write_text("somebody")
    monkeypatch.setattr(shutil, "which", {}.get)
    at, findings = look(signing)
    assert [one.code for one in findings] == ["V041", "V041"]
    assert {"ssh-keygen" in one.message for one in findings} == {True, False}
    assert len(at) == 1
