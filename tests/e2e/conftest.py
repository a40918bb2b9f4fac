"""The operator as a process beside a real API server, a registry as another, and what a person would ask of them."""

from __future__ import annotations

import http.server
import json
import os
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from tests.daemon import dying_with_the_run, free_port
from tests.nursery import Child, is_about_start, nursery, run_atlas
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.controlplane.client import Kubectl

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
GROUP = "db.atlasgo.io/v1alpha1"


def accepts_connections(port: int) -> bool:
    """Tell whether somebody listens on this port of 127.0.0.1."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ready_of(found: dict[str, Any]) -> dict[str, Any]:
    """The Ready condition of an object, {} before the first one."""
    conditions = found.get("status", {}).get("conditions", ())
    return next((one for one in conditions if one["type"] == "Ready"), {})


def resource(name: str, spec: dict[str, Any]) -> dict[str, Any]:
    """An AtlasMigration to apply."""
    return {"apiVersion": GROUP, "kind": "AtlasMigration", "metadata": {"name": name}, "spec": spec}


@dataclass
class Process:
    """One of our programs; its output is a file."""

    words: list[str]
    log: Path
    environ: dict[str, str] = field(default_factory=dict)
    child: subprocess.Popen[bytes] | Child | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            environ = {"PATH": os.environ["PATH"], "HOME": str(self.log.parent), **self.environ}
            program = Path(self.words[0])
            if program.parent == BIN and not is_about_start(environ):
                words = [program.name, *self.words[1:]]
                self.child = nursery().start(words, Path.cwd(), environ, [log.fileno()] * 2)
                return
            self.child = subprocess.Popen(
                [*dying_with_the_run(), *self.words],
                stdout=log,
                stderr=log,
                env=environ,
                start_new_session=True,
            )

    def terminate(self) -> int:
        """Ask it to end; returns its exit code."""
        assert self.child is not None
        self.child.terminate()
        return self.child.wait(40)

    def kill(self) -> None:
        if self.child is not None and self.child.poll() is None:
            psutil.Process(self.child.pid).kill()
            self.child.wait(10)

    def lines(self) -> list[dict[str, Any]]:
        """What it logged."""
        found = self.log.read_text().splitlines() if self.log.exists() else []
        return [json.loads(line) for line in found if line.startswith("{")]


@dataclass(frozen=True)
class Namespace:
    """One namespace of the cluster, and a folder that databases may lie in."""

    name: str
    kubectl: Kubectl
    folder: Path

    def apply(self, *objects: dict[str, Any]) -> None:
        items = [{"apiVersion": "v1", **one} for one in objects]
        for item in items:
            item["metadata"]["namespace"] = self.name
        self.kubectl(
            "apply", "-f", "-", input=json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
        )

    def migration(self, name: str, spec: dict[str, Any]) -> None:
        self.apply(resource(name, spec))

    def secret(self, name: str, **data: str) -> None:
        self.apply({"kind": "Secret", "metadata": {"name": name}, "stringData": data})

    def get(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.kubectl.json("get", "atlasmigration", name, "-n", self.name)
        return found

    def ready(self, name: str) -> dict[str, Any]:
        """The Ready condition, {} before the first one."""
        return ready_of(self.get(name))

    def condition(self, name: str, kind: str) -> dict[str, Any]:
        """One condition of a resource that has one already."""
        (found,) = (one for one in self.get(name)["status"]["conditions"] if one["type"] == kind)
        return dict(found)

    def annotate(self, name: str, value: str) -> None:
        """Ask for a look, as the runbook says."""
        annotation = f"db.atlasgo.io/reconcile-requested-at={value}"
        self.kubectl("annotate", "--overwrite", "atlasmigration", name, "-n", self.name, annotation)

    def wait_ready(self, name: str, version: str) -> None:
        def is_so() -> bool:
            found = self.get(name)
            status = found["status"]
            settled = status.get("observedGeneration") == found["metadata"]["generation"]
            return (
                settled
                and ready_of(found).get("status") == "True"
                and status["lastAppliedVersion"] == version
            )

        wait_until(is_so, lambda: self.get(name)["status"])

    def wait_reason(self, name: str, reason: str) -> str:
        """Wait until it is not ready for this reason; returns the message."""
        found: dict[str, Any] = {}

        def is_so() -> bool:
            found.update(self.ready(name))
            return found.get("status") == "False" and found["reason"] == reason

        wait_until(is_so, lambda: self.get(name)["status"])
        return str(found["message"])

    def url(self, database: str) -> str:
        return f"sqlite://{self.folder / database}"

    def tables(self, database: str) -> set[str]:
        path = self.folder / database
        if not path.exists():
            return set()
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return {
                name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            }

    def event_reasons(self, name: str) -> list[str]:
        events = self.kubectl.json("get", "events", "-n", self.name)["items"]
        return [one["reason"] for one in events if one["involvedObject"]["name"] == name]


@pytest.fixture(scope="session")
def with_crds(kubectl: Kubectl) -> Kubectl:
    """A cluster that knows our kinds."""
    kubectl("apply", "-f", str(ROOT / "crds"))
    kubectl("wait", "--for=condition=Established", "crd/atlasmigrations.db.atlasgo.io", "--timeout=30s")
    return kubectl


@pytest.fixture
def namespace(with_crds: Kubectl, kube_namespace: str, tmp_path: Path) -> Namespace:
    folder = tmp_path / "databases"
    folder.mkdir()
    return Namespace(kube_namespace, with_crds, folder)


@pytest.fixture
def new_operator(namespace: Namespace, tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Make an operator for the namespace; it is not started, and ended with the test."""
    made: list[Process] = []

    def make(*flags: str, **environ: str) -> Process:
        words = [
            str(BIN / "atlas-operator"), "run", "--kubeconfig", str(namespace.kubectl.kubeconfig),
            "--namespace", namespace.name, "--allow-path", str(namespace.folder),
            "--metrics-bind-address", "0", "--health-probe-bind-address", "0", *flags,
        ]  # fmt: skip
        made.append(Process(words, tmp_path / f"operator-{len(made)}.log", environ))
        return made[-1]

    yield make
    for process in made:
        process.kill()


