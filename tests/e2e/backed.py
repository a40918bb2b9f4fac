"""A shop whose registry can go away: pushes that reach backups too, and resources of both kinds that name them."""

from __future__ import annotations

import json
import os
import re
import secrets
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from atlas.engine.directory import compute_sum, from_entries
from atlas.wire.archive import Entry

from tests.e2e.conftest import ready_of, resource
from tests.fakes.backed_project import backed_env
from tests.nursery import run_atlas
from tests.servers.store_fixtures import KEY_ID, SECRET, make_s3_bucket
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.e2e.conftest import Namespace, Process, RegistryServer
    from tests.e2e.schemas import SchemaOnPostgres
    from tests.servers.stores import Store

KINDS = ("AtlasMigration", "AtlasSchema")
BACK_WITHIN_S = 60.0
"""What a resource may take to be right again once the registry has returned."""
LOOK_EVERY_S = 0.3
"""Each look is a kubectl."""
AWS_KEYS = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
TABLES = {"v1": ("a",), "v2": ("a", "b"), "v3": ("a", "b", "c")}


def table(name: str) -> str:
    return f"CREATE TABLE {name} (id integer NOT NULL, PRIMARY KEY (id));\n"


@dataclass
class Shop:
    """The repositories ``shop`` of a registry, and the AtlasMigration and the AtlasSchema ``shop``.

    Attributes:
        databases: What the resources migrate, by their kind.
        backups: What ``spec.cloud.backup`` says, in this order; pushes reach all of them.
        environ: What a person who pushes has, besides the registry's token.
    """

    namespace: Namespace
    registry: RegistryServer
    databases: dict[str, SchemaOnPostgres]
    backups: list[dict[str, Any]] = field(default_factory=list)
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.work.mkdir()
        of_databases = [secret(kind.lower(), url=one.url()) for kind, one in self.databases.items()]
        self.namespace.apply(secret("registry", token=self.registry.token), *of_databases)

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

    def push(self, *tags: str) -> None:
        """Push both repositories under each tag, to the registry and to every backup."""
        (self.work / "atlas.hcl").write_text(backed_env("ci", [backup["url"] for backup in self.backups]))
        with ThreadPoolExecutor(len(KINDS)) as pool:
            for tag in tags:
                write_states(self.work, tag)
                words = ("push", f"shop:{tag}", "--env", "ci", "--dev-url")
                devs = [one.scratch_url() for one in self.databases.values()]
                pushes = [(verb, *words, dev) for verb, dev in zip(("migrate", "schema"), devs, strict=True)]
                list(pool.map(lambda push: self.atlas(*push), pushes))

    def atlas(self, *words: str) -> str:
        """What a person who pushes runs; returns stdout and stderr."""
        environ = {"PATH": os.environ["PATH"], "HOME": str(self.work), **self.environ}
        environ |= {"ATLAS_CLOUD_URL": self.registry.url, "ATLAS_TOKEN": self.registry.token}
        answer = run_atlas(words, folder=self.work, environ=environ, timeout_s=60)
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout + answer.stderr

    def name(self, tag: str, *, policy: dict[str, Any] | None = None, **more: Any) -> None:
        """Apply both resources at this tag; the policy is that of the AtlasSchema."""
        token = {"secretKeyRef": {"name": "registry", "key": "token"}}
        cloud = {"tokenFrom": token, **more.pop("cloud", {})}
        if self.backups:
            cloud.setdefault("backup", self.backups)
        wanted: dict[str, dict[str, Any]] = {
            "AtlasMigration": {
                "dir": {"remote": {"name": "shop", "tag": tag}},
                "cloud": {**cloud, "url": self.registry.url},
            },
            "AtlasSchema": {"schema": {"url": f"atlas://shop?tag={tag}"}, "cloud": cloud},
        }
        if policy:
            wanted["AtlasSchema"]["policy"] = policy
        for kind, spec in wanted.items():
            spec["urlFrom"] = {"secretKeyRef": {"name": kind.lower(), "key": "url"}}
        self.namespace.apply(
            *({**resource("shop", {**spec, **more}), "kind": kind} for kind, spec in wanted.items())
        )

    def objects(self) -> dict[str, dict[str, Any]]:
        """Both resources as they are now, by kind."""
        names = [f"{kind.lower()}/shop" for kind in KINDS]
        found = self.namespace.kubectl.json("get", *names, "-n", self.namespace.name)["items"]
        return {one["kind"]: one for one in found}

    def statuses(self) -> dict[str, dict[str, Any]]:
        return {kind: found.get("status", {}) for kind, found in self.objects().items()}

    def readys(self) -> dict[str, dict[str, Any]]:
        return {kind: ready_of(found) for kind, found in self.objects().items()}

    def messages(self, ready: str) -> list[str]:
        """What the Ready conditions say, each '' while it is not ``ready``."""
        return [str(one["message"]) if one.get("status") == ready else "" for one in self.readys().values()]

    def sources(self) -> list[dict[str, Any]]:
        """``status.source`` of both, {} where there is none."""
        return [status.get("source", {}) for status in self.statuses().values()]

    def conditions(self, type_: str) -> set[str]:
        """What this condition says of both."""
        found = [one for status in self.statuses().values() for one in status["conditions"]]
        return {str(one["status"]) for one in found if one["type"] == type_}

    def wait_ready(self, tag: str, within_s: float = 60) -> None:
        """Wait until both are Ready, and what they migrate has the tables of the tag and no other."""

        def is_so() -> bool:
            return all(
                found.get("status", {}).get("observedGeneration") == found["metadata"]["generation"]
                and ready_of(found).get("status") == "True"
                for found in self.objects().values()
            )

        wait_until(is_so, self.statuses, within_s, every_s=LOOK_EVERY_S)
        assert self.tables() == [set(TABLES[tag])] * len(KINDS)

    def wait_source(self, url: str, within_s: float = BACK_WITHIN_S) -> None:
        """Wait until the statuses of both say that they were served from there."""

        def is_so() -> bool:
            return all(source.get("url") == url for source in self.sources())

        wait_until(is_so, self.statuses, within_s, every_s=LOOK_EVERY_S)

    def wait_told(self, words: str) -> None:
        """Wait until neither is Ready, and their messages hold these words."""

        def is_so() -> bool:
            return all(words in told for told in self.messages("False"))

        wait_until(is_so, self.statuses, every_s=LOOK_EVERY_S)

    def wait_failed(self, times: int) -> None:
        """Wait until both have failed so often in a row."""

        def is_so() -> bool:
            return all(status.get("failed") == times for status in self.statuses().values())

        wait_until(is_so, self.statuses, every_s=LOOK_EVERY_S)

    def wait_not_ready(self, *reasons: str, kinds: Sequence[str] = KINDS) -> list[str]:
        """Wait until none of the kinds is Ready, each for one of the reasons; returns their messages."""
        found: list[dict[str, Any]] = []

        def is_so() -> bool:
            found[:] = [one for kind, one in self.readys().items() if kind in kinds]
            return all(one.get("status") == "False" and one["reason"] in reasons for one in found)

        wait_until(is_so, self.statuses, every_s=LOOK_EVERY_S)
        return [str(one["message"]) for one in found]

    def tables(self) -> list[set[str]]:
        """Those of the shop in both databases."""
        return [one.tables() - {"atlas_schema_revisions"} for one in self.databases.values()]

    def dump(self) -> dict[str, str]:
        """Both databases as their server dumps them."""
        return {kind: one.dump() for kind, one in self.databases.items()}


def write_states(folder: Path, tag: str) -> None:
    """The migration directory of a tag with its ``atlas.sum``, and the schema that it leads to."""
    entries = tuple(
        Entry(f"{number}_{name}.sql", table(name).encode()) for number, name in enumerate(TABLES[tag], 1)
    )
    migrations = folder / "migrations"
    migrations.mkdir(exist_ok=True)
    for entry in entries:
        (migrations / entry.name).write_bytes(entry.content)
    (migrations / "atlas.sum").write_text(compute_sum(from_entries(entries)).text)
    (folder / "schema.sql").write_text("".join(table(name) for name in TABLES[tag]))


def secret(name: str, **data: str) -> dict[str, Any]:
    return {"kind": "Secret", "metadata": {"name": name}, "stringData": data}


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
