"""A real registry on loopback: uvicorn in a thread, content in a folder, the index in SQLite or PostgreSQL."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from atlas.client.pull import PulledDirectory, pull_directory
from atlas.client.push import DirectoryPush, push_directory
from atlas.client.transport import Transport
from atlas.engine.directory import compute_sum, from_entries
from atlas.server.app import AppOptions, build_app
from atlas.server.patience import PatientProtocol
from atlas.server.run import DataOptions, opened_registry
from atlas.server.store.tokens import create_token
from atlas.wire.archive import Entry, pack
from atlas.wire.contract import RegistryAddress
from atlas.wire.reference import parse_reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from atlas.server.store.registry import Registry, Scope

PUBLIC_URL = "https://registry.example"


@dataclass(frozen=True)
class Served:
    """A registry that answers at ``url``, seen by the holder of ``token``."""

    registry: Registry
    url: str
    token: str

    def seen_by(self, project: str, scope: Scope = "push") -> Served:
        return replace(self, token=create_token(self.registry, project, name=f"of-{project}", scope=scope))

    def transport(self) -> Transport:
        return Transport(RegistryAddress(f"{self.url}/query", self.token))

    def push(
        self, entries: tuple[Entry, ...], name: str = "app", *, tag: str = "", driver: str = "sqlite"
    ) -> str:
        with self.transport() as transport:
            return push_directory(transport, DirectoryPush(name, driver, pack(entries), tag))

    def pull(self, url: str = "atlas://app") -> PulledDirectory:
        with self.transport() as transport:
            return pull_directory(transport, parse_reference(url))

    def post(self, query: str, variables: Mapping[str, object] | None = None) -> tuple[int, Any]:
        """A request as another client would send it: the status and the JSON."""
        body: dict[str, object] = {"query": query}
        if variables is not None:
            body["variables"] = variables
        return self.send("/query", json.dumps(body).encode())

    def send(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Any]:
        status, _, text = self.fetch(path, body, **headers)
        return status, json.loads(text)

    def fetch(
        self, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, Mapping[str, str], bytes]:
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, body, {k: v for k, v in sent.items() if v})
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()


@contextmanager
def serving(data: DataOptions, *, public_pages: bool = False) -> Iterator[Served]:
    """Serve a data folder until the end of the block."""
    with opened_registry(data, public_url=PUBLIC_URL) as registry:
        config = uvicorn.Config(
            build_app(registry, AppOptions(public_pages=public_pages)),
            port=0,
            http=PatientProtocol,
            log_level="error",
            lifespan="off",
            timeout_graceful_shutdown=5,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.005)
            port = server.servers[0].sockets[0].getsockname()[1]
            token = create_token(registry, "acme", name="tests")
            yield Served(registry, f"http://127.0.0.1:{port}", token)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(DataOptions(tmp_path / "data")) as registry:
        yield registry


@pytest.fixture(params=["sqlite", "postgres"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> DataOptions:
    """A data folder with its index in each database that may hold one."""
    if request.param == "sqlite":
        return DataOptions(tmp_path / "data")
    return DataOptions(tmp_path / "data", request.getfixturevalue("postgres_url"))


@pytest.fixture
def anywhere(data: DataOptions) -> Iterator[Served]:
    """A registry, once with each kind of index."""
    with ExitStack() as stack:
        yield stack.enter_context(serving(data))


def directory(*files: tuple[str, str | bytes]) -> tuple[Entry, ...]:
    """A sealed directory: its files in order, below the ``atlas.sum`` they need."""
    entries = [Entry(name, text.encode() if isinstance(text, str) else text) for name, text in files]
    sum_text = compute_sum(from_entries(entries)).text
    return (Entry("atlas.sum", sum_text.encode()), *sorted(entries))


A = directory(("1_one.sql", "CREATE TABLE one (id integer);\n"))
B = directory(
    ("1_one.sql", "CREATE TABLE one (id integer);\n"), ("2_two.sql", "CREATE TABLE two (id integer);\n")
)
