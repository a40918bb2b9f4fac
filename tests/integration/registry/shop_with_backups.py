"""Somebody who pushes a shop to a registry and two backups."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from atlas.server.run import DataOptions

from tests.fakes.backed_project import IN_PROJECT_SHOP, backed_env
from tests.integration.cli.conftest import Shell
from tests.integration.registry.conftest import Served, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEV = "sqlite://dev?mode=memory"
OWN = """
env "own" {{
  url = "sqlite://own.db"
  dev = "sqlite://dev?mode=memory"
  schema {{
    src = "file://schema.sql"
    repo {{
      name = "shop"
      url  = "{storage}"
    }}
  }}
}}
"""
FROM_THE_REGISTRY = {"schema": "atlas://shop", "migration": "atlas://shop?tag=v1"}


ONE = {"1_one.sql": "CREATE TABLE one (id integer);\n"}
TWO = {**ONE, "2_two.sql": "CREATE TABLE two (id integer);\n"}


@dataclass
class Shop:
    """A person with two backups, and a registry that can be stopped and started again."""

    folder: Path
    backups: list[Path]
    shell: Shell = field(init=False)
    registry: Served | None = None
    _stack: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        self.registry = self._stack.enter_context(serving(DataOptions(self.folder / "data")))
        token = self.registry.seen_by("shop").token if self._token is None else self._token
        self._token = token
        work = self.folder / "work"
        environ = {
            "HOME": str(work),
            "PATH": os.environ["PATH"],
            "TMPDIR": str(self.folder),
            "LANG": "C.UTF-8",
            "ATLAS_CLOUD_URL": self.registry.url,
            "ATLAS_TOKEN": token,
        }
        self.shell = Shell(work, environ)

    def stop(self) -> None:
        self._stack.close()
        self.registry = None

    def index(self, number: int, kind: str = "directories") -> Any:
        return json.loads((self.backups[number] / "shop" / kind / "shop" / "index.json").read_text())

    def files(self, number: int, kind: str = "directories") -> list[Path]:
        versions = self.backups[number] / "shop" / kind / "shop" / "versions"
        return sorted(path for path in versions.rglob("*") if path.is_file())

    def tables(self, database: str = "app.db") -> str:
        return self.shell.ok("schema", "inspect", "-u", f"sqlite://{database}", "--format", "{{ sql . }}")

    _token: str | None = None


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    (tmp_path / "work").mkdir()
    made = Shop(tmp_path, [tmp_path / "one", tmp_path / "two"])
    (tmp_path / "work" / "atlas.hcl").write_text(project_file(made))
    (tmp_path / "work" / "schema.sql").write_text("CREATE TABLE one (id integer);\n")
    made.start()
    made.shell.write(ONE)
    yield made
    made.stop()


def project_file(shop: Shop) -> str:
    """``ci`` pushes files, ``prod`` runs what the registry has, ``own`` is pushed to a bucket that is no backup."""
    backups, urls = [folder.as_uri() for folder in shop.backups], {"url": "sqlite://app.db", "dev": DEV}
    return (
        IN_PROJECT_SHOP
        + backed_env("ci", backups, urls=urls)
        + backed_env("prod", backups, urls=urls, sources=FROM_THE_REGISTRY)
        + OWN.format(storage=(shop.folder / "storage").as_uri())
    )


def flip(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
