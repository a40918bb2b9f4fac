"""A shop whose registry refuses connections, and whose backup holds a directory, a schema and two plans."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.backups import (
    Pace,
    Target,
    VersionToCopy,
    copy_of_plan,
    plan_to_copy,
    store_version,
)
from atlas.engine.directory import compute_sum, from_entries
from atlas.engine.plan_file import PlanFile, parse_plan_file, print_plan_file
from atlas.wire.archive import Entry
from atlas.wire.contract import DIRECTORY, SCHEMA, PlanStatus
from atlas.wiring import open_backup

from tests.integration.cli.conftest import Shell

if TYPE_CHECKING:
    from pathlib import Path

NOBODY_LISTENS = "http://127.0.0.1:9/query"
FAR_AWAY = "http://127.0.0.2:9/query"
"""Where nobody listens either, and a client waits between its tries as it does for other machines."""
AT = "2026-01-02T03:04:05.000000Z"
NO_WAITING = Pace(wait=lambda _: None, chance=lambda: 0.5)
ONE = ("1_one.sql", "CREATE TABLE one (id integer);\n")
TWO = ("2_two.sql", "CREATE TABLE two (id integer);\n")
HCL = """table "one" {
  schema = schema.main
  column "id" {
    null = true
    type = integer
  }
}
schema "main" {
}
"""
PROJECT = """
atlas {{
  cloud {{
    project = "shop"
  }}
}}
data "remote_dir" "shop" {{
  name = "shop"
  tag  = "v1"
}}
data "remote_schema" "shop" {{
  name = "shop"
}}
data "composite_schema" "all" {{
  schema "main" {{
    url = data.remote_schema.shop.url
  }}
}}
data "cloud_databases" "shop" {{
  repo = "shop"
}}
locals {{
  schemas = {{
    prod      = "atlas://shop"
    local     = "file://schema.hcl"
    data      = data.remote_schema.shop.url
    composite = data.composite_schema.all.url
  }}
  directories = {{
    prod      = "atlas://shop?tag=v1"
    local     = "file://migrations"
    data      = data.remote_dir.shop.url
    composite = "file://migrations"
  }}
}}
env {{
  name = atlas.env
  url  = "sqlite://app.db"
  dev  = "sqlite://dev?mode=memory"
  schema {{
    src = local.schemas[atlas.env]
    repo {{
      name   = "shop"
      backup = ["{backup}"]
    }}
  }}
  migration {{
    dir = local.directories[atlas.env]
    repo {{
      name   = "shop"
      backup = ["{backup}"]
    }}
  }}
}}
env "fleet" {{
  for_each = toset([for each in data.cloud_databases.shop.targets : each.name])
  url      = "sqlite://${{each.value}}"
  migration {{
    dir = "atlas://shop"
  }}
}}
"""


@dataclass(frozen=True)
class LonelyShop:
    """A person in a folder with ``atlas.hcl``, an empty database ``app.db``, and one backup."""

    shell: Shell
    backup: Target

    def tables(self, database: str = "app.db") -> list[str]:
        connection = sqlite3.connect(self.shell.folder / database)
        try:
            rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            return [name for (name,) in rows if not name.startswith("atlas_")]
        finally:
            connection.close()

    def fill(self, sql: str) -> None:
        """Run a statement in ``app.db``."""
        connection = sqlite3.connect(self.shell.folder / "app.db")
        connection.execute(sql)
        connection.close()

    def keep_saved_plan(self, name: str, status: PlanStatus) -> None:
        """Have a plan that was saved as a file in the backup, as after a push that the registry took."""
        text = (self.shell.folder / f"{name}.plan.hcl").read_text()
        _keep_plan(self.backup, parse_plan_file(text, name), status)

    def plans(self) -> list[tuple[str, PlanStatus]]:
        """Names and states of the plans in the backup."""
        loaded = self.backup.content.load_index(self.backup.key(SCHEMA, "shop"))
        return [(plan.name, plan.status) for plan in loaded.index.plans] if loaded else []


def _keep_plan(backup: Target, file: PlanFile, status: PlanStatus) -> None:
    plan = plan_to_copy("shop", file, status, print_plan_file(file).encode(), AT)
    copy = copy_of_plan(plan, NO_WAITING)
    copy.record(backup, copy.stage(backup), "stored")


def directory(*files: tuple[str, str]) -> tuple[Entry, ...]:
    entries = [Entry(name, text.encode()) for name, text in files]
    return (Entry("atlas.sum", compute_sum(from_entries(entries)).text.encode()), *entries)


def lonely_shop(folder: Path) -> LonelyShop:
    """Make one below ``folder``."""
    work, backup = folder / "work", open_backup((folder / "backup").as_uri(), "shop")
    work.mkdir()
    for tag, files in (("v0", (ONE,)), ("v1", (ONE, TWO))):
        name = files[-1][0].partition("_")[0]
        entries = directory(*files)
        store_version(
            backup,
            VersionToCopy(
                type=DIRECTORY, slug="shop", driver="sqlite", entries=entries, name=name, at=AT, tag=tag
            ),
            NO_WAITING,
        )
    store_version(
        backup,
        VersionToCopy(
            type=SCHEMA,
            slug="shop",
            driver="sqlite",
            entries=(Entry("schema.hcl", HCL.encode()),),
            name="s1",
            at=AT,
            tag="s1",
        ),
        NO_WAITING,
    )
    (work / "atlas.hcl").write_text(PROJECT.format(backup=(folder / "backup").as_uri()))
    (work / "schema.hcl").write_text(HCL)
    (work / "migrations").mkdir()
    for entry in directory(ONE):
        (work / "migrations" / entry.name).write_bytes(entry.content)
    (work / "checks.test.hcl").write_text(CASES)
    sqlite3.connect(work / "app.db").close()
    environ = {
        "HOME": str(work),
        "PATH": os.environ["PATH"],
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "ATLAS_CLOUD_URL": NOBODY_LISTENS,
        "ATLAS_TOKEN": "aci_x",
    }
    return LonelyShop(Shell(work, environ), backup)


CASES = """
test "schema" "a_row" {
  exec {
    sql = "INSERT INTO one VALUES (1)"
  }
}
test "migrate" "both" {
  migrate {
    to = "2"
  }
}
test "plan" "from_backup" {
  apply {
    url = "atlas://shop/plans/add_one"
  }
}
"""
