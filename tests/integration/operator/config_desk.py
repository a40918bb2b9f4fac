"""A folder of manifests whose resources bring project files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from tests.integration.operator.desk import ONE, Desk, resource

ALLOW = "--allow-custom-config"
CANARY = "c4n4ry-t0-k33p"


class ConfigDesk(Desk):
    """A desk whose resources bring project files."""

    def project(self, text: str, *flags: str, kind: str = "AtlasMigration", **more: Any) -> str:
        """Reconcile one resource ``shop``; returns what was printed."""
        spec = {"envName": "prod", "config": text, **more}
        if kind == "AtlasMigration":
            spec = {"dir": {"local": ONE}} | spec
        self.write("shop.yaml", resource("shop", spec, kind))
        return self.once(*flags)

    def once(self, *flags: str, **environ: str) -> str:
        answer = self.run("--once", *flags, **{"ATLAS_TOKEN": CANARY, **environ})
        return answer.stdout + answer.stderr

    def make(self, name: str, sql: str) -> None:
        with closing(sqlite3.connect(self.folder / f"{name}.db")) as connection, connection:
            connection.executescript(sql)


def env(body: str, more: str = "") -> str:
    return f'env "prod" {{\n{body}\n}}\n{more}'
