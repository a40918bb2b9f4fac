"""``atlas registry serve`` as a process: the line it prints, TLS, and how it stops."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from atlas.client.auth import whoami
from atlas.client.transport import Transport
from atlas.errors import Unavailable
from atlas.wire.contract import RegistryAddress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def atlas(*words: str) -> list[str]:
    return [sys.executable, "-m", "atlas", *words]


@contextmanager
def started(folder: Path, *flags: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and the address in its one line."""
    command = atlas("registry", "serve", "--data", str(folder), "--listen", "127.0.0.1:0", *flags)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            line = process.stdout.readline()
            found = re.fullmatch(r"Atlas Registry listens on (https?://127\.0\.0\.1:\d+)\n", line)
            assert found, line
            yield process, found[1]
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with started(tmp_path) as (process, address):
        with urllib.request.urlopen(f"{address}/readyz", timeout=10) as response:
            assert response.status == 200
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, "", "")


def test_it_serves_https_and_a_client_trusts_what_it_is_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    subprocess.run([*make, *subject, "-keyout", key, "-out", cert], check=True, capture_output=True)
    data = tmp_path / "data"
    token = subprocess.run(
        atlas("registry", "token", "create", "--data", str(data)), check=True, capture_output=True, text=True
    ).stdout.splitlines()[-1]
    with started(data, "--tls-cert", str(cert), "--tls-key", str(key)) as (_, address):
        assert address.startswith("https://")
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        with Transport(RegistryAddress(address, token)) as transport:
            assert whoami(transport).org == "default"
        monkeypatch.delenv("SSL_CERT_FILE")
        stranger = Transport(RegistryAddress(address, token))
        with stranger, pytest.raises(Unavailable, match="certificate"):
            whoami(stranger)


def test_an_address_that_is_taken_is_said_with_the_flag_that_names_another(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        answer = subprocess.run(
            atlas("registry", "serve", "--data", str(tmp_path / "data"), "--listen", address),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert answer.returncode == 1
    assert answer.stderr == (
        f"Error: cannot listen on {address}: Address already in use: choose another address with --listen\n"
    )


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ((), 'required flag(s) "data" not set'),
        (("--data", "D", "--listen", "here"), "expected host:port"),
        (("--data", "D", "--tls-cert", "x"), "--tls-cert and --tls-key belong together"),
        (("--data", "D", "--database", "mysql://x:secret@h/d"), "cannot live in mysql"),
        (
            ("--data", "D", "--database", "postgres://x:secret@127.0.0.1:1/d"),
            "database cannot be reached",
        ),
        (
            ("--data", "D", "--listen", "203.0.113.1:1"),
            "cannot listen on 203.0.113.1:1: Cannot assign requested address: choose another address with --listen",
        ),
        (("--data", "D", "--listen", "no.such.invalid:1"), "cannot listen on no.such.invalid:1: "),
    ],
)
def test_what_cannot_be_served_is_said_in_a_line(tmp_path: Path, flags: tuple[str, ...], words: str) -> None:
    flags = tuple(str(tmp_path / "data") if flag == "D" else flag for flag in flags)
    answer = subprocess.run(
        atlas("registry", "serve", *flags), capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.returncode in {1, 3}
    assert words in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert "secret" not in answer.stderr
