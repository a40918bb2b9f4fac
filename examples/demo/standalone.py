"""The operator without a cluster: resources are files of a folder, reconciled once and printed."""

from __future__ import annotations

from subprocess import Popen
from typing import Any

import yaml

from examples.demo.shop_database import ShopDatabase
from examples.demo.stage import Stage, kill

RESOURCE = """\
apiVersion: db.atlasgo.io/v1alpha1
kind: AtlasMigration
metadata:
  name: migration
spec:
  urlFrom:
    secretKeyRef:
      key: url
      name: shop-credentials
  cloud:
    project: "atlasdemo"
    tokenFrom:
      secretKeyRef:
        name: atlas-credentials
        key: token
    backup:
    - url: "{backup}"
  dir:
    remote:
      name: "shop"
      tag: "{tag}"
"""
SECRETS = """\
apiVersion: v1
kind: Secret
metadata:
  name: shop-credentials
stringData:
  url: "sqlite://{database}"
---
apiVersion: v1
kind: Secret
metadata:
  name: atlas-credentials
stringData:
  token: "{token}"
"""


def write_resources(stage: Stage, database: ShopDatabase, token: str, tag: str) -> None:
    """The resource with a tag, and the Secrets it names, as two files of ``resources``."""
    backup = (stage.folder / "backup").as_uri()
    folder = stage.folder / "resources"
    folder.mkdir(exist_ok=True)
    (folder / "migration.yaml").write_text(RESOURCE.format(tag=tag, backup=backup))
    (folder / "secrets.yaml").write_text(SECRETS.format(database=database.path, token=token))


def told(status: dict[str, Any]) -> dict[str, str]:
    """``url`` of a status's source, and ``ready`` and ``message`` of its condition."""
    (ready,) = (one for one in status["conditions"] if one["type"] == "Ready")
    return {
        "url": status.get("source", {}).get("url", ""),
        "ready": ready["status"],
        "message": ready["message"],
    }


class Standalone:
    """``atlas-operator run --standalone``: the same reconciler over a folder."""

    def __init__(self, stage: Stage, database: ShopDatabase, token: str) -> None:
        self._stage = stage
        self._database = database
        self._token = token
        self._running: Popen[str] | None = None

    def reconcile(self, tag: str) -> str:
        """Name the tag and return what the operator says about the resource."""
        write_resources(self._stage, self._database, self._token, tag)
        return self._stage.run(*self._words(), may_fail=True)

    def told(self) -> dict[str, str]:
        """What the file of the status says: where the directory came from, and the Ready condition."""
        (path,) = (self._stage.folder / "resources").glob("*.status.yaml")
        return told(yaml.safe_load(path.read_text()))

    def reconcile_schema(self, manifest: str) -> str:
        """Write the manifest beside the Secrets and return what the operator says about the resource."""
        folder = self._stage.folder / "declared"
        folder.mkdir(exist_ok=True)
        (folder / "notes.yaml").write_text(manifest)
        (folder / "secrets.yaml").write_text(SECRETS.format(database=self._database.path, token=self._token))
        return self._stage.run(*self._words("declared"), may_fail=True)

    def begin(self, tag: str) -> Popen[str]:
        """Name the tag and do not wait; returns the process that works on it."""
        write_resources(self._stage, self._database, self._token, tag)
        self._running = self._stage.start(*self._words())
        return self._running

    def kill(self) -> None:
        """Kill -9 of what ``begin`` started."""
        if self._running:
            kill(self._running)

    def _words(self, folder: str = "resources") -> tuple[str, ...]:
        return (
            "atlas-operator",
            "run",
            "--standalone",
            folder,
            "--once",
            "--allow-path",
            str(self._stage.folder),
        )