@pytest.fixture
def operator(new_operator: Callable[..., Process]) -> Process:
    """A running operator without a registry of its own."""
    process = new_operator()
    process.start()
    return process


@dataclass(frozen=True)
class RegistryServer:
    """A registry on loopback, and a token of it."""

    url: str
    token: str
    folder: Path
    process: Process

    def push(
        self, name: str, tag: str, files: dict[str, str], dev_url: str = "sqlite://dev?mode=memory"
    ) -> None:
        directory = self.folder / f"{name}-{tag}"
        directory.mkdir()
        for file, text in files.items():
            (directory / file).write_text(text)
        self.atlas("migrate", "hash", "--dir", f"file://{directory}")
        words = ("migrate", "push", f"{name}:{tag}", "--dir", f"file://{directory}")
        self.atlas(*words, "--dev-url", dev_url)

    def atlas(self, *words: str) -> str:
        environ = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        environ |= {"ATLAS_CLOUD_URL": self.url, "ATLAS_TOKEN": self.token}
        answer = run_atlas(words, folder=self.folder, environ=environ, timeout_s=60)
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[RegistryServer]:
    data, port = str(tmp_path / "registry"), free_port()
    nobody = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    made = run_atlas(("registry", "token", "create", "--data", data), folder=tmp_path, environ=nobody)
    words = [str(BIN / "atlas"), "registry", "serve", "--listen", f"127.0.0.1:{port}", "--data", data]
    server = Process(words, tmp_path / "registry.log")
    server.start()
    wait_until(lambda: accepts_connections(port), server.log.read_text)
    yield RegistryServer(f"http://127.0.0.1:{port}", made.stdout.strip(), tmp_path, server)
    server.kill()


@dataclass
class Listener:
    """An HTTP server that answers nothing useful and remembers the headers it was sent."""

    url: str
    headers: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    seen = Listener("")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(500)
            self.end_headers()

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    seen.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield seen
    server.shutdown()
    server.server_close()
    thread.join(10)
