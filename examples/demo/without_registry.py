"""The step without a registry: it is stopped, a release is pushed all the same, and a backup stands in for it."""

from __future__ import annotations

import re
from typing import Protocol

from examples.demo.registry import DemoRegistry
from examples.demo.shop_database import ShopDatabase
from examples.demo.stage import Stage, claim, headline, migrations, say

PROJECT = """\
env "demo" {{
  dev = "sqlite://dev?mode=memory"
  migration {{
    dir = "file://v3"
    repo {{
      name   = "shop"
      backup = ["{backup}"]
    }}
  }}
}}
"""
NEW_FILE = "20260608090000_create_wishes.sql"
NEW_TABLE = """\
CREATE TABLE wishes (
  customer_id integer NOT NULL,
  product_id integer NOT NULL,
  PRIMARY KEY (customer_id, product_id)
);
"""
SERVED = re.compile(r"[Ss]erved from (\S+) \(age ([^)]+)\)")


class Way(Protocol):
    """How resources reach the operator."""

    def reconcile(self, tag: str) -> str:
        """Name the tag in the resource; returns its row."""

    def told(self) -> dict[str, str]:
        """``url`` of the status's source, and ``ready`` and ``message`` of its condition."""


def serve_from_a_backup(stage: Stage, way: Way, database: ShopDatabase, registry: DemoRegistry) -> None:
    """Stop the registry, push v3, reconcile it; then start the registry and bring it what it missed."""
    headline(
        5, "Stop the registry and push v3 all the same: a folder takes it, and the operator reads it there."
    )
    registry.stop()
    backup = (stage.folder / "backup").as_uri()
    say(f"   the registry is stopped; atlas.hcl and the resource name a backup: {backup}")
    migrations(stage.folder / "v3", files=None)
    (stage.folder / "v3" / NEW_FILE).write_text(NEW_TABLE)
    (stage.folder / "atlas.hcl").write_text(PROJECT.format(backup=backup))
    stage.run("atlas", "migrate", "hash", "--env", "demo")
    pushed = stage.run("atlas", "migrate", "push", "shop:v3", "--env", "demo", stderr_too=True)
    claim("the backup took it", "did not take the push" in pushed and "atlas://shop?tag=v3" in pushed, pushed)
    way.reconcile("v3")
    told = way.told()
    found = SERVED.search(told["message"])
    source, age = found.groups() if found else ("", "")
    claim(
        f"READY {told['ready']}  source: {source} (age {age})",
        (told["ready"], source) == ("True", backup),
        str(told),
    )
    claim("status.source says the same", told["url"] == backup, str(told))
    claim("table wishes is there", "wishes" in database.tables())
    registry.start()
    stage.run("atlas", "backup", "resync", "--env", "demo")
    words = ("migrate", "status", "--dir", "atlas://shop?tag=v3", "--url", f"sqlite://{database.path}")
    claim("the registry has v3 now", "Migration Status: OK" in stage.run("atlas", *words))
