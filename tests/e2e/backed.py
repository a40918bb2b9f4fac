"""A shop whose registry can go away: pushes that reach backups too, and resources of both kinds that name them."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.e2e.conftest import BIN, ready_of, resource, wait_until
from tests.e2e.schemas import SchemaOnPostgres, Schemas
from tests.servers.store_fixtures import KEY_ID, SECRET, make_s3_bucket

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.conftest import Namespace, Process, RegistryServer
    from tests.servers.stores import Store

KINDS = ("AtlasMigration", "AtlasSchema")
BACK_WITHIN_S = 60.0
"""What a resource may take to be right again once the registry has returned."""
AWS_KEYS = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
TABLES = {"v1": ("a",), "v2": ("a", "b"), "v3": ("a", "b", "c")}
PROJECT = """\
env "ci" {{
  dev = "{dev}"
  schema {{
    src = "file://schema.sql"
    repo {{
      name   = "shop"
      backup = [{backups}]
    }}
  }}
  migration {{
    dir = "file://migrations"
    repo {{
      name   = "shop"
      backup = [{backups}]
    }}
  }}
}}
"""


def table(name: str) -> str:
    return f"CREATE TABLE {name} (id integer NOT NULL, PRIMARY KEY (id));\n"


@dataclass
class Shop:
    """The repositories ``shop`` of a registry, the AtlasMigration ``shop`` and the AtlasSchema ``app``.

    Attributes:
        backups: What ``spec.cloud.backup`` says, in this order; pushes reach all of them.
        environ: What a person who pushes has, besides the registry's token.
    """

    namespace: Namespace
    registry: RegistryServer
    database: SchemaOnPostgres
    schemas: Schemas
    backups: list[dict[str, Any]] = field(default_factory=list)
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.work.mkdir()
        self.namespace.secret("registry", token=self.registry.token)

    @property
    def work(self) -> Path:
        """Where a person pushes from."""
        return self.registry.folder / "work"

    def with_folder(self, name: str = "backup") -> Path:
        """One more backup, in a folder that the operator may read."""
        folder = self.namespace.folder / name
        self.backups.append({"url": folder.as_uri()})
        return folder

    def with_bucket(self, store: Store) -> str:
        """One more backup, in a bucket of its own; its credentials belong into the Secret ``aws``. Returns the shown URL."""
        name = f"atlas-{secrets.token_hex(6)}"
        make_s3_bucket(store, name)
        self.environ |= AWS_KEYS
        shown = f"s3://{name}/shop?region=us-east-1"
        self.backups.append(s3_backup(f"{shown}&endpoint={store.url}&use_path_style=true"))
        return shown

    def push(self, tag: str) -> None:
        """Push both repositories under a tag, to the registry and to every backup."""
        folder = self.work / "migrations"
        folder.mkdir(exist_ok=True)
        for number, name in enumerate(TABLES[tag], 1):
            (folder / f"{number}_{name}.sql").write_text(table(name))
        (self.work / "schema.sql").write_text("".join(table(name) for name in TABLES[tag]))
        listed = ", ".join(f'"{backup["url"]}"' for backup in self.backups)
        dev = self.database.scratch_url()
        (self.work / "atlas.hcl").write_text(PROJECT.format(dev=dev, backups=listed))
        self.atlas("migrate", "hash", "--env", "ci")
        self.atlas("migrate", "push", f"shop:{tag}", "--env", "ci")
        self.atlas("schema", "push", f"shop:{tag}", "--env", "ci")

    def atlas(self, *words: str) -> str:
        """What a person who pushes runs; returns stdout and stderr."""
        environ = {"PATH": os.environ["PATH"], "HOME": str(self.work), **self.environ}
        environ |= {"ATLAS_CLOUD_URL": self.registry.url, "ATLAS_TOKEN": self.registry.token}
        answer = subprocess.run(
            [str(BIN / "atlas"), *words],
            cwd=self.work, env=environ, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout + answer.stderr

    def name(self, tag: str, *, policy: dict[str, Any] | None = None, **more: Any) -> None:
        """Apply both resources at this tag; the policy is that of the AtlasSchema."""
        token = {"secretKeyRef": {"name": "registry", "key": "token"}}
        cloud = {"tokenFrom": token, **more.pop("cloud", {})}
        if self.backups:
            cloud.setdefault("backup", self.backups)
        self.namespace.secret("migrations", url=self.database.url())
        of_migration = {
            "urlFrom": {"secretKeyRef": {"name": "migrations", "key": "url"}},
            "dir": {"remote": {"name": "shop", "tag": tag}},
        }
        own = {**cloud, "url": self.registry.url}  # an AtlasSchema means the registry of its operator
        self.namespace.apply(resource("shop", {**of_migration, "cloud": own, **more}))
        if policy:
            more["policy"] = policy
        self.schemas.apply({"url": f"atlas://shop?tag={tag}"}, cloud=cloud, **more)

    def objects(self) -> dict[str, dict[str, Any]]:
        return {"AtlasMigration": self.namespace.get("shop"), "AtlasSchema": self.schemas.get()}

    def statuses(self) -> dict[str, dict[str, Any]]:
        return {kind: found.get("status", {}) for kind, found in self.objects().items()}

    def readys(self) -> dict[str, dict[str, Any]]:
        return {kind: ready_of(found) for kind, found in self.objects().items()}

    def messages(self, ready: str) -> list[str]:
        """What the Ready conditions say, each '' while it is not ``ready``."""
        return [str(one["message"]) if one.get("status") == ready else "" for one in self.readys().values()]

    def sources(self) -> dict[str, dict[str, Any]]:
        """``status.source`` of both."""
        return {kind: status.get("source", {}) for kind, status in self.statuses().items()}

    def wait_ready(self, tag: str, within_s: float = 60) -> None:
        """Wait until both are Ready, and what they migrate has the tables of the tag and no other."""
        expected = set(TABLES[tag])

        def is_so() -> bool:
            return all(
                found.get("status", {}).get("observedGeneration") == found["metadata"]["generation"]
                and ready_of(found).get("status") == "True"
                for found in self.objects().values()
            ) and all(tables == expected for tables in self.tables().values())

        wait_until(is_so, lambda: (self.statuses(), self.tables()), within_s)

    def wait_source(self, url: str, within_s: float = BACK_WITHIN_S) -> None:
        """Wait until the statuses of both say that they were served from there."""

        def is_so() -> bool:
            return all(source.get("url", "").startswith(url) for source in self.sources().values())

        wait_until(is_so, self.sources, within_s)

    def wait_not_ready(self, reason: str) -> dict[str, str]:
        """Wait until neither is Ready, for this reason; returns the messages by kind."""
        found: dict[str, dict[str, Any]] = {}

        def is_so() -> bool:
            found.update(self.readys())
            return all((one.get("status"), one.get("reason")) == ("False", reason) for one in found.values())

        wait_until(is_so, self.statuses)
        return {kind: str(one["message"]) for kind, one in found.items()}

    def conditions(self, type_: str) -> set[str]:
        """What this condition says of both."""
        return {
            str(one["status"])
            for status in self.statuses().values()
            for one in status["conditions"]
            if one["type"] == type_
        }

    def tables(self) -> dict[str, set[str]]:
        of_migration = self.database.tables() - {"atlas_schema_revisions"}
        return {"AtlasMigration": of_migration, "AtlasSchema": self.schema_database.tables()}

    def dump(self) -> dict[str, str]:
        """Both databases as their server dumps them."""
        return {"AtlasMigration": self.database.dump(), "AtlasSchema": self.schema_database.dump()}

    @property
    def schema_database(self) -> SchemaOnPostgres:
        assert isinstance(self.schemas.database, SchemaOnPostgres)
        return self.schemas.database


def s3_backup(url: str, secret: str = "aws") -> dict[str, Any]:
    return {"url": url, "credentialsFrom": {"secretRef": {"name": secret}}}


def flip_a_byte(backup: Path, tag: str) -> None:
    """Change one bit of a file of what a tag means, in each repository of a backup; nothing else of it changes."""
    found = list(backup.rglob("index.json"))
    assert len(found) == len(KINDS)
    for path in found:
        index = json.loads(path.read_text())
        version = index["versions"][index["tags"][tag]["ordinal"] - 1]
        files = path.parent / "versions" / version["digest"].removeprefix("sha256:")
        file = max(each for each in files.iterdir() if each.name != "atlas.sum")
        data = file.read_bytes()
        file.write_bytes(bytes([data[0] ^ 1]) + data[1:])


def seconds_until(is_done: Callable[[], object]) -> float:
    """How long a call takes, in seconds."""
    begun = time.monotonic()
    is_done()
    return time.monotonic() - begun


@dataclass(frozen=True)
class Metrics:
    """What Prometheus would be told by an operator."""

    address: str
    process: Process

    def text(self) -> str:
        try:
            with urllib.request.urlopen(f"http://{self.address}/metrics", timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def from_backup(self, kind: str) -> float:
        """1 while the resource of this kind is served from a backup."""
        return self.value("atlas_resource_source", kind=kind, source="backup") or 0

    def fallbacks(self, kind: str) -> float:
        return self.value("atlas_fallbacks_total", kind=kind) or 0

    def value(self, name: str, **labels: str) -> float | None:
        """The value of the first line with this name and at least these labels."""
        for line in self.text().splitlines():
            found = re.fullmatch(rf"{name}\{{(.*)\}} (\S+)", line)
            if found and all(f'{label}="{value}"' in found[1] for label, value in labels.items()):
                return float(found[2])
        return None
