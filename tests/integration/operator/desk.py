"""A folder of manifests, the operator over it, and the databases that they name."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.nursery import nursery

OPERATOR = str(Path(sys.executable).parent / "atlas-operator")
ONE = {"1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);"}
TWO = ONE | {"2_b.sql": "CREATE TABLE b (id integer PRIMARY KEY);"}


@dataclass(frozen=True)
class Desk:
    """A folder of manifests and the databases they name."""

    folder: Path

    @property
    def manifests(self) -> Path:
        return self.folder / "manifests"

    def write(self, name: str, *documents: dict[str, Any]) -> None:
        self.manifests.mkdir(exist_ok=True)
        (self.manifests / name).write_text(yaml.safe_dump_all(documents))

    def migration(self, name: str, files: dict[str, str], **more: Any) -> None:
        spec = {"url": self.url(name), "dir": {"local": files}, **more}
        self.write(f"{name}.yaml", resource(name, spec))

    def url(self, name: str) -> str:
        return f"sqlite://{self.folder / name}.db"

    def run(self, *flags: str) -> subprocess.CompletedProcess[str]:
        words = ["atlas-operator", "run", "--standalone", str(self.manifests), *flags]
        return nursery().run(words, self.folder, environ(), 60)

    def status(self, name: str) -> dict[str, Any]:
        path = self.manifests / f"atlasmigration.default.{name}.status.yaml"
        return yaml.safe_load(path.read_text()) if path.exists() else {}

    def tables(self, name: str) -> set[str]:
        path = self.folder / f"{name}.db"
        if not path.exists():
            return set()
        with closing(sqlite3.connect(path)) as connection:
            return {
                row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            }


def environ() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}


def resource(name: str, spec: dict[str, Any]) -> dict[str, Any]:
    return {
        "apiVersion": "db.atlasgo.io/v1alpha1",
        "kind": "AtlasMigration",
        "metadata": {"name": name},
        "spec": spec,
    }
