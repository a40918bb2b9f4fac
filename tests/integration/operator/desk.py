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

    def run(self, *flags: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the operator; ``more`` are variables of its environment."""
        words = ["atlas-operator", "run", "--standalone", str(self.manifests), *flags]
        return nursery().run(words, self.folder, environ() | more, 120)

    def status_path(self, name: str, kind: str = "AtlasMigration") -> Path:
        return self.manifests / f"{kind.lower()}.default.{name}.status.yaml"

    def status(self, name: str, kind: str = "AtlasMigration") -> dict[str, Any]:
        path = self.status_path(name, kind)
        return yaml.safe_load(path.read_text()) if path.exists() else {}

    def query(self, name: str, sql: str) -> list[Any]:
        """The rows of one statement in the database of that name."""
        with closing(sqlite3.connect(self.folder / f"{name}.db")) as connection, connection:
            return connection.execute(sql).fetchall()

    def tables(self, name: str) -> set[str]:
        if not (self.folder / f"{name}.db").exists():
            return set()
        return {row[0] for row in self.query(name, "SELECT name FROM sqlite_schema WHERE type = 'table'")}


def environ() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}


def resource(name: str, spec: dict[str, Any], kind: str = "AtlasMigration") -> dict[str, Any]:
    return {
        "apiVersion": "db.atlasgo.io/v1alpha1",
        "kind": kind,
        "metadata": {"name": name},
        "spec": spec,
    }
