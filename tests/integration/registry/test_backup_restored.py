"""A registry that is lost, and made anew of a backup with ``cp`` and one command."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from atlas.server.run import DataOptions

from tests.integration.cli.conftest import Shell
from tests.integration.registry.conftest import directory, serving
from tests.integration.registry.shop_with_backups import TWO, Shop, shop

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["shop"]


def restored(shop: Shop, tmp_path: Path) -> DataOptions:
    """A data folder whose content is a copy of a backup."""
    shop.stop()
    shutil.copytree(shop.backups[0], tmp_path / "anew" / "content")
    printed = Shell(tmp_path, shop.shell.environ).ok("registry", "reindex", "--data", "anew")
    assert printed == "Indexed 2 repositories.\n"
    return DataOptions(tmp_path / "anew")


def test_a_registry_of_a_backup_has_the_same_tags_digests_and_bytes(shop: Shop, tmp_path: Path) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    shop.shell.write(TWO)
    shop.shell.ok("migrate", "push", "shop:v2", "--env", "ci")
    shop.shell.ok("schema", "push", "--env", "ci")
    assert shop.registry
    seen = shop.registry.seen_by("shop")
    urls = ("atlas://shop?tag=v1", "atlas://shop?tag=v2", "atlas://shop")
    before = [(pulled.digest, pulled.entries, pulled.version) for pulled in map(seen.pull, urls)]
    with serving(restored(shop, tmp_path)) as served:
        seen = served.seen_by("shop")
        after = [(pulled.digest, pulled.entries, pulled.version) for pulled in map(seen.pull, urls)]
        assert after == before
        seen.push(directory(("1_new.sql", "SELECT 1;\n")), "new", tag="v1")
        assert len(seen.pull("atlas://new?tag=v1").entries) == 2


def test_a_registry_of_a_backup_has_numbers_and_no_marks(shop: Shop, tmp_path: Path) -> None:
    shop.shell.ok("schema", "push", "--env", "ci")
    shop.stop()
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    assert "unsynced" in shop.index(0)
    data = restored(shop, tmp_path)
    kept = [
        json.loads((data.folder / "content" / "shop" / kind / "shop" / "index.json").read_text())
        for kind in ("directories", "schemas")
    ]
    assert [index["id"] for index in kept] == [1, 2]
    assert "unsynced" not in kept[0]
    assert Shell(tmp_path, shop.shell.environ).ok("registry", "reindex", "--data", "anew") == (
        "Indexed 2 repositories.\n"
    )
